package chaintest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
)

// World is a chain whose surroundings a test controls. All methods wait until
// what they ask for has happened, and fail the test where it does not.
//
// Its chain has a depth of 2, a delay of 7 days and a least top-up of 1 token,
// and makes a block as soon as there is a transaction.
type World interface {
	Chain() chain.Chain
	// Fund gives an account tokens, and gas money for some hundred calls.
	Fund(account wherry.Address, tokens wherry.Amount)
	// Advance makes a block whose time is d after the newest one's.
	Advance(d time.Duration)
	// Mine makes n blocks.
	Mine(n int)
	// Reorg goes n blocks back and makes a longer branch, with the lost
	// transactions or, with drop, without.
	Reorg(n int, drop bool)
}

// Suite holds an implementation to what package chain promises. Each test gets
// a world of its own.
func Suite(t *testing.T, open func(t *testing.T) World) {
	for _, c := range []struct {
		name string
		test func(*play)
	}{
		{"blocks follow each other", testBlocks},
		{"final lags behind latest", testFinal},
		{"a hub is opened once and by its key", testOpenHub},
		{"a hub's free money is its owner's", testFundAndWithdraw},
		{"a retired hub pays from reserves alone", testRetire},
		{"a deposit grows", testTopUp},
		{"a relayer tops up by permit", testTopUpPermit},
		{"a relayer tops up by authorization", testTopUpAuth},
		{"a relayed top-up has its terms", testRelayTerms},
		{"promises are collected", testCollect},
		{"stale and forged promises are skipped", testCollectSkips},
		{"payouts are settled", testSettle},
		{"payouts that cannot be honoured are skipped", testSettleSkips},
		{"a push pays and reserves", testPush},
		{"a push goes as far as the money", testPushClamps},
		{"only the owner cuts a reserve and after the delay", testCut},
		{"a consumer leaves after the delay", testExit},
		{"a leaving consumer can still be collected from", testExitCollect},
		{"a relayer asks to leave and is paid at the end", testExitFor},
		{"a consumer leaves at once by agreement", testCoopExit},
		{"a relayer closes by agreement", testCoopExitFor},
		{"old signatures are void after leaving", testReplay},
		{"what waits at a deposit address is swept", testSweep},
		{"a sweep passes over what may not be moved", testSweepSkips},
		{"a full channel does not stop a sweep", testSweepFull},
		{"a consumer takes back what waits", testTakeBack},
		{"a relayer gives back what waits", testTakeBackFor},
		{"amounts above the chain's are refused", testTooLarge},
		{"events tell the story in order", testEvents},
		{"transactions are stored before they leave", testRecord},
		{"what waits is replaced by what gives more", testReplace},
		{"a bid has a bound", testBound},
		{"calls by one key do not get into each other's way", testManySends},
		{"a call without gas money is not funded", testNoGas},
		{"a reorg forgets and resending repeats", testReorgDrop},
		{"a reorg mines again", testReorgKeep},
		{"tokens are approved and transferred", testToken},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.test(newPlay(t, open(t)))
		})
	}
}

// play is a world with its people.
type play struct {
	*testing.T
	World
	c   chain.Chain
	ctx context.Context

	hub, owner, alice, bob, relayer *identity.Key
	payee                           wherry.Address
}

func newPlay(t *testing.T, w World) *play {
	t.Helper()
	p := &play{T: t, World: w, c: w.Chain(), ctx: t.Context()}
	if got := w.Chain().Params(); got.Depth != 2 || got.Delay != 7*24*time.Hour || got.MinTopUp != wherry.Tokens(1) {
		t.Fatalf("the world's chain has depth %d, delay %s and least top-up %s", got.Depth, got.Delay, got.MinTopUp)
	}
	for _, k := range []**identity.Key{&p.hub, &p.owner, &p.alice, &p.bob, &p.relayer} {
		*k = newKey(t)
	}
	p.payee = newKey(t).Address()
	return p
}

