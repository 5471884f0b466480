package wallet

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/channel"
)

// The kinds of actions.
const (
	actApprove  = "approve"
	actTopUp    = "topup"
	actLeave    = "leave"
	actFinalize = "finalize"
	actClose    = "close"
)

// The states of an action, as they are stored. Between planned and sent lies
// the moment in which the signed transaction is stored; only then does it leave.
const (
	statePlanned = "planned"
	stateSent    = "sent"
	stateMined   = "mined"
	stateFinal   = "final"
	stateFailed  = "failed"
)

// Action is something that the wallet does on chain.
type Action struct {
	ID      int64          `json:"id"`
	Hub     wherry.Address `json:"hub"`
	ChainID uint64         `json:"chain_id"`
	Kind    string         `json:"kind"`   // approve, topup, leave, finalize or close
	Amount  wherry.Amount  `json:"amount"` // of approve and topup
	State   string         `json:"state"`  // planned, sent, mined, final or failed
	Tx      wherry.Hash    `json:"tx"`     // zero while planned
	Error   string         `json:"error,omitempty"`
	Planned time.Time      `json:"planned"`

	channel channel.ID
	args    actionArgs
	after   int64
	tx      chain.Tx
}

// Done reports whether a is at its end.
func (a Action) Done() bool { return a.State == stateFinal || a.State == stateFailed }

// actionArgs is what an action was planned with, as it is stored.
type actionArgs struct {
	Amount wherry.Amount       `json:"amount"`
	Close  *typed.Close        `json:"close,omitempty"`
	Sig    *identity.Signature `json:"sig,omitempty"`
}

// call returns what a asks of the contract.
func (a Action) call(who wherry.Address) (chain.Call, error) {
	switch a.Kind {
	case actApprove:
		return chain.Approve{Amount: a.args.Amount}, nil
	case actTopUp:
		return chain.TopUp{Hub: a.Hub, Consumer: who, Amount: a.args.Amount}, nil
	case actLeave:
		return chain.RequestExit{Hub: a.Hub}, nil
	case actFinalize:
		return chain.FinalizeExit{Hub: a.Hub, Consumer: who}, nil
	case actClose:
		if a.args.Close != nil && a.args.Sig != nil {
			return chain.CoopExit{Hub: a.Hub, Close: *a.args.Close, Signature: *a.args.Sig}, nil
		}
	}
	return nil, wherry.Errorf(wherry.Internal, "action %d: a %s that makes no call", a.ID, a.Kind)
}

