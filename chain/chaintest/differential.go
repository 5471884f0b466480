package chaintest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
)

// Differential makes random calls on a world and on the model in memory, and
// checks after each that both took it or refused it alike, tell the same events
// and hold the same. It holds the model to the contract, and the contract to
// the model.
func Differential(t *testing.T, w World) {
	p := newPlay(t, w)
	for _, k := range []*identity.Key{p.owner, p.alice, p.bob, p.relayer} {
		p.Fund(k.Address(), wherry.Tokens(10_000))
		p.do(k, chain.Approve{Amount: wherry.Tokens(5_000)})
	}
	rapid.Check(t, func(r *rapid.T) {
		hub := newKey(t) // the world goes on from run to run: the hub is new
		p.Fund(hub.Address(), wherry.Amount{})
		d := newDuel(t, w, p, hub)
		r.Repeat(map[string]func(*rapid.T){
			"":        d.compare,
			"hub":     d.hubCall,
			"money":   d.moneyCall,
			"deposit": d.depositCall,
			"leave":   d.leaveCall,
			"wait":    d.waitCall,
			"time": func(r *rapid.T) {
				w.Advance(rapid.SampledFrom([]time.Duration{time.Minute, 12 * time.Minute, 4 * 24 * time.Hour}).Draw(r, "time"))
				d.m.Mine(1) // at the world's time
			},
		})
	})
}

// duel is a world and the model side by side.
type duel struct {
	world, model *play
	m            *Chain
	secret       wherry.Hash
	people       []*identity.Key
	payees       []wherry.Address
	signed       []chain.Call // what may be shown again
}

// newDuel makes a model that holds what the world holds, but for the hub.
func newDuel(t *testing.T, w World, p *play, hub *identity.Key) *duel {
	m := New(Config{Gas: wherry.Tokens(1_000_000), Depth: 2, Now: func() time.Time {
		h, err := w.Chain().Head(p.ctx, chain.Latest)
		if err != nil {
			t.Fatal(err)
		}
		return h.Time
	}})
	m.params = w.Chain().Params()
	l := m.newest().after
	l.params = m.params
	wp, mp := *p, *p
	wp.hub, mp.hub = hub, hub
	mp.World, mp.c = nil, m
	d := &duel{
		world: &wp, model: &mp, m: m, secret: wherry.Keccak256([]byte("secret")),
		people: []*identity.Key{p.owner, p.alice, p.bob, p.relayer, hub},
		payees: []wherry.Address{newKey(t).Address(), newKey(t).Address(), p.bob.Address()},
	}
	for _, a := range d.accounts() {
		acc, err := w.Chain().Account(p.ctx, a, chain.Latest)
		if err != nil {
			t.Fatal(err)
		}
		l.tokens[a], l.allowances[a], l.permitNonces[a] = acc.Tokens, acc.Allowance, acc.PermitNonce
	}
	return d
}

func (d *duel) accounts() []wherry.Address {
	out := append([]wherry.Address{d.m.params.Contract}, d.payees...)
	for _, k := range d.people {
		out = append(out, k.Address())
	}
	for _, c := range d.people[1:3] {
		for _, limit := range caps {
			out = append(out, d.m.params.DepositAddress(d.world.waiting(c, limit)))
		}
	}
	return out
}

// caps are those of the deposit addresses in use.
var caps = []uint64{0, 2, 8}

// both makes one call on both sides.
func (d *duel) both(r *rapid.T, key *identity.Key, call chain.Call) {
	ctx, c := d.world.ctx, d.world.c
	_, simulated := c.Simulate(ctx, key.Address(), call)
	// The world's block is made first: the model takes over its time.
	first := d.world.height() + 1
	id, err := c.Send(ctx, key, call, nil)
	if err == nil {
		_, err = chain.Await(ctx, c, id, chain.Mined, time.Millisecond)
	}
	at := d.model.height() + 1
	_, modelErr := d.m.Send(ctx, key, call, nil)
	if name(err) != name(modelErr) || name(simulated) != name(modelErr) {
		r.Fatalf("%s by %s: %v (simulated %v), the model says %v: %+v", call.Name(), key.Address(), err, simulated, modelErr, call)
	}
	if err != nil {
		return
	}
	d.signed = append(d.signed, call)
	got, want := plainEvents(d.world.events(first)), plainEvents(d.model.events(at))
	if !slices.Equal(got, want) {
		r.Fatalf("%s: events\n%+v\nthe model says\n%+v", call.Name(), got, want)
	}
}

