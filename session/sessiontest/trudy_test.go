package sessiontest_test

import (
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/session/consumer"
	"github.com/wherrynet/wherry/session/meter"
	"github.com/wherrynet/wherry/session/sessiontest"
	"github.com/wherrynet/wherry/session/wire"
)

// trudy is a provider that speaks the messages by hand, over a link alone.
type trudy struct {
	t    *testing.T
	a    alice
	link net.Conn
	deal wire.Deal
	open wire.Open
	in   chan wire.Message // but pings, which are answered; closed at the end
	n    byte
}

// meet lets alice open a session with trudy, who runs f as the provider. It
// returns how alice's session came out.
func meet(t *testing.T, limits consumer.Limits, f func(m *trudy)) (a alice, err error) {
	a = newAlice(t, 1)
	hub := sessiontest.NewHub(key(9))
	ours, theirs := sessiontest.Links(a.key.Address(), key(66).Address())
	m := &trudy{t: t, a: a, link: theirs, in: make(chan wire.Message, 64), deal: wire.Deal{
		Offer: wherry.Hash{1}, Provider: key(66).Address(), Rate: price, Hubs: []wherry.Address{hub.Key.Address()}, B: sessiontest.B,
	}}
	go m.listen()
	done := make(chan struct{})
	go func() {
		defer close(done)
		if msg, more := <-m.in; more && msg.Open != nil {
			m.open = *msg.Open
			f(m)
		}
		hangUp := time.AfterFunc(time.Minute, func() { _ = theirs.Close() }) // if alice does not
		defer hangUp.Stop()
		for range m.in { // to the end
		}
	}()
	s, err := a.Open(t.Context(), consumer.Request{Link: ours, Deal: m.deal, Hub: hub.ID(), Limits: limits})
	if err == nil {
		err = s.Run(t.Context())
	}
	_ = ours.Close()
	<-done
	return a, err
}

func (m *trudy) listen() {
	defer close(m.in)
	defer m.link.Close()
	for {
		msg, err := wire.Read(m.link, wire.MaxToProvider)
		if err != nil {
			return
		}
		if msg.Ping != nil {
			m.send(wire.Message{Ping: &wire.Ping{Number: msg.Ping.Number, Reply: true}})
			continue
		}
		m.in <- msg
	}
}

func (m *trudy) send(msg wire.Message) {
	_ = m.link.SetWriteDeadline(time.Now().Add(time.Second))
	_ = wire.Write(m.link, msg)
}

func (m *trudy) accept(change ...func(*wire.Accept)) {
	a := wire.Accept{
		Version: wire.Version, Session: m.open.Session, Open: m.open.Digest(), PerHour: price.PerHour, PerGiB: price.PerGiB,
		Opening: meter.MinOpening, Credit: meter.Credit{Bytes: 1 << 20, Seconds: 30},
		ChainB: sessiontest.B.ChainID, ContractB: sessiontest.B.Contract,
	}
	for _, f := range change {
		f(&a)
	}
	a.Sign(key(66))
	m.send(wire.Message{Accept: &a})
}

// lock returns the hash lock of tick n.
func lock(n byte) (preimage, h wherry.Hash) {
	preimage = wherry.Hash{0xee, n}
	return preimage, channel.Lock(preimage)
}

func (m *trudy) invoice(due wherry.Amount, use meter.Use, change ...func(*wire.Invoice)) wire.Invoice {
	m.n++
	_, h := lock(m.n)
	inv := wire.Invoice{
		Session: m.open.Session, Tick: channel.TickID{Number: uint64(m.n)}, Hashlock: h, Due: due, Use: use,
	}
	for _, f := range change {
		f(&inv)
	}
	m.send(wire.Message{Invoice: &inv})
	return inv
}

// promise waits for alice's answer to an invoice; nil when she hangs up.
func (m *trudy) promise() *wire.Promise {
	for {
		select {
		case msg, more := <-m.in:
			if !more || msg.Close != nil {
				return nil
			}
			if msg.Promise != nil {
				return msg.Promise
			}
		case <-time.After(5 * time.Second):
			return nil
		}
	}
}

func (m *trudy) receipt(inv wire.Invoice, paid wherry.Amount) {
	r, _ := lock(m.n)
	rc := wire.Receipt{Session: m.open.Session, Tick: inv.Tick, Preimage: r, Paid: paid, Use: inv.Use}
	rc.Sign(key(66))
	m.send(wire.Message{Receipt: &rc})
}

// opened takes alice through the opening.
func (m *trudy) opened() {
	m.accept()
	inv := m.invoice(meter.MinOpening, meter.Use{})
	if p := m.promise(); p == nil || p.Amount != meter.MinOpening {
		m.t.Errorf("the opening was answered with %+v", p)
	}
	m.receipt(inv, meter.MinOpening)
}

