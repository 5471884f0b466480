// Package typed makes the EIP-712 digests that wherry's keys sign: by hand and
// with a fixed layout, one Keccak over words in a buffer, because a hub makes
// tens of thousands a second.
//
// Each message is a struct with the fields of its Solidity type in their order.
// contracts/vectors holds examples that the contract, this package and every
// other implementation must agree on. Messages that only programs off chain
// read (Order, Payee, Terms) are made the same way, so that one wallet can show
// them all.
package typed

import (
	"encoding/binary"
	"sync/atomic"

	"github.com/wherrynet/wherry"
)

// Domain says on which chain, and to which contract, a message speaks (EIP-712,
// section "Definition of domainSeparator", with name "Hubs" and version "1").
// A signature for one chain or contract is worthless on another.
type Domain struct {
	ChainID  uint64
	Contract wherry.Address
}

var (
	domainType = typeHash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")
	hubsName   = wherry.Keccak256([]byte("Hubs"))
	version1   = wherry.Keccak256([]byte("1"))
)

// Separator returns the domain separator.
func (d Domain) Separator() wherry.Hash {
	at := &separators[(d.ChainID^uint64(d.Contract[19]))%uint64(len(separators))]
	if s := at.Load(); s != nil && s.of == d {
		return s.hash
	}
	s := &separator{d, d.separator(hubsName, version1)}
	at.Store(s)
	return s.hash
}

// separators remembers those of a few domains: a program speaks to few, and each
// costs two rounds of Keccak.
var separators [64]atomic.Pointer[separator]

type separator struct {
	of   Domain
	hash wherry.Hash
}

func (d Domain) separator(name, version wherry.Hash) wherry.Hash {
	var w words
	w.hash(domainType)
	w.hash(name)
	w.hash(version)
	w.uint(d.ChainID)
	w.address(d.Contract)
	return w.sum()
}

func (d Domain) digest(structHash wherry.Hash) wherry.Hash {
	sep := d.Separator()
	return join(sep, structHash)
}

// join is the last step of EIP-712: 0x1901, separator, struct.
func join(separator, structHash wherry.Hash) wherry.Hash {
	var b [66]byte
	b[0], b[1] = 0x19, 0x01
	copy(b[2:], separator[:])
	copy(b[34:], structHash[:])
	return wherry.Keccak256(b[:])
}

func typeHash(s string) wherry.Hash { return wherry.Keccak256([]byte(s)) }

// words is a struct's encoding under construction: up to ten EVM words.
type words struct {
	b [320]byte
	n int
}

func (w *words) hash(h wherry.Hash) { w.n += copy(w.b[w.n:], h[:]) }

func (w *words) address(a wherry.Address) {
	copy(w.b[w.n+12:], a[:])
	w.n += 32
}

func (w *words) amount(a wherry.Amount) {
	word := a.Word()
	w.n += copy(w.b[w.n:], word[:])
}

func (w *words) uint(v uint64) {
	binary.BigEndian.PutUint64(w.b[w.n+24:], v)
	w.n += 32
}

func (w *words) sum() wherry.Hash { return wherry.Keccak256(w.b[:w.n]) }
