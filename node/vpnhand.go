package node

import (
	"context"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/host/firewall"
	"github.com/wherrynet/wherry/host/guard"
	"github.com/wherrynet/wherry/service/wireguard"
	"github.com/wherrynet/wherry/session/consumer/tunnel"
)

// guardWait bounds one change of the guard.
const guardWait = 10 * time.Second

// hand performs the machine's effects, in their order. What waits for others is
// done beside it, under ctx, and answers with an event.
type hand struct {
	*VPN
	ctx      context.Context
	sessions *sync.WaitGroup
}

// feed gives the machine an event, and performs what follows from it and from the
// answers that come at once.
func (h hand) feed(e tunnel.Event) {
	for events := []tunnel.Event{e}; len(events) > 0; events = events[1:] {
		h.mu.Lock()
		before := h.machine
		m, effects := tunnel.Step(before, time.Now(), events[0])
		h.machine = m
		h.mu.Unlock()
		for _, f := range effects {
			if answer := h.perform(f); answer != nil {
				events = append(events, answer)
			}
		}
		if h.outside != nil && (m.State != before.State || m.Silent.IsZero() != before.Silent.IsZero()) {
			h.outside.Turned()
		}
		if m.State != before.State {
			h.log.Info("tunnel", "state", m.State.String(), "cause", string(m.Cause))
		}
	}
	h.publish()
}

func (h hand) perform(f tunnel.Effect) tunnel.Event {
	switch f := f.(type) {
	case tunnel.Persist:
		return tunnel.Saves{Serial: f.Serial, Err: h.disk.save(f.Saved)}
	case tunnel.Guard:
		return tunnel.GuardSet{Serial: f.Serial, Err: h.close(f.Guarding)}
	case tunnel.Release:
		return tunnel.GuardSet{Serial: f.Serial, Err: h.release()}
	case tunnel.Open:
		h.begin(f.Session, func(ctx context.Context, s *slot) { h.find(ctx, s, f.Wish) })
	case tunnel.Prepare:
		h.begin(f.Session, func(ctx context.Context, s *slot) { h.prepare(ctx, s, f.Wish) })
	case tunnel.Use:
		h.use(f.Session)
	case tunnel.Attach:
		return h.attach(f.Session)
	case tunnel.Stop:
		h.stop(f.Session, f.Pay)
	case tunnel.Renew:
		if _, r := h.riding(f.Session); r != nil {
			if err := r.Renew(); err != nil {
				h.log.Debug("no handshake", "err", err)
			}
			r.Probe()
		}
	case tunnel.Say:
		h.say(f.Note)
	}
	return nil
}

// say logs a note, and shows it as a problem where it is one.
func (h hand) say(n tunnel.Note) {
	if n == tunnel.Switched {
		h.log.Info("provider left for another one")
		return
	}
	h.log.Warn("not as it should be", "what", string(n))
	h.problem(api.Problem{Code: wherry.Internal, Message: string(n), Try: []string{}})
}

// close asks the guard for a policy.
func (v *VPN) close(g tunnel.Guarding) error {
	if v.guard == nil {
		return wherry.Errorf(wherry.Forbidden, "this program has no rights over the computer's network: run the daemon as root, or use wherry proxy")
	}
	ctx, cancel := context.WithTimeout(context.Background(), guardWait)
	defer cancel()
	v.mu.Lock()
	open := v.holds.Policy == tunnel.Everything || !v.machine.Shut
	v.mu.Unlock()
	if open && v.outside != nil {
		v.outside.Before(ctx)
	}
	v.applying.Lock()
	defer v.applying.Unlock()
	if g.Policy == tunnel.OnlyTunnel && v.tun == nil {
		if err := v.makeTUN(ctx); err != nil {
			return err
		}
	}
	w := v.wish(g)
	if err := v.guard.Apply(ctx, w); err != nil {
		return err
	}
	v.mu.Lock()
	v.holds, v.holdsFor = g, w.Inner
	v.mu.Unlock()
	return nil
}

// makeTUN has the guard make the interface. The caller holds applying.
func (v *VPN) makeTUN(ctx context.Context) error {
	f, err := v.guard.TUN(ctx, v.options.Interface, v.mtu(), nil)
	if err != nil {
		return err
	}
	if v.tun, err = v.openTUN(f); err != nil {
		_ = f.Close()
		return err
	}
	v.tunFile = f
	return nil
}

func (v *VPN) mtu() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return or(v.settings.MTU, wireguard.DefaultMTU)
}

// wish is what the guard is asked for. The caller holds applying.
func (v *VPN) wish(g tunnel.Guarding) guard.Wish {
	v.mu.Lock()
	settings, s := v.settings, v.slots[g.Session]
	var with company
	if s != nil {
		with = s.with
	}
	v.mu.Unlock()
	w := guard.Wish{LAN: settings.LAN == api.Allow, Lockdown: settings.Lockdown}
	switch settings.Forwarding {
	case api.Tunnel:
		w.Forward = guard.ForwardTunnel
	case api.Open:
		w.Forward = guard.ForwardOpen
	}
	if g.Policy == tunnel.Nothing {
		return w
	}
	w.Endpoints, w.Resolvers = slices.Clone(v.entries), slices.Clone(v.names)
	w.Direct = slices.Clone(v.direct)
	if v.outside != nil {
		w.Direct = append(w.Direct, v.known()...)
	}
	if g.Policy == tunnel.OnlyTunnel && s != nil {
		w.Tunnel, w.MTU = v.options.Interface, or(settings.MTU, wireguard.DefaultMTU)
		w.Inner, w.DNS = with.Inner, with.DNS
		if !settings.IPv6 {
			w.Inner = slices.DeleteFunc(slices.Clone(w.Inner), func(p netip.Prefix) bool { return p.Addr().Is6() })
		}
		if len(settings.DNS) > 0 {
			w.DNS = settings.DNS
		}
		w.Endpoints = appendNew(w.Endpoints, with.Endpoint)
	}
	return w
}

