package main

import (
	"context"
	"os"
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

// status runs a command in process and compares its exit status:
//
//	status 2 proxy --max-price much
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N ARGS…")
	}
	for _, v := range []string{"XDG_STATE_HOME", "XDG_CONFIG_HOME"} {
		ts.Check(os.Setenv(v, ts.Getenv(v)))
	}
	var out, errOut strings.Builder
	pwd, err := os.Getwd()
	ts.Check(err)
	ts.Check(os.Chdir(ts.MkAbs(".")))
	got := Main(context.Background(), args[1:], strings.NewReader(""), &out, &errOut)
	ts.Check(os.Chdir(pwd))
	if want := args[0]; want != itoa(got) {
		ts.Fatalf("wherry %s: exit status %d, want %s\n%s%s", strings.Join(args[1:], " "), got, want, out.String(), errOut.String())
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
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
