package earnings

import (
	"context"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
)

// Cleared is what became of a batch.
type Cleared struct {
	Answer   channel.Answer // what it refuses is there, under the hub's signature
	Preimage wherry.Hash    // of the tick; zero when it is not to be shown
}

// Clear hands a tick's promises in and takes the answer: Batch, the hub, Answer.
// When nobody answers, the batch waits, and the next Batch, Clear or Resume asks
// for it again. When the hub refuses the whole of it, or answers what does not
// hold up, the batch is given up and the tick dropped.
func (b *Book) Clear(ctx context.Context, tick channel.TickID, promises []channel.SignedPromise) (Cleared, error) {
	batch, err := b.Batch(ctx, tick, promises)
	if err != nil {
		return Cleared{}, err
	}
	raw, err := codec.Marshal(batch)
	if err != nil {
		return Cleared{}, err
	}
	b.clearing.Lock()
	defer b.clearing.Unlock()
	return b.handIn(ctx, batch, raw)
}

// Resume asks for the answer to a batch that waits for one, as after a crash:
// with the bytes that are on the disk. It returns an error while nobody answers.
func (b *Book) Resume(ctx context.Context) error {
	b.clearing.Lock()
	defer b.clearing.Unlock()
	open, ok, err := b.openBatch(ctx)
	if err != nil || !ok {
		return err
	}
	var batch channel.Batch
	if err := codec.Unmarshal(open.raw, &batch); err != nil {
		return wherry.Errorf(wherry.Internal, "read a batch back: %w", err)
	}
	if ok, err := b.mayShow(ctx, batch); err != nil {
		return err
	} else if !ok {
		b.log.Warn("batch given up: it shows what is too late to be shown", "hub", b.cfg.Hub)
		return b.Abandon(ctx, batch)
	}
	_, err = b.handIn(ctx, batch, open.raw)
	if err != nil && !again(err) {
		b.log.Warn("batch given up", "hub", b.cfg.Hub, "err", err)
		return nil
	}
	return err
}

