package detect

import (
	"strings"
	"unicode/utf8"
)

// Text inside text is often encoded: form data in URLs (%3D), JSON that is safe for
// HTML (\u003c), XML in XML (&lt;). A view decodes such a stretch, scans what it
// says, and maps the findings back to the bytes that encode it.

// encodedSigns are the encoded signs that make a view worth its cost: those between
// a key and its value. Those with a percent sign or a
// backslash are found by the pass.
var encodedSigns = []string{"&gt;", "&equals;"}

// viewer looks at encoded signs. It finds nothing itself.
func viewer() *Detector {
	return &Detector{match: func(c *candidate) (Finding, bool) {
		c.pass.view(c.at)
		return Finding{}, false
	}}
}

// maxView bounds how far a view reaches to the left, in bytes. To the right it goes
// to the end of the stretch: a part of a secret is a secret.
const maxView = 4 << 10

// view scans the decoded stretch around the escape at i, once.
func (p *pass) view(i int) {
	if i < p.viewed || p.depth >= maxPassDepth {
		return
	}
	percent := p.text[i] == '%'
	start, end := i, i
	for start > max(0, i-maxView) && start > p.viewed && p.inStretch(start-1, percent) {
		start--
	}
	for end < len(p.text) && p.inStretch(end, percent) {
		end++
	}
	p.viewed = end
	decoded, from := decode(p.text[start:end], percent)
	p.nested(decoded, func(f Finding) Finding {
		f.Start, f.End = start+from[f.Start], start+from[f.End]
		return f
	})
}

// inStretch reports whether the byte at i belongs to an encoded stretch. Percent
// encoding ends at what it would encode; the others at line breaks and at the quote
// that ends the string around them.
func (p *pass) inStretch(i int, percent bool) bool {
	switch b := p.text[i]; {
	case percent:
		return !has(b, isSpace) && strings.IndexByte("\"'<>`\\", b) < 0
	case b == '"':
		slashes := 0
		for slashes < maxNesting && slashes < i && p.text[i-1-slashes] == '\\' {
			slashes++
		}
		return slashes%2 == 1
	default:
		return b != '\n'
	}
}

// maxPassDepth bounds text in text in text.
const maxPassDepth = 3

// nested scans a text that the pass has decoded, and adds what acts there as place
// maps it to the pass's own text.
func (p *pass) nested(text string, place func(Finding) Finding) (acted bool) {
	inner := p.scanner.passes.Get().(*pass)
	inner.begin(Value{Text: text}, p.rules, inner.own[:0])
	inner.depth = p.depth + 1
	inner.run()
	for _, f := range merge(inner.found, 0) {
		if f.Acts() {
			acted = true
			f.quote, f.literal = "", ""
			p.found = append(p.found, place(f))
		}
	}
	if inner.reason != "" {
		p.reason = inner.reason
	}
	inner.own = inner.found[:0]
	inner.end()
	p.scanner.passes.Put(inner)
	return acted
}

// decode returns the text that s encodes and, for each of its bytes and its end,
// the offset in s where what encodes it begins.
func decode(s string, percent bool) (string, []int) {
	var out strings.Builder
	from := make([]int, 0, len(s)+1)
	for i := 0; i < len(s); {
		r, n := rune(0), 0
		switch {
		case percent && s[i] == '%' && i+2 < len(s) && hexByte(s[i+1]) && hexByte(s[i+2]):
			out.WriteByte(byte(hexValue(s[i+1 : i+3])))
			from = append(from, i)
			i += 3
			continue
		case percent && s[i] == '+':
			r, n = ' ', 1
		case percent:
		case s[i] == '\\':
			r, n = escaped(s[i:])
		case s[i] == '&':
			r, n = entity(s[i:])
		}
		if n == 0 {
			out.WriteByte(s[i])
			from = append(from, i)
			i++
			continue
		}
		before := out.Len()
		out.WriteRune(r)
		for range out.Len() - before {
			from = append(from, i)
		}
		i += n
	}
	return out.String(), append(from, len(s))
}

// escaped decodes the escape that s begins with: \u003d, \x3d, \n, \" and their like.
// It returns no length if there is none.
func escaped(s string) (rune, int) {
	for _, e := range [...]struct {
		prefix string
		digits int
	}{{`\u`, 4}, {`\x`, 2}} {
		end := len(e.prefix) + e.digits
		if strings.HasPrefix(s, e.prefix) && len(s) >= end && allHex(s[len(e.prefix):end]) {
			return rune(hexValue(s[len(e.prefix):end])), end
		}
	}
	if len(s) < 2 {
		return 0, 0
	}
	switch s[1] {
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	case '"', '\'', '\\', '/':
		return rune(s[1]), 2
	}
	return 0, 0
}

// entities are those of XML, and numeric ones of the same signs.
var entities = map[string]rune{"&lt;": '<', "&gt;": '>', "&amp;": '&', "&quot;": '"', "&apos;": '\'', "&equals;": '=',
	"&#60;": '<', "&#62;": '>', "&#38;": '&', "&#34;": '"', "&#39;": '\'', "&#61;": '='}

// entity decodes the entity that s begins with.
func entity(s string) (rune, int) {
	end := strings.IndexByte(s[:min(len(s), len("&equals;"))], ';') + 1
	if r, ok := entities[s[:end]]; ok {
		return r, end
	}
	return utf8.RuneError, 0
}

func allHex(s string) bool {
	for i := range len(s) {
		if !hexByte(s[i]) {
			return false
		}
	}
	return true
}

// hexValue returns the number that hexadecimal digits write.
func hexValue(s string) int {
	n := 0
	for i := range len(s) {
		d := int(lower(s[i]) - '0')
		if d > 9 {
			d -= 'a' - '0' - 10
		}
		n = n<<4 | d
	}
	return n
}
