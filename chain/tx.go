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

// Bid is how a transaction competes for its place. The zero Bid is a new
// transaction at the going price.
type Bid struct {
	// Over is a transaction that waits, and whose nonce the new one takes: with
	// fees that are higher by what clients ask of a replacement, an eighth. Only
	// one of the two can ever be mined. Without Raw it is whatever has that
	// nonce, or nothing. Nil means the next nonce.
	Over *Tx
	// Most is what the transaction may cost at worst, in wei: its whole gas at
	// its highest fee. What cannot be had for it is PriceTooHigh, and is not
	// sent. Zero is no bound.
	Most wherry.Amount
}

// Nonces counts an account's transactions. The next one to be mined has the
// number Latest.
type Nonces struct {
	Final   uint64 // in final blocks
	Latest  uint64 // in blocks
	Pending uint64 // with those that wait and leave no gap: the first number that nobody has, as far as it is known
}

// Endpoint is how one of the servers that a chain is seen through does.
type Endpoint struct {
	Host  string    `json:"host"`            // without the path: a URL may hold a secret
	State string    `json:"state"`           // ok, behind, down, wrong or disagrees
	Head  uint64    `json:"head"`            // newest block that it told of
	Since time.Time `json:"since"`           // when it came into this state
	Error string    `json:"error,omitempty"` // what it last said or did wrong
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
