package channel

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/codec"
	"pgregory.net/rapid"
)

// slowHub is what a hub's book should say, worked out from a list of all orders
// each time it is asked.
type slowHub struct {
	orders []slowOrder
}

type slowOrder struct {
	consumer, provider, payee, tick string
	amount, total                   uint64
	state                           string // pending, revealed, void
}

func (s *slowHub) sum(match func(slowOrder) bool, value func(slowOrder) uint64) uint64 {
	var n uint64
	for _, o := range s.orders {
		if match(o) {
			n += value(o)
		}
	}
	return n
}

func slowAmount(o slowOrder) uint64 { return o.amount }

func slowNet(o slowOrder) uint64 { return o.amount * 990_000 / 1_000_000 }

func (s *slowHub) set(provider, tick, state string) {
	for i, o := range s.orders {
		if o.provider == provider && o.tick == tick && o.state == "pending" {
			s.orders[i].state = state
		}
	}
}

// TestHubAgainstTheListOfOrders plays random deeds into a book, into one that is
// rebuilt from its events, and into a list; and checks what must always hold.
func TestHubAgainstTheListOfOrders(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := newHubDesk(t)
		d.t = fatal{t, rt}
		d.check = false
		slow := &slowHub{}
		consumers, providers := []string{"c", "c2", "c3"}, []string{"p", "q"}
		payees := map[string]string{"p": "e", "q": "e"}
		bindings := map[string]uint64{"p": 1, "q": 1}
		deposits := map[string]uint64{"c": 5000, "c2": 3000, "c3": 1000}
		d.bind("q", "e", 1)
		for c, v := range deposits {
			d.deposit(c, v)
		}
		type tick struct {
			provider, name string
			expiry         uint64
		}
		var open []tick
		ticks := 0
		drop := func(i int, state string) {
			slow.set(open[i].provider, open[i].name, state)
			open = slices.Delete(open, i, i+1)
		}
		rt.Repeat(map[string]func(*rapid.T){
			"pay": func(rt *rapid.T) {
				p := rapid.SampledFrom(providers).Draw(rt, "provider")
				ticks++
				name := fmt.Sprint(p, ticks)
				expiry := d.clock[2] + d.rules.PayoutLife
				payee := payees[p]
				if len(open) > 0 && rapid.Bool().Draw(rt, "join") {
					o := rapid.SampledFrom(open).Draw(rt, "tick")
					if o.provider == p && o.expiry >= d.clock[2] {
						name, expiry = o.name, o.expiry
						for _, x := range slow.orders {
							if x.provider == p && x.tick == name {
								payee = x.payee
							}
						}
					}
				}
				var items []Item
				var names []string
				for range rapid.IntRange(1, 4).Draw(rt, "items") {
					c := rapid.SampledFrom(consumers).Draw(rt, "consumer")
					d.seq[hubAccount(c)] += rapid.SampledFrom([]uint64{0, 0, 0, 1, 200, 300, 1 << 40}).Draw(rt, "left out")
					it := d.order(c, rapid.Uint64Range(0, 400).Draw(rt, "amount"))
					it.Total = wherry.Base(rapid.Uint64Range(0, deposits[c]+200).Draw(rt, "total"))
					items, names = append(items, it), append(names, c)
				}
				a := d.pay(d.batch(p, name, nil, items...))
				refused := map[uint64]bool{}
				for _, r := range a.Refused {
					refused[r.Item] = true
				}
				added := false
				for i, it := range items {
					c, x, total := names[i], it.Amount.Big().Uint64(), it.Total.Big().Uint64()
					used := slow.sum(func(o slowOrder) bool { return o.consumer == c && o.state != "void" }, slowAmount)
					ok := x > 0 && used+x <= total && total <= deposits[c]
					if ok == refused[uint64(i)] {
						rt.Fatalf("item %d: used %d amount %d total %d deposit %d: refused %v", i, used, x, total, deposits[c], a.Refused)
					}
					if ok {
						slow.orders = append(slow.orders, slowOrder{c, p, payee, name, x, total, "pending"})
						added = true
					}
				}
				if added && !slices.Contains(open, tick{p, name, expiry}) {
					open = append(open, tick{p, name, expiry})
				}
			},
			"reveal": func(rt *rapid.T) {
				if len(open) == 0 {
					return
				}
				i := rapid.IntRange(0, len(open)-1).Draw(rt, "tick")
				d.pay(d.batch(open[i].provider, "", []string{open[i].name}))
				if d.clock[2] <= open[i].expiry {
					drop(i, "revealed")
				}
			},
			"settle on chain": func(rt *rapid.T) {
				if len(open) == 0 {
					return
				}
				i := rapid.IntRange(0, len(open)-1).Draw(rt, "tick")
				d.record(d.hub.Seen(2, hubSecret(open[i].name), true, d.clock))
				drop(i, "revealed")
			},
			"time passes": func(rt *rapid.T) {
				d.clock[2] += rapid.Uint64Range(1, 40_000).Draw(rt, "seconds")
			},
			"final block": func(rt *rapid.T) {
				for _, e := range d.hub.Void(2, d.clock[2]) {
					d.record(e)
				}
				for i, o := range slices.Backward(open) {
					if o.expiry < d.clock[2] {
						drop(i, "void")
					}
				}
			},
			"top up": func(rt *rapid.T) {
				c := rapid.SampledFrom(consumers).Draw(rt, "consumer")
				deposits[c] += rapid.Uint64Range(1, 500).Draw(rt, "more")
				d.deposit(c, deposits[c])
			},
			"rebind": func(rt *rapid.T) {
				p := rapid.SampledFrom(providers).Draw(rt, "provider")
				bindings[p]++
				payees[p] = rapid.SampledFrom([]string{"e", "f", "g"}).Draw(rt, "payee")
				d.bind(p, payees[p], bindings[p])
			},
			"restart from a snapshot": func(*rapid.T) {
				saved := hubSaved(t, d.hub)
				d.hub = hubLoaded(t, saved)
				for _, p := range providers {
					if d.hub.provider(ProviderID{2, hubAccount(p)}) == nil { // a stranger still
						d.bind(p, payees[p], bindings[p])
					}
				}
				if !bytes.Equal(saved, hubSaved(t, d.hub)) {
					rt.Fatal("a saved book is not the same when it is loaded")
				}
			},
			"": func(rt *rapid.T) {
				d.compare()
				for _, c := range consumers {
					a := d.account(c)
					is := func(state string) func(slowOrder) bool {
						return func(o slowOrder) bool { return o.consumer == c && o.state == state }
					}
					spent, pending := slow.sum(is("revealed"), slowAmount), slow.sum(is("pending"), slowAmount)
					if a.Spent != wherry.Base(spent) || a.Pending != wherry.Base(pending) {
						rt.Fatalf("%s: spent %s pending %s, want %d %d", c, a.Spent.BaseString(), a.Pending.BaseString(), spent, pending)
					}
					if most := plus(a.Spent, a.Pending); a.Newest.Item.Total.Less(most) || a.Deposited.Less(most) {
						rt.Fatalf("%s: spent and pending %s above what was promised or deposited", c, most.BaseString())
					}
					in := d.hub.ins.look(hubIn1(c))
					if in.claimed().Less(in.spent) {
						rt.Fatalf("%s: %s spent, and only %s can be claimed", c, in.spent.BaseString(), in.claimed().BaseString())
					}
				}
				for _, e := range []string{"e", "f", "g"} {
					earned := slow.sum(func(o slowOrder) bool { return o.payee == e && o.state == "revealed" }, slowNet)
					d.wantEarned(e, earned)
				}
				for _, chain := range []uint64{1, 2} {
					if got, want := d.hub.ins.total(chain), slowSums(d.hub, chain); got != want {
						rt.Fatalf("chain %d: sums %+v, and one by one %+v", chain, got, want)
					}
				}
				checkNumbers(rt, d.hub)
				totals := d.hub.Totals()
				if out := plus(totals[1].Earned, totals[1].Fee); totals[0].Spent != out {
					rt.Fatalf("spent %s, earned and fee %s", totals[0].Spent.BaseString(), out.BaseString())
				}
			},
		})
	})
}

