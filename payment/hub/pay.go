package hub

import (
	"runtime"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/channel"
)

// Pay answers a batch, given as its bytes. It returns once the answer is
// durable; the same bytes get the same answer.
func (h *Hub) Pay(body []byte) (channel.Answer, error) {
	b, err := channel.ParseBatch(body)
	if err != nil {
		return channel.Answer{}, err
	}
	if len(b.Items) > channel.MaxBatch || len(b.Reveals) > channel.MaxReveals {
		return channel.Answer{}, wherry.Errorf(wherry.Invalid, "batch of %d promises and %d preimages", len(b.Items), len(b.Reveals))
	}
	own := sync.OnceValue(func() bool { return b.Verify() == nil })
	if after, ok := h.room.seat(b.Provider, own, time.Now()); !ok {
		h.metrics.count("requests_refused_total", 1)
		return channel.Answer{}, busy(after, "too many batches of this provider are in hand")
	}
	defer h.room.rise(b.Provider)
	request := wherry.Keccak256(body)
	id := channel.ProviderID{Chain: b.ChainB, Provider: b.Provider}

	h.mu.Lock()
	_, again := h.book.Answered(id, request)
	rules := h.rulesNow()
	roomy := h.book.Roomy(b, rules.Stranger())
	worth := make([]bool, len(b.Items))
	for i, it := range b.Items {
		worth[i] = !again && h.book.Known(channel.InID{Chain: it.ChainA, Consumer: it.Consumer})
	}
	h.mu.Unlock()
	signed := h.verify(b, worth)
	if roomy || again || !own() {
		rules = rules.Stranger()
	}

	var answer channel.Answer
	err = h.change(func() ([]channel.HubEvent, error) {
		var again bool
		if answer, again = h.book.Answered(id, request); again {
			return nil, nil
		}
		if err := h.book.Whole(); err != nil && len(b.Items) > 0 {
			return nil, err
		}
		if err := h.fresh(b); err != nil {
			return nil, err
		}
		if roomy && !h.book.Roomy(b, rules) { // others came between
			return nil, wherry.Errorf(wherry.Busy, "much of the provider is unrevealed: the same batch again")
		}
		rules.Closed = h.book.Draining() // draining may have begun since, and counts on it
		e, a, err := h.book.Pay(b, request, signed, h.clock, rules)
		answer = a
		return []channel.HubEvent{e}, err
	})
	if err != nil {
		return channel.Answer{}, err
	}
	h.metrics.answered(len(b.Items), answer)
	d, _ := h.book.Domain(b.ChainB) // fixed since Open
	return answer.Sign(h.cfg.Key.Sign, d)
}

// verify checks the signatures of the items that are worth it, on all cores
// where there are many.
func (h *Hub) verify(b channel.Batch, worth []bool) []bool {
	signed := make([]bool, len(b.Items))
	check := func(from, to int) {
		for i := from; i < to; i++ {
			if d, ok := h.book.Domain(b.Items[i].ChainA); ok && worth[i] {
				signed[i] = h.keys.verify(b.Promise(i, d))
			}
		}
	}
	n, workers := len(b.Items), runtime.GOMAXPROCS(0)
	if n < 16 || workers == 1 {
		check(0, n)
		return signed
	}
	var wg sync.WaitGroup
	part := (n + workers - 1) / workers
	for from := 0; from < n; from += part {
		wg.Go(func() { check(from, min(from+part, n)) })
	}
	wg.Wait()
	return signed
}

// fresh refuses orders while a chain that they touch was not read for long: a
// consumer may be leaving unseen. It is called with mu held.
func (h *Hub) fresh(b channel.Batch) error {
	if err := h.freshChain(b.ChainB); err != nil {
		return err
	}
	for _, it := range b.Items {
		if _, known := h.book.Domain(it.ChainA); !known {
			continue // refused by itself
		}
		if err := h.freshChain(it.ChainA); err != nil {
			return err
		}
	}
	return nil
}

func (h *Hub) freshChain(id uint64) error {
	if _, ok := h.book.Domain(id); !ok {
		return wherry.Errorf(wherry.Invalid, "chain %d is not one of this hub's", id)
	}
	if at, ok := h.heard[id]; !ok || time.Since(at) > h.cfg.Stale {
		return wherry.Errorf(wherry.Unreachable, "the hub cannot read chain %d just now", id)
	}
	return nil
}

// unread returns why nothing may be said for good about what the book does not
// hold, or nil: the journal may be an old copy, which the chains prove as soon as they
// are read. It is called with mu held.
func (h *Hub) unread() error {
	for _, w := range h.watches {
		if _, ok := h.heard[w.id]; !ok {
			return channel.Later{After: time.Second, Err: wherry.Errorf(wherry.Unreachable,
				"the hub has not read chain %d since it was started: the same again in a moment", w.id)}
		}
	}
	return nil
}

