package evm_test

import (
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain/evm/bindings"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

// plainTransfers measures deposit addresses: what the sender of a transfer pays,
// and what whoever sweeps it pays.
func (g *gasChain) plainTransfers(add func(string, uint64, uint64)) {
	g.give(g.person, fare(1))
	for _, fee := range []int64{0, 1} {
		d := g.waiting(1)
		w := map[int64]string{1: ", with a fee"}[fee]
		if fee == 0 {
			add("plain `transfer` to a deposit address, first", g.wait(d[0]), 0)
			add("`sweep` of 1, first", g.sweep(d, fee), 80_000)
			add("plain `transfer` to a deposit address, next", g.wait(d[0]), 34_000)
			add("`sweep` of 1, next", g.sweep(d, fee), 80_000)
			continue
		}
		g.wait(d[0])
		add("`sweep` of 1, first"+w, g.sweep(d, fee), 80_000)
		g.wait(d[0])
		add("`sweep` of 1, next"+w, g.sweep(d, fee), 80_000)
	}
	for _, n := range []int{10, 50, 100} {
		all := g.waiting(n)
		for _, first := range []bool{true, false} {
			for _, d := range all {
				g.wait(d)
			}
			add(fmt.Sprintf("`sweep` of %d, %s, with a fee, each", n, words(first, 0)), g.sweep(all, 1)/uint64(n), 80_000)
		}
	}

	c := g.account()
	g.give(c, fare(1))
	d := bindings.IHubsDeposit{Hub: addr(g.hub), Consumer: addr(c), Cap: fare(1)}
	g.wait(d)
	add("`takeBack` of all", g.call(c, g.hubs.PackTakeBack(d.Hub, d.Cap, fare(10))), 0)
	g.wait(d)
	add("`takeBackFor` of all, with a fee", g.call(g.person, g.hubs.PackTakeBackFor(g.takeBack(c, fare(10), fare(1)))), 0)
}

// waiting makes n deposit addresses of new consumers.
func (g *gasChain) waiting(n int) []bindings.IHubsDeposit {
	var all []bindings.IHubsDeposit
	for range n {
		all = append(all, bindings.IHubsDeposit{Hub: addr(g.hub), Consumer: addr(g.account()), Cap: fare(1)})
	}
	return all
}

// wait sends 10 FARE to a deposit address and returns what that cost.
func (g *gasChain) wait(d bindings.IHubsDeposit) uint64 {
	at := typed.Deposit{Hub: wherry.Address(d.Hub), Consumer: wherry.Address(d.Consumer), Cap: amount(d.Cap)}.Address(wherry.Address(g.hubsAt))
	return g.send(g.bank, g.tokenAt, g.token.PackTransfer(common.Address(at), fare(10)))
}

func (g *gasChain) sweep(all []bindings.IHubsDeposit, fee int64) uint64 {
	return g.call(g.person, g.hubs.PackSweep(fare(fee), all))
}

func (g *gasChain) takeBack(c *identity.Key, value, fee *big.Int) bindings.IHubsTakeBack {
	t := typed.TakeBack{
		Hub: g.hub.Address(), Cap: wherry.Tokens(1), Amount: amount(value), Fee: amount(fee),
		Relayer: g.person.Address(), Deadline: g.now() + 600,
	}
	r, vs := split(c.Sign(t.Digest(g.domain)))
	return bindings.IHubsTakeBack{
		Hub: addr(g.hub), Consumer: addr(c), Cap: fare(1), Amount: value, Fee: fee,
		Relayer: addr(g.person), Deadline: new(big.Int).SetUint64(t.Deadline), R: r, Vs: vs,
	}
}
