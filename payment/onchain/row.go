package onchain

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
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

// Try is one transaction that was signed for a row. All tries of a row have one
// nonce, so that one of them can be mined and no more.
type Try struct {
	chain.Tx      // Raw of the newest alone: what came before gives less and is not sent again
	Cancel   bool `json:"cancel,omitempty"` // it only uses the nonce up
}

// Row is what is stored of one thing done on chain.
type Row struct {
	State State
	Tries []Try         // the oldest first; none while planned
	At    time.Time     // when the newest was made, or last thought about
	Mined wherry.Hash   // the try that is in a block; zero while none is
	Block uint64        // of that try
	Gas   uint64        // that it used
	Cost  wherry.Amount // what it cost, in wei
	Error string        // why the row failed, or what keeps it

	// What the caller allows, given anew each time and not stored.
	Most  wherry.Amount // what it may cost at worst, in wei, the highest fee of all tries counted; zero is no bound
	Until time.Time     // by this computer's clock: from then on it is of no use, is not sent again, and given up; zero is no end
}

// Tx returns the transaction that counts: the one in a block, else the newest.
// It is zero while the row is planned.
func (r Row) Tx() chain.Tx {
	for _, t := range r.Tries {
		if t.ID == r.Mined {
			return t.Tx
		}
	}
	return r.newest().Tx
}

// newest returns the try that was made last.
func (r Row) newest() Try {
	if len(r.Tries) == 0 {
		return Try{}
	}
	return r.Tries[len(r.Tries)-1]
}

// with returns r with one more try, of which alone the bytes are kept.
func (r Row) with(t Try, now time.Time) Row {
	tries := make([]Try, 0, len(r.Tries)+1)
	for _, old := range r.Tries {
		old.Raw = nil
		tries = append(tries, old)
	}
	r.State, r.Tries, r.At, r.Error = Sent, append(tries, t), now, ""
	return r
}

// noNews reports whether b says nothing about a transaction that a did not. When
// a try was last thought about is no news.
func noNews(a, b Row) bool {
	return a.State == b.State && a.Error == b.Error && a.Mined == b.Mined && a.Block == b.Block && len(a.Tries) == len(b.Tries)
}

// stored is the text of a row beyond its state and its error.
type stored struct {
	Tries []Try         `json:"tries"`
	At    time.Time     `json:"at"`
	Mined wherry.Hash   `json:"mined"`
	Block uint64        `json:"block,omitempty"`
	Gas   uint64        `json:"gas,omitempty"`
	Cost  wherry.Amount `json:"cost"`
}

// Text returns what is stored of a row beside State and Error, nil while nothing
// was signed.
func (r Row) Text() (any, error) {
	if len(r.Tries) == 0 {
		return nil, nil
	}
	b, err := json.Marshal(stored{r.Tries, r.At.UTC(), r.Mined, r.Block, r.Gas, r.Cost})
	if err != nil {
		return nil, fmt.Errorf("note a transaction: %w", err)
	}
	return string(b), nil
}

// ParseRow makes a row of what was stored. Text is what Text returned, "" for
// nil, or a single transaction in JSON, as earlier versions stored it.
func ParseRow(state State, text, failure string) (Row, error) {
	r := Row{State: state, Error: failure}
	if text == "" {
		return r, nil
	}
	var s struct {
		stored
		chain.Tx
	}
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return r, fmt.Errorf("read a transaction: %w", err)
	}
	r.Tries, r.At, r.Mined, r.Block, r.Gas, r.Cost = s.Tries, s.At, s.stored.Mined, s.Block, s.Gas, s.Cost
	if len(r.Tries) == 0 {
		r.Tries = []Try{{Tx: s.Tx}}
	}
	return r, nil
}
