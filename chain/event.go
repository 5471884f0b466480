package chain

import (
	"time"

	"github.com/wherrynet/wherry"
)

// Kind says what an Event reports.
type Kind uint8

// What can happen at a hub, and which of an Event's fields say more.
const (
	NoEvent       Kind = iota
	HubOpened          // Account the owner
	Funded             // Amount, Total free afterwards
	Withdrawn          // Amount, Total free afterwards
	HubRetired         // no more
	ToppedUp           // Account the consumer, Amount, Total deposited
	Collected          // Account the consumer, Amount, Total settled
	Paid               // Account the payee, Amount, Total settled, Reserve left
	Revealed           // Hashlock, Preimage
	Reserved           // Account the payee, Reserve without a payment
	CutAnnounced       // Account the payee, Until when the reserve stands
	Shortfall          // Account the payee, Amount that the hub signed and does not have
	ExitRequested      // Account the consumer, Until when it waits
	Exited             // Account the consumer, Amount given back, Total settled
	FeePaid            // Account the consumer, Relayer, Amount
	Skipped            // Account the consumer or payee of an item without effect, Total, Reason
	TakenBack          // Account the consumer, Amount that left its deposit address
)

var kinds = [...]string{
	NoEvent: "none", HubOpened: "hub_opened", Funded: "funded", Withdrawn: "withdrawn",
	HubRetired: "hub_retired", ToppedUp: "topped_up", Collected: "collected", Paid: "paid",
	Revealed: "revealed", Reserved: "reserved", CutAnnounced: "cut_announced",
	Shortfall: "shortfall", ExitRequested: "exit_requested", Exited: "exited",
	FeePaid: "fee_paid", Skipped: "skipped", TakenBack: "taken_back",
}

// String returns the kind's word, in snake case.
func (k Kind) String() string {
	if int(k) >= len(kinds) {
		return kinds[NoEvent]
	}
	return kinds[k]
}

// MarshalText implements encoding.TextMarshaler with the form of String.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Event is something that happened at a hub. Kind says which of the fields
// below Hub have a meaning; the others are zero.
type Event struct {
	Kind  Kind        `json:"kind"`
	Block uint64      `json:"block"`
	Index uint        `json:"index"` // within the block, counting every contract's logs
	Tx    wherry.Hash `json:"tx"`

	Hub      wherry.Address `json:"hub"`
	Account  wherry.Address `json:"account"`
	Amount   wherry.Amount  `json:"amount"`
	Total    wherry.Amount  `json:"total"`
	Reserve  wherry.Amount  `json:"reserve"`
	Hashlock wherry.Hash    `json:"hashlock"`
	Preimage wherry.Hash    `json:"preimage"`
	Until    time.Time      `json:"until"`
	Relayer  wherry.Address `json:"relayer"`
	Reason   Reason         `json:"reason"`
}

// Reason says why an item of a batch had no effect.
type Reason uint8

// The reasons. Those but NoReason are one above the contract's own numbers.
const (
	NoReason        Reason = iota
	Stale                  // its total was settled before, or the deposit is used up
	WrongSignature         // not by whom it has to be, or the preimage does not fit
	Expired                // the payout's expiry is over
	BadPayee               // the payee or consumer is zero, the token or the contract
	NoFunds                // neither the reserve nor the free money holds anything
	TransferRefused        // the token would not do it
	ChannelLeaving         // nothing is swept into it
	RetiredHub             // it is retired: nothing is swept into its channels
	TooLittle              // less than the minimum or the fee would arrive
	TooMuch                // the channel's running total has no room for it
)

var reasons = [...]string{
	NoReason: "none", Stale: "stale", WrongSignature: "wrong_signature", Expired: "expired",
	BadPayee: "bad_payee", NoFunds: "no_funds", TransferRefused: "transfer_refused",
	ChannelLeaving: "channel_leaving", RetiredHub: "hub_retired", TooLittle: "too_little",
	TooMuch: "too_much",
}

// String returns the reason's word, in snake case.
func (r Reason) String() string {
	if int(r) >= len(reasons) {
		return "unknown"
	}
	return reasons[r]
}

// MarshalText implements encoding.TextMarshaler with the form of String.
func (r Reason) MarshalText() ([]byte, error) { return []byte(r.String()), nil }
