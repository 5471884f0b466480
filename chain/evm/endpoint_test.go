package evm_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/evm"
	"github.com/wherrynet/wherry/identity"
)

// proxy passes JSON-RPC on to a dev chain, until it is told something else.
type proxy struct {
	*httptest.Server
	asked   atomic.Int64
	instead atomic.Pointer[http.HandlerFunc]
}

func newProxy(t *testing.T, target string) *proxy {
	t.Helper()
	u, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	pass := httputil.NewSingleHostReverseProxy(u)
	p := &proxy{}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.asked.Add(1)
		if f := p.instead.Load(); f != nil {
			(*f)(w, r)
			return
		}
		pass.ServeHTTP(w, r)
	}))
	t.Cleanup(p.Close)
	return p
}

func (p *proxy) answer(f http.HandlerFunc) { p.instead.Store(&f) }

func broken(w http.ResponseWriter, _ *http.Request) { http.Error(w, "broken", http.StatusBadGateway) }

func TestOpenSaysWhatIsWrong(t *testing.T) {
	w := open(t)
	somebody := wherry.MustAddress("0x00000000000000000000000000000000000a11ce")
	for name, c := range map[string]struct {
		change func(*evm.Config)
		want   string
	}{
		"no endpoint":    {func(c *evm.Config) { c.RPC = nil }, "no endpoint"},
		"no url":         {func(c *evm.Config) { c.RPC = []string{"localhost:8545"} }, "not a URL"},
		"no chain id":    {func(c *evm.Config) { c.ChainID = 0 }, "no chain id"},
		"no token":       {func(c *evm.Config) { c.Token = wherry.Address{} }, "no token"},
		"another chain":  {func(c *evm.Config) { c.ChainID = 5 }, "it is chain 31337"},
		"no contract":    {func(c *evm.Config) { c.Contract = somebody }, "there is no contract"},
		"not a Hubs":     {func(c *evm.Config) { c.Contract = c.Token }, "is not a Hubs"},
		"another token":  {func(c *evm.Config) { c.Token = somebody }, "token is"},
		"another delay":  {func(c *evm.Config) { c.Delay = time.Hour }, "delay is 168h"},
		"another top-up": {func(c *evm.Config) { c.MinTopUp = wherry.Base(1) }, "least top-up is 1,"},
	} {
		cfg := w.cfg
		c.change(&cfg)
		ch, err := evm.Open(t.Context(), cfg)
		if err == nil {
			ch.Close()
		}
		if wherry.CodeOf(err) != wherry.Invalid || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want it to say %q", name, err, c.want)
		}
	}
}

func TestOpenAsksForWhatIsNotGiven(t *testing.T) {
	w := open(t)
	cfg := w.cfg
	cfg.Delay, cfg.MinTopUp = 0, wherry.Amount{}
	if got, want := w.connect(cfg).Params(), w.c.Params(); got != want {
		t.Errorf("params are %+v, want %+v", got, want)
	}
}

func TestSecondEndpointAnswersForTheFirst(t *testing.T) {
	w := open(t)
	first, second := newProxy(t, w.dev.URL()), newProxy(t, w.dev.URL())
	cfg := w.cfg
	cfg.RPC = []string{first.URL, second.URL}
	c := w.connect(cfg)
	if _, err := c.Head(t.Context(), chain.Latest); err != nil {
		t.Fatal(err)
	}
	first.answer(broken)
	if _, err := c.Head(t.Context(), chain.Latest); err != nil {
		t.Fatal(err)
	}
	before := first.asked.Load()
	if _, err := c.Head(t.Context(), chain.Latest); err != nil {
		t.Fatal(err)
	}
	if first.asked.Load() != before {
		t.Error("the broken endpoint is not left alone")
	}
}

