package wallet

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/internal/sqlite"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/onchain"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

// Relayer submits what a wallet signs, for a fee in tokens.
// payment/relayer/client is one.
type Relayer interface {
	Quote(ctx context.Context, on channel.Chain) (wire.Quote, error)
	Submit(ctx context.Context, s wire.Submission) (wire.Status, error)
	Status(ctx context.Context, id wherry.Hash) (wire.Status, error)
}

// Relay is something that a relayer does on chain for the wallet. How far it has
// come is what the chain says, not what the relayer says.
//
//	planned ──► sent ──► mined ──► final     signed, taken by the relayer, done
//	   └─────────┴─────────┴─────► failed    its deadline is final, and it was not done
//
// Planned means that it is signed and on the disk: whether the relayer has it is
// not known.
type Relay struct {
	ID       int64          `json:"id"`
	Hub      wherry.Address `json:"hub"`
	ChainID  uint64         `json:"chain_id"`
	Kind     wire.Kind      `json:"kind"`
	Relayer  wherry.Address `json:"relayer"`
	Name     wherry.Hash    `json:"name"`   // what the relayer knows it by
	Amount   wherry.Amount  `json:"amount"` // of a top-up what is added, of leaving what was left
	Fee      wherry.Amount  `json:"fee"`
	Deadline time.Time      `json:"deadline"` // after which the signature is worthless
	State    onchain.State  `json:"state"`
	Refused  bool           `json:"refused"` // by the relayer, which could still do it until Deadline
	Tx       wherry.Hash    `json:"tx"`      // by the relayer's word; zero if it has not said
	Error    string         `json:"error,omitempty"`
	Signed   time.Time      `json:"signed"`

	channel channel.ID
	ask     wire.Submission
}

// Done reports whether r is at its end.
func (r Relay) Done() bool { return r.State.Done() }

func (r Relay) toppingUp() bool { return r.Kind == wire.TopUpPermit || r.Kind == wire.TopUpAuth }

// ToppingUp returns what a relayer was asked for to top a channel up, and may still
// do, since it has not said no; false when there is none.
func (w *Wallet) ToppingUp(ctx context.Context, id channel.ID) (Relay, bool, error) {
	all, err := w.RelaysUnderWay(ctx, id)
	if i := slices.IndexFunc(all, Relay.toppingUp); i >= 0 {
		return all[i], true, err
	}
	return Relay{}, false, err
}

// Back returns what leaving gives back before the fee, as it was signed: of a
// Close without what the hub keeps.
func (r Relay) Back() wherry.Amount {
	if r.Kind == wire.Close {
		return r.ask.Deposited.SubFloor(r.ask.Consent.Settled)
	}
	return r.Amount
}

// signedLife is the longest that something signed for a relayer is good for (R4).
const signedLife = 10 * time.Minute

