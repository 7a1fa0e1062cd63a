package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// input scrubs one input in the format that it has.
func (c *scrubCommand) input(f input, in *bufio.Reader, to sink) error {
	switch whole := f.mode.IsRegular() && f.path != "-" && f.size <= maxWhole; {
	case c.format == formatOTLP:
		return c.otlp(in, to)
	case c.format == formatJSON:
		return c.json(in, to)
	case whole:
		return c.small(f, in, to)
	case c.format == "" && beginsOTLP(in):
		return c.otlp(in, to)
	}
	return c.lines(in, to)
}

// beginsOTLP reports whether what has arrived of an input begins like OTLP. Waiting
// for more would hold a pipe up.
func beginsOTLP(in *bufio.Reader) bool {
	if _, err := in.Peek(1); err != nil {
		return false
	}
	start, _ := in.Peek(in.Buffered())
	return otlpStart.Match(start)
}

// small scrubs a file of at most maxWhole bytes.
func (c *scrubCommand) small(f input, in *bufio.Reader, to sink) error {
	var b strings.Builder
	b.Grow(int(f.size))
	if _, err := io.Copy(&b, io.LimitReader(in, maxWhole+1)); err != nil {
		return fmt.Errorf("%s: %w", f.name, err)
	}
	text := b.String()
	switch {
	case len(text) > maxWhole: // it has grown
		return c.lines(bufio.NewReader(io.MultiReader(strings.NewReader(text), in)), to)
	case c.format != "" || !otlpStart.MatchString(text):
		return c.whole(text, to)
	case f.walked && c.output == "" && c.wholeOTLP(text, to):
		return nil
	case f.walked && c.output == "":
		return c.whole(text, to) // a report on a repository with test data
	}
	return c.otlp(strings.NewReader(text), to)
}

// wholeOTLP scrubs a text as OTLP. If it only begins like it, nothing is told.
func (c *scrubCommand) wholeOTLP(text string, to sink) bool {
	var events []func()
	err := c.otlp(strings.NewReader(text), sink{
		name:  to.name,
		write: func(text string) { events = append(events, func() { to.write(text) }) },
		found: func(f finding, line string) { events = append(events, func() { to.found(f, line) }) },
		idle:  func() {},
		read:  func(int) {},
	})
	if err != nil {
		return false
	}
	to.read(len(text))
	for _, tell := range events {
		tell()
	}
	return true
}
