package wallet

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/sqlite"
	"github.com/wherrynet/wherry/payment/channel"
)

// locksRead is how many hash locks the book gets back into memory; those before
// are looked up on the disk.
const locksRead = 1024

// addChannels makes a row for each configured channel that has none.
func (w *Wallet) addChannels(ctx context.Context) error {
	return w.write(ctx, func(tx *sql.Tx) error {
		for _, c := range w.cfg.Channels {
			id := c.ID()
			_, err := tx.ExecContext(ctx, `INSERT INTO channels (chain, contract, hub, deposit, highest, used, paid, seq, leaving)
				VALUES (?, ?, ?, '0', '0', '0', '0', 0, 0) ON CONFLICT DO NOTHING`, id.A.ChainID, id.A.Contract[:], id.Hub[:])
			if err != nil {
				return fmt.Errorf("note the channel to hub %s: %w", id.Hub, err)
			}
		}
		return nil
	})
}

// reload returns the book, reading it from the disk if it has to. The caller
// holds mu.
func (w *Wallet) reload(ctx context.Context) (*channel.Payer, error) {
	if w.book != nil {
		return w.book, nil
	}
	book := channel.NewPayer(w.Address())
	rows := map[channel.ID]int64{}
	err := w.db.Read(ctx, func(tx *sql.Tx) error {
		if err := loadChannels(ctx, tx, book, rows); err != nil {
			return err
		}
		if err := loadSessions(ctx, tx, book); err != nil {
			return err
		}
		if err := loadLocks(ctx, tx, book); err != nil {
			return err
		}
		return loadOrders(ctx, tx, book, w.Address())
	})
	if err != nil {
		return nil, fmt.Errorf("read the wallet: %w", err)
	}
	w.book, w.rows = book, rows
	return book, nil
}

func loadChannels(ctx context.Context, tx *sql.Tx, book *channel.Payer, rows map[channel.ID]int64) error {
	return sqlite.Query(ctx, tx, func(r *sql.Rows) error {
		var n int64
		var id channel.ID
		var s channel.State
		err := r.Scan(&n, &id.A.ChainID, sqlite.Bytes(id.A.Contract[:]), sqlite.Bytes(id.Hub[:]), sqlite.Amount(&s.Deposit), sqlite.Amount(&s.Highest),
			sqlite.Amount(&s.Used), sqlite.Amount(&s.Paid), &s.Seq, &s.Leaving)
		if err != nil {
			return err
		}
		rows[id] = n
		return book.Load(id, s)
	}, `SELECT id, chain, contract, hub, deposit, highest, used, paid, seq, leaving FROM channels`)
}

func loadSessions(ctx context.Context, tx *sql.Tx, book *channel.Payer) error {
	return sqlite.Query(ctx, tx, func(r *sql.Rows) error {
		var s wherry.SessionID
		var paid wherry.Amount
		if err := r.Scan(sqlite.Bytes(s[:]), sqlite.Amount(&paid)); err != nil {
			return err
		}
		book.LoadSession(s, paid)
		return nil
	}, `SELECT session, paid FROM sessions`)
}

func loadLocks(ctx context.Context, tx *sql.Tx, book *channel.Payer) error {
	return sqlite.Query(ctx, tx, func(r *sql.Rows) error {
		var provider wherry.Address
		var lock wherry.Hash
		var burned bool
		if err := r.Scan(sqlite.Bytes(provider[:]), sqlite.Bytes(lock[:]), &burned); err != nil {
			return err
		}
		book.LoadLock(provider, lock, burned)
		return nil
	}, `SELECT provider, hashlock, state = 'revealed' FROM (SELECT * FROM orders ORDER BY n DESC LIMIT ?) ORDER BY n`, locksRead)
}

