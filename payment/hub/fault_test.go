package hub

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/journal"
)

// fullDisk is a disk that is full from some moment on.
type fullDisk struct {
	journal.Disk
	full      atomic.Bool
	snapshots atomic.Bool // full for them alone
}

type fullFile struct {
	journal.File
	disk *fullDisk
}

var errFull = errors.New("no space left on device")

func (d *fullDisk) Create(name string) (journal.File, error) {
	if d.snapshots.Load() && strings.Contains(name, ".snap") {
		return nil, errFull
	}
	f, err := d.Disk.Create(name)
	return fullFile{f, d}, err
}

func (d *fullDisk) Append(name string) (journal.File, error) {
	f, err := d.Disk.Append(name)
	return fullFile{f, d}, err
}

func (f fullFile) Write(b []byte) (int, error) {
	if !f.disk.full.Load() {
		return f.File.Write(b)
	}
	n, _ := f.File.Write(b[:len(b)/2])
	return n, errFull
}

func TestFullDiskRefusesAndSaysSo(t *testing.T) {
	disk := &fullDisk{}
	w := newWorld(t, 0, func(c *Config) { c.FS = disk })
	p, c := w.provider("p"), w.consumer("c", "5")
	first := p.batch(1, nil, c.order(p, 1, "0.1"))
	p.pay(first)
	disk.full.Store(true)
	second := p.batch(2, []uint64{1}, c.order(p, 2, "0.1"))
	for range 2 {
		if _, err := w.client.Pay(context.Background(), second); wherry.CodeOf(err) != wherry.Refused {
			t.Fatalf("pay: %v", err)
		}
	}
	if err := w.client.Health(context.Background()); wherry.CodeOf(err) != wherry.Refused {
		t.Fatalf("health: %v", err)
	}
	if _, err := w.client.Pay(context.Background(), first); wherry.CodeOf(err) != wherry.Refused {
		t.Fatalf("a hub that has failed still signs: %v", err)
	}
	if s := w.hub.Status(); s.Serving || !strings.Contains(s.Error, "no space left") {
		t.Fatalf("status %+v", s)
	}
	if !strings.Contains(w.logs.String(), "hub accepts nothing more") {
		t.Error("the log does not say so")
	}
	// Space again: nothing that was answered is lost, and the provider goes on.
	disk.full.Store(false)
	w.restart()
	p.pay(second)
	p.pay(p.batch(0, []uint64{2}))
	if a := w.account(c); a.Spent != tokens("0.2") {
		t.Fatalf("account %+v", a)
	}
}

func TestJournalThatWasLostServesNobody(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	p.pay(p.batch(0, []uint64{1}))
	w.settle()
	w.halt()
	w.cfg.Dir = t.TempDir() // a new disk
	w.start()
	if err := w.client.Health(context.Background()); wherry.CodeOf(err) != wherry.Refused {
		t.Fatalf("health: %v", err)
	}
	if _, err := w.client.Pay(context.Background(), p.batch(2, nil, c.order(p, 2, "0.1"))); wherry.CodeOf(err) != wherry.Refused {
		t.Fatalf("pay: %v", err)
	}
	if s := w.hub.Status(); !strings.Contains(s.Error, "not whole") {
		t.Fatalf("status: %s", s.Error)
	}
}

func TestJournalThatBeginsAfterCollectingServesNobody(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	p.pay(p.batch(0, []uint64{1}))
	w.send(w.a, c.key, chain.RequestExit{Hub: w.key.Address()})
	w.until("the promise is collected", func() bool { return w.hub.Totals().In == tokens("0.1") })
	w.halt()
	w.cfg.Dir = t.TempDir() // nothing was paid to a payee yet
	w.start()
	if err := w.client.Health(context.Background()); wherry.CodeOf(err) != wherry.Refused {
		t.Fatalf("health: %v", err)
	}
}

func TestOldJournalServesNobody(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	w.halt()
	old := t.TempDir()
	copyDir(t, w.cfg.Dir, old)
	w.start()
	a := p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	w.send(w.b, p.payee, chain.Settle{Hub: w.key.Address(), Payouts: []chain.SignedPayout{{
		Payout: a.Locked.Payout(), Signature: a.Locked.Sig, Preimage: p.secret(1),
	}}})
	w.halt()
	w.cfg.Dir = old
	w.start()
	w.until("the hub notices", func() bool { return w.hub.Err() != nil })
	if err := w.client.Health(context.Background()); wherry.CodeOf(err) != wherry.Refused {
		t.Fatalf("health: %v", err)
	}
}

