package api

import (
	"net/netip"
	"time"

	"github.com/wherrynet/wherry"
)

// StatusSchema is the schema of a Status.
const StatusSchema = "wherry.status/1"

// State is where the tunnel is. The states and what may leave the computer in
// each are in docs/security.md.
type State string

// The states. In all of them but Disconnected without lockdown, nothing leaves
// outside the tunnel.
const (
	Disconnected  State = "disconnected"
	Connecting    State = "connecting"    // there has been no tunnel yet since the wish
	Connected     State = "connected"     // traffic passes, and is paid for
	Reconnecting  State = "reconnecting"  // there was a tunnel, and another is sought
	Blocked       State = "blocked"       // nothing passes until a person or the world changes something
	Disconnecting State = "disconnecting" // the last receipt is waited for
)

// States returns all states, in the order in which a connection goes through
// them.
func States() []State {
	return []State{Disconnected, Connecting, Connected, Reconnecting, Blocked, Disconnecting}
}

// Status is what a node's consumer is doing. What is not known, or does not
// apply in this state, is left out.
type Status struct {
	Schema string    `json:"schema" doc:"wherry.status/1"`
	State  State     `json:"state" enum:"disconnected,connecting,connected,reconnecting,blocked,disconnecting" doc:"Where the tunnel is."`
	Since  time.Time `json:"since" doc:"When this state began."`
	Closed bool      `json:"closed" doc:"Nothing leaves this computer outside the tunnel now."`
	Cause  *Cause    `json:"cause,omitempty" doc:"Why it is blocked, or why it has to connect again."`
	Try    int       `json:"try,omitempty" minimum:"0" doc:"Which attempt to connect this is, from 1."`
	Wanted *Wanted   `json:"wanted,omitempty" doc:"What was asked for, while it is wanted."`

	Provider    *Peer             `json:"provider,omitempty" doc:"Who carries the traffic, or is being asked to."`
	Session     *wherry.SessionID `json:"session,omitempty"`
	Protocol    string            `json:"protocol,omitempty" doc:"How the tunnel looks from outside: wireguard."`
	Price       *Price            `json:"price,omitempty" doc:"What this provider asks for."`
	PaidThrough *Channel          `json:"paid_through,omitempty" doc:"Which deposit pays."`
	SeenAs      []netip.Addr      `json:"seen_as" doc:"Addresses under which web sites see this computer."`
	Carried     Carried           `json:"carried" doc:"What this session has carried."`
	Spent       Spent             `json:"spent"`
	Limits      Limits            `json:"limits" doc:"What nothing is signed beyond."`
	AtRisk      Money             `json:"at_risk" doc:"Lost if this provider vanishes now."`

	Settings Settings  `json:"settings"`
	Problems []Problem `json:"problems" doc:"What is not as it should be, though the state holds."`
	ToGoOn   []Way     `json:"to_go_on" doc:"What leads out of this state: commands, with what they do."`
}

// Cause says why a state is what it is.
type Cause struct {
	Code    wherry.Code `json:"code" doc:"One of the codes of errors."`
	Message string      `json:"message" doc:"For people: what, and why."`
}

// Wanted is the part of a wish that a person recognizes it by.
type Wanted struct {
	Place    wherry.Place `json:"place,omitzero"`
	Provider string       `json:"provider,omitempty" doc:"Name or address."`
}

// Peer is a provider.
type Peer struct {
	Name    string         `json:"name,omitempty" doc:"As the provider signs it."`
	Address wherry.Address `json:"address"`
	Country string         `json:"country" doc:"Two letters of ISO 3166-1."`
	City    string         `json:"city,omitempty"`
	IPType  string         `json:"ip_type,omitempty" doc:"residential, hosting or mobile"`
}

// Called returns how people call the provider.
func (p Peer) Called() string {
	if p.Name != "" {
		return p.Name
	}
	return p.Address.Short()
}

// Place returns where the provider says it is.
func (p Peer) Place() wherry.Place { return wherry.Place{Country: p.Country, City: p.City} }

// Channel is a deposit with a hub, which pays.
type Channel struct {
	Hub     wherry.Address `json:"hub"`
	Name    string         `json:"name,omitempty" doc:"Of the hub, in this network."`
	Chain   uint64         `json:"chain"`
	Left    Money          `json:"left"`
	Deposit Money          `json:"deposit"`
}

// Carried counts bytes, as they are billed, and how fast they come just now.
type Carried struct {
	DownBytes         uint64 `json:"down_bytes"`
	UpBytes           uint64 `json:"up_bytes"`
	DownBitsPerSecond uint64 `json:"down_bits_per_second"`
	UpBitsPerSecond   uint64 `json:"up_bits_per_second"`
}

// Spent is what was paid.
type Spent struct {
	Session Money  `json:"session" doc:"In this session; after it, in the last one."`
	Day     *Money `json:"day,omitempty" doc:"Since midnight UTC."`
}

// Limits are the consumer's own. What is left out has no limit.
type Limits struct {
	Session    *Money `json:"session,omitempty"`
	Day        *Money `json:"day,omitempty"`
	MaxPerGiB  *Money `json:"max_per_gib,omitempty"`
	MaxPerHour *Money `json:"max_per_hour,omitempty"`
}

// Problem is something that a person should know, though it stops nothing.
type Problem struct {
	Code    wherry.Code `json:"code"`
	Message string      `json:"message"`
	Try     []string    `json:"try"`
}

// Way is a command that leads out of a state.
type Way struct {
	Command string `json:"command"`
	Does    string `json:"does"`
}

// Fill returns s with its schema and with empty lists where there are none: the
// form in which it is shown.
func (s Status) Fill() Status {
	s.Schema = StatusSchema
	if s.SeenAs == nil {
		s.SeenAs = []netip.Addr{}
	}
	if s.Problems == nil {
		s.Problems = []Problem{}
	}
	if s.ToGoOn == nil {
		s.ToGoOn = []Way{}
	}
	for i := range s.Problems {
		if s.Problems[i].Try == nil {
			s.Problems[i].Try = []string{}
		}
	}
	s.Settings = s.Settings.Fill()
	return s
}

// ToGoOn returns the ways out of a blocked state, by its cause.
func ToGoOn(cause wherry.Code, lockdown bool) []Way {
	open := Way{"wherry disconnect", "opens the network, without protection"}
	if lockdown {
		open.Does = "gives up; the network stays closed (wherry set lockdown=off opens it)"
	}
	first := map[wherry.Code]Way{
		wherry.NotFunded:    {"wherry wallet topup AMOUNT", "adds to the deposit, and reconnects"},
		wherry.OverBudget:   {"wherry connect --budget AMOUNT", "allows more, and reconnects"},
		wherry.PriceTooHigh: {"wherry connect --max-price AMOUNT", "allows a higher price, and reconnects"},
		wherry.TermsChanged: {"wherry hubs accept HUB", "agrees to the hub's new terms, and reconnects"},
		wherry.NoOffer:      {"wherry connect PLACE", "tries another place"},
		wherry.Locked:       {"systemctl restart wherry", "reads the passphrase again; the network stays closed"},
	}
	if w, ok := first[cause]; ok {
		return []Way{w, open}
	}
	return []Way{{"wherry reconnect", "tries again now"}, open}
}
