package node

import (
	"context"
	"net/netip"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
)

// A running provider says what it tried on itself and what it carries; with none
// running, the exit is tried for the purpose.
func TestProviderSaysWhatItDoes(t *testing.T) {
	c := offline(t)
	c.Provider = ProviderConfig{
		Place: "SE", Mode: ModeNetstack, PerGiB: wherry.Tokens(1), Listen: netip.MustParseAddrPort("127.0.0.1:0"),
		Caps: CapsConfig{Month: 2 << 40}, Line: 12_500_000,
	}
	if _, err := c.Selling(t.Context()); wherry.CodeOf(err) != wherry.NotFound {
		t.Errorf("nobody sells: %v, want not found", err)
	}
	r, err := c.CheckExit(t.Context())
	if err != nil || r.Mode != ModeNetstack || r.Tried < 100 || r.Opened == 0 || len(r.Holes) != 0 {
		t.Errorf("the exit by itself: %+v, %v", r, err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ready, done := make(chan struct{}), make(chan error, 1)
	go func() { done <- c.Provide(ctx, func(ProvideReady) { close(ready) }) }()
	select {
	case <-ready:
	case err := <-done:
		t.Fatal(err)
	}
	var s SellingStatus
	for range 100 { // who answers begins beside what sells
		if s, err = c.Selling(t.Context()); err == nil {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if err != nil || s.Exit.Tried != r.Tried || s.Month.Cap != 2<<40 || s.Seats != 64 || s.Shares() != "100 Mbit/s, divided fairly" {
		t.Errorf("the running one: %+v, %v", s, err)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
