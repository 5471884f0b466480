package chaintest

import (
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity/typed"
)

func testOpenHub(p *play) {
	p.funded(1000, p.owner)
	p.Fund(p.alice.Address(), wherry.Tokens(1))
	stolen := p.open(p.owner, wherry.Amount{}) // the key's consent is to the owner
	p.refuse(p.alice, stolen, chain.BadSignature)
	p.refuse(p.owner, chain.Fund{Hub: p.hub.Address(), Amount: wherry.Tokens(1)}, chain.NotOpen)
	p.refuse(p.owner, p.open(p.owner, wherry.Tokens(1001)), chain.TransferFromFailed)

	p.do(p.owner, p.open(p.owner, wherry.Tokens(100)))
	same(p, "the hub", p.hubState(), chain.Hub{Owner: p.owner.Address(), Free: wherry.Tokens(100)})
	same(p, "the owner's balance", p.tokens(p.owner.Address()), wherry.Tokens(900))
	p.refuse(p.owner, p.open(p.owner, wherry.Tokens(1)), chain.AlreadyOpen)
}

func testFundAndWithdraw(p *play) {
	p.opened(100)
	p.funded(50, p.alice)
	p.do(p.alice, chain.Fund{Hub: p.hub.Address(), Amount: wherry.Tokens(50)})
	p.refuse(p.alice, chain.Fund{Hub: p.hub.Address()}, chain.ZeroAmount)
	p.refuse(p.alice, chain.Withdraw{Hub: p.hub.Address(), Amount: wherry.Base(1)}, chain.NotAllowed)
	p.refuse(p.hub, chain.Withdraw{Hub: p.hub.Address(), Amount: wherry.Base(1)}, chain.NotAllowed)
	p.refuse(p.owner, chain.Withdraw{Hub: p.hub.Address(), Amount: wherry.Tokens(151)}, chain.InsufficientFunds)
	p.do(p.owner, chain.Withdraw{Hub: p.hub.Address(), Amount: wherry.Tokens(150)})
	same(p, "the free money", p.hubState().Free, wherry.Amount{})
	same(p, "the owner's balance", p.tokens(p.owner.Address()), wherry.Tokens(1050))
}

func testRetire(p *play) {
	p.opened(100)
	p.do(p.hub, p.pushing(0, 10))
	p.refuse(p.hub, chain.Retire{Hub: p.hub.Address()}, chain.NotAllowed)
	p.do(p.owner, chain.Retire{Hub: p.hub.Address()})
	same(p, "retired", p.hubState().Retired, true)
	p.refuse(p.owner, chain.Retire{Hub: p.hub.Address()}, chain.AlreadyRetired)
	p.refuse(p.hub, p.pushing(5, 0), chain.NotAllowed)

	p.settle(p.payout(wherry.Tokens(30), 0, wherry.Hash{}))
	same(p, "the payee's balance", p.tokens(p.payee), wherry.Tokens(10))
	same(p, "the free money", p.hubState().Free, wherry.Tokens(90))
	p.do(p.owner, p.pushing(0, 7)) // the owner may still raise a reserve
	same(p, "the reserve", p.out().Reserved, wherry.Tokens(7))

	p.deposited(p.alice, 10)
	p.refuse(p.alice, p.closing(p.alice, wherry.Tokens(10), wherry.Tokens(1)), chain.AlreadyRetired)
}

func (p *play) settle(all ...chain.SignedPayout) {
	p.Helper()
	p.do(p.relay(), chain.Settle{Hub: p.hub.Address(), Payouts: all})
}

func (p *play) collect(all ...chain.Claim) {
	p.Helper()
	p.do(p.relay(), chain.Collect{Hub: p.hub.Address(), Claims: all})
}

func (p *play) pushing(total, reserve uint64) chain.Push {
	return chain.Push{Hub: p.hub.Address(), Items: []chain.PushItem{
		{Payee: p.payee, Total: wherry.Tokens(total), Reserve: wherry.Tokens(reserve)},
	}}
}

func testCollect(p *play) {
	p.opened(0)
	p.deposited(p.alice, 100)
	p.deposited(p.bob, 100)
	secret := wherry.Keccak256([]byte("secret"))
	p.collect(p.promise(p.alice, wherry.Tokens(30), secret), p.promise(p.bob, wherry.Tokens(20), wherry.Hash{}))
	same(p, "the free money", p.hubState().Free, wherry.Tokens(50))
	same(p, "alice's settled", p.in(p.alice).Settled, wherry.Tokens(30))
	p.collect(p.promise(p.alice, wherry.Tokens(45), secret))
	same(p, "the free money", p.hubState().Free, wherry.Tokens(65))
	p.collect(p.promise(p.alice, wherry.Tokens(500), secret)) // up to the deposit
	in := p.in(p.alice)
	same(p, "alice's channel", in, chain.In{Deposited: wherry.Tokens(100), Settled: wherry.Tokens(100), NotBefore: in.NotBefore})
	same(p, "the free money", p.hubState().Free, wherry.Tokens(120))
}

