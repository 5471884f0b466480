package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain lets the test's own program be the hub's process.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && (os.Args[1] == "serve" || os.Args[1] == "crypto") {
		main()
		return
	}
	os.Exit(m.Run())
}

// One turn of each journal: all that was signed is answered with two payouts that
// verify, and the table has a line for it.
func TestOneTurn(t *testing.T) {
	b := &benchmark{set: settings{rounds: 1, promises: 64 * providers}, dir: t.TempDir(), world: newWorld(), streams: map[string]*stream{}}
	res := &result{set: b.set}
	for _, kind := range []string{"file", "sqlite"} {
		if err := b.world.prepare(filepath.Join(b.dir, kind), kind, 0, 0, false); err != nil {
			t.Fatal(err)
		}
		r := &row{name: kind, kind: kind, size: 16}
		s, err := b.turn(t.Context(), r, kind, 0)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if s.all != 64*providers || s.hub <= 0 || s.rate() <= 0 {
			t.Fatalf("%s: %+v", kind, s)
		}
		r.slices = append(r.slices, s)
		res.rows = append(res.rows, r)
	}
	c, err := measureCrypto(t.Context(), "")
	if err != nil || c.Check <= 0 || c.Sign <= 0 {
		t.Fatalf("%+v, %v", c, err)
	}
	for _, r := range res.rows {
		r.slices[0].crypto = c
	}
	res.rows[0].name = "hub"
	var out strings.Builder
	if err := res.print(&out); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"| hub | 16 |", "| sqlite | 16 |", "| 50 µs"} {
		if strings.Count(out.String(), line) != 1 {
			t.Errorf("%q is not in\n%s", line, &out)
		}
	}
}

// A target on a machine that takes twice as long for a signature is half as high.
func TestTargetsFollowTheMachine(t *testing.T) {
	at := targets[16]
	if got := at.scaled(16, reference.perPromise(16)); got != at {
		t.Errorf("on the machine of reference: %+v, want %+v", got, at)
	}
	if got := at.scaled(16, 2*reference.perPromise(16)); got != (target{2 * at.cpu, at.rate / 2}) {
		t.Errorf("on one that is half as fast: %+v", got)
	}
}

// A book with a snapshot and a tail starts, and goes on; so does one in which each
// channel has an order open.
func TestLargeBookStarts(t *testing.T) {
	b := &benchmark{set: settings{rounds: 1, promises: 64 * providers}, dir: t.TempDir(), world: newWorld(), streams: map[string]*stream{}}
	for name, prepare := range map[string]func(dir string) error{
		"large": func(dir string) error { return b.world.prepare(dir, "file", providers*pool+3000, 1<<20, false) },
		"busy":  func(dir string) error { return b.world.prepare(dir, "file", providers*pool+3000, 0, true) },
	} {
		if err := prepare(filepath.Join(b.dir, name)); err != nil {
			t.Fatal(err)
		}
		l := &large{}
		l.big = row{kind: "file", size: 64}
		s, err := b.stream(&l.big)
		if err != nil {
			t.Fatal(err)
		}
		if err := b.largeTurn(t.Context(), l, name, s); err != nil || len(l.loaded) != 1 || l.loaded[0] <= 0 {
			t.Fatalf("%s: %+v, %v", name, l, err)
		}
	}
}
