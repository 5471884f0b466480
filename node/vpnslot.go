package node

import (
	"context"
	"errors"
	"net/netip"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/session/consumer/tunnel"
)

// How sessions are tried.
const (
	nextAfter  = 250 * time.Millisecond // without an answer, until the next provider is asked beside it
	atOnce     = 3                      // providers asked beside each other
	atMost     = 8                      // providers asked in one try
	holdWait   = 4 * time.Second        // for one provider's yes
	payWait    = 8 * time.Second        // for the opening to be cleared
	spareLate  = 700 * time.Millisecond // until somebody else is tried beside a spare that is being paid
	spareLife  = 20 * time.Second       // of a spare; its link would fall asleep
	closeWait  = 10 * time.Second       // for the last receipt
	pulseWhile = 100 * time.Millisecond
)

// candidate is a provider that fits.
type candidate struct {
	Peer      api.Peer
	Rate      wherry.Rate
	Endpoints []netip.AddrPort
	deal      any // of the dealer
}

// company is who a session is with, and how.
type company struct {
	candidate
	Session  wherry.SessionID
	Endpoint netip.AddrPort
	Inner    []netip.Prefix // our addresses in the tunnel
	DNS      []netip.Addr   // the provider's resolver
	RTT      time.Duration
	Through  api.Channel // which deposit pays
	Hub      string
}

// slot is one try at one session, and then the session.
type slot struct {
	id     tunnel.ID
	cancel context.CancelFunc
	used   chan struct{} // closed by use
	over   chan struct{} // closed when the session has ended

	// Guarded by VPN.mu.
	with    company
	ride    ride // nil until it is paid
	stopped bool

	speedAt                  time.Time
	speedSent, speedReceived uint64
	up, down                 uint64 // bits per second, when last asked for
}

func (v *VPN) slot(id tunnel.ID) *slot {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.slots[id]
}

// riding returns a slot and its session, nil where there is none that is paid.
func (v *VPN) riding(id tunnel.ID) (*slot, ride) {
	v.mu.Lock()
	defer v.mu.Unlock()
	s := v.slots[id]
	if s == nil {
		return nil, nil
	}
	return s, s.ride
}

// begin makes a slot and has work done in it. When the work is over the slot is
// gone.
func (h hand) begin(id tunnel.ID, work func(context.Context, *slot)) {
	ctx, cancel := context.WithCancel(h.ctx)
	s := &slot{id: id, cancel: cancel, used: make(chan struct{}), over: make(chan struct{})}
	h.mu.Lock()
	h.slots[id] = s
	h.mu.Unlock()
	h.sessions.Go(func() {
		defer cancel()
		work(ctx, s)
		close(s.over)
		h.mu.Lock()
		delete(h.slots, id)
		stopped := s.stopped
		h.mu.Unlock()
		if stopped {
			h.queue.add(tunnel.Stopped{Session: id})
		}
	})
}

// stop ends a slot in whatever stage it is.
func (h hand) stop(id tunnel.ID, pay bool) {
	h.mu.Lock()
	s := h.slots[id]
	var r ride
	if s != nil {
		s.stopped, r = true, s.ride
	}
	h.mu.Unlock()
	switch {
	case s == nil:
		h.queue.add(tunnel.Stopped{Session: id})
	case r == nil:
		s.cancel()
	default:
		h.sessions.Go(func() {
			wait := closeWait
			if !pay {
				wait = time.Second // it is gone as it seems; if not, it may have its last word
			}
			ctx, cancel := context.WithTimeout(context.WithoutCancel(h.ctx), wait)
			defer cancel()
			_ = r.Close(ctx) // how it ended is Run's to say
			s.cancel()
		})
	}
}

// use pays what a slot holds.
func (h hand) use(id tunnel.ID) {
	if s := h.slot(id); s != nil {
		close(s.used)
		return
	}
	h.queue.add(tunnel.Failed{Session: id, Cause: tunnel.Unreachable, Why: "what was held is gone"})
}

// failed says that a slot has come to nothing.
func (v *VPN) failed(s *slot, err error) {
	c := tunnel.CauseOf(wherry.CodeOf(err))
	v.log.Info("no session", "err", err)
	v.queue.add(tunnel.Failed{Session: s.id, Cause: c, Why: err.Error()})
}

// find finds a provider, negotiates and pays, and stays until the session's end.
func (h hand) find(ctx context.Context, s *slot, w tunnel.Wish) {
	got, err := h.race(ctx, w, false)
	if err == nil {
		var r ride
		if r, err = h.pay(ctx, got); err == nil {
			h.ride(ctx, s, r)
			return
		}
	}
	h.failed(s, err)
}

// prepare does the same up to the payment, and holds what it has negotiated until
// it is used.
func (h hand) prepare(ctx context.Context, s *slot, w tunnel.Wish) {
	got, err := h.race(ctx, w, true)
	if err != nil {
		h.failed(s, err)
		return
	}
	h.setWith(s, got.With())
	h.queue.add(tunnel.Prepared{Session: s.id})
	for {
		fresh := time.NewTimer(spareLife)
		select {
		case <-ctx.Done():
			fresh.Stop()
			got.Drop()
			return
		case <-s.used:
			fresh.Stop()
			r, err := h.payOrElse(ctx, got, w)
			if err != nil {
				h.failed(s, err)
				return
			}
			h.ride(ctx, s, r)
			return
		case <-fresh.C:
			next, err := h.race(ctx, w, true)
			if err != nil {
				got.Drop()
				h.failed(s, err)
				return
			}
			got.Drop()
			got = next
			h.setWith(s, got.With())
		}
	}
}

