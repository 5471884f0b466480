package stream

import (
	"testing"
	"testing/synctest"
	"time"
)

// election is how long the servers may be without a leader: theirs is between
// four and nine seconds after the last word of the one before.
const election = 9 * time.Second

// electing plays a writer and a follower with the silence of the product, loses
// the leader and, unless it stays, the writer at one instant, and returns how long
// after that the follower has its turn: zero when it has none for a minute.
func electing(t *testing.T, stays bool) (took time.Duration) {
	synctest.Test(t, func(t *testing.T) {
		cfg, c := fakeConfig(t), calm()
		cfg.Silence, cfg.Patience = 4*time.Second, 20*time.Second
		a := mustOpenFake(t, cfg, c.node(cfg), false)
		if err := write(a, "a"); err != nil {
			t.Fatal(err)
		}
		got := make(chan *Log, 1)
		go func() {
			l, _, err := open(t.Context(), cfg, c.node(cfg), true, nothing, nothing)
			if err != nil {
				t.Error(err)
			}
			got <- l
		}()
		time.Sleep(time.Minute)
		began := time.Now()
		c.mu.Lock()
		c.down = began.Add(election)
		c.mu.Unlock()
		if !stays {
			a.abandon()
			b := <-got
			took = time.Since(began)
			if err := b.Close(); err != nil {
				t.Error(err)
			}
			return
		}
		if err := write(a, "b"); err != nil {
			t.Errorf("the writer does not outlive its leader: %v", err)
		}
		time.Sleep(time.Minute)
		select {
		case <-got:
			took = time.Since(began)
			t.Error("a writer that is there was replaced")
		default:
			if err := a.Close(); err != nil {
				t.Error(err)
			}
			b := <-got
			if err := b.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	return took
}

// The machine with the hub that serves and with the leader is gone: the other hub
// has its turn as soon as there is a leader, in time of its own for less than ten
// seconds in all.
func TestLeaderAndWriterDieTogether(t *testing.T) {
	if took := electing(t, false); took < election || took > election+500*time.Millisecond {
		t.Errorf("the follower has its turn %s after both died, and the servers elect for %s", took, election)
	}
}

// A writer that is there, and cannot store anything for as long as an election
// may take, keeps its turn: it calls, and that is heard.
func TestElectionKeepsTheTurn(t *testing.T) { electing(t, true) }
