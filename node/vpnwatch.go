package node

import (
	"context"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/host/guard"
	"github.com/wherrynet/wherry/session/consumer/tunnel"
)

// watchGuard passes on what others do to this computer's network.
func (v *VPN) watchGuard(ctx context.Context) error {
	if !v.online() {
		v.queue.add(tunnel.LinkDown{})
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case c, ok := <-v.guard.Changes():
			if !ok {
				return wherry.Errorf(wherry.Unreachable, "the guard has ended; what it has closed stays closed")
			}
			v.guardSays(c)
		}
	}
}

func (v *VPN) guardSays(c guard.Change) {
	switch c.What {
	case guard.Repaired:
		v.log.Warn("another program changed what the guard had set; it is set again", "what", c.Detail)
		v.problem(api.Problem{Code: wherry.Conflict, Message: "another program changed the firewall, the routes or the DNS settings (" + c.Detail + "); they are as they were", Try: []string{"find out which program that is"}})
	case guard.Failed:
		v.log.Error("another program changed what the guard had set", "what", c.Detail)
		v.queue.add(tunnel.GuardChanged{})
	case guard.Rival:
		v.log.Warn("another program's routes come before the tunnel's", "what", c.Detail)
		v.problem(api.Problem{Code: wherry.Conflict, Message: "another program's routing rule comes before ours: " + c.Detail, Try: []string{"end the other VPN"}})
	case guard.Links, guard.Address, guard.Gateway:
		switch up := v.online(); {
		case !up:
			v.queue.add(tunnel.LinkDown{})
		case v.state().Offline:
			v.queue.add(tunnel.LinkUp{})
		default:
			v.queue.add(tunnel.Moved{})
		}
	}
}

// clockEvery is how often the clocks are compared.
const clockEvery = time.Second

// watchClock notices that the computer has slept, or that its clock was set: then
// the clock on the wall has gone further than the one that runs.
func (v *VPN) watchClock(ctx context.Context) error {
	every := time.NewTicker(clockEvery)
	defer every.Stop()
	last := time.Now()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-every.C:
		}
		now := time.Now()
		if jumped(last, now) {
			v.log.Info("this computer has slept, or its clock was set")
			v.queue.add(tunnel.Woke{})
		}
		last = now
	}
}

// jumped reports whether between two readings the wall's clock went further than
// the one that runs, or less far, by more than two ticks.
func jumped(last, now time.Time) bool {
	wall, ran := now.Round(0).Sub(last.Round(0)), now.Sub(last)
	return (wall-ran).Abs() > 2*clockEvery || ran > 10*clockEvery // some systems' clocks run while they sleep
}

// meansEvery is how often a blocked tunnel looks whether it can go on.
const meansEvery = 3 * time.Second

// watchMeans looks, while money or offers stand in the way, whether they still do.
func (v *VPN) watchMeans(ctx context.Context) error {
	every := time.NewTicker(meansEvery)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-every.C:
		}
		m := v.state()
		if m.State == tunnel.Connected && v.buyer.stale() {
			_ = v.buyer.check(ctx) // so that a session can be replaced without asking first
		}
		if m.State != tunnel.Blocked {
			continue
		}
		switch m.Cause {
		case tunnel.NotFunded, tunnel.OverBudget, tunnel.TermsChanged, tunnel.NoOffer, tunnel.PriceTooHigh:
		default:
			continue
		}
		v.buyer.forget()
		if m.Cause == tunnel.NoOffer || m.Cause == tunnel.PriceTooHigh {
			if err := v.buyer.market.pull(ctx); err != nil {
				continue
			}
		}
		if err := v.dealer.Begin(ctx, m.Wish); err != nil {
			continue
		}
		if _, err := v.dealer.Fit(ctx, m.Wish); err == nil {
			v.queue.add(tunnel.Eased{})
		}
	}
}
