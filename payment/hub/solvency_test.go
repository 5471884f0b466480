package hub

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/solvency"
)

// earn lets a provider earn amount in one tick, and returns what the hub has
// signed to its payee by then.
func (p *provider) earn(c *consumer, tick uint64, amount string) wherry.Amount {
	p.w.t.Helper()
	p.pay(p.batch(tick, nil, c.order(p, tick, amount)))
	a := p.pay(p.batch(0, []uint64{tick}))
	return a.Unlocked.Total
}

// prove asks for the payee's proof and checks it as a payee does, against its own
// reading of the chain.
func (p *provider) prove(earned wherry.Amount, others ...solvency.Statement) (solvency.Proof, []solvency.Finding) {
	p.w.t.Helper()
	w, ctx := p.w, context.Background()
	proof, err := w.client.SolvencyProof(ctx, p.payee, w.chainB())
	if err != nil {
		w.t.Fatal(err)
	}
	s := proof.Statement
	pos := solvency.NewPosition()
	if err := pos.Read(ctx, w.b, w.key.Address(), 0, s.Block); err != nil {
		w.t.Fatal(err)
	}
	at, err := w.b.Block(ctx, s.Block)
	if err != nil {
		w.t.Fatal(err)
	}
	found, _ := solvency.Evidence{
		Hub: w.key.Address(), ChainID: w.b.Params().ID, Contract: w.b.Params().Contract, Now: time.Now(), MaxAge: 10 * time.Minute,
		Statement: s, Position: pos, BlockHash: at.Hash, Others: others,
		Own: &solvency.Own{Payee: p.payee.Address(), Earned: earned, Path: proof.Path},
	}.Check()
	return proof, found
}

// Each payee finds what it has earned, at once, before and after it was paid, and
// the sums are the contract's.
func TestSolvencyHoldsWhatWasEarned(t *testing.T) {
	w := newWorld(t, 2, func(c *Config) {
		c.Terms.MinPush, c.Terms.MinReserve = tokens("0.5"), tokens("0.5")
	})
	c := w.consumer("alice", "20")
	p, q := w.provider("bob"), w.provider("carol")
	var all []solvency.Statement
	var wantP, wantQ wherry.Amount
	for tick := uint64(1); tick <= 3; tick++ {
		wantP = p.earn(c, tick, "1")
		wantQ = q.earn(c, tick, "0.25")
		for _, x := range []struct {
			*provider
			earned wherry.Amount
		}{{p, wantP}, {q, wantQ}} {
			proof, found := x.prove(x.earned, all...)
			if len(found) > 0 {
				t.Fatalf("tick %d: %v", tick, found)
			}
			all = append(all, proof.Statement)
		}
		if tick == 2 {
			w.settle()
		}
	}
	last := all[len(all)-1]
	if last.Seq < 3 || last.Seq > uint64(len(all)) {
		t.Errorf("%d statements were made", last.Seq)
	}
	self, err := w.b.Hub(t.Context(), w.key.Address(), chain.Final)
	if err != nil {
		t.Fatal(err)
	}
	_, found := p.prove(wantP)
	if len(found) > 0 {
		t.Error(found)
	}
	if last.Free != self.Free {
		t.Errorf("free: the statement says %s, the contract %s", last.Free, self.Free)
	}
	more, err := wantP.Add(wherry.Base(1))
	if err != nil {
		t.Fatal(err)
	}
	if _, found := p.prove(more); len(found) != 1 || found[0].Flaw != solvency.OwnLeafTooSmall {
		t.Errorf("one base unit too little: %v", found)
	}
}

// Numbers go on over restarts and snapshots, and what was shown is shown again.
func TestStatementsOutliveTheProcess(t *testing.T) {
	w := newWorld(t, 1, func(c *Config) { c.SnapshotBytes = 1 })
	c := w.consumer("alice", "20")
	p := w.provider("bob")
	earned := p.earn(c, 1, "1")
	first, found := p.prove(earned)
	if len(found) > 0 {
		t.Fatal(found)
	}
	w.until("a snapshot is taken", func() bool { return w.hub.journal.SinceSnapshot() == 0 })
	w.restart()
	again, err := w.client.Solvency(t.Context(), w.b.Params().ID, first.Statement.Seq)
	if err != nil || again != first.Statement {
		t.Fatalf("the first statement after a restart: %v, %v", again, err)
	}
	next, found := p.prove(earned, first.Statement)
	if len(found) > 0 || next.Statement.Seq != first.Statement.Seq+1 {
		t.Fatalf("statement %d follows %d: %v", next.Statement.Seq, first.Statement.Seq, found)
	}
	if _, err := w.client.Solvency(t.Context(), w.b.Params().ID, 99); wherry.CodeOf(err) != wherry.NotFound {
		t.Errorf("a statement that was never made: %v", err)
	}
}

// Many askers at once are shown the same, and nobody makes the hub work all day.
func TestStatementsAreSharedAndRare(t *testing.T) {
	w := newWorld(t, 0, nil)
	c := w.consumer("alice", "20")
	p := w.provider("bob")
	p.earn(c, 1, "1")
	var mu sync.Mutex
	seen := map[uint64]wherry.Hash{}
	var g sync.WaitGroup
	for range 40 {
		g.Go(func() {
			s, err := w.client.Solvency(t.Context(), w.b.Params().ID, 0)
			if err != nil {
				t.Error(err)
				return
			}
			id, err := s.ID()
			mu.Lock()
			defer mu.Unlock()
			if before, ok := seen[s.Seq]; err != nil || ok && before != id {
				t.Errorf("two statements %d: %v", s.Seq, err)
			}
			seen[s.Seq] = id
		})
	}
	g.Wait()
	if len(seen) != 1 {
		t.Errorf("%d statements for one moment", len(seen))
	}
	// A stranger, who is owed nothing, gets the newest and causes no other.
	stranger := &provider{w: w, key: testKey("mallory"), payee: testKey("mallory")}
	for range 3 {
		proof, found := stranger.prove(wherry.Amount{})
		if proof.Path != nil || len(found) > 0 || seen[proof.Statement.Seq].IsZero() {
			t.Errorf("a stranger: %+v, %v", proof, found)
		}
	}
}

func TestSolvencyOfNoChain(t *testing.T) {
	w := newWorld(t, 0, nil)
	for path, want := range map[string]int{"?chain=99": 404, "": 400, "?chain=22&seq=0": 400, "?chain=22&seq=x": 400, "?chain=22&seq=7": 404} {
		resp, err := http.Get(w.server.URL + "/v1/solvency" + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s: %s", path, resp.Status)
		}
	}
	// Nobody asks in another's name.
	q, err := channel.Request{Ask: channel.AskProof, Hub: w.key.Address(), Chain: w.chainB(), Time: uint64(time.Now().Unix())}.Sign(testKey("bob"))
	if err != nil {
		t.Fatal(err)
	}
	q.Who = testKey("carol").Address()
	if _, err := w.hub.SolvencyProof(t.Context(), q); err == nil {
		t.Error("a proof for somebody who did not ask")
	}
}
