package chaintest

import (
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
)

// relay returns the relayer with gas money: whoever may send what anybody may.
func (p *play) relay() *identity.Key {
	p.Helper()
	acc, err := p.c.Account(p.ctx, p.relayer.Address(), chain.Latest)
	if err != nil {
		p.Fatal(err)
	}
	if acc.Gas.Less(wherry.Base(1e16)) {
		p.Fund(p.relayer.Address(), wherry.Amount{})
	}
	return p.relayer
}

func testTopUp(p *play) {
	p.funded(1000, p.alice, p.bob)
	hub := p.hub.Address() // it need not be open
	p.do(p.alice, chain.TopUp{Hub: hub, Consumer: p.alice.Address(), Amount: wherry.Base(5)})
	in := p.in(p.alice)
	same(p, "the channel", in, chain.In{Deposited: wherry.Base(5), NotBefore: in.NotBefore})
	same(p, "void up to", in.NotBefore.Unix(), int64(p.now())-1+int64(p.c.Params().Life/time.Second)) // what is older than the channel
	p.do(p.bob, chain.TopUp{Hub: hub, Consumer: p.alice.Address(), Amount: wherry.Tokens(1)})
	same(p, "the deposit", p.in(p.alice).Left().Cmp(wherry.Tokens(1)), 1)
	same(p, "bob's balance", p.tokens(p.bob.Address()), wherry.Tokens(999))

	p.refuse(p.alice, chain.TopUp{Hub: hub, Consumer: p.alice.Address()}, chain.ZeroAmount)
	p.refuse(p.bob, chain.TopUp{Hub: hub, Consumer: p.alice.Address(), Amount: wherry.Base(5)}, chain.BelowMinimum)
	p.refuse(p.alice, chain.TopUp{Hub: hub, Consumer: p.alice.Address(), Amount: wherry.Tokens(1001)}, chain.TransferFromFailed)
	p.refuse(p.bob, chain.TopUp{Hub: hub, Amount: wherry.Tokens(2)}, chain.BadAccount)
	p.refuse(p.bob, chain.TopUp{Consumer: p.bob.Address(), Amount: wherry.Tokens(2)}, chain.BadAccount)
}

func testTopUpPermit(p *play) {
	p.Fund(p.alice.Address(), wherry.Tokens(100))
	relayer := p.relay()
	t := p.topUp(wherry.Tokens(20), wherry.Tokens(1))
	p.do(relayer, p.permit(p.alice, t, wherry.Tokens(30)))
	same(p, "the deposit", p.in(p.alice).Deposited, wherry.Tokens(20))
	same(p, "alice's balance", p.tokens(p.alice.Address()), wherry.Tokens(79))
	same(p, "the relayer's fee", p.tokens(relayer.Address()), wherry.Tokens(1))
	p.refuse(relayer, p.permit(p.alice, t, wherry.Tokens(30)), chain.SignatureVoid) // works once: it opened the channel
	p.Advance(10 * time.Second)
	second := p.topUp(wherry.Tokens(20), wherry.Amount{})
	p.refuse(relayer, p.permit(p.alice, second, wherry.Tokens(30)), chain.WrongState)

	// Nine are left of the allowance: the next one needs no permit.
	without := p.permit(p.alice, p.topUp(wherry.Tokens(29), wherry.Amount{}), wherry.Amount{})
	without.PermitDeadline, without.PermitSignature = 0, identity.Signature{}
	p.do(relayer, without)
	same(p, "the deposit", p.in(p.alice).Deposited, wherry.Tokens(29))

	bad := p.permit(p.alice, p.topUp(wherry.Tokens(40), wherry.Amount{}), wherry.Tokens(30))
	bad.PermitSignature[5] ^= 1
	p.refuse(relayer, bad, chain.TransferFromFailed)
}

