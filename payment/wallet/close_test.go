package wallet

import (
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/channel"
)

// A receipt that was lost must not cost the delay: the hub's consent takes what
// is spent, and would look like more than that.
func TestClosingAsksAboutLostReceipts(t *testing.T) {
	w := newWorld(t)
	hub := &fakeHub{}
	w.client = hub
	wal := w.funded(100)
	w.spend(wal, 30, 1)
	w.pay(wal, 10, 2, 2) // revealed, and the receipt never came
	age(t, wal)
	r, _ := lock(2)
	hub.orders = func([]uint64) channel.Orders {
		return w.fates(w.hub, channel.OrderStatus{Seq: 2, State: channel.FateRevealed, Preimage: r})
	}
	head, err := w.chain.Head(t.Context(), chain.Latest)
	if err != nil {
		t.Fatal(err)
	}
	c := channel.Closed{
		Version: 1, Consumer: w.payer.Address(), Deposited: wherry.Base(100), Settled: wherry.Base(40), Expiry: uint64(head.Time.Add(5 * time.Minute).Unix()),
	}
	c.Sig = w.hub.Sign(c.Close().Digest(w.id().A))
	hub.closed = c
	if _, err := wal.CloseNow(t.Context(), w.id()); err != nil {
		t.Fatal(err)
	}
}
