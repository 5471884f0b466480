package typed

import "github.com/wherrynet/wherry"

// Deposit names a deposit address: what is sent there by a plain transfer is
// for Consumer's channel with Hub, less a fee of at most Cap for whoever sweeps
// it. Never signed: sending there is the consent.
type Deposit struct {
	Hub      wherry.Address
	Consumer wherry.Address
	Cap      wherry.Amount
}

var (
	depositType = typeHash("Deposit(address hub,address consumer,uint96 cap)")
	derivedType = typeHash("Derived(address parent,bytes32 salt)")
)

// Address returns the deposit address at a Hubs contract. No chain is in it:
// where the contract and its token have the same addresses, so has the deposit.
// It holds only if the token has derived addresses, as FARE has.
func (p Deposit) Address(contract wherry.Address) wherry.Address {
	var salt words
	salt.hash(depositType)
	salt.address(p.Hub)
	salt.address(p.Consumer)
	salt.amount(p.Cap)
	var w words
	w.hash(derivedType)
	w.address(contract)
	w.hash(salt.sum())
	h := w.sum()
	return wherry.Address(h[12:])
}

// TakeBack is a consumer's request that a relayer gives it back what waits at
// its deposit address (Hub, the consumer, Cap). Amount is what leaves the
// address, Fee what of it the relayer gets. It works once.
type TakeBack struct {
	Hub      wherry.Address
	Cap      wherry.Amount
	Amount   wherry.Amount
	Fee      wherry.Amount
	Relayer  wherry.Address
	Deadline uint64 // unix seconds
}

var takeBackType = typeHash("TakeBack(address hub,uint96 cap,uint96 amount,uint96 fee,address relayer,uint256 deadline)")

// Digest returns what the consumer signs.
func (t TakeBack) Digest(d Domain) wherry.Hash { return d.digest(t.Hash()) }

// Hash returns the struct hash without the domain.
func (t TakeBack) Hash() wherry.Hash {
	var w words
	w.hash(takeBackType)
	w.address(t.Hub)
	w.amount(t.Cap)
	w.amount(t.Amount)
	w.amount(t.Fee)
	w.address(t.Relayer)
	w.uint(t.Deadline)
	return w.sum()
}