// fatal lets a desk fail a property, so that it is shrunk.
type fatal struct {
	testing.TB
	rt *rapid.T
}

func (f fatal) Fatal(args ...any)                 { f.rt.Fatal(args...) }
func (f fatal) Fatalf(format string, args ...any) { f.rt.Fatalf(format, args...) }
func (f fatal) Helper()                           {}

// FuzzHubBatch throws batches at a book: whatever they say, it stays equal to
// the one that its events make, and no order counts without a signature.
func FuzzHubBatch(f *testing.F) {
	d := newHubDesk(f)
	b := d.batch("p", "1", []string{"0"}, d.order("c", 10))
	raw, err := codec.Marshal(b)
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte{0xa0}, true)
	f.Add(raw, true)
	f.Add(raw, false)
	f.Fuzz(func(t *testing.T, data []byte, sign bool) {
		var b Batch
		if err := codec.Unmarshal(data, &b); err != nil {
			return
		}
		d := newHubDesk(t)
		b.Hub, b.Version, b.ChainB, b.ContractB, b.Provider = hubSelf, 1, 2, hubDomainB.Contract, hubAccount("p")
		signed := make([]bool, len(b.Items))
		for i := range b.Items {
			b.Items[i].ChainA, b.Items[i].Consumer = 1, hubAccount("c")
			signed[i] = sign
		}
		a, err := d.trySigned(b, signed)
		if err == nil && !sign && !a.Locked.IsZero() {
			t.Fatal("a payout without a signed promise")
		}
	})
}
