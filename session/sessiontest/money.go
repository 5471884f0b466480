package sessiontest

import (
	"context"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
)

// Domains of the two chains.
var (
	A = typed.Domain{ChainID: 1001, Contract: wherry.Address{0xa}}
	B = typed.Domain{ChainID: 1002, Contract: wherry.Address{0xb}}
)

// Hub takes every promise that it is not told to refuse.
type Hub struct {
	Key *identity.Key

	mu       sync.Mutex // guards all below
	answers  map[wherry.Hash]channel.Answer
	taken    map[wherry.SessionID]wherry.Amount
	revealed map[wherry.Hash]bool
	locks    map[wherry.Hash]wherry.Amount
	refuse   map[wherry.Address]channel.Refusal
	once     map[wherry.Address]channel.Refusal
	down     error
	delay    time.Duration
	batches  int
}

// NewHub returns a hub with a key of its own.
func NewHub(key *identity.Key) *Hub {
	return &Hub{
		Key: key, answers: map[wherry.Hash]channel.Answer{}, taken: map[wherry.SessionID]wherry.Amount{},
		revealed: map[wherry.Hash]bool{}, locks: map[wherry.Hash]wherry.Amount{},
		refuse: map[wherry.Address]channel.Refusal{}, once: map[wherry.Address]channel.Refusal{},
	}
}

// ID names a consumer's channel with the hub.
func (h *Hub) ID() channel.ID { return channel.ID{A: A, Hub: h.Key.Address()} }

// Refuse makes the hub refuse a consumer's promises from now on.
func (h *Hub) Refuse(consumer wherry.Address, code wherry.Code, reason string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.refuse[consumer] = channel.Refusal{Code: code, Reason: reason}
}

// RefuseOnce makes the hub refuse one promise.
func (h *Hub) RefuseOnce(consumer wherry.Address, code wherry.Code, reason string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.once[consumer] = channel.Refusal{Code: code, Reason: reason}
}

// Down makes the hub answer nothing but err, or come back with nil.
func (h *Hub) Down(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.down = err
}

// Slow makes the hub take its time.
func (h *Hub) Slow(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.delay = d
}

// Taken returns the sum of a session's orders.
func (h *Hub) Taken(s wherry.SessionID) wherry.Amount {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.taken[s]
}

// Batches returns how many batches with promises were taken.
func (h *Hub) Batches() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.batches
}

// Unrevealed returns the sum of what was taken and not revealed.
func (h *Hub) Unrevealed() wherry.Amount {
	h.mu.Lock()
	defer h.mu.Unlock()
	var sum wherry.Amount
	for lock, a := range h.locks {
		if !h.revealed[lock] {
			sum = must(sum.Add(a))
		}
	}
	return sum
}

// Pay implements the provider's Clearer.
func (h *Hub) Pay(_ context.Context, raw []byte) (channel.Answer, error) {
	h.mu.Lock()
	delay := h.delay
	h.mu.Unlock()
	time.Sleep(delay)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.down != nil {
		return channel.Answer{}, h.down
	}
	id := wherry.Keccak256(raw)
	if a, ok := h.answers[id]; ok {
		return a, nil
	}
	var b channel.Batch
	if err := codec.Unmarshal(raw, &b); err != nil {
		return channel.Answer{}, err
	}
	for _, r := range b.Reveals {
		h.revealed[channel.Lock(r)] = true
	}
	a := channel.Answer{Version: channel.Version, Request: id, Tick: b.Tick}
	for i, it := range b.Items {
		p := b.Promise(i, A)
		r, no := h.refuse[it.Consumer]
		if once, ok := h.once[it.Consumer]; ok {
			r, no = once, true
			delete(h.once, it.Consumer)
		}
		if err := p.Verify(); err != nil {
			r, no = channel.Refusal{Code: wherry.Forbidden, Reason: "signature"}, true
		}
		if no {
			r.Item, r.Order = uint64(i), p.ID()
			a.Refused = append(a.Refused, r)
			continue
		}
		h.taken[it.Session] = must(h.taken[it.Session].Add(it.Amount))
		h.locks[b.Hashlock] = must(h.locks[b.Hashlock].Add(it.Amount))
		a.Locked.Hashlock = b.Hashlock
	}
	if len(b.Items) > 0 {
		h.batches++
	}
	if len(a.Refused) > 0 {
		a.Sig = h.Key.Sign(must(a.Digest()))
	}
	h.answers[id] = a
	return a, nil
}

// Book is a provider's book with one hub.
type Book struct {
	hub      wherry.Address
	provider wherry.Address

	mu        sync.Mutex // guards all below
	number    uint64
	abandoned int
	secrets   map[uint64]wherry.Hash
	show      []wherry.Hash
	bare      error // why Serve says no
}

// NewBook returns an empty book.
func NewBook(hub, provider wherry.Address) *Book {
	return &Book{hub: hub, provider: provider, secrets: map[uint64]wherry.Hash{}}
}

// NextTick draws a tick.
func (b *Book) NextTick(context.Context) (channel.TickID, wherry.Hash, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.number++
	r := wherry.Keccak256([]byte("secret"), b.provider[:], []byte{byte(b.number), byte(b.number >> 8), byte(b.number >> 16), byte(b.number >> 24)})
	b.secrets[b.number] = r
	delete(b.secrets, b.number-16)
	return channel.TickID{Epoch: channel.Epoch{1}, Number: b.number}, channel.Lock(r), nil
}

