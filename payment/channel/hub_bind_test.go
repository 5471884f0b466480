package channel

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/wherrynet/wherry"
)

// Whoever only binds costs the journal nothing, and memory no more than so much.
func TestStrangersBindingsLeaveNoTrace(t *testing.T) {
	d := newHubDesk(t)
	d.accept(d.batch("p", "1", nil, d.order("c", 100)))
	before := hubSaved(t, d.hub)
	for n := range maxStrangers + 10 {
		e, b, err := d.hub.Bind(hubBinding(fmt.Sprint("stranger ", n), "e", 1))
		if err != nil || b.Seq != 1 {
			t.Fatalf("stranger %d: %+v, %v", n, b, err)
		}
		if e != (HubEvent{}) {
			t.Fatal("a stranger's binding is recorded")
		}
	}
	if !bytes.Equal(before, hubSaved(t, d.hub)) {
		t.Error("strangers are saved")
	}
	if s := d.hub.strangers; len(s.by) != maxStrangers || len(s.came) != maxStrangers {
		t.Errorf("%d strangers are remembered, and %d in order", len(s.by), len(s.came))
	}
	if _, err := d.hub.Payouts(ProviderID{2, hubAccount("stranger 9")}); wherry.CodeOf(err) != wherry.NotFound {
		t.Errorf("the oldest are not forgotten: %v", err)
	}
	d.fails(d.batch("stranger 9", "2", nil, d.order("c", 100)), wherry.NotFound)
	d.bind("stranger 9", "e", 1) // as its client does then
	d.accept(d.batch("stranger 9", "2", nil, d.order("c", 100)))
	if len(d.hub.strangers.by) != maxStrangers-1 || len(d.hub.strangers.came) != maxStrangers-1 {
		t.Error("who has come into the book is a stranger still")
	}
}

// The first accepted order takes a provider into the book; a refused one does not.
func TestFirstOrderBringsAProviderIntoTheBook(t *testing.T) {
	d := newHubDesk(t)
	id := ProviderID{2, hubAccount("q")}
	d.bind("q", "f", 7)
	d.bind("q", "g", 9) // strangers may count as they like, upwards
	for _, seq := range []uint64{0, 7, 9} {
		if _, _, err := d.hub.Bind(hubBinding("q", "f", seq)); wherry.CodeOf(err) != wherry.Conflict {
			t.Errorf("number %d: %v", seq, err)
		}
	}
	it := d.order("c", 100)
	it.Amount = wherry.Base(200) // more than its total has room for
	r := d.refused(d.batch("q", "1", nil, it), wherry.Conflict)
	if r.Order.IsZero() || d.hub.providers[id] != nil {
		t.Fatalf("refusal %+v, and the provider is in the book: %v", r, d.hub.providers[id] != nil)
	}
	first := d.batch("q", "1", nil, d.order("c", 100))
	a := d.accept(first)
	if a.Locked.Payee != hubAccount("g") {
		t.Fatalf("answer %+v", a)
	}
	request, err := first.Request()
	if again, ok := d.copy.Answered(id, request); err != nil || !ok || again.Locked != a.Locked {
		t.Errorf("a restarted hub does not give its answer again: %+v, %v", again, ok)
	}
	if _, _, err := d.copy.Bind(hubBinding("q", "f", 11)); wherry.CodeOf(err) != wherry.Conflict {
		t.Errorf("a number is left out: %v", err)
	}
	if e, b, err := d.hub.Bind(hubBinding("q", "f", 10)); err != nil || e.Bind == nil || b.Seq != 10 {
		t.Errorf("the next number: %+v, %v", b, err)
	} else {
		d.record(e)
	}
	d.accept(d.batch("q", "", []string{"1"}))
	d.wantEarned("g", 99)
}

// A consumer's deposit, however small, buys no rows without end.
func TestConsumerBringsFewProvidersInAnHour(t *testing.T) {
	d := newHubDesk(t)
	bring := func(name string) Batch {
		d.bind(name, "e", 1)
		return d.batch(name, name, nil, d.order("c", 1))
	}
	for n := range introductions {
		d.accept(bring(fmt.Sprint(n)))
	}
	d.refused(bring("one more"), wherry.Busy)
	d.accept(d.batch("0", "again", nil, d.order("c", 1))) // known ones are paid all the same
	d.deposit("c2", 1000)
	d.accept(d.batch("one more", "of another", nil, d.order("c2", 1)))
	d.clock[2] += 3600
	d.accept(bring("an hour later"))
}

// Chains whose times are in different hours give no consumer more than each of them
// allows.
func TestHoursOfTwoChainsAreTheirOwn(t *testing.T) {
	d := newHubDesk(t)
	d.clock[1] += 3600
	bring := func(name string, on uint64) Batch {
		r, b := hubBinding(name, "e", 1), d.batch(name, name, nil, d.order("c", 1))
		if on == 1 {
			r.B = Chain{1, hubDomainA.Contract}
			b.ChainB, b.ContractB = 1, hubDomainA.Contract
		}
		if _, _, err := d.hub.Bind(r); err != nil {
			t.Fatal(err)
		}
		return b
	}
	for n := range introductions {
		d.accept(bring(fmt.Sprint(n), 2))
	}
	d.accept(bring("other chain", 1))
	d.refused(bring("one more", 2), wherry.Busy)
}
