package detect

// ukBankAccount finds UK sort codes, alone or with the account number behind them.
// A sort code looks like a date, so context must name it.
var ukBankAccount = &Detector{
	Name:     "uk_bank_account",
	Summary:  "UK sort code, with the account number that follows it, with context",
	Evidence: "three groups of two digits, or six digits, where the context names a sort code",
	anchors:  []string{"sort code", "Sort code", "Sort Code", "SORT CODE", "sortcode", "sort-code", "Sort-code"},
	keys:     words(`sortcode banksortcode`),
	match: func(c *candidate) (Finding, bool) {
		start := c.end
		for start < len(c.text) && start-c.end < maxEscape && !has(c.text[start], isDigit) && c.text[start] != '\n' {
			start++
		}
		end := sortCodeEnd(c.text, start)
		if end == start || numberInsideToken(c.text, start, end) {
			return Finding{}, false
		}
		return Finding{Start: start, End: accountBehind(c.text, end), Confidence: Likely}, true
	},
	under: wholeIf(func(value string) bool { return sortCodeEnd(value, 0) == len(value) }),
	sample: func() Sample {
		account := "5577" + "9911"
		return Sample{Text: "sort code 20-00-00 account " + account, Secret: account}
	},
}

// sortCodeEnd returns the end of the sort code that starts at i; i if there is
// none.
func sortCodeEnd(text string, i int) int {
	if end := span(text, i, 7, isDigit); end == i+6 {
		return end
	}
	const grouped = len("dd-dd-dd")
	if len(text)-i < grouped || text[i+2] != text[i+5] || text[i+2] != '-' && text[i+2] != ' ' {
		return i
	}
	for _, group := range [...]int{0, 3, 6} {
		if span(text, i+group, 3, isDigit) != i+group+2 {
			return i
		}
	}
	return i + grouped
}

// accountBehind returns the end of the eight-digit account number that follows a
// sort code within a few words; i if there is none.
func accountBehind(text string, i int) int {
	const number, gap = 8, 24
	for start := i; start < len(text) && start-i < gap; start++ {
		if text[start] == '\n' {
			return i
		}
		if !has(text[start], isDigit) {
			continue
		}
		if end := span(text, start, number+1, isDigit); end == start+number && !wordStartsAt(text, end) {
			return end
		}
		return i
	}
	return i
}
