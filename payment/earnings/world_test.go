package earnings

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
)

var errCut = errors.New("the process dies here")

func key(n byte) *identity.Key {
	b := make([]byte, 32)
	b[0], b[31] = 3, n
	k, err := identity.KeyFromBytes(b)
	if err != nil {
		panic(err)
	}
	return k
}

const fee = 10_000 // 1 %

var chainA = typed.Domain{ChainID: 7001, Contract: wherry.Address{0xa}}

// hub is a hub in its slowest and most honest form, until a test says otherwise.
type hub struct {
	t       *testing.T
	key     *identity.Key
	b       typed.Domain
	payee   wherry.Address
	clock   func() time.Time
	life    time.Duration
	base    wherry.Amount
	open    map[wherry.Hash]wherry.Amount // net by lock, unrevealed
	locked  map[wherry.Hash]channel.SignedPayout
	ticks   map[wherry.Hash]channel.TickID
	order   []wherry.Hash
	answers map[wherry.Hash]channel.Answer
	batches map[wherry.Hash]wherry.Hash // request by lock
	shown   map[wherry.Hash]bool        // preimages that it was shown
	bound   channel.Bound

	refuse map[int]bool                // items of the next batch
	spoil  func(*channel.Answer)       // the next answer, before it is signed
	fail   func() error                // before a batch is looked at
	lose   bool                        // answers
	seen   func(b channel.Batch)       // each batch
	payout func(p *channel.Payouts)    // changes the answer of Payout
	bind   func(channel.Binding) error // before a binding is taken
}

func (h *hub) Pay(_ context.Context, raw []byte) (channel.Answer, error) {
	if h.fail != nil {
		if err := h.fail(); err != nil {
			return channel.Answer{}, err
		}
	}
	request := wherry.Keccak256(raw)
	if a, ok := h.answers[request]; ok {
		return a, nil
	}
	var b channel.Batch
	if err := codec.Unmarshal(raw, &b); err != nil {
		h.t.Fatal(err)
	}
	if h.seen != nil {
		h.seen(b)
	}
	if old, ok := h.batches[b.Hashlock]; ok && len(b.Items) > 0 && old != request {
		h.t.Fatalf("tick %d was asked for with other bytes", b.Tick.Number)
	}
	h.batches[b.Hashlock] = request
	for _, r := range b.Reveals {
		h.shown[r] = true
		if net, ok := h.open[channel.Lock(r)]; ok {
			h.base, _ = h.base.Add(net)
			delete(h.open, channel.Lock(r))
		}
	}
	a := channel.Answer{Version: channel.Version, Request: request, Tick: b.Tick}
	var net wherry.Amount
	taken := 0
	for i, it := range b.Items {
		if h.refuse[i] {
			p := b.Promise(i, chainA)
			a.Refused = append(a.Refused, channel.Refusal{Item: uint64(i), Code: wherry.NotFunded, Reason: "no deposit", Order: p.ID()})
			continue
		}
		taken++
		net, _ = net.Add(channel.Net(it.Amount, fee))
	}
	h.refuse = nil
	if !h.base.IsZero() {
		a.Unlocked = channel.SignedPayout{Payee: h.payee, Total: h.base}
	}
	if taken > 0 {
		total, _ := h.base.Add(net)
		a.Locked = channel.SignedPayout{Payee: h.payee, Total: total, Expiry: uint64(h.clock().Add(h.life).Unix()), Hashlock: b.Hashlock}
		h.open[b.Hashlock] = net
		h.ticks[b.Hashlock] = b.Tick
		h.order = append(h.order, b.Hashlock)
	}
	if h.spoil != nil {
		h.spoil(&a)
		h.spoil = nil
	}
	for _, p := range []*channel.SignedPayout{&a.Locked, &a.Unlocked} {
		if !p.IsZero() {
			p.Sig = h.key.Sign(p.Payout().Digest(h.b))
		}
	}
	if len(a.Refused) > 0 {
		d, err := a.Digest()
		if err != nil {
			h.t.Fatal(err)
		}
		a.Sig = h.key.Sign(d)
	}
	h.locked[b.Hashlock] = a.Locked
	h.answers[request] = a
	if h.lose {
		return channel.Answer{}, wherry.Errorf(wherry.Unreachable, "the answer was lost")
	}
	return a, nil
}