// relayed signs a submission and writes it, before anybody gets to see it. The
// caller has filled in everything but what all kinds share. Where one of the same
// kind and amount is under way already, that one is returned; and one that its relayer
// has refused is handed over once more, while that is worth it.
func (w *Wallet) relayed(ctx context.Context, c Channel, s wire.Submission, amount wherry.Amount) (Relay, error) {
	id := c.ID()
	s.Chain, s.Hub = channel.Chain{ID: id.A.ChainID, Contract: id.A.Contract}, id.Hub
	ctx = context.WithoutCancel(ctx)
	w.mu.Lock()
	defer w.mu.Unlock()
	book, err := w.reload(ctx)
	if err != nil {
		return Relay{}, err
	}
	open, err := w.openRelays(ctx, id)
	if err != nil {
		return Relay{}, err
	}
	for _, r := range open {
		switch {
		case r.Refused && r.serves(s, amount):
			r.Refused, r.Error, r.State, r.ask.Quote = false, "", onchain.Planned, s.Quote
			delete(w.handed, r.ID)
			return r, w.again(ctx, r)
		case r.Refused, r.State == onchain.Mined && r.Kind != s.Kind, (r.Kind == wire.TakeBack) != (s.Kind == wire.TakeBack):
		case r.Kind == s.Kind && r.Amount == amount && r.ask.Cap == s.Cap: // of a take-back, from the same address
			return r, nil
		default:
			return Relay{}, wherry.Errorf(wherry.Conflict, "a %s is under way with relayer %s until %s: wait for it", r.Kind, r.Relayer, r.Deadline.Format(time.RFC3339))
		}
	}
	s = s.Sign(w.cfg.Key, c.Chain.Params().TokenDomain())
	body, err := codec.Marshal(s)
	if err != nil {
		return Relay{}, err
	}
	state, _ := book.State(id)
	if s.Kind == wire.Leave || s.Kind == wire.Close {
		if state, err = book.Leave(id); err != nil {
			return Relay{}, err
		}
	}
	name, now := s.ID(), time.Now().Unix()
	var n int64
	err = w.write(ctx, func(tx *sql.Tx) error {
		if err := w.updateChannel(ctx, tx, id, state); err != nil {
			return err
		}
		res, err := tx.ExecContext(ctx, `INSERT INTO relays (channel, kind, relayer, name, body, amount, state, signed, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			w.rows[id], uint64(s.Kind), s.Relayer[:], name[:], body, amount.String(), onchain.Planned, now, now)
		if err != nil {
			return fmt.Errorf("note what a relayer gets: %w", err)
		}
		n, err = res.LastInsertId()
		return err
	})
	if err != nil {
		return Relay{}, err
	}
	if err := book.Load(id, state); err != nil {
		w.book = nil
		return Relay{}, err
	}
	return w.Relay(ctx, n)
}

// again writes that r is handed over once more, with the quote that is good now.
func (w *Wallet) again(ctx context.Context, r Relay) error {
	body, err := codec.Marshal(r.ask)
	if err != nil {
		return err
	}
	err = w.db.Write(ctx, func(t *sql.Tx) error {
		_, err := t.ExecContext(ctx, `UPDATE relays SET body = ? WHERE id = ?`, body, r.ID)
		return err
	})
	if err != nil {
		return err
	}
	return w.markRelay(ctx, r)
}

// refusedLeft is what has to be left of the life of something that a relayer has
// refused, for it to be handed over once more.
const refusedLeft = 4 * time.Minute

// serves reports whether what was signed already does what s would, for the same
// relayer and fee, and for long enough: a second signature would be one more that
// it could use.
func (r Relay) serves(s wire.Submission, amount wherry.Amount) bool {
	old := r.ask
	return r.Kind == s.Kind && r.Amount == amount && r.Relayer == s.Relayer && old.Fee == s.Fee && old.Deposited == s.Deposited &&
		old.Cap == s.Cap && old.Pull == s.Pull && old.Consent == s.Consent && old.Permit.Value == s.Permit.Value && old.Permit.Nonce == s.Permit.Nonce &&
		s.Deadline < old.Deadline+uint64((signedLife-refusedLeft)/time.Second)
}

// price returns the fee for a kind by a quote that is good for a channel, no
// higher than most.
func (w *Wallet) price(c Channel, q wire.Quote, k wire.Kind, most wherry.Amount) (wherry.Amount, error) {
	id := c.ID()
	if q.Chain != (channel.Chain{ID: id.A.ChainID, Contract: id.A.Contract}) {
		return wherry.Amount{}, wherry.Errorf(wherry.Invalid, "the relayer's quote is for another chain")
	}
	if err := q.Verify(); err != nil {
		return wherry.Amount{}, wherry.Errorf(wherry.Refused, "the relayer's quote: %w", err)
	}
	fee, ok := q.Of(k)
	switch {
	case !ok:
		return wherry.Amount{}, wherry.Errorf(wherry.Refused, "relayer %s does not do that: %s", q.Relayer, k)
	case most.Less(fee):
		return wherry.Amount{}, wherry.Errorf(wherry.PriceTooHigh, "relayer %s takes %s for a %s, and you pay at most %s", q.Relayer, fee, k, most)
	}
	return fee, nil
}

const selectRelay = `SELECT r.id, c.chain, c.contract, c.hub, r.relayer, r.name, r.body, r.amount, r.state, r.refused, r.tx, r.error, r.signed
	FROM relays r JOIN channels c ON c.id = r.channel `

func scanRelay(rows *sql.Rows) (Relay, error) {
	var r Relay
	var body, tx []byte
	var signed int64
	err := rows.Scan(&r.ID, &r.channel.A.ChainID, sqlite.Bytes(r.channel.A.Contract[:]), sqlite.Bytes(r.channel.Hub[:]), sqlite.Bytes(r.Relayer[:]),
		sqlite.Bytes(r.Name[:]), &body, sqlite.Amount(&r.Amount), &r.State, &r.Refused, &tx, &r.Error, &signed)
	if err != nil {
		return r, err
	}
	if err := codec.Unmarshal(body, &r.ask); err != nil {
		return r, fmt.Errorf("relay %d: %w", r.ID, err)
	}
	copy(r.Tx[:], tx)
	r.Hub, r.ChainID, r.Kind, r.Fee = r.channel.Hub, r.channel.A.ChainID, r.ask.Kind, r.ask.Fee
	r.Deadline, r.Signed = time.Unix(int64(min(r.ask.Deadline, 1<<40)), 0).UTC(), time.Unix(signed, 0).UTC()
	return r, nil
}

func readRelays(ctx context.Context, db *sqlite.DB, where string, args ...any) ([]Relay, error) {
	var out []Relay
	err := db.Read(ctx, func(tx *sql.Tx) error {
		return sqlite.Query(ctx, tx, func(rows *sql.Rows) error {
			r, err := scanRelay(rows)
			out = append(out, r)
			return err
		}, selectRelay+where, args...)
	})
	return out, err
}

// Relays returns what relayers have done for the wallet and are doing, the newest
// first and at most limit of them.
func (w *Wallet) Relays(ctx context.Context, limit int) ([]Relay, error) {
	return readRelays(ctx, w.db, `ORDER BY r.id DESC LIMIT ?`, limit)
}

// Relay returns one of them, or NotFound.
func (w *Wallet) Relay(ctx context.Context, id int64) (Relay, error) {
	all, err := readRelays(ctx, w.db, `WHERE r.id = ?`, id)
	if err != nil {
		return Relay{}, err
	}
	if len(all) == 0 {
		return Relay{}, wherry.Errorf(wherry.NotFound, "no relay %d", id)
	}
	return all[0], nil
}

// RelaysUnderWay returns what relayers were asked for on a channel and have not
// refused, the oldest first.
func (w *Wallet) RelaysUnderWay(ctx context.Context, id channel.ID) ([]Relay, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, err := w.reload(ctx); err != nil {
		return nil, err
	}
	all, err := w.openRelays(ctx, id)
	return slices.DeleteFunc(all, func(r Relay) bool { return r.Refused }), err
}

// openRelays returns what is under way on a channel. The caller holds mu.
func (w *Wallet) openRelays(ctx context.Context, id channel.ID) ([]Relay, error) {
	return readRelays(ctx, w.db, `WHERE r.state NOT IN ('final', 'failed') AND r.channel = ? ORDER BY r.id`, w.rows[id])
}

// markRelay writes how far a relay has come.
func (w *Wallet) markRelay(ctx context.Context, r Relay) error {
	ctx = context.WithoutCancel(ctx)
	w.log.Info("relay", "hub", r.Hub, "kind", r.Kind.String(), "state", r.State)
	var tx any
	if !r.Tx.IsZero() {
		tx = r.Tx[:]
	}
	return w.db.Write(ctx, func(t *sql.Tx) error {
		_, err := t.ExecContext(ctx, `UPDATE relays SET state = ?, refused = ?, tx = ?, error = ?, changed = ? WHERE id = ?`,
			r.State, r.Refused, tx, r.Error, time.Now().Unix(), r.ID)
		return err
	})
}

// sight is one view of the chain: a channel, and what is at a relay's deposit
// address, where it has one.
type sight struct {
	in   chain.In
	held wherry.Amount
}

// look returns a view of the chain on what r is about.
func (w *Wallet) look(ctx context.Context, c Channel, r Relay, at chain.At) (s sight, err error) {
	if s.in, err = c.Chain.In(ctx, c.Hub, w.Address(), at); err != nil || r.Kind != wire.TakeBack {
		return s, err
	}
	address := c.Chain.Params().DepositAddress(typed.Deposit{Hub: c.Hub, Consumer: w.Address(), Cap: r.ask.Cap})
	has, err := c.Chain.Account(ctx, address, at)
	s.held = has.Tokens
	return s, err
}

// seen reports whether what a relay is to do is done, by one view. Money that was
// taken back, with as much come in again, looks as if it had not been.
func (r Relay) seen(s sight) bool {
	in := s.in
	switch r.Kind {
	case wire.TakeBack:
		return s.held.Less(r.ask.Pull)
	case wire.TopUpPermit, wire.TopUpAuth:
		return !in.Deposited.Less(r.ask.Deposited)
	case wire.Close:
		return in.Deposited != r.ask.Deposited || in.Left().IsZero()
	default:
		return in.Leaving() || in.Deposited != r.ask.Deposited
	}
}
