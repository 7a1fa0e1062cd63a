package reading

import (
	"cmp"
	"strings"

	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/internal/route"
	"github.com/readygate/readygate/internal/series"
	"github.com/readygate/readygate/internal/telemetry"
)

// addRPC tells of a remote procedure call that was served.
func (f *facts) addRPC(span ptrace.Span, key *series.Key, o *series.Observation) {
	status := f.rpcStatus(f.failed(span))
	o.Failed = status.isServerError()
	key.Add(cmp.Or(f.rpcSystem(), telemetry.Unknown))
	f.addRPCMethod(span.Name(), key)
	key.AddKnown(status.String())
}

// rpcStatus is what the call came to: its code, else whether the span failed.
func (f *facts) rpcStatus(failed bool) rpcStatus {
	var code rpcCode
	for _, told := range codeSources {
		if f.tells(told.attribute) {
			code.offer(f.values[told.attribute], told.source)
		}
	}
	status := code.status(f.rpcSystem())
	switch {
	case status != rpcUntold:
		return status
	case failed:
		return rpcError
	default:
		return rpcOK
	}
}

// addRPCMethod tells the method as "service/method". In the current conventions
// rpc.method has it all; in the older ones the service has its own attribute. The
// names are those of source code, but a server may report what a client asked
// for, so that what looks like data in them is replaced.
func (f *facts) addRPCMethod(spanName string, key *series.Key) {
	service, name := f.text(rpcService), strings.TrimPrefix(f.text(rpcMethod), "/")
	if strings.Contains(name, "/") {
		service = ""
	}
	if service == "" {
		addName(key, cmp.Or(name, strings.TrimPrefix(spanName, "/")))
		return
	}
	b := route.AppendName(key.Buffer(), service)
	if name != "" {
		b = route.AppendName(append(b, '/'), name)
	}
	key.AddBuffer(b)
}
