package typed

import "github.com/wherrynet/wherry"

// TokenDomain is the domain of the token's own signed messages: name "Fare",
// version "1".
type TokenDomain struct {
	ChainID uint64
	Token   wherry.Address
}

var fareName = wherry.Keccak256([]byte("Fare"))

// Separator returns the domain separator.
func (d TokenDomain) Separator() wherry.Hash {
	return Domain{ChainID: d.ChainID, Contract: d.Token}.separator(fareName, version1)
}

// Permit lets a spender take tokens of an owner (EIP-2612).
type Permit struct {
	Owner    wherry.Address
	Spender  wherry.Address
	Value    wherry.Amount
	Nonce    uint64
	Deadline uint64 // unix seconds
}

var permitType = typeHash("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)")

// Digest returns what the owner signs.
func (p Permit) Digest(d TokenDomain) wherry.Hash {
	var w words
	w.hash(permitType)
	w.address(p.Owner)
	w.address(p.Spender)
	w.amount(p.Value)
	w.uint(p.Nonce)
	w.uint(p.Deadline)
	return join(d.Separator(), w.sum())
}

// Receive lets the payee named in it, and nobody else, take tokens of an owner
// (EIP-3009, receiveWithAuthorization).
type Receive struct {
	From        wherry.Address
	To          wherry.Address
	Value       wherry.Amount
	ValidAfter  uint64 // unix seconds
	ValidBefore uint64 // unix seconds
	Nonce       wherry.Hash
}

var receiveType = typeHash("ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)")

// Digest returns what the owner signs.
func (r Receive) Digest(d TokenDomain) wherry.Hash {
	var w words
	w.hash(receiveType)
	w.address(r.From)
	w.address(r.To)
	w.amount(r.Value)
	w.uint(r.ValidAfter)
	w.uint(r.ValidBefore)
	w.hash(r.Nonce)
	return join(d.Separator(), w.sum())
}
