package money

// Error is why an amount or a currency was refused. There is one value for each
// reason, so errors.Is tells them apart.
type Error struct{ reason, text string }

// The reasons to refuse.
var (
	ErrNotANumber = &Error{"not_a_number", "NaN and infinities are not amounts"}
	ErrSyntax     = &Error{"syntax", "not a decimal: a sign, digits and one point are allowed, grouping and exponents are not"}
	ErrPrecision  = &Error{"precision", "more digits than the amount may have"}
	ErrRange      = &Error{"range", "beyond 2^53 units, a scale above 9, or a double too large to tell neighbouring units apart"}
	ErrNegative   = &Error{"negative", "negative"}
	ErrCurrency   = &Error{"currency", "not a currency of ISO 4217 that has minor units"}
)

// Error returns a sentence for people, without the refused value.
func (e *Error) Error() string { return "money: " + e.text }

// Reason returns a word for a metric's label. It never changes.
func (e *Error) Reason() string { return e.reason }
