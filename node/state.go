package node

import (
	"errors"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/payment/hub"
)

// Money is an amount of the token as JSON shows it.
type Money = api.Money

// WalletState is a consumer's money with all its hubs: what was put in is what
// was spent and what is left, to the last base unit.
type WalletState struct {
	Schema   string          `json:"schema"` // wherry.wallet/2
	Address  wherry.Address  `json:"address"`
	Accounts []WalletAccount `json:"accounts"`

	// The sums of the items.
	PutIn   Money `json:"put_in"`
	Spent   Money `json:"spent"`
	AtRisk  Money `json:"at_risk"`
	Left    Money `json:"left"`
	Settled Money `json:"settled"`

	Items []WalletItem `json:"items"`
}

// WalletAccount is what somebody has on a chain outside the contract.
type WalletAccount struct {
	Chain    uint64 `json:"chain"`
	InWallet Money  `json:"in_wallet"`
}

// WalletItem is a consumer's money with one hub on one chain.
type WalletItem struct {
	Hub   wherry.Address `json:"hub"`
	Name  string         `json:"name,omitempty"` // of the hub, in this network
	Chain uint64         `json:"chain"`

	PutIn   Money `json:"put_in"`  // deposited over the channel's life
	Spent   Money `json:"spent"`   // acknowledged orders, and what was given back on leaving
	AtRisk  Money `json:"at_risk"` // signed and not acknowledged
	Left    Money `json:"left"`    // PutIn - Spent
	Settled Money `json:"settled"` // of Spent, what the chain has seen

	Leaving *time.Time `json:"leaving,omitempty"` // when the rest is free
	Problem string     `json:"problem,omitempty"` // why nothing new is paid through the hub
}

// With returns the item of a hub, the zero item where there is none.
func (s WalletState) With(hub wherry.Address) (out WalletItem) {
	for _, i := range s.Items {
		if i.Hub == hub {
			return i
		}
	}
	return out
}

// sum fills in the sums.
func (s *WalletState) sum() error {
	for _, i := range s.Items {
		err := errors.Join(add(&s.PutIn, i.PutIn), add(&s.Spent, i.Spent), add(&s.AtRisk, i.AtRisk), add(&s.Left, i.Left), add(&s.Settled, i.Settled))
		if err != nil {
			return err
		}
	}
	return nil
}

// add adds v to m.
func add(m *Money, v Money) (err error) {
	m.Amount, err = m.Add(v.Amount)
	return err
}

// EarningsState is a provider's money with all its hubs: what was earned is what
// was settled and what waits.
type EarningsState struct {
	Schema   string         `json:"schema"` // wherry.earnings/2
	Provider wherry.Address `json:"provider"`
	Payee    wherry.Address `json:"payee"`
	Chain    uint64         `json:"chain"`

	// The sums of the items.
	Earned     Money `json:"earned"`
	Settled    Money `json:"settled"`
	Waiting    Money `json:"waiting"`
	Reserved   Money `json:"reserved"`
	Unrevealed Money `json:"unrevealed"`

	Items []EarningsItem `json:"items"`
}

// EarningsItem is a provider's money with one hub.
type EarningsItem struct {
	Hub  wherry.Address `json:"hub"`
	Name string         `json:"name,omitempty"` // of the hub, in this network

	Earned     Money `json:"earned"`     // revealed and acknowledged by the hub, after its fee
	Settled    Money `json:"settled"`    // of that, paid on chain
	Waiting    Money `json:"waiting"`    // Earned - Settled
	Reserved   Money `json:"reserved"`   // locked on chain for this payee
	Unrevealed Money `json:"unrevealed"` // promised under a lock, not counted as earned

	Problem string `json:"problem,omitempty"` // why no new orders are taken through this hub
}

// With returns the item of a hub, the zero item where there is none.
func (s EarningsState) With(hub wherry.Address) (out EarningsItem) {
	for _, i := range s.Items {
		if i.Hub == hub {
			return i
		}
	}
	return out
}

// HubState is a hub's money: what came in is what goes out and its fee.
type HubState struct {
	Schema string         `json:"schema"` // wherry.hub/1
	Hub    wherry.Address `json:"hub"`

	Serving  bool        `json:"serving"`
	Draining bool        `json:"draining"`          // takes no new orders, ends those that are open
	Problem  string      `json:"problem,omitempty"` // why it serves nobody
	Checks   []hub.Check `json:"checks"`            // what it needs, and whether that is there

	In      Money `json:"in"`      // revealed orders of all consumers
	Out     Money `json:"out"`     // owed to all payees over the life of the hub
	Fee     Money `json:"fee"`     // In - Out
	Pending Money `json:"pending"` // accepted orders that are not revealed
	Credit  Money `json:"credit"`  // collected or collectable beyond In: the consumers' to spend

	Collected Money `json:"collected"` // of In, moved to the hub on chain
	Paid      Money `json:"paid"`      // of Out, paid on chain
}
