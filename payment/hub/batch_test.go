package hub

import (
	"slices"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry/payment/channel"
)

// calm is a market in which gas costs what it always does, dear one in which it
// costs twice that.
var (
	calm = market("1", "1")
	dear = market("1", "2")
)

func market(usual, now string) (g gasMarket) {
	at := time.Unix(1_800_000_000, 0)
	for range 20 {
		at = at.Add(gasEvery)
		g = g.note(tokens(usual), at)
	}
	return g.note(tokens(now), at.Add(time.Minute))
}

func TestWhenToCollect(t *testing.T) {
	const now = 1_800_000_000
	r := collectRules{above: tokens("100"), every: 24 * time.Hour, gasWait: 6 * time.Hour, exitMargin: 84 * time.Hour}
	some := func(amounts ...string) (out []channel.Collectable) {
		for _, a := range amounts {
			out = append(out, channel.Collectable{Amount: tokens(a)})
		}
		return out
	}
	leaves := func(in time.Duration, others ...string) []channel.Collectable {
		gone := channel.Collectable{Amount: tokens("0.01"), Leaving: true, ExitAt: now + uint64(in/time.Second)}
		return append([]channel.Collectable{gone}, some(others...)...)
	}
	for name, c := range map[string]struct {
		all         []channel.Collectable
		age, waited time.Duration
		gas         gasMarket
		force       bool
		due, now    bool
		items       int
	}{
		"nothing":                        {gas: calm},
		"nothing, and asked to":          {gas: calm, force: true},
		"little and young":               {all: some("5", "4"), age: time.Hour, gas: calm},
		"asked to":                       {all: some("5"), gas: dear, force: true, due: true, now: true, items: 1},
		"old":                            {all: some("5", "4"), age: 24 * time.Hour, gas: calm, due: true, now: true, items: 2},
		"old, gas is dear":               {all: some("5"), age: 24 * time.Hour, gas: dear, due: true},
		"old, gas is dear for too long":  {all: some("5"), age: 31 * time.Hour, waited: 6 * time.Hour, gas: dear, due: true, now: true, items: 1},
		"much":                           {all: some("60", "40"), gas: calm, due: true, now: true, items: 2},
		"just not much":                  {all: some("60", "39.999999999999999999"), gas: calm},
		"much, gas is dear":              {all: some("100"), gas: dear, due: true},
		"very much, gas is dear":         {all: some("400"), gas: dear, due: true, now: true, items: 1},
		"leaves":                         {all: leaves(167*time.Hour, "5"), gas: calm, due: true, now: true, items: 1},
		"leaves, gas is dear":            {all: leaves(167*time.Hour, "5"), gas: dear, due: true},
		"leaves, dear for too long":      {all: leaves(160*time.Hour, "5"), waited: 6 * time.Hour, gas: dear, due: true, now: true, items: 1},
		"leaves soon, gas is dear":       {all: leaves(84*time.Hour-time.Second, "5"), gas: dear, due: true, now: true, items: 1},
		"leaves soon, and much is there": {all: leaves(time.Hour, "500"), gas: dear, due: true, now: true, items: 2},
		"more than one batch":            {all: some(slices.Repeat([]string{"1"}, 250)...), gas: calm, due: true, now: true, items: maxItems},
	} {
		d := due{n: len(c.all)}
		for _, x := range c.all {
			d.sum = add(d.sum, x.Amount)
		}
		v, items := r.collect(d, c.all[:min(len(c.all), maxItems)], c.age, c.waited, now, c.gas, c.force)
		if v.due != c.due || v.now != c.now || v.now && (len(items) != c.items || v.why == "") {
			t.Errorf("%s: %+v of %d items", name, v, len(items))
		}
	}
}