func TestAcceptThatDoesNotFitIsRefused(t *testing.T) {
	big := wherry.MustAmount("1")
	for name, c := range map[string]struct {
		change func(*wire.Accept)
		want   wherry.Code
	}{
		"a higher price":   {func(a *wire.Accept) { a.PerGiB = big }, wherry.PriceTooHigh},
		"a higher opening": {func(a *wire.Accept) { a.Opening = big }, wherry.PriceTooHigh},
		"a low opening":    {func(a *wire.Accept) { a.Opening = wherry.Base(1) }, wherry.Invalid},
		"another open":     {func(a *wire.Accept) { a.Open[0]++ }, wherry.Invalid},
		"another chain":    {func(a *wire.Accept) { a.ChainB++ }, wherry.Invalid},
		"another contract": {func(a *wire.Accept) { a.ContractB[0]++ }, wherry.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a, err := meet(t, consumer.Limits{}, func(m *trudy) {
					m.accept(c.change)
					m.invoice(big, meter.Use{})
				})
				if wherry.CodeOf(err) != c.want {
					t.Errorf("got %v, want %s", err, c.want)
				}
				if _, waiting, _ := a.payer.Books(); !waiting.IsZero() {
					t.Errorf("%s were signed", waiting)
				}
			})
		})
	}
}

func TestInvoicesThatDoNotFitEndTheSession(t *testing.T) {
	second := meter.Use{Millis: 1000}
	for name, c := range map[string]struct {
		change func(*wire.Invoice)
		want   wherry.Code
	}{
		"a raised price": {func(i *wire.Invoice) { i.Due = wherry.MustAmount("0.0002") }, wherry.PriceTooHigh},
		"time that never was": {func(i *wire.Invoice) {
			i.Use.Millis = 3600_000
			i.Due = price.PerHour
		}, wherry.Conflict},
		"bytes that never were": {func(i *wire.Invoice) {
			i.Use.Bytes = 1 << 30
			i.Due = price.PerGiB
		}, wherry.Conflict},
		"the lock of an earlier tick":   {func(i *wire.Invoice) { _, i.Hashlock = lock(1) }, wherry.Forbidden},
		"the number of an earlier tick": {func(i *wire.Invoice) { i.Tick.Number = 1 }, wherry.Conflict},
		"another run of the provider":   {func(i *wire.Invoice) { i.Tick.Epoch[0]++ }, wherry.Conflict},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a, err := meet(t, consumer.Limits{}, func(m *trudy) {
					m.opened()
					time.Sleep(time.Second)
					m.invoice(meter.MinOpening, second, c.change)
					if p := m.promise(); p != nil {
						t.Errorf("it was answered with %+v", p)
					}
				})
				if wherry.CodeOf(err) != c.want {
					t.Errorf("got %v, want %s", err, c.want)
				}
				if acked, waiting, _ := a.payer.Books(); acked != meter.MinOpening || !waiting.IsZero() {
					t.Errorf("%s acknowledged and %s waiting", acked, waiting)
				}
			})
		})
	}
}

func TestConsumerPaysItsOwnCountWhereItIsLower(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, err := meet(t, consumer.Limits{}, func(m *trudy) {
			m.opened()
			time.Sleep(72 * time.Second) // 0.0002 by time alone
			claim := meter.Use{Millis: 72_000, Bytes: 50 << 10}
			due, err := price.Cost(claim.Time(), claim.Bytes)
			if err != nil {
				t.Error(err)
			}
			inv := m.invoice(due, claim)
			p := m.promise()
			if p == nil || p.Amount != wherry.MustAmount("0.0001") {
				t.Errorf("%s were claimed, the answer is %+v", due, p)
				return
			}
			m.receipt(inv, wherry.MustAmount("0.0002"))
			m.send(wire.Message{Close: &wire.Close{Session: m.open.Session, Code: wherry.Busy, Reason: "enough"}})
		})
		if wherry.CodeOf(err) != wherry.Busy {
			t.Error(err)
		}
	})
}

func TestProviderThatNeverAcknowledgesGetsThreePromises(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		got := 0
		a, err := meet(t, consumer.Limits{}, func(m *trudy) {
			m.opened()
			for i := range 10 {
				time.Sleep(40 * time.Second)
				claim := meter.Use{Millis: uint64(i+1) * 40_000}
				due, err := price.Cost(claim.Time(), 0)
				if err != nil {
					t.Error(err)
				}
				m.invoice(due.Max(meter.MinOpening), claim)
				p := m.promise()
				if p == nil {
					return
				}
				if !p.Amount.IsZero() {
					got++
				}
			}
		})
		if wherry.CodeOf(err) != wherry.Unreachable || got != 3 {
			t.Errorf("%d promises, then %v", got, err)
		}
		if _, waiting, _ := a.payer.Books(); cost(t, 400*time.Second, 0).Less(waiting) {
			t.Errorf("%s are at risk", waiting)
		}
	})
}

