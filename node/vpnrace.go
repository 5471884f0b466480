package node

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/session/consumer/tunnel"
)

// race negotiates with the providers that fit a wish, a few beside each other, and
// returns the first that accepts. With later, nobody is paid soon: the provider
// that carries now goes behind the first of the others, and is left out where it
// is not silent.
func (h hand) race(ctx context.Context, w tunnel.Wish, later bool) (held, error) {
	if err := h.dealer.Begin(ctx, w); err != nil {
		return nil, err
	}
	fit, err := h.dealer.Fit(ctx, w)
	if err != nil {
		return nil, err
	}
	if fit = h.order(fit, later); len(fit) == 0 {
		return nil, wherry.Errorf(wherry.NoOffer, "nobody else fits")
	}
	fit = fit[:min(len(fit), atMost)]
	var entries []netip.AddrPort
	for _, c := range fit {
		entries = append(entries, c.Endpoints[:min(len(c.Endpoints), 2)]...)
	}
	if err := h.enter(ctx, entries); err != nil {
		return nil, wherry.Errorf(wherry.Internal, "let our packets to the providers out: %w", err)
	}
	return h.ask(ctx, fit, later)
}

// order puts the provider that carries now where it belongs.
func (h hand) order(fit []candidate, later bool) []candidate {
	h.mu.Lock()
	m, s := h.machine, h.slots[h.machine.Current]
	var now wherry.Address
	if s != nil {
		now = s.with.Peer.Address
	}
	h.mu.Unlock()
	if !later || s == nil || m.Current == 0 {
		return fit
	}
	i := slices.IndexFunc(fit, func(c candidate) bool { return c.Peer.Address == now })
	if i < 0 {
		return fit
	}
	same := fit[i]
	fit = slices.Concat(fit[:i], fit[i+1:])
	if m.Silent.IsZero() {
		return fit
	}
	return slices.Insert(fit, min(1, len(fit)), same)
}

// said is one provider's answer.
type said struct {
	held held
	err  error
	who  candidate
}

// ask asks one provider after the other, without waiting long for any.
func (h hand) ask(ctx context.Context, fit []candidate, later bool) (held, error) {
	ctx, cancel := context.WithCancel(ctx)
	answers, next, waiting := make(chan said, len(fit)), 0, 0
	start := func() {
		c := fit[next]
		next, waiting = next+1, waiting+1
		h.sessions.Go(func() {
			asking, done := context.WithTimeout(ctx, holdWait)
			defer done()
			got, err := h.dealer.Hold(asking, c, later)
			answers <- said{got, err, c}
		})
	}
	defer func() { // whoever is late has accepted in vain
		cancel()
		h.sessions.Go(func() {
			for range waiting {
				if a := <-answers; a.held != nil {
					a.held.Drop()
				}
			}
		})
	}()
	start()
	if later && next < len(fit) {
		start() // there is no time to lose
	}
	var errs []error
	for {
		var another <-chan time.Time
		if next < len(fit) && waiting < atOnce {
			another = time.After(nextAfter)
		}
		select {
		case a := <-answers:
			waiting--
			if a.err == nil {
				return a.held, nil
			}
			if ctx.Err() != nil {
				return nil, wherry.Errorf(wherry.Interrupted, "ask providers: %w", context.Cause(ctx))
			}
			h.log.Info("provider not taken", "provider", a.who.Peer.Called(), "err", a.err)
			h.dealer.Shun(a.who)
			errs = append(errs, a.err)
			if next < len(fit) {
				start()
			} else if waiting == 0 {
				return nil, fruitless(errs)
			}
		case <-another:
			start()
		case <-ctx.Done():
			return nil, wherry.Errorf(wherry.Interrupted, "ask providers: %w", context.Cause(ctx))
		}
	}
}

// fruitless is what several failures come to: the first tells, and it is the
// provider's word, which stops nobody.
func fruitless(errs []error) error {
	err := errs[0]
	code := wherry.CodeOf(err)
	if tunnel.CauseOf(code).Info().Blocks {
		code = wherry.Refused
	}
	if len(errs) == 1 {
		return wherry.Errorf(code, "%w", err)
	}
	return wherry.Errorf(code, "none of %d providers: %w", len(errs), errors.Join(errs...))
}
