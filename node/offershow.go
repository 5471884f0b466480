package node

import (
	"context"
	"strings"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/market/offer"
)

// OfferTerms is one offer with all that a consumer may want to know before it buys.
type OfferTerms struct {
	Schema string `json:"schema"` // wherry.offer/1
	api.Offer
	Families   string      `json:"families"` // v4, v6 or v4+v6
	Lets       string      `json:"lets_out"` // kinds of traffic, in words
	PolicyHash wherry.Hash `json:"policy"`   // of what the provider answers at /v1/policy; zero is not said
	Credit     struct {
		Bytes   uint64 `json:"bytes"`
		Seconds uint32 `json:"seconds"`
	} `json:"credit"` // what is carried unpaid
	Caps struct {
		Session uint64 `json:"session"`
		Day     uint64 `json:"day"`
		Month   uint64 `json:"month"`
	} `json:"caps"` // bytes of one consumer; 0 is none
}

// OfferOf returns the offer of a provider, by its name or address. Error: NotFound when
// it has none that holds, Conflict when several have the name.
func (c Config) OfferOf(ctx context.Context, who string) (OfferTerms, error) {
	n, err := LoadNetwork(c.Network)
	if err != nil {
		return OfferTerms{}, err
	}
	m, err := c.openMarket(n)
	if err != nil {
		return OfferTerms{}, err
	}
	defer m.close() //nolint:errcheck // nothing was written that matters
	all, err := m.offers(ctx)
	if err != nil {
		return OfferTerms{}, err
	}
	return termsOf(all, who)
}

func termsOf(all []offer.Signed, who string) (OfferTerms, error) {
	var found []offer.Signed
	for _, s := range all {
		if s.Name == who || strings.EqualFold(s.Provider.String(), who) {
			found = append(found, s)
		}
	}
	switch {
	case len(found) == 0:
		return OfferTerms{}, wherry.Errorf(wherry.NotFound, "%q has no offer that holds now: a name or an address, as wherry offers shows them", who)
	case len(found) > 1 && found[0].Provider != found[1].Provider:
		return OfferTerms{}, wherry.Errorf(wherry.Conflict, "several providers are called %q: name one by its address", who)
	}
	o := found[0]
	t := OfferTerms{
		Schema: "wherry.offer/1", Families: o.Families.String(), Lets: o.Policy.String(), PolicyHash: o.Policy.Hash,
		Offer: api.Offer{
			ID: o.ID.String(), Provider: o.Provider, Name: o.Name, Place: o.Place, IPType: o.IPType.String(),
			PerGiB: Money{Amount: o.Rate.PerGiB}, PerHour: Money{Amount: o.Rate.PerHour}, Expires: o.Expires().Truncate(time.Second),
		},
	}
	t.Credit.Bytes, t.Credit.Seconds = o.Credit.Bytes, o.Credit.Seconds
	t.Caps.Session, t.Caps.Day, t.Caps.Month = o.Caps.SessionBytes, o.Caps.DayBytes, o.Caps.MonthBytes
	return t, nil
}
