package channel

import (
	"testing"

	"github.com/wherrynet/wherry"
)

// A settled total above everything in the book shows that the book is an old
// copy: what it signs next must not be spent already.
func TestSettledAboveTheBookIsTakenOver(t *testing.T) {
	p := newTestPayer(t, 100)
	_, lock := testLock(1)
	pay(t, p, testOrder(10, 1), lock)
	for _, c := range []struct{ settled, highest, used uint64 }{
		{0, 10, 0},   // as signed
		{10, 10, 0},  // collected, and its receipt is on the way
		{30, 30, 20}, // 20 that the book knows nothing of, and the order in flight
	} {
		s, err := p.Confirm(testID, wherry.Base(100), wherry.Base(c.settled))
		if err != nil || s.Highest != wherry.Base(c.highest) || s.Used != wherry.Base(c.used) {
			t.Errorf("settled %d: %+v %v", c.settled, s, err)
		}
	}
	_, err := p.Confirm(ID{}, wherry.Base(100), wherry.Base(0))
	wantCode(t, err, wherry.NotFound)
}
