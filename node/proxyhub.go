package node

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/market/choose"
	"github.com/wherrynet/wherry/market/offer"
)

// noWay says through which hubs a provider can be paid, none of which can be used
// now.
func (p *proxy) noWay(c choose.Candidate) error {
	var names []string
	code := wherry.NotFunded
	for _, r := range c.Hubs {
		name := r.Hub.String()
		if h, err := p.network.Hub(r.Hub); err == nil {
			name = h.Called()
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	o := &c.Offer.Offer
	return wherry.Errorf(code, "provider %s in %s is paid through hub %s alone, with which there is no deposit that can be used: wherry wallet topup AMOUNT --hub %s",
		or(o.Name, o.Provider.String()), o.Place, strings.Join(names, " or "), names[0])
}

// is reports whether a hub of an offer is w's.
func (w way) is(h offer.HubRef) bool { return h.Hub == w.id.Hub && h.ChainID == w.id.A.ChainID }

// through returns the way by which a provider is paid: of those that it takes the
// fullest.
func (p *proxy) through(c choose.Candidate) (way, error) {
	for _, w := range p.usable {
		if slices.ContainsFunc(c.Hubs, w.is) {
			return w, nil
		}
	}
	return way{}, p.noWay(c)
}

// shun leaves a provider alone for a while after a session that failed, unless
// its hub is what has failed: then it says so, and the next try goes through
// another.
func (p *proxy) shun(ctx context.Context, provider wherry.Address, through way) error {
	asking, cancel := context.WithTimeout(ctx, hubWait)
	defer cancel()
	if err := through.client.Health(asking); err != nil && ctx.Err() == nil {
		p.log.Warn("hub does not answer", "hub", through.hub.Called(), "err", err)
		return wherry.Errorf(wherry.Unreachable, "hub %s does not answer: %w", through.hub.Called(), err)
	}
	p.shunned[provider] = time.Now().Add(shunFor)
	return nil
}

// watchHub asks the session's hub for its terms now and then. Once they are worse
// than what was agreed to, or the hub has failed a check, nothing more is signed.
func (p *proxy) watchHub(ctx context.Context, through way) {
	every := time.NewTicker(or(time.Duration(p.cfg.CheckEvery), termsEvery))
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
		err := p.money.pins.agreed(ctx, through.hub, through.id.A.ChainID)
		worse := wherry.CodeOf(err) == wherry.TermsChanged
		if why := p.money.backings.of(through.id.Hub).trouble(ctx); !worse && why != nil {
			worse, err = true, why
		}
		if worse {
			p.log.Warn("nothing more is paid through a hub", "err", err)
			p.setStopped(err)
			return
		}
	}
}

func (p *proxy) setStopped(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stopped = err
}

func (p *proxy) stopReason() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stopped
}
