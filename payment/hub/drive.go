package hub

import (
	"context"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/channel"
)

const (
	maxItems = 100              // consumers or payees in one transaction
	backoff  = 30 * time.Second // after a transaction that failed
)

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
	force := w.force
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

// planCollect collects when somebody leaves, when much is revealed, or when it
// has waited long enough.
func (w *watch) planCollect(ctx context.Context, force bool) error {
	h := w.hub
	h.mu.Lock()
	due := h.book.Collectable(w.id)
	h.mu.Unlock()
	if len(due) == 0 {
		w.noted = time.Time{}
		return nil
	}
	if w.noted.IsZero() {
		w.noted = time.Now()
	}
	var sum wherry.Amount
	for _, d := range due {
		sum = add(sum, d.Amount)
	}
	if !force && !due[0].Leaving && sum.Less(h.cfg.CollectAbove) && time.Since(w.noted) < h.cfg.CollectEvery {
		return nil
	}
	t := channel.HubTx{Chain: w.id, Kind: channel.TxCollect}
	for _, d := range due[:min(len(due), maxItems)] {
		t.Collect = append(t.Collect, d.Item)
		t.Amount = add(t.Amount, d.Amount)
		t.Items++
	}
	return w.plan(ctx, t)
}

// planPush pays whom the reserve does not cover any more, or who has waited long
// enough, as far as the free money goes. Nobody is paid, and no reserve is set,
// before MinPush is earned; a reserve never exceeds what its payee has earned.
func (w *watch) planPush(ctx context.Context, force bool) error {
	h := w.hub
	h.mu.Lock()
	owed, free, retired := h.book.Owed(w.id), w.free, w.retired
	h.mu.Unlock()
	if len(owed) == 0 {
		w.owed = time.Time{}
		return nil
	}
	if w.owed.IsZero() {
		w.owed = time.Now()
	}
	if retired {
		return nil
	}
	late := time.Since(w.owed) >= h.cfg.PushEvery
	t := channel.HubTx{Chain: w.id, Kind: channel.TxPush}
	for _, o := range owed {
		due := o.Base.SubFloor(o.Paid)
		if !force && (due.Less(h.cfg.Terms.MinPush) || !o.Reserved.Less(due) && !late) {
			continue
		}
		item, need := w.item(o, force)
		rest, err := free.Sub(need)
		if err != nil {
			continue // a smaller one may fit
		}
		free = rest
		t.Push = append(t.Push, item)
		t.Amount = add(t.Amount, due)
		if t.Items++; len(t.Push) == maxItems {
			break
		}
	}
	if len(t.Push) == 0 {
		return nil
	}
	return w.plan(ctx, t)
}

// item returns what is pushed to one payee, and how much free money that takes.
// A payment comes out of the reserve first. When everything is settled by hand,
// the reserve is not filled again.
func (w *watch) item(o channel.Owed, settle bool) (channel.HubPush, wherry.Amount) {
	terms := w.hub.cfg.Terms
	due := o.Base.SubFloor(o.Paid)
	left := o.Reserved.SubFloor(due)
	need := due.SubFloor(o.Reserved)
	target := o.Base.Min(terms.MaxReserve)
	if settle || target.Less(terms.MinReserve) {
		target = left
	}
	target = target.Max(left)
	return channel.HubPush{Payee: o.ID.Payee, Total: o.Base, Reserve: target}, add(need, target.SubFloor(left))
}

// add adds sums of money that exists: they fit.
func add(a, b wherry.Amount) wherry.Amount {
	s, err := a.Add(b)
	if err != nil {
		return a.Max(b)
	}
	return s
}