func testCollectSkips(p *play) {
	p.opened(0)
	p.deposited(p.alice, 100)
	p.deposited(p.bob, 100)
	secret := wherry.Keccak256([]byte("secret"))
	p.collect(p.promise(p.alice, wherry.Tokens(30), secret))

	forged := p.promise(p.bob, wherry.Tokens(50), secret)
	forged.Consumer = p.alice.Address()
	wrong := p.promise(p.alice, wherry.Tokens(60), secret)
	wrong.Preimage = wherry.Keccak256([]byte("another secret"))
	highS := p.promise(p.alice, wherry.Tokens(60), secret)
	for i := range 31 {
		highS.Signature[33+i] = 0xff
	}
	highS.Signature[32] |= 0x7f
	other := p.promise(p.alice, wherry.Tokens(60), secret)
	other.Promise.Hub = p.bob.Address()
	if _, err := p.c.Simulate(p.ctx, p.relayer.Address(), chain.Collect{Hub: p.hub.Address(), Claims: []chain.Claim{other}}); wherry.CodeOf(err) != wherry.Invalid {
		p.Errorf("a promise to another hub: %v", err)
	}
	first := p.height() + 1
	p.collect(
		p.promise(p.alice, wherry.Tokens(30), secret), forged, wrong, highS,
		p.promise(p.bob, wherry.Tokens(5), secret),
	)
	same(p, "the free money", p.hubState().Free, wherry.Tokens(35))
	same(p, "alice's settled", p.in(p.alice).Settled, wherry.Tokens(30))
	p.skipped(first, chain.Stale, chain.WrongSignature, chain.WrongSignature, chain.WrongSignature)
}

// skipped checks the reasons of the items without effect since a block.
func (p *play) skipped(first uint64, want ...chain.Reason) {
	p.Helper()
	var got []chain.Reason
	for _, ev := range p.events(first) {
		if ev.Kind == chain.Skipped {
			got = append(got, ev.Reason)
		}
	}
	if len(got) != len(want) {
		p.Fatalf("skipped for %v, want %v", got, want)
	}
	for i := range got {
		same(p, "the reason", got[i], want[i])
	}
}

func testSettle(p *play) {
	p.opened(100)
	p.do(p.hub, p.pushing(0, 10))
	secret := wherry.Keccak256([]byte("secret"))
	first := p.height() + 1
	p.settle(p.payout(wherry.Tokens(15), p.now()+3600, secret)) // 10 of the reserve, 5 of the free money
	same(p, "the payee's side", p.out(), chain.Out{Settled: wherry.Tokens(15)})
	same(p, "the payee's balance", p.tokens(p.payee), wherry.Tokens(15))
	same(p, "the free money", p.hubState().Free, wherry.Tokens(85))
	evs := p.events(first)
	if len(evs) != 2 || evs[0].Kind != chain.Revealed || evs[0].Preimage != secret || evs[0].Hashlock != hashlock(secret) {
		p.Errorf("events are %+v, want the preimage revealed, then paid", evs)
	}
	p.settle(p.payout(wherry.Tokens(200), 0, wherry.Hash{}))
	same(p, "the payee's balance", p.tokens(p.payee), wherry.Tokens(100))
	same(p, "the free money", p.hubState().Free, wherry.Amount{})
}

func testSettleSkips(p *play) {
	p.opened(100)
	secret := wherry.Keccak256([]byte("secret"))
	p.settle(p.payout(wherry.Tokens(10), 0, wherry.Hash{}))
	expired := p.payout(wherry.Tokens(20), p.now()-1, secret)
	forged := p.payout(wherry.Tokens(20), 0, wherry.Hash{})
	forged.Payout.Total = wherry.Tokens(30)
	locked := p.payout(wherry.Tokens(20), p.now()+3600, secret)
	locked.Preimage = wherry.Hash{}
	nobody := p.payout(wherry.Tokens(20), 0, wherry.Hash{})
	nobody.Payout.Payee = p.c.Params().Contract
	first := p.height() + 1
	p.settle(p.payout(wherry.Tokens(10), 0, wherry.Hash{}), expired, forged, locked, nobody)
	p.skipped(first, chain.Stale, chain.Expired, chain.WrongSignature, chain.WrongSignature, chain.BadPayee)
	same(p, "the payee's balance", p.tokens(p.payee), wherry.Tokens(10))

	p.do(p.owner, chain.Withdraw{Hub: p.hub.Address(), Amount: wherry.Tokens(90)})
	first = p.height() + 1
	p.settle(p.payout(wherry.Tokens(25), 0, wherry.Hash{}))
	p.skipped(first, chain.NoFunds)
	if evs := p.events(first); evs[0].Kind != chain.Shortfall || evs[0].Amount != wherry.Tokens(15) {
		p.Errorf("events are %+v, want a shortfall of 15 first", evs)
	}
}

