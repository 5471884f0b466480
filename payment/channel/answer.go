package channel

import (
	"encoding/binary"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
)

// Version is the version of Batch, Answer and the other messages of this package.
const Version = 1

// MaxReason is the most bytes that the reason of a Refusal may have.
const MaxReason = 200

// OrderID names one order of one payer in a Refusal. Payer and payee can make
// it from the promise; for anybody else it is a random number, so that an
// answer that is shown to one payer says nothing about the others.
func OrderID(consumer wherry.Address, chainA uint64, order typed.Order) wherry.Hash {
	var c [8]byte
	binary.BigEndian.PutUint64(c[:], chainA)
	h := order.Hash()
	return wherry.Keccak256([]byte("wherry/order/v1"), consumer[:], c[:], h[:])
}

// ID returns the name of p's order.
func (p SignedPromise) ID() wherry.Hash { return OrderID(p.Consumer, p.A.ChainID, p.Order) }

// Request returns the hash by which an Answer names the batch b: the Keccak-256
// of its encoding.
func (b Batch) Request() (wherry.Hash, error) {
	raw, err := codec.Marshal(b)
	if err != nil {
		return wherry.Hash{}, err
	}
	return wherry.Keccak256(raw), nil
}

// Sign returns b with the signature of key, the provider's.
func (b Batch) Sign(key *identity.Key) (Batch, error) {
	d, err := b.digest()
	if err != nil {
		return Batch{}, err
	}
	b.Sig = key.Sign(d)
	return b, nil
}

// Verify returns nil when the provider that b names signed it.
func (b Batch) Verify() error {
	d, err := b.digest()
	if err != nil {
		return err
	}
	return identity.Verify(b.Provider, d, b.Sig)
}

func (b Batch) digest() (wherry.Hash, error) {
	b.Sig = identity.Signature{}
	return tagged("wherry/batch/v1", b)
}

// Digest returns what the hub signs where an answer holds refusals.
func (a Answer) Digest() (wherry.Hash, error) {
	a.Sig = identity.Signature{}
	raw, err := codec.Marshal(a)
	if err != nil {
		return wherry.Hash{}, err
	}
	return wherry.Keccak256([]byte("wherry/answer/v1"), raw), nil
}

// VerifyRefusals returns nil when hub signed the refusals of a, or when there
// are none and no signature either.
func (a Answer) VerifyRefusals(hub wherry.Address) error {
	if len(a.Refused) == 0 {
		if !a.Sig.IsZero() {
			return wherry.Errorf(wherry.Invalid, "answer: signed, and refuses nothing")
		}
		return nil
	}
	d, err := a.Digest()
	if err != nil {
		return err
	}
	if err := identity.Verify(hub, d, a.Sig); err != nil {
		return wherry.Errorf(wherry.Forbidden, "answer: its refusals are not the hub's: %w", err)
	}
	return nil
}

// Binding ties a provider to the account that is paid for what it earns on one
// chain. Both sign it: the payee too, so that nobody piles orders onto somebody
// else's payout.
type Binding struct {
	Payee       typed.Payee        `cbor:"1,keyasint"`
	ProviderSig identity.Signature `cbor:"2,keyasint"`
	PayeeSig    identity.Signature `cbor:"3,keyasint"`
}

// Bind signs a binding with both keys, which may be the same.
func Bind(provider, payee *identity.Key, b typed.Domain, seq uint64) Binding {
	p := typed.Payee{
		Provider: provider.Address(), Payee: payee.Address(), ChainID: b.ChainID, Contract: b.Contract, Seq: seq,
	}
	d := p.Digest(b)
	return Binding{Payee: p, ProviderSig: provider.Sign(d), PayeeSig: payee.Sign(d)}
}

// Verify returns nil when both the provider and the payee signed b for the chain
// that it names.
func (b Binding) Verify() error {
	if b.Payee.Provider.IsZero() || b.Payee.Payee.IsZero() || b.Payee.Seq == 0 {
		return wherry.Errorf(wherry.Invalid, "payee binding: provider, payee and a sequence number from 1 are needed")
	}
	d := b.Payee.Digest(typed.Domain{ChainID: b.Payee.ChainID, Contract: b.Payee.Contract})
	if err := identity.Verify(b.Payee.Provider, d, b.ProviderSig); err != nil {
		return wherry.Errorf(wherry.Forbidden, "payee binding: the provider did not sign it: %w", err)
	}
	if err := identity.Verify(b.Payee.Payee, d, b.PayeeSig); err != nil {
		return wherry.Errorf(wherry.Forbidden, "payee binding: the payee did not sign it: %w", err)
	}
	return nil
}

// Newest is a hub's answer to a payee that asks where they stand: what a payee
// with an old copy of its books continues from.
type Newest struct {
	Version  uint64       `cbor:"0,keyasint"`
	Tick     TickID       `cbor:"1,keyasint"` // of Locked
	Locked   SignedPayout `cbor:"2,keyasint"` // the newest, zero when none is pending
	Unlocked SignedPayout `cbor:"3,keyasint"` // the newest, zero when nothing is revealed
}
