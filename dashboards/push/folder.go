package push

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/readygate/readygate/dashboards"
)

// longestUID is how long Grafana lets a uid be.
const longestUID = 40

var others = regexp.MustCompile(`[^a-z0-9]+`)

// folderPrefix begins the uid of every folder but the first, so that none is taken for a
// folder of people, nor has the uid of a dashboard, which Grafana keeps in the same table.
const folderPrefix = dashboards.FolderUID + "-folder-"

// FolderOf is the folder of a title. Its uid is made of the title, always the same. Titles
// that differ in little may share a uid; [Client.Plan] is an error then.
func FolderOf(title string) Folder {
	title = strings.TrimSpace(title)
	if title == dashboards.Folder {
		return Folder{dashboards.FolderUID, title}
	}
	uid := strings.Trim(others.ReplaceAllString(strings.ToLower(title), "-"), "-")
	if uid == "" || len(folderPrefix+uid) > longestUID {
		sum := sha256.Sum256([]byte(title))
		uid = hex.EncodeToString(sum[:8])
	}
	return Folder{folderPrefix + uid, title}
}

// hasFolder reports whether Grafana has the folder. One of the same uid and another title
// is an error, which says what to do.
func (c *Client) hasFolder(ctx context.Context, folder Folder) (bool, error) {
	var got struct {
		UID   string `json:"uid"`
		Title string `json:"title"`
	}
	path := "/api/folders/" + url.PathEscape(folder.UID)
	there, err := c.ask(ctx, http.MethodGet, path, nil, &got)
	switch {
	case err != nil || !there:
		return false, err
	case got.UID == "" || got.Title == "":
		return false, c.noGrafana(path, "got no uid and title of a folder")
	case got.Title == folder.Title:
		return true, nil
	}
	advice := fmt.Sprintf("rename that one back to %q in Grafana", folder.Title)
	if FolderOf(got.Title).UID == folder.UID {
		advice = fmt.Sprintf("give --folder %q if it is meant", got.Title)
	}
	return false, fmt.Errorf("folder %q: Grafana has its uid, %s, for the folder %q: %s, or choose another title",
		folder.Title, folder.UID, c.redact(got.Title), advice)
}
