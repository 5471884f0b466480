// Command mutants shows that the rules of the payments are held by tests: it
// takes each guard out of the code, one at a time, and runs the test that is
// named for it, which has to fail. Go code is changed in an overlay, contracts in
// a copy, so that the tree stays as it is.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

func main() {
	only := flag.String("only", "", "only mutants whose rule, test or file contains this")
	sol := flag.Bool("contracts", true, "those of the contracts too; they need npm's forge in contracts/node_modules")
	workers := flag.Int("workers", 2, "how many are tried at a time")
	each := flag.Duration("each", 8*time.Minute, "how long one may take, its compiling included")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var todo []mutant
	for _, m := range table {
		if strings.Contains(m.Rule+" "+m.Test+" "+m.File, *only) && (*sol || !m.solidity()) {
			todo = append(todo, m)
		}
	}
	if err := run(ctx, todo, *workers, *each); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

// run tries all mutants, some at a time, and says of each as it ends what became
// of it. One that cannot be tried does not keep the others from it.
func run(ctx context.Context, todo []mutant, workers int, each time.Duration) error {
	if len(todo) == 0 {
		return errors.New("no mutant has that in its name")
	}
	var (
		mu     sync.Mutex // guards what follows
		alive  int
		failed []error
		began  = time.Now()
	)
	var g errgroup.Group
	g.SetLimit(workers)
	for _, m := range todo {
		g.Go(func() error {
			ctx, cancel := context.WithTimeout(ctx, each)
			defer cancel()
			since := time.Now()
			out, err := m.try(ctx)
			word := "found"
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err != nil:
				word = "ERROR"
				failed = append(failed, fmt.Errorf("%s, %s: %w\n%s", m.Rule, m.Test, err, out))
			case out == "":
				word = "ALIVE"
				alive++
			}
			fmt.Printf("%-4s %-6s %5.1fs  %s (%s)\n", m.Rule, word, time.Since(since).Seconds(), m.Test, m.Without)
			return nil
		})
	}
	_ = g.Wait() // all are tried, whatever becomes of one
	if alive > 0 {
		failed = append(failed, fmt.Errorf("%d of %d guards could go, and no test has noticed", alive, len(todo)))
	}
	if len(failed) > 0 {
		return errors.Join(failed...)
	}
	fmt.Printf("%d guards were taken out one by one, and each was missed, in %s\n", len(todo), time.Since(began).Round(time.Second))
	return nil
}
