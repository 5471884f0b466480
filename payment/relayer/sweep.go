package relayer

import (
	"context"
	"database/sql"
	"fmt"
	"math/big"
	"slices"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/internal/sqlite"
	"github.com/wherrynet/wherry/payment/onchain"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

const (
	lookFirst = 5                // seconds until a deposit address is looked at again
	lookMost  = 900              // the same, once it has been empty for long
	looks     = 25               // addresses that one step looks at
	maxSweep  = 50               // addresses that one transaction sweeps
	notNow    = 15 * time.Second // how long what cannot be swept is left alone
)

// waits says of a row of deposits that more is there than the base unit that stays.
const waits = `held NOT IN ('0', '0.000000000000000001')`

var defaultSweep = wherry.MustAmount("0.1")

// least returns what has to be at a deposit address to be swept: one base unit
// stays, and at least what goes to the relayer has to arrive, and the minimum of
// the contract.
func (l *lane) least() wherry.Amount {
	fee := l.Price.Sweep
	sum, err := wherry.Sum(wherry.Base(1), fee, fee.Max(l.params.MinTopUp))
	if err != nil {
		return wherry.MaxOnChain
	}
	return sum
}

// Show takes deposit addresses into care, or has those that are looked at soon
// again. An address whose cap is below this relayer's fee is PriceTooHigh.
func (r *Relayer) Show(ctx context.Context, s wire.Show) (wire.Shown, error) {
	if err := s.Check(); err != nil {
		return wire.Shown{}, err
	}
	l, err := r.lane(s.Chain)
	if err != nil {
		return wire.Shown{}, err
	}
	for _, d := range s.Items {
		if !l.takesPart(d) {
			return wire.Shown{}, wherry.Errorf(wherry.Invalid, "show: %s has no deposits", d.Consumer)
		}
		if d.Cap.Less(l.Price.Sweep) {
			return wire.Shown{}, wherry.Errorf(wherry.PriceTooHigh, "show: the address allows a fee of %s, and %s are asked for sweeping it", d.Cap, l.Price.Sweep)
		}
	}
	now := time.Now().Unix()
	err = r.db.Write(context.WithoutCancel(ctx), func(tx *sql.Tx) error {
		for _, d := range s.Items {
			_, err := tx.ExecContext(ctx, `INSERT INTO deposits (chain, contract, hub, consumer, cap, every, next) VALUES (?, ?, ?, ?, ?, ?, ?)
				ON CONFLICT DO UPDATE SET every = excluded.every, next = min(next, excluded.next)`,
				l.name.ID, l.name.Contract[:], d.Hub[:], d.Consumer[:], d.Cap.String(), lookFirst, now)
			if err != nil {
				return fmt.Errorf("note a deposit address: %w", err)
			}
		}
		// One that never held what can be swept goes first, and of those the one that was
		// left alone longest; where more waits it stays. Dust is no such thing: anybody
		// can leave it at any number of addresses, and keep out all others for good.
		_, err := tx.ExecContext(ctx, `DELETE FROM deposits WHERE (chain, contract, hub, consumer, cap) IN (
			SELECT chain, contract, hub, consumer, cap FROM deposits WHERE NOT (used AND `+waits+`) ORDER BY used, every DESC, next
			LIMIT max(0, (SELECT count(*) FROM deposits) - ?))`, l.cfg.MaxShown)
		return err
	})
	if err != nil {
		return wire.Shown{}, err
	}
	l.hurry()
	return wire.Shown{Version: wire.Version, Fee: l.Price.Sweep, Least: l.least()}, nil
}

// takesPart reports whether the contract makes a deposit out of what is at an
// address. It skips the others without a word, so that sweeping costs gas, again
// and again, and brings nothing.
func (l *lane) takesPart(d wire.Deposit) bool {
	return !d.Hub.IsZero() && !d.Consumer.IsZero() && d.Consumer != l.params.Token && d.Consumer != l.params.Contract
}

// look reads what is at the deposit addresses whose turn it is.
func (l *lane) look(ctx context.Context) error {
	now := time.Now().Unix()
	type seen struct {
		wire.Deposit
		every int64
		held  wherry.Amount
	}
	var due []seen
	err := l.db.Read(ctx, func(tx *sql.Tx) error {
		return sqlite.Query(ctx, tx, func(r *sql.Rows) error {
			var s seen
			err := r.Scan(sqlite.Bytes(s.Hub[:]), sqlite.Bytes(s.Consumer[:]), sqlite.Amount(&s.Cap), &s.every)
			due = append(due, s)
			return err
		}, `SELECT hub, consumer, cap, every FROM deposits WHERE chain = ? AND contract = ? AND next <= ? ORDER BY next LIMIT ?`,
			l.name.ID, l.name.Contract[:], now, looks)
	})
	if err != nil || len(due) == 0 {
		return err
	}
	for i, s := range due {
		has, err := l.Chain.Chain.Account(ctx, l.params.DepositAddress(s.Typed()), chain.Latest)
		if err != nil {
			return err
		}
		due[i].held = has.Tokens
	}
	return l.db.Write(ctx, func(tx *sql.Tx) error {
		for _, s := range due {
			every, used := min(2*s.every, lookMost), !s.held.Less(l.least())
			if used {
				every = lookFirst
			}
			_, err := tx.ExecContext(ctx, `UPDATE deposits SET held = ?, used = used OR ?, every = ?, next = ? WHERE chain = ? AND contract = ? AND hub = ? AND consumer = ? AND cap = ?`,
				s.held.String(), used, every, now+every, l.name.ID, l.name.Contract[:], s.Hub[:], s.Consumer[:], s.Cap.String())
			if err != nil {
				return fmt.Errorf("note what is at a deposit address: %w", err)
			}
		}
		return nil
	})
}

// batch is one transaction that sweeps.
type batch struct {
	n     int64
	fee   wherry.Amount // for each item
	items []wire.Deposit
	row   onchain.Row
}

func (b batch) call() chain.Sweep {
	c := chain.Sweep{Fee: b.fee, Items: make([]typed.Deposit, len(b.items))}
	for i, d := range b.items {
		c.Items[i] = d.Typed()
	}
	return c
}

// brings returns the fees of all items.
func (b batch) brings() wherry.Amount {
	sum, err := wherry.AmountFromBig(new(big.Int).Mul(b.fee.Big(), big.NewInt(int64(len(b.items)))))
	if err != nil {
		return wherry.Amount{}
	}
	return sum
}

// sweep moves the transaction that sweeps, and plans the next when none is under
// way. There is one at a time, so that no address is swept twice for nothing.
func (l *lane) sweep(ctx context.Context) error {
	open, err := l.openSweeps(ctx)
	if err != nil {
		return err
	}
	if len(open) == 0 {
		if open, err = l.planSweep(ctx); err != nil || len(open) == 0 {
			return err
		}
	}
	b := open[0]
	planned := b.row.State == onchain.Planned
	if planned {
		if still, err := l.worth(ctx, b.items); err != nil {
			return err
		} else if len(still) < len(b.items) { // a sweep of nothing would succeed, and bring nothing
			return l.saveSweep(ctx, b, onchain.Row{State: onchain.Failed, Error: "something is not there any more"}, wherry.Amount{})
		}
	}
	b.row.Most = l.Price.Covers(b.brings())
	return onchain.Step(ctx, l.Chain.Chain, l.cfg.Key, b.call(), b.row, func(row onchain.Row) error {
		var earned wherry.Amount
		if row.State == onchain.Mined || row.State == onchain.Final {
			var err error
			if earned, err = l.feesIn(ctx, row); err != nil {
				return err
			}
		}
		return l.saveSweep(ctx, b, row, earned)
	})
}

// feesIn returns the fees that a transaction has brought, by its events.
func (l *lane) feesIn(ctx context.Context, row onchain.Row) (sum wherry.Amount, err error) {
	events, err := l.Chain.Chain.Events(ctx, wherry.Address{}, row.Block, row.Block)
	for _, e := range events {
		if e.Tx != row.Mined || e.Kind != chain.FeePaid || e.Relayer != l.Address() {
			continue
		}
		if sum, err = sum.Add(e.Amount); err != nil {
			return sum, err
		}
	}
	return sum, err
}

func (l *lane) openSweeps(ctx context.Context) (out []batch, err error) {
	err = l.db.Read(ctx, func(tx *sql.Tx) error {
		return sqlite.Query(ctx, tx, func(r *sql.Rows) error {
			var b batch
			var items []byte
			var text string
			if err := r.Scan(&b.n, sqlite.Amount(&b.fee), &items, &b.row.State, &text, &b.row.Error); err != nil {
				return err
			}
			if err := codec.Unmarshal(items, &b.items); err != nil {
				return fmt.Errorf("sweep %d: %w", b.n, err)
			}
			if b.row, err = onchain.ParseRow(b.row.State, text, b.row.Error); err != nil {
				return fmt.Errorf("sweep %d: %w", b.n, err)
			}
			out = append(out, b)
			return nil
		}, `SELECT n, fee, items, state, coalesce(tx, ''), error FROM sweeps WHERE chain = ? AND contract = ? AND state NOT IN ('final', 'failed') ORDER BY n`,
			l.name.ID, l.name.Contract[:])
	})
	return out, err
}

// planSweep plans to sweep what is worth it, once it has waited for more long
// enough, or is enough; if gas is not too dear for it.
func (l *lane) planSweep(ctx context.Context) ([]batch, error) {
	var found []wire.Deposit
	least := l.least()
	err := l.db.Read(ctx, func(tx *sql.Tx) error {
		return sqlite.Query(ctx, tx, func(r *sql.Rows) error {
			var d wire.Deposit
			var held wherry.Amount
			err := r.Scan(sqlite.Bytes(d.Hub[:]), sqlite.Bytes(d.Consumer[:]), sqlite.Amount(&d.Cap), sqlite.Amount(&held))
			if err == nil && !held.Less(least) && len(found) < maxSweep {
				found = append(found, d)
			}
			return err
		}, `SELECT hub, consumer, cap, held FROM deposits WHERE chain = ? AND contract = ? AND `+waits+` ORDER BY random()`, l.name.ID, l.name.Contract[:])
	})
	if err != nil {
		return nil, err
	}
	now := time.Now()
	switch {
	case len(found) == 0:
		l.gathering = time.Time{}
		return nil, nil
	case l.gathering.IsZero():
		l.gathering = now
	}
	if len(found) < maxSweep && now.Sub(l.gathering) < l.cfg.SweepAfter || now.Before(l.notBefore) {
		return nil, nil
	}
	worth, err := l.worth(ctx, found)
	if err == nil && len(worth) < len(found) {
		err = l.leaveAlone(ctx, slices.DeleteFunc(found, func(d wire.Deposit) bool { return slices.Contains(worth, d) }), now)
	}
	if err != nil {
		l.notBefore = now.Add(notNow)
		return nil, err
	}
	if found = worth; len(found) == 0 {
		return nil, nil
	}
	b := batch{fee: l.Price.Sweep, items: found, row: onchain.Row{State: onchain.Planned}}
	cost, err := l.Chain.Chain.Simulate(ctx, l.Address(), b.call())
	if broke(err) {
		return nil, errBroke
	}
	if err != nil {
		return nil, err
	}
	if l.Price.Covers(b.brings()).Less(cost.Fee) {
		l.notBefore = now.Add(notNow)
		l.log.Debug("sweeping waits for cheaper gas", "chain", l.params.ID)
		return nil, nil
	}
	items, err := codec.Marshal(found)
	if err != nil {
		return nil, err
	}
	err = l.db.Write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `INSERT INTO sweeps (chain, contract, fee, items, state, made) VALUES (?, ?, ?, ?, ?, ?)`,
			l.name.ID, l.name.Contract[:], b.fee.String(), items, onchain.Planned, now.Unix())
		if err != nil {
			return fmt.Errorf("plan a sweep: %w", err)
		}
		b.n, err = res.LastInsertId()
		return err
	})
	l.gathering = time.Time{}
	return []batch{b}, err
}

