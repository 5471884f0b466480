package node

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/host/guard"
	"github.com/wherrynet/wherry/session/consumer"
	"github.com/wherrynet/wherry/session/consumer/tunnel"
)

// Guard is the part that needs rights over this computer's network: host/guard's
// Client. Its rules outlive everything in this process.
type Guard interface {
	// Apply closes the computer but for what a wish lets out, at once and wholly.
	Apply(ctx context.Context, w guard.Wish) error
	// Release restores exactly what was there.
	Release(ctx context.Context) error
	// TUN makes the tunnel's interface.
	TUN(ctx context.Context, name string, mtu int, inner []netip.Prefix) (*os.File, error)
	// Mark sets our mark on a socket.
	Mark(ctx context.Context, socket syscall.RawConn) error
	// State says what is in force.
	State(ctx context.Context) (guard.State, error)
	// Changes tells what others do to the computer's network.
	Changes() <-chan guard.Change
}

// dealer finds providers and negotiates with them.
type dealer interface {
	// Begin counts for a wish from now on, and fails when its budget is spent.
	Begin(ctx context.Context, w tunnel.Wish) error
	// Fit returns who fits a wish and can be paid, the best first.
	Fit(ctx context.Context, w tunnel.Wish) ([]candidate, error)
	// Hold negotiates a session that is not paid yet.
	Hold(ctx context.Context, c candidate, later bool) (held, error)
	// Shun leaves somebody alone for a while.
	Shun(c candidate)
}

// held is a session that is negotiated and not paid.
type held interface {
	With() company
	Pay(ctx context.Context) (ride, error)
	Drop()
}

// ride is a session that is paid, until it ends.
type ride interface {
	With() company
	Run(ctx context.Context) error
	Close(ctx context.Context) error
	State() consumer.State
	Count() (sent, received uint64)
	Probe()
	Renew() error
	Attach(tun io.Closer) error
}

// VPNOptions are how a VPN is opened.
type VPNOptions struct {
	Guard    Guard        // nil: Connect is refused, since nothing could be kept closed
	Settings api.Settings // as they are on disk
	// Save makes settings durable; nil keeps them in memory.
	Save func(api.Settings) error
	// Events is told what happens to sessions and money; nil tells nobody.
	Events func(Event)
	// Interface is the tunnel's; "" is wherry0.
	Interface string
}

// VPN leads all traffic of this computer through a session that it pays for, and
// nothing beside it. It performs what session/consumer/tunnel decides; this is
// the one place where firewall, tunnel, market and money meet. Its methods are
// safe for concurrent use, and need Run to be running.
type VPN struct {
	options VPNOptions
	log     *slog.Logger
	dealer  dealer
	guard   Guard
	disk    vpnDisk
	outside *outside // nil without a network of its own
	buyer   *buyer   // nil in tests
	spend   *spender // nil in tests
	openTUN func(*os.File) (io.Closer, error)
	online  func() bool

	queue queue

	// What belongs to the goroutine of Run.
	tun      io.Closer
	tunFile  *os.File
	entries  []netip.AddrPort // providers that may be dialled
	names    []netip.AddrPort // resolvers that may be asked
	direct   []netip.AddrPort // hubs and chains
	applying sync.Mutex       // one change of the guard at a time; guards the five above

	mu       sync.Mutex // guards what follows
	machine  tunnel.Machine
	taken    uint64 // events of the queue that the machine has seen
	settings api.Settings
	slots    map[tunnel.ID]*slot
	problems []api.Problem
	last     company        // of the session that carried last
	lastWas  consumer.State // its end
	holds    tunnel.Guarding
	holdsFor []netip.Prefix // the inner addresses that it holds for
	changed  chan struct{}  // closed and replaced when something has changed
}

