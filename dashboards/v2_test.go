package dashboards

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/dashboardv2"
	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/catalog"
)

// object is JSON as it is read, without the types that wrote it.
type object = map[string]any

func read(t *testing.T, text []byte) object {
	t.Helper()
	var o object
	require.NoError(t, json.Unmarshal(text, &o))
	return o
}

// at follows keys into an object; nil where it ends early.
func at(from any, keys ...string) any {
	for _, key := range keys {
		o, _ := from.(object)
		from = o[key]
	}
	return from
}

func list(from any, keys ...string) []any {
	all, _ := at(from, keys...).([]any)
	return all
}

// everyDashboard are those of all catalogs that tests have.
func everyDashboard(t *testing.T) map[string]Dashboard {
	t.Helper()
	all := map[string]Dashboard{}
	for name, c := range map[string]catalog.Catalog{
		"generic": catalog.Default(),
		"shop":    load(t, "../examples/shop/services.yaml"),
		"nasty":   load(t, "../alerts/testdata/nasty.yaml"),
	} {
		made, err := Generate(c)
		require.NoError(t, err)
		for _, d := range made {
			all[name+"/"+d.Name] = d
		}
	}
	return all
}

func TestSchemaV2SaysWhatTheClassicJSONSays(t *testing.T) {
	for name, d := range everyDashboard(t) {
		t.Run(name, func(t *testing.T) {
			classicText, err := JSON(d.Dashboard)
			require.NoError(t, err)
			text, err := V2(d.Dashboard)
			require.NoError(t, err)
			classic, v2 := read(t, classicText), read(t, text)
			require.Equal(t, classic["uid"], at(v2, "metadata", "name"))
			for _, key := range []string{"title", "description", "tags", "editable"} {
				require.Equal(t, classic[key], at(v2, "spec", key), key)
			}
			require.Equal(t, at(classic, "time", "from"), at(v2, "spec", "timeSettings", "from"))
			require.Equal(t, classic["refresh"], at(v2, "spec", "timeSettings", "autoRefresh"))
			require.Equal(t, list(classic, "links"), list(v2, "spec", "links"))
			sameVariables(t, classic, v2)
			sameAnnotations(t, classic, v2)
			sameRows(t, classic, v2)
		})
	}
}

func sameVariables(t *testing.T, classic, v2 object) {
	variables := list(v2, "spec", "variables")
	require.Len(t, variables, len(list(classic, "templating", "list")))
	for i, v := range list(classic, "templating", "list") {
		for _, key := range []string{"name", "label", "multi", "includeAll", "allValue", "current"} {
			if at(v, key) != nil {
				require.Equal(t, at(v, key), at(variables[i], "spec", key), key)
			}
		}
		if at(v, "type") == "datasource" {
			require.Equal(t, at(v, "query"), at(variables[i], "spec", "pluginId"))
			continue
		}
		require.Equal(t, at(v, "query"), at(variables[i], "spec", "query", "spec", legacyText))
		require.Equal(t, at(v, "datasource", "uid"), at(variables[i], "spec", "query", "datasource", "name"))
	}
}

func sameAnnotations(t *testing.T, classic, v2 object) {
	annotations := list(v2, "spec", "annotations")
	require.Len(t, annotations, len(list(classic, "annotations", "list")))
	for i, a := range list(classic, "annotations", "list") {
		for _, key := range []string{"name", "enable", "iconColor"} {
			require.Equal(t, at(a, key), at(annotations[i], "spec", key), key)
		}
		require.Equal(t, at(a, "expr"), at(annotations[i], "spec", "query", "spec", "expr"))
		for _, key := range []string{"titleFormat", "textFormat", "useValueForTime"} {
			require.Equal(t, at(a, key), at(annotations[i], "spec", "legacyOptions", key), key)
		}
	}
}

func sameRows(t *testing.T, classic, v2 object) {
	rows := list(v2, "spec", "layout", "spec", "rows")
	row, top, placed := -1, float64(0), 0
	item := 0
	compare := func(p any) {
		place := at(rows[row], "spec", "layout", "spec")
		shown := at(list(place, "items")[item], "spec")
		require.Equal(t, at(p, "gridPos", "x"), at(shown, "x"))
		require.Equal(t, at(p, "gridPos", "y").(float64)-top, at(shown, "y"))
		require.Equal(t, at(p, "gridPos", "w"), at(shown, "width"))
		require.Equal(t, at(p, "gridPos", "h"), at(shown, "height"))
		samePanel(t, p, at(v2, "spec", "elements", at(shown, "element", "name").(string), "spec"))
		item++
		placed++
	}
	for _, p := range list(classic, "panels") {
		if at(p, "type") != "row" {
			compare(p)
			continue
		}
		row, item = row+1, 0
		top = at(p, "gridPos", "y").(float64) + 1
		require.Equal(t, at(p, "title"), at(rows[row], "spec", "title"))
		require.Equal(t, at(p, "collapsed"), at(rows[row], "spec", "collapse"))
		for _, folded := range list(p, "panels") {
			compare(folded)
		}
	}
	require.Len(t, rows, row+1)
	require.Len(t, at(v2, "spec", "elements"), placed)
}

