package node

import (
	"context"
	"errors"
	"net/netip"
	"path/filepath"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/host/links"
	"github.com/wherrynet/wherry/host/nat"
	"github.com/wherrynet/wherry/market/offer"
	"github.com/wherrynet/wherry/service/exit"
	"github.com/wherrynet/wherry/service/wireguard"
)

// ExitMode is how consumers' traffic leaves a provider.
type ExitMode string

// The modes. Auto, or nothing, is TUN where this process may, and netstack elsewhere.
const (
	ModeAuto     ExitMode = "auto"
	ModeTUN      ExitMode = "tun"      // through the kernel, behind its firewall
	ModeNetstack ExitMode = "netstack" // through a TCP/IP stack of our own: no privilege, slower
)

// The networks inside a provider's tunnel when the configuration names no others.
var (
	defaultInner4 = netip.MustParsePrefix("10.87.0.0/16")
	defaultInner6 = netip.MustParsePrefix("fd77:6865:7272:7900::/64")
)

// wayOut is a provider's way to the internet.
type wayOut struct {
	mode   ExitMode
	why    string // why it is not the mode that was wanted, in words
	policy exit.Policy
	inner  []netip.Prefix
	dialer *exit.Dialer
	kernel *exit.Kernel // nil in netstack mode
	tested []nat.Result
}

// exitPolicy is the policy of the configuration.
func (c ProviderConfig) exitPolicy() exit.Policy {
	p := exit.Policy{Allow: c.Exit.Allow, Deny: c.Exit.Deny, Mail: c.Exit.Mail}
	for _, a := range c.Advertise { // a router's address, which leads back into the house
		p.Deny = append(p.Deny, netip.PrefixFrom(a.Addr(), a.Addr().BitLen()))
	}
	return p
}

func (c ProviderConfig) inner() []netip.Prefix {
	return []netip.Prefix{or(c.Exit.Inner4, defaultInner4).Masked(), or(c.Exit.Inner6, defaultInner6).Masked()}
}

// openExit opens the way out, and tries it: one that lets anything through that the
// policy closes is exit.ErrUnsafe, and says in words what it was. Such a way is closed again, and returned for its report alone.
func (c Config) openExit(ctx context.Context, network Network) (_ *wayOut, err error) {
	pc := c.Provider
	w := &wayOut{mode: or(pc.Mode, ModeAuto), policy: pc.exitPolicy(), inner: pc.inner()}
	if w.dialer, err = exit.New(exit.Config{Policy: w.policy, Source: pc.Exit.Source, Resolver: pc.Exit.Resolver}); err != nil {
		return nil, err
	}
	switch w.mode {
	case ModeNetstack:
	case ModeTUN, ModeAuto:
		err := w.openKernel(ctx, c, network)
		if err == nil {
			w.mode = ModeTUN
			return w, nil
		}
		if w.mode == ModeTUN || errors.Is(err, exit.ErrUnsafe) || ctx.Err() != nil {
			w.mode = ModeTUN
			return w, err
		}
		w.mode, w.why = ModeNetstack, err.Error()
		c.log().Info("the exit does without the kernel", "why", err)
	default:
		return nil, wherry.Errorf(wherry.Invalid, "mode %q of the provider: want tun, netstack or auto", w.mode)
	}
	local, err := links.Networks("")
	if err != nil {
		return nil, err
	}
	s := exit.SenderIn(w.inner)
	f := w.families(pc.Exit.Source)
	s.V4, s.V6 = f&offer.IPv4 != 0, f&offer.IPv6 != 0
	w.kernel = nil
	w.tested = w.dialer.Try(ctx, w.policy.Probes(s, local))
	return w, exit.Verdict(w.tested)
}

func (w *wayOut) openKernel(ctx context.Context, c Config, network Network) error {
	dir, err := c.dir(network.Name)
	if err != nil {
		return err
	}
	var own []netip.Addr
	for _, p := range w.inner {
		own = append(own, p.Addr().Next())
	}
	w.kernel, w.tested, err = exit.OpenKernel(ctx, exit.KernelConfig{
		Policy: w.policy, Tunnel: c.Provider.Tunnel, MTU: wireguard.DefaultMTU, Own: own, Inner: w.inner,
		Source: c.Provider.Exit.Source, Memory: filepath.Join(dir, "exit.settings"), Log: c.log(),
	})
	return err
}

// families says which versions of IP leave.
func (w *wayOut) families(source netip.Addr) offer.Families {
	var f offer.Families
	add := func(a netip.Addr) {
		if a.Is4() {
			f |= offer.IPv4
		} else {
			f |= offer.IPv6
		}
	}
	switch {
	case w.kernel != nil:
		for _, x := range w.kernel.Ways() {
			add(x.Addr)
		}
	case source.IsValid():
		add(source)
	default:
		for _, v6 := range []bool{false, true} {
			if _, from, err := links.Way(v6); err == nil && (!v6 || exit.Public(from)) {
				add(from)
			}
		}
	}
	if f == 0 { // nothing can be known before there is a route
		f = offer.IPv4
	}
	return f
}

// classes says what the policy lets through, as far as choosing tells kinds of traffic
// apart.
func (w *wayOut) classes() uint64 {
	c := uint64(offer.ClassWeb | offer.ClassPeer | offer.ClassOtherTCP | offer.ClassOtherUDP)
	if w.policy.Mail {
		c |= offer.ClassMail
	}
	return c
}

// device makes the tunnel's device on the way out.
func (w *wayOut) device(cfg wireguard.Config) (*wireguard.Device, *wireguard.TUN, error) {
	cfg.Exit = w.dialer
	if w.kernel == nil {
		d, err := wireguard.New(cfg)
		return d, nil, err
	}
	cfg.TUN = true
	t, err := wireguard.OpenTUN(w.kernel.File())
	if err != nil {
		return nil, nil, err
	}
	d, err := wireguard.New(cfg)
	if err != nil {
		return nil, nil, errors.Join(err, t.Close())
	}
	if err := d.Attach(t); err != nil {
		return nil, nil, errors.Join(err, d.Close(), t.Close())
	}
	return d, t, nil
}

// run keeps the way out as it was tried.
func (w *wayOut) run(ctx context.Context) error {
	if w.kernel == nil {
		return nil
	}
	return w.kernel.Run(ctx)
}

func (w *wayOut) close() error {
	if w.kernel == nil {
		return nil
	}
	return w.kernel.Close()
}
