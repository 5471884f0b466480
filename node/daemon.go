package node

import (
	"context"
	"log/slog"
	"net"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
)

// Where a daemon that the system has started keeps what is its own.
const (
	DaemonConfigFile = "/etc/wherry/wherry.toml"
	DaemonState      = "/var/lib/wherry"
	DaemonSocket     = "/run/wherry/wherry.sock"
)

// DaemonConfig is how the consumer's daemon runs.
type DaemonConfig struct {
	User   string `toml:"user,omitempty" comment:"whom it becomes once it has started the guard, by name or number; default: wherry where the system has it, else 65534"`
	Group  string `toml:"group,omitempty" comment:"whose members may use the socket, beside root; default: wherry where the system has it, else nobody's"`
	Socket string `toml:"socket,omitempty" comment:"where it answers; default /run/wherry/wherry.sock"`
}

// DaemonOptions are one run of the daemon.
type DaemonOptions struct {
	// Listen makes the socket, while there is the right to: api/server's.
	Listen func(ctx context.Context, path string, owner, group int) (*net.UnixListener, error)
	// GuardDir is where the guard keeps what was there before; "" is GuardDir.
	GuardDir string
}

// Daemon owns this computer's tunnel. The process that opened it is nobody's in
// particular by then; its guard is a process of its own.
type Daemon struct {
	VPN      *VPN
	Listener *net.UnixListener // of the socket
	UID      uint32            // who may use the socket beside root: whom the process became, or root where that is nobody's own
	Group    *uint32           // that may use the socket; nil is none

	cfg   Config
	log   *slog.Logger
	guard interface{ Run(context.Context) error }
	close func() // gives back the lock
}

// Provider says what a provider with the daemon's state sells now.
func (d *Daemon) Provider(ctx context.Context) (api.ProviderStatus, error) {
	s, err := d.cfg.Selling(ctx)
	if wherry.CodeOf(err) == wherry.NotFound {
		return api.ProviderStatus{}, nil // none runs
	}
	if err != nil {
		return api.ProviderStatus{}, err
	}
	return api.ProviderStatus{
		Selling: true, Address: &s.Provider, Since: &s.Since, Price: &api.Price{PerGiB: s.PerGiB, PerHour: s.PerHour},
		Sessions: s.Sessions, Seats: s.Seats, DayBytes: s.Day.Bytes, MonthBytes: s.Month.Bytes, AtRisk: s.AtRisk, Why: s.Closed,
	}, nil
}

// How a daemon ends, and how often it tries to connect by itself.
const (
	endWait    = 20 * time.Second // for a session to end in good order
	autoFirst  = 2 * time.Second  // until the next try; doubles
	autoMost   = time.Minute
	autoPeriod = 2 * time.Minute // for one try
)

// Run keeps the tunnel until ctx ends. Then it disconnects in good order, which
// opens the network unless lockdown is on. It leaves the network as it is, and the
// next daemon goes on, when the computer is being shut down, since other programs
// may outlive it, and with stay closed before ctx ends. serve answers on the
// socket, until its context ends.
func (d *Daemon) Run(ctx context.Context, stay <-chan struct{}, serve func(ctx context.Context) error) error {
	g, gctx := errgroup.WithContext(context.WithoutCancel(ctx))
	guarding, stopGuard := context.WithCancel(gctx)
	working, stopEngine := context.WithCancel(gctx)
	serving, stopServer := context.WithCancel(gctx)
	defer stopGuard()
	defer stopEngine()
	defer stopServer()
	g.Go(func() error { return d.guard.Run(guarding) })
	g.Go(func() error {
		defer stopGuard() // what the engine wants last has been done
		return d.VPN.Run(working)
	})
	g.Go(func() error { return serve(serving) })
	g.Go(func() error {
		d.autoConnect(working, d.VPN)
		return nil
	})
	g.Go(func() error {
		defer stopServer()
		defer stopEngine()
		select {
		case <-gctx.Done(): // something has failed: closed as it is
			return nil
		case <-ctx.Done():
		}
		select {
		case <-stay:
			return nil
		default:
		}
		if goingDown(gctx) {
			d.log.Info("the computer is being shut down: its network stays as it is")
			return nil
		}
		ending, cancel := context.WithTimeout(gctx, endWait)
		defer cancel()
		if err := d.VPN.Disconnect(ending); err != nil {
			d.log.Warn("the session has not ended in good order", "err", err)
		}
		return nil
	})
	return g.Wait()
}

// connecter is the part of a VPN that connecting by itself needs.
type connecter interface {
	Settings() api.Settings
	Status() api.Status
	Connect(ctx context.Context, wish api.Connect) error
}

// autoConnect connects where the settings say so and nothing is wanted yet. It
// goes on trying while only the world has to change, and gives up where a person
// has to, or has.
func (d *Daemon) autoConnect(ctx context.Context, v connecter) {
	var wish api.Connect
	switch to := v.Settings().AutoConnect; to {
	case api.Off, "":
		return
	case api.On:
	default:
		p, err := wherry.ParsePlace(to)
		if err != nil {
			d.log.Error("not connected by itself", "err", err)
			return
		}
		wish.Place = p
	}
	wait := autoFirst
	for ctx.Err() == nil {
		if v.Status().State != api.Disconnected || v.Settings().AutoConnect == api.Off {
			return // taken up again after a crash, or a person was faster
		}
		trying, cancel := context.WithTimeout(ctx, autoPeriod)
		err := v.Connect(trying, wish)
		cancel()
		switch wherry.CodeOf(err) {
		case "", wherry.Pending:
			return
		case wherry.NoOffer, wherry.Unreachable, wherry.Timeout, wherry.Busy, wherry.Refused:
			d.log.Info("not connected by itself yet", "err", err)
		default:
			d.log.Warn("not connected by itself", "err", err)
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
		wait = min(2*wait, autoMost)
	}
}

// Close gives back the books and the lock. The network stays as it is.
func (d *Daemon) Close() {
	if d.VPN != nil {
		d.VPN.Close()
	}
	if d.Listener != nil {
		_ = d.Listener.Close() // may be closed already
	}
	if d.close != nil {
		d.close()
	}
}
