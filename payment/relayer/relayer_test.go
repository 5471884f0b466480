package relayer

import (
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/relayer/client"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

func sub(t *testing.T, a wherry.Amount, all ...wherry.Amount) wherry.Amount {
	t.Helper()
	for _, b := range all {
		var err error
		if a, err = a.Sub(b); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

// A consumer without gas tops up, leaves and has its money, over HTTP; every
// token is accounted for.
func TestConsumerWithoutGas(t *testing.T) {
	w := newWorld(t)
	r := w.open()
	s := httptest.NewServer(r.Handler())
	defer s.Close()
	c := client.Client{URL: s.URL, Relayer: w.relayer.Address()}
	q, err := c.Quote(t.Context(), w.name())
	if err != nil {
		t.Fatal(err)
	}
	up := w.sign(w.topUp(q, wherry.Tokens(40)))
	st, err := c.Submit(t.Context(), up)
	if err != nil || st.State != "planned" {
		t.Fatal(st, err)
	}
	w.settle(r)
	if st, err = c.Status(t.Context(), up.ID()); err != nil || st.State != "final" || st.Gas == 0 || st.Cost.IsZero() || st.Tx.IsZero() {
		t.Fatalf("%+v, %v", st, err)
	}
	if got := w.in().Deposited; got != wherry.Tokens(40) {
		t.Fatalf("deposit %s", got)
	}
	if len(w.dear.most) != 1 || w.dear.most[0] != price.Covers(up.Fee) {
		t.Errorf("the transaction might cost %v wei: its fee pays for %s", w.dear.most, price.Covers(up.Fee).BaseString())
	}
	acc, err := w.chain.Account(t.Context(), w.consumer.Address(), chain.Latest)
	if err != nil || !acc.Allowance.IsZero() {
		t.Errorf("the permit was for more than the top-up: %s are left of it, %v", acc.Allowance, err)
	}

	if q, err = c.Quote(t.Context(), w.name()); err != nil {
		t.Fatal(err)
	}
	leave := w.sign(w.leave(q))
	if _, err := c.Submit(t.Context(), leave); err != nil {
		t.Fatal(err)
	}
	w.settle(r)
	st = w.status(r, leave.ID())
	if st.State != "final" || st.Next.IsZero() {
		t.Fatalf("%+v", st)
	}
	next := w.status(r, st.Next)
	if next.State != "planned" || next.Due != uint64(w.in().ExitAt.Unix()) || next.Fee != leave.Fee {
		t.Fatalf("%+v", next)
	}
	w.chain.Advance(week)
	w.settle(r)
	if next = w.status(r, st.Next); next.State != "final" {
		t.Fatalf("%+v", next)
	}
	if got, want := w.tokens(w.consumer.Address()), sub(t, wherry.Tokens(100), up.Fee, leave.Fee); got != want {
		t.Errorf("the consumer has %s: want %s", got, want)
	}
	fees, err := up.Fee.Add(leave.Fee)
	if got := w.tokens(w.relayer.Address()); err != nil || got != fees {
		t.Errorf("the relayer has %s: want %s", got, fees)
	}
	sums, err := r.Totals(t.Context())
	if err != nil || sums.Earned != fees || sums.Final != 3 || sums.Open != 0 || !sums.Owed.IsZero() || sums.Chains[0].Wei.IsZero() {
		t.Errorf("%+v, %v", sums, err)
	}
}

func TestTopUpByAuthorization(t *testing.T) {
	w := newWorld(t)
	r := w.open()
	s := w.topUp(w.quote(r), wherry.Tokens(5))
	s.Kind, s.Permit, s.Fee = wire.TopUpAuth, wire.Permit{}, fee(t, s.Quote, wire.TopUpAuth)
	s.Pull, _ = wherry.Tokens(5).Add(s.Fee)
	w.submit(r, w.sign(s))
	w.settle(r)
	if got := w.in().Deposited; got != wherry.Tokens(5) {
		t.Errorf("deposit %s", got)
	}
	short := w.topUp(w.quote(r), wherry.Tokens(5))
	short.Kind, short.Permit, short.Pull = wire.TopUpAuth, wire.Permit{}, wherry.Tokens(5)
	_, err := r.Submit(t.Context(), w.sign(short))
	wantCode(t, err, wherry.Conflict)
}

func (w *world) consent(settled wherry.Amount) wire.Consent {
	c := typed.Close{Consumer: w.consumer.Address(), Deposited: w.in().Deposited, Settled: settled, Expiry: w.now() + 600}
	return wire.Consent{Settled: settled, Expiry: c.Expiry, Sig: w.hub.Sign(c.Digest(w.chain.Params().Domain()))}
}

func TestLeavingAtOnceByConsent(t *testing.T) {
	w := newWorld(t)
	r := w.deposited(wherry.Tokens(10))
	before := w.tokens(w.consumer.Address())
	s := w.leave(w.quote(r))
	s.Kind, s.Consent, s.Fee = wire.Close, w.consent(wherry.Tokens(3)), fee(t, s.Quote, wire.Close)
	forged := s
	forged.Consent.Settled = wherry.Tokens(2)
	_, err := r.Submit(t.Context(), w.sign(forged))
	wantCode(t, err, wherry.Forbidden)
	w.submit(r, w.sign(s))
	w.settle(r)
	want, err := before.Add(sub(t, wherry.Tokens(7), s.Fee))
	if got := w.tokens(w.consumer.Address()); err != nil || got != want {
		t.Errorf("the consumer has %s: want %s", got, want)
	}
}

// The same request again is the same request: nothing is sent twice, and the
// answer is how far the first has come, also after its deadline.
func TestAskingTwiceIsAskingOnce(t *testing.T) {
	w := newWorld(t)
	r := w.open()
	s := w.sign(w.topUp(w.quote(r), wherry.Tokens(5)))
	first := w.submit(r, s)
	if again := w.submit(r, s); again != first {
		t.Errorf("%+v after %+v", again, first)
	}
	w.settle(r)
	w.chain.Advance(time.Hour)
	s.Quote = wire.Quote{} // whatever it says of the price
	if again := w.submit(r, s); again.State != "final" || again.ID != first.ID {
		t.Errorf("%+v", again)
	}
	w.settle(r)
	if got := w.in().Deposited; got != wherry.Tokens(5) {
		t.Errorf("deposit %s", got)
	}
}

func TestRequestsThatAreRefused(t *testing.T) {
	w := newWorld(t)
	r := w.open()
	q := w.quote(r)
	other, err := wire.Quote{Chain: w.name(), Issued: q.Issued, ValidUntil: q.ValidUntil, Fees: []wire.Fee{{Kind: wire.TopUpPermit}}}.Sign(key(9))
	if err != nil {
		t.Fatal(err)
	}
	unsigned := q
	unsigned.Fees = []wire.Fee{{Kind: wire.TopUpPermit}}
	less := func(a wherry.Amount) wherry.Amount { return sub(t, a, wherry.Base(1)) }
	for name, c := range map[string]struct {
		change func(*wire.Submission)
		after  func(*wire.Submission)
		code   wherry.Code
	}{
		"another relayer":           {change: func(s *wire.Submission) { s.Relayer = key(9).Address() }, code: wherry.Forbidden},
		"no relayer":                {change: func(s *wire.Submission) { s.Relayer = wherry.Address{} }, code: wherry.Invalid},
		"another chain":             {change: func(s *wire.Submission) { s.Chain.ID++ }, code: wherry.NotFound},
		"another contract":          {change: func(s *wire.Submission) { s.Chain.Contract[0]++ }, code: wherry.NotFound},
		"one base unit too little":  {change: func(s *wire.Submission) { s.Fee = less(s.Fee) }, code: wherry.PriceTooHigh},
		"a quote of another":        {change: func(s *wire.Submission) { s.Fee, s.Quote = wherry.Base(1), other }, code: wherry.Forbidden},
		"a quote nobody made":       {change: func(s *wire.Submission) { s.Fee, s.Quote = wherry.Base(1), unsigned }, code: wherry.Forbidden},
		"too little, no quote":      {change: func(s *wire.Submission) { s.Fee, s.Quote = less(s.Fee), wire.Quote{} }, code: wherry.PriceTooHigh},
		"a deadline too near":       {change: func(s *wire.Submission) { s.Deadline = w.now() + 119 }, code: wherry.Conflict},
		"a deadline too far":        {change: func(s *wire.Submission) { s.Deadline = w.now() + 100_000 }, code: wherry.Invalid},
		"more than there is":        {change: func(s *wire.Submission) { s.Deposited = wherry.Tokens(101); s.Permit.Value = wherry.Tokens(200) }, code: wherry.NotFunded},
		"no permit":                 {change: func(s *wire.Submission) { s.Permit = wire.Permit{} }, code: wherry.NotFunded},
		"a permit of another nonce": {change: func(s *wire.Submission) { s.Permit.Nonce++ }, code: wherry.NotFunded},
		"half a permit":             {change: func(s *wire.Submission) { s.Permit.Deadline = 0 }, code: wherry.Invalid},
		"a consent with it":         {change: func(s *wire.Submission) { s.Consent.Expiry = 1 }, code: wherry.Invalid},
		"too large":                 {change: func(s *wire.Submission) { s.Deposited, _ = wherry.MaxOnChain.Add(wherry.Base(1)) }, code: wherry.Invalid},
		"another consumer":          {after: func(s *wire.Submission) { s.Consumer = key(9).Address() }, code: wherry.Forbidden},
		"a changed fee":             {after: func(s *wire.Submission) { s.Fee = wherry.Tokens(1) }, code: wherry.Forbidden},
		"a changed permit":          {after: func(s *wire.Submission) { s.Permit.Value = wherry.Tokens(50) }, code: wherry.Forbidden},
		"another version":           {after: func(s *wire.Submission) { s.Version++ }, code: wherry.Invalid},
		"no kind":                   {after: func(s *wire.Submission) { s.Kind = 0 }, code: wherry.Invalid},
		"a kind of tomorrow":        {after: func(s *wire.Submission) { s.Kind = 99 }, code: wherry.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			s := w.topUp(q, wherry.Tokens(5))
			if c.change != nil {
				c.change(&s)
			}
			s = w.sign(s)
			if c.after != nil {
				c.after(&s)
			}
			_, err := r.Submit(t.Context(), s)
			wantCode(t, err, c.code)
			if t2, err := r.Totals(t.Context()); err != nil || t2.Open != 0 {
				t.Errorf("it was kept: %+v, %v", t2, err)
			}
		})
	}
}

// An old quote with a lower fee is worth nothing once it is over.
func TestQuoteReplay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		r := w.open()
		cheap := w.quote(r)
		w.dear.times = 3
		time.Sleep(4 * time.Minute)
		now := w.quote(r)
		if !fee(t, cheap, wire.TopUpPermit).Less(fee(t, now, wire.TopUpPermit)) {
			t.Fatal("the quote does not follow the price of gas")
		}
		time.Sleep(2 * time.Minute)
		_, err := r.Submit(t.Context(), w.sign(w.topUp(cheap, wherry.Tokens(5))))
		wantCode(t, err, wherry.Conflict)
		w.submit(r, w.sign(w.topUp(now, wherry.Tokens(5))))
	})
}

