package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/readygate/readygate/internal/telemetry"
)

// Bounds of a table besides the number of its templates.
const (
	maxDistinct = 1 << 20 // see routeTable.texts; 40 MB
	maxExample  = 256     // bytes of an example
)

// routeTable counts requests by service and template. It holds at most limit
// templates: requests of others are counted as telemetry.Other, of no service.
type routeTable struct {
	limit, examples int
	texts           int // how many texts are told apart, in all
	seed            maphash.Seed
	rows            map[routeKey]*routeRow
	seen            map[routeText]struct{}
	beyond          int64 // requests counted as other
	services        bool  // some requests have a service
}

type routeKey struct{ service, template string }

// routeText is the hash of a text that became the template of a row.
type routeText struct {
	row  int
	hash uint64
}

// routeRow is a line of the list.
type routeRow struct {
	id       int
	Service  string   `json:"service,omitempty"`
	Template string   `json:"template"`
	Count    int64    `json:"count"`
	Distinct int64    `json:"distinct"`
	AtLeast  bool     `json:"distinct_at_least,omitempty"` // there were more than were told apart
	Changed  bool     `json:"changed"`                     // some texts differ from their template
	Examples []string `json:"examples,omitempty"`
}

func newRouteTable(limit, examples int) *routeTable {
	return &routeTable{
		limit: limit, examples: examples, texts: maxDistinct, seed: maphash.MakeSeed(),
		rows: map[routeKey]*routeRow{}, seen: map[routeText]struct{}{},
	}
}

// add counts a request. text is what became the template, changed whether it differs.
func (t *routeTable) add(service string, template []byte, text string, changed bool) {
	t.services = t.services || service != ""
	row := t.rows[routeKey{service, string(template)}]
	if row == nil {
		row = t.admit(service, string(template))
	}
	row.Count++
	row.Changed = row.Changed || changed
	key := routeText{row.id, maphash.String(t.seed, text)}
	if _, known := t.seen[key]; known {
		return
	}
	if len(t.seen) >= t.texts {
		row.AtLeast = true
		return
	}
	t.seen[key] = struct{}{}
	row.Distinct++
	if len(row.Examples) < t.examples {
		row.Examples = append(row.Examples, strings.ToValidUTF8(text[:min(len(text), maxExample)], "_"))
	}
}

// admit returns the row of a template that has none: its own, or that of others.
func (t *routeTable) admit(service, template string) *routeRow {
	if len(t.rows) >= t.limit {
		t.beyond++
		service, template = "", telemetry.Other
		if row := t.rows[routeKey{service, template}]; row != nil {
			return row
		}
	}
	row := &routeRow{id: len(t.rows), Service: service, Template: template}
	t.rows[routeKey{service, template}] = row
	return row
}

// write writes the list, the most frequent first.
func (t *routeTable) write(out io.Writer, format string, changed bool) error {
	rows := []*routeRow{}
	for row := range maps.Values(t.rows) {
		if row.Changed || !changed {
			rows = append(rows, row)
		}
	}
	slices.SortFunc(rows, func(a, b *routeRow) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Template, b.Template), cmp.Compare(a.Service, b.Service))
	})
	switch {
	case format == routesJSON:
		encoder := json.NewEncoder(out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(rows)
	case len(rows) == 0:
		return nil
	}
	return t.writeText(out, rows)
}

func (t *routeTable) writeText(out io.Writer, rows []*routeRow) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	columns := []string{"COUNT", "TEMPLATE", "DISTINCT"}
	if t.services {
		columns = slices.Insert(columns, 1, "SERVICE")
	}
	if t.examples > 0 {
		columns = append(columns, "EXAMPLES")
	}
	fmt.Fprintln(w, strings.Join(columns, "\t"))
	for _, row := range rows {
		distinct := strconv.FormatInt(row.Distinct, 10)
		if row.AtLeast {
			distinct += "+"
		}
		cells := []string{strconv.FormatInt(row.Count, 10), shown(row.Template), distinct}
		if t.services {
			cells = slices.Insert(cells, 1, shown(cmp.Or(row.Service, "-")))
		}
		if t.examples > 0 {
			quoted := make([]string, len(row.Examples))
			for i, text := range row.Examples {
				quoted[i] = strconv.Quote(text)
			}
			cells = append(cells, strings.Join(quoted, " "))
		}
		fmt.Fprintln(w, strings.Join(cells, "\t"))
	}
	return w.Flush()
}

// shown returns a text as it may be written to a terminal.
func shown(text string) string {
	if quoted := strconv.Quote(text); quoted != `"`+text+`"` {
		return quoted
	}
	return text
}
