package channel

import (
	"bytes"
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
)

// drawIn makes a channel as a book may hold it at rest.
func drawIn(t *rapid.T, ins *hubIns) *hubIn {
	hash := func(name string) (h wherry.Hash) {
		copy(h[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, name))
		h[0] |= 1 // not zero, which means none
		return h
	}
	amount := func(name string) wherry.Amount {
		a, err := wherry.Base(rapid.Uint64().Draw(t, name)).MulDiv(rapid.Uint64Range(0, 1<<31).Draw(t, name), 1)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	id := InID{7, hubAccount(rapid.StringN(1, 3, 9).Draw(t, "who"))}
	promise := func() *promised {
		p := &promised{by: ProviderID{2, hubAccount("p")}, lock: hash("lock"), item: Item{
			Consumer: id.Consumer, ChainA: id.Chain, Total: amount("total"), Amount: amount("amount"),
			Seq: rapid.Uint64().Draw(t, "seq"), Session: wherry.SessionID(hash("session")),
		}}
		copy(p.item.Sig[:], bytes.Repeat(p.lock[:], 2))
		return p
	}
	some := func(name string) bool { return rapid.Bool().Draw(t, name) }
	in := &hubIn{
		id: id, deposited: amount("deposited"), settled: amount("settled"), spent: amount("spent"),
		leaving: some("leaving"), seqs: seqWindow{High: rapid.Uint64().Draw(t, "high")},
	}
	in.seqs.fill()
	if some("has claim") {
		in.claim, in.preimage = promise(), hash("preimage")
		in.newest = in.claim
	}
	if some("has newest") {
		in.newest = promise()
	}
	if some("pending") {
		in.pending = amount("pending")
	}
	if some("gaps") {
		in.seqs.Bits[rapid.IntRange(0, 3).Draw(t, "word")] &^= rapid.Uint64().Draw(t, "bits")
	}
	if in.leaving && some("exit") {
		in.exitAt = rapid.Uint64().Draw(t, "exit at")
	}
	if some("stop") {
		in.stop = &HubStop{ID: id, Deposited: amount("stop at"), Settled: amount("stop settled"), Expiry: rapid.Uint64().Draw(t, "expiry")}
	}
	for n := range rapid.IntRange(0, 5).Draw(t, "ended") {
		seq, preimage := in.seqs.High-min(in.seqs.High, uint64(n)), wherry.Hash{}
		switch {
		case in.claim != nil && seq == in.claim.item.Seq:
			preimage = in.preimage
		case some("revealed"):
			preimage = hash("its preimage")
		}
		secret := ins.secrets.loaded(preimage)
		ins.secrets.keep(secret)
		in.ended.add(seq, secret)
	}
	return in
}

// drawOpen gives a channel open orders.
func drawOpen(t *rapid.T, ins *hubIns, in *hubIn) {
	for n := range rapid.IntRange(0, 4).Draw(t, "open") {
		k := &hubTick{provider: ProviderID{2, hubAccount("p")}, hashlock: wherry.Hash{byte(n), 1}}
		ins.ticks.add(&hubTick{}) // somebody else's
		ins.ticks.add(k)
		for range rapid.IntRange(1, 3).Draw(t, "orders") {
			it := Item{Consumer: in.id.Consumer, ChainA: in.id.Chain, Seq: rapid.Uint64().Draw(t, "seq"), Total: wherry.Base(uint64(n))}
			k.items = append(k.items, it)
		}
		in.open = append(in.open, hubOrder{k, len(k.items) - 1})
		if rapid.Bool().Draw(t, "newest") {
			in.newest = &promised{by: k.provider, lock: k.hashlock, item: k.items[len(k.items)-1]}
		}
	}
}

// withoutMemory returns a channel without what it keeps for later.
func withoutMemory(in *hubIn) *hubIn {
	out := *in
	if in.claim != nil {
		claim := *in.claim
		out.claim = &claim
	}
	if out.newest = out.claim; in.newest != in.claim {
		newest := *in.newest
		out.newest = &newest
	}
	out.makes, out.made = 0, [4]promised{}
	return &out
}

// A channel that was at rest, or saved, is the one that it was.
func TestRestKeepsTheWholeChannel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ins := newHubIns()
		want := drawIn(t, &ins)
		same := func(write func([]byte, *hubIn) []byte, read func(InID, []byte) (*hubIn, error)) {
			b := write(nil, want)
			got, err := read(want.id, b)
			if err != nil {
				t.Fatal(err)
			}
			got = withoutMemory(got)
			if again := write(nil, got); !bytes.Equal(again, b) {
				t.Fatalf("the form changes:\n%x\n%x", b, again)
			}
			if want.claim != nil { // its lock follows from the preimage
				want.claim.lock = wherry.Hash{}
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("got  %+v\nwant %+v", got, want)
			}
			if _, err := read(want.id, append(b, 0)); err == nil {
				t.Fatal("a form with a byte behind it reads")
			}
		}
		same(ins.appendSaved, ins.readSaved)
		saved := ins.appendSaved(nil, want)
		if _, err := ins.readSaved(want.id, saved[:len(saved)-1]); err == nil {
			t.Fatal("a form that is cut short reads")
		}
		drawOpen(t, &ins, want) // which are saved with their ticks
		same(ins.appendRest, func(id InID, b []byte) (*hubIn, error) {
			in := &hubIn{}
			return in, ins.readRest(in, id, b)
		})
	})
}

