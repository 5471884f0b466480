package channel

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
)

// between is a lock that, whenever it is given free, lets others change the book.
type between struct {
	do   func()
	held bool
}

func (b *between) Lock() { b.held = true }

func (b *between) Unlock() {
	b.held = false
	if b.do != nil {
		b.do()
	}
}

func cutOf(t testing.TB, c *Cut, mu Locker) [][]byte {
	t.Helper()
	var out [][]byte
	if err := c.Save(mu, func(b []byte) error { out = append(out, bytes.Clone(b)); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func loadCut(t testing.TB, records [][]byte) *Hub {
	t.Helper()
	h := NewHub(hubSelf, []typed.Domain{hubDomainA, hubDomainB})
	for i, r := range records {
		end, err := h.Load(r)
		if err != nil {
			t.Fatal(err)
		}
		if end != (i == len(records)-1) {
			t.Fatal("the end of a saved book is not its last record")
		}
	}
	return h
}

// TestCutIsTheBookAsItWas saves a book while all kinds of changes happen between
// the pieces: what is saved is the book at the moment of the cut. Together with
// the events since then it is the book as it is now.
func TestCutIsTheBookAsItWas(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := newHubDesk(t)
		d.t, d.check = fatal{t, rt}, false
		names := make([]string, 24)
		for i := range names {
			names[i] = fmt.Sprint("c", i)
			if i < 16 {
				d.deposit(names[i], 100_000)
			}
		}
		ticks, open := 0, []string{}
		var events []HubEvent
		record := func(e HubEvent) {
			if e != (HubEvent{}) {
				events = append(events, e)
			}
		}
		someone := func() string { return rapid.SampledFrom(names).Draw(rt, "consumer") }
		change := func() {
			switch rapid.IntRange(0, 6).Draw(rt, "what") {
			case 0, 1, 2:
				ticks++
				tick := fmt.Sprint("t", ticks)
				var items []Item
				for range rapid.IntRange(1, 3).Draw(rt, "items") {
					items = append(items, d.order(someone(), 10))
				}
				signed := make([]bool, len(items))
				for i := range signed {
					signed[i] = true
				}
				b := d.batch("p", tick, nil, items...)
				request, _ := b.Request()
				e, _, err := d.hub.Pay(b, request, signed, d.clock, d.rules)
				if err != nil {
					rt.Fatal(err)
				}
				record(e)
				if e.Pay != nil && len(e.Pay.Items) > 0 {
					open = append(open, tick)
				}
			case 3, 4:
				if len(open) > 0 {
					i := rapid.IntRange(0, len(open)-1).Draw(rt, "tick")
					record(d.hub.Seen(2, hubSecret(open[i]), true, d.clock))
					open = append(open[:i], open[i+1:]...)
				}
			case 5:
				id := hubIn1(someone())
				record(d.hub.SetIn(HubIn{ID: id, Deposited: wherry.Base(200_000 + uint64(ticks)), Leaving: rapid.Bool().Draw(rt, "leaving"), ExitAt: 9}))
			case 6:
				record(d.hub.SetOut(HubOut{ID: OutID{2, hubAccount("e")}, Settled: wherry.Base(uint64(ticks))}))
			}
		}
		for range rapid.IntRange(0, 30).Draw(rt, "before") {
			change()
		}
		for range 3 { // what a mark means changes each time
			want := hubSaved(t, d.hub)
			events = nil
			c, err := d.hub.Cut()
			if err != nil {
				rt.Fatal(err)
			}
			c.piece = rapid.IntRange(1, 4).Draw(rt, "piece")
			if _, err := d.hub.Cut(); wherry.CodeOf(err) != wherry.Conflict {
				rt.Fatalf("a second cut: %v", err)
			}
			change() // before its first piece
			if rapid.IntRange(0, 3).Draw(rt, "fails") == 0 {
				no := errors.New("no")
				if err := c.Save(&between{do: change}, func([]byte) error { return no }); !errors.Is(err, no) {
					rt.Fatalf("save: %v", err)
				}
				continue
			}
			saved := loadCut(t, cutOf(t, c, &between{do: change}))
			checkNumbers(rt, saved)
			checkNumbers(rt, d.hub)
			if !bytes.Equal(hubSaved(t, saved), want) {
				rt.Fatal("the cut is another book than that of its moment")
			}
			for _, e := range events {
				if err := saved.Apply(e); err != nil {
					rt.Fatal(err)
				}
			}
			if !bytes.Equal(hubSaved(t, saved), hubSaved(t, d.hub)) {
				rt.Fatal("the cut and the events since are another book than this")
			}
		}
	})
}

// BenchmarkCut saves a book of a million channels: pause is the longest that the
// book is held, total how long the whole takes.
func BenchmarkCut(b *testing.B) {
	h := NewHub(hubSelf, []typed.Domain{hubDomainA, hubDomainB})
	const channels = 1_000_000
	for i := range channels {
		var a wherry.Address
		a[0], a[1], a[2], a[3] = byte(i), byte(i>>8), byte(i>>16), 1
		in := &hubIn{id: InID{1, a}, deposited: wherry.Tokens(10), spent: wherry.Tokens(3)}
		in.claim = &promised{by: ProviderID{2, hubAccount("p")}, item: Item{Consumer: a, ChainA: 1, Total: wherry.Tokens(3), Amount: wherry.Tokens(1), Seq: 40}}
		in.newest, in.preimage = in.claim, wherry.Hash{1}
		in.seqs.High = 40
		in.seqs.fill()
		h.ins.add(in)
		h.ins.calm()
	}
	timed := &timedLock{}
	for b.Loop() {
		begin := time.Now()
		timed.Lock()
		c, err := h.Cut()
		timed.Unlock()
		if err != nil {
			b.Fatal(err)
		}
		var bytes int
		if err := c.Save(timed, func(r []byte) error { bytes += len(r); return nil }); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(time.Since(begin).Milliseconds()), "total-ms")
		b.ReportMetric(float64(bytes)/channels, "bytes/channel")
	}
	b.ReportMetric(float64(timed.longest.Microseconds())/1000, "pause-ms")
}

type timedLock struct {
	sync.Mutex
	since   time.Time
	longest time.Duration
}

func (l *timedLock) Lock() {
	l.Mutex.Lock()
	l.since = time.Now()
}

func (l *timedLock) Unlock() {
	l.longest = max(l.longest, time.Since(l.since))
	l.Mutex.Unlock()
}
