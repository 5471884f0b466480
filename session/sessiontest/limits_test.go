package sessiontest_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/session/consumer"
	"github.com/wherrynet/wherry/session/meter"
	"github.com/wherrynet/wherry/session/provider"
	"github.com/wherrynet/wherry/session/sessiontest"
)

func TestBudgetHolds(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		budget := wherry.MustAmount("0.001")
		tr := a.mustOpen(t, b, func(r *consumer.Request) { r.Limits.Budget = budget })
		go tr.ride(60*time.Second, 2<<20)
		if err := tr.ended(t, 60*time.Second); wherry.CodeOf(err) != wherry.OverBudget {
			t.Errorf("got %v, want over budget", err)
		}
		if got := a.payer.Signed(tr.ID()); budget.Less(got) {
			t.Errorf("signed %s with a budget of %s", got, budget)
		}
		time.Sleep(time.Second)
	})
}

func TestEmptyWalletEndsTheSession(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		tr := a.mustOpen(t, b)
		a.payer.Fail(wherry.Errorf(wherry.NotFunded, "the deposit is spent"))
		go tr.ride(5*time.Second, 2<<20)
		if err := tr.ended(t, 5*time.Second); wherry.CodeOf(err) != wherry.NotFunded {
			t.Errorf("got %v, want not funded", err)
		}
	})
}

func TestProviderThatStopsIsPaidForTheRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := sessiontest.NewHub(key(9))
		a, b := newAlice(t, 1), newBob(t, 2, hub)
		tr := a.mustOpen(t, b)
		tr.ride(3500*time.Millisecond, 1<<20)
		began := time.Now()
		b.end(t)
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("stopping took %s", took)
		}
		if err := tr.ended(t, 5*time.Second); wherry.CodeOf(err) != wherry.Unreachable {
			t.Errorf("got %v, want unreachable", err)
		}
		if got, want := hub.Taken(tr.ID()), cost(t, 3500*time.Millisecond, tr.State().Use.Bytes); got.Less(want.SubFloor(wherry.Base(2))) {
			t.Errorf("paid %s, want %s", got, want)
		}
		if left := hub.Unrevealed(); !left.IsZero() {
			t.Errorf("%s are not revealed", left)
		}
		agree(t, a, b, tr)
	})
}

func TestConsumerThatIsInterruptedPaysTheRest(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		r, end := a.request(t, b)
		s, err := a.Open(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		tr := &trip{Session: s, end: end, run: make(chan error, 1)}
		go func() { tr.run <- s.Run(ctx) }()
		tr.ride(2500*time.Millisecond, 1<<20)
		cancel()
		if err := tr.ended(t, 4*time.Second); err != nil {
			t.Error(err)
		}
		if got, want := b.hub.Taken(tr.ID()), cost(t, 2500*time.Millisecond, tr.State().Use.Bytes); got.Less(want.SubFloor(wherry.Base(2))) {
			t.Errorf("paid %s, want %s", got, want)
		}
		agree(t, a, b, tr)
	})
}

func TestFreeServiceAsksForNothing(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		b.deal.Rate = wherry.Rate{}
		tr := a.mustOpen(t, b)
		if carried := tr.ride(3*time.Second, 8<<20); carried < 20<<20 {
			t.Errorf("only %d bytes carried", carried)
		}
		if err := tr.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := b.hub.Taken(tr.ID()); !got.IsZero() || b.hub.Batches() != 0 {
			t.Errorf("a free session cost %s", got)
		}
	})
}

func TestServiceWithoutATunnelStaysOnTheLink(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := sessiontest.NewHub(key(9))
		a, b := newAlice(t, 1), newBob(t, 2, hub, func(c *provider.Config) { c.Tunnel, c.DNS = nil, false })
		tr := a.mustOpen(t, b, func(r *consumer.Request) { r.Tunnel = nil })
		time.Sleep(100 * time.Second)
		if err := tr.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := tr.ended(t, time.Second); err != nil {
			t.Error(err)
		}
		if got, want := hub.Taken(tr.ID()), cost(t, 100*time.Second, 0); got.Less(want.SubFloor(wherry.Base(2))) || cost(t, 101*time.Second, 0).Less(got) {
			t.Errorf("paid %s, want %s", got, want)
		}
		agree(t, a, b, tr)
		b.end(t)
	})
}

