package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
)

// pragma, in a line of a file in a directory, says that its findings are known.
const pragma = "readygate:allow"

// result is what a scan of one file tells.
type result struct {
	findings []finding
	bytes    int
	allowed  int // findings in lines with the pragma
	binary   bool
	err      error
}

// scan scrubs the files, several at a time, and reports and counts in their order. At
// most a few results per worker wait for their turn.
func (c *scrubCommand) scan(ctx context.Context, files []input, stdin io.Reader, copies *copies, to report, t *totals) {
	type job struct {
		input
		done chan result
	}
	workers := runtime.GOMAXPROCS(0)
	work, turns := make(chan *job), make(chan *job, 4*workers)
	p := startProgress(c.talk, len(files))
	var running sync.WaitGroup
	for range workers {
		running.Go(func() {
			for j := range work {
				j.done <- c.file(ctx, j.input, stdin, copies, p)
			}
		})
	}
	running.Go(func() {
		defer close(work)
		defer close(turns)
		for _, f := range files {
			j := &job{f, make(chan result, 1)}
			turns <- j
			work <- j
		}
	})
	for j := range turns {
		r := <-j.done
		t.files++
		t.bytes += int64(r.bytes)
		t.allowed += r.allowed
		if r.err != nil {
			t.wrong = append(t.wrong, r.err)
		}
		if r.binary {
			t.files--
			t.binary++
			if c.explain {
				p.say(j.name + ": left out, a binary file")
			}
		}
		before := t.acted
		for _, f := range r.findings {
			if f.acts {
				t.acted++
			}
			to.add(f)
		}
		if t.acted > before {
			t.with++
		}
		p.found.Store(int64(t.acted))
	}
	running.Wait()
	p.stop()
	t.err = ctx.Err()
	if t.err != nil {
		t.err = errInterrupted
	}
	t.err = errors.Join(t.err, to.end(len(t.wrong) == 0 && t.err == nil))
}

// file scrubs one file of several.
func (c *scrubCommand) file(ctx context.Context, f input, stdin io.Reader, copies *copies, p *progress) (r result) {
	defer func() { p.files.Add(1) }()
	if r.err = ctx.Err(); r.err != nil {
		r.err = nil // it is told once, for the whole run
		return r
	}
	in, closeIn, err := open(f, stdin)
	if err != nil {
		r.err = err
		return r
	}
	defer closeIn()
	buffered := bufio.NewReaderSize(&stopReader{in, ctx.Err}, 64<<10)
	if start, err := buffered.Peek(8 << 10); f.walked && bytes.IndexByte(start, 0) >= 0 {
		r.binary = true
		return r
	} else if err != nil && !errors.Is(err, io.EOF) {
		r.err = fmt.Errorf("%s: %w", f.name, err)
		return r
	}
	out := bufio.NewWriter(io.Discard)
	if copies != nil {
		file, err := copies.create(f)
		if err != nil {
			r.err = err
			return r
		}
		defer func() { r.err = errors.Join(r.err, out.Flush(), file.Close()) }()
		out.Reset(file)
	}
	r.err = c.input(f, buffered, sink{
		name:  f.name,
		write: func(text string) { _, _ = out.WriteString(text) }, // an error stays until Flush
		idle:  func() {},
		read: func(n int) {
			r.bytes += n
			p.bytes.Add(int64(n))
		},
		found: func(found finding, line string) {
			if f.walked && strings.Contains(line, pragma) {
				r.allowed++
				return
			}
			if found.told(c.possible) {
				found.File = f.name
				r.findings = append(r.findings, found)
			}
		},
	})
	return r
}

// stream scrubs one input and writes what becomes of it.
func (c *scrubCommand) stream(ctx context.Context, f input, stdin io.Reader, stdout io.Writer) (t totals) {
	in, closeIn, err := open(f, stdin)
	if err != nil {
		t.wrong = append(t.wrong, err)
		return t
	}
	defer closeIn()
	out := bufio.NewWriter(stdout)
	// A broken pipe ends the work where it is noticed.
	stopped := &stopReader{in, func() error { return errors.Join(t.err, ctx.Err()) }}
	err = c.input(f, bufio.NewReaderSize(stopped, 64<<10), sink{
		name: f.name,
		write: func(text string) {
			if _, err := out.WriteString(text); err != nil {
				t.err = err
			}
		},
		// Whoever waits for the other end of a pipe sees each line at once.
		idle: func() {
			if err := out.Flush(); err != nil {
				t.err = err
			}
		},
		read: func(int) {},
		found: func(found finding, _ string) {
			if !found.told(c.possible) {
				return
			}
			if found.acts {
				t.acted++
			}
			if c.explain {
				found.File = f.name
				fmt.Fprintln(c.talk, found.text(true))
			}
		},
	})
	if flushed := out.Flush(); t.err == nil {
		t.err = flushed
	}
	if ctx.Err() != nil {
		t.err = errInterrupted
	}
	if err != nil && t.err == nil {
		t.wrong = append(t.wrong, err)
	}
	return t
}

// stopReader ends when the work cannot go on.
type stopReader struct {
	io.Reader
	failed func() error
}

func (r *stopReader) Read(b []byte) (int, error) {
	if err := r.failed(); err != nil {
		return 0, err
	}
	return r.Reader.Read(b)
}

// open opens an input.
func open(f input, stdin io.Reader) (io.Reader, func(), error) {
	if f.path == "-" {
		return stdin, func() {}, nil
	}
	file, err := os.Open(f.path)
	if err != nil {
		return nil, nil, err
	}
	return file, func() { _ = file.Close() }, nil // it was only read
}
