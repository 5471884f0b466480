package provider

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/session/meter"
	"github.com/wherrynet/wherry/session/wire"
)

var start = time.Unix(1_800_000_000, 0)

func machine(t rapid.TB, rate wherry.Rate, offered meter.Credit) Machine {
	m, err := meter.New(rate, wherry.Amount{})
	if err != nil {
		t.Fatal(err)
	}
	return Machine{
		Phase: Opening, Session: wherry.SessionID{1}, Meter: m, Offered: offered.Bounded(), Since: start, Away: start,
		Account:  meter.Account{Credit: m.Start(offered)},
		Patience: Patience{Tick: time.Second, Opening: 15 * time.Second, Unpaid: 30 * time.Second, Leaving: 3 * time.Second},
	}
}

// mallory drives one machine as consumer and hub, and looks after each step.
type mallory struct {
	t       *rapid.T
	m       Machine
	now     time.Time
	tick    uint64
	allowed uint64
	carried uint64
	cleared wherry.Amount
}

func (w *mallory) do(e Event) {
	before := w.m
	var effects []Effect
	w.m, effects = Step(w.m, w.now, e)
	for _, f := range effects {
		if a, ok := f.(Allow); ok {
			if w.m.Paid.Less(least(w.t, w.m, w.m.Meter.Opening)) {
				w.t.Fatalf("%d bytes allowed before the opening was cleared", a.Bytes)
			}
			w.allowed = max(w.allowed, a.Bytes)
		}
	}
	if w.m.Paid.Less(before.Paid) || w.m.Use.Bytes < before.Use.Bytes || w.m.Use.Millis < before.Use.Millis {
		w.t.Fatalf("a total went back: %+v after %+v", w.m, before)
	}
	if w.m.Paid != w.cleared {
		w.t.Fatalf("%s counted as paid, %s cleared", w.m.Paid, w.cleared)
	}
}

func least(t rapid.TB, m Machine, due wherry.Amount) wherry.Amount {
	a, err := m.Meter.Least(due)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// bounded fails when more could be lost now than the credit is worth, and what
// the tolerance leaves open.
func (w *mallory) bounded() {
	m := w.m
	cost, err := m.Meter.Rate.Cost(m.age(w.now), w.carried)
	if err != nil {
		w.t.Fatal(err)
	}
	worth, err := m.Meter.Worth(m.Account.Credit)
	if err != nil {
		w.t.Fatal(err)
	}
	open := m.Account.Covered.SubFloor(least(w.t, m, m.Account.Covered))
	// a look of a quarter of a second may come late by as much
	late, err := m.Meter.Rate.Cost(250*time.Millisecond, 0)
	if err != nil {
		w.t.Fatal(err)
	}
	most, err := wherry.Sum(worth, open, late, wherry.Base(4))
	if err != nil {
		w.t.Fatal(err)
	}
	if lost := cost.SubFloor(m.Paid); most.Less(lost) {
		w.t.Fatalf("%s could be lost now, the credit of %+v is worth %s", lost, m.Account.Credit, worth)
	}
}

func TestNobodyTakesMoreThanTheCredit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rate := wherry.Rate{
			PerHour: wherry.Base(rapid.SampledFrom([]uint64{0, 1e15, 1e18}).Draw(t, "per hour")),
			PerGiB:  wherry.Base(rapid.SampledFrom([]uint64{0, 1e15, 1e17, 5e18}).Draw(t, "per GiB")),
		}
		if rate == (wherry.Rate{}) {
			return
		}
		w := &mallory{t: t, now: start, m: machine(t, rate, meter.Credit{
			Bytes: rapid.Uint64Range(0, 1<<28).Draw(t, "credit"), Seconds: rapid.Uint64Range(0, 60).Draw(t, "seconds"),
		})}
		w.do(Joined{})
		for range rapid.IntRange(1, 120).Draw(t, "steps") {
			switch rapid.IntRange(0, 17).Draw(t, "what") {
			case 12, 13, 14, 0, 1, 2, 3: // time passes, and all that is allowed is taken
				w.now = w.now.Add(time.Duration(rapid.IntRange(0, 250).Draw(t, "ms")) * time.Millisecond)
				w.carried = max(w.carried, min(w.allowed, w.carried+rapid.Uint64Range(0, 1<<26).Draw(t, "bytes")))
				w.do(Counted{w.carried})
				w.bounded()
			case 4, 5, 6: // a tick, if one is due
				if w.m.Due(w.now) {
					w.tick++
					w.do(Ticked{channel.TickID{Number: w.tick}, wherry.Hash{byte(w.tick), byte(w.tick >> 8), 1}})
				}
			case 7, 15: // an answer of any size
				inv := w.m.Ask.Invoice
				lowest, all := least(t, w.m, inv.Due).SubFloor(w.m.Paid), inv.Due.SubFloor(w.m.Paid)
				amount := rapid.SampledFrom([]wherry.Amount{all, lowest, all, lowest, all, lowest, all, {}, wherry.Base(1), inv.Due}).Draw(t, "amount")
				late := rapid.SampledFrom([]uint64{0, 0, 0, 0, 1}).Draw(t, "late")
				w.do(Promised{wire.Promise{Session: w.m.Session, Tick: channel.TickID{Number: w.tick - min(w.tick, late)}, Amount: amount}})
			case 8:
				w.do(Sealed{channel.TickID{Number: w.tick}})
			case 9, 16, 17: // the hub has it
				if w.m.Phase != Ended && w.m.Ask.Joined {
					sum, err := w.cleared.Add(w.m.Ask.Amount)
					if err != nil {
						t.Fatal(err)
					}
					w.cleared = sum
					w.do(Cleared{wherry.Hash{1}})
					w.bounded()
				}
			case 10:
				if w.m.Ask.Joined {
					w.do(Declined{Refusal: channel.Refusal{Code: rapid.SampledFrom([]wherry.Code{wherry.Conflict, wherry.NotFunded}).Draw(t, "code")}})
				}
			case 11:
				w.do(rapid.SampledFrom([]Event{Parted{}, Joined{}, Joined{}, Joined{}, Joined{}, Joined{}, Joined{}, Told{wire.Close{}}, Stop{}}).Draw(t, "event"))
			}
		}
	})
}

