package node

import (
	"time"

	"github.com/wherrynet/wherry"
)

// WalletState is a consumer's money with one hub: what was put in is what was
// spent and what is left, to the last base unit.
type WalletState struct {
	Schema  string         `json:"schema"` // wherry.wallet/1
	Address wherry.Address `json:"address"`
	Hub     wherry.Address `json:"hub"`
	Chain   uint64         `json:"chain"`

	InWallet wherry.Amount `json:"in_wallet"` // tokens outside the contract
	PutIn    wherry.Amount `json:"put_in"`    // deposited over the channel's life
	Spent    wherry.Amount `json:"spent"`     // acknowledged orders, and what was given back on leaving
	AtRisk   wherry.Amount `json:"at_risk"`   // signed and not acknowledged
	Left     wherry.Amount `json:"left"`      // PutIn - Spent
	Settled  wherry.Amount `json:"settled"`   // of Spent, what the chain has seen

	Leaving  *time.Time `json:"leaving,omitempty"` // when the rest is free
	Sessions uint64     `json:"sessions"`
}

// EarningsState is a provider's money with one hub: what was earned is what was
// settled and what waits.
type EarningsState struct {
	Schema   string         `json:"schema"` // wherry.earnings/1
	Provider wherry.Address `json:"provider"`
	Payee    wherry.Address `json:"payee"`
	Hub      wherry.Address `json:"hub"`
	Chain    uint64         `json:"chain"`

	Earned     wherry.Amount `json:"earned"`     // revealed and acknowledged by the hub, after its fee
	Settled    wherry.Amount `json:"settled"`    // of that, paid on chain
	Waiting    wherry.Amount `json:"waiting"`    // Earned - Settled
	Reserved   wherry.Amount `json:"reserved"`   // locked on chain for this payee
	Unrevealed wherry.Amount `json:"unrevealed"` // promised under a lock, not counted as earned
}

// HubState is a hub's money: what came in is what goes out and its fee.
type HubState struct {
	Schema string         `json:"schema"` // wherry.hub/1
	Hub    wherry.Address `json:"hub"`

	Serving bool   `json:"serving"`
	Problem string `json:"problem,omitempty"` // why it serves nobody

	In      wherry.Amount `json:"in"`      // revealed orders of all consumers
	Out     wherry.Amount `json:"out"`     // owed to all payees over the life of the hub
	Fee     wherry.Amount `json:"fee"`     // In - Out
	Pending wherry.Amount `json:"pending"` // accepted orders that are not revealed
	Credit  wherry.Amount `json:"credit"`  // collected or collectable beyond In: the consumers' to spend

	Collected wherry.Amount `json:"collected"` // of In, moved to the hub on chain
	Paid      wherry.Amount `json:"paid"`      // of Out, paid on chain
}
