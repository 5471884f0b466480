package sessiontest_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/session/consumer"
	"github.com/wherrynet/wherry/session/meter"
	"github.com/wherrynet/wherry/session/provider"
	"github.com/wherrynet/wherry/session/sessiontest"
	"github.com/wherrynet/wherry/session/wire"
)

// key makes a key of a number, so that a failing test repeats.
func key(n byte) *identity.Key {
	k, err := identity.KeyFromBytes(append(make([]byte, 31), n))
	if err != nil {
		panic(err)
	}
	return k
}

var price = wherry.Rate{PerHour: wherry.MustAmount("0.01"), PerGiB: wherry.MustAmount("0.1")}

// alice is a consumer, with her wallet.
type alice struct {
	*consumer.Consumer
	key   *identity.Key
	payer *sessiontest.Payer
}

func newAlice(t *testing.T, n byte, change ...func(*consumer.Config)) alice {
	a := alice{key: key(n)}
	a.payer = sessiontest.NewPayer(a.key)
	cfg := consumer.Config{Key: a.key, Payer: a.payer}
	for _, f := range change {
		f(&cfg)
	}
	c, err := consumer.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	a.Consumer = c
	return a
}

// bob is a provider with its tunnel, offer and book.
type bob struct {
	*provider.Provider
	key  *identity.Key
	hub  *sessiontest.Hub
	book *sessiontest.Book
	ends *sessiontest.Ends
	deal wire.Deal
	stop context.CancelFunc
	done chan error
	err  chan error // of Serve
}

func newBob(t *testing.T, n byte, hub *sessiontest.Hub, change ...func(*provider.Config)) *bob {
	b := &bob{key: key(n), hub: hub, ends: sessiontest.NewEnds(), done: make(chan error, 1), err: make(chan error, 16)}
	b.book = sessiontest.NewBook(hub.Key.Address(), b.key.Address())
	b.deal = wire.Deal{
		Offer: wherry.Hash{1}, Provider: b.key.Address(), Rate: price,
		Credit: meter.Credit{Bytes: 32 << 20, Seconds: 30},
		Hubs:   []wherry.Address{hub.Key.Address()}, B: sessiontest.B,
	}
	cfg := provider.Config{
		Key: b.key, Deal: func() (wire.Deal, error) { return b.deal, nil }, Tunnel: b.ends, DNS: true,
		Books: []provider.Book{{Hub: hub.Key.Address(), Payee: b.book, Clearer: hub}},
		Log:   slog.New(slog.NewTextHandler(t.Output(), nil)),
	}
	for _, f := range change {
		f(&cfg)
	}
	p, err := provider.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	b.Provider = p
	ctx, cancel := context.WithCancel(t.Context())
	b.stop = cancel
	go func() { b.done <- p.Run(ctx) }()
	return b
}

// end stops the provider and waits for it.
func (b *bob) end(t *testing.T) {
	t.Helper()
	b.stop()
	if err := <-b.done; err != nil {
		t.Errorf("provider: %v", err)
	}
}

// trip is one session with what a test wants to hold of it.
type trip struct {
	*consumer.Session
	end *sessiontest.Peer
	run chan error
}

// request links a consumer to a provider that serves it.
func (a alice) request(t *testing.T, b *bob) (consumer.Request, *sessiontest.Peer) {
	ours, theirs := sessiontest.Links(a.key.Address(), b.key.Address())
	go func() { b.err <- b.Serve(t.Context(), theirs) }()
	end := b.ends.Consumer()
	return consumer.Request{Link: ours, Deal: b.deal, Hub: b.hub.ID(), Tunnel: end}, end
}

func (a alice) open(t *testing.T, b *bob, change ...func(*consumer.Request)) (*trip, error) {
	r, end := a.request(t, b)
	for _, f := range change {
		f(&r)
	}
	s, err := a.Open(t.Context(), r)
	if err != nil {
		return nil, err
	}
	tr := &trip{Session: s, end: end, run: make(chan error, 1)}
	go func() { tr.run <- s.Run(t.Context()) }()
	return tr, nil
}

func (a alice) mustOpen(t *testing.T, b *bob, change ...func(*consumer.Request)) *trip {
	t.Helper()
	tr, err := a.open(t, b, change...)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// ride carries perSecond bytes for d, in steps of a tenth of a second, or until
// the session has ended.
func (tr *trip) ride(d time.Duration, perSecond uint64) (carried uint64) {
	for end := time.Now().Add(d); time.Now().Before(end); {
		carried += tr.end.Carry(perSecond/10, 0)
		select {
		case <-tr.Done():
			return carried
		case <-time.After(100 * time.Millisecond):
		}
	}
	return carried
}

func (tr *trip) ended(t *testing.T, within time.Duration) error {
	t.Helper()
	select {
	case err := <-tr.run:
		return err
	case <-time.After(within):
		t.Fatalf("the session has not ended within %s", within)
		return nil
	}
}

func cost(t *testing.T, d time.Duration, bytes uint64) wherry.Amount {
	t.Helper()
	a, err := price.Cost(d, bytes)
	if err != nil {
		t.Fatal(err)
	}
	return a
}