// While a quote holds, its fee is taken though a new one would ask more; but
// nothing is sent that the fee does not pay for.
func TestQuoteHoldsAsFarAsItPays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		r := w.open()
		q := w.quote(r)
		w.dear.times = 2 // the allowance for 210,000 at 1.2 times pays for 60,000 four times over
		time.Sleep(time.Minute)
		s := w.sign(w.topUp(q, wherry.Tokens(5)))
		w.dear.times = 5
		_, err := r.Submit(t.Context(), s)
		wantCode(t, err, wherry.PriceTooHigh)
		w.dear.times = 2
		w.submit(r, s)
		w.dear.times = 5 // between being taken and being sent
		w.settle(r)
		if st := w.status(r, s.ID()); st.State != "planned" {
			t.Fatalf("%+v", st)
		}
		if got := w.in().Deposited; !got.IsZero() {
			t.Fatalf("a loss of gas for a deposit of %s", got)
		}
		w.dear.times = 2
		w.settle(r)
		if st := w.status(r, s.ID()); st.State != "final" {
			t.Fatalf("%+v", st)
		}
	})
}

func TestDeadlinePassesWhileGasIsDear(t *testing.T) {
	w := newWorld(t)
	r := w.open()
	s := w.sign(w.topUp(w.quote(r), wherry.Tokens(5)))
	w.submit(r, s)
	w.dear.times = 1000
	w.settle(r)
	w.chain.Advance(time.Hour)
	w.settle(r)
	if st := w.status(r, s.ID()); st.State != "failed" || !st.Tx.IsZero() {
		t.Errorf("%+v", st)
	}
}