func newKey(t *testing.T) *identity.Key {
	t.Helper()
	k, err := identity.Generate()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// do sends a call and waits until it is mined and done.
func (p *play) do(key *identity.Key, call chain.Call) chain.Status {
	p.Helper()
	id, err := p.c.Send(p.ctx, key, call, nil)
	if err != nil {
		p.Fatalf("%s: %v", call.Name(), err)
	}
	st, err := chain.Await(p.ctx, p.c, id, chain.Mined, 2*time.Millisecond)
	if err != nil {
		p.Fatalf("%s: %v", call.Name(), err)
	}
	return st
}

// refuse checks that the contract refuses a call, sent and simulated.
func (p *play) refuse(key *identity.Key, call chain.Call, want chain.Refusal) {
	p.Helper()
	_, simulated := p.c.Simulate(p.ctx, key.Address(), call)
	_, sent := p.c.Send(p.ctx, key, call, func(chain.Tx) error {
		p.Errorf("%s is sent although it has to be refused: %s", call.Name(), want)
		return nil
	})
	for _, err := range []error{simulated, sent} {
		if got, ok := errors.AsType[chain.Refusal](err); !ok || got != want {
			p.Errorf("%s: %v, want it refused with %s", call.Name(), err, want)
		}
	}
	if simulated != nil && wherry.CodeOf(simulated) == wherry.Internal {
		p.Errorf("%s: the refusal %v has no code", call.Name(), simulated)
	}
}

// funded gives tokens to accounts and lets the contract pull them.
func (p *play) funded(tokens uint64, keys ...*identity.Key) {
	p.Helper()
	for _, k := range keys {
		p.Fund(k.Address(), wherry.Tokens(tokens))
		p.do(k, chain.Approve{Amount: wherry.Tokens(tokens)})
	}
}

// opened opens the hub with free money.
func (p *play) opened(tokens uint64) {
	p.Helper()
	p.funded(1000, p.owner)
	p.Fund(p.hub.Address(), wherry.Amount{})
	p.do(p.owner, p.open(p.owner, wherry.Tokens(tokens)))
}

// deposited makes a deposit of the consumer's own.
func (p *play) deposited(consumer *identity.Key, tokens uint64) {
	p.Helper()
	p.funded(1000, consumer)
	p.do(consumer, chain.TopUp{Hub: p.hub.Address(), Consumer: consumer.Address(), Amount: wherry.Tokens(tokens)})
}

func (p *play) now() uint64 {
	p.Helper()
	h, err := p.c.Head(p.ctx, chain.Latest)
	if err != nil {
		p.Fatal(err)
	}
	return uint64(h.Time.Unix())
}

func (p *play) height() uint64 {
	p.Helper()
	h, err := p.c.Head(p.ctx, chain.Latest)
	if err != nil {
		p.Fatal(err)
	}
	return h.Number
}

func (p *play) hubState() chain.Hub {
	p.Helper()
	v, err := p.c.Hub(p.ctx, p.hub.Address(), chain.Latest)
	if err != nil {
		p.Fatal(err)
	}
	return v
}

func (p *play) in(consumer *identity.Key) chain.In {
	p.Helper()
	v, err := p.c.In(p.ctx, p.hub.Address(), consumer.Address(), chain.Latest)
	if err != nil {
		p.Fatal(err)
	}
	return v
}

func (p *play) out() chain.Out {
	p.Helper()
	v, err := p.c.Out(p.ctx, p.hub.Address(), p.payee, chain.Latest)
	if err != nil {
		p.Fatal(err)
	}
	return v
}

func (p *play) tokens(a wherry.Address) wherry.Amount {
	p.Helper()
	v, err := p.c.Account(p.ctx, a, chain.Latest)
	if err != nil {
		p.Fatal(err)
	}
	return v.Tokens
}

// same checks one value; what says whose it is.
func same[T comparable](p *play, what string, got, want T) {
	p.Helper()
	if got != want {
		p.Errorf("%s is %v, want %v", what, got, want)
	}
}
