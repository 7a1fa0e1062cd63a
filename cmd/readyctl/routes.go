package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"
)

// Formats of the list of templates.
const (
	routesText = "text"
	routesJSON = "json"
)

// maxExamples bounds --examples, maxTemplates --limit.
const (
	maxExamples  = 100
	maxTemplates = 1_000_000
)

// routesOptions are the flags of routes.
type routesOptions struct {
	format          string
	limit, examples int
	changed         bool
}

func newRoutesCommand() *cobra.Command {
	var o routesOptions
	cmd := &cobra.Command{
		Use:   "routes [FILE ...]",
		Short: "Show which endpoints the gateway makes of paths",
		Long: `Routes is the dry run of templating. The endpoint of a request is the route that its
span tells (http.route); where there is none, a template of the path, in which what
is likely to be data is replaced:

  /users/42/orders/2024-05-17?page=2    /users/{id}/orders/{date}

It lists each endpoint: how many requests have it (COUNT), and how many different
texts became it (DISTINCT). What is listed is what the label endpoint would hold.

Each line of the input, of files or of stdin, is one of these:
  a path, or a URL, such as /users/42 or https://example.com/users/42?page=2; what
  is neither, such as * or - in access logs, has the endpoint unknown
  OTLP JSON of traces, as the gateway writes it to data/traces.jsonl. SERVER spans
  with HTTP attributes count, for each service; others are left out, and counted

Nothing of the input but its templates and the spans' routes is shown. --examples N
shows N texts of each, which may hold personal data. Templates beyond --limit are
counted as other; so are different texts beyond the first million, then DISTINCT
ends with "+".

Exit code 0: all was read. 2: input or usage is wrong; then nothing is listed.`,
		Example: `  readyctl routes data/traces.jsonl
  readyctl routes --changed --examples 3 data/traces.jsonl
  awk '{print $7}' access.log | readyctl routes --format json`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{"-"}
			}
			if err := o.valid(args); err != nil {
				return usageError{err}
			}
			if slices.Contains(args, "-") && onTerminal(cmd.InOrStdin()) {
				fmt.Fprintln(cmd.ErrOrStderr(), "Reading paths, one a line.")
			}
			return interruptible(cmd.Context(), slices.Contains(args, "-"), func(ctx context.Context) error {
				return o.run(ctx, args, cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr())
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.format, "format", routesText, "text or json")
	f.IntVar(&o.limit, "limit", 10_000, "how many templates to tell apart")
	f.IntVar(&o.examples, "examples", 0, "show this many texts of each template, which may hold personal data")
	f.BoolVar(&o.changed, "changed", false, "list only what templating changed")
	return cmd
}

// valid reports everything that is wrong with the command line.
func (o *routesOptions) valid(paths []string) error {
	var errs []error
	if o.format != routesText && o.format != routesJSON {
		errs = append(errs, fmt.Errorf("--format: got %q, allowed: %s or %s", o.format, routesText, routesJSON))
	}
	if o.limit < 1 || o.limit > maxTemplates {
		errs = append(errs, fmt.Errorf("--limit: got %d, allowed: 1 to %d", o.limit, maxTemplates))
	}
	if o.examples < 0 || o.examples > maxExamples {
		errs = append(errs, fmt.Errorf("--examples: got %d, allowed: 0 to %d", o.examples, maxExamples))
	}
	for i, path := range paths {
		if path == "-" && slices.Contains(paths[:i], path) {
			errs = append(errs, errors.New("FILE: got - several times, allowed: once"))
			break
		}
	}
	return errors.Join(errs...)
}

// run reads all inputs, then writes the list.
func (o *routesOptions) run(ctx context.Context, paths []string, stdin io.Reader, stdout, talk io.Writer) error {
	r := routesReader{table: newRouteTable(o.limit, o.examples)}
	for _, path := range paths {
		r.file(ctx, path, stdin)
	}
	if ctx.Err() != nil {
		return errInterrupted
	}
	if err := r.err(); err != nil {
		return usageError{err}
	}
	if err := r.table.write(stdout, o.format, o.changed); err != nil {
		return err
	}
	r.summary(talk)
	return nil
}