func TestRelayerWithoutGas(t *testing.T) {
	w := newWorld(t)
	r := w.open()
	s := w.sign(w.topUp(w.quote(r), wherry.Tokens(5)))
	w.submit(r, s)
	w.chain.TakeGas(w.relayer.Address(), wherry.Amount{})
	wantCode(t, r.Step(t.Context()), wherry.Refused)
	if st := w.status(r, s.ID()); st.State != "planned" {
		t.Errorf("%+v", st)
	}
	w.chain.TakeGas(w.relayer.Address(), wherry.Tokens(1))
	w.settle(r)
	if st := w.status(r, s.ID()); st.State != "final" {
		t.Errorf("%+v", st)
	}
}

// A relayer that is broke does not keep a message beyond its deadline.
func TestDeadlinePassesWithoutGas(t *testing.T) {
	w := newWorld(t)
	r := w.open()
	s := w.sign(w.topUp(w.quote(r), wherry.Tokens(5)))
	w.submit(r, s)
	w.chain.TakeGas(w.relayer.Address(), wherry.Amount{})
	w.chain.Advance(time.Hour)
	if err := r.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	if st := w.status(r, s.ID()); st.State != "failed" || st.Error != "its deadline passed before it could be sent" {
		t.Errorf("%+v", st)
	}
}

