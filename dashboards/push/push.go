// Package push puts generated dashboards into a Grafana by its HTTP API, and touches
// nothing there that it did not make.
//
//	plan, err := client.Plan(ctx, all, folder, false)
//	...
//	err = client.Apply(ctx, plan, false)
//
// # Guarantees
//
// [Client.Plan] only reads. It makes sure that a Grafana answers, looks at every dashboard
// that would be written, and is an error that names each which is not ours to write: one
// that has the uid and not the tags "readygate" and "generated", that Grafana loads from a
// file, or that lies in another folder. Nothing is written before all were looked at. What
// is ours is told by [dashboards.IsOurs].
//
// Requests that Grafana answers with 429 or 5xx, or that do not reach it, are tried five
// times. Errors name the URL, the status and, in quotes, what Grafana said, and never the
// token, which is sent nowhere else: redirects are not followed.
//
// Between looking and writing somebody may change things; Grafana has no lock for that.
// A failure while writing leaves what was written before, which the next run finds as its
// own.
package push

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/readygate/readygate/dashboards"
)

// Folder is where the dashboards go.
type Folder struct{ UID, Title string }

// Plan is what Apply would do.
type Plan struct {
	Folder Folder
	// MakeFolder says that the folder is missing.
	MakeFolder bool
	// New, Changed and Moved are the dashboards to write: those that are missing, those
	// that are in the folder and ours, and those that are ours and in another folder.
	New, Changed, Moved []dashboards.Dashboard
	// Stale are ours, in the folder, and generated no more.
	Stale []Stale
}

// Stale is a dashboard of an earlier run.
type Stale struct {
	UID   string `json:"uid"`
	Title string `json:"title"`
}

// NotOursError names a dashboard that has the uid of one that would be written, and must
// not be.
type NotOursError struct{ UID, Title, Why string }

func (e *NotOursError) Error() string {
	return fmt.Sprintf("dashboard %s, %q: not ours to write: %s", e.UID, e.Title, e.Why)
}

// Plan looks at Grafana and returns what is to be done. Dashboards of ours in another
// folder are an error, unless move is true.
func (c *Client) Plan(ctx context.Context, all []dashboards.Dashboard, folder Folder, move bool) (Plan, error) {
	plan := Plan{Folder: folder}
	if err := c.isGrafana(ctx); err != nil {
		return plan, err
	}
	there, err := c.hasFolder(ctx, folder)
	if err != nil {
		return plan, err
	}
	plan.MakeFolder = !there
	var errs []error
	generated := map[string]bool{}
	for _, d := range all {
		generated[*d.Uid] = true
		has, in, err := c.has(ctx, d)
		switch {
		case notOurs(err):
			errs = append(errs, err)
		case err != nil:
			return plan, errors.Join(append(errs, err)...)
		case !has:
			plan.New = append(plan.New, d)
		case in.UID == folder.UID:
			plan.Changed = append(plan.Changed, d)
		case move:
			plan.Moved = append(plan.Moved, d)
		default:
			errs = append(errs, &NotOursError{*d.Uid, *d.Title, fmt.Sprintf("lies in the folder %q, uid %q, not in %q, uid %q; --move takes it",
				in.Title, in.UID, folder.Title, folder.UID)})
		}
	}
	if err := errors.Join(errs...); err != nil || !there {
		return plan, err
	}
	plan.Stale, err = c.stale(ctx, folder, generated)
	return plan, err
}

// isGrafana asks what only a Grafana answers: on other servers every dashboard would seem
// to be missing.
func (c *Client) isGrafana(ctx context.Context) error {
	const path = "/api/org"
	var organisation struct {
		ID   int64  `json:"id"`
		Name string `json:"name"`
	}
	there, err := c.ask(ctx, http.MethodGet, path, nil, &organisation)
	if err == nil && (!there || organisation.ID == 0 || organisation.Name == "") {
		err = c.noGrafana(path, "got no id and name of an organisation")
	}
	return err
}

// noGrafana says that a success is none.
func (c *Client) noGrafana(path, got string) error {
	return fmt.Errorf("GET %s: this is no answer of Grafana: %s", c.base.JoinPath(path), got)
}

func notOurs(err error) bool {
	var e *NotOursError
	return errors.As(err, &e)
}

