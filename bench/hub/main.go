// Command hub measures the hub's pay path and prints one table: what a durable
// promise costs the hub's process in CPU, how many are answered a second with
// the load generator on the same cores, how long an answer takes, and what a
// million channels cost in memory and at start.
//
//	make bench-hub
//
// The hub is the real one, in a process of its own: HTTP over loopback, a journal
// on the disk with a sync before every answer, growing promises that are signed
// beforehand, every batch with the preimage of the one before, so that each answer
// carries two payout signatures. Its settlement chains are in memory. The
// candidates take turns within one run: the hub, the same with SQLite as its
// journal, the same with its journal on three NATS servers on this machine (which
// take their part of the cores), the same built without cgo, and cryptography alone; so the ratios hold
// on any machine.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var err error
	switch {
	case len(os.Args) > 1 && os.Args[1] == "serve":
		err = serve(os.Args[2:])
	case len(os.Args) > 1 && os.Args[1] == "servers":
		err = servers(os.Args[2:])
	case len(os.Args) > 1 && os.Args[1] == "crypto":
		err = cryptoAlone(os.Args[2:])
	default:
		err = bench(ctx, os.Args[1:])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "hub bench:", err)
		os.Exit(1)
	}
}

// settings are what the command line says.
type settings struct {
	dir      string // for journals; on the disk that is to be measured
	rounds   int
	promises int // per slice
	channels int // of the large book
	pure     string
	profile  string
	only     string
}

func readSettings(args []string) (settings, error) {
	var s settings
	f := flag.NewFlagSet("hub", flag.ContinueOnError)
	f.StringVar(&s.dir, "dir", "", "where the journals are; a temporary folder otherwise")
	f.IntVar(&s.rounds, "rounds", 5, "how often every candidate takes its turn")
	f.IntVar(&s.promises, "promises", 64_000, "how many promises one turn has at batches of 64")
	f.IntVar(&s.channels, "channels", 1_000_000, "channels of the large book; 0 leaves it out")
	f.StringVar(&s.pure, "pure", "", "this program built without cgo; empty leaves it out")
	f.StringVar(&s.profile, "cpuprofile", "", "write a CPU profile of the last hub at batches of -only")
	f.StringVar(&s.only, "only", "", "measure one row alone, for example file/64, or large")
	err := f.Parse(args)
	if err == nil && (s.rounds < 1 || s.promises < 64*providers) {
		err = fmt.Errorf("at least one round, and at least %d promises", 64*providers)
	}
	return s, err
}
