package soak

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/hub/client"
)

var price = wherry.MustAmount("0.001")

// finding is something that must not be.
type finding struct {
	lost, doubled wherry.Amount
	what          string
}

// books compares what somebody was told with what the hub says.
func books(what string, told, says wherry.Amount) (finding, bool) {
	if told == says {
		return finding{}, true
	}
	return finding{lost: told.SubFloor(says), doubled: says.SubFloor(told), what: fmt.Sprintf("%s: %s was acknowledged, the hub says %s", what, told, says)}, false
}

// load is everybody who deals with the hub.
type load struct {
	a, b   typed.Domain
	url    atomic.Value // of the hub as it runs now
	stop   atomic.Bool  // begin no more ticks
	people []*provider
	all    []*consumer

	acknowledged atomic.Int64 // payments
	batches      atomic.Int64
	again        atomic.Int64 // batches that were answered, handed in once more

	mu    sync.Mutex // guards found
	found []finding
}

func (l *load) wrong(f finding) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.found = append(l.found, f)
}

func (l *load) findings() []finding {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]finding(nil), l.found...)
}

func (l *load) client() client.Client {
	u, _ := l.url.Load().(string)
	return client.Client{URL: u, Hub: key("hub").Address()}
}

// consumer signs promises. One that buys from several providers holds mu from a
// promise to its answer, as its sessions would wait for each other.
type consumer struct {
	key   *identity.Key
	mu    sync.Mutex
	seq   uint64
	total wherry.Amount // = spent, once all is revealed
}

// provider pays for what its consumers buy, tick after tick.
type provider struct {
	l          *load
	name       string
	key, payee *identity.Key
	own        []*consumer
	shared     *consumer
	rnd        *rand.Rand
	base, net  wherry.Amount // revealed; of the tick that is not
	tick       uint64
	last       []byte // the newest answered batch, and its answer
	answer     []byte
}

func (p *provider) secret(tick uint64) wherry.Hash {
	return wherry.Keccak256(p.key.Bytes(), fmt.Append(nil, tick))
}

func plus(a, b wherry.Amount) wherry.Amount {
	s, err := a.Add(b)
	if err != nil {
		panic(err)
	}
	return s
}

// run pays until it is stopped, and then shows its last preimage.
func (p *provider) run(ctx context.Context) {
	for ctx.Err() == nil && !p.l.stop.Load() {
		if !p.pay(ctx) {
			return
		}
		if p.rnd.IntN(5) == 0 && !p.repeat(ctx) {
			return
		}
	}
	p.finish(ctx)
}

// pay takes one tick from its promises to its answer.
func (p *provider) pay(ctx context.Context) bool {
	p.tick++
	buyers := p.own
	if p.shared.mu.TryLock() {
		defer p.shared.mu.Unlock()
		buyers = append(append([]*consumer(nil), p.own...), p.shared)
	}
	secret := p.secret(p.tick)
	b := channel.Batch{
		Version: 1, Hub: key("hub").Address(), Provider: p.key.Address(), ChainB: p.l.b.ChainID, ContractB: p.l.b.Contract,
		Tick: channel.TickID{Epoch: channel.Epoch{1}, Number: p.tick}, Hashlock: wherry.Keccak256(secret[:]),
	}
	if p.tick > 1 {
		b.Reveals = []wherry.Hash{p.secret(p.tick - 1)}
	}
	var net wherry.Amount
	for _, c := range buyers {
		c.seq++
		c.total = plus(c.total, price)
		o := channel.SignedPromise{
			Consumer: c.key.Address(), A: p.l.a, Hub: b.Hub, Total: c.total, Hashlock: b.Hashlock,
			Order: typed.Order{
				Provider: b.Provider, ChainB: b.ChainB, ContractB: b.ContractB, Amount: price, Seq: c.seq, Session: wherry.SessionID{byte(c.seq)},
			},
		}
		o.Sig = c.key.Sign(o.Digest())
		b.Items = append(b.Items, o.Item())
		net = plus(net, channel.Net(price, feePPM))
	}
	raw, ok := p.encode(b)
	if !ok {
		return false
	}
	base := plus(p.base, p.net) // the batch shows the preimage before
	a, ok := p.ask(ctx, raw)
	if !ok {
		return false
	}
	if len(a.Refused) > 0 {
		return p.wrong(finding{what: fmt.Sprintf("%s tick %d: refused: %v", p.name, p.tick, a.Refused)})
	}
	for what, o := range map[string]struct {
		told wherry.Amount
		says channel.SignedPayout
	}{"unlocked payout": {base, a.Unlocked}, "locked payout": {plus(base, net), a.Locked}} {
		if !o.told.IsZero() && o.says.Verify(b.Hub, p.l.b) != nil {
			return p.wrong(finding{what: p.name + ": " + what + " is not signed"})
		}
		if f, ok := books(fmt.Sprintf("%s tick %d, %s", p.name, p.tick, what), o.told, o.says.Total); !ok {
			return p.wrong(f)
		}
	}
	p.base, p.net = base, net
	p.last = raw
	if p.answer, ok = p.bytes(a); !ok {
		return false
	}
	p.l.batches.Add(1)
	p.l.acknowledged.Add(int64(len(buyers)))
	return true
}