func TestLostAnswersOfTheChainDoNotPayTwice(t *testing.T) {
	w := newWorld(t, 1, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	p.pay(p.batch(0, []uint64{1}))
	w.a.LoseAnswers(true)
	w.b.LoseAnswers(true)
	w.settle()
	w.wantSettled(p, "0.1", "0.099")
	for _, x := range w.hub.Status().Transactions {
		if x.State != "final" {
			t.Errorf("transaction %+v", x)
		}
	}
}

func (w *world) wantSettled(p *provider, in, out string) {
	w.t.Helper()
	if s := w.hub.Totals(); s.In != tokens(in) || s.Out != tokens(out) || w.tokensOf(w.b, p.payee.Address()) != tokens(out) {
		w.t.Fatalf("in %s out %s, the payee has %s; want %s and %s", s.In, s.Out, w.tokensOf(w.b, p.payee.Address()), in, out)
	}
}

func TestTransactionThatAReorgDropsIsSentAgain(t *testing.T) {
	w := newWorld(t, 4, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	p.pay(p.batch(0, []uint64{1}))
	done := make(chan error, 1)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	go func() { done <- w.hub.SettleNow(ctx) }()
	w.await("both are mined", func() bool {
		mined := 0
		for _, x := range w.hub.Status().Transactions {
			if x.State == "mined" {
				mined++
			}
		}
		return mined == 2
	})
	w.a.Reorg(1, true)
	w.b.Reorg(1, true)
	for {
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			w.wantSettled(p, "0.1", "0.099")
			return
		case <-time.After(2 * time.Millisecond):
			w.a.Mine(1)
			w.b.Mine(1)
		}
	}
}

// await waits without making blocks.
func (w *world) await(what string, ok func() bool) {
	w.t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			w.t.Fatalf("it never happens that %s; the hub says:\n%s", what, w.logs.String())
		}
	}
}

func TestTransactionsAreTakenUpAgainAtStart(t *testing.T) {
	w := newWorld(t, 4, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	p.pay(p.batch(0, []uint64{1}))
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- w.hub.SettleNow(ctx) }()
	w.await("something is under way", func() bool { return len(w.hub.Status().Transactions) == 2 })
	cancel()
	if err := <-done; wherry.CodeOf(err) != wherry.Pending {
		t.Fatalf("settle: %v", err)
	}
	w.halt()
	w.a.Mine(5)
	w.b.Mine(5)
	w.start()
	w.until("both are final", func() bool {
		final := 0
		for _, x := range w.hub.Status().Transactions {
			if x.State == "final" {
				final++
			}
		}
		return final == 2
	})
	w.settle()
	w.wantSettled(p, "0.1", "0.099")
	if n := len(w.hub.Status().Transactions); n != 2 {
		t.Errorf("%d transactions, want 2: something was done twice", n)
	}
}

func TestPaymentsNeverExceedWhatIsFree(t *testing.T) {
	w := newWorld(t, 0, nil)
	w.send(w.b, testKey("owner"), chain.Withdraw{Hub: w.key.Address(), Amount: tokens("49.9")})
	p, q := w.provider("p"), w.provider("q")
	c := w.consumer("c", "5")
	p.pay(p.batch(1, nil, c.order(p, 1, "0.5")))
	p.pay(p.batch(0, []uint64{1}))
	q.pay(q.batch(1, nil, c.order(q, 1, "0.1")))
	q.pay(q.batch(0, []uint64{1}))
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := w.hub.SettleNow(ctx); wherry.CodeOf(err) != wherry.NotFunded {
		t.Fatalf("settle: %v", err)
	}
	// The smaller one fits, and is paid; nothing of the larger one is.
	if got := w.tokensOf(w.b, q.payee.Address()); got != tokens("0.099") {
		t.Errorf("q has %s", got)
	}
	if got := w.tokensOf(w.b, p.payee.Address()); !got.IsZero() {
		t.Errorf("p has %s", got)
	}
	events, err := w.b.Events(context.Background(), w.key.Address(), 0, mustHead(t, w.b).Number)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if e.Kind == chain.Shortfall {
			t.Error("the hub pushed more than it has")
		}
	}
	w.send(w.b, testKey("owner"), chain.Fund{Hub: w.key.Address(), Amount: tokens("1")})
	w.settle()
	w.wantOut(p, "0.495")
}

