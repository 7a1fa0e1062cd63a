package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// progress tells on a terminal how far a scan is. Without a terminal it only
// counts.
type progress struct {
	files, bytes, found atomic.Int64
	total               int
	talk                io.Writer

	mu    sync.Mutex // the terminal, and shown
	shown int        // the length of the line that stands there
	ended chan struct{}
	group sync.WaitGroup
}

// startProgress begins to tell about total files, five times a second.
func startProgress(talk io.Writer, total int) *progress {
	p := &progress{total: total, talk: talk, ended: make(chan struct{})}
	if onTerminal(talk) {
		p.group.Go(p.run)
	}
	return p
}

func (p *progress) run() {
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-p.ended:
			p.show("")
			return
		case <-tick.C:
			p.show(fmt.Sprintf("%d of %s, %s, %s", p.files.Load(), amount(p.total, "file"), size(p.bytes.Load()), amount(int(p.found.Load()), "finding")))
		}
	}
}

// show puts a line in the place of the one that stands there.
func (p *progress) show(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	fmt.Fprint(p.talk, "\r"+strings.Repeat(" ", p.shown)+"\r"+line)
	p.shown = len(line)
}

// say writes a line that stays.
func (p *progress) say(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown > 0 {
		fmt.Fprint(p.talk, "\r"+strings.Repeat(" ", p.shown)+"\r")
		p.shown = 0
	}
	fmt.Fprintln(p.talk, line)
}

// stop clears the line and waits for the end.
func (p *progress) stop() {
	close(p.ended)
	p.group.Wait()
}

// onTerminal reports whether a stream of the program is a terminal.
func onTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && isTerminal(f)
}
