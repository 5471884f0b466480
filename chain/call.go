package chain

import (
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

// A Call is something that an account asks of the contract or the token: one of
// the structs in this file. It is data, and knows nothing of ABI or gas. Signed
// messages in it are those of package typed, in the domain Params.Domain.
type Call interface {
	// Name returns the function's name, as logs and receipts show it.
	Name() string
}

// OpenHub makes the sender the owner of Hub and funds it with Amount, which may
// be zero. Signature is by the hub's key, of typed.Owner with the sender.
type OpenHub struct {
	Hub       wherry.Address
	Signature identity.Signature
	Amount    wherry.Amount
}

// Fund adds Amount of the sender's approved tokens to what Hub has free.
type Fund struct {
	Hub    wherry.Address
	Amount wherry.Amount
}

// Withdraw gives Amount of what Hub has free to its owner, who sends it.
type Withdraw struct {
	Hub    wherry.Address
	Amount wherry.Amount
}

// Retire stops Hub for good, by its owner: from then on only reserves pay.
type Retire struct{ Hub wherry.Address }

// Approve lets the Hubs contract pull up to Amount of the sender's tokens.
type Approve struct{ Amount wherry.Amount }

// Transfer gives Amount of the sender's tokens to To.
type Transfer struct {
	To     wherry.Address
	Amount wherry.Amount
}

// TopUp adds Amount of the sender's approved tokens to Consumer's channel.
// Anybody but the consumer must bring at least Params.MinTopUp.
type TopUp struct {
	Hub, Consumer wherry.Address
	Amount        wherry.Amount
}

// TopUpPermit tops up out of the consumer's own tokens, submitted by a relayer:
// with an EIP-2612 permit for the tokens and a signed TopUp for where they go.
// Once the permit stands, one with a larger value or one that somebody else has
// submitted before does no harm.
type TopUpPermit struct {
	Consumer        wherry.Address
	Amount          wherry.Amount // what the deposit grows by, before the fee
	TopUp           typed.TopUp
	Signature       identity.Signature // the consumer's, of TopUp
	PermitValue     wherry.Amount
	PermitDeadline  uint64             // unix seconds
	PermitSignature identity.Signature // the consumer's, of typed.Permit
}

// TopUpAuth is TopUpPermit with an EIP-3009 authorization, whose nonce is the
// hash of the TopUp, so that one signature says both.
type TopUpAuth struct {
	Consumer    wherry.Address
	Amount      wherry.Amount
	TopUp       typed.TopUp
	ValidAfter  uint64             // unix seconds
	ValidBefore uint64             // unix seconds
	Signature   identity.Signature // the consumer's, of typed.Receive
}

// Claim is one consumer's promise, with what opens its lock. Its hub is that of
// the Collect.
type Claim struct {
	Promise   typed.Promise
	Signature identity.Signature // the consumer's
	Preimage  wherry.Hash        // zero when the promise has no lock
}

// Collect moves what consumers have promised beyond what was collected before
// from their channels to what Hub has free. Stale claims are skipped.
type Collect struct {
	Hub    wherry.Address
	Claims []Claim
}

// SignedPayout is a hub's payout, with what opens its lock.
type SignedPayout struct {
	Payout    typed.Payout
	Signature identity.Signature // the hub's
	Preimage  wherry.Hash        // zero when the payout has no lock
}

// Settle pays payees what their payouts say beyond what they have had: from
// the reserve first, then from what is free, and no more than that.
type Settle struct {
	Hub     wherry.Address
	Payouts []SignedPayout
}

// PushItem is one payee of a Push.
type PushItem struct {
	Payee   wherry.Address
	Total   wherry.Amount // running total to be paid up to; one that is reached already pays nothing
	Reserve wherry.Amount // the reserve to be had afterwards
}

// Push pays payees and sets their reserves, by Hub's key or its owner. Only the
// owner may lower a reserve: one Push announces it, and one after Params.Delay
// does it.
type Push struct {
	Hub   wherry.Address
	Items []PushItem
}

// RequestExit announces that the consumer, who sends it, leaves Hub.
type RequestExit struct{ Hub wherry.Address }

// RequestExitFor is RequestExit by a relayer.
type RequestExitFor struct {
	Consumer  wherry.Address
	Leave     typed.Leave
	Signature identity.Signature // the consumer's
}

// FinalizeExit gives a leaving consumer what is left, once the delay is over.
// Anybody may send it.
type FinalizeExit struct{ Hub, Consumer wherry.Address }

// CoopExit gives the consumer, who sends it, what is left after Close.Settled,
// at once.
type CoopExit struct {
	Hub       wherry.Address
	Close     typed.Close
	Signature identity.Signature // the hub's
}

// CoopExitFor is CoopExit by a relayer, with the consumer's consent.
type CoopExitFor struct {
	Close          typed.Close
	Signature      identity.Signature // the hub's
	Leave          typed.Leave
	LeaveSignature identity.Signature // the consumer's
}

// Name implements Call.
func (OpenHub) Name() string        { return "openHub" }
func (Fund) Name() string           { return "fund" }
func (Withdraw) Name() string       { return "withdraw" }
func (Retire) Name() string         { return "retire" }
func (Approve) Name() string        { return "approve" }
func (Transfer) Name() string       { return "transfer" }
func (TopUp) Name() string          { return "topUp" }
func (TopUpPermit) Name() string    { return "topUpPermit" }
func (TopUpAuth) Name() string      { return "topUpAuth" }
func (Collect) Name() string        { return "collect" }
func (Settle) Name() string         { return "settle" }
func (Push) Name() string           { return "push" }
func (RequestExit) Name() string    { return "requestExit" }
func (RequestExitFor) Name() string { return "requestExitFor" }
func (FinalizeExit) Name() string   { return "finalizeExit" }
func (CoopExit) Name() string       { return "coopExit" }
func (CoopExitFor) Name() string    { return "coopExitFor" }
