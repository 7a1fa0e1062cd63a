package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/readygate/readygate/internal/detect"
	"github.com/readygate/readygate/internal/leaf"
	"github.com/readygate/readygate/internal/policy"
)

// maxLine bounds one line of input, in bytes. A longer one is read to its end but
// not kept: it becomes a marker, as in the gateway.
const maxLine = 64 << 20

// maxWhole is the size, in bytes, up to which a file is scanned as one value.
const maxWhole = 1 << 20

// textScrubber scrubs text by the policy for all resources, as the body of a log
// record. It is safe for concurrent use.
type textScrubber struct {
	set     *policy.Set
	scanner *detect.Scanner
	rules   *detect.Rules
}

func newTextScrubber(set *policy.Set) *textScrubber {
	p := set.Default()
	return &textScrubber{set, p.Scanner, p.Rules(int(leaf.LogBody))}
}

// detectors returns the detectors of all policies.
func (s *textScrubber) detectors() []*detect.Detector {
	var all []*detect.Detector
	seen := map[string]bool{}
	for _, p := range s.set.Policies() {
		for _, d := range p.Scanner.Detectors() {
			if !seen[d.Name] {
				seen[d.Name] = true
				all = append(all, d)
			}
		}
	}
	return all
}

// sink takes what becomes of one input. Its methods are called in order.
type sink struct {
	name string
	// write takes scrubbed text, found what was found in it. line is the line in
	// which a finding begins, without what was scrubbed; empty where there is none.
	write func(text string)
	found func(f finding, line string)
	// idle is called when nothing more can be read without waiting.
	idle func()
	// read is called with the size of what was read.
	read func(bytes int)
}

// whole scrubs a text as one value, or line by line if it cannot be scanned as one,
// or if all of it would go for what a line holds.
func (s *textScrubber) whole(text string, to sink) error {
	clean, findings, reason := s.scanner.Scrub(nil, detect.Value{Text: text}, s.rules)
	if reason != "" || slices.ContainsFunc(findings, func(f detect.Finding) bool { return f.Action >= detect.DropValue }) {
		return s.lines(bufio.NewReader(strings.NewReader(text)), to)
	}
	to.read(len(text))
	to.value(text, 1, findings)
	to.write(clean)
	return nil
}

// lines scrubs text line by line.
func (s *textScrubber) lines(in *bufio.Reader, to sink) error {
	for n := 1; ; {
		text, end, lines, tooLong, err := readBlock(in)
		if err == nil || text != "" || tooLong {
			to.read(len(text) + len(end))
			switch clean, findings, reason := s.scanner.Scrub(nil, detect.Value{Text: text}, s.rules); {
			case tooLong:
				to.unscannable(n, detect.TooLarge)
				to.write(detect.Unscannable(detect.TooLarge) + end)
			case reason != "":
				to.unscannable(n, reason)
				to.write(clean + end)
			default:
				to.value(text, n, findings)
				to.write(clean + end)
			}
		}
		n += lines
		if in.Buffered() == 0 {
			to.idle()
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", to.name, n, err)
		}
	}
}

// json scrubs lines that are JSON strings. It goes on after one that is none.
func (s *textScrubber) json(in *bufio.Reader, to sink) error {
	var wrong []error
	for n := 1; ; n++ {
		line, end, tooLong, err := readLine(in)
		var value string
		switch {
		case tooLong:
			to.unscannable(n, detect.TooLarge)
			to.write(quote(detect.Unscannable(detect.TooLarge)) + end)
		case strings.TrimSpace(line) == "":
			to.write(line + end)
		default:
			to.read(len(line) + len(end))
			if err := json.Unmarshal([]byte(line), &value); err != nil {
				wrong = append(wrong, fmt.Errorf("%s:%d: got no JSON string, allowed: one JSON string a line, or --format %s", to.name, n, formatLines))
				break
			}
			clean, findings, reason := s.scanner.Scrub(nil, detect.Value{Text: value}, s.rules)
			if reason != "" {
				to.unscannable(n, reason)
			} else {
				for _, f := range findings {
					r := found(f)
					r.Line, r.Start, r.End = n, &f.Start, &f.End
					to.found(r, "")
				}
			}
			to.write(quote(clean) + end)
		}
		if in.Buffered() == 0 {
			to.idle()
		}
		if err != nil && !errors.Is(err, io.EOF) {
			wrong = append(wrong, fmt.Errorf("%s:%d: %w", to.name, n, err))
		}
		if err != nil {
			return errors.Join(wrong...)
		}
	}
}

// value tells the findings in a text that begins at a line.
func (to sink) value(text string, line int, findings []detect.Finding) {
	at, start := 0, 0 // how far lines are counted, and where the last one begins
	place := func(offset int) (int, int) {
		for {
			i := strings.IndexByte(text[at:offset], '\n')
			if i < 0 {
				at = offset
				return line, utf8.RuneCountInString(text[start:offset]) + 1
			}
			at += i + 1
			line, start = line+1, at
		}
	}
	for _, f := range findings {
		r := found(f)
		r.Line, r.Column = place(f.Start)
		whole, _, _ := strings.Cut(text[start:], "\n")
		r.EndLine, r.EndColumn = place(f.End)
		to.found(r, whole)
	}
}

// unscannable tells that a value could not be scanned, and is replaced.
func (to sink) unscannable(line int, reason detect.Reason) {
	to.found(finding{Line: line, Detector: unscannable, Confidence: string(reason), Action: detect.Mask.String(), acts: true}, "")
}

// quote encodes a value as the JSON string that it came from.
func quote(value string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		panic(err) // a string always encodes
	}
	return strings.TrimSuffix(b.String(), "\n")
}