func loadOrders(ctx context.Context, tx *sql.Tx, book *channel.Payer, who wherry.Address) error {
	return sqlite.Query(ctx, tx, func(r *sql.Rows) error {
		p, _, err := scanOrder(r, who)
		if err != nil {
			return err
		}
		return book.Put(channel.Entry{Promise: p, State: channel.Signed})
	}, selectOrder+`WHERE state = 'signed' ORDER BY n`)
}

const selectOrder = `SELECT c.chain, c.contract, c.hub, o.seq, o.provider, o.chain_b, o.contract_b, o.amount, o.session, o.total,
	o.hashlock, o.sig, o.state FROM orders o JOIN channels c ON c.id = o.channel `

func scanOrder(r *sql.Rows, who wherry.Address) (channel.SignedPromise, string, error) {
	p := channel.SignedPromise{Consumer: who}
	var state string
	err := r.Scan(&p.A.ChainID, sqlite.Bytes(p.A.Contract[:]), sqlite.Bytes(p.Hub[:]), &p.Order.Seq, sqlite.Bytes(p.Order.Provider[:]), &p.Order.ChainB,
		sqlite.Bytes(p.Order.ContractB[:]), sqlite.Amount(&p.Order.Amount), sqlite.Bytes(p.Order.Session[:]), sqlite.Amount(&p.Total), sqlite.Bytes(p.Hashlock[:]),
		sqlite.Bytes(p.Sig[:]), &state)
	return p, state, err
}

// paidBefore returns what was signed for a session under a lock before, or the
// zero promise. It refuses a lock that stands in an order of another payee, or
// whose preimage is known, however long ago.
func (w *Wallet) paidBefore(ctx context.Context, id channel.ID, order typed.Order, lock wherry.Hash) (channel.SignedPromise, error) {
	var found channel.SignedPromise
	if lock.IsZero() {
		return found, nil // the book knows what to do
	}
	err := w.db.Read(ctx, func(tx *sql.Tx) error {
		return sqlite.Query(ctx, tx, func(r *sql.Rows) error {
			p, state, err := scanOrder(r, w.Address())
			if err != nil {
				return err
			}
			same := order
			same.Seq = p.Order.Seq
			switch {
			case p.A == id.A && p.Hub == id.Hub && p.Order == same:
				found = p
			case p.Order.Session == order.Session && p.A == id.A && p.Hub == id.Hub:
				return wherry.Errorf(wherry.Conflict, "invoice for %s: %s was signed under the same lock before", order.Amount, p.Order.Amount)
			case found.Sig.IsZero() && (state == channel.Revealed.String() || p.Order.Provider != order.Provider):
				return wherry.Errorf(wherry.Conflict, "invoice under the hash lock of an earlier tick")
			}
			return nil
		}, selectOrder+`WHERE o.hashlock = ? ORDER BY o.session = ? DESC, o.n`, lock[:], order.Session[:])
	})
	if err != nil {
		return channel.SignedPromise{}, err
	}
	return found, nil
}

