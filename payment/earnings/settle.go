package earnings

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/internal/sqlite"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/onchain"
)

// Settlement is a payout that goes on chain, or would.
type Settlement struct {
	ID      int64         `json:"id"`    // zero when it was only looked at
	Total   wherry.Amount `json:"total"` // of the payout
	State   onchain.State `json:"state"`
	Tx      wherry.Hash   `json:"tx"`
	Error   string        `json:"error,omitempty"`
	Planned time.Time     `json:"planned"`
	Gas     uint64        `json:"gas,omitempty"` // that it used, once it is in a block
	Paid    wherry.Amount `json:"paid_wei"`      // what that cost, in wei

	// By the newest block, when Settle made it:
	Due      wherry.Amount `json:"due"`      // what the payout is worth beyond what was paid
	Reserved wherry.Amount `json:"reserved"` // what stands behind it whatever the hub does
	Cost     chain.Cost    `json:"cost"`

	payout channel.SignedPayout
	row    onchain.Row
}

func (s Settlement) locked() bool { return !s.payout.Hashlock.IsZero() }

// call returns what s asks of the contract.
func (s Settlement) call(b *Book, id channel.TickID) chain.Settle {
	p := chain.SignedPayout{Payout: s.payout.Payout(), Signature: s.payout.Sig}
	if s.locked() {
		p.Preimage = b.preimage(id)
	}
	return chain.Settle{Hub: b.cfg.Hub, Payouts: []chain.SignedPayout{p}}
}

// Settle puts the newest unlocked payout on chain with the provider's own gas:
// the hub is not asked, and its reserve pays first. With dryRun it only says
// what that would bring and cost. Run takes it to its end; see Wait. Nothing to
// settle is Conflict.
func (b *Book) Settle(ctx context.Context, dryRun bool) (Settlement, error) {
	u, err := b.Unlocked(ctx)
	if err != nil {
		return Settlement{}, err
	}
	out, err := b.cfg.Chain.Out(ctx, b.cfg.Hub, b.cfg.Payee, chain.Latest)
	if err != nil {
		return Settlement{}, err
	}
	s := Settlement{Total: u.Total, State: onchain.Planned, Due: u.Total.SubFloor(out.Settled), Reserved: out.Reserved, payout: u}
	if u.IsZero() || s.Due.IsZero() {
		return Settlement{}, wherry.Errorf(wherry.Conflict, "nothing to settle: %s is earned, %s was paid", u.Total, out.Settled)
	}
	if s.Cost, err = b.cfg.Chain.Simulate(ctx, b.cfg.Key.Address(), s.call(b, channel.TickID{})); err != nil || dryRun {
		return s, err
	}
	ctx = context.WithoutCancel(ctx)
	err = b.db.Write(ctx, func(tx *sql.Tx) error {
		s.ID, err = insertSettlement(ctx, tx, u)
		return err
	})
	return s, err
}

// Unlocked returns the newest payout that nothing can undo: what the hub has
// signed that it owes at least. Zero when there is none.
func (b *Book) Unlocked(ctx context.Context) (channel.SignedPayout, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	book, err := b.reload(ctx)
	if err != nil {
		return channel.SignedPayout{}, err
	}
	return book.Unlocked(), nil
}

// planTick plans to settle a tick whose payout is about to expire, and notes that
// its preimage is on its way to the chain. The caller holds mu.
func (b *Book) planTick(ctx context.Context, book *channel.Payee, t channel.Tick) error {
	old, err := b.settlements(ctx, `WHERE s.lock = ?`, t.Lock[:])
	if err != nil {
		return err
	}
	for _, s := range old {
		wait := time.Minute
		if !s.Tx.IsZero() { // it was mined, for nothing or a part: each try costs gas
			wait = time.Hour
		}
		if s.State != onchain.Failed || time.Since(s.Planned) < wait {
			return nil
		}
	}
	b.log.Warn("settles on chain before a payout expires", "hub", b.cfg.Hub, "amount", t.Locked.Total)
	t.State = channel.Shown
	ctx = context.WithoutCancel(ctx)
	err = b.write(ctx, func(tx *sql.Tx) error {
		if err := saveTick(ctx, tx, t, time.Now()); err != nil {
			return err
		}
		_, err := insertSettlement(ctx, tx, t.Locked)
		return err
	})
	if err == nil {
		book.Put(t)
		book.Settling(t.Lock)
	}
	return err
}

