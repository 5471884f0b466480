package channel

import (
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

// testKey returns a fixed key per number, so that failures repeat.
func testKey(n byte) *identity.Key {
	b := make([]byte, 32)
	b[0], b[31] = 1, n
	k, err := identity.KeyFromBytes(b)
	if err != nil {
		panic(err)
	}
	return k
}

// fataler is a test of package testing or of rapid.
type fataler interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

var (
	testPayer = testKey(1)
	testHub   = testKey(2)
	testPayee = testKey(3)
	chainA    = typed.Domain{ChainID: 7001, Contract: wherry.Address{0xa}}
	chainB    = typed.Domain{ChainID: 7002, Contract: wherry.Address{0xb}}
	testID    = ID{A: chainA, Hub: testHub.Address()}
	noLimits  = Limits{Unacknowledged: wherry.MaxOnChain, Budget: wherry.MaxOnChain}
)

func testLock(n byte) (preimage, lock wherry.Hash) {
	preimage = wherry.Hash{0x77, n}
	return preimage, Lock(preimage)
}

func testOrder(x uint64, session byte) typed.Order {
	return typed.Order{
		Provider: testPayee.Address(), ChainB: chainB.ChainID, ContractB: chainB.Contract,
		Amount: wherry.Base(x), Session: wherry.SessionID{session},
	}
}

func newTestPayer(t testing.TB, deposit uint64) *Payer {
	t.Helper()
	p := NewPayer(testPayer.Address())
	if err := p.Load(testID, State{Deposit: wherry.Base(deposit)}); err != nil {
		t.Fatal(err)
	}
	return p
}

// pay does what a wallet does with a decision.
func pay(t testing.TB, p *Payer, o typed.Order, lock wherry.Hash) SignedPromise {
	t.Helper()
	s, _, err := p.Next(testID, o, lock, noLimits)
	if err != nil {
		t.Fatal(err)
	}
	return put(t, p, s)
}

func put(t testing.TB, p *Payer, s SignedPromise) SignedPromise {
	t.Helper()
	if s.Sig.IsZero() {
		s.Sig = testPayer.Sign(s.Digest())
	}
	if err := p.Put(Entry{Promise: s, State: Signed}); err != nil {
		t.Fatal(err)
	}
	return s
}

func putAll(t testing.TB, p *Payer, all []Entry, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if err := p.Put(e); err != nil {
			t.Fatal(err)
		}
	}
}

// refusal is a hub's signed no to promises.
func refusal(t fataler, hub *identity.Key, refused ...SignedPromise) Answer {
	t.Helper()
	a := Answer{Version: Version}
	for i, p := range refused {
		a.Refused = append(a.Refused, Refusal{Item: uint64(i), Code: wherry.Conflict, Reason: "no", Order: p.ID()})
	}
	d, err := a.Digest()
	if err != nil {
		t.Fatal(err)
	}
	a.Sig = hub.Sign(d)
	return a
}

func wantCode(t fataler, err error, code wherry.Code) {
	t.Helper()
	if got := wherry.CodeOf(err); got != code {
		t.Fatalf("error %v has the code %q: want %q", err, got, code)
	}
}

func wantTotal(t testing.TB, p SignedPromise, total uint64) {
	t.Helper()
	if p.Total != wherry.Base(total) {
		t.Fatalf("promise of %d in all: want %d", p.Total, total)
	}
}
