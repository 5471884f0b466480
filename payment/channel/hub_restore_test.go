package channel

import (
	"bytes"
	"testing"

	"github.com/wherrynet/wherry"
)

// TestShownPayoutIsNotPaidTwice: a payee shows a payout that is above what the
// book knows. Whichever of its open ticks are in that, none is added to it.
func TestShownPayoutIsNotPaidTwice(t *testing.T) {
	d := newHubDesk(t)
	d.pay(d.batch("p", "1", nil, d.order("c", 1000)))
	id := OutID{2, hubAccount("e")}
	shown := HeldPayout{Payout: SignedPayout{Payee: id.Payee, Total: wherry.Base(5000)}}
	d.record(d.hub.Show(2, shown, d.clock))
	d.wantEarned("e", 5000)
	if d.hub.Whole() == nil {
		t.Fatal("the book is said to be whole")
	}
	if e := d.hub.Show(2, shown, d.clock); e != (HubEvent{}) {
		t.Fatalf("the same payout again is news: %+v", e)
	}
	d.pay(d.batch("p", "", []string{"1"}))
	d.wantEarned("e", 5000)
	if a := d.account("c"); a.Spent != wherry.Base(1000) {
		t.Fatalf("%s are spent: what can be collected is lost", a.Spent)
	}
	// A snapshot keeps that.
	again := hubLoaded(t, hubSaved(t, d.hub))
	if again.Whole() == nil || !bytes.Equal(hubSaved(t, again), hubSaved(t, d.hub)) {
		t.Fatal("a saved book has forgotten it")
	}
}

// TestLockedEvidence goes through what a locked payout above the book's sum means.
func TestLockedEvidence(t *testing.T) {
	for what, c := range map[string]struct {
		lock   string
		expiry uint64
		total  uint64
		secret string
		clock  uint64
		proof  bool
		earned uint64
	}{
		"the book's own open tick":        {"1", hubStart + 9, 990, "1", hubStart, false, 0},
		"more than the open tick":         {"1", hubStart + 9, 991, "", hubStart, true, 0},
		"a tick that is not in the book":  {"x", hubStart + 9, 10, "", hubStart, true, 0},
		"the same, with its preimage":     {"x", hubStart + 9, 10, "x", hubStart, true, 10},
		"the same, with another preimage": {"x", hubStart + 9, 10, "1", hubStart, true, 0},
		"one that has expired":            {"x", hubStart, 10, "x", hubStart, false, 0},
		"while the time is not known":     {"x", hubStart + 9, 10, "x", 0, false, 0},
	} {
		d := newHubDesk(t)
		d.pay(d.batch("p", "1", nil, d.order("c", 1000)))
		h := HeldPayout{Payout: SignedPayout{Payee: hubAccount("e"), Total: wherry.Base(c.total), Expiry: c.expiry, Hashlock: hubLock(c.lock)}}
		if c.secret != "" {
			h.Preimage = hubSecret(c.secret)
		}
		e := d.hub.Show(2, h, Clock{2: c.clock})
		d.record(e)
		if (e.Lost != nil) != c.proof || (d.hub.Whole() != nil) != c.proof {
			t.Errorf("%s: %+v", what, e.Lost)
		}
		d.wantEarned("e", c.earned)
	}
}
