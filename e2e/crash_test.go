package e2e

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"testing"
	"time"

	"github.com/wherrynet/wherry/devnet"
)

// TestKillDuringTheTrip kills each role with SIGKILL at a random moment of a
// download, starts it again, and finds that the trip can be taken once more and
// that the books agree: nothing acknowledged is lost and nothing is paid twice.
func TestKillDuringTheTrip(t *testing.T) {
	t.Parallel()
	for _, role := range []struct {
		name    string
		process func(*devnet.Net) *devnet.Process
	}{
		{"hub", (*devnet.Net).Hub},
		{"provider", func(n *devnet.Net) *devnet.Process { return n.Provider(1) }}, // the cheapest
		{"consumer", func(n *devnet.Net) *devnet.Process { return n.Consumer() }},
	} {
		t.Run(role.name, func(t *testing.T) {
			t.Parallel()
			n := up(t)
			seed := uint64(time.Now().UnixNano())
			t.Logf("seed %d", seed)
			rnd := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // the seed is logged, so that a failure can be repeated
			for range 2 {
				killOnce(t, n, role.process(n), rnd)
			}
			if err := n.Consumer().Stop(t.Context()); err != nil {
				t.Fatal(err)
			}
			b := agree(t, n)
			if b.Consumer.Spent.IsZero() {
				t.Error("nothing was spent")
			}
		})
	}
}

// killOnce kills p somewhere in a download, starts it again, and then fetches a
// page.
func killOnce(t *testing.T, n *devnet.Net, p *devnet.Process, rnd *rand.Rand) {
	t.Helper()
	limit := 1 + rnd.Int64N(devnet.FileSize/2)
	reached, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		partly(t, through(t, n), n.SiteURL("/file"), limit, reached)
	}()
	select {
	case <-reached:
	case <-done: // the download failed early: whoever is killed, is killed then
	}
	if err := p.Kill(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Logf("killed %s after about %d bytes of the file", p.Name, limit)
	if err := p.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	eventually(t, "a page through the tunnel", func() error {
		_, err := get(t, through(t, n), n.SiteURL("/"), 1<<10)
		return err
	})
	<-done
}

// partly downloads, and says when it has had limit bytes. It may fail: somebody
// is killed meanwhile.
func partly(t *testing.T, c *http.Client, to string, limit int64, reached chan<- struct{}) {
	c.Timeout = 5 * time.Second
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, to, nil)
	if err != nil {
		t.Error(err)
		return
	}
	resp, err := c.Do(r)
	if err != nil {
		return
	}
	defer resp.Body.Close()
	if _, err := io.CopyN(io.Discard, resp.Body, limit); err != nil {
		return
	}
	close(reached)
	_, _ = io.Copy(io.Discard, resp.Body) // until it is cut off
}

// patience is how long a test waits for what has to come. Only a test that fails
// waits for so long.
const patience = 4 * time.Minute

func eventually(t *testing.T, what string, try func() error) {
	t.Helper()
	var err error
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		if err = try(); err == nil {
			return
		}
		select {
		case <-t.Context().Done():
			t.Fatal(t.Context().Err())
		case <-time.After(300 * time.Millisecond):
		}
	}
	t.Fatalf("%s: %v", what, err)
}

// TestChainGoesBack lets both chains lose their last three blocks in the middle
// of a trip, and finds that the books agree in the end.
func TestChainGoesBack(t *testing.T) {
	t.Parallel()
	n := up(t)
	fetch := func() {
		eventually(t, "a page through the tunnel", func() error {
			_, err := get(t, through(t, n), n.SiteURL("/"), 1<<10)
			return err
		})
	}
	fetch()
	for _, drop := range []bool{false, true} {
		if err := n.Reorg(t.Context(), 3, drop); err != nil {
			t.Fatal(err)
		}
		fetch()
		if _, err := n.Run(t.Context(), "hub", "hub", "settle"); err != nil {
			t.Fatal(fmt.Errorf("settle after a reorg: %w", err))
		}
	}
	if err := n.Reorg(t.Context(), 3, true); err != nil { // takes a settlement back
		t.Fatal(err)
	}
	if err := n.Consumer().Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	agree(t, n)
}

// TestKilledChainIsAReorg kills both chains, which come back some blocks
// shorter, and finds that a trip and a settlement work and the books agree.
func TestKilledChainIsAReorg(t *testing.T) {
	t.Parallel()
	n := up(t)
	page := func() {
		eventually(t, "a page through the tunnel", func() error {
			_, err := get(t, through(t, n), n.SiteURL("/"), 1<<10)
			return err
		})
	}
	page()
	for _, p := range n.Chains() {
		if err := p.Kill(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := p.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	page()
	if err := n.Consumer().Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	eventually(t, "a settlement", func() error {
		_, err := n.Run(t.Context(), "hub", "hub", "settle")
		return err
	})
	agree(t, n)
}
