// Package slo is the arithmetic of service level objectives: error budgets, how
// fast they burn, and over which windows that is judged.
//
// An objective of 0.999 allows one request of a thousand to be bad. That share is
// the error budget, and of all requests of [Period] as many may be bad. The burn rate
// is how many times as fast as that a service uses its budget up: at 1 it is gone
// when the period is over.
//
// Formulas and numbers are those of Google's Site Reliability Workbook, chapter 5,
// "Alerting on SLOs". Everything is pure and safe for concurrent use.
package slo

import (
	"math"
	"time"
)

// Period is the time that objectives are about.
const Period = 30 * 24 * time.Hour

// MinErrors is how many bad requests there must be in the long window before anybody
// is told: at little traffic one client retrying is a large share. The workbook leaves
// the number open (section "Low-Traffic Services and Error Budget Alerting").
const MinErrors = 10

// Window is a pair of windows over which a burn rate is judged. It must be exceeded
// over both: the long one says that much was lost, the short one, a twelfth, that it
// still goes on, so that the alert ends soon after the trouble.
type Window struct {
	Long, Short time.Duration
	// Share of the budget of the period that is gone when the burn rate is Factor for
	// as long as the long window.
	Share float64
	// Ceiling is the share of bad requests above which the window tells, whatever the
	// objective. Like Factor, it is lower for longer windows.
	Ceiling float64
	// For is how long the alert waits, so that a burst which is over does not fire.
	For time.Duration
}

// Fast are the windows that page somebody, Slow those that make a ticket: the
// workbook's table 5-8, with a pair for the day between six hours and three days.
func Fast() []Window {
	return []Window{
		{Long: time.Hour, Short: 5 * time.Minute, Share: 0.02, Ceiling: 0.9, For: 2 * time.Minute},
		{Long: 6 * time.Hour, Short: 30 * time.Minute, Share: 0.05, Ceiling: 0.8, For: 15 * time.Minute},
	}
}

// Slow is described with [Fast].
func Slow() []Window {
	return []Window{
		{Long: 24 * time.Hour, Short: 2 * time.Hour, Share: 0.1, Ceiling: 0.7, For: time.Hour},
		{Long: 72 * time.Hour, Short: 6 * time.Hour, Share: 0.1, Ceiling: 0.6, For: 3 * time.Hour},
	}
}

// Factor is the burn rate that spends the share of the budget within the long
// window: 14.4, 6, 3 and 1 for the windows of [Fast] and [Slow].
func (w Window) Factor() float64 {
	return tidy(w.Share * Period.Hours() / w.Long.Hours())
}

// Attainable is the burn rate above which the window tells of an objective: Factor, or
// less where a service that fails nearly all of its requests would not reach it. An
// objective of 0.9 burns 10 times as fast at most, so that 14.4 times would never
// fire: it tells from 9 times, when nine requests of ten are bad.
func (w Window) Attainable(objective float64) float64 {
	return tidy(math.Min(w.Factor(), w.Ceiling/Budget(objective)))
}

// Budget is the share of requests that an objective, from 0 to 1, allows to be bad.
func Budget(objective float64) float64 { return tidy(1 - objective) }

// BurnRate is how many times as fast as the objective allows a budget is used up
// while this share of the requests is bad.
func BurnRate(bad, objective float64) float64 { return bad / Budget(objective) }

// Spent is the share of the period's budget that a burn rate uses up in a while, if
// traffic is steady.
func Spent(burnRate float64, in time.Duration) float64 {
	return burnRate * in.Seconds() / Period.Seconds()
}

// Lasts is how long the whole budget lasts at a burn rate above 0, if traffic is
// steady.
func Lasts(burnRate float64) time.Duration {
	return time.Duration(math.Round(Period.Seconds()/burnRate)) * time.Second
}

// tidy drops what binary fractions add: 1 - 0.999 is 0.0010000000000000009, which
// nobody wants to read in a rule. No number here has more than twelve decimals of its own.
func tidy(v float64) float64 { return math.Round(v*1e12) / 1e12 }
