package earnings

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/onchain"
)

// The ways in which a payee comes to its money.
const (
	RoutePush   = "push"   // the hub pays by itself, at its own cost
	RouteSettle = "settle" // the payee puts the newest unlocked payout on chain
	RouteReveal = "reveal" // the same with the newest locked one, which shows its preimage: without the hub only
)

// Route is one way to the money, and what it brings.
type Route struct {
	Name        string        `json:"name"`
	Arrives     wherry.Amount `json:"arrives"`
	FromReserve wherry.Amount `json:"from_reserve"` // of that, sure whatever the hub does
	FromFree    wherry.Amount `json:"from_free"`    // of that, as long as the hub leaves it there
	Cost        chain.Cost    `json:"cost"`
	Expires     time.Time     `json:"expires"`           // when this way ends; zero for never
	Why         string        `json:"why,omitempty"`     // what stands in the way now
	Waiting     string        `json:"waiting,omitempty"` // what it waits for
}

// Possible reports whether the route can be taken now.
func (r Route) Possible() bool { return r.Why == "" }

// TickOutlook is a tick whose payout is not unlocked.
type TickOutlook struct {
	Amount  wherry.Amount `json:"amount"` // that it adds
	State   string        `json:"state"`
	Expires time.Time     `json:"expires"` // by the time of the payee's chain
	Left    time.Duration `json:"left"`
	Todo    string        `json:"todo"` // wait, reveal, settle or drop, as a running book does by itself
}

// Outlook is what a payee has with one hub, and the ways to it.
type Outlook struct {
	Hub      wherry.Address `json:"hub"`
	ChainID  uint64         `json:"chain_id"`
	Payee    wherry.Address `json:"payee"`
	Due      wherry.Amount  `json:"due"`      // by the newest unlocked payout, beyond what was paid
	Reserved wherry.Amount  `json:"reserved"` // the least that any view of the chain says
	Free     wherry.Amount  `json:"free"`     // of the hub, for all its payees
	Routes   []Route        `json:"routes"`
	Ticks    []TickOutlook  `json:"ticks"`
}

// HubWord is what a hub says of itself; the zero HubWord is a hub that is silent.
type HubWord struct {
	Answers bool
	MinPush wherry.Amount // what it pays by itself at least
}

// Outlook compares the ways to the money. Nothing is sent.
func (b *Book) Outlook(ctx context.Context, hub HubWord) (Outlook, error) {
	o := Outlook{Hub: b.cfg.Hub, ChainID: b.b.ChainID, Payee: b.cfg.Payee, Ticks: []TickOutlook{}}
	v, err := b.standing(ctx)
	if err != nil {
		return o, err
	}
	o.Due, o.Reserved, o.Free = v.unlocked.Total.SubFloor(v.out.Settled), v.out.Reserved, v.free
	push := Route{Name: RoutePush, Arrives: o.Due, FromReserve: o.Due.Min(o.Reserved), FromFree: o.Due.SubFloor(o.Reserved)}
	switch {
	case !hub.Answers:
		push.Why = "the hub does not answer"
	case o.Due.Less(hub.MinPush):
		push.Waiting = "the hub pays " + hub.MinPush.String() + " at least"
	default:
		push.Waiting = "the hub pays when it likes, after a day as a rule"
	}
	if o.Due.IsZero() {
		push.Why = "nothing is due"
	}
	o.Routes = append(o.Routes, push)
	alone, err := b.route(ctx, v, RouteSettle, v.unlocked)
	if err != nil {
		return o, err
	}
	o.Routes = append(o.Routes, alone)
	if t, ok := v.best(); ok {
		r, err := b.route(ctx, v, RouteReveal, t.Locked)
		if err != nil {
			return o, err
		}
		r.Expires = time.Unix(int64(t.Locked.Expiry), 0).UTC()
		if hub.Answers && r.Why == "" {
			r.Why = "the hub answers: it is shown the preimage for nothing"
		}
		o.Routes = append(o.Routes, r)
	}
	for _, t := range v.ticks {
		o.Ticks = append(o.Ticks, TickOutlook{
			Amount: t.Net, State: t.State.String(), Expires: time.Unix(int64(t.Locked.Expiry), 0).UTC(),
			Left: t.Locked.TimeLeft(v.now), Todo: v.book.Decide(t, v.now, v.reserve).String(),
		})
	}
	return o, nil
}

// standing is what the book and the chain say at one time.
type standing struct {
	book     channel.Payee // to decide with, not to change
	unlocked channel.SignedPayout
	ticks    []channel.Tick // whose payouts are locked
	reserve  channel.Reserve
	out      chain.Out // newest, with the least reserve
	free     wherry.Amount
	now      time.Time // of the chain
}