// dropExpired drops a tick whose payout has expired, unless a settlement of it
// is under way. The caller holds mu.
func (b *Book) dropExpired(ctx context.Context, book *channel.Payee, t channel.Tick) error {
	open, err := b.settlements(ctx, `WHERE s.lock = ? AND s.state NOT IN ('final', 'failed')`, t.Lock[:])
	if err != nil || len(open) > 0 {
		return err
	}
	b.log.Warn("a payout has expired", "hub", b.cfg.Hub, "amount", t.Net)
	if t.State == channel.Shown {
		b.wonder.Store(true)
	}
	t.State = channel.Dropped
	return b.save(ctx, book, t)
}

func insertSettlement(ctx context.Context, tx *sql.Tx, p channel.SignedPayout) (int64, error) {
	var lock any
	if !p.Hashlock.IsZero() {
		lock = p.Hashlock[:]
	}
	now := time.Now().Unix()
	r, err := tx.ExecContext(ctx, `INSERT INTO settlements (lock, total, expiry, hashlock, sig, state, planned, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		lock, p.Total.String(), p.Expiry, p.Hashlock[:], p.Sig[:], onchain.Planned, now, now)
	if err != nil {
		return 0, fmt.Errorf("plan a settlement: %w", err)
	}
	return r.LastInsertId()
}

func (b *Book) settlements(ctx context.Context, where string, args ...any) ([]Settlement, error) {
	var out []Settlement
	err := b.db.Read(ctx, func(tx *sql.Tx) error {
		return sqlite.Query(ctx, tx, func(r *sql.Rows) error {
			var s Settlement
			var text string
			var planned int64
			s.payout.Payee = b.cfg.Payee
			err := r.Scan(&s.ID, sqlite.Amount(&s.Total), &s.payout.Expiry, sqlite.Bytes(s.payout.Hashlock[:]),
				sqlite.Bytes(s.payout.Sig[:]), &s.State, &text, &s.Error, &planned)
			if err != nil {
				return err
			}
			s.payout.Total, s.Planned = s.Total, time.Unix(planned, 0).UTC()
			if s.row, err = onchain.ParseRow(s.State, text, s.Error); err != nil {
				return err
			}
			s.Tx, s.Gas, s.Paid = s.row.Tx().ID, s.row.Gas, s.row.Cost
			out = append(out, s)
			return nil
		}, `SELECT s.id, s.total, s.expiry, s.hashlock, s.sig, s.state, coalesce(s.tx, ''), s.error, s.planned FROM settlements s `+where, args...)
	})
	return out, err
}

// Settlements returns what went on chain and is on its way there, the newest
// first and at most limit of them.
func (b *Book) Settlements(ctx context.Context, limit int) ([]Settlement, error) {
	return b.settlements(ctx, `ORDER BY s.id DESC LIMIT ?`, limit)
}

// Wait refreshes until a settlement is at its end and returns it. The end of ctx
// is Pending: it goes on without us, at the next Run.
func (b *Book) Wait(ctx context.Context, id int64) (Settlement, error) {
	t := time.NewTicker(b.cfg.Every)
	defer t.Stop()
	for {
		seen := b.Refresh(ctx)
		all, err := b.settlements(context.WithoutCancel(ctx), `WHERE s.id = ?`, id)
		if err != nil {
			return Settlement{}, err
		}
		if len(all) == 0 {
			return Settlement{}, wherry.Errorf(wherry.NotFound, "no settlement %d", id)
		}
		switch s := all[0]; {
		case s.State == onchain.Failed:
			return s, wherry.Errorf(wherry.Conflict, "settle failed: %s", s.Error)
		case s.State == onchain.Final && seen == nil:
			return s, nil
		}
		select {
		case <-ctx.Done():
			return all[0], wherry.Errorf(wherry.Pending, "settlement is %s: %w", all[0].State, errors.Join(ctx.Err(), seen))
		case <-t.C:
		}
	}
}

// advance takes every settlement that is not at its end as far as it goes now.
func (b *Book) advance(ctx context.Context) error {
	b.stepping.Lock()
	defer b.stepping.Unlock()
	open, err := b.settlements(ctx, `WHERE s.state NOT IN ('final', 'failed') ORDER BY s.id`)
	if err != nil {
		return err
	}
	var all error
	for _, s := range open {
		if err := b.step(ctx, s); err != nil {
			all = errors.Join(all, fmt.Errorf("settle with hub %s: %w", b.cfg.Hub, err))
		}
	}
	return all
}

func (b *Book) step(ctx context.Context, s Settlement) error {
	t, ok, err := b.tick(ctx, s.payout.Hashlock)
	if err != nil {
		return err
	}
	if s.locked() && s.State == onchain.Planned {
		now, err := b.chainTime(ctx)
		switch {
		case err != nil:
			return err
		case !ok:
			return b.mark(ctx, s, onchain.Row{State: onchain.Failed, Error: "its tick has ended"})
		case s.payout.TimeLeft(now) < channel.SettleUntil:
			return b.mark(ctx, s, onchain.Row{State: onchain.Failed, Error: "it was not sent before its payout expired"})
		}
	}
	row := s.row
	if s.locked() && s.State == onchain.Sent {
		now, err := b.chainTime(ctx)
		if err != nil {
			return err
		}
		row.Until = time.Now().Add(s.payout.TimeLeft(now)) // then it pays nothing, and costs all the same
	}
	return onchain.Step(ctx, b.cfg.Chain, b.cfg.Key, s.call(b, t.ID), row, func(r onchain.Row) error {
		if r.State == onchain.Final {
			if err := b.landed(ctx, s, &r); err != nil {
				return err
			}
		}
		return b.mark(ctx, s, r)
	})
}

// landed turns a final row into a failed one where the contract has taken the
// payout without a word, and has not paid it, or not in whole. What the payee has
// had is not enough to tell: totals run on, and what the hub has paid meanwhile for
// other ticks may reach this one's. So a locked payout needs its preimage among the
// block's events too, by which the hub counts it.
func (b *Book) landed(ctx context.Context, s Settlement, r *onchain.Row) error {
	if s.locked() {
		events, err := b.cfg.Chain.Events(ctx, b.cfg.Hub, r.Block, r.Block)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(events, func(e chain.Event) bool { return e.Kind == chain.Revealed && e.Hashlock == s.payout.Hashlock }) {
			r.State, r.Error = onchain.Failed, "the payout had expired when its block was made"
			return nil
		}
	}
	out, err := b.cfg.Chain.Out(ctx, b.cfg.Hub, b.cfg.Payee, chain.Latest)
	if err != nil {
		return err
	}
	if out.Settled.Less(s.Total) {
		r.State, r.Error = onchain.Failed, fmt.Sprintf("%s are paid of %s: the hub has not more, or the payout has expired", out.Settled, s.Total)
	}
	return nil
}

func (b *Book) tick(ctx context.Context, lock wherry.Hash) (channel.Tick, bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	book, err := b.reload(ctx)
	if err != nil {
		return channel.Tick{}, false, err
	}
	t, ok := book.Tick(lock)
	return t, ok, nil
}

// mark writes how far a settlement has come, and with its end that of its tick.
func (b *Book) mark(ctx context.Context, s Settlement, r onchain.Row) error {
	text, err := r.Text()
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	book, err := b.reload(ctx)
	if err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	t, ok := book.Tick(s.payout.Hashlock)
	ended := ok && s.locked() && r.State == onchain.Final
	t.State = channel.Settled
	b.log.Info("settlement", "hub", b.cfg.Hub, "state", r.State, "tx", r.Tx().ID, "amount", s.Total)
	err = b.write(ctx, func(tx *sql.Tx) error {
		if ended {
			if err := saveTick(ctx, tx, t, time.Now()); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `UPDATE settlements SET state = ?, error = ?, tx = ?, changed = ? WHERE id = ?`,
			r.State, r.Error, text, time.Now().Unix(), s.ID)
		return err
	})
	if err == nil && ended {
		book.Put(t)
	}
	return err
}

// done returns the sums of the ticks that are done.
func (b *Book) done(ctx context.Context) (gross, net wherry.Amount, err error) {
	err = b.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT gross, net FROM book`).Scan(sqlite.Amount(&gross), sqlite.Amount(&net))
	})
	return gross, net, err
}
