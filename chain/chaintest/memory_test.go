package chaintest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
)

// memoryWorld is a World in memory.
type memoryWorld struct{ c *Chain }

func (w memoryWorld) Chain() chain.Chain                     { return w.c }
func (w memoryWorld) Fund(a wherry.Address, v wherry.Amount) { w.c.Give(a, v) }
func (w memoryWorld) Advance(d time.Duration)                { w.c.Advance(d) }
func (w memoryWorld) Mine(n int)                             { w.c.Mine(n) }
func (w memoryWorld) Reorg(n int, drop bool)                 { w.c.Reorg(n, drop) }
func (w memoryWorld) TakeGas(a wherry.Address)               { w.c.TakeGas(a, wherry.Amount{}) }
func transfer(to wherry.Address, tokens uint64) chain.Transfer {
	return chain.Transfer{To: to, Amount: wherry.Tokens(tokens)}
}

func TestMemoryPassesTheSuite(t *testing.T) {
	Suite(t, func(*testing.T) World { return memoryWorld{New(Config{Depth: 2})} })
}

// TestModelAgreesWithItself plays the duel of model against model, to see that
// the duel itself is sound.
func TestModelAgreesWithItself(t *testing.T) {
	Differential(t, memoryWorld{New(Config{Depth: 2})})
}

func TestChainIsDown(t *testing.T) {
	c, key := New(Config{}), newKey(t)
	c.Give(key.Address(), wherry.Tokens(1))
	c.SetDown(true)
	ctx := t.Context()
	_, head := c.Head(ctx, chain.Latest)
	_, hub := c.Hub(ctx, key.Address(), chain.Latest)
	_, events := c.Events(ctx, key.Address(), 0, 1)
	_, status := c.Status(ctx, wherry.Hash{})
	_, send := c.Send(ctx, key, transfer(Treasury, 1), nil)
	for name, err := range map[string]error{
		"head": head, "hub": hub, "events": events, "status": status, "send": send, "resend": c.Resend(ctx, chain.Tx{}),
	} {
		if wherry.CodeOf(err) != wherry.Unreachable {
			t.Errorf("%s of a chain that is down: %v", name, err)
		}
	}
	c.SetDown(false)
	if _, err := c.Head(ctx, chain.Latest); err != nil {
		t.Error(err)
	}
	canceled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := c.Head(canceled, chain.Latest); wherry.CodeOf(err) != wherry.Unreachable {
		t.Errorf("head without patience: %v", err)
	}
}

func TestLostAnswerHasDoneItsWork(t *testing.T) {
	c, key := New(Config{}), newKey(t)
	to := newKey(t).Address()
	c.Give(key.Address(), wherry.Tokens(5))
	c.LoseAnswers(true)
	var stored chain.Tx
	id, err := c.Send(t.Context(), key, transfer(to, 1), func(tx chain.Tx) error { stored = tx; return nil })
	if wherry.CodeOf(err) != wherry.Unreachable || id != stored.ID {
		t.Fatalf("send: %s, %v; stored %s", id, err, stored.ID)
	}
	c.LoseAnswers(false)
	if st, err := c.Status(t.Context(), id); err != nil || st.State != chain.Finalized {
		t.Errorf("status %+v, %v", st, err)
	}
	if err := c.Resend(t.Context(), stored); err != nil {
		t.Error(err)
	}
	if acc, err := c.Account(t.Context(), to, chain.Latest); err != nil || acc.Tokens != wherry.Tokens(1) {
		t.Errorf("%s arrived (%v), want 1", acc.Tokens, err)
	}
}

func TestManualBlocksHoldWhatWaits(t *testing.T) {
	c, key := New(Config{Manual: true}), newKey(t)
	to := newKey(t).Address()
	c.Give(key.Address(), wherry.Tokens(5))
	var ids []wherry.Hash
	for range 2 { // each looks right by itself; the second is refused in the block
		id, err := c.Send(t.Context(), key, transfer(to, 3), nil)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	if st, err := c.Status(t.Context(), ids[0]); err != nil || st.State != chain.Sent {
		t.Errorf("status %+v, %v", st, err)
	}
	c.Mine(1)
	if st, err := c.Status(t.Context(), ids[0]); err != nil || st.State != chain.Finalized || st.Reverted {
		t.Errorf("the first: %+v, %v", st, err)
	}
	if st, err := c.Status(t.Context(), ids[1]); err != nil || st.State != chain.Failed || !st.Reverted {
		t.Errorf("the second: %+v, %v", st, err)
	}
	_, err := chain.Await(t.Context(), c, ids[1], chain.Mined, time.Second)
	if !errors.Is(err, chain.InsufficientBalance) || wherry.CodeOf(err) != wherry.Conflict {
		t.Errorf("await the second: %v", err)
	}
}

func TestTimeComesFromNow(t *testing.T) {
	now := time.Date(2030, 5, 1, 12, 0, 0, 0, time.UTC)
	c := New(Config{Now: func() time.Time { return now }})
	now = now.Add(time.Hour)
	c.Mine(1)
	if h, err := c.Head(t.Context(), chain.Latest); err != nil || !h.Time.Equal(now) {
		t.Errorf("the head is of %s (%v), want %s", h.Time, err, now)
	}
	c.Mine(1) // never at the same time
	if h, err := c.Head(t.Context(), chain.Latest); err != nil || !h.Time.Equal(now.Add(time.Second)) {
		t.Errorf("the next head is of %s (%v)", h.Time, err)
	}
}
