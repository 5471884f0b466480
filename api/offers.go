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

// ProviderStatus is what this node sells, as long as a process with the same
// state does so. What else there is to know, wherry provide status prints.
type ProviderStatus struct {
	Schema     string          `json:"schema" doc:"wherry.provider/1"`
	Selling    bool            `json:"selling" doc:"A provider runs with this node's state."`
	Address    *wherry.Address `json:"address,omitempty"`
	Since      *time.Time      `json:"since,omitempty" doc:"When it began."`
	Price      *Price          `json:"price,omitempty"`
	Sessions   int             `json:"sessions" minimum:"0" doc:"That there are now."`
	Seats      int             `json:"seats" minimum:"0" doc:"For sessions at once."`
	DayBytes   uint64          `json:"day_bytes" doc:"Carried today."`
	MonthBytes uint64          `json:"month_bytes" doc:"Carried this month."`
	AtRisk     Money           `json:"at_risk" doc:"Lost if all consumers stop paying now."`
	Why        string          `json:"why,omitempty" doc:"Why no session is admitted now."`
}
