package exit

import (
	"net/netip"
	"sync"
	"time"

	"github.com/wherrynet/wherry/host/nat"
)

// paces holds consumers to the policy's rates, as the kernel's rules do in TUN mode.
// The zero value with rates works. Time is an argument.
type paces struct {
	rates nat.Rates

	mu    sync.Mutex // guards what follows
	all   map[netip.Addr]*pace
	swept time.Time
}

// pace is one consumer's.
type pace struct {
	flows, syns, fan bucket
	seen             map[netip.Addr]time.Time // destinations, until when
	open             uint32
	last             time.Time
}

const (
	seenFor   = time.Minute     // how long a destination is no new one
	paceIdle  = 5 * time.Minute // after this long without a new flow a consumer is forgotten
	sweepEach = time.Minute
)

// begin reports whether a consumer may open one more flow, and counts it if so.
func (s *paces) begin(now time.Time, from netip.Addr, network string, to netip.Addr) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sweep(now)
	p := s.all[from]
	if p == nil {
		if s.all == nil {
			s.all = map[netip.Addr]*pace{}
		}
		p = &pace{seen: map[netip.Addr]time.Time{}}
		s.all[from] = p
	}
	p.last = now
	if !p.flows.take(now, s.rates.New) || network == "tcp" && !p.syns.take(now, s.rates.SYN) {
		return false
	}
	if now.After(p.seen[to]) && !p.fan.take(now, s.rates.FanOut) {
		return false
	}
	if p.open >= s.rates.Open {
		return false
	}
	p.seen[to] = now.Add(seenFor)
	p.open++
	return true
}

// end is called once for every flow that began.
func (s *paces) end(from netip.Addr) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.all[from]; p != nil && p.open > 0 {
		p.open--
	}
}

// sweep forgets what has gone by. What is kept is bounded by the rates: as many
// destinations as fan-out lets through in a minute.
func (s *paces) sweep(now time.Time) {
	if now.Sub(s.swept) < sweepEach {
		return
	}
	s.swept = now
	for from, p := range s.all {
		for to, until := range p.seen {
			if now.After(until) {
				delete(p.seen, to)
			}
		}
		if p.open == 0 && now.Sub(p.last) > paceIdle {
			delete(s.all, from)
		}
	}
}

// bucket is a token bucket. The zero value is full.
type bucket struct {
	spent float64
	at    time.Time
}

func (b *bucket) take(now time.Time, r nat.Rate) bool {
	if d := now.Sub(b.at).Seconds(); d > 0 {
		b.spent = max(0, b.spent-d*float64(r.PerSecond))
		b.at = now
	}
	if b.spent+1 > float64(r.Burst) {
		return false
	}
	b.spent++
	return true
}
