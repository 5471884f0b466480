package payments

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"
	"testing/cryptotest"
	"testing/synctest"
	"time"
)

var (
	seed  = flag.Uint64("seed", 0, "play this seed alone")
	runs  = flag.Int("runs", 0, "play so many seeds, and all effects; default 80, or 10 with -short or the race detector")
	logs  = flag.Bool("logs", false, "print what the processes have logged, where a run fails")
	first = flag.Uint64("first", 1, "the first seed")
)

// play runs a seed in a bubble of its own.
func play(t *testing.T, seed uint64, form Form) (r Result) {
	t.Helper()
	t.Run("", func(t *testing.T) {
		cryptotest.SetGlobalRandom(t, seed)
		synctest.Test(t, func(*testing.T) { r = Run(seed, form) })
	})
	return r
}

// short is a run of less than usual: everything is played, each less often. One
// process runs at a time here, so that the race detector learns from few seeds
// what it would from many, and SQLite costs twenty times as much beneath it.
func short() bool { return testing.Short() || raced }

func TestSmall(t *testing.T) { many(t, Small, "TestSmall", 80, 10) }

func TestLarge(t *testing.T) {
	if *runs == 0 && *seed == 0 {
		t.Skip("the large form takes its time: make sim, or -runs 1")
	}
	*runs = min(*runs, 5)
	many(t, Large, "TestLarge", 1, 1)
}

func many(t *testing.T, form Form, name string, all, few int) {
	n, from := all, *first
	if short() {
		n = few
	}
	if *runs > 0 {
		n = *runs
	}
	if *seed != 0 {
		n, from = 1, *seed
	}
	worst := map[string][2]int64{}
	var orders, revealed, deaths int
	began := time.Now()
	for s := from; s < from+uint64(n); s++ {
		r := play(t, s, form)
		if len(r.Broken) > 0 {
			lines := 0
			if *seed != 0 {
				lines = 20_000
			}
			t.Errorf("seed %d\n%s", s, r.Report(s, name, lines))
			if *logs {
				t.Log(r.Logs)
			}
			if t.Failed() && *runs == 0 {
				break
			}
		}
		orders, revealed, deaths = orders+r.Orders, revealed+r.Revealed, deaths+r.Deaths
		for k, v := range r.Worst {
			if o, ok := worst[k]; !ok || v[0]*max(o[1], 1) > o[0]*max(v[1], 1) {
				worst[k] = v
			}
		}
	}
	say := t.Logf
	if *runs > 0 { // make sim shows it where nothing fails, too
		say = func(format string, args ...any) { _, _ = fmt.Fprintf(os.Stdout, format+"\n", args...) }
	}
	say("%s: %d runs in %s: %d orders, %d revealed, %d deaths", name, n, time.Since(began).Round(time.Millisecond), orders, revealed, deaths)
	for _, k := range slices.Sorted(maps.Keys(worst)) {
		if v := worst[k]; v[1] == 1<<30 {
			say("    most %s in a run: %d", k, v[0])
		} else {
			say("    %s: %d of %d", k, v[0], v[1])
		}
	}
}

func TestSameSeedSameTrace(t *testing.T) {
	n := uint64(3)
	if short() {
		n = 1
	}
	for s := uint64(1); s <= n; s++ {
		a, b := play(t, s, Small), play(t, s, Small)
		if a.Trace != b.Trace || a.Lines != b.Lines {
			for i := range min(len(a.Recent), len(b.Recent)) {
				if a.Recent[i] != b.Recent[i] {
					t.Fatalf("seed %d: line %d differs:\n%s\n%s", s, i, a.Recent[i], b.Recent[i])
				}
			}
			t.Fatalf("seed %d: %d and %d lines, another trace", s, a.Lines, b.Lines)
		}
	}
}

// everyEffect plays a short run in which a process dies at one effect, for each
// effect that it has.
func everyEffect(t *testing.T, victim string) {
	form := Small
	form.Mallory, form.Days, form.Ticks, form.Hubs, form.Providers, form.Consumers = Nobody, 1, 6, 1, 1, 2
	form.Victim = "nobody"
	n := play(t, 3, form).Effects[victim]
	if n < 50 {
		t.Fatalf("%s has only %d effects", victim, n)
	}
	deaths := 15
	if short() {
		deaths = 3
	}
	stride := max(n/deaths, 1)
	if *runs > 0 {
		stride = 1
	}
	form.Victim = victim
	for form.Fuse = 1; form.Fuse <= n; form.Fuse += stride {
		r := play(t, 3, form)
		if len(r.Broken) > 0 {
			t.Fatalf("%s dies at effect %d of %d\n%s", victim, form.Fuse, n, r.Report(3, t.Name(), 0))
		}
		if r.Deaths != 1 {
			t.Fatalf("%s should have died at effect %d of %d, and %d died", victim, form.Fuse, n, r.Deaths)
		}
	}
}

func TestHubDiesAtEveryEffect(t *testing.T)      { everyEffect(t, "h0") }
func TestProviderDiesAtEveryEffect(t *testing.T) { everyEffect(t, "p0") }
func TestConsumerDiesAtEveryEffect(t *testing.T) { everyEffect(t, "c0") }
func TestRelayerDiesAtEveryEffect(t *testing.T)  { everyEffect(t, "r0") }
