package relayer

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

// Somebody who sees the message on its way gets nothing for it: the contract
// knows whom it names. The one who is named still does it.
func TestAnotherRelayerCannotTakeTheFee(t *testing.T) {
	w := newWorld(t)
	r := w.open()
	mallory := key(9)
	s := w.sign(w.topUp(w.quote(r), wherry.Tokens(5)))
	_, err := w.chain.Send(t.Context(), mallory, s.Call(), nil)
	if why, ok := refusalOf(err); !ok || why != chain.OtherRelayer {
		t.Fatalf("a top-up: %v", err)
	}
	w.submit(r, s)
	w.settle(r)
	leave := w.sign(w.leave(w.quote(r)))
	_, err = w.chain.Send(t.Context(), mallory, leave.Call(), nil)
	if why, ok := refusalOf(err); !ok || why != chain.OtherRelayer {
		t.Fatalf("leaving: %v", err)
	}
	// Nor can it change who is named, where the money goes, or how much it is.
	for _, change := range []func(*wire.Submission){
		func(s *wire.Submission) { s.Relayer = mallory.Address() },
		func(s *wire.Submission) { s.Hub = mallory.Address() },
		func(s *wire.Submission) { s.Fee = wherry.Tokens(4) },
		func(s *wire.Submission) { s.Consumer = mallory.Address() },
	} {
		bad := leave
		change(&bad)
		if _, err := w.chain.Send(t.Context(), mallory, bad.Call(), nil); err == nil {
			t.Errorf("the contract takes %+v", bad)
		}
		if bad.Check(w.chain.Params().TokenDomain()) == nil {
			t.Errorf("the relayer takes %+v", bad)
		}
	}
	if got := w.tokens(mallory.Address()); !got.IsZero() {
		t.Errorf("mallory has %s", got)
	}
}

// R4: each signature works once, whoever tries it again and whenever.
func TestFeeIsTakenOnce(t *testing.T) {
	w := newWorld(t)
	r := w.open()
	var signed []wire.Submission
	do := func(s wire.Submission) {
		s = w.sign(s)
		signed = append(signed, s)
		w.submit(r, s)
		w.settle(r)
	}
	do(w.topUp(w.quote(r), wherry.Tokens(10)))
	do(w.topUp(w.quote(r), wherry.Tokens(5)))
	do(w.leave(w.quote(r)))
	w.chain.Advance(week)
	w.settle(r)
	do(w.topUp(w.quote(r), wherry.Tokens(5)))
	before := w.tokens(w.relayer.Address())
	for i, s := range signed {
		if _, err := w.chain.Send(t.Context(), w.relayer, s.Call(), nil); err == nil {
			t.Errorf("message %d works again", i)
		}
	}
	for range 3 { // a file without memory of them
		w.path += "x"
		again := w.open()
		for i, s := range signed {
			s.Quote = wire.Quote{}
			if st, err := again.Submit(t.Context(), s); err == nil {
				t.Errorf("message %d is taken again: %+v", i, st)
			}
		}
		w.settle(again)
	}
	if got := w.tokens(w.relayer.Address()); got != before {
		t.Errorf("the relayer has %s after %s", got, before)
	}
}

