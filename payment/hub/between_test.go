package hub

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/journal"
)

// heldLog is a journal whose Commit waits while it is held, and fails when it is
// let go.
type heldLog struct {
	journal.Log
	held atomic.Bool
	free chan struct{}
}

func (l *heldLog) Commit(n uint64) error {
	if !l.held.Load() {
		return l.Log.Commit(n)
	}
	<-l.free
	return wherry.Errorf(wherry.Busy, "another process has taken over")
}

// A statement whose number another process may still give away is shown to nobody,
// whoever asks for it by that number.
func TestStatementIsShownToNobodyBeforeItIsDurable(t *testing.T) {
	l := &heldLog{free: make(chan struct{})}
	w := newWorld(t, 0, func(c *Config) {
		open := journal.Config{Dir: t.TempDir()}.Opener()
		c.Journal = func(load, replay func([]byte) error) (journal.Log, journal.Recovery, error) {
			var rec journal.Recovery
			var err error
			l.Log, rec, err = open(load, replay)
			return l, rec, err
		}
	})
	id := w.b.Params().ID
	l.held.Store(true)
	made, shown := make(chan error, 1), make(chan error, 1)
	go func() { _, err := w.hub.Solvency(t.Context(), id); made <- err }()
	w.until("a statement is in the book", func() bool {
		w.hub.mu.Lock()
		defer w.hub.mu.Unlock()
		_, err := w.hub.book.Stated(id, 1)
		return err == nil
	})
	go func() { _, err := w.hub.Statement(id, 1); shown <- err }()
	select {
	case err := <-shown:
		t.Errorf("the statement is shown before it is durable: %v", err)
		shown <- err
	case <-time.After(20 * time.Millisecond):
	}
	close(l.free)
	if err := <-made; err == nil {
		t.Error("a statement that is not durable is handed out")
	}
	if err := <-shown; err == nil {
		t.Error("a statement that is not durable is shown")
	}
}

// slowChain answers nothing about events while it is held.
type slowChain struct {
	chain.Chain
	held atomic.Bool
	free chan struct{}
}

func (c *slowChain) Head(ctx context.Context, at chain.At) (chain.Head, error) {
	if c.held.Load() && at == chain.Final {
		select {
		case <-c.free:
		case <-ctx.Done():
			return chain.Head{}, ctx.Err()
		}
	}
	return c.Chain.Head(ctx, at)
}

// Who asks for statements, which anybody may, does not keep out who pays.
func TestWaitingForStatementsKeepsNobodyOut(t *testing.T) {
	slow := &slowChain{free: make(chan struct{})}
	w := newWorld(t, 0, func(c *Config) {
		c.MaxRequests = 32
		slow.Chain = c.Chains[1]
		c.Chains[1] = slow
	})
	c, p := w.consumer("c", "5"), w.provider("p")
	slow.held.Store(true)
	ctx, cancel := context.WithCancel(t.Context())
	var g sync.WaitGroup
	for range 64 {
		g.Go(func() { _, _ = w.client.Solvency(ctx, w.b.Params().ID, 0) })
	}
	r, err := w.hub.report(w.b.Params().ID)
	if err != nil {
		t.Fatal(err)
	}
	w.until("as many wait as may", func() bool { return len(r.queue) == cap(r.queue) })
	_, err = w.client.Pay(t.Context(), p.batch(1, nil, c.order(p, 1, "0.1")))
	cancel()
	slow.held.Store(false)
	close(slow.free)
	g.Wait()
	if err != nil {
		t.Errorf("a provider is kept out by those who wait for statements: %v", err)
	}
}

// slowIns answers nothing about channels while it is held.
type slowIns struct {
	chain.Chain
	held atomic.Bool
	free chan struct{}
}

func (c *slowIns) In(ctx context.Context, hub, consumer wherry.Address, at chain.At) (chain.In, error) {
	if c.held.Load() {
		<-c.free
	}
	return c.Chain.In(ctx, hub, consumer, at)
}

