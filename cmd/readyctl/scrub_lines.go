package main

import (
	"bufio"
	"errors"
	"strings"
)

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

// Private keys stand on several lines. What begins one is read to its end, or to
// these limits, so that a key that was cut off holds nothing up for long.
const (
	maxBlock      = 64 << 10
	maxBlockLines = 512
)

// readBlock is readLine, but returns the lines of a private key together. lines is
// their number.
func readBlock(in *bufio.Reader) (text, end string, lines int, tooLong bool, err error) {
	text, end, tooLong, err = readLine(in)
	closed := blockEnd(text)
	if closed == nil || err != nil {
		return text, end, 1, tooLong, err
	}
	var b strings.Builder
	b.WriteString(text)
	for lines = 1; err == nil && lines < maxBlockLines && b.Len() < maxBlock; lines++ {
		var line string
		b.WriteString(end)
		line, end, tooLong, err = readLine(in)
		b.WriteString(line)
		if tooLong || closed(line) {
			lines++
			break
		}
	}
	return b.String(), end, lines, tooLong, err
}

// blockEnd returns what tells the last line of a private key, if the line begins one
// and does not end it.
func blockEnd(line string) func(string) bool {
	const label = "PRIVATE KEY"
	if begin := strings.LastIndex(line, "BEGIN "); begin >= 0 && strings.Contains(line[begin:], label) {
		ends := func(l string) bool { return strings.Contains(l, "END ") && strings.Contains(l, label) }
		if ends(line[begin:]) {
			return nil
		}
		return ends
	}
	if strings.Contains(line, "PuTTY-User-Key-File-") {
		return func(l string) bool { return strings.Contains(l, "Private-MAC:") }
	}
	return nil
}
