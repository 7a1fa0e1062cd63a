// Package process runs parts of a program in processes of their own, so that
// their CPU time and their heap are measured apart, and asks them questions, a
// line of JSON each.
package process

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"

	"golang.org/x/sys/unix"
)

// ready is what a process says when it takes questions.
const ready = "ready"

// Process is another process of this program. It is for one goroutine at a time.
type Process struct {
	// Name is what errors call it.
	Name string

	process *exec.Cmd
	stdin   io.WriteCloser
	answers *bufio.Scanner
}

// Launch starts this program anew with args and the given GOGC, and waits until
// it takes questions. The caller stops it.
func Launch(ctx context.Context, name string, args []string, gogc int, stderr io.Writer) (*Process, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p := &Process{Name: name, process: exec.CommandContext(ctx, program, args...)}
	p.process.Env = append(os.Environ(), "GOGC="+strconv.Itoa(gogc))
	p.process.Stderr = stderr
	if p.stdin, err = p.process.StdinPipe(); err != nil {
		return nil, err
	}
	stdout, err := p.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.answers = bufio.NewScanner(stdout)
	if err := p.process.Start(); err != nil {
		return nil, err
	}
	if !p.answers.Scan() || p.answers.Text() != ready {
		return nil, errors.Join(fmt.Errorf("%s: did not start", name), p.Stop())
	}
	return p, nil
}

// Ask sends a question and decodes the answer into answer, a pointer.
func (p *Process) Ask(question, answer any) error {
	line, err := json.Marshal(question)
	if err != nil {
		return fmt.Errorf("%s: %w", p.Name, err)
	}
	if _, err := p.stdin.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("%s: %w", p.Name, err)
	}
	if !p.answers.Scan() {
		return fmt.Errorf("%s: no answer", p.Name)
	}
	if err := json.Unmarshal(p.answers.Bytes(), answer); err != nil {
		return fmt.Errorf("%s: %w", p.Name, err)
	}
	return nil
}

// Stop ends the process and waits for it.
func (p *Process) Stop() error {
	errs := []error{p.stdin.Close()}
	if err := p.process.Wait(); err != nil {
		errs = append(errs, fmt.Errorf("%s: %w", p.Name, err))
	}
	return errors.Join(errs...)
}

// Serve is the other end of Ask: it says that it is ready, and answers each line
// on stdin with what answer returns for it. It ends when stdin does, or with the
// first error.
func Serve[Q any](stdin io.Reader, stdout io.Writer, answer func(Q) (any, error)) error {
	if _, err := fmt.Fprintln(stdout, ready); err != nil {
		return err
	}
	questions := bufio.NewScanner(stdin)
	answers := json.NewEncoder(stdout)
	for questions.Scan() {
		var question Q
		if err := json.Unmarshal(questions.Bytes(), &question); err != nil {
			return fmt.Errorf("question %q: %w", questions.Text(), err)
		}
		reply, err := answer(question)
		if err != nil {
			return err
		}
		if err := answers.Encode(reply); err != nil {
			return err
		}
	}
	return questions.Err()
}

// CPU returns the seconds of CPU, user and system, that this process has used.
func CPU() (float64, error) {
	var usage unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &usage); err != nil {
		return 0, fmt.Errorf("getrusage: %w", err)
	}
	return seconds(usage.Utime) + seconds(usage.Stime), nil
}

func seconds(t unix.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
