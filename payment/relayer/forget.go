package relayer

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/sqlite"
	"github.com/wherrynet/wherry/payment/onchain"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

// keptFor is how long a request that is at its end is known by its name: longer than
// any signature lives, than somebody is blamed, and than people look for one. Then
// only the sums are left, or a relayer's file would grow for ever.
const (
	keptFor     = 30 * 24 * time.Hour
	forgetMost  = 256 // in one step
	forgetEvery = time.Minute
)

// forgetOld adds what is at its end for long to the sums of the past, and drops it.
func (l *lane) forgetOld(ctx context.Context, now time.Time) error {
	return l.db.Write(context.WithoutCancel(ctx), func(tx *sql.Tx) error {
		old := now.Add(-keptFor).Unix()
		past := Totals{Chains: []Spent{}}
		n := 0
		err := sqlite.Query(ctx, tx, func(r *sql.Rows) error {
			var kind, gas uint64
			var state onchain.State
			var fee, cost wherry.Amount
			if err := r.Scan(&kind, &state, sqlite.Amount(&fee), &gas, sqlite.Amount(&cost)); err != nil {
				return err
			}
			n++
			return past.add(l.params.ID, wire.Kind(kind), state, false, fee, gas, cost)
		}, `SELECT kind, state, fee, gas, cost FROM jobs WHERE n IN (`+oldJobs+`)
			UNION ALL SELECT 7, state, earned, gas, cost FROM sweeps WHERE n IN (`+oldSweeps+`)`,
			l.params.ID, old, forgetMost, l.params.ID, old, forgetMost)
		if err != nil || n == 0 {
			return err
		}
		if err := l.addPast(ctx, tx, past); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM jobs WHERE n IN (`+oldJobs+`)`, l.params.ID, old, forgetMost); err != nil {
			return fmt.Errorf("forget requests: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM sweeps WHERE n IN (`+oldSweeps+`)`, l.params.ID, old, forgetMost); err != nil {
			return fmt.Errorf("forget sweeps: %w", err)
		}
		return nil
	})
}

const (
	oldJobs   = `SELECT n FROM jobs WHERE chain = ? AND state IN ('final', 'failed') AND changed < ? ORDER BY n LIMIT ?`
	oldSweeps = `SELECT n FROM sweeps WHERE chain = ? AND state IN ('final', 'failed') AND made < ? ORDER BY n LIMIT ?`
)

// addPast adds sums to those of the past.
func (l *lane) addPast(ctx context.Context, tx *sql.Tx, more Totals) error {
	was, err := readPast(ctx, tx, l.params.ID)
	if err != nil {
		return err
	}
	for _, p := range was {
		if err := more.join(p); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO past (chain, final, failed, earned, gas, cost) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET final = excluded.final, failed = excluded.failed, earned = excluded.earned, gas = excluded.gas, cost = excluded.cost`,
		l.params.ID, more.Final, more.Failed, more.Earned.String(), more.Chains[0].Gas, more.Chains[0].Wei.String())
	if err != nil {
		return fmt.Errorf("note the sums of the past: %w", err)
	}
	return nil
}

// readPast returns the sums of the past per chain: of one, or of all for zero.
func readPast(ctx context.Context, tx *sql.Tx, chain uint64) (out []Totals, err error) {
	err = sqlite.Query(ctx, tx, func(r *sql.Rows) error {
		var t Totals
		var s Spent
		err := r.Scan(&s.Chain, &t.Final, &t.Failed, sqlite.Amount(&t.Earned), &s.Gas, sqlite.Amount(&s.Wei))
		t.Chains = []Spent{s}
		out = append(out, t)
		return err
	}, `SELECT chain, final, failed, earned, gas, cost FROM past WHERE chain = ?1 OR ?1 = 0 ORDER BY chain`, chain)
	return out, err
}

// join adds the sums of one chain's past to t.
func (t *Totals) join(p Totals) (err error) {
	t.Final += p.Final
	t.Failed += p.Failed
	if t.Earned, err = t.Earned.Add(p.Earned); err != nil {
		return err
	}
	for _, s := range p.Chains {
		at := -1
		for i := range t.Chains {
			if t.Chains[i].Chain == s.Chain {
				at = i
			}
		}
		if at < 0 {
			t.Chains = append(t.Chains, s)
			continue
		}
		t.Chains[at].Gas += s.Gas
		if t.Chains[at].Wei, err = t.Chains[at].Wei.Add(s.Wei); err != nil {
			return err
		}
	}
	return nil
}
