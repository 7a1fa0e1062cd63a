package detect

// What keeps identifiers, times and amounts from being taken for cards.

// counted are labels of what is counted or measured.
var counted = words(`rows row count qty quantity size bytes long duration elapsed time ms us ns width cost total length values value gtin ean upc isbn
	checkpoint processed meter reading bigint numeric seed counter gauge sum max min avg mean median delta rate heap`)

// identifies reports whether the word right before i says that a number is an
// identifier: id = 4111..., "key": 4111...
func identifies(text string, i int) bool {
	last := ""
	for w := range splitWords(text[max(0, i-contextLeft/2):i]) {
		last = w
	}
	return last == "id" || last == "ids" || last == "oid" || last == "key"
}

// listed reports whether a number that is no card stands before or behind a comma or
// tab beside the number: a list of identifiers, a row of a table.
func listed(text string, start, end int) bool {
	const shortest = 6
	other := func(from, to int) bool {
		return to-from >= shortest && issued([]byte(text[from:to])) == 0
	}
	if next := at(text, end); next == ',' || next == '\t' {
		from := span(text, end+1, 1, isSpace)
		if other(from, span(text, from, maxPAN, isDigit)) {
			return true
		}
	}
	before := start
	if before > 0 && text[before-1] == ' ' {
		before--
	}
	if before == 0 || text[before-1] != ',' && text[before-1] != '\t' {
		return false
	}
	from := before - 1
	for from > 0 && before-from <= maxPAN && has(text[from-1], isDigit) {
		from--
	}
	return other(from, before-1)
}

// expiresBehind reports whether a month and a year follow, as in exports of cards:
// 4111...;12/29.
func expiresBehind(text string, i int) bool {
	const expiry = len("MM/YY")
	for n := 1; n <= 2 && i+n+expiry <= len(text); n++ {
		if has(text[i+n-1], isAlnum) {
			return false
		}
		month := text[i+n : i+n+expiry]
		if month[2] == '/' && isMonth(month[:2]) && has(month[3], isDigit) && has(month[4], isDigit) {
			next := at(text, i+n+expiry)
			return !has(next, isWord) && next != '/'
		}
	}
	return false
}

// groupsAlone reports whether no other digits stand beside a grouped number: in a
// row of numbers four groups are nothing special.
func groupsAlone(text string, start, end int) bool {
	const beside = 4
	for i := range beside {
		if has(at(text, end+i), isAlnum) {
			if has(text[end+i], isDigit) {
				return false
			}
			break
		}
	}
	for i := start - 1; i >= 0 && start-i <= beside; i-- {
		if has(text[i], isAlnum) {
			return !has(text[i], isDigit)
		}
	}
	return true
}

// cardInsideToken reports whether the digits are part of a longer word, number
// or hexadecimal identifier.
func cardInsideToken(text string, start, end int) bool {
	if wordEndsAt(text, start) || wordStartsAt(text, end) {
		return true
	}
	// 4111111111111111.25 is an amount; .0 is what a float prints behind a number.
	return fraction(text, end) && !allZero(text[end+1:span(text, end+1, maxNumber, isDigit)])
}

// fraction reports whether the number that ends at end goes on behind a point.
func fraction(text string, end int) bool {
	return end+1 < len(text) && text[end] == '.' && has(text[end+1], isDigit)
}

func allZero(digits string) bool { return digits != "" && digits[0] == '0' && allSame(digits) }

// behindSign reports whether the digits follow a sign that joins them to an
// identifier, a path or a fraction.
func behindSign(text string, start int) bool {
	if start == 0 {
		return false
	}
	switch text[start-1] {
	case '_', '-', '.', '/', '+':
		return !escapeEndsAt(text, start)
	}
	return false
}
