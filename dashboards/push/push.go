// Package push puts generated dashboards into a Grafana by its HTTP API, and touches
// nothing there that it did not make.
//
//	plan, err := client.Plan(ctx, all, folder)
//	...
//	err = client.Apply(ctx, plan, false)
//
// # Guarantees
//
// [Client.Plan] only reads. It looks at every dashboard that would be written, and is an
// error that names each which is not ours: one that has the uid and not the tags
// "readygate" and "generated", or that Grafana loads from a file. Nothing is written
// before all were looked at. What is ours is told by [dashboards.IsOurs].
//
// Requests that Grafana answers with 429 or 5xx, or that do not reach it, are tried five
// times. Errors name the URL, the status and what Grafana said, and never the token, which
// is sent nowhere else: redirects are not followed.
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
	// New and Changed are the dashboards to write: those that are missing, and those
	// that are there and ours.
	New, Changed []dashboards.Dashboard
	// Stale are ours, in the folder, and generated no more.
	Stale []Stale
}

// Stale is a dashboard of an earlier run.
type Stale struct {
	UID   string `json:"uid"`
	Title string `json:"title"`
}

// NotOursError names a dashboard that has the uid of one that would be written.
type NotOursError struct{ UID, Title, Why string }

func (e *NotOursError) Error() string {
	return fmt.Sprintf("dashboard %s, %q: not ours: %s", e.UID, e.Title, e.Why)
}

// Plan looks at Grafana and returns what is to be done.
func (c *Client) Plan(ctx context.Context, all []dashboards.Dashboard, folder Folder) (Plan, error) {
	plan := Plan{Folder: folder}
	there, err := c.ask(ctx, http.MethodGet, "/api/folders/"+url.PathEscape(folder.UID), nil, nil)
	if err != nil {
		return plan, err
	}
	plan.MakeFolder = !there
	var errs []error
	generated := map[string]bool{}
	for _, d := range all {
		generated[*d.Uid] = true
		has, err := c.has(ctx, d)
		switch {
		case notOurs(err):
			errs = append(errs, err)
		case err != nil:
			return plan, errors.Join(append(errs, err)...)
		case has:
			plan.Changed = append(plan.Changed, d)
		default:
			plan.New = append(plan.New, d)
		}
	}
	if err := errors.Join(errs...); err != nil || !there {
		return plan, err
	}
	plan.Stale, err = c.stale(ctx, folder, generated)
	return plan, err
}

func notOurs(err error) bool {
	var e *NotOursError
	return errors.As(err, &e)
}

// has reports whether Grafana has the dashboard. One that is not ours is an error.
func (c *Client) has(ctx context.Context, d dashboards.Dashboard) (bool, error) {
	var got struct {
		Dashboard struct {
			Title string   `json:"title"`
			Tags  []string `json:"tags"`
		} `json:"dashboard"`
		Meta struct {
			Provisioned bool   `json:"provisioned"`
			From        string `json:"provisionedExternalId"`
		} `json:"meta"`
	}
	there, err := c.ask(ctx, http.MethodGet, dashboardPath(*d.Uid), nil, &got)
	switch {
	case err != nil || !there:
		return false, err
	case !dashboards.IsOurs(got.Dashboard.Tags):
		return false, &NotOursError{*d.Uid, got.Dashboard.Title, fmt.Sprintf("got the tags %q, allowed: readygate and generated among them", got.Dashboard.Tags)}
	case got.Meta.Provisioned:
		return false, &NotOursError{*d.Uid, got.Dashboard.Title, "Grafana loads it from the file " + got.Meta.From}
	}
	return true, nil
}

func dashboardPath(uid string) string { return "/api/dashboards/uid/" + url.PathEscape(uid) }

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
				all = append(all, f.Stale)
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
	all := slices.Concat(plan.New, plan.Changed)
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
