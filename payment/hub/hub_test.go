package hub

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/payment/channel"
)

func TestTwoProvidersAndThreeConsumersToTheLastBaseUnit(t *testing.T) {
	for _, depth := range []uint64{0, 4} {
		t.Run(fmt.Sprintf("depth %d", depth), func(t *testing.T) {
			w := newWorld(t, depth, nil)
			providers := []*provider{w.provider("p"), w.provider("q")}
			consumers := []*consumer{w.consumer("c", "5"), w.consumer("d", "7"), w.consumer("e", "9")}
			const ticks = 6
			for tick := uint64(1); tick <= ticks; tick++ {
				for i, p := range providers {
					var reveal []uint64
					if tick > 1 {
						reveal = []uint64{tick - 1}
					}
					var orders []channel.SignedPromise
					for j, c := range consumers {
						orders = append(orders, c.order(p, tick, fmt.Sprintf("0.%d%d7", i+1, j+3)))
					}
					p.pay(p.batch(tick, reveal, orders...))
				}
			}
			for _, p := range providers {
				p.pay(p.batch(0, []uint64{ticks}))
			}
			w.settle()
			s := w.hub.Totals()
			sum, _ := s.Out.Add(s.Fee)
			if s.In != sum || s.In != s.Spent || s.Out != s.Earned || !s.Owed.IsZero() || !s.Uncollected.IsZero() || !s.Credit.IsZero() {
				t.Fatalf("the books do not agree: %+v", s)
			}
			var in, out wherry.Amount
			for _, c := range consumers {
				ch, _ := w.a.In(context.Background(), w.key.Address(), c.key.Address(), chain.Final)
				in, _ = in.Add(ch.Settled)
			}
			for _, p := range providers {
				out, _ = out.Add(w.tokensOf(w.b, p.payee.Address()))
			}
			if in != s.In || out != s.Out {
				t.Fatalf("chain A has seen %s and chain B %s, the books say %s and %s", in, out, s.In, s.Out)
			}
			all, _ := wherry.Sum(w.free(w.a), w.free(w.b), s.Reserved)
			if want, _ := tokens("100").Add(s.Fee); all != want {
				t.Fatalf("the hub has %s, want the 100 it began with and the fee: %s", all, want)
			}
			// Settling again changes nothing.
			w.settle()
			if again := w.hub.Totals(); again.In != s.In || again.Out != s.Out {
				t.Fatalf("books changed: %+v", again)
			}
			if strings.Contains(w.logs.String(), consumers[0].key.Address().String()) {
				t.Error("a consumer's address is in the log")
			}
		})
	}
}

func (w *world) free(c *chaintest.Chain) wherry.Amount {
	h, err := c.Hub(context.Background(), w.key.Address(), chain.Latest)
	if err != nil {
		w.t.Fatal(err)
	}
	return h.Free
}

func TestRepeatIsByteIdenticalAlsoAfterARestart(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	bad := c.order(p, 2, "0.2")
	bad.Total = tokens("0.000001") // goes back
	bad.Sig = c.key.Sign(bad.Digest())
	var asked, given [][]byte
	for _, b := range [][]byte{
		p.batch(1, nil, c.order(p, 1, "0.1")),
		p.batch(2, []uint64{1}, bad, c.order(p, 2, "0.3")),
		p.batch(0, []uint64{2}),
	} {
		status, answer := w.raw("/v1/pay", b)
		if status != 200 {
			t.Fatalf("status %d: %s", status, answer)
		}
		asked, given = append(asked, b), append(given, answer)
	}
	for range 2 {
		for i, b := range asked {
			if _, again := w.raw("/v1/pay", b); !bytes.Equal(again, given[i]) {
				t.Fatalf("answer %d has changed", i)
			}
		}
		w.restart()
	}
	if a := w.account(c); a.Spent != tokens("0.4") || !a.Pending.IsZero() {
		t.Fatalf("account %+v", a)
	}
}

func TestSnapshotKeepsTheBook(t *testing.T) {
	w := newWorld(t, 0, func(c *Config) { c.SnapshotBytes = 1 })
	p, c := w.provider("p"), w.consumer("c", "5")
	b := p.batch(1, nil, c.order(p, 1, "0.1"))
	first := p.pay(b)
	w.until("there is a snapshot", func() bool { return w.hub.journal.SinceSnapshot() == 0 })
	w.restart()
	if again := p.pay(b); again.Locked != first.Locked {
		t.Fatalf("locked %+v, then %+v", first.Locked, again.Locked)
	}
	p.pay(p.batch(0, []uint64{1}))
	w.settle()
	if s := w.hub.Totals(); s.Out != tokens("0.099") {
		t.Fatalf("totals %+v", s)
	}
}

