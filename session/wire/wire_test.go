package wire_test

import (
	"bytes"
	"encoding/binary"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/session/meter"
	"github.com/wherrynet/wherry/session/wire"
)

func key(t testing.TB, n byte) *identity.Key {
	k, err := identity.KeyFromBytes(append(make([]byte, 31), n))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

var session = wherry.SessionID{5}

func open(t testing.TB) wire.Open {
	o := wire.Open{
		Version: wire.Version, Session: session, Provider: key(t, 2).Address(), Offer: wherry.Hash{1},
		PerHour: wherry.Base(7), PerGiB: wherry.Base(9), TunnelKey: wire.TunnelKey{1}, Hub: wherry.Address{3},
		ChainA: 1001, ContractA: wherry.Address{4}, Time: 1_800_000_000,
	}
	o.Sign(key(t, 1))
	return o
}

func accept(t testing.TB) wire.Accept {
	o := open(t)
	a := wire.Accept{
		Version: wire.Version, Session: session, Open: o.Digest(), TunnelKey: wire.TunnelKey{2},
		Inner: wire.Inner{
			Consumer4: netip.MustParseAddr("10.87.0.2"), Consumer6: netip.MustParseAddr("fd77::2"),
			Provider4: netip.MustParseAddr("10.87.0.1"), Provider6: netip.MustParseAddr("fd77::1"),
		},
		DNS: netip.MustParseAddr("10.87.0.1"), PerHour: o.PerHour, PerGiB: o.PerGiB,
		Opening: meter.MinOpening, Credit: meter.Credit{Bytes: 1 << 20, Seconds: 30}, ChainB: 1002, ContractB: wherry.Address{6},
	}
	a.Sign(key(t, 2))
	return a
}

// messages returns one of each kind, by name.
func messages(t testing.TB) map[string]wire.Message {
	o, a := open(t), accept(t)
	tick := channel.TickID{Epoch: channel.Epoch{1}, Number: 2}
	r := wire.Receipt{Session: session, Tick: tick, Preimage: wherry.Hash{8}, Paid: wherry.Base(5), Use: meter.Use{Bytes: 1, Millis: 2}}
	r.Sign(key(t, 2))
	return map[string]wire.Message{
		"open":    {Open: &o},
		"accept":  {Accept: &a},
		"refuse":  {Refuse: &wire.Refuse{Session: session, Code: wherry.Busy, Reason: "no room"}},
		"invoice": {Invoice: &wire.Invoice{Session: session, Tick: tick, Hashlock: wherry.Hash{9}, Due: wherry.Base(5), Paid: wherry.Base(4), Use: meter.Use{Bytes: 3, Millis: 4}}},
		"promise": {Promise: &wire.Promise{Session: session, Tick: tick, Amount: wherry.Base(1), Total: wherry.Base(9), Seq: 3, Sig: identity.Signature{1}}},
		"receipt": {Receipt: &r},
		"resume":  {Resume: &wire.Resume{Version: wire.Version, Session: session}},
		"close":   {Close: &wire.Close{Session: session, Code: wherry.NotFunded, Reason: "no more"}},
		"begin":   {Begin: &wire.Begin{Session: session}},
		"ping":    {Ping: &wire.Ping{Number: 4, Reply: true}},
		"decline": {Decline: &wire.Decline{Session: session, Tick: tick, Answer: channel.Answer{Version: 1, Refused: []channel.Refusal{{Code: wherry.NotFunded, Reason: "deposit"}}}}},
	}
}

func TestMessagesComeBackAsTheyWere(t *testing.T) {
	for name, m := range messages(t) {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := wire.Write(&b, m); err != nil {
				t.Fatal(err)
			}
			if b.Len() > wire.MaxToProvider {
				t.Errorf("%d bytes: a provider would not read it", b.Len())
			}
			got, err := wire.Read(&b, wire.MaxToProvider)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, m) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestMalformedMessagesAreRefused(t *testing.T) {
	tick := channel.TickID{Number: 1}
	big, _ := wherry.MaxOnChain.Add(wherry.Base(1))
	bad := map[string]func() wire.Message{
		"open of another version":       func() wire.Message { o := open(t); o.Version = 2; return wire.Message{Open: &o} },
		"open without a session":        func() wire.Message { o := open(t); o.Session = wherry.SessionID{}; return wire.Message{Open: &o} },
		"open at an absurd price":       func() wire.Message { o := open(t); o.PerGiB = big; return wire.Message{Open: &o} },
		"accept of another version":     func() wire.Message { a := accept(t); a.Version = 0; return wire.Message{Accept: &a} },
		"accept with endless credit":    func() wire.Message { a := accept(t); a.Credit.Bytes = 1 << 60; return wire.Message{Accept: &a} },
		"accept with an absurd opening": func() wire.Message { a := accept(t); a.Opening = big; return wire.Message{Accept: &a} },
		"accept with a public address": func() wire.Message {
			a := accept(t)
			a.Inner.Consumer4 = netip.MustParseAddr("8.8.8.8")
			return wire.Message{Accept: &a}
		},
		"accept with the families swaped": func() wire.Message {
			a := accept(t)
			a.Inner.Consumer4 = a.Inner.Consumer6
			return wire.Message{Accept: &a}
		},
		"accept with a zone": func() wire.Message {
			a := accept(t)
			a.Inner.Consumer6 = a.Inner.Consumer6.WithZone("eth0")
			return wire.Message{Accept: &a}
		},
		"accept with one address twice": func() wire.Message {
			a := accept(t)
			a.Inner.Provider4 = a.Inner.Consumer4
			a.DNS = netip.Addr{}
			return wire.Message{Accept: &a}
		},
		"accept with a resolver outside": func() wire.Message {
			a := accept(t)
			a.DNS = netip.MustParseAddr("9.9.9.9")
			return wire.Message{Accept: &a}
		},
		"accept without addresses":      func() wire.Message { a := accept(t); a.Inner = wire.Inner{}; return wire.Message{Accept: &a} },
		"accept with addresses, no key": func() wire.Message { a := accept(t); a.TunnelKey = wire.TunnelKey{}; return wire.Message{Accept: &a} },
		"invoice without a lock":        func() wire.Message { return wire.Message{Invoice: &wire.Invoice{Session: session, Tick: tick}} },
		"invoice below what is paid": func() wire.Message {
			return wire.Message{Invoice: &wire.Invoice{Session: session, Hashlock: wherry.Hash{1}, Paid: wherry.Base(1)}}
		},
		"invoice above the chain's range": func() wire.Message {
			return wire.Message{Invoice: &wire.Invoice{Session: session, Hashlock: wherry.Hash{1}, Due: big}}
		},
		"invoice for an endless time": func() wire.Message {
			return wire.Message{Invoice: &wire.Invoice{Session: session, Hashlock: wherry.Hash{1}, Use: meter.Use{Millis: 1 << 63}}}
		},
		"promise of nothing, signed": func() wire.Message {
			return wire.Message{Promise: &wire.Promise{Session: session, Sig: identity.Signature{1}}}
		},
		"promise of more than its total": func() wire.Message {
			return wire.Message{Promise: &wire.Promise{Session: session, Amount: wherry.Base(2), Total: wherry.Base(1)}}
		},
		"promise above the chain's range": func() wire.Message {
			return wire.Message{Promise: &wire.Promise{Session: session, Amount: wherry.Base(2), Total: big}}
		},
		"receipt for an endless count": func() wire.Message {
			return wire.Message{Receipt: &wire.Receipt{Session: session, Use: meter.Use{Bytes: 1 << 63}}}
		},
		"resume of another version": func() wire.Message { return wire.Message{Resume: &wire.Resume{Session: session}} },
		"close with a long reason": func() wire.Message {
			return wire.Message{Close: &wire.Close{Session: session, Reason: strings.Repeat("a", wire.MaxReason+1)}}
		},
		"close with an escape": func() wire.Message { return wire.Message{Close: &wire.Close{Session: session, Reason: "\x1b[2J"}} },
		"refuse with a long code": func() wire.Message {
			return wire.Message{Refuse: &wire.Refuse{Session: session, Code: wherry.Code(strings.Repeat("a", 33))}}
		},
		"refuse without a session":     func() wire.Message { return wire.Message{Refuse: &wire.Refuse{}} },
		"decline that refuses nothing": func() wire.Message { return wire.Message{Decline: &wire.Decline{Session: session}} },
		"decline with an escape": func() wire.Message {
			return wire.Message{Decline: &wire.Decline{Session: session, Answer: channel.Answer{Refused: []channel.Refusal{{Reason: "\x07"}}}}}
		},
		"two kinds at once": func() wire.Message {
			return wire.Message{Ping: &wire.Ping{}, Resume: &wire.Resume{Version: 1, Session: session}}
		},
	}
	for name, make := range bad {
		t.Run(name, func(t *testing.T) {
			b, err := wire.Encode(make())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := wire.Decode(b); wherry.CodeOf(err) != wherry.Invalid {
				t.Errorf("got %v, want it refused as invalid", err)
			}
		})
	}
}

func TestFramesAreBoundedBeforeTheyAreRead(t *testing.T) {
	frame := func(n uint32, body ...byte) []byte { return append(binary.BigEndian.AppendUint32(nil, n), body...) }
	for name, b := range map[string][]byte{
		"a gibibyte announced": frame(1<<30, 1, 2, 3),
		"no bytes":             frame(0),
		"garbage":              frame(4, 0xff, 0xff, 0xff, 0xff),
		"a long tail":          frame(4, 0xa0, 0, 0, 0),
		"above the limit":      frame(wire.MaxToProvider + 1),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := wire.Read(bytes.NewReader(b), wire.MaxToProvider); wherry.CodeOf(err) != wherry.Invalid {
				t.Errorf("got %v, want it refused as invalid", err)
			}
		})
	}
	t.Run("cut off", func(t *testing.T) {
		if _, err := wire.Read(bytes.NewReader(frame(9, 1)), wire.MaxToProvider); wherry.CodeOf(err) != wherry.Unreachable {
			t.Errorf("got %v", err)
		}
	})
}

