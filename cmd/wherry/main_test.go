package main

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"wherry": main})
}

// TestScripts runs every script in testdata: command lines, their output and
// their exit status.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			for _, v := range os.Environ() {
				if name, _, _ := strings.Cut(v, "="); strings.HasPrefix(name, "WHERRY_") {
					e.Setenv(name, "")
				}
			}
			e.Setenv("XDG_STATE_HOME", e.WorkDir+"/state")
			e.Setenv("XDG_CONFIG_HOME", e.WorkDir+"/config")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"status": status},
	})
}

// status runs a command and compares its exit status:
//
//	status 2 proxy --max-price much
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N ARGS…")
	}
	got := 0
	err := ts.Exec("wherry", args[1:]...)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got, err = exit.ExitCode(), nil
	}
	ts.Check(err)
	if args[0] != strconv.Itoa(got) {
		ts.Fatalf("wherry %s: exit status %d, want %s", strings.Join(args[1:], " "), got, args[0])
	}
}

// TestEveryCommandHasAnExample holds every command to a help that ends with one.
func TestEveryCommandHasAnExample(t *testing.T) {
	a := &app{out: os.Stdout, errOut: os.Stderr}
	var visit func(*cobra.Command)
	visit = func(c *cobra.Command) {
		if c.Example == "" || c.Short == "" {
			t.Errorf("%s has no example or no summary", c.CommandPath())
		}
		for _, sub := range c.Commands() {
			visit(sub)
		}
	}
	visit(a.root())
}
