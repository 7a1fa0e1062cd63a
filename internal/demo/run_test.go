package demo

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/readygate/readygate/internal/demo/delivery"
	"github.com/readygate/readygate/internal/demo/otlptest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// visits is enough for every secret to be leaked.
const visits = 400

// run runs the shop against a gateway that accepts everything.
func run(t *testing.T, o Options) (Report, *otlptest.Gateway) {
	g := otlptest.Start(t, otlptest.Answer{})
	o.GRPC, o.HTTP, o.Insecure = g.GRPC, g.HTTP, true
	report, err := Run(t.Context(), o)
	require.NoError(t, err)
	return report, g
}

func TestNoGatewayIsSaidAtOnce(t *testing.T) {
	_, err := Run(t.Context(), Options{Protocol: GRPC, GRPC: "127.0.0.1:1", Insecure: true, Visits: 1})
	var unreachable *delivery.UnreachableError
	require.ErrorAs(t, err, &unreachable)
	require.Equal(t, "127.0.0.1:1", unreachable.Target.Endpoint)
}

func TestTheFirstRefusalEndsTheRun(t *testing.T) {
	g := otlptest.Start(t, otlptest.Answer{Err: status.Error(codes.PermissionDenied, "not you")})
	report, err := Run(t.Context(), Options{Protocol: Both, GRPC: g.GRPC, HTTP: g.HTTP, Insecure: true, Visits: 10_000})
	require.ErrorContains(t, err, "not you")
	require.ErrorContains(t, err, "storefront: ")
	require.Equal(t, 100, report.Visits)
	require.Zero(t, report.Acknowledged())
}

func TestCancellingEndsTheRunAndLosesNothing(t *testing.T) {
	g := otlptest.Start(t, otlptest.Answer{})
	ctx, cancel := context.WithCancel(t.Context())
	report, err := Run(ctx, Options{
		Protocol: Both, GRPC: g.GRPC, HTTP: g.HTTP, Insecure: true, Visits: 10_000,
		Progress: func(done, total int) {
			require.Equal(t, 10_000, total)
			if done == 200 {
				cancel()
			}
		},
	})
	require.NoError(t, err)
	require.Equal(t, 200, report.Visits)
	received := 0
	for range spans(g) {
		received++
	}
	require.Equal(t, received, report.Acknowledged().Spans)
}

func TestADurationAndARateMakeANumberOfVisits(t *testing.T) {
	report, _ := run(t, Options{Protocol: GRPC, Duration: 50 * time.Millisecond, Rate: 200})
	require.Equal(t, 10, report.Visits)
}

func TestVisitorsAreEvenlySpaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, begin := Options{Rate: 20}, time.Now()
		for n := range 41 {
			require.True(t, wait(t.Context(), begin.Add(o.arrival(n))))
		}
		require.Equal(t, 2*time.Second, time.Since(begin))
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		require.False(t, wait(ctx, begin.Add(time.Hour)))
	})
}

func TestOptionsAreValidatedAllAtOnce(t *testing.T) {
	_, err := Run(t.Context(), Options{Protocol: "smoke", Duration: -time.Second, Rate: 5000})
	for _, word := range []string{`--protocol: got "smoke"`, "--duration: got -1s", "--rate: got 5000"} {
		require.ErrorContains(t, err, word)
	}
	require.False(t, errors.As(err, new(*delivery.UnreachableError)))
}

func TestOneChargeInTenFailsAndNothingElse(t *testing.T) {
	report, _ := run(t, Options{Protocol: GRPC, Visits: visits})
	charges := report.Count(Request{Service: Payments, Method: "POST", Endpoint: "/charges"})
	failed := report.Count(Request{Service: Payments, Method: "POST", Endpoint: "/charges", Status: 500})
	require.Equal(t, 100, charges.Count)
	require.Equal(t, 10, failed.Count)
	for _, r := range report.Requests {
		require.True(t, r.Status < 500 || r.Request == failed.Request, "%+v", r)
	}
	declined := report.Count(Request{Service: Checkout, Status: http.StatusPaymentRequired})
	require.Equal(t, failed.Count, declined.Count)
	errors := report.Count(Request{Service: Payments, Status: 500}).Count
	require.Greater(t, float64(errors)/float64(report.Count(Request{Service: Payments}).Count), 0.05, "HighErrorRate must fire")
}

func TestOnlyCheckoutHasASlow95thPercentile(t *testing.T) {
	report, _ := run(t, Options{Protocol: GRPC, Visits: visits})
	for _, s := range report.Services {
		c := report.Count(Request{Service: s.Name})
		share := float64(c.Slow) / float64(c.Count)
		if s.Name == Checkout {
			require.Greater(t, share, 0.08, s.Name)
		} else {
			require.Less(t, share, 0.03, s.Name)
		}
	}
}
