package hub

import (
	"context"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/channel"
)

// backoff is how long nothing is planned after a transaction that failed.
const backoff = 30 * time.Second

// drive moves the hub's transactions on, and plans new ones: at most one that
// collects and one that pays are open on a chain, so that nothing is planned
// twice.
//
//	planned ──► sent ──► mined ──► final
//	             │ ▲ └──────┴────► failed, and planned anew
//	             └─┘ the same bytes again, or at a higher fee: package onchain
func (w *watch) drive(ctx context.Context) error {
	h := w.hub
	h.mu.Lock()
	txs, broken := h.book.Txs(), h.broken
	h.mu.Unlock()
	if broken != nil {
		return broken
	}
	if time.Since(w.priced) >= gasEvery/2 {
		w.gasNow(ctx)
	}
	var first error
	collecting, pushing := false, false
	var done uint64 // newest block of a transaction that is done
	for _, t := range txs {
		if t.Chain != w.id {
			continue
		}
		if !t.State.Done() {
			var err error
			if t, err = w.move(ctx, t); err != nil && first == nil {
				first = err
			}
		}
		open := !t.State.Done()
		collecting = collecting || open && t.Kind == channel.TxCollect
		pushing = pushing || open && t.Kind == channel.TxPush
		done = max(done, t.Block)
	}
	if first != nil {
		return first
	}
	h.mu.Lock()
	waiting := time.Now().Before(w.wait)
	behind := h.book.Scanned(w.id).Block < done // the book does not know yet what it did
	force := w.force > 0
	h.mu.Unlock()
	if behind || waiting {
		return nil
	}
	if !collecting {
		if err := w.planCollect(ctx, force); err != nil {
			return err
		}
	}
	if !pushing {
		return w.planPush(ctx, force)
	}
	return nil
}

// planCollect collects when collectRules say so. Those of consumers who leave are
// enough to decide.
func (w *watch) planCollect(ctx context.Context, force bool) error {
	h := w.hub
	h.mu.Lock()
	d, now := h.book.Due(w.id), h.clock[w.id]
	first := h.book.CollectableLeaving(w.id, maxItems)
	h.mu.Unlock()
	if d.Channels == 0 {
		w.collectable = waiting{}
		return nil
	}
	all := due{sum: d.Amount, n: d.Channels}
	decide := func(some []channel.Collectable) (verdict, []channel.Collectable) {
		return h.collectRules(w.chain.Params()).collect(all, some, w.collectable.age(), w.collectable.waited(), now, w.gasNow(ctx), force)
	}
	v, _ := decide(first)
	if w.collectable.note(v); !v.now {
		return nil
	}
	h.mu.Lock()
	first = h.book.Collectable(w.id, maxItems)
	h.mu.Unlock()
	_, some := decide(first)
	w.collectable.took(len(some), all.n)
	t := channel.HubTx{Chain: w.id, Kind: channel.TxCollect}
	for _, d := range some {
		t.Collect = append(t.Collect, d.Item)
		t.Amount = add(t.Amount, d.Amount)
		t.Items++
	}
	w.log.Info("collects", "items", t.Items, "reason", v.why)
	return w.plan(ctx, t)
}

// planPush pays when pushRules say so.
func (w *watch) planPush(ctx context.Context, force bool) error {
	h := w.hub
	h.mu.Lock()
	owed, free, retired := h.book.Owed(w.id), w.free, w.retired
	h.mu.Unlock()
	if len(owed) == 0 {
		w.owed = waiting{}
		return nil
	}
	if retired {
		return nil
	}
	v, items, sum := h.pushRules().push(owed, free, w.owed.age(), w.owed.waited(), w.gasNow(ctx), force)
	if w.owed.note(v); !v.now {
		return nil
	}
	w.owed.took(len(items), len(items)) // who was paid is owed too little to be paid again
	w.log.Info("pays", "items", len(items), "reason", v.why)
	return w.plan(ctx, channel.HubTx{Chain: w.id, Kind: channel.TxPush, Push: items, Amount: sum, Items: uint64(len(items))})
}

func (h *Hub) collectRules(p chain.Params) collectRules {
	return collectRules{above: h.cfg.CollectAbove, every: h.cfg.CollectEvery, gasWait: h.cfg.GasWait, exitMargin: max(h.cfg.Margin, p.Delay/2)}
}

func (h *Hub) pushRules() pushRules {
	t := h.cfg.Terms
	return pushRules{every: h.cfg.PushEvery, gasWait: h.cfg.GasWait, minPush: t.MinPush, minReserve: t.MinReserve, maxReserve: t.MaxReserve}
}

// waiting is since when something waits to be sent, and since when there is a
// reason to. Zero times mean that nothing does.
type waiting struct {
	since, due time.Time
	left       int // what has waited since then and was not taken yet
}

// age begins to wait, and says how long that has been.
func (w *waiting) age() time.Duration {
	if w.since.IsZero() {
		w.since = time.Now()
	}
	return time.Since(w.since)
}

func (w *waiting) waited() time.Duration {
	if w.due.IsZero() {
		return 0
	}
	return time.Since(w.due)
}

func (w *waiting) note(v verdict) {
	switch {
	case !v.due || v.now:
		w.due = time.Time{}
	case w.due.IsZero():
		w.due = time.Now()
	}
}

// took notes that some of all that waits are taken, of which those come first
// that have most. What comes in meanwhile begins to wait when all that waited is
// taken: else whoever is paid without a pause would be collected from so.
func (w *waiting) took(some, all int) {
	if some < min(all, maxItems) {
		return // for a reason of their own
	}
	if w.left <= 0 {
		w.left = all
	}
	if w.left -= some; w.left <= 0 {
		w.since = time.Now()
	}
}

// gasFresh is how old a price of gas may be.
const gasFresh = 15 * time.Second

// gasNow returns what gas costs. Where the chain does not say, the price of
// before stands.
func (w *watch) gasNow(ctx context.Context) gasMarket {
	if time.Since(w.priced) < gasFresh {
		return w.market
	}
	if price, err := w.chain.GasPrice(ctx); err == nil {
		w.market, w.priced = w.market.note(price, time.Now()), time.Now()
	}
	return w.market
}

// add adds sums of money that exists: they fit.
func add(a, b wherry.Amount) wherry.Amount {
	s, err := a.Add(b)
	if err != nil {
		return a.Max(b)
	}
	return s
}
