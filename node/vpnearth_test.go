package node

import (
	"context"
	"io"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/host/guard"
	"github.com/wherrynet/wherry/session/consumer"
	"github.com/wherrynet/wherry/session/consumer/tunnel"
)

// earth is what is around an engine: a guard whose rules outlive it, and
// providers.
type earth struct {
	t  *testing.T
	mu sync.Mutex // guards all below

	offline  bool
	closed   bool
	wish     guard.Wish
	releases int
	fails    error // of the guard
	changes  chan guard.Change

	providers []*someone
	held      int // negotiations that nobody paid for
	paid      []string
	attached  *trip
	openHolds []string // who was asked while the guard was open
	broke     error    // of the wallet
	shunned   map[string]time.Time
}

// someone is a provider.
type someone struct {
	name    string
	rtt     time.Duration
	dead    bool  // answers nothing any more
	refuses error // every negotiation
}

func newEarth(t *testing.T, names ...string) *earth {
	e := &earth{t: t, changes: make(chan guard.Change), shunned: map[string]time.Time{}}
	for _, n := range names {
		e.providers = append(e.providers, &someone{name: n, rtt: 20 * time.Millisecond})
	}
	return e
}

func (e *earth) do(f func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	f()
}

// Apply implements Guard.
func (e *earth) Apply(_ context.Context, w guard.Wish) error {
	time.Sleep(5 * time.Millisecond)
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.fails != nil {
		return e.fails
	}
	e.closed, e.wish = true, w
	return nil
}

// Release implements Guard.
func (e *earth) Release(context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.fails != nil {
		return e.fails
	}
	e.closed, e.releases = false, e.releases+1
	return nil
}

// TUN implements Guard.
func (e *earth) TUN(context.Context, string, int, []netip.Prefix) (*os.File, error) {
	return os.Open(os.DevNull)
}

// Mark implements Guard.
func (e *earth) Mark(context.Context, syscall.RawConn) error { return nil }

// State implements Guard.
func (e *earth) State(context.Context) (guard.State, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return guard.State{Closed: e.closed, Wish: e.wish}, nil
}

// Changes implements Guard.
func (e *earth) Changes() <-chan guard.Change { return e.changes }

// Begin implements dealer.
func (e *earth) Begin(context.Context, tunnel.Wish) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.broke
}

// Fit implements dealer.
func (e *earth) Fit(_ context.Context, w tunnel.Wish) ([]candidate, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	var out []candidate
	for i, p := range e.providers {
		if w.Provider != "" && w.Provider != p.name || time.Now().Before(e.shunned[p.name]) {
			continue
		}
		out = append(out, candidate{
			Peer:      api.Peer{Name: p.name, Address: wherry.Address{byte(i + 1)}, Country: "SE"},
			Endpoints: []netip.AddrPort{netip.AddrPortFrom(netip.AddrFrom4([4]byte{45, 0, 0, byte(i + 1)}), 7000)}, deal: p,
		})
	}
	if len(out) == 0 {
		return nil, wherry.Errorf(wherry.NoOffer, "none of %d known offers fits", len(e.providers))
	}
	return out, nil
}

// Shun implements dealer.
func (e *earth) Shun(c candidate) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.shunned[c.Peer.Name] = time.Now().Add(shunFor)
}

// Hold implements dealer: three round trips with the provider.
func (e *earth) Hold(ctx context.Context, c candidate, _ bool) (held, error) {
	p := c.deal.(*someone)
	e.mu.Lock()
	if !e.closed || !slices.Contains(e.wish.Endpoints, c.Endpoints[0]) {
		e.openHolds = append(e.openHolds, p.name)
	}
	dead, refuses, rtt := p.dead, p.refuses, p.rtt
	e.mu.Unlock()
	if dead {
		<-ctx.Done()
		return nil, wherry.Errorf(wherry.Unreachable, "dial: %w", ctx.Err())
	}
	time.Sleep(3 * rtt)
	if refuses != nil {
		return nil, refuses
	}
	var n byte
	e.do(func() {
		e.held++
		n = byte(10 + e.held)
	})
	return &promiseToRide{e: e, p: p, with: company{
		candidate: c, Session: wherry.SessionID{n}, Endpoint: c.Endpoints[0], RTT: rtt,
		Inner: []netip.Prefix{netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 87, 0, n}), 32)},
	}}, nil
}

type promiseToRide struct {
	e    *earth
	p    *someone
	with company
}

func (h *promiseToRide) With() company { return h.with }
func (h *promiseToRide) Drop()         {}

