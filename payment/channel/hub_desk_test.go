package channel

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
)

// hubDesk is a hub's book on two chains, with a second one that is rebuilt from
// the events of the first, step by step.
type hubDesk struct {
	t      testing.TB
	hub    *Hub
	copy   *Hub
	rules  HubRules
	clock  Clock
	seq    map[wherry.Address]uint64
	total  map[wherry.Address]wherry.Amount
	number uint64

	notBefore uint64 // of c's channel on chain
	check     bool   // compare both books after every event
}

var (
	hubDomainA = typed.Domain{ChainID: 1, Contract: hubAccount("contract a")}
	hubDomainB = typed.Domain{ChainID: 2, Contract: hubAccount("contract b")}
	hubSelf    = hubAccount("hub")
)

func hubAccount(name string) wherry.Address {
	h := wherry.Keccak256([]byte(name))
	return wherry.Address(h[12:])
}

func hubSecret(name string) wherry.Hash { return wherry.Keccak256([]byte("secret " + name)) }

func hubLock(name string) wherry.Hash {
	s := hubSecret(name)
	return wherry.Keccak256(s[:])
}

func hubSession(name string) wherry.SessionID {
	return wherry.SessionID(wherry.Keccak256([]byte(name)))
}

const hubStart = 1_000_000 // the clocks of both chains

func newHubDesk(t testing.TB) *hubDesk {
	d := &hubDesk{
		t: t, check: true,
		hub:  NewHub(hubSelf, []typed.Domain{hubDomainA, hubDomainB}),
		copy: NewHub(hubSelf, []typed.Domain{hubDomainA, hubDomainB}),
		rules: HubRules{
			FeePPM: 10_000, MaxOpen: wherry.Base(1 << 40), MaxOpenConsumer: wherry.Base(1 << 40), PayoutLife: 12 * 3600,
		},
		clock: Clock{1: hubStart, 2: hubStart},
		seq:   map[wherry.Address]uint64{}, total: map[wherry.Address]wherry.Amount{},
	}
	d.bind("p", "e", 1)
	d.deposit("c", 1_000_000)
	return d
}

// record plays an event, through its encoding, into the copy.
func (d *hubDesk) record(e HubEvent) {
	d.t.Helper()
	if e == (HubEvent{}) {
		return
	}
	b, err := codec.Marshal(e)
	if err != nil {
		d.t.Fatal(err)
	}
	var again HubEvent
	if err := codec.Unmarshal(b, &again); err != nil {
		d.t.Fatalf("event of %d bytes: %v", len(b), err)
	}
	if err := d.copy.Apply(again); err != nil {
		d.t.Fatalf("replay: %v", err)
	}
	if d.check {
		d.compare()
	}
}

func (d *hubDesk) compare() {
	d.t.Helper()
	if got, want := hubSaved(d.t, d.copy), hubSaved(d.t, d.hub); !bytes.Equal(got, want) {
		d.t.Fatal("the book that was rebuilt from events differs")
	}
}

