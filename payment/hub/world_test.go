package hub

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/hub/client"
)

// world is two chains in memory, a hub on both, and whoever deals with it.
type world struct {
	t      testing.TB
	a, b   *chaintest.Chain
	key    *identity.Key
	cfg    Config
	hub    *Hub
	server *httptest.Server
	client client.Client
	stop   func()
	logs   *logBuffer
}

type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func testKey(name string) *identity.Key {
	s := sha256.Sum256([]byte("test key " + name))
	k, err := identity.KeyFromBytes(s[:])
	if err != nil {
		panic(err)
	}
	return k
}

func tokens(s string) wherry.Amount { return wherry.MustAmount(s) }

// newWorld makes the chains and opens the hub on them. change may alter the
// hub's configuration.
func newWorld(t testing.TB, depth uint64, change func(*Config)) *world {
	w := &world{
		t: t, key: testKey("hub"), logs: &logBuffer{},
		a: chaintest.New(chaintest.Config{ChainID: 11, Depth: depth}),
		b: chaintest.New(chaintest.Config{ChainID: 22, Depth: depth}),
	}
	w.cfg = Config{
		Key: w.key, Chains: []chain.Chain{w.a, w.b}, Poll: 3 * time.Millisecond,
		Terms: Terms{FeePPM: 10_000},
		Log:   slog.New(slog.NewTextHandler(w.logs, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	if change != nil {
		change(&w.cfg)
	}
	if w.cfg.Dir == "" {
		w.cfg.Dir = t.TempDir()
	}
	for _, c := range []*chaintest.Chain{w.a, w.b} {
		w.openOn(c, "50")
	}
	w.start()
	t.Cleanup(func() {
		w.halt()
		if t.Failed() && testing.Verbose() {
			t.Log(w.logs.String())
		}
	})
	return w
}

func (w *world) openOn(c *chaintest.Chain, amount string) {
	owner := testKey("owner")
	c.Give(owner.Address(), tokens("1000000"))
	w.send(c, owner, chain.Approve{Amount: tokens("1000000")})
	w.send(c, owner, chain.OpenHub{
		Hub: w.key.Address(), Amount: tokens(amount),
		Signature: w.key.Sign(typed.Owner{Owner: owner.Address()}.Digest(c.Params().Domain())),
	})
	c.Mine(int(c.Params().Depth))
}

func (w *world) send(c *chaintest.Chain, key *identity.Key, call chain.Call) {
	w.t.Helper()
	if _, err := c.Send(context.Background(), key, call, nil); err != nil {
		w.t.Fatalf("%s: %v", call.Name(), err)
	}
}

// start opens and runs the hub, and serves it.
func (w *world) start() {
	w.t.Helper()
	h, err := Open(w.cfg)
	if err != nil {
		w.t.Fatalf("open the hub: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- h.Run(ctx) }()
	w.hub = h
	w.server = httptest.NewServer(h.Handler())
	w.client = client.Client{URL: w.server.URL, Hub: w.key.Address()}
	w.stop = func() {
		w.server.Close()
		cancel()
		if err := <-done; err != nil {
			w.t.Errorf("run: %v", err)
		}
		_ = h.Close() // a broken journal says so again
	}
	w.until("the hub has read its chains", func() bool {
		h.mu.Lock()
		defer h.mu.Unlock()
		return len(h.heard) == len(w.cfg.Chains) || h.broken != nil
	})
}

func (w *world) halt() {
	if w.stop != nil {
		w.stop()
		w.stop = nil
	}
}

func (w *world) restart() {
	w.t.Helper()
	w.halt()
	w.start()
}

// until waits for a condition, and mines so that time goes on.
func (w *world) until(what string, ok func() bool) {
	w.t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for !ok() {
		if time.Now().After(deadline) {
			w.t.Fatalf("it never happens that %s; the hub says:\n%s", what, w.logs.String())
		}
		if w.a.Params().Depth > 0 {
			w.a.Mine(1)
			w.b.Mine(1)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// consumer is somebody with a deposit.
type consumer struct {
	w     *world
	key   *identity.Key
	seq   uint64
	total wherry.Amount
}

func (w *world) consumer(name, deposit string) *consumer {
	w.t.Helper()
	c := &consumer{w: w, key: testKey(name)}
	w.a.Give(c.key.Address(), tokens(deposit))
	w.send(w.a, c.key, chain.Approve{Amount: tokens(deposit)})
	w.send(w.a, c.key, chain.TopUp{Hub: w.key.Address(), Consumer: c.key.Address(), Amount: tokens(deposit)})
	w.a.Mine(int(w.a.Params().Depth))
	w.until("the deposit is known", func() bool { return w.account(c).Deposited == tokens(deposit) })
	return c
}

func (w *world) account(c *consumer) channel.Account {
	a, err := w.client.Account(context.Background(), c.key, w.chainA())
	if err != nil && wherry.CodeOf(err) != wherry.NotFound {
		w.t.Fatal(err)
	}
	return a
}

func (w *world) chainA() channel.Chain {
	return channel.Chain{ID: w.a.Params().ID, Contract: w.a.Params().Contract}
}

func (w *world) chainB() channel.Chain {
	return channel.Chain{ID: w.b.Params().ID, Contract: w.b.Params().Contract}
}

// provider is somebody who sells, paid to an account of its own.
type provider struct {
	w          *world
	key, payee *identity.Key
}

func (w *world) provider(name string) *provider {
	w.t.Helper()
	p := &provider{w: w, key: testKey(name), payee: testKey("payee of " + name)}
	p.bind()
	return p
}

func (p *provider) bind() {
	p.w.t.Helper()
	if _, err := p.w.client.Bind(context.Background(), channel.Bind(p.key, p.payee, p.w.b.Params().Domain(), 1)); err != nil {
		p.w.t.Fatal(err)
	}
}

func (p *provider) secret(tick uint64) wherry.Hash {
	return wherry.Keccak256(p.key.Bytes(), []byte{byte(tick), byte(tick >> 8)})
}

func (p *provider) lock(tick uint64) wherry.Hash {
	s := p.secret(tick)
	return wherry.Keccak256(s[:])
}

// order signs the consumer's next promise for a tick of p.
func (c *consumer) order(p *provider, tick uint64, amount string) channel.SignedPromise {
	c.seq++
	c.total, _ = c.total.Add(tokens(amount))
	o := channel.SignedPromise{
		Consumer: c.key.Address(), A: c.w.a.Params().Domain(), Hub: c.w.key.Address(), Total: c.total, Hashlock: p.lock(tick),
		Order: typed.Order{
			Provider: p.key.Address(), ChainB: c.w.b.Params().ID, ContractB: c.w.b.Params().Contract,
			Amount: tokens(amount), Seq: c.seq, Session: wherry.SessionID{byte(c.seq), byte(c.seq >> 8)},
		},
	}
	o.Sig = c.key.Sign(o.Digest())
	return o
}

// batch makes the bytes of p's batch for a tick, which shows the preimages of
// others.
func (p *provider) batch(tick uint64, reveal []uint64, orders ...channel.SignedPromise) []byte {
	p.w.t.Helper()
	b := channel.Batch{
		Version: 1, Hub: p.w.key.Address(), Provider: p.key.Address(), ChainB: p.w.b.Params().ID,
		ContractB: p.w.b.Params().Contract, Tick: channel.TickID{Epoch: channel.Epoch{1}, Number: tick},
	}
	if len(orders) > 0 {
		b.Hashlock = p.lock(tick)
	}
	for _, r := range reveal {
		b.Reveals = append(b.Reveals, p.secret(r))
	}
	for _, o := range orders {
		b.Items = append(b.Items, o.Item())
	}
	b, err := b.Sign(p.key)
	if err != nil {
		p.w.t.Fatal(err)
	}
	raw, err := codec.Marshal(b)
	if err != nil {
		p.w.t.Fatal(err)
	}
	return raw
}

// pay hands in a batch, of which nothing may be refused, and checks the answer's
// signatures.
func (p *provider) pay(batch []byte) channel.Answer {
	p.w.t.Helper()
	a, err := p.w.client.Pay(context.Background(), batch)
	if wherry.CodeOf(err) == wherry.NotFound { // it was restarted before it had paid this provider
		p.bind()
		a, err = p.w.client.Pay(context.Background(), batch)
	}
	if err != nil {
		p.w.t.Fatal(err)
	}
	if len(a.Refused) > 0 {
		p.w.t.Fatalf("refused: %v", a.Refused)
	}
	p.check(a)
	return a
}

func (p *provider) check(a channel.Answer) {
	p.w.t.Helper()
	for _, o := range []channel.SignedPayout{a.Locked, a.Unlocked} {
		if !o.IsZero() {
			if err := o.Verify(p.w.key.Address(), p.w.b.Params().Domain()); err != nil {
				p.w.t.Fatal(err)
			}
		}
	}
	if err := a.VerifyRefusals(p.w.key.Address()); err != nil {
		p.w.t.Fatal(err)
	}
}

// raw posts bytes and returns status and body.
func (w *world) raw(path string, body []byte) (int, []byte) {
	w.t.Helper()
	resp, err := http.Post(w.server.URL+path, client.ContentType, bytes.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return resp.StatusCode, b
}

func (w *world) tokensOf(c *chaintest.Chain, who wherry.Address) wherry.Amount {
	w.t.Helper()
	a, err := c.Account(context.Background(), who, chain.Latest)
	if err != nil {
		w.t.Fatal(err)
	}
	return a.Tokens
}

// settle settles everything, while blocks go by.
func (w *world) settle() {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- w.hub.SettleNow(ctx) }()
	for {
		select {
		case err := <-done:
			if err != nil {
				w.t.Fatalf("settle: %v\n%s", err, w.logs.String())
			}
			return
		case <-time.After(3 * time.Millisecond):
			if w.a.Params().Depth > 0 {
				w.a.Mine(1)
				w.b.Mine(1)
			}
		}
	}
}