// What can be refused without asking the chain costs the relayer no question.
func TestRefusedWithoutAskingTheChain(t *testing.T) {
	w := newWorld(t)
	r := w.open()
	q := w.quote(r)
	s := w.topUp(q, wherry.Tokens(5))
	other := s
	other.Relayer = key(9).Address()
	cheap := s
	cheap.Fee = wherry.Base(1)
	w.chain.SetDown(true)
	_, err := r.Submit(t.Context(), w.sign(other))
	wantCode(t, err, wherry.Forbidden)
	_, err = r.Submit(t.Context(), w.sign(cheap))
	wantCode(t, err, wherry.PriceTooHigh)
	_, err = r.Submit(t.Context(), w.sign(s))
	wantCode(t, err, wherry.Unreachable)
	w.chain.SetDown(false)
	w.submit(r, w.sign(s))
}

// The fee for leaving pays for two transactions: one that would pay for the
// first alone is not taken.
func TestLeavingPaysForItsEndToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.cfg = func(c *Config) { c.Chains[0].Price.Least = wherry.Amount{} }
		r := w.deposited(wherry.Tokens(10))
		s := w.sign(w.leave(w.quote(r)))
		w.dear.times = 2 // 60,000 are asked, 190,000 and a fifth are paid for
		time.Sleep(time.Minute)
		_, err := r.Submit(t.Context(), s)
		wantCode(t, err, wherry.PriceTooHigh)
		w.dear.times = 1
		time.Sleep(time.Minute)
		w.submit(r, s)
	})
}

// However dear the gas for an announcement gets: the part of the fee that is for the
// end of the exit is not spent on it.
func TestFeeOfAnExitKeepsWhatItsEndTakes(t *testing.T) {
	w := newWorld(t)
	r := w.deposited(wherry.Tokens(10))
	w.dear.most = nil
	s := w.sign(w.leave(w.quote(r)))
	w.submit(r, s)
	w.settle(r)
	if len(w.dear.most) == 0 {
		t.Fatal("nothing was sent")
	}
	all := price.Covers(s.Fee)
	_, each, err := r.lanes[0].quote(t.Context(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	end, err := times(finalizeGas, each)
	if most := w.dear.most[0]; err != nil || end.IsZero() || most != all.SubFloor(end) {
		t.Errorf("up to %s wei of %s may be spent on the announcement, and its end takes %s", most.BaseString(), all.BaseString(), end.BaseString())
	}
}
