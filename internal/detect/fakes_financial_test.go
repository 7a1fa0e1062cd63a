package detect

import "strings"

func init() { moreFakes = append(moreFakes, financialFakes) }

// financialFakes are the published examples of numbers, and numbers made like
// them; telephone numbers are of ranges reserved for fiction.
func financialFakes() map[string]string {
	visa := withLuhn("4" + strings.Repeat("1", 14))
	all := map[string]string{
		"maestro":          withLuhn("6304" + strings.Repeat("0", 11)),
		"unionpay":         withLuhn("62" + "0000000000000"),
		"unionpay19":       withLuhn("620" + "5500000000000" + "00"),
		"mir":              withLuhn("2200" + "00000000000"),
		"elo":              withLuhn("5066" + "99111111111"),
		"rupay":            withLuhn("6073" + "84970000494"),
		"amex.print":       withLuhn("3700" + "0000000" + "000"),
		"diners":           withLuhn("36" + "700102000" + "00"),
		"dinersprint":      withLuhn("3600" + "666633334"),
		"visa.nbsp":        grouped4(visa, "\u00a0"),
		"visa.thin":        grouped4(visa, "\u2009"),
		"visa.figure":      grouped4(visa, "\u2012"),
		"visa.endash":      grouped4(visa, "\u2013"),
		"visa.escape":      grouped4(visa, `\u0020`),
		"visa.url":         grouped4(visa, "%20"),
		"visa.form":        grouped4(visa, "+"),
		"visa.full":        inScript(visa, "\uff10"),
		"visa.arabic":      inScript(visa, "\u0660"),
		"visa.urdu":        inScript(visa, "\u06f0"),
		"visa.fullgrouped": inScript(grouped4(visa, "\u3000"), "\uff10"),
		"track1":           "%B" + visa + "^DOE/JANE^" + "3112101" + "0000000000?",
		"track2":           ";" + visa + "=" + "3112101" + "00000123?",
		"track2bare":       visa + "=" + "3112101" + "00000123",
		"nottrack":         visa + "=" + "3199101" + "00000123",
		"iban.de":          "DE" + "89" + "37040044053" + "2013000",
		"iban.gb":          "GB" + "29" + "NWBK" + "60161331926819",
		"iban.fr":          "FR" + "14" + "2004101005" + "0500013M02606",
		"iban.pl":          "PL" + "61" + "109010140000" + "071219812874",
		"iban.no":          "NO" + "93" + "8601" + "1117947",
		"iban.mt":          "MT" + "84" + "MALT" + "011000012345MTLCAST001S",
		"aba":              "0210" + "0002" + "1",
		"account":          "0001" + "2345" + "6789",
		"sortcode":         "20-00" + "-00",
		"ukaccount":        "5577" + "9911",
		"bic":              "NEDS" + "ZAJJXXX",
		"cusip":            "0378" + "33100",
		"btc":              "1BvBMSEYst" + "WetqTFn5Au4m4GFg7xJaNVN2",
		"btcsegwit":        "bc1qw508d6qejxtdg4y5r3zar" + "vary0c5xw7kv8f3t4",
		"btctaproot":       "bc1p0xlxvlhemja6c4dqv22u" + "apctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
		"eth":              "0x5aAeb6053F3E94C9b9A0" + "9f33669435E7Ef1BeAed",
		"xmr":              "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3Xjrp" + "DtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
		"phone.de":         "1512" + "3456789",
		"phone.us":         "201" + "5550123",
		"imei":             "490154" + "203237518",
		"imsi":             "001010" + "123456789",
		"iccid":            withLuhn("8914800000" + "00000000"),
		"mac":              "00:00:5e:" + "00:53:af",
	}
	for _, name := range []string{"iban.de", "iban.gb", "iban.fr", "iban.pl", "iban.no", "iban.mt"} {
		all[name+".print"] = inFours(all[name])
		all[name+".lower"] = strings.ToLower(all[name])
		all[name+".last"] = all[name][len(all[name])-4:]
	}
	for _, name := range []string{"maestro", "unionpay", "unionpay19", "mir", "elo", "rupay", "amex.print", "dinersprint", "imei", "iccid", "account"} {
		all[name+".last"] = all[name][len(all[name])-4:]
	}
	all["rupay.spaced"] = inFours(all["rupay"])
	all["amex.print"] = inFours(all["amex.print"])
	all["dinersprint"] = inFours(all["dinersprint"])
	return all
}

// inScript writes the ASCII digits of a text as those of the script with this zero.
func inScript(text, zero string) string {
	first := []rune(zero)[0]
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return first + r - '0'
		}
		return r
	}, text)
}

// inFours writes a blank behind every fourth character.
func inFours(text string) string {
	var out strings.Builder
	for i, r := range text {
		if i > 0 && i%4 == 0 {
			out.WriteByte(' ')
		}
		out.WriteRune(r)
	}
	return out.String()
}
