package dashboards

import (
	"errors"
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/dashboardv2"
)

// legacyText is where Grafana keeps the query of a variable that is a text, such as
// label_values(up, job), in schema v2, whose queries are objects.
const legacyText = "__legacyStringValue"

var (
	hidesV2 = map[dashboard.VariableHide]dashboardv2.VariableHide{
		dashboard.VariableHideDontHide:       dashboardv2.VariableHideDontHide,
		dashboard.VariableHideHideLabel:      dashboardv2.VariableHideHideLabel,
		dashboard.VariableHideHideVariable:   dashboardv2.VariableHideHideVariable,
		dashboard.VariableHideInControlsMenu: dashboardv2.VariableHideInControlsMenu,
	}
	refreshesV2 = map[dashboard.VariableRefresh]dashboardv2.VariableRefresh{
		dashboard.VariableRefreshNever:              dashboardv2.VariableRefreshNever,
		dashboard.VariableRefreshOnDashboardLoad:    dashboardv2.VariableRefreshOnDashboardLoad,
		dashboard.VariableRefreshOnTimeRangeChanged: dashboardv2.VariableRefreshOnTimeRangeChanged,
	}
	sortsV2 = map[dashboard.VariableSort]dashboardv2.VariableSort{
		dashboard.VariableSortDisabled:                        dashboardv2.VariableSortDisabled,
		dashboard.VariableSortAlphabeticalAsc:                 dashboardv2.VariableSortAlphabeticalAsc,
		dashboard.VariableSortAlphabeticalDesc:                dashboardv2.VariableSortAlphabeticalDesc,
		dashboard.VariableSortNumericalAsc:                    dashboardv2.VariableSortNumericalAsc,
		dashboard.VariableSortNumericalDesc:                   dashboardv2.VariableSortNumericalDesc,
		dashboard.VariableSortAlphabeticalCaseInsensitiveAsc:  dashboardv2.VariableSortAlphabeticalCaseInsensitiveAsc,
		dashboard.VariableSortAlphabeticalCaseInsensitiveDesc: dashboardv2.VariableSortAlphabeticalCaseInsensitiveDesc,
		dashboard.VariableSortNaturalAsc:                      dashboardv2.VariableSortNaturalAsc,
		dashboard.VariableSortNaturalDesc:                     dashboardv2.VariableSortNaturalDesc,
	}
)

func variableV2(v dashboard.VariableModel) (kind dashboardv2.VariableKind, err error) {
	text := ""
	if v.Query != nil {
		text = deref(v.Query.String)
	}
	switch v.Type {
	case dashboard.VariableTypeQuery:
		kind.QueryVariableKind, err = chosenV2(v, text)
	case dashboard.VariableTypeDatasource:
		kind.DatasourceVariableKind, err = offeredV2(v, text)
	default:
		err = fmt.Errorf("got the type %q, allowed: query, datasource", v.Type)
	}
	if err != nil {
		err = fmt.Errorf("variable %q: %w", v.Name, err)
	}
	return kind, err
}

// chosenV2 is a variable whose values a query returns.
func chosenV2(v dashboard.VariableModel, text string) (*dashboardv2.QueryVariableKind, error) {
	variable := dashboardv2.NewQueryVariableKind()
	s := &variable.Spec
	s.Name, s.Label, s.Description = v.Name, v.Label, v.Description
	s.Hide, s.Refresh, s.Sort = hidesV2[deref(v.Hide)], refreshesV2[deref(v.Refresh)], sortsV2[deref(v.Sort)]
	s.SkipUrlSync, s.Multi, s.IncludeAll = deref(v.SkipUrlSync), deref(v.Multi), deref(v.IncludeAll)
	s.AllValue, s.Regex, s.Definition = v.AllValue, deref(v.Regex), v.Definition
	s.Query.Group, s.Query.Datasource = sourceV2(v.Datasource)
	s.Query.Spec = map[string]any{legacyText: text}
	if v.Query != nil && v.Query.Map != nil {
		s.Query.Spec = v.Query.Map
	}
	if v.AllowCustomValue != nil {
		s.AllowCustomValue = *v.AllowCustomValue
	}
	var err, wrong error
	if v.Current != nil {
		s.Current, err = recast[dashboardv2.VariableOption](v.Current)
	}
	if len(v.Options) > 0 {
		s.Options, wrong = recast[[]dashboardv2.VariableOption](v.Options)
	}
	return variable, errors.Join(err, wrong)
}

// offeredV2 is a variable whose values are the data sources of a type.
func offeredV2(v dashboard.VariableModel, plugin string) (*dashboardv2.DatasourceVariableKind, error) {
	variable := dashboardv2.NewDatasourceVariableKind()
	s := &variable.Spec
	s.Name, s.PluginId, s.Label, s.Description = v.Name, plugin, v.Label, v.Description
	s.Hide, s.Refresh = hidesV2[deref(v.Hide)], refreshesV2[deref(v.Refresh)]
	s.SkipUrlSync, s.Multi, s.IncludeAll = deref(v.SkipUrlSync), deref(v.Multi), deref(v.IncludeAll)
	s.AllValue, s.Regex = v.AllValue, deref(v.Regex)
	if v.AllowCustomValue != nil {
		s.AllowCustomValue = *v.AllowCustomValue
	}
	var err error
	if v.Current != nil {
		s.Current, err = recast[dashboardv2.VariableOption](v.Current)
	}
	return variable, err
}

// annotationV2 are marks. What the query of a data source has is its query, and how its
// answers are shown are options of old, under the names of the classic JSON.
func annotationV2(a dashboard.AnnotationQuery) (dashboardv2.AnnotationQueryKind, error) {
	annotation := *dashboardv2.NewAnnotationQueryKind()
	s := &annotation.Spec
	s.Name, s.Enable, s.Hide, s.IconColor = a.Name, a.Enable, deref(a.Hide), a.IconColor
	builtIn := deref(a.BuiltIn) != 0
	s.BuiltIn = &builtIn
	s.Query.Group, s.Query.Datasource = sourceV2(a.Datasource)

	asked := map[string]any{}
	legacy := map[string]any{}
	put := func(in map[string]any, name string, value *string) {
		if value != nil {
			in[name] = *value
		}
	}
	var err, wrong, strange, foreign error
	if a.Target != nil {
		asked, err = recast[map[string]any](a.Target)
		delete(asked, "datasource")
	}
	if a.Expr != nil {
		asked["refId"] = "Anno" // as Grafana calls the query of an annotation
		put(asked, "expr", a.Expr)
		put(asked, "interval", a.Step)
	}
	s.Query.Spec = asked
	put(legacy, "titleFormat", a.TitleFormat)
	put(legacy, "textFormat", a.TextFormat)
	put(legacy, "tagKeys", a.TagKeys)
	put(legacy, "type", a.Type)
	if a.UseValueForTime != nil {
		legacy["useValueForTime"] = *a.UseValueForTime
	}
	if len(legacy) > 0 {
		s.LegacyOptions = legacy
	}
	if a.Filter != nil {
		s.Filter, wrong = recast[*dashboardv2.AnnotationPanelFilter](a.Filter)
	}
	if a.Placement != nil {
		s.Placement, strange = recast[*dashboardv2.AnnotationQueryPlacement](a.Placement)
	}
	if a.Mappings != nil {
		s.Mappings, foreign = recast[map[string]dashboardv2.AnnotationEventFieldMapping](a.Mappings)
	}
	err = errors.Join(err, wrong, strange, foreign)
	if err != nil {
		err = fmt.Errorf("annotation %q: %w", a.Name, err)
	}
	return annotation, err
}
