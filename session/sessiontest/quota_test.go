package sessiontest_test

import (
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/session/provider"
	"github.com/wherrynet/wherry/session/quota"
	"github.com/wherrynet/wherry/session/sessiontest"
)

// caps is a provider's quota as node has it, without the disk.
type caps struct {
	quota.Caps

	mu     sync.Mutex // guards what follows
	ledger quota.Ledger
	total  uint64
}

// Admit implements provider.Quota.
func (c *caps) Admit(now time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.Caps.Admit(&c.ledger, now)
}

// Carry implements provider.Quota.
func (c *caps) Carry(now time.Time, n uint64) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ledger.Add(now, n)
	c.total += n
	return c.Caps.Carry(&c.ledger, now)
}

// A session that has used what one session may is asked for the rest, paid for, and told
// why. The quota hears of every byte once.
func TestASessionHasACap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const most = 20 << 20
		all := &caps{}
		hub := sessiontest.NewHub(key(9))
		a, b := newAlice(t, 1), newBob(t, 2, hub, func(c *provider.Config) { c.SessionBytes, c.Quota = most, all })
		tr := a.mustOpen(t, b)
		go tr.ride(60*time.Second, 2<<20)
		if err := tr.ended(t, 60*time.Second); wherry.CodeOf(err) != wherry.Busy || !strings.Contains(err.Error(), "per session") {
			t.Errorf("got %v, want busy", err)
		}
		use := tr.State().Use
		if use.Bytes > most+1<<20 || use.Bytes < most/2 {
			t.Errorf("the session carried %d bytes, with a cap of %d", use.Bytes, most)
		}
		if got, want := hub.Taken(tr.ID()), cost(t, 0, use.Bytes-1<<20); got.Less(want) {
			t.Errorf("paid %s, want %s at least", got, want)
		}
		b.end(t)
		all.mu.Lock()
		defer all.mu.Unlock()
		if all.total < use.Bytes-1<<20 || all.total > use.Bytes+1<<20 {
			t.Errorf("the quota has heard of %d bytes, the session used %d", all.total, use.Bytes)
		}
	})
}

// When the day is used up, sessions end in good order and none begins, until the next
// day does.
func TestTheDayHasACap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := &caps{Caps: quota.Caps{Day: 30 << 20}}
		hub := sessiontest.NewHub(key(9))
		a, b := newAlice(t, 1), newBob(t, 2, hub, func(c *provider.Config) { c.Quota = all })
		tr := a.mustOpen(t, b)
		go tr.ride(60*time.Second, 2<<20)
		if err := tr.ended(t, 60*time.Second); wherry.CodeOf(err) != wherry.Busy || !strings.Contains(err.Error(), "cap of this day") {
			t.Errorf("got %v, want busy", err)
		}
		if got, want := hub.Taken(tr.ID()), cost(t, 0, tr.State().Use.Bytes-1<<20); got.Less(want) {
			t.Errorf("paid %s, want %s at least", got, want)
		}
		r, _ := a.request(t, b)
		if _, err := a.Open(t.Context(), r); wherry.CodeOf(err) != wherry.Busy {
			t.Errorf("another session on that day: %v, want busy", err)
		}
		time.Sleep(24 * time.Hour)
		next := a.mustOpen(t, b)
		next.ride(time.Second, 1<<20)
		b.end(t)
		_ = next.ended(t, 10*time.Second) // the provider has stopped
	})
}
