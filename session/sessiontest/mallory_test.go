package sessiontest_test

import (
	"context"
	"net"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/session/meter"
	"github.com/wherrynet/wherry/session/provider"
	"github.com/wherrynet/wherry/session/sessiontest"
	"github.com/wherrynet/wherry/session/wire"
)

// mallory is a consumer that speaks the messages by hand.
type mallory struct {
	alice
	t    *testing.T
	b    *bob
	link net.Conn
	end  *sessiontest.Peer
	id   wherry.SessionID
	in   chan wire.Message // closed at the end of the link
}

func newMallory(t *testing.T, b *bob) *mallory { return malloryAs(t, b, 66, 0) }

// malloryAs gives her a key and a session of her own.
func malloryAs(t *testing.T, b *bob, n, session byte) *mallory {
	m := &mallory{alice: newAlice(t, n), t: t, b: b, id: wherry.SessionID{n, session}, in: make(chan wire.Message, 64)}
	ours, theirs := sessiontest.Links(m.key.Address(), b.key.Address())
	go func() { b.err <- b.Serve(t.Context(), theirs) }()
	m.link, m.end = ours, b.ends.Consumer()
	go func() {
		defer close(m.in)
		for {
			msg, err := wire.Read(ours, wire.MaxToConsumer)
			if err != nil {
				return
			}
			m.in <- msg
		}
	}()
	return m
}

func (m *mallory) hello() wire.Open {
	return wire.Open{
		Version: wire.Version, Session: m.id, Provider: m.b.key.Address(), Offer: m.b.deal.Offer,
		PerHour: m.b.deal.Rate.PerHour, PerGiB: m.b.deal.Rate.PerGiB, TunnelKey: m.end.Key(),
		Hub: m.b.hub.Key.Address(), ChainA: sessiontest.A.ChainID, ContractA: sessiontest.A.Contract,
		Time: uint64(time.Now().Unix()),
	}
}

func (m *mallory) send(msg wire.Message) {
	_ = m.link.SetWriteDeadline(time.Now().Add(time.Second))
	_ = wire.Write(m.link, msg) // a provider that hung up is a result, too
}

// next returns the next message, or none after a while or at the end.
func (m *mallory) next() wire.Message {
	select {
	case msg := <-m.in:
		return msg
	case <-time.After(40 * time.Second):
		return wire.Message{}
	}
}

// open sends o, signed, and returns the first answer.
func (m *mallory) ask(change ...func(*wire.Open)) wire.Message {
	o := m.hello()
	for _, f := range change {
		f(&o)
	}
	if o.Sig.IsZero() {
		o.Sign(m.key)
	}
	m.send(wire.Message{Open: &o})
	return m.next()
}

// promise signs amount under the invoice's lock, with changes.
func (m *mallory) promise(inv wire.Invoice, amount wherry.Amount, change ...func(*channel.SignedPromise)) wire.Message {
	order := typed.Order{
		Provider: m.b.key.Address(), ChainB: sessiontest.B.ChainID, ContractB: sessiontest.B.Contract,
		Amount: amount, Session: m.id,
	}
	p, err := m.payer.Pay(m.t.Context(), m.b.hub.ID(), order, inv.Hashlock, channel.Limits{Unacknowledged: wherry.MaxOnChain, Budget: wherry.MaxOnChain})
	if err != nil {
		m.t.Fatal(err)
	}
	for _, f := range change {
		f(&p)
	}
	if p.Sig.IsZero() {
		p.Sig = m.key.Sign(p.Digest())
	}
	return wire.Message{Promise: &wire.Promise{Session: m.id, Tick: inv.Tick, Amount: p.Order.Amount, Total: p.Total, Seq: p.Order.Seq, Sig: p.Sig}}
}

// pay opens a session and pays the opening.
func (m *mallory) pay() {
	m.t.Helper()
	if msg := m.ask(); msg.Accept == nil {
		m.t.Fatalf("not accepted: %+v", msg)
	}
	inv := m.next().Invoice
	m.send(m.promise(*inv, inv.Due))
	if msg := m.next(); msg.Receipt == nil {
		m.t.Fatalf("no receipt: %+v", msg)
	}
	_ = m.end.Up(wire.Accept{})
}

