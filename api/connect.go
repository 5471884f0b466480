package api

import (
	"strings"

	"github.com/wherrynet/wherry"
)

// PlanSchema is the schema of a Plan.
const PlanSchema = "wherry.plan/1"

// Connect is the wish to be connected. The zero Connect is the cheapest provider
// within the limits of the configuration. A limit here counts for this
// connection, and for the providers that replace the first.
type Connect struct {
	Place      wherry.Place `json:"place,omitzero" doc:"Country, and perhaps city, of the provider."`
	Provider   string       `json:"provider,omitempty" maxLength:"64" doc:"Name or address of the one provider."`
	MaxPerGiB  *Money       `json:"max_per_gib,omitempty" doc:"No provider above this price."`
	MaxPerHour *Money       `json:"max_per_hour,omitempty" doc:"No provider above this price."`
	Budget     *Money       `json:"budget,omitempty" doc:"Nothing is signed beyond this."`
	IPType     string       `json:"ip_type,omitempty" enum:"residential,hosting,mobile" doc:"What kind of address the provider has."`
	Spare      *bool        `json:"spare,omitempty" doc:"Keep a second session agreed; default: the setting."`
}

// Check reports what is wrong with c, with the code Invalid.
func (c Connect) Check() error {
	if err := c.Place.Check(); err != nil {
		return err
	}
	if c.Provider != "" && c.Place != (wherry.Place{}) {
		return wherry.Errorf(wherry.Invalid, "a provider and a place: name one of them")
	}
	if strings.HasPrefix(c.Provider, "0x") {
		if _, err := wherry.ParseAddress(c.Provider); err != nil {
			return err
		}
	}
	switch c.IPType {
	case "", "residential", "hosting", "mobile":
	default:
		return wherry.Errorf(wherry.Invalid, "ip type %q: want residential, hosting or mobile", c.IPType)
	}
	for _, m := range []*Money{c.MaxPerGiB, c.MaxPerHour, c.Budget} {
		if m != nil && !m.FitsChain() {
			return wherry.Errorf(wherry.Invalid, "amount %s: more than a chain can hold", m)
		}
	}
	if c.Budget != nil && c.Budget.IsZero() {
		return wherry.Errorf(wherry.Invalid, "a budget of 0 pays for nothing")
	}
	return nil
}

// To reads what a person writes behind connect: a place as in se or se/got, a
// provider's address, or its name. Two letters are always a country.
func (c *Connect) To(s string) error {
	switch {
	case strings.HasPrefix(s, "0x"):
		a, err := wherry.ParseAddress(s)
		if err != nil {
			return err
		}
		c.Provider = a.String()
	case len(s) == 2 || len(s) > 2 && s[2] == '/':
		p, err := wherry.ParsePlace(s)
		if err != nil {
			return err
		}
		c.Place = p
	default:
		c.Provider = s
	}
	return c.Check()
}

// Plan is what connecting would do now.
type Plan struct {
	Schema      string  `json:"schema" doc:"wherry.plan/1"`
	Provider    Peer    `json:"provider" doc:"Who would be asked first."`
	Price       Price   `json:"price"`
	PaidThrough Channel `json:"paid_through"`
	Limits      Limits  `json:"limits"`
	AtRisk      Money   `json:"at_risk" doc:"The most that could be lost at the start."`
	Others      int     `json:"others" minimum:"0" doc:"Providers that fit too, and would be asked next."`
}