// acknowledged reports whether an order under a lock is revealed.
func (w *Wallet) acknowledged(ctx context.Context, lock wherry.Hash) (ok bool, err error) {
	err = w.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM orders WHERE hashlock = ? AND state = 'revealed')`, lock[:]).Scan(&ok)
	})
	return ok, err
}

// refusedKept is among how many of the newest refused orders a repeated refusal
// is looked for.
const refusedKept = 256

// refused reports whether an answer refuses an order that is noted as refused.
func (w *Wallet) refused(ctx context.Context, id channel.ID, a channel.Answer) (ok bool, err error) {
	named := make(map[wherry.Hash]bool, len(a.Refused))
	for _, r := range a.Refused {
		named[r.Order] = true
	}
	err = w.db.Read(ctx, func(tx *sql.Tx) error {
		return sqlite.Query(ctx, tx, func(r *sql.Rows) error {
			p, _, err := scanOrder(r, w.Address())
			ok = ok || err == nil && named[p.ID()]
			return err
		}, selectOrder+`WHERE o.state = 'refused' AND o.channel = ? ORDER BY o.n DESC LIMIT ?`, w.rows[id], refusedKept)
	})
	return ok, err
}

// insertOrder writes a new order, and the channel's count with it.
func (w *Wallet) insertOrder(ctx context.Context, tx *sql.Tx, e channel.Entry, now time.Time) error {
	p, o := e.Promise, e.Promise.Order
	row := w.rows[e.ID()]
	_, err := tx.ExecContext(ctx, `INSERT INTO orders (channel, seq, provider, chain_b, contract_b, amount, session, total, hashlock, sig, state, at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, row, o.Seq, o.Provider[:], o.ChainB, o.ContractB[:], o.Amount.String(),
		o.Session[:], p.Total.String(), p.Hashlock[:], p.Sig[:], e.State.String(), now.Unix())
	if err != nil {
		return fmt.Errorf("note order %d: %w", o.Seq, err)
	}
	_, err = tx.ExecContext(ctx, `UPDATE channels SET highest = ?, seq = ? WHERE id = ?`, p.Total.String(), o.Seq, row)
	if err != nil {
		return fmt.Errorf("count order %d: %w", o.Seq, err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO sessions (session, channel, provider, paid, first, last) VALUES (?, ?, ?, '0', ?, ?)
		ON CONFLICT DO UPDATE SET last = excluded.last`, o.Session[:], row, o.Provider[:], now.Unix(), now.Unix())
	if err != nil {
		return fmt.Errorf("note the session of order %d: %w", o.Seq, err)
	}
	return nil
}

// endOrders writes ends of orders and what they change in the counts.
func (w *Wallet) endOrders(ctx context.Context, tx *sql.Tx, book *channel.Payer, ends []channel.Ended) error {
	counts := map[channel.ID]channel.State{}
	for _, e := range ends {
		o := e.Promise.Order
		var known any
		if e.State == channel.Revealed {
			known = e.Preimage[:]
			s, ok := counts[e.ID()]
			if !ok {
				s, _ = book.State(e.ID())
			}
			var err error
			if s.Used, err = s.Used.Add(o.Amount); err != nil {
				return err
			}
			if s.Paid, err = s.Paid.Add(o.Amount); err != nil {
				return err
			}
			counts[e.ID()] = s
			if err := addPaid(ctx, tx, o.Session, o.Amount); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `UPDATE orders SET state = ?, preimage = ? WHERE channel = ? AND seq = ?`,
			e.State.String(), known, w.rows[e.ID()], o.Seq)
		if err != nil {
			return fmt.Errorf("note the end of order %d: %w", o.Seq, err)
		}
	}
	for id, s := range counts {
		if err := w.updateChannel(ctx, tx, id, s); err != nil {
			return err
		}
	}
	return nil
}

func addPaid(ctx context.Context, tx *sql.Tx, s wherry.SessionID, more wherry.Amount) error {
	var paid wherry.Amount
	if err := tx.QueryRowContext(ctx, `SELECT paid FROM sessions WHERE session = ?`, s[:]).Scan(sqlite.Amount(&paid)); err != nil {
		return fmt.Errorf("read what %s has paid: %w", s.Short(), err)
	}
	paid, err := paid.Add(more)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE sessions SET paid = ? WHERE session = ?`, paid.String(), s[:]); err != nil {
		return fmt.Errorf("note what %s has paid: %w", s.Short(), err)
	}
	return nil
}

func (w *Wallet) updateChannel(ctx context.Context, tx *sql.Tx, id channel.ID, s channel.State) error {
	_, err := tx.ExecContext(ctx, `UPDATE channels SET deposit = ?, highest = ?, used = ?, paid = ?, seq = ?, leaving = ? WHERE id = ?`,
		s.Deposit.String(), s.Highest.String(), s.Used.String(), s.Paid.String(), s.Seq, s.Leaving, w.rows[id])
	if err != nil {
		return fmt.Errorf("note the count of the channel to hub %s: %w", id.Hub, err)
	}
	return nil
}