func TestEndpointOfAnotherChainIsNotUsed(t *testing.T) {
	w, other := open(t), open(t)
	good := newProxy(t, w.dev.URL())
	bad := newProxy(t, w.dev.URL())
	cfg := w.cfg
	cfg.RPC = []string{good.URL, bad.URL}
	c := w.connect(cfg)
	// The second endpoint is first used when the first breaks, and lies then.
	pass := httputil.NewSingleHostReverseProxy(must(url.Parse(other.dev.URL())))
	other.dev.Mine(50)
	bad.answer(func(rw http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		if strings.Contains(string(body), "eth_chainId") {
			rw.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(rw, `[`+strings.TrimSuffix(strings.Repeat(`{"jsonrpc":"2.0","id":0,"result":"0x5"},`, 6), ",")+`]`)
			return
		}
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		pass.ServeHTTP(rw, r)
	})
	good.answer(broken)
	if h, err := c.Head(t.Context(), chain.Latest); err == nil {
		t.Errorf("block %d of another chain is taken for ours", h.Number)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestSilentEndpointIsGivenUp(t *testing.T) {
	w := open(t)
	p := newProxy(t, w.dev.URL())
	cfg := w.cfg
	cfg.RPC, cfg.Timeout = []string{p.URL}, 50*time.Millisecond
	c := w.connect(cfg)
	gone := make(chan struct{})
	defer close(gone)
	p.answer(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		select {
		case <-r.Context().Done():
		case <-gone:
		}
	})
	_, err := c.Head(t.Context(), chain.Latest)
	if wherry.CodeOf(err) != wherry.Unreachable {
		t.Errorf("a silent endpoint: %v", err)
	}
	if strings.Contains(err.Error(), p.URL) {
		t.Errorf("the error shows the whole URL: %v", err)
	}
}

func TestEndlessAnswerIsCutOff(t *testing.T) {
	w := open(t)
	p := newProxy(t, w.dev.URL())
	cfg := w.cfg
	cfg.RPC = []string{p.URL}
	c := w.connect(cfg)
	var sent atomic.Int64
	p.answer(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(rw, `{"jsonrpc":"2.0","id":1,"result":"`)
		block := strings.Repeat("0", 1<<20)
		for r.Context().Err() == nil && sent.Load() < 200 {
			if _, err := io.WriteString(rw, block); err != nil {
				return
			}
			sent.Add(1)
		}
	})
	if _, err := c.Head(t.Context(), chain.Latest); wherry.CodeOf(err) != wherry.Unreachable {
		t.Errorf("an endless answer: %v", err)
	}
	if n := sent.Load(); n > 100 {
		t.Errorf("%d MiB were taken", n)
	}
}

func TestOpensWithoutTheWorld(t *testing.T) {
	w := open(t)
	p := newProxy(t, w.dev.URL())
	p.answer(broken)
	cfg := w.cfg
	cfg.RPC = []string{p.URL}
	c := w.connect(cfg)
	if got, want := c.Params(), w.c.Params(); got != want {
		t.Errorf("params are %+v, want %+v", got, want)
	}
	if _, err := c.Head(t.Context(), chain.Latest); wherry.CodeOf(err) != wherry.Unreachable {
		t.Errorf("head without the world: %v", err)
	}
	p.instead.Store(nil)
	if _, err := c.Head(t.Context(), chain.Latest); err != nil {
		t.Errorf("head once the world is back: %v", err)
	}

	cfg.Delay = 0 // then there is something to ask for
	p.answer(broken)
	if c, err := evm.Open(t.Context(), cfg); wherry.CodeOf(err) != wherry.Unreachable {
		t.Errorf("open without the world: %v, %v", c, err)
	}
}

