package sessiontest_test

import (
	"context"
	"net/netip"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/session/consumer"
	"github.com/wherrynet/wherry/session/provider"
	"github.com/wherrynet/wherry/session/sessiontest"
	"github.com/wherrynet/wherry/session/wire"
)

// links are those that a consumer has opened to a provider, one after the other.
type links struct{ last sessiontest.Link }

// elsewhere makes of a request one for a tunnel that ends at a phone.
func (l *links) elsewhere(a alice, b *bob, budget string) func(*consumer.Request) {
	return func(r *consumer.Request) {
		l.last = r.Link.(sessiontest.Link)
		r.Elsewhere = &consumer.Elsewhere{
			Key: r.Tunnel.Key(),
			Redial: func(ctx context.Context) (wire.Link, error) {
				ours, theirs := sessiontest.Links(a.key.Address(), b.key.Address())
				go func() { b.err <- b.Serve(context.WithoutCancel(ctx), theirs) }()
				l.last = ours
				return ours, nil
			},
		}
		_ = r.Tunnel.Up(wire.Accept{}) // the phone has its configuration
		r.Tunnel = nil
		r.Limits.Budget = wherry.MustAmount(budget)
	}
}

// Nobody at home counts what the phone carries: the provider's count is paid.
func TestTunnelThatEndsElsewhereIsPaidByTheProvidersCount(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		var l links
		tr := a.mustOpen(t, b, l.elsewhere(a, b, "1"))
		carried := tr.ride(20*time.Second, 1<<20)
		if carried < 15<<20 {
			t.Errorf("%d bytes in 20 s at 1 MiB/s", carried)
		}
		if err := tr.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := tr.ended(t, time.Second); err != nil {
			t.Error(err)
		}
		agree(t, a, b, tr)
		if spent, want := tr.State().Spent, cost(t, 20*time.Second, carried); spent.Less(want) {
			t.Errorf("%s is paid for what costs %s", spent, want)
		}
	})
}

// The daemon's link breaks, as links do; the phone goes on meanwhile.
func TestTunnelThatEndsElsewhereOutlivesItsLink(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		var l links
		tr := a.mustOpen(t, b, l.elsewhere(a, b, "1"))
		tr.ride(5*time.Second, 1<<20)
		for range 3 {
			before, was := tr.State().Spent, l.last
			if err := was.Close(); err != nil {
				t.Fatal(err)
			}
			if carried := tr.ride(5*time.Second, 1<<20); carried < 3<<20 {
				t.Errorf("%d bytes in the 5 s after the link broke", carried)
			}
			if l.last == was || !before.Less(tr.State().Spent) {
				t.Error("nothing is paid over a new link")
			}
		}
		if err := tr.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := tr.ended(t, time.Second); err != nil {
			t.Error(err)
		}
		agree(t, a, b, tr)
	})
}

// Revoking is leaving: nothing passes a tick later, and what was not used is not
// paid.
func TestRevokedTunnelCarriesNothing(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		var l links
		tr := a.mustOpen(t, b, l.elsewhere(a, b, "1"))
		tr.ride(5*time.Second, 1<<20)
		began := time.Now()
		if err := tr.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		for b.ends.Removed() == 0 && time.Since(began) < time.Minute {
			time.Sleep(10 * time.Millisecond)
		}
		if took := time.Since(began); took > 1500*time.Millisecond {
			t.Errorf("the phone was cut off %v after", took)
		}
		if n := tr.end.Carry(1<<20, 0); n > 0 {
			t.Errorf("%d bytes pass after it was revoked", n)
		}
		if err := tr.ended(t, time.Second); err != nil {
			t.Error(err)
		}
	})
}

// A provider that counts what nobody has used takes the budget, and no more.
func TestProviderThatLiesOfAPhoneTakesTheBudgetAtMost(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		var l links
		budget := wherry.MustAmount("0.002")
		tr := a.mustOpen(t, b, l.elsewhere(a, b, "0.002"))
		for range 100 {
			tr.end.Claim(1 << 20)
			time.Sleep(100 * time.Millisecond)
		}
		err := tr.ended(t, time.Second)
		if wherry.CodeOf(err) != wherry.OverBudget {
			t.Errorf("it ended with %v", err)
		}
		if spent := tr.State().Spent; budget.Less(spent) || spent.IsZero() {
			t.Errorf("%s of a budget of %s", spent, budget)
		}
	})
}

// A session without a budget, or with a tunnel here and elsewhere, is not opened.
func TestTunnelThatEndsElsewhereNeedsABudget(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		var l links
		if _, err := a.open(t, b, l.elsewhere(a, b, "0")); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("without a budget: %v", err)
		}
		_, err := a.open(t, b, func(r *consumer.Request) {
			tunnel := r.Tunnel
			l.elsewhere(a, b, "1")(r)
			r.Tunnel = tunnel
		})
		if wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("with two ends: %v", err)
		}
	})
}

