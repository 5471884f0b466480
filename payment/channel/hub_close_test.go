package channel

import (
	"testing"

	"github.com/wherrynet/wherry"
)

func (d *hubDesk) close(deposited, settled uint64) (Closed, error) {
	d.t.Helper()
	e, c, err := d.hub.Close(hubIn1("c"), wherry.Base(deposited), wherry.Base(settled), d.notBefore, d.clock[1], 600)
	d.record(e)
	return c, err
}

func TestCloseWaitsForWhatIsPending(t *testing.T) {
	d := newHubDesk(t)
	a := d.accept(d.batch("p", "1", nil, d.order("c", 100)))
	c, err := d.close(1_000_000, 0)
	if err != nil || c.Pending <= a.Locked.Expiry || c.Expiry != 0 {
		t.Fatalf("close %+v, %v", c, err)
	}
	d.accept(d.batch("p", "", []string{"1"}))
	c, err = d.close(1_000_000, 0)
	if err != nil || c.Pending != 0 || c.Settled != wherry.Base(100) || c.Deposited != wherry.Base(1_000_000) || c.Expiry != hubStart+600 {
		t.Fatalf("close %+v, %v", c, err)
	}
	if again, err := d.close(1_000_000, 0); err != nil || again != c {
		t.Fatalf("again %+v, %v", again, err)
	}
}

func TestCloseStopsOrders(t *testing.T) {
	d := newHubDesk(t)
	c, err := d.close(1_000_000, 0)
	if err != nil {
		t.Fatal(err)
	}
	d.refused(d.batch("p", "1", nil, d.order("c", 1)), wherry.Conflict)
	// Also when the channel was closed and opened again.
	d.in(HubIn{ID: hubIn1("c"), Deposited: wherry.Base(500_000)})
	d.refused(d.batch("p", "1", nil, d.order("c", 1)), wherry.Conflict)
	for _, at := range []uint64{c.Expiry - 1, c.Expiry} {
		if got := d.hub.Lift(1, at); len(got) != 0 {
			t.Fatalf("lifted at %d, expiry %d", at, c.Expiry)
		}
	}
	if got := d.hub.Lift(2, c.Expiry+1); len(got) != 0 {
		t.Fatal("lifted by another chain's time")
	}
	for _, e := range d.hub.Lift(1, c.Expiry+1) {
		d.record(e)
	}
	d.accept(d.batch("p", "1", nil, d.order("c", 1)))
}

func TestCloseForAnotherStateWaits(t *testing.T) {
	d := newHubDesk(t)
	if c, err := d.close(2_000_000, 0); err != nil || c.Pending == 0 {
		t.Fatalf("a top-up that is not final: %+v, %v", c, err)
	}
	c, err := d.close(1_000_000, 0)
	if err != nil {
		t.Fatal(err)
	}
	d.clock[1] += 299
	if again, err := d.close(1_000_000, 0); err != nil || again != c {
		t.Fatalf("the first is of use for long: %+v, %v", again, err)
	}
}

// What is void, or about to be, is no answer for the minutes until it is over; and
// the channel stays stopped until the newest consent is.
func TestAnotherCloseTakesThePlaceOfAUselessOne(t *testing.T) {
	for what, change := range map[string]func(*hubDesk, Closed) uint64{
		"little of its life is left": func(d *hubDesk, _ Closed) uint64 { d.clock[1] += 300; return 1_000_000 },
		"its life is over":           func(d *hubDesk, c Closed) uint64 { d.clock[1] = c.Expiry; return 1_000_000 },
		"the contract has voided it": func(d *hubDesk, c Closed) uint64 {
			d.clock[1]++
			d.notBefore = c.Expiry
			return 1_000_000
		},
		"there is more in the channel": func(d *hubDesk, _ Closed) uint64 {
			d.deposit("c", 2_000_000)
			return 2_000_000
		},
	} {
		d := newHubDesk(t)
		first, err := d.close(1_000_000, 0)
		if err != nil {
			t.Fatal(err)
		}
		deposited := change(d, first)
		c, err := d.close(deposited, 0)
		if err != nil || c.Pending != 0 || c.Expiry != d.clock[1]+600 || c.Deposited != wherry.Base(deposited) || c.Settled != first.Settled {
			t.Errorf("%s: %+v, %v", what, c, err)
			continue
		}
		for range d.hub.Lift(1, first.Expiry+1) {
			if first.Expiry < c.Expiry {
				t.Errorf("%s: the channel is open while the second may be used", what)
			}
		}
	}
	d := newHubDesk(t)
	d.notBefore = hubStart + 600 // it began to leave in this block
	if c, err := d.close(1_000_000, 0); err != nil || c.Pending <= hubStart {
		t.Errorf("consent that the contract does not take: %+v, %v", c, err)
	}
}

func TestCloseOnlyForWhatWasSpent(t *testing.T) {
	d := newHubDesk(t)
	if _, err := d.close(1_000_000, 1); wherry.CodeOf(err) != wherry.Conflict {
		t.Fatalf("settled above spent: %v", err)
	}
	if _, _, err := d.hub.Close(hubIn1("stranger"), wherry.Base(1), wherry.Amount{}, 0, hubStart, 600); wherry.CodeOf(err) != wherry.NotFound {
		t.Fatalf("stranger: %v", err)
	}
	d.in(HubIn{ID: hubIn1("c"), Deposited: wherry.Base(5), Settled: wherry.Base(5)})
	if _, err := d.close(5, 5); wherry.CodeOf(err) != wherry.NotFunded {
		t.Fatalf("nothing left: %v", err)
	}
}

func TestNothingIsCollectedWhileACloseMayBeUsed(t *testing.T) {
	d := newHubDesk(t)
	d.accept(d.batch("p", "1", nil, d.order("c", 100)))
	d.accept(d.batch("p", "", []string{"1"}))
	if _, err := d.close(1_000_000, 0); err != nil {
		t.Fatal(err)
	}
	if due := d.hub.Collectable(1, 100); len(due) != 0 {
		t.Fatalf("collectable %+v", due)
	}
}
