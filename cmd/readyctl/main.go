// Readyctl turns one description of your services into what watches them, and
// tries the gateway's parts on the command line. It links no Collector component.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// Exit codes of every command.
const (
	exitOK       = 0
	exitFindings = 1
	exitUsage    = 2
)

func main() {
	// A run is short and makes many small things: less collecting is faster, and the
	// memory of hundreds of services is small.
	debug.SetGCPercent(400)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the whole program: data to stdout, talk to stderr.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	understood := false
	root := newRootCommand(func() { understood = true })
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	command, err := root.ExecuteContextC(ctx)
	if err == nil {
		return exitOK
	}
	if message := err.Error(); message != "" {
		fmt.Fprintln(stderr, message)
	}
	var wrong usageError
	switch {
	case !understood:
		fmt.Fprintf(stderr, "See %s --help.\n", command.CommandPath())
		return exitUsage
	case errors.As(err, &wrong):
		return exitUsage
	}
	return exitFindings
}

// usageError is about what the user gave: flags, arguments or input files.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }
