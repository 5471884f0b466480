package consumer

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/session/meter"
	"github.com/wherrynet/wherry/session/wire"
)

var start = time.Unix(1_800_000_000, 0)

func machine(t rapid.TB, rate wherry.Rate, budget wherry.Amount) Machine {
	m, err := meter.New(rate, wherry.Amount{})
	if err != nil {
		t.Fatal(err)
	}
	return Machine{
		Phase: Opening, Session: wherry.SessionID{1}, Meter: m, Budget: budget,
		Patience: Patience{Opening: 20 * time.Second, Silence: 15 * time.Second, Leaving: 3 * time.Second},
		Started:  start, Heard: start, Pinged: start, Since: start,
	}
}

// trudy drives one machine as provider, and looks at what is signed.
type trudy struct {
	t      *rapid.T
	m      Machine
	now    time.Time
	bytes  uint64
	signed wherry.Amount
	count  int
	locks  map[wherry.Hash]bool
}

func (w *trudy) do(e Event) {
	before := w.m
	var effects []Effect
	w.m, effects = Step(w.m, w.now, e)
	if w.m.Paid.Less(before.Paid) || w.m.Own.Bytes < before.Own.Bytes {
		w.t.Fatalf("a total went back")
	}
	for _, f := range effects {
		pay, ok := f.(Pay)
		if !ok {
			continue
		}
		owed, err := w.m.Meter.Owed(w.m.Own)
		if err != nil {
			w.t.Fatal(err)
		}
		if total, err := w.m.Paid.Add(pay.Amount); err != nil || owed.Less(total) {
			w.t.Fatalf("%s more on top of %s, our own count comes to %s", pay.Amount, w.m.Paid, owed)
		}
		if w.locks[pay.Hashlock] || pay.Hashlock.IsZero() {
			w.t.Fatal("a lock is used twice")
		}
		w.locks[pay.Hashlock] = true
		if w.signed, err = w.signed.Add(pay.Amount); err != nil || w.m.Budget.Less(w.signed) {
			w.t.Fatalf("%s signed with a budget of %s", w.signed, w.m.Budget)
		}
		w.count++
		if open := w.count - w.m.Acked; open > maxOpen+w.m.Acked/oneIn {
			w.t.Fatalf("%d promises without a receipt, %d with", open, w.m.Acked)
		}
		w.do(Promised{Promise: channel.SignedPromise{Total: w.signed, Hashlock: pay.Hashlock, Order: typed.Order{Amount: pay.Amount, Seq: uint64(w.count)}}})
	}
}

func preimage(n uint64) wherry.Hash { return wherry.Hash{byte(n), byte(n >> 8), 7} }

func TestNothingIsSignedBeyondWhatIsOwed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rate := wherry.Rate{
			PerHour: wherry.Base(rapid.SampledFrom([]uint64{0, 1e15, 1e18}).Draw(t, "per hour")),
			PerGiB:  wherry.Base(rapid.SampledFrom([]uint64{1e15, 1e17, 5e18}).Draw(t, "per GiB")),
		}
		budget := wherry.Base(rapid.SampledFrom([]uint64{1e13, 1e15, 1e19}).Draw(t, "budget"))
		w := &trudy{t: t, m: machine(t, rate, budget), now: start, locks: map[wherry.Hash]bool{}}
		var tick uint64
		for range rapid.IntRange(1, 100).Draw(t, "steps") {
			switch rapid.IntRange(0, 9).Draw(t, "what") {
			case 0, 1, 2:
				w.now = w.now.Add(time.Duration(rapid.IntRange(0, 3000).Draw(t, "ms")) * time.Millisecond)
				w.bytes += rapid.Uint64Range(0, 1<<24).Draw(t, "bytes")
				w.do(Counted{Received: w.bytes})
			case 3, 4, 5, 6:
				tick += rapid.SampledFrom([]uint64{1, 1, 1, 1, 1, 0}).Draw(t, "tick")
				use := w.m.Own
				use.Bytes += rapid.SampledFrom([]uint64{0, 0, 1 << 14, 1 << 16, 1 << 22}).Draw(t, "over")
				due, err := w.m.Meter.Owed(use)
				if err != nil {
					t.Fatal(err)
				}
				if rapid.IntRange(0, 20).Draw(t, "dearer") == 0 {
					due, _ = due.Add(wherry.Base(1))
				}
				inv := wire.Invoice{Session: w.m.Session, Tick: channel.TickID{Number: tick}, Hashlock: channel.Lock(preimage(tick)), Due: due, Use: use}
				w.do(Told{wire.Message{Invoice: &inv}})
			case 7, 8:
				if len(w.m.Pending) > 0 {
					p := w.m.Pending[rapid.IntRange(0, len(w.m.Pending)-1).Draw(t, "which")].Promise
					paid, err := w.m.Paid.Add(p.Amount)
					if err != nil {
						t.Fatal(err)
					}
					w.do(Told{wire.Message{Receipt: &wire.Receipt{Session: w.m.Session, Tick: p.Tick, Preimage: preimage(p.Tick.Number), Paid: paid}}})
				}
			case 9:
				w.do(rapid.SampledFrom([]Event{Passed{}, Joined{}, Told{wire.Message{Ping: &wire.Ping{Number: 1}}}}).Draw(t, "event"))
			}
			if w.m.Phase == Open && w.m.Paid.Less(w.m.Meter.Opening) {
				t.Fatal("open before the opening is paid")
			}
		}
	})
}