func (v *VPN) setWith(s *slot, with company) {
	v.mu.Lock()
	defer v.mu.Unlock()
	s.with = with
}

// pay pays an opening.
func (v *VPN) pay(ctx context.Context, got held) (ride, error) {
	paying, cancel := context.WithTimeout(ctx, payWait)
	defer cancel()
	r, err := got.Pay(paying)
	if err != nil {
		return nil, v.blame(got.With(), err)
	}
	return r, nil
}

// paid is the outcome of a payment.
type paid struct {
	ride ride
	err  error
}

// payOrElse pays what was held, and tries somebody else beside it where that takes
// too long, or fails. Who comes later is left again.
func (h hand) payOrElse(ctx context.Context, got held, w tunnel.Wish) (ride, error) {
	out, waiting := make(chan paid, 2), 1
	try := func(f func() (ride, error)) {
		h.sessions.Go(func() {
			r, err := f()
			out <- paid{r, err}
		})
	}
	try(func() (ride, error) { return h.pay(ctx, got) })
	late := time.NewTimer(spareLate)
	defer late.Stop()
	elsewhere, errs := late.C, []error(nil)
	another := func() {
		elsewhere = nil
		waiting++
		try(func() (ride, error) {
			other, err := h.race(ctx, w, false)
			if err != nil {
				return nil, err
			}
			return h.pay(ctx, other)
		})
	}
	for waiting > 0 {
		select {
		case p := <-out:
			waiting--
			if p.err == nil {
				h.leaveOthers(out, waiting)
				return p.ride, nil
			}
			errs = append(errs, p.err)
			if elsewhere != nil && ctx.Err() == nil {
				another()
			}
		case <-elsewhere:
			another()
		}
	}
	return nil, errs[len(errs)-1]
}

// leaveOthers ends what comes too late.
func (h hand) leaveOthers(out <-chan paid, n int) {
	h.sessions.Go(func() {
		for range n {
			if p := <-out; p.ride != nil {
				ctx, cancel := context.WithCancel(context.WithoutCancel(h.ctx))
				cancel()
				_ = p.ride.Run(ctx) // it leaves at once, in good order
			}
		}
	})
}

// blame gives an error of a session the code that fits who is to blame: what a
// provider says of our money is its word, and no reason to stop; what our own
// wallet says is.
func (v *VPN) blame(with company, err error) error {
	if v.spend != nil {
		if own := v.spend.refusal(with.Session); own != nil {
			return own
		}
	}
	if errors.Is(err, context.Canceled) {
		return err // we have stopped it
	}
	v.dealer.Shun(with.candidate)
	if c := tunnel.CauseOf(wherry.CodeOf(err)); c.Info().Blocks {
		return wherry.Errorf(wherry.Refused, "%w", err)
	}
	return err
}

// ride stays with a session until its end.
func (h hand) ride(ctx context.Context, s *slot, r ride) {
	with := r.With()
	h.mu.Lock()
	s.ride, s.with = r, with
	stopped := s.stopped
	h.mu.Unlock()
	if !stopped {
		if err := h.reset(s.id, with); err != nil {
			h.log.Warn("guard not set for another session", "err", err)
			h.queue.add(tunnel.GuardChanged{})
		}
	}
	if stopped {
		over, cancel := context.WithCancel(ctx)
		cancel()
		_ = r.Run(over) // leaves at once
		return
	}
	h.opened(with)
	h.queue.add(tunnel.Opened{Session: s.id})
	err := r.Run(ctx)
	st := r.State()
	h.mu.Lock()
	h.last, h.lastWas = with, st
	stopped = s.stopped
	h.mu.Unlock()
	h.closed(with, st, err)
	if h.outside != nil {
		h.outside.Turned()
	}
	if stopped || ctx.Err() != nil {
		return
	}
	if err == nil {
		err = wherry.Errorf(wherry.Unreachable, "the provider has closed the session")
	}
	err = h.blame(with, err)
	h.queue.add(tunnel.Lost{Session: s.id, Cause: tunnel.CauseOf(wherry.CodeOf(err)), Why: err.Error()})
}

// pulse watches a session that carries, and says when it falls silent.
func (v *VPN) pulse(s *slot) {
	v.mu.Lock()
	r, p, was := s.ride, tunnel.Pulse{RTT: s.with.RTT}, false
	v.mu.Unlock()
	for last := time.Now(); ; {
		now := time.Now()
		if now.Round(0).Sub(last.Round(0)) > 2*time.Second {
			p = p.Forget() // the computer slept, or this program did
		}
		last = now
		sent, received := r.Count()
		var b tunnel.Beat
		m := v.state()
		if m.Current != s.id {
			return
		}
		if m.Offline {
			p, b.Next = p.Forget(), pulseWhile
		} else {
			p, b = p.Feel(now, sent, received)
		}
		if b.Probe {
			r.Probe()
		}
		switch {
		case b.Silent && !was:
			v.queue.add(tunnel.Silent{Session: s.id})
		case !b.Silent && (was || !m.Silent.IsZero() && p.Heard()):
			v.queue.add(tunnel.Heard{Session: s.id})
		}
		was = b.Silent
		select {
		case <-s.over:
			return
		case <-time.After(b.Next):
		}
	}
}
