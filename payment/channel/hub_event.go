package channel

import (
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
)

// HubEvent is one change of a hub's book: exactly one of its fields is set. Its
// encoding is a record of the hub's journal.
type HubEvent struct {
	Open   *HubOpened   `cbor:"1,keyasint,omitempty"`
	Bind   *BindRequest `cbor:"2,keyasint,omitempty"`
	Pay    *HubPaid     `cbor:"3,keyasint,omitempty"`
	Reveal *HubRevealed `cbor:"4,keyasint,omitempty"`
	Void   *HubVoided   `cbor:"5,keyasint,omitempty"`
	In     *HubIn       `cbor:"6,keyasint,omitempty"`
	Out    *HubOut      `cbor:"7,keyasint,omitempty"`
	Stop   *HubStop     `cbor:"8,keyasint,omitempty"`
	Scan   *HubScan     `cbor:"9,keyasint,omitempty"`
	Tx     *HubTx       `cbor:"10,keyasint,omitempty"`
	Kill   *HubKilled   `cbor:"11,keyasint,omitempty"`
	State  *HubStated   `cbor:"14,keyasint,omitempty"`
	Drain  *HubDrained  `cbor:"17,keyasint,omitempty"`

	Restored *HubRestored `cbor:"12,keyasint,omitempty"`
	Lost     *HubLost     `cbor:"13,keyasint,omitempty"`
	Moved    *HubMoved    `cbor:"16,keyasint,omitempty"`
}

// HubOpened is the first event of every journal: whose it is.
type HubOpened struct {
	Hub    wherry.Address `cbor:"1,keyasint"`
	Chains []Chain        `cbor:"2,keyasint"`
}

// HubDrained says whether the hub takes new orders, for whoever has its journal.
type HubDrained struct {
	On bool `cbor:"1,keyasint"` // it takes none
}

// HubPaid is a batch with what was decided about it. One of a provider that is not
// in the book has no orders.
type HubPaid struct {
	Request  wherry.Hash    `cbor:"1,keyasint"`
	Provider ProviderID     `cbor:"2,keyasint"`
	Tick     TickID         `cbor:"3,keyasint"`
	Hashlock wherry.Hash    `cbor:"4,keyasint"`
	Expiry   uint64         `cbor:"5,keyasint"` // of the tick; zero when no item was accepted
	FeePPM   uint64         `cbor:"6,keyasint"`
	Reveals  []HubRevealed  `cbor:"7,keyasint,omitempty"`
	Items    []Item         `cbor:"8,keyasint,omitempty"`  // accepted and new
	Repeated bool           `cbor:"9,keyasint,omitempty"`  // an item was accepted before
	Dead     []HubDead      `cbor:"10,keyasint,omitempty"` // order numbers that a refusal used up
	Refused  []Refusal      `cbor:"11,keyasint,omitempty"`
	Unlocked wherry.Address `cbor:"12,keyasint"`           // the payee that the answer's unlocked payout is for
	Bind     *BindRequest   `cbor:"13,keyasint,omitempty"` // brings the provider into the book, with its first order
}

// HubDead is an order number that is used up without an order.
type HubDead struct {
	In  InID   `cbor:"1,keyasint"`
	Seq uint64 `cbor:"2,keyasint"`
}

// HubKilled is order numbers that their consumer asked for before any order came.
type HubKilled struct {
	In   InID     `cbor:"1,keyasint"`
	Seqs []uint64 `cbor:"2,keyasint"`
}

// HubRevealed opens the ticks of the named providers under Preimage's hash.
type HubRevealed struct {
	Preimage  wherry.Hash  `cbor:"1,keyasint"`
	Providers []ProviderID `cbor:"2,keyasint"`
}

// HubVoided ends a tick whose preimage did not come in time.
type HubVoided struct {
	Provider ProviderID  `cbor:"1,keyasint"`
	Hashlock wherry.Hash `cbor:"2,keyasint"`
}

// HubIn is what chain A says of a consumer's channel.
type HubIn struct {
	ID        InID          `cbor:"1,keyasint"`
	Deposited wherry.Amount `cbor:"2,keyasint"` // in the newest final block
	Settled   wherry.Amount `cbor:"3,keyasint"` // in the newest final block
	Leaving   bool          `cbor:"4,keyasint"` // in the newest block, or the final one
	ExitAt    uint64        `cbor:"5,keyasint"`
}

// HubOut is what chain B says of a payee in its newest final block.
type HubOut struct {
	ID       OutID         `cbor:"1,keyasint"`
	Settled  wherry.Amount `cbor:"2,keyasint"`
	Reserved wherry.Amount `cbor:"3,keyasint"`
}

// HubStop says that a Close may be signed, so that the channel takes no order
// until it cannot be used any more. A zero Expiry lifts it.
type HubStop struct {
	ID        InID          `cbor:"1,keyasint"`
	Deposited wherry.Amount `cbor:"2,keyasint"`
	Settled   wherry.Amount `cbor:"3,keyasint"`
	Expiry    uint64        `cbor:"4,keyasint"`
}

