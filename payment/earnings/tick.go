package earnings

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
)

// drawnKept is how many ticks without a batch stay on the disk. A tick that is
// older than that and was never asked for is of no use to anybody.
const drawnKept = 64

// NextTick draws the next tick and returns its name and its hash lock, once its
// number is on the disk.
func (b *Book) NextTick(ctx context.Context) (channel.TickID, wherry.Hash, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	book, err := b.reload(ctx)
	if err != nil {
		return channel.TickID{}, wherry.Hash{}, err
	}
	t := channel.Tick{ID: channel.TickID{Epoch: b.epoch, Number: b.number + 1}, State: channel.Drawn}
	t.Lock = channel.Lock(b.preimage(t.ID))
	b.number++ // whatever becomes of the write, this number is not drawn again
	var old []channel.Tick
	if drawn := book.Ticks(channel.Drawn); len(drawn) >= drawnKept {
		old = drawn[:len(drawn)-drawnKept+1]
		for i := range old {
			old[i].State = channel.Dropped
		}
	}
	if err := b.save(ctx, book, append(old, t)...); err != nil {
		return channel.TickID{}, wherry.Hash{}, err
	}
	return t.ID, t.Lock, nil
}

// CheckPromise returns nil when p is a promise under this tick's lock, to this
// hub, for this provider and chain, from a chain whose deposits are taken, and
// its consumer signed it. Amount, session and consumer are the caller's to
// compare with its invoice; channel.CheckPromise does that too.
func (b *Book) CheckPromise(tick channel.TickID, p channel.SignedPromise) error {
	if !slices.Contains(b.cfg.Deposits, p.A) {
		return wherry.Errorf(wherry.Invalid, "promise on chain %d, contract %s: not among those that are taken", p.A.ChainID, p.A.Contract)
	}
	return channel.CheckPromise(p, channel.Want{
		Consumer: p.Consumer, A: p.A, Hub: b.cfg.Hub, Hashlock: channel.Lock(b.preimage(tick)),
		Order: typed.Order{
			Provider: b.cfg.Key.Address(), ChainB: b.b.ChainID, ContractB: b.b.Contract,
			Amount: p.Order.Amount, Session: p.Order.Session,
		},
	})
}