// Bind takes note of where a provider is paid.
func (h *Hub) Bind(r channel.BindRequest) (channel.Bound, error) {
	if r.Version != channel.Version {
		return channel.Bound{}, wherry.Errorf(wherry.Invalid, "binding of version %d", r.Version)
	}
	if err := r.Binding().Verify(); err != nil {
		return channel.Bound{}, err
	}
	var out channel.Bound
	err := h.change(func() ([]channel.HubEvent, error) {
		if err := h.book.Whole(); err != nil {
			return nil, err
		}
		e, b, err := h.book.Bind(r)
		out = b
		return []channel.HubEvent{e}, err
	})
	return out, err
}

// window is how far the clocks of the hub and of who asks may differ.
const window = 5 * time.Minute

// check refuses a request that is not for this hub, now, by who it is about.
func (h *Hub) check(r channel.Request, ask channel.Question) error {
	if r.Version != channel.Version || r.Ask != ask || r.Hub != h.address {
		return wherry.Errorf(wherry.Invalid, "request of another kind, or for another hub")
	}
	if d, ok := h.book.Domain(r.Chain.ID); !ok || d.Contract != r.Chain.Contract {
		return wherry.Errorf(wherry.Invalid, "request about a chain or contract that this hub does not serve")
	}
	if r.Time > 1<<40 {
		return wherry.Errorf(wherry.Invalid, "request of a time that never comes")
	}
	if age := time.Since(time.Unix(int64(r.Time), 0)); age > window || age < -window {
		return wherry.Errorf(wherry.Unauthenticated, "the request's time is off by more than %s: set the clock", window)
	}
	if len(r.Seqs) > 0 && ask != channel.AskOrders || r.Held != nil && ask != channel.AskPayout {
		return wherry.Errorf(wherry.Invalid, "request with something that does not belong to it")
	}
	return r.Verify()
}

// Orders says what became of orders of the consumer that asks, and uses up the
// numbers that were never seen: not before the chains were read, which may prove
// that they were.
func (h *Hub) Orders(r channel.Request) (channel.Orders, error) {
	if err := h.check(r, channel.AskOrders); err != nil {
		return channel.Orders{}, err
	}
	var out channel.Orders
	err := h.change(func() ([]channel.HubEvent, error) {
		if err := h.book.Whole(); err != nil {
			return nil, err // numbers that it does not know may have been accepted
		}
		if h.book.Unseen(channel.InID{Chain: r.Chain.ID, Consumer: r.Who}, r.Seqs) {
			if err := h.unread(); err != nil {
				return nil, err
			}
		}
		e, o, err := h.book.Orders(channel.InID{Chain: r.Chain.ID, Consumer: r.Who}, r.Seqs)
		out = o
		return []channel.HubEvent{e}, err
	})
	if err != nil {
		return channel.Orders{}, err
	}
	d, err := out.Digest()
	if err != nil {
		return channel.Orders{}, err
	}
	out.Sig = h.cfg.Key.Sign(d)
	return out, nil
}

// Payout returns the newest payouts of the provider that asks.
func (h *Hub) Payout(r channel.Request) (channel.Payouts, error) {
	if err := h.check(r, channel.AskPayout); err != nil {
		return channel.Payouts{}, err
	}
	if r.Held != nil {
		if err := r.Held.Payout.Verify(h.address, r.Chain.Domain()); err != nil {
			return channel.Payouts{}, wherry.Errorf(wherry.Forbidden, "the payout that was shown: %w", err)
		}
	}
	var out channel.Payouts
	err := h.change(func() ([]channel.HubEvent, error) {
		var shown channel.HubEvent
		if r.Held != nil {
			shown = h.shown(r.Chain.ID, *r.Held)
		}
		var err error
		out, err = h.book.Payouts(channel.ProviderID{Chain: r.Chain.ID, Provider: r.Who})
		if r.Held != nil && wherry.CodeOf(err) == wherry.NotFound { // the book may be older than the provider
			out, err = h.book.PayoutsTo(r.Who, channel.OutID{Chain: r.Chain.ID, Payee: r.Held.Payout.Payee}), nil
		}
		return []channel.HubEvent{shown}, err
	})
	if err != nil {
		return channel.Payouts{}, err
	}
	sign := func(p *channel.SignedPayout) {
		if !p.IsZero() {
			p.Sig = h.cfg.Key.Sign(p.Payout().Digest(r.Chain.Domain()))
		}
	}
	sign(&out.Unlocked)
	for i := range out.Earlier {
		sign(&out.Earlier[i])
	}
	for i := range out.Open {
		sign(&out.Open[i].Locked)
	}
	return out, nil
}

// Account returns what the book holds of the consumer that asks.
func (h *Hub) Account(r channel.Request) (channel.Account, error) {
	if err := h.check(r, channel.AskAccount); err != nil {
		return channel.Account{}, err
	}
	var out channel.Account
	err := h.change(func() ([]channel.HubEvent, error) {
		var err error
		out, err = h.book.Account(channel.InID{Chain: r.Chain.ID, Consumer: r.Who})
		return nil, err
	})
	if !out.Newest.IsZero() {
		out.Newest = out.Newest.Straight(h.address)
	}
	return out, err
}
