package detect

// cardExpiry finds the expiry dates of cards: a month and a year, under a key that
// names one. Dates with a day, and times, are something else's.
var cardExpiry = &Detector{
	Name:     "card_expiry",
	Summary:  "expiry date of a card: month and year under expiry, exp_date, card_exp, valid_thru",
	Evidence: "a key that names an expiry, and a month with a year",
	keys: words(`expiry expirydate expdate expirationdate expiration exp cardexpiry cardexp cardexpiration ccexp ccexpiry
		validthru validthrough goodthru expmonth expyear expirymonth expiryyear expirationmonth expirationyear`),
	under:  wholeIf(monthAndYear),
	sample: func() Sample { return Sample{Key: "card.exp_date", Text: "11/31", Secret: "11/31"} },
}

// monthAndYear reports whether a value is MM/YY, MM/YYYY, MM-YY, MM-YYYY, YYYY-MM, a
// blank around the sign or none. Four digits alone would be any number.
func monthAndYear(value string) bool {
	first := span(value, 0, 5, isDigit)
	i := span(value, first, 2, isSpace)
	if first == 0 || i == len(value) || value[i] != '/' && value[i] != '-' {
		return false
	}
	i = span(value, i+1, 2, isSpace)
	end := span(value, i, 5, isDigit)
	if end != len(value) {
		return false
	}
	month, year := value[:first], value[i:end]
	if len(month) == 4 {
		month, year = year, month
	}
	return isMonth(month) && (len(year) == 2 || len(year) == 4 && year[:2] == "20")
}

func isMonth(digits string) bool {
	switch len(digits) {
	case 1:
		return digits != "0"
	case 2:
		return digits[0] == '0' && digits[1] != '0' || digits[0] == '1' && digits[1] <= '2'
	}
	return false
}
