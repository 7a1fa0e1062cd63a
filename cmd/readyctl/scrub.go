package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/readygate/readygate/internal/detect"
)

// maxLine bounds one line of input, in bytes. A longer one is read to its end but
// not kept: it becomes a marker, as in the gateway.
const maxLine = 64 << 20

// Formats of the input.
const (
	formatLines = "lines"
	formatJSON  = "json"
)

func newScrubCommand() *cobra.Command {
	var c scrubCommand
	cmd := &cobra.Command{
		Use:   "scrub [FILE ...]",
		Short: "Take secrets and personal data out of files or stdin",
		Long: `Scrub writes its input to stdout without the secrets and personal data that the
gateway would take out. Input is read line by line, from the files or from stdin.

With --json the findings are written instead, one JSON object a line:

  {"file":"-","line":1,"start":5,"end":21,"detector":"payment_card","confidence":"likely"}

start and end count bytes of the value: of the line, or of the string that the
line encodes. No report ever shows what was found.

Exit code 0: nothing found. 1: something found. 2: input or usage is wrong; a
line that could not be read is left out of the output.`,
		Example: `  kubectl logs deploy/checkout | readyctl scrub
  readyctl scrub --explain app.log > app.scrubbed.log
  jq -c .body records.jsonl | readyctl scrub --format json --json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if c.format != formatLines && c.format != formatJSON {
				return usageError{fmt.Errorf("--format: got %q, allowed: %s or %s", c.format, formatLines, formatJSON)}
			}
			return c.run(args, cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&c.format, "format", formatLines, "lines: each line is a value; json: each line is a JSON string, which may hold line breaks")
	cmd.Flags().BoolVar(&c.json, "json", false, "write the findings, one JSON object a line, instead of the scrubbed text")
	cmd.Flags().BoolVar(&c.explain, "explain", false, "tell on stderr what was found where, how sure, and what became of it")
	cmd.Flags().BoolVar(&c.possible, "possible", false, "report findings too that are not sure enough to be acted upon")
	return cmd
}

// errFound ends a run that found something; the report is the message.
var errFound = errors.New("")

type scrubCommand struct {
	format                  string
	json, explain, possible bool

	scanner *detect.Scanner
	out     *bufio.Writer
	talk    io.Writer
	found   bool
	wrong   []error
}

// finding is what --json writes.
type finding struct {
	File       string `json:"file"`
	Line       int    `json:"line"`
	Start      int    `json:"start"`
	End        int    `json:"end"`
	Detector   string `json:"detector"`
	Confidence string `json:"confidence"`
}

func (c *scrubCommand) run(files []string, stdin io.Reader, stdout, stderr io.Writer) error {
	c.scanner, c.out, c.talk = detect.Default(), bufio.NewWriter(stdout), stderr
	if len(files) == 0 {
		files = []string{"-"}
	}
	for _, name := range files {
		if err := c.file(name, stdin); err != nil {
			c.wrong = append(c.wrong, err)
		}
	}
	if err := c.out.Flush(); err != nil {
		return err
	}
	if len(c.wrong) > 0 {
		return usageError{errors.Join(c.wrong...)}
	}
	if c.found {
		return errFound
	}
	return nil
}

// file scrubs one file; "-" is stdin.
func (c *scrubCommand) file(name string, stdin io.Reader) error {
	input := stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		input = f
	}
	in := bufio.NewReaderSize(input, 64<<10)
	for n := 1; ; n++ {
		line, end, tooLong, err := readLine(in)
		if err == nil || line != "" || tooLong {
			c.line(name, n, line, end, tooLong)
		}
		// Whoever waits for the other end of a pipe sees each line at once.
		if in.Buffered() == 0 {
			if err := c.out.Flush(); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
}

// readLine returns a line and its end ("\n", or nothing before the end of the
// input). A line over maxLine is skipped.
func readLine(in *bufio.Reader) (line, end string, tooLong bool, err error) {
	var b strings.Builder
	for {
		part, err := in.ReadSlice('\n')
		if b.Len()+len(part) > maxLine {
			tooLong = true
			b.Reset()
		}
		if !tooLong {
			b.Write(part)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		line, ended := strings.CutSuffix(b.String(), "\n")
		if ended || tooLong && err == nil {
			end = "\n"
		}
		return line, end, tooLong, err
	}
}

// line scrubs one line and writes what is asked for.
func (c *scrubCommand) line(name string, n int, line, end string, tooLong bool) {
	value := line
	if c.format == formatJSON && !tooLong {
		if strings.TrimSpace(line) == "" {
			c.write(line + end)
			return
		}
		if err := json.Unmarshal([]byte(line), &value); err != nil {
			c.wrong = append(c.wrong, fmt.Errorf("%s:%d: got no JSON string (%w), allowed: one JSON string a line, or --format %s", name, n, err, formatLines))
			return
		}
	}
	clean, findings, settled := "", []detect.Finding(nil), true
	if !tooLong {
		clean, findings, settled = c.scanner.Scrub(nil, 0, value)
	}
	for _, f := range findings {
		if f.Acts() || c.possible {
			c.report(finding{name, n, f.Start, f.End, f.Detector.Name, f.Confidence.String()}, f.Acts(), f.Detector.Summary)
		}
	}
	switch {
	case tooLong:
		clean = detect.Unscannable(detect.TooLarge)
		c.report(finding{name, n, 0, 0, "unscannable", string(detect.TooLarge)}, true, fmt.Sprintf("the line has more than %d bytes", maxLine))
	case !settled:
		c.report(finding{name, n, 0, len(value), "unscannable", string(detect.Unstable)}, true, "the value does not come to rest")
	}
	if c.format == formatJSON {
		clean = quote(clean)
	}
	c.write(clean + end)
}

// write writes scrubbed text, unless findings are asked for.
func (c *scrubCommand) write(text string) {
	if !c.json {
		_, _ = c.out.WriteString(text) // an error stays until Flush
	}
}

// report writes one finding, to stdout as JSON and to stderr in words.
func (c *scrubCommand) report(f finding, acts bool, summary string) {
	c.found = c.found || acts
	if c.json {
		line, err := json.Marshal(f)
		if err != nil {
			panic(err) // strings and numbers always marshal
		}
		_, _ = c.out.Write(append(line, '\n'))
	}
	if c.explain {
		became := "replaced"
		if !acts {
			became = "left: too unsure"
		}
		fmt.Fprintf(c.talk, "%s:%d: bytes %d to %d: %s, %s: %s (%s)\n", f.File, f.Line, f.Start, f.End, f.Detector, f.Confidence, became, summary)
	}
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