func TestTimeAloneIsStoppedByTheCreditsSeconds(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		b.deal.Rate = wherry.Rate{PerHour: wherry.Tokens(1)}
		b.deal.Credit = meter.Credit{Bytes: 1 << 20, Seconds: 10}
		tr := a.mustOpen(t, b)
		b.hub.Down(wherry.Errorf(wherry.Unreachable, "no route"))
		tr.ride(12*time.Second, 100<<10)
		if got := b.Sessions()[0]; got.Phase != provider.Stopped {
			t.Errorf("the session is %s after 12 s unpaid", got.Phase)
		}
		worth, err := b.deal.Rate.Cost(10*time.Second, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.Sessions()[0].AtRisk; worth.Less(got.SubFloor(wherry.MustAmount("0.00001"))) {
			t.Errorf("%s at risk, the credit is worth %s", got, worth)
		}
		b.hub.Down(nil)
		time.Sleep(4 * time.Second)
		if got := b.Sessions()[0]; got.Phase != provider.Carrying {
			t.Errorf("the session is %s after the hub came back", got.Phase)
		}
		if err := tr.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}

// TestLastWordsLeaveBeforeThePeer keeps the consumer in the tunnel for as long as
// the answer to its close may be on the way: what a provider has written is not
// what a consumer has heard.
func TestLastWordsLeaveBeforeThePeer(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		tr := a.mustOpen(t, b)
		tr.ride(2*time.Second, 1<<20)
		if err := tr.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(100 * time.Millisecond)
		if len(b.Sessions()) != 0 || b.ends.Removed() != 0 {
			t.Errorf("%d sessions, %d peers removed in the moment of the end", len(b.Sessions()), b.ends.Removed())
		}
		time.Sleep(time.Second)
		if b.ends.Removed() != 1 {
			t.Errorf("%d peers removed a second later", b.ends.Removed())
		}
	})
}

func TestWatchShowsTheEnd(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		tr := a.mustOpen(t, b)
		go func() {
			tr.ride(2*time.Second, 1<<20)
			_ = tr.Close(t.Context())
		}()
		var last consumer.State
		seen := 0
		for st := range tr.Watch(t.Context()) {
			last = st
			seen++
		}
		if last.Phase != consumer.Ended || seen < 3 || last.Provider != b.key.Address() || last.Spent.IsZero() {
			t.Errorf("after %d states: %+v", seen, last)
		}
		if last.Inner.Provider4 != b.Inner()[0] || last.DNS != b.Inner()[0] {
			t.Errorf("inner addresses %+v, resolver %s", last.Inner, last.DNS)
		}
	})
}

func TestIdleSessionIsKeptAlive(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		b.deal.Rate = wherry.Rate{PerGiB: wherry.Tokens(1)}
		tr := a.mustOpen(t, b)
		time.Sleep(time.Hour)
		if len(b.Sessions()) != 1 || tr.State().Phase != consumer.Open {
			t.Fatal("an idle session has ended")
		}
		if n := b.hub.Batches(); n > 1 {
			t.Errorf("%d ticks for nothing", n)
		}
		if err := tr.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}

// The provider counted sessions that were still being let in, and whoever let them
// in read their state at that moment. The race detector sees it here, mostly.
func TestSessionsAreCountedWhileTheyAreLetIn(t *testing.T) {
	b := newBob(t, 2, sessiontest.NewHub(key(9)), func(c *provider.Config) { c.Poll = time.Microsecond })
	var all sync.WaitGroup
	for i := range 16 {
		a := newAlice(t, byte(20+i))
		all.Go(func() {
			tr, err := a.open(t, b)
			if err != nil {
				t.Error(err)
				return
			}
			tr.end.Carry(50<<10, 0)
			time.Sleep(100 * time.Millisecond)
			if err := tr.Close(t.Context()); err != nil {
				t.Error(err)
			}
			if err := tr.ended(t, 10*time.Second); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	b.end(t)
}
