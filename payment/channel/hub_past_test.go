package channel

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/wherrynet/wherry"
)

// What a channel remembers of its orders is a list from which the oldest are taken,
// wherever it lay in between.
func TestPastIsTheListOfOrders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p past
		var seqs []uint64
		var secrets []uint32
		t.Repeat(map[string]func(*rapid.T){
			"add": func(t *rapid.T) {
				seq := rapid.OneOf(rapid.Uint64(), rapid.Uint64Range(0, 9), rapid.Just(uint64(math.MaxUint64))).Draw(t, "seq")
				secret := rapid.Uint32().Draw(t, "secret") >> rapid.IntRange(0, 32).Draw(t, "shorter")
				p.add(seq, secret)
				seqs, secrets = append(seqs, seq), append(secrets, secret)
			},
			"trim": func(t *rapid.T) {
				n := min(rapid.IntRange(0, 3).Draw(t, "oldest"), len(seqs))
				var gone []uint32
				i := 0
				p.trim(func(seq uint64) bool {
					if seq != seqs[i] {
						t.Fatalf("the oldest is %d, want %d", seq, seqs[i])
					}
					i++
					return i <= n
				}, func(secret uint32) { gone = append(gone, secret) })
				if !slices.Equal(gone, secrets[:n]) {
					t.Fatalf("gone %v, want %v", gone, secrets[:n])
				}
				seqs, secrets = seqs[n:], secrets[n:]
			},
			"rest": func(*rapid.T) {
				b := p.appendRest(nil)
				r := restReader{b: b}
				if p = r.past(); r.bad || len(r.b) > 0 {
					t.Fatal("it does not read")
				}
			},
			"": func(t *rapid.T) {
				i := 0
				for seq, secret := range p.all() {
					if i == len(seqs) || seq != seqs[i] || secret != secrets[i] {
						t.Fatalf("order %d is %d %d of %v %v", i, seq, secret, seqs, secrets)
					}
					i++
				}
				if i != len(seqs) || p.n != i {
					t.Fatalf("%d orders, want %d", i, len(seqs))
				}
			},
		})
	})
}

// checkNumbers compares the numbers that channels at rest hold with what they are
// of: each secret is kept for exactly the orders that remember it, and each open
// tick has its own number.
func checkNumbers(t fataler, h *Hub) {
	t.Helper()
	orders := map[uint32]uint32{}
	for chain := range h.ins.place {
		h.ins.each(chain, func(in *hubIn) {
			for _, secret := range in.ended.all() {
				orders[secret]++
			}
			for _, o := range in.open {
				if it := o.item(); it.Consumer != in.id.Consumer || it.ChainA != chain {
					t.Fatalf("%s has somebody else's order", in.id.Consumer)
				}
			}
		})
	}
	free := map[uint32]bool{}
	for _, n := range h.ins.secrets.free {
		free[n] = true
	}
	for i, s := range h.ins.secrets.all {
		if n := uint32(i + 1); s.orders != orders[n] || free[n] != (orders[n] == 0) {
			t.Fatalf("secret %d is kept for %d orders, free %v; %d remember it", n, s.orders, free[n], orders[n])
		}
	}
	open := 0
	for _, all := range h.ticks {
		for _, k := range all {
			if open++; h.ins.ticks.all[k.number] != k {
				t.Fatalf("tick %d is another", k.number)
			}
		}
	}
	if open != len(h.ins.ticks.all)-len(h.ins.ticks.free) {
		t.Fatalf("%d ticks have numbers, %d are open", len(h.ins.ticks.all)-len(h.ins.ticks.free), open)
	}
}

// A consumer whose orders end again and again takes no more room than those that
// it may ask about.
func TestOldOrdersAreForgotten(t *testing.T) {
	d := newHubDesk(t)
	d.check = false
	d.deposit("c", 1<<40)
	tick := func(n int) string { return hubAccount(string(rune(n))).String() }
	for n := range 1000 {
		var reveals []string
		if n > 0 {
			reveals = []string{tick(n - 1)}
		}
		d.accept(d.batch("p", tick(n), reveals, d.order("c", 1)))
	}
	checkNumbers(t, d.hub)
	if n := len(d.hub.ins.secrets.all); n > 260 {
		t.Errorf("%d secrets", n)
	}
	in := d.hub.ins.look(hubIn1("c"))
	if n := in.ended.n; n < 255 || n > 257 || len(in.ended.b) > 4*n {
		t.Errorf("%d orders in %d bytes", n, len(in.ended.b))
	}
	checkNumbers(t, hubLoaded(t, hubSaved(t, d.hub)))
}

