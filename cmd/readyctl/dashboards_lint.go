package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/readygate/readygate/dashboards/lint"
	"github.com/readygate/readygate/internal/spell"
)

func newDashboardsLintCommand() *cobra.Command {
	var c dashboardsLint
	cmd := &cobra.Command{
		Use:   "lint FILE|DIR|-...",
		Short: "Find what makes a dashboard hard to read, or wrong",
		Long: `Lint reads dashboards of Grafana, anybody's: classic JSON, what Grafana's API wraps
around it, and schema v2. Of a directory it reads all files *.json below it; - is
stdin. Each finding names file, line, column, panel, and the place in the JSON.

Exit code 1 means that there is a finding as bad as --fail-on or worse.

What is looked for:

` + lintRules(),
		Example: `  readyctl dashboards lint dashboards/*.json
  readyctl dashboards lint --fail-on error --ignore timezone --format json dashboards
  curl -s "$GRAFANA/api/dashboards/uid/abc" | readyctl dashboards lint -`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("dashboards lint: got no file, allowed: files, directories, or - for stdin")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.run(args, cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&c.format, "format", "text", "of the findings: text, json")
	cmd.Flags().StringVar(&c.failOn, "fail-on", string(lint.Warning), "the least severity of a finding that makes the exit code 1: "+severities())
	cmd.Flags().StringSliceVar(&c.ignore, "ignore", nil, "a rule that is not looked for; may be given again")
	return cmd
}

// lintRules is a table of all rules.
func lintRules() string {
	var text strings.Builder
	for _, r := range lint.Rules() {
		fmt.Fprintf(&text, "  %-16s %-8s %s\n", r.ID, r.Severity, r.About)
	}
	return text.String()
}

func severities() string {
	var names []string
	for _, s := range lint.Severities() {
		names = append(names, string(s))
	}
	return strings.Join(names, ", ")
}

type dashboardsLint struct {
	format, failOn string
	ignore         []string
}

func (c dashboardsLint) check() error {
	var wrong []error
	if c.format != "text" && c.format != "json" {
		wrong = append(wrong, fmt.Errorf("--format: got %q, allowed: json, text", c.format))
	}
	if !slices.Contains(lint.Severities(), lint.Severity(c.failOn)) {
		wrong = append(wrong, fmt.Errorf("--fail-on: got %q, allowed: %s", c.failOn, severities()))
	}
	var known []string
	for _, r := range lint.Rules() {
		known = append(known, r.ID)
	}
	for _, rule := range c.ignore {
		if slices.Contains(known, rule) {
			continue
		}
		hint := ""
		if meant := spell.Nearest(rule, known); meant != "" {
			hint = fmt.Sprintf("; did you mean %q?", meant)
		}
		wrong = append(wrong, fmt.Errorf("--ignore: got %q, allowed: the rules that --help lists%s", rule, hint))
	}
	return errors.Join(wrong...)
}

func (c dashboardsLint) run(args []string, stdin io.Reader, stdout, talk io.Writer) error {
	files, err := dashboardFilesOf(args)
	if err := errors.Join(c.check(), err); err != nil {
		return usageError{err}
	}
	found := []lint.Finding{} // JSON has an empty list, not null
	var unread []error
	for _, path := range files {
		text, err := readDashboard(path, stdin)
		if err != nil {
			unread = append(unread, err)
			continue
		}
		found = append(found, lint.Dashboard(path, text)...)
	}
	found = slices.DeleteFunc(found, func(f lint.Finding) bool { return slices.Contains(c.ignore, f.Rule) })
	if c.format == "json" {
		encoder := json.NewEncoder(stdout)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(found); err != nil {
			return err
		}
	} else {
		for _, f := range found {
			fmt.Fprintln(stdout, f)
		}
	}
	if err := errors.Join(unread...); err != nil {
		return usageError{err}
	}
	bad := 0
	for _, f := range found {
		if f.Severity.AtLeast(lint.Severity(c.failOn)) {
			bad++
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d findings in %d files, %d of them of severity %s or worse", len(found), len(files), bad, c.failOn)
	}
	fmt.Fprintf(talk, "%d findings in %d files, none of severity %s or worse\n", len(found), len(files), c.failOn)
	return nil
}

// dashboardFilesOf are the files that arguments name, with those below directories.
func dashboardFilesOf(args []string) ([]string, error) {
	var files []string
	var errs []error
	for _, arg := range args {
		info, err := os.Stat(arg)
		if arg == "-" || err != nil || !info.IsDir() {
			files = append(files, arg) // what cannot be read is told when it is
			continue
		}
		count := len(files)
		errs = append(errs, filepath.WalkDir(arg, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.Type().IsRegular() && filepath.Ext(path) == ".json" {
				files = append(files, path)
			}
			return err
		}))
		if len(files) == count {
			errs = append(errs, fmt.Errorf("%s: got a directory without files *.json, allowed: one with dashboards", arg))
		}
	}
	return files, errors.Join(errs...)
}

// largestDashboard is how much is read of a file. Grafana's own limit is far below.
const largestDashboard = 64 << 20

func readDashboard(path string, stdin io.Reader) ([]byte, error) {
	in := stdin
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, largestDashboard+1))
	if err == nil && len(text) > largestDashboard {
		err = fmt.Errorf("%s: got more than %d bytes, allowed: dashboards", path, largestDashboard)
	}
	return text, err
}
