package earnings

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/sqlite"
	"github.com/wherrynet/wherry/payment/channel"
)

// begin makes the book's row, or checks that it is this one, notes the new run
// and drops the ticks that an earlier run drew and asked nobody about.
func (b *Book) begin(ctx context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	provider := b.cfg.Key.Address()
	err := b.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO book (id, provider, payee, hub, chain, contract) VALUES (1, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			provider[:], b.cfg.Payee[:], b.cfg.Hub[:], b.b.ChainID, b.b.Contract[:])
		if err != nil {
			return err
		}
		var have struct {
			provider, payee, hub, contract wherry.Address
			chain                          uint64
		}
		err = tx.QueryRowContext(ctx, `SELECT provider, payee, hub, chain, contract FROM book`).Scan(sqlite.Bytes(have.provider[:]),
			sqlite.Bytes(have.payee[:]), sqlite.Bytes(have.hub[:]), &have.chain, sqlite.Bytes(have.contract[:]))
		if err != nil {
			return err
		}
		if have.provider != provider || have.payee != b.cfg.Payee || have.hub != b.cfg.Hub || have.chain != b.b.ChainID || have.contract != b.b.Contract {
			return wherry.Errorf(wherry.Conflict, "%s is the book of provider %s and payee %s with hub %s on chain %d",
				b.cfg.Path, have.provider, have.payee, have.hub, have.chain)
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO runs (epoch, at) VALUES (?, ?)`, b.epoch[:], time.Now().Unix()); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM ticks WHERE state = ?`, channel.Drawn.String())
		return err
	})
	if err != nil {
		return fmt.Errorf("begin a run: %w", err)
	}
	_, err = b.reload(ctx)
	return err
}

// reload returns the pure book, reading it from the disk if it has to. The
// caller holds mu.
func (b *Book) reload(ctx context.Context) (*channel.Payee, error) {
	if b.book != nil {
		return b.book, nil
	}
	book := channel.NewPayee(b.payee())
	err := b.db.Read(ctx, func(tx *sql.Tx) error {
		var u channel.SignedPayout
		var sig []byte
		if err := tx.QueryRowContext(ctx, `SELECT total, sig FROM book`).Scan(sqlite.Amount(&u.Total), &sig); err != nil {
			return err
		}
		if len(sig) == len(u.Sig) {
			u.Payee = b.cfg.Payee
			copy(u.Sig[:], sig)
			book.Unlock(u)
		}
		err := sqlite.Query(ctx, tx, func(r *sql.Rows) error {
			t, err := scanTick(r, b.cfg.Payee)
			if err == nil {
				book.Put(t)
			}
			return err
		}, `SELECT lock, epoch, number, state, gross, net, total, expiry, sig FROM ticks`)
		if err != nil {
			return err
		}
		return sqlite.Query(ctx, tx, func(r *sql.Rows) error {
			var lock wherry.Hash
			err := r.Scan(sqlite.Bytes(lock[:]))
			book.Settling(lock)
			return err
		}, `SELECT s.lock FROM settlements s JOIN ticks t ON t.lock = s.lock WHERE t.state = ?`, channel.Shown.String())
	})
	if err != nil {
		return nil, fmt.Errorf("read the book: %w", err)
	}
	b.book = book
	return book, nil
}

var tickStates = map[string]channel.TickState{}

func init() {
	for s := channel.NoTick; s <= channel.Dropped; s++ {
		tickStates[s.String()] = s
	}
}

func scanTick(r *sql.Rows, payee wherry.Address) (channel.Tick, error) {
	var t channel.Tick
	var state string
	var sig []byte
	err := r.Scan(sqlite.Bytes(t.Lock[:]), sqlite.Bytes(t.ID.Epoch[:]), &t.ID.Number, &state, sqlite.Amount(&t.Gross),
		sqlite.Amount(&t.Net), sqlite.Amount(&t.Locked.Total), &t.Locked.Expiry, &sig)
	if err != nil {
		return t, err
	}
	t.State = tickStates[state]
	if len(sig) == len(t.Locked.Sig) {
		t.Locked.Payee, t.Locked.Hashlock = payee, t.Lock
		copy(t.Locked.Sig[:], sig)
	} else {
		t.Locked = channel.SignedPayout{}
	}
	return t, nil
}