func step(t *testing.T, m Machine, now time.Time, events ...Event) (Machine, []Effect) {
	t.Helper()
	var all []Effect
	for _, e := range events {
		var effects []Effect
		m, effects = Step(m, now, e)
		all = append(all, effects...)
	}
	return m, all
}

// carrying returns a machine whose opening is paid.
func carrying(t *testing.T) Machine {
	m := machine(t, wherry.Rate{PerGiB: wherry.Tokens(1)}, meter.Credit{Bytes: 1 << 20, Seconds: 30})
	tick := channel.TickID{Number: 1}
	m, _ = step(t, m, start, Joined{}, Ticked{tick, wherry.Hash{1}},
		Promised{wire.Promise{Tick: tick, Amount: m.Meter.Opening}}, Cleared{wherry.Hash{2}})
	if m.Phase != Carrying || m.Paid != m.Meter.Opening {
		t.Fatalf("after the opening: %+v", m)
	}
	return m
}

func TestWhoIsAwayIsNotAsked(t *testing.T) {
	m := machine(t, wherry.Rate{PerGiB: wherry.Tokens(1)}, meter.Credit{})
	if m.Due(start) {
		t.Error("due before the consumer is there")
	}
	m, _ = step(t, m, start, Joined{})
	if !m.Due(start) {
		t.Error("the opening is not due")
	}
	m, _ = step(t, m, start, Parted{})
	if m.Due(start) {
		t.Error("due after the consumer has gone")
	}
}

func TestStaleTickSealsNothing(t *testing.T) {
	m := machine(t, wherry.Rate{PerGiB: wherry.Tokens(1)}, meter.Credit{})
	m, _ = step(t, m, start, Joined{}, Ticked{channel.TickID{Number: 2}, wherry.Hash{1}}, Sealed{channel.TickID{Number: 1}})
	if m.Ask == (Ask{}) {
		t.Error("the seal of tick 1 dropped the invoice of tick 2")
	}
}