func (h *hub) Payout(context.Context, *identity.Key, channel.Chain) (channel.Payouts, error) {
	p := channel.Payouts{Version: 1, Payee: h.bound.Payee, Seq: h.bound.Seq}
	if !h.base.IsZero() {
		p.Unlocked = channel.SignedPayout{Payee: h.payee, Total: h.base}
		p.Unlocked.Sig = h.key.Sign(p.Unlocked.Payout().Digest(h.b))
	}
	for _, l := range h.order {
		if _, ok := h.open[l]; ok {
			p.Open = append(p.Open, channel.OpenTick{Ticks: []channel.TickID{{Number: 1 << 40}, h.ticks[l]}, Locked: h.locked[l]})
		}
	}
	if h.payout != nil {
		h.payout(&p)
	}
	return p, nil
}

func (h *hub) Bind(_ context.Context, b channel.Binding) (channel.Bound, error) {
	if h.bind != nil {
		if err := h.bind(b); err != nil {
			return channel.Bound{}, err
		}
	}
	if err := b.Verify(); err != nil {
		return channel.Bound{}, err
	}
	same := b.Payee.Seq == h.bound.Seq && b.Payee.Payee == h.bound.Payee
	if !same && b.Payee.Seq != h.bound.Seq+1 {
		return channel.Bound{}, wherry.Errorf(wherry.Conflict, "the next number is %d", h.bound.Seq+1)
	}
	h.bound = channel.Bound{Version: 1, Payee: b.Payee.Payee, Seq: b.Payee.Seq}
	return h.bound, nil
}

// world is a provider with a hub on a chain.
type world struct {
	t        *testing.T
	chain    *chaintest.Chain
	provider *identity.Key
	hub      *hub
	path     string
	seq      uint64
	total    wherry.Amount
	locks    map[wherry.Hash]bool // every lock ever drawn
}

func newWorld(t *testing.T) *world {
	w := &world{
		t: t, provider: key(1), path: filepath.Join(t.TempDir(), "earnings.db"), locks: map[wherry.Hash]bool{},
		chain: chaintest.New(chaintest.Config{ChainID: 7002, Depth: 2}),
	}
	w.hub = &hub{
		t: t, key: key(2), b: w.chain.Params().Domain(), payee: w.provider.Address(), life: 12 * time.Hour, clock: w.now,
		open: map[wherry.Hash]wherry.Amount{}, locked: map[wherry.Hash]channel.SignedPayout{}, ticks: map[wherry.Hash]channel.TickID{},
		answers: map[wherry.Hash]channel.Answer{}, batches: map[wherry.Hash]wherry.Hash{}, shown: map[wherry.Hash]bool{},
	}
	owner := w.hub.key.Address()
	w.chain.Give(owner, wherry.Base(1_000_000))
	for _, call := range []chain.Call{
		chain.Approve{Amount: wherry.Base(1_000_000)},
		chain.OpenHub{Hub: owner, Amount: wherry.Base(1_000_000), Signature: w.hub.key.Sign(typed.Owner{Owner: owner}.Digest(w.hub.b))},
	} {
		w.byHub(call)
	}
	return w
}

func (w *world) byHub(call chain.Call) {
	w.t.Helper()
	if _, err := w.chain.Send(w.t.Context(), w.hub.key, call, nil); err != nil {
		w.t.Fatal(err)
	}
}

// reserve makes the hub reserve an amount for the payee.
func (w *world) reserve(x uint64) {
	w.t.Helper()
	w.byHub(chain.Push{Hub: w.hub.key.Address(), Items: []chain.PushItem{{Payee: w.hub.payee, Reserve: wherry.Base(x)}}})
	w.chain.Mine(3)
}