func TestUnknownKindsArePassedOverForAWhile(t *testing.T) {
	unknown := []byte{0, 0, 0, 4, 0xa1, 0x18, 0x63, 0x01} // {99: 1}
	var b bytes.Buffer
	for range 3 {
		b.Write(unknown)
	}
	if err := wire.Write(&b, wire.Message{Ping: &wire.Ping{Number: 7}}); err != nil {
		t.Fatal(err)
	}
	m, err := wire.Read(&b, wire.MaxToProvider)
	if err != nil || m.Ping == nil || m.Ping.Number != 7 {
		t.Fatalf("got %+v, %v", m, err)
	}
	if _, err := wire.Read(bytes.NewReader(bytes.Repeat(unknown, 100)), wire.MaxToProvider); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("a hundred of them: %v", err)
	}
}

func TestOpenIsSignedAsAWhole(t *testing.T) {
	good := open(t)
	if err := good.Verify(key(t, 1).Address()); err != nil {
		t.Fatal(err)
	}
	if good.Verify(key(t, 2).Address()) == nil {
		t.Error("somebody else's open is taken")
	}
	for name, change := range map[string]func(*wire.Open){
		"session":  func(o *wire.Open) { o.Session[0]++ },
		"provider": func(o *wire.Open) { o.Provider[0]++ },
		"offer":    func(o *wire.Open) { o.Offer[0]++ },
		"price":    func(o *wire.Open) { o.PerGiB = wherry.Base(1) },
		"key":      func(o *wire.Open) { o.TunnelKey[0]++ },
		"hub":      func(o *wire.Open) { o.Hub[0]++ },
		"chain":    func(o *wire.Open) { o.ChainA++ },
		"time":     func(o *wire.Open) { o.Time++ },
	} {
		o := good
		change(&o)
		if o.Verify(key(t, 1).Address()) == nil {
			t.Errorf("a changed %s is not noticed", name)
		}
	}
}

