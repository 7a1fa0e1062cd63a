package dashboards

import (
	"fmt"
	"strings"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/readygate/readygate/internal/catalog"
	promql "github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// view is what a dashboard is about: all services, of which the viewer selects, or
// one that is declared.
type view struct {
	catalog catalog.Catalog
	service *catalog.Service // nil for all
}

// policy has the numbers of the view.
func (v view) policy() catalog.Policy {
	if v.service != nil {
		return v.service.Policy
	}
	return v.catalog.Defaults
}

// services are the declared services of the view.
func (v view) services() []catalog.Service {
	if v.service != nil {
		return []catalog.Service{*v.service}
	}
	return v.catalog.Services
}

// recorded selects the series of a recording rule, which carry the identity of
// services and no version.
func (v view) recorded(metric string, more ...string) string {
	return metric + "{" + strings.Join(append(v.identity(), more...), ", ") + "}"
}

// counted selects the series that the gateway counts, which carry versions, too.
func (v view) counted(metric string, more ...string) string {
	matchers := append([]string{promql.Ours}, v.identity()...)
	matchers = append(matchers, matching(telemetry.Version))
	return metric + "{" + strings.Join(append(matchers, more...), ", ") + "}"
}

// identity are the matchers of the identity. What the viewer chose matches as a
// regular expression, and "all" is .*, which matches an absent label too: telemetry
// without an environment is not hidden.
func (v view) identity() []string {
	if v.service == nil {
		return []string{matching(telemetry.Service), matching(telemetry.ServiceNamespace), matching(telemetry.Environment)}
	}
	return append(spelled(v.service.Selector()), matching(telemetry.Environment))
}

// matching is the matcher of a label by the variable of its name.
func matching(label string) string { return fmt.Sprintf(`%s=~"$%s"`, label, label) }

// spelled are matchers as text. Grafana replaces what looks like a variable even
// inside a name, so that names spell such characters by their code.
func spelled(matchers []*labels.Matcher) []string {
	texts := make([]string, len(matchers))
	for i, m := range matchers {
		texts[i] = variableSigns.Replace(m.String())
	}
	return texts
}

var variableSigns = strings.NewReplacer("$", `\x24`, "[[", `[\x5b`)
