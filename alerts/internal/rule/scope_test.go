package rule

import (
	"net/url"
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/catalog"
)

func TestDifferentServicesHaveDifferentPagesBelowTheFolder(t *testing.T) {
	seen := map[string]bool{PagePath(nil, "A"): true, "README.md": true}
	for _, name := range []string{
		"a", "A b", "a/b", "a~2Fb", "..", ".", "any", "README.md", "a@production", "ü", "a%2Fb", "a?b", "a#b", `a\b`, "a:b",
	} {
		for _, namespace := range []string{"", "..", "any", "shop", "a"} {
			for _, environments := range [][]string{nil, {"production"}, {"../.."}} {
				page := PagePath(&catalog.Service{Name: name, Namespace: namespace, Environments: environments}, "A")
				require.False(t, seen[page], page)
				seen[page] = true
				require.Equal(t, path.Clean(page), page)
				require.NotContains(t, strings.Split(page, "/"), "..")
				u, err := url.Parse("https://example.com/" + page)
				require.NoError(t, err)
				require.Equal(t, "/"+page, u.Path, "the path of the file is the path of the URL")
				require.Equal(t, "/"+page, u.EscapedPath())
			}
		}
	}
	require.Equal(t, "shop/checkout@production/HighErrorRate.md",
		PagePath(&catalog.Service{Name: "checkout", Namespace: "shop", Environments: []string{"production"}}, "HighErrorRate"))
}
