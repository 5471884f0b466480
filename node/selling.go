package node

import (
	"context"
	"encoding/json"
	"net/netip"
	"path/filepath"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/service/shape"
)

// SellingStatus is what a running provider says of itself.
type SellingStatus struct {
	Schema   string         `json:"schema"` // wherry.selling/1
	Provider wherry.Address `json:"provider"`
	Listen   netip.AddrPort `json:"listen"`
	Since    time.Time      `json:"since"`
	PerGiB   Money          `json:"per_gib"`
	PerHour  Money          `json:"per_hour"`
	Exit     ExitReport     `json:"exit"`
	Sessions int            `json:"sessions"`
	Seats    int            `json:"seats"`
	AtRisk   Money          `json:"at_risk"` // if all consumers stop paying now
	Hour     Carried        `json:"hour"`
	Day      Carried        `json:"day"`
	Month    Carried        `json:"month"`
	Session  uint64         `json:"session_cap"`      // bytes; 0 is none
	Line     uint64         `json:"line"`             // bytes per second to all consumers; 0 is no bound
	EachLine uint64         `json:"each_line"`        // to one
	Closed   string         `json:"closed,omitempty"` // why no session is admitted now
}

// ExitReport is how consumers' traffic leaves a provider, and what it tried on itself.
type ExitReport struct {
	Schema string   `json:"schema,omitempty"` // wherry.exit/1 when it stands alone
	Mode   ExitMode `json:"mode"`
	Why    string   `json:"why,omitempty"` // why it is not through the kernel
	Tried  int      `json:"tried"`         // packets that must not get through
	Opened int      `json:"let_out"`       // packets that have to, and did
	Holes  []Hole   `json:"holes"`         // what got through and should not have
	Shut   []string `json:"shut"`          // what did not and should have
}

// Hole is a packet that got through an exit that should have stopped it.
type Hole struct {
	Packet string `json:"packet"`
	Where  string `json:"where"` // how: forward, input, connect, or the interface that it left by
}

func (w *wayOut) report() ExitReport {
	r := ExitReport{Mode: w.mode, Why: w.why, Holes: []Hole{}, Shut: []string{}}
	for _, t := range w.tested {
		switch {
		case t.Bad() && t.Passed:
			r.Holes = append(r.Holes, Hole{Packet: t.Name, Where: t.Where})
		case t.Bad():
			r.Shut = append(r.Shut, t.Name)
		case t.Pass:
			r.Opened++
		default:
			r.Tried++
		}
	}
	return r
}

// sellingPath is the name under which a running provider is asked.
func (c Config) sellingPath(n Network) (string, error) {
	dir, err := c.dir(n.Name)
	return filepath.Join(dir, "provider"), err
}

// tasks answers commands about the running provider.
func (p *selling) tasks() map[string]task {
	return map[string]task{"status": func(context.Context, json.RawMessage) (any, error) { return p.status(time.Now()) }}
}

func (p *selling) status(now time.Time) (SellingStatus, error) {
	s := SellingStatus{
		Schema: "wherry.selling/1", Provider: p.key.Address(), Listen: p.socket.LocalAddr(), Since: p.since,
		PerGiB: Money{Amount: p.offer.Rate.PerGiB}, PerHour: Money{Amount: p.offer.Rate.PerHour},
		Exit: p.way.report(), Seats: int(p.seats()), Session: uint64(p.quota.caps.Session),
		Line: uint64(p.cfg.Provider.Line), EachLine: uint64(p.cfg.Provider.EachLine),
	}
	for _, x := range p.role.Sessions() {
		s.Sessions++
		if err := add(&s.AtRisk, Money{Amount: x.AtRisk}); err != nil {
			return s, err
		}
	}
	s.Hour, s.Day, s.Month, s.Closed = p.quota.carried(now)
	return s, nil
}

// Selling asks the provider that runs with this configuration. Error: NotFound when
// none does.
func (c Config) Selling(ctx context.Context) (SellingStatus, error) {
	var s SellingStatus
	n, err := LoadNetwork(c.Network)
	if err != nil {
		return s, err
	}
	path, err := c.sellingPath(n)
	if err != nil {
		return s, err
	}
	err = askNode(ctx, path, "status", struct{}{}, &s)
	if code := wherry.CodeOf(err); code == wherry.NotFound || code == wherry.Unreachable {
		return s, wherry.Errorf(wherry.NotFound, "no provider is running with this configuration: wherry provide starts one")
	}
	return s, err
}

// CheckExit tries the exit: that of the running provider as it was tried when it began,
// or else one that is opened for the purpose and closed again. What it has found is in
// the report, also when that comes with an error.
func (c Config) CheckExit(ctx context.Context) (ExitReport, error) {
	s, err := c.Selling(ctx)
	r := s.Exit
	if wherry.CodeOf(err) == wherry.NotFound {
		var n Network
		if n, err = LoadNetwork(c.Network); err != nil {
			return r, err
		}
		var w *wayOut
		if w, err = c.openExit(ctx, n); w != nil {
			r = w.report()
			if closing := w.close(); err == nil {
				err = closing
			}
		}
	}
	r.Schema = "wherry.exit/1"
	return r, err
}

// Shares says how the line is divided, in words.
func (s SellingStatus) Shares() string {
	all, each := shape.Rate(s.Line), shape.Rate(s.EachLine)
	switch {
	case s.Line == 0:
		return each.String() + " to one consumer"
	case s.EachLine == 0:
		return all.String() + ", divided fairly"
	}
	return all.String() + ", divided fairly, " + each.String() + " to one consumer"
}
