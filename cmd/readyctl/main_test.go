package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"readyctl": main})
}

// Scripts have one command of their own: "exits CODE COMMAND ARGS..." runs a
// command that must end with the exit code.
func TestScripts(t *testing.T) {
	promtool := os.Getenv("PROMTOOL")
	require.NotEmpty(t, promtool, "PROMTOOL does not name promtool: run the tests with make, or run make tools and set it")
	shop, err := filepath.Abs("../../examples/shop/services.yaml")
	require.NoError(t, err)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("PROMTOOL", promtool)
			env.Setenv("AMTOOL", os.Getenv("AMTOOL"))
			env.Setenv("SHOP", shop)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": func(ts *testscript.TestScript, _ bool, args []string) {
				want, err := strconv.Atoi(args[0])
				ts.Check(err)
				got := 0
				var exit *exec.ExitError
				if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
					got = exit.ExitCode()
				} else {
					ts.Check(err)
				}
				if got != want {
					ts.Fatalf("exit code %d, not %d", got, want)
				}
			},
		},
	})
}