func testTopUpAuth(p *play) {
	p.Fund(p.alice.Address(), wherry.Tokens(100))
	relayer := p.relay()
	p.do(relayer, p.auth(p.alice, p.topUp(wherry.Tokens(20), wherry.Tokens(1)), wherry.Tokens(21)))
	same(p, "the deposit", p.in(p.alice).Deposited, wherry.Tokens(20))
	same(p, "alice's balance", p.tokens(p.alice.Address()), wherry.Tokens(79))
	same(p, "the relayer's fee", p.tokens(relayer.Address()), wherry.Tokens(1))
	t := p.topUp(wherry.Tokens(50), wherry.Tokens(1))
	p.refuse(relayer, p.auth(p.alice, t, wherry.Tokens(30)), chain.BadSignature) // signed for another value
	p.refuse(relayer, p.auth(p.alice, p.topUp(wherry.Tokens(100), wherry.Tokens(1)), wherry.Tokens(81)), chain.InsufficientBalance)
}

func testRelayTerms(p *play) {
	p.Fund(p.alice.Address(), wherry.Tokens(100))
	p.Fund(p.bob.Address(), wherry.Tokens(1))
	relayer := p.relay()
	t := p.topUp(wherry.Tokens(20), wherry.Tokens(1))
	p.refuse(p.bob, p.permit(p.alice, t, wherry.Tokens(30)), chain.OtherRelayer)
	late, far := t, t
	late.Deadline = p.now() - 60
	far.Deadline = p.now() + 660
	p.refuse(relayer, p.permit(p.alice, late, wherry.Tokens(30)), chain.SignatureExpired)
	p.refuse(relayer, p.permit(p.alice, far, wherry.Tokens(30)), chain.DeadlineTooFar)
	forged := p.permit(p.alice, t, wherry.Tokens(30))
	forged.TopUp.Fee = wherry.Tokens(5)
	p.refuse(relayer, forged, chain.BadSignature)
	elsewhere := p.permit(p.alice, t, wherry.Tokens(30))
	elsewhere.TopUp.Hub = p.bob.Address()
	p.refuse(relayer, elsewhere, chain.BadSignature)

	open := t
	open.Relayer = wherry.Address{} // anybody
	p.do(p.bob, p.permit(p.alice, open, wherry.Tokens(30)))
	same(p, "bob's fee", p.tokens(p.bob.Address()), wherry.Tokens(2))
}

func testExit(p *play) {
	p.deposited(p.alice, 100)
	leave := chain.RequestExit{Hub: p.hub.Address()}
	finish := chain.FinalizeExit{Hub: p.hub.Address(), Consumer: p.alice.Address()}
	p.Fund(p.bob.Address(), wherry.Amount{})
	p.refuse(p.bob, leave, chain.NothingDeposited)
	p.refuse(p.bob, finish, chain.NotLeaving)

	p.do(p.alice, leave)
	delay := p.c.Params().Delay
	in := p.in(p.alice)
	same(p, "leaving", in.Leaving(), true)
	same(p, "the exit", in.ExitAt.Unix(), int64(p.now())+int64(delay/time.Second))
	p.refuse(p.alice, leave, chain.AlreadyLeaving)
	p.refuse(p.alice, chain.TopUp{Hub: p.hub.Address(), Consumer: p.alice.Address(), Amount: wherry.Tokens(1)}, chain.AlreadyLeaving)
	p.Advance(delay - time.Hour)
	p.refuse(p.bob, finish, chain.TooEarly)
	p.Advance(2 * time.Hour)
	p.do(p.bob, finish) // anybody may
	same(p, "alice's balance", p.tokens(p.alice.Address()), wherry.Tokens(1000))
	in = p.in(p.alice)
	same(p, "the rest", in.Left(), wherry.Amount{})
	same(p, "leaving", in.Leaving(), false)
	p.refuse(p.bob, finish, chain.NotLeaving)
	p.do(p.alice, chain.Approve{Amount: wherry.Tokens(5)})
	p.do(p.alice, chain.TopUp{Hub: p.hub.Address(), Consumer: p.alice.Address(), Amount: wherry.Tokens(5)})
	same(p, "the deposit", p.in(p.alice).Left(), wherry.Tokens(5))
}