// saveTick writes a tick; one that is at its end leaves only its sums.
func saveTick(ctx context.Context, tx *sql.Tx, t channel.Tick, now time.Time) error {
	if t.State == channel.Done {
		if err := addDone(ctx, tx, t); err != nil {
			return err
		}
	}
	if t.State == channel.Done || t.State == channel.Dropped {
		_, err := tx.ExecContext(ctx, `DELETE FROM ticks WHERE lock = ?`, t.Lock[:])
		return err
	}
	var sig any
	if !t.Locked.IsZero() {
		sig = t.Locked.Sig[:]
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO ticks (lock, epoch, number, state, gross, net, total, expiry, sig, at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (lock) DO UPDATE SET state = excluded.state, gross = excluded.gross,
		net = excluded.net, total = excluded.total, expiry = excluded.expiry, sig = excluded.sig`,
		t.Lock[:], t.ID.Epoch[:], t.ID.Number, t.State.String(), t.Gross.String(), t.Net.String(), t.Locked.Total.String(),
		t.Locked.Expiry, sig, now.Unix())
	if err != nil {
		return fmt.Errorf("note tick %d: %w", t.ID.Number, err)
	}
	return nil
}

// givenUpFor is how long a tick that was given up is remembered: longer than any
// payout of it lives.
const givenUpFor = 30 * 24 * time.Hour

// giveUpTick remembers that a tick pays nothing: the hub may still show a payout
// for it, of less than was asked, and must not get its preimage for that.
func giveUpTick(ctx context.Context, tx *sql.Tx, t channel.Tick, now time.Time) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM ticks WHERE state = ? AND at < ?`, channel.Dropped.String(), now.Add(-givenUpFor).Unix()); err != nil {
		return fmt.Errorf("forget old ticks: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE ticks SET state = ?, at = ? WHERE lock = ?`, channel.Dropped.String(), now.Unix(), t.Lock[:]); err != nil {
		return fmt.Errorf("give tick %d up: %w", t.ID.Number, err)
	}
	return nil
}

// givenUp reports whether the tick of a lock was given up.
func (b *Book) givenUp(ctx context.Context, lock wherry.Hash) (ok bool, err error) {
	err = b.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM ticks WHERE lock = ? AND state = ?)`, lock[:], channel.Dropped.String()).Scan(&ok)
	})
	return ok, err
}

func addDone(ctx context.Context, tx *sql.Tx, t channel.Tick) error {
	var gross, net wherry.Amount
	err := tx.QueryRowContext(ctx, `SELECT gross, net FROM book`).Scan(sqlite.Amount(&gross), sqlite.Amount(&net))
	if err != nil {
		return err
	}
	if gross, err = gross.Add(t.Gross); err != nil {
		return err
	}
	if net, err = net.Add(t.Net); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE book SET gross = ?, net = ?`, gross.String(), net.String())
	return err
}

// batch is a batch that waits for its answer.
type batch struct {
	request wherry.Hash
	lock    wherry.Hash
	raw     []byte
	fee     uint64
	sent    time.Time // by the chain's clock
}

func insertBatch(ctx context.Context, tx *sql.Tx, request wherry.Hash, raw []byte, lock wherry.Hash, fee uint64, sent time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO batches (request, body, lock, fee_ppm, sent, open) VALUES (?, ?, ?, ?, ?, 1)
		ON CONFLICT (request) DO UPDATE SET open = 1`,
		request[:], raw, lock[:], fee, sent.Unix())
	if err != nil {
		return fmt.Errorf("note a batch: %w", err)
	}
	return nil
}

// batchesKept is how many answered batches stay on the disk, for a look at them
// after something went wrong.
const batchesKept = 32

func closeBatch(ctx context.Context, tx *sql.Tx, request wherry.Hash) error {
	if _, err := tx.ExecContext(ctx, `UPDATE batches SET open = 0 WHERE request = ?`, request[:]); err != nil {
		return fmt.Errorf("note the end of a batch: %w", err)
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM batches WHERE open = 0 AND rowid NOT IN (SELECT rowid FROM batches ORDER BY rowid DESC LIMIT ?)`, batchesKept)
	return err
}

// openBatch returns the batch that waits for its answer, if there is one.
func (b *Book) openBatch(ctx context.Context) (out batch, ok bool, err error) {
	err = b.db.Read(ctx, func(tx *sql.Tx) error {
		var sent int64
		err := tx.QueryRowContext(ctx, `SELECT request, body, lock, fee_ppm, sent FROM batches WHERE open = 1`).Scan(
			sqlite.Bytes(out.request[:]), &out.raw, sqlite.Bytes(out.lock[:]), &out.fee, &sent)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		ok = err == nil
		out.sent = time.Unix(sent, 0)
		return err
	})
	return out, ok, err
}