// appendNew appends an endpoint that is not there yet. What the guard could not take,
// such as a neighbour's link-local address that a provider offers, would spoil the
// whole wish; loopback needs nobody's leave.
func appendNew(list []netip.AddrPort, at ...netip.AddrPort) []netip.AddrPort {
	for _, a := range at {
		if firewall.Endpoint(a) && !slices.Contains(list, a) {
			list = append(list, a)
		}
	}
	return list
}

// Bounds of what may be dialled at once; the oldest give way. Together, with the
// session's own endpoint, they are what a policy of the firewall holds.
const (
	maxEntries = 16 // providers
	maxNames   = 6  // resolvers
	maxKnown   = 25 // addresses of the configuration
	maxAsked   = 16 // others of its names, and those that maxKnown leaves out
)

// known returns addresses of the configuration that are let out without being asked
// for.
func (v *VPN) known() []netip.AddrPort {
	all := v.outside.Known()
	return all[:min(len(all), maxKnown)]
}

// newest returns the last n of a list.
func newest(list []netip.AddrPort, n int) []netip.AddrPort {
	return slices.Clone(list[max(0, len(list)-n):])
}

// enter lets marked packets to providers out, before it returns. Only a guard that
// is closed is asked: an open one lets everything out anyway.
func (v *VPN) enter(ctx context.Context, at []netip.AddrPort) error {
	return v.widen(ctx, func() bool {
		n := len(v.entries)
		v.entries = appendNew(v.entries, at...)
		grew := len(v.entries) > n
		v.entries = newest(v.entries, maxEntries)
		return grew
	})
}

// allow lets marked connections to hubs and chains, and to resolvers, out.
func (v *VPN) allow(ctx context.Context, direct, resolvers []netip.AddrPort) error {
	return v.widen(ctx, func() bool {
		n := len(v.direct) + len(v.names)
		known := v.known()
		for _, a := range direct {
			if !slices.Contains(known, a) && !a.Addr().IsLoopback() {
				v.direct = appendNew(v.direct, a)
			}
		}
		v.names = appendNew(v.names, resolvers...)
		grew := len(v.direct)+len(v.names) > n
		v.direct, v.names = newest(v.direct, maxAsked), newest(v.names, maxNames)
		return grew
	})
}

// widen changes what the present policy lets our own sockets do.
func (v *VPN) widen(ctx context.Context, change func() bool) error {
	v.applying.Lock()
	defer v.applying.Unlock()
	if !change() || v.guard == nil {
		return nil
	}
	v.mu.Lock()
	g := v.holds
	v.mu.Unlock()
	if g.Policy == tunnel.Everything || g.Policy == tunnel.Nothing {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, guardWait)
	defer cancel()
	return v.guard.Apply(ctx, v.wish(g))
}

// reset sets the guard again where it holds for other addresses than the session
// has that came about in the end.
func (v *VPN) reset(id tunnel.ID, with company) error {
	v.applying.Lock()
	defer v.applying.Unlock()
	v.mu.Lock()
	g, inner := v.holds, v.holdsFor
	v.mu.Unlock()
	if g.Policy != tunnel.OnlyTunnel || g.Session != id || len(inner) > 0 && slices.Contains(with.Inner, inner[0]) {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), guardWait)
	defer cancel()
	w := v.wish(g)
	err := v.guard.Apply(ctx, w)
	if err == nil {
		v.mu.Lock()
		v.holdsFor = w.Inner
		v.mu.Unlock()
	}
	return err
}

// release opens the computer.
func (v *VPN) release() error {
	v.applying.Lock()
	if v.guard != nil {
		ctx, cancel := context.WithTimeout(context.Background(), guardWait)
		defer cancel()
		if err := v.guard.Release(ctx); err != nil {
			v.applying.Unlock()
			return err
		}
	}
	v.entries, v.names, v.direct = nil, nil, nil
	v.mu.Lock()
	v.holds = tunnel.Guarding{Policy: tunnel.Everything}
	v.mu.Unlock()
	v.applying.Unlock()
	v.letGo()
	if v.outside != nil {
		v.outside.Turned()
	}
	return nil
}

// attach leads the interface's packets into a session.
func (h hand) attach(id tunnel.ID) tunnel.Event {
	s, r := h.riding(id)
	if r == nil {
		return tunnel.Lost{Session: id, Cause: tunnel.Internal, Why: "the session is gone"}
	}
	h.applying.Lock()
	err := r.Attach(h.tun)
	h.applying.Unlock()
	if err != nil {
		return tunnel.Lost{Session: id, Cause: tunnel.Internal, Why: err.Error()}
	}
	h.sessions.Go(func() { h.pulse(s) })
	return nil
}
