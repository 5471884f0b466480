package wallet

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/onchain"
)

// Run watches the wallet's channels on their chains and takes its actions to
// their end, until ctx is done. A chain that does not answer is logged once and
// asked again.
func (w *Wallet) Run(ctx context.Context) error {
	t := time.NewTicker(w.cfg.Every)
	defer t.Stop()
	said := ""
	var reconciled time.Time
	for {
		err := w.Refresh(ctx)
		if time.Since(reconciled) >= reconcileEvery {
			reconciled = time.Now()
			w.reconcileAll(ctx)
		}
		if ctx.Err() != nil {
			return nil
		}
		switch {
		case err != nil && err.Error() != said:
			said = err.Error()
			w.log.Warn("wallet cannot see to its channels", "err", err)
		case err == nil && said != "":
			said = ""
			w.log.Info("wallet sees its channels again")
		}
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
		}
	}
}

// Refresh looks at every chain once: it takes the actions as far as they go and
// counts the deposits that are final. Until it has been told once, it asks each
// hub where its channel stands, in case this file is an old copy; a hub that does
// not answer is no error, since it would refuse such a promise anyway.
func (w *Wallet) Refresh(ctx context.Context) error {
	err := w.advance(ctx)
	for _, c := range w.cfg.Channels {
		if e := w.advanceRelays(ctx, c); e != nil {
			err = errors.Join(err, fmt.Errorf("relays for hub %s: %w", c.Hub, e))
		}
		if e := w.sync(ctx, c); e != nil {
			err = errors.Join(err, fmt.Errorf("channel to hub %s: %w", c.Hub, e))
			continue
		}
		w.ask(ctx, c)
	}
	return err
}

// askFor is how long a hub may take to say where a channel stands. The watch on
// the chain stands still meanwhile.
const askFor = 3 * time.Second

func (w *Wallet) ask(ctx context.Context, c Channel) {
	id := c.ID()
	w.mu.Lock()
	known := w.asked[id]
	w.mu.Unlock()
	if known || c.Client == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	err := w.Recover(ctx, id)
	switch wherry.CodeOf(err) {
	case "", wherry.NotFound:
	default:
		w.log.Debug("hub did not say where the channel stands", "hub", c.Hub, "err", err)
		return
	}
	w.mu.Lock()
	w.asked[id] = true
	w.mu.Unlock()
}

// Wait refreshes until an action is at its end and returns it. The end of ctx is
// Pending: the action goes on without us, at the next Run.
func (w *Wallet) Wait(ctx context.Context, id int64) (Action, error) {
	t := time.NewTicker(w.cfg.Every)
	defer t.Stop()
	for {
		seen := w.Refresh(ctx)
		a, err := w.Action(context.WithoutCancel(ctx), id)
		if err != nil {
			return a, err
		}
		if a.State == onchain.Failed {
			return a, wherry.Errorf(wherry.Conflict, "%s failed: %s", a.Kind, a.Error)
		}
		if a.Done() && seen == nil {
			return a, nil
		}
		select {
		case <-ctx.Done():
			return a, wherry.Errorf(wherry.Pending, "%s is %s: %w", a.Kind, a.State, errors.Join(ctx.Err(), seen))
		case <-t.C:
		}
	}
}

// retryFinalize is how long after one attempt to take the money back the next
// is made, should the first have failed: for want of gas, as a rule.
const retryFinalize = time.Minute

// sync takes a channel's state on chain into the book.
func (w *Wallet) sync(ctx context.Context, c Channel) error {
	id := c.ID()
	final, err := c.Chain.In(ctx, id.Hub, w.Address(), chain.Final)
	if err != nil {
		return err
	}
	head, err := c.Chain.In(ctx, id.Hub, w.Address(), chain.Latest)
	if err != nil {
		return err
	}
	now, err := c.Chain.Head(ctx, chain.Latest)
	if err != nil {
		return err
	}
	ending, err := w.count(ctx, id, final, head)
	if err != nil {
		return err
	}
	if head.Leaving() && !now.Time.Before(head.ExitAt) && !ending {
		last, e := w.actions(ctx, `WHERE a.kind = 'finalize' AND c.hub = ? AND c.chain = ? ORDER BY a.id DESC LIMIT 1`, id.Hub[:], id.A.ChainID)
		if e != nil || len(last) > 0 && time.Since(last[0].Planned) < retryFinalize {
			return e
		}
		if has, e := c.Chain.Account(ctx, w.Address(), chain.Latest); e != nil || has.Gas.IsZero() {
			return e // a relayer does it: the one that is owed the fee, or one that is asked
		}
		_, err = w.planned(ctx, id, func(tx *sql.Tx) (int64, error) {
			return w.plan(ctx, tx, id, actFinalize, actionArgs{}, 0)
		})
	}
	return err
}

// count brings the book's count of a channel to what the chain says: deposits as
// far as both views have them, leaving from the newest block. It reports whether
// an action that ends the channel is under way.
func (w *Wallet) count(ctx context.Context, id channel.ID, final, head chain.In) (ending bool, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	book, err := w.reload(ctx)
	if err != nil {
		return false, err
	}
	open, err := w.actions(ctx, `WHERE a.state NOT IN ('final', 'failed') AND a.kind IN ('leave', 'finalize', 'close') AND a.channel = ?`, w.rows[id])
	if err != nil {
		return false, err
	}
	relaying, err := w.relaying(ctx, id)
	if err != nil {
		return false, err
	}
	ending = len(open) > 0 || relaying || w.closing[id]
	s, err := book.Confirm(id, final.Deposited.Min(head.Deposited), final.Settled.Min(head.Settled))
	if err != nil {
		return ending, err
	}
	switch {
	case head.Leaving():
		s.Leaving = true
	case s.Leaving && !ending && !final.Leaving():
		// Either the exit is final and everything is settled, or it never was.
		if final.Settled == final.Deposited && head.Settled == final.Settled {
			return ending, w.left(ctx, book, id, final.Settled)
		}
		s.Leaving = false
	}
	return ending, w.saveState(ctx, book, id, s)
}

// left writes the end of a channel.
func (w *Wallet) left(ctx context.Context, book *channel.Payer, id channel.ID, settled wherry.Amount) error {
	s, ends, err := book.Left(id, settled)
	if err != nil {
		return err
	}
	if err := w.end(ctx, book, withPreimage(ends, wherry.Hash{})); err != nil {
		return err
	}
	return w.saveState(ctx, book, id, s)
}
