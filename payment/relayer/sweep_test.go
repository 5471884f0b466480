package relayer

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

func (w *world) depositOf(who *identity.Key) wire.Deposit {
	return wire.Deposit{Hub: w.hub.Address(), Consumer: who.Address(), Cap: price.Sweep}
}

func (w *world) show(r *Relayer, all ...wire.Deposit) wire.Shown {
	w.t.Helper()
	out, err := r.Show(w.t.Context(), wire.Show{Version: wire.Version, Chain: w.name(), Items: all})
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

// work lets time pass, with a block and a step every second.
func (w *world) work(r *Relayer, seconds int) {
	w.t.Helper()
	for range seconds {
		time.Sleep(time.Second)
		if err := r.Step(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
		w.chain.Mine(1)
	}
}

// An exchange sends tokens by a plain transfer to an address that was known
// before: they become the deposit of somebody who never had gas.
func TestPlainTransferIsSwept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		r := w.open()
		d := w.depositOf(w.consumer)
		at := w.chain.Params().DepositAddress(d.Typed())
		shown := w.show(r, d)
		if want := wherry.MustAmount("1.500000000000000001"); shown.Fee != price.Sweep || shown.Least != want {
			t.Errorf("%+v", shown)
		}
		w.work(r, 30)
		exchange := key(40)
		w.chain.Give(exchange.Address(), wherry.Tokens(50))
		w.send(exchange, chain.Transfer{To: at, Amount: wherry.Tokens(20)})
		w.show(r, d)
		w.work(r, 30)
		// All but one base unit, less the fee.
		if got, want := w.in().Deposited, sub(t, wherry.Tokens(20), price.Sweep, wherry.Base(1)); got != want {
			t.Errorf("deposit %s: want %s", got, want)
		}
		if got := w.tokens(w.relayer.Address()); got != price.Sweep {
			t.Errorf("the relayer has %s", got)
		}
		sums, err := r.Totals(t.Context())
		if err != nil || sums.Earned != price.Sweep || sums.Final != 1 || sums.Chains[0].Wei.IsZero() {
			t.Errorf("%+v %v", sums, err)
		}
		// Again, without being shown again.
		w.send(exchange, chain.Transfer{To: at, Amount: wherry.Tokens(5)})
		w.work(r, 40)
		if got, want := w.in().Deposited, sub(t, wherry.Tokens(25), price.Sweep, price.Sweep, wherry.Base(1)); got != want {
			t.Errorf("deposit %s: want %s", got, want)
		}
	})
}

func TestManyAreSweptAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		r := w.open()
		var all []wire.Deposit
		for i := range byte(5) {
			d := w.depositOf(key(50 + i))
			all = append(all, d)
			w.chain.Give(w.chain.Params().DepositAddress(d.Typed()), wherry.Tokens(3))
		}
		w.show(r, all...)
		w.work(r, 30)
		sums, err := r.Totals(t.Context())
		if err != nil || sums.Final != 1 || sums.Earned != wherry.MustAmount("2.5") {
			t.Errorf("%+v %v", sums, err)
		}
	})
}

// What would bring nothing is not sent: too little, a channel that is leaving, a
// retired hub, gas that costs more than the fees.
func TestNothingIsSweptForNothing(t *testing.T) {
	for name, prepare := range map[string]func(*world, *Relayer, wherry.Address){
		"nothing there": func(*world, *Relayer, wherry.Address) {},
		"too little": func(w *world, r *Relayer, at wherry.Address) {
			w.chain.Give(at, sub(w.t, w.show(r, w.depositOf(w.consumer)).Least, wherry.Base(1)))
		},
		"leaving": func(w *world, r *Relayer, at wherry.Address) {
			w.submit(r, w.sign(w.topUp(w.quote(r), wherry.Tokens(10))))
			w.settle(r)
			w.submit(r, w.sign(w.leave(w.quote(r))))
			w.settle(r)
			w.chain.Give(at, wherry.Tokens(10))
		},
		"retired": func(w *world, _ *Relayer, at wherry.Address) {
			w.send(w.hub, chain.Retire{Hub: w.hub.Address()})
			w.chain.Give(at, wherry.Tokens(10))
		},
		"full": func(w *world, _ *Relayer, at wherry.Address) {
			w.goInCircles()
			w.chain.Give(at, wherry.Tokens(10))
		},
		"dear": func(w *world, _ *Relayer, at wherry.Address) {
			w.dear.times = 1000
			w.chain.Give(at, wherry.Tokens(10))
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.t = t
				r := w.open()
				d := w.depositOf(w.consumer)
				w.show(r, d)
				prepare(w, r, w.chain.Params().DepositAddress(d.Typed()))
				w.show(r, d)
				sent := len(w.dear.most)
				w.work(r, 60)
				if len(w.dear.most) != sent {
					t.Error("a transaction for nothing")
				}
			})
		})
	}
}