func testExitCollect(p *play) {
	p.opened(0)
	p.deposited(p.alice, 100)
	p.do(p.alice, chain.RequestExit{Hub: p.hub.Address()})
	p.collect(p.promise(p.alice, wherry.Tokens(40), wherry.Hash{}))
	p.Advance(p.c.Params().Delay)
	p.do(p.alice, chain.FinalizeExit{Hub: p.hub.Address(), Consumer: p.alice.Address()})
	same(p, "alice's balance", p.tokens(p.alice.Address()), wherry.Tokens(960))
	in := p.in(p.alice)
	same(p, "settled", in.Settled, wherry.Tokens(40))
	same(p, "deposited", in.Deposited, wherry.Tokens(40))

	// Totals go on: the old promise is stale, one above it draws on new money.
	p.do(p.alice, chain.TopUp{Hub: p.hub.Address(), Consumer: p.alice.Address(), Amount: wherry.Tokens(10)})
	p.collect(p.promise(p.alice, wherry.Tokens(40), wherry.Hash{}), p.promise(p.alice, wherry.Tokens(43), wherry.Hash{}))
	same(p, "the rest", p.in(p.alice).Left(), wherry.Tokens(7))
	same(p, "the free money", p.hubState().Free, wherry.Tokens(43))
}

func testExitFor(p *play) {
	p.opened(0)
	p.deposited(p.alice, 100)
	relayer := p.relay()
	leave := p.leaveFor(p.alice, wherry.Tokens(100), wherry.Tokens(2))
	p.refuse(p.bobWithGas(), leave, chain.OtherRelayer)
	p.refuse(relayer, p.leaveFor(p.alice, wherry.Tokens(99), wherry.Tokens(2)), chain.WrongState)
	p.refuse(relayer, p.leaveFor(p.alice, wherry.Tokens(100), wherry.Tokens(101)), chain.InsufficientFunds)
	forged := leave
	forged.Leave.Fee = wherry.Tokens(3)
	p.refuse(relayer, forged, chain.BadSignature)
	p.do(relayer, leave)
	same(p, "the relayer's balance", p.tokens(relayer.Address()), wherry.Amount{}) // it waits
	same(p, "what it is owed", p.owedFor(p.alice), chain.Owed{Relayer: relayer.Address(), Fee: wherry.Tokens(2)})
	p.collect(p.promise(p.alice, wherry.Tokens(99), wherry.Hash{})) // the hub comes first
	p.Advance(p.c.Params().Delay)
	p.do(relayer, chain.FinalizeExit{Hub: p.hub.Address(), Consumer: p.alice.Address()})
	same(p, "the relayer's balance", p.tokens(relayer.Address()), wherry.Tokens(1))
	same(p, "what it is owed", p.owedFor(p.alice), chain.Owed{})
	same(p, "alice's balance", p.tokens(p.alice.Address()), wherry.Tokens(900))
}

func (p *play) owedFor(consumer *identity.Key) chain.Owed {
	p.Helper()
	o, err := p.c.Owed(p.ctx, p.hub.Address(), consumer.Address(), chain.Latest)
	if err != nil {
		p.Fatal(err)
	}
	return o
}

// bobWithGas returns bob with gas money.
func (p *play) bobWithGas() *identity.Key {
	p.Helper()
	p.Fund(p.bob.Address(), wherry.Amount{})
	return p.bob
}

func testCoopExit(p *play) {
	p.opened(0)
	p.deposited(p.alice, 100)
	p.deposited(p.bob, 100)
	all := wherry.Tokens(100)
	p.collect(p.promise(p.alice, wherry.Tokens(10), wherry.Hash{}))
	p.refuse(p.bob, p.closing(p.alice, all, wherry.Tokens(30)), chain.BadSignature) // made out to alice
	p.refuse(p.alice, p.closing(p.alice, wherry.Tokens(99), wherry.Tokens(30)), chain.WrongState)
	p.refuse(p.alice, p.closing(p.alice, all, wherry.Tokens(9)), chain.WrongState)
	p.refuse(p.alice, p.closing(p.alice, all, wherry.Tokens(101)), chain.WrongState)
	forged := p.closing(p.alice, all, wherry.Tokens(30))
	forged.Close.Settled = wherry.Tokens(20)
	p.refuse(p.alice, forged, chain.BadSignature)

	p.do(p.alice, p.closing(p.alice, all, wherry.Tokens(30)))
	same(p, "alice's balance", p.tokens(p.alice.Address()), wherry.Tokens(970))
	same(p, "the free money", p.hubState().Free, wherry.Tokens(30))
	same(p, "the rest", p.in(p.alice).Left(), wherry.Amount{})
	p.refuse(p.alice, p.closing(p.alice, wherry.Tokens(30), wherry.Tokens(30)), chain.SignatureVoid)
}

