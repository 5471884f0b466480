package stream

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry"
)

func fakeConfig(t *testing.T) Config {
	t.Helper()
	c := Config{Servers: []string{"nats://x:1"}, Name: "x", Owner: "o", Silence: time.Second, Patience: 5 * time.Second}
	if err := c.defaults(); err != nil {
		t.Fatal(err)
	}
	return c
}

func nothing([]byte) error { return nil }

// calm is a cloud without faults.
func calm() *cloud {
	c := newCloud(1)
	c.faults = false
	return c
}

func mustOpenFake(t *testing.T, cfg Config, n *node, wait bool) *Log {
	t.Helper()
	l, _, err := open(t.Context(), cfg, n, wait, nothing, nothing)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestOldKnowledgeIsNotVouchedFor pauses a writer until another has its place.
// What it knows to be durable may be outdated then: asked for it, it asks the
// servers before it says yes.
func TestOldKnowledgeIsNotVouchedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg, c := fakeConfig(t), calm()
		n := c.node(cfg)
		a := mustOpenFake(t, cfg, n, false)
		if err := write(a, "a"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		if err := a.Commit(1); err != nil {
			t.Fatalf("with the servers at hand: %v", err)
		}
		n.gate <- struct{}{}
		b := mustOpenFake(t, cfg, c.node(cfg), true)
		if err := write(b, "b"); err != nil {
			t.Fatal(err)
		}
		told := make(chan error, 1)
		go func() { told <- a.Commit(1) }()
		time.Sleep(time.Second)
		select {
		case err := <-told:
			t.Fatalf("a writer without a turn says %v of what it knows", err)
		default:
		}
		<-n.gate
		if err := <-told; wherry.CodeOf(err) != wherry.Busy {
			t.Errorf("a writer without a turn says %v of what it knows", err)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		_ = a.Close() // it is fenced
	})
}

// TestBeatsKeepTheTurn: a writer that has nothing to say keeps its turn, and one
// that has ended with a last word is followed at once.
func TestBeatsKeepTheTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg, c := fakeConfig(t), calm()
		a := mustOpenFake(t, cfg, c.node(cfg), false)
		got := make(chan *Log, 1)
		go func() {
			l, _, err := open(t.Context(), cfg, c.node(cfg), true, nothing, nothing)
			if err != nil {
				t.Error(err)
			}
			got <- l
		}()
		time.Sleep(time.Hour)
		select {
		case <-got:
			t.Fatal("a writer that is there was replaced")
		default:
		}
		if _, _, err := open(t.Context(), cfg, c.node(cfg), false, nothing, nothing); wherry.CodeOf(err) != wherry.Busy {
			t.Errorf("a second writer: %v, want busy", err)
		}
		ended := time.Now()
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		b := <-got
		if d := time.Since(ended); d > cfg.Silence/2 {
			t.Errorf("following a writer that has ended lasts %s", d)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

// TestLateCopyFindsItsPlaceTaken sends the old writer's message after the new
// one's, as a network may.
func TestLateCopyFindsItsPlaceTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg, c := fakeConfig(t), calm()
		a := mustOpenFake(t, cfg, c.node(cfg), false)
		if err := write(a, "a"); err != nil {
			t.Fatal(err)
		}
		late := a.t.follow(kindRecords, appendRecord(nil, []byte("late")))
		a.abandon()
		b := mustOpenFake(t, cfg, c.node(cfg), true)
		if _, err := c.node(cfg).publish(t.Context(), cfg.logSubject(), late.encode(), late.place); err == nil {
			t.Fatal("the late copy is taken")
		}
		if err := write(b, "b"); err != nil {
			t.Fatal(err)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		if all, err := c.all(cfg); err != nil || strings.Join(all, " ") != "a b" {
			t.Errorf("the journal holds %q, %v", all, err)
		}
	})
}

// TestServersThatForget: a stream that has lost what it had acknowledged is
// damage, and not a reason to go on.
func TestServersThatForget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg, c := fakeConfig(t), calm()
		a := mustOpenFake(t, cfg, c.node(cfg), false)
		for _, r := range []string{"a", "b", "c"} {
			if err := write(a, r); err != nil {
				t.Fatal(err)
			}
		}
		c.mu.Lock()
		c.log = c.log[:2]
		c.mu.Unlock()
		err := write(a, "d")
		if d, ok := errors.AsType[*Damage](err); !ok || wherry.CodeOf(err) != wherry.Internal {
			t.Errorf("a stream that forgets: %v (%v)", err, d)
		}
		_ = a.Close() // it says so again
	})
}

