package stream

import (
	"fmt"
	"testing"
	"time"

	"github.com/wherrynet/wherry/payment/journal"
	"github.com/wherrynet/wherry/payment/journal/journaltest"
	"github.com/wherrynet/wherry/payment/journal/stream/streamtest"
)

// quick is a configuration for tests on this machine.
func quick(tb testing.TB, c *streamtest.Cluster, name string, replicas int) Config {
	tb.Helper()
	cfg, err := Parse(c.URL(name))
	if err != nil {
		tb.Fatal(err)
	}
	cfg.Owner, cfg.Replicas, cfg.Silence, cfg.Patience = "0xhub", replicas, 400*time.Millisecond, 3*time.Second
	return cfg
}

// abandon ends a log as SIGKILL would.
func (l *Log) abandon() {
	l.cancel()
	<-l.done
	l.s.close()
}

// TestJournal holds one server to what every journal promises. Break is left
// out: what happens when servers are gone is tested with three of them.
func TestJournal(t *testing.T) {
	t.Parallel()
	c := streamtest.New(t, 1)
	n := 0
	journaltest.Run(t, func(t *testing.T) journaltest.Place {
		n++
		cfg := quick(t, c, fmt.Sprintf("conformance%d", n), 1)
		var newest *Log
		return journaltest.Place{
			Open: func(load, replay func([]byte) error) (journal.Log, journal.Recovery, error) {
				l, rec, err := cfg.Opener(t.Context())(load, replay)
				if err == nil {
					newest = l.(*Log)
				}
				return l, rec, err
			},
			Crash: func() { newest.abandon() },
		}
	})
}
