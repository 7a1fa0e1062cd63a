package dashboards

import (
	"errors"
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/cog/variants"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/dashboardv2"
)

func panelV2(p dashboard.Panel) (dashboardv2.PanelKind, error) {
	var errs []error
	keep := func(err error) { errs = append(errs, err) }
	if p.Repeat != nil {
		keep(errors.New("is repeated, allowed: panels that are not"))
	}
	if p.LibraryPanel != nil {
		keep(errors.New("is of the library, allowed: panels of the dashboard's own"))
	}
	panel := *dashboardv2.NewPanelKind()
	panel.Spec.Id = float64(deref(p.Id))
	panel.Spec.Title, panel.Spec.Description = deref(p.Title), deref(p.Description)
	panel.Spec.Transparent = p.Transparent
	panel.Spec.Links = []dashboardv2.DataLink{}
	for _, l := range p.Links {
		panel.Spec.Links = append(panel.Spec.Links, linkV2(l))
	}

	data, err := dataV2(p)
	keep(err)
	panel.Spec.Data = data

	panel.Spec.VizConfig = *dashboardv2.NewVizConfigKind()
	viz := &panel.Spec.VizConfig
	viz.Group, viz.Version = p.Type, deref(p.PluginVersion)
	viz.Spec.Options = p.Options
	if p.Options == nil {
		viz.Spec.Options = map[string]any{}
	}
	viz.Spec.FieldConfig, err = fieldsV2(p)
	keep(err)
	return panel, errors.Join(errs...)
}

func linkV2(l dashboard.DashboardLink) dashboardv2.DataLink {
	return dashboardv2.DataLink{Title: l.Title, Url: deref(l.Url), TargetBlank: &l.TargetBlank}
}

// fieldsV2 are the units, thresholds, colours, mappings, links and overrides, which both
// schemas write alike but for the links.
func fieldsV2(p dashboard.Panel) (dashboardv2.FieldConfigSource, error) {
	from := deref(p.FieldConfig)
	links := from.Defaults.Links
	from.Defaults.Links = nil
	defaults, err := recast[dashboardv2.FieldConfig](from.Defaults)
	for _, l := range links {
		defaults.Links = append(defaults.Links, linkV2(l))
	}
	// Overrides are most of a dashboard: they are taken over without being written.
	overrides := make([]dashboardv2.Dashboardv2FieldConfigSourceOverrides, len(from.Overrides))
	for i, o := range from.Overrides {
		overrides[i].SystemRef = o.SystemRef
		overrides[i].Matcher = dashboardv2.MatcherConfig{Id: o.Matcher.Id, Options: o.Matcher.Options}
		overrides[i].Properties = make([]dashboardv2.DynamicConfigValue, len(o.Properties))
		for j, property := range o.Properties {
			overrides[i].Properties[j] = dashboardv2.DynamicConfigValue{Id: property.Id, Value: property.Value}
		}
	}
	return dashboardv2.FieldConfigSource{Defaults: defaults, Overrides: overrides}, err
}

func dataV2(p dashboard.Panel) (dashboardv2.QueryGroupKind, error) {
	var errs []error
	data := *dashboardv2.NewQueryGroupKind()
	data.Spec.Queries = []dashboardv2.PanelQueryKind{}
	data.Spec.Transformations = []dashboardv2.TransformationKind{}
	for _, target := range p.Targets {
		query := *dashboardv2.NewPanelQueryKind()
		asked, err := queryV2(target, p.Datasource)
		errs = append(errs, err)
		fields, _ := asked.Spec.(map[string]any)
		query.Spec.RefId, _ = fields["refId"].(string)
		query.Spec.Hidden, _ = fields["hide"].(bool)
		delete(fields, "hide")
		query.Spec.Query = asked
		data.Spec.Queries = append(data.Spec.Queries, query)
	}
	for _, t := range p.Transformations {
		transformation := *dashboardv2.NewTransformationKind()
		spec, err := recast[dashboardv2.TransformationSpec](struct {
			dashboard.DataTransformerConfig
			ID any `json:"id,omitempty"` // hides that of the classic type
		}{DataTransformerConfig: t})
		errs = append(errs, err)
		transformation.Group, transformation.Spec = t.Id, spec
		data.Spec.Transformations = append(data.Spec.Transformations, transformation)
	}
	options := &data.Spec.QueryOptions
	options.TimeFrom, options.TimeShift, options.TimeCompare = p.TimeFrom, p.TimeShift, p.TimeCompare
	options.Interval, options.CacheTimeout = p.Interval, p.CacheTimeout
	options.HideTimeOverride = p.HideTimeOverride
	options.MaxDataPoints, options.QueryCachingTTL = wholeV2(p.MaxDataPoints), wholeV2(p.QueryCachingTTL)
	return data, errors.Join(errs...)
}

// queryV2 is a query of a data source; beside is whom it asks when it does not say.
// The letter of the query stays among its fields, where the SDK looks for it.
func queryV2(target variants.Dataquery, beside *common.DataSourceRef) (dashboardv2.DataQueryKind, error) {
	query := *dashboardv2.NewDataQueryKind()
	fields, err := recast[map[string]any](target)
	if err != nil {
		return query, fmt.Errorf("query: %w", err)
	}
	source := beside
	if own, has := fields["datasource"]; has {
		ref, err := recast[common.DataSourceRef](own)
		if err != nil {
			return query, fmt.Errorf("query: data source: %w", err)
		}
		source = &ref
		delete(fields, "datasource")
	}
	query.Group, query.Datasource = sourceV2(source)
	if query.Group == "" {
		query.Group = target.DataqueryType()
	}
	query.Spec = fields
	return query, nil
}

// sourceV2 is the type of a data source, and which of its type.
func sourceV2(ref *common.DataSourceRef) (string, *dashboardv2.Dashboardv2DataQueryKindDatasource) {
	if ref == nil {
		return "", nil
	}
	if ref.Uid == nil {
		return deref(ref.Type), nil
	}
	return deref(ref.Type), &dashboardv2.Dashboardv2DataQueryKindDatasource{Name: ref.Uid}
}

func wholeV2(v *float64) *int64 {
	if v == nil {
		return nil
	}
	n := int64(*v)
	return &n
}
