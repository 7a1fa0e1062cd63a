package rule

import (
	"fmt"
	"strings"

	"github.com/readygate/readygate/internal/money"
)

// amount reads how the values of a sum become integers.
func (c *compiler) amount(m Metric, from []Source, r *Rule) {
	if m.Type != Sum {
		return
	}
	if d := m.Decimals; d != nil && (*d < 0 || *d > money.MaxScale) {
		c.report("decimals", fmt.Sprintf("got %d, allowed: 0 to %d", *d, money.MaxScale))
	}
	r.amount = &amount{units: map[string]unit{}}
	if m.UnitFrom != "" {
		c.currencies(m, from, r.amount)
		return
	}
	if m.Units != nil {
		c.report("units", "are those of unit_from, which is not given; one currency is given as unit")
	}
	currency, err := money.Lookup(m.Unit)
	switch {
	case err == nil && m.Unit == currency.Code:
		c.add(m, "unit", currency, r.amount)
		r.amount.only = r.amount.units[currency.Code]
	case err == nil:
		c.report("unit", fmt.Sprintf("got %q, allowed: %s for the currency, or another unit", m.Unit, currency.Code))
	case len(m.Unit) == 3 && m.Unit == strings.ToUpper(m.Unit):
		c.report("unit", fmt.Sprintf("got %q, which is no currency of ISO 4217 with minor units; a unit of other things is not three capitals", m.Unit))
	default:
		if m.MinorUnits {
			c.report("minor_units", "is for money, and neither unit nor unit_from tells a currency")
		}
		r.amount.only = newUnit(money.Currency{}, m.Decimals, false)
	}
}

// currencies reads the allow-list of currencies that unit_from may tell.
func (c *compiler) currencies(m Metric, from []Source, a *amount) {
	field, err := c.field(m.UnitFrom, from)
	if err != nil {
		c.report("unit_from", err.Error())
	}
	a.unitFrom = field
	if m.Unit != "" {
		c.report("unit", "got both unit and unit_from, allowed: one of them")
	}
	if len(m.Units) == 0 {
		c.report("units", "got none, allowed: the currencies that unit_from may tell")
	}
	for i, code := range m.Units {
		key := fmt.Sprintf("units[%d]", i)
		currency, err := money.Lookup(code)
		switch _, twice := a.units[currency.Code]; {
		case err != nil || code != currency.Code:
			c.report(key, fmt.Sprintf("got %q, allowed: a currency of ISO 4217 with minor units, as three capitals", code))
		case twice:
			c.report(key, fmt.Sprintf("got %s again, allowed: once", code))
		default:
			c.add(m, key, currency, a)
		}
	}
}

// add allows a currency.
func (c *compiler) add(m Metric, key string, currency money.Currency, a *amount) {
	if m.Decimals != nil && m.MinorUnits && *m.Decimals < int(currency.Scale) {
		c.report("decimals", fmt.Sprintf("got %d, allowed with minor_units: at least the %d of %s (%s)", *m.Decimals, currency.Scale, currency.Code, key))
		return
	}
	a.units[currency.Code] = newUnit(currency, m.Decimals, m.MinorUnits)
}