// repeat hands the newest answered batch in once more: the same bytes come back.
func (p *provider) repeat(ctx context.Context) bool {
	a, ok := p.ask(ctx, p.last)
	if !ok {
		return false
	}
	got, ok := p.bytes(a)
	if ok && !bytes.Equal(got, p.answer) {
		return p.wrong(finding{lost: price, what: fmt.Sprintf("%s tick %d: the same batch has another answer", p.name, p.tick)})
	}
	p.l.again.Add(1)
	return ok
}

// finish shows the last preimage, and compares everything that was earned.
func (p *provider) finish(ctx context.Context) {
	if p.tick == 0 {
		return
	}
	if !p.repeat(ctx) {
		return
	}
	raw, ok := p.encode(channel.Batch{
		Version: 1, Hub: key("hub").Address(), Provider: p.key.Address(), ChainB: p.l.b.ChainID, ContractB: p.l.b.Contract,
		Reveals: []wherry.Hash{p.secret(p.tick)},
	})
	if !ok {
		return
	}
	a, ok := p.ask(ctx, raw)
	if !ok {
		return
	}
	p.base, p.net = plus(p.base, p.net), wherry.Amount{}
	if f, ok := books(p.name+", everything", p.base, a.Unlocked.Total); !ok {
		p.l.wrong(f)
	}
}

// ask hands a batch in until it is answered: the hub may be dead just now.
func (p *provider) ask(ctx context.Context, raw []byte) (channel.Answer, bool) {
	for ctx.Err() == nil {
		one, cancel := context.WithTimeout(ctx, 2*time.Second)
		a, err := p.l.client().Pay(one, raw)
		cancel()
		if err == nil {
			return a, true
		}
		switch wherry.CodeOf(err) {
		case wherry.Unreachable, wherry.Timeout, wherry.Busy, wherry.Interrupted:
		case wherry.Invalid:
			if p.l.client().URL != "" { // no hub has begun yet
				return channel.Answer{}, p.wrong(finding{what: p.name + ": " + err.Error()})
			}
		case wherry.NotFound:
			if p.last != nil { // it was paid before, so its binding is in the journal
				return channel.Answer{}, p.wrong(finding{lost: price, what: fmt.Sprintf("%s tick %d: %s", p.name, p.tick, err)})
			}
			one, cancel := context.WithTimeout(ctx, 2*time.Second)
			_, _ = p.l.client().Bind(one, channel.Bind(p.key, p.payee, p.l.b, 1)) // a hub forgets whom it has never paid
			cancel()
		default:
			return channel.Answer{}, p.wrong(finding{lost: price, what: fmt.Sprintf("%s tick %d: %s", p.name, p.tick, err)})
		}
		select {
		case <-ctx.Done():
		case <-time.After(5 * time.Millisecond): // the next hub comes up meanwhile
		}
	}
	return channel.Answer{}, false
}

func (p *provider) wrong(f finding) bool {
	p.l.wrong(f)
	return false
}

func (p *provider) encode(b channel.Batch) ([]byte, bool) {
	b, err := b.Sign(p.key)
	if err != nil {
		return nil, p.wrong(finding{what: err.Error()})
	}
	return p.bytes(b)
}

func (p *provider) bytes(v any) ([]byte, bool) {
	raw, err := codec.Marshal(v)
	if err != nil {
		return nil, p.wrong(finding{what: err.Error()})
	}
	return raw, true
}