// plan writes a planned action and returns its number.
func (w *Wallet) plan(ctx context.Context, tx *sql.Tx, id channel.ID, kind string, args actionArgs, after int64) (int64, error) {
	body, err := json.Marshal(args)
	if err != nil {
		return 0, fmt.Errorf("plan a %s: %w", kind, err)
	}
	var prev any
	if after != 0 {
		prev = after
	}
	now := time.Now().Unix()
	r, err := tx.ExecContext(ctx, `INSERT INTO actions (channel, kind, args, after, state, planned, changed) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		w.rows[id], kind, string(body), prev, statePlanned, now, now)
	if err != nil {
		return 0, fmt.Errorf("plan a %s: %w", kind, err)
	}
	return r.LastInsertId()
}

const selectAction = `SELECT a.id, c.chain, c.contract, c.hub, a.kind, a.args, coalesce(a.after, 0), a.state, coalesce(a.tx, ''), a.error, a.planned
	FROM actions a JOIN channels c ON c.id = a.channel `

func scanAction(r *sql.Rows) (Action, error) {
	var a Action
	var args, tx string
	var planned int64
	err := r.Scan(&a.ID, &a.ChainID, raw(a.channel.A.Contract[:]), raw(a.Hub[:]), &a.Kind, &args, &a.after, &a.State, &tx, &a.Error, &planned)
	if err != nil {
		return a, err
	}
	a.channel.A.ChainID, a.channel.Hub = a.ChainID, a.Hub
	a.Planned = time.Unix(planned, 0).UTC()
	if err := json.Unmarshal([]byte(args), &a.args); err != nil {
		return a, fmt.Errorf("action %d: %w", a.ID, err)
	}
	a.Amount = a.args.Amount
	if tx != "" {
		if err := json.Unmarshal([]byte(tx), &a.tx); err != nil {
			return a, fmt.Errorf("action %d: %w", a.ID, err)
		}
		a.Tx = a.tx.ID
	}
	return a, nil
}

func (w *Wallet) actions(ctx context.Context, where string, args ...any) ([]Action, error) {
	var out []Action
	err := w.db.Read(ctx, func(tx *sql.Tx) error {
		return query(ctx, tx, func(r *sql.Rows) error {
			a, err := scanAction(r)
			out = append(out, a)
			return err
		}, selectAction+where, args...)
	})
	return out, err
}

// Actions returns what the wallet has done on chain and is doing, the newest
// first and at most limit of them.
func (w *Wallet) Actions(ctx context.Context, limit int) ([]Action, error) {
	return w.actions(ctx, `ORDER BY a.id DESC LIMIT ?`, limit)
}

// Action returns one action, or NotFound.
func (w *Wallet) Action(ctx context.Context, id int64) (Action, error) {
	all, err := w.actions(ctx, `WHERE a.id = ?`, id)
	if err != nil {
		return Action{}, err
	}
	if len(all) == 0 {
		return Action{}, wherry.Errorf(wherry.NotFound, "no action %d", id)
	}
	return all[0], nil
}

// advance takes every action that is not at its end as far as it goes now, in
// the order in which they were planned.
func (w *Wallet) advance(ctx context.Context) error {
	w.stepping.Lock()
	defer w.stepping.Unlock()
	open, err := w.actions(ctx, `WHERE a.state NOT IN ('final', 'failed') ORDER BY a.id`)
	if err != nil {
		return err
	}
	var all error
	for _, a := range open {
		if err := w.step(ctx, a); err != nil {
			all = errors.Join(all, fmt.Errorf("%s at hub %s: %w", a.Kind, a.Hub, err))
		}
	}
	return all
}

func (w *Wallet) step(ctx context.Context, a Action) error {
	c, err := w.config(a.channel)
	if err != nil {
		return nil // its chain is not configured today: it waits
	}
	if a.State == statePlanned {
		return w.send(ctx, c.Chain, a)
	}
	st, err := c.Chain.Status(ctx, a.tx.ID)
	if err != nil {
		return err
	}
	switch st.State {
	case chain.Sent:
		return w.mark(ctx, a, stateSent, "")
	case chain.Mined:
		return w.mark(ctx, a, stateMined, st.Reason)
	case chain.Finalized:
		if st.Reverted {
			return w.mark(ctx, a, stateFailed, st.Reason)
		}
		return w.mark(ctx, a, stateFinal, "")
	case chain.Failed:
		return w.mark(ctx, a, stateFailed, st.Reason)
	case chain.Unknown:
	}
	// Never arrived, or undone by a reorg: the same bytes can do no more than
	// they were meant to.
	err = c.Chain.Resend(ctx, a.tx)
	if wherry.CodeOf(err) == wherry.Conflict {
		return w.mark(ctx, a, stateFailed, "another transaction took its place")
	}
	if err != nil {
		return err
	}
	return w.mark(ctx, a, stateSent, "")
}

// send takes a planned action out of the house.
func (w *Wallet) send(ctx context.Context, c chain.Chain, a Action) error {
	if a.after != 0 {
		before, err := w.Action(ctx, a.after)
		if err != nil {
			return err
		}
		switch before.State {
		case stateFailed:
			return w.mark(ctx, a, stateFailed, before.Kind+" failed: "+before.Error)
		case statePlanned, stateSent:
			return nil
		}
	}
	call, err := a.call(w.Address())
	if err != nil {
		return w.mark(ctx, a, stateFailed, err.Error())
	}
	stored := false
	_, err = c.Send(ctx, w.cfg.Key, call, func(tx chain.Tx) error {
		a.tx = tx
		if err := w.mark(ctx, a, stateSent, ""); err != nil {
			return err
		}
		stored = true
		return nil
	})
	switch wherry.CodeOf(err) {
	case wherry.NotFunded, wherry.Conflict, wherry.Forbidden, wherry.Invalid:
		if !stored { // refused before anything left
			return w.mark(ctx, a, stateFailed, err.Error())
		}
	}
	return err
}

// mark writes an action's state, if it is another than before.
func (w *Wallet) mark(ctx context.Context, a Action, state, reason string) error {
	if a.State == state && a.Error == reason {
		return nil
	}
	var tx any
	if a.tx.ID != (wherry.Hash{}) {
		body, err := json.Marshal(a.tx)
		if err != nil {
			return fmt.Errorf("note a transaction: %w", err)
		}
		tx = string(body)
	}
	ctx = context.WithoutCancel(ctx)
	w.log.Info("wallet action", "hub", a.Hub, "kind", a.Kind, "state", state, "tx", a.tx.ID)
	return w.db.Write(ctx, func(t *sql.Tx) error {
		_, err := t.ExecContext(ctx, `UPDATE actions SET state = ?, error = ?, tx = ?, changed = ? WHERE id = ?`,
			state, reason, tx, time.Now().Unix(), a.ID)
		return err
	})
}
