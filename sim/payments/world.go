package payments

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"github.com/wherrynet/wherry/internal/sqlite"
)

// A World is one run: its parts, its clockwork and what was seen of it.
//
// Whoever runs holds the baton and gives it up only to sleep. Since no two
// sleep until the same instant, who comes next is decided by the seed alone.
type World struct {
	Form
	seed uint64
	rng  *rand.Rand

	baton   sync.Mutex
	taken   map[int64]bool // instants at which somebody wakes
	running sync.WaitGroup
	stopped bool // everybody goes home
	calm    bool // nothing is lost and nobody dies any more
	night   bool // time goes in large steps

	began  time.Time
	trace  hash.Hash
	recent []string // the last lines of the trace
	Lines  int      // of the trace
	logs   bytes.Buffer
	keys   uint32

	files     sqlite.Memory
	lives     map[string]*life // by name, those that are up
	chains    []*simChain
	hubs      []*simHub
	providers []*simProvider
	consumers []*simConsumer
	relayer   *simRelayer
	cuts      map[[2]string]time.Time // until when two cannot reach each other

	*ledger
	broken []string // properties that did not hold
}

// newWorld returns an empty world. It is called with the baton free, and keeps it.
func newWorld(seed uint64, form Form) *World {
	w := &World{
		Form: form, seed: seed, rng: rand.New(rand.NewPCG(seed, 0x77686572)), taken: map[int64]bool{}, began: time.Now(), //nolint:gosec // a seed has to be repeatable
		trace: sha256.New(), lives: map[string]*life{}, cuts: map[[2]string]time.Time{}, ledger: newLedger(),
	}
	w.ledger.fail = w.fail
	if w.Mallory == Anybody {
		w.Mallory = Nobody
		if w.chance(3) {
			w.Mallory = Role(w.between(int64(PoorHub), int64(LostDisk)))
		}
	}
	w.files.Cut = func(path string, done bool) error {
		l := w.lives[path]
		if l == nil {
			return errDead
		}
		if done {
			return l.effect("committed")
		}
		return l.effect("commit")
	}
	w.baton.Lock()
	return w
}

// errDead is what a process gets of everything that it does after its end.
var errDead = errors.New("the process is dead")

// note writes a line into the trace.
func (w *World) note(who, format string, args ...any) {
	line := fmt.Sprintf("%12.3f %-4s %s", time.Since(w.began).Seconds(), who, fmt.Sprintf(format, args...))
	fmt.Fprintln(w.trace, line)
	w.Lines++
	if strings.HasPrefix(format, "%") && len(args) == 1 && who != "!!" {
		return // an effect: of no interest to who reads
	}
	if w.recent = append(w.recent, line); len(w.recent) > 20_000 {
		w.recent = append(w.recent[:0:0], w.recent[10_000:]...)
	}
}

// Trace is the hash of everything that happened.
func (w *World) Trace() string { return hex.EncodeToString(w.trace.Sum(nil)) }

// fail notes that a property does not hold.
func (w *World) fail(property, format string, args ...any) {
	s := property + ": " + fmt.Sprintf(format, args...)
	w.note("!!", "%s", s)
	if len(w.broken) < 20 {
		w.broken = append(w.broken, s)
	}
}

// sleep lets others run for a while. The caller holds the baton.
func (w *World) sleep(d time.Duration) {
	at := time.Now().Add(max(d, 0)).UnixNano() + 1
	for w.taken[at] {
		at++
	}
	w.taken[at] = true
	w.baton.Unlock()
	time.Sleep(time.Duration(at - time.Now().UnixNano()))
	w.baton.Lock()
	delete(w.taken, at)
}

// spawn runs f beside everybody else, from the next instant on.
func (w *World) spawn(f func()) {
	at := time.Now().UnixNano() + 1
	for w.taken[at] {
		at++
	}
	w.taken[at] = true
	w.running.Go(func() {
		time.Sleep(time.Duration(at - time.Now().UnixNano()))
		w.baton.Lock()
		defer w.baton.Unlock()
		delete(w.taken, at)
		if !w.stopped {
			f()
		}
	})
}

// every calls f again and again for as long as l lives, by day and by night.
func (w *World) every(l *life, day, night time.Duration, f func()) {
	w.spawn(func() {
		for {
			if d := w.around(day); !w.night {
				w.sleep(d)
			} else {
				w.sleep(w.around(night))
			}
			if w.stopped || l != nil && l.dead {
				return
			}
			f()
		}
	})
}

// around returns a time about d.
func (w *World) around(d time.Duration) time.Duration {
	return d*3/4 + time.Duration(w.rng.Int64N(int64(d)/2+1))
}

// chance is true once in n times.
func (w *World) chance(n int) bool { return w.rng.IntN(n) == 0 }

// between returns a number from low to high.
func (w *World) between(low, high int64) int64 { return low + w.rng.Int64N(high-low+1) }

// secret returns 32 bytes that depend on the seed and on how often it was asked.
func (w *World) secret() []byte {
	w.keys++
	b := binary.BigEndian.AppendUint64([]byte("sim"), w.seed)
	s := sha256.Sum256(binary.BigEndian.AppendUint32(b, w.keys))
	return s[:]
}