func (w *world) now() time.Time {
	h, err := w.chain.Head(context.Background(), chain.Latest)
	if err != nil {
		return time.Time{}
	}
	return h.Time
}

func (w *world) config() Config {
	return Config{
		Path: w.path, Key: w.provider, Hub: w.hub.key.Address(), Payee: w.hub.payee, Chain: w.chain, Hubs: w.hub, FeePPM: fee,
		Deposits: []typed.Domain{chainA}, Every: time.Millisecond,
	}
}

func (w *world) openErr() (*Book, error) {
	b, err := Open(w.t.Context(), w.config())
	if err == nil {
		w.t.Cleanup(func() { _ = b.Close() })
	}
	return b, err
}

func (w *world) open() *Book {
	w.t.Helper()
	b, err := w.openErr()
	if err != nil {
		w.t.Fatal(err)
	}
	return b
}

func (w *world) reopen(b *Book) *Book {
	w.t.Helper()
	if err := b.Close(); err != nil {
		w.t.Fatal(err)
	}
	return w.open()
}

// promises are what consumers sign for a tick.
func (w *world) promises(lock wherry.Hash, amounts ...uint64) []channel.SignedPromise {
	out := make([]channel.SignedPromise, len(amounts))
	for i, x := range amounts {
		w.seq++
		w.total, _ = w.total.Add(wherry.Base(x))
		p := channel.SignedPromise{
			Consumer: key(3).Address(), A: chainA, Hub: w.hub.key.Address(), Total: w.total, Hashlock: lock,
			Order: typed.Order{
				Provider: w.provider.Address(), ChainB: w.hub.b.ChainID, ContractB: w.hub.b.Contract,
				Amount: wherry.Base(x), Seq: w.seq, Session: wherry.SessionID{byte(i)},
			},
		}
		p.Sig = key(3).Sign(p.Digest())
		out[i] = p
	}
	return out
}

// draw takes the next tick and makes sure that its lock is a new one.
func (w *world) draw(b *Book) (channel.TickID, wherry.Hash, error) {
	id, lock, err := b.NextTick(w.t.Context())
	if err != nil {
		return id, lock, err
	}
	if w.locks[lock] {
		w.t.Fatalf("lock of tick %d was drawn before", id.Number)
	}
	w.locks[lock] = true
	return id, lock, nil
}

// tick earns one tick and returns its preimage.
func (w *world) tick(b *Book, amounts ...uint64) (channel.TickID, wherry.Hash, error) {
	id, lock, err := w.draw(b)
	if err != nil {
		return id, wherry.Hash{}, err
	}
	c, err := b.Clear(w.t.Context(), id, w.promises(lock, amounts...))
	return id, c.Preimage, err
}

func (w *world) mustTick(b *Book, amounts ...uint64) (channel.TickID, wherry.Hash) {
	w.t.Helper()
	id, r, err := w.tick(b, amounts...)
	if err != nil {
		w.t.Fatal(err)
	}
	return id, r
}

// flush shows the hub what is left to show.
func (w *world) flush(b *Book) {
	w.t.Helper()
	for b.Unrevealed() {
		if _, err := b.Clear(w.t.Context(), channel.TickID{}, nil); err != nil {
			w.t.Fatal(err)
		}
	}
}

func (w *world) totals(b *Book) Totals {
	w.t.Helper()
	t, err := b.Totals(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	if sum, err := t.Settled.Add(t.Waiting); err != nil || sum != t.Earned {
		w.t.Fatalf("earned %d is not settled %d + waiting %d", t.Earned, t.Settled, t.Waiting)
	}
	return t
}

func wantCode(t *testing.T, err error, code wherry.Code) {
	t.Helper()
	if wherry.CodeOf(err) != code {
		t.Fatalf("error %v: want the code %q", err, code)
	}
}
