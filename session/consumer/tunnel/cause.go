package tunnel

import (
	"maps"
	"slices"
	"time"

	"github.com/wherrynet/wherry"
)

// Cause is why a machine is blocked, or why its last try failed. Its text is part
// of the API.
type Cause string

// The causes. Each has one row in the table below.
const (
	GuardFailed  Cause = "guard_failed"
	StateLost    Cause = "state_lost"
	Offline      Cause = "offline"
	Silence      Cause = "silence"
	NoOffer      Cause = "no_offer"
	NotFunded    Cause = "not_funded"
	OverBudget   Cause = "over_budget"
	PriceTooHigh Cause = "price_too_high"
	TermsChanged Cause = "terms_changed"
	Locked       Cause = "locked"
	Hostile      Cause = "hostile"
	Unreachable  Cause = "unreachable"
	Refused      Cause = "refused"
	Invalid      Cause = "invalid"
	Internal     Cause = "internal"
)

// CauseInfo is what a Cause means.
type CauseInfo struct {
	Meaning string
	Code    wherry.Code   // under which faces know it, and what to do about it
	Blocks  bool          // trying another provider does not help
	Retry   time.Duration // until it is tried again by itself; 0: not before something changes
}

var causes = map[Cause]CauseInfo{
	GuardFailed:  {"the firewall, the routes or the DNS settings could not be set", wherry.Internal, true, time.Second},
	StateLost:    {"this computer was left closed, and nothing on disk says what for", wherry.Conflict, true, 0},
	Offline:      {"this computer has no network", wherry.Unreachable, true, 30 * time.Second},
	Silence:      {"the provider has fallen silent", wherry.Unreachable, false, 0},
	NoOffer:      {"nobody who is online fits the wish", wherry.NoOffer, true, 15 * time.Second},
	NotFunded:    {"no deposit covers a session", wherry.NotFunded, true, 10 * time.Second},
	OverBudget:   {"a budget of this computer's owner is spent", wherry.OverBudget, true, time.Minute},
	PriceTooHigh: {"every provider that fits is above the price cap", wherry.PriceTooHigh, true, 15 * time.Second},
	TermsChanged: {"a hub's terms are not those that were agreed to", wherry.TermsChanged, true, time.Minute},
	Locked:       {"the keystore is locked", wherry.Locked, true, 0},
	Hostile:      {"a provider handed out what no honest one would", wherry.Refused, false, 0},
	Unreachable:  {"a provider, a hub or a chain does not answer", wherry.Unreachable, false, 0},
	Refused:      {"a provider is not willing, or has no room", wherry.Refused, false, 0},
	Invalid:      {"the wish or the configuration makes no sense", wherry.Invalid, true, 0},
	Internal:     {"something of ours is broken; the log says what", wherry.Internal, true, 30 * time.Second},
}

// Info returns what c means. What is not in the table means Internal.
func (c Cause) Info() CauseInfo {
	if i, ok := causes[c]; ok {
		return i
	}
	return causes[Internal]
}

// CauseOf returns the cause that an error's code comes to.
func CauseOf(code wherry.Code) Cause {
	switch code {
	case wherry.NoOffer, wherry.NotFound:
		return NoOffer
	case wherry.NotFunded:
		return NotFunded
	case wherry.OverBudget:
		return OverBudget
	case wherry.PriceTooHigh:
		return PriceTooHigh
	case wherry.TermsChanged:
		return TermsChanged
	case wherry.Locked, wherry.Unauthenticated:
		return Locked
	case wherry.Refused, wherry.Busy, wherry.Conflict, wherry.Forbidden:
		return Refused
	case wherry.Unreachable, wherry.Timeout, wherry.Interrupted, wherry.Pending, "":
		return Unreachable
	case wherry.Invalid:
		return Hostile
	case wherry.Answer, wherry.Internal:
	}
	return Internal
}

// Causes returns all causes, sorted.
func Causes() []Cause { return slices.Sorted(maps.Keys(causes)) }