// Pay takes two round trips and the hub's 50 ms.
func (h *promiseToRide) Pay(ctx context.Context) (ride, error) {
	select {
	case <-time.After(2*h.p.rtt + 50*time.Millisecond):
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	h.e.mu.Lock()
	defer h.e.mu.Unlock()
	if h.p.dead {
		return nil, wherry.Errorf(wherry.Timeout, "the provider did not answer in time")
	}
	h.e.paid = append(h.e.paid, h.p.name)
	return &trip{e: h.e, p: h.p, with: h.with, end: make(chan error, 1), left: make(chan struct{})}, nil
}

// trip is a session: what goes in comes back a round trip later.
type trip struct {
	e    *earth
	p    *someone
	with company
	end  chan error
	left chan struct{}
	once sync.Once

	sent, received uint64 // guarded by e.mu
	probes         int
}

func (r *trip) With() company         { return r.with }
func (r *trip) Renew() error          { return nil }
func (r *trip) State() consumer.State { return consumer.State{Session: r.with.Session} }

func (r *trip) Run(ctx context.Context) error {
	select {
	case err := <-r.end:
		return err
	case <-r.left:
		return nil
	case <-ctx.Done():
		return nil
	}
}

func (r *trip) Close(context.Context) error {
	r.once.Do(func() { close(r.left) })
	return nil
}

func (r *trip) Count() (sent, received uint64) {
	r.e.mu.Lock()
	defer r.e.mu.Unlock()
	return r.sent, r.received
}

func (r *trip) Probe() { r.e.do(func() { r.probes++; r.send(100) }) }

// send sends bytes, which come back unless the provider is dead. The caller holds
// e.mu.
func (r *trip) send(n uint64) {
	r.sent += n
	time.AfterFunc(r.p.rtt, func() {
		r.e.do(func() {
			if !r.p.dead {
				r.received += n
			}
		})
	})
}

func (r *trip) Attach(io.Closer) error {
	r.e.do(func() {
		if r.e.wish.Tunnel == "" || !slices.Equal(r.e.wish.Inner, r.with.Inner) {
			r.e.t.Errorf("attached to %s behind a guard that lets %+v out", r.p.name, r.e.wish)
		}
		r.e.attached = r
	})
	return nil
}

// engine is a VPN on an earth, with traffic in its tunnel.
type engine struct {
	*VPN
	e    *earth
	stop context.CancelFunc
	done chan error
	talk sync.WaitGroup
}

func (e *earth) engine(dir string, settings api.Settings) *engine {
	log := slog.New(slog.NewTextHandler(e.t.Output(), nil))
	v := newVPN(VPNOptions{Guard: e, Settings: settings}, log, vpnDisk{filepath.Join(dir, "tunnel.json")})
	v.online = func() bool {
		e.mu.Lock()
		defer e.mu.Unlock()
		return !e.offline
	}
	v.dealer, v.openTUN = e, func(f *os.File) (io.Closer, error) { return io.NopCloser(f), nil }
	ctx, cancel := context.WithCancel(e.t.Context())
	n := &engine{VPN: v, e: e, stop: cancel, done: make(chan error, 1)}
	go func() { n.done <- v.Run(ctx) }()
	n.talk.Go(func() { // programs that talk
		for ctx.Err() == nil {
			e.do(func() {
				if e.attached != nil {
					e.attached.send(1000)
				}
			})
			time.Sleep(10 * time.Millisecond)
		}
	})
	return n
}

func (n *engine) end() {
	n.stop()
	if err := <-n.done; err != nil {
		n.e.t.Errorf("the engine ended with %v", err)
	}
	n.talk.Wait()
	time.Sleep(time.Second) // what is on its way arrives
	for _, who := range n.e.openHolds {
		n.e.t.Errorf("%s was dialled while the guard did not expect it", who)
	}
}

func (n *engine) connect(c api.Connect) {
	n.e.t.Helper()
	ctx, cancel := context.WithTimeout(n.e.t.Context(), time.Minute)
	defer cancel()
	if err := n.Connect(ctx, c); err != nil {
		n.e.t.Fatal(err)
	}
}

// carriedBy waits until traffic comes back from somebody, from anybody who is alive
// when no name is given, and returns how long that took.
func (n *engine) carriedBy(name string, within time.Duration) time.Duration {
	n.e.t.Helper()
	begin := time.Now()
	for {
		var ok bool
		n.e.do(func() {
			r := n.e.attached
			ok = r != nil && (name == "" || r.p.name == name) && !r.p.dead && r.received > 0
		})
		if ok {
			return time.Since(begin)
		}
		if time.Since(begin) > within {
			n.stop()
			n.talk.Wait()
			n.e.t.Fatalf("%q does not carry after %s: %+v", name, within, n.Status())
		}
		time.Sleep(time.Millisecond)
	}
}