// Who asks to leave makes the hub ask a chain: that does not keep out who pays.
func TestAskingToLeaveKeepsNobodyOut(t *testing.T) {
	slow := &slowIns{free: make(chan struct{})}
	w := newWorld(t, 0, func(c *Config) {
		c.MaxRequests = 32
		slow.Chain = c.Chains[0]
		c.Chains[0] = slow
	})
	c, p := w.consumer("c", "5"), w.provider("p")
	slow.held.Store(true)
	ctx, cancel := context.WithCancel(t.Context())
	var g sync.WaitGroup
	for range 64 {
		g.Go(func() { _, _ = w.client.Close(ctx, c.key, w.chainA()) })
	}
	w.until("as many ask as may", func() bool { return len(w.hub.asking) == cap(w.hub.asking) })
	_, err := w.client.Close(t.Context(), c.key, w.chainA())
	_, paid := w.client.Pay(t.Context(), p.batch(1, nil, c.order(p, 1, "0.1")))
	cancel()
	slow.held.Store(false)
	close(slow.free)
	g.Wait()
	if wherry.CodeOf(err) != wherry.Busy {
		t.Errorf("one more is asked for: %v", err)
	}
	if paid != nil {
		t.Errorf("a provider is kept out by those who want to leave: %v", paid)
	}
}

// Draining may begin while a batch is on its way: who drains relies on it that no
// order is accepted from then on.
func TestDrainingThatBeginsMeanwhileTakesNoOrder(t *testing.T) {
	w := newWorld(t, 0, nil)
	c, p := w.consumer("c", "5"), w.provider("p")
	body := p.batch(1, nil, c.order(p, 1, "0.1"))
	w.hub.mu.Lock() // the batch waits for the book, with the rules of before
	done := make(chan channel.Answer, 1)
	go func() { a, _ := w.hub.Pay(body); done <- a }()
	for w.hub.room.inSeats() == 0 {
		time.Sleep(time.Millisecond)
	}
	w.hub.mu.Unlock()
	w.hub.keys.parts[c.key.Address()[0]%keyParts].mu.Lock() // and for its signatures
	time.Sleep(20 * time.Millisecond)
	if err := w.hub.setDrain(true); err != nil {
		t.Fatal(err)
	}
	w.hub.keys.parts[c.key.Address()[0]%keyParts].mu.Unlock()
	if a := <-done; len(a.Refused) != 1 || a.Refused[0].Code != wherry.Refused {
		t.Errorf("an order was accepted after draining began: %+v", a)
	}
}

// inSeats returns how many providers have requests in hand.
func (r *room) inSeats() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.by)
}

// A journal may be an old copy, which the chain proves as soon as it is read: until
// then no statement is signed, whose number may have been given away.
func TestNoStatementBeforeTheChainIsRead(t *testing.T) {
	w := newWorld(t, 0, nil)
	w.halt()
	h, err := Open(w.cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if _, err := h.Solvency(t.Context(), w.b.Params().ID); wherry.CodeOf(err) != wherry.Unreachable {
		t.Errorf("a statement out of a book that no chain was held against: %v", err)
	}
}

// The same goes for an order that it has never seen: another copy may have accepted it, and
// a word that it never counts could not be taken back.
func TestNoOrderDiesBeforeTheChainsAreRead(t *testing.T) {
	w := newWorld(t, 0, nil)
	c, p := w.consumer("c", "5"), w.provider("p")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	w.halt()
	h, err := Open(w.cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	s := httptest.NewServer(h.Handler())
	defer s.Close()
	ask := func(q channel.Question, seqs ...uint64) *http.Response {
		t.Helper()
		r, err := channel.Request{Ask: q, Hub: w.key.Address(), Chain: w.chainA(), Time: uint64(time.Now().Unix()), Seqs: seqs}.Sign(c.key)
		if err != nil {
			t.Fatal(err)
		}
		path := map[channel.Question]string{channel.AskOrders: "/v1/orders", channel.AskClose: "/v1/close"}[q]
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+path, bytes.NewReader(encode(t, r)))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := s.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		return resp
	}
	if a := ask(channel.AskOrders, 1); a.StatusCode != http.StatusOK {
		t.Errorf("what it knows: %s", a.Status)
	}
	for i, x := range h.watches {
		if a := ask(channel.AskOrders, 1, 2); a.StatusCode != http.StatusServiceUnavailable || a.Header.Get("Retry-After") == "" {
			t.Errorf("%d chains are read: %s, %v", i, a.Status, a.Header)
		}
		if a := ask(channel.AskClose); a.StatusCode == http.StatusOK {
			t.Errorf("%d chains are read, and it consents: %s", i, a.Status)
		}
		if err := x.read(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if a := ask(channel.AskOrders, 1, 2); a.StatusCode != http.StatusOK {
		t.Errorf("all chains are read: %s", a.Status)
	}
}
