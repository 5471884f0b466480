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
// Pending means that ctx ended before. The hub stays closed to orders, after a restart
// and on whatever machine takes over too, until Undrain: that stands in its journal.
func (h *Hub) Drain(ctx context.Context) error {
	if err := h.setDrain(true); err != nil {
		return err
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
func (h *Hub) Undrain() error { return h.setDrain(false) }

func (h *Hub) setDrain(on bool) error {
	news := false
	err := h.change(func() ([]channel.HubEvent, error) {
		e := h.book.Drain(on)
		news = e.Drain != nil
		return []channel.HubEvent{e}, nil
	})
	if err == nil && news {
		h.log.Info("whether the hub takes orders has changed", "draining", on)
	}
	return err
}

// rulesNow returns the rules for the next batch. It is called with mu held.
func (h *Hub) rulesNow() channel.HubRules {
	r := h.rules
	r.Closed = h.book.Draining()
	return r
}
