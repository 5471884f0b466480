package sessiontest_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry/session/meter"
	"github.com/wherrynet/wherry/session/sessiontest"
)

func TestTripIsPaidToTheLastByte(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := sessiontest.NewHub(key(9))
		a, b := newAlice(t, 1), newBob(t, 2, hub)
		began := time.Now()
		tr := a.mustOpen(t, b)
		if took := time.Since(began); took > 100*time.Millisecond {
			t.Errorf("opening took %s", took)
		}
		if got := hub.Taken(tr.ID()); got != meter.MinOpening {
			t.Errorf("the opening cost %s, want %s", got, meter.MinOpening)
		}
		carried := tr.ride(10*time.Second, 20<<20)
		if carried != 200<<20 {
			t.Errorf("carried %d bytes, want all", carried)
		}
		if err := tr.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := tr.ended(t, time.Second); err != nil {
			t.Fatal(err)
		}
		want := cost(t, 10*time.Second, carried)
		got := hub.Taken(tr.ID())
		if got.Less(want) || cost(t, 11*time.Second, carried).Less(got) {
			t.Errorf("paid %s, want about %s", got, want)
		}
		st := tr.State()
		acked, waiting, _ := a.payer.Books()
		if st.Spent != got || acked != got || !waiting.IsZero() {
			t.Errorf("the books differ: hub %s, session %s, wallet %s and %s waiting", got, st.Spent, acked, waiting)
		}
		if st.Receipt.Paid != got || st.Receipt.Verify(b.key.Address()) != nil {
			t.Errorf("last receipt over %s: %v", st.Receipt.Paid, st.Receipt.Verify(b.key.Address()))
		}
		time.Sleep(1500 * time.Millisecond)
		if left := hub.Unrevealed(); !left.IsZero() {
			t.Errorf("%s are not revealed a second after the last tick", left)
		}
		if b.ends.Removed() != 1 || len(b.Sessions()) != 0 {
			t.Errorf("%d peers removed, %d sessions left", b.ends.Removed(), len(b.Sessions()))
		}
		b.end(t)
	})
}