// Two orders of one tick and one consumer, of which the second makes the first too
// old to be remembered, share a secret. It stays theirs: it is not given to the next
// tick, whose consumers would be told somebody else's preimage.
func TestSecretOfATickOutlivesItsFirstOrder(t *testing.T) {
	d := newHubDesk(t)
	d.deposit("victim", 1000)
	first := d.order("c", 1)
	d.seq[first.Consumer] += 1000
	second := d.order("c", 1)
	d.accept(d.batch("p", "1", nil, first, second))
	d.accept(d.batch("p", "2", []string{"1"}, d.order("victim", 1)))
	d.accept(d.batch("p", "", []string{"2"}))
	checkNumbers(t, d.hub)
	checkNumbers(t, d.copy)
	for consumer, want := range map[string]wherry.Hash{"c": hubSecret("1"), "victim": hubSecret("2")} {
		_, o, err := d.hub.Orders(hubIn1(consumer), []uint64{d.seq[hubAccount(consumer)]})
		if err != nil || o.Orders[0].State != FateRevealed || o.Orders[0].Preimage != want {
			t.Errorf("%s is told %+v, %v; want %s", consumer, o.Orders, err, want)
		}
	}
}

// An order whose number is far below the highest is no other order once the book was
// saved.
func TestOrderFarBelowIsSavedAsForgotten(t *testing.T) {
	d := newHubDesk(t)
	d.accept(d.batch("p", "old", nil, d.order("c", 1)))
	high := uint64(1<<63 + 5)
	d.seq[hubAccount("c")] = high - 1
	d.accept(d.batch("p", "new", nil, d.order("c", 1)))
	d.accept(d.batch("p", "", []string{"new"}))
	e, _, err := d.hub.Orders(hubIn1("c"), []uint64{high - 4}) // a number that no order had
	if err != nil {
		t.Fatal(err)
	}
	d.record(e)
	d.accept(d.batch("p", "", []string{"old"}))
	for name, h := range map[string]*Hub{"the book": d.hub, "the saved one": hubLoaded(t, hubSaved(t, d.hub))} {
		_, o, err := h.Orders(hubIn1("c"), []uint64{high - 4, high, 1})
		if err != nil || o.Orders[0].State != FateRefused || o.Orders[1].State != FateRevealed || o.Orders[2] != (OrderStatus{Seq: 1}) {
			t.Errorf("%s says %+v, %v", name, o.Orders, err)
		}
	}
}

// The largest channel that there may be has room in the slab.
func TestLargestChannelFits(t *testing.T) {
	ins := newHubIns()
	k := &hubTick{number: math.MaxUint32, provider: ProviderID{2, hubAccount("p")}}
	most := wherry.MaxOnChain
	in := &hubIn{
		id: InID{math.MaxUint64, hubAccount("c")}, deposited: most, settled: most, spent: most, pending: most, exitAt: math.MaxUint64,
		seqs: seqWindow{High: math.MaxUint64}, stop: &HubStop{Deposited: most, Settled: most, Expiry: math.MaxUint64},
	}
	for range openOrders {
		in.open = append(in.open, hubOrder{k, 1 << 30})
	}
	k.items = make([]Item, 1)
	in.claim = &promised{by: k.provider, item: Item{Total: most, Amount: most, Seq: math.MaxUint64}}
	in.newest = &promised{by: k.provider, item: Item{Total: most, Amount: most, Seq: 1}}
	for n := range uint64(maxEnded) {
		in.ended.add(n%2<<62, math.MaxUint32)
	}
	for i := range in.open {
		in.open[i].i = 0 // only its length matters
	}
	b := ins.appendRest(nil, in)
	if len(b)+10*openOrders > maxSlab {
		t.Errorf("%d bytes, %d fit", len(b), maxSlab)
	}
}