// CheckPromise checks the signature and what is covered by it.
func (b *Book) CheckPromise(tick channel.TickID, p channel.SignedPromise) error {
	b.mu.Lock()
	r := b.secrets[tick.Number]
	b.mu.Unlock()
	if p.Hub != b.hub || p.Order.Provider != b.provider || p.Hashlock != channel.Lock(r) {
		return wherry.Errorf(wherry.Forbidden, "a promise for something else")
	}
	return p.Verify()
}

// Batch makes a batch.
func (b *Book) Batch(_ context.Context, tick channel.TickID, promises []channel.SignedPromise) (channel.Batch, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := channel.Batch{
		Version: channel.Version, Hub: b.hub, Provider: b.provider, ChainB: B.ChainID, ContractB: B.Contract,
		Tick: tick, Reveals: b.show,
	}
	for _, p := range promises {
		out.Hashlock = p.Hashlock
		out.Items = append(out.Items, p.Item())
	}
	return out, nil
}

// Answer returns the preimage of a tick that was taken.
func (b *Book) Answer(_ context.Context, q channel.Batch, a channel.Answer) (wherry.Hash, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.show = nil
	if a.Locked.IsZero() {
		return wherry.Hash{}, nil
	}
	if a.Locked.Hashlock != q.Hashlock {
		return wherry.Hash{}, wherry.Errorf(wherry.Invalid, "another lock")
	}
	r := b.secrets[q.Tick.Number]
	b.show = []wherry.Hash{r}
	return r, nil
}

// Abandon gives a batch up.
func (b *Book) Abandon(context.Context, channel.Batch) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.abandoned++
	return nil
}

// Abandoned returns how many batches were given up.
func (b *Book) Abandoned() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.abandoned
}

// Serve returns what Bare has set.
func (b *Book) Serve(context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.bare
}

// Bare makes Serve fail: the hub does not stand behind what it owes.
func (b *Book) Bare(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.bare = err
}

// Unrevealed reports whether a preimage waits to be shown.
func (b *Book) Unrevealed() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.show) > 0
}

// Payer is a wallet in variables.
type Payer struct {
	Key *identity.Key

	mu       sync.Mutex // guards all below
	seq      uint64
	total    wherry.Amount
	signed   map[wherry.SessionID]wherry.Amount
	open     map[wherry.Hash]channel.SignedPromise // by lock and session
	waiting  wherry.Amount
	acked    wherry.Amount
	refused  int
	fail     error
	requests int
	receipts map[wherry.SessionID][]byte
}

// NewPayer returns a wallet with endless money.
func NewPayer(key *identity.Key) *Payer {
	return &Payer{
		Key: key, signed: map[wherry.SessionID]wherry.Amount{}, open: map[wherry.Hash]channel.SignedPromise{},
		receipts: map[wherry.SessionID][]byte{},
	}
}

// Fail makes Pay fail.
func (p *Payer) Fail(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fail = err
}

// Pay signs.
func (p *Payer) Pay(_ context.Context, id channel.ID, order typed.Order, lock wherry.Hash, limits channel.Limits) (channel.SignedPromise, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.requests++
	if p.fail != nil {
		return channel.SignedPromise{}, p.fail
	}
	sum := must(p.waiting.Add(order.Amount))
	if limits.Unacknowledged.Less(sum) {
		return channel.SignedPromise{}, wherry.Errorf(wherry.OverBudget, "too much is not acknowledged")
	}
	p.seq++
	order.Seq = p.seq
	p.total = must(p.total.Add(order.Amount))
	s := channel.SignedPromise{Consumer: p.Key.Address(), A: id.A, Hub: id.Hub, Total: p.total, Hashlock: lock, Order: order}
	s.Sig = p.Key.Sign(s.Digest())
	p.signed[order.Session] = must(p.signed[order.Session].Add(order.Amount))
	p.open[lock] = s
	p.waiting = sum
	return s, nil
}

// Acknowledge notes a preimage.
func (p *Payer) Acknowledge(_ context.Context, preimage wherry.Hash) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	lock := channel.Lock(preimage)
	s, ok := p.open[lock]
	if !ok {
		return wherry.Errorf(wherry.NotFound, "no such order")
	}
	delete(p.open, lock)
	p.waiting = p.waiting.SubFloor(s.Order.Amount)
	p.acked = must(p.acked.Add(s.Order.Amount))
	return nil
}

// Refused notes a refusal.
func (p *Payer) Refused(_ context.Context, _ channel.ID, a channel.Answer) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for lock, s := range p.open {
		for _, r := range a.Refused {
			if r.Order == s.ID() {
				delete(p.open, lock)
				p.waiting = p.waiting.SubFloor(s.Order.Amount)
				p.refused++
				return nil
			}
		}
	}
	return wherry.Errorf(wherry.NotFound, "the answer refuses no order")
}

// SaveReceipt keeps a session's newest receipt.
func (p *Payer) SaveReceipt(_ context.Context, s wherry.SessionID, _ wherry.Address, body []byte) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.receipts[s] = body
	return nil
}

// Receipt returns what was kept.
func (p *Payer) Receipt(s wherry.SessionID) []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.receipts[s]
}

// Signed returns the sum of what was signed for a session.
func (p *Payer) Signed(s wherry.SessionID) wherry.Amount {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.signed[s]
}

// Books returns what is acknowledged, what waits, and how many orders were refused.
func (p *Payer) Books() (acked, waiting wherry.Amount, refused int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.acked, p.waiting, p.refused
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
