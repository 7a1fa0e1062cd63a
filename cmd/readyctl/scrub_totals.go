package main

import (
	"fmt"
	"io"
)

// totals are what a run tells.
type totals struct {
	files, binary, allowed, acted, with int
	bytes                               int64
	wrong                               []error // inputs that could not be read
	err                                 error   // the run could not be finished
}

// summary tells the totals in a line.
func (t totals) summary(talk io.Writer) {
	line := fmt.Sprintf("%s, %s: ", amount(t.files, "file"), size(t.bytes))
	if t.acted == 0 {
		line += "nothing found"
	} else {
		line += fmt.Sprintf("%s in %s", amount(t.acted, "finding"), amount(t.with, "file"))
	}
	if t.allowed > 0 {
		line += fmt.Sprintf("; %d allowed by %s", t.allowed, pragma)
	}
	if t.binary > 0 {
		line += fmt.Sprintf("; %s left out", amount(t.binary, "binary file"))
	}
	fmt.Fprintln(talk, line)
}

func amount(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func size(bytes int64) string {
	if bytes < 1e6 {
		return fmt.Sprintf("%.1f kB", float64(bytes)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}
