package hub

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/payment/hub/client"
	"github.com/wherrynet/wherry/payment/journal"
	"github.com/wherrynet/wherry/payment/journal/stream"
	"github.com/wherrynet/wherry/payment/journal/stream/streamtest"
)

const journalEnv = "WHERRY_TEST_HUB_JOURNAL"

// onStream returns the configuration of a hub's journal on servers.
func onStream(t testing.TB, url string, replicas int) stream.Config {
	t.Helper()
	c, err := stream.Parse(url)
	if err != nil {
		t.Fatal(err)
	}
	c.Owner, c.Replicas, c.Silence, c.Patience = testKey("hub").Address().String(), replicas, 800*time.Millisecond, 20*time.Second
	return c
}

// member is one process of a hub, within this one.
type member struct {
	s      *Standby
	server *httptest.Server
	stop   func()
}

func (w *world) member(c stream.Config, change func(*Config)) *member {
	w.t.Helper()
	cfg := w.cfg
	if change != nil {
		change(&cfg)
	}
	s, err := NewStandby(cfg, func(ctx context.Context) journal.Opener { return c.Follow(ctx) })
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	m := &member{s: s, server: httptest.NewServer(s.Handler())}
	m.stop = sync.OnceFunc(func() {
		m.server.Close()
		cancel()
		if err := <-done; err != nil {
			w.t.Errorf("run: %v", err)
		}
		_ = s.Close() // it may be broken
	})
	w.t.Cleanup(m.stop)
	return m
}

// ready reports whether a member serves, and has read its chains.
func (m *member) ready() bool {
	h, _ := m.s.Serving()
	return h != nil && Ready(h.Checks())
}

func (m *member) client(w *world) client.Client {
	return client.Client{URL: m.server.URL, Hub: w.key.Address()}
}

// TestStandbyTakesOver ends the member that serves under load and without a last
// word: the other one goes on with all that was answered, and gives the same
// answers.
func TestStandbyTakesOver(t *testing.T) {
	c := streamtest.New(t, 3)
	w := newWorld(t, 0, nil)
	w.halt() // its own journal is on disk
	proxy := streamtest.NewProxy(t, c.Addr(0))
	cfg := onStream(t, c.URL("hub"), 3)
	first := cfg
	first.Servers = []string{"nats://" + proxy.Addr()}
	sends := &countingChain{Chain: w.a}
	a := w.member(first, func(cfg *Config) { cfg.Chains = []chain.Chain{sends, w.b} })
	streamtest.Await(t, "the first serves", a.ready)
	b := w.member(cfg, nil)

	w.client = a.client(w)
	p := w.provider("p")
	con := w.consumer("c", "900")
	status, body := get(t, b.server.URL+"/v1/health")
	if status != http.StatusServiceUnavailable || !strings.Contains(body, "standby") {
		t.Fatalf("the standby says %d %s", status, body)
	}
	batches, answers := [][]byte{}, [][]byte{}
	pay := func(url string, batch []byte) bool {
		resp, err := http.Post(url+"/v1/pay", client.ContentType, bytes.NewReader(batch))
		if err != nil {
			return false
		}
		defer resp.Body.Close()
		answer, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != http.StatusOK {
			return false
		}
		batches, answers = append(batches, batch), append(answers, answer)
		return true
	}
	var tick uint64
	next := func() []byte {
		tick++
		var reveal []uint64
		if tick > 1 {
			reveal = []uint64{tick - 1}
		}
		return p.batch(tick, reveal, con.order(p, tick, "0.001"))
	}
	for range 60 {
		if !pay(a.server.URL, next()) {
			t.Fatalf("tick %d is not paid:\n%s", tick, w.logs.String())
		}
	}
	// The first hangs between two packets, as a machine that is stopped does.
	proxy.Hold(true)
	paused := time.Now()
	pending := next()
	late := make(chan error, 1)
	go func() {
		_, err := a.client(w).Pay(context.Background(), pending)
		late <- err
	}()
	streamtest.Await(t, "the second serves", b.ready)
	if d := time.Since(paused); d > 10*time.Second {
		t.Errorf("taking over lasts %s", d)
	}
	n := len(answers)
	for i := n - 3; i < n; i++ { // as far as answers are remembered
		status, again := post2(b.server.URL, batches[i])
		if status != http.StatusOK || !bytes.Equal(again, answers[i]) {
			t.Errorf("answer %d of the first is not the second's: status %d", i, status)
		}
	}
	if !pay(b.server.URL, pending) {
		t.Fatal("the batch that the first did not answer is not taken by the second")
	}
	for range 20 {
		if !pay(b.server.URL, next()) {
			t.Fatalf("tick %d is not paid by the second", tick)
		}
	}
	// The first comes back. It has sent nothing, and says nothing more.
	held := sends.n.Load()
	a.kick()
	proxy.Hold(false)
	// Unreachable is what makes a provider hand in the same batch again.
	if err := <-late; wherry.CodeOf(err) != wherry.Unreachable {
		t.Errorf("the first answers %v to what it could not store", err)
	}
	streamtest.Await(t, "the first stands by", func() bool { h, _ := a.s.Serving(); return h == nil })
	if status, _ := post2(a.server.URL, next()); status != http.StatusServiceUnavailable {
		t.Errorf("the first answers %d", status)
	}
	if sends.n.Load() != held {
		t.Error("a hub that is fenced has sent a transaction")
	}
	// And takes over again, when the second ends in order.
	b.stop()
	streamtest.Await(t, "the first serves again", a.ready)
	if !pay(a.server.URL, p.batch(0, []uint64{tick - 1})) {
		t.Fatal("the last tick is not revealed")
	}
	a.kick()
	streamtest.Await(t, "the first collects", func() bool { return sends.n.Load() > held })
	h, _ := a.s.Serving()
	got := h.Totals()
	if want := (tick - 1) * 1000; got.Spent.BaseString() != fmt.Sprint(want)+strings.Repeat("0", len(tokens("1").BaseString())-7) {
		t.Errorf("%s are spent after %d ticks of 0.001", got.Spent, tick-1)
	}
}