// Who knows a session's number and is not its consumer gets nothing by a resume.
func TestNobodyElseResumesASessionByALink(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		var l links
		tr := a.mustOpen(t, b, l.elsewhere(a, b, "1"))
		tr.ride(2*time.Second, 1<<20)
		ours, theirs := sessiontest.Links(key(66).Address(), b.key.Address())
		served := make(chan error, 1)
		go func() { served <- b.Serve(t.Context(), theirs) }()
		if err := wire.Write(ours, wire.Message{Resume: &wire.Resume{Version: wire.Version, Session: tr.ID()}}); err != nil {
			t.Fatal(err)
		}
		m, err := wire.Read(ours, wire.MaxToConsumer)
		if err != nil || m.Close == nil {
			t.Errorf("a stranger is told %+v, %v", m, err)
		}
		if err := <-served; wherry.CodeOf(err) != wherry.NotFound {
			t.Errorf("the provider says %v", err)
		}
		if carried := tr.ride(2*time.Second, 1<<20); carried < 1<<20 {
			t.Errorf("the session carries %d bytes after that", carried)
		}
		if err := tr.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := tr.ended(t, time.Second); err != nil {
			t.Error(err)
		}
	})
}

// slowTunnel is a provider's tunnel in which something happens while a peer is added.
type slowTunnel struct {
	provider.Tunnel
	adding func()
	fails  error
}

func (s *slowTunnel) AddPeer(key wire.TunnelKey, inner []netip.Addr, plain bool) error {
	if s.adding != nil {
		s.adding()
	}
	if s.fails != nil {
		return s.fails
	}
	return s.Tunnel.AddPeer(key, inner, plain)
}

// Who opens a session with somebody else's tunnel key, and resumes and leaves it by a
// second link before the key is refused, takes nobody out of the tunnel.
func TestSessionIsNotResumedBeforeItIsInTheTunnel(t *testing.T) {
	slow := &slowTunnel{}
	withBob(t, func(t *testing.T, b *bob) {
		victim := malloryAs(t, b, 67, 0)
		victim.pay()
		m := newMallory(t, b)
		slow.adding = func() {
			ours, theirs := sessiontest.Links(m.key.Address(), b.key.Address())
			go func() { _ = b.Serve(t.Context(), theirs) }()
			_ = wire.Write(ours, wire.Message{Resume: &wire.Resume{Version: wire.Version, Session: m.id}})
			go func() { _ = wire.Write(ours, wire.Message{Close: &wire.Close{Session: m.id}}) }()
			for {
				if _, err := wire.Read(ours, wire.MaxToConsumer); err != nil {
					return
				}
			}
		}
		if msg := m.ask(func(o *wire.Open) { o.TunnelKey = victim.end.Key() }); msg.Refuse == nil {
			t.Errorf("a key that is taken is answered with %+v", msg)
		}
		time.Sleep(2 * time.Second)
		if n := b.ends.Removed(); n != 0 {
			t.Errorf("%d peers were removed", n)
		}
		if victim.end.Carry(1<<10, 0) == 0 {
			t.Error("the victim's tunnel carries nothing")
		}
	}, func(c *provider.Config) {
		slow.Tunnel = c.Tunnel
		c.Tunnel = slow
	})
}

// shut is a quota that ends all sessions while it is shut.
type shut struct{ atomic.Bool }

func (s *shut) Admit(time.Time) error { return nil }

func (s *shut) Carry(time.Time, uint64) error {
	if s.Load() {
		return wherry.Errorf(wherry.Busy, "enough")
	}
	return nil
}

// A session that ends while its key is being refused gives its inner addresses back
// once: twice would make them those of two others.
func TestInnerAddressesAreGivenBackOnce(t *testing.T) {
	slow, all := &slowTunnel{}, &shut{}
	withBob(t, func(t *testing.T, b *bob) {
		slow.fails = wherry.Errorf(wherry.Conflict, "a peer with this key is there already")
		slow.adding = func() {
			all.Store(true)
			time.Sleep(2 * time.Second)
			all.Store(false)
		}
		first := newMallory(t, b)
		if msg := first.ask(); msg.Refuse == nil {
			t.Errorf("answered with %+v", msg)
		}
		time.Sleep(2 * time.Second)
		slow.fails = nil
		second := malloryAs(t, b, 99, 0)
		if msg := second.ask(); msg.Refuse == nil || b.ends.Removed() != 1 {
			t.Errorf("a session that ended while it was accepted: %+v, %d are removed", msg, b.ends.Removed())
		}
		time.Sleep(2 * time.Second)
		slow.adding = nil
		held := map[netip.Addr]bool{}
		for n := range byte(6) {
			m := malloryAs(t, b, 100+n, 0)
			a := m.ask().Accept
			if a == nil {
				continue
			}
			if held[a.Inner.Consumer4] {
				t.Errorf("%s is given to two", a.Inner.Consumer4)
			}
			held[a.Inner.Consumer4] = true
		}
		if len(held) != 5 {
			t.Errorf("%d sessions have addresses, and there are 5", len(held))
		}
	}, func(c *provider.Config) {
		slow.Tunnel = c.Tunnel
		c.Tunnel, c.Quota, c.Inner4 = slow, all, netip.MustParsePrefix("10.0.0.0/29")
	})
}