func TestReceiptsThatDoNotFitEndTheSession(t *testing.T) {
	for name, f := range map[string]func(m *trudy, inv wire.Invoice, r *wire.Receipt){
		"a preimage that opens nothing": func(_ *trudy, _ wire.Invoice, r *wire.Receipt) { r.Preimage[5]++; r.Sign(key(66)) },
		"another sum":                   func(_ *trudy, _ wire.Invoice, r *wire.Receipt) { r.Paid = wherry.Base(1); r.Sign(key(66)) },
		"somebody else's signature":     func(_ *trudy, _ wire.Invoice, r *wire.Receipt) { r.Sign(key(67)) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				_, err := meet(t, consumer.Limits{}, func(m *trudy) {
					m.accept()
					inv := m.invoice(meter.MinOpening, meter.Use{})
					m.promise()
					pre, _ := lock(1)
					r := wire.Receipt{Session: m.open.Session, Tick: inv.Tick, Preimage: pre, Paid: meter.MinOpening}
					f(m, inv, &r)
					m.send(wire.Message{Receipt: &r})
				})
				if code := wherry.CodeOf(err); code != wherry.Forbidden && code != wherry.Conflict {
					t.Errorf("got %v", err)
				}
			})
		})
	}
}

func TestReceiptWithoutAPreimageOpensNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, err := meet(t, consumer.Limits{}, func(m *trudy) {
			m.accept()
			r := wire.Receipt{Session: m.open.Session, Paid: meter.MinOpening}
			r.Sign(key(66))
			m.send(wire.Message{Receipt: &r})
		})
		if wherry.CodeOf(err) != wherry.Timeout {
			t.Errorf("got %v, want a timeout", err)
		}
	})
}

func TestRefusalThatTheHubDidNotSignFreesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, err := meet(t, consumer.Limits{}, func(m *trudy) {
			m.accept()
			inv := m.invoice(meter.MinOpening, meter.Use{})
			m.promise()
			answer := channel.Answer{Version: 1, Refused: []channel.Refusal{{Code: wherry.Conflict, Reason: "believe me"}}}
			d, err := answer.Digest()
			if err != nil {
				t.Error(err)
			}
			answer.Sig = key(66).Sign(d)
			m.send(wire.Message{Decline: &wire.Decline{Session: m.open.Session, Tick: inv.Tick, Answer: answer}})
		})
		if wherry.CodeOf(err) != wherry.Forbidden {
			t.Errorf("got %v", err)
		}
		if _, waiting, refused := a.payer.Books(); waiting != meter.MinOpening || refused != 0 {
			t.Errorf("%s waiting, %d refused", waiting, refused)
		}
	})
}

func TestGarbageFromAProviderEndsTheSession(t *testing.T) {
	for name, b := range map[string][]byte{
		"a gibibyte announced": {0x40, 0, 0, 0, 1, 2, 3},
		"no bytes":             {0, 0, 0, 0},
		"garbage":              {0, 0, 0, 4, 0xff, 0xff, 0xff, 0xff},
	} {
		for when, f := range map[string]func(m *trudy){"at once": func(*trudy) {}, "accepted": func(m *trudy) { m.accept() }, "open": (*trudy).opened} {
			t.Run(name+" "+when, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					_, err := meet(t, consumer.Limits{}, func(m *trudy) {
						f(m)
						_, _ = m.link.Write(b)
					})
					if wherry.CodeOf(err) != wherry.Invalid {
						t.Errorf("got %v, want invalid", err)
					}
				})
			})
		}
	}
}

func TestSilenceIsGivenUp(t *testing.T) {
	for when, f := range map[string]func(m *trudy){"at once": func(*trudy) {}, "accepted": func(m *trudy) { m.accept() }} {
		t.Run(when, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				_, err := meet(t, consumer.Limits{}, f)
				if wherry.CodeOf(err) != wherry.Timeout || time.Since(began) > 31*time.Second {
					t.Errorf("after %s: %v", time.Since(began), err)
				}
			})
		})
	}
}

func TestConsumerDoesNotAskAboveItsLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := false
		_, err := meet(t, consumer.Limits{Rate: wherry.Rate{PerGiB: wherry.MustAmount("0.09")}}, func(*trudy) { asked = true })
		if wherry.CodeOf(err) != wherry.PriceTooHigh || asked {
			t.Errorf("asked: %t, %v", asked, err)
		}
	})
}

func TestLinkToSomebodyElseIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAlice(t, 1)
		hub := sessiontest.NewHub(key(9))
		ours, theirs := sessiontest.Links(a.key.Address(), key(67).Address())
		defer theirs.Close()
		_, err := a.Open(t.Context(), consumer.Request{Link: ours, Hub: hub.ID(), Deal: wire.Deal{
			Provider: key(66).Address(), Rate: price, Hubs: []wherry.Address{hub.Key.Address()}, B: sessiontest.B,
		}})
		if wherry.CodeOf(err) != wherry.Forbidden {
			t.Errorf("got %v", err)
		}
	})
}