// TestLostAnswerIsNotAFailure loses the endpoint's answer to the transaction.
func TestLostAnswerIsNotAFailure(t *testing.T) {
	w := open(t)
	p := newProxy(t, w.dev.URL())
	cfg := w.cfg
	cfg.RPC = []string{p.URL}
	c := w.connect(cfg)
	key := must(identity.Generate())
	w.Fund(key.Address(), wherry.Tokens(5))
	to := wherry.MustAddress("0x00000000000000000000000000000000000a11ce")
	pass := httputil.NewSingleHostReverseProxy(must(url.Parse(w.dev.URL())))
	p.answer(func(rw http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		var one struct{ Method string }
		if json.Unmarshal(body, &one) == nil && one.Method == "eth_sendRawTransaction" {
			pass.ServeHTTP(httptest.NewRecorder(), r)
			broken(rw, r)
			return
		}
		pass.ServeHTTP(rw, r)
	})
	var stored chain.Tx
	id, err := c.Send(t.Context(), key, chain.Transfer{To: to, Amount: wherry.Tokens(1)}, func(tx chain.Tx) error {
		stored = tx
		return nil
	})
	if wherry.CodeOf(err) != wherry.Unreachable || id != stored.ID {
		t.Fatalf("send: %s, %v; stored %s", id, err, stored.ID)
	}
	if _, err := chain.Await(t.Context(), c, stored.ID, chain.Mined, time.Millisecond); err != nil {
		t.Fatal(err)
	}
	p.instead.Store(nil)
	if err := c.Resend(t.Context(), stored); err != nil {
		t.Error(err)
	}
	acc, err := c.Account(t.Context(), to, chain.Latest)
	if err != nil || acc.Tokens != wherry.Tokens(1) {
		t.Errorf("%s arrived (%v), want 1", acc.Tokens, err)
	}
}

// TestNonceDoesNotTrustAnEndpointThatLags asks an endpoint that counts mined
// transactions alone.
func TestNonceDoesNotTrustAnEndpointThatLags(t *testing.T) {
	w := openWith(t, time.Second)
	p := newProxy(t, w.dev.URL())
	cfg := w.cfg
	cfg.RPC = []string{p.URL}
	c := w.connect(cfg)
	key := must(identity.Generate())
	w.Fund(key.Address(), wherry.Tokens(5))
	pass := httputil.NewSingleHostReverseProxy(must(url.Parse(w.dev.URL())))
	p.answer(func(rw http.ResponseWriter, r *http.Request) {
		body := string(must(io.ReadAll(r.Body)))
		body = strings.ReplaceAll(body, `"pending"`, `"latest" `) // of the same length
		r.Body = io.NopCloser(strings.NewReader(body))
		pass.ServeHTTP(rw, r)
	})
	to := must(identity.Generate()).Address()
	var last wherry.Hash
	for range 4 {
		id, err := c.Send(t.Context(), key, chain.Transfer{To: to, Amount: wherry.Tokens(1)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		last = id
	}
	w.await(last)
	if acc, err := c.Account(t.Context(), to, chain.Latest); err != nil || acc.Tokens != wherry.Tokens(4) {
		t.Errorf("%s arrived (%v), want 4", acc.Tokens, err)
	}
}

// TestRefusedInItsBlockIsNamed sends two withdrawals that both look right until
// the first is mined.
func TestRefusedInItsBlockIsNamed(t *testing.T) {
	w := openWith(t, time.Second)
	hub, owner := must(identity.Generate()), must(identity.Generate())
	w.Fund(owner.Address(), wherry.Tokens(100))
	w.do(owner, chain.Approve{Amount: wherry.Tokens(100)})
	w.do(owner, openHub(w, hub, owner, wherry.Tokens(100)))
	call := chain.Withdraw{Hub: hub.Address(), Amount: wherry.Tokens(60)}
	// Between two blocks there is a second; a block that falls between the two
	// calls has the second refused at once, and then it is tried again.
	for range 5 {
		ok, err := w.c.Send(t.Context(), owner, call, nil)
		if err != nil {
			t.Fatal(err)
		}
		bad, err := w.c.Send(t.Context(), owner, call, nil)
		if errors.Is(err, chain.InsufficientFunds) {
			w.await(ok)
			w.do(owner, chain.Approve{Amount: wherry.Tokens(60)})
			w.do(owner, chain.Fund{Hub: hub.Address(), Amount: wherry.Tokens(60)})
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		w.await(ok)
		st, err := chain.Await(t.Context(), w.c, bad, chain.Mined, 10*time.Millisecond)
		if !errors.Is(err, chain.InsufficientFunds) || wherry.CodeOf(err) != wherry.Conflict || !st.Reverted {
			t.Errorf("status %+v, %v", st, err)
		}
		w.Mine(2)
		if st, err := w.c.Status(t.Context(), bad); err != nil || st.State != chain.Failed || st.Cost.IsZero() {
			t.Errorf("final status %+v, %v", st, err)
		}
		return
	}
	t.Error("no two calls came into one block")
}
