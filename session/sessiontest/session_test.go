package sessiontest_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/session/consumer"
	"github.com/wherrynet/wherry/session/meter"
	"github.com/wherrynet/wherry/session/provider"
	"github.com/wherrynet/wherry/session/sessiontest"
)

// both runs a test with a consumer, a provider and a hub in virtual time.
func both(t *testing.T, f func(t *testing.T, a alice, b *bob)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		hub := sessiontest.NewHub(key(9))
		a, b := newAlice(t, 1), newBob(t, 2, hub)
		f(t, a, b)
		b.end(t)
	})
}

// agree checks that hub, session and wallet say the same of a session.
func agree(t *testing.T, a alice, b *bob, tr *trip) {
	t.Helper()
	got := b.hub.Taken(tr.ID())
	acked, waiting, _ := a.payer.Books()
	if st := tr.State(); st.Spent != got || acked != got || !waiting.IsZero() {
		t.Errorf("the books differ: hub %s, session %s, wallet %s and %s waiting", got, st.Spent, acked, waiting)
	}
}

func TestTripIsPaidToTheLastByte(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		began := time.Now()
		tr := a.mustOpen(t, b)
		if took := time.Since(began); took > 100*time.Millisecond {
			t.Errorf("opening took %s", took)
		}
		if got := b.hub.Taken(tr.ID()); got != meter.MinOpening {
			t.Errorf("the opening cost %s, want %s", got, meter.MinOpening)
		}
		carried := tr.ride(time.Second, 5<<20) + tr.ride(10*time.Second, 20<<20)
		if carried != 205<<20 {
			t.Errorf("carried %d bytes, want all", carried)
		}
		if err := tr.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := tr.ended(t, time.Second); err != nil {
			t.Fatal(err)
		}
		got := b.hub.Taken(tr.ID())
		if got.Less(cost(t, 11*time.Second, carried)) || cost(t, 12*time.Second, carried).Less(got) {
			t.Errorf("paid %s, want about %s", got, cost(t, 11*time.Second, carried))
		}
		agree(t, a, b, tr)
		if r := tr.State().Receipt; r.Paid != got || r.Verify(b.key.Address()) != nil {
			t.Errorf("last receipt over %s: %v", r.Paid, r.Verify(b.key.Address()))
		}
		time.Sleep(1500 * time.Millisecond)
		if left := b.hub.Unrevealed(); !left.IsZero() {
			t.Errorf("%s are not revealed a second after the last tick", left)
		}
		if b.ends.Removed() != 1 || len(b.Sessions()) != 0 {
			t.Errorf("%d peers removed, %d sessions left", b.ends.Removed(), len(b.Sessions()))
		}
	})
}

func TestNothingPassesBeforeTheOpeningIsCleared(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		b.hub.Slow(2 * time.Second)
		r, end := a.request(t, b)
		opened := make(chan error, 1)
		var s *consumer.Session
		go func() {
			var err error
			s, err = a.Open(t.Context(), r)
			opened <- err
		}()
		time.Sleep(1900 * time.Millisecond)
		if got := end.Carry(1, 0); got != 0 || !end.IsUp() {
			t.Errorf("%d bytes passed before the hub had cleared anything (up: %t)", got, end.IsUp())
		}
		if err := <-opened; err != nil {
			t.Fatal(err)
		}
		if got := end.Carry(1, 0); got != 1 {
			t.Error("nothing passes after the hub has cleared the opening")
		}
		go s.Run(t.Context())
		if err := s.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}

