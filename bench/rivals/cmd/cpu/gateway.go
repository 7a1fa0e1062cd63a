package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer/consumertest"

	"github.com/readygate/readygate/bench/rivals/contender"
	"github.com/readygate/readygate/bench/rivals/gateway"
)

// variants are what can stand between the receiver and the end of the pipeline.
var variants = []variant{
	{name: "none"},
	{name: "scrub", contender: contender.Scrub},
	{name: "redaction", contender: contender.Redaction, slow: true},
	{name: "transform", contender: contender.Transform, slow: true},
}

type variant struct {
	name      string
	contender func() (contender.Contender, error) // nil for none
	slow      bool                                // takes fewer records in a round
}

func variantOf(name string) (variant, bool) {
	i := slices.IndexFunc(variants, func(v variant) bool { return v.name == name })
	if i < 0 {
		return variant{}, false
	}
	return variants[i], true
}

// serve runs a gateway: OTLP over gRPC at endpoint, the named variant, and
// nothing behind it.
func serve(ctx context.Context, name, endpoint string, stdin io.Reader, stdout io.Writer) error {
	v, ok := variantOf(name)
	if !ok {
		return fmt.Errorf("variant %q: unknown", name)
	}
	line, err := v.line(ctx)
	if err != nil {
		return err
	}
	return gateway.Serve(ctx, line, endpoint, stdin, stdout)
}

// line builds one pipeline of logs and one of traces.
func (v variant) line(ctx context.Context) (gateway.Line, error) {
	end := consumertest.NewNop()
	if v.contender == nil {
		return gateway.Line{Logs: end, Traces: end}, nil
	}
	c, err := v.contender()
	if err != nil {
		return gateway.Line{}, err
	}
	logs, err := c.Logs(ctx, end)
	if err != nil {
		return gateway.Line{}, err
	}
	traces, err := c.Traces(ctx, end)
	if err != nil {
		return gateway.Line{}, err
	}
	return gateway.Line{Logs: logs, Traces: traces, Components: []component.Component{logs, traces}}, nil
}
