package slo

import (
	"testing"
	"time"

	"github.com/readygate/readygate/alerts/internal/red"
	"github.com/readygate/readygate/alerts/internal/rule/ruletest"
	"github.com/readygate/readygate/internal/catalog"
)

func TestPromtoolAcceptsTheRulesAndTheirUnitTests(t *testing.T) {
	ruletest.Check(t, Family(), catalog.Default(), red.Family())
}

// The extremes of what a services file may promise, and what is between.
func TestTheRulesOfDeclaredServicesPassTheirUnitTests(t *testing.T) {
	ruletest.Check(t, Family(), declared(), red.Family())
}

func TestEveryDefectIsCaughtByTheUnitTests(t *testing.T) {
	ruletest.Mutate(t, Family(), twoLatencies(), nil, red.Family())
}

// declared are services with a tier's objectives, and with their own.
func declared() catalog.Catalog {
	c := catalog.Default()
	add := func(name string, change func(*catalog.Service)) {
		s := catalog.Service{Name: name, Namespace: "shop", Policy: catalog.DefaultPolicy(catalog.Important), Metrics: catalog.Source{Profile: catalog.ProfileReadygate}}
		change(&s)
		c.Services = append(c.Services, s)
	}
	add("cart", func(s *catalog.Service) { s.Environments = []string{"production", "staging"} })
	add("search", func(s *catalog.Service) {
		s.SLO = catalog.SLO{Availability: 0.99999, Latency: 5 * time.Millisecond, LatencyRatio: 0.99999}
	})
	add("mail", func(s *catalog.Service) {
		s.SLO = catalog.SLO{Availability: 0.5, Latency: 7500 * time.Millisecond, LatencyRatio: 0.5}
	})
	add("mesh", func(s *catalog.Service) {
		s.Metrics.Profile = catalog.ProfileIstio
		s.SLO = catalog.SLO{Availability: 0.9, Latency: 2500 * time.Millisecond, LatencyRatio: 0.937}
	})
	return c
}

// twoLatencies has two durations that are objectives, so that an alert must choose.
func twoLatencies() catalog.Catalog {
	c := catalog.Default()
	other := catalog.DefaultPolicy("")
	other.SLO.Latency = 750 * time.Millisecond
	c.Services = []catalog.Service{{Name: "other", Policy: other}}
	return c
}