// FuzzRest reads forms of channels that may be anything.
func FuzzRest(f *testing.F) {
	ins := newHubIns()
	ins.nameOf(ProviderID{2, hubAccount("p")})
	f.Add([]byte{})
	f.Add(ins.appendSaved(nil, rapid.Custom(func(t *rapid.T) *hubIn { return drawIn(t, &ins) }).Example(3)))
	f.Fuzz(func(t *testing.T, b []byte) {
		id := InID{7, hubAccount("c")}
		in, err := ins.readSaved(id, b)
		if err != nil {
			return
		}
		again, err := ins.readSaved(id, ins.appendSaved(nil, in))
		if err != nil || !reflect.DeepEqual(again.seqs, in.seqs) || again.deposited != in.deposited {
			t.Fatalf("%+v, %v", again, err)
		}
	})
}

func TestSlabHoldsWhatWasPut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s slab
		model := map[uint32][]byte{}
		t.Repeat(map[string]func(*rapid.T){
			"put": func(t *rapid.T) {
				n := rapid.OneOf(rapid.IntRange(0, 64), rapid.IntRange(0, maxSlab)).Draw(t, "bytes")
				b := bytes.Repeat([]byte{byte(len(model)) + 1}, n)
				at := s.put(b)
				if _, taken := model[at]; taken || at == 0 {
					t.Fatalf("place %d is taken, or none", at)
				}
				model[at] = b
			},
			"move": func(t *rapid.T) {
				for at := range model {
					b := bytes.Repeat([]byte{byte(len(model)) + 1}, rapid.OneOf(rapid.Just(len(model[at])), rapid.IntRange(0, maxSlab)).Draw(t, "bytes"))
					delete(model, at)
					at = s.move(at, b)
					if _, taken := model[at]; taken || at == 0 {
						t.Fatalf("place %d is taken, or none", at)
					}
					model[at] = b
					return
				}
			},
			"drop": func(t *rapid.T) {
				for at := range model {
					s.drop(at)
					delete(model, at)
					return
				}
			},
			"": func(t *rapid.T) {
				for at, want := range model {
					if !bytes.Equal(s.get(at), want) {
						t.Fatalf("place %d holds something else", at)
					}
				}
			},
		})
	})
}

// Room that was given free is used again: a book does not grow with what passes
// through it.
func TestSlabUsesRoomAgain(t *testing.T) {
	var s slab
	for range 100_000 {
		s.drop(s.put(make([]byte, 200)))
	}
	if len(s.spans) != 1 {
		t.Errorf("%d spans for one string at a time", len(s.spans))
	}
}