func TestWhenToPay(t *testing.T) {
	r := pushRules{
		every: 24 * time.Hour, gasWait: 6 * time.Hour, minPush: tokens("1"), minReserve: tokens("1"), maxReserve: tokens("20"),
	}
	owed := func(base, paid, reserved string) channel.Owed {
		o := channel.Owed{Base: tokens(base), Paid: tokens(paid), Reserved: tokens(reserved)}
		o.ID.Payee[0] = byte(len(base))
		return o
	}
	for name, c := range map[string]struct {
		owed        []channel.Owed
		free        string
		age, waited time.Duration
		gas         gasMarket
		force       bool
		due, now    bool
		items       int
		reserve     string // of the first
		sum         string
	}{
		"too little":                {owed: []channel.Owed{owed("0.9", "0", "0")}, free: "50", gas: calm, age: 99 * time.Hour},
		"too little, but asked to":  {owed: []channel.Owed{owed("0.9", "0", "0")}, free: "50", gas: dear, force: true, due: true, now: true, items: 1, reserve: "0", sum: "0.9"},
		"the first time":            {owed: []channel.Owed{owed("3", "0", "0")}, free: "50", gas: dear, due: true, now: true, items: 1, reserve: "3", sum: "3"},
		"covered":                   {owed: []channel.Owed{owed("12", "10", "10")}, free: "50", gas: calm},
		"nearly used":               {owed: []channel.Owed{owed("17.5", "10", "10")}, free: "50", gas: calm, due: true, now: true, items: 1, reserve: "17.5", sum: "7.5"},
		"nearly used, gas is dear":  {owed: []channel.Owed{owed("17.5", "10", "10")}, free: "50", gas: dear, due: true},
		"the same for too long":     {owed: []channel.Owed{owed("17.5", "10", "10")}, free: "50", waited: 6 * time.Hour, gas: dear, due: true, now: true, items: 1, reserve: "17.5", sum: "7.5"},
		"used up, gas is dear":      {owed: []channel.Owed{owed("20.1", "10", "10")}, free: "50", gas: dear, due: true, now: true, items: 1, reserve: "20", sum: "10.1"},
		"old":                       {owed: []channel.Owed{owed("12", "10", "10")}, free: "50", age: 24 * time.Hour, gas: calm, due: true, now: true, items: 1, reserve: "12", sum: "2"},
		"old, gas is dear":          {owed: []channel.Owed{owed("12", "10", "10")}, free: "50", age: 24 * time.Hour, gas: dear, due: true},
		"no free money":             {owed: []channel.Owed{owed("30", "10", "10")}, free: "9.9", gas: calm},
		"free money for the second": {owed: []channel.Owed{owed("30", "10", "10"), owed("5.00", "0", "0")}, free: "10", gas: calm, due: true, now: true, items: 1, reserve: "5", sum: "5"},
		"more than one batch":       {owed: slices.Repeat([]channel.Owed{owed("3", "0", "0")}, 250), free: "5000", gas: calm, due: true, now: true, items: maxItems, reserve: "3", sum: "300"},
		"asked to, from the reserve": {
			owed: []channel.Owed{owed("12", "10", "10")}, free: "0", gas: dear, force: true, due: true, now: true, items: 1, reserve: "8", sum: "2",
		},
	} {
		v, items, sum := r.push(c.owed, tokens(c.free), c.age, c.waited, c.gas, c.force)
		if v.due != c.due || v.now != c.now {
			t.Errorf("%s: %+v", name, v)
			continue
		}
		if v.now && (len(items) != c.items || items[0].Reserve != tokens(c.reserve) || sum != tokens(c.sum) || v.why == "") {
			t.Errorf("%s: %d items, %+v, in all %s", name, len(items), items[0], sum)
		}
	}
}

func TestGasIsDearWhenItIsDearerThanUsual(t *testing.T) {
	for _, c := range []struct {
		usual, now string
		want       bool
	}{{"1", "1", false}, {"1", "1.25", false}, {"1", "1.250000000000000001", true}, {"1", "0.1", false}} {
		if got := market(c.usual, c.now).dear(); got != c.want {
			t.Errorf("%s where %s is usual: %v", c.now, c.usual, got)
		}
	}
	var g gasMarket
	for i := range gasFew {
		if g.dear() {
			t.Error("after", i, "prices something is dear")
		}
		g = g.note(tokens(strconv.Itoa(1+i*100)), time.Unix(int64(i)*3600, 0))
	}
	// A new usual is learned, and no more is kept than needed.
	g = market("1", "2")
	for i := range 2 * gasKept {
		g = g.note(tokens("2"), g.at.Add(gasEvery))
		if len(g.past) > gasKept {
			t.Fatalf("%d prices after %d", len(g.past), i)
		}
	}
	if g.dear() {
		t.Error("what has cost the same for days is dear")
	}
}

// Who is paid without a pause is not collected from without a pause.
func TestWaitingBeginsAnewWhenAllIsTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var w waiting
		w.age()
		time.Sleep(24 * time.Hour)
		for range 250 {
			w.took(1, 250) // one who leaves
		}
		if w.age() < 24*time.Hour {
			t.Error("the others begin anew when one leaves")
		}
		for range 2 {
			w.took(maxItems, 250)
			if w.age() < 24*time.Hour {
				t.Error("those that are left begin anew")
			}
		}
		w.took(maxItems, 250)
		if w.age() != 0 {
			t.Error("what came in meanwhile is as old as what is taken")
		}
		if w.waited() != 0 {
			t.Error("nothing is due")
		}
		w.note(verdict{due: true})
		time.Sleep(time.Hour)
		w.note(verdict{due: true})
		if w.waited() != time.Hour {
			t.Error("it waits since", w.waited())
		}
		w.note(verdict{})
		if w.waited() != 0 {
			t.Error("it is due no more")
		}
	})
}
