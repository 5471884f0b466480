package node

import (
	"context"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/channel"
)

// spender is a purse with the limits that hold over all sessions of a wish and of
// a day (UTC), whoever the provider is. It is the one place that signs, so nothing
// passes them.
type spender struct {
	*purse
	cfg  Config
	tell func(Event)

	mu      sync.Mutex // guards what follows, and is held while a promise is signed
	budget  wherry.Amount
	since   time.Time // when the wish began
	spent   wherry.Amount
	day     time.Time // the day that spentDay is of
	daily   wherry.Amount
	whyNot  map[wherry.SessionID]error
	stopped map[channel.ID]error // hubs through which nothing more is signed
}

func newSpender(p *purse, c Config, tell func(Event)) *spender {
	return &spender{purse: p, cfg: c, tell: tell, whyNot: map[wherry.SessionID]error{}, stopped: map[channel.ID]error{}}
}

// wish begins to count for a wish: what was signed since it began counts, also by
// a process before this one.
func (s *spender) wish(ctx context.Context, since time.Time, budget wherry.Amount) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.budget = budget
	if s.since.Equal(since) && !since.IsZero() {
		return nil
	}
	spent, err := s.SpentSince(ctx, since)
	if err != nil {
		return err
	}
	s.since, s.spent = since, spent
	clear(s.stopped)
	clear(s.whyNot)
	return s.turn(ctx, time.Now())
}

// turn counts the day anew when it is another. The caller holds mu.
func (s *spender) turn(ctx context.Context, now time.Time) error {
	today := now.UTC().Truncate(24 * time.Hour)
	if s.day.Equal(today) {
		return nil
	}
	daily, err := s.SpentSince(ctx, today)
	if err == nil {
		s.day, s.daily = today, daily
	}
	return err
}

// left returns what may still be signed, and the error when that is less than
// some amount.
func (s *spender) left(ctx context.Context, least wherry.Amount) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.turn(ctx, time.Now()); err != nil {
		return err
	}
	return s.allows(least)
}

// allows reports whether so much more may be signed. The caller holds mu.
func (s *spender) allows(more wherry.Amount) error {
	over := func(spent, most wherry.Amount) bool {
		sum, err := spent.Add(more)
		return err != nil || most.Less(sum)
	}
	switch daily := s.cfg.Consumer.BudgetPerDay; {
	case over(s.spent, s.budget):
		return wherry.Errorf(wherry.OverBudget, "the budget of this connection is spent: %s of %s", s.spent, s.budget)
	case !daily.IsZero() && over(s.daily, daily):
		return wherry.Errorf(wherry.OverBudget, "today's budget is spent: %s of %s", s.daily, daily)
	}
	return nil
}

// Pay implements consumer.Payer.
func (s *spender) Pay(ctx context.Context, id channel.ID, order typed.Order, lock wherry.Hash, limits channel.Limits) (channel.SignedPromise, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.turn(ctx, time.Now())
	if err == nil {
		err = s.allows(order.Amount)
	}
	if err == nil {
		err = s.stopped[id]
	}
	var sp channel.SignedPromise
	if err == nil {
		sp, err = s.purse.Pay(ctx, id, order, lock, limits)
	}
	if err != nil {
		s.whyNot[order.Session] = err
		return sp, err
	}
	// What is signed twice for one lock is counted twice until the next start: the
	// safe side.
	s.spent, err = s.spent.Add(sp.Order.Amount)
	if err == nil {
		s.daily, err = s.daily.Add(sp.Order.Amount)
	}
	if err == nil && s.tell != nil {
		s.tell(Event{Event: EventPromise, Session: sp.Order.Session, Amount: Money{Amount: sp.Order.Amount}, Total: Money{Amount: sp.Total}})
	}
	return sp, err
}

// refusal returns why the wallet itself did not sign for a session, once; nil
// where it always did.
func (s *spender) refusal(id wherry.SessionID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.whyNot[id]
	delete(s.whyNot, id)
	return err
}

// stop signs nothing more through a hub under this wish.
func (s *spender) stop(id channel.ID, why error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopped[id] = wherry.Errorf(wherry.Refused, "%w", why) // another hub may do
}

// figures returns what was signed under the wish and today.
func (s *spender) figures(ctx context.Context) (wish, day, budget wherry.Amount) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.turn(ctx, time.Now()) // an old figure is better than none
	return s.spent, s.daily, s.budget
}
