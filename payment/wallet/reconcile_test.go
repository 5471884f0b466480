package wallet

import (
	"database/sql"
	"slices"
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/payment/channel"
)

// age makes all orders in flight older than Reconcile waits for.
func age(t *testing.T, wal *Wallet) {
	t.Helper()
	err := wal.db.Write(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.Exec(`UPDATE orders SET at = at - 60`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) fates(by *identity.Key, all ...channel.OrderStatus) channel.Orders {
	w.t.Helper()
	return w.fatesOf(w.payer.Address(), by, all...)
}

func (w *world) fatesOf(consumer wherry.Address, by *identity.Key, all ...channel.OrderStatus) channel.Orders {
	w.t.Helper()
	d := w.id().A
	o := channel.Orders{
		Version: 1, Hub: w.hub.Address(), Consumer: consumer, A: channel.Chain{ID: d.ChainID, Contract: d.Contract}, Orders: slices.Clone(all),
	}
	digest, err := o.Digest()
	if err != nil {
		w.t.Fatal(err)
	}
	o.Sig = by.Sign(digest)
	return o
}

func TestHubSaysWhatBecameOfOrders(t *testing.T) {
	w := newWorld(t)
	hub := &fakeHub{}
	w.client = hub
	wal := w.funded(100)
	for i := byte(1); i <= 5; i++ {
		w.pay(wal, 10, i, i)
	}
	asked := 0
	hub.orders = func([]uint64) channel.Orders { asked++; return channel.Orders{} }
	if err := wal.Reconcile(t.Context(), w.id()); err != nil || asked != 0 {
		t.Fatal("asked about orders that are a moment old", err)
	}
	age(t, wal)
	young := w.pay(wal, 10, 6, 6)
	r1, _ := lock(1)
	fates := []channel.OrderStatus{
		{Seq: 1, State: channel.FateRevealed, Preimage: r1},
		{Seq: 2, State: channel.FateRefused},
		{Seq: 3, State: channel.FateVoid},
		{Seq: 4, State: channel.FatePending, Expiry: 99},
		{Seq: 5, State: channel.FateUnknown},
		{Seq: 9, State: channel.FateRefused},
	}
	before := w.balance(wal)
	for name, o := range map[string]channel.Orders{
		"somebody else signed":      w.fates(key(9), fates...),
		"a preimage that fits none": w.fates(w.hub, channel.OrderStatus{Seq: 1, State: channel.FateRevealed}),
		"nobody signed":             func() channel.Orders { o := w.fates(w.hub, fates...); o.Orders[0].Expiry++; return o }(),
		"about another consumer":    w.fatesOf(key(9).Address(), w.hub, fates...),
	} {
		hub.orders = func([]uint64) channel.Orders { return o }
		if err := wal.Reconcile(t.Context(), w.id()); err == nil {
			t.Error(name, "was taken")
		}
	}
	if b := w.balance(wal); b != before {
		t.Fatalf("%+v", b)
	}
	hub.orders = func(seqs []uint64) channel.Orders {
		if !slices.Equal(seqs, []uint64{1, 2, 3, 4, 5}) {
			t.Errorf("asked about %v", seqs)
		}
		return w.fates(w.hub, fates...)
	}
	if err := wal.Reconcile(t.Context(), w.id()); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		b := w.balance(wal)
		if b.Spent != wherry.Base(10) || b.Pending != wherry.Base(30) || b.AtRisk != wherry.Base(50) {
			t.Errorf("%+v", b)
		}
		wal = w.reopen(wal)
	}
	orders, err := wal.Orders(t.Context(), wherry.SessionID{1})
	if err != nil || len(orders) != 1 || orders[0].Preimage != r1 {
		t.Error(orders, err)
	}
	// The credit of the two that ended for nothing is used first.
	if p := w.pay(wal, 20, 7, 7); p.Total != young.Total {
		t.Errorf("total %d after %d", p.Total, young.Total)
	}
}

// An order whose number another device had used stayed in flight for ever, and
// the answer about all others was thrown away with it.
func TestNumberThatAnotherDeviceHasUsed(t *testing.T) {
	w := newWorld(t)
	hub := &fakeHub{}
	w.client = hub
	wal := w.funded(100)
	w.pay(wal, 10, 1, 1)
	w.pay(wal, 20, 2, 2)
	age(t, wal)
	r2, _ := lock(2)
	other, _ := lock(9)
	hub.orders = func([]uint64) channel.Orders {
		return w.fates(w.hub,
			channel.OrderStatus{Seq: 1, State: channel.FateRevealed, Preimage: other},
			channel.OrderStatus{Seq: 2, State: channel.FateRevealed, Preimage: r2})
	}
	if err := wal.Reconcile(t.Context(), w.id()); err != nil {
		t.Fatal(err)
	}
	if b := w.balance(wal); b.Spent != wherry.Base(20) || !b.Pending.IsZero() {
		t.Errorf("%+v: one of two orders is spent, and none is in flight", b)
	}
}