func TestMonthOfPaying(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := sessiontest.NewHub(key(9))
		a := newAlice(t, 1, func(c *consumer.Config) { c.Poll, c.Silence = 5*time.Minute, 2*time.Hour })
		b := newBob(t, 2, hub, func(c *provider.Config) {
			c.Tick, c.Poll, c.Unpaid, c.Idle = 30*time.Minute, 30*time.Second, 3*time.Hour, 24*time.Hour
		})
		b.deal.Credit = meter.Credit{Bytes: 1 << 30, Seconds: 3 * 3600}
		tr := a.mustOpen(t, b)
		var carried uint64
		for range 30 * 24 * 2 {
			carried += tr.end.Carry(300<<10, 0)
			time.Sleep(30 * time.Minute)
		}
		if err := tr.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := tr.ended(t, time.Second); err != nil {
			t.Fatal(err)
		}
		got, want := hub.Taken(tr.ID()), cost(t, 30*24*time.Hour, carried)
		if got.Less(want.SubFloor(wherry.Base(2))) || cost(t, 30*24*time.Hour+time.Second, carried).Less(got) {
			t.Errorf("paid %s for a month, want %s", got, want)
		}
		agree(t, a, b, tr)
		if n := hub.Batches(); n < 30*24 {
			t.Errorf("only %d ticks", n)
		}
		b.end(t)
	})
}

func TestProviderVanishesAfterThreeSeconds(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		tr := a.mustOpen(t, b)
		tr.ride(3*time.Second, 1<<20)
		tr.end.Cut(true)
		began := time.Now()
		err := tr.ended(t, 20*time.Second)
		if wherry.CodeOf(err) != wherry.Unreachable {
			t.Errorf("got %v, want unreachable", err)
		}
		if took := time.Since(began); took < 14*time.Second || took > 17*time.Second {
			t.Errorf("noticed after %s", took)
		}
		st := tr.State()
		if worth := cost(t, 2*time.Second, 2<<20); worth.Less(st.AtRisk) {
			t.Errorf("%s at risk, a tick is worth %s", st.AtRisk, worth)
		}
		if tr.end.IsUp() {
			t.Error("the tunnel is still up")
		}
		tr.end.Cut(false)
	})
}

func TestProviderThatIsNoLongerThereIsNoticedAtOnce(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		tr := a.mustOpen(t, b)
		tr.ride(time.Second, 1<<20)
		tr.end.Refuse()
		began := time.Now()
		if err := tr.ended(t, 5*time.Second); wherry.CodeOf(err) != wherry.Unreachable {
			t.Errorf("got %v, want unreachable", err)
		}
		if took := time.Since(began); took > time.Second {
			t.Errorf("noticed after %s", took)
		}
	})
}

func TestLeavingIsBounded(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		tr := a.mustOpen(t, b)
		tr.ride(time.Second, 1<<20)
		tr.end.Cut(true)
		began := time.Now()
		if err := tr.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took > 4*time.Second {
			t.Errorf("leaving a provider that is gone took %s", took)
		}
		tr.end.Cut(false)
	})
}

func TestLeavingWhileControlIsDialledAnewIsNotLost(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		tr := a.mustOpen(t, b)
		tr.ride(2500*time.Millisecond, 1<<20)
		began := time.Now()
		tr.end.Break()
		if err := tr.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took > time.Second {
			t.Errorf("leaving took %s", took)
		}
		if got, want := b.hub.Taken(tr.ID()), cost(t, 2500*time.Millisecond, tr.State().Use.Bytes); got.Less(want.SubFloor(wherry.Base(2))) {
			t.Errorf("paid %s, want %s", got, want)
		}
	})
}

func TestControlComesBackAfterABreak(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		tr := a.mustOpen(t, b)
		for range 20 {
			tr.ride(300*time.Millisecond, 2<<20)
			tr.end.Break()
		}
		tr.end.Cut(true)
		time.Sleep(8 * time.Second)
		tr.end.Cut(false)
		carried := tr.ride(5*time.Second, 2<<20)
		if carried < 8<<20 {
			t.Errorf("only %d bytes after the outage", carried)
		}
		if err := tr.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := tr.ended(t, time.Second); err != nil {
			t.Error(err)
		}
		got, st := b.hub.Taken(tr.ID()), tr.State()
		if st.Spent != got {
			t.Errorf("the hub took %s, the consumer says %s", got, st.Spent)
		}
		if want := cost(t, st.Use.Time(), st.Use.Bytes); want.Less(got) {
			t.Errorf("paid %s, %s is owed by our own count", got, want)
		}
	})
}

