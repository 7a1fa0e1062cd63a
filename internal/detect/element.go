package detect

import "strings"

// maxElement bounds the opening tag of an XML element, in bytes.
const maxElement = 512

// element looks at the XML element whose opening tag ends with the '>' at i:
// <password>x</password>, with a prefix, with attributes, with CDATA.
func (p *pass) element(i int) {
	text := p.text
	if i < p.assigned || i == 0 || text[i-1] == '/' || text[i-1] == '-' || text[i-1] == '=' {
		return
	}
	open := strings.LastIndexByte(text[max(0, i-maxElement):i], '<')
	if open < 0 {
		return
	}
	open += max(0, i-maxElement) + 1
	name := text[open : open+elementName(text[open:i])]
	if name == "" {
		return
	}
	class := p.scanner.Key(name[strings.LastIndexByte(name, ':')+1:])
	if !class.Sensitive() {
		class = p.scanner.Key(p.elementNamed(open, i))
	}
	if !class.Sensitive() {
		return
	}
	v := assigned{start: i + 1, end: len(text), delimiter: "<"}
	if rest := strings.TrimLeft(text[v.start:], " \t\r\n"); strings.HasPrefix(rest, cdata) {
		v.start = len(text) - len(rest) + len(cdata)
		if n := strings.Index(text[v.start:], "]]>"); n >= 0 {
			v.end = v.start + n
		}
	} else if n := strings.IndexByte(text[v.start:], '<'); n >= 0 {
		v.end = v.start + n
	}
	for v.start < v.end && has(text[v.start], isSpace) {
		v.start++
	}
	for v.end > v.start && has(text[v.end-1], isSpace) {
		v.end--
	}
	if v.end > v.start {
		p.assign(v, class)
	}
}

// elementNamed returns the name that an element bears which says nothing itself: that of
// its attribute, as in <property name="x">, or that of the element before it, as in
// <name>x</name><value> and <key>x</key><string>.
func (p *pass) elementNamed(open, end int) string {
	tag := p.text[open:end]
	for _, label := range [...]string{` name="`, ` key="`, ` name='`, ` key='`} {
		if at := strings.Index(tag, label); at >= 0 {
			at += len(label)
			return tag[at : at+nameEnd(tag[at:])]
		}
	}
	if tag != "value" && tag != "string" {
		return ""
	}
	before := strings.TrimRight(p.text[max(0, open-maxPair):open-1], " \t\r\n")
	for _, closing := range [...]string{"</name>", "</key>"} {
		if inner, closed := strings.CutSuffix(before, closing); closed {
			return inner[strings.LastIndexByte(inner, '>')+1:]
		}
	}
	return ""
}

const cdata = "<![CDATA["

// elementName returns the length of the name that the opening tag begins with.
func elementName(tag string) int {
	n := 0
	for n < len(tag) && (has(tag[n], isWord|isDash) || tag[n] == ':') {
		n++
	}
	if n < len(tag) && !has(tag[n], isSpace) {
		return 0
	}
	return n
}
