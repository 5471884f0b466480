package wallet

import (
	"context"
	"database/sql"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/sqlite"
	"github.com/wherrynet/wherry/payment/channel"
)

const (
	// reconcileAfter is how old an order in flight is before the hub is asked
	// about it. Asking ends one that has not reached the hub yet, so that less
	// would race with the payee's batch.
	reconcileAfter = 5 * time.Second
	// reconcileEvery is how often Run asks by itself, and reconcileOld how old
	// an order is then: sessions are under way, and a hub or a provider that is
	// slow for some seconds should not cost them an order.
	reconcileEvery = time.Minute
	reconcileOld   = 30 * time.Second
)

// Reconcile asks the hub what became of the orders that have been in flight for
// some seconds, and takes what it says under its signature: one whose receipt was
// lost is spent, and one that never reached the hub, or came too late, is refused
// and its credit used again. An order that the hub has not seen is dead from then
// on, so this is not for the middle of a session that goes well.
func (w *Wallet) Reconcile(ctx context.Context, id channel.ID) error {
	return w.reconcile(ctx, id, reconcileAfter)
}

func (w *Wallet) reconcile(ctx context.Context, id channel.ID, age time.Duration) error {
	c, err := w.config(id)
	if err != nil {
		return err
	}
	if c.Client == nil {
		return wherry.Errorf(wherry.Unreachable, "hub %s cannot be asked", id.Hub)
	}
	seqs, err := w.oldInFlight(ctx, id, time.Now().Add(-age))
	if err != nil || len(seqs) == 0 {
		return err
	}
	o, err := c.Client.Orders(ctx, w.cfg.Key, channel.Chain{ID: id.A.ChainID, Contract: id.A.Contract}, seqs)
	if err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	book, err := w.reload(ctx)
	if err != nil {
		return err
	}
	ends, err := book.Fates(id, o)
	if err != nil {
		return err
	}
	return w.end(ctx, book, ends)
}

// oldInFlight returns the numbers of the channel's orders in flight that were
// signed before a time, the oldest first and as many as one question may hold.
func (w *Wallet) oldInFlight(ctx context.Context, id channel.ID, before time.Time) ([]uint64, error) {
	w.mu.Lock()
	_, err := w.reload(ctx)
	row := w.rows[id]
	w.mu.Unlock()
	if err != nil {
		return nil, err
	}
	var out []uint64
	err = w.db.Read(ctx, func(tx *sql.Tx) error {
		return sqlite.Query(ctx, tx, func(r *sql.Rows) error {
			var seq uint64
			err := r.Scan(&seq)
			out = append(out, seq)
			return err
		}, `SELECT seq FROM orders WHERE state = 'signed' AND channel = ? AND at <= ? ORDER BY seq LIMIT ?`, row, before.Unix(), channel.MaxOrders)
	})
	return out, err
}

func (w *Wallet) reconcileAll(ctx context.Context) {
	for _, c := range w.cfg.Channels {
		if c.Client == nil {
			continue
		}
		ask, cancel := context.WithTimeout(ctx, askFor)
		err := w.reconcile(ask, c.ID(), reconcileOld)
		cancel()
		if err != nil && ctx.Err() == nil {
			w.log.Debug("hub did not say what became of orders", "hub", c.Hub, "err", err)
		}
	}
}