func (w *world) wantOut(p *provider, out string) {
	w.t.Helper()
	if got := w.tokensOf(w.b, p.payee.Address()); got != tokens(out) {
		w.t.Fatalf("the payee has %s, want %s", got, out)
	}
}

func mustHead(t *testing.T, c *chaintest.Chain) chain.Head {
	t.Helper()
	h, err := c.Head(context.Background(), chain.Latest)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestReserveComesOutOfWhatWasEarned(t *testing.T) {
	w := newWorld(t, 0, func(c *Config) {
		c.Terms.FeePPM = 0
		c.Terms.MinPush, c.Terms.MinReserve, c.Terms.MaxReserve = tokens("0.4"), tokens("0.5"), tokens("0.8")
	})
	p, c := w.provider("p"), w.consumer("c", "5")
	out := func() chain.Out {
		o, err := w.b.Out(context.Background(), w.key.Address(), p.payee.Address(), chain.Latest)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	earn := func(tick uint64, amount string) {
		p.pay(p.batch(tick, nil, c.order(p, tick, amount)))
		p.pay(p.batch(0, []uint64{tick}))
		w.look()
		w.look()
	}
	earn(1, "0.3")
	if o := out(); !o.Settled.IsZero() || !o.Reserved.IsZero() {
		t.Fatalf("below the smallest push: %+v", o)
	}
	earn(2, "0.3")
	w.until("it is paid", func() bool { return out().Settled == tokens("0.6") })
	if o := out(); o.Reserved != tokens("0.6") {
		t.Fatalf("reserve %s of 0.6 earned", o.Reserved)
	}
	earn(3, "0.44") // the reserve covers it, and a quarter of it is left
	if o := out(); o.Settled != tokens("0.6") {
		t.Fatalf("pushed although the reserve covers it: %+v", o)
	}
	earn(4, "0.3")
	w.until("it is paid", func() bool { return out().Settled == tokens("1.34") })
	if o := out(); o.Reserved != tokens("0.8") {
		t.Fatalf("reserve %s, the most is 0.8", o.Reserved)
	}
}

func TestOrdersWaitForAChainThatIsAway(t *testing.T) {
	w := newWorld(t, 0, func(c *Config) { c.Stale = 50 * time.Millisecond })
	p, c := w.provider("p"), w.consumer("c", "5")
	w.a.SetDown(true)
	b := p.batch(1, nil, c.order(p, 1, "0.1"))
	w.await("the hub refuses", func() bool {
		_, err := w.client.Pay(context.Background(), p.batch(1, nil))
		return err == nil && w.client.Health(context.Background()) != nil
	})
	if _, err := w.client.Pay(context.Background(), b); wherry.CodeOf(err) != wherry.Unreachable {
		t.Fatalf("pay: %v", err)
	}
	w.a.SetDown(false)
	w.look()
	p.pay(b)
}

func TestMalformedRequests(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	good := p.batch(1, nil, c.order(p, 1, "0.1"))
	for name, body := range map[string][]byte{
		"nothing":         {},
		"garbage":         bytes.Repeat([]byte{0xff}, 100),
		"one byte short":  good[:len(good)-1],
		"one byte more":   append(bytes.Clone(good), 0),
		"1 GiB announced": {0x5a, 0x40, 0, 0, 0},
		"too large":       make([]byte, maxBody+1),
		"deep":            bytes.Repeat([]byte{0x81}, 5000),
	} {
		for _, path := range []string{"/v1/pay", "/v1/bind", "/v1/payout", "/v1/account", "/v1/close"} {
			status, answer := w.raw(path, body)
			var f channel.Failure
			if err := codec.Unmarshal(answer, &f); err != nil || status != http.StatusBadRequest || f.Code != wherry.Invalid {
				t.Errorf("%s to %s: status %d, %+v, %v", name, path, status, f, err)
			}
			if name == "too large" && !strings.Contains(f.Message, "too large") {
				t.Errorf("%s reads it all and says %q", path, f.Message)
			}
		}
	}
	p.pay(good)
}

func FuzzPay(f *testing.F) {
	w := newWorld(f, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	f.Add(p.batch(1, nil, c.order(p, 1, "0.1")))
	f.Add(p.batch(0, []uint64{1}))
	f.Add([]byte{0xa1, 0x00, 0x01})
	f.Fuzz(func(t *testing.T, body []byte) {
		a, err := w.hub.Pay(body)
		if err == nil && a.Request != wherry.Keccak256(body) {
			t.Fatal("an answer to something else")
		}
		if wherry.CodeOf(err) == wherry.Internal {
			t.Fatal(err)
		}
	})
}
