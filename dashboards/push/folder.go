package push

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"

	"github.com/readygate/readygate/dashboards"
)

// longestUID is how long Grafana lets a uid be.
const longestUID = 40

var others = regexp.MustCompile(`[^a-z0-9]+`)

// FolderOf is the folder of a title. Its uid is made of the title, always the same, so
// that another run finds the folder even when somebody renamed it.
func FolderOf(title string) Folder {
	if title == dashboards.Folder {
		return Folder{dashboards.FolderUID, title}
	}
	uid := strings.Trim(others.ReplaceAllString(strings.ToLower(title), "-"), "-")
	if uid == "" || len(uid) > longestUID || uid == dashboards.FolderUID {
		sum := sha256.Sum256([]byte(title))
		uid = "readygate-" + hex.EncodeToString(sum[:8])
	}
	return Folder{uid, title}
}
