package node

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/session/consumer/tunnel"
)

// Connect wishes for a tunnel, in the place of the wish before it. It returns nil
// once traffic passes, and an error when that can't be: either nothing has
// changed, where the wish was refused, or the computer is closed and blocked and
// goes on trying, which Status shows. When ctx ends before that it is Pending.
func (v *VPN) Connect(ctx context.Context, c api.Connect) error {
	if err := c.Check(); err != nil {
		return err
	}
	if v.guard == nil {
		return wherry.Errorf(wherry.Forbidden, "this program has no rights over the computer's network, so it could not keep it closed: run the daemon as root, or use wherry proxy")
	}
	if v.buyer != nil {
		v.buyer.pardon()
	}
	return v.settled(ctx, v.queue.add(tunnel.Connect{Wish: wishOf(c, time.Now())}))
}

// wishOf turns what is asked for into a wish.
func wishOf(c api.Connect, now time.Time) tunnel.Wish {
	w := tunnel.Wish{Place: c.Place, Provider: c.Provider, IPType: c.IPType, Since: now.UTC().Round(0)}
	amount := func(m *api.Money) (a wherry.Amount) {
		if m != nil {
			a = m.Amount
		}
		return a
	}
	w.MaxPerGiB, w.MaxPerHour, w.Budget = amount(c.MaxPerGiB), amount(c.MaxPerHour), amount(c.Budget)
	if c.Spare != nil {
		w.Spare = api.Off
		if *c.Spare {
			w.Spare = api.On
		}
	}
	return w
}

// settled waits until an order, by its number in the queue, has come to something.
func (v *VPN) settled(ctx context.Context, order uint64) error {
	for {
		v.mu.Lock()
		m, taken, changed := v.machine, v.taken, v.changed
		v.mu.Unlock()
		if taken >= order {
			switch m.State {
			case tunnel.Connected:
				return nil
			case tunnel.Blocked:
				return wherry.Errorf(m.Cause.Info().Code, "%s", or(m.Why, m.Cause.Info().Meaning))
			case tunnel.Disconnected:
				if m.Cause == "" {
					return wherry.Errorf(wherry.Interrupted, "disconnected meanwhile")
				}
				return wherry.Errorf(m.Cause.Info().Code, "%s", or(m.Why, m.Cause.Info().Meaning))
			case tunnel.Connecting, tunnel.Reconnecting, tunnel.Disconnecting:
			}
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return wherry.Errorf(wherry.Pending, "not connected yet; it goes on")
		}
	}
}

// Disconnect pays and leaves the session and opens the computer, or with lockdown
// leaves it closed. It returns when that is done; nil when it was before.
func (v *VPN) Disconnect(ctx context.Context) error {
	order := v.queue.add(tunnel.Disconnect{})
	for {
		v.mu.Lock()
		m, taken, changed := v.machine, v.taken, v.changed
		v.mu.Unlock()
		if m.State == tunnel.Disconnected && taken >= order {
			return nil
		}
		if m.State == tunnel.Disconnecting && m.Cause == tunnel.GuardFailed {
			return wherry.Errorf(wherry.Internal, "%s", m.Why)
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return wherry.Errorf(wherry.Pending, "not disconnected yet; it goes on")
		}
	}
}

// Reconnect leaves the session for another one under the same wish; with other,
// with somebody else. Conflict when nothing is wished for.
func (v *VPN) Reconnect(ctx context.Context, other bool) error {
	v.mu.Lock()
	m, s := v.machine, v.slots[v.machine.Current]
	var with company
	if s != nil {
		with = s.with
	}
	v.mu.Unlock()
	if !m.Wanted() || m.Wish == (tunnel.Wish{}) {
		return wherry.Errorf(wherry.Conflict, "nothing is connected: wherry connect")
	}
	if v.buyer != nil {
		v.buyer.pardon()
	}
	if other && s != nil {
		v.dealer.Shun(with.candidate)
	}
	return v.settled(ctx, v.queue.add(tunnel.Reconnect{}))
}

// Settings returns the settings as they hold.
func (v *VPN) Settings() api.Settings {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.settings
}

// Set changes settings: on disk first, and then at once. It returns when they are
// in force.
func (v *VPN) Set(ctx context.Context, p api.SettingsPatch) (api.Settings, error) {
	v.mu.Lock()
	next, err := v.settings.With(p)
	v.mu.Unlock()
	if err != nil {
		return api.Settings{}, err
	}
	if len(next.DNSBlock) > 0 {
		return api.Settings{}, wherry.Errorf(wherry.Invalid, "dns-block: this version resolves every name")
	}
	if next.Lockdown && v.guard == nil {
		return api.Settings{}, wherry.Errorf(wherry.Forbidden, "lockdown: this program has no rights over the computer's network: run the daemon as root")
	}
	if v.options.Save != nil {
		if err := v.options.Save(next); err != nil {
			return api.Settings{}, err
		}
	}
	v.mu.Lock()
	v.settings = next
	v.mu.Unlock()
	return next, v.inForce(ctx, v.queue.add(tunnel.Changed{Settings: v.tunnelSettings()}))
}

// inForce waits until the guard has what an order, by its number in the queue,
// asks of it.
func (v *VPN) inForce(ctx context.Context, order uint64) error {
	for {
		v.mu.Lock()
		m, taken, changed := v.machine, v.taken, v.changed
		v.mu.Unlock()
		switch {
		case taken < order:
		case m.Cause == tunnel.GuardFailed:
			return wherry.Errorf(wherry.Internal, "the settings are kept, and the guard could not be set: %s", m.Why)
		case !m.Pending && !m.Stale && m.State != tunnel.Disconnecting:
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return wherry.Errorf(wherry.Pending, "the settings are kept and not in force yet")
		}
	}
}

// Plan says what Connect would do now, and does nothing.
func (v *VPN) Plan(ctx context.Context, c api.Connect) (api.Plan, error) {
	if err := c.Check(); err != nil {
		return api.Plan{}, err
	}
	w := wishOf(c, time.Now())
	fit, err := v.dealer.Fit(ctx, w)
	if err != nil {
		return api.Plan{}, err
	}
	p := api.Plan{Schema: api.PlanSchema, Provider: fit[0].Peer, Price: api.PriceOf(fit[0].Rate), Limits: v.limits(w), Others: len(fit) - 1}
	if with, ok := fit[0].deal.(trade); ok {
		p.PaidThrough = v.channel(ctx, api.Channel{Hub: with.through.id.Hub, Name: with.through.hub.Name, Chain: with.through.id.A.ChainID})
		p.AtRisk = Money{Amount: least(&with.pick.Offer.Offer)}
	}
	return p, nil
}

// Offers asks the market.
func (v *VPN) Offers(ctx context.Context, q api.OffersQuery) (api.Offers, error) {
	all, err := v.buyer.market.offers(ctx)
	if err != nil {
		return api.Offers{}, err
	}
	return offersOf(all, q)
}

// Watch yields the status now and after each change, and once a second while
// traffic passes. Who is slow misses what lay between.
func (v *VPN) Watch(ctx context.Context) iter.Seq[api.Status] {
	return func(yield func(api.Status) bool) {
		every := time.NewTicker(time.Second)
		defer every.Stop()
		for {
			v.mu.Lock()
			changed := v.changed
			v.mu.Unlock()
			if !yield(v.Status()) {
				return
			}
			var tick <-chan time.Time
			if slices.Contains([]tunnel.State{tunnel.Connected, tunnel.Reconnecting}, v.state().State) {
				tick = every.C
			}
			select {
			case <-changed:
			case <-tick:
			case <-ctx.Done():
				return
			}
		}
	}
}