func TestBadSignaturesAreRefusedOneByOne(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c, d := w.provider("p"), w.consumer("c", "5"), w.consumer("d", "5")
	other := testKey("other").Address()
	good := c.order(p, 1, "0.1")
	lies := map[string]func(*channel.SignedPromise){
		"another hub":      func(o *channel.SignedPromise) { o.Hub = other },
		"another chain":    func(o *channel.SignedPromise) { o.A.ChainID = 22 },
		"another contract": func(o *channel.SignedPromise) { o.A.Contract = other },
		"another provider": func(o *channel.SignedPromise) { o.Order.Provider = other },
		"another chain b":  func(o *channel.SignedPromise) { o.Order.ChainB = 11 },
		"another lock":     func(o *channel.SignedPromise) { o.Hashlock = wherry.Hash{1} },
		"another total":    func(o *channel.SignedPromise) { o.Total = tokens("4") },
		"another amount":   func(o *channel.SignedPromise) { o.Order.Amount = tokens("0.09") },
		"another consumer": func(o *channel.SignedPromise) { o.Consumer = c.key.Address() },
	}
	items := []channel.SignedPromise{good}
	for _, lie := range lies {
		o := d.order(p, 1, "0.1")
		signed := o
		lie(&signed)
		o.Sig = d.key.Sign(signed.Digest()) // signed for something else
		if signed.Consumer != o.Consumer {
			o.Sig = c.key.Sign(o.Digest())
		}
		items = append(items, o)
	}
	high := d.order(p, 1, "0.1")
	high.Sig[32] |= 0x7f // s above half the order
	items = append(items, high)
	a, err := w.client.Pay(context.Background(), p.batch(1, nil, items...))
	if err != nil {
		t.Fatal(err)
	}
	p.check(a)
	if a.Locked.Total != tokens("0.099") || len(a.Refused) != len(items)-1 {
		t.Fatalf("answer %+v", a)
	}
	for _, r := range a.Refused {
		if r.Code != wherry.Forbidden || !r.Order.IsZero() {
			t.Errorf("%s", r)
		}
	}
	// The right ones still count: no number was used up.
	e := d.order(p, 1, "0.1")
	e.Order.Seq, e.Total = 1, tokens("0.1")
	e.Sig = d.key.Sign(e.Digest())
	p.pay(p.batch(1, nil, e))
}

func TestSecondPromiseIsCheckedAgainstTheKnownKey(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	forged := c.order(p, 2, "0.1")
	forged.Sig = testKey("thief").Sign(forged.Digest())
	a, err := w.client.Pay(context.Background(), p.batch(2, []uint64{1}, forged))
	if err != nil || len(a.Refused) != 1 || a.Refused[0].Code != wherry.Forbidden {
		t.Fatalf("answer %+v, %v", a, err)
	}
}

func TestLargeBatchOnAllCores(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c, d := w.provider("p"), w.consumer("c", "5"), w.consumer("d", "5")
	var orders []channel.SignedPromise
	for i := range 64 {
		o := []*consumer{c, d}[i%2].order(p, 1, "0.001")
		if i%7 == 0 {
			o.Sig[3] ^= 1
		}
		orders = append(orders, o)
	}
	a, err := w.client.Pay(context.Background(), p.batch(1, nil, orders...))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range a.Refused {
		if r.Code != wherry.Forbidden || r.Item%7 != 0 {
			t.Fatalf("%s", r)
		}
	}
	if len(a.Refused) != 10 || a.Locked.Total != tokens("0.05346") {
		t.Fatalf("%d refused, locked %s", len(a.Refused), a.Locked.Total)
	}
}

