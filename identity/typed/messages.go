package typed

import "github.com/wherrynet/wherry"

// Promise is a consumer's running promise to a hub: everything owed so far, not
// what is new. Signed by the consumer in the domain of the chain that holds its
// deposit.
type Promise struct {
	Hub      wherry.Address
	Total    wherry.Amount // cumulative for the life of the channel
	Hashlock wherry.Hash   // Keccak-256 of the preimage that makes it claimable; zero = at once
	Order    wherry.Hash   // Order.Hash, opaque to the contract
}

var promiseType = typeHash("Promise(address hub,uint96 total,bytes32 hashlock,bytes32 order)")

// Digest returns what the consumer signs.
func (p Promise) Digest(d Domain) wherry.Hash {
	var w words
	w.hash(promiseType)
	w.address(p.Hub)
	w.amount(p.Total)
	w.hash(p.Hashlock)
	w.hash(p.Order)
	return d.digest(w.sum())
}

// Order says what a promise is worth to whom. Only its hash goes on chain.
type Order struct {
	Provider  wherry.Address
	ChainB    uint64         // the chain on which the provider is paid
	ContractB wherry.Address // the Hubs contract there
	Amount    wherry.Amount  // what this payment adds
	Seq       uint64         // one per consumer and hub, never used twice
	Session   wherry.SessionID
}

var orderType = typeHash("Order(address provider,uint64 chainB,address contractB,uint96 amount,uint64 seq,bytes32 session)")

// Hash returns the order's struct hash, which a Promise carries.
func (o Order) Hash() wherry.Hash {
	var w words
	w.hash(orderType)
	w.address(o.Provider)
	w.uint(o.ChainB)
	w.address(o.ContractB)
	w.amount(o.Amount)
	w.uint(o.Seq)
	w.hash(wherry.Hash(o.Session))
	return w.sum()
}

// Payout is a hub's running promise to a payee. Signed by the hub's key in the
// domain of the chain that holds the hub's money for that payee.
type Payout struct {
	Payee    wherry.Address
	Total    wherry.Amount // cumulative for the life of the payee with this hub
	Expiry   uint64        // unix seconds after which it is worthless; 0 = never, and never with a hash lock
	Hashlock wherry.Hash   // zero = unlocked
}

var payoutType = typeHash("Payout(address payee,uint96 total,uint64 expiry,bytes32 hashlock)")

// Digest returns what the hub signs.
func (p Payout) Digest(d Domain) wherry.Hash {
	var w words
	w.hash(payoutType)
	w.address(p.Payee)
	w.amount(p.Total)
	w.uint(p.Expiry)
	w.hash(p.Hashlock)
	return d.digest(w.sum())
}

// Close is a hub's consent that a consumer leaves at once with what is not
// settled. Signed by the hub's key, good until Expiry, for exactly this state
// of the channel.
type Close struct {
	Consumer  wherry.Address
	Deposited wherry.Amount
	Settled   wherry.Amount
	Expiry    uint64 // unix seconds
}

var closeType = typeHash("Close(address consumer,uint96 deposited,uint96 settled,uint64 expiry)")

// Digest returns what the hub signs.
func (c Close) Digest(d Domain) wherry.Hash {
	var w words
	w.hash(closeType)
	w.address(c.Consumer)
	w.amount(c.Deposited)
	w.amount(c.Settled)
	w.uint(c.Expiry)
	return d.digest(w.sum())
}

// TopUp is a consumer's request that a relayer adds to its deposit. Deposited is
// the deposit that results, so that it works once.
type TopUp struct {
	Hub       wherry.Address
	Deposited wherry.Amount
	Fee       wherry.Amount
	Relayer   wherry.Address
	Deadline  uint64 // unix seconds
}

var topUpType = typeHash("TopUp(address hub,uint96 deposited,uint96 fee,address relayer,uint256 deadline)")

// Digest returns what the consumer signs.
func (t TopUp) Digest(d Domain) wherry.Hash { return d.digest(relayed(topUpType, t)) }

// Hash returns the struct hash without the domain.
func (t TopUp) Hash() wherry.Hash { return relayed(topUpType, t) }

// Leave is a consumer's request that a relayer asks for its exit, which is over after
// the delay. It has the fields of TopUp.
type Leave TopUp

var leaveType = typeHash("Leave(address hub,uint96 deposited,uint96 fee,address relayer,uint256 deadline)")

