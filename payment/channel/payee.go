package channel

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"log/slog"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
)

// Lives of a locked payout, by the time of the payee's chain. Shorter ones would
// leave too little room to settle on chain when the hub falls silent.
const (
	MinPayoutLife = 10 * time.Hour // left when the payee serves on
	RevealUntil   = 6 * time.Hour  // left when its preimage may still be shown off chain
	// SettleUntil is left when it may still be sent to the chain: the contract skips
	// a payout that has expired, and its preimage would be public for nothing.
	SettleUntil = 10 * time.Minute
)

// Secret is what a payee derives its preimages from.
type Secret [32]byte

// String names the secret without showing it.
func (Secret) String() string { return "secret" }

// GoString is String, so that %#v doesn't show it either.
func (Secret) GoString() string { return "secret" }

// LogValue implements slog.LogValuer with the form of String.
func (Secret) LogValue() slog.Value { return slog.StringValue("secret") }

// Preimage returns the secret that opens a tick's lock. It names the hub, the
// chain, the contract, the payee and the run of the process too, so that one
// secret serves them all and none ever sees another's.
func (s Secret) Preimage(hub wherry.Address, b typed.Domain, payee wherry.Address, t TickID) wherry.Hash {
	m := hmac.New(sha256.New, s[:])
	var n [8]byte
	m.Write(hub[:])
	binary.BigEndian.PutUint64(n[:], b.ChainID)
	m.Write(n[:])
	m.Write(b.Contract[:])
	m.Write(payee[:])
	m.Write(t.Epoch[:])
	binary.BigEndian.PutUint64(n[:], t.Number)
	m.Write(n[:])
	return wherry.Hash(m.Sum(nil))
}

// Lock returns the hash lock that a preimage opens.
func Lock(preimage wherry.Hash) wherry.Hash { return wherry.Keccak256(preimage[:]) }

// Want is what a payee has asked for in an invoice.
type Want struct {
	Consumer wherry.Address
	A        typed.Domain // chain and contract of the consumer's deposit
	Hub      wherry.Address
	Hashlock wherry.Hash
	Order    typed.Order // Seq is the consumer's choice and not compared
}

// CheckPromise returns nil when p is what was asked for and its consumer signed
// it. What the hub thinks of it is another question. Errors are Invalid, or
// Forbidden for the signature.
func CheckPromise(p SignedPromise, w Want) error {
	order := p.Order
	order.Seq = w.Order.Seq
	switch {
	case p.Consumer != w.Consumer:
		return wherry.Errorf(wherry.Invalid, "promise by %s, not by %s", p.Consumer, w.Consumer)
	case p.A != w.A:
		return wherry.Errorf(wherry.Invalid, "promise on chain %d, contract %s: want chain %d, %s", p.A.ChainID, p.A.Contract, w.A.ChainID, w.A.Contract)
	case p.Hub != w.Hub:
		return wherry.Errorf(wherry.Invalid, "promise to hub %s: want %s", p.Hub, w.Hub)
	case p.Hashlock != w.Hashlock || p.Hashlock.IsZero():
		return wherry.Errorf(wherry.Invalid, "promise under another hash lock")
	case order.Amount != w.Order.Amount:
		return wherry.Errorf(wherry.Invalid, "promise of %s more: asked for %s", order.Amount, w.Order.Amount)
	case order.Session != w.Order.Session:
		return wherry.Errorf(wherry.Invalid, "promise for another session")
	case order != w.Order:
		return wherry.Errorf(wherry.Invalid, "promise whose order pays somebody else, or elsewhere")
	case p.Order.Seq == 0:
		return wherry.Errorf(wherry.Invalid, "promise whose order has no number")
	case p.Total.Less(order.Amount) || !p.Total.FitsChain():
		return wherry.Errorf(wherry.Invalid, "promise of %s in all, which does not hold its order of %s", p.Total, order.Amount)
	}
	if err := p.Verify(); err != nil {
		return wherry.Errorf(wherry.Forbidden, "promise: %w", err)
	}
	return nil
}