// TestDamageIsNamed changes one message of a journal after the other, in every
// way that a checksum, a place and a number can be wrong, and opens it.
func TestDamageIsNamed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg, c := fakeConfig(t), calm()
		a := mustOpenFake(t, cfg, c.node(cfg), false)
		for _, r := range []string{"a", "b", "c", "d"} {
			if err := write(a, r); err != nil {
				t.Fatal(err)
			}
		}
		a.abandon()
		whole := c.log
		const at = 2 // the message of b
		remake := func(change func(*message)) []byte {
			m, _, err := decode(whole[at].data)
			if err != nil {
				t.Fatal(err)
			}
			change(&m)
			return m.encode()
		}
		for name, data := range map[string][]byte{
			"a bit":           flip(whole[at].data, len(whole[at].data)-1),
			"nothing":         {},
			"the head":        flip(whole[at].data, 1),
			"another place":   remake(func(m *message) { m.place++ }),
			"a fork":          remake(func(m *message) { m.prev++ }),
			"another number":  remake(func(m *message) { m.first++ }),
			"another epoch":   remake(func(m *message) { m.epoch++ }),
			"another writer":  remake(func(m *message) { m.writer[0]++ }),
			"another kind":    remake(func(m *message) { m.kind = kindBeat }),
			"another owner's": remake(func(m *message) { m.kind, m.epoch, m.writer, m.body = kindOpen, m.epoch+1, writerID{1}, []byte("p") }),
			"a half record":   remake(func(m *message) { m.body = []byte{9, 1} }),
			"the one before":  whole[at-1].data,
		} {
			c.log = append([]stored(nil), whole...)
			c.log[at].data = data
			_, _, err := open(t.Context(), cfg, c.node(cfg), false, nothing, nothing)
			d, ok := errors.AsType[*Damage](err)
			where := uint64(at + 1)
			if name == "another kind" { // a beat is as good: what follows does not fit
				where++
			}
			if !ok || wherry.CodeOf(err) != wherry.Internal || d.Stream != "x" || d.Sequence != where {
				t.Errorf("%s: %v", name, err)
			}
		}
		c.log = append(append([]stored(nil), whole[:at]...), whole[at+1:]...)
		if _, _, err := open(t.Context(), cfg, c.node(cfg), false, nothing, nothing); err == nil {
			t.Error("a missing message is not noticed")
		}
	})
}

func flip(b []byte, i int) []byte {
	b = bytes.Clone(b)
	b[i] ^= 4
	return b
}

// TestSnapshotDamage changes a snapshot's chunks, and opens the journal.
func TestSnapshotDamage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg, c := fakeConfig(t), calm()
		a := mustOpenFake(t, cfg, c.node(cfg), false)
		if err := write(a, "a"); err != nil {
			t.Fatal(err)
		}
		save := func(put func([]byte) error) error {
			for range 40 {
				if err := put(bytes.Repeat([]byte("s"), 500)); err != nil {
					return err
				}
			}
			return nil
		}
		if err := a.Snapshot(1, save); err != nil {
			t.Fatal(err)
		}
		a.abandon()
		whole := c.chunks
		if len(whole) < 5 {
			t.Fatalf("only %d chunks", len(whole))
		}
		try := func(name string, chunks []fakeChunk) {
			t.Helper()
			c.chunks = chunks
			_, _, err := open(t.Context(), cfg, c.node(cfg), false, nothing, nothing)
			if _, ok := errors.AsType[*Damage](err); !ok {
				t.Errorf("%s: %v", name, err)
			}
		}
		bad := append([]fakeChunk(nil), whole...)
		bad[2].data = flip(bad[2].data, 100)
		try("a bit", bad)
		try("the last is missing", keep(whole, func(m message) bool { return m.place < 5 }))
		try("one is missing", keep(whole, func(m message) bool { return m.place != 3 }))
		try("all are missing", nil)
		// Chunks that fit each other, and are not those that the manifest means.
		m, _, err := decode(whole[0].data)
		if err != nil {
			t.Fatal(err)
		}
		other, sum := []fakeChunk(nil), uint32(0)
		for i, k := range whole {
			m.place, m.prev, m.body = uint64(i+1), sum, appendRecord(nil, []byte("other"))
			m.first = uint64(i + 1)
			k.data = m.encode()
			_, sum, _ = decode(k.data)
			other = append(other, k)
		}
		try("another snapshot", other)
		c.chunks = whole
		l := mustOpenFake(t, cfg, c.node(cfg), false)
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

