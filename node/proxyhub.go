package node

import (
	"context"
	"time"

	"github.com/wherrynet/wherry"
)

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
