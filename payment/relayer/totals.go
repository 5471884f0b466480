package relayer

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/sqlite"
	"github.com/wherrynet/wherry/payment/onchain"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

// Totals is a relayer's work in sums. Requests are Open, Waiting, Final or Failed.
type Totals struct {
	Open    uint64        `json:"open"`    // on their way
	Waiting uint64        `json:"waiting"` // exits whose date has not come
	Final   uint64        `json:"final"`
	Failed  uint64        `json:"failed"`
	Earned  wherry.Amount `json:"earned"` // fees that were paid
	Owed    wherry.Amount `json:"owed"`   // fees of exits that are not finalized
	Chains  []Spent       `json:"chains"`
}

// Spent is what the gas of one chain has cost.
type Spent struct {
	Chain uint64        `json:"chain"`
	Gas   uint64        `json:"gas_used"`
	Wei   wherry.Amount `json:"cost_wei"`
}

// Entry is one request, for lists.
type Entry struct {
	wire.Status
	Chain uint64 `json:"chain"`
}

// Totals sums up all requests.
func (r *Relayer) Totals(ctx context.Context) (Totals, error) { return totals(ctx, r.db) }

// View is a relayer's file, read while another process may write it.
type View struct{ db *sqlite.DB }

// OpenView opens a relayer's file for reading. One that is not there is NotFound.
func OpenView(ctx context.Context, path string) (*View, error) {
	db, err := sqlite.View(ctx, path)
	if err != nil {
		return nil, err
	}
	return &View{db}, nil
}

// Close closes the file.
func (v *View) Close() error { return v.db.Close() }

// Totals sums up all requests.
func (v *View) Totals(ctx context.Context) (Totals, error) { return totals(ctx, v.db) }

// Newest returns the newest requests, at most limit of them.
func (v *View) Newest(ctx context.Context, limit int) ([]Entry, error) {
	all, err := query(ctx, v.db, `ORDER BY j.n DESC LIMIT ?`, limit)
	out := make([]Entry, len(all))
	for i, j := range all {
		out[i] = Entry{j.status(), j.ask.Chain.ID}
	}
	return out, err
}

func totals(ctx context.Context, db *sqlite.DB) (Totals, error) {
	t := Totals{Chains: []Spent{}}
	now := time.Now().Unix()
	err := db.Read(ctx, func(tx *sql.Tx) error {
		return sqlite.Query(ctx, tx, func(r *sql.Rows) error {
			var id, kind, gas uint64
			var due int64
			var state onchain.State
			var fee, cost wherry.Amount
			if err := r.Scan(&id, &kind, &state, &due, sqlite.Amount(&fee), &gas, sqlite.Amount(&cost)); err != nil {
				return err
			}
			return t.add(id, wire.Kind(kind), state, state == onchain.Planned && due > now, fee, gas, cost)
		}, `SELECT chain, kind, state, due, fee, gas, cost FROM jobs
			UNION ALL SELECT chain, 7, state, 0, earned, gas, cost FROM sweeps ORDER BY chain`)
	})
	if err != nil {
		return t, err
	}
	err = db.Read(ctx, func(tx *sql.Tx) error {
		past, err := readPast(ctx, tx, 0)
		for _, p := range past {
			err = errors.Join(err, t.join(p))
		}
		return err
	})
	return t, err
}

func (t *Totals) add(id uint64, k wire.Kind, s onchain.State, waits bool, fee wherry.Amount, gas uint64, wei wherry.Amount) (err error) {
	if n := len(t.Chains); n == 0 || t.Chains[n-1].Chain != id {
		t.Chains = append(t.Chains, Spent{Chain: id})
	}
	c := &t.Chains[len(t.Chains)-1]
	c.Gas += gas
	if c.Wei, err = c.Wei.Add(wei); err != nil {
		return err
	}
	switch {
	case s == onchain.Failed:
		t.Failed++
	case s == onchain.Final:
		t.Final++
		if k != wire.Leave { // it is paid when it is finalized
			t.Earned, err = t.Earned.Add(fee)
		}
	case waits:
		t.Waiting++
	default:
		t.Open++
	}
	if k == wire.Finalize && !s.Done() {
		t.Owed, err = t.Owed.Add(fee)
	}
	return err
}
