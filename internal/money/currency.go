package money

import "strings"

// Currency is a currency of ISO 4217.
type Currency struct {
	Code  string // three capital letters
	Scale uint8  // decimal digits of its minor unit
}

// codes are the currencies by the digits of their minor unit: list one of ISO 4217
// in 2026, without the codes that have no minor unit (metals, XDR,
// XXX and the like), and after a semicolon those withdrawn since 2023, of which
// late amounts may still come.
//
// CLDR's digits, in golang.org/x/text/currency, are not used: they say how amounts
// are shown, and drop minor units that are little used but paid and booked (it has 0
// digits for IDR, IQD, LBP, PKR and others, where ISO has 2 or 3).
var codes = [...]string{
	0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
	2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN
		BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD
		FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW
		KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR
		MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG
		SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD
		USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG; ANG BGN CUC HRK SLL ZWL`,
	3: "BHD IQD JOD KWD LYD OMR TND",
	4: "CLF UYW",
}

// currencies finds a currency by its code. It is never written to.
var currencies = func() map[[3]byte]Currency {
	found := map[[3]byte]Currency{}
	for scale, list := range codes {
		for code := range strings.FieldsSeq(list) {
			code = strings.TrimSuffix(code, ";")
			found[[3]byte([]byte(code))] = Currency{Code: code, Scale: uint8(scale)}
		}
	}
	return found
}()

// Lookup returns the currency with the code, in capital or small letters, or
// ErrCurrency. A code is exactly three letters.
func Lookup(code string) (Currency, error) {
	if len(code) != 3 {
		return Currency{}, ErrCurrency
	}
	// Without its bit 0x20 a byte is a capital letter only if it was a letter.
	const capital = 0xFF &^ 0x20
	c, found := currencies[[3]byte{code[0] & capital, code[1] & capital, code[2] & capital}]
	if !found {
		return Currency{}, ErrCurrency
	}
	return c, nil
}
