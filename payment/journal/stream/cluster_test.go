package stream

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/journal"
	"github.com/wherrynet/wherry/payment/journal/stream/streamtest"
)

// state is what a log is opened into.
type state struct {
	mu       sync.Mutex // guards what follows
	snapshot []string
	records  []string
}

func (s *state) load(b []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.snapshot = append(s.snapshot, string(b))
	return nil
}

func (s *state) replay(b []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.records = append(s.records, string(b))
	return nil
}

func (s *state) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.records)
}

func mustOpen(t *testing.T, o journal.Opener) (*Log, *state) {
	t.Helper()
	s := &state{}
	l, _, err := o(s.load, s.replay)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l.(*Log), s
}

// follower opens a log in the background.
type follower struct {
	state
	log  chan *Log
	errs chan error
}

func follow(t *testing.T, cfg Config) *follower {
	f := &follower{log: make(chan *Log, 1), errs: make(chan error, 1)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		l, _, err := cfg.Follow(t.Context())(f.load, f.replay)
		if err != nil {
			f.errs <- err
			return
		}
		f.log <- l.(*Log)
	}()
	t.Cleanup(func() { <-done })
	return f
}

func (f *follower) wait(t *testing.T) *Log {
	t.Helper()
	select {
	case l := <-f.log:
		t.Cleanup(func() { _ = l.Close() })
		return l
	case err := <-f.errs:
		t.Fatalf("follow: %v", err)
	case <-time.After(time.Minute):
		t.Fatal("the follower never takes over")
	}
	return nil
}

func write(l *Log, record string) error {
	n, err := l.Append([]byte(record))
	if err == nil {
		err = l.Commit(n)
	}
	return err
}

// load writes from some goroutines until the log fails or stop is called, which
// returns what was acknowledged.
type load struct {
	mu    sync.Mutex // guards acked
	acked map[string]bool
	n     atomic.Int64
	end   atomic.Bool
	wg    sync.WaitGroup
}

func press(l *Log, name string) *load {
	p := &load{acked: map[string]bool{}}
	for w := range 4 {
		p.wg.Go(func() {
			for i := 0; !p.end.Load(); i++ {
				r := fmt.Sprintf("%s %d %d", name, w, i)
				if write(l, r) != nil {
					return
				}
				p.mu.Lock()
				p.acked[r] = true
				p.mu.Unlock()
				p.n.Add(1)
			}
		})
	}
	return p
}

func (p *load) stop() map[string]bool {
	p.end.Store(true)
	p.wg.Wait()
	return p.acked
}

// holds checks that each acknowledged record is there exactly once, and nothing
// twice.
func holds(t *testing.T, records []string, acked ...map[string]bool) {
	t.Helper()
	seen := map[string]bool{}
	for _, r := range records {
		if seen[r] {
			t.Errorf("%q is there twice", r)
		}
		seen[r] = true
	}
	for _, a := range acked {
		for r := range a {
			if !seen[r] {
				t.Errorf("%q was acknowledged, and is lost", r)
			}
		}
	}
}

// TestThreeServers takes one cluster through what may happen to it: starting
// three servers costs more than each of these.
func TestThreeServers(t *testing.T) {
	t.Parallel()
	c := streamtest.New(t, 3)
	t.Run("TakeoverUnderLoad", func(t *testing.T) { testTakeover(t, c) })
	t.Run("PausedWriterIsFenced", func(t *testing.T) { testPaused(t, c) })
	t.Run("LateFollower", func(t *testing.T) { testLateFollower(t, c) })
	t.Run("LeaderGone", func(t *testing.T) { testLeaderGone(t, c) })
	t.Run("QuorumLost", func(t *testing.T) { testQuorumLost(t, c) })
}

