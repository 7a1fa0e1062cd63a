package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// Formats of the input.
const (
	formatLines = "lines"
	formatJSON  = "json"
	formatOTLP  = "otlp"
)

// scrubOptions are the flags of scrub.
type scrubOptions struct {
	format, report, output string
	exclude                []string
	explain, possible      bool
	policy                 policyFlags
}

func newScrubCommand() *cobra.Command {
	var o scrubOptions
	cmd := &cobra.Command{
		Use:   "scrub [PATH ...]",
		Short: "Take secrets and personal data out of files, directories or stdin",
		Long: `Scrub does what the gateway does, to files. Of stdin or of one file it writes the
text without its secrets and personal data. For a directory, or for several files,
it writes a report of what stands where:

  config/app.yaml:3:11: github, certain: mask

No report ever shows what was found. --output DIR writes scrubbed copies of all
files as well, if all could be read, and nothing otherwise.

Input is one of these (--format); OTLP JSON is recognised:
  lines  text. A file of up to 1 MiB is scanned as a whole; a larger one, and stdin,
         line by line, with private keys of several lines together
  json   each line is a JSON string, which may hold line breaks
  otlp   OTLP JSON of traces, logs, metrics or profiles, as the file exporter writes
         it. Policies for resources apply; fields that OTLP does not have go

In a directory, .git, symbolic links and binary files (with a NUL byte in the first
8 KiB, as UTF-16 has) are left out. A line with readygate:allow is not reported
there. Names of files are not scrubbed.

The policy is the default, a --preset, or the --policy of a file: that of a gateway
(its processor scrub), or a policy by itself. One of several processors is chosen
with FILE#scrub/name. The mode and the limits there do not count here.

Reports (--report): text; json, one object a line; sarif, for code scanning. Columns
count characters. With --format json, start and end count bytes of the string.

Exit code 0: nothing found. 1: something found that the policy does not leave as it
is. 2: input or usage is wrong; what could not be read is left out of the output.`,
		Example: `  kubectl logs deploy/checkout | readyctl scrub
  readyctl scrub --explain app.log > app.scrubbed.log
  readyctl scrub --policy gateway.yaml --output scrubbed recorded/*.json
  readyctl scrub --report sarif . > scrub.sarif   # in CI
  jq -c .body records.jsonl | readyctl scrub --format json --report json`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{"-"}
			}
			if err := o.valid(args); err != nil {
				return usageError{err}
			}
			set, err := o.policy.compile()
			if err != nil {
				return usageError{err}
			}
			c := &scrubCommand{scrubOptions: o, textScrubber: newTextScrubber(set), talk: cmd.ErrOrStderr()}
			return interruptible(cmd.Context(), slices.Contains(args, "-"), func(ctx context.Context) error {
				return c.run(ctx, args, cmd.InOrStdin(), cmd.OutOrStdout())
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.format, "format", "", "lines, json or otlp (default: lines, or otlp if the input begins like it)")
	f.StringVar(&o.report, "report", "", "write a report instead of text: text, json or sarif (default for directories and several files: text)")
	f.StringVar(&o.output, "output", "", "write scrubbed copies of the files below this directory")
	f.StringArrayVar(&o.exclude, "exclude", nil, "leave out files and directories by name or path below PATH, as in '*.min.js' or 'vendor'; may be given again")
	f.BoolVar(&o.explain, "explain", false, "tell what a detector looks for, and which files are left out")
	f.BoolVar(&o.possible, "possible", false, "report findings too that are not sure enough to be acted upon")
	o.policy.add(cmd)
	cmd.AddCommand(newScrubRulesCommand(), newScrubTestCommand())
	return cmd
}

// valid reports everything that is wrong with the flags.
func (o *scrubOptions) valid(paths []string) error {
	var errs []error
	oneOf := func(flag, given string, allowed ...string) {
		if given != "" && !slices.Contains(allowed, given) {
			last := len(allowed) - 1
			errs = append(errs, fmt.Errorf("--%s: got %q, allowed: %s or %s", flag, given, strings.Join(allowed[:last], ", "), allowed[last]))
		}
	}
	oneOf("format", o.format, formatLines, formatJSON, formatOTLP)
	oneOf("report", o.report, reportText, reportJSON, reportSARIF)
	for _, pattern := range o.exclude {
		if _, err := filepath.Match(pattern, ""); err != nil || pattern == "" {
			errs = append(errs, fmt.Errorf("--exclude: got %q, allowed: a pattern such as '*.min.js'", pattern))
		}
	}
	if o.output != "" && slices.Contains(paths, "-") {
		errs = append(errs, errors.New("--output: got stdin as input, allowed: files and directories"))
	}
	return errors.Join(errs...)
}

// errFound ends a run that found something; the report is the message.
var errFound = errors.New("")

// interruptible runs work until the context ends. Work that reads stdin cannot be
// woken, and is left behind.
func interruptible(ctx context.Context, stdin bool, work func(context.Context) error) error {
	done := make(chan error, 1)
	go func() { done <- work(ctx) }()
	if !stdin {
		return <-done
	}
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return errInterrupted
	}
}

var errInterrupted = errors.New("interrupted")

// scrubCommand is one run of scrub.
type scrubCommand struct {
	scrubOptions
	*textScrubber
	talk io.Writer
}

// run scrubs the paths: one as text, several as a report.
func (c *scrubCommand) run(ctx context.Context, paths []string, stdin io.Reader, stdout io.Writer) error {
	files, wrong := c.files(paths)
	if len(paths) == 1 && c.report == "" && c.output == "" && len(files) == 1 && !files[0].walked {
		return c.end(c.stream(ctx, files[0], stdin, stdout), wrong)
	}
	if c.report == "" {
		c.report = reportText
	}
	var copies *copies
	if c.output != "" {
		var err error
		if copies, err = newCopies(c.output, files); err != nil {
			return usageError{err}
		}
		defer copies.discard()
	}
	t := totals{wrong: wrong}
	c.scan(ctx, files, stdin, copies, newReport(c.scrubOptions, c.detectors(), stdout, c.talk), &t)
	if len(files) != 1 || files[0].walked {
		t.summary(c.talk)
	}
	if copies != nil && len(t.wrong) == 0 && t.err == nil {
		t.err = copies.commit()
	}
	return c.end(t, nil)
}

// end is how a run ends.
func (c *scrubCommand) end(t totals, wrong []error) error {
	switch wrong = append(wrong, t.wrong...); {
	case t.err != nil:
		return t.err
	case len(wrong) > 0:
		return usageError{errors.Join(wrong...)}
	case t.acted > 0:
		return errFound
	}
	return nil
}
