package channel

import (
	"fmt"
	"slices"
	"testing"

	"github.com/wherrynet/wherry"
)

// Whoever has a deposit can hand in promises under locks that the provider does
// not know. That must not use up what the provider may have open.
func TestStrangersTicksLeaveRoomForTheProvider(t *testing.T) {
	d := newHubDesk(t)
	own := d.rules
	d.rules = own.Stranger()
	n := 0
	for ; n < MaxOpenTicks; n++ {
		d.deposit(fmt.Sprint("s", n), 1000)
		b := d.batch("p", fmt.Sprint("nobody knows ", n), nil, d.order(fmt.Sprint("s", n), 1))
		if !d.hub.Roomy(b, d.rules) {
			d.fails(b, wherry.Busy)
			break
		}
		d.accept(b)
	}
	if n != MaxOpenTicks/strangersShare {
		t.Fatalf("strangers have opened %d ticks", n)
	}
	d.rules = own
	d.accept(d.batch("p", "mine", nil, d.order("c", 100)))
}

func TestStrangersBatchesLeaveRoomInATick(t *testing.T) {
	d := newHubDesk(t)
	own := d.rules
	it := d.order("c", 100)
	d.rules = own.Stranger()
	for range tickAnswers / strangersShare {
		d.accept(d.batch("p", "1", nil, it))
	}
	if b := d.batch("p", "1", nil, it); d.hub.Roomy(b, d.rules) {
		t.Error("strangers may go on")
	} else {
		d.fails(b, wherry.Busy)
	}
	d.rules = own
	d.deposit("c2", 1000)
	if a := d.accept(d.batch("p", "1", nil, it, d.order("c2", 100))); a.Locked.Total != wherry.Base(99+99) {
		t.Errorf("locked %+v", a.Locked)
	}
}

func TestStrangersMoneyLeavesRoomForTheProvider(t *testing.T) {
	d := newHubDesk(t)
	own := d.rules
	own.MaxOpen = wherry.Base(400)
	d.rules = own.Stranger()
	big := d.batch("p", "1", nil, d.order("c", 101))
	if d.hub.Roomy(big, d.rules) {
		t.Error("a stranger may hand in more than its part")
	}
	d.refused(big, wherry.Busy)
	full := d.batch("p", "1", nil, d.order("c", 100))
	if !d.hub.Roomy(full, d.rules) {
		t.Error("a stranger may not hand in its part")
	}
	d.accept(full)
	d.deposit("c2", 1000)
	d.refused(d.batch("p", "2", nil, d.order("c2", 1)), wherry.Busy)
	d.rules = own
	d.accept(d.batch("p", "2", nil, d.order("c2", 300)))
}

func TestBatchIsSignedInWhole(t *testing.T) {
	p := newTestPayee()
	b, _ := asked(t, p, 1, []wherry.Hash{{7}}, 1000)
	b, err := b.Sign(testPayee)
	if err != nil || b.Verify() != nil {
		t.Fatalf("%v, %v", err, b.Verify())
	}
	for name, change := range map[string]func(*Batch){
		"version":  func(b *Batch) { b.Version++ },
		"hub":      func(b *Batch) { b.Hub[0]++ },
		"provider": func(b *Batch) { b.Provider[0]++ },
		"chain":    func(b *Batch) { b.ChainB++ },
		"contract": func(b *Batch) { b.ContractB[0]++ },
		"tick":     func(b *Batch) { b.Tick.Number++ },
		"lock":     func(b *Batch) { b.Hashlock[0]++ },
		"reveals":  func(b *Batch) { b.Reveals = nil },
		"items":    func(b *Batch) { b.Items = append(slices.Clip(b.Items), Item{}) },
		"sig":      func(b *Batch) { b.Sig[5]++ },
	} {
		c := b
		change(&c)
		if c.Verify() == nil {
			t.Errorf("%s: the signature fits another batch", name)
		}
	}
}
