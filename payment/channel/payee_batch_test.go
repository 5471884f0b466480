package channel

import (
	"testing"

	"github.com/wherrynet/wherry"
)

// R9: what was revealed with a batch is part of the base that its answer owes.
func TestR9HubThatLeavesAPreimageUncounted(t *testing.T) {
	p := newTestPayee()
	b, _ := asked(t, p, 1, nil, 1000)
	out, err := p.Answer(b, honest(t, b, 0, 990), testNow, testNow)
	if err != nil {
		t.Fatal(err)
	}
	take(p, out)
	_, r1, lock1 := testTick(1)
	b, _ = asked(t, p, 2, []wherry.Hash{r1}, 100)
	for _, base := range []uint64{0, 1, 989} {
		_, err = p.Answer(b, honest(t, b, base, 990+99), testNow, testNow)
		wantCode(t, err, wherry.Refused)
	}
	if tick, ok := p.Tick(lock1); !ok || tick.State != Shown {
		t.Error("the tick is forgotten")
	}
	if _, err = p.Answer(b, honest(t, b, 990, 99), testNow, testNow); err != nil {
		t.Fatal(err)
	}
}

func TestBatchIsBounded(t *testing.T) {
	for _, n := range []int{MaxBatch, MaxBatch + 1} {
		p := newTestPayee()
		id, _, lock := testTick(1)
		p.Put(Tick{ID: id, Lock: lock, State: Drawn})
		promises := make([]SignedPromise, n)
		for i := range promises {
			o := testOrder(1, byte(i))
			o.Seq = uint64(i) + 1
			promises[i] = SignedPromise{Consumer: testPayer.Address(), A: chainA, Hub: testHub.Address(), Total: wherry.Base(1), Hashlock: lock, Order: o}
		}
		code := wherry.Code("")
		if n > MaxBatch {
			code = wherry.Invalid
		}
		_, _, err := p.Batch(lock, promises, nil)
		wantCode(t, err, code)
	}
}
