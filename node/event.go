package node

import (
	"time"

	"github.com/wherrynet/wherry"
)

// EventSchema is the schema of an Event.
const EventSchema = "wherry.event/1"

// What happens to a consumer's session.
const (
	EventOpened  = "opened"  // traffic may flow
	EventPromise = "promise" // a promise was signed and sent
	EventReceipt = "receipt" // the provider showed that an order was cleared
	EventClosed  = "closed"  // the session is over
	EventHub     = "hub"     // a hub's statement was checked: the first time, and when that has changed
)

// Event is something that happened to a consumer's session, for scripts to
// follow: wherry proxy --json prints one per line. Which fields are set depends
// on Event.
type Event struct {
	Schema string    `json:"schema"`
	Event  string    `json:"event"`
	Time   time.Time `json:"time"`

	Session      wherry.SessionID `json:"session"`
	Provider     string           `json:"provider,omitempty"` // its name, or its address
	Place        string           `json:"place,omitempty"`
	Hub          string           `json:"hub,omitempty"` // that is paid through: its name, or its address
	PerGiB       Money            `json:"per_gib,omitzero"`
	PerHour      Money            `json:"per_hour,omitzero"`
	Milliseconds int64            `json:"milliseconds,omitempty"` // from the decision to open until it was

	Amount Money       `json:"amount,omitzero"` // what this promise adds
	Total  Money       `json:"total,omitzero"`  // the running total that it signs
	Spent  Money       `json:"spent,omitzero"`  // in this session
	AtRisk Money       `json:"at_risk,omitzero"`
	Bytes  uint64      `json:"bytes,omitempty"` // carried in this session, both ways
	Code   wherry.Code `json:"code,omitempty"`  // why it closed, or nothing new is paid through the hub
	Reason string      `json:"reason,omitempty"`
}

// Transaction is one transaction that a command made.
type Transaction struct {
	Chain   uint64      `json:"chain"`
	Call    string      `json:"call"`
	ID      wherry.Hash `json:"id"`
	State   string      `json:"state"` // sent, mined, final or failed
	Amount  Money       `json:"amount"`
	Items   int         `json:"items"`
	GasUsed uint64      `json:"gas_used"`
	CostWei string      `json:"cost_wei"`        // gas, in the smallest unit of the chain's own coin
	Tries   int         `json:"tries,omitempty"` // transactions signed for it, of which one is mined
	Error   string      `json:"error,omitempty"` // why it failed, or what keeps it

	Relayer *wherry.Address `json:"relayer,omitempty"` // who sent it, for a fee
	Fee     *Money          `json:"fee,omitempty"`
}

// SettleResult is what settling now did.
type SettleResult struct {
	Schema       string        `json:"schema"` // wherry.settle/1
	Transactions []Transaction `json:"transactions"`
}