func TestInvoiceAskedTwiceIsSignedOnce(t *testing.T) {
	m := machine(t, wherry.Rate{PerGiB: wherry.Tokens(1)}, wherry.MaxOnChain)
	inv := wire.Invoice{Session: m.Session, Tick: channel.TickID{Number: 1}, Hashlock: wherry.Hash{1}, Due: m.Meter.Opening}
	m, effects := Step(m, start, Told{wire.Message{Invoice: &inv}})
	if len(effects) != 1 {
		t.Fatalf("got %+v", effects)
	}
	if _, again := Step(m, start, Told{wire.Message{Invoice: &inv}}); len(again) != 0 {
		t.Errorf("while it is being signed: %+v", again)
	}
	m, _ = Step(m, start, Promised{Promise: channel.SignedPromise{Total: m.Meter.Opening, Order: typed.Order{Amount: m.Meter.Opening, Seq: 1}}})
	m, effects = Step(m, start, Told{wire.Message{Invoice: &inv}})
	if len(effects) != 1 || effects[0].(Send).Message.Promise == nil || len(m.Pending) != 1 {
		t.Errorf("after it was signed: %+v", effects)
	}
}

func TestLongSessionMayLoseATickNowAndThen(t *testing.T) {
	m := machine(t, wherry.Rate{PerGiB: wherry.Tokens(1)}, wherry.MaxOnChain)
	now := start
	var tick uint64
	pay := func(receipt bool) {
		tick++
		now = now.Add(time.Second)
		m, _ = Step(m, now, Counted{Received: tick << 20})
		due, err := m.Meter.Owed(m.Own)
		if err != nil {
			t.Fatal(err)
		}
		inv := wire.Invoice{Session: m.Session, Tick: channel.TickID{Number: tick}, Hashlock: channel.Lock(preimage(tick)), Due: due, Use: m.Own}
		var effects []Effect
		m, effects = Step(m, now, Told{wire.Message{Invoice: &inv}})
		if m.Phase == Ended {
			return
		}
		m, _ = Step(m, now, Promised{Promise: channel.SignedPromise{Total: due, Order: typed.Order{Amount: effects[0].(Pay).Amount, Seq: tick}}})
		if receipt {
			paid, err := m.Paid.Add(effects[0].(Pay).Amount)
			if err != nil {
				t.Fatal(err)
			}
			m, _ = Step(m, now, Told{wire.Message{Receipt: &wire.Receipt{Session: m.Session, Tick: inv.Tick, Preimage: preimage(tick), Paid: paid}}})
		}
	}
	for i := range 400 {
		pay(i%20 != 19)
	}
	if m.Phase != Open {
		t.Errorf("one lost tick in twenty ended the session: %v", m.Err)
	}
	well := m
	for range 60 {
		pay(true)
		pay(false)
	}
	if m.Phase != Ended {
		t.Errorf("every second promise is lost, and the session goes on with %d open", len(m.Pending))
	}
	m = well
	pay(true)
	for i := range 4 {
		if pay(false); m.Phase == Ended && i < 3 {
			t.Errorf("%d lost in a row ended the session", i)
		}
	}
	if m.Phase != Ended {
		t.Error("four promises in a row are lost, and the session goes on")
	}
}

