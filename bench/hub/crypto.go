package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

// ceiling is what cryptography alone costs: CPU for checking a promise, digest
// included, and for signing a payout, on all cores at once.
type ceiling struct {
	Check time.Duration `json:"check"`
	Sign  time.Duration `json:"sign"`
}

// perPromise returns the µs of a promise in batches of a size: its check, and its
// part of two payouts.
func (c ceiling) perPromise(size int) float64 {
	return float64(c.Check.Nanoseconds())/1e3 + 2*float64(c.Sign.Nanoseconds())/1e3/float64(size)
}

// cryptoAlone checks promises and signs payouts for a while, in a process that
// does nothing else, and prints a ceiling.
func cryptoAlone(args []string) error {
	f := flag.NewFlagSet("crypto", flag.ContinueOnError)
	long := f.Duration("for", time.Second, "how long")
	if err := f.Parse(args); err != nil {
		return err
	}
	w := &world{hub: hubKey(), providers: []*identity.Key{key("provider", 0)}, consumers: [][]*identity.Key{nil}}
	a, b := newChains()
	w.a, w.b = a.Params().Domain(), b.Params().Domain()
	for c := range pool {
		w.consumers[0] = append(w.consumers[0], key("consumer", 0, c))
	}
	m, err := w.batch(0, 0, 64, pool)
	if err != nil {
		return err
	}
	var wrong atomic.Bool
	check := onAllCores(*long*2/3, func(n int) {
		i := n % len(m.Items)
		p := m.Promise(i, w.a)
		if !known[i](p.Digest(), p.Sig) {
			wrong.Store(true)
		}
	}, func() {
		known = nil
		for i := range m.Items {
			known = append(known, w.consumers[0][i].Public().Check)
		}
	})
	if wrong.Load() {
		return errors.New("a promise does not verify")
	}
	sign := onAllCores(*long/3, func(n int) {
		w.hub.Sign(typed.Payout{Payee: m.Provider, Total: wherry.Base(uint64(n)), Expiry: 1, Hashlock: m.Hashlock}.Digest(w.b))
	}, func() {})
	return json.NewEncoder(os.Stdout).Encode(ceiling{check, sign})
}

// known checks with the key of each consumer, as a hub does that has seen it before.
var known []func(wherry.Hash, identity.Signature) bool

// onAllCores does something again and again on every core, and returns the CPU
// that doing it once takes.
func onAllCores(long time.Duration, do func(n int), prepare func()) time.Duration {
	prepare()
	var wg sync.WaitGroup
	var done atomic.Int64
	before, end := cpu(), time.Now().Add(long)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for n := 0; time.Now().Before(end); {
				for range 64 {
					do(n)
					n++
				}
				done.Add(64)
			}
		})
	}
	wg.Wait()
	return (cpu() - before) / time.Duration(done.Load())
}

// measureCrypto runs cryptoAlone in a process of a program.
func measureCrypto(ctx context.Context, program string) (ceiling, error) {
	var c ceiling
	if program == "" {
		var err error
		if program, err = os.Executable(); err != nil {
			return c, err
		}
	}
	cmd := exec.CommandContext(ctx, program, "crypto")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err == nil {
		err = json.Unmarshal(out, &c)
	}
	return c, err
}
