package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/hub"
	"github.com/wherrynet/wherry/payment/journal"
)

// opened is the first line that a hub's process prints.
type opened struct {
	Addr  string `json:"addr"`
	Build string `json:"build"`
}

// usage is what a hub's process has used so far.
type usage struct {
	CPU time.Duration `json:"cpu"`
	RSS int64         `json:"rss"` // bytes
}

// journals are the logs that a hub may be measured with.
var journals = map[string]func(dir string) journal.Opener{
	"file":   func(dir string) journal.Opener { return journal.Config{Dir: dir}.Opener() },
	"sqlite": func(dir string) journal.Opener { return openSQLite(filepath.Join(dir, "log.db")) },
	"nats":   openServers,
}

// serve is the hub's process: it answers with a line of usage whatever line it
// reads, and ends with its input.
func serve(args []string) error {
	f := flag.NewFlagSet("serve", flag.ContinueOnError)
	dir := f.String("dir", "", "of the journal")
	kind := f.String("journal", "file", "kind of journal")
	profile := f.String("cpuprofile", "", "where the CPU profile goes")
	if err := f.Parse(args); err != nil {
		return err
	}
	open, ok := journals[*kind]
	if !ok {
		return fmt.Errorf("no journal of the kind %q", *kind)
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go hub.BoundGarbage(ctx) // ends with the process
	a, b := newChains()
	h, err := hub.Open(hub.Config{
		Key: hubKey(), Chains: []chain.Chain{a, b}, Journal: open(*dir), Terms: terms(),
		CollectAbove: wherry.Tokens(1 << 40),
	})
	if err != nil {
		return err
	}
	debug.FreeOSMemory() // as the product does
	ended := make(chan error, 1)
	go func() { ended <- h.Run(ctx) }()
	for !h.Status().Serving {
		time.Sleep(time.Millisecond)
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := hub.NewServer(h.Handler())
	go func() { _ = server.Serve(l) }() // ends with Close
	out := json.NewEncoder(os.Stdout)
	err = out.Encode(opened{l.Addr().String(), build()})
	if err == nil {
		err = report(out, *profile)
	}
	err = errors.Join(err, server.Close())
	stop()
	return errors.Join(err, <-ended, h.Close())
}

// report prints usage until the input ends.
func report(out *json.Encoder, profile string) error {
	if profile != "" {
		f, err := os.Create(profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		if err := out.Encode(usage{cpu(), rss()}); err != nil {
			return err
		}
	}
	return nil
}

func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// rss returns the process's resident memory, as Linux tells it; elsewhere, what
// the runtime has from the system.
func rss() int64 {
	if b, err := os.ReadFile("/proc/self/statm"); err == nil {
		if f := strings.Fields(string(b)); len(f) > 1 {
			if pages, err := strconv.ParseInt(f[1], 10, 64); err == nil {
				return pages * int64(os.Getpagesize())
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys - m.HeapReleased)
}