func TestLossWithinTheTolerancePasses(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		tr := a.mustOpen(t, b)
		for range 300 {
			tr.end.Carry(1<<20, 1<<20*15/1000)
			time.Sleep(100 * time.Millisecond)
		}
		if err := tr.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := tr.ended(t, time.Second); err != nil {
			t.Error(err)
		}
		st := tr.State()
		if want := cost(t, st.Use.Time(), st.Use.Bytes); want.Less(st.Spent) {
			t.Errorf("paid %s, %s is owed by our own count", st.Spent, want)
		}
		agree(t, a, b, tr)
	})
}

func TestLossBeyondTheToleranceEndsTheSession(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		tr := a.mustOpen(t, b)
		go func() {
			for range 300 {
				tr.end.Carry(1<<20, 1<<20*6/100)
				time.Sleep(100 * time.Millisecond)
			}
		}()
		if err := tr.ended(t, 30*time.Second); wherry.CodeOf(err) != wherry.Conflict {
			t.Errorf("got %v, want a conflict", err)
		}
		st := tr.State()
		if want := cost(t, st.Use.Time(), st.Use.Bytes); want.Less(st.Spent) {
			t.Errorf("paid %s, %s is owed by our own count", st.Spent, want)
		}
		time.Sleep(31 * time.Second)
	})
}

func TestProviderThatClaimsTooMuchIsNotPaid(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		tr := a.mustOpen(t, b)
		tr.ride(2*time.Second, 1<<20)
		before := tr.State()
		tr.end.Claim(10 << 20)
		if err := tr.ended(t, 5*time.Second); wherry.CodeOf(err) != wherry.Conflict {
			t.Errorf("got %v, want a conflict", err)
		}
		after := tr.State()
		if most := cost(t, after.Use.Time(), after.Use.Bytes); most.Less(a.payer.Signed(tr.ID())) {
			t.Errorf("signed %s, %s is owed by our own count (before: %s)", a.payer.Signed(tr.ID()), most, before.Spent)
		}
	})
}

func TestHubRefusalEndsTheSessionWithItsReason(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		tr := a.mustOpen(t, b)
		tr.ride(2*time.Second, 1<<20)
		b.hub.Refuse(a.key.Address(), wherry.NotFunded, "the deposit is used up")
		go tr.ride(2*time.Second, 1<<20)
		err := tr.ended(t, 5*time.Second)
		if wherry.CodeOf(err) != wherry.NotFunded || err == nil || err.Error() != "the hub refuses the promise: the deposit is used up" {
			t.Errorf("got %v", err)
		}
		_, waiting, refused := a.payer.Books()
		if refused != 1 || !waiting.IsZero() {
			t.Errorf("the wallet knows of %d refusals, %s wait", refused, waiting)
		}
		time.Sleep(2 * time.Second)
	})
}

func TestOpeningThatTheHubRefusesCarriesNothing(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		b.hub.Refuse(a.key.Address(), wherry.NotFunded, "no deposit")
		r, end := a.request(t, b)
		if _, err := a.Open(t.Context(), r); wherry.CodeOf(err) != wherry.NotFunded {
			t.Errorf("got %v, want not funded", err)
		}
		if end.Carried() != 0 || end.Allowance() != 0 || end.IsUp() {
			t.Errorf("%d bytes carried, %d allowed, up: %t", end.Carried(), end.Allowance(), end.IsUp())
		}
	})
}

