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
	Funded             // Amount
	Withdrawn          // Account the owner, Amount
	HubRetired         // no more
	ToppedUp           // Account the consumer, Amount, Total deposited
	Collected          // Account the consumer, Amount, Total settled
	Revealed           // Hashlock, Preimage
	PaidOut            // Account the payee, Amount, Total settled; by settle
	Pushed             // Account the payee, Amount, Total settled, Reserve; by push
	CutAnnounced       // Account the payee, Until when the reserve stands
	Shortfall          // Account the payee, Amount that the hub signed and does not have
	ExitRequested      // Account the consumer, Until when it waits
	Exited             // Account the consumer, Amount given back
)

var kinds = [...]string{
	NoEvent: "none", HubOpened: "hub_opened", Funded: "funded", Withdrawn: "withdrawn",
	HubRetired: "hub_retired", ToppedUp: "topped_up", Collected: "collected", Revealed: "revealed",
	PaidOut: "paid_out", Pushed: "pushed", CutAnnounced: "cut_announced", Shortfall: "shortfall",
	ExitRequested: "exit_requested", Exited: "exited",
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
}
