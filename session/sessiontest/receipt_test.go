package sessiontest_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/session/sessiontest"
	"github.com/wherrynet/wherry/session/wire"
)

func TestNewestReceiptIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := sessiontest.NewHub(key(9))
		a, b := newAlice(t, 1), newBob(t, 2, hub)
		defer b.end(t)
		tr := a.mustOpen(t, b)
		tr.ride(3500*time.Millisecond, 1<<20)
		if err := tr.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		var r wire.Receipt
		if err := codec.Unmarshal(a.payer.Receipt(tr.ID()), &r); err != nil {
			t.Fatal(err)
		}
		if err := r.Verify(b.key.Address()); err != nil {
			t.Error(err)
		}
		if want := tr.State(); r != want.Receipt || r.Paid != want.Spent || r.Paid.IsZero() {
			t.Errorf("kept %+v, the newest is %+v", r, want.Receipt)
		}
	})
}
