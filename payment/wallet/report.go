package wallet

import (
	"context"
	"database/sql"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/internal/sqlite"
	"github.com/wherrynet/wherry/payment/channel"
)

// Balance is where the money of one channel is. Deposit + Owed = Spent + Other +
// Left, to the last base unit; Other and Owed are zero unless something went
// wrong or the channel was left.
type Balance struct {
	Hub      wherry.Address `json:"hub"`
	ChainID  uint64         `json:"chain_id"`
	Contract wherry.Address `json:"contract"`
	Deposit  wherry.Amount  `json:"deposit"` // put in and not given back, as far as it is final
	Spent    wherry.Amount  `json:"spent"`   // paid for what was delivered
	Other    wherry.Amount  `json:"other"`   // gone without this book knowing what for
	Owed     wherry.Amount  `json:"owed"`    // spent, not collected before leaving: due from the next deposit
	Left     wherry.Amount  `json:"left"`    // not spent
	Pending  wherry.Amount  `json:"pending"` // of what is left, signed and not acknowledged
	AtRisk   wherry.Amount  `json:"at_risk"` // of what is left, the most that others could take for nothing
	Leaving  bool           `json:"leaving"`
}

// Balances returns the book's view of all channels, without asking anybody.
func (w *Wallet) Balances(ctx context.Context) ([]Balance, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	book, err := w.reload(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Balance, 0, len(w.cfg.Channels))
	for _, c := range w.cfg.Channels {
		id := c.ID()
		s, _ := book.State(id)
		out = append(out, balance(id, s, book.Pending(id), book.AtRisk(id)))
	}
	return out, nil
}

func balance(id channel.ID, s channel.State, pending, atRisk wherry.Amount) Balance {
	return Balance{
		Hub: id.Hub, ChainID: id.A.ChainID, Contract: id.A.Contract,
		Deposit: s.Deposit, Spent: s.Paid, Other: s.Used.SubFloor(s.Paid),
		Owed: s.Used.SubFloor(s.Deposit), Left: s.Deposit.SubFloor(s.Used),
		Pending: pending, AtRisk: atRisk, Leaving: s.Leaving,
	}
}

// Account returns what the wallet's account has on the chain of a channel,
// outside the contract, and in it as the contract sees it.
func (w *Wallet) Account(ctx context.Context, id channel.ID) (chain.Account, chain.In, error) {
	c, err := w.config(id)
	if err != nil {
		return chain.Account{}, chain.In{}, err
	}
	a, err := c.Chain.Account(ctx, w.Address(), chain.Latest)
	if err != nil {
		return chain.Account{}, chain.In{}, err
	}
	in, err := c.Chain.In(ctx, id.Hub, w.Address(), chain.Latest)
	return a, in, err
}

// Session is what a wallet knows of one session.
type Session struct {
	ID       wherry.SessionID `json:"id"`
	Hub      wherry.Address   `json:"hub"`
	Provider wherry.Address   `json:"provider"`
	Paid     wherry.Amount    `json:"paid"`
	First    time.Time        `json:"first"` // order
	Last     time.Time        `json:"last"`  // order
}

// Sessions returns the sessions that this wallet has paid for, the newest first
// and at most limit of them.
func (w *Wallet) Sessions(ctx context.Context, limit int) ([]Session, error) {
	var out []Session
	err := w.db.Read(ctx, func(tx *sql.Tx) error {
		return sqlite.Query(ctx, tx, func(r *sql.Rows) error {
			var s Session
			var first, last int64
			if err := r.Scan(sqlite.Bytes(s.ID[:]), sqlite.Bytes(s.Hub[:]), sqlite.Bytes(s.Provider[:]), sqlite.Amount(&s.Paid), &first, &last); err != nil {
				return err
			}
			s.First, s.Last = time.Unix(first, 0).UTC(), time.Unix(last, 0).UTC()
			out = append(out, s)
			return nil
		}, `SELECT s.session, c.hub, s.provider, s.paid, s.first, s.last FROM sessions s JOIN channels c ON c.id = s.channel
			ORDER BY s.last DESC, s.rowid DESC LIMIT ?`, limit)
	})
	return out, err
}

// Order is one order with its end, for lists and for proof: with the preimage,
// the promise shows that the session was paid for.
type Order struct {
	Promise  channel.SignedPromise `json:"-"`
	Seq      uint64                `json:"seq"`
	Amount   wherry.Amount         `json:"amount"`
	Total    wherry.Amount         `json:"total"`
	State    string                `json:"state"`
	Preimage wherry.Hash           `json:"preimage"` // zero unless revealed
}

// Orders returns a session's orders in the order in which they were signed.
func (w *Wallet) Orders(ctx context.Context, session wherry.SessionID) ([]Order, error) {
	var out []Order
	err := w.db.Read(ctx, func(tx *sql.Tx) error {
		err := sqlite.Query(ctx, tx, func(r *sql.Rows) error {
			p, state, err := scanOrder(r, w.Address())
			out = append(out, Order{Promise: p, Seq: p.Order.Seq, Amount: p.Order.Amount, Total: p.Total, State: state})
			return err
		}, selectOrder+`WHERE o.session = ? ORDER BY o.n`, session[:])
		if err != nil {
			return err
		}
		i := 0
		return sqlite.Query(ctx, tx, func(r *sql.Rows) error {
			var b []byte
			if err := r.Scan(&b); err != nil {
				return err
			}
			copy(out[i].Preimage[:], b)
			i++
			return nil
		}, `SELECT preimage FROM orders WHERE session = ? ORDER BY n`, session[:])
	})
	return out, err
}

// SaveReceipt keeps the newest receipt that a provider has signed for a session,
// as it came. The caller has checked it.
func (w *Wallet) SaveReceipt(ctx context.Context, session wherry.SessionID, provider wherry.Address, body []byte) error {
	ctx = context.WithoutCancel(ctx)
	return w.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO receipts (session, provider, body, at) VALUES (?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET provider = excluded.provider, body = excluded.body, at = excluded.at`,
			session[:], provider[:], body, time.Now().Unix())
		return err
	})
}

// Receipt returns a session's newest receipt, or NotFound.
func (w *Wallet) Receipt(ctx context.Context, session wherry.SessionID) (body []byte, err error) {
	err = w.db.Read(ctx, func(tx *sql.Tx) error {
		return sqlite.Query(ctx, tx, func(r *sql.Rows) error { return r.Scan(&body) },
			`SELECT body FROM receipts WHERE session = ?`, session[:])
	})
	if err == nil && body == nil {
		err = wherry.Errorf(wherry.NotFound, "no receipt for %s", session)
	}
	return body, err
}

// SpentSince returns what was signed since a time and neither refused by a hub nor void, over
// all channels: what budgets over several sessions count.
func (w *Wallet) SpentSince(ctx context.Context, t time.Time) (wherry.Amount, error) {
	var sum wherry.Amount
	if t.IsZero() {
		return sum, nil
	}
	err := w.db.Read(ctx, func(tx *sql.Tx) error {
		return sqlite.Query(ctx, tx, func(r *sql.Rows) error {
			var a wherry.Amount
			if err := r.Scan(sqlite.Amount(&a)); err != nil {
				return err
			}
			var err error
			sum, err = sum.Add(a)
			return err
		}, `SELECT amount FROM orders WHERE at >= ? AND state NOT IN (?, ?)`, t.Unix(), channel.Refused.String(), channel.Void.String())
	})
	return sum, err
}
