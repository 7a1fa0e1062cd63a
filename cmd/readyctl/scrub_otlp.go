package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"

	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/pprofile"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/internal/detect"
	"github.com/readygate/readygate/internal/leaf"
	"github.com/readygate/readygate/internal/scrub"
)

// otlpStart is how OTLP JSON begins.
var otlpStart = regexp.MustCompile(`^\s*\{\s*"resource(Spans|Logs|Metrics|Profiles)"\s*:`)

// The gateway's defaults for the size of a value, in bytes, and its depth.
const (
	otlpValue = 1 << 20
	otlpDepth = 32
)

// signals are the kinds of OTLP requests, by the key that a request has.
var signals = []struct {
	key, name string
	scrub     func(w *leaf.Walker, request []byte) ([]byte, error)
}{
	{"resourceSpans", "traces", func(w *leaf.Walker, b []byte) ([]byte, error) {
		td, err := new(ptrace.JSONUnmarshaler).UnmarshalTraces(b)
		if err != nil {
			return nil, err
		}
		w.Traces(td)
		return new(ptrace.JSONMarshaler).MarshalTraces(td)
	}},
	{"resourceLogs", "logs", func(w *leaf.Walker, b []byte) ([]byte, error) {
		ld, err := new(plog.JSONUnmarshaler).UnmarshalLogs(b)
		if err != nil {
			return nil, err
		}
		w.Logs(ld)
		return new(plog.JSONMarshaler).MarshalLogs(ld)
	}},
	{"resourceMetrics", "metrics", func(w *leaf.Walker, b []byte) ([]byte, error) {
		md, err := new(pmetric.JSONUnmarshaler).UnmarshalMetrics(b)
		if err != nil {
			return nil, err
		}
		w.Metrics(md)
		return new(pmetric.JSONMarshaler).MarshalMetrics(md)
	}},
	{"resourceProfiles", "profiles", func(w *leaf.Walker, b []byte) ([]byte, error) {
		pd, err := new(pprofile.JSONUnmarshaler).UnmarshalProfiles(b)
		if err != nil {
			return nil, err
		}
		w.Profiles(pd)
		return new(pprofile.JSONMarshaler).MarshalProfiles(pd)
	}},
}

// otlp scrubs requests in OTLP JSON as the processor does. Each is written on a line
// of its own. It goes on after one that it does not understand, but not after
// broken JSON, behind which nobody knows where the next one begins.
func (s *textScrubber) otlp(in io.Reader, to sink) error {
	lines := &lineCounter{in: in, line: 1}
	decoder := json.NewDecoder(lines)
	r := &otlpReporter{to: to}
	w := scrub.NewWalker(scrub.Options{
		Policies: s.set, Enforce: true, MaxValueBytes: otlpValue, MaxDepth: otlpDepth, Scan: (*detect.Scanner).Scrub,
	}, r)
	var wrong []error
	for {
		var request json.RawMessage
		lines.budget = maxLine
		if err := decoder.Decode(&request); errors.Is(err, io.EOF) {
			return errors.Join(wrong...)
		} else if err != nil {
			return errors.Join(append(wrong, fmt.Errorf("%s:%d: got broken JSON in the request that begins here (%w), allowed: OTLP JSON, or --format %s", to.name, lines.after(decoder.InputOffset()), err, formatLines))...)
		}
		to.read(len(request))
		r.line = lines.at(decoder.InputOffset() - int64(len(request)))
		clean, err := s.request(w, r, request)
		switch {
		case err != nil:
			wrong = append(wrong, fmt.Errorf("%s:%d: %w", to.name, r.line, err))
		case string(clean) != "{}": // all of its records were dropped
			to.write(string(clean) + "\n")
		}
		to.idle()
	}
}

// request scrubs one request.
func (s *textScrubber) request(w *leaf.Walker, r *otlpReporter, request []byte) ([]byte, error) {
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(request, &keys); err == nil {
		for _, signal := range signals {
			if keys[signal.key] == nil {
				continue
			}
			r.signal = signal.name
			clean, err := signal.scrub(w, request)
			if err != nil {
				// The error may quote the request.
				return nil, fmt.Errorf("got no OTLP of %s under %s, allowed: a request as the file exporter writes it", signal.name, signal.key)
			}
			return clean, nil
		}
	}
	return nil, errors.New("got JSON without resourceSpans, resourceLogs, resourceMetrics and resourceProfiles, allowed: OTLP JSON, or --format " + formatLines)
}

// otlpReporter tells what is found in the request of a line.
type otlpReporter struct {
	to     sink
	line   int
	signal string
}

// Scanned implements scrub.Reporter.
func (r *otlpReporter) Scanned(int) {}

// Found implements scrub.Reporter.
func (r *otlpReporter) Found(at leaf.Place, f detect.Finding) {
	found := found(f)
	found.Line, found.Signal, found.Place = r.line, r.signal, at.String()
	r.to.found(found, "")
}

// Unscannable implements scrub.Reporter.
func (r *otlpReporter) Unscannable(at leaf.Place, reason detect.Reason) {
	r.to.found(finding{
		Line: r.line, Signal: r.signal, Place: at.String(),
		Detector: unscannable, Confidence: string(reason), Action: detect.Mask.String(), acts: true,
	}, "")
}

// Panicked implements scrub.Reporter.
func (r *otlpReporter) Panicked() {}

// lineCounter knows the line of each offset that was read and not asked beyond.
type lineCounter struct {
	in     io.Reader
	offset int64
	// breaks are the offsets of line breaks, line is the one before the first.
	breaks []int64
	line   int
	// budget is how much may be read still: it bounds one request.
	budget int
}

var errTooLarge = fmt.Errorf("a request of more than %d MiB", maxLine>>20)

func (l *lineCounter) Read(b []byte) (int, error) {
	n, err := l.in.Read(b)
	for at := 0; ; at++ {
		i := bytes.IndexByte(b[at:n], '\n')
		if i < 0 {
			break
		}
		at += i
		l.breaks = append(l.breaks, l.offset+int64(at))
	}
	l.offset += int64(n)
	if l.budget -= n; l.budget < 0 && err == nil {
		err = errTooLarge
	}
	return n, err
}

// at returns the line of an offset, which must not lie before the last one.
func (l *lineCounter) at(offset int64) int {
	for len(l.breaks) > 0 && l.breaks[0] < offset {
		l.breaks = l.breaks[1:]
		l.line++
	}
	return l.line
}

// after returns the line of what follows the end of a line at an offset.
func (l *lineCounter) after(offset int64) int {
	line := l.at(offset)
	for _, at := range l.breaks {
		if at != offset {
			break
		}
		line, offset = line+1, offset+1
	}
	return line
}
