package chaintest

import (
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

// waiting is a deposit address of a consumer at the hub.
func (p *play) waiting(consumer *identity.Key, limit uint64) typed.Deposit {
	return typed.Deposit{Hub: p.hub.Address(), Consumer: consumer.Address(), Cap: wherry.Tokens(limit)}
}

// sent transfers tokens of bob's to a deposit address.
func (p *play) sent(d typed.Deposit, v wherry.Amount) {
	p.Helper()
	p.do(p.bob, chain.Transfer{To: p.c.Params().DepositAddress(d), Amount: v})
}

// waits says what is at a deposit address.
func (p *play) waits(d typed.Deposit) wherry.Amount {
	p.Helper()
	return p.tokens(p.c.Params().DepositAddress(d))
}

func testSweep(p *play) {
	p.Fund(p.bob.Address(), wherry.Tokens(1000))
	relayer := p.relay()
	one, free := p.waiting(p.alice, 2), p.waiting(p.bob, 0)
	p.sent(one, wherry.Tokens(10))
	p.sent(free, wherry.Tokens(5))
	first := p.height() + 1
	p.do(relayer, chain.Sweep{Fee: wherry.Tokens(1), Items: []typed.Deposit{one, free, one}})
	same(p, "alice's deposit", p.in(p.alice).Deposited, minus(wherry.Tokens(9), wherry.Base(1)))
	same(p, "bob's deposit", p.in(p.bob).Deposited, minus(wherry.Tokens(5), wherry.Base(1)))
	same(p, "what stays", p.waits(one), wherry.Base(1))
	same(p, "the relayer's fee", p.tokens(relayer.Address()), wherry.Tokens(1))
	p.skipped(first, chain.TooLittle)

	p.sent(one, wherry.Tokens(4))
	p.do(relayer, chain.Sweep{Fee: wherry.Tokens(500), Items: []typed.Deposit{one}}) // the cap holds
	same(p, "alice's deposit", p.in(p.alice).Deposited, minus(wherry.Tokens(11), wherry.Base(1)))
	same(p, "the relayer's fees", p.tokens(relayer.Address()), wherry.Tokens(3))
}

func testSweepSkips(p *play) {
	p.opened(0)
	p.Fund(p.bob.Address(), wherry.Tokens(1000))
	relayer := p.relay()
	sweep := func(limit uint64, want chain.Reason) {
		p.Helper()
		first := p.height() + 1
		d := p.waiting(p.alice, limit)
		waits := p.waits(d)
		p.do(relayer, chain.Sweep{Fee: wherry.Tokens(limit), Items: []typed.Deposit{d}})
		if want == chain.NoReason {
			same(p, "what stays", p.waits(d), wherry.Base(1))
			return
		}
		same(p, "what waits", p.waits(d), waits)
		p.skipped(first, want)
	}
	sweep(0, chain.TooLittle)
	p.sent(p.waiting(p.alice, 0), wherry.Tokens(1)) // the minimum would arrive, but for what stays
	sweep(0, chain.TooLittle)
	p.sent(p.waiting(p.alice, 3), wherry.Tokens(6)) // as much as the fee would arrive, but for what stays
	sweep(3, chain.TooLittle)
	p.sent(p.waiting(p.alice, 0), wherry.Base(1))
	p.sent(p.waiting(p.alice, 3), wherry.Base(1))
	sweep(0, chain.NoReason)
	sweep(3, chain.NoReason)
	same(p, "alice's deposit", p.in(p.alice).Deposited, wherry.Tokens(4))

	p.sent(p.waiting(p.alice, 0), wherry.Tokens(5))
	p.sent(p.waiting(p.alice, 3), wherry.Tokens(50))
	p.Fund(p.alice.Address(), wherry.Amount{})
	p.do(p.alice, chain.RequestExit{Hub: p.hub.Address()})
	sweep(0, chain.ChannelLeaving)
	p.Advance(p.c.Params().Delay)
	p.do(p.bob, chain.FinalizeExit{Hub: p.hub.Address(), Consumer: p.alice.Address()})
	sweep(0, chain.NoReason) // left and closed: it comes back
	p.do(p.owner, chain.Retire{Hub: p.hub.Address()})
	sweep(3, chain.RetiredHub)

	first := p.height() + 1
	p.do(relayer, chain.Sweep{Items: []typed.Deposit{
		{Consumer: p.alice.Address()}, {Hub: p.hub.Address()}, {Hub: p.hub.Address(), Consumer: p.c.Params().Token},
	}})
	p.skipped(first, chain.BadPayee, chain.BadPayee) // that of no hub is no event of this one
}

// testSweepFull pays a hub in circles, with one promise, until the channel's
// running total is at its end.
func testSweepFull(p *play) {
	p.opened(0)
	p.Fund(p.owner.Address(), wherry.Tokens(900_000_000))
	p.do(p.owner, chain.Approve{Amount: wherry.MaxOnChain})
	relayer := p.relay()
	p.Fund(p.bob.Address(), wherry.Tokens(100))
	all := p.promise(p.alice, wherry.MaxOnChain, wherry.Hash{})
	for {
		room := minus(wherry.MaxOnChain, p.in(p.alice).Deposited)
		if room.Less(wherry.Tokens(900_000_000)) {
			p.do(p.owner, chain.TopUp{Hub: p.hub.Address(), Consumer: p.alice.Address(), Amount: minus(room, wherry.Tokens(1))})
			break
		}
		p.do(p.owner, chain.TopUp{Hub: p.hub.Address(), Consumer: p.alice.Address(), Amount: wherry.Tokens(900_000_000)})
		p.collect(all)
		p.do(p.owner, chain.Withdraw{Hub: p.hub.Address(), Amount: wherry.Tokens(900_000_000)})
	}
	full, other := p.waiting(p.alice, 0), p.waiting(p.bob, 0)
	p.sent(full, sum(wherry.Tokens(1), wherry.Base(2)))
	p.sent(other, wherry.Tokens(5))
	first := p.height() + 1
	p.do(relayer, chain.Sweep{Items: []typed.Deposit{full, other}})
	p.skipped(first, chain.TooMuch)
	same(p, "bob's deposit", p.in(p.bob).Deposited, minus(wherry.Tokens(5), wherry.Base(1)))
	p.Fund(p.alice.Address(), wherry.Amount{})
	p.do(p.alice, chain.TakeBack{Hub: full.Hub, Cap: full.Cap, Amount: wherry.Base(1)})
	p.do(relayer, chain.Sweep{Items: []typed.Deposit{full}}) // what fits to the last unit
	same(p, "alice's deposit", p.in(p.alice).Deposited, wherry.MaxOnChain)
}

func testTakeBack(p *play) {
	p.Fund(p.bob.Address(), wherry.Tokens(1000))
	p.Fund(p.alice.Address(), wherry.Amount{})
	d := p.waiting(p.alice, 2)
	p.sent(d, wherry.Tokens(10))
	back := chain.TakeBack{Hub: d.Hub, Cap: d.Cap, Amount: wherry.Tokens(4)}
	p.refuse(p.bob, back, chain.InsufficientBalance) // its own address is another, and empty
	p.do(p.alice, back)
	same(p, "alice's balance", p.tokens(p.alice.Address()), wherry.Tokens(4))
	same(p, "what waits", p.waits(d), wherry.Tokens(6))
	back.Amount = minus(wherry.Tokens(7), wherry.Base(1))
	p.refuse(p.alice, back, chain.InsufficientBalance)
	back.Amount = wherry.Amount{}
	p.refuse(p.alice, back, chain.ZeroAmount)
}

// takeBackFor is what a consumer signs to have what waits given back by the relayer.
func (p *play) takeBackFor(consumer *identity.Key, amount, fee wherry.Amount) chain.TakeBackFor {
	t := typed.TakeBack{
		Hub: p.hub.Address(), Cap: wherry.Tokens(2), Amount: amount, Fee: fee,
		Relayer: p.relayer.Address(), Deadline: p.now() + 600,
	}
	return p.signTakeBack(consumer, t)
}

func (p *play) signTakeBack(consumer *identity.Key, t typed.TakeBack) chain.TakeBackFor {
	return chain.TakeBackFor{Consumer: consumer.Address(), TakeBack: t, Signature: consumer.Sign(t.Digest(p.c.Params().Domain()))}
}

func testTakeBackFor(p *play) {
	p.Fund(p.bob.Address(), wherry.Tokens(1000))
	relayer := p.relay()
	d := p.waiting(p.alice, 2)
	p.sent(d, wherry.Tokens(20))
	back := p.takeBackFor(p.alice, wherry.Tokens(10), wherry.Tokens(1))
	p.refuse(p.bob, back, chain.OtherRelayer)
	forged := back
	forged.TakeBack.Fee = wherry.Tokens(2)
	p.refuse(relayer, forged, chain.BadSignature)
	forged = back
	forged.Consumer = p.bob.Address()
	p.refuse(relayer, forged, chain.BadSignature)
	p.refuse(relayer, p.takeBackFor(p.alice, wherry.Tokens(1), wherry.Tokens(1)), chain.InsufficientFunds)
	p.refuse(relayer, p.takeBackFor(p.alice, wherry.Tokens(21), wherry.Tokens(1)), chain.InsufficientBalance)
	late, far := back.TakeBack, back.TakeBack
	late.Deadline, far.Deadline = p.now()-60, p.now()+660
	p.refuse(relayer, p.signTakeBack(p.alice, late), chain.SignatureExpired)
	p.refuse(relayer, p.signTakeBack(p.alice, far), chain.DeadlineTooFar)

	p.do(relayer, back)
	same(p, "alice's balance", p.tokens(p.alice.Address()), wherry.Tokens(9))
	same(p, "the relayer's fee", p.tokens(relayer.Address()), wherry.Tokens(1))
	same(p, "what waits", p.waits(d), wherry.Tokens(10))
	p.refuse(relayer, back, chain.SignatureVoid) // once, although as much is there again

	// The same words by somebody else are another request.
	p.sent(p.waiting(p.bob, 2), wherry.Tokens(10))
	p.do(relayer, p.signTakeBack(p.bob, back.TakeBack))
	p.Advance(11 * time.Minute)
	p.refuse(relayer, back, chain.SignatureExpired)
}