// goInCircles has the consumer and the hub pay each other until the channel's
// running total has no room for another token. One promise is enough.
func (w *world) goInCircles() {
	w.t.Helper()
	big := wherry.Tokens(900_000_000)
	w.chain.Give(w.hub.Address(), big)
	w.send(w.hub, chain.Approve{Amount: wherry.MaxOnChain})
	p := typed.Promise{Hub: w.hub.Address(), Total: wherry.MaxOnChain}
	all := chain.Claim{Consumer: w.consumer.Address(), Promise: p, Signature: w.consumer.Sign(p.Digest(w.chain.Params().Domain()))}
	for {
		room := sub(w.t, wherry.MaxOnChain, w.in().Deposited).Min(big)
		if room.Less(wherry.Tokens(2)) {
			return
		}
		room = sub(w.t, room, wherry.Tokens(1))
		w.send(w.hub, chain.TopUp{Hub: w.hub.Address(), Consumer: w.consumer.Address(), Amount: room})
		w.send(w.hub, chain.Collect{Hub: w.hub.Address(), Claims: []chain.Claim{all}})
		w.send(w.hub, chain.Withdraw{Hub: w.hub.Address(), Amount: room})
	}
}

func TestShownAddressesAreBounded(t *testing.T) {
	w := newWorld(t)
	w.cfg = func(c *Config) { c.MaxShown = 3 }
	r := w.open()
	kept := w.depositOf(w.consumer)
	w.show(r, kept)
	w.chain.Give(w.chain.Params().DepositAddress(kept.Typed()), wherry.Tokens(5))
	if err := r.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i := range byte(10) {
		w.show(r, w.depositOf(key(60+i)))
	}
	all, err := r.shown(t.Context())
	if err != nil || len(all) != 3 || !all[kept] {
		t.Errorf("%d are kept, of them the one with money: %v, %v", len(all), all[kept], err)
	}
	low := kept
	low.Cap = sub(t, price.Sweep, wherry.Base(1))
	_, err = r.Show(t.Context(), wire.Show{Version: 1, Chain: w.name(), Items: []wire.Deposit{low}})
	wantCode(t, err, wherry.PriceTooHigh)
	_, err = r.Show(t.Context(), wire.Show{Version: 1, Chain: w.name(), Items: make([]wire.Deposit, wire.MaxShown+1)})
	wantCode(t, err, wherry.Invalid)
	_, err = r.Show(t.Context(), wire.Show{Version: 1, Chain: w.name(), Items: make([]wire.Deposit, 1)})
	wantCode(t, err, wherry.Invalid)
}

// Dust at as many addresses as are looked after keeps nobody else out.
func TestDustKeepsNoAddressOut(t *testing.T) {
	w := newWorld(t)
	w.cfg = func(c *Config) { c.MaxShown = 3 }
	r := w.open()
	for i := range byte(3) {
		d := w.depositOf(key(60 + i))
		w.chain.Give(w.chain.Params().DepositAddress(d.Typed()), wherry.Base(2))
		w.show(r, d)
	}
	if err := r.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	next := w.depositOf(w.consumer)
	w.show(r, next)
	if all, err := r.shown(t.Context()); err != nil || len(all) != 3 || !all[next] {
		t.Errorf("%d are kept, of them the newest: %v, %v", len(all), all[next], err)
	}
}

