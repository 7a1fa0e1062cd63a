package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"github.com/readygate/readygate/internal/detect"
)

// Kinds of reports.
const (
	reportText  = "text"
	reportJSON  = "json"
	reportSARIF = "sarif"
)

// unscannable stands for the detector where a value could not be scanned.
const unscannable = "unscannable"

// finding is a line of the JSON report.
type finding struct {
	File string `json:"file"`
	// Line and Column are where it begins, the others where it ends, exclusive. They
	// count from 1. There are no columns in OTLP and in strings.
	Line      int `json:"line"`
	Column    int `json:"column,omitempty"`
	EndLine   int `json:"end_line,omitempty"`
	EndColumn int `json:"end_column,omitempty"`
	// Start and End are byte offsets in a JSON string.
	Start *int `json:"start,omitempty"`
	End   *int `json:"end,omitempty"`
	// Signal and Place say where it stands in OTLP.
	Signal     string `json:"signal,omitempty"`
	Place      string `json:"place,omitempty"`
	Detector   string `json:"detector"`
	Confidence string `json:"confidence"`
	Action     string `json:"action"`

	acts    bool
	summary string
}

// found is a finding without its place.
func found(f detect.Finding) finding {
	return finding{
		Detector: f.Detector.Name, Confidence: f.Confidence.String(), Action: f.Action.String(),
		acts: f.Acts(), summary: f.Detector.Summary,
	}
}

// told reports whether the finding is to be reported. What is not sure enough is
// so only if it is asked for.
func (f finding) told(possible bool) bool {
	return possible || f.Action != detect.Count.String()
}

// text is the finding as people read it.
func (f finding) text(explain bool) string {
	at := fmt.Sprintf("%s:%d", f.File, f.Line)
	switch {
	case f.Column > 0:
		at += fmt.Sprintf(":%d", f.Column)
	case f.Start != nil:
		at += fmt.Sprintf(": bytes %d to %d", *f.Start, *f.End)
	case f.Place != "":
		at += ": " + f.Signal + ", " + f.Place
	}
	line := fmt.Sprintf("%s: %s, %s: %s", at, f.Detector, f.Confidence, f.Action)
	if explain && f.summary != "" {
		line += " (" + f.summary + ")"
	}
	return line
}

// report takes the findings of a run in their order.
type report interface {
	add(f finding)
	// end writes what is left to write; complete says that all input was read.
	end(complete bool) error
}

// newReport returns a report of the kind that the options name.
func newReport(o scrubOptions, detectors []*detect.Detector, stdout, talk io.Writer) report {
	r := &lineReport{out: bufio.NewWriter(stdout)}
	switch o.report {
	case reportText:
		r.write = func(f finding) { fmt.Fprintln(r.out, f.text(o.explain)) }
		return r
	case reportSARIF:
		s := newSARIF(detectors, stdout)
		if o.explain {
			s.explain = talk
		}
		return s
	}
	encoder := json.NewEncoder(r.out)
	r.write = func(f finding) {
		_ = encoder.Encode(f) // an error stays until Flush
		if o.explain {
			fmt.Fprintln(talk, f.text(true))
		}
	}
	return r
}

// lineReport has a line for each finding.
type lineReport struct {
	out   *bufio.Writer
	write func(finding)
}

func (r *lineReport) add(f finding)  { r.write(f) }
func (r *lineReport) end(bool) error { return r.out.Flush() }
