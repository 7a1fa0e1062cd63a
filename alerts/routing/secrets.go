package routing

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/readygate/readygate/internal/catalog"
)

// secretFiles is the comment that lists the files that receivers need. Alertmanager
// reads that of incident.io when it loads the configuration, others when it notifies.
func secretFiles(r catalog.Routing) string {
	start, others := make(map[string]bool), make(map[string]bool)
	for _, one := range r.Receivers {
		switch {
		case one.Secret == "":
		case one.Kind == catalog.IncidentIO:
			start[one.Secret] = true
		default:
			others[one.Secret] = true
		}
	}
	var text strings.Builder
	list := func(heading string, files map[string]bool) {
		if len(files) > 0 {
			text.WriteString(heading)
		}
		for _, file := range slices.Sorted(maps.Keys(files)) {
			fmt.Fprintf(&text, "#   %q\n", file) // in quotes, it is one line whatever it holds
		}
	}
	list("# These files must be there, or Alertmanager does not start, which amtool check-config\n# does not say:\n", start)
	list("# These files must be there, or notifications fail and nobody is told, which neither\n# Alertmanager nor amtool says before:\n", others)
	return text.String()
}
