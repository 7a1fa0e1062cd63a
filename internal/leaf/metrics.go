package leaf

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// Metrics visits every slot of md and returns the number of data points that
// were changed, in their attributes or in their exemplars'. Changes of
// resources, scopes and of what the points of a metric share (name,
// description, unit, metadata) are not in the count. md must be mutable.
func (w *Walker) Metrics(md pmetric.Metrics) (changed int) {
	defer w.forget()
	for _, rm := range md.ResourceMetrics().All() {
		w.hidden.dropMetrics(rm)
		w.resource(rm.Resource())
		if s, changed := w.text(SchemaURL, rm.SchemaUrl()); changed {
			rm.SetSchemaUrl(s)
		}
		for _, sm := range rm.ScopeMetrics().All() {
			w.scope(sm.Scope())
			if s, changed := w.text(SchemaURL, sm.SchemaUrl()); changed {
				sm.SetSchemaUrl(s)
			}
			for _, metric := range sm.Metrics().All() {
				changed += w.metric(metric)
			}
		}
	}
	return changed
}

func (w *Walker) metric(metric pmetric.Metric) (changed int) {
	if s, changed := w.text(MetricName, metric.Name()); changed {
		metric.SetName(s)
	}
	if s, changed := w.text(MetricDescription, metric.Description()); changed {
		metric.SetDescription(s)
	}
	if s, changed := w.text(MetricUnit, metric.Unit()); changed {
		metric.SetUnit(s)
	}
	w.attributes(MetricMetadata, metric.Metadata())

	switch metric.Type() {
	case pmetric.MetricTypeGauge:
		changed = w.numbers(metric.Gauge().DataPoints())
	case pmetric.MetricTypeSum:
		changed = w.numbers(metric.Sum().DataPoints())
	case pmetric.MetricTypeHistogram:
		points := metric.Histogram().DataPoints()
		for i := range points.Len() {
			changed += w.point(points.At(i).Attributes(), points.At(i).Exemplars())
		}
	case pmetric.MetricTypeExponentialHistogram:
		points := metric.ExponentialHistogram().DataPoints()
		for i := range points.Len() {
			changed += w.point(points.At(i).Attributes(), points.At(i).Exemplars())
		}
	case pmetric.MetricTypeSummary:
		points := metric.Summary().DataPoints()
		for i := range points.Len() {
			w.begin()
			w.attributes(DatapointAttribute, points.At(i).Attributes())
			changed += w.end()
		}
	}
	return changed
}

// numbers visits the points of a gauge or a sum.
func (w *Walker) numbers(points pmetric.NumberDataPointSlice) (changed int) {
	for i := range points.Len() {
		changed += w.point(points.At(i).Attributes(), points.At(i).Exemplars())
	}
	return changed
}

// point visits one data point.
func (w *Walker) point(attributes pcommon.Map, exemplars pmetric.ExemplarSlice) int {
	w.begin()
	w.attributes(DatapointAttribute, attributes)
	for i := range exemplars.Len() {
		w.attributes(ExemplarAttribute, exemplars.At(i).FilteredAttributes())
	}
	return w.end()
}
