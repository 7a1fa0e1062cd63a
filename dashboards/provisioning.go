package dashboards

// DefaultPath is where [Provisioning] looks for the dashboards unless it is told.
const DefaultPath = "/etc/grafana/dashboards/readygate"

type provisioning struct {
	APIVersion int        `yaml:"apiVersion"`
	Providers  []provider `yaml:"providers"`
}

type provider struct {
	Name            string `yaml:"name"`
	OrgID           int    `yaml:"orgId"`
	Folder          string `yaml:"folder"`
	FolderUID       string `yaml:"folderUid"`
	Type            string `yaml:"type"`
	DisableDeletion bool   `yaml:"disableDeletion"`
	AllowUIUpdates  bool   `yaml:"allowUiUpdates"`
	Interval        int    `yaml:"updateIntervalSeconds"`
	Options         struct {
		Path string `yaml:"path"`
	} `yaml:"options"`
}

// Provisioning is the file by which Grafana loads dashboards from a directory, below
// /etc/grafana/provisioning/dashboards. Path is that directory as Grafana sees it; empty
// is [DefaultPath].
//
// A dashboard whose file is gone is deleted, so that services which are gone leave none
// behind. Nothing can be changed in the browser: it would be lost with the next change of
// a file. Grafana reads all files *.json below path, so that the same dashboards in
// schema v2, which have the same uids, must lie elsewhere.
func Provisioning(path string) ([]byte, error) {
	if path == "" {
		path = DefaultPath
	}
	p := provider{Name: tag, OrgID: 1, Folder: Folder, FolderUID: FolderUID, Type: "file", Interval: 30}
	p.Options.Path = path
	return writeYAML(provisioning{APIVersion: 1, Providers: []provider{p}})
}
