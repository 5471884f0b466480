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
// a signed TopUp says where they go, and a permit, unless the allowance covers
// it already, lets the contract pull them. It pulls what is missing to
// TopUp.Deposited, and the fee.
type TopUpPermit struct {
	Consumer        wherry.Address
	TopUp           typed.TopUp
	Signature       identity.Signature // the consumer's, of TopUp
	PermitValue     wherry.Amount
	PermitDeadline  uint64             // unix seconds; zero to send no permit
	PermitSignature identity.Signature // the consumer's, of typed.Permit for the contract
}

// TopUpAuth is TopUpPermit with one EIP-3009 authorization in place of both
// signatures: for TopUp.Deposited less the present deposit plus the fee, valid
// after 0 and before TopUp.Deadline, with the TopUp's digest as its nonce.
type TopUpAuth struct {
	Consumer  wherry.Address
	TopUp     typed.TopUp
	Signature identity.Signature // the consumer's, of typed.Receive
}

// Claim is one consumer's promise, with what opens its lock. Its hub has to be
// that of the Collect.
type Claim struct {
	Consumer  wherry.Address
	Promise   typed.Promise
	Signature identity.Signature // the consumer's
	Preimage  wherry.Hash        // zero when the promise has no lock
}

// Collect moves what consumers have promised beyond what was collected before
// from their channels to what Hub has free. Anybody may send it. Claims that
// move nothing are skipped with an event.
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
// the reserve first, then from what is free, and no more than that. Anybody may
// send it; it shows the preimages to everybody.
type Settle struct {
	Hub     wherry.Address
	Payouts []SignedPayout
}

// PushItem is one payee of a Push. Both numbers are levels, not steps.
type PushItem struct {
	Payee   wherry.Address
	Total   wherry.Amount // pay until the payee has had this much in all
	Reserve wherry.Amount // fill the reserve up to this much
}

// Push pays payees and fills their reserves, by Hub's key or its owner, as far
// as what is free goes. It never makes a reserve smaller but by paying.
type Push struct {
	Hub   wherry.Address
	Items []PushItem
}

// AnnounceCut says that the reserve for Payee may be cut in Params.Delay, by
// Hub's owner. A raise calls it off.
type AnnounceCut struct{ Hub, Payee wherry.Address }

// CutReserve cuts the reserve for Payee down to Reserve after an announcement,
// by Hub's owner.
type CutReserve struct {
	Hub, Payee wherry.Address
	Reserve    wherry.Amount
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

// CoopExitFor is CoopExit by a relayer, with the consent of Close.Consumer.
type CoopExitFor struct {
	Close          typed.Close
	Signature      identity.Signature // the hub's
	Leave          typed.Leave
	LeaveSignature identity.Signature // the consumer's, of Leave.Now(Close.Settled)
}

// Cancel does nothing but use a nonce up: in place of a transaction that is not
// wanted any more, or where one is missing.
type Cancel struct{}

// Sweep puts what waits at deposit addresses into the channels they are for.
// Anybody may send it, and gets Fee of each, or its Cap if that is less. One
// base unit stays at each. An item is skipped with an event, and waits, if less
// than Params.MinTopUp or than the fee would arrive, if its channel is leaving,
// and if its hub is retired.
type Sweep struct {
	Fee   wherry.Amount
	Items []typed.Deposit
}

// TakeBack gives Amount of what waits at the deposit address (Hub, sender, Cap)
// back to the consumer, who sends it.
type TakeBack struct {
	Hub         wherry.Address
	Cap, Amount wherry.Amount
}

// TakeBackFor is TakeBack by a relayer, who gets the fee at once.
type TakeBackFor struct {
	Consumer  wherry.Address
	TakeBack  typed.TakeBack
	Signature identity.Signature // the consumer's
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
func (AnnounceCut) Name() string    { return "announceCut" }
func (CutReserve) Name() string     { return "cutReserve" }
func (RequestExit) Name() string    { return "requestExit" }
func (RequestExitFor) Name() string { return "requestExitFor" }
func (FinalizeExit) Name() string   { return "finalizeExit" }
func (CoopExit) Name() string       { return "coopExit" }
func (CoopExitFor) Name() string    { return "coopExitFor" }
func (Sweep) Name() string          { return "sweep" }
func (TakeBack) Name() string       { return "takeBack" }
func (TakeBackFor) Name() string    { return "takeBackFor" }
func (Cancel) Name() string         { return "cancel" }