func testCoopExitFor(p *play) {
	p.opened(0)
	p.deposited(p.alice, 100)
	relayer := p.relay()
	all := wherry.Tokens(100)
	ok := p.closingFor(p.alice, all, wherry.Tokens(30), wherry.Tokens(2))
	p.refuse(p.bobWithGas(), ok, chain.OtherRelayer)
	unasked := ok
	unasked.LeaveSignature[3] ^= 1
	p.refuse(relayer, unasked, chain.BadSignature)
	unsigned := ok
	unsigned.Signature[3] ^= 1
	p.refuse(relayer, unsigned, chain.BadSignature)
	p.refuse(relayer, p.closingFor(p.alice, all, wherry.Tokens(99), wherry.Tokens(2)), chain.InsufficientFunds)
	// A hub that keeps more than was signed, or closes with what was to start the delay.
	more := p.closing(p.alice, all, wherry.Tokens(98))
	p.refuse(relayer, chain.CoopExitFor{Close: more.Close, Signature: more.Signature, Leave: ok.Leave, LeaveSignature: ok.LeaveSignature}, chain.BadSignature)
	alone := p.leaveFor(p.alice, all, wherry.Tokens(2))
	p.refuse(relayer, chain.CoopExitFor{Close: ok.Close, Signature: ok.Signature, Leave: alone.Leave, LeaveSignature: alone.Signature}, chain.BadSignature)
	p.refuse(relayer, chain.RequestExitFor{Consumer: p.alice.Address(), Leave: ok.Leave, Signature: ok.LeaveSignature}, chain.BadSignature)
	p.do(relayer, ok)
	same(p, "alice's balance", p.tokens(p.alice.Address()), wherry.Tokens(968))
	same(p, "the relayer's fee", p.tokens(relayer.Address()), wherry.Tokens(2))
	same(p, "the free money", p.hubState().Free, wherry.Tokens(30))
}

// testReplay leaves, comes back to the same deposit, and shows every signature
// of before again.
func testReplay(p *play) {
	p.opened(0)
	p.deposited(p.alice, 100)
	relayer := p.relay()
	all := wherry.Tokens(100)
	topUp := p.permit(p.alice, p.topUp(wherry.Tokens(150), wherry.Amount{}), wherry.Tokens(50))
	leave := p.leaveFor(p.alice, all, wherry.Tokens(1))
	closing := p.closing(p.alice, all, wherry.Amount{})
	closingFor := p.closingFor(p.alice, all, wherry.Amount{}, wherry.Tokens(1))
	p.do(p.alice, closing)
	p.do(p.alice, chain.TopUp{Hub: p.hub.Address(), Consumer: p.alice.Address(), Amount: all})
	p.refuse(relayer, topUp, chain.SignatureVoid)
	p.refuse(relayer, leave, chain.SignatureVoid)
	p.refuse(p.alice, closing, chain.SignatureVoid)
	p.refuse(relayer, closingFor, chain.SignatureVoid)
	in := p.in(p.alice)
	if got := in.NotBefore.Unix(); got <= int64(closing.Close.Expiry) {
		p.Errorf("void up to %d, before the old signatures end", got)
	}

	p.Advance(10 * time.Second)
	fresh := p.closing(p.alice, all, wherry.Amount{})
	fresh.Close.Expiry = p.now() + 599
	fresh.Signature = p.hub.Sign(fresh.Close.Digest(p.c.Params().Domain()))
	p.do(p.alice, fresh)
	same(p, "alice's balance", p.tokens(p.alice.Address()), wherry.Tokens(1000))
}
