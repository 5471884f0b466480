// Command fuzz runs every fuzz target of the module for a while, one after the
// other, because go test takes one target at a time. A target that finds
// something ends the run; go test has then written the input to testdata.
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"time"
)

func main() {
	each := flag.Duration("time", 10*time.Second, "how long each target runs")
	only := flag.String("only", "", "run only targets whose name contains this")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *each, *only); err != nil {
		fmt.Fprintln(os.Stderr, "fuzz:", err)
		os.Exit(1)
	}
}

// target is a fuzz function of a package.
type target struct{ pkg, name string }

func run(ctx context.Context, each time.Duration, only string) error {
	list := exec.CommandContext(ctx, "go", "test", "-list", "^Fuzz", "./...")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		return fmt.Errorf("list the targets: %w", err)
	}
	targets := parse(string(out))
	if len(targets) == 0 {
		return fmt.Errorf("no targets were found")
	}
	for _, t := range targets {
		if !strings.Contains(t.name, only) {
			continue
		}
		fmt.Printf("== %s %s\n", t.pkg, t.name)
		cmd := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-fuzz", "^"+t.name+"$", "-fuzztime", each.String(), t.pkg)
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("%s %s: %w", t.pkg, t.name, err)
		}
	}
	return nil
}

// parse reads what go test -list prints: the names of a package's targets, and
// then a line "ok", the package and the time.
func parse(out string) []target {
	var all []target
	var names []string
	for s := bufio.NewScanner(strings.NewReader(out)); s.Scan(); {
		fields := strings.Fields(s.Text())
		switch {
		case len(fields) == 1 && strings.HasPrefix(fields[0], "Fuzz"):
			names = append(names, fields[0])
		case len(fields) >= 2 && fields[0] == "ok":
			for _, n := range names {
				all = append(all, target{fields[1], n})
			}
			names = nil
		}
	}
	return all
}
