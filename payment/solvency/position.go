package solvency

import (
	"context"
	"maps"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
)

// Position is a hub's money on one chain up to a block, made from the contract's
// events alone: no node has to keep old state for it, and hub and verifier get
// the same to the last base unit.
type Position struct {
	Block uint64 // the last whose events are in it
	in    wherry.Amount
	out   wherry.Amount
	outs  map[wherry.Address]Out
}

// Out is what a contract holds of one payee.
type Out struct{ Settled, Reserved wherry.Amount }

// NewPosition returns the position of a hub before anything happened to it.
func NewPosition() *Position { return &Position{outs: map[wherry.Address]Out{}} }

// Clone returns a copy that shares nothing with p.
func (p *Position) Clone() *Position {
	c := *p
	c.outs = maps.Clone(p.outs)
	return &c
}

// Apply takes the events of one hub from the blocks behind p.Block up to block,
// in order. An error means that they are not what a contract emits; p is of no
// use then.
func (p *Position) Apply(events []chain.Event, block uint64) (err error) {
	for _, e := range events {
		switch e.Kind {
		case chain.Funded, chain.Collected:
			p.in, err = p.in.Add(e.Amount)
		case chain.Withdrawn:
			p.out, err = p.out.Add(e.Amount)
		case chain.Paid:
			p.outs[e.Account] = Out{Settled: e.Total, Reserved: e.Reserve}
			p.out, err = p.out.Add(e.Amount)
		case chain.Reserved:
			o := p.outs[e.Account]
			o.Reserved = e.Reserve
			p.outs[e.Account] = o
		case chain.NoEvent, chain.HubOpened, chain.HubRetired, chain.ToppedUp, chain.Revealed, chain.CutAnnounced,
			chain.Shortfall, chain.ExitRequested, chain.Exited, chain.FeePaid, chain.Skipped, chain.TakenBack:
		}
		if err != nil {
			return err
		}
	}
	p.Block = block
	return nil
}

// Out returns what the contract holds of a payee.
func (p *Position) Out(payee wherry.Address) Out { return p.outs[payee] }

// Reserved returns the sum of all reserves.
func (p *Position) Reserved() (wherry.Amount, error) {
	var sum wherry.Amount
	for _, o := range p.outs {
		var err error
		if sum, err = sum.Add(o.Reserved); err != nil {
			return wherry.Amount{}, err
		}
	}
	return sum, nil
}

// Free returns what is reserved for nobody: what came in and neither left nor is
// reserved. Less than nothing is Internal: events are missing.
func (p *Position) Free() (wherry.Amount, error) {
	r, err := p.Reserved()
	if err != nil {
		return wherry.Amount{}, err
	}
	gone, err := p.out.Add(r)
	if err != nil {
		return wherry.Amount{}, err
	}
	free, err := p.in.Sub(gone)
	if err != nil {
		return wherry.Amount{}, wherry.Errorf(wherry.Internal, "the events up to block %d do not add up: %s came in, %s is gone or reserved", p.Block, p.in, gone)
	}
	return free, nil
}

// Leaf returns the leaf of a payee that has earned so much, and false when it is
// owed nothing.
func (p *Position) Leaf(payee wherry.Address, earned wherry.Amount) (Leaf, bool) {
	o := p.outs[payee]
	owed := earned.SubFloor(o.Settled)
	return Leaf{Payee: payee, Earned: earned, Owed: owed, Held: owed.Min(o.Reserved)}, !owed.IsZero()
}

// Events is where a Position is read from; a chain.Chain is one.
type Events interface {
	Events(ctx context.Context, hub wherry.Address, first, last uint64) ([]chain.Event, error)
}

// readBlocks is how many blocks are asked for at once.
const readBlocks = 2000

// Read applies what happened at hub in the blocks from first to last. On an error
// p holds all whole pieces before it, up to p.Block.
func (p *Position) Read(ctx context.Context, from Events, hub wherry.Address, first, last uint64) error {
	for first <= last {
		to := last
		if last-first >= readBlocks {
			to = first + readBlocks - 1
		}
		events, err := from.Events(ctx, hub, first, to)
		if err != nil {
			return err
		}
		if err := p.Apply(events, to); err != nil {
			return err
		}
		first = to + 1
	}
	return nil
}
