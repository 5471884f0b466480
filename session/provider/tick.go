package provider

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
)

// desk runs the ticks of one hub, one after the other: all sessions that are due
// share an invoice's lock, a batch and a round trip.
type desk struct {
	p    *Provider
	book Book
	wake chan struct{}

	stuck bool // the hub does not answer; guarded by Provider.mu
}

// round is one tick while its promises are collected. Provider.mu guards it.
type round struct {
	tick    channel.TickID
	lock    wherry.Hash
	waiting int
	full    chan struct{} // closed when nobody is waited for
}

// seat is a session's place in a round.
type seat struct {
	round    *round
	session  *session
	promise  channel.SignedPromise
	answered bool
	batched  bool
}

// take notes that the session has answered.
func (s *seat) take(batched bool) {
	if s.answered {
		return
	}
	s.answered, s.batched = true, batched
	if s.round.waiting--; s.round.waiting == 0 {
		close(s.round.full)
	}
}

func newDesk(p *Provider, b Book) *desk { return &desk{p: p, book: b, wake: make(chan struct{}, 1)} }

// poke makes the desk look for sessions that are due.
func (d *desk) poke() {
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

// run ticks until ctx is done. When nothing is left to ask for, it shows the hub
// what it has not seen: so the last tick becomes final too.
func (d *desk) run(ctx context.Context) {
	first := min(d.p.cfg.Tick, time.Second)
	pause := first
	for ctx.Err() == nil {
		if due := d.due(); len(due) > 0 {
			d.tick(ctx, due)
			pause = first
			continue
		}
		var idle <-chan time.Time
		if d.book.Payee.Unrevealed() {
			idle = time.After(pause)
		}
		select {
		case <-d.wake:
		case <-idle:
			if len(d.due()) == 0 {
				d.flush(ctx)
				pause = min(2*pause, time.Minute) // a hub that does not want to know is not pressed
			}
		case <-ctx.Done():
		}
	}
}

// due returns the sessions that should be asked, the longest waiting first.
func (d *desk) due() []*session {
	d.p.mu.Lock()
	defer d.p.mu.Unlock()
	now := time.Now()
	var out []*session
	for _, s := range d.p.sessions {
		if s.desk == d && s.machine.Due(now) {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b *session) int { return a.machine.Asked.Compare(b.machine.Asked) })
	return out[:min(len(out), channel.MaxBatch)]
}

// tick asks, collects, clears, and says who has paid.
func (d *desk) tick(ctx context.Context, due []*session) {
	if err := d.covered(ctx); err != nil {
		d.stop(err)
		return
	}
	tick, lock, err := d.book.Payee.NextTick(ctx)
	if err != nil {
		d.p.log.Error("tick not drawn", "hub", d.book.Hub, "err", err)
		d.pause(ctx, time.Second)
		return
	}
	r := &round{tick: tick, lock: lock, full: make(chan struct{})}
	seats, window := d.ask(r, due)
	if len(seats) == 0 {
		return
	}
	patience := time.NewTimer(window)
	select {
	case <-r.full:
	case <-patience.C:
	case <-ctx.Done():
	}
	patience.Stop()
	paying := d.seal(r, seats)
	if len(paying) == 0 {
		return
	}
	// Two sessions of one consumer draw on one running total: in its own order.
	slices.SortStableFunc(paying, func(a, b *seat) int { return cmp.Compare(a.promise.Order.Seq, b.promise.Order.Seq) })
	promises := make([]channel.SignedPromise, len(paying))
	for i, s := range paying {
		promises[i] = s.promise
	}
	batch, answer, preimage, err := d.clear(ctx, tick, promises)
	if err != nil {
		d.p.log.Error("tick not cleared", "hub", d.book.Hub, "tick", batch.Tick.Number, "err", err)
	}
	d.tell(paying, batch, answer, preimage, err)
}

// covered returns nil while the provider may earn more through this hub.
func (d *desk) covered(ctx context.Context) error {
	if err := d.book.Payee.Serve(ctx); err != nil {
		// Not the hub's code: a consumer would take NotFunded for its own deposit.
		return wherry.Errorf(wherry.Refused, "nothing is served through hub %s just now: %w", d.book.Hub, err)
	}
	return nil
}

// stop ends all sessions of the hub: nothing more is lent to it.
func (d *desk) stop(err error) {
	d.p.mu.Lock()
	defer d.p.mu.Unlock()
	d.p.log.Warn("sessions ended, the hub does not stand behind what it owes", "hub", d.book.Hub, "err", err)
	for _, s := range d.p.sessions {
		if s.desk == d {
			s.apply(Stop{Err: err})
		}
	}
}

// ask sends the invoices, and returns how long to wait for promises: longer when
// somebody among them has been seen to be far away.
func (d *desk) ask(r *round, due []*session) (seats []*seat, window time.Duration) {
	d.p.mu.Lock()
	defer d.p.mu.Unlock()
	window = d.p.cfg.Window
	now := time.Now()
	for _, s := range due {
		if !s.machine.Due(now) {
			continue
		}
		seat := &seat{round: r, session: s}
		r.waiting++
		s.seat, s.tick = seat, r.tick
		seats = append(seats, seat)
		window = max(window, min(2*s.rtt, 4*d.p.cfg.Window))
	}
	for _, seat := range seats {
		s := seat.session
		s.count()
		if s.gone {
			seat.take(false)
			continue
		}
		s.apply(Ticked{Tick: r.tick, Hashlock: r.lock})
	}
	return seats, window
}

// seal ends the collecting: what comes later belongs to no tick.
func (d *desk) seal(r *round, seats []*seat) []*seat {
	d.p.mu.Lock()
	defer d.p.mu.Unlock()
	var paying []*seat
	for _, seat := range seats {
		s := seat.session
		if s.seat == seat {
			s.seat = nil
		}
		if seat.batched {
			paying = append(paying, seat)
			continue
		}
		seat.answered = true
		s.apply(Sealed{r.tick})
	}
	return paying
}

// clear hands the promises to the hub and returns the preimage once the payout
// is on disk.
func (d *desk) clear(ctx context.Context, tick channel.TickID, promises []channel.SignedPromise) (b channel.Batch, a channel.Answer, preimage wherry.Hash, err error) {
	if b, err = d.book.Payee.Batch(ctx, tick, promises); err != nil {
		return b, a, preimage, err
	}
	raw, err := codec.Marshal(b)
	if err != nil {
		return b, a, preimage, err
	}
	if a, err = d.pay(ctx, raw); err == nil {
		preimage, err = d.book.Payee.Answer(context.WithoutCancel(ctx), b, a)
	}
	switch wherry.CodeOf(err) {
	case wherry.Invalid, wherry.Forbidden, wherry.Refused, wherry.NotFound, wherry.Conflict:
		// It will not get better. What it was to pay is lost, and nobody can claim it.
		if gone := d.book.Payee.Abandon(context.WithoutCancel(ctx), b); gone != nil {
			d.p.log.Warn("batch not given up", "hub", d.book.Hub, "err", gone)
		}
	}
	return b, a, preimage, err
}

// resendFor is how long a batch is sent again by who made it. What comes later
// asks first whether the preimages in it may still be shown: earnings.Book.Resume.
const resendFor = time.Hour

// pay sends a batch until it is answered: the hub may have taken it already, and
// only the same bytes again can tell. Meanwhile nobody gets more credit.
func (d *desk) pay(ctx context.Context, raw []byte) (channel.Answer, error) {
	defer d.setStuck(false)
	began := time.Now()
	for pause := 50 * time.Millisecond; ; pause = min(2*pause, 2*time.Second) {
		a, err := d.book.Clearer.Pay(ctx, raw)
		if err == nil {
			return a, nil
		}
		switch wherry.CodeOf(err) {
		case wherry.Unreachable, wherry.Timeout, wherry.Busy, wherry.Internal:
		default:
			return a, err
		}
		if d.setStuck(true) {
			d.p.log.Warn("hub does not answer", "hub", d.book.Hub, "err", err)
		}
		wait := pause
		if later := (channel.Later{}); errors.As(err, &later) {
			wait = later.After // the hub knows better
		}
		if time.Since(began) > resendFor || !d.pause(ctx, wait) {
			return a, err
		}
	}
}

// setStuck notes whether the hub answers, and reports whether that is new.
func (d *desk) setStuck(stuck bool) bool {
	d.p.mu.Lock()
	defer d.p.mu.Unlock()
	changed := d.stuck != stuck
	d.stuck = stuck
	return changed
}

// tell passes on what the hub said. A session has one promise in a batch, so its
// id tells whose a refusal is.
func (d *desk) tell(paying []*seat, b channel.Batch, a channel.Answer, preimage wherry.Hash, err error) {
	refused := make(map[wherry.SessionID]channel.Refusal, len(a.Refused))
	for _, r := range a.Refused {
		if r.Item < uint64(len(b.Items)) {
			refused[b.Items[r.Item].Session] = r
		}
	}
	d.p.mu.Lock()
	defer d.p.mu.Unlock()
	for _, seat := range paying {
		r, no := refused[seat.session.id]
		switch {
		case err != nil:
			seat.session.apply(Stop{Err: wherry.Errorf(wherry.Unreachable, "the hub did not clear the tick")})
		case no:
			seat.session.apply(Declined{Refusal: r, Answer: a})
		case preimage.IsZero():
			seat.session.apply(Stop{Err: wherry.Errorf(wherry.Unreachable, "the hub cleared nothing")})
		default:
			seat.session.apply(Cleared{preimage})
		}
	}
}

// flush shows the hub the preimages that it has not seen.
func (d *desk) flush(ctx context.Context) {
	if _, _, _, err := d.clear(ctx, channel.TickID{}, nil); err != nil && ctx.Err() == nil {
		d.p.log.Warn("preimages not shown", "hub", d.book.Hub, "err", err)
	}
}

// pause waits, and reports whether ctx still holds.
func (d *desk) pause(ctx context.Context, t time.Duration) bool {
	select {
	case <-time.After(t):
		return true
	case <-ctx.Done():
		return false
	}
}
