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

// The targets of the hub were set on a machine on which a check with its hashes took
// so long, and a signature. On another one, or on the same on another day, they are
// worth what cryptography is worth there.
var reference = ceiling{Check: 35_300 * time.Nanosecond, Sign: 22_500 * time.Nanosecond}

// target is what the hub has to reach on the machine of reference.
type target struct {
	cpu  float64 // most µs of the hub per promise
	rate float64 // least promises a second, loader on the same two cores
}

// targets are by size of batches.
var targets = map[int]target{1: {130, 15_000}, 16: {50, 38_000}, 64: {42, 48_000}}

// scaled returns t for a machine on which cryptography alone takes so many µs.
func (t target) scaled(size int, crypto float64) target {
	slower := crypto / reference.perPromise(size)
	return target{t.cpu * slower, t.rate / slower}
}

// cryptoAlone checks promises and signs payouts for a while, in a process that
// does nothing else, and prints a ceiling.
func cryptoAlone(args []string) error {
	f := flag.NewFlagSet("crypto", flag.ContinueOnError)
	long := f.Duration("for", 400*time.Millisecond, "how long")
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