// What was swept is kept longer than what never held money, and not for ever.
func TestSweptAddressesAreForgottenLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.cfg = func(c *Config) { c.MaxShown = 2 }
		r := w.open()
		swept := w.depositOf(w.consumer)
		for i := range byte(4) {
			d := swept
			if i > 0 {
				d = w.depositOf(key(80 + i))
			}
			w.chain.Give(w.chain.Params().DepositAddress(d.Typed()), wherry.Tokens(5))
			w.show(r, d)
			w.work(r, 30)
			all, err := r.shown(t.Context())
			if err != nil || len(all) > 2 {
				t.Fatalf("%d are kept, %v", len(all), err)
			}
			if i > 0 {
				continue
			}
			for i := range byte(4) {
				w.show(r, w.depositOf(key(90+i)))
			}
			if all, err := r.shown(t.Context()); err != nil || len(all) != 2 || !all[swept] {
				t.Errorf("%d are kept, of them the one that was swept: %v, %v", len(all), all[swept], err)
			}
		}
	})
}

// Money at a deposit address comes back to its consumer without gas, also while
// the channel is leaving.
func TestTakingBackWithoutGas(t *testing.T) {
	w := newWorld(t)
	r := w.open()
	d := w.depositOf(w.consumer)
	w.chain.Give(w.chain.Params().DepositAddress(d.Typed()), wherry.Tokens(7))
	q := w.quote(r)
	s := wire.Submission{
		Kind: wire.TakeBack, Chain: w.name(), Hub: w.hub.Address(), Cap: d.Cap, Pull: wherry.Tokens(7), Fee: fee(t, q, wire.TakeBack),
		Relayer: q.Relayer, Deadline: w.now() + 600, Quote: q,
	}
	forged := w.sign(s)
	forged.Pull = wherry.Tokens(6)
	_, err := r.Submit(t.Context(), forged)
	wantCode(t, err, wherry.Forbidden)
	s = w.sign(s)
	w.submit(r, s)
	w.settle(r)
	if st := w.status(r, s.ID()); st.State != "final" {
		t.Fatalf("%+v", st)
	}
	want, err := wherry.Tokens(107).Sub(s.Fee)
	if got := w.tokens(w.consumer.Address()); err != nil || got != want {
		t.Errorf("the consumer has %s: want %s", got, want)
	}
	s.Quote = wire.Quote{}
	if again := w.submit(r, s); again.State != "final" {
		t.Errorf("%+v", again)
	}
}

// Wherever the process dies, money is swept once, and the relayer knows what it
// has earned.
func TestSweepDiesAtEveryWrite(t *testing.T) {
	for at := 1; ; at++ {
		done := false
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			r := w.open()
			n := 0
			r.db.Cut = func() error {
				if n++; n >= at {
					return errCut
				}
				return nil
			}
			d := w.depositOf(w.consumer)
			_, _ = r.Show(t.Context(), wire.Show{Version: 1, Chain: w.name(), Items: []wire.Deposit{d}})
			w.chain.Give(w.chain.Params().DepositAddress(d.Typed()), wherry.Tokens(20))
			for range 20 {
				time.Sleep(time.Second)
				_ = r.Step(t.Context())
				w.chain.Mine(1)
			}
			done = n < at
			r = w.restart(r)
			w.show(r, d)
			w.work(r, 30)
			if got, want := w.in().Deposited, sub(t, wherry.Tokens(20), price.Sweep, wherry.Base(1)); got != want {
				t.Fatalf("cut at write %d: deposit %s: want %s", at, got, want)
			}
			sums, err := r.Totals(t.Context())
			if err != nil || sums.Earned != price.Sweep || w.tokens(w.relayer.Address()) != price.Sweep {
				t.Fatalf("cut at write %d: %+v %v", at, sums, err)
			}
			if err := r.Close(); err != nil {
				t.Fatal(err)
			}
		})
		if done || t.Failed() {
			if at < 5 {
				t.Errorf("only %d writes were cut", at-1)
			}
			break
		}
	}
}
