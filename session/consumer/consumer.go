package consumer

import (
	"context"
	"log/slog"
	"net"
	"net/netip"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/session/wire"
)

// Payer is the consumer's money: payment/wallet. It makes durable what it signs
// before it returns it.
type Payer interface {
	// Pay signs a promise on channel id, locked under lock, whose order is order
	// with a sequence number. Asked again for the same session, lock and amount it
	// returns the same promise.
	Pay(ctx context.Context, id channel.ID, order typed.Order, lock wherry.Hash, limits channel.Limits) (channel.SignedPromise, error)
	// Acknowledge notes that a preimage is known: its orders are paid.
	Acknowledge(ctx context.Context, preimage wherry.Hash) error
	// Refused notes what a hub has refused under its signature.
	Refused(ctx context.Context, id channel.ID, a channel.Answer) error
	// SaveReceipt keeps the newest receipt that a provider has signed for a session.
	SaveReceipt(ctx context.Context, session wherry.SessionID, provider wherry.Address, body []byte) error
}

// Tunnel is the consumer's end of one session's tunnel.
type Tunnel interface {
	// Key is the public key that the provider is told.
	Key() wire.TunnelKey
	// Up configures the tunnel as the provider, whose endpoint the node knows, has
	// accepted it.
	Up(a wire.Accept) error
	// Count returns the wire bytes since Up.
	Count() (sent, received uint64)
	// Dial connects to an address inside the tunnel by TCP.
	Dial(ctx context.Context, to netip.AddrPort) (net.Conn, error)
	// Down takes the tunnel away. Nothing passes after it.
	Down() error
}

// Config is what all sessions of a consumer have in common. Zero durations mean
// what their comment says.
type Config struct {
	Key   *identity.Key // signs the open
	Payer Payer
	Log   *slog.Logger // nil discards

	Opening time.Duration // from open to the opening receipt: 20 s
	Silence time.Duration // without a sign of life from the provider: 15 s
	Leaving time.Duration // for the last receipt: 3 s
	Poll    time.Duration // how often the tunnel's count is read: 1 s
}

// Consumer opens sessions. It is safe for concurrent use.
type Consumer struct{ cfg Config }

// New checks cfg. Errors have the code Invalid.
func New(cfg Config) (*Consumer, error) {
	if cfg.Key == nil || cfg.Payer == nil {
		return nil, wherry.Errorf(wherry.Invalid, "a consumer needs a key and a payer")
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	def := func(d *time.Duration, to time.Duration) {
		if *d <= 0 {
			*d = to
		}
	}
	def(&cfg.Opening, 20*time.Second)
	def(&cfg.Silence, 15*time.Second)
	def(&cfg.Leaving, 3*time.Second)
	def(&cfg.Poll, time.Second)
	return &Consumer{cfg: cfg}, nil
}

// Limits are the consumer's own, for one session, whatever the provider says.
type Limits struct {
	Rate           wherry.Rate   // price cap, each part; a zero part is no cap
	Budget         wherry.Amount // the most that the session may cost; zero is no budget
	Unacknowledged wherry.Amount // of the whole wallet, see channel.Limits; zero means 0.05 FARE
}

// defaultUnacknowledged is some dozens of ticks at usual prices.
var defaultUnacknowledged = wherry.Base(5e16)

// Request is what Open needs for one session.
type Request struct {
	Link   wire.Link // to the provider; the session closes it
	Deal   wire.Deal // of the provider's offer
	Hub    channel.ID
	Tunnel Tunnel // nil for a service without one: control stays on the link
	Limits Limits
	// Later has the provider ask for nothing before Pay: for a session that is held.
	// A provider that is too busy for that refuses.
	Later bool

	// Elsewhere is set when the tunnel's other end is not ours: a phone's or a router's
	// WireGuard, which carries while we pay. Tunnel is nil then.
	Elsewhere *Elsewhere
}

// Elsewhere is a tunnel that ends at somebody else's program. Nobody here counts
// what passes, so the provider's count is paid, up to the session's budget: a
// provider that lies takes that and no more.
type Elsewhere struct {
	Key wire.TunnelKey // its public key

	// Redial opens a new link to the provider when the one before has broken. Control
	// stays on links.
	Redial func(ctx context.Context) (wire.Link, error)
}

// check refuses what must not even be asked for.
func (r Request) check() error {
	tooHigh := func(most, asked wherry.Amount) bool { return !most.IsZero() && most.Less(asked) }
	switch {
	case r.Link == nil:
		return wherry.Errorf(wherry.Invalid, "a session needs a link to its provider")
	case r.Elsewhere != nil && (r.Tunnel != nil || r.Elsewhere.Redial == nil || r.Limits.Budget.IsZero()):
		return wherry.Errorf(wherry.Invalid, "a tunnel that ends elsewhere needs a way to its provider and a budget, and no tunnel here")
	case r.Link.Peer() != r.Deal.Provider:
		return wherry.Errorf(wherry.Forbidden, "the link leads to somebody else than the offer's provider")
	case tooHigh(r.Limits.Rate.PerGiB, r.Deal.Rate.PerGiB) || tooHigh(r.Limits.Rate.PerHour, r.Deal.Rate.PerHour):
		return wherry.Errorf(wherry.PriceTooHigh, "the offer's price is above the limit")
	case !r.Deal.Takes(r.Hub.Hub):
		return wherry.Errorf(wherry.Refused, "the provider does not take payment through hub %s", r.Hub.Hub)
	}
	return nil
}

func (l Limits) budget() wherry.Amount {
	if l.Budget.IsZero() {
		return wherry.MaxOnChain
	}
	return l.Budget
}

func (l Limits) unacknowledged() wherry.Amount {
	if l.Unacknowledged.IsZero() {
		return defaultUnacknowledged
	}
	return l.Unacknowledged
}
