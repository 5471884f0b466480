package wallet

import (
	"context"
	"database/sql"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/channel"
)

// Pay signs a promise for an order under a hash lock, within limits, and returns
// it once it is on the disk. The order's sequence number is filled in. Asked
// again for the same session, lock and amount it returns what it signed before,
// whatever has become of it.
//
// Errors are those of channel.Payer.Next; nothing was signed then.
func (w *Wallet) Pay(ctx context.Context, id channel.ID, order typed.Order, lock wherry.Hash, limits channel.Limits) (channel.SignedPromise, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	book, err := w.reload(ctx)
	if err != nil {
		return channel.SignedPromise{}, err
	}
	before, err := w.paidBefore(ctx, id, order, lock)
	if err != nil || !before.Sig.IsZero() {
		return before, err
	}
	p, known, err := book.Next(id, order, lock, limits)
	if err != nil || known {
		return p, err
	}
	p.Sig = w.cfg.Key.Sign(p.Digest())
	e := channel.Entry{Promise: p, State: channel.Signed}
	// Whoever asked may go away: a promise that is half written would have to be
	// counted, and could not be handed out.
	ctx = context.WithoutCancel(ctx)
	err = w.write(ctx, func(tx *sql.Tx) error {
		return w.insertOrder(ctx, tx, e, time.Now())
	})
	if err != nil {
		return channel.SignedPromise{}, err
	}
	if err := book.Put(e); err != nil {
		w.book = nil
		return channel.SignedPromise{}, err
	}
	return p, nil
}

// Acknowledge notes that a preimage is known: the orders under its lock are
// spent, and count against no limit any more. Noted before, it is no error; one
// that opens no order of this wallet is NotFound.
func (w *Wallet) Acknowledge(ctx context.Context, preimage wherry.Hash) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	book, err := w.reload(ctx)
	if err != nil {
		return err
	}
	ends, err := book.Acknowledge(preimage)
	if wherry.CodeOf(err) == wherry.NotFound {
		if ok, e := w.acknowledged(ctx, channel.Lock(preimage)); e != nil || ok {
			return e
		}
	}
	if err != nil {
		return err
	}
	return w.end(ctx, book, withPreimage(ends, preimage))
}

// Refused notes the orders that a hub refuses in an answer, once the hub's
// signature under it is seen: their credit is used again. Noted before, it is no
// error; an answer that refuses no order of this wallet is NotFound.
func (w *Wallet) Refused(ctx context.Context, id channel.ID, a channel.Answer) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	book, err := w.reload(ctx)
	if err != nil {
		return err
	}
	ends, err := book.Refusals(id, a)
	if wherry.CodeOf(err) == wherry.NotFound {
		if ok, e := w.refused(ctx, id, a); e != nil || ok {
			return e
		}
	}
	if err != nil {
		return err
	}
	return w.end(ctx, book, withPreimage(ends, wherry.Hash{}))
}

// Expired notes that an order is void, by the evidence that channel.Payer.Expire
// asks for.
func (w *Wallet) Expired(ctx context.Context, id channel.ID, seq uint64, payout channel.SignedPayout, finalB time.Time, shown bool) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	book, err := w.reload(ctx)
	if err != nil {
		return err
	}
	e, err := book.Expire(id, seq, payout, finalB, shown)
	if err != nil {
		return err
	}
	return w.end(ctx, book, []channel.Ended{{Entry: e}})
}

// Recover asks the hub for the newest promise of this wallet and goes on from
// there, if the wallet's own book is behind: a file restored from an old copy
// would sign totals that are spent already.
func (w *Wallet) Recover(ctx context.Context, id channel.ID) error {
	c, err := w.config(id)
	if err != nil {
		return err
	}
	if c.Client == nil {
		return wherry.Errorf(wherry.Unreachable, "hub %s cannot be asked", id.Hub)
	}
	acc, err := c.Client.Account(ctx, w.cfg.Key, channel.Chain{ID: id.A.ChainID, Contract: id.A.Contract})
	if err != nil {
		return err
	}
	if acc.Newest.IsZero() {
		return nil
	}
	p := acc.Newest.Promise(id.Hub)
	if p.A != id.A {
		return wherry.Errorf(wherry.Invalid, "hub %s answers about another channel", id.Hub)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	book, err := w.reload(ctx)
	if err != nil {
		return err
	}
	_, s, err := book.Recover(p)
	if err != nil {
		return err
	}
	// The number is the hub's word alone; taking too high a one costs nothing
	// but numbers, of which there are enough below the bound.
	const most = 1 << 48
	if acc.NextSeq > s.Seq+1 && acc.NextSeq < most {
		s.Seq = acc.NextSeq - 1
	}
	return w.saveState(ctx, book, id, s)
}

func withPreimage(ends []channel.Entry, preimage wherry.Hash) []channel.Ended {
	out := make([]channel.Ended, len(ends))
	for i, e := range ends {
		out[i] = channel.Ended{Entry: e, Preimage: preimage}
	}
	return out
}

// end writes ends of orders to the disk, then into the book.
func (w *Wallet) end(ctx context.Context, book *channel.Payer, ends []channel.Ended) error {
	if len(ends) == 0 {
		return nil
	}
	ctx = context.WithoutCancel(ctx)
	if err := w.write(ctx, func(tx *sql.Tx) error { return w.endOrders(ctx, tx, book, ends) }); err != nil {
		return err
	}
	for _, e := range ends {
		if err := book.Put(e.Entry); err != nil {
			w.book = nil
			return err
		}
	}
	return nil
}

// saveState writes a channel's count to the disk, then into the book.
func (w *Wallet) saveState(ctx context.Context, book *channel.Payer, id channel.ID, s channel.State) error {
	if old, ok := book.State(id); ok && old == s {
		return nil
	}
	ctx = context.WithoutCancel(ctx)
	if err := w.write(ctx, func(tx *sql.Tx) error { return w.updateChannel(ctx, tx, id, s) }); err != nil {
		return err
	}
	if err := book.Load(id, s); err != nil {
		w.book = nil
		return err
	}
	return nil
}

// write runs a transaction. When it fails, the book is read back before its next
// use: only the disk knows whether the commit was made. The caller holds mu.
func (w *Wallet) write(ctx context.Context, do func(*sql.Tx) error) error {
	err := w.db.Write(ctx, do)
	if err != nil {
		w.book = nil
	}
	return err
}
