package hub

import (
	"context"
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
)

// resigned returns a batch with another signature: none, or that of key.
func resigned(t *testing.T, raw []byte, key *identity.Key) []byte {
	t.Helper()
	var b channel.Batch
	err := codec.Unmarshal(raw, &b)
	b.Sig = identity.Signature{}
	if err == nil && key != nil {
		b, err = b.Sign(key)
	}
	if err == nil {
		raw, err = codec.Marshal(b)
	}
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// Consumers with a deposit hand in promises to a provider themselves, under locks
// that it does not know: it earns on.
func TestStrangersCannotKeepAProviderFromEarning(t *testing.T) {
	w := newWorld(t, 0, nil)
	p, c := w.provider("p"), w.consumer("c", "5")
	mallory := w.consumer("m", "5")
	refused := 0
	for tick := uint64(100); tick < 100+channel.MaxOpenTicks; tick++ {
		raw := p.batch(tick, nil, mallory.order(p, tick, "0.001"))
		for _, key := range []*identity.Key{nil, mallory.key} {
			if _, err := w.client.Pay(context.Background(), resigned(t, raw, key)); err != nil {
				if wherry.CodeOf(err) != wherry.Busy {
					t.Fatal(err)
				}
				refused++
			}
		}
	}
	if refused == 0 {
		t.Fatal("strangers may open as many ticks as they like")
	}
	p.pay(p.batch(1, nil, c.order(p, 1, "0.1")))
	for tick := uint64(2); tick < 6; tick++ {
		p.pay(p.batch(tick, []uint64{tick - 1}, c.order(p, tick, "0.1")))
	}
	// The same for one tick, of which a consumer knows the lock from its invoice.
	one, two := c.order(p, 6, "0.1"), mallory.order(p, 6, "0.1")
	for i := range 64 {
		raw := p.batch(6, nil, one, two)
		var b channel.Batch
		if err := codec.Unmarshal(raw, &b); err != nil {
			t.Fatal(err)
		}
		b.Tick.Number = uint64(1000 + i)
		body, err := codec.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = w.client.Pay(context.Background(), resigned(t, body, mallory.key)) // Busy from some time on
	}
	a := p.pay(p.batch(6, []uint64{5}, one, two))
	if a.Unlocked.Total.IsZero() {
		t.Errorf("answer %+v", a)
	}
}
