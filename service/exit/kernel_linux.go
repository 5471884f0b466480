package exit

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"slices"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/host/links"
	"github.com/wherrynet/wherry/host/nat"
	"github.com/wherrynet/wherry/host/tun"
)

// Kernel is an exit in this host's kernel: the tunnel's interface, with the rules that
// hold it shut. It exists only with the rules in place and after it was tried.
type Kernel struct {
	cfg     KernelConfig
	file    *os.File
	forward *nat.Forwarding
	rules   nat.Ruleset
	ways    []nat.Way
	ports   nat.Ports
}

// OpenKernel closes this host to what comes out of the tunnel, makes the tunnel's
// interface, and tries the exit before it returns: with anything open that should be
// closed it takes all back and returns ErrUnsafe with the name of the packet, and what the test has found. Error: Forbidden without the rights of an administrator of the network.
func OpenKernel(ctx context.Context, cfg KernelConfig) (_ *Kernel, tried []nat.Result, err error) {
	if err := cfg.check(); err != nil {
		return nil, nil, err
	}
	// An exit that runs under this name needs its table: it is neither replaced nor, when
	// this one comes to nothing, removed.
	if _, err := net.InterfaceByName(cfg.Tunnel); err == nil {
		return nil, nil, wherry.Errorf(wherry.Conflict, "interface %s exists already: is another tunnel running?", cfg.Tunnel)
	}
	k := &Kernel{cfg: cfg}
	defer func() {
		if err != nil {
			err = errors.Join(err, k.Close())
		}
	}()
	// The rules come first, the strictest that they can be.
	if err := k.put(nil); err != nil {
		return nil, nil, err
	}
	var own []netip.Prefix
	for _, a := range cfg.Own {
		own = append(own, netip.PrefixFrom(a, a.BitLen()))
	}
	if k.file, err = tun.Make(cfg.Tunnel, cfg.MTU, own); err != nil {
		return nil, nil, err
	}
	if err := nat.Route(cfg.Tunnel, cfg.Inner); err != nil {
		return nil, nil, err
	}
	if k.forward, err = nat.Forward(cfg.Tunnel, k.ways, cfg.Memory); err != nil {
		return nil, nil, err
	}
	if err := k.put(k.opened()); err != nil {
		return nil, nil, err
	}
	if cfg.beforeTry != nil {
		cfg.beforeTry()
	}
	if tried, err = k.try(ctx); err != nil {
		return nil, nil, err
	}
	if err := Verdict(tried); err != nil {
		return nil, tried, err
	}
	return k, tried, nil
}

// opened is never nil: no interface was opened is not the same as not known.
func (k *Kernel) opened() []nat.Opened { return append([]nat.Opened{}, k.forward.Opened...) }

// put reads the host and puts the rules in place that follow.
func (k *Kernel) put(opened []nat.Opened) error {
	host, err := k.cfg.host(opened, k.ports)
	if err != nil {
		return err
	}
	rules, err := k.cfg.Policy.Kernel(host).Rules()
	if err != nil {
		return err
	}
	if err := nat.Apply(rules); err != nil {
		return err
	}
	k.rules, k.ways, k.ports = rules, host.Ways, host.NATPorts
	return nil
}

// try sends the policy's probes through the exit.
func (k *Kernel) try(ctx context.Context) ([]nat.Result, error) {
	local, err := links.Networks(k.cfg.Tunnel)
	if err != nil {
		return nil, err
	}
	from := SenderIn(k.cfg.Inner)
	for _, w := range k.ways {
		from.V4, from.V6 = from.V4 || w.Addr.Is4(), from.V6 || w.Addr.Is6()
	}
	return nat.Try(ctx, k.cfg.Tunnel, k.file, k.cfg.Policy.Probes(from, local))
}

// File is the tunnel's interface, for service/wireguard. It stays the Kernel's.
func (k *Kernel) File() *os.File { return k.file }

// Ways returns the addresses under which consumers' traffic leaves.
func (k *Kernel) Ways() []nat.Way { return k.ways }

// look is how often the host is looked at when nothing is heard of changes: ports that
// somebody begins to listen at are told by nobody.
const look = 5 * time.Second

// Run keeps the rules true until ctx ends: when addresses or routes change, when somebody
// listens where strangers' ports are drawn from, or when somebody else takes the rules
// away. An error means that they could not be put back: then the interface is down, so
// that nothing passes without them, and the caller has to stop selling.
func (k *Kernel) Run(ctx context.Context) error {
	changes, err := links.Changes(ctx)
	if err != nil {
		return err
	}
	t := time.NewTicker(look)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-changes:
		case <-t.C:
		}
		if err := k.keepOrDown(); err != nil {
			return wherry.Errorf(wherry.CodeOf(err), "the exit's firewall can't be kept in place: %w", err)
		}
	}
}

// keepOrDown puts the rules right, or takes the interface down.
func (k *Kernel) keepOrDown() error {
	err := k.keep()
	if err != nil {
		err = errors.Join(err, nat.Down(k.cfg.Tunnel))
	}
	return err
}

// keep puts the rules right if they are not.
func (k *Kernel) keep() error {
	there, err := nat.Present(k.rules)
	if err != nil {
		return err
	}
	if !there {
		k.cfg.Log.Warn("somebody has changed the exit's firewall, it is put back")
		if err := nat.Apply(k.rules); err != nil { // at once, with what is known
			return err
		}
	}
	host, err := k.cfg.host(k.opened(), k.ports)
	if wherry.CodeOf(err) == wherry.Unreachable {
		return nil //nolint:nilerr // a host without a way out lets nobody out: the rules stay as they are
	}
	if err != nil {
		return err
	}
	if !slices.Equal(host.Ways, k.ways) {
		f, err := nat.Forward(k.cfg.Tunnel, host.Ways, k.cfg.Memory)
		if err != nil {
			return err
		}
		k.forward = f
		host.Opened = k.opened()
	}
	rules, err := k.cfg.Policy.Kernel(host).Rules()
	if err != nil || rules.String() == k.rules.String() {
		return err
	}
	if err := nat.Apply(rules); err != nil {
		return err
	}
	k.rules, k.ways, k.ports = rules, host.Ways, host.NATPorts
	return nil
}

// Close takes the interface away, puts the host's settings back, and removes the rules
// last. Without it (a crash) the rules stay, and keep the exit shut.
func (k *Kernel) Close() error {
	var errs []error
	if k.file != nil {
		errs = append(errs, k.file.Close())
	}
	if k.forward != nil {
		errs = append(errs, k.forward.Restore())
	}
	if k.rules.String() != (nat.Ruleset{}).String() {
		errs = append(errs, nat.Remove())
	}
	return errors.Join(errs...)
}
