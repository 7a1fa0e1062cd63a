package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"path/filepath"

	"github.com/readygate/readygate/internal/detect"
)

// The parts of SARIF 2.1.0 (OASIS, sarif-v2.1.0-os) that a report has. Snippets, and
// anything else that quotes a file, are left out on purpose.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		ColumnKind  string            `json:"columnKind"`
		Results     []sarifResult     `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string       `json:"id"`
		ShortDescription sarifMessage `json:"shortDescription"`
		FullDescription  sarifMessage `json:"fullDescription"`
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
	sarifInvocation struct {
		ExecutionSuccessful bool `json:"executionSuccessful"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifMessage    `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifLocation struct {
		PhysicalLocation sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		ArtifactLocation sarifArtifact `json:"artifactLocation"`
		Region           sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
)

// sarif is a report for code scanning. It is written at the end, as a whole.
type sarif struct {
	run     sarifRun
	index   map[string]int // of a rule
	out     io.Writer
	explain io.Writer // nil if nothing is to be explained
}

func newSARIF(detectors []*detect.Detector, out io.Writer) *sarif {
	s := &sarif{out: out, index: map[string]int{}}
	s.run.ColumnKind = "unicodeCodePoints"
	s.run.Results = []sarifResult{}
	s.run.Tool.Driver = sarifDriver{Name: "readyctl", Version: version}
	rule := func(id, what, why string) {
		s.index[id] = len(s.run.Tool.Driver.Rules)
		s.run.Tool.Driver.Rules = append(s.run.Tool.Driver.Rules, sarifRule{id, sarifMessage{what}, sarifMessage{why}})
	}
	for _, d := range detectors {
		what := d.Summary
		if what == "" {
			what = d.Name
		}
		rule(d.Name, what, "Evidence: "+d.Evidence)
	}
	rule(unscannable, "text that could not be scanned", "It is replaced as a whole, because nobody knows what it holds")
	return s
}

func (s *sarif) add(f finding) {
	if s.explain != nil {
		fmt.Fprintln(s.explain, f.text(true))
	}
	rule := s.index[f.Detector]
	text := s.run.Tool.Driver.Rules[rule].ShortDescription.Text + ", " + f.Confidence + ": " + f.Action
	if f.Place != "" {
		text += ", in " + f.Place + " of " + f.Signal
	}
	level := "note"
	if f.acts {
		level = "error"
	}
	s.run.Results = append(s.run.Results, sarifResult{
		RuleID: f.Detector, RuleIndex: rule, Level: level, Message: sarifMessage{text},
		Locations: []sarifLocation{{sarifPhysical{
			sarifArtifact{fileURI(f.File)},
			sarifRegion{f.Line, f.Column, f.EndLine, f.EndColumn},
		}}},
	})
}

// fileURI returns the path as a URI: a relative one stays relative.
func fileURI(path string) string {
	if path == "-" {
		path = "stdin"
	}
	u := url.URL{Path: filepath.ToSlash(filepath.Clean(path))}
	if filepath.IsAbs(path) {
		u.Scheme = "file"
	}
	return u.String()
}

func (s *sarif) end(complete bool) error {
	s.run.Invocations = []sarifInvocation{{complete}}
	encoder := json.NewEncoder(s.out)
	encoder.SetIndent("", " ")
	return encoder.Encode(sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0", Runs: []sarifRun{s.run},
	})
}