// testTakeover ends a writer without a word, under load: the follower goes on
// with all that was acknowledged.
func testTakeover(t *testing.T, c *streamtest.Cluster) {
	cfg := quick(t, c, "takeover", 3)
	a, _ := mustOpen(t, cfg.Opener(t.Context()))
	f := follow(t, cfg)
	p := press(a, "a")
	streamtest.Await(t, "the follower keeps up", func() bool { return f.count() > 200 })
	if _, _, err := cfg.Opener(t.Context())(f.load, f.replay); wherry.CodeOf(err) != wherry.Busy {
		t.Fatalf("a second writer: %v, want busy", err)
	}
	f.mu.Lock()
	f.records = nil // the one that was refused has read into it too
	f.mu.Unlock()
	before := p.n.Load()
	a.abandon()
	acked := p.stop()
	began := time.Now()
	b := f.wait(t)
	if d := time.Since(began); d > 10*time.Second {
		t.Errorf("taking over lasts %s", d)
	}
	q := press(b, "b")
	streamtest.Await(t, "the follower writes", func() bool { return q.n.Load() > 50 })
	more := q.stop()
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	_, s := mustOpen(t, cfg.Opener(t.Context()))
	holds(t, s.records, acked, more)
	if before == 0 || len(acked) < 200 {
		t.Errorf("only %d were acknowledged", len(acked))
	}
}

// testPaused holds a writer's connection until another has taken over. What it
// then sends is refused, and nobody is told that it was stored.
func testPaused(t *testing.T, c *streamtest.Cluster) {
	cfg := quick(t, c, "paused", 3)
	proxy := streamtest.NewProxy(t, c.Addr(0))
	slow := cfg
	slow.Servers, slow.Patience = []string{"nats://" + proxy.Addr()}, 30*time.Second
	a, _ := mustOpen(t, slow.Opener(t.Context()))
	if err := write(a, "before"); err != nil {
		t.Fatal(err)
	}
	f := follow(t, cfg)
	proxy.Hold(true)
	late := make(chan error, 1)
	go func() { late <- write(a, "late") }()
	b := f.wait(t)
	if err := write(b, "of the second"); err != nil {
		t.Fatal(err)
	}
	proxy.Hold(false)
	err := <-late
	if !errors.Is(err, errTaken) || wherry.CodeOf(err) != wherry.Busy {
		t.Fatalf("the paused writer is told %v", err)
	}
	<-a.Lost()
	if err := a.Commit(1); err == nil {
		t.Error("a writer that is fenced still vouches for what it knows")
	}
	if _, err := a.Append([]byte("more")); err == nil {
		t.Error("a writer that is fenced takes records")
	}
	if err := a.Snapshot(1, func(func([]byte) error) error { return nil }); err == nil {
		t.Error("a writer that is fenced takes snapshots")
	}
	if err := write(b, "and again"); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	_, s := mustOpen(t, cfg.Opener(t.Context()))
	if got := fmt.Sprint(s.records); got != "[before of the second and again]" {
		t.Errorf("the journal holds %s", got)
	}
}

// testLeaderGone stops the server that leads the stream, under load. The writer
// goes on, and nobody takes its place.
func testLeaderGone(t *testing.T, c *streamtest.Cluster) {
	cfg := quick(t, c, "leader", 3)
	cfg.Patience = 30 * time.Second
	a, _ := mustOpen(t, cfg.Opener(t.Context()))
	patient := cfg // one that is not would take over, which loses nothing either
	patient.Silence = 8 * time.Second
	f := follow(t, patient)
	p := press(a, "a")
	streamtest.Await(t, "it is written", func() bool { return p.n.Load() > 100 })
	i := c.Leader(cfg.Name)
	if i < 0 {
		t.Fatal("nobody leads")
	}
	c.Stop(i)
	at := p.n.Load()
	streamtest.Await(t, "the writer goes on", func() bool {
		if err := a.Err(); err != nil {
			t.Fatal(err)
		}
		return p.n.Load() > at+100
	})
	select {
	case <-f.log:
		t.Error("the follower has taken a living writer's place")
	default:
	}
	acked := p.stop()
	c.Start(i)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	f.wait(t)
	holds(t, f.records, acked)
}

