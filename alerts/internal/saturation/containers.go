package saturation

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// ofContainer are the labels of a container, as in by (...).
var (
	ofContainer = []string{telemetry.KubeNamespace, telemetry.KubePod, telemetry.KubeContainer}
	container   = strings.Join(ofContainer, ", ")
)

// real selects containers: cAdvisor tells of pods as a whole, and of the one that
// holds a pod's network, too.
const real = telemetry.KubeContainer + `!="", ` + telemetry.KubeContainer + `!="POD"`

func ofContainers(c catalog.Catalog) []rule.Recording {
	var (
		mine  = append(telemetry.ServiceIdentity(), ofContainer...)
		limit = func(resource string) string {
			return fmt.Sprintf("(max by (%s) (%s{%s=%q}) > 0)", container, telemetry.ContainerLimits.Name, telemetry.ContainerResource, resource)
		}
		restarts = fmt.Sprintf("round(max by (%s) (increase(%s[1h]) and %[2]s))", container, telemetry.ContainerRestarts.Name)
		owned    = func(of string) string {
			return fmt.Sprintf("%s * on (%s) group_left () %s", telemetry.RecordedServiceContainer, container, of)
		}
	)
	all := []rule.Recording{
		// The kubelet tells the same on two pages, which must not be added up; on one, a
		// container may have a series for each CPU, and after a restart for each life.
		{Name: telemetry.RecordedContainerCPURatio, Carries: ofContainer, Expr: fmt.Sprintf(
			"max by (%s) (sum without (cpu, id, image, name) (rate(%s{%s}[5m]))) / %s", container, telemetry.ContainerCPU.Name, real, limit("cpu"))},
		{Name: telemetry.RecordedContainerMemory, Carries: ofContainer, Expr: fmt.Sprintf("max by (%s) (%s{%s})", container, telemetry.ContainerMemory.Name, real)},
		{Name: telemetry.RecordedContainerMemoryRatio, Carries: ofContainer, Expr: fmt.Sprintf("%s / %s", telemetry.RecordedContainerMemory, limit("memory"))},
		{Name: telemetry.RecordedContainerRestarts, Carries: ofContainer, Expr: restarts},
		{Name: telemetry.RecordedContainerSeen, Carries: ofContainer, Expr: fmt.Sprintf("group by (%s) (%s or %s or %s)",
			container, telemetry.RecordedContainerMemory, telemetry.RecordedContainerRestarts, telemetry.RecordedContainerCPURatio)},
	}
	owners := ofWorkloads(c)
	all = append(all, owners...)
	named := fmt.Sprintf("label_replace(%s, %q, \"$1\", %q, \"(.+)\")", telemetry.RecordedContainerSeen, telemetry.Service, telemetry.KubeContainer)
	if len(owners) > 0 {
		named = fmt.Sprintf("%s or on (%s) %s", telemetry.RecordedWorkloadContainer, container, named)
	}
	return append(all,
		rule.Recording{Name: telemetry.RecordedServiceContainer, Carries: mine, Expr: named},
		rule.Recording{Name: telemetry.RecordedServiceCPURatio, Carries: mine, Expr: owned(telemetry.RecordedContainerCPURatio)},
		rule.Recording{Name: telemetry.RecordedServiceMemoryRatio, Carries: mine, Expr: owned(telemetry.RecordedContainerMemoryRatio)},
		rule.Recording{Name: telemetry.RecordedServiceMemory, Carries: mine, Expr: owned(telemetry.RecordedContainerMemory)},
		// By the line through the last 3 hours, not by the last sample: a collector of
		// garbage makes teeth. The last part is there so that what is gone does not grow.
		rule.Recording{Name: telemetry.RecordedServiceMemoryGrowth, Carries: mine, Expr: fmt.Sprintf(
			"predict_linear(%s[3h], %d) / (predict_linear(%[1]s[3h], 0) > 0) and %[1]s", telemetry.RecordedServiceMemory, int(ahead.Seconds()))},
		rule.Recording{Name: telemetry.RecordedServiceRestarts, Carries: mine, Expr: owned(telemetry.RecordedContainerRestarts)})
}

// ofWorkloads records whose containers those of declared workloads are.
func ofWorkloads(c catalog.Catalog) []rule.Recording {
	var all []rule.Recording
	at := make(map[string]int) // by labels: entries of one service may have the same
	for _, s := range c.Services {
		if s.Workload == nil {
			continue
		}
		labels := declared(s)
		key := fmt.Sprint(labels)
		if i, found := at[key]; found {
			all[i].Expr += " or " + containersOf(*s.Workload)
			continue
		}
		at[key] = len(all)
		all = append(all, rule.Recording{Name: telemetry.RecordedWorkloadContainer, Expr: containersOf(*s.Workload),
			Labels: labels, Carries: append(telemetry.ServiceIdentity(), ofContainer...)})
	}
	return all
}

// suffix of the letters that Kubernetes makes names from: no vowels, so that there
// are no words, and pods of checkout are not those of checkout-worker.
const suffix = "[bcdfghjklmnpqrstvwxz2456789]"

// containersOf selects the containers of a workload by the names of its pods. Names
// so long that Kubernetes cut them are not found.
func containersOf(w catalog.Workload) string {
	pods := map[string]string{
		"deployment":  "-" + suffix + "{1,10}-" + suffix + "{5}",
		"statefulset": "-[0-9]+",
		"daemonset":   "-" + suffix + "{5}",
	}[w.Kind]
	matchers := []*labels.Matcher{
		labels.MustNewMatcher(labels.MatchEqual, model.MetricNameLabel, telemetry.RecordedContainerSeen),
		labels.MustNewMatcher(labels.MatchEqual, telemetry.KubeNamespace, w.Namespace),
		labels.MustNewMatcher(labels.MatchRegexp, telemetry.KubePod, regexp.QuoteMeta(w.Name)+pods),
	}
	if w.Container != "" {
		matchers = append(matchers, labels.MustNewMatcher(labels.MatchEqual, telemetry.KubeContainer, w.Container))
	}
	return (&parser.VectorSelector{Name: telemetry.RecordedContainerSeen, LabelMatchers: matchers}).String()
}