// Batch makes a tick's batch of promises that have passed CheckPromise, with the
// preimages that the hub has not been shown, and returns it once it is on the
// disk. Without promises it only reveals, and tick is not looked at. A batch
// that waits for its answer still is asked for first; while nobody answers, the
// error is that of the hub.
func (b *Book) Batch(ctx context.Context, tick channel.TickID, promises []channel.SignedPromise) (channel.Batch, error) {
	if err := b.Resume(ctx); err != nil {
		return channel.Batch{}, err
	}
	now, err := b.chainTime(ctx)
	if err != nil {
		return channel.Batch{}, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	book, err := b.reload(ctx)
	if err != nil {
		return channel.Batch{}, err
	}
	if _, ok, err := b.openBatch(ctx); err != nil || ok {
		if ok {
			err = wherry.Errorf(wherry.Conflict, "another batch waits for its answer")
		}
		return channel.Batch{}, err
	}
	batch, t, err := book.Batch(channel.Lock(b.preimage(tick)), promises, b.reveals(book, now))
	if err != nil {
		return channel.Batch{}, err
	}
	if batch, err = batch.Sign(b.cfg.Key); err != nil {
		return channel.Batch{}, err
	}
	raw, err := codec.Marshal(batch)
	if err != nil {
		return channel.Batch{}, err
	}
	request := wherry.Keccak256(raw)
	ctx = context.WithoutCancel(ctx)
	err = b.write(ctx, func(tx *sql.Tx) error {
		if t.State != channel.NoTick {
			if err := saveTick(ctx, tx, t, time.Now()); err != nil {
				return err
			}
		}
		return insertBatch(ctx, tx, request, raw, t.Lock, book.FeePPM, now)
	})
	if err != nil {
		return channel.Batch{}, err
	}
	if t.State != channel.NoTick {
		book.Put(t)
	}
	return batch, nil
}

// reveals returns the preimages that the hub is still to be shown, and may be.
func (b *Book) reveals(book *channel.Payee, now time.Time) []wherry.Hash {
	var out []wherry.Hash
	for _, t := range book.Ticks(channel.Shown) {
		if book.Revealable(t, now) && len(out) < channel.MaxReveals {
			out = append(out, b.preimage(t.ID))
		}
	}
	return out
}

// Answer checks the hub's answer to a batch, keeps what it gives, and only then
// returns the tick's preimage: zero when nothing was accepted, when the batch had
// no promises, or when it is too late to show it off chain. What is refused is in
// the answer, under the hub's signature.
//
// An answer that does not hold up changes nothing: the batch may be sent again,
// or given up with Abandon.
func (b *Book) Answer(ctx context.Context, batch channel.Batch, a channel.Answer) (wherry.Hash, error) {
	now, err := b.chainTime(ctx)
	if err != nil {
		return wherry.Hash{}, err
	}
	request, err := batch.Request()
	if err != nil {
		return wherry.Hash{}, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	book, err := b.reload(ctx)
	if err != nil {
		return wherry.Hash{}, err
	}
	open, ok, err := b.openBatch(ctx)
	if err != nil {
		return wherry.Hash{}, err
	}
	if !ok || open.request != request {
		return b.answered(ctx, book, batch, a)
	}
	book.FeePPM = open.fee
	out, err := book.Answer(batch, a, open.sent, now)
	book.FeePPM = b.cfg.FeePPM
	if err != nil {
		return wherry.Hash{}, err
	}
	ctx = context.WithoutCancel(ctx)
	err = b.write(ctx, func(tx *sql.Tx) error { return saveOutcome(ctx, tx, out, request) })
	if err != nil {
		return wherry.Hash{}, err
	}
	for _, t := range out.Ticks {
		book.Put(t)
	}
	book.Unlock(out.Unlocked)
	if !out.Reveal {
		return wherry.Hash{}, nil
	}
	return b.preimage(batch.Tick), nil
}

// answered returns what Answer returned when the same answer was taken before:
// Resume may have been faster than the batch's own caller.
func (b *Book) answered(ctx context.Context, book *channel.Payee, batch channel.Batch, a channel.Answer) (wherry.Hash, error) {
	if len(batch.Items) == 0 {
		request, err := batch.Request()
		if err != nil {
			return wherry.Hash{}, err
		}
		if ok, err := b.hadBatch(ctx, request); err != nil || ok {
			return wherry.Hash{}, err
		}
	}
	if t, ok := book.Tick(batch.Hashlock); ok && t.State == channel.Shown && t.Locked == a.Locked {
		return b.preimage(t.ID), nil
	}
	return wherry.Hash{}, wherry.Errorf(wherry.Conflict, "no batch waits for this answer")
}

// Abandon gives a batch up: its tick is dropped and its preimage is never shown,
// so that the hub can claim nothing with it. Preimages that it carried are shown
// again with the next one.
func (b *Book) Abandon(ctx context.Context, batch channel.Batch) error {
	request, err := batch.Request()
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	book, err := b.reload(ctx)
	if err != nil {
		return err
	}
	open, ok, err := b.openBatch(ctx)
	if err != nil {
		return err
	}
	if !ok || open.request != request {
		return wherry.Errorf(wherry.Conflict, "no such batch waits for an answer")
	}
	ctx = context.WithoutCancel(ctx)
	t, asked := book.Tick(open.lock)
	t.State = channel.Dropped
	err = b.write(ctx, func(tx *sql.Tx) error {
		if asked {
			if err := giveUpTick(ctx, tx, t, time.Now()); err != nil {
				return err
			}
		}
		return closeBatch(ctx, tx, request)
	})
	if err == nil && asked {
		book.Put(t)
	}
	b.doubt.Store(true)
	return err
}

// Preimage returns a tick's preimage, once its payout is on the disk and it may
// be shown; until then, and when the tick was dropped, it is Conflict.
func (b *Book) Preimage(ctx context.Context, tick channel.TickID) (wherry.Hash, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	book, err := b.reload(ctx)
	if err != nil {
		return wherry.Hash{}, err
	}
	r := b.preimage(tick)
	t, ok := book.Tick(channel.Lock(r))
	if !ok || t.State != channel.Shown && t.State != channel.Settled {
		return wherry.Hash{}, wherry.Errorf(wherry.Conflict, "tick %d is %s: its preimage is not to be shown", tick.Number, t.State)
	}
	return r, nil
}

// Unrevealed reports whether the hub is still to be shown a preimage and may be:
// time for a batch, if need be without promises.
func (b *Book) Unrevealed() bool {
	b.view.Lock()
	now := b.view.head.Add(time.Since(b.view.at))
	b.view.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.book != nil && len(b.reveals(b.book, now)) > 0
}