// kick makes a member look at its chains now, with everything due.
func (m *member) kick() {
	if h, _ := m.s.Serving(); h != nil {
		h.force(1)
		h.kick()
	}
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "application/json")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

func post2(url string, batch []byte) (int, []byte) {
	resp, err := http.Post(url+"/v1/pay", client.ContentType, bytes.NewReader(batch))
	if err != nil {
		return 0, nil
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, nil
	}
	return resp.StatusCode, b
}

// countingChain counts what leaves.
type countingChain struct {
	chain.Chain
	n atomic.Int64
}

func (c *countingChain) count(record func(chain.Tx) error) func(chain.Tx) error {
	return func(x chain.Tx) error {
		err := record(x)
		if err == nil {
			c.n.Add(1)
		}
		return err
	}
}

func (c *countingChain) Send(ctx context.Context, key *identity.Key, call chain.Call, record func(chain.Tx) error) (wherry.Hash, error) {
	return c.Chain.Send(ctx, key, call, c.count(record))
}

func (c *countingChain) SendBid(ctx context.Context, key *identity.Key, call chain.Call, bid chain.Bid, record func(chain.Tx) error) (wherry.Hash, error) {
	return c.Chain.SendBid(ctx, key, call, bid, c.count(record))
}

// TestKilledMemberIsReplaced kills, and stops, a hub process under load, while
// another one follows: all that it answered is in the other's book.
func TestKilledMemberIsReplaced(t *testing.T) {
	c := streamtest.New(t, 3)
	for _, how := range []syscall.Signal{syscall.SIGKILL, syscall.SIGSTOP} {
		t.Run(how.String(), func(t *testing.T) { testChild(t, c.URL("hub-"+fmt.Sprint(int(how))), how) })
	}
}

func testChild(t *testing.T, url string, how syscall.Signal) {
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"=none", journalEnv+"="+url)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	w := childWorld(t, t.TempDir()) // the same chains
	var b *member
	var answers, highest atomic.Int64
	refused := make(chan string, 1)
	begun := make(chan struct{})
	last := make(chan struct{})
	go func() {
		defer close(last)
		for s := bufio.NewScanner(out); s.Scan(); {
			f := strings.Fields(s.Text())
			if len(f) != 4 || f[0] != "answer" {
				refused <- s.Text()
				return
			}
			var n int64
			_, _ = fmt.Sscan(f[1], &n)
			highest.Store(max(highest.Load(), n))
			if answers.Add(1) == 10 {
				close(begun)
			}
		}
	}()
	<-begun
	b = w.member(onStream(t, url, 3), nil)
	at := answers.Load()
	streamtest.Await(t, "more is answered", func() bool { return answers.Load() > at+40 })
	if h, _ := b.s.Serving(); h != nil {
		t.Fatal("two serve")
	}
	if err := cmd.Process.Signal(how); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	streamtest.Await(t, "the other serves", b.ready)
	if d := time.Since(began); d > 10*time.Second {
		t.Errorf("taking over lasts %s", d)
	}
	if how == syscall.SIGSTOP {
		if err := cmd.Process.Signal(syscall.SIGCONT); err != nil {
			t.Fatal(err)
		}
		if s := <-refused; !strings.HasPrefix(s, "error 503") {
			t.Errorf("the process that was stopped says %s", s)
		}
	}
	<-last
	h, _ := b.s.Serving()
	got, sum := h.Totals(), wherry.Amount{}
	for range highest.Load() - 1 { // the last one is not revealed
		sum, _ = sum.Add(tokens("0.001"))
	}
	if got.Spent.Less(sum) {
		t.Errorf("%d ticks were acknowledged, only %s is spent", highest.Load()-1, got.Spent)
	}
	all, _ := got.Spent.Add(got.Pending)
	if most, _ := sum.Add(tokens("0.002")); most.Less(all) {
		t.Errorf("spent and pending %s for %d ticks: something counts twice", all, highest.Load())
	}
}
