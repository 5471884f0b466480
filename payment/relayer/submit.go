package relayer

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/onchain"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

// Submit takes a request, once everything about it holds here and now, and
// returns its status; Run does the rest. The same request again is answered with
// how far the first one has come, however it ended.
//
// Forbidden: a signature is not by whom it has to be, or names another relayer.
// PriceTooHigh: the fee does not pay for the gas. Conflict: its deadline or quote
// is over, or the channel is in another state. NotFunded: the tokens are not
// there. Busy: no room. Refused: not by this relayer. Nothing is kept then.
func (r *Relayer) Submit(ctx context.Context, s wire.Submission) (wire.Status, error) {
	l, err := r.lane(s.Chain)
	if err != nil {
		return wire.Status{}, err
	}
	if err := s.Check(l.params.TokenDomain()); err != nil {
		return wire.Status{}, err
	}
	if s.Kind == wire.Finalize {
		return l.finalize(ctx, s)
	}
	if s.Relayer != r.Address() {
		return wire.Status{}, wherry.Errorf(wherry.Forbidden, "%s: it names relayer %s, and this is %s", s.Kind, s.Relayer, r.Address())
	}
	if j, err := r.find(ctx, s.ID()); wherry.CodeOf(err) != wherry.NotFound {
		return j.status(), err
	}
	now := time.Now()
	least, err := l.priced(ctx, s, now)
	if err != nil {
		return wire.Status{}, err
	}
	if s.Fee.Less(least) {
		return wire.Status{}, wherry.Errorf(wherry.PriceTooHigh, "%s: the fee is %s, and %s are asked", s.Kind, s.Fee, least)
	}
	if err := l.db.Read(ctx, func(tx *sql.Tx) error { return l.admit(ctx, tx, s, now) }); err != nil {
		return wire.Status{}, err
	}
	if err := l.holds(ctx, s); err != nil {
		return wire.Status{}, err
	}
	return l.take(ctx, job{id: s.ID(), ask: s, fee: s.Fee}, now)
}

// holds returns nil when a message would do now what it says, for a fee that
// pays for it.
func (l *lane) holds(ctx context.Context, s wire.Submission) error {
	head, err := l.Chain.Chain.Head(ctx, chain.Latest)
	if err != nil {
		return err
	}
	now := uint64(max(head.Time.Unix(), 0))
	if s.Deadline < now+uint64(l.cfg.MinLeft/time.Second) {
		return wherry.Errorf(wherry.Conflict, "%s: the deadline, %s, leaves less than %s", s.Kind, unix(s.Deadline), l.cfg.MinLeft)
	}
	if s.Kind == wire.TopUpAuth { // the token takes the value; the contract pulls what is missing
		in, err := l.Chain.Chain.In(ctx, s.Hub, s.Consumer, chain.Latest)
		if err != nil {
			return err
		}
		if missing, err := s.Deposited.SubFloor(in.Deposited).Add(s.Fee); err != nil || s.Pull != missing {
			return wherry.Errorf(wherry.Conflict, "%s: it authorizes %s, and %s are missing", s.Kind, s.Pull, missing)
		}
	}
	return l.affordable(ctx, s, s.Fee)
}

// affordable simulates a submission and returns nil when it would work, and cost
// no more than the fee pays for.
func (l *lane) affordable(ctx context.Context, s wire.Submission, fee wherry.Amount) error {
	cost, err := l.Chain.Chain.Simulate(ctx, l.Address(), s.Call())
	if broke(err) {
		l.log.Error("relayer has run out of gas", "chain", l.params.ID)
		return errBroke
	}
	if err != nil {
		return err
	}
	needs := cost.Fee
	if s.Kind == wire.Leave { // its fee pays for the finalizing too
		later, err := l.ending(ctx)
		if err == nil {
			needs, err = needs.Add(later)
		}
		if err != nil {
			return err
		}
		cost.Gas += finalizeGas
	}
	l.learn(s.Kind, cost.Gas)
	if pays := l.Price.Covers(fee); pays.Less(needs) {
		l.forget()
		return wherry.Errorf(wherry.PriceTooHigh, "%s: gas has become dearer: it takes %s wei, and a fee of %s pays for %s: ask for a new quote",
			s.Kind, needs.BaseString(), fee, pays.BaseString())
	}
	return nil
}

