package hub

import (
	"bufio"
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/journal"
)

func copyDir(t *testing.T, from, to string) {
	t.Helper()
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(from, e.Name()))
		if err == nil {
			err = os.WriteFile(filepath.Join(to, e.Name()), b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// lazyDisk does not wait for the disk: this test cuts files itself.
type lazyDisk struct{ journal.Disk }

type lazyFile struct{ journal.File }

func (lazyFile) Sync() error { return nil }

func (d lazyDisk) Create(name string) (journal.File, error) {
	f, err := d.Disk.Create(name)
	return lazyFile{f}, err
}

func (d lazyDisk) Append(name string) (journal.File, error) {
	f, err := d.Disk.Append(name)
	return lazyFile{f}, err
}

func (lazyDisk) SyncDir(string) error { return nil }

// TestCrashAtEveryByteOfTheJournal cuts the journal of a short life at every
// byte, as a crash may, and goes on from there: the provider hands in everything
// again, answers that were given before stay the same as far as they are
// remembered, and the books end up the same.
func TestCrashAtEveryByteOfTheJournal(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, q := w.provider("p"), w.provider("q")
	c, d := w.consumer("c", "5"), w.consumer("d", "5")
	twice := c.order(p, 1, "0.1")
	type step struct {
		p     *provider
		batch []byte
	}
	steps := []step{
		{p, p.batch(1, nil, twice, d.order(p, 1, "0.2"))},
		{q, q.batch(1, nil, c.order(q, 1, "0.3"))},
		{p, p.batch(2, []uint64{1}, c.order(p, 2, "0.05"))},
		{q, q.batch(0, []uint64{1})},
		{p, p.batch(0, []uint64{2})},
	}
	var given [][]byte
	size := []int64{}
	name := filepath.Join(w.cfg.Dir, fmt.Sprintf("%020d.log", 1))
	for _, s := range steps {
		status, answer := w.raw("/v1/pay", s.batch)
		if status != 200 {
			t.Fatalf("status %d", status)
		}
		given = append(given, answer)
		size = append(size, int64(len(written(t, name))))
	}
	want := w.hub.Totals()
	w.halt()
	whole := written(t, name)
	stride := 1
	if testing.Short() {
		stride = 37
	}
	for cut := int(size[0]) - 200; cut <= len(whole); cut += stride {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)), whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		cfg := w.cfg
		cfg.Dir, cfg.FS, cfg.Log = dir, lazyDisk{}, nil
		h, err := Open(cfg)
		if err != nil {
			t.Fatalf("cut at %d of %d: %v", cut, len(whole), err)
		}
		for _, x := range h.watches {
			if err := x.read(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		for i, s := range steps {
			a, err := h.Pay(s.batch)
			if wherry.CodeOf(err) == wherry.NotFound { // a stranger still
				if _, err := h.Bind(channel.Bind(s.p.key, s.p.payee, w.b.Params().Domain(), 1).Request()); err != nil {
					t.Fatal(err)
				}
				a, err = h.Pay(s.batch)
			}
			if int64(cut) < size[i] && err != nil || err == nil && len(a.Refused) > 0 {
				t.Fatalf("cut at %d: batch %d again: %+v, %v", cut, i, a, err)
			}
			if err == nil && !bytes.Equal(encode(t, a), given[i]) && int64(cut) >= size[i] {
				t.Fatalf("cut at %d: answer %d was acknowledged, and has changed", cut, i)
			}
		}
		got := h.Totals()
		if got.Spent != want.Spent || got.Earned != want.Earned || got.Fee != want.Fee || !got.Pending.IsZero() {
			t.Fatalf("cut at %d: %+v, want %+v", cut, got, want)
		}
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
}

// written returns a segment without what was allocated and not written yet.
func written(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.TrimRight(b, "\x00")
}

func encode(t *testing.T, v any) []byte {
	t.Helper()
	b, err := codec.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const childEnv = "WHERRY_TEST_HUB_CHILD"

// TestMain turns this binary into a hub that can be killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		runChild(dir)
		return
	}
	os.Exit(m.Run())
}

// TestKilledHubLosesNothingThatItSaid kills a hub process with SIGKILL while it
// is paid, again and again, and holds the books against what was answered.
func TestKilledHubLosesNothingThatItSaid(t *testing.T) {
	dir := t.TempDir()
	rounds := 8
	if testing.Short() {
		rounds = 2
	}
	answered := map[string]string{} // batch to answer, in hex
	var highest uint64
	for round := range rounds {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), childEnv+"="+dir, fmt.Sprintf("WHERRY_TEST_HUB_FROM=%d", highest+1))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := 0
		kill := 5 + round*13
		for s := bufio.NewScanner(out); s.Scan(); {
			f := strings.Fields(s.Text())
			if len(f) != 4 || f[0] != "answer" {
				t.Fatalf("child: %s", s.Text())
			}
			if before, ok := answered[f[2]]; ok && before != f[3] {
				t.Fatalf("round %d: the answer to tick %s has changed", round, f[1])
			}
			answered[f[2]] = f[3]
			var n uint64
			if _, err := fmt.Sscan(f[1], &n); err != nil {
				t.Fatal(err)
			}
			highest = max(highest, n)
			if lines++; lines == kill {
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		_ = cmd.Wait() // killed
	}
	if highest < 2 {
		t.Fatal("the child was never paid")
	}
	w := childWorld(t, dir)
	w.start()
	defer w.halt()
	// Every tick that was answered but the last is revealed, since the next
	// batch showed its preimage.
	got := w.hub.Totals()
	least := tokens("0.001")
	sum := wherry.Amount{}
	for range highest - 1 {
		sum, _ = sum.Add(least)
	}
	all, _ := got.Spent.Add(got.Pending)
	if got.Spent.Less(sum) {
		t.Fatalf("%d ticks were acknowledged, only %s is spent", highest-1, got.Spent)
	}
	if most, _ := sum.Add(tokens("0.002")); most.Less(all) {
		t.Fatalf("spent and pending %s for %d ticks: something counts twice", all, highest)
	}
	if len(answered) < rounds*5 {
		t.Fatalf("only %d answers", len(answered))
	}
}

// childWorld is a world whose chains are the same each time.
func childWorld(t testing.TB, dir string) *world {
	w := newWorld(t, 0, func(c *Config) { c.Dir = dir })
	w.consumer("c", "900")
	w.provider("p")
	w.halt()
	return w
}

// runChild pays tick after tick and prints what the hub answered.
func runChild(dir string) {
	var from uint64
	_, _ = fmt.Sscan(os.Getenv("WHERRY_TEST_HUB_FROM"), &from)
	testing.Init()
	t := &childT{}
	w := t.world(dir)
	p := &provider{w: w, key: testKey("p"), payee: testKey("payee of p")}
	c := &consumer{w: w, key: testKey("c")}
	order := func(tick uint64) channel.SignedPromise {
		c.seq = tick - 1
		c.total, _ = tokens("0.001").MulDiv(tick-1, 1)
		return c.order(p, tick, "0.001")
	}
	batch := func(tick uint64) []byte {
		if tick == 1 {
			return p.batch(1, nil, order(1))
		}
		return p.batch(tick, []uint64{tick - 1}, order(tick))
	}
	for tick := max(from, 2) - 1; tick < 100_000; tick++ { // the last one once more
		b := batch(tick)
		status, answer := w.raw("/v1/pay", b)
		if status != 200 {
			fmt.Println("error", status, string(answer))
			os.Exit(1)
		}
		fmt.Println("answer", tick, hex.EncodeToString(b), hex.EncodeToString(answer))
	}
}

// world opens the child's hub: on disk, or on servers.
func (t *childT) world(dir string) *world {
	url := os.Getenv(journalEnv)
	if url == "" {
		w := childWorld(t, dir)
		w.start()
		w.provider("p")
		return w
	}
	w := newWorld(t, 0, func(c *Config) { c.Dir, c.Journal = "none", onStream(t, url, 3).Opener(context.Background()) })
	w.consumer("c", "900")
	w.provider("p")
	return w
}

// childT is a testing.TB without a test around it.
type childT struct{ testing.TB }

func (*childT) Helper()           {}
func (*childT) Cleanup(func())    {}
func (*childT) Failed() bool      { return false }
func (*childT) TempDir() string   { panic("the child is given its directory") }
func (*childT) Log(...any)        {}
func (*childT) Error(args ...any) { fmt.Println(append([]any{"error"}, args...)...) }
func (t *childT) Fatal(args ...any) {
	t.Error(args...)
	os.Exit(1)
}

func (t *childT) Errorf(format string, args ...any) { t.Error(fmt.Sprintf(format, args...)) }
func (t *childT) Fatalf(format string, args ...any) { t.Fatal(fmt.Sprintf(format, args...)) }
