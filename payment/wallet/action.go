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
	"github.com/wherrynet/wherry/internal/sqlite"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/onchain"
)

// The kinds of actions.
const (
	actApprove  = "approve"
	actTopUp    = "topup"
	actLeave    = "leave"
	actFinalize = "finalize"
	actClose    = "close"
)

// Action is something that the wallet does on chain.
type Action struct {
	ID      int64          `json:"id"`
	Hub     wherry.Address `json:"hub"`
	ChainID uint64         `json:"chain_id"`
	Kind    string         `json:"kind"`   // approve, topup, leave, finalize or close
	Amount  wherry.Amount  `json:"amount"` // of approve and topup
	State   onchain.State  `json:"state"`
	Tx      wherry.Hash    `json:"tx"`              // zero while planned
	Block   uint64         `json:"block,omitempty"` // that it is in
	Gas     uint64         `json:"gas,omitempty"`   // that it used
	Cost    wherry.Amount  `json:"cost"`            // what that cost, in wei
	Error   string         `json:"error,omitempty"`
	Planned time.Time      `json:"planned"`

	channel channel.ID
	args    actionArgs
	after   int64
	row     onchain.Row
}

// Done reports whether a is at its end.
func (a Action) Done() bool { return a.State.Done() }

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
		w.rows[id], kind, string(body), prev, onchain.Planned, now, now)
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
	err := r.Scan(&a.ID, &a.ChainID, sqlite.Bytes(a.channel.A.Contract[:]), sqlite.Bytes(a.Hub[:]), &a.Kind, &args, &a.after, &a.State, &tx, &a.Error, &planned)
	if err != nil {
		return a, err
	}
	a.channel.A.ChainID, a.channel.Hub = a.ChainID, a.Hub
	a.Planned = time.Unix(planned, 0).UTC()
	if err := json.Unmarshal([]byte(args), &a.args); err != nil {
		return a, fmt.Errorf("action %d: %w", a.ID, err)
	}
	a.Amount = a.args.Amount
	if a.row, err = onchain.ParseRow(a.State, tx, a.Error); err != nil {
		return a, fmt.Errorf("action %d: %w", a.ID, err)
	}
	a.Tx, a.Block, a.Gas, a.Cost = a.row.Tx().ID, a.row.Block, a.row.Gas, a.row.Cost
	return a, nil
}

func (w *Wallet) actions(ctx context.Context, where string, args ...any) ([]Action, error) {
	var out []Action
	err := w.db.Read(ctx, func(tx *sql.Tx) error {
		return sqlite.Query(ctx, tx, func(r *sql.Rows) error {
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

// Underway returns what is under way in a channel, the oldest first: whoever
// wants the same again follows it instead of planning another.
func (w *Wallet) Underway(ctx context.Context, id channel.ID) ([]Action, error) {
	return w.actions(ctx, `WHERE a.channel = ? AND a.state NOT IN ('final', 'failed') ORDER BY a.id`, w.rows[id])
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
	row := a.row
	save := func(r onchain.Row) error { return w.mark(ctx, a, r) }
	if a.State == onchain.Planned && a.after != 0 {
		before, err := w.Action(ctx, a.after)
		if err != nil {
			return err
		}
		switch before.State {
		case onchain.Failed:
			row.State, row.Error = onchain.Failed, before.Kind+" failed: "+before.Error
			return save(row)
		case onchain.Planned, onchain.Sent:
			return nil
		case onchain.Mined, onchain.Final:
		}
	}
	if a.State == onchain.Planned && a.Kind == actApprove {
		if ok, err := w.awaited(ctx, a); err != nil || ok {
			return err
		}
	}
	call, err := a.call(w.Address())
	if err != nil {
		row.State, row.Error = onchain.Failed, err.Error()
		return save(row)
	}
	return onchain.Step(ctx, c.Chain, w.cfg.Key, call, row, save)
}

// awaited reports whether an allowance would take the place of one that an
// earlier top-up, to another hub with the same contract, has not used yet.
func (w *Wallet) awaited(ctx context.Context, approve Action) (bool, error) {
	before, err := w.actions(ctx, `WHERE a.kind = 'topup' AND a.state = 'planned' AND a.id < ? AND c.chain = ?`, approve.ID, approve.ChainID)
	return len(before) > 0, err
}

// mark writes how far an action has come.
func (w *Wallet) mark(ctx context.Context, a Action, r onchain.Row) error {
	tx, err := r.Text()
	if err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	w.log.Info("wallet action", "hub", a.Hub, "kind", a.Kind, "state", r.State, "tx", r.Tx().ID)
	return w.db.Write(ctx, func(t *sql.Tx) error {
		_, err := t.ExecContext(ctx, `UPDATE actions SET state = ?, error = ?, tx = ?, changed = ? WHERE id = ?`,
			r.State, r.Error, tx, time.Now().Unix(), a.ID)
		return err
	})
}
