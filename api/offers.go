package api

import (
	"time"

	"github.com/wherrynet/wherry"
)

// The schemas of what the market and a provider say.
const (
	OffersSchema   = "wherry.offers/1"
	ProviderSchema = "wherry.provider/1"
)

// OffersQuery says which offers are asked for. The zero value is all of them.
type OffersQuery struct {
	Place      wherry.Place
	MaxPerGiB  *wherry.Amount // nil is any price
	MaxPerHour *wherry.Amount
	IPType     string // residential, hosting or mobile; "" is any
}

// Offers is what the market offers, the cheapest first.
type Offers struct {
	Schema string  `json:"schema" doc:"wherry.offers/1"`
	Items  []Offer `json:"items"`
	Next   *string `json:"next" doc:"Cursor of the next page; null when there is no more."`
	Total  int     `json:"total" minimum:"0" doc:"Offers that hold now, fitting or not."`
}

// Offer is one provider's signed price and terms.
type Offer struct {
	ID       string         `json:"id" doc:"off_ and 64 digits."`
	Provider wherry.Address `json:"provider"`
	Name     string         `json:"name,omitempty"`
	Place    wherry.Place   `json:"place"`
	IPType   string         `json:"ip_type"`
	PerGiB   Money          `json:"per_gib"`
	PerHour  Money          `json:"per_hour"`
	Expires  time.Time      `json:"expires"`
}

// ProviderStatus is what this node sells, and what that earned.
type ProviderStatus struct {
	Schema  string         `json:"schema" doc:"wherry.provider/1"`
	Selling bool           `json:"selling" doc:"A process on this computer sells with these books."`
	Address wherry.Address `json:"address"`
	Payee   wherry.Address `json:"payee" doc:"Account that is paid."`
	Chain   uint64         `json:"chain"`
	Offer   *Offer         `json:"offer" doc:"The offer that holds now; null when there is none."`
	Earned  Money          `json:"earned" doc:"settled + waiting"`
	Settled Money          `json:"settled"`
	Waiting Money          `json:"waiting"`
}