// What passed gives its memory back: after a book was loaded, whose channels take
// more room until their open orders are known.
func TestSlabGivesMemoryBack(t *testing.T) {
	var s slab
	for round := range 2 {
		var places []uint32
		for range 100_000 {
			places = append(places, s.put(make([]byte, 300)))
		}
		for _, at := range places {
			s.drop(at)
		}
		held := 0
		for _, v := range s.spans {
			if v.data != nil {
				held++
			}
		}
		if held > mostEmpty {
			t.Errorf("round %d: %d spans hold memory, and none a string", round, held)
		}
	}
}

// Strings that all grow, as channels do, take little more than what they hold in
// the end.
func TestSlabOfStringsThatGrow(t *testing.T) {
	var s slab
	const count, most = 2000, 2000
	places := make([]uint32, count)
	for n := 100; n <= most; n += 33 {
		for i := range places {
			if places[i] != 0 {
				s.drop(places[i])
			}
			places[i] = s.put(make([]byte, n))
		}
	}
	if took := len(s.spans) * spanUnits * unit; took > count*most*3/2 {
		t.Errorf("%d bytes for %d", took, count*most)
	}
}

// Between two changes of the book nothing is live, open orders or not.
func TestChannelsRest(t *testing.T) {
	d := newHubDesk(t)
	d.deposit("d", 1_000_000)
	rest := func() {
		t.Helper()
		for _, h := range []*Hub{d.hub, d.copy, hubLoaded(t, hubSaved(t, d.hub))} {
			if got := len(h.ins.live); got != 0 {
				t.Fatalf("%d channels are live", got)
			}
		}
	}
	rest()
	d.accept(d.batch("p", "1", nil, d.order("c", 10), d.order("d", 10)))
	rest()
	d.accept(d.batch("p", "2", []string{"1"}, d.order("c", 10)))
	rest()
	d.accept(d.batch("p", "", []string{"2"}))
	rest()
	d.orders("c", 9)
	rest()
	if in := d.hub.ins.look(hubIn1("c")); in.spent != wherry.Base(20) {
		t.Errorf("spent %s", in.spent.BaseString())
	}
}

// slowSums adds up what Due and Totals say, channel by channel.
func slowSums(h *Hub, chain uint64) inSums {
	var s inSums
	h.ins.each(chain, func(in *hubIn) { s.add(in, false) })
	return s
}

