package server

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
)

// offersIn is a query for offers.
type offersIn struct {
	Place      string `query:"place" maxLength:"32" doc:"se, or se/got." example:"se"`
	MaxPerGiB  string `query:"max_per_gib" maxLength:"64" doc:"Nobody above this price, in tokens." example:"0.1"`
	MaxPerHour string `query:"max_per_hour" maxLength:"64"`
	IPType     string `query:"ip_type" enum:"residential,hosting,mobile"`
	Limit      int    `query:"limit" minimum:"1" maximum:"500" default:"100" doc:"Offers per page."`
	Cursor     string `query:"cursor" maxLength:"128" doc:"next of the page before."`
}

// query checks what the text of a query means.
func (in *offersIn) query() (q api.OffersQuery, err error) {
	q.IPType = in.IPType
	if q.Place, err = wherry.ParsePlace(in.Place); err != nil {
		return q, err
	}
	price := func(text string, at **wherry.Amount) error {
		if text == "" {
			return nil
		}
		v, err := wherry.ParseAmount(text)
		*at = &v
		return err
	}
	if err := price(in.MaxPerGiB, &q.MaxPerGiB); err != nil {
		return q, err
	}
	return q, price(in.MaxPerHour, &q.MaxPerHour)
}

// page returns the page of items behind the one that cursor names. The market
// moves: when that offer is gone, whoever reads has to begin again.
func page(all []api.Offer, cursor string, limit int) (items []api.Offer, next *string, err error) {
	if cursor != "" {
		i := slices.IndexFunc(all, func(o api.Offer) bool { return o.ID == cursor })
		if i < 0 {
			return nil, nil, wherry.Errorf(wherry.Conflict, "the offer that this page begins behind is gone: begin again")
		}
		all = all[i+1:]
	}
	if len(all) > limit {
		return all[:limit], &all[limit-1].ID, nil
	}
	if all == nil {
		all = []api.Offer{}
	}
	return all, nil, nil
}

func (s *Server) market(a huma.API) {
	type offersOut struct{ Body api.Offers }
	huma.Register(a, operation("offers", http.MethodGet, "/v1/offers", "market", "Who sells", "The cheapest first.", wherry.Unreachable, wherry.Conflict),
		func(ctx context.Context, in *offersIn) (*offersOut, error) {
			q, err := in.query()
			if err != nil {
				return nil, s.refuse(ctx, err)
			}
			v, err := s.cfg.Engine.Offers(ctx, q)
			if err != nil {
				return nil, s.refuse(ctx, err)
			}
			v.Schema = api.OffersSchema
			if v.Items, v.Next, err = page(v.Items, in.Cursor, in.Limit); err != nil {
				return nil, s.refuse(ctx, err)
			}
			return &offersOut{v}, nil
		})

	type providerOut struct{ Body api.ProviderStatus }
	huma.Register(a, operation("provider", http.MethodGet, "/v1/provider", "market", "What this node sells", "", wherry.NotFound),
		func(ctx context.Context, _ *struct{}) (*providerOut, error) {
			if s.cfg.Provider == nil {
				return nil, s.refuse(ctx, wherry.Errorf(wherry.NotFound, "this node has no provider's books"))
			}
			v, err := s.cfg.Provider(ctx)
			if err != nil {
				return nil, s.refuse(ctx, err)
			}
			v.Schema = api.ProviderSchema
			return &providerOut{v}, nil
		})
}
