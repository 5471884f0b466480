package node

import (
	"context"
	"time"

	"github.com/wherrynet/wherry"
)

// watchHub asks a session's hub for its terms now and then, until ctx ends. Once
// they are worse than what was agreed to, or the hub has failed a check, it says so,
// and ends: nothing more is to be signed.
func (b *buyer) watchHub(ctx context.Context, through way, worse func(error)) {
	every := time.NewTicker(or(time.Duration(b.cfg.CheckEvery), termsEvery))
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
		err := b.money.pins.agreed(ctx, through.hub, through.id.A.ChainID)
		if wherry.CodeOf(err) != wherry.TermsChanged {
			err = b.money.backings.of(through.id.Hub).trouble(ctx)
		}
		if err != nil {
			b.log.Warn("nothing more is paid through a hub", "err", err)
			worse(err)
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