func TestAcceptBindsBothTunnelKeysAndThePrice(t *testing.T) {
	o, good := open(t), accept(t)
	who := key(t, 2)
	if err := good.Verify(who.Address(), o); err != nil {
		t.Fatal(err)
	}
	resigned := func(change func(*wire.Accept)) wire.Accept {
		a := good
		change(&a)
		a.Sign(who)
		return a
	}
	other := o
	other.TunnelKey[0]++
	other.Sign(key(t, 1))
	for name, c := range map[string]struct {
		a wire.Accept
		o wire.Open
	}{
		"the consumer's key":    {good, other},
		"another session":       {resigned(func(a *wire.Accept) { a.Session[0]++ }), o},
		"another price":         {resigned(func(a *wire.Accept) { a.PerGiB = wherry.Base(10) }), o},
		"no tunnel":             {resigned(func(a *wire.Accept) { a.TunnelKey = wire.TunnelKey{} }), o},
		"the provider's key":    {func() wire.Accept { a := good; a.TunnelKey[0]++; return a }(), o},
		"an inner address":      {func() wire.Accept { a := good; a.Inner.Consumer4 = netip.MustParseAddr("10.0.0.9"); return a }(), o},
		"somebody's signature":  {func() wire.Accept { a := good; a.Sign(key(t, 3)); return a }(), o},
		"the terms of the open": {func() wire.Accept { a := good; a.Opening = wherry.Base(1); return a }(), o},
	} {
		if c.a.Verify(who.Address(), c.o) == nil {
			t.Errorf("%s: not noticed", name)
		}
	}
}

