package hub

import (
	"github.com/wherrynet/wherry/payment/channel"
)

// lose takes note that the journal is not whole. It is called with mu held, and
// its event has to be recorded.
func (h *Hub) lose(why string) channel.HubEvent {
	e := h.book.Lose(why)
	if e.Lost != nil {
		h.log.Error("journal is not whole: the hub takes no orders any more", "why", e.Lost.Why)
	}
	return e
}

// shown takes note of a payout that its payee shows, as lose does.
func (h *Hub) shown(chain uint64, p channel.HeldPayout) channel.HubEvent {
	before := h.book.Whole()
	e := h.book.Show(chain, p, h.clock)
	if e.Lost != nil {
		if before == nil {
			h.log.Error("journal is not whole: the hub takes no orders any more", "why", e.Lost.Why)
		}
		h.log.Warn("payout that the journal does not know of", "chain", chain, "total", p.Payout.Total, "honoured", !e.Lost.Total.IsZero())
	}
	return e
}