// OpenVPN opens the consumer's side of this computer's tunnel. Close it after Run.
func (c Config) OpenVPN(ctx context.Context, o VPNOptions) (_ *VPN, err error) {
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return nil, err
	}
	dir, err := c.dir(network.Name, "vpn")
	if err != nil {
		return nil, err
	}
	v := newVPN(o, c.log(), vpnDisk{filepath.Join(dir, "tunnel.json")})
	if o.Guard != nil {
		if v.outside, err = openOutside(&network, dir, v.log); err != nil {
			return nil, err
		}
		v.outside.Mark, v.outside.Allow = o.Guard.Mark, v.allow
		v.outside.Inside, v.outside.Open = v.inside, v.open
	}
	if v.buyer, err = c.openBuyerIn(ctx, network); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			v.buyer.close()
		}
	}()
	v.openTUN, v.online = openTUN, online
	v.spend = newSpender(v.buyer.money, c, v.tell)
	v.dealer, err = newTrader(v)
	return v, err
}

func newVPN(o VPNOptions, log *slog.Logger, disk vpnDisk) *VPN {
	if o.Interface == "" {
		o.Interface = "wherry0"
	}
	return &VPN{
		options: o, log: log, guard: o.Guard, disk: disk, settings: o.Settings,
		queue: queue{ready: make(chan struct{}, 1)}, slots: map[tunnel.ID]*slot{}, changed: make(chan struct{}),
		online: func() bool { return true },
	}
}

// Close gives the books back. The guard stays as it is.
func (v *VPN) Close() { v.buyer.close() }

// Run keeps the computer in the state that was wished for, until ctx ends. Then it
// pays and leaves its session and leaves the computer closed if it is: only
// Disconnect opens it.
func (v *VPN) Run(ctx context.Context) error {
	g, gctx := errgroup.WithContext(ctx)
	gctx, cancel := context.WithCancel(gctx)
	own, stopOwn := context.WithCancel(context.WithoutCancel(ctx)) // sessions outlive ctx: the last promise passes through them
	var left <-chan struct{}                                       // closed when exports are left
	if v.buyer != nil {
		var err error
		if left, err = v.runBuyer(gctx, g); err != nil {
			cancel()
			stopOwn()
			return errors.Join(err, g.Wait())
		}
	}
	g.Go(func() error {
		defer stopOwn()
		err := v.drive(gctx, own)
		cancel()
		if v.buyer != nil {
			<-left
			v.buyer.money.settleUp(own)
		}
		return err
	})
	if v.guard != nil {
		g.Go(func() error { return v.watchGuard(gctx) })
	}
	g.Go(func() error { return v.watchClock(gctx) })
	return g.Wait()
}

// runBuyer runs what the market and the money need, and the sessions that other
// devices use: those go through the tunnel while there is one, and are not paid
// while the computer is closed without.
func (v *VPN) runBuyer(ctx context.Context, g *errgroup.Group) (left <-chan struct{}, err error) {
	exports, err := v.buyer.openExports(netip.Addr{}, nil)
	if err != nil {
		return nil, err
	}
	g.Go(func() error { return ended(ctx, v.buyer.money.Run(ctx)) })
	g.Go(func() error { return ended(ctx, v.buyer.market.Run(ctx)) })
	g.Go(func() error { return v.watchMeans(ctx) })
	g.Go(func() error { // beside the rest: a chain may not answer before the guard lets it
		run, err := v.buyer.money.checkHubs(ctx, v.buyer.cfg, v.tell)
		if err != nil {
			return ended(ctx, err)
		}
		return run(ctx)
	})
	g.Go(func() error { return exports.Run(ctx) })
	g.Go(func() error { return serveControl(ctx, v.buyer.book, v.buyer.commands(), exports.tasks()) })
	return exports.left, nil
}

// queue holds events in their order. Adding never waits.
type queue struct {
	mu     sync.Mutex // guards events and added
	events []tunnel.Event
	added  uint64        // since the beginning
	ready  chan struct{} // full when there are events
}

