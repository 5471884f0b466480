package channel

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/wherrynet/wherry"
)

// slowCollectable looks through all channels each time.
func slowCollectable(h *Hub, chain uint64, most int) []Collectable {
	var all []Collectable
	h.ins.each(chain, func(in *hubIn) {
		if in.due() {
			all = append(all, h.collectableOf(in))
		}
	})
	slices.SortFunc(all, compareCollectable)
	return all[:min(len(all), most)]
}

// holdDues lets a book hold few channels from which can be collected.
func holdDues(h *Hub, most int) {
	h.ins.heldDues = most
	for chain := range h.ins.place {
		h.ins.dues[chain] = newDues(most)
		h.ins.each(chain, h.ins.noteDue)
	}
}

// TestCollectableIsWhatLookingThroughAllFinds lets channels earn, be collected,
// leave, stop and shrink, with few of them held: the largest are always those.
func TestCollectableIsWhatLookingThroughAllFinds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := newHubDesk(t)
		d.t, d.check = fatal{t, rt}, false
		held := rapid.IntRange(1, 6).Draw(rt, "held")
		holdDues(d.hub, held)
		names := make([]string, 20)
		for i := range names {
			names[i] = fmt.Sprint("c", i)
			d.deposit(names[i], 1_000_000)
		}
		d.pay(d.batch("p", "first", nil, d.order("c0", 1))) // brings the provider into the book
		ticks := 0
		someone := func(rt *rapid.T) string { return rapid.SampledFrom(names).Draw(rt, "consumer") }
		rt.Repeat(map[string]func(*rapid.T){
			"earn": func(rt *rapid.T) {
				ticks++
				var items []Item
				for range rapid.IntRange(1, 8).Draw(rt, "items") {
					items = append(items, d.order(someone(rt), rapid.Uint64Range(1, 5).Draw(rt, "amount")))
				}
				d.pay(d.batch("p", fmt.Sprint(ticks), nil, items...))
				d.pay(d.batch("p", "", []string{fmt.Sprint(ticks)}))
			},
			"collect": func(rt *rapid.T) {
				for _, c := range d.hub.Collectable(1, rapid.IntRange(1, 5).Draw(rt, "most")) {
					in := d.hub.ins.look(c.ID)
					d.hub.SetIn(HubIn{ID: c.ID, Deposited: in.deposited, Settled: plus(in.settled, c.Amount), Leaving: in.leaving, ExitAt: in.exitAt})
				}
			},
			"leave or stay": func(rt *rapid.T) {
				in := d.hub.ins.look(hubIn1(someone(rt)))
				d.hub.SetIn(HubIn{ID: in.id, Deposited: in.deposited, Settled: in.settled, Leaving: !in.leaving, ExitAt: 99})
			},
			"shrink": func(rt *rapid.T) { // a reorganisation, or somebody else collected
				in := d.hub.ins.look(hubIn1(someone(rt)))
				settled := wherry.Base(rapid.Uint64Range(0, 20).Draw(rt, "settled"))
				d.hub.SetIn(HubIn{ID: in.id, Deposited: in.deposited, Settled: settled, Leaving: in.leaving, ExitAt: in.exitAt})
			},
			"stop": func(rt *rapid.T) {
				id := hubIn1(someone(rt))
				_, _, _ = d.hub.Close(id, wherry.Base(1_000_000), d.hub.ins.look(id).settled, 0, 100, 50)
			},
			"lift": func(*rapid.T) { d.hub.Lift(1, 1000) },
			"restart": func(*rapid.T) {
				d.hub = hubLoaded(t, hubSaved(t, d.hub))
				holdDues(d.hub, held)
			},
			"": func(rt *rapid.T) {
				most := rapid.IntRange(1, 25).Draw(rt, "most")
				if got, want := d.hub.Collectable(1, most), slowCollectable(d.hub, 1, most); len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
					rt.Fatalf("got  %+v\nwant %+v", got, want)
				}
			},
		})
	})
}

// All channels are looked through once for many that are collected, and never while
// few can be.
func TestCollectingSeldomLooksThroughAll(t *testing.T) {
	d := newHubDesk(t)
	d.check = false
	holdDues(d.hub, 100)
	earn := func(channels int) {
		for i := range channels {
			name := fmt.Sprint("many ", i)
			d.deposit(name, 1_000_000)
			d.hub.ins.get(hubIn1(name)).claim = &promised{by: ProviderID{2, hubAccount("p")}, item: Item{Total: wherry.Base(uint64(i + 1))}}
			d.hub.ins.calm()
		}
	}
	collect := func() {
		for range 1000 {
			all := d.hub.Collectable(1, 10)
			if len(all) == 0 {
				return
			}
			for _, c := range all {
				d.hub.SetIn(HubIn{ID: c.ID, Deposited: wherry.Base(1_000_000), Settled: c.Item.Promise.Item.Total})
			}
		}
		t.Fatal("it never ends")
	}
	earn(150)
	if collect(); d.hub.ins.looked != 0 {
		t.Errorf("few channels: looked through %d times", d.hub.ins.looked)
	}
	for i := range 2000 {
		id := hubIn1(fmt.Sprint("many ", i))
		d.hub.SetIn(HubIn{ID: id, Deposited: wherry.Base(1_000_000)})
	}
	earn(2000)
	if collect(); d.hub.ins.looked < 1 || d.hub.ins.looked > 2000/100+1 {
		t.Errorf("2000 channels: looked through %d times", d.hub.ins.looked)
	}
	if due := d.hub.Due(1); due.Channels != 0 {
		t.Errorf("%+v are left", due)
	}
}
