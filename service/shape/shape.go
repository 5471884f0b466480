// Package shape divides what a provider's line carries between its sessions: each gets
// as much as it asks for, up to a level that is the same for all and chosen so that the
// line is not overbooked (max-min fairness).
//
// A tunnel asks it for every packet, or row of packets, towards a consumer. It answers
// at once: go, or be dropped (Take), or how long to wait (Wait). Nothing queues here and,
// since less is let through than the line carries, nothing queues behind it either: a
// session that asks for little is never held up by one that asks for everything. Senders
// find their rate by what is dropped, as they do behind any narrow line.
//
// It has no clock and no goroutine: time is an argument. It can be used by several
// goroutines.
package shape

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
)

// Config says what there is to divide, in bytes per second. 0 is no bound.
type Config struct {
	Total   uint64 // all sessions together
	Session uint64 // one session, however little the others ask for
}

// Rate is a number of bytes per second, with a text form in bits as lines are sold:
// 100Mbit, 2.5Gbit.
type Rate uint64

var rates = []struct {
	name string
	bits uint64
}{{"Gbit", 1e9}, {"Mbit", 1e6}, {"kbit", 1e3}}

// UnmarshalText reads a number of Gbit, Mbit or kbit per second.
func (r *Rate) UnmarshalText(text []byte) error {
	for _, u := range rates {
		number, ok := strings.CutSuffix(string(text), u.name)
		if !ok {
			continue
		}
		whole, part, dot := strings.Cut(number, ".")
		n, err := strconv.ParseUint(whole, 10, 32)
		if err != nil || dot && (len(part) == 0 || len(part) > 3) {
			break
		}
		n *= u.bits
		if dot {
			f, err := strconv.ParseUint(part+strings.Repeat("0", 3-len(part)), 10, 16)
			if err != nil {
				break
			}
			n += f * u.bits / 1000
		}
		*r = Rate(n / 8)
		return nil
	}
	return wherry.Errorf(wherry.Invalid, "%q is no rate: want a form like 100Mbit or 2.5Gbit", text)
}

// MarshalText writes the form that UnmarshalText reads, to the kbit.
func (r Rate) MarshalText() ([]byte, error) {
	for _, u := range rates[:2] {
		if bits := uint64(r) * 8; bits > 0 && bits%u.bits == 0 {
			return fmt.Appendf(nil, "%d%s", bits/u.bits, u.name), nil
		}
	}
	return fmt.Appendf(nil, "%dkbit", uint64(r)*8/1000), nil
}

// String returns the rate in Mbit/s.
func (r Rate) String() string { return fmt.Sprintf("%d Mbit/s", uint64(r)*8/1e6) }

const (
	// window is how often the level is set anew, from what was asked for in the last one.
	window = 50 * time.Millisecond

	// burst is how much of a level may come at once, and burstLeast what always may: a
	// row of packets that a sender had no choice but to send together.
	burst      = 20 * time.Millisecond
	burstLeast = 128 << 10

	// headroom is how much more than in the last window a session may be about to ask for,
	// in eighths.
	headroom = 10

	// forget is when a session that asks for nothing is none.
	forget = 2 * time.Second

	// sessionsMost bounds the sessions. Beyond it they share one level and one bucket.
	sessionsMost = 1 << 16
)

// Shaper divides. Use New.
type Shaper struct {
	cfg Config

	mu    sync.Mutex // guards what follows
	all   map[uint64]*session
	level uint64 // bytes per second that nobody is held below
	next  time.Time
	asks  []uint64 // of set, kept for its memory
}

type session struct {
	credit float64 // bytes that may go now; below zero after Wait
	at     time.Time
	asked  uint64 // in this window
	heard  time.Time
}

// New makes a Shaper. With nothing to divide it is nil, which lets everything through.
func New(cfg Config) *Shaper {
	if cfg == (Config{}) {
		return nil
	}
	s := &Shaper{cfg: cfg, all: map[uint64]*session{}}
	s.level = s.bound(cfg.Total)
	return s
}

// bound applies the bound of one session. A level of 0 is none at all.
func (s *Shaper) bound(level uint64) uint64 {
	if s.cfg.Session > 0 && (level == 0 || s.cfg.Session < level) {
		return s.cfg.Session
	}
	return level
}

// Take reports whether n bytes of a session may go at now, and counts them if so.
func (s *Shaper) Take(now time.Time, id uint64, n uint64) bool {
	if s == nil {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	x := s.look(now, id, n)
	if x.credit < float64(n) {
		return false
	}
	x.credit -= float64(n)
	return true
}

// Wait counts n bytes of a session, which its sender holds and can hold back, and
// returns how long it should.
func (s *Shaper) Wait(now time.Time, id uint64, n uint64) time.Duration {
	if s == nil {
		return 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	x := s.look(now, id, n)
	x.credit -= float64(n)
	if x.credit >= 0 || s.level == 0 {
		return 0
	}
	return time.Duration(-x.credit / float64(s.level) * float64(time.Second))
}

// Level returns the rate in bytes per second that each session has now; 0 is no bound.
func (s *Shaper) Level() uint64 {
	if s == nil {
		return 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.level
}

// look finds the session, brings its bucket up to date and notes what it asks for.
func (s *Shaper) look(now time.Time, id uint64, n uint64) *session {
	if !now.Before(s.next) || s.next.Sub(now) > window { // also when the clock has gone back
		s.set(now)
	}
	most := max(float64(s.level)*burst.Seconds(), burstLeast, float64(n))
	x := s.all[id]
	if x == nil {
		if len(s.all) >= sessionsMost {
			id = 0
			x = s.all[id]
		}
		if x == nil {
			x = &session{credit: most, at: now}
			s.all[id] = x
		}
	}
	if d := now.Sub(x.at).Seconds(); d > 0 {
		x.credit = min(most, x.credit+d*float64(s.level))
	}
	x.at, x.heard = now, now
	x.asked += n
	return x
}

// set chooses the level for the next window.
func (s *Shaper) set(now time.Time) {
	span := window
	if d := now.Sub(s.next) + window; d > span && d < forget {
		span = d
	}
	s.next = now.Add(window)
	s.asks = s.asks[:0]
	for id, x := range s.all {
		if now.Sub(x.heard) > forget || now.Before(x.heard) {
			delete(s.all, id)
			continue
		}
		s.asks = append(s.asks, uint64(float64(x.asked)/span.Seconds())*headroom/8)
		x.asked = 0
	}
	if s.cfg.Total > 0 {
		s.level = s.bound(Level(s.cfg.Total, s.asks))
	}
}

// Level returns the highest level such that sessions that ask for asks, each held to the
// level, come to total at most. When all of them together ask for less, it is what a
// further one could ask for beside them. It sorts asks.
func Level(total uint64, asks []uint64) uint64 {
	slices.Sort(asks)
	left := total
	for i, a := range asks {
		if share := left / uint64(len(asks)-i); a > share {
			return share
		}
		left -= a
	}
	if n := len(asks); n > 0 {
		return max(asks[n-1], left) // nobody is held back below what it asks for
	}
	return left
}
