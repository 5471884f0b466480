package sessiontest_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry/session/sessiontest"
)

// A session that is held is not paid before it is used: letting go costs nothing.
func TestHeldSessionCostsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, hub := newAlice(t, 1), sessiontest.NewHub(key(9))
		b := newBob(t, 2, hub)
		defer b.end(t)
		r, end := a.request(t, b)
		r.Later = true
		h, err := a.Hold(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if end.IsUp() {
			t.Error("the tunnel is up before it is used")
		}
		time.Sleep(5 * time.Second)
		h.Drop()
		time.Sleep(time.Second)
		if acked, waiting, _ := a.payer.Books(); !acked.IsZero() || !waiting.IsZero() {
			t.Errorf("%s and %s are signed for a session that was let go", acked, waiting)
		}
		if took := b.ends.Removed(); took != 1 {
			t.Errorf("the provider has let go of %d", took)
		}
	})
}

// Used within the provider's patience it is as good as a new one, and without a
// negotiation; later the provider has given it up.
func TestHeldSessionIsUsed(t *testing.T) {
	for _, c := range []struct {
		held time.Duration
		ok   bool
	}{{30 * time.Second, true}, {70 * time.Second, false}} {
		t.Run(c.held.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a, hub := newAlice(t, 1), sessiontest.NewHub(key(9))
				b := newBob(t, 2, hub)
				defer b.end(t)
				r, end := a.request(t, b)
				r.Later = true
				h, err := a.Hold(t.Context(), r)
				if err != nil {
					t.Fatal(err)
				}
				time.Sleep(c.held)
				s, err := h.Pay(t.Context())
				if (err == nil) != c.ok {
					t.Fatalf("paid after %s: %v", c.held, err)
				}
				if err != nil {
					if end.IsUp() {
						t.Error("the tunnel is up, and nothing is paid")
					}
					return
				}
				if age := s.State().Use.Time(); age > time.Second {
					t.Errorf("by our own count the session is %s old: a provider could ask for the time that it was held", age)
				}
				tr := &trip{Session: s, end: end, run: make(chan error, 1)}
				go func() { tr.run <- s.Run(t.Context()) }()
				if got := tr.ride(3*time.Second, 1<<20); got == 0 {
					t.Error("nothing was carried")
				}
				if err := s.Close(t.Context()); err != nil {
					t.Error(err)
				}
				if err := tr.ended(t, time.Minute); err != nil {
					t.Error(err)
				}
			})
		})
	}
}