func withBob(t *testing.T, f func(t *testing.T, b *bob), change ...func(*provider.Config)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := newBob(t, 2, sessiontest.NewHub(key(9)), change...)
		f(t, b)
		b.end(t)
	})
}

func TestConsumerThatStopsPayingGetsItsCreditAndNoMore(t *testing.T) {
	withBob(t, func(t *testing.T, b *bob) {
		m := newMallory(t, b)
		m.pay()
		paid := price.Bytes(meter.MinOpening, 1<<40)
		var carried uint64
		for range 300 {
			carried += m.end.Carry(1<<20, 0)
			time.Sleep(100 * time.Millisecond)
		}
		credit := b.deal.Credit.Bytes
		if worth := cost(t, b.deal.Credit.Time(), credit); worth.Less(cost(t, 0, carried).SubFloor(meter.MinOpening)) {
			t.Errorf("%d bytes were carried for nothing, the credit is %d", carried-paid, credit)
		}
		if carried > 3<<20 {
			t.Errorf("%d bytes were carried before anything but the opening was paid", carried)
		}
		time.Sleep(5 * time.Second)
		if len(b.Sessions()) != 0 {
			t.Error("the session is still there")
		}
		for msg := range m.in {
			if msg.Close != nil && wherry.CodeOf(msg.Close.Err()) == wherry.NotFunded {
				return
			}
		}
		t.Error("the session ended without its reason")
	})
}

func TestPromisesThatAreNoGoodEndTheSession(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*channel.SignedPromise)
		want   wherry.Code
	}{
		"somebody else's signature": {func(p *channel.SignedPromise) { p.Sig = key(67).Sign(p.Digest()) }, wherry.Forbidden},
		"another lock":              {func(p *channel.SignedPromise) { p.Hashlock[0]++; p.Sig = key(66).Sign(p.Digest()) }, wherry.Forbidden},
		"another hub":               {func(p *channel.SignedPromise) { p.Hub[0]++; p.Sig = key(66).Sign(p.Digest()) }, wherry.Forbidden},
		"another session's order":   {func(p *channel.SignedPromise) { p.Order.Session[0]++; p.Sig = key(66).Sign(p.Digest()) }, wherry.Forbidden},
		"too little": {func(p *channel.SignedPromise) {
			p.Order.Amount = wherry.Base(9e13)
			p.Sig = key(66).Sign(p.Digest())
		}, wherry.Conflict},
		"too much": {func(p *channel.SignedPromise) {
			p.Order.Amount, p.Total = wherry.Base(2e14), wherry.Base(2e14)
			p.Sig = key(66).Sign(p.Digest())
		}, wherry.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			withBob(t, func(t *testing.T, b *bob) {
				m := newMallory(t, b)
				m.ask()
				inv := m.next().Invoice
				m.send(m.promise(*inv, inv.Due, c.change))
				msg := m.next()
				if msg.Close == nil || msg.Close.Code != c.want {
					t.Errorf("got %+v, want a close with %s", msg, c.want)
				}
				if m.end.Allowance() != 0 || !b.hub.Taken(m.id).IsZero() {
					t.Error("it counted for something")
				}
			})
		})
	}
}

func TestNothingPromisedForTheOpeningOpensNothing(t *testing.T) {
	withBob(t, func(t *testing.T, b *bob) {
		m := newMallory(t, b)
		m.ask()
		inv := m.next().Invoice
		m.send(wire.Message{Promise: &wire.Promise{Session: m.id, Tick: inv.Tick}})
		if msg := m.next(); msg.Close == nil || m.end.Allowance() != 0 {
			t.Errorf("got %+v, allowance %d", msg, m.end.Allowance())
		}
	})
}

func TestPromiseThatComesLateIsDroppedAndAskedForAgain(t *testing.T) {
	withBob(t, func(t *testing.T, b *bob) {
		m := newMallory(t, b)
		m.ask()
		first := m.next().Invoice
		time.Sleep(300 * time.Millisecond) // the tick is over
		m.send(m.promise(*first, first.Due))
		second := m.next().Invoice
		if second == nil || second.Hashlock == first.Hashlock || second.Tick.Number <= first.Tick.Number {
			t.Fatalf("after a late promise: %+v", second)
		}
		if !b.hub.Taken(m.id).IsZero() || m.end.Allowance() != 0 {
			t.Error("the late promise counted")
		}
		m.send(m.promise(*second, second.Due))
		if msg := m.next(); msg.Receipt == nil {
			t.Errorf("got %+v, want a receipt", msg)
		}
	})
}

