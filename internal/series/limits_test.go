package series

import (
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

func TestBeyondALimitLabelsBecomeOtherAndNothingIsLost(t *testing.T) {
	for name, test := range map[string]struct {
		limits Limits
		other  string // a series that is there because of the limit
	}{
		"label values": {Limits{Series: 100_000, Services: 100, LabelValues: 3}, "requests_total{path=other}"},
		"series":       {Limits{Series: 20, Services: 100, LabelValues: 1000}, "requests_total{path=other}"},
		"versions":     {Limits{Series: 100_000, Services: 100, LabelValues: 2}, "requests_total{version=other}"},
		"services":     {Limits{Series: 100_000, Services: 2, LabelValues: 1000}, "requests_total{service=other}"},
	} {
		t.Run(name, func(t *testing.T) {
			table := testTable(func(c *Config) { c.Limits = test.limits })
			n := 0
			for service := range 5 {
				for version := range 4 {
					for path := range 6 {
						for _, code := range []uint16{200, 204, 404, 500, 503} {
							see(table, Identity{Service: fmt.Sprint("s", service), Version: fmt.Sprint(version)}, fmt.Sprint("/", path), code)
							n++
						}
					}
				}
			}
			s := flushed(t, table)
			require.InDelta(t, n, s["requests_total"], 0)
			require.InDelta(t, n, s["seconds"], 0)
			require.NotZero(t, s[test.other])
			overflow := int64(0)
			for _, o := range table.Stats().Overflow {
				overflow += o.Count
			}
			require.NotZero(t, overflow)
			require.NotEmpty(t, table.Demand())
		})
	}
}

// A service that explodes leaves room for the one that comes after it.
func TestNoServiceTakesMoreThanThereIsRoomLeft(t *testing.T) {
	table := testTable(func(c *Config) { c.Limits = Limits{Series: 3000, Services: 10, LabelValues: 1_000_000} })
	for _, service := range []string{"first", "second", "third"} {
		for path := range 5000 {
			see(table, Identity{Service: service}, fmt.Sprint("/", path), 200)
		}
	}
	s := flushed(t, table)
	require.InDelta(t, 15_000, s["requests_total"], 0)
	require.InDelta(t, 500, s["requests_total{service=first}"], 3)
	require.InDelta(t, 250, s["requests_total{service=second}"], 3)
	require.InDelta(t, 125, s["requests_total{service=third}"], 3)
	require.LessOrEqual(t, table.Stats().Series, int64(3000))
	for _, d := range table.Demand() {
		require.Equal(t, LimitSeries, d.Limit)
		require.InEpsilon(t, 15_000, d.Values, 0.1)
	}
}

func TestDemandIsForgottenWhenNothingIsRefusedAnyMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table := testTable(func(c *Config) { c.Limits.LabelValues = 1 })
		see(table, shop("1"), "/a", 200)
		see(table, shop("1"), "/b", 200)
		see(table, shop("1"), "/b", 200)
		flushed(t, table)
		require.Equal(t, []Demand{{Limit: "path", Service: Identity{Service: "shop"}, Values: 2}}, table.Demand())
		for range 3 {
			<-time.After(demandPeriod + time.Minute) // of the bubble's clock
			flushed(t, table)
		}
		require.Empty(t, table.Demand())
		require.EqualValues(t, 1, table.ledger.demands.Load(), "only that of the services is left")
	})
}

func TestWhatIsIdleIsForgottenWithAllItTook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table := testTable(func(c *Config) { c.Expiration = time.Minute; c.Limits.LabelValues = 5; c.Limits.Services = 3 })
		for i := range 200 {
			see(table, Identity{Service: fmt.Sprint(i % 7), Version: fmt.Sprint(i % 9)}, fmt.Sprint("/", i%11), uint16(200+i%5*100))
		}
		require.NotZero(t, table.Stats().Series)
		for range 4 {
			<-time.After(time.Minute)
			flushed(t, table)
		}
		stats := table.Stats()
		require.Zero(t, stats.Series)
		require.Zero(t, stats.Services)
		require.Zero(t, stats.Bytes)
		require.Empty(t, table.registry.owners)
		require.Empty(t, table.registry.services)
		require.EqualValues(t, 1, table.ledger.demands.Load(), "that of the services")
		for _, p := range table.flusher.parts {
			for _, c := range p.entities[:cap(p.entities)] {
				require.Nil(t, c.entity, "what is forgotten can be collected")
			}
		}
	})
}

// What was counted beyond the limit takes no room from services that do nothing wrong.
func TestServicesThatExplodeLeaveRoomForTheNext(t *testing.T) {
	table := testTable(func(c *Config) { c.Limits = Limits{Series: 10_000, Services: 100, LabelValues: 1_000_000} })
	for service := range 10 {
		for path := range 6000 {
			see(table, Identity{Service: fmt.Sprint("greedy", service), Version: fmt.Sprint(path % 7)}, fmt.Sprint("/", path), uint16(100+path%500))
		}
	}
	see(table, Identity{Service: "modest"}, "/a", 200)
	s := flushed(t, table)
	require.InDelta(t, 60_001, s["requests_total"], 0)
	require.InDelta(t, 1, s["requests_total{path=/a}"], 0)
	require.LessOrEqual(t, table.registry.taken.Load(), int64(10_000))
}

func TestNewsAreToldOnce(t *testing.T) {
	table := testTable(func(c *Config) { c.Limits.LabelValues = 1 })
	see(table, shop("1"), "/a", 200)
	require.Empty(t, table.News())
	see(table, shop("1"), "/b", 200)
	require.Equal(t, []Demand{{Limit: "path", Service: Identity{Service: "shop"}, Values: 2}}, table.News())
	see(table, shop("1"), "/c", 200)
	require.Empty(t, table.News())
}

// Acquiring, counting and forgetting the same identities at the same time is safe.
func TestOwnersComeAndGoWhileTheyAreUsed(t *testing.T) {
	table := testTable(func(c *Config) { c.Expiration = 1; c.Limits = Limits{Series: 50, Services: 2, LabelValues: 2} })
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for i := range 2000 {
				see(table, Identity{Service: fmt.Sprint(i % 5), Version: fmt.Sprint(i % 3)}, fmt.Sprint("/", i%4), 200)
			}
		})
	}
	for range 200 {
		_, err := table.Flush(t.Context(), Interval, sums{}.send)
		require.NoError(t, err)
	}
	group.Wait()
	for range 4 {
		_, err := table.Flush(t.Context(), Interval, sums{}.send)
		require.NoError(t, err)
	}
	require.Zero(t, table.Stats().Series)
	require.Empty(t, table.registry.owners)
}
