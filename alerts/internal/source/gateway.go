package source

import (
	"fmt"
	"strings"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// gateway counts HTTP requests and remote procedure calls, from spans. Except are
// the services that are counted elsewhere, although they may send spans as well:
// counted twice, they would have two rules that write the same series.
type gateway struct{ except [][]*labels.Matcher }

func (g gateway) total(o over) string {
	return g.both(o, telemetry.HTTPRequests.Name, telemetry.RPCRequests.Name, "", "")
}

func (g gateway) failed(o over) string {
	return g.both(o, telemetry.HTTPRequests.Name, telemetry.RPCRequests.Name,
		telemetry.Status+`=~"5.."`, fmt.Sprintf("%s=~%q", telemetry.Status, telemetry.RPCServerErrors))
}

func (g gateway) buckets(o over) string {
	return g.both(o, telemetry.HTTPRequestDuration.BucketName(), telemetry.RPCRequestDuration.BucketName(), "", "")
}

// both are HTTP requests and remote procedure calls. The two have different labels,
// so that or leaves nothing out.
func (g gateway) both(o over, http, rpc, httpMatch, rpcMatch string) string {
	return g.one(o.of, http, httpMatch) + " or " + g.one(o.of, rpc, rpcMatch)
}

func (g gateway) heard() string {
	return g.one(func(selector string) string {
		return fmt.Sprintf("(%s and timestamp(%s) > time() - %d)", selector, selector, fresh)
	}, telemetry.VersionLastSeen.Name, "")
}

// one is one metric without what is counted elsewhere. A selector cannot say "not this
// service in this environment", so the same series are taken away again.
func (g gateway) one(of func(selector string) string, name, match string) string {
	matchers := []string{query.Ours}
	if match != "" {
		matchers = append(matchers, match)
	}
	selector := func(more ...string) string {
		return name + "{" + strings.Join(append(matchers[:len(matchers):len(matchers)], more...), ", ") + "}"
	}
	text := of(selector())
	for _, service := range g.except {
		text += " unless " + of(selector(written(service)...))
	}
	return text
}

// written are matchers as PromQL has them.
func written(matchers []*labels.Matcher) []string {
	all := make([]string, len(matchers))
	for i, m := range matchers {
		all[i] = m.String()
	}
	return all
}
