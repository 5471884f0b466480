package earnings

import (
	"context"
	"errors"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/channel"
)

// timeKept is how long a reading of the chain's time is good for; in between it
// runs on with this computer's clock. What depends on it is counted in hours.
const timeKept = 30 * time.Second

// chainTime returns the time of the payee's chain. Where the chain does not
// answer, an earlier reading runs on.
func (b *Book) chainTime(ctx context.Context) (time.Time, error) {
	b.view.Lock()
	head, at := b.view.head, b.view.at
	b.view.Unlock()
	if !at.IsZero() && time.Since(at) < timeKept {
		return head.Add(time.Since(at)), nil
	}
	h, err := b.cfg.Chain.Head(ctx, chain.Latest)
	if err != nil {
		if !at.IsZero() {
			return head.Add(time.Since(at)), nil
		}
		return time.Time{}, err
	}
	b.setTime(h.Time)
	return h.Time, nil
}

func (b *Book) setTime(t time.Time) {
	b.view.Lock()
	defer b.view.Unlock()
	b.view.head, b.view.at = t, time.Now()
}

// Run watches the reserve, shows or settles what must be in time, takes
// settlements to their end and, at its start and after a tick has expired, asks
// the hub where they stand. It returns when ctx is done.
func (b *Book) Run(ctx context.Context) error {
	t := time.NewTicker(b.cfg.Every)
	defer t.Stop()
	restored := b.cfg.Hubs == nil
	said := ""
	for {
		err := b.Refresh(ctx)
		if b.wonder.Swap(false) {
			restored = b.cfg.Hubs == nil
		}
		if !restored {
			e := b.Restore(ctx)
			restored = e == nil
			err = errors.Join(err, e)
		}
		if restored && b.cfg.Hubs != nil && b.doubt.Swap(false) {
			if e := b.Show(ctx); e != nil { // the next doubt tries again
				b.log.Debug("hub was not shown what it has signed", "hub", b.cfg.Hub, "err", e)
			}
		}
		if ctx.Err() != nil {
			return nil
		}
		switch {
		case err != nil && err.Error() != said:
			said = err.Error()
			b.log.Warn("earnings cannot see to themselves", "hub", b.cfg.Hub, "err", err)
		case err == nil && said != "":
			said = ""
			b.log.Info("earnings are in view again", "hub", b.cfg.Hub)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
		}
	}
}

// Refresh looks at the chain once and does what Run does.
func (b *Book) Refresh(ctx context.Context) error {
	head, err := b.cfg.Chain.Head(ctx, chain.Latest)
	if err != nil {
		return err
	}
	var latest chain.Out
	r, err := b.readReserve(ctx, &latest)
	if err != nil {
		return err
	}
	b.setTime(head.Time)
	b.view.Lock()
	b.view.reserve, b.view.read = r, time.Now()
	b.view.Unlock()
	if err := b.decide(ctx, head.Time, r); err != nil {
		return err
	}
	return b.advance(ctx)
}

// decide does for every tick what its payout's age asks for.
func (b *Book) decide(ctx context.Context, now time.Time, r channel.Reserve) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	book, err := b.reload(ctx)
	if err != nil {
		return err
	}
	for _, t := range append(book.Ticks(channel.Kept), book.Ticks(channel.Shown)...) {
		switch book.Decide(t, now, r) {
		case channel.Wait:
		case channel.Reveal:
			t.State = channel.Shown
			err = b.save(ctx, book, t)
		case channel.SettleNow:
			err = b.planTick(ctx, book, t)
		case channel.Drop:
			err = b.dropExpired(ctx, book, t)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Reserve returns what the chain says about the hub's side towards this payee,
// and when it was read: the zero time before the first Refresh.
func (b *Book) Reserve() (channel.Reserve, time.Time) {
	b.view.Lock()
	defer b.view.Unlock()
	return b.view.reserve, b.view.read
}

// Serve returns nil while the provider may serve on by what the chain says: see
// channel.Payee.Serve. A view of the chain that is older than a quarter of the
// contract's delay is Pending: a reserve could be gone by now.
func (b *Book) Serve(ctx context.Context) error {
	r, read := b.Reserve()
	if read.IsZero() || time.Since(read) > b.cfg.Chain.Params().Delay/4 {
		return wherry.Errorf(wherry.Pending, "the reserve of hub %s was not read of late", b.cfg.Hub)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	book, err := b.reload(ctx)
	if err != nil {
		return err
	}
	return book.Serve(r)
}

// Totals is where a payee's money with one hub is: Earned = Settled + Waiting,
// to the last base unit.
type Totals struct {
	Hub        wherry.Address `json:"hub"`
	ChainID    uint64         `json:"chain_id"`
	Payee      wherry.Address `json:"payee"`
	Earned     wherry.Amount  `json:"earned"`     // revealed, after fees
	Settled    wherry.Amount  `json:"settled"`    // of it, paid out in a final block
	Waiting    wherry.Amount  `json:"waiting"`    // of it, still with the hub
	Unrevealed wherry.Amount  `json:"unrevealed"` // promised, and not earned before its tick ends
	Fees       wherry.Amount  `json:"fees"`       // kept by the hub, of what consumers paid
	Reserved   wherry.Amount  `json:"reserved"`   // locked on chain for this payee
	AtRisk     wherry.Amount  `json:"at_risk"`    // of what waits, not reserved
	Other      wherry.Amount  `json:"other"`      // of Earned, earned for this payee by others than this book
}

// Totals returns the book's sums, with the chain as of the last Refresh.
func (b *Book) Totals(ctx context.Context) (Totals, error) {
	r, _ := b.Reserve()
	b.mu.Lock()
	defer b.mu.Unlock()
	book, err := b.reload(ctx)
	if err != nil {
		return Totals{}, err
	}
	gross, net, err := b.done(ctx)
	if err != nil {
		return Totals{}, err
	}
	t := Totals{Hub: b.cfg.Hub, ChainID: b.b.ChainID, Payee: b.cfg.Payee, Earned: book.Unlocked().Total, Settled: r.Settled, Reserved: r.Counts()}
	t.Other = t.Earned.SubFloor(net)
	t.Fees = gross.SubFloor(net)
	for _, k := range append(book.Ticks(channel.Shown), book.Ticks(channel.Settled)...) {
		if t.Earned, err = t.Earned.Add(k.Net); err != nil {
			return Totals{}, err
		}
		if t.Fees, err = t.Fees.Add(k.Gross.SubFloor(k.Net)); err != nil {
			return Totals{}, err
		}
	}
	// The chain can be ahead of the book: a hub may push what it has not said.
	t.Earned = t.Earned.Max(t.Settled)
	t.Waiting = t.Earned.SubFloor(t.Settled)
	t.Unrevealed = book.Unrevealed()
	t.AtRisk = t.Waiting.SubFloor(t.Reserved)
	return t, nil
}
