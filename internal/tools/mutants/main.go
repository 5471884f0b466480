// Command mutants shows that the rules of the payments are held by tests: it
// takes each guard out of the code, one at a time, and runs the test that is
// named for it, which has to fail. Go code is changed in an overlay, contracts in
// a copy, so that the tree stays as it is.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"time"
)

func main() {
	only := flag.String("only", "", "only mutants whose rule or test contains this")
	sol := flag.Bool("contracts", true, "those of the contracts too; they need npm's forge in contracts/node_modules")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *only, *sol); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, only string, sol bool) error {
	var alive, tried int
	for _, m := range table {
		if !strings.Contains(m.Rule+" "+m.Test, only) || !sol && m.solidity() {
			continue
		}
		began := time.Now()
		out, err := m.try(ctx)
		if err != nil {
			return fmt.Errorf("%s, %s: %w\n%s", m.Rule, m.Test, err, out)
		}
		tried++
		word := "found"
		if out == "" {
			word = "ALIVE"
			alive++
		}
		fmt.Printf("%-4s %-6s %5.1fs  %s (%s)\n", m.Rule, word, time.Since(began).Seconds(), m.Test, m.Without)
	}
	if tried == 0 {
		return fmt.Errorf("no mutant has %q in its name", only)
	}
	if alive > 0 {
		return fmt.Errorf("%d of %d guards could go, and no test has noticed", alive, tried)
	}
	fmt.Printf("%d guards were taken out one by one, and each was missed\n", tried)
	return nil
}