func (b *Book) standing(ctx context.Context) (v standing, err error) {
	head, err := b.cfg.Chain.Head(ctx, chain.Latest)
	if err != nil {
		return v, err
	}
	if v.reserve, err = b.readReserve(ctx, &v.out); err != nil {
		return v, err
	}
	self, err := b.cfg.Chain.Hub(ctx, b.cfg.Hub, chain.Latest)
	if err != nil {
		return v, err
	}
	if !self.Retired {
		v.free = self.Free
	}
	v.now, v.out.Reserved = head.Time, v.reserve.Counts()
	b.mu.Lock()
	defer b.mu.Unlock()
	book, err := b.reload(ctx)
	if err != nil {
		return v, err
	}
	v.book, v.unlocked = *book, book.Unlocked()
	v.ticks = append(book.Ticks(channel.Kept), book.Ticks(channel.Shown)...)
	return v, nil
}

// readReserve reads the hub's side towards the payee in both views.
func (b *Book) readReserve(ctx context.Context, latest *chain.Out) (channel.Reserve, error) {
	final, err := b.cfg.Chain.Out(ctx, b.cfg.Hub, b.cfg.Payee, chain.Final)
	if err == nil {
		*latest, err = b.cfg.Chain.Out(ctx, b.cfg.Hub, b.cfg.Payee, chain.Latest)
	}
	return channel.Reserve{Final: final.Reserved, Head: latest.Reserved, Settled: final.Settled, UnlockAt: latest.UnlockAt}, err
}

// best returns the tick that brings most when it is settled now. The contract
// pays up to one total, so that only the largest counts; and it is not shown for
// more than stands behind it, or so late that its payout may expire first.
func (v standing) best() (best channel.Tick, ok bool) {
	for _, t := range v.ticks {
		covered := !v.reserve.Counts().Less(t.Locked.Total.SubFloor(v.reserve.Settled).SubFloor(v.book.Trust))
		if t.Locked.TimeLeft(v.now) < channel.SettleUntil || !covered || !v.unlocked.Total.Less(t.Locked.Total) {
			continue
		}
		if !ok || best.Locked.Total.Less(t.Locked.Total) {
			best, ok = t, true
		}
	}
	return best, ok
}

// route says what a payout brings when the payee settles it.
func (b *Book) route(ctx context.Context, v standing, name string, p channel.SignedPayout) (Route, error) {
	due := p.Total.SubFloor(v.out.Settled)
	r := Route{Name: name, FromReserve: due.Min(v.out.Reserved)}
	r.FromFree = due.SubFloor(r.FromReserve).Min(v.free)
	r.Arrives = r.FromReserve
	if sum, err := r.FromReserve.Add(r.FromFree); err == nil {
		r.Arrives = sum
	}
	switch {
	case p.IsZero() || due.IsZero():
		r.Why = "nothing is due"
		return r, nil
	case r.Arrives.IsZero():
		r.Why = "the hub has neither a reserve for this payee nor free money"
		return r, nil
	}
	var err error
	t, _, err := b.tick(ctx, p.Hashlock)
	if err != nil {
		return r, err
	}
	s := Settlement{payout: p}
	r.Cost, err = b.cfg.Chain.Simulate(ctx, b.cfg.Key.Address(), s.call(b, t.ID))
	switch code := wherry.CodeOf(err); code {
	case "":
	case wherry.NotFunded:
		r.Why = err.Error()
	default:
		if _, refused := errors.AsType[chain.Refusal](err); !refused {
			return r, err
		}
		r.Why = err.Error()
	}
	return r, nil
}

// SettleAlone settles what the newest payouts and the hub's money cover, without
// the hub: by the newest unlocked payout or, with reveal, by the largest locked
// one where that brings more, which shows its preimage to everybody. What is
// under way already is returned instead of another. Nothing to settle is
// Conflict. Run takes it to its end; see Wait.
func (b *Book) SettleAlone(ctx context.Context, reveal bool) (Settlement, error) {
	b.alone.Lock()
	defer b.alone.Unlock()
	open, err := b.settlements(ctx, `WHERE s.state NOT IN ('final', 'failed') ORDER BY s.total DESC, s.id`)
	if err != nil {
		return Settlement{}, err
	}
	if len(open) > 0 {
		return slices.MaxFunc(open, func(x, y Settlement) int { return x.Total.Cmp(y.Total) }), nil
	}
	if !reveal {
		return b.Settle(ctx, false)
	}
	v, err := b.standing(ctx)
	if err != nil {
		return Settlement{}, err
	}
	t, ok := v.best()
	if !ok {
		return b.Settle(ctx, false)
	}
	if r, err := b.route(ctx, v, RouteReveal, t.Locked); err != nil || !r.Possible() {
		if err == nil {
			err = wherry.Errorf(wherry.NotFunded, "settle: %s", r.Why)
		}
		return Settlement{}, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	book, err := b.reload(ctx)
	if err != nil {
		return Settlement{}, err
	}
	if err := b.planTick(ctx, book, t); err != nil {
		return Settlement{}, err
	}
	all, err := b.settlements(ctx, `WHERE s.lock = ? ORDER BY s.id DESC`, t.Lock[:])
	if err != nil {
		return Settlement{}, err
	}
	if len(all) == 0 || all[0].State == onchain.Failed {
		return Settlement{}, wherry.Errorf(wherry.Busy, "the last try to settle this failed a short time ago: come back in a minute")
	}
	return all[0], nil
}
