package solvency

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/internal/codec"
)

// Version is the version of Statement and Proof.
const Version = 1

// Statement is what a hub says of its money on one chain, at one final block.
type Statement struct {
	Version   uint64         `cbor:"0,keyasint"`
	Hub       wherry.Address `cbor:"1,keyasint"`
	ChainID   uint64         `cbor:"2,keyasint"`
	Contract  wherry.Address `cbor:"3,keyasint"`
	Seq       uint64         `cbor:"4,keyasint"` // from 1, without a gap, on each chain
	Previous  wherry.Hash    `cbor:"5,keyasint"` // ID of the statement before; zero in the first
	Time      uint64         `cbor:"6,keyasint"` // unix seconds, by the hub's clock
	Block     uint64         `cbor:"7,keyasint"` // final; of what the chain says
	BlockHash wherry.Hash    `cbor:"8,keyasint"`

	Payees uint64        `cbor:"9,keyasint"`  // leaves of the tree
	Root   wherry.Hash   `cbor:"10,keyasint"` // of the tree
	Owed   wherry.Amount `cbor:"11,keyasint"` // sum of all leaves: earned, and not paid in Block
	Held   wherry.Amount `cbor:"12,keyasint"` // of Owed, what the payees' own reserves cover

	Reserved wherry.Amount `cbor:"13,keyasint"` // in Block, for all payees
	Free     wherry.Amount `cbor:"14,keyasint"` // in Block, for nobody in particular
	// What follows backs nothing yet, and nobody but the hub can check it.
	Uncollected wherry.Amount      `cbor:"15,keyasint"` // consumers' revealed promises on this chain above what is collected
	Credit      wherry.Amount      `cbor:"16,keyasint"` // collected here beyond consumers' orders: theirs to spend
	Sig         identity.Signature `cbor:"17,keyasint"`
}

// Book returns what the statement's tree is of.
func (s Statement) Book() Book {
	return Book{Hub: s.Hub, ChainID: s.ChainID, Contract: s.Contract, Seq: s.Seq}
}

// ID returns the name of a statement, which is also what its hub signs:
// Keccak-256("wherry/solvency/v1" ‖ the encoding with a zero Sig). Two statements
// of one hub and chain with one number and two IDs convict the hub.
func (s Statement) ID() (wherry.Hash, error) {
	s.Sig = identity.Signature{}
	b, err := codec.Marshal(s)
	if err != nil {
		return wherry.Hash{}, err
	}
	return wherry.Keccak256([]byte("wherry/solvency/v1"), b), nil
}

// Sign returns s with the hub's signature.
func (s Statement) Sign(key *identity.Key) (Statement, error) {
	id, err := s.ID()
	if err != nil {
		return Statement{}, err
	}
	s.Sig = key.Sign(id)
	return s, nil
}

// Verify returns nil when the hub that s names signed it.
func (s Statement) Verify() error {
	id, err := s.ID()
	if err != nil {
		return err
	}
	return identity.Verify(s.Hub, id, s.Sig)
}

// Contradicts reports whether s and b cannot both be said by an honest hub: they
// have one number and are not the same, one follows the other and does not name
// it, or the later one is of an earlier time or block. Both must be verified; statements of other hubs or chains never do.
func (s Statement) Contradicts(b Statement) bool {
	if s.Hub != b.Hub || s.ChainID != b.ChainID || s.Contract != b.Contract {
		return false
	}
	if b.Seq < s.Seq {
		s, b = b, s
	}
	id, err := s.ID()
	if err != nil {
		return false
	}
	switch gap := b.Seq - s.Seq; {
	case gap == 0:
		other, err := b.ID()
		return err == nil && id != other
	case gap == 1 && b.Previous != id:
		return true
	}
	return b.Time < s.Time || b.Block < s.Block
}

// Backing returns what stands behind what is owed: the payees' own reserves, as
// far as they are owed it, and the free money.
func (s Statement) Backing() wherry.Amount {
	b, err := s.Held.Add(s.Free)
	if err != nil {
		return s.Held.Max(s.Free)
	}
	return b
}

// Covered reports whether the backing is no less than what is owed.
func (s Statement) Covered() bool { return !s.Backing().Less(s.Owed) }

// maxPercent is where Percent stops counting.
const maxPercent = 1_000_000

// Percent returns how many hundredths of what is owed the backing is, rounded
// down, and at most a million: also where nothing is owed.
func (s Statement) Percent() uint64 {
	if s.Owed.IsZero() {
		return maxPercent
	}
	p, err := s.Backing().MulDiv(100, 1)
	if err != nil {
		return maxPercent
	}
	q := p.Big()
	q.Quo(q, s.Owed.Big())
	if !q.IsUint64() || q.Uint64() > maxPercent {
		return maxPercent
	}
	return q.Uint64()
}

// Proof is a hub's answer to a payee that asks for its own part.
type Proof struct {
	Version   uint64    `cbor:"0,keyasint"`
	Statement Statement `cbor:"1,keyasint"`
	Path      *Path     `cbor:"2,keyasint,omitempty"` // nil when the hub says that it owes nothing
}

// Secret blinds leaves. Only the hub has it.
type Secret [32]byte

// NewSecret derives the secret from the hub's key, so that there is nothing to
// keep or to lose.
func NewSecret(key *identity.Key) (s Secret) {
	m := hmac.New(sha256.New, key.Bytes())
	m.Write([]byte("wherry/solvency/secret/v1"))
	copy(s[:], m.Sum(nil))
	return s
}

// Nonce returns the nonce of a payee's leaf in one statement.
func (s Secret) Nonce(b Book, payee wherry.Address) (out wherry.Hash) {
	var n [16]byte
	binary.BigEndian.PutUint64(n[:8], b.ChainID)
	binary.BigEndian.PutUint64(n[8:], b.Seq)
	m := hmac.New(sha256.New, s[:])
	m.Write([]byte("wherry/solvency/nonce/v1"))
	m.Write(n[:])
	m.Write(b.Contract[:])
	m.Write(payee[:])
	copy(out[:], m.Sum(nil))
	return out
}
