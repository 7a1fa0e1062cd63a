package demo

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/log"
	"go.opentelemetry.io/otel/metric"
)

// Services of the shop.
const (
	Storefront = "storefront"
	Checkout   = "checkout"
	Payments   = "payments"
)

const (
	// oneIn is the share of charges that fail and of orders that are slow.
	oneIn = 10
	// failAt and slowAt are which of oneIn, so that no order is both.
	failAt, slowAt = 9, 4
)

// errProvider is why charges fail.
var errProvider = errors.New("card provider: connection reset by peer")

// shop is the three services and what their visitors do.
type shop struct {
	storefront, checkout, payments *service

	rng     *rand.Rand
	pending []visit
	orders  int // orders placed or declined so far; each has one charge
}

// visit is what one visitor does.
type visit func(*shop, context.Context, *clock)

// deck is what twenty visitors do. It is shuffled, and when it is used up,
// shuffled again: the shares hold over every twenty.
var deck = []visit{
	(*shop).home, (*shop).home, (*shop).home, (*shop).home,
	(*shop).product, (*shop).product, (*shop).product, (*shop).product,
	(*shop).search, (*shop).search, (*shop).search,
	(*shop).cart, (*shop).cart,
	(*shop).order, (*shop).order, (*shop).order, (*shop).order, (*shop).order,
	(*shop).track,
	(*shop).avatar,
}

// receive lets one visitor in, at the time given.
func (s *shop) receive(ctx context.Context, at time.Time) {
	if len(s.pending) == 0 {
		s.pending = append(s.pending, deck...)
		s.rng.Shuffle(len(s.pending), func(i, j int) { s.pending[i], s.pending[j] = s.pending[j], s.pending[i] })
	}
	do := s.pending[0]
	s.pending = s.pending[1:]
	do(s, ctx, &clock{at, s.rng})
}

// answer is a handler that takes between least and most.
func answer(c *clock, status int, least, most time.Duration) func(context.Context) (int, error) {
	return func(context.Context) (int, error) {
		c.pass(least, most)
		return status, nil
	}
}

func (s *shop) home(ctx context.Context, c *clock) {
	s.storefront.serve(ctx, c, routed("GET", "/", "/"), answer(c, http.StatusOK, 5*time.Millisecond, 30*time.Millisecond))
}

func (s *shop) product(ctx context.Context, c *clock) {
	status := http.StatusOK
	if s.rng.IntN(20) == 0 {
		status = http.StatusNotFound
	}
	x := routed("GET", "/products/{id}", fmt.Sprintf("/products/%d", 1+s.rng.IntN(500)))
	s.storefront.serve(ctx, c, x, answer(c, status, 8*time.Millisecond, 60*time.Millisecond))
}

func (s *shop) search(ctx context.Context, c *clock) {
	x := routed("GET", "/search", "/search")
	x.query = "q=" + []string{"lamp", "chair", "kettle"}[s.rng.IntN(3)]
	s.storefront.serve(ctx, c, x, answer(c, http.StatusOK, 40*time.Millisecond, 220*time.Millisecond))
}

func (s *shop) cart(ctx context.Context, c *clock) {
	s.storefront.serve(ctx, c, routed("POST", "/cart", "/cart"), func(ctx context.Context) (int, error) {
		c.pass(10*time.Millisecond, 40*time.Millisecond)
		s.storefront.log(ctx, c, log.SeverityInfo, log.StringValue("cart updated"), log.Int("cart.items", 1+s.rng.IntN(6)))
		return http.StatusCreated, nil
	})
}

// order is a visitor who pays: one trace through all three services.
func (s *shop) order(ctx context.Context, c *clock) {
	n := s.orders
	s.orders++
	s.storefront.serve(ctx, c, routed("POST", "/checkout", "/checkout"), func(ctx context.Context) (int, error) {
		c.pass(5*time.Millisecond, 15*time.Millisecond)
		return s.storefront.call(ctx, c, s.checkout, routed("POST", "/orders", "/orders"), func(ctx context.Context) (int, error) {
			return s.place(ctx, c, n), nil
		}), nil
	})
}

// place is how checkout handles the nth order.
func (s *shop) place(ctx context.Context, c *clock, n int) int {
	c.pass(20*time.Millisecond, 80*time.Millisecond)
	if n%oneIn == slowAt {
		s.checkout.log(ctx, c, log.SeverityWarn, log.StringValue("waiting for the stock lock"))
		c.pass(1500*time.Millisecond, 4*time.Second)
	}
	charged := s.checkout.call(ctx, c, s.payments, routed("POST", "/charges", "/charges"), func(ctx context.Context) (int, error) {
		return s.charge(ctx, c, n)
	})
	status, outcome := http.StatusCreated, "placed"
	if charged != http.StatusCreated {
		status, outcome = http.StatusPaymentRequired, "declined"
	}
	s.checkout.log(ctx, c, log.SeverityInfo, log.StringValue("order "+outcome), log.Int("cart.items", 1+n%6))
	s.checkout.meters.orders.Add(ctx, 1, metric.WithAttributes(attribute.String("outcome", outcome)))
	s.checkout.meters.queueDepth.Record(ctx, int64(s.rng.IntN(40)), metric.WithAttributes(attribute.String("queue", "shipping")))
	return status
}

// charge is how payments handles the nth charge.
func (s *shop) charge(ctx context.Context, c *clock, n int) (int, error) {
	c.pass(30*time.Millisecond, 120*time.Millisecond)
	if n%oneIn == failAt {
		s.payments.log(ctx, c, log.SeverityError, log.StringValue("charge failed"),
			log.String("exception.type", fmt.Sprintf("%T", errProvider)),
			log.String("exception.message", errProvider.Error()))
		return http.StatusInternalServerError, errProvider
	}
	s.payments.log(ctx, c, log.SeverityInfo, log.StringValue("charge accepted"))
	return http.StatusCreated, nil
}

// track is a visitor who looks after an order, in services that tell no route.
func (s *shop) track(ctx context.Context, c *clock) {
	number := 1000 + s.rng.IntN(9000)
	x := raw("GET", fmt.Sprintf("/orders/%d", number), "/orders/{id}")
	receipt := raw("GET", fmt.Sprintf("/receipts/%d", number), "/receipts/{id}")
	receipt.query = "format=pdf"
	s.storefront.serve(ctx, c, x, func(ctx context.Context) (int, error) {
		s.storefront.call(ctx, c, s.checkout, x, answer(c, http.StatusOK, 5*time.Millisecond, 20*time.Millisecond))
		return s.storefront.call(ctx, c, s.payments, receipt, answer(c, http.StatusOK, 10*time.Millisecond, 30*time.Millisecond)), nil
	})
}

func (s *shop) avatar(ctx context.Context, c *clock) {
	hi, lo := s.rng.Uint64(), s.rng.Uint64()
	uuid := fmt.Sprintf("%08x-%04x-4%03x-%04x-%012x", hi>>32, hi>>16&0xffff, hi&0xfff, lo>>50|0x8000, lo&0xffffffffffff)
	x := raw("GET", "/users/"+uuid+"/avatar", "/users/{uuid}/avatar")
	s.storefront.serve(ctx, c, x, answer(c, http.StatusOK, 5*time.Millisecond, 25*time.Millisecond))
}
