package detect

import "strings"

// httpCookie finds the values of cookies, in the headers Cookie and Set-Cookie:
// attributes, elements of arrays, and lines of text. Names and attributes of
// cookies stay.
var httpCookie = &Detector{
	Name:     "http_cookie",
	Summary:  "values of the cookies in a Cookie or Set-Cookie header",
	Evidence: "the name of the header",
	flags:    keyCookie,
	// The pass calls cookiesIn instead: there may be several in one value.
	under: func(KeyClass, string) (Finding, bool) { return Finding{}, false },
	sample: func() Sample {
		return Sample{Key: "http.request.header.cookie", Text: "theme=" + noise(6) + "; id=" + noise(20), Secret: noise(20)}
	},
}

// cookieAttributes are those of RFC 6265, section 4.1.1, and its successors.
var cookieAttributes = words(`path domain expires max-age samesite secure httponly priority partitioned version`)

// cookiesIn adds the values of the cookies in text[start:end].
func (p *pass) cookiesIn(start, end int) {
	d := p.scanner.cookies
	for start < end {
		stop := p.cookieStop(start, end)
		first := span(p.text, start, stop-start, isSpace)
		value := first
		if i := strings.IndexByte(p.text[first:stop], '='); i >= 0 {
			value = first + i + 1
		}
		name := p.text[first:max(first, value-1)]
		found := p.text[value:stop]
		switch {
		case value > first && cookieAttributes[toLower(name)]:
			// Several headers in one: Path=/, next=x
			if next := nextCookie(p.text, value, stop); next > 0 {
				stop = next - 1
			}
		case reveals(found) && (value != first || !cookieAttributes[toLower(found)]) && !isPseudonym(found):
			p.add(d, Finding{Start: value, End: stop, Confidence: Certain})
		}
		start = stop + 1
	}
}

// cookieStop returns the end of the cookie that starts at start: that of its value in
// quotes, or the next semicolon.
func (p *pass) cookieStop(start, end int) int {
	stop := end
	if i := strings.IndexByte(p.text[start:end], ';'); i >= 0 {
		stop = start + i
	}
	if i := strings.IndexByte(p.text[start:stop], '='); i >= 0 {
		if value, quote := openingDelimiter(p.text, start+i+1); quote != "" && value < end {
			stop = max(stop, closingDelimiter(p.text[:end], value, quote))
		}
	}
	return stop
}

// nextCookie returns where the next cookie begins in the value of an attribute, behind
// a comma or a blank; 0 if there is none.
func nextCookie(text string, start, end int) int {
	equals := strings.IndexByte(text[start:end], '=')
	if equals < 0 {
		return 0
	}
	return start + strings.LastIndexAny(text[start:start+equals], ", ") + 1
}

// cookiesOf adds the values of the cookies of a header, or of each string in a list of
// headers. What is no list of strings is one finding if it stands in JSON.
func (p *pass) cookiesOf(v assigned) {
	if b := at(p.text, v.start); b != '[' && b != '{' || markerEnd(p.text, v.start) > v.start {
		p.cookiesIn(v.start, v.end)
		return
	}
	next := span(p.text, v.start+1, maxPadding, isSpace)
	if quoted, delimiter := openingDelimiter(p.text, min(next, v.end)); p.text[v.start] == '{' || delimiter == "" || quoted > v.end {
		p.cookiesInside(v)
		return
	}
	for i := v.start + 1; i < v.end; i++ {
		if start, delimiter := openingDelimiter(p.text, i); delimiter != "" {
			end := min(closingDelimiter(p.text, start, delimiter), v.end)
			p.cookiesIn(start, end)
			i = end + len(delimiter) - 1
		}
	}
}

// cookiesInside adds the cookies in brackets that hold no strings: those of Go's maps,
// or an object of names and values, which is one finding.
func (p *pass) cookiesInside(v assigned) {
	if p.text[v.start] == '[' && v.keyDelimiter == "" {
		end := v.end
		if p.text[end-1] == ']' {
			end--
		}
		p.cookiesIn(v.start+1, end)
		return
	}
	if found := p.text[v.start:v.end]; worded(found) {
		p.add(p.scanner.cookies, Finding{Start: v.start, End: v.end, Confidence: Certain, quote: v.keyDelimiter})
	}
}

// cookieEnd returns the end of a bare header of cookies: the end of the line or of
// the string around it. Values may stand in quotes; a line that ends in a semicolon
// goes on in the next one if that begins with a blank.
func cookieEnd(text string, i int) int {
	for first := i; i < len(text); i++ {
		switch text[i] {
		case '\r', '\n':
			next := i + 1
			if text[i] == '\r' && at(text, next) == '\n' {
				next++
			}
			if folds := i > first && text[i-1] == ';' && (at(text, next) == ' ' || at(text, next) == '\t'); !folds {
				return i
			}
			i = next
		case '"', '\'', '\\', '`':
			value, quote := openingDelimiter(text, i)
			if i == first || text[i-1] != '=' || quote == "" {
				return i
			}
			end := closingDelimiter(text, value, quote)
			if end == len(text) || strings.ContainsAny(text[value:end], "\r\n") {
				return i
			}
			i = end + len(quote) - 1
		}
	}
	return i
}
