package demo

import (
	"context"
	"errors"
	"sync"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/log"
	"go.opentelemetry.io/otel/metric"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.40.0"
	"go.opentelemetry.io/otel/trace"

	"github.com/readygate/readygate/internal/demo/delivery"
)

// scope is the instrumentation scope of all that the shop sends.
const scope = "github.com/readygate/readygate/internal/demo"

// identity is what a service is known by.
type identity struct {
	name, version string
	speak         convention
}

// identities are the services in the order of the calls between them.
var identities = []identity{
	{Storefront, "4.2.0", stable},
	{Checkout, "1.7.3", stable},
	{Payments, "0.9.12", legacy},
}

// open starts the services of the shop, after it has seen that there is a
// gateway for each.
func open(ctx context.Context, o Options) (*shop, error) {
	for i := range identities {
		if err := o.target(i).Probe(ctx); err != nil {
			return nil, err
		}
	}
	plans := plan(stream(o.Seed, secretStream), Storefront, Checkout, Payments)
	generator := &ids{rng: stream(o.Seed, idStream)}
	var services []*service
	for i, id := range identities {
		s, err := start(ctx, id, o.target(i), generator, plans[id.name])
		if err != nil {
			for _, started := range services {
				err = errors.Join(err, started.pipeline.Close(ctx).Err)
			}
			return nil, err
		}
		services = append(services, s)
	}
	return &shop{
		storefront: services[0], checkout: services[1], payments: services[2],
		rng: stream(o.Seed, visitStream),
	}, nil
}

// start starts one service.
func start(ctx context.Context, id identity, target delivery.Target, generator sdktrace.IDGenerator, leaks *rotation) (*service, error) {
	attrs := append(leaks.attributes(resourceAttribute),
		semconv.ServiceName(id.name),
		semconv.ServiceNamespace("shop"),
		semconv.ServiceVersion(id.version),
		semconv.ServiceInstanceID(id.name+"-0"),
		semconv.DeploymentEnvironmentName("demo"),
	)
	pipeline, err := delivery.Open(ctx, delivery.Config{
		Target:   target,
		Resource: resource.NewWithAttributes(semconv.SchemaURL, attrs...),
		IDs:      generator,
		Views: []sdkmetric.View{sdkmetric.NewView(
			sdkmetric.Instrument{Name: formDurationName},
			sdkmetric.Stream{AttributeFilter: attribute.NewAllowKeysFilter(formField)},
		)},
	})
	if err != nil {
		return nil, err
	}
	inScope := leaks.attributes(scopeAttribute)
	return &service{
		identity: id,
		target:   target,
		pipeline: pipeline,
		tracer:   pipeline.Traces.Tracer(scope, trace.WithInstrumentationAttributes(inScope...)),
		logger:   pipeline.Logs.Logger(scope, log.WithInstrumentationAttributes(inScope...)),
		meters:   newMeters(pipeline.Metrics.Meter(scope, metric.WithInstrumentationAttributes(inScope...))),
		leaks:    leaks,
		tally:    tally{},
	}, nil
}

// services are in the order of identities.
func (s *shop) services() []*service { return []*service{s.storefront, s.checkout, s.payments} }

// flush flushes all services at once, so that one bad connection does not hold
// up the others.
func (s *shop) flush(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, flushTime)
	defer cancel()
	errs := make([]error, len(identities))
	var wg sync.WaitGroup
	for i, each := range s.services() {
		wg.Go(func() { errs[i] = each.pipeline.Flush(ctx) })
	}
	wg.Wait()
	return errors.Join(errs...)
}

// refused says whether the gateway has refused telemetry of any service.
func (s *shop) refused() bool {
	for _, each := range s.services() {
		if each.pipeline.Outcome().Err != nil {
			return true
		}
	}
	return false
}

// close flushes and stops all services at once and says what became of their
// telemetry.
func (s *shop) close(ctx context.Context) []ServiceReport {
	ctx, cancel := context.WithTimeout(ctx, flushTime)
	defer cancel()
	reports := make([]ServiceReport, len(identities))
	var wg sync.WaitGroup
	for i, each := range s.services() {
		wg.Go(func() { reports[i] = ServiceReport{each.name, each.target, each.pipeline.Close(ctx)} })
	}
	wg.Wait()
	return reports
}