// has reports whether Grafana has the dashboard, and in which folder. One that is not ours
// is an error.
func (c *Client) has(ctx context.Context, d dashboards.Dashboard) (bool, Folder, error) {
	var got struct {
		Dashboard struct {
			UID   string   `json:"uid"`
			Title string   `json:"title"`
			Tags  []string `json:"tags"`
		} `json:"dashboard"`
		Meta struct {
			Provisioned bool   `json:"provisioned"`
			From        string `json:"provisionedExternalId"`
			FolderUID   string `json:"folderUid"`
			FolderTitle string `json:"folderTitle"`
		} `json:"meta"`
	}
	path := dashboardPath(*d.Uid)
	there, err := c.ask(ctx, http.MethodGet, path, nil, &got)
	title := c.redact(got.Dashboard.Title)
	switch {
	case err != nil || !there:
		return false, Folder{}, err
	case got.Dashboard.UID == "":
		return false, Folder{}, c.noGrafana(path, "got no uid of a dashboard")
	case !dashboards.IsOurs(got.Dashboard.Tags):
		return false, Folder{}, &NotOursError{*d.Uid, title, c.redact(fmt.Sprintf("got the tags %q, allowed: readygate and generated among them", got.Dashboard.Tags))}
	case got.Meta.Provisioned:
		return false, Folder{}, &NotOursError{*d.Uid, title, fmt.Sprintf("Grafana loads it from the file %q", c.redact(got.Meta.From))}
	}
	return true, Folder{got.Meta.FolderUID, c.redact(got.Meta.FolderTitle)}, nil
}

func dashboardPath(uid string) string { return "/api/dashboards/uid/" + url.PathEscape(uid) }

// isUID is what Grafana allows. Commands print uids as they are.
var isUID = regexp.MustCompile(`^[a-zA-Z0-9_-]+$`)

// page is how many dashboards a search returns at most.
const page = 1000

// stale are the dashboards in the folder that are ours and were not generated now.
func (c *Client) stale(ctx context.Context, folder Folder, generated map[string]bool) ([]Stale, error) {
	var all []Stale
	for number := 1; ; number++ {
		var found []struct {
			Stale
			Tags      []string `json:"tags"`
			FolderUID string   `json:"folderUid"`
		}
		query := url.Values{
			"type": {"dash-db"}, "tag": {"readygate", "generated"}, "folderUIDs": {folder.UID},
			"limit": {fmt.Sprint(page)}, "page": {fmt.Sprint(number)},
		}
		if _, err := c.ask(ctx, http.MethodGet, "/api/search?"+query.Encode(), nil, &found); err != nil {
			return nil, err
		}
		for _, f := range found {
			// A Grafana that does not know a parameter returns more than was asked for.
			if dashboards.IsOurs(f.Tags) && f.FolderUID == folder.UID && !generated[f.UID] {
				if !isUID.MatchString(f.UID) {
					return nil, c.noGrafana("/api/search", fmt.Sprintf("got the uid %q", c.redact(f.UID)))
				}
				all = append(all, Stale{f.UID, c.redact(f.Title)})
			}
		}
		if len(found) < page {
			break
		}
	}
	slices.SortFunc(all, func(a, b Stale) int { return strings.Compare(a.UID, b.UID) })
	return all, nil
}

// Apply does what the plan says; stale dashboards are removed only if prune is true.
// The error says how far it came.
func (c *Client) Apply(ctx context.Context, plan Plan, prune bool) error {
	if plan.MakeFolder {
		folder := map[string]string{"uid": plan.Folder.UID, "title": plan.Folder.Title}
		if err := c.must(ctx, http.MethodPost, "/api/folders", folder); err != nil {
			return fmt.Errorf("folder %q: nothing was written: %w", plan.Folder.Title, err)
		}
	}
	all := slices.Concat(plan.New, plan.Changed, plan.Moved)
	for i, d := range all {
		body := map[string]any{
			"dashboard": d.Dashboard, "folderUid": plan.Folder.UID, "overwrite": true,
			"message": "readyctl dashboards push",
		}
		if err := c.must(ctx, http.MethodPost, "/api/dashboards/db", body); err != nil {
			return fmt.Errorf("dashboard %s: %d of %d were written: %w", *d.Uid, i, len(all), err)
		}
	}
	if !prune {
		return nil
	}
	for i, s := range plan.Stale {
		// One that is gone is what was wanted.
		if _, err := c.ask(ctx, http.MethodDelete, dashboardPath(s.UID), nil, nil); err != nil {
			return fmt.Errorf("dashboard %s: all were written, %d of %d stale ones removed: %w", s.UID, i, len(plan.Stale), err)
		}
	}
	return nil
}