func keep(chunks []fakeChunk, ok func(message) bool) []fakeChunk {
	var out []fakeChunk
	for _, k := range chunks {
		if m, _, err := decode(k.data); err == nil && ok(m) {
			out = append(out, k)
		}
	}
	return out
}

// FuzzMessage holds that no bytes of a server make a reader panic, and that what
// it takes is what was written.
func FuzzMessage(f *testing.F) {
	f.Add(start().open(writerID{1}, "o").encode())
	t1, err := tail{}.step(1, message{kind: kindOpen, place: 1, epoch: 1, writer: writerID{1}, body: []byte("o")}, 7, "o", func(uint64, []byte) error { return nil })
	if err != nil {
		f.Fatal(err)
	}
	f.Add(t1.follow(kindRecords, appendRecord(nil, []byte("r"))).encode())
	f.Add(t1.follow(kindSnapshot, manifest{upTo: 1, from: start()}.encode()).encode())
	f.Fuzz(func(t *testing.T, b []byte) {
		m, _, err := decode(b)
		if err != nil {
			return
		}
		if !bytes.Equal(m.encode(), b) {
			t.Fatal("not the same bytes again")
		}
		if man, err := decodeManifest(m.body); err == nil && !bytes.Equal(man.encode(), m.body) {
			t.Fatal("not the same manifest again")
		}
		_, _ = start().step(m.place, m, 0, "o", func(uint64, []byte) error { return nil })
	})
}

// TestParse reads addresses.
func TestParse(t *testing.T) {
	c, err := Parse("nats://a:1,b:2,[::1]:3/hub-1")
	if err != nil || c.Name != "hub-1" || strings.Join(c.Servers, " ") != "nats://a:1 nats://b:2 nats://[::1]:3" {
		t.Errorf("%+v, %v", c, err)
	}
	c, err = Parse("tls://h%40me:p%2fw@a:1,b:2/hub?ca=/etc/nats%20ca.pem")
	if err != nil || c.User != "h@me" || c.Password != "p/w" || c.CA != "/etc/nats ca.pem" || strings.Join(c.Servers, " ") != "tls://a:1 tls://b:2" {
		t.Errorf("%+v, %v", c, err)
	}
	if a := c.Address(); a != "tls://a:1,b:2/hub" {
		t.Errorf("its address is shown as %s", a)
	}
	if _, err := Parse("nats://u:secret@a/h"); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("an error shows a password: %v", err)
	}
	for _, bad := range []string{"", "file:x", "nats://", "nats://a:1", "nats://a/hub", "nats://a:1/", "nats://a:1/h.b", "nats://u@a:1/h", "nats://a:1/h?creds=", "nats://a:1/h?key=k", "nats://u:p@a:1/h?creds=f", "nats://:p@a:1/h", "nats://a:1,/h", "nats://a:1/h/i", "http://a:1/h"} {
		if _, err := Parse(bad); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestAnotherHubsStream: a follower may wait for its own journal, and not for
// another's.
func TestAnotherHubsStream(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg, c := fakeConfig(t), calm()
		a := mustOpenFake(t, cfg, c.node(cfg), false)
		a.abandon()
		cfg.Owner = "p"
		if _, _, err := open(context.Background(), cfg, c.node(cfg), true, nothing, nothing); err == nil || !strings.Contains(err.Error(), `the journal of "o"`) {
			t.Errorf("another hub's journal: %v", err)
		}
	})
}

// TestOpeningDoesNotWaitForALeader loses the leader while somebody opens the log:
// who is not a follower is told.
func TestOpeningDoesNotWaitForALeader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg, c := fakeConfig(t), calm()
		a := mustOpenFake(t, cfg, c.node(cfg), false)
		if err := write(a, "a"); err != nil {
			t.Fatal(err)
		}
		a.abandon()
		time.AfterFunc(cfg.Silence/2, func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.down = time.Now().Add(time.Hour)
		})
		began := time.Now()
		_, _, err := open(t.Context(), cfg, c.node(cfg), false, nothing, nothing)
		if wherry.CodeOf(err) != wherry.Unreachable || time.Since(began) > time.Minute {
			t.Errorf("opening without a leader: %v after %s", err, time.Since(began))
		}
	})
}
