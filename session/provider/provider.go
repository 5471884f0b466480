package provider

import (
	"context"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/session/wire"
)

// Payee is the provider's book with one hub: payment/earnings.
type Payee interface {
	// NextTick draws a tick and returns it, durable, with its hash lock.
	NextTick(ctx context.Context) (channel.TickID, wherry.Hash, error)
	// CheckPromise reports why p may not go into the tick's batch: its signature,
	// lock, hub, chains or payee.
	CheckPromise(tick channel.TickID, p channel.SignedPromise) error
	// Batch returns the tick's batch, with the preimages that the hub has not seen.
	// Without promises it only reveals.
	Batch(ctx context.Context, tick channel.TickID, promises []channel.SignedPromise) (channel.Batch, error)
	// Answer checks the hub's answer to b, stores it, and only then returns the
	// preimage of b's tick: zero when nothing was accepted.
	Answer(ctx context.Context, b channel.Batch, a channel.Answer) (preimage wherry.Hash, err error)
	// Abandon gives a batch up whose answer is no good: its preimage is never shown.
	Abandon(ctx context.Context, b channel.Batch) error
	// Unrevealed reports whether the hub has yet to be shown a preimage.
	Unrevealed() bool
	// Serve returns nil while what the hub owes stands in its reserve on chain, or
	// is within what the provider trusts it with.
	Serve(ctx context.Context) error
}

// Clearer sends batches to a hub: payment/hub/client. The same bytes again get
// the same answer. Errors with the code Unreachable, Timeout, Busy or Internal
// may pass; others won't.
type Clearer interface {
	Pay(ctx context.Context, batch []byte) (channel.Answer, error)
}

// Book is one hub that the provider takes promises through.
type Book struct {
	Hub     wherry.Address
	Payee   Payee
	Clearer Clearer
}

// Tunnel is the provider's end of all tunnels.
type Tunnel interface {
	// Key is the public key that consumers are told.
	Key() wire.TunnelKey
	// AddPeer lets a consumer in under its inner addresses, plain if it knows WireGuard
	// alone; nothing but control
	// passes until the first SetAllowance.
	AddPeer(key wire.TunnelKey, inner []netip.Addr, plain bool) error
	// RemovePeer cuts a consumer off and returns its last count.
	RemovePeer(key wire.TunnelKey) (bytes uint64, err error)
	// Count returns a consumer's wire bytes, both directions, since AddPeer.
	Count(key wire.TunnelKey) uint64
	// SetAllowance raises the total that a consumer may use.
	SetAllowance(key wire.TunnelKey, bytes uint64) error
	// Listen accepts TCP connections from inside the tunnel.
	Listen(ctx context.Context, port uint16) (net.Listener, error)
}

// Quota is how much the provider carries in all. Both are asked often and do not wait.
type Quota interface {
	// Admit returns why no session may begin now, with the code Busy or Refused; nil when
	// one may.
	Admit(now time.Time) error
	// Carry hears of bytes that sessions have used since the last call, and returns why
	// all have to end, nil when they may go on.
	Carry(now time.Time, bytes uint64) error
}

// Config is what New needs. Zero numbers and durations mean what their comment
// says.
type Config struct {
	Key   *identity.Key                       // signs accepts and receipts
	Deal  func() (wire.Deal, error)           // of the offer that holds now
	Books []Book                              // one per hub
	Admit func(consumer wherry.Address) error // access policy; nil admits everybody
	Log   *slog.Logger                        // nil discards

	// Tunnel is nil for a service without one. Inner4 and Inner6 are the networks
	// inside it; the first address of each is the provider's own. Zero means
	// 10.87.0.0/16 and fd77:6865:7272:7900::/64. DNS says that the provider's own
	// address answers DNS.
	Tunnel         Tunnel
	Inner4, Inner6 netip.Prefix
	DNS            bool

	// Mask is what the tunnel's packets are masked by, for consumers to be told. Zero
	// means that they are plain.
	Mask wire.MaskKey

	Quota        Quota  // nil is no bound
	SessionBytes uint64 // that one session carries; 0 is no bound

	Sessions    int // at once: 256
	PerConsumer int // sessions of one identity at once: 4
	Pending     int // connections without a session, sessions without a payment, and those for later, at once: 64 each

	Tick    time.Duration // between two invoices of a session: 1 s
	Window  time.Duration // for promises to come back: 250 ms, more for those who are far away
	Opening time.Duration // for the opening to be cleared: 15 s
	Held    time.Duration // for what was opened for later to begin: 1 min
	Unpaid  time.Duration // for an invoice to be paid and for a consumer to come back: 30 s
	Leaving time.Duration // for the last invoice: 3 s
	Idle    time.Duration // for a connection on which nothing is said: 90 s; consumers ping more often
	Poll    time.Duration // how often sessions are looked at while bytes flow: 5 ms; 10 times less often when none do
}

func (c *Config) check() error {
	switch {
	case c.Key == nil || c.Deal == nil:
		return wherry.Errorf(wherry.Invalid, "a provider needs a key and an offer")
	case len(c.Books) == 0:
		return wherry.Errorf(wherry.Invalid, "a provider needs a hub")
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	number := func(n *int, to int) {
		if *n <= 0 {
			*n = to
		}
	}
	span := func(d *time.Duration, to time.Duration) {
		if *d <= 0 {
			*d = to
		}
	}
	number(&c.Sessions, 256)
	number(&c.PerConsumer, 4)
	number(&c.Pending, 64)
	span(&c.Tick, time.Second)
	span(&c.Window, 250*time.Millisecond)
	span(&c.Opening, 15*time.Second)
	span(&c.Held, time.Minute)
	span(&c.Unpaid, 30*time.Second)
	span(&c.Leaving, 3*time.Second)
	span(&c.Idle, 90*time.Second)
	span(&c.Poll, 5*time.Millisecond)
	return nil
}

// Provider admits, carries and charges. It is safe for concurrent use.
type Provider struct {
	cfg  Config
	log  *slog.Logger
	desk map[wherry.Address]*desk // one per hub, fixed

	arrived chan struct{} // wakes the watch

	// mu guards all that follows, and the sessions' machines.
	mu       sync.Mutex
	sessions map[wherry.SessionID]*session
	used     map[wherry.SessionID]time.Time // session ids of late, and until when they are remembered
	parting  map[*session]time.Time         // ended, and still in the tunnel until then
	pool     *pool
	pending  int
	closing  bool
	untold   uint64 // bytes that the quota has not heard of
}

// New checks cfg. Errors have the code Invalid.
func New(cfg Config) (*Provider, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	pool, err := newPool(cfg.Inner4, cfg.Inner6)
	if err != nil {
		return nil, err
	}
	p := &Provider{
		cfg: cfg, log: cfg.Log, pool: pool,
		desk:     map[wherry.Address]*desk{},
		arrived:  make(chan struct{}, 1),
		sessions: map[wherry.SessionID]*session{},
		used:     map[wherry.SessionID]time.Time{},
		parting:  map[*session]time.Time{},
	}
	for _, b := range cfg.Books {
		if b.Payee == nil || b.Clearer == nil || p.desk[b.Hub] != nil {
			return nil, wherry.Errorf(wherry.Invalid, "hub %s: want one book with both ends", b.Hub)
		}
		p.desk[b.Hub] = newDesk(p, b)
	}
	return p, nil
}

// Inner returns the provider's own addresses inside the tunnel, for whoever
// configures the device.
func (p *Provider) Inner() []netip.Addr { return []netip.Addr{p.pool.own4, p.pool.own6} }