func samePanel(t *testing.T, classic, v2 any) {
	for _, key := range []string{"id", "title", "description"} {
		require.Equal(t, at(classic, key), at(v2, key), key)
	}
	require.Equal(t, at(classic, "type"), at(v2, "vizConfig", "group"))
	require.Equal(t, at(classic, "options"), at(v2, "vizConfig", "spec", "options"))
	before, after := at(classic, "fieldConfig"), at(v2, "vizConfig", "spec", "fieldConfig")
	for _, key := range []string{"unit", "noValue", "min", "max", "thresholds", "mappings", "color", "custom"} {
		require.Equal(t, at(before, "defaults", key), at(after, "defaults", key), key)
	}
	require.Len(t, list(after, "defaults", "links"), len(list(before, "defaults", "links")))
	for i, l := range list(before, "defaults", "links") {
		for _, key := range []string{"title", "url", "targetBlank"} {
			require.Equal(t, at(l, key), at(list(after, "defaults", "links")[i], key))
		}
	}
	if len(list(before, "overrides")) > 0 {
		require.Equal(t, at(before, "overrides"), at(after, "overrides"))
	}
	queries := list(v2, "data", "spec", "queries")
	require.Len(t, queries, len(list(classic, "targets")))
	for i, q := range list(classic, "targets") {
		asked := at(queries[i], "spec", "query")
		require.Equal(t, at(q, "datasource", "uid"), at(asked, "datasource", "name"))
		require.Equal(t, at(q, "datasource", "type"), at(asked, "group"))
		require.Equal(t, at(q, "refId"), at(queries[i], "spec", "refId"))
		delete(q.(object), "datasource")
		require.Equal(t, q, at(asked, "spec"))
	}
	require.Len(t, list(v2, "data", "spec", "transformations"), len(list(classic, "transformations")))
	for i, transformation := range list(classic, "transformations") {
		after := list(v2, "data", "spec", "transformations")[i]
		require.Equal(t, at(transformation, "id"), at(after, "group"))
		require.Equal(t, at(transformation, "options"), at(after, "spec", "options"))
	}
}

// As strictly as the SDK reads it; its empty list of errors is not nil. Variables whose
// query is a text are the one thing that Grafana writes and the SDK does not know.
func TestSchemaV2IsWhatTheSDKAllows(t *testing.T) {
	plugins.RegisterDefaultPlugins()
	for name, d := range everyDashboard(t) {
		text, err := V2(d.Dashboard)
		require.NoError(t, err)
		written := read(t, text)
		for _, v := range list(written, "spec", "variables") {
			if at(v, "kind") == "QueryVariable" {
				at(v, "spec", "query").(object)["spec"] = object{"refId": "A", "expr": "up"}
			}
		}
		spec, err := json.Marshal(written["spec"])
		require.NoError(t, err)
		var strict dashboardv2.Dashboard
		require.Empty(t, strict.UnmarshalJSONStrict(spec), name)

		again, err := V2(d.Dashboard)
		require.NoError(t, err)
		require.Equal(t, string(text), string(again), "deterministic")
	}
}

func TestSchemaV2SaysAllThatItCannotSay(t *testing.T) {
	d := redOf(t, catalog.Default())
	d.Snapshot = &dashboard.Snapshot{}
	d.Templating.List = append(d.Templating.List, dashboard.VariableModel{Name: "step", Type: dashboard.VariableTypeInterval})
	for i := range d.Panels {
		if p := d.Panels[i].Panel; p != nil && len(p.Targets) > 0 {
			p.Repeat = cog.ToPtr("service")
			p.LibraryPanel = &dashboard.LibraryPanelRef{}
			break
		}
	}
	d.Panels[0].RowPanel.Repeat = cog.ToPtr("service")
	_, err := V2(d)
	for _, part := range []string{"readygate-red", "snapshot", `variable "step": got the type "interval"`, "of the library", `panel "Requests": is repeated`, `row "Now": is repeated`} {
		require.ErrorContains(t, err, part)
	}
	d.Uid = nil
	_, err = V2(d)
	require.ErrorContains(t, err, "no uid")
}

func TestPanelsBeforeTheFirstRowGetARowWithoutATitle(t *testing.T) {
	d := redOf(t, catalog.Default())
	d.Panels = d.Panels[1:]
	text, err := V2(d)
	require.NoError(t, err)
	rows := list(read(t, text), "spec", "layout", "spec", "rows")
	require.Equal(t, true, at(rows[0], "spec", "hideHeader"), fmt.Sprint(rows[0]))
}
