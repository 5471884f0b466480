package channel

import (
	"fmt"
	"testing"

	"github.com/wherrynet/wherry"
)

// A provider that hands a promise in again, once the hub has forgotten its lock,
// must not get the hub's word that an order which it was paid for is refused.
func TestRefusalDoesNotNameAnAcceptedOrder(t *testing.T) {
	for _, between := range []string{"remembered", "forgotten"} {
		t.Run(between, func(t *testing.T) {
			d := newHubDesk(t)
			d.deposit("d", 1<<40)
			it := d.order("c", 100)
			first := d.batch("p", "1", nil, it)
			d.accept(first)
			d.accept(d.batch("p", "", []string{"1"}))
			for i := range keptLocks + 1 {
				tick := fmt.Sprint("later ", i)
				d.accept(d.batch("p", tick, nil, d.order("d", 1)))
				d.accept(d.batch("p", "", []string{tick}))
			}
			if between == "forgotten" {
				late := d.order("c", 1)
				late.Seq = it.Seq + 300
				d.accept(d.batch("p", "far", nil, late))
				d.accept(d.batch("p", "", []string{"far"}))
			}
			r := d.refused(d.batch("p", "1", nil, it), wherry.Conflict)
			if !r.Order.IsZero() {
				t.Error("the refusal names an order that is spent")
			}
		})
	}
}

// The numbers of a void order never count again, and the refusal may say so.
func TestRefusalNamesAVoidOrder(t *testing.T) {
	d := newHubDesk(t)
	d.deposit("d", 1<<40)
	it := d.order("c", 100)
	a := d.accept(d.batch("p", "1", nil, it))
	for _, e := range d.hub.Void(2, a.Locked.Expiry+1) {
		d.record(e)
	}
	for i := range keptLocks + 1 {
		tick := fmt.Sprint("later ", i)
		d.accept(d.batch("p", tick, nil, d.order("d", 1)))
		d.accept(d.batch("p", "", []string{tick}))
	}
	b := d.batch("p", "1", nil, it)
	if r := d.refused(b, wherry.Conflict); r.Order != b.Promise(0, hubDomainA).ID() {
		t.Error("the refusal does not name the void order")
	}
}

// Who leaves by the delay must not keep the hub from collecting by asking for
// consent to leave at once, and asking again whenever it has run out.
func TestLeavingIsCollectedThroughCloses(t *testing.T) {
	d := newHubDesk(t)
	d.accept(d.batch("p", "1", nil, d.order("c", 100)))
	d.accept(d.batch("p", "", []string{"1"}))
	d.in(HubIn{ID: hubIn1("c"), Deposited: wherry.Base(1000), Leaving: true, ExitAt: hubStart + 7*86400})
	for range 3 {
		c, err := d.close(1000, 0)
		if err != nil || c.Expiry == 0 {
			t.Fatalf("close %+v: %v", c, err)
		}
		if due := d.hub.Collectable(1, 100); len(due) != 1 || due[0].Amount != wherry.Base(100) || !due[0].Leaving {
			t.Fatalf("collectable %+v", due)
		}
		for _, e := range d.hub.Lift(1, c.Expiry+1) {
			d.record(e)
		}
	}
}
