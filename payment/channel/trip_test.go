package channel

import (
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
	"pgregory.net/rapid"
)

// trip is a payer, two providers and the hub's own book between them, all real.
type trip struct {
	t         *rapid.T
	now       time.Time
	hub       *Hub
	rules     HubRules
	payer     *Payer
	providers []*seller
	signed    wherry.Amount
}

// seller is a provider with at most one batch out, as earnings has it.
type seller struct {
	key   *identity.Key
	book  *Payee
	n     uint64
	out   *Batch // its batch that waits for an answer
	raw   []byte
	stale int // how often its answer was lost
}

func (f *trip) id() ID { return ID{A: chainA, Hub: testHub.Address()} }

func (s *seller) preimage(t TickID) wherry.Hash {
	return testSecret.Preimage(testHub.Address(), chainB, s.key.Address(), t)
}

func (s *seller) reveals(now time.Time) []wherry.Hash {
	var out []wherry.Hash
	for _, t := range s.book.Ticks(Shown) {
		if s.book.Revealable(t, now) && len(out) < MaxReveals {
			out = append(out, s.preimage(t.ID))
		}
	}
	return out
}

// ask draws a tick, has the payer sign for it and makes the batch.
func (f *trip) ask(t *rapid.T, s *seller) {
	if s.out != nil {
		return
	}
	var promises []SignedPromise
	var lock wherry.Hash
	if rapid.IntRange(0, 5).Draw(t, "only reveals") > 0 {
		s.n++
		id := TickID{Epoch: Epoch{s.key.Address()[0]}, Number: s.n}
		lock = Lock(s.preimage(id))
		s.book.Put(Tick{ID: id, Lock: lock, State: Drawn})
		o := testOrder(rapid.Uint64Range(1, 50).Draw(t, "x"), s.key.Address()[0])
		o.Provider = s.key.Address()
		p, _, err := f.payer.Next(f.id(), o, lock, noLimits)
		if wherry.CodeOf(err) == wherry.NotFunded {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		p.Sig = testPayer.Sign(p.Digest())
		want := Want{Consumer: testPayer.Address(), A: chainA, Hub: testHub.Address(), Hashlock: lock, Order: o}
		if err := CheckPromise(p, want); err != nil {
			t.Fatal(err)
		}
		if err := f.payer.Put(Entry{Promise: p, State: Signed}); err != nil {
			t.Fatal(err)
		}
		promises = append(promises, p)
	}
	b, tick, err := s.book.Batch(lock, promises, s.reveals(f.now))
	if wherry.CodeOf(err) == wherry.Conflict && len(promises) == 0 {
		return // nothing to show
	}
	if err != nil {
		t.Fatal(err)
	}
	if tick.State != NoTick {
		s.book.Put(tick)
	}
	s.out = &b
	if s.raw, err = codec.Marshal(b); err != nil {
		t.Fatal(err)
	}
}

// answer hands a seller's batch in, and again when the answer is lost.
func (f *trip) answer(t *rapid.T, s *seller) {
	if s.out == nil {
		return
	}
	a := f.pay(t, s.raw)
	if rapid.IntRange(0, 2).Draw(t, "lose the answer") == 0 {
		s.stale++
		return
	}
	b := *s.out
	s.out = nil
	out, err := s.book.Answer(b, a, f.now, f.now)
	if err != nil {
		t.Fatalf("an honest hub's answer to tick %d: %v", b.Tick.Number, err)
	}
	take(s.book, out)
	if len(a.Refused) > 0 {
		f.puts(t, func() ([]Entry, error) { return f.payer.Refusals(f.id(), a) })
	}
	if out.Reveal {
		f.puts(t, func() ([]Entry, error) { return f.payer.Acknowledge(s.preimage(b.Tick)) })
	}
}

func (f *trip) puts(t *rapid.T, evidence func() ([]Entry, error)) {
	all, err := evidence()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if err := f.payer.Put(e); err != nil {
			t.Fatal(err)
		}
	}
}