func TestOvertakenPromiseIsAskedForAgain(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		tr := a.mustOpen(t, b)
		for range 5 {
			b.hub.RefuseOnce(a.key.Address(), wherry.Conflict, "the total goes back")
			tr.ride(4*time.Second, 1<<20)
		}
		if err := tr.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := tr.ended(t, time.Second); err != nil {
			t.Error(err)
		}
		if _, _, refused := a.payer.Books(); refused != 5 {
			t.Errorf("%d refusals reached the wallet, want 5", refused)
		}
		agree(t, a, b, tr)
	})
}

func TestPromiseThatIsAlwaysOvertakenEndsTheSession(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		tr := a.mustOpen(t, b)
		b.hub.Refuse(a.key.Address(), wherry.Conflict, "the total goes back")
		go tr.ride(20*time.Second, 1<<20)
		if err := tr.ended(t, 20*time.Second); wherry.CodeOf(err) != wherry.Conflict {
			t.Errorf("got %v, want a conflict", err)
		}
		if _, _, refused := a.payer.Books(); refused != 3 {
			t.Errorf("asked %d times, want 3", refused)
		}
	})
}

func TestHubThatIsAwayCostsNobodyMoreThanTheCredit(t *testing.T) {
	both(t, func(t *testing.T, a alice, b *bob) {
		tr := a.mustOpen(t, b)
		tr.ride(2*time.Second, 1<<20)
		b.hub.Down(wherry.Errorf(wherry.Unreachable, "no route"))
		tr.ride(10*time.Second, 4<<20)
		s := b.Sessions()[0]
		if worth := cost(t, s.Credit.Time(), s.Credit.Bytes); worth.Less(s.AtRisk) {
			t.Errorf("%s at risk, the credit is worth %s", s.AtRisk, worth)
		}
		r, _ := a.request(t, b)
		if _, err := a.Open(t.Context(), r); wherry.CodeOf(err) != wherry.Busy {
			t.Errorf("a new session while the hub is away: %v", err)
		}
		b.hub.Down(nil)
		time.Sleep(3 * time.Second)
		if carried := tr.ride(3*time.Second, 1<<20); carried < 2<<20 {
			t.Errorf("only %d bytes after the hub came back", carried)
		}
		if err := tr.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		agree(t, a, b, tr)
	})
}

func TestTwoProvidersOnOneWallet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := sessiontest.NewHub(key(9))
		a, b, c := newAlice(t, 1), newBob(t, 2, hub), newBob(t, 3, hub)
		one, two := a.mustOpen(t, b), a.mustOpen(t, c)
		done := make(chan struct{})
		go func() { one.ride(10*time.Second, 3<<20); close(done) }()
		two.ride(10*time.Second, 1<<20)
		<-done
		for _, tr := range []*trip{one, two} {
			if err := tr.Close(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := tr.ended(t, time.Second); err != nil {
				t.Error(err)
			}
		}
		x, y := hub.Taken(one.ID()), hub.Taken(two.ID())
		sum, err := x.Add(y)
		acked, waiting, _ := a.payer.Books()
		if err != nil || acked != sum || !waiting.IsZero() || !y.Less(x) {
			t.Errorf("%s and %s taken, %s acknowledged, %s waiting", x, y, acked, waiting)
		}
		b.end(t)
		c.end(t)
	})
}

func TestManyConsumersShareATick(t *testing.T) {
	both(t, func(t *testing.T, _ alice, b *bob) {
		var trips []*trip
		for i := range 8 {
			trips = append(trips, newAlice(t, byte(20+i)).mustOpen(t, b))
		}
		before := b.hub.Batches()
		for range 50 {
			for _, tr := range trips {
				tr.end.Carry(50<<10, 0)
			}
			time.Sleep(100 * time.Millisecond)
		}
		if n := b.hub.Batches() - before; n > 20 {
			t.Errorf("%d batches in 5 s for 8 consumers", n)
		}
		for _, tr := range trips {
			if err := tr.Close(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := tr.ended(t, time.Second); err != nil {
				t.Error(err)
			}
		}
	})
}
