package detect

// usBankAccount finds account numbers of banks that have no check digit: under
// their key, and behind the words that name them.
var usBankAccount = &Detector{
	Name:     "us_bank_account",
	Summary:  "bank account number of up to 17 digits, under its key or behind its name",
	Evidence: "a key or words that name a bank account, and 6 to 17 digits",
	Keeps:    4,
	anchors:  cases("bank account", "checking account", "savings account", "account number", "account no", "bank acct", "acct no"),
	keys:     words(`bankaccount bankaccountnumber bankacct accountnumber acctnumber accountno acctno checkingaccount savingsaccount beneficiaryaccount`),
	match: func(c *candidate) (Finding, bool) {
		start := c.end
		for _, filler := range [...]string{" number", " no", ".", ":", " is", " #", " "} {
			if len(c.text)-start >= len(filler) && c.text[start:start+len(filler)] == filler {
				start += len(filler)
			}
		}
		end := span(c.text, start, maxAccount+1, isDigit)
		if n := end - start; start == c.end || n < minAccount || n > maxAccount || allSame(c.text[start:end]) || numberInsideToken(c.text, start, end) {
			return Finding{}, false
		}
		return Finding{Start: start, End: end, Confidence: Likely}, true
	},
	under: wholeIf(func(value string) bool {
		n := digitCount(value, maxAccount+1)
		return n >= minAccount && n <= maxAccount && madeOf(value, isDigit|isSpace|isDash, "")
	}),
	sample: func() Sample {
		number := "0001" + "2345" + "6789"
		return Sample{Text: "bank account number " + number, Secret: number}
	},
}

// minAccount and maxAccount are the lengths of account numbers in Nacha's files.
const (
	minAccount = 6
	maxAccount = 17
)
