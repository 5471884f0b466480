package node

import (
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/payment/solvency"
	"github.com/wherrynet/wherry/payment/wallet"
)

func newBacking(t *testing.T) (*purse, *hubDesk, *[]Event) {
	t.Helper()
	c := chaintest.New(chaintest.Config{ChainID: 1})
	h := newHubDesk(c)
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	n := Network{Name: "test", Hubs: []HubEntry{{Name: "north", Address: h.key.Address(), URL: server.URL, Chains: []uint64{1}}}}
	cfg := Config{State: t.TempDir()}
	pins, err := cfg.trust(n)
	if err != nil {
		t.Fatal(err)
	}
	w := way{hub: n.Hubs[0], chain: c, client: clientOf(n.Hubs[0])}
	w.id.Hub, w.id.A = h.key.Address(), c.Params().Domain()
	p := &purse{way: w, ways: []way{w}, pins: pins, backings: &backings{}}
	events := &[]Event{}
	for _, b := range p.back(n, []chain.Chain{c}) {
		b.tell = func(e Event) { *events = append(*events, e) }
	}
	return p, h, events
}

// A consumer finds out by itself that its hub cannot pay: nothing new is paid
// through it, a person is told once, and it goes on when the hub is right again.
func TestConsumerLeavesAHubThatFailsItsCheck(t *testing.T) {
	p, h, events := newBacking(t)
	ctx := t.Context()
	full := wallet.Balance{Left: wherry.Tokens(1)}
	look := func(what string, want wherry.Code, say string, told int) {
		t.Helper()
		b := p.backings.of(p.id.Hub)
		if err := b.look(ctx); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		err := p.usable(ctx, p.way, full)
		if wherry.CodeOf(err) != want || !strings.Contains(textOf(err), say) {
			t.Errorf("%s: %v, want %q that says %q", what, err, want, say)
		}
		if why := p.pins.problem(p.id.Hub); !strings.Contains(why, say) || (why == "") != (want == "") {
			t.Errorf("%s: the screen says %q", what, why)
		}
		if got := *events; len(got) != told || got[told-1].Event != EventHub || got[told-1].Hub != "north" || got[told-1].Code != want {
			t.Errorf("%s: told %+v", what, got)
		}
	}
	look("honest", "", "", 1)
	look("honest still", "", "", 1)
	h.lie = func(s *solvency.Statement) { s.Free = wherry.Tokens(1) }
	look("free overstated", wherry.Refused, "free_overstated", 2)
	look("the same still", wherry.Refused, "free_overstated", 2)
	h.lie = nil
	look("right again", "", "", 3)
	h.lie = func(s *solvency.Statement) {
		s.Seq--
		s.Uncollected = wherry.Base(1)
	}
	look("two statements", wherry.Refused, "two_statements", 4)
	h.lie = nil
	look("convicted", wherry.Refused, "two_statements", 4)
	if err := p.pins.forgive(p.id.Hub); err != nil {
		t.Fatal(err)
	}
	look("forgiven", "", "", 5)
}

// What cannot be checked stands in nobody's way, and forgives nothing.
func TestHubThatCannotBeCheckedIsAsItWas(t *testing.T) {
	p, h, events := newBacking(t)
	ctx := t.Context()
	full := wallet.Balance{Left: wherry.Tokens(1)}
	b := p.backings.of(p.id.Hub)
	h.silent = true
	if err := b.look(ctx); err == nil {
		t.Error("a silent hub was checked")
	}
	if err := p.usable(ctx, p.way, full); err != nil {
		t.Errorf("nothing is known of it: %v", err)
	}
	h.silent, h.lie = false, func(s *solvency.Statement) { s.Free = wherry.Tokens(1) }
	if err := b.look(ctx); err != nil {
		t.Fatal(err)
	}
	h.silent = true
	if err := b.look(ctx); err == nil {
		t.Error("a silent hub was checked")
	}
	if err := p.usable(ctx, p.way, full); wherry.CodeOf(err) != wherry.Refused {
		t.Errorf("it has failed, and fell silent: %v", err)
	}
	if len(*events) != 1 {
		t.Errorf("told %+v", *events)
	}
	b = openBacking(Network{}, p.pins, p.hub, []chain.Chain{p.chain}) // after a restart
	if err := b.look(ctx); err == nil {
		t.Error("a silent hub was checked")
	}
	if err := b.trouble(ctx); wherry.CodeOf(err) != wherry.Refused {
		t.Errorf("it has failed, fell silent, and this node was started again: %v", err)
	}
	h.silent, h.lie = false, nil
	if err := errors.Join(b.look(ctx), b.trouble(ctx)); err != nil {
		t.Errorf("it is right again: %v", err)
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if err := p.backings.of(wherry.Address{7}).trouble(gone); err != nil {
		t.Errorf("a hub that nobody checks: %v", err)
	}
}