func TestSlowConsumerGetsALongerTick(t *testing.T) {
	withBob(t, func(t *testing.T, b *bob) {
		m := newMallory(t, b)
		m.ask()
		for range 5 {
			msg := m.next()
			if msg.Receipt != nil {
				return
			}
			time.Sleep(400 * time.Millisecond)
			m.send(m.promise(*msg.Invoice, msg.Invoice.Due))
		}
		t.Error("a consumer 400 ms away never gets to pay")
	})
}

func TestOpenIsRefusedWithItsReason(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*wire.Open)
		want   wherry.Code
	}{
		"another provider's": {func(o *wire.Open) { o.Provider[0]++ }, wherry.Forbidden},
		"not signed":         {func(o *wire.Open) { o.Sig = key(67).Sign(o.Digest()) }, wherry.Forbidden},
		"another price":      {func(o *wire.Open) { o.PerGiB = wherry.Base(1) }, wherry.Conflict},
		"another hub":        {func(o *wire.Open) { o.Hub[0]++ }, wherry.Refused},
		"an old clock":       {func(o *wire.Open) { o.Time -= 3600 }, wherry.Invalid},
		"a clock ahead":      {func(o *wire.Open) { o.Time += 1 << 62 }, wherry.Invalid},
		"no tunnel key":      {func(o *wire.Open) { o.TunnelKey = wire.TunnelKey{} }, wherry.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			withBob(t, func(t *testing.T, b *bob) {
				m := newMallory(t, b)
				msg := m.ask(c.change)
				if msg.Refuse == nil || msg.Refuse.Code != c.want {
					t.Errorf("got %+v, want %s", msg.Refuse, c.want)
				}
				if len(b.Sessions()) != 0 {
					t.Error("a session came about")
				}
			})
		})
	}
}

func TestOlderOfferAtTheSamePriceIsAsGood(t *testing.T) {
	withBob(t, func(t *testing.T, b *bob) {
		if msg := newMallory(t, b).ask(func(o *wire.Open) { o.Offer[0]++ }); msg.Accept == nil {
			t.Errorf("got %+v", msg)
		}
	})
}

func TestAccessPolicyRefuses(t *testing.T) {
	withBob(t, func(t *testing.T, b *bob) {
		msg := newMallory(t, b).ask()
		if msg.Refuse == nil || msg.Refuse.Code != wherry.Forbidden {
			t.Errorf("got %+v", msg)
		}
	}, func(c *provider.Config) {
		c.Admit = func(wherry.Address) error { return wherry.Errorf(wherry.Forbidden, "not on the list") }
	})
}

func TestSessionIDWorksOnce(t *testing.T) {
	withBob(t, func(t *testing.T, b *bob) {
		m := newMallory(t, b)
		m.pay()
		again := newMallory(t, b)
		if msg := again.ask(); msg.Refuse == nil || msg.Refuse.Code != wherry.Conflict {
			t.Errorf("while it is open: %+v", msg)
		}
		m.send(wire.Message{Close: &wire.Close{Session: m.id, Code: wherry.Interrupted}})
		time.Sleep(2 * time.Second)
		again = newMallory(t, b)
		if msg := again.ask(); msg.Refuse == nil || msg.Refuse.Code != wherry.Conflict {
			t.Errorf("after it was closed: %+v", msg)
		}
	})
}

func TestSeatsAreBounded(t *testing.T) {
	withBob(t, func(t *testing.T, b *bob) {
		sessions := byte(0)
		open := func(n byte) wire.Message {
			sessions++
			return malloryAs(t, b, n, sessions).ask()
		}
		for range 2 {
			if open(70).Accept == nil {
				t.Fatal("two sessions of one identity were not accepted")
			}
		}
		if msg := open(70); msg.Refuse == nil || msg.Refuse.Code != wherry.Busy {
			t.Errorf("the third session of one identity: %+v", msg)
		}
		if open(71).Accept == nil {
			t.Fatal("somebody else was not accepted")
		}
		if msg := open(72); msg.Refuse == nil || msg.Refuse.Code != wherry.Busy {
			t.Errorf("the fourth session in all: %+v", msg)
		}
	}, func(c *provider.Config) { c.PerConsumer, c.Sessions = 2, 3 })
}

