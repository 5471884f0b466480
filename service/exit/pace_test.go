package exit

import (
	"net/netip"
	"testing"
	"time"

	"github.com/wherrynet/wherry/host/nat"
)

// opens begins n flows at once and says how many may.
func (s *paces) opens(now time.Time, who netip.Addr, network string, n int, to func(i int) netip.Addr) int {
	ok := 0
	for i := range n {
		if s.begin(now, who, network, to(i)) {
			ok++
		}
	}
	return ok
}

// Each bound holds by itself, for each consumer by itself, and gives way with time.
func TestConsumersBeginSoMuchAndNoMore(t *testing.T) {
	alice, bob := netip.MustParseAddr("10.87.0.2"), netip.MustParseAddr("10.87.0.3")
	one := func(int) netip.Addr { return netip.MustParseAddr("9.9.9.9") }
	many := func(i int) netip.Addr { return netip.AddrFrom4([4]byte{9, 9, byte(i >> 8), byte(i)}) }
	wide := nat.Rate{PerSecond: 1 << 20, Burst: 1 << 20}
	for name, c := range map[string]struct {
		rates   nat.Rates
		network string
		to      func(int) netip.Addr
		again   int // a second later
	}{
		"flows":        {nat.Rates{New: nat.Rate{PerSecond: 5, Burst: 20}, SYN: wide, FanOut: wide, Open: 1000}, "udp", one, 5},
		"connections":  {nat.Rates{New: wide, SYN: nat.Rate{PerSecond: 5, Burst: 20}, FanOut: wide, Open: 1000}, "tcp", one, 5},
		"destinations": {nat.Rates{New: wide, SYN: wide, FanOut: nat.Rate{PerSecond: 5, Burst: 20}, Open: 1000}, "udp", many, 25},
		"open":         {nat.Rates{New: wide, SYN: wide, FanOut: wide, Open: 20}, "udp", one, 0},
	} {
		s := paces{rates: c.rates}
		now := time.Unix(1_800_000_000, 0)
		if got := s.opens(now, alice, c.network, 100, c.to); got != 20 {
			t.Errorf("%s: %d at once, want 20", name, got)
		}
		if got := s.opens(now, bob, c.network, 100, c.to); got != 20 {
			t.Errorf("%s: %d of another, want 20", name, got)
		}
		if got := s.opens(now.Add(time.Second), alice, c.network, 100, c.to); got != c.again {
			t.Errorf("%s: %d a second later, want %d", name, got, c.again)
		}
	}
	s := paces{rates: nat.Rates{New: wide, SYN: nat.Rate{PerSecond: 1, Burst: 1}, FanOut: wide, Open: 20}}
	now := time.Unix(1_800_000_000, 0)
	if got := s.opens(now, alice, "udp", 10, one); got != 10 {
		t.Errorf("the bound on connections holds up datagrams: %d", got)
	}
	for range 10 {
		s.end(alice)
	}
	if got := s.opens(now, alice, "udp", 30, one); got != 20 {
		t.Errorf("%d flows after the first have ended, want 20", got)
	}
	for range 20 {
		s.end(alice)
	}
	s.opens(now.Add(paceIdle+2*sweepEach), bob, "udp", 1, one)
	if len(s.all) != 1 {
		t.Errorf("%d consumers are remembered", len(s.all))
	}
}
