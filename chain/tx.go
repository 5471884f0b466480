package chain

import (
	"context"
	"errors"
	"time"

	"github.com/wherrynet/wherry"
)

// Tx is a signed transaction as a caller stores it before it leaves.
type Tx struct {
	ID    wherry.Hash    `json:"id"`
	From  wherry.Address `json:"from"`
	Nonce uint64         `json:"nonce"`
	Raw   []byte         `json:"raw"` // what Resend sends; only the implementation that made it reads it
}

// State is how far a transaction has come.
type State uint8

// The states, see the package comment for the way between them.
const (
	Unknown   State = iota // the chain does not know it: never arrived, dropped, or undone by a reorg
	Sent                   // known, in no block yet
	Mined                  // in a block that a reorg may still undo
	Finalized              // in a final block, and done
	Failed                 // in a final block, and refused: it changed nothing and never will
)

// String returns the state's word.
func (s State) String() string {
	switch s {
	case Sent:
		return "sent"
	case Mined:
		return "mined"
	case Finalized:
		return "final"
	case Failed:
		return "failed"
	case Unknown:
	}
	return "unknown"
}

// Status is what the chain says about a transaction.
type Status struct {
	State    State         `json:"state"`
	Reverted bool          `json:"reverted"`         // mined, but refused by the contract
	Reason   string        `json:"reason,omitempty"` // why it reverted, as far as it can be told
	Block    uint64        `json:"block,omitempty"`
	GasUsed  uint64        `json:"gas_used,omitempty"`
	Cost     wherry.Amount `json:"cost"` // what it cost, in wei of the chain's own coin
}

// Cost is what a call is expected to cost.
type Cost struct {
	Gas uint64        `json:"gas"` // units of gas
	Fee wherry.Amount `json:"fee"` // in wei, at the present price
}

// Await asks for a transaction's status every so often until it is at least in
// want (Mined or Finalized), and returns it. One that was refused
// comes back with the code Conflict. The end of ctx is Pending, with the last
// status: the transaction goes on without us.
func Await(ctx context.Context, c Chain, id wherry.Hash, want State, every time.Duration) (Status, error) {
	var last Status
	for {
		st, err := c.Status(ctx, id)
		switch {
		case err == nil:
			last = st
			if st.Reverted && st.State >= want {
				return st, wherry.Errorf(wherry.Conflict, "transaction %s: %w", id, reverted(st.Reason))
			}
			if st.State >= want {
				return st, nil
			}
		case wherry.CodeOf(err) != wherry.Unreachable && ctx.Err() == nil:
			return last, err
		}
		t := time.NewTimer(every)
		select {
		case <-ctx.Done():
			t.Stop()
			return last, wherry.Errorf(wherry.Pending, "transaction %s is %s: %w", id, last.State, ctx.Err())
		case <-t.C:
		}
	}
}

// reverted turns a status' reason back into an error.
func reverted(reason string) error {
	if r := Refusal(reason); r.Known() {
		return r
	}
	if reason == "" {
		reason = "refused by the contract"
	}
	return errors.New(reason)
}
