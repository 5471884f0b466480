package wire

import (
	"slices"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/session/meter"
)

// Deal is what an offer says that a session needs to know. A node makes it from
// the offer it has checked; the session knows no other part of an offer.
type Deal struct {
	Offer    wherry.Hash // digest of the signed offer
	Provider wherry.Address
	Rate     wherry.Rate
	Opening  wherry.Amount    // of the first invoice; zero means the smallest
	Credit   meter.Credit     // the most that may be unpaid; zero means the smallest
	Hubs     []wherry.Address // through which the provider takes promises
	B        typed.Domain     // where the provider is paid
}

// Takes reports whether the provider takes promises through hub.
func (d Deal) Takes(hub wherry.Address) bool { return slices.Contains(d.Hubs, hub) }
