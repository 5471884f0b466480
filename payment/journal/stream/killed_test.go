package stream

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry/payment/journal/stream/streamtest"
)

func TestMain(m *testing.M) {
	streamtest.Main()
	os.Exit(m.Run())
}

// leads returns which server leads the stream, as any of them knows.
func leads(t *testing.T, l *Log) int {
	t.Helper()
	i := -1
	streamtest.Await(t, "somebody leads the stream", func() bool {
		s, err := l.s.(*conn).js.Stream(t.Context(), l.cfg.Name)
		if err != nil || s.CachedInfo().Cluster == nil {
			return false
		}
		n, err := strconv.Atoi(strings.TrimPrefix(s.CachedInfo().Cluster.Leader, "s"))
		i = n
		return err == nil
	})
	return i
}

// TestKilledServersLoseNothing kills servers with SIGKILL under load: the leader,
// the leader at the same instant as the writer, and all three at once. Nothing
// that was acknowledged is lost, and nothing is there twice.
func TestKilledServersLoseNothing(t *testing.T) {
	t.Parallel()
	c := streamtest.NewProcesses(t, 3)
	cfg, err := Parse(c.URL("killed"))
	if err != nil {
		t.Fatal(err)
	}
	cfg.Owner = "0xhub" // and the times of the product
	a, _ := reopen(t, cfg)
	f := follow(t, cfg)
	p := press(a, "a")
	more := func(p *load, why string) {
		at := p.n.Load()
		streamtest.Await(t, why, func() bool { return p.n.Load() > at+100 })
	}
	more(p, "it is written")

	i := leads(t, a)
	c.Kill(i)
	more(p, "the writer outlives its leader")
	select {
	case <-f.log:
		t.Fatal("the follower has taken a living writer's place")
	default:
	}
	c.Start(i)
	more(p, "it is written with three again")

	i = leads(t, a)
	streamtest.Await(t, "the third has caught up", func() bool {
		s, err := a.s.(*conn).js.Stream(t.Context(), cfg.Name)
		if err != nil {
			return false
		}
		current := 0
		for _, r := range s.CachedInfo().Cluster.Replicas {
			if r.Current {
				current++
			}
		}
		return current == 2
	})
	c.Kill(i)
	a.abandon()
	began := time.Now()
	acked := p.stop()
	b := f.wait(t)
	t.Logf("leader and writer are killed at once: the follower has its turn after %s", time.Since(began).Round(time.Millisecond))
	q := press(b, "b")
	more(q, "the follower writes")
	c.Start(i)
	for i := range 3 {
		c.Kill(i)
	}
	b.abandon()
	alsoAcked := q.stop()
	for i := range 3 {
		c.Start(i)
	}
	l, s := reopen(t, cfg)
	holds(t, s.records, acked, alsoAcked)
	if err := write(l, "again"); err != nil {
		t.Error(err)
	}
}