func TestRefusalFreesTheOrderThatItNames(t *testing.T) {
	m := machine(t, wherry.Rate{PerGiB: wherry.Tokens(1)}, wherry.MaxOnChain)
	inv := wire.Invoice{Session: m.Session, Tick: channel.TickID{Number: 1}, Hashlock: wherry.Hash{1}, Due: m.Meter.Opening}
	m, _ = Step(m, start, Told{wire.Message{Invoice: &inv}})
	promise := channel.SignedPromise{Total: m.Meter.Opening, Order: typed.Order{Amount: m.Meter.Opening, Seq: 1}}
	m, _ = Step(m, start, Promised{Promise: promise})
	decline := func(order wherry.Hash) wire.Message {
		return wire.Message{Decline: &wire.Decline{Session: m.Session, Answer: channel.Answer{Refused: []channel.Refusal{{Order: order}}}}}
	}
	same, effects := Step(m, start, Told{decline(wherry.Hash{})})
	if len(same.Pending) != 1 || len(effects) != 0 {
		t.Errorf("a refusal of something else freed it: %+v", effects)
	}
	freed, effects := Step(m, start, Told{decline(promise.ID())})
	if len(freed.Pending) != 0 || len(effects) != 1 {
		t.Errorf("its refusal did not free it: %+v", effects)
	}
}

func TestEndedStaysEnded(t *testing.T) {
	m, _ := Step(machine(t, wherry.Rate{}, wherry.Amount{}), start, Broke{wherry.Errorf(wherry.Unreachable, "gone")})
	for _, e := range []Event{Counted{}, Told{}, Promised{}, Passed{}, Left{}, Joined{}, Broke{}} {
		after, effects := Step(m, start.Add(time.Hour), e)
		if after.Phase != Ended || len(effects) != 0 || !errors.Is(after.Err, m.Err) {
			t.Errorf("after %T: %+v, %v", e, after.Phase, effects)
		}
	}
}

func TestMessageWithNoPlaceEndsTheSession(t *testing.T) {
	for name, msg := range map[string]wire.Message{
		"open":                      {Open: &wire.Open{}},
		"promise":                   {Promise: &wire.Promise{}},
		"another session's invoice": {Invoice: &wire.Invoice{Session: wherry.SessionID{9}}},
		"nothing":                   {},
	} {
		m, _ := Step(machine(t, wherry.Rate{}, wherry.Amount{}), start, Told{msg})
		if m.Phase != Ended || wherry.CodeOf(m.Err) != wherry.Invalid {
			t.Errorf("%s: %s, %v", name, m.Phase, m.Err)
		}
	}
}

// The preimage is worth the promise, whatever else the receipt says.
func TestPreimageCountsInAReceiptThatLies(t *testing.T) {
	m := machine(t, wherry.Rate{PerGiB: wherry.Base(1e15)}, wherry.Base(1e18))
	lock := channel.Lock(preimage(1))
	m.Pending = []Pending{{Promise: wire.Promise{Amount: wherry.Base(10)}, Hashlock: lock}}
	m, effects := Step(m, start, Told{wire.Message{Receipt: &wire.Receipt{Session: m.Session, Preimage: preimage(1), Paid: wherry.Base(9)}}})
	if m.Phase != Ended || len(effects) == 0 {
		t.Fatalf("the session goes on after a lie: %s", m.Phase)
	}
	if got, ok := effects[0].(Acknowledge); !ok || got.Preimage != preimage(1) {
		t.Errorf("the wallet hears %+v first, want the preimage", effects[0])
	}
}