func TestBindingNeedsBothSignatures(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, e, m := testKey("p"), testKey("e"), testKey("mallory")
	good := channel.Bind(p, e, w.b.Params().Domain(), 1)
	for name, b := range map[string]channel.Binding{
		"provider": {Payee: good.Payee, ProviderSig: m.Sign(wherry.Hash{1}), PayeeSig: good.PayeeSig},
		"payee":    {Payee: good.Payee, ProviderSig: good.ProviderSig, PayeeSig: good.ProviderSig},
	} {
		if _, err := w.client.Bind(context.Background(), b); wherry.CodeOf(err) != wherry.Forbidden {
			t.Errorf("not signed by the %s: %v", name, err)
		}
	}
	r := good.Request()
	r.Version = 2
	if _, err := w.hub.Bind(r); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("another version: %v", err)
	}
	if got, err := w.client.Bind(context.Background(), good); err != nil || got.Seq != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestQuestionsAreAnsweredToTheirOwnerOnly(t *testing.T) {
	w := newWorld(t, 0, nil)
	c := w.consumer("c", "5")
	ask := func(change func(*channel.Request)) error {
		r, err := channel.Request{
			Ask: channel.AskAccount, Hub: w.key.Address(), Chain: w.chainA(), Time: uint64(time.Now().Unix()),
		}.Sign(c.key)
		if err != nil {
			t.Fatal(err)
		}
		if change != nil {
			change(&r)
		}
		_, err = w.hub.Account(r)
		return err
	}
	resign := func(r *channel.Request, f func()) {
		f()
		d, _ := r.Digest()
		r.Sig = c.key.Sign(d)
	}
	if err := ask(nil); err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		code   wherry.Code
		change func(*channel.Request)
	}{
		"somebody else's": {wherry.Forbidden, func(r *channel.Request) { r.Who = testKey("d").Address() }},
		"unsigned":        {wherry.Forbidden, func(r *channel.Request) { r.Sig[1] ^= 1 }},
		"another hub":     {wherry.Invalid, func(r *channel.Request) { resign(r, func() { r.Hub = testKey("d").Address() }) }},
		"another kind":    {wherry.Invalid, func(r *channel.Request) { resign(r, func() { r.Ask = channel.AskClose }) }},
		"another chain":   {wherry.Invalid, func(r *channel.Request) { resign(r, func() { r.Chain.Contract[0] ^= 1 }) }},
		"an old one":      {wherry.Unauthenticated, func(r *channel.Request) { resign(r, func() { r.Time -= 400 }) }},
		"a future one":    {wherry.Unauthenticated, func(r *channel.Request) { resign(r, func() { r.Time += 400 }) }},
		"a far one":       {wherry.Invalid, func(r *channel.Request) { resign(r, func() { r.Time = 1 << 63 }) }},
	} {
		if err := ask(x.change); wherry.CodeOf(err) != x.code {
			t.Errorf("%s: %v, want %s", name, err, x.code)
		}
	}
}

func TestAccountShowsTheNewestPromise(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	o := c.order(p, 2, "0.25")
	p.pay(p.batch(2, []uint64{1}, o))
	a := w.account(c)
	if a.Newest.Promise(w.key.Address()) != o || a.Newest.Promise(w.key.Address()).Verify() != nil {
		t.Fatalf("newest %+v, want %+v", a.Newest.Promise(w.key.Address()), o)
	}
	if a.Spent != tokens("0.1") || a.Pending != tokens("0.25") || a.NextSeq != 3 {
		t.Fatalf("account %+v", a)
	}
}

func TestPayoutShowsTheNewestPayouts(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	a := p.pay(p.batch(2, []uint64{1}, c.order(p, 2, "0.1")))
	got, err := w.client.Payout(context.Background(), p.key, w.chainB())
	if err != nil {
		t.Fatal(err)
	}
	if got.Unlocked != a.Unlocked || len(got.Open) != 1 || got.Open[0].Locked != a.Locked || got.Open[0].Ticks[0] != a.Tick {
		t.Fatalf("payouts %+v, want those of %+v", got, a)
	}
	if n := got.Newest(); n.Locked != a.Locked || n.Unlocked != a.Unlocked || n.Tick != a.Tick {
		t.Fatalf("newest %+v", n)
	}
}

func TestTermsAreSigned(t *testing.T) {
	w := newWorld(t, 0, nil)
	got, err := w.client.Terms(context.Background(), 11)
	if err != nil {
		t.Fatal(err)
	}
	if got.FeePPM != 10_000 || len(got.Payees) != 2 || got.PayoutLife != 12*3600 || int64(got.ValidUntil) < time.Now().Add(24*time.Hour).Unix() {
		t.Fatalf("terms %+v", got)
	}
	if _, err := w.client.Terms(context.Background(), 99); wherry.CodeOf(err) != wherry.NotFound {
		t.Errorf("unknown chain: %v", err)
	}
}

func TestConsumerLearnsWhatBecameOfItsOrders(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	p.pay(p.batch(2, []uint64{1}, c.order(p, 2, "0.1")))
	late := c.order(p, 3, "0.1")
	for range 2 {
		got, err := w.client.Orders(context.Background(), c.key, w.chainA(), []uint64{1, 2, 3})
		if err != nil {
			t.Fatal(err)
		}
		if got.Orders[0].Preimage != p.secret(1) || got.Orders[1].State != channel.FatePending || got.Orders[2].State != channel.FateRefused {
			t.Fatalf("orders %+v", got.Orders)
		}
		w.restart()
	}
	a, err := w.client.Pay(context.Background(), p.batch(3, []uint64{2}, late))
	if err != nil || len(a.Refused) != 1 {
		t.Fatalf("an order that was called refused: %+v, %v", a, err)
	}
	if _, err := w.client.Orders(context.Background(), testKey("d"), w.chainA(), []uint64{1}); wherry.CodeOf(err) != wherry.NotFound {
		t.Errorf("stranger: %v", err)
	}
}