// mayShow reports whether the preimages in a batch may still be shown off chain. A
// hub that was silent for hours could take them, say nothing again, and leave too
// little time to settle on chain.
func (b *Book) mayShow(ctx context.Context, batch channel.Batch) (bool, error) {
	now, err := b.chainTime(ctx)
	if err != nil {
		return false, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	book, err := b.reload(ctx)
	if err != nil {
		return false, err
	}
	for _, r := range batch.Reveals {
		if t, ok := book.Tick(channel.Lock(r)); ok && t.State == channel.Shown && !book.Revealable(t, now) {
			return false, nil
		}
	}
	return true, nil
}

// handIn sends a batch and takes its answer. The caller holds clearing.
func (b *Book) handIn(ctx context.Context, batch channel.Batch, raw []byte) (Cleared, error) {
	a, err := b.Pay(ctx, raw)
	var r wherry.Hash
	if err == nil {
		r, err = b.Answer(ctx, batch, a)
	}
	if err != nil {
		if !again(err) {
			if e := b.Abandon(ctx, batch); e != nil && wherry.CodeOf(e) != wherry.Conflict {
				return Cleared{}, e
			}
		}
		return Cleared{}, err
	}
	return Cleared{Answer: a, Preimage: r}, nil
}

// Pay sends the hub a batch, and returns its answer as it came. A hub keeps room for a
// provider that it has never paid only for a while: one that does not know who is
// paid is told again, with the signatures of the newest binding that it has taken.
func (b *Book) Pay(ctx context.Context, raw []byte) (channel.Answer, error) {
	if b.cfg.Hubs == nil {
		return channel.Answer{}, wherry.Errorf(wherry.Unreachable, "hub %s cannot be asked", b.cfg.Hub)
	}
	a, err := b.cfg.Hubs.Pay(ctx, raw)
	if wherry.CodeOf(err) != wherry.NotFound {
		return a, err
	}
	binding, ok, e := b.takenBinding(ctx)
	if e != nil || !ok {
		return a, err
	}
	if _, e := b.cfg.Hubs.Bind(ctx, binding); e != nil {
		return a, e
	}
	b.log.Info("hub had forgotten who is paid, and knows again", "hub", b.cfg.Hub)
	return b.cfg.Hubs.Pay(ctx, raw)
}

// again reports whether an error leaves open what became of a batch, so that the
// same bytes are worth sending again. Only the hub's own no, or an answer that
// does not hold up, is an end. NotFound means that the payee is not bound yet.
func again(err error) bool {
	switch wherry.CodeOf(err) {
	case wherry.Invalid, wherry.Forbidden, wherry.Conflict, wherry.Refused, wherry.NotFunded:
		return false
	}
	return true
}

// Bind tells the hub where this provider is paid, with the signature of the
// payee too. It may be repeated; the same account under the same number is
// nothing new.
func (b *Book) Bind(ctx context.Context, payee *identity.Key) error {
	if payee.Address() != b.cfg.Payee {
		return wherry.Errorf(wherry.Invalid, "bind to %s: the book's payee is %s", payee.Address(), b.cfg.Payee)
	}
	if b.cfg.Hubs == nil {
		return wherry.Errorf(wherry.Unreachable, "hub %s cannot be asked", b.cfg.Hub)
	}
	seq, err := b.bindingSeq(ctx)
	if err != nil {
		return err
	}
	bound, err := b.bind(ctx, payee, seq)
	if wherry.CodeOf(err) == wherry.Conflict {
		// Another book has bound this provider since: the hub's count goes on.
		p, e := b.cfg.Hubs.Payout(ctx, b.cfg.Key, channel.Chain{ID: b.b.ChainID, Contract: b.b.Contract})
		if e != nil {
			return e
		}
		bound, err = b.bind(ctx, payee, p.Seq+1)
	}
	if err != nil {
		return err
	}
	if bound.Payee != b.cfg.Payee {
		return wherry.Errorf(wherry.Refused, "hub %s pays %s and not %s", b.cfg.Hub, bound.Payee, b.cfg.Payee)
	}
	return nil
}

func (b *Book) bind(ctx context.Context, payee *identity.Key, seq uint64) (channel.Bound, error) {
	binding := channel.Bind(b.cfg.Key, payee, b.b, seq)
	if err := b.saveBinding(ctx, binding, false); err != nil {
		return channel.Bound{}, err
	}
	bound, err := b.cfg.Hubs.Bind(ctx, binding)
	if err != nil {
		return bound, err
	}
	return bound, b.saveBinding(ctx, binding, true)
}

// Restore asks the hub for its newest payouts and takes what this book does not
// have: a file restored from an old copy goes on from there. Nothing is taken
// that the hub has not signed, and no tick whose preimage this provider cannot
// make. While a batch waits for its answer, that comes first.
func (b *Book) Restore(ctx context.Context) error {
	if err := b.Resume(ctx); err != nil {
		return err
	}
	if b.cfg.Hubs == nil {
		return wherry.Errorf(wherry.Unreachable, "hub %s cannot be asked", b.cfg.Hub)
	}
	p, err := b.cfg.Hubs.Payout(ctx, b.cfg.Key, channel.Chain{ID: b.b.ChainID, Contract: b.b.Contract})
	if wherry.CodeOf(err) == wherry.NotFound {
		return nil // not bound yet: there is nothing
	}
	if err != nil {
		return err
	}
	now, err := b.chainTime(ctx)
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	book, err := b.reload(ctx)
	if err != nil {
		return err
	}
	if _, ok, err := b.openBatch(ctx); err != nil || ok {
		return err
	}
	if p.Unlocked.Total.Less(book.Unlocked().Total) {
		b.doubt.Store(true) // it has forgotten what it has signed
	}
	out := channel.Outcome{Unlocked: book.Unlocked()}
	if book.Unlocked().Total.Less(p.Unlocked.Total) {
		if out.Unlocked, out.Ticks, err = book.CheckNewest(p.Unlocked, p.Open); err != nil {
			return err
		}
	}
	for _, o := range p.Open {
		gone, err := b.givenUp(ctx, o.Locked.Hashlock)
		if err != nil {
			return err
		}
		if gone {
			continue
		}
		t, err := book.Adopt(o.Locked, out.Unlocked.Total, now)
		if err != nil {
			continue
		}
		for _, id := range o.Ticks {
			if t.ID = id; channel.Lock(b.preimage(id)) == t.Lock {
				out.Ticks = append(out.Ticks, t)
				break
			}
		}
	}
	return b.take(ctx, book, out)
}
