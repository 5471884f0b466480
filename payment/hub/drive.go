package hub

import (
	"context"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
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
//	              ▲  └──────┴────► failed, and planned anew
//	              └── the same bytes again while nobody knows them
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

// move takes one transaction a step further and returns it as it is then.
func (w *watch) move(ctx context.Context, t channel.HubTx) (channel.HubTx, error) {
	if t.State == channel.TxPlanned {
		return w.send(ctx, t)
	}
	st, err := w.chain.Status(ctx, t.Hash)
	if err != nil {
		return t, err
	}
	next := t
	next.Block, next.Gas, next.Cost = st.Block, st.GasUsed, st.Cost
	switch st.State {
	case chain.Unknown:
		err := w.chain.Resend(ctx, chain.Tx{ID: t.Hash, From: t.From, Nonce: t.Nonce, Raw: t.Raw})
		if wherry.CodeOf(err) != wherry.Conflict {
			return t, err
		}
		next.State, next.Reason = channel.TxFailed, "another transaction has used its number"
	case chain.Sent:
		next.State = channel.TxSent
	case chain.Mined:
		next.State = channel.TxMined
	case chain.Finalized:
		next.State = channel.TxFinal
	case chain.Failed:
		next.State, next.Reason = channel.TxFailed, clip(st.Reason)
	}
	if next.State == t.State && next.Block == t.Block {
		return t, nil
	}
	return next, w.note(next)
}

// note records how far a transaction has come.
func (w *watch) note(t channel.HubTx) error {
	h := w.hub
	err := h.change(func() ([]channel.HubEvent, error) {
		e, err := h.book.SetTx(t)
		return []channel.HubEvent{e}, err
	})
	if err != nil {
		return err
	}
	if t.State.Done() {
		w.hub.metrics.ended(t)
	}
	switch {
	case t.State == channel.TxFailed:
		h.mu.Lock()
		w.wait = time.Now().Add(backoff)
		h.mu.Unlock()
		w.log.Warn("transaction failed", "tx", t.Hash, "kind", t.Kind.String(), "reason", t.Reason)
	case t.State == channel.TxFinal:
		w.log.Info("transaction is final", "tx", t.Hash, "kind", t.Kind.String(), "items", t.Items, "gas", t.Gas)
	}
	return nil
}

// send hands a planned transaction to the chain. What leaves is in the journal
// before; a planned one without a hash never left.
func (w *watch) send(ctx context.Context, t channel.HubTx) (channel.HubTx, error) {
	sent := t
	_, err := w.chain.Send(ctx, w.hub.cfg.Key, w.call(t), func(x chain.Tx) error {
		sent.State, sent.Hash, sent.From, sent.Nonce, sent.Raw = channel.TxSent, x.ID, x.From, x.Nonce, x.Raw
		return w.note(sent)
	})
	if err == nil || sent.State == channel.TxSent {
		return sent, err // it may have left: its status will tell
	}
	switch wherry.CodeOf(err) {
	case wherry.Conflict, wherry.Forbidden, wherry.Invalid: // the contract would refuse it: plan anew
		t.State, t.Reason = channel.TxFailed, clip(err.Error())
		return t, w.note(t)
	default:
		return t, err // try again
	}
}

// call makes a transaction's call out of what was planned.
func (w *watch) call(t channel.HubTx) chain.Call {
	if t.Kind == channel.TxPush {
		p := chain.Push{Hub: w.hub.address}
		for _, i := range t.Push {
			p.Items = append(p.Items, chain.PushItem{Payee: i.Payee, Total: i.Total, Reserve: i.Reserve})
		}
		return p
	}
	c := chain.Collect{Hub: w.hub.address}
	for _, i := range t.Collect {
		p, sig, preimage := i.Claim(w.hub.address)
		c.Claims = append(c.Claims, chain.Claim{Consumer: p.Consumer, Promise: p.Promise(), Signature: sig, Preimage: preimage})
	}
	return c
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

// plan records a transaction and sends it.
func (w *watch) plan(ctx context.Context, t channel.HubTx) error {
	h := w.hub
	err := h.change(func() ([]channel.HubEvent, error) {
		e := h.book.Plan(t)
		t = *e.Tx
		return []channel.HubEvent{e}, nil
	})
	if err != nil {
		return err
	}
	_, err = w.send(ctx, t)
	return err
}

// add adds sums of money that exists: they fit.
func add(a, b wherry.Amount) wherry.Amount {
	s, err := a.Add(b)
	if err != nil {
		return a.Max(b)
	}
	return s
}

func clip(s string) string {
	if len(s) > channel.MaxReason {
		return s[:channel.MaxReason]
	}
	return s
}
