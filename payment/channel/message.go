package channel

import (
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

// Bounds on what one message may hold.
const (
	MaxBatch   = 256 // promises in one batch
	MaxReveals = 8   // preimages in one batch
)

// Epoch names one run of a payee's process: 16 random bytes drawn at its start
// and kept before they are used, so that a restored copy of its books never
// draws an earlier secret again.
type Epoch [16]byte

// TickID names a payee's tick with one hub on one chain.
type TickID struct {
	Epoch  Epoch  `cbor:"1,keyasint"`
	Number uint64 `cbor:"2,keyasint"` // from 1, never used twice within an epoch
}

// SignedPromise is a promise with the order that it pays and the payer's
// signature over both. A promise whose order hash does not fit its order does
// not exist: the hash is always made from the order.
type SignedPromise struct {
	Consumer wherry.Address
	A        typed.Domain // chain and contract that hold the payer's deposit
	Hub      wherry.Address
	Total    wherry.Amount // the payer's running total
	Hashlock wherry.Hash
	Order    typed.Order
	Sig      identity.Signature
}

// Promise returns what the contract sees.
func (p SignedPromise) Promise() typed.Promise {
	return typed.Promise{Hub: p.Hub, Total: p.Total, Hashlock: p.Hashlock, Order: p.Order.Hash()}
}

// Digest returns what the payer signed.
func (p SignedPromise) Digest() wherry.Hash { return p.Promise().Digest(p.A) }

// Verify returns nil when the payer signed p.
func (p SignedPromise) Verify() error { return identity.Verify(p.Consumer, p.Digest(), p.Sig) }

// Item is a promise inside a Batch: what the batch does not say already.
type Item struct {
	Consumer wherry.Address     `cbor:"1,keyasint"`
	ChainA   uint64             `cbor:"2,keyasint"`
	Total    wherry.Amount      `cbor:"3,keyasint"`
	Amount   wherry.Amount      `cbor:"4,keyasint"`
	Seq      uint64             `cbor:"5,keyasint"`
	Session  wherry.SessionID   `cbor:"6,keyasint"`
	Sig      identity.Signature `cbor:"7,keyasint"`
}

// Batch is a payee's request to a hub: all promises of one tick, and what makes
// earlier ticks final. An empty list of promises is allowed: it only reveals.
// The same batch again gets the same bytes back.
type Batch struct {
	Version   uint64         `cbor:"0,keyasint"` // 1
	Hub       wherry.Address `cbor:"1,keyasint"`
	Provider  wherry.Address `cbor:"2,keyasint"`
	ChainB    uint64         `cbor:"3,keyasint"`
	ContractB wherry.Address `cbor:"4,keyasint"`
	Tick      TickID         `cbor:"5,keyasint"`
	Hashlock  wherry.Hash    `cbor:"6,keyasint"` // of this tick; zero when there are no promises
	Reveals   []wherry.Hash  `cbor:"7,keyasint"` // preimages of earlier ticks
	Items     []Item         `cbor:"8,keyasint"`
	// Sig is the provider's over Keccak-256("wherry/batch/v1" ‖ the encoding with a
	// zero Sig). A hub takes a batch without it too, since it pays nobody else, but
	// only within a share of what the provider may have open: see HubRules.Stranger.
	Sig identity.Signature `cbor:"9,keyasint"`
}

// Promise returns item i as the promise that its consumer signed; a is the
// domain of the item's chain.
func (b Batch) Promise(i int, a typed.Domain) SignedPromise {
	it := b.Items[i]
	return SignedPromise{
		Consumer: it.Consumer, A: a, Hub: b.Hub, Total: it.Total, Hashlock: b.Hashlock, Sig: it.Sig,
		Order: typed.Order{
			Provider: b.Provider, ChainB: b.ChainB, ContractB: b.ContractB,
			Amount: it.Amount, Seq: it.Seq, Session: it.Session,
		},
	}
}

// Item returns p in the form that a Batch holds.
func (p SignedPromise) Item() Item {
	return Item{
		Consumer: p.Consumer, ChainA: p.A.ChainID, Total: p.Total, Amount: p.Order.Amount,
		Seq: p.Order.Seq, Session: p.Order.Session, Sig: p.Sig,
	}
}

// SignedPayout is a hub's payout with its signature. The zero value means "none".
type SignedPayout struct {
	Payee    wherry.Address     `cbor:"1,keyasint"`
	Total    wherry.Amount      `cbor:"2,keyasint"`
	Expiry   uint64             `cbor:"3,keyasint"` // unix seconds; 0 when unlocked
	Hashlock wherry.Hash        `cbor:"4,keyasint"`
	Sig      identity.Signature `cbor:"5,keyasint"`
}

// Payout returns what the contract sees.
func (p SignedPayout) Payout() typed.Payout {
	return typed.Payout{Payee: p.Payee, Total: p.Total, Expiry: p.Expiry, Hashlock: p.Hashlock}
}

// IsZero reports whether there is no payout.
func (p SignedPayout) IsZero() bool { return p == SignedPayout{} }

// Verify returns nil when hub signed p for the domain b.
func (p SignedPayout) Verify(hub wherry.Address, b typed.Domain) error {
	return identity.Verify(hub, p.Payout().Digest(b), p.Sig)
}

// Refusal says why one item of a batch was not accepted. It is signed as part
// of its Answer.
type Refusal struct {
	Item   uint64        `cbor:"1,keyasint"` // index into Batch.Items
	Code   wherry.Code   `cbor:"2,keyasint"`
	Reason string        `cbor:"3,keyasint"` // at most 200 bytes
	Spent  wherry.Amount `cbor:"4,keyasint"` // the hub's count of the channel: spent + pending
	Order  wherry.Hash   `cbor:"5,keyasint"` // SignedPromise.ID of the item: what its payer knows it by
}

// Answer is the hub's answer to a Batch.
type Answer struct {
	Version  uint64       `cbor:"0,keyasint"` // 1
	Request  wherry.Hash  `cbor:"1,keyasint"` // Keccak-256 of the batch's bytes
	Tick     TickID       `cbor:"2,keyasint"`
	Locked   SignedPayout `cbor:"3,keyasint"` // under this tick's hash lock; zero when nothing was accepted
	Unlocked SignedPayout `cbor:"4,keyasint"` // all that is revealed so far; zero when that is nothing
	Refused  []Refusal    `cbor:"5,keyasint"`
	// Sig is the hub's signature over Keccak-256("wherry/answer/v1" ‖ the
	// encoding with a zero Sig) where Refused is not empty, and zero otherwise:
	// the payouts are signed on their own.
	Sig identity.Signature `cbor:"6,keyasint"`
}
