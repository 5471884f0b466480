package wire

import (
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
)

// MaskKey is the key by which both ends of a session hide what their tunnel's
// packets look like. It protects nothing, and is not for the log all the same.
type MaskKey [16]byte

// TunnelKey is a WireGuard public key.
type TunnelKey [32]byte

// Open is a consumer's request for a session. It carries no promise: the first
// invoice follows the provider's accept at once, or the consumer's Begin. The
// consumer's identity signs it, and with it its tunnel key.
type Open struct {
	Version   uint64             `cbor:"0,keyasint"`
	Session   wherry.SessionID   `cbor:"1,keyasint"` // random, never used before
	Provider  wherry.Address     `cbor:"2,keyasint"` // whom it is for
	Offer     wherry.Hash        `cbor:"3,keyasint"` // digest of the offer that the consumer read
	PerHour   wherry.Amount      `cbor:"4,keyasint"` // the price that the consumer read there
	PerGiB    wherry.Amount      `cbor:"5,keyasint"`
	TunnelKey TunnelKey          `cbor:"6,keyasint"` // zero for a service without a tunnel
	Hub       wherry.Address     `cbor:"7,keyasint"` // who clears
	ChainA    uint64             `cbor:"8,keyasint"` // where the consumer's deposit is
	ContractA wherry.Address     `cbor:"9,keyasint"`
	Time      uint64             `cbor:"10,keyasint"` // unix seconds
	Sig       identity.Signature `cbor:"11,keyasint"`
	Plain     bool               `cbor:"12,keyasint"` // the tunnel key is that of a program that knows WireGuard alone
	Later     bool               `cbor:"13,keyasint"` // nothing is asked for before a Begin
}

// Rate returns the price that the consumer agrees to.
func (o Open) Rate() wherry.Rate { return wherry.Rate{PerHour: o.PerHour, PerGiB: o.PerGiB} }

// Domain returns the domain in which the consumer signs its promises.
func (o Open) Domain() typed.Domain {
	return typed.Domain{ChainID: o.ChainA, Contract: o.ContractA}
}

// Digest returns what the consumer signs: everything but Sig.
func (o Open) Digest() wherry.Hash {
	o.Sig = identity.Signature{}
	return digest("wherry/open/v1", o)
}

// Sign sets o.Sig.
func (o *Open) Sign(k *identity.Key) { o.Sig = k.Sign(o.Digest()) }

// Verify returns nil when who signed o.
func (o Open) Verify(who wherry.Address) error { return identity.Verify(who, o.Digest(), o.Sig) }

func (o *Open) check() error {
	return first(checkVersion(o.Version), checkSession(o.Session), checkRate(o.Rate()))
}

func checkRate(r wherry.Rate) error {
	if !r.PerHour.FitsChain() || !r.PerGiB.FitsChain() {
		return wherry.Errorf(wherry.Invalid, "a price above 2^96 base units")
	}
	return nil
}

func checkAmount(name string, a wherry.Amount) error {
	if !a.FitsChain() {
		return wherry.Errorf(wherry.Invalid, "%s above 2^96 base units", name)
	}
	return nil
}

// digest hashes v's encoding behind a tag that no other message has.
func digest(tag string, v any) wherry.Hash {
	b, err := codec.Marshal(v)
	if err != nil {
		panic("wire: encode a message of our own: " + err.Error()) // fixed struct types always encode
	}
	return wherry.Keccak256([]byte(tag), b)
}