// hadBatch reports whether a batch was made here, and is answered or given up.
func (b *Book) hadBatch(ctx context.Context, request wherry.Hash) (ok bool, err error) {
	err = b.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM batches WHERE request = ? AND open = 0)`, request[:]).Scan(&ok)
	})
	return ok, err
}

func saveOutcome(ctx context.Context, tx *sql.Tx, out channel.Outcome, request wherry.Hash) error {
	for _, t := range out.Ticks {
		if err := saveTick(ctx, tx, t, time.Now()); err != nil {
			return err
		}
	}
	if err := saveUnlocked(ctx, tx, out.Unlocked); err != nil {
		return err
	}
	return closeBatch(ctx, tx, request)
}

func saveUnlocked(ctx context.Context, tx *sql.Tx, u channel.SignedPayout) error {
	if u.IsZero() {
		return nil
	}
	_, err := tx.ExecContext(ctx, `UPDATE book SET total = ?, sig = ?`, u.Total.String(), u.Sig[:])
	if err != nil {
		return fmt.Errorf("note a payout: %w", err)
	}
	return nil
}

// save writes ticks to the disk, then into the book.
func (b *Book) save(ctx context.Context, book *channel.Payee, ticks ...channel.Tick) error {
	ctx = context.WithoutCancel(ctx)
	err := b.write(ctx, func(tx *sql.Tx) error {
		for _, t := range ticks {
			if err := saveTick(ctx, tx, t, time.Now()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, t := range ticks {
		book.Put(t)
	}
	return nil
}

// write runs a transaction. When it fails, the book is read back before its next
// use: only the disk knows whether the commit was made. The caller holds mu.
func (b *Book) write(ctx context.Context, do func(*sql.Tx) error) error {
	err := b.db.Write(ctx, do)
	if err != nil {
		b.book = nil
	}
	return err
}

// take writes what changes a book to the disk, then into the book.
func (b *Book) take(ctx context.Context, book *channel.Payee, out channel.Outcome) error {
	ctx = context.WithoutCancel(ctx)
	err := b.write(ctx, func(tx *sql.Tx) error {
		for _, t := range out.Ticks {
			if err := saveTick(ctx, tx, t, time.Now()); err != nil {
				return err
			}
		}
		return saveUnlocked(ctx, tx, out.Unlocked)
	})
	if err != nil {
		return err
	}
	for _, t := range out.Ticks {
		book.Put(t)
	}
	book.Unlock(out.Unlocked)
	return nil
}

// bindingSeq returns the number of the newest binding if it is to this payee,
// else the one after it; 1 when there is none.
func (b *Book) bindingSeq(ctx context.Context) (seq uint64, err error) {
	seq = 1
	err = b.db.Read(ctx, func(tx *sql.Tx) error {
		return sqlite.Query(ctx, tx, func(r *sql.Rows) error {
			var payee wherry.Address
			if err := r.Scan(&seq, sqlite.Bytes(payee[:])); err != nil {
				return err
			}
			if payee != b.cfg.Payee {
				seq++
			}
			return nil
		}, `SELECT seq, payee FROM bindings ORDER BY seq DESC LIMIT 1`)
	})
	return seq, err
}

// takenBinding returns the newest binding that the hub has taken, if that is to this
// payee; false when there is none.
func (b *Book) takenBinding(ctx context.Context) (s channel.Binding, ok bool, err error) {
	s.Payee = typed.Payee{Provider: b.cfg.Key.Address(), ChainID: b.b.ChainID, Contract: b.b.Contract}
	err = b.db.Read(ctx, func(tx *sql.Tx) error {
		return sqlite.Query(ctx, tx, func(r *sql.Rows) error {
			ok = true
			return r.Scan(&s.Payee.Seq, sqlite.Bytes(s.Payee.Payee[:]), sqlite.Bytes(s.ProviderSig[:]), sqlite.Bytes(s.PayeeSig[:]))
		}, `SELECT seq, payee, provider_sig, payee_sig FROM bindings WHERE taken ORDER BY seq DESC LIMIT 1`)
	})
	return s, ok && s.Payee.Payee == b.cfg.Payee, err
}

func (b *Book) saveBinding(ctx context.Context, s channel.Binding, taken bool) error {
	ctx = context.WithoutCancel(ctx)
	return b.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO bindings (seq, payee, provider_sig, payee_sig, taken) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (seq) DO UPDATE SET payee = excluded.payee, provider_sig = excluded.provider_sig,
			payee_sig = excluded.payee_sig, taken = max(taken, excluded.taken)`,
			s.Payee.Seq, s.Payee.Payee[:], s.ProviderSig[:], s.PayeeSig[:], taken)
		return err
	})
}