func testPush(p *play) {
	p.opened(100)
	p.Fund(p.alice.Address(), wherry.Amount{})
	p.refuse(p.alice, p.pushing(1, 0), chain.NotAllowed)
	p.do(p.hub, p.pushing(10, 20))
	same(p, "the payee's side", p.out(), chain.Out{Settled: wherry.Tokens(10), Reserved: wherry.Tokens(20)})
	same(p, "the payee's balance", p.tokens(p.payee), wherry.Tokens(10))
	p.do(p.hub, p.pushing(10, 20)) // levels: a repeat does nothing
	same(p, "the payee's side", p.out(), chain.Out{Settled: wherry.Tokens(10), Reserved: wherry.Tokens(20)})
	p.do(p.owner, p.pushing(15, 20)) // paid from the reserve, which is filled again
	same(p, "the payee's side", p.out(), chain.Out{Settled: wherry.Tokens(15), Reserved: wherry.Tokens(20)})
	same(p, "the free money", p.hubState().Free, wherry.Tokens(65))
	p.do(p.hub, p.pushing(0, 5)) // never less
	same(p, "the reserve", p.out().Reserved, wherry.Tokens(20))
}

func testPushClamps(p *play) {
	p.opened(12)
	other := newKey(p.T).Address()
	p.do(p.hub, chain.Push{Hub: p.hub.Address(), Items: []chain.PushItem{
		{Payee: p.payee, Total: wherry.Tokens(10), Reserve: wherry.Tokens(50)},
		{Payee: other, Total: wherry.Tokens(10)},
		{Payee: p.c.Params().Token, Total: wherry.Tokens(1)},
	}})
	same(p, "the payee's side", p.out(), chain.Out{Settled: wherry.Tokens(10), Reserved: wherry.Tokens(2)})
	same(p, "the other's balance", p.tokens(other), wherry.Amount{})
	p.skipped(p.height(), chain.NoFunds, chain.BadPayee)
}

func testCut(p *play) {
	p.opened(100)
	p.do(p.hub, p.pushing(0, 20))
	cut := chain.CutReserve{Hub: p.hub.Address(), Payee: p.payee, Reserve: wherry.Tokens(5)}
	announce := chain.AnnounceCut{Hub: p.hub.Address(), Payee: p.payee}
	p.refuse(p.hub, announce, chain.NotAllowed)
	p.refuse(p.hub, cut, chain.NotAllowed)
	p.refuse(p.owner, cut, chain.TooEarly)

	p.do(p.owner, announce)
	delay := p.c.Params().Delay
	same(p, "unlocked", p.out().UnlockAt.Unix(), int64(p.now())+int64(delay/time.Second))
	p.Advance(delay / 2)
	p.refuse(p.owner, cut, chain.TooEarly)
	p.do(p.hub, p.pushing(0, 21)) // a raise calls it off
	p.Advance(delay)
	p.refuse(p.owner, cut, chain.TooEarly)

	p.do(p.owner, announce)
	p.Advance(delay)
	tooMuch := cut
	tooMuch.Reserve = wherry.Tokens(22)
	p.refuse(p.owner, tooMuch, chain.InsufficientFunds)
	p.do(p.owner, cut)
	same(p, "the payee's side", p.out(), chain.Out{Reserved: wherry.Tokens(5)})
	same(p, "the free money", p.hubState().Free, wherry.Tokens(95))
	p.refuse(p.owner, cut, chain.TooEarly) // once per announcement
}

func testTooLarge(p *play) {
	p.opened(1)
	one, err := wherry.MaxOnChain.Add(wherry.Base(1))
	if err != nil {
		p.Fatal(err)
	}
	for _, call := range []chain.Call{
		chain.Fund{Hub: p.hub.Address(), Amount: one},
		chain.TopUp{Hub: p.hub.Address(), Consumer: p.owner.Address(), Amount: one},
		chain.Push{Hub: p.hub.Address(), Items: []chain.PushItem{{Payee: p.payee, Reserve: one}}},
		chain.Collect{Hub: p.hub.Address(), Claims: []chain.Claim{{Promise: typed.Promise{Hub: p.hub.Address(), Total: one}}}},
	} {
		p.refuse(p.owner, call, chain.AmountTooLarge)
	}
	p.deposited(p.alice, 1)
	p.refuse(p.alice, chain.TopUp{Hub: p.hub.Address(), Consumer: p.alice.Address(), Amount: wherry.MaxOnChain}, chain.AmountTooLarge)
}