func hubSaved(t testing.TB, h *Hub) []byte {
	t.Helper()
	var out []byte
	if err := h.Save(func(b []byte) error {
		out = binary.BigEndian.AppendUint32(out, uint32(len(b)))
		out = append(out, b...)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func hubLoaded(t testing.TB, saved []byte) *Hub {
	t.Helper()
	h := NewHub(hubSelf, []typed.Domain{hubDomainA, hubDomainB})
	for len(saved) > 0 {
		n := binary.BigEndian.Uint32(saved)
		end, err := h.Load(saved[4 : 4+n])
		if err != nil {
			t.Fatal(err)
		}
		saved = saved[4+n:]
		if end != (len(saved) == 0) {
			t.Fatal("the end of a saved book is not its last record")
		}
	}
	return h
}

func (d *hubDesk) bind(provider, payee string, seq uint64) {
	d.t.Helper()
	e, _, err := d.hub.Bind(hubBinding(provider, payee, seq))
	if err != nil {
		d.t.Fatal(err)
	}
	d.record(e)
}

func hubBinding(provider, payee string, seq uint64) BindRequest {
	return BindRequest{
		Version: 1, Provider: hubAccount(provider), Payee: hubAccount(payee),
		B: Chain{hubDomainB.ChainID, hubDomainB.Contract}, Seq: seq,
	}
}

func (d *hubDesk) in(in HubIn) { d.t.Helper(); d.record(d.hub.SetIn(in)) }

func hubIn1(consumer string) InID { return InID{1, hubAccount(consumer)} }

func (d *hubDesk) deposit(consumer string, base uint64) {
	d.t.Helper()
	d.in(HubIn{ID: hubIn1(consumer), Deposited: wherry.Base(base)})
}

// order makes a consumer's next promise: the total grows by the amount.
func (d *hubDesk) order(consumer string, amount uint64) Item {
	c := hubAccount(consumer)
	d.seq[c]++
	d.total[c], _ = d.total[c].Add(wherry.Base(amount))
	return Item{
		Consumer: c, ChainA: 1, Total: d.total[c], Amount: wherry.Base(amount), Seq: d.seq[c],
		Session: hubSession(fmt.Sprint(consumer, d.seq[c])),
	}
}

func (d *hubDesk) batch(provider, tick string, reveals []string, items ...Item) Batch {
	d.number++
	b := Batch{
		Version: 1, Hub: hubSelf, Provider: hubAccount(provider), ChainB: 2, ContractB: hubDomainB.Contract,
		Tick: TickID{Number: d.number}, Items: items,
	}
	if len(items) > 0 {
		b.Hashlock = hubLock(tick)
	}
	for _, r := range reveals {
		b.Reveals = append(b.Reveals, hubSecret(r))
	}
	return b
}

// try hands in a batch whose signatures all fit.
func (d *hubDesk) try(b Batch) (Answer, error) {
	d.t.Helper()
	signed := make([]bool, len(b.Items))
	for i := range signed {
		signed[i] = true
	}
	return d.trySigned(b, signed)
}

func (d *hubDesk) trySigned(b Batch, signed []bool) (Answer, error) {
	d.t.Helper()
	before := hubSaved(d.t, d.hub)
	request, err := b.Request()
	if err != nil {
		d.t.Fatal(err)
	}
	e, a, err := d.hub.Pay(b, request, signed, d.clock, d.rules)
	if err != nil && !bytes.Equal(before, hubSaved(d.t, d.hub)) {
		d.t.Fatalf("a batch that was refused as a whole changed the book: %v", err)
	}
	d.record(e)
	return a, err
}

func (d *hubDesk) pay(b Batch) Answer {
	d.t.Helper()
	a, err := d.try(b)
	if err != nil {
		d.t.Fatal(err)
	}
	return a
}

// accept hands in a batch of which nothing may be refused.
func (d *hubDesk) accept(b Batch) Answer {
	d.t.Helper()
	a := d.pay(b)
	if len(a.Refused) > 0 {
		d.t.Fatalf("refused: %v", a.Refused)
	}
	return a
}

// refused hands in a batch of one item, which has to be refused with a code.
func (d *hubDesk) refused(b Batch, code wherry.Code) Refusal {
	d.t.Helper()
	a := d.pay(b)
	if len(a.Refused) != 1 || a.Refused[0].Code != code {
		d.t.Fatalf("refusals %v, want %s", a.Refused, code)
	}
	if !a.Locked.IsZero() {
		d.t.Fatal("there is a payout for an order that was refused")
	}
	return a.Refused[0]
}

func (d *hubDesk) fails(b Batch, code wherry.Code) {
	d.t.Helper()
	if _, err := d.try(b); wherry.CodeOf(err) != code {
		d.t.Fatalf("error %v, want %s", err, code)
	}
}

func (d *hubDesk) account(consumer string) Account {
	d.t.Helper()
	a, err := d.hub.Account(hubIn1(consumer))
	if err != nil {
		d.t.Fatal(err)
	}
	return a
}

func (d *hubDesk) wantSpent(consumer string, spent, pending uint64) {
	d.t.Helper()
	if a := d.account(consumer); a.Spent != wherry.Base(spent) || a.Pending != wherry.Base(pending) {
		d.t.Fatalf("spent %s and pending %s, want %d and %d", a.Spent.BaseString(), a.Pending.BaseString(), spent, pending)
	}
}

func (d *hubDesk) wantEarned(payee string, base uint64) {
	d.t.Helper()
	if got := d.hub.Earned(OutID{2, hubAccount(payee)}); got != wherry.Base(base) {
		d.t.Fatalf("%s has earned %s, want %d", payee, got.BaseString(), base)
	}
}