// name returns which refusal err is.
func name(err error) string {
	if err == nil {
		return ""
	}
	if refusal, ok := errors.AsType[chain.Refusal](err); ok {
		return string(refusal)
	}
	return err.Error()
}

// plainEvents takes out what names a transaction.
func plainEvents(evs []chain.Event) []chain.Event {
	for i := range evs {
		evs[i].Block, evs[i].Index, evs[i].Tx = 0, 0, wherry.Hash{}
	}
	return evs
}

// compare checks that both sides hold the same.
func (d *duel) compare(r *rapid.T) {
	ctx, hub := d.world.ctx, d.world.hub.Address()
	equal := func(what string, got, want any, err1, err2 error) {
		if err := errors.Join(err1, err2); err != nil || got != want {
			r.Fatalf("%s is %+v, the model says %+v (%v)", what, got, want, err)
		}
	}
	got, err1 := d.world.c.Hub(ctx, hub, chain.Latest)
	want, err2 := d.m.Hub(ctx, hub, chain.Latest)
	equal("the hub", got, want, err1, err2)
	for _, k := range d.people {
		got, err1 := d.world.c.In(ctx, hub, k.Address(), chain.Latest)
		want, err2 := d.m.In(ctx, hub, k.Address(), chain.Latest)
		equal("the channel", got, want, err1, err2)
	}
	for _, a := range d.payees {
		got, err1 := d.world.c.Out(ctx, hub, a, chain.Latest)
		want, err2 := d.m.Out(ctx, hub, a, chain.Latest)
		equal("the payee's side", got, want, err1, err2)
	}
	held := wherry.Amount{}
	for i, a := range d.accounts() {
		got, err1 := d.world.c.Account(ctx, a, chain.Latest)
		want, err2 := d.m.Account(ctx, a, chain.Latest)
		got.Gas, want.Gas = wherry.Amount{}, wherry.Amount{}
		equal("the account", got, want, err1, err2)
		if i == 0 {
			held = got.Tokens
		}
	}
	if owed := d.owed(); held.Less(owed) {
		r.Fatalf("the contract holds %s and owes %s to this hub's people alone", held, owed)
	}
}

// owed sums what the model's contract owes at the hub.
func (d *duel) owed() wherry.Amount {
	l := d.m.newest().after
	total := l.hubs[d.world.hub.Address()].Free
	for _, ch := range l.ins {
		total = sum(total, minus(ch.deposited, ch.settled))
	}
	for _, o := range l.outs {
		total = sum(total, o.reserved)
	}
	return total
}

// The draws.

func (d *duel) person(r *rapid.T, label string) *identity.Key {
	return rapid.SampledFrom(d.people).Draw(r, label)
}

func (d *duel) consumer(r *rapid.T) *identity.Key {
	return rapid.SampledFrom(d.people[1:3]).Draw(r, "consumer")
}

func (d *duel) payee(r *rapid.T) wherry.Address {
	odd := append(slices.Clone(d.payees), d.payees...)
	return rapid.SampledFrom(append(odd, d.m.params.Token, wherry.Address{})).Draw(r, "payee")
}

// tokens draws an amount that is mostly small, so that limits are met.
func tokens(r *rapid.T, label string) wherry.Amount {
	n := rapid.SampledFrom([]uint64{0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 9_000}).Draw(r, label)
	return wherry.Tokens(n)
}

func (d *duel) preimage(r *rapid.T) wherry.Hash {
	return rapid.SampledFrom([]wherry.Hash{{}, d.secret}).Draw(r, "preimage")
}

// deadline draws an end: mostly the latest that there can be, or one that is not
// within a minute of any limit.
func (d *duel) deadline(r *rapid.T) uint64 {
	now := int64(d.world.now())
	return uint64(now + rapid.SampledFrom([]int64{600, 600, 600, -120, 120, 300, 480, 720}).Draw(r, "deadline"))
}

// sometimes is true once in n draws.
func sometimes(r *rapid.T, n int, label string) bool {
	return rapid.IntRange(1, n).Draw(r, label) == n
}