func TestReceiptIsSignedAsAWhole(t *testing.T) {
	r := *messages(t)["receipt"].Receipt
	if err := r.Verify(key(t, 2).Address()); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*wire.Receipt){
		"session": func(r *wire.Receipt) { r.Session[0]++ }, "paid": func(r *wire.Receipt) { r.Paid = wherry.Base(6) },
		"use": func(r *wire.Receipt) { r.Use.Bytes++ }, "preimage": func(r *wire.Receipt) { r.Preimage[0]++ },
	} {
		c := r
		change(&c)
		if c.Verify(key(t, 2).Address()) == nil {
			t.Errorf("a changed %s is not noticed", name)
		}
	}
}

func TestReasonsAreClippedToWhatATerminalMayShow(t *testing.T) {
	got := wire.Clip("a\x1b[2Jb\n" + strings.Repeat("é", 200) + "\xff")
	if len(got) > wire.MaxReason || strings.ContainsAny(got, "\x1b\n") || !utf8.ValidString(got) {
		t.Errorf("%q", got)
	}
	b, err := wire.Encode(wire.Message{Close: &wire.Close{Session: session, Reason: got}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := wire.Decode(b); err != nil {
		t.Errorf("clipped, and refused: %v", err)
	}
}

func TestUnknownCodesBecomeRefused(t *testing.T) {
	if got := wherry.CodeOf(wire.Refuse{Code: "made_up"}.Err()); got != wherry.Refused {
		t.Errorf("got %s", got)
	}
	if err := (wire.Close{}).Err(); err != nil {
		t.Errorf("a close without a code is %v", err)
	}
	if got := wherry.CodeOf(wire.Close{Code: wherry.NotFunded}.Err()); got != wherry.NotFunded {
		t.Errorf("got %s", got)
	}
}
