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
	Blocks  bool          // trying another provider does not help
	Retry   time.Duration // until it is tried again by itself; 0: not before something changes
	ToGoOn  []string      // what a person can do, the best first; each a command or a sentence
}

const giveUp = "wherry disconnect"

var causes = map[Cause]CauseInfo{
	GuardFailed: {"the firewall, the routes or the DNS settings could not be set", true, time.Second, []string{"wherry doctor", giveUp}},
	StateLost:   {"this computer was left closed, and nothing on disk says what for", true, 0, []string{"wherry connect", giveUp}},
	Offline:     {"this computer has no network", true, 30 * time.Second, []string{"goes on by itself when there is a network", giveUp}},
	Silence:     {"the provider has fallen silent", false, 0, nil},
	NoOffer:     {"nobody who is online fits the wish", true, 15 * time.Second, []string{"wherry offers", "wherry connect with another place or a higher price", giveUp}},
	NotFunded:   {"no deposit covers a session", true, 10 * time.Second, []string{"wherry wallet topup AMOUNT", giveUp}},
	OverBudget:  {"a budget of this computer's owner is spent", true, time.Minute, []string{"wherry set budget_per_day=AMOUNT", "wherry set budget_per_session=AMOUNT", giveUp}},
	PriceTooHigh: {
		"every provider that fits is above the price cap", true, 15 * time.Second,
		[]string{"wherry set max_per_gib=AMOUNT", "wherry connect with another place", giveUp},
	},
	TermsChanged: {"a hub's terms are not those that were agreed to", true, time.Minute, []string{"wherry hubs", giveUp}},
	Locked:       {"the keystore is locked", true, 0, []string{"start the daemon with the keystore's passphrase", giveUp}},
	Hostile:      {"a provider handed out what no honest one would", false, 0, []string{"wherry reconnect --other"}},
	Unreachable:  {"a provider, a hub or a chain does not answer", false, 0, nil},
	Refused:      {"a provider is not willing, or has no room", false, 0, nil},
	Invalid:      {"the wish or the configuration makes no sense", true, 0, []string{"wherry connect with another wish", giveUp}},
	Internal:     {"something of ours is broken; the log says what", true, 30 * time.Second, []string{"wherry doctor", giveUp}},
}

// Info returns what c means. What is not in the table means Internal.
func (c Cause) Info() CauseInfo {
	i, ok := causes[c]
	if !ok {
		i = causes[Internal]
	}
	i.ToGoOn = slices.Clone(i.ToGoOn)
	return i
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
