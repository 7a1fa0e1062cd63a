package formats

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"

	"github.com/prometheus/prometheus/model/rulefmt"

	"github.com/readygate/readygate/alerts"
)

// PrometheusRuleOptions are what rules do not say. The zero value is valid.
type PrometheusRuleOptions struct {
	// Namespace of the objects; empty leaves it to who applies them.
	Namespace string
	// Labels of the objects, by which a Prometheus selects them.
	Labels map[string]string
}

// maxObject is how large an object may be as YAML, in bytes. kubectl apply keeps a
// copy in an annotation, and all annotations together have 256 KiB; the operator
// refuses rules of more than 512 KiB.
const maxObject = 200_000

// prometheusRule is the operator's object.
type prometheusRule struct {
	APIVersion string     `yaml:"apiVersion"`
	Kind       string     `yaml:"kind"`
	Metadata   objectMeta `yaml:"metadata"`
	Spec       struct {
		Groups []rulefmt.RuleGroup `yaml:"groups"`
	} `yaml:"spec"`
}

type objectMeta struct {
	Name      string            `yaml:"name"`
	Namespace string            `yaml:"namespace,omitempty"`
	Labels    map[string]string `yaml:"labels,omitempty"`
}

// PrometheusRules writes an object of monitoring.coreos.com/v1 for each group, named
// as the group, each in a file of its own. A group that is too large for an object is
// split. An error names every option and group whose name is no name in Kubernetes.
func PrometheusRules(groups []rulefmt.RuleGroup, o PrometheusRuleOptions) ([]alerts.File, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	var files []alerts.File
	for _, group := range groups {
		for _, part := range split(group, maxObject, size) {
			if !dnsName.MatchString(part.Name) || len(part.Name) > 253 {
				return nil, fmt.Errorf("group %q: got a name that is none in Kubernetes, allowed: lower-case letters, digits, . and -", part.Name)
			}
			object := prometheusRule{
				APIVersion: "monitoring.coreos.com/v1", Kind: "PrometheusRule",
				Metadata: objectMeta{part.Name, o.Namespace, o.Labels},
			}
			object.Spec.Groups = []rulefmt.RuleGroup{part}
			text, err := write(object)
			if err != nil {
				return nil, fmt.Errorf("group %q: %w", part.Name, err)
			}
			files = append(files, alerts.File{Path: part.Name + ".yaml", Data: text})
		}
	}
	return files, nil
}

// size is how large a rule is as YAML, in bytes, indented as in an object.
func size(r rulefmt.Rule) int {
	text, _ := encode(r) // what cannot be written is told when it is written
	return len(text) + 8*(1+bytes.Count(text, []byte("\n")))
}

var (
	dnsName    = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$`)
	dnsLabel   = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$`)
	labelName  = regexp.MustCompile(`^(` + dnsName.String()[1:len(dnsName.String())-1] + `/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$`)
	labelValue = regexp.MustCompile(`^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$`)
)

func (o PrometheusRuleOptions) check() error {
	var errs []error
	if o.Namespace != "" && !dnsLabel.MatchString(o.Namespace) {
		errs = append(errs, fmt.Errorf("namespace: got %q, allowed: at most 63 lower-case letters, digits and -", o.Namespace))
	}
	for _, name := range slices.Sorted(maps.Keys(o.Labels)) {
		if !labelName.MatchString(name) {
			errs = append(errs, fmt.Errorf("label %q: got a name that is none in Kubernetes, allowed: letters, digits, ., _ and -, after a domain and / or alone", name))
		}
		if value := o.Labels[name]; !labelValue.MatchString(value) {
			errs = append(errs, fmt.Errorf("label %q: got %q, allowed: at most 63 letters, digits, ., _ and -", name, value))
		}
	}
	return errors.Join(errs...)
}
