package hub

import (
	"context"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/channel"
)

// Drain stops taking orders, waits until every open one is revealed or void, and
// then collects and pays everything: after it the hub can be stopped, and
// nobody waits for it. Preimages, payouts and leaving are served all the while.
// Pending means that ctx ended before; the hub stays closed to orders until
// Undrain or a restart.
func (h *Hub) Drain(ctx context.Context) error {
	if !h.draining.Swap(true) {
		h.log.Info("hub is being drained")
	}
	t := time.NewTicker(max(h.cfg.Poll/2, 10*time.Millisecond))
	defer t.Stop()
	for !h.Totals().Pending.IsZero() {
		select {
		case <-ctx.Done():
			return wherry.Errorf(wherry.Pending, "orders are unrevealed still; until they are revealed or expire the hub has to run: %w", ctx.Err())
		case <-t.C:
		}
	}
	return h.SettleNow(ctx)
}

// Undrain takes orders again.
func (h *Hub) Undrain() {
	if h.draining.Swap(false) {
		h.log.Info("hub takes orders again")
	}
}

// rulesNow returns the rules for the next batch.
func (h *Hub) rulesNow() channel.HubRules {
	r := h.rules
	r.Closed = h.draining.Load()
	return r
}
