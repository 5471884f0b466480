package wallet

import (
	"context"
	"database/sql"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/channel"
)

// TopUp plans to add amount of the wallet's own tokens to its deposit, with its
// own gas, and returns the action's number. Run sends it; see Wait. The
// allowance that it gives the contract is for this amount and no more. While
// another top-up of the channel is on its way it is Conflict.
func (w *Wallet) TopUp(ctx context.Context, id channel.ID, amount wherry.Amount) (int64, error) {
	if amount.IsZero() || !amount.FitsChain() {
		return 0, wherry.Errorf(wherry.Invalid, "top up by %s", amount)
	}
	c, err := w.config(id)
	if err != nil {
		return 0, err
	}
	acc, err := c.Chain.Account(ctx, w.Address(), chain.Latest)
	if err != nil {
		return 0, err
	}
	if acc.Tokens.Less(amount) {
		return 0, wherry.Errorf(wherry.NotFunded, "top up by %s: the account has %s", amount, acc.Tokens)
	}
	return w.planned(ctx, id, func(tx *sql.Tx) (int64, error) {
		open, err := w.underWay(ctx, tx, id, actTopUp)
		if err == nil && open != 0 {
			err = wherry.Errorf(wherry.Conflict, "top up: another top-up is on its way: wait for it")
		}
		if err != nil {
			return 0, err
		}
		var first int64
		if acc.Allowance.Less(amount) {
			if first, err = w.plan(ctx, tx, id, actApprove, actionArgs{Amount: amount}, 0); err != nil {
				return 0, err
			}
		}
		return w.plan(ctx, tx, id, actTopUp, actionArgs{Amount: amount}, first)
	})
}

// underWay returns the number of a channel's open action of a kind, which a command that
// came at the same time has planned, or zero.
func (w *Wallet) underWay(ctx context.Context, tx *sql.Tx, id channel.ID, kind string) (n int64, err error) {
	err = tx.QueryRowContext(ctx, `SELECT coalesce(max(id), 0) FROM actions WHERE channel = ? AND kind = ? AND state NOT IN ('final', 'failed')`, w.rows[id], kind).Scan(&n)
	return n, err
}

// Leave plans to leave a hub without its consent: nothing is signed from now on,
// and after the chain's delay Run brings the rest of the deposit back. Whoever asks
// for it again meanwhile gets the same action.
func (w *Wallet) Leave(ctx context.Context, id channel.ID) (int64, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	s, err := w.leaving(ctx, id)
	if err != nil {
		return 0, err
	}
	ctx = context.WithoutCancel(ctx)
	var n int64
	err = w.write(ctx, func(tx *sql.Tx) error {
		if err := w.updateChannel(ctx, tx, id, s); err != nil {
			return err
		}
		if n, err = w.underWay(ctx, tx, id, actLeave); err != nil || n != 0 {
			return err
		}
		n, err = w.plan(ctx, tx, id, actLeave, actionArgs{}, 0)
		return err
	})
	if err != nil {
		return 0, err
	}
	return n, w.book.Load(id, s)
}

// CloseNow asks the hub's consent to leave at once and plans to do so. While the
// hub still has orders in flight the error is Pending, and the wallet may go on.
// A hub that wants to keep more than this wallet has paid is Refused: leave
// without it.
func (w *Wallet) CloseNow(ctx context.Context, id channel.ID) (int64, error) {
	var n int64
	err := w.consented(ctx, id, func(closed channel.Closed) error {
		consent := closed.Close()
		var err error
		n, err = w.planned(ctx, id, func(tx *sql.Tx) (int64, error) {
			if n, err := w.underWay(ctx, tx, id, actClose); err != nil || n != 0 {
				return n, err
			}
			return w.plan(ctx, tx, id, actClose, actionArgs{Close: &consent, Sig: &closed.Sig}, 0)
		})
		return err
	})
	return n, err
}

// consented asks the hub's consent and hands it to use, if it is good. Nothing is
// promised to the hub until use returns.
func (w *Wallet) consented(ctx context.Context, id channel.ID, use func(channel.Closed) error) error {
	c, err := w.config(id)
	if err != nil {
		return err
	}
	if c.Client == nil {
		return wherry.Errorf(wherry.Unreachable, "hub %s cannot be asked", id.Hub)
	}
	if err := w.stop(ctx, id); err != nil {
		return err
	}
	defer w.goOn(id)
	// What the hub counts as spent, and this wallet has no receipt of, would make
	// its consent look like too much.
	if err := w.Reconcile(ctx, id); err != nil {
		w.log.Debug("hub did not say what became of orders", "hub", id.Hub, "err", err)
	}
	closed, err := c.Client.Close(ctx, w.cfg.Key, channel.Chain{ID: id.A.ChainID, Contract: id.A.Contract})
	if err != nil {
		return err
	}
	if closed.Sig.IsZero() {
		return wherry.Errorf(wherry.Pending, "hub %s consents once what is in flight has ended, by %s",
			id.Hub, time.Unix(int64(min(closed.Pending, 1<<40)), 0).UTC().Format(time.RFC3339))
	}
	head, err := c.Chain.Head(ctx, chain.Latest)
	if err != nil {
		return err
	}
	w.mu.Lock()
	book, err := w.reload(ctx)
	if err == nil {
		err = book.CheckClose(id, closed.Close(), closed.Sig, head.Time)
	}
	w.mu.Unlock()
	if err != nil {
		return err
	}
	return use(closed)
}

// leaving returns a channel's count with leaving noted. The caller holds mu.
func (w *Wallet) leaving(ctx context.Context, id channel.ID) (channel.State, error) {
	if _, err := w.config(id); err != nil {
		return channel.State{}, err
	}
	book, err := w.reload(ctx)
	if err != nil {
		return channel.State{}, err
	}
	return book.Leave(id)
}

// stop notes that a channel is being left, until goOn: from then on the chain
// and the actions say whether it is.
func (w *Wallet) stop(ctx context.Context, id channel.ID) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	s, err := w.leaving(ctx, id)
	if err != nil {
		return err
	}
	w.closing[id] = true
	return w.saveState(ctx, w.book, id, s)
}

func (w *Wallet) goOn(id channel.ID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.closing, id)
}

// planned writes what plan plans.
func (w *Wallet) planned(ctx context.Context, id channel.ID, plan func(*sql.Tx) (int64, error)) (n int64, err error) {
	if _, err := w.config(id); err != nil {
		return 0, err
	}
	ctx = context.WithoutCancel(ctx)
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, err := w.reload(ctx); err != nil {
		return 0, err
	}
	err = w.db.Write(ctx, func(tx *sql.Tx) error {
		n, err = plan(tx)
		return err
	})
	return n, err
}
