package reading

import (
	"cmp"
	"strings"

	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/internal/route"
	"github.com/readygate/readygate/internal/series"
	"github.com/readygate/readygate/internal/telemetry"
)

// The kinds are telemetry.DependencyKinds; a test compares them.
const (
	kindDB        = "db"
	kindHTTP      = "http"
	kindRPC       = "rpc"
	kindMessaging = "messaging"
	kindOther     = "other"
)

// addDependency tells of a call of another system.
func (f *facts) addDependency(span ptrace.Span, key *series.Key, o *series.Observation) {
	failed := f.failed(span)
	o.Failed = failed || f.httpCode().class() >= 4 || f.isRPC() && f.rpcStatus(failed) != rpcOK
	kind, system := f.dependency(span.Kind())
	key.AddKnown(kind)
	key.Add(cmp.Or(system, telemetry.Unknown))
	f.addPeer(kind == kindMessaging, key)
	key.AddKnown(outcome(o.Failed))
}

// dependency is the kind and the system of what was called. What is more special
// comes first: databases and brokers are called by HTTP and RPC too.
func (f *facts) dependency(span ptrace.SpanKind) (kind, system string) {
	if span == ptrace.SpanKindProducer || span == ptrace.SpanKindConsumer {
		return kindMessaging, f.text(messagingSystem)
	}
	if system = f.either(dbSystemName, dbSystem); system != "" {
		return kindDB, system
	}
	if system = f.text(messagingSystem); system != "" {
		return kindMessaging, system
	}
	switch {
	case f.isRPC():
		return kindRPC, f.rpcSystem()
	case f.isHTTP():
		return kindHTTP, kindHTTP
	default:
		return kindOther, ""
	}
}

// addPeer tells who was called: a name that was configured, else the destination
// of messages, else the host.
func (f *facts) addPeer(messaging bool, key *series.Key) {
	if peer := f.either(servicePeerName, peerService); peer != "" {
		key.Add(peer)
		return
	}
	if messaging && f.addDestination(key) {
		return
	}
	host := f.either(serverAddress, netPeerName)
	if strings.Contains(host, "://") { // Dubbo has the URL of a registry there
		host = hostOf(host)
	}
	if host == "" {
		host = hostOf(f.url())
	}
	b := key.Buffer()
	start := len(b)
	if b = route.AppendHost(b, host); len(b) == start {
		b = append(b, telemetry.Unknown...)
	}
	key.AddBuffer(b)
}

// hostOf returns the authority of a URL, or "".
func hostOf(url string) string {
	_, rest, absolute := strings.Cut(url, "://")
	if !absolute {
		return ""
	}
	if i := strings.IndexAny(rest, "/?#\\"); i >= 0 {
		rest = rest[:i]
	}
	return rest
}
