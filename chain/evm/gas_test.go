package evm_test

import (
	"bytes"
	"flag"
	"fmt"
	"math/big"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain/evm/bindings"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

var update = flag.Bool("update", false, "write the golden files")

const gasDoc = "../../docs/gas.md"

// gasRow is one measured thing. Gas is per item where there are several.
type gasRow struct {
	what      string
	gas       uint64
	reference uint64 // what the design set as the mark; zero = none
	pulls     bool   // it pulls tokens, so the check of the balance comes on top
}

// TestGas measures every function on a go-ethereum chain and compares the table
// with docs/gas.md.
func TestGas(t *testing.T) {
	g := newGasChain(t)
	rows := g.measure()

	var doc bytes.Buffer
	doc.WriteString(gasHead)
	for _, r := range rows {
		fmt.Fprintf(&doc, "| %s | %s |", r.what, thousands(r.gas))
		if r.reference == 0 {
			doc.WriteString(" | |\n")
			continue
		}
		fmt.Fprintf(&doc, " %s | %+.1f %% |\n", thousands(r.reference), 100*(float64(r.gas)/float64(r.reference)-1))
		limit := r.reference + r.reference*3/100
		if r.pulls {
			limit += balanceCheck
		}
		if strings.Contains(r.what, "topUpAuth") {
			limit += namingTheRelayer
		}
		if r.gas > limit {
			t.Errorf("%s: %d gas, the bound is %d", r.what, r.gas, limit)
		}
	}
	doc.WriteString(gasFoot)

	if *update {
		if err := os.WriteFile(gasDoc, doc.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(gasDoc)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, doc.Bytes()) {
		t.Errorf("docs/gas.md is not what was measured (-update writes it):\n%s", doc.Bytes())
	}
}

func (g *gasChain) measure() []gasRow {
	var rows []gasRow
	add := func(what string, gas, reference uint64) {
		rows = append(rows, gasRow{what: what, gas: gas, reference: reference})
	}
	pull := func(what string, gas, reference uint64) {
		rows = append(rows, gasRow{what: what, gas: gas, reference: reference, pulls: true})
	}

	owner := g.account()
	g.give(owner, fare(1_000_000))
	g.approve(owner)
	r, vs := split(g.hub.Sign(typed.Owner{Owner: owner.Address()}.Digest(g.domain)))
	pull("`openHub`", g.call(owner, g.hubs.PackOpenHub(addr(g.hub), fare(100_000), r, vs)), 87_879)
	pull("`fund`", g.call(owner, g.hubs.PackFund(addr(g.hub), fare(100_000))), 47_301)
	add("`withdraw`", g.call(owner, g.hubs.PackWithdraw(addr(g.hub), fare(1000))), 45_470)

	c := g.account()
	g.give(c, fare(1000))
	add("`approve` of the token, once", g.approve(c), 46_206)
	pull("`topUp`, first", g.call(c, g.hubs.PackTopUp(addr(g.hub), addr(c), fare(10))), 65_155)
	pull("`topUp`, next", g.call(c, g.hubs.PackTopUp(addr(g.hub), addr(c), fare(10))), 48_055)

	for _, fee := range []int64{0, 1} {
		c := g.account()
		g.give(c, fare(1000))
		g.give(g.person, fare(1))
		marks := map[bool]uint64{true: 101_280, false: 69_584}
		for i, first := range []bool{true, false} {
			gas := g.topUpPermit(c, uint64(i), fare(10*int64(i+1)), fare(fee))
			pull("`topUpPermit`, "+words(first, fee), gas, marks[first]*uint64(1-fee))
		}
		c = g.account()
		g.give(c, fare(1000))
		marks = map[bool]uint64{true: 91_264, false: 74_176}
		for i, first := range []bool{true, false} {
			gas := g.topUpAuth(c, fare(10*int64(i)), fare(10*int64(i+1)), fare(fee))
			pull("`topUpAuth`, "+words(first, fee), gas, marks[first]*uint64(1-fee))
		}
	}

	for n, mark := range map1(1, 43_127, 10, 17_713, 50, 15_458, 100, 15_179) {
		add(fmt.Sprintf("`collect` from %d, each", n), g.collect(int(n))/n, mark)
	}

	p := g.payees(1, fare(1))[0]
	add("`settle` for one payee, first", g.settle(1, []*identity.Key{p}, fare(10), false), 76_946)
	add("`settle`, again, from free", g.settle(1, []*identity.Key{p}, fare(20), false), 59_846)
	g.push([]*identity.Key{p}, new(big.Int), fare(100))
	add("`settle`, again, from the reserve", g.settle(1, []*identity.Key{p}, fare(30), false), 54_385)
	add("`settle`, again, from the reserve, showing a preimage", g.settle(1, []*identity.Key{p}, fare(40), true), 0)
	for n, mark := range map1(10, 28_303, 50, 25_517, 100, 25_189) {
		payees := g.payees(int(n), fare(1))
		g.settle(int(n), payees, fare(1), false)
		add(fmt.Sprintf("`settle` for %d, again, each", n), g.settle(int(n), payees, fare(2), false)/n, mark)
	}
	for n, mark := range map1(1, 54_126, 10, 21_874, 50, 18_963, 100, 18_598) {
		payees := g.payees(int(n), fare(1))
		g.push(payees, fare(1), fare(5))
		add(fmt.Sprintf("`push` to %d, pay and fill the reserve, again, each", n), g.push(payees, fare(2), fare(5))/n, mark)
	}
	add("`push` to 100, first, payee holds tokens, each", g.push(g.payees(100, fare(1)), fare(1), new(big.Int))/100, 37_655)
	add("`push` to 100, first, payee holds none, each", g.push(g.payees(100, nil), fare(1), new(big.Int))/100, 52_888)
	fill := g.payees(100, nil)
	add("`push` to 100, first, reserve only, each", g.push(fill, new(big.Int), fare(1))/100, 27_069)
	add("`push` to 100, reserve only, again, each", g.push(fill, new(big.Int), fare(2))/100, 0)

	g.leaving(add)
	g.plainTransfers(add)
	add(fmt.Sprintf("deploy `Hubs` (%d bytes of creation code)", len(common.FromHex(bindings.HubsMetaData.Bin))), g.deployed, 0)
	return rows
}

func words(first bool, fee int64) string {
	w := map[bool]string{true: "first", false: "next"}[first]
	if fee != 0 {
		w += ", with a fee"
	}
	return w
}

// map1 goes through pairs of a count and a mark, in their order.
func map1(pairs ...uint64) func(func(n, mark uint64) bool) {
	return func(yield func(n, mark uint64) bool) {
		for i := 0; i < len(pairs); i += 2 {
			if !yield(pairs[i], pairs[i+1]) {
				return
			}
		}
	}
}

func (g *gasChain) topUpPermit(c *identity.Key, nonce uint64, deposited, fee *big.Int) uint64 {
	value := new(big.Int).Add(fare(10), fee)
	deadline := g.now() + 600
	top := typed.TopUp{Hub: g.hub.Address(), Deposited: amount(deposited), Fee: amount(fee), Relayer: g.person.Address(), Deadline: deadline}
	permit := typed.Permit{Owner: c.Address(), Spender: wherry.Address(g.hubsAt), Value: amount(value), Nonce: nonce, Deadline: deadline}
	r, vs := split(c.Sign(top.Digest(g.domain)))
	pr, pvs := split(c.Sign(permit.Digest(g.tokenDomain)))
	return g.call(g.person, g.hubs.PackTopUpPermit(
		bindings.IHubsTopUp{Hub: addr(g.hub), Consumer: addr(c), Deposited: deposited, Fee: fee, Relayer: addr(g.person), Deadline: new(big.Int).SetUint64(deadline), R: r, Vs: vs},
		bindings.IHubsPermit{Value: value, Deadline: new(big.Int).SetUint64(deadline), R: pr, Vs: pvs}))
}

func (g *gasChain) topUpAuth(c *identity.Key, before, deposited, fee *big.Int) uint64 {
	value := new(big.Int).Sub(deposited, before)
	deadline := g.now() + 600
	top := typed.TopUp{Hub: g.hub.Address(), Deposited: amount(deposited), Fee: amount(fee), Relayer: g.person.Address(), Deadline: deadline}
	auth := typed.Receive{From: c.Address(), To: wherry.Address(g.hubsAt), Value: amount(value.Add(value, fee)), ValidBefore: deadline, Nonce: top.Digest(g.domain)}
	r, vs := split(c.Sign(auth.Digest(g.tokenDomain)))
	return g.call(g.person, g.hubs.PackTopUpAuth(
		bindings.IHubsTopUp{Hub: addr(g.hub), Consumer: addr(c), Deposited: deposited, Fee: fee, Relayer: addr(g.person), Deadline: new(big.Int).SetUint64(deadline), R: r, Vs: vs}))
}

// consumers makes n consumers with 10 FARE each in a channel.
func (g *gasChain) consumers(n int) []*identity.Key {
	var all []*identity.Key
	g.approve(g.bank)
	for range n {
		c := g.account()
		g.call(g.bank, g.hubs.PackTopUp(addr(g.hub), addr(c), fare(10)))
		all = append(all, c)
	}
	return all
}

func (g *gasChain) collect(n int) uint64 {
	preimage := wherry.Keccak256([]byte("preimage"))
	order := wherry.Keccak256([]byte("order"))
	var claims []bindings.IHubsClaim
	for _, c := range g.consumers(n) {
		p := typed.Promise{Hub: g.hub.Address(), Total: amount(fare(3)), Hashlock: wherry.Keccak256(preimage[:]), Order: order}
		r, vs := split(c.Sign(p.Digest(g.domain)))
		claims = append(claims, bindings.IHubsClaim{Consumer: addr(c), Total: fare(3), Preimage: preimage, Order: order, R: r, Vs: vs})
	}
	return g.call(g.person, g.hubs.PackCollect(addr(g.hub), claims))
}

// payees makes n payees that hold so many tokens.
func (g *gasChain) payees(n int, hold *big.Int) []*identity.Key {
	var all []*identity.Key
	for range n {
		p := g.account()
		if hold != nil {
			g.give(p, hold)
		}
		all = append(all, p)
	}
	return all
}

func (g *gasChain) settle(_ int, payees []*identity.Key, total *big.Int, lock bool) uint64 {
	var preimage, hashlock wherry.Hash
	var expiry uint64
	if lock {
		preimage = wherry.Keccak256([]byte("preimage"))
		hashlock = wherry.Keccak256(preimage[:])
		expiry = g.now() + 12*3600
	}
	var payouts []bindings.IHubsPayout
	for _, p := range payees {
		d := typed.Payout{Payee: p.Address(), Total: amount(total), Expiry: expiry, Hashlock: hashlock}.Digest(g.domain)
		r, vs := split(g.hub.Sign(d))
		payouts = append(payouts, bindings.IHubsPayout{Payee: addr(p), Total: total, Expiry: expiry, Preimage: preimage, R: r, Vs: vs})
	}
	return g.call(g.person, g.hubs.PackSettle(addr(g.hub), payouts))
}

func (g *gasChain) push(payees []*identity.Key, total, reserve *big.Int) uint64 {
	var items []bindings.IHubsItem
	for _, p := range payees {
		items = append(items, bindings.IHubsItem{Payee: addr(p), Total: total, Reserve: reserve})
	}
	return g.call(g.hub, g.hubs.PackPush(addr(g.hub), items))
}

// leaving measures the ways out.
func (g *gasChain) leaving(add func(string, uint64, uint64)) {
	all := g.consumers(5)
	g.give(g.person, fare(1))
	var claims []bindings.IHubsClaim
	for i, c := range all {
		g.give(c, fare(1))
		if i == 0 {
			continue // the first one leaves without a trace
		}
		r, vs := split(c.Sign(typed.Promise{Hub: g.hub.Address(), Total: amount(fare(1))}.Digest(g.domain)))
		claims = append(claims, bindings.IHubsClaim{Consumer: addr(c), Total: fare(1), R: r, Vs: vs})
	}
	g.call(g.person, g.hubs.PackCollect(addr(g.hub), claims))

	fresh, used, relayed := all[0], all[1], all[2]
	add("`requestExit`", g.call(fresh, g.hubs.PackRequestExit(addr(g.hub))), 29_599)
	g.call(used, g.hubs.PackRequestExit(addr(g.hub)))
	add("`requestExitFor`, with a fee", g.call(g.person, g.hubs.PackRequestExitFor(g.leave(relayed, fare(1)))), 0)
	g.later(gasDelay * time.Second)
	add("`finalizeExit`, nothing settled", g.call(g.person, g.hubs.PackFinalizeExit(addr(g.hub), addr(fresh))), 41_271)
	add("`finalizeExit`, something settled", g.call(g.person, g.hubs.PackFinalizeExit(addr(g.hub), addr(used))), 0)
	add("`finalizeExit`, with a fee", g.call(g.person, g.hubs.PackFinalizeExit(addr(g.hub), addr(relayed))), 0)
	add("`coopExit`", g.call(all[3], g.hubs.PackCoopExit(addr(g.hub), g.close(all[3]))), 59_183)
	add("`coopExitFor`, with a fee", g.call(g.person, g.hubs.PackCoopExitFor(g.leaveNow(all[4], fare(1)), g.close(all[4]))), 0)
}

func (g *gasChain) leave(c *identity.Key, fee *big.Int) bindings.IHubsLeave {
	deadline := g.now() + 600
	l := typed.Leave{Hub: g.hub.Address(), Deposited: amount(fare(10)), Fee: amount(fee), Relayer: g.person.Address(), Deadline: deadline}
	r, vs := split(c.Sign(l.Digest(g.domain)))
	return bindings.IHubsLeave{Hub: addr(g.hub), Consumer: addr(c), Deposited: fare(10), Fee: fee, Relayer: addr(g.person), Deadline: new(big.Int).SetUint64(deadline), R: r, Vs: vs}
}

// leaveNow is leave with what close keeps.
func (g *gasChain) leaveNow(c *identity.Key, fee *big.Int) bindings.IHubsLeave {
	b := g.leave(c, fee)
	l := typed.Leave{Hub: g.hub.Address(), Deposited: amount(b.Deposited), Fee: amount(fee), Relayer: g.person.Address(), Deadline: b.Deadline.Uint64()}
	b.R, b.Vs = split(c.Sign(l.Now(amount(fare(4))).Digest(g.domain)))
	return b
}

func (g *gasChain) close(c *identity.Key) bindings.IHubsClose {
	k := typed.Close{Consumer: c.Address(), Deposited: amount(fare(10)), Settled: amount(fare(4)), Expiry: g.now() + 600}
	r, vs := split(g.hub.Sign(k.Digest(g.domain)))
	return bindings.IHubsClose{Deposited: fare(10), Settled: fare(4), Expiry: k.Expiry, R: r, Vs: vs}
}

func thousands(v uint64) string {
	s := fmt.Sprint(v)
	var out []string
	for len(s) > 3 {
		out = append([]string{s[len(s)-3:]}, out...)
		s = s[:len(s)-3]
	}
	return strings.Join(append([]string{s}, out...), ",")
}