// HubScan is how far a chain was read: the newest final block whose events are
// in the book.
type HubScan struct {
	Chain uint64      `cbor:"1,keyasint"`
	Block uint64      `cbor:"2,keyasint"`
	Hash  wherry.Hash `cbor:"3,keyasint"`
	Time  uint64      `cbor:"4,keyasint"`
}

// TxState is how far one of the hub's transactions has come.
type TxState uint64

// The states. A failed one changed nothing; what it was for is planned anew.
const (
	TxPlanned TxState = 1
	TxSent    TxState = 2
	TxMined   TxState = 3
	TxFinal   TxState = 4
	TxFailed  TxState = 5
)

// String returns the state's word.
func (s TxState) String() string {
	switch s {
	case TxPlanned:
		return "planned"
	case TxSent:
		return "sent"
	case TxMined:
		return "mined"
	case TxFinal:
		return "final"
	case TxFailed:
		return "failed"
	}
	return "unknown"
}

// Done reports whether nothing more happens to the transaction.
func (s TxState) Done() bool { return s == TxFinal || s == TxFailed }

// TxKind is what one of the hub's transactions is for.
type TxKind uint64

// The kinds.
const (
	TxCollect TxKind = 1 // takes what consumers promised
	TxPush    TxKind = 2 // pays payees and fills their reserves
)

// String returns the kind's word.
func (k TxKind) String() string {
	switch k {
	case TxCollect:
		return "collect"
	case TxPush:
		return "push"
	}
	return "unknown"
}

// HubTx is a transaction of the hub. Either Collect or Push says what it does.
// A later event with the same ID replaces the state and what the chain knows;
// once done, only the figures are kept.
type HubTx struct {
	ID      uint64         `cbor:"1,keyasint"` // from 1, grows by one
	Chain   uint64         `cbor:"2,keyasint"`
	State   TxState        `cbor:"3,keyasint"`
	Collect []HubCollect   `cbor:"4,keyasint,omitempty"`
	Push    []HubPush      `cbor:"5,keyasint,omitempty"`
	Kind    TxKind         `cbor:"16,keyasint"`
	Hash    wherry.Hash    `cbor:"6,keyasint"` // of the newest transaction that was signed for it; zero while planned
	From    wherry.Address `cbor:"7,keyasint"`
	Nonce   uint64         `cbor:"8,keyasint"`
	Raw     []byte         `cbor:"9,keyasint,omitempty"` // dropped when done
	Block   uint64         `cbor:"10,keyasint"`
	Gas     uint64         `cbor:"11,keyasint"`
	Cost    wherry.Amount  `cbor:"12,keyasint"` // in wei
	Reason  string         `cbor:"13,keyasint,omitempty"`
	Items   uint64         `cbor:"14,keyasint"`           // consumers or payees in it
	Amount  wherry.Amount  `cbor:"15,keyasint"`           // expected to move
	Earlier []HubTry       `cbor:"17,keyasint,omitempty"` // signed before Hash under the same nonce: any of them may be mined
	Void    bool           `cbor:"18,keyasint,omitempty"` // Hash only uses the nonce up
	At      uint64         `cbor:"19,keyasint,omitempty"` // unix seconds when Hash was signed
	Mined   wherry.Hash    `cbor:"20,keyasint"`           // the one that is in a block; zero while none is
}

// HubTry is a transaction that gave too little, and in whose place another was
// signed.
type HubTry struct {
	Hash wherry.Hash `cbor:"1,keyasint"`
	Void bool        `cbor:"2,keyasint,omitempty"` // it only uses the nonce up
}

// Tries returns how many transactions were signed for t.
func (t HubTx) Tries() int {
	if t.Hash.IsZero() {
		return 0
	}
	return len(t.Earlier) + 1
}

// Shown returns the hash that a person looks for on the chain: of what is in a
// block, else of the newest that was signed.
func (t HubTx) Shown() wherry.Hash {
	if !t.Mined.IsZero() {
		return t.Mined
	}
	return t.Hash
}

// HubCollect is one consumer of a collecting transaction, with all that the
// contract asks for, so that it can be sent again whatever the book says by then.
type HubCollect struct {
	Promise  Held        `cbor:"1,keyasint"`
	Preimage wherry.Hash `cbor:"2,keyasint"`
}

// HubPush is one payee of a paying transaction.
type HubPush struct {
	Payee   wherry.Address `cbor:"1,keyasint"`
	Total   wherry.Amount  `cbor:"2,keyasint"`
	Reserve wherry.Amount  `cbor:"3,keyasint"`
}

// Claim returns the promise that c collects and its consumer's signature, as the
// contract recovers it.
func (c HubCollect) Claim(hub wherry.Address) (SignedPromise, identity.Signature, wherry.Hash) {
	p := c.Promise.Straight(hub).Promise(hub)
	return p, p.Sig, c.Preimage
}
