package relayer

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/onchain"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

// drive moves every open request of the chain as far as it goes now, in the
// order in which they came.
func (l *lane) drive(ctx context.Context) error {
	head, err := l.Chain.Chain.Head(ctx, chain.Latest)
	if err != nil {
		return err
	}
	now := uint64(max(head.Time.Unix(), 0))
	open, err := query(ctx, l.db, `WHERE j.chain = ? AND j.contract = ? AND j.state NOT IN ('final', 'failed') AND j.due <= ? ORDER BY j.n`,
		l.name.ID, l.name.Contract[:], now)
	if err != nil {
		return err
	}
	var all error
	for _, j := range open {
		if err := l.move(ctx, j, now); err != nil {
			all = errors.Join(all, fmt.Errorf("%s: %w", j.ask.Kind, err))
		}
	}
	return all
}

// move takes one request a step further.
func (l *lane) move(ctx context.Context, j job, now uint64) error {
	planned := j.row.State == onchain.Planned
	if planned {
		ready, err := l.ready(ctx, j, now)
		if err != nil || !ready {
			return err
		}
	}
	// Nothing is given for it that the fee does not pay for, however long it
	// waits; and it is called off when its signature is of no use any more.
	j.row.Most = l.Price.Covers(j.fee)
	if j.ask.Kind == wire.Leave {
		later, err := l.ending(ctx)
		if err != nil {
			return err
		}
		j.row.Most = j.row.Most.SubFloor(later)
	}
	if j.free {
		j.row.Most = wherry.Amount{}
	}
	if j.ask.Kind != wire.Finalize {
		j.row.Until = time.Now().Add(time.Duration(j.ask.Deadline-min(now, j.ask.Deadline)) * time.Second)
	}
	return onchain.Step(ctx, l.Chain.Chain, l.cfg.Key, j.ask.Call(), j.row, func(row onchain.Row) error {
		if planned && row.State == onchain.Failed {
			// What ready has allowed a moment ago was refused on the way: ready
			// says next time whether that is for good.
			l.log.Warn("not sent", "kind", j.ask.Kind.String(), "chain", l.params.ID, "err", row.Error)
			return nil
		}
		return l.save(ctx, j, row)
	})
}

// ready reports whether a planned request is to be sent now. One that cannot
// work any more is ended; one that its fee does not pay for at present waits,
// until its deadline has passed.
func (l *lane) ready(ctx context.Context, j job, now uint64) (bool, error) {
	if j.ask.Kind == wire.Finalize {
		return l.readyToFinalize(ctx, j)
	}
	if now >= j.ask.Deadline {
		return false, l.fail(ctx, j, "its deadline passed before it could be sent")
	}
	err := l.affordable(ctx, j.ask, j.fee)
	if r, refused := refusalOf(err); refused {
		return false, l.fail(ctx, j, string(r))
	}
	if wherry.CodeOf(err) == wherry.PriceTooHigh {
		l.log.Debug("waiting for cheaper gas", "chain", l.params.ID)
		return false, nil
	}
	return err == nil, err
}

// readyToFinalize holds an exit that is due against the chain: somebody else may
// have finalized it, and what is left may not be worth the gas. The fee is owed
// in whole for this one step, so that all of it may be spent on it.
func (l *lane) readyToFinalize(ctx context.Context, j job) (bool, error) {
	s, c := j.ask, l.Chain.Chain
	in, err := c.In(ctx, s.Hub, s.Consumer, chain.Latest)
	if err != nil {
		return false, err
	}
	if !in.Leaving() || uint64(in.ExitAt.Unix()) != j.due {
		final, err := c.In(ctx, s.Hub, s.Consumer, chain.Final)
		if err != nil || final.Leaving() && uint64(final.ExitAt.Unix()) == j.due {
			return false, err // a reorg may still undo it
		}
		row := j.row
		row.State, row.Error = onchain.Final, "somebody else has finalized it"
		return false, l.save(ctx, j, row)
	}
	brings := j.fee.Min(in.Left())
	if j.free {
		brings = in.Left() // it is worth its gas as long as it brings its owner more
	}
	if brings.IsZero() {
		return false, l.fail(ctx, j, "nothing is left in the channel")
	}
	cost, err := c.Simulate(ctx, l.Address(), s.Call())
	switch {
	case broke(err):
		return false, errBroke
	case err != nil:
		if r, refused := refusalOf(err); refused && r != chain.TooEarly {
			return false, l.fail(ctx, j, string(r))
		}
		return false, err
	case l.Price.Covers(brings).Less(cost.Fee):
		l.log.Debug("waiting for cheaper gas", "chain", l.params.ID)
		return false, nil
	}
	return true, nil
}

// scanBlocks is how many blocks one step reads at most.
const scanBlocks = 5_000

// scan reads what is final for exits that were announced here, and plans to
// finalize each when its date has come. It starts again from the chain alone,
// should the file be lost.
func (l *lane) scan(ctx context.Context) error {
	c := l.Chain.Chain
	final, err := c.Head(ctx, chain.Final)
	if err != nil {
		return err
	}
	first, err := l.scanned(ctx)
	if err != nil || first > final.Number {
		return err
	}
	last := min(final.Number, first+scanBlocks-1)
	events, err := c.Events(ctx, wherry.Address{}, first, last)
	if err != nil {
		return err
	}
	var found []job
	for _, e := range events {
		if e.Kind != chain.ExitRequested {
			continue
		}
		owed, err := c.Owed(ctx, e.Hub, e.Account, chain.Latest)
		if err != nil {
			return err
		}
		if owed.Relayer != l.Address() {
			continue
		}
		in, err := c.In(ctx, e.Hub, e.Account, chain.Latest)
		if err != nil {
			return err
		}
		if !in.Leaving() {
			continue
		}
		due := uint64(in.ExitAt.Unix())
		s := wire.Submission{Version: wire.Version, Kind: wire.Finalize, Chain: l.name, Consumer: e.Account, Hub: e.Hub}
		found = append(found, job{id: wire.ExitID(l.name, e.Hub, e.Account, due), ask: s, due: due, fee: owed.Fee})
	}
	ctx = context.WithoutCancel(ctx)
	return l.db.Write(ctx, func(tx *sql.Tx) error {
		for _, j := range found {
			if err := l.insert(ctx, tx, j); err != nil {
				return err
			}
		}
		return l.setScanned(ctx, tx, last)
	})
}