// add appends an event and returns its number.
func (q *queue) add(e tunnel.Event) uint64 {
	q.mu.Lock()
	q.events = append(q.events, e)
	q.added++
	n := q.added
	q.mu.Unlock()
	select {
	case q.ready <- struct{}{}:
	default:
	}
	return n
}

func (q *queue) take() []tunnel.Event {
	q.mu.Lock()
	defer q.mu.Unlock()
	e := q.events
	q.events = nil
	return e
}

// drive feeds the machine until ctx ends and the sessions are gone.
func (v *VPN) drive(ctx, own context.Context) error {
	var sessions sync.WaitGroup
	defer v.letGo()
	defer sessions.Wait()
	h := hand{VPN: v, ctx: own, sessions: &sessions}
	saved, err := v.disk.load()
	if err != nil {
		v.log.Error("the tunnel's state is damaged: what is closed stays closed", "err", err)
	}
	shut := false
	if v.guard != nil {
		s, err := v.guard.State(ctx)
		if err != nil {
			return wherry.Errorf(wherry.CodeOf(err), "ask the guard what is in force: %w", err)
		}
		shut = s.Closed
		if !shut && v.outside != nil {
			v.outside.Before(ctx)
		}
	}
	if !shut {
		v.mu.Lock()
		v.holds = tunnel.Guarding{Policy: tunnel.Everything}
		v.mu.Unlock()
	}
	h.feed(tunnel.Started{Saved: saved, Settings: v.tunnelSettings(), Shut: shut})
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		wait := time.Hour
		m := v.state()
		if at := m.Wake(); !at.IsZero() {
			wait = max(0, time.Until(at))
		}
		timer.Reset(wait)
		select {
		case <-v.queue.ready:
			for _, e := range v.queue.take() {
				h.feed(e)
				v.mu.Lock()
				v.taken++
				v.publishLocked()
				v.mu.Unlock()
			}
		case <-timer.C:
			h.feed(tunnel.Passed{})
		case <-ctx.Done():
			h.feed(tunnel.Halt{})
			return nil
		}
	}
}

// letGo closes the tunnel's interface of this process; while the guard is closed
// its own copy keeps the interface, and with it the routes that lead nowhere else.
func (v *VPN) letGo() {
	v.applying.Lock()
	defer v.applying.Unlock()
	var err error
	if v.tun != nil {
		err = v.tun.Close()
	}
	if v.tunFile != nil {
		err = errors.Join(err, v.tunFile.Close())
	}
	if v.tun, v.tunFile = nil, nil; err != nil {
		v.log.Warn("tunnel interface not closed", "err", err)
	}
}

// state returns the machine as it is.
func (v *VPN) state() tunnel.Machine {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.machine
}

// inside reports whether what this program sends goes through the tunnel.
func (v *VPN) inside() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.machine.State == tunnel.Connected && v.machine.Attached && v.machine.Silent.IsZero()
}

// open reports whether nothing keeps this computer closed.
func (v *VPN) open() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.holds.Policy == tunnel.Everything
}

func (v *VPN) tunnelSettings() tunnel.Settings {
	v.mu.Lock()
	defer v.mu.Unlock()
	return tunnel.Settings{Lockdown: v.settings.Lockdown, Spare: v.settings.Spare}
}

// publish wakes those who watch.
func (v *VPN) publish() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.publishLocked()
}

func (v *VPN) publishLocked() {
	close(v.changed)
	v.changed = make(chan struct{})
}

func (v *VPN) tell(e Event) {
	if v.options.Events != nil {
		e.Schema, e.Time = EventSchema, time.Now().UTC()
		v.options.Events(e)
	}
}

// problem notes what a person should know, once, at most so many.
func (v *VPN) problem(p api.Problem) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.problems = slices.DeleteFunc(v.problems, func(q api.Problem) bool { return q.Message == p.Message })
	v.problems = append(v.problems, p)
	const most = 8
	if n := len(v.problems) - most; n > 0 {
		v.problems = v.problems[n:]
	}
	v.publishLocked()
}