// Digest returns what the consumer signs.
func (l Leave) Digest(d Domain) wherry.Hash { return d.digest(relayed(leaveType, TopUp(l))) }

// LeaveNow is a consumer's request that a relayer closes its channel at once with the
// hub's Close, of which it says what the hub may keep: Settled.
type LeaveNow struct {
	Leave
	Settled wherry.Amount
}

var leaveNowType = typeHash("LeaveNow(address hub,uint96 deposited,uint96 settled,uint96 fee,address relayer,uint256 deadline)")

// Digest returns what the consumer signs.
func (l LeaveNow) Digest(d Domain) wherry.Hash {
	var w words
	w.hash(leaveNowType)
	w.address(l.Hub)
	w.amount(l.Deposited)
	w.amount(l.Settled)
	w.amount(l.Fee)
	w.address(l.Relayer)
	w.uint(l.Deadline)
	return d.digest(w.sum())
}

// Now returns the request to leave at once that goes with a Close which keeps settled.
func (l Leave) Now(settled wherry.Amount) LeaveNow { return LeaveNow{l, settled} }

func relayed(typ wherry.Hash, t TopUp) wherry.Hash {
	var w words
	w.hash(typ)
	w.address(t.Hub)
	w.amount(t.Deposited)
	w.amount(t.Fee)
	w.address(t.Relayer)
	w.uint(t.Deadline)
	return w.sum()
}

// Owner is a hub key's consent to its owner. Signed once by the hub's key.
type Owner struct{ Owner wherry.Address }

var ownerType = typeHash("Owner(address owner)")

// Digest returns what the hub's key signs.
func (o Owner) Digest(d Domain) wherry.Hash {
	var w words
	w.hash(ownerType)
	w.address(o.Owner)
	return d.digest(w.sum())
}

// Payee binds a provider to the account that is paid for what it earns. Signed
// by the provider and by the payee, in the domain of the chain that pays. It
// never goes on chain.
type Payee struct {
	Provider wherry.Address
	Payee    wherry.Address
	ChainID  uint64
	Contract wherry.Address
	Seq      uint64 // grows by exactly one
}

var payeeType = typeHash("Payee(address provider,address payee,uint64 chainId,address contract,uint64 seq)")

// Digest returns what both sign.
func (p Payee) Digest(d Domain) wherry.Hash {
	var w words
	w.hash(payeeType)
	w.address(p.Provider)
	w.address(p.Payee)
	w.uint(p.ChainID)
	w.address(p.Contract)
	w.uint(p.Seq)
	return d.digest(w.sum())
}

// Terms is what a hub asks for its work. Signed by the hub's key in the domain
// of the chain on which the consumer's deposit lies. It never goes on chain.
type Terms struct {
	FeePPM      uint64        // parts per million kept of each order
	MinReserve  wherry.Amount // the smallest reserve the hub sets for a payee
	MinPush     wherry.Amount // the smallest sum the hub pushes on chain by itself
	MaxOpen     wherry.Amount // the most that may be unrevealed for one payee
	PayoutLife  uint64        // seconds that a locked payout lives
	ValidUntil  uint64        // unix seconds
	PayeeChains wherry.Hash   // PayeeChains of the chains that it pays on
}

var termsType = typeHash("Terms(uint32 feePpm,uint96 minReserve,uint96 minPush,uint96 maxOpen,uint64 payoutLife,uint64 validUntil,bytes32 payeeChains)")

// Digest returns what the hub signs.
func (t Terms) Digest(d Domain) wherry.Hash {
	var w words
	w.hash(termsType)
	w.uint(t.FeePPM)
	w.amount(t.MinReserve)
	w.amount(t.MinPush)
	w.amount(t.MaxOpen)
	w.uint(t.PayoutLife)
	w.uint(t.ValidUntil)
	w.hash(t.PayeeChains)
	return d.digest(w.sum())
}

// PayeeChains returns the hash of a list of chains with their Hubs contracts,
// in the order given.
func PayeeChains(chains []Domain) wherry.Hash {
	b := make([]byte, 0, 64*len(chains))
	for _, c := range chains {
		var w words
		w.uint(c.ChainID)
		w.address(c.Contract)
		b = append(b, w.b[:w.n]...)
	}
	return wherry.Keccak256(b)
}
