// Package choose picks a provider: it filters offers by what a consumer wants,
// ranks what is left by what the expected use would cost, and says why nothing
// is left when nothing is.
//
// Only the price decides the order. It cannot be inflated by friends of a
// provider as any public score can, and a provider that lies about it is left
// at its first invoice. Among offers of one cost the order is drawn anew each
// time, so that no provider is everybody's first choice. What providers declare
// of themselves (place, IP type) is believed for filtering; whether it is true
// is for audits and for the consumer's own eyes.
//
// The session's consumer and the command line call it. The package is pure: the
// time and the randomness are arguments.
package choose

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/market/offer"
)

// Want is what a consumer is looking for. The zero value of a field wants
// nothing in particular.
type Want struct {
	Service  string // "" is "wireguard"
	Place    wherry.Place
	IPType   offer.IPType
	Families offer.Families // all of these
	Provider wherry.Address // this one and no other

	// Ceiling is the highest price that is accepted, per part. Nil is any price.
	Ceiling *wherry.Rate
	// Usable reports whether the consumer can pay through a hub. Nil is every hub.
	Usable func(offer.HubRef) bool
	// PayeeChains are the chains on which a provider may want to be paid.
	PayeeChains []uint64
	// Blocked reports whether the consumer wants nothing of a provider, as after
	// a bad session. Nil blocks nobody.
	Blocked func(wherry.Address) bool
	// Use is what the consumer expects to use; it weighs the two parts of a price
	// against each other. Zero is DefaultUse.
	Use Use
}

// Use is an expected use.
type Use struct {
	Time  time.Duration
	Bytes uint64
}

// DefaultUse is an hour with one GiB.
var DefaultUse = Use{Time: time.Hour, Bytes: wherry.GiB}

// Candidate is an offer that fits.
type Candidate struct {
	Offer offer.Signed
	Hubs  []offer.HubRef // those of its hubs that are usable, never empty
	Cost  wherry.Amount  // of the expected use
}

// None says why no offer fits. It is the cause in the error of Rank.
type None struct {
	Seen int // offers that hold at all
	// Fitting is how many offers fit in everything but the price.
	Fitting int
	// Cheapest is the one of these that costs least; nil where there is none.
	Cheapest *Candidate
	// Missed counts the offers that failed first at each wish, by its name.
	Missed map[Wish]int
}

// Wish is a part of a Want.
type Wish string

// The wishes, in the order in which Rank looks at them.
const (
	WishLive     Wish = "live" // expired, taken back, or from the future
	WishService  Wish = "service"
	WishProvider Wish = "provider"
	WishBlocked  Wish = "blocked"
	WishPlace    Wish = "place"
	WishIPType   Wish = "ip_type"
	WishFamilies Wish = "families"
	WishReach    Wish = "reach" // no endpoint that can be dialled directly
	WishAccess   Wish = "access"
	WishPayee    Wish = "payee_chain"
	WishHub      Wish = "hub"
)

// Error says it in a sentence.
func (n *None) Error() string {
	switch {
	case n.Cheapest != nil:
		o := n.Cheapest.Offer
		return fmt.Sprintf("all %d offers that fit cost more than the cap: the cheapest, of %s, asks %s %s per GiB and %s per hour",
			n.Fitting, o.Provider, o.Rate.PerGiB, wherry.Currency, o.Rate.PerHour)
	case n.Seen == 0:
		return "no offer is known"
	}
	return fmt.Sprintf("none of %d known offers fits", n.Seen)
}

// Rank returns the offers that fit, the cheapest for the expected use first and
// equals in an order drawn from rng. When none fits, the error holds a *None and
// has the code PriceTooHigh, where the price alone stands in the way, or NoOffer.
func Rank(offers []offer.Signed, want Want, now time.Time, rng *rand.Rand) ([]Candidate, error) {
	want = want.filled()
	none := &None{Missed: map[Wish]int{}}
	var fit []Candidate
	for i := range offers {
		wish, hubs := want.misses(&offers[i].Offer, now)
		if wish != WishLive {
			none.Seen++
		}
		if wish != "" {
			none.Missed[wish]++
			continue
		}
		c, ok := want.price(offers[i], hubs)
		if !ok {
			continue
		}
		none.Fitting++
		if want.Ceiling != nil && !c.Offer.Rate.Within(*want.Ceiling) {
			if none.Cheapest == nil || c.Cost.Less(none.Cheapest.Cost) {
				none.Cheapest = &c
			}
			continue
		}
		fit = append(fit, c)
	}
	if len(fit) > 0 {
		rng.Shuffle(len(fit), func(i, j int) { fit[i], fit[j] = fit[j], fit[i] })
		slices.SortStableFunc(fit, func(a, b Candidate) int { return a.Cost.Cmp(b.Cost) })
		return fit, nil
	}
	code := wherry.NoOffer
	if none.Cheapest != nil {
		code = wherry.PriceTooHigh
	}
	return nil, &wherry.Error{Code: code, Err: none}
}

// Cheapest returns the first of Rank: what a consumer gets that says no more.
func Cheapest(offers []offer.Signed, want Want, now time.Time, rng *rand.Rand) (Candidate, error) {
	fit, err := Rank(offers, want, now, rng)
	if err != nil {
		return Candidate{}, err
	}
	return fit[0], nil
}

func (w Want) filled() Want {
	if w.Service == "" {
		w.Service = "wireguard"
	}
	if w.Use == (Use{}) {
		w.Use = DefaultUse
	}
	return w
}

// misses returns the first wish that o does not meet, or the hubs through which
// it can be paid.
func (w *Want) misses(o *offer.Offer, now time.Time) (Wish, []offer.HubRef) {
	switch {
	case o.Withdrawn() || o.Expired(now) || o.Ahead(now):
		return WishLive, nil
	case o.Service != w.Service:
		return WishService, nil
	case !w.Provider.IsZero() && o.Provider != w.Provider:
		return WishProvider, nil
	case w.Blocked != nil && w.Blocked(o.Provider):
		return WishBlocked, nil
	case !w.Place.Holds(o.Place):
		return WishPlace, nil
	case w.IPType != offer.IPAny && o.IPType != w.IPType:
		return WishIPType, nil
	case w.Families&^o.Families != 0:
		return WishFamilies, nil
	case len(o.Endpoints) == 0:
		return WishReach, nil
	case o.Access != offer.AccessEverybody:
		return WishAccess, nil
	case len(w.PayeeChains) > 0 && !slices.Contains(w.PayeeChains, o.PayeeChain):
		return WishPayee, nil
	}
	hubs := o.Hubs
	if w.Usable != nil {
		hubs = nil
		for _, h := range o.Hubs {
			if w.Usable(h) {
				hubs = append(hubs, h)
			}
		}
	}
	if len(hubs) == 0 {
		return WishHub, nil
	}
	return "", hubs
}

// price returns the candidate with its cost, or not ok where the cost is beyond
// any amount: nobody has that much.
func (w *Want) price(o offer.Signed, hubs []offer.HubRef) (c Candidate, ok bool) {
	cost, err := o.Rate.Cost(w.Use.Time, w.Use.Bytes)
	if err != nil {
		return Candidate{}, false
	}
	return Candidate{Offer: o, Hubs: hubs, Cost: cost}, true
}
