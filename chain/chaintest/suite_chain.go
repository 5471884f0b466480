package chaintest

import (
	"errors"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
)

func testBlocks(p *play) {
	p.Mine(3)
	head, err := p.c.Head(p.ctx, chain.Latest)
	if err != nil {
		p.Fatal(err)
	}
	again, err := p.c.Block(p.ctx, head.Number)
	if err != nil || again != head {
		p.Errorf("block %d is %+v, the head was %+v (%v)", head.Number, again, head, err)
	}
	before, err := p.c.Block(p.ctx, head.Number-1)
	if err != nil || before.Hash == head.Hash || !before.Time.Before(head.Time) || before.Number != head.Number-1 {
		p.Errorf("before %+v comes %+v (%v)", head, before, err)
	}
	if _, err := p.c.Block(p.ctx, head.Number+1000); wherry.CodeOf(err) != wherry.NotFound {
		p.Errorf("a block that is not there yet: %v", err)
	}
	if _, err := p.c.Events(p.ctx, p.hub.Address(), 0, head.Number+1000); wherry.CodeOf(err) != wherry.NotFound {
		p.Errorf("events of blocks that are not there yet: %v", err)
	}
	p.Advance(3 * time.Hour)
	later, err := p.c.Head(p.ctx, chain.Latest)
	if err != nil || later.Time.Sub(head.Time) < 3*time.Hour {
		p.Errorf("three hours after %s it is %s (%v)", head.Time, later.Time, err)
	}
}

func testFinal(p *play) {
	p.deposited(p.alice, 10)
	id, err := p.c.Send(p.ctx, p.alice, chain.Transfer{To: p.payee, Amount: wherry.Tokens(3)}, nil)
	if err != nil {
		p.Fatal(err)
	}
	st, err := chain.Await(p.ctx, p.c, id, chain.Mined, 2*time.Millisecond)
	if err != nil || st.State != chain.Mined || st.GasUsed == 0 || st.Cost.IsZero() || st.Block != p.height() {
		p.Errorf("status is %+v (%v), want mined", st, err)
	}
	view := func(at chain.At) wherry.Amount {
		acc, err := p.c.Account(p.ctx, p.payee, at)
		if err != nil {
			p.Fatal(err)
		}
		return acc.Tokens
	}
	p.Mine(1)
	same(p, "latest", view(chain.Latest), wherry.Tokens(3))
	same(p, "final", view(chain.Final), wherry.Amount{})
	p.Mine(1)
	same(p, "final", view(chain.Final), wherry.Tokens(3))
	if st, err := p.c.Status(p.ctx, id); err != nil || st.State != chain.Finalized {
		p.Errorf("status is %+v (%v), want final", st, err)
	}
	latest, err1 := p.c.Head(p.ctx, chain.Latest)
	final, err2 := p.c.Head(p.ctx, chain.Final)
	if err := errors.Join(err1, err2); err != nil || final.Number+2 != latest.Number {
		p.Errorf("final is %d, latest %d (%v)", final.Number, latest.Number, err)
	}
	in, err := p.c.In(p.ctx, p.hub.Address(), p.alice.Address(), chain.Final)
	if err != nil || in.Deposited != wherry.Tokens(10) {
		p.Errorf("the final channel is %+v (%v)", in, err)
	}
}

// events returns what happened at the hub since a block.
func (p *play) events(first uint64) []chain.Event {
	p.Helper()
	evs, err := p.c.Events(p.ctx, p.hub.Address(), first, p.height())
	if err != nil {
		p.Fatal(err)
	}
	return evs
}

