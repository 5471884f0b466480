package node

import (
	"context"
	"slices"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/session/consumer"
	"github.com/wherrynet/wherry/session/consumer/tunnel"
)

// Status says where the tunnel is.
func (v *VPN) Status() api.Status {
	v.mu.Lock()
	m, settings, holds := v.machine, v.settings, v.holds
	problems := slices.Clone(v.problems)
	s := v.slots[m.Current]
	with, was := v.last, v.lastWas
	var r ride
	if s != nil && s.ride != nil {
		with, r = s.with, s.ride
	}
	v.mu.Unlock()
	st := api.Status{
		State: api.State(m.State.String()), Since: m.Since.UTC(), Try: m.Try, Settings: settings, Problems: problems,
		Closed: holds.Policy != tunnel.Everything && (m.Shut || m.Pending),
	}
	if m.State == tunnel.Connected {
		st.Try = 0
	}
	if m.Cause != "" {
		i := m.Cause.Info()
		st.Cause = &api.Cause{Code: i.Code, Message: or(m.Why, i.Meaning)}
	}
	if m.State == tunnel.Blocked {
		st.ToGoOn = api.ToGoOn(m.Cause.Info().Code, settings.Lockdown)
	}
	if m.Wanted() {
		st.Wanted = &api.Wanted{Place: m.Wish.Place, Provider: m.Wish.Provider}
	}
	if v.outside != nil && v.outside.Asking() {
		st.Problems = append(st.Problems, api.Problem{Code: wherry.Pending, Message: "the address of a hub or a chain is asked for beside the tunnel, since it is not remembered"})
	}
	if m.Unsaved {
		st.Problems = append(st.Problems, api.Problem{Code: wherry.Internal, Message: string(tunnel.NotSaved)})
	}
	if r != nil {
		v.session(&st, with, r.State())
		sent, received := r.Count()
		st.Carried.UpBytes, st.Carried.DownBytes = sent, received
		st.Carried.UpBitsPerSecond, st.Carried.DownBitsPerSecond = s.speed(v, time.Now(), sent, received)
	} else if !with.Peer.Address.IsZero() {
		st.Spent.Session = Money{Amount: was.Spent}
	}
	st.Limits = v.limits(m.Wish)
	if v.spend != nil {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_, day, _ := v.spend.figures(ctx)
		st.Spent.Day = &Money{Amount: day}
		if st.PaidThrough != nil {
			c := v.channel(ctx, *st.PaidThrough)
			st.PaidThrough = &c
		}
	}
	return st.Fill()
}

// session fills in who carries.
func (v *VPN) session(st *api.Status, with company, s consumer.State) {
	peer, price, through, id := with.Peer, api.PriceOf(with.Rate), with.Through, with.Session
	st.Provider, st.Price, st.PaidThrough, st.Session, st.Protocol = &peer, &price, &through, &id, "wireguard"
	st.Spent.Session, st.AtRisk = Money{Amount: s.Spent}, Money{Amount: s.AtRisk}
}

// limits returns what nothing is signed beyond.
func (v *VPN) limits(w tunnel.Wish) (l api.Limits) {
	if v.buyer == nil {
		return l
	}
	c := v.buyer.cfg
	money := func(a wherry.Amount) *api.Money { return &Money{Amount: a} }
	ceiling := c.ceiling()
	l.Session = money(or(w.Budget, or(c.Consumer.Budget, wherry.Tokens(2))))
	l.MaxPerGiB, l.MaxPerHour = money(or(w.MaxPerGiB, ceiling.PerGiB)), money(or(w.MaxPerHour, ceiling.PerHour))
	if !c.Consumer.BudgetPerDay.IsZero() {
		l.Day = money(c.Consumer.BudgetPerDay)
	}
	return l
}

// channel fills in what a deposit has left.
func (v *VPN) channel(ctx context.Context, c api.Channel) api.Channel {
	all, _ := v.buyer.money.Balances(ctx) // without it the figures are left out
	for _, b := range all {
		if b.Hub == c.Hub && b.ChainID == c.Chain {
			c.Left, c.Deposit = Money{Amount: b.Left}, Money{Amount: b.Deposit}
		}
	}
	return c
}

// opened and closed tell of sessions.
func (v *VPN) opened(with company) {
	v.tell(Event{
		Event: EventOpened, Session: with.Session, Provider: with.Peer.Called(), Place: with.Peer.Place().String(), Hub: with.Hub,
		PerGiB: Money{Amount: with.Rate.PerGiB}, PerHour: Money{Amount: with.Rate.PerHour}, Milliseconds: with.RTT.Milliseconds(),
	})
}

func (v *VPN) closed(with company, s consumer.State, err error) {
	e := Event{
		Event: EventClosed, Session: with.Session, Provider: with.Peer.Called(), Spent: Money{Amount: s.Spent}, AtRisk: Money{Amount: s.AtRisk}, Bytes: s.Use.Bytes,
	}
	if err != nil {
		e.Code, e.Reason = wherry.CodeOf(err), err.Error()
	}
	v.tell(e)
}

// speed returns what was carried per second since the last time it was asked for,
// a second ago at least.
func (s *slot) speed(v *VPN, now time.Time, sent, received uint64) (up, down uint64) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if d := now.Sub(s.speedAt); d >= time.Second {
		if !s.speedAt.IsZero() {
			per := func(n uint64) uint64 { return uint64(float64(n) * 8 / d.Seconds()) } // a figure to look at
			s.up, s.down = per(sent-s.speedSent), per(received-s.speedReceived)
		}
		s.speedAt, s.speedSent, s.speedReceived = now, sent, received
	}
	return s.up, s.down
}
