package sessiontest_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/session/sessiontest"
)

var errBare = wherry.Errorf(wherry.NotFunded, "the hub has nothing reserved")

// R13: nobody is let in on the word of a hub that does not stand behind it.
func TestR13NobodyIsAdmittedWithoutReserve(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := sessiontest.NewHub(key(9))
		a, b := newAlice(t, 1), newBob(t, 2, hub)
		defer b.end(t)
		b.book.Bare(errBare)
		if _, err := a.open(t, b); wherry.CodeOf(err) != wherry.Refused {
			t.Errorf("got %v, want refused", err)
		}
		if err := <-b.err; wherry.CodeOf(err) != wherry.Refused { // and not only at the first tick
			t.Errorf("the provider let it in: %v", err)
		}
		if acked, waiting, _ := a.payer.Books(); !acked.IsZero() || !waiting.IsZero() {
			t.Errorf("paid %s, promised %s", acked, waiting)
		}
		b.book.Bare(nil)
		tr := a.mustOpen(t, b)
		_ = tr.Close(t.Context())
	})
}

// R13: a session ends when the hub owes more than it has reserved: the next tick
// would be lent to it.
func TestR13SessionEndsWithTheReserve(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := sessiontest.NewHub(key(9))
		a, b := newAlice(t, 1), newBob(t, 2, hub)
		defer b.end(t)
		tr := a.mustOpen(t, b)
		tr.ride(2500*time.Millisecond, 1<<20)
		b.book.Bare(errBare)
		taken := hub.Taken(tr.ID())
		go tr.ride(10*time.Second, 1<<20)
		if err := tr.ended(t, 10*time.Second); wherry.CodeOf(err) != wherry.Refused {
			t.Errorf("got %v, want refused", err)
		}
		if got := hub.Taken(tr.ID()); got != taken {
			t.Errorf("%s more was lent to the hub", got.SubFloor(taken))
		}
		time.Sleep(time.Second)
	})
}