func testEvents(p *play) {
	first := p.height() + 1
	p.opened(100)
	p.deposited(p.alice, 50)
	p.collect(p.promise(p.alice, wherry.Tokens(20), wherry.Hash{}))
	p.do(p.hub, p.pushing(5, 10))
	p.do(p.hub, p.pushing(0, 12))
	p.do(p.owner, chain.AnnounceCut{Hub: p.hub.Address(), Payee: p.payee})
	p.do(p.owner, chain.Withdraw{Hub: p.hub.Address(), Amount: wherry.Tokens(1)})
	relayer := p.relay()
	p.do(relayer, p.leaveFor(p.alice, wherry.Tokens(50), wherry.Tokens(1)))
	p.Advance(p.c.Params().Delay)
	p.do(relayer, chain.FinalizeExit{Hub: p.hub.Address(), Consumer: p.alice.Address()})
	p.do(p.owner, chain.Retire{Hub: p.hub.Address()})

	alice, owner := p.alice.Address(), p.owner.Address()
	want := []chain.Event{
		{Kind: chain.HubOpened, Account: owner},
		{Kind: chain.Funded, Amount: wherry.Tokens(100), Total: wherry.Tokens(100)},
		{Kind: chain.ToppedUp, Account: alice, Amount: wherry.Tokens(50), Total: wherry.Tokens(50)},
		{Kind: chain.Collected, Account: alice, Amount: wherry.Tokens(20), Total: wherry.Tokens(20)},
		{Kind: chain.Paid, Account: p.payee, Amount: wherry.Tokens(5), Total: wherry.Tokens(5), Reserve: wherry.Tokens(10)},
		{Kind: chain.Reserved, Account: p.payee, Reserve: wherry.Tokens(12)},
		{Kind: chain.CutAnnounced, Account: p.payee},
		{Kind: chain.Withdrawn, Amount: wherry.Tokens(1), Total: wherry.Tokens(102)},
		{Kind: chain.ExitRequested, Account: alice},
		{Kind: chain.Exited, Account: alice, Amount: wherry.Tokens(30), Total: wherry.Tokens(20)},
		{Kind: chain.FeePaid, Account: alice, Relayer: relayer.Address(), Amount: wherry.Tokens(1)},
		{Kind: chain.HubRetired},
	}
	got := p.events(first)
	if len(got) != len(want) {
		p.Fatalf("%d events, want %d: %+v", len(got), len(want), got)
	}
	for i, ev := range got {
		if i > 0 && (ev.Block < got[i-1].Block || ev.Block == got[i-1].Block && ev.Index <= got[i-1].Index) {
			p.Errorf("event %d is before event %d", i, i-1)
		}
		if ev.Tx.IsZero() || ev.Hub != p.hub.Address() {
			p.Errorf("event %d is of transaction %s, hub %s", i, ev.Tx, ev.Hub)
		}
		if hasTime := ev.Kind == chain.CutAnnounced || ev.Kind == chain.ExitRequested; hasTime == ev.Until.IsZero() {
			p.Errorf("event %d lasts until %s", i, ev.Until)
		}
		ev.Block, ev.Index, ev.Tx, ev.Hub, ev.Until = 0, 0, wherry.Hash{}, wherry.Address{}, time.Time{}
		same(p, "an event", ev, want[i])
	}
	// Nobody else's, unless all are asked for; and in pieces the same as at once.
	if evs, err := p.c.Events(p.ctx, p.bob.Address(), first, p.height()); err != nil || len(evs) != 0 {
		p.Errorf("another hub has %d events (%v)", len(evs), err)
	}
	var pieces []chain.Event
	for n := first; n <= p.height(); n++ {
		evs, err := p.c.Events(p.ctx, wherry.Address{}, n, n)
		if err != nil {
			p.Fatal(err)
		}
		pieces = append(pieces, evs...)
	}
	same(p, "the number of events", len(pieces), len(want))
}

func testRecord(p *play) {
	p.Fund(p.alice.Address(), wherry.Tokens(10))
	call := chain.Transfer{To: p.payee, Amount: wherry.Tokens(1)}
	full := errors.New("the disk is full")
	var stored chain.Tx
	_, err := p.c.Send(p.ctx, p.alice, call, func(tx chain.Tx) error { stored = tx; return full })
	if !errors.Is(err, full) {
		p.Errorf("send with a full disk: %v", err)
	}
	p.Mine(1)
	same(p, "the payee's balance", p.tokens(p.payee), wherry.Amount{})
	st, err := p.c.Status(p.ctx, stored.ID)
	if err != nil || st.State != chain.Unknown {
		p.Errorf("what was not sent is %s (%v)", st.State, err)
	}

	id, err := p.c.Send(p.ctx, p.alice, call, func(tx chain.Tx) error { stored = tx; return nil })
	if err != nil || id != stored.ID || stored.From != p.alice.Address() {
		p.Fatalf("sent %s from %s, stored %s (%v)", id, stored.From, stored.ID, err)
	}
	if _, err := chain.Await(p.ctx, p.c, id, chain.Mined, 2*time.Millisecond); err != nil {
		p.Fatal(err)
	}
	if err := p.c.Resend(p.ctx, stored); err != nil {
		p.Errorf("resend what is mined: %v", err)
	}
	p.Mine(1)
	same(p, "the payee's balance", p.tokens(p.payee), wherry.Tokens(1))
	bad := stored
	bad.Raw = []byte{1, 2, 3}
	if err := p.c.Resend(p.ctx, bad); wherry.CodeOf(err) != wherry.Invalid {
		p.Errorf("resend garbage: %v", err)
	}
}

func testManySends(p *play) {
	p.Fund(p.alice.Address(), wherry.Tokens(100))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			id, err := p.c.Send(p.ctx, p.alice, chain.Transfer{To: p.payee, Amount: wherry.Tokens(1)}, nil)
			if err != nil {
				p.Errorf("send: %v", err)
				return
			}
			if _, err := chain.Await(p.ctx, p.c, id, chain.Mined, 5*time.Millisecond); err != nil {
				p.Error(err)
			}
		})
	}
	all.Wait()
	same(p, "the payee's balance", p.tokens(p.payee), wherry.Tokens(8))
}

