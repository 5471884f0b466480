package chaintest

import (
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
)

// testReplace keeps a transaction waiting by a gap in the nonces, which no block
// jumps over, replaces it, and then fills the gap.
func testReplace(p *play) {
	p.Fund(p.alice.Address(), wherry.Tokens(10))
	before := p.nonces()
	same(p, "the next nonce", before.Pending, before.Latest)
	keep := func(to *chain.Tx) func(chain.Tx) error {
		return func(tx chain.Tx) error { *to = tx; return nil }
	}
	send := func(call chain.Call, over *chain.Tx, to *chain.Tx) {
		p.Helper()
		id, err := p.c.SendBid(p.ctx, p.alice, call, chain.Bid{Over: over}, keep(to))
		if err != nil || id != to.ID || to.Nonce != over.Nonce {
			p.Fatalf("%s in place of nonce %d: %s with nonce %d (%v)", call.Name(), over.Nonce, id, to.Nonce, err)
		}
	}
	var first, second, third, filler chain.Tx
	send(chain.Transfer{To: p.payee, Amount: wherry.Tokens(1)}, &chain.Tx{From: p.alice.Address(), Nonce: before.Latest + 1}, &first)
	p.Mine(1)
	p.state(first.ID, chain.Sent)
	same(p, "nonces with a gap", p.nonces().Pending, before.Latest)

	send(chain.Transfer{To: p.payee, Amount: wherry.Tokens(2)}, &first, &second)
	p.state(first.ID, chain.Unknown)
	p.state(second.ID, chain.Sent)
	if err := p.c.Resend(p.ctx, first); wherry.CodeOf(err) != wherry.Conflict {
		p.Errorf("resend what was replaced: %v", err)
	}
	send(chain.Transfer{To: p.payee, Amount: wherry.Tokens(3)}, &second, &third)
	if err := p.c.Resend(p.ctx, third); err != nil {
		p.Errorf("resend what waits: %v", err)
	}

	send(chain.Cancel{}, &chain.Tx{From: p.alice.Address(), Nonce: before.Latest}, &filler)
	for _, id := range []wherry.Hash{filler.ID, third.ID} {
		p.Mine(1)
		if _, err := chain.Await(p.ctx, p.c, id, chain.Mined, 2*time.Millisecond); err != nil {
			p.Fatal(err)
		}
	}
	same(p, "the payee's balance", p.tokens(p.payee), wherry.Tokens(3))
	p.state(second.ID, chain.Unknown)
	after := p.nonces()
	same(p, "the nonces mined", after.Latest, before.Latest+2)
	if after.Final > after.Latest || after.Pending != after.Latest {
		p.Errorf("nonces %+v", after)
	}
	p.Mine(2)
	same(p, "the nonces that are final", p.nonces().Final, after.Latest)
	if err := p.c.Resend(p.ctx, second); wherry.CodeOf(err) != wherry.Conflict {
		p.Errorf("resend with a used nonce: %v", err)
	}
}

func testBound(p *play) {
	p.Fund(p.alice.Address(), wherry.Tokens(10))
	call := chain.Transfer{To: p.payee, Amount: wherry.Tokens(1)}
	price, err := p.c.GasPrice(p.ctx)
	if err != nil || price.IsZero() {
		p.Errorf("gas costs %s (%v)", price.BaseString(), err)
	}
	_, err = p.c.SendBid(p.ctx, p.alice, call, chain.Bid{Most: price}, func(chain.Tx) error {
		p.Error("what is dearer than its bound is signed")
		return nil
	})
	if wherry.CodeOf(err) != wherry.PriceTooHigh {
		p.Errorf("a transfer for the price of one gas: %v", err)
	}
	enough, err := wherry.AmountFromBig(price.Big().Mul(price.Big(), wherry.Base(1_000_000).Big()))
	if err != nil {
		p.Fatal(err)
	}
	id, err := p.c.SendBid(p.ctx, p.alice, call, chain.Bid{Most: enough}, nil)
	if err != nil {
		p.Fatal(err)
	}
	st, err := chain.Await(p.ctx, p.c, id, chain.Mined, 2*time.Millisecond)
	if err != nil || enough.Less(st.Cost) {
		p.Errorf("a transfer cost %s of %s (%v)", st.Cost.BaseString(), enough.BaseString(), err)
	}
}

func (p *play) nonces() chain.Nonces {
	p.Helper()
	n, err := p.c.Nonces(p.ctx, p.alice.Address())
	if err != nil {
		p.Fatal(err)
	}
	return n
}

func (p *play) state(id wherry.Hash, want chain.State) {
	p.Helper()
	if st, err := p.c.Status(p.ctx, id); err != nil || st.State != want {
		p.Errorf("transaction %s is %s, want %s (%v)", id, st.State, want, err)
	}
}
