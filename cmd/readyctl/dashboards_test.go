package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// grafana answers as one that has the dashboards of a map, by uid: their tags. They lie in
// its folder, Readygate, but those with the tag "elsewhere".
func grafana(t *testing.T, has map[string][]string) (url string, written *[]string) {
	t.Helper()
	written = new([]string)
	answer := func(w http.ResponseWriter, code int, v any) {
		w.WriteHeader(code)
		_ = json.NewEncoder(w).Encode(v)
	}
	type object = map[string]any
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			*written = append(*written, r.Method+" "+r.URL.Path)
			answer(w, http.StatusOK, object{})
			return
		}
		tags, there := has[filepath.Base(r.URL.Path)]
		switch {
		case r.URL.Path == "/api/org":
			answer(w, http.StatusOK, object{"id": 1, "name": "Main Org."})
		case r.URL.Path == "/api/search":
			answer(w, http.StatusOK, []object{{"uid": "readygate-service-gone", "title": "Gone", "tags": []string{"readygate", "generated"}, "folderUid": "readygate"}})
		case r.URL.Path == "/api/folders/readygate":
			answer(w, http.StatusOK, object{"uid": "readygate", "title": "Readygate"})
		case there:
			folder := "readygate"
			if slices.Contains(tags, "elsewhere") {
				folder = "elsewhere"
			}
			answer(w, http.StatusOK, object{
				"dashboard": object{"uid": filepath.Base(r.URL.Path), "title": "There", "tags": tags},
				"meta":      object{"folderUid": folder, "folderTitle": "Title of " + folder},
			})
		default:
			answer(w, http.StatusNotFound, object{"message": "not found"})
		}
	}))
	t.Cleanup(server.Close)
	return server.URL, written
}

// pushed runs the command, with a token that must not be said.
func pushed(t *testing.T, url string, flags ...string) (code int, stdout, stderr string) {
	t.Helper()
	token := "tok" + "en-of-the-test"
	file := filepath.Join(t.TempDir(), "token")
	require.NoError(t, os.WriteFile(file, []byte(token+"\n"), 0o600))
	var out, talk strings.Builder
	code = run(t.Context(), append([]string{"dashboards", "push", "--url", url, "--token-file", file}, flags...), strings.NewReader(""), &out, &talk)
	require.NotContains(t, out.String()+talk.String(), token)
	return code, out.String(), talk.String()
}

func TestPushSaysWhatItWrote(t *testing.T) {
	url, written := grafana(t, map[string][]string{"readygate-red": {"readygate", "generated"}})
	code, _, said := pushed(t, url)
	require.Equal(t, exitOK, code, said)
	require.Contains(t, said, `wrote readygate-red, "RED per service"`+"\n")
	require.Contains(t, said, "left readygate-service-gone, \"Gone\", which is not generated any more; --prune removes it\n")
	require.Contains(t, *written, "POST /api/dashboards/db")
	require.NotContains(t, *written, "DELETE /api/dashboards/uid/readygate-service-gone")

	code, _, said = pushed(t, url, "--prune")
	require.Equal(t, exitOK, code)
	require.Contains(t, said, "removed readygate-service-gone")
	require.Contains(t, *written, "DELETE /api/dashboards/uid/readygate-service-gone")
}

func TestADryRunOfPushWritesNothing(t *testing.T) {
	url, written := grafana(t, nil)
	code, out, _ := pushed(t, url, "--dry-run", "--prune", "--services", "../../examples/shop/services.yaml")
	require.Equal(t, exitOK, code)
	require.Contains(t, out, `would write readygate-red, "RED per service", which is new`)
	require.Contains(t, out, "would remove readygate-service-gone")
	require.Empty(t, *written)
}

func TestPushWritesNothingOverWhatIsNotOurs(t *testing.T) {
	url, written := grafana(t, map[string][]string{"readygate-red": {"mine"}})
	code, _, said := pushed(t, url)
	require.Equal(t, exitFindings, code)
	require.Contains(t, said, `dashboard readygate-red, "There": not ours to write`)
	require.Contains(t, said, "nothing was written")
	require.Empty(t, *written)
}

func TestPushTakesNothingOutOfAnotherFolderUnlessAsked(t *testing.T) {
	url, written := grafana(t, map[string][]string{"readygate-red": {"readygate", "generated", "elsewhere"}})
	code, _, said := pushed(t, url)
	require.Equal(t, exitFindings, code)
	require.Contains(t, said, `lies in the folder "Title of elsewhere", uid "elsewhere", not in "Readygate", uid "readygate"; --move takes it`)
	require.Empty(t, *written)

	code, out, said := pushed(t, url, "--move", "--dry-run")
	require.Equal(t, exitOK, code, said)
	require.Contains(t, out, `would write readygate-red, "RED per service", out of another folder into "Readygate"`+"\n")
	require.Empty(t, *written)
}