func TestSessionsThatDoNotPayTheirOpeningAreBounded(t *testing.T) {
	withBob(t, func(t *testing.T, b *bob) {
		for n := range byte(3) {
			if msg := malloryAs(t, b, 70+n, 0).ask(); msg.Accept == nil {
				t.Fatalf("got %+v", msg)
			}
		}
		if msg := malloryAs(t, b, 80, 0).ask(); msg.Refuse == nil || msg.Refuse.Code != wherry.Busy {
			t.Errorf("the fourth one: %+v", msg)
		}
		time.Sleep(16 * time.Second)
		if n := len(b.Sessions()); n != 0 {
			t.Errorf("%d of them are still there", n)
		}
		malloryAs(t, b, 81, 0).pay()
	}, func(c *provider.Config) { c.Pending = 3 })
}

func TestOpenThatIsInterruptedLeavesNothing(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		b.hub.Slow(5 * time.Second)
		r, end := a.request(t, b)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := a.Open(ctx, r); wherry.CodeOf(err) != wherry.Timeout {
			t.Errorf("got %v", err)
		}
		time.Sleep(time.Second)
		if len(b.Sessions()) != 0 || end.IsUp() {
			t.Errorf("%d sessions are left, up: %t", len(b.Sessions()), end.IsUp())
		}
	})
}

func TestGarbageFromAConsumerIsCutOff(t *testing.T) {
	for name, b := range map[string][]byte{
		"a gibibyte announced": {0x40, 0, 0, 0, 1, 2, 3},
		"no bytes":             {0, 0, 0, 0},
		"garbage":              {0, 0, 0, 4, 0xff, 0xff, 0xff, 0xff},
	} {
		t.Run(name, func(t *testing.T) {
			withBob(t, func(t *testing.T, bb *bob) {
				m := newMallory(t, bb)
				_, _ = m.link.Write(b)
				if _, more := <-m.in; more {
					t.Error("it was answered")
				}
				if err := <-bb.err; wherry.CodeOf(err) != wherry.Invalid {
					t.Errorf("serve returned %v", err)
				}
				m = newMallory(t, bb)
				m.pay()
				_, _ = m.link.Write(b)
				if _, more := <-m.in; more {
					t.Error("it was answered")
				}
				time.Sleep(31 * time.Second)
				if len(bb.Sessions()) != 0 {
					t.Error("the session is still there")
				}
			})
		})
	}
}

func TestSilentConnectionsAreBounded(t *testing.T) {
	withBob(t, func(t *testing.T, b *bob) {
		one, two := newMallory(t, b), newMallory(t, b)
		synctest.Wait()
		began := time.Now()
		three := newMallory(t, b)
		if <-three.in; time.Since(began) > time.Second {
			t.Errorf("a third silent connection was kept for %s", time.Since(began))
		}
		<-one.in
		<-two.in
		if took := time.Since(began); took > 11*time.Second {
			t.Errorf("silent connections were kept for %s", took)
		}
	}, func(c *provider.Config) { c.Pending = 2 })
}

func TestResumeFromAnotherInnerAddressIsRefused(t *testing.T) {
	withBob(t, func(t *testing.T, b *bob) {
		m, thief := newMallory(t, b), b.ends.Consumer()
		m.pay()
		if err := b.ends.AddPeer(thief.Key(), []netip.Addr{netip.MustParseAddr("10.87.9.9")}, false); err != nil {
			t.Fatal(err)
		}
		c, err := thief.Dial(t.Context(), netip.AddrPort{})
		if err != nil {
			t.Fatal(err)
		}
		if err := wire.Write(c, wire.Message{Resume: &wire.Resume{Version: 1, Session: m.id}}); err != nil {
			t.Fatal(err)
		}
		msg, err := wire.Read(c, wire.MaxToConsumer)
		if err != nil || msg.Close == nil || msg.Close.Code != wherry.Unreachable {
			t.Errorf("got %+v, %v", msg, err)
		}
	})
}
