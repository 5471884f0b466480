// Package onchain is how a book of money follows what it does on chain: as a row
// that a restart takes up where it was.
//
//	planned ──► sent ──► mined ──► final
//	   │          └────────┴─────► failed
//	   └─────────────────────────► failed   refused before anything left
//
// payment/wallet and payment/earnings keep such rows. A plan that is found after
// a crash was never sent; a row that is sent may or may not have left, and the
// same signed bytes are sent again, which can do no more than they were meant to.
package onchain

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
)

// State is how far a row has come, as it is stored.
type State string

// The states.
const (
	Planned State = "planned"
	Sent    State = "sent"
	Mined   State = "mined"
	Final   State = "final"
	Failed  State = "failed"
)

// Done reports whether s is an end.
func (s State) Done() bool { return s == Final || s == Failed }

// Row is what is stored of one thing done on chain.
type Row struct {
	State State
	Tx    chain.Tx // zero while planned
	Error string   // why it failed
}

// TxText returns the transaction as it is stored, nil when there is none.
func (r Row) TxText() (any, error) {
	if r.Tx.ID.IsZero() {
		return nil, nil
	}
	b, err := json.Marshal(r.Tx)
	if err != nil {
		return nil, fmt.Errorf("note a transaction: %w", err)
	}
	return string(b), nil
}

// ParseTx reads what TxText returns; an empty text is the zero Tx.
func ParseTx(text string) (tx chain.Tx, err error) {
	if text == "" {
		return tx, nil
	}
	if err := json.Unmarshal([]byte(text), &tx); err != nil {
		return tx, fmt.Errorf("read a transaction: %w", err)
	}
	return tx, nil
}

// Step takes a row as far as it goes now and has every change stored by save
// before it counts. A call that the contract refuses ends the row as Failed; an
// error means that nothing is known yet, and Step is to be called again.
func Step(ctx context.Context, c chain.Chain, key *identity.Key, call chain.Call, r Row, save func(Row) error) error {
	if r.State == Planned {
		return send(ctx, c, key, call, r, save)
	}
	if r.State.Done() {
		return nil
	}
	to := r
	st, err := c.Status(ctx, r.Tx.ID)
	if err != nil {
		return err
	}
	to.Error = ""
	switch st.State {
	case chain.Sent:
		to.State = Sent
	case chain.Mined:
		to.State = Mined
	case chain.Finalized:
		to.State = Final
	case chain.Failed:
		to.State = Failed
	case chain.Unknown:
		to.State = Sent
		if err := c.Resend(ctx, r.Tx); wherry.CodeOf(err) == wherry.Conflict {
			to.State, to.Error = Failed, "another transaction took its place"
		} else if err != nil {
			return err
		}
	}
	if st.Reverted {
		to.Error = st.Reason
		if to.State == Final {
			to.State = Failed
		}
	}
	if to.State == r.State && to.Error == r.Error {
		return nil
	}
	return save(to)
}

func send(ctx context.Context, c chain.Chain, key *identity.Key, call chain.Call, r Row, save func(Row) error) error {
	stored := false
	_, err := c.Send(ctx, key, call, func(tx chain.Tx) error {
		to := r
		to.State, to.Tx = Sent, tx
		if err := save(to); err != nil {
			return err
		}
		stored = true
		return nil
	})
	switch wherry.CodeOf(err) {
	case wherry.NotFunded, wherry.Conflict, wherry.Forbidden, wherry.Invalid:
		if !stored { // refused before anything left
			r.State, r.Error = Failed, err.Error()
			return save(r)
		}
	}
	return err
}
