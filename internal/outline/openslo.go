package outline

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/internal/catalog"
)

// openSLO is what is read of a document of OpenSLO v1. The format has much more,
// which other tools need.
type openSLO struct {
	APIVersion string `yaml:"apiVersion"`
	Kind       string `yaml:"kind"`
	Metadata   struct {
		Name        string `yaml:"name"`
		DisplayName string `yaml:"displayName"`
	} `yaml:"metadata"`
	Spec struct {
		Description  string     `yaml:"description"`
		Service      string     `yaml:"service"`
		Indicator    *indicator `yaml:"indicator"`
		IndicatorRef string     `yaml:"indicatorRef"`
		TimeWindow   []struct {
			Duration string `yaml:"duration"`
		} `yaml:"timeWindow"`
		Objectives []struct {
			Op            string   `yaml:"op"`
			Value         *float64 `yaml:"value"`
			Target        *float64 `yaml:"target"`
			TargetPercent *float64 `yaml:"targetPercent"`
		} `yaml:"objectives"`
		indicatorSpec `yaml:",inline"` // of a document of kind SLI
	} `yaml:"spec"`
}

type indicator struct {
	Spec indicatorSpec `yaml:"spec"`
}

type indicatorSpec struct {
	RatioMetric     *yaml.Node `yaml:"ratioMetric"`
	ThresholdMetric *yaml.Node `yaml:"thresholdMetric"`
}

// OpenSLO adds the services and objectives of a file of OpenSLO v1, which may have
// several documents. The name stands in front of every error and notice.
func (o *Outline) OpenSLO(name string, data []byte) error {
	documents, err := split(name, data)
	if err != nil {
		return err
	}
	var errs []error
	parsed := make([]openSLO, len(documents))
	indicators := make(map[string]indicatorSpec)
	for i, d := range documents {
		if err := d.root.Decode(&parsed[i]); err != nil {
			errs = append(errs, fmt.Errorf("%s:%d: %w", name, d.line(), err))
			continue
		}
		p := parsed[i]
		if p.APIVersion != "openslo/v1" {
			errs = append(errs, d.wrong("apiVersion", quoted(p.APIVersion), "openslo/v1"))
		}
		if p.Metadata.Name == "" {
			errs = append(errs, d.wrong("metadata.name", "nothing", "a name"))
		}
		if p.Kind == "SLI" {
			indicators[p.Metadata.Name] = p.Spec.indicatorSpec
		}
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	for i, d := range documents {
		switch p := parsed[i]; p.Kind {
		case "Service":
			o.service(p.Metadata.Name).Description = p.Spec.Description
		case "SLO":
			if p.Spec.Service == "" {
				errs = append(errs, d.wrong("spec.service", "nothing", "the name of a service"))
				continue
			}
			errs = append(errs, o.objective(d, p, indicators))
		case "SLI": // read above
		default:
			o.notice(name, d.line(), "%s %q was not taken over: only services and SLOs are", p.Kind, p.Metadata.Name)
		}
	}
	return errors.Join(errs...)
}

// objective takes over one SLO.
func (o *Outline) objective(d document, p openSLO, indicators map[string]indicatorSpec) error {
	skip := func(why string, args ...any) {
		o.notice(d.file, d.line("spec"), "SLO %q was not taken over: %s", p.Metadata.Name, fmt.Sprintf(why, args...))
	}
	s := o.service(p.Spec.Service)
	kind := indicators[p.Spec.IndicatorRef]
	if p.Spec.Indicator != nil {
		kind = p.Spec.Indicator.Spec
	}
	if len(p.Spec.Objectives) == 0 {
		return d.wrong("spec.objectives", "nothing", "at least one objective")
	}
	objective := p.Spec.Objectives[0]
	target := objective.Target
	if target == nil && objective.TargetPercent != nil {
		ratio := *objective.TargetPercent / 100
		target = &ratio
	}
	if target == nil || *target <= 0 || *target >= 1 {
		return d.wrong("spec.objectives", "an objective without a target between 0 and 1", "target: 0.999, or targetPercent: 99.9")
	}
	for _, w := range p.Spec.TimeWindow {
		if w.Duration != "30d" {
			o.notice(d.file, d.line("spec", "timeWindow"), "SLO %q is over %s: here all are over 30d", p.Metadata.Name, w.Duration)
		}
	}
	if len(p.Spec.Objectives) > 1 {
		o.notice(d.file, d.line("spec", "objectives"), "SLO %q has %d objectives: the first was taken", p.Metadata.Name, len(p.Spec.Objectives))
	}
	switch {
	case kind.RatioMetric != nil && s.Availability != 0:
		skip("%s has an availability already", s.Name)
	case kind.RatioMetric != nil:
		s.Availability = *target
	case kind.ThresholdMetric != nil && objective.Value != nil && (objective.Op == "lt" || objective.Op == "lte"):
		latency := time.Duration(*objective.Value * float64(time.Second))
		switch {
		case s.Latency != 0:
			skip("%s has a latency already", s.Name)
		case !slices.Contains(catalog.LatencyBounds(), latency):
			skip("%v is, in seconds, no boundary of the duration histogram", *objective.Value)
		default:
			s.Latency, s.LatencyRatio = latency, *target
		}
	default:
		skip("it is neither a ratio nor a duration below a threshold")
	}
	return nil
}

// split reads the documents of a file.
func split(name string, data []byte) ([]document, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var all []document
	for {
		var n yaml.Node
		err := decoder.Decode(&n)
		switch {
		case errors.Is(err, io.EOF) && len(all) == 0:
			return nil, fmt.Errorf("%s: got an empty file, allowed: YAML documents", name)
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		root := n.Content[0]
		if root.Kind == yaml.ScalarNode && root.ShortTag() == "!!null" {
			continue // between two separators
		}
		if root.Kind != yaml.MappingNode {
			return nil, fmt.Errorf("%s:%d: got no mapping, allowed: a document with apiVersion and kind", name, root.Line)
		}
		all = append(all, document{root, name})
	}
}

func quoted(s string) string {
	if s == "" {
		return "nothing"
	}
	return fmt.Sprintf("%q", s)
}
