package channel

import (
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
)

// FuzzAnswer hands a payee and a payer whatever bytes a hub, or whoever sits in
// between, may send. What the payee takes must cover what it asked for.
func FuzzAnswer(f *testing.F) {
	p := newTestPayee()
	b, _ := asked(f, p, 1, nil, 1000, 199)
	for _, a := range []Answer{honest(f, b, 0, 1187), honest(f, b, 0, 990, 1), honest(f, b, 0, 0, 0, 1), {}} {
		raw, err := codec.Marshal(a)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	payer := newTestPayer(f, 1000)
	_, lock := testLock(1)
	pay(f, payer, testOrder(10, 1), lock)
	f.Fuzz(func(t *testing.T, raw []byte) {
		var a Answer
		if codec.Unmarshal(raw, &a) != nil {
			return
		}
		out, err := p.Answer(b, a, testNow, testNow)
		if err == nil && len(out.Accepted) > 0 {
			var net wherry.Amount
			for _, i := range out.Accepted {
				net, _ = net.Add(Net(b.Items[i].Amount, p.FeePPM))
			}
			if a.Locked.Total.Less(net) {
				t.Errorf("took %d for %d", a.Locked.Total, net)
			}
		}
		if _, err := payer.Refusals(testID, a); err == nil {
			t.Error("an answer about nothing freed credit")
		}
	})
}

// FuzzPromise hands a payee and a payer promises that strangers may have made up.
func FuzzPromise(f *testing.F) {
	p := newTestPayer(f, 1000)
	_, lock := testLock(1)
	s := pay(f, p, testOrder(10, 1), lock)
	raw, err := codec.Marshal(Held{Provider: s.Order.Provider, B: Chain{ID: chainB.ChainID, Contract: chainB.Contract}, Hashlock: lock, Item: s.Item(), ContractA: chainA.Contract})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	want := Want{Consumer: s.Consumer, A: chainA, Hub: s.Hub, Hashlock: lock, Order: testOrder(10, 1)}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var h Held
		if codec.Unmarshal(raw, &h) != nil {
			return
		}
		got := h.Promise(testID.Hub)
		if err := CheckPromise(got, want); err == nil && got != s {
			t.Errorf("took %+v", got)
		}
		if _, state, err := p.Recover(got); err == nil && state.Highest != s.Total {
			t.Errorf("went on from %+v", state)
		}
	})
}

// FuzzPayout hands a payer and a payee payouts, bindings and consents to leave
// that nobody has signed.
func FuzzPayout(f *testing.F) {
	p := newTestPayer(f, 1000)
	_, lock := testLock(1)
	s := pay(f, p, testOrder(10, 1), lock)
	f.Add([]byte{0xa0}, uint64(1000), int64(2000))
	f.Fuzz(func(t *testing.T, raw []byte, expiry uint64, now int64) {
		_ = timeLeft(expiry, time.Unix(now, 0))
		var payouts Payouts
		if codec.Unmarshal(raw, &payouts) == nil {
			payee := newTestPayee()
			if _, _, err := payee.CheckNewest(payouts.Unlocked, payouts.Open); err == nil && !payouts.Unlocked.IsZero() {
				t.Error("took a payout that the hub did not sign")
			}
			for _, o := range payouts.Open {
				if _, err := payee.Adopt(o.Locked, wherry.Amount{}, time.Unix(now, 0)); err == nil {
					t.Error("took a locked payout that the hub did not sign")
				}
				if _, err := p.Expire(testID, s.Order.Seq, o.Locked, time.Unix(now, 0), false); err == nil {
					t.Error("voided an order without the hub's payout")
				}
			}
		}
		var b BindRequest
		if codec.Unmarshal(raw, &b) == nil && b.Binding().Verify() == nil {
			t.Error("took a binding that nobody signed")
		}
		var c Closed
		if codec.Unmarshal(raw, &c) == nil && p.CheckClose(testID, c.Close(), c.Sig, time.Unix(now, 0)) == nil {
			t.Error("took a consent that the hub did not sign")
		}
		_ = OrderID(wherry.Address{}, expiry, typed.Order{Seq: expiry})
	})
}