// ending returns what the end of an exit costs as gas is now, in wei: that part of a
// Leave's fee is not spent on the announcement.
func (l *lane) ending(ctx context.Context) (wherry.Amount, error) {
	_, each, err := l.quote(ctx, time.Now())
	if err != nil {
		return wherry.Amount{}, err
	}
	return times(finalizeGas, each)
}

// take writes a request and returns its status, or that of the one that was
// there before.
func (l *lane) take(ctx context.Context, j job, now time.Time) (wire.Status, error) {
	ctx = context.WithoutCancel(ctx)
	err := l.db.Write(ctx, func(tx *sql.Tx) error {
		var there bool
		if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM jobs WHERE id = ?)`, j.id[:]).Scan(&there); err != nil || there {
			return err
		}
		if j.ask.Kind != wire.Finalize {
			if err := l.admit(ctx, tx, j.ask, now); err != nil {
				return err
			}
		}
		return l.insert(ctx, tx, j)
	})
	if err != nil {
		return wire.Status{}, err
	}
	l.hurry()
	made, err := l.find(ctx, j.id)
	return made.status(), err
}

// finalize takes the wish of anybody to finalize an exit: one whose fee is owed
// here, or, as far as the operator gives that away, any that is worth its gas.
func (l *lane) finalize(ctx context.Context, s wire.Submission) (wire.Status, error) {
	in, err := l.Chain.Chain.In(ctx, s.Hub, s.Consumer, chain.Latest)
	if err != nil {
		return wire.Status{}, err
	}
	if !in.Leaving() {
		return wire.Status{}, chain.Refuse(s.Call(), chain.NotLeaving)
	}
	due := uint64(in.ExitAt.Unix())
	j := job{id: wire.ExitID(l.name, s.Hub, s.Consumer, due), ask: s, due: due}
	if old, err := l.find(ctx, j.id); wherry.CodeOf(err) != wherry.NotFound {
		return old.status(), err
	}
	owed, err := l.Chain.Chain.Owed(ctx, s.Hub, s.Consumer, chain.Latest)
	if err != nil {
		return wire.Status{}, err
	}
	now := time.Now()
	if owed.Relayer == l.Address() {
		j.fee = owed.Fee
		return l.take(ctx, j, now)
	}
	j.free = true
	given := 0
	err = l.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT count(*) FROM jobs WHERE free = 1 AND made > ?`, now.Add(-24*time.Hour).Unix()).Scan(&given)
	})
	if err != nil {
		return wire.Status{}, err
	}
	if given >= l.cfg.FreePerDay {
		return wire.Status{}, wherry.Errorf(wherry.Refused, "finalize: this exit owes no fee to relayer %s: ask the one that announced it, or finalize it with gas of your own", l.Address())
	}
	return l.take(ctx, j, now)
}

// Status returns how far requests have come; what is not known is left out.
func (r *Relayer) Status(ctx context.Context, ids []wherry.Hash) (wire.Statuses, error) {
	out := wire.Statuses{Version: wire.Version, Items: []wire.Status{}}
	if len(ids) > wire.MaxIDs {
		return out, wherry.Errorf(wherry.Invalid, "status of %d requests: at most %d", len(ids), wire.MaxIDs)
	}
	for _, id := range ids {
		j, err := r.find(ctx, id)
		if wherry.CodeOf(err) == wherry.NotFound {
			continue
		}
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, j.status())
	}
	return out, nil
}

// fail ends a request that was not sent.
func (l *lane) fail(ctx context.Context, j job, why string) error {
	row := j.row
	row.State, row.Error = onchain.Failed, why
	return l.save(ctx, j, row)
}

func refusalOf(err error) (chain.Refusal, bool) { return errors.AsType[chain.Refusal](err) }