// A consumer who signs the same top-up to two relayers pays one of them. The
// other one loses the gas of one refused transaction, and serves it no more.
func TestSignedToTwoRelayers(t *testing.T) {
	w := newWorldOn(t, chaintest.Config{Manual: true})
	w.chain.Mine(1)
	first := w.open()
	mine := w.sign(w.topUp(w.quote(first), wherry.Tokens(5)))
	w.relayer, w.path = key(4), w.path+".2"
	second := w.open()
	theirs := w.sign(w.topUp(w.quote(second), wherry.Tokens(5)))
	w.submit(first, mine)
	w.submit(second, theirs)
	for _, r := range []*Relayer{first, second} { // both see it work, and send
		if err := r.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for range 8 {
		w.chain.Mine(1)
		if err := first.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := second.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	a, b := w.status(first, mine.ID()), w.status(second, theirs.ID())
	if a.State != "final" || b.State != "failed" || b.Error != string(chain.SignatureVoid) || b.Cost.IsZero() {
		t.Fatalf("%+v\n%+v", a, b)
	}
	if got := w.in().Deposited; got != wherry.Tokens(5) {
		t.Errorf("deposit %s", got)
	}
	if got, want := w.tokens(w.consumer.Address()), sub(t, wherry.Tokens(95), mine.Fee); got != want {
		t.Errorf("the consumer has %s: want %s", got, want)
	}
	_, err := second.Submit(t.Context(), w.sign(w.topUp(w.quote(second), wherry.Tokens(6))))
	wantCode(t, err, wherry.Refused)
	w.submit(first, w.sign(w.topUp(w.quote(first), wherry.Tokens(6))))
}

// Money that is gone between the check and the sending costs nothing; once the
// transaction has left, it costs its gas, once a day.
func TestBalanceVanishes(t *testing.T) {
	w := newWorldOn(t, chaintest.Config{Manual: true})
	w.chain.Mine(1)
	w.chain.TakeGas(w.consumer.Address(), wherry.Tokens(1))
	away := chain.Transfer{To: key(9).Address(), Amount: wherry.Tokens(100)}
	r := w.open()
	s := w.sign(w.topUp(w.quote(r), wherry.Tokens(5)))
	w.submit(r, s)
	w.send(w.consumer, away)
	w.settle(r)
	if st := w.status(r, s.ID()); st.State != "failed" || !st.Tx.IsZero() || !st.Cost.IsZero() {
		t.Fatalf("%+v", st)
	}
	_, err := r.Submit(t.Context(), w.sign(w.topUp(w.quote(r), wherry.Tokens(5))))
	wantCode(t, err, wherry.NotFunded) // not a ban: it has cost nothing

	w.chain.Give(w.consumer.Address(), wherry.Tokens(100))
	s = w.sign(w.topUp(w.quote(r), wherry.Tokens(6)))
	w.submit(r, s)
	if _, err := w.chain.Send(t.Context(), w.consumer, away, nil); err != nil { // ahead of the relayer's
		t.Fatal(err)
	}
	w.settle(r)
	if st := w.status(r, s.ID()); st.State != "failed" || st.Cost.IsZero() {
		t.Fatalf("%+v", st)
	}
	w.chain.Give(w.consumer.Address(), wherry.Tokens(100))
	_, err = r.Submit(t.Context(), w.sign(w.topUp(w.quote(r), wherry.Tokens(5))))
	wantCode(t, err, wherry.Refused)
}

// Many small requests are bounded: per consumer, on their way at once, and each
// pays the least fee.
func TestDustSpam(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.cfg = func(c *Config) { c.PerHour = 3 }
		r := w.open()
		q := w.quote(r)
		for i := range 3 {
			s := w.topUp(q, wherry.Base(1))
			w.submit(r, w.sign(s))
			_, err := r.Submit(t.Context(), w.sign(w.topUp(q, wherry.Base(2))))
			if i < 2 {
				wantCode(t, err, wherry.Conflict)
			}
			w.settle(r)
		}
		_, err := r.Submit(t.Context(), w.sign(w.topUp(q, wherry.Base(1))))
		wantCode(t, err, wherry.Busy)
		if got := w.tokens(w.relayer.Address()); got.Less(wherry.MustAmount("0.03")) {
			t.Errorf("three grains of dust have paid %s", got)
		}
		time.Sleep(61 * time.Minute)
		w.submit(r, w.sign(w.topUp(w.quote(r), wherry.Base(1))))
	})
}

func TestQueueIsBounded(t *testing.T) {
	w := newWorld(t)
	w.cfg = func(c *Config) { c.MaxOpen = 2 }
	r := w.open()
	for i := range byte(3) {
		w.consumer = key(20 + i)
		w.chain.Give(w.consumer.Address(), wherry.Tokens(100))
		s := w.sign(w.topUp(w.quote(r), wherry.Tokens(5)))
		_, err := r.Submit(t.Context(), s)
		if i < 2 && err != nil {
			t.Fatal(err)
		}
		if i == 2 {
			wantCode(t, err, wherry.Busy)
			w.settle(r)
			w.submit(r, s)
		}
	}
}

// The hub's promises come before the relayer's fee. Where they take it all, no
// gas is spent on an exit that brings nothing.
func TestNothingIsLeftForTheFee(t *testing.T) {
	w := newWorld(t)
	r := w.deposited(wherry.Tokens(10))
	leave := w.sign(w.leave(w.quote(r)))
	w.submit(r, leave)
	w.settle(r)
	w.collect(wherry.Tokens(10))
	w.chain.Advance(week)
	w.settle(r)
	next := w.status(r, w.status(r, leave.ID()).Next)
	if next.State != "failed" || !next.Tx.IsZero() {
		t.Errorf("%+v", next)
	}
}

// An exit that owes no fee here is finalized for nobody, or for as many as the
// operator gives away.
func TestFinalizingForNothing(t *testing.T) {
	w := newWorld(t)
	r := w.deposited(wherry.Tokens(10))
	ask := wire.Submission{Version: wire.Version, Kind: wire.Finalize, Chain: w.name(), Consumer: w.consumer.Address(), Hub: w.hub.Address()}
	_, err := r.Submit(t.Context(), ask)
	wantCode(t, err, wherry.Conflict) // it is not leaving
	w.chain.TakeGas(w.consumer.Address(), wherry.Tokens(1))
	w.send(w.consumer, chain.RequestExit{Hub: w.hub.Address()})
	_, err = r.Submit(t.Context(), ask)
	wantCode(t, err, wherry.Refused)
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	w.cfg = func(c *Config) { c.FreePerDay = 1 }
	r = w.open()
	st := w.submit(r, ask)
	if again := w.submit(r, ask); again.ID != st.ID {
		t.Error("asking twice is two requests")
	}
	w.settle(r)
	if st = w.status(r, st.ID); st.State != "planned" || st.Due == 0 {
		t.Fatalf("%+v", st)
	}
	before := w.tokens(w.consumer.Address())
	w.chain.Advance(week)
	w.settle(r)
	want, err := before.Add(wherry.Tokens(10))
	if got := w.tokens(w.consumer.Address()); err != nil || got != want {
		t.Errorf("the consumer has %s: want %s", got, want)
	}
	if st = w.status(r, st.ID); st.State != "final" {
		t.Errorf("%+v", st)
	}
}
