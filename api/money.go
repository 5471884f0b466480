package api

import (
	"encoding/json"

	"github.com/wherrynet/wherry"
)

// Money is an amount of the token as JSON shows it: {"amount":"0.284","currency":"FARE"}.
type Money struct{ wherry.Amount }

type moneyJSON struct {
	Amount   wherry.Amount `json:"amount"`
	Currency string        `json:"currency"`
}

// MarshalJSON implements json.Marshaler.
func (m Money) MarshalJSON() ([]byte, error) {
	return json.Marshal(moneyJSON{m.Amount, wherry.Currency})
}

// UnmarshalJSON implements json.Unmarshaler. Another currency is Invalid.
func (m *Money) UnmarshalJSON(b []byte) error {
	var v moneyJSON
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	if v.Currency != wherry.Currency {
		return wherry.Errorf(wherry.Invalid, "money in %q: want %s", v.Currency, wherry.Currency)
	}
	m.Amount = v.Amount
	return nil
}

// Price is what a provider asks for, both at once.
type Price struct {
	PerGiB  Money `json:"per_gib"`
	PerHour Money `json:"per_hour"`
}

// PriceOf returns the price that a rate is.
func PriceOf(r wherry.Rate) Price { return Price{Money{r.PerGiB}, Money{r.PerHour}} }