// A book that was saved with a record for each channel, as it used to be, reads.
func TestBookOfTheOldFormIsRead(t *testing.T) {
	d := newHubDesk(t)
	d.deposit("d", 500)
	d.accept(d.batch("p", "1", nil, d.order("c", 10), d.order("d", 10)))
	d.accept(d.batch("p", "2", []string{"1"}, d.order("c", 10)))
	old := NewHub(hubSelf, []typed.Domain{hubDomainA, hubDomainB})
	put := func(r hubRecord) {
		t.Helper()
		b, err := codec.Marshal(r)
		if err == nil {
			_, err = old.Load(b)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := d.hub.Save(func(record []byte) error {
		var r hubRecord
		if err := codec.Unmarshal(record, &r); err != nil {
			return err
		}
		switch {
		case r.Names != nil:
		case r.Ins != nil:
			for _, id := range d.hub.Ins(r.Ins.Chain) {
				in := d.hub.ins.look(id)
				s := &savedIn{
					State: HubIn{ID: id, Deposited: in.deposited, Settled: in.settled, Leaving: in.leaving, ExitAt: in.exitAt},
					Spent: in.spent, Pending: in.pending, Newest: d.hub.held(in, in.newest), Claim: d.hub.held(in, in.claim),
					Preimage: in.preimage, Seqs: in.seqs,
				}
				for seq, secret := range in.ended.all() {
					s.Ended = append(s.Ended, hubEnded{seq, d.hub.ins.secrets.get(secret)})
				}
				if in.stop != nil {
					s.Stop = *in.stop
				}
				put(hubRecord{In: s})
			}
		default:
			put(r)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(hubSaved(t, old), hubSaved(t, d.hub)) {
		t.Error("the book that was read is another")
	}
	if d.hub = old; fmt.Sprint(old.Totals()) != fmt.Sprint(d.copy.Totals()) {
		t.Errorf("totals %v, want %v", old.Totals(), d.copy.Totals())
	}
}

func TestChannelThatIsSavedTwiceIsRefused(t *testing.T) {
	d := newHubDesk(t)
	err := d.hub.Save(func(record []byte) error {
		var r hubRecord
		if err := codec.Unmarshal(record, &r); err != nil || r.Ins == nil {
			return err
		}
		_, err := d.copy.Load(record)
		return err
	})
	if wherry.CodeOf(err) != wherry.Internal {
		t.Errorf("%v", err)
	}
}

func TestCollectableIsTheLargest(t *testing.T) {
	d := newHubDesk(t)
	d.check = false
	var items []Item
	for i := range 20 {
		name := fmt.Sprint("many ", i)
		d.deposit(name, 1_000_000)
		items = append(items, d.order(name, uint64(10+(i*7)%20)))
	}
	d.accept(d.batch("p", "1", nil, items...))
	d.accept(d.batch("p", "", []string{"1"}))
	got := d.hub.Collectable(1, 3)
	if len(got) != 3 || got[0].Amount != wherry.Base(29) || got[1].Amount != wherry.Base(28) || got[2].Amount != wherry.Base(27) {
		t.Errorf("%+v", got)
	}
	if due := d.hub.Due(1); due.Channels != 20 || due.Amount != wherry.Base(390) || due.Leaving != 0 {
		t.Errorf("%+v", due)
	}
}

// Who leaves is found without looking at everybody, also in a book that was loaded.
func TestLeavingConsumersAreFound(t *testing.T) {
	d := newHubDesk(t)
	d.deposit("d", 500)
	d.accept(d.batch("p", "1", nil, d.order("c", 10), d.order("d", 20)))
	d.accept(d.batch("p", "", []string{"1"}))
	found := func(h *Hub, want ...wherry.Address) {
		t.Helper()
		got := h.CollectableLeaving(1, 100)
		if len(got) != len(want) || len(want) > 0 && (got[0].ID.Consumer != want[0] || !got[0].Leaving || got[0].ExitAt != 77) {
			t.Fatalf("%+v, want %v", got, want)
		}
		if due := h.Due(1); due.Leaving != len(want) || due.Channels != 2 {
			t.Fatalf("%+v", due)
		}
	}
	found(d.hub)
	e := HubIn{ID: hubIn1("c"), Deposited: wherry.Base(1_000_000), Leaving: true, ExitAt: 77}
	d.record(d.hub.SetIn(e))
	found(d.hub, hubAccount("c"))
	found(d.copy, hubAccount("c"))
	found(hubLoaded(t, hubSaved(t, d.hub)), hubAccount("c"))
	e.Leaving, e.ExitAt = false, 0 // it was called off
	d.record(d.hub.SetIn(e))
	found(d.hub)
}

// A stop that has run out is lifted once, and another may follow.
func TestStopIsLiftedOnce(t *testing.T) {
	d := newHubDesk(t)
	for range 2 {
		e, c, err := d.hub.Close(hubIn1("c"), wherry.Base(1_000_000), wherry.Amount{}, 0, 100, 50)
		if err != nil || c.Expiry != 150 {
			t.Fatalf("%+v, %v", c, err)
		}
		d.record(e)
		if n := len(d.hub.Lift(1, 150)); n != 0 {
			t.Fatalf("%d stops are lifted that may be used", n)
		}
		loaded := hubLoaded(t, hubSaved(t, d.hub))
		for i, want := range []int{1, 0} {
			if n := len(loaded.Lift(1, 151)); n != want {
				t.Fatalf("loaded, look %d: %d stops are lifted, want %d", i, n, want)
			}
			lifted := d.hub.Lift(1, 151)
			if len(lifted) != want {
				t.Fatalf("look %d: %d stops are lifted, want %d", i, len(lifted), want)
			}
			for _, e := range lifted {
				d.record(e)
			}
		}
	}
}
