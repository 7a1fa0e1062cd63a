package detect

// The arithmetic of check digits. Each identifier's file names the authority whose
// rule it is; what is here is the part that several have in common. luhn stands with
// the cards, in payment_card.go.

// weighted returns the sum of the first digits, each times its weight.
func weighted(digits []byte, weights ...int) int {
	sum := 0
	for i, w := range weights {
		sum += w * int(digits[i]-'0')
	}
	return sum
}

// remainder returns the decimal number modulo m, however long it is.
func remainder(digits []byte, m int) int {
	r := 0
	for _, b := range digits {
		r = (r*10 + int(b-'0')) % m
	}
	return r
}

// pure11and10 checks the last digit by ISO/IEC 7064, hybrid system modulo 11 and 10.
func pure11and10(digits []byte) bool {
	product := 10
	for _, b := range digits[:len(digits)-1] {
		sum := (int(b-'0') + product) % 10
		if sum == 0 {
			sum = 10
		}
		product = sum * 2 % 11
	}
	return (int(digits[len(digits)-1]-'0')+product)%10 == 1
}

// pure11and2 checks the last character, a digit or X for ten, by ISO/IEC 7064, pure
// system modulo 11 and 2.
func pure11and2(chars []byte) bool {
	sum := 0
	for _, b := range chars[:len(chars)-1] {
		sum = (sum + int(b-'0')) * 2 % 11
	}
	last := chars[len(chars)-1]
	if last == 'X' {
		return (sum+10)%11 == 1
	}
	return has(last, isDigit) && (sum+int(last-'0'))%11 == 1
}

// dihedral is the multiplication table of the group of the symmetries of a pentagon,
// and permuted the permutation of the digits at each place, both from J. Verhoeff,
// Error Detecting Decimal Codes, 1969.
var (
	dihedral = [10]string{"0123456789", "1234067895", "2340178956", "3401289567", "4012395678", "5987604321", "6598710432", "7659821043", "8765932104", "9876543210"}
	permuted = [8]string{"0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258"}
)

// verhoeff checks the last digit by Verhoeff's rule.
func verhoeff(digits []byte) bool {
	check := byte('0')
	for i := range digits {
		d := digits[len(digits)-1-i] - '0'
		check = dihedral[check-'0'][permuted[i%len(permuted)][d]-'0']
	}
	return check == '0'
}

// value36 is the value of a digit, or that of a letter from A = 10 to Z = 35.
func value36(b byte) int {
	if has(b, isDigit) {
		return int(b - '0')
	}
	return int(b-'A') + 10
}

// elevenLess returns the check digit that weights make by the rule of many Latin
// countries: eleven less the remainder of their sum, and 0 for ten and eleven. Letters
// count as their code less that of zero.
func elevenLess(chars []byte, weights ...int) int {
	if d := 11 - weighted(chars, weights...)%11; d < 10 {
		return d
	}
	return 0
}

// lastIs reports whether the last digit is d.
func lastIs(digits []byte, d int) bool { return int(digits[len(digits)-1]-'0') == d }

// balticCheck checks the control digit of Estonia's and Lithuania's personal codes: a
// second set of weights where the first one leaves ten.
func balticCheck(digits []byte) bool {
	check := weighted(digits, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1) % 11
	if check == 10 {
		check = weighted(digits, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3) % 11 % 10
	}
	return lastIs(digits, check)
}

// daysIn are the days of the months; years are known by their last two digits only.
var daysIn = [...]int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// calendarDay reports whether the day exists. Of the year two digits are enough:
// every fourth one of the years in which living people were born is a leap year, but
// for 1900.
func calendarDay(year, month, day int) bool {
	if month < 1 || month > 12 || day < 1 || day > daysIn[month-1] {
		return false
	}
	return month != 2 || day < 29 || year%4 == 0
}

// birthYear reports whether somebody alive, or dead for not too long, can be born in
// the year.
func birthYear(year int) bool { return year >= 1880 && year < 2100 }