// pay is what the hub's engine does with a batch's bytes.
func (f *trip) pay(t *rapid.T, raw []byte) Answer {
	var b Batch
	if err := codec.Unmarshal(raw, &b); err != nil {
		t.Fatal(err)
	}
	request := wherry.Keccak256(raw)
	a, known := f.hub.Answered(ProviderID{b.ChainB, b.Provider}, request)
	if !known {
		ok := make([]bool, len(b.Items))
		for i := range b.Items {
			ok[i] = b.Promise(i, chainA).Verify() == nil
		}
		var err error
		clock := Clock{chainA.ChainID: uint64(f.now.Unix()), chainB.ChainID: uint64(f.now.Unix())}
		if _, a, err = f.hub.Pay(b, request, ok, clock, f.rules); err != nil {
			t.Fatalf("batch of tick %d: %v", b.Tick.Number, err)
		}
	}
	a, err := a.Sign(testHub.Sign, chainB)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (f *trip) check(t *rapid.T) {
	s, _ := f.payer.State(f.id())
	acc, err := f.hub.Account(InID{chainA.ChainID, testPayer.Address()})
	if err != nil {
		t.Fatal(err)
	}
	count, _ := acc.Spent.Add(acc.Pending)
	used, _ := s.Used.Add(f.payer.Pending(f.id()))
	switch {
	case s.Highest.Less(f.signed):
		t.Fatalf("the total went back from %d to %d", f.signed, s.Highest)
	case s.Deposit.Less(s.Highest) || s.Highest.Less(count):
		t.Fatalf("spent %d, signed %d, deposit %d", count, s.Highest, s.Deposit)
	case used.Less(count):
		t.Fatalf("the hub counts %d, the payer %d", count, used)
	}
	f.signed = s.Highest
}

// TestThreeBooksAgree plays a payer with two providers at once against the hub's
// own book, over a network that loses answers and lets batches overtake each
// other. Each side checks all that it is given; in the end the three books say
// one thing.
func TestThreeBooksAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := &trip{
			t: t, now: testNow, hub: NewHub(testHub.Address(), []typed.Domain{chainA, chainB}), payer: NewPayer(testPayer.Address()),
			rules: HubRules{FeePPM: 10_000, MaxOpen: wherry.Base(1 << 40), MaxOpenConsumer: wherry.Base(1 << 40), PayoutLife: 12 * 3600},
		}
		deposit := wherry.Base(rapid.Uint64Range(50, 2000).Draw(t, "deposit"))
		f.hub.SetIn(HubIn{ID: InID{chainA.ChainID, testPayer.Address()}, Deposited: deposit})
		if err := f.payer.Load(f.id(), State{Deposit: deposit}); err != nil {
			t.Fatal(err)
		}
		for i := byte(10); i < 12; i++ {
			s := &seller{key: testKey(i)}
			s.book = NewPayee(PayeeConfig{Hub: testHub.Address(), B: chainB, Provider: s.key.Address(), Payee: s.key.Address(), FeePPM: f.rules.FeePPM})
			if _, _, err := f.hub.Bind(Bind(s.key, s.key, chainB, 1).Request()); err != nil {
				t.Fatal(err)
			}
			f.providers = append(f.providers, s)
		}
		t.Repeat(map[string]func(*rapid.T){
			"a asks": func(t *rapid.T) { f.ask(t, f.providers[0]) }, "b asks": func(t *rapid.T) { f.ask(t, f.providers[1]) },
			"a is answered": func(t *rapid.T) { f.answer(t, f.providers[0]) }, "b is answered": func(t *rapid.T) { f.answer(t, f.providers[1]) },
			"": f.check,
		})
		f.finish(t)
	})
}

// finish brings every batch home, shows every preimage and compares the books.
func (f *trip) finish(t *rapid.T) {
	var earned wherry.Amount
	for _, s := range f.providers {
		for s.out != nil {
			f.answer(t, s)
		}
		for len(s.reveals(f.now)) > 0 {
			b, _, err := s.book.Batch(wherry.Hash{}, nil, s.reveals(f.now))
			if err != nil {
				t.Fatal(err)
			}
			s.out = &b
			if s.raw, err = codec.Marshal(b); err != nil {
				t.Fatal(err)
			}
			for s.out != nil {
				f.answer(t, s)
			}
		}
		if got, want := s.book.Unlocked().Total, f.hub.Earned(OutID{chainB.ChainID, s.key.Address()}); got != want {
			t.Fatalf("a provider counts %d, the hub %d", got, want)
		}
		earned, _ = earned.Add(s.book.Unlocked().Total)
	}
	state, _ := f.payer.State(f.id())
	acc, err := f.hub.Account(InID{chainA.ChainID, testPayer.Address()})
	if err != nil {
		t.Fatal(err)
	}
	if acc.Spent != state.Paid || !acc.Pending.IsZero() || !f.payer.Pending(f.id()).IsZero() {
		t.Fatalf("the payer has paid %d, the hub counts %d and %d pending", state.Paid, acc.Spent, acc.Pending)
	}
	if state.Paid.Less(earned) {
		t.Fatalf("paid %d, earned %d", state.Paid, earned)
	}
}