func TestLatePromiseDoesNotJoin(t *testing.T) {
	m := machine(t, wherry.Rate{PerGiB: wherry.Tokens(1)}, meter.Credit{})
	tick := channel.TickID{Number: 1}
	m, effects := step(t, m, start, Joined{}, Ticked{tick, wherry.Hash{1}}, Sealed{tick}, Promised{wire.Promise{Tick: tick, Amount: m.Meter.Opening}})
	for _, e := range effects {
		if _, ok := e.(Batch); ok {
			t.Error("a promise joined a batch that was sealed")
		}
	}
	if m.Misses != 1 {
		t.Errorf("%d misses", m.Misses)
	}
}

func TestSecondPromiseOfATickIsPassedOver(t *testing.T) {
	m := machine(t, wherry.Rate{PerGiB: wherry.Tokens(1)}, meter.Credit{})
	tick := channel.TickID{Number: 1}
	p := Promised{wire.Promise{Tick: tick, Amount: m.Meter.Opening}}
	_, effects := step(t, m, start, Joined{}, Ticked{tick, wherry.Hash{1}}, p, p)
	batches := 0
	for _, e := range effects {
		if _, ok := e.(Batch); ok {
			batches++
		}
	}
	if batches != 1 {
		t.Errorf("%d promises of one tick", batches)
	}
}

func TestPauseIsNotCharged(t *testing.T) {
	m := machine(t, wherry.Rate{PerHour: wherry.Tokens(1)}, meter.Credit{Bytes: 1 << 20, Seconds: 10})
	tick := channel.TickID{Number: 1}
	m, _ = step(t, m, start, Joined{}, Ticked{tick, wherry.Hash{1}}, Promised{wire.Promise{Tick: tick, Amount: m.Meter.Opening}}, Cleared{wherry.Hash{2}})
	m, _ = step(t, m, start.Add(11*time.Second), Counted{})
	if m.Phase != Stopped {
		t.Fatalf("after 11 s unpaid the session is %s", m.Phase)
	}
	m, _ = step(t, m, start.Add(25*time.Second), Counted{})
	if got := m.Use.Time(); got != 11*time.Second {
		t.Errorf("%s are charged, 11 s were carried", got)
	}
}

func TestReceiptIsRepeatedOnANewConnection(t *testing.T) {
	m := carrying(t)
	_, effects := step(t, m, start, Parted{}, Joined{})
	if len(effects) != 1 || effects[0].(Send).Message.Receipt == nil {
		t.Errorf("got %+v", effects)
	}
}

func TestInvoiceIsRepeatedOnANewConnection(t *testing.T) {
	m := carrying(t)
	m, _ = step(t, m, start.Add(time.Second), Counted{1 << 20}, Ticked{channel.TickID{Number: 2}, wherry.Hash{3}}, Parted{})
	_, effects := step(t, m, start.Add(time.Second), Joined{})
	if len(effects) != 2 || effects[1].(Send).Message.Invoice == nil {
		t.Errorf("got %+v", effects)
	}
}

func TestWhatTheLastWordsWeighIsNotCharged(t *testing.T) {
	m := carrying(t)
	used := m.Meter.Rate.Bytes(m.Meter.Opening, 1<<40) + 1000
	m, _ = step(t, m, start.Add(time.Second), Counted{used}, Told{wire.Close{}}, Counted{used + 5000})
	if m.Phase != Leaving || m.Use.Bytes != used {
		t.Errorf("leaving with %d bytes, %d were used: %s", m.Use.Bytes, used, m.Phase)
	}
}

func TestEndedStaysEnded(t *testing.T) {
	m, _ := step(t, carrying(t), start, Stop{Err: wherry.Errorf(wherry.Interrupted, "stop")})
	for _, e := range []Event{Counted{1}, Joined{}, Cleared{}, Ticked{}, Promised{}, Told{}, Stop{}} {
		after, effects := Step(m, start.Add(time.Hour), e)
		if after.Phase != Ended || len(effects) != 0 {
			t.Errorf("after %T: %s, %v", e, after.Phase, effects)
		}
	}
}
