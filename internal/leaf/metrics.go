package leaf

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// Metrics visits every slot of md, which must be mutable. It counts data points,
// each with its exemplars.
func (w *Walker) Metrics(md pmetric.Metrics) Counts {
	md.ResourceMetrics().RemoveIf(w.resourceMetrics)
	return w.finish()
}

// resourceMetrics visits the metrics of a resource and reports whether none is
// left.
func (w *Walker) resourceMetrics(rm pmetric.ResourceMetrics) (gone bool) {
	w.hidden.dropMetrics(rm)
	w.resource(rm.Resource())
	if s, changed := w.field(SchemaURL, rm.SchemaUrl()); changed {
		rm.SetSchemaUrl(s)
	}
	sent := rm.ScopeMetrics().Len()
	rm.ScopeMetrics().RemoveIf(w.scopeMetrics)
	return sent > 0 && rm.ScopeMetrics().Len() == 0
}

// scopeMetrics visits the metrics of a scope and reports whether none is left.
func (w *Walker) scopeMetrics(sm pmetric.ScopeMetrics) (gone bool) {
	w.scope(sm.Scope())
	if s, changed := w.field(SchemaURL, sm.SchemaUrl()); changed {
		sm.SetSchemaUrl(s)
	}
	sent := sm.Metrics().Len()
	sm.Metrics().RemoveIf(w.metric)
	return sent > 0 && sm.Metrics().Len() == 0
}

// metric visits a metric and reports whether it goes: whole, or with the last of
// its points.
func (w *Walker) metric(metric pmetric.Metric) (gone bool) {
	if s, changed := w.field(MetricName, metric.Name()); changed {
		metric.SetName(s)
	}
	if s, changed := w.field(MetricDescription, metric.Description()); changed {
		metric.SetDescription(s)
	}
	if s, changed := w.field(MetricUnit, metric.Unit()); changed {
		metric.SetUnit(s)
	}
	w.attributes(MetricMetadata, metric.Metadata())
	sent := pointsOf(metric)
	if w.gone {
		w.gone = false
		w.counts.Dropped += sent
		return true
	}

	switch metric.Type() {
	case pmetric.MetricTypeGauge:
		metric.Gauge().DataPoints().RemoveIf(w.numberPoint)
	case pmetric.MetricTypeSum:
		metric.Sum().DataPoints().RemoveIf(w.numberPoint)
	case pmetric.MetricTypeHistogram:
		metric.Histogram().DataPoints().RemoveIf(w.histogramPoint)
	case pmetric.MetricTypeExponentialHistogram:
		metric.ExponentialHistogram().DataPoints().RemoveIf(w.exponentialHistogramPoint)
	case pmetric.MetricTypeSummary:
		metric.Summary().DataPoints().RemoveIf(w.summaryPoint)
	}
	return sent > 0 && pointsOf(metric) == 0
}

// pointsOf returns how many data points metric has.
func pointsOf(metric pmetric.Metric) int {
	switch metric.Type() {
	case pmetric.MetricTypeGauge:
		return metric.Gauge().DataPoints().Len()
	case pmetric.MetricTypeSum:
		return metric.Sum().DataPoints().Len()
	case pmetric.MetricTypeHistogram:
		return metric.Histogram().DataPoints().Len()
	case pmetric.MetricTypeExponentialHistogram:
		return metric.ExponentialHistogram().DataPoints().Len()
	case pmetric.MetricTypeSummary:
		return metric.Summary().DataPoints().Len()
	}
	return 0
}

func (w *Walker) numberPoint(p pmetric.NumberDataPoint) (gone bool) {
	return w.point(p.Attributes(), p.Exemplars())
}

func (w *Walker) histogramPoint(p pmetric.HistogramDataPoint) (gone bool) {
	return w.point(p.Attributes(), p.Exemplars())
}

func (w *Walker) exponentialHistogramPoint(p pmetric.ExponentialHistogramDataPoint) (gone bool) {
	return w.point(p.Attributes(), p.Exemplars())
}

func (w *Walker) summaryPoint(p pmetric.SummaryDataPoint) (gone bool) {
	w.begin()
	w.attributes(DatapointAttribute, p.Attributes())
	return w.end()
}

// point visits a data point and reports whether it goes.
func (w *Walker) point(attributes pcommon.Map, exemplars pmetric.ExemplarSlice) (gone bool) {
	w.begin()
	w.attributes(DatapointAttribute, attributes)
	for i := range exemplars.Len() {
		w.attributes(ExemplarAttribute, exemplars.At(i).FilteredAttributes())
	}
	return w.end()
}
