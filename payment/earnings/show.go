package earnings

import (
	"context"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/payment/channel"
)

// shower is a hub that can be shown what it has signed. payment/hub/client is one.
type shower interface {
	Show(ctx context.Context, key *identity.Key, b channel.Chain, held channel.HeldPayout) (channel.Payouts, error)
}

// Show shows the hub the payouts that this book holds: a hub whose journal does
// not know of them learns that it is not whole, and what it owes all the same. A
// preimage goes along only where the hub has been shown it before or may be now.
func (b *Book) Show(ctx context.Context) error {
	s, ok := b.cfg.Hubs.(shower)
	if !ok {
		return wherry.Errorf(wherry.Unreachable, "hub %s cannot be asked", b.cfg.Hub)
	}
	now, err := b.chainTime(ctx)
	if err != nil {
		return err
	}
	held, err := b.held(ctx, now)
	if err != nil {
		return err
	}
	for _, h := range held {
		if _, err := s.Show(ctx, b.cfg.Key, channel.Chain{ID: b.b.ChainID, Contract: b.b.Contract}, h); err != nil {
			return err
		}
	}
	return nil
}

// held returns the newest payout that nothing can undo, and the largest of the
// ticks whose preimage is out already.
func (b *Book) held(ctx context.Context, now time.Time) ([]channel.HeldPayout, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	book, err := b.reload(ctx)
	if err != nil {
		return nil, err
	}
	var out []channel.HeldPayout
	if u := book.Unlocked(); !u.IsZero() {
		out = append(out, channel.HeldPayout{Payout: u})
	}
	var best channel.Tick
	for _, t := range book.Ticks(channel.Shown) {
		if best.Locked.Total.Less(t.Locked.Total) && book.Revealable(t, now) {
			best = t
		}
	}
	if !best.Locked.IsZero() {
		out = append(out, channel.HeldPayout{Payout: best.Locked, Preimage: b.preimage(best.ID)})
	}
	return out, nil
}
