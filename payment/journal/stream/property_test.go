package stream

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry"
)

// life is what three processes do with one journal for some minutes, and the
// slow model of it: for every number, the record that was acknowledged or read.
type life struct {
	t     *testing.T
	cfg   Config
	cloud *cloud
	end   time.Time

	mu    sync.Mutex // guards what follows
	known map[uint64]string
	acks  int
	turns int
	snaps int
	bad   string
}

func (l *life) note(number uint64, record string, what string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if was, ok := l.known[number]; ok && was != record && l.bad == "" {
		l.bad = fmt.Sprintf("record %d is %q, and is %s as %q", number, was, what, record)
	}
	l.known[number] = record
}

// process opens the log, writes, and is killed or paused, again and again.
func (l *life) process(id int, rng *rand.Rand) {
	cfg := l.cfg
	if id == 2 { // its clock runs ten times too fast
		cfg.Silence /= 10
	}
	for turn := 0; time.Now().Before(l.end); turn++ {
		n := l.cloud.node(cfg)
		ctx, cancel := context.WithDeadline(context.Background(), l.end)
		var book []string
		log, _, err := open(ctx, cfg, n, true,
			func(b []byte) error { book = append(book, string(b)); return nil },
			func(b []byte) error {
				book = append(book, string(b))
				l.note(uint64(len(book)), string(b), "read")
				return nil
			})
		cancel()
		if err != nil {
			switch wherry.CodeOf(err) {
			case wherry.Busy, wherry.Unreachable, wherry.Interrupted:
			default:
				l.fault(err)
				return
			}
			time.Sleep(cfg.Silence / 4)
			continue
		}
		for i, r := range book {
			l.note(uint64(i+1), r, "read")
		}
		l.mu.Lock()
		l.turns++
		l.mu.Unlock()
		if uint64(len(book)) != log.Last() {
			l.fault(fmt.Errorf("%d records are read, and %d are in the log", len(book), log.Last()))
		}
		l.write(log, n, book, fmt.Sprintf("%d.%d", id, turn), rng)
	}
}

func (l *life) fault(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.bad == "" {
		l.bad = err.Error()
	}
}

// write is one turn of a process.
func (l *life) write(log *Log, n *node, book []string, name string, rng *rand.Rand) {
	var mu sync.Mutex // guards book: appended in the journal's order
	var wg sync.WaitGroup
	until := time.Now().Add(time.Duration(rng.IntN(int(8 * l.cfg.Silence))))
	for w := range 3 {
		mine := rand.New(rand.NewPCG(rng.Uint64(), 2)) //nolint:gosec // repeatable
		wg.Go(func() {
			for i := 0; time.Now().Before(until); i++ {
				r := fmt.Sprintf("%s/%d/%d %0*d", name, w, i, mine.IntN(300), 0)
				mu.Lock()
				number, err := log.Append([]byte(r))
				if err == nil {
					book = append(book, r)
				}
				mu.Unlock()
				if err == nil && mine.IntN(3) > 0 {
					err = log.Commit(number)
					if err == nil {
						l.note(number, r, "acknowledged")
						l.mu.Lock()
						l.acks++
						l.mu.Unlock()
					}
				}
				if err != nil {
					return
				}
				time.Sleep(time.Duration(mine.IntN(20)) * time.Millisecond)
			}
		})
	}
	if rng.IntN(3) == 0 {
		mu.Lock()
		upTo, state := log.Last(), slices.Clone(book)
		mu.Unlock()
		err := log.Snapshot(upTo, func(put func([]byte) error) error {
			for _, r := range state {
				if err := put([]byte(r)); err != nil {
					return err
				}
			}
			return nil
		})
		if err == nil {
			l.mu.Lock()
			l.snaps++
			l.mu.Unlock()
		}
	}
	switch rng.IntN(4) {
	case 0: // paused: others take over, and it does not know
		n.gate <- struct{}{}
		time.Sleep(time.Duration(rng.IntN(int(4 * l.cfg.Silence))))
		<-n.gate
	case 1: // the cluster loses its leader
		l.cloud.mu.Lock()
		l.cloud.down = time.Now().Add(time.Duration(rng.IntN(int(2 * l.cfg.Silence))))
		l.cloud.mu.Unlock()
	}
	wg.Wait()
	if rng.IntN(2) == 0 {
		_ = log.Close() // it may be fenced
		return
	}
	log.abandon()
}

func run(t *testing.T, seed uint64, lax bool) *life {
	l := &life{t: t, known: map[uint64]string{}}
	l.cfg = Config{Servers: []string{"nats://x:1"}, Name: "x", Owner: "o", Silence: time.Second, Patience: 5 * time.Second}
	if err := l.cfg.defaults(); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(*testing.T) {
		l.cloud = newCloud(seed)
		l.cloud.lax = lax
		l.end = time.Now().Add(2 * time.Minute)
		var wg sync.WaitGroup
		for id := range 3 {
			rng := rand.New(rand.NewPCG(seed, uint64(id)+10)) //nolint:gosec // repeatable
			wg.Go(func() { l.process(id, rng) })
		}
		wg.Wait()
		time.Sleep(time.Minute) // late copies are in
		all, err := l.cloud.all(l.cfg)
		if err != nil && l.bad == "" {
			l.bad = err.Error()
		}
		for number, r := range l.known {
			if number > uint64(len(all)) || all[number-1] != r {
				l.bad = fmt.Sprintf("record %d was acknowledged or read as %q, and the log of %d does not say so", number, r, len(all))
			}
		}
		seen := map[string]bool{}
		for _, r := range all {
			if seen[r] {
				l.bad = fmt.Sprintf("%q is there twice", r)
			}
			seen[r] = true
		}
	})
	return l
}

// TestThreeProcessesAndOneJournal lets three processes fight for a journal over a
// cluster that loses, delays and repeats, for minutes of virtual time, and holds
// it against a model that only remembers. WHERRY_SEED repeats one run.
func TestThreeProcessesAndOneJournal(t *testing.T) {
	first, n := uint64(1), uint64(60)
	if testing.Short() {
		n = 10
	}
	if s := os.Getenv("WHERRY_SEED"); s != "" {
		first, _ = strconv.ParseUint(s, 10, 64)
		n = 1
	}
	began := time.Now()
	var acks, turns, snaps int
	for seed := first; seed < first+n && time.Since(began) < 8*time.Second; seed++ {
		l := run(t, seed, false)
		if l.bad != "" {
			t.Fatalf("WHERRY_SEED=%d go test -run TestThreeProcessesAndOneJournal: %s", seed, l.bad)
		}
		acks, turns, snaps = acks+l.acks, turns+l.turns, snaps+l.snaps
	}
	t.Logf("%d acknowledged in %d turns with %d snapshots", acks, turns, snaps)
	if acks < 1000 || turns < 20 || snaps < 1 {
		t.Errorf("too little has happened: %d acknowledged in %d turns with %d snapshots", acks, turns, snaps)
	}
	// The detector detects: a cluster that takes every message is noticed.
	if l := run(t, first, true); l.bad == "" {
		t.Error("a cluster without the fence is not noticed")
	}
}
