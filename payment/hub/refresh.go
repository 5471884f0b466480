package hub

import "context"

// Refresh looks at every chain once, one after the other, and does what Run does
// with each look. Simulations, which have to do the same things in the same
// order each time, call it in place of Run, and never beside it.
func (h *Hub) Refresh(ctx context.Context) {
	for _, w := range h.watches {
		w.step(ctx)
		h.snapshot()
	}
}