// worth returns those of the addresses that would be swept now: enough is there,
// the channel has room for it and is not leaving, and the hub is not retired.
func (l *lane) worth(ctx context.Context, all []wire.Deposit) ([]wire.Deposit, error) {
	var out []wire.Deposit
	c, least := l.Chain.Chain, l.least()
	for _, d := range all {
		has, err := c.Account(ctx, l.params.DepositAddress(d.Typed()), chain.Latest)
		if err != nil {
			return nil, err
		}
		in, err := c.In(ctx, d.Hub, d.Consumer, chain.Latest)
		if err != nil {
			return nil, err
		}
		hub, err := c.Hub(ctx, d.Hub, chain.Latest)
		if err != nil {
			return nil, err
		}
		after, err := in.Deposited.Add(has.Tokens)
		if err != nil || !after.FitsChain() {
			continue // somebody paid a hub of its own in circles
		}
		if l.takesPart(d) && !has.Tokens.Less(least) && !in.Leaving() && !hub.Retired {
			out = append(out, d)
		}
	}
	return out, nil
}

// leaveAlone has addresses that are not swept now looked at again only after a
// while: else as many of them as one transaction takes would keep out all others.
func (l *lane) leaveAlone(ctx context.Context, all []wire.Deposit, now time.Time) error {
	return l.db.Write(ctx, func(tx *sql.Tx) error {
		for _, d := range all {
			_, err := tx.ExecContext(ctx, `UPDATE deposits SET held = '0', every = ?, next = ? WHERE chain = ? AND contract = ? AND hub = ? AND consumer = ? AND cap = ?`,
				lookMost, now.Unix()+lookMost, l.name.ID, l.name.Contract[:], d.Hub[:], d.Consumer[:], d.Cap.String())
			if err != nil {
				return fmt.Errorf("leave a deposit address alone: %w", err)
			}
		}
		return nil
	})
}

// saveSweep writes how far a sweep has come, and has its addresses looked at
// again where that may have changed something.
func (l *lane) saveSweep(ctx context.Context, b batch, row onchain.Row, earned wherry.Amount) error {
	text, err := row.Text()
	if err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	l.log.Info("swept", "chain", l.params.ID, "items", len(b.items), "state", row.State, "tx", row.Tx().ID)
	return l.db.Write(ctx, func(tx *sql.Tx) error {
		for _, d := range b.items {
			if row.State == onchain.Sent {
				break
			}
			_, err := tx.ExecContext(ctx, `UPDATE deposits SET held = '0', next = ? WHERE chain = ? AND contract = ? AND hub = ? AND consumer = ? AND cap = ?`,
				time.Now().Unix(), l.name.ID, l.name.Contract[:], d.Hub[:], d.Consumer[:], d.Cap.String())
			if err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `UPDATE sweeps SET state = ?, error = ?, tx = ?, gas = ?, cost = ?, earned = ? WHERE n = ?`,
			row.State, row.Error, text, row.Gas, row.Cost.String(), earned.String(), b.n)
		return err
	})
}
