package main

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"time"
)

// runQueue tells how long a thread was ready to run and had no CPU, as Linux
// counts it: Documentation/scheduler/sched-stats.rst.
type runQueue struct {
	*os.File

	buffer [128]byte
}

// openRunQueue opens that of the calling thread, which the caller has locked.
func openRunQueue() (*runQueue, error) {
	file, err := os.Open("/proc/thread-self/schedstat")
	return &runQueue{File: file}, err
}

// waited returns the sum so far.
func (q *runQueue) waited() (time.Duration, error) {
	n, err := q.ReadAt(q.buffer[:], 0)
	if n == 0 {
		return 0, err
	}
	fields := bytes.Fields(q.buffer[:n])
	if len(fields) != 3 {
		return 0, fmt.Errorf("%s: got %q", q.Name(), q.buffer[:n])
	}
	nanoseconds, err := strconv.ParseInt(string(fields[1]), 10, 64)
	return time.Duration(nanoseconds), err
}