// testQuorumLost stops two of three servers. Nothing is acknowledged any more,
// opening says why, and it all works again when they are back.
func testQuorumLost(t *testing.T, c *streamtest.Cluster) {
	cfg := quick(t, c, "quorum", 3)
	a, _ := reopen(t, cfg)
	p := press(a, "a")
	streamtest.Await(t, "it is written", func() bool { return p.n.Load() > 100 })
	c.Stop(1)
	c.Stop(2)
	<-a.Lost()
	acked := p.stop()
	if err := a.Err(); wherry.CodeOf(err) != wherry.Unreachable {
		t.Errorf("without most of the servers: %v", err)
	}
	nothing := func([]byte) error { return nil }
	if _, _, err := cfg.Opener(t.Context())(nothing, nothing); wherry.CodeOf(err) != wherry.Unreachable {
		t.Errorf("opening without most of the servers: %v", err)
	} else {
		t.Log(err)
	}
	c.Start(1)
	c.Start(2)
	_ = a.Close() // it says again that it is lost
	b, s := reopen(t, cfg)
	holds(t, s.records, acked)
	if err := write(b, "again"); err != nil {
		t.Fatal(err)
	}
}

// reopen opens a log as soon as the servers are there.
func reopen(t *testing.T, cfg Config) (*Log, *state) {
	t.Helper()
	var l journal.Log
	var s *state
	streamtest.Await(t, "it is opened", func() (ok bool) {
		s = &state{}
		var err error
		l, _, err = cfg.Opener(t.Context())(s.load, s.replay)
		return err == nil
	})
	t.Cleanup(func() { _ = l.Close() })
	return l.(*Log), s
}

// testLateFollower lets a writer take a snapshot and purge what it replaces while
// a follower hears nothing. The follower has to begin again, and then has all.
func testLateFollower(t *testing.T, c *streamtest.Cluster) {
	cfg := quick(t, c, "late", 3)
	proxy := streamtest.NewProxy(t, c.Addr(1))
	slow := cfg
	slow.Servers, slow.Patience = []string{"nats://" + proxy.Addr()}, 30*time.Second
	a, _ := mustOpen(t, cfg.Opener(t.Context()))
	for i := range 50 {
		if err := write(a, fmt.Sprint("early ", i)); err != nil {
			t.Fatal(err)
		}
	}
	f := follow(t, slow)
	streamtest.Await(t, "the follower has read what there is", func() bool { return f.count() == 50 })
	proxy.Hold(true)
	for i := range 50 {
		if err := write(a, fmt.Sprint("late ", i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Snapshot(80, func(put func([]byte) error) error { return put([]byte("eighty")) }); err != nil {
		t.Fatal(err)
	}
	// Places to begin at lie far apart; a snapshot of everything cuts everything.
	if err := a.Snapshot(100, func(put func([]byte) error) error { return put([]byte("a hundred")) }); err != nil {
		t.Fatal(err)
	}
	if n := a.SinceSnapshot(); n > 1000 {
		t.Errorf("%d bytes lie behind a snapshot of everything", n)
	}
	if err := write(a, "behind"); err != nil {
		t.Fatal(err)
	}
	proxy.Hold(false)
	if err := <-f.errs; wherry.CodeOf(err) != wherry.Busy {
		t.Fatalf("a follower whose next message is purged: %v, want busy", err)
	}
	again := follow(t, slow)
	streamtest.Await(t, "the follower is up to date", func() bool { return again.count() == 1 })
	a.abandon()
	b := again.wait(t)
	if got := fmt.Sprint(again.snapshot, again.records); got != "[a hundred] [behind]" || b.Last() != 101 {
		t.Errorf("the late follower has %s, and %d records", got, b.Last())
	}
}