func testNoGas(p *play) {
	poor := newKey(p.T)
	p.Fund(p.alice.Address(), wherry.Tokens(10))
	p.do(p.alice, chain.Transfer{To: poor.Address(), Amount: wherry.Tokens(5)})
	if w, ok := p.World.(interface{ TakeGas(wherry.Address) }); ok {
		w.TakeGas(poor.Address())
	}
	call := chain.Transfer{To: p.payee, Amount: wherry.Tokens(1)}
	_, err := p.c.Send(p.ctx, poor, call, func(chain.Tx) error {
		p.Error("what cannot be paid for is signed")
		return nil
	})
	if wherry.CodeOf(err) != wherry.NotFunded {
		p.Errorf("a transfer without gas money: %v", err)
	}
	if cost, err := p.c.Simulate(p.ctx, p.alice.Address(), call); err != nil || cost.Gas == 0 || cost.Fee.IsZero() {
		p.Errorf("a transfer costs %+v (%v)", cost, err)
	}
}

func testReorgDrop(p *play) {
	p.deposited(p.alice, 10)
	p.Mine(1)
	old := p.height()
	before, err := p.c.Block(p.ctx, old)
	if err != nil {
		p.Fatal(err)
	}
	var stored chain.Tx
	call := chain.TopUp{Hub: p.hub.Address(), Consumer: p.alice.Address(), Amount: wherry.Tokens(5)}
	id, err := p.c.Send(p.ctx, p.alice, call, func(tx chain.Tx) error { stored = tx; return nil })
	if err != nil {
		p.Fatal(err)
	}
	if _, err := chain.Await(p.ctx, p.c, id, chain.Mined, 2*time.Millisecond); err != nil {
		p.Fatal(err)
	}
	same(p, "the deposit", p.in(p.alice).Deposited, wherry.Tokens(15))
	p.Reorg(2, true)
	after, err := p.c.Block(p.ctx, old)
	if err != nil || after.Hash == before.Hash {
		p.Errorf("block %d is still %s (%v)", old, after.Hash, err)
	}
	same(p, "the deposit", p.in(p.alice).Deposited, wherry.Tokens(10))
	for _, ev := range p.events(old) {
		p.Errorf("an event of the old branch is still there: %+v", ev)
	}
	st, err := p.c.Status(p.ctx, id)
	if err != nil || st.State != chain.Unknown {
		p.Errorf("the transaction is %s (%v), want unknown", st.State, err)
	}

	if err := p.c.Resend(p.ctx, stored); err != nil {
		p.Fatal(err)
	}
	if _, err := chain.Await(p.ctx, p.c, id, chain.Mined, 2*time.Millisecond); err != nil {
		p.Fatal(err)
	}
	same(p, "the deposit", p.in(p.alice).Deposited, wherry.Tokens(15))

	// Once another has its nonce, it is of no more use.
	p.Reorg(1, true)
	p.do(p.alice, chain.Transfer{To: p.payee, Amount: wherry.Tokens(1)})
	if err := p.c.Resend(p.ctx, stored); wherry.CodeOf(err) != wherry.Conflict {
		p.Errorf("resend with a used nonce: %v", err)
	}
}

func testReorgKeep(p *play) {
	p.opened(100)
	p.do(p.hub, p.pushing(5, 10))
	p.do(p.hub, p.pushing(8, 10))
	at := p.height()
	before, err := p.c.Block(p.ctx, at)
	if err != nil {
		p.Fatal(err)
	}
	p.Reorg(2, false)
	after, err := p.c.Block(p.ctx, at)
	if err != nil || after.Hash == before.Hash {
		p.Errorf("block %d is still %s (%v)", at, after.Hash, err)
	}
	same(p, "the payee's side", p.out(), chain.Out{Settled: wherry.Tokens(8), Reserved: wherry.Tokens(10)})
	same(p, "the payee's balance", p.tokens(p.payee), wherry.Tokens(8))
	var paid wherry.Amount
	for _, ev := range p.events(0) {
		if ev.Kind == chain.Paid {
			paid, err = paid.Add(ev.Amount)
			if err != nil {
				p.Fatal(err)
			}
		}
	}
	same(p, "the sum of the events", paid, wherry.Tokens(8))
}

func testToken(p *play) {
	p.Fund(p.alice.Address(), wherry.Tokens(10))
	p.do(p.alice, chain.Approve{Amount: wherry.Tokens(3)})
	acc, err := p.c.Account(p.ctx, p.alice.Address(), chain.Latest)
	if err != nil || acc.Tokens != wherry.Tokens(10) || acc.Allowance != wherry.Tokens(3) || acc.Gas.IsZero() {
		p.Errorf("alice has %+v (%v)", acc, err)
	}
	p.refuse(p.alice, chain.Transfer{To: p.payee, Amount: wherry.Tokens(11)}, chain.InsufficientBalance)
	p.do(p.alice, chain.Transfer{To: p.payee, Amount: wherry.Tokens(10)})
	same(p, "alice's balance", p.tokens(p.alice.Address()), wherry.Amount{})
	same(p, "the payee's balance", p.tokens(p.payee), wherry.Tokens(10))
}
