package wireguard

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip/adapters/gonet"

	"github.com/wherrynet/wherry"
)

// Tunnel is a way out through one peer: what a consumer's programs dial through.
// Names are resolved at the far end, by the peer.
type Tunnel struct {
	d *Device
	p *peer
}

// Tunnel returns the way out through the provider k.
func (d *Device) Tunnel(k Key) (*Tunnel, error) {
	p := d.peers.byKey(k)
	if p == nil {
		return nil, errNoPeer()
	}
	if !p.consumer {
		return nil, wherry.Errorf(wherry.Conflict, "the peer is a consumer, not a way out")
	}
	return &Tunnel{d: d, p: p}, nil
}

// happyEyeballs is how long an address has for its answer before the next one is
// tried beside it (RFC 8305).
const happyEyeballs = 250 * time.Millisecond

// dialAtMost bounds how many addresses of a name are tried.
const dialAtMost = 6

// DialContext connects to "host:port", where host is an address or a name; network
// is "tcp", "tcp4", "tcp6", "udp", "udp4" or "udp6". It has the form that
// http.Transport and others want.
func (t *Tunnel) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	host, service, err := net.SplitHostPort(address)
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "the address is not host:port")
	}
	port, err := strconv.ParseUint(service, 10, 16)
	if err != nil || port == 0 {
		return nil, wherry.Errorf(wherry.Invalid, "the port is not a number from 1 to 65535")
	}
	proto, version, err := parseNetwork(network)
	if err != nil {
		return nil, err
	}
	if a, err := netip.ParseAddr(host); err == nil {
		return t.Dial(ctx, proto, netip.AddrPortFrom(a, uint16(port)))
	}
	addrs, err := t.Lookup(ctx, host)
	if err != nil {
		return nil, err
	}
	addrs = t.usable(addrs, version)
	if len(addrs) == 0 {
		return nil, wherry.Errorf(wherry.NotFound, "the name has no address that can be reached")
	}
	return t.race(ctx, proto, addrs, uint16(port))
}

// Dial connects to an address; network is "tcp" or "udp". For a UDP connection
// nothing is sent yet.
func (t *Tunnel) Dial(ctx context.Context, network string, to netip.AddrPort) (net.Conn, error) {
	to = netip.AddrPortFrom(to.Addr().Unmap(), to.Port())
	from := t.source(to.Addr())
	if !from.IsValid() {
		return nil, wherry.Errorf(wherry.Unreachable, "the tunnel doesn't carry this version of IP")
	}
	local, remote := fullAddress(netip.AddrPortFrom(from, 0)), fullAddress(to)
	switch network {
	case "tcp":
		c, err := gonet.DialTCPWithBind(ctx, t.d.stack, local, remote, protocolOf(from))
		if err != nil {
			return nil, dialError(ctx, err)
		}
		return c, nil
	case "udp":
		c, err := gonet.DialUDP(t.d.stack, &local, &remote, protocolOf(from))
		if err != nil {
			return nil, dialError(ctx, err)
		}
		return c, nil
	}
	return nil, wherry.Errorf(wherry.Invalid, "a tunnel carries tcp and udp, not %q", network)
}

// source returns the own address of the same IP version as to.
func (t *Tunnel) source(to netip.Addr) netip.Addr {
	for _, a := range t.p.Own {
		if a.Is4() == to.Is4() {
			return a
		}
	}
	return netip.Addr{}
}

// usable keeps the addresses that the tunnel can carry and the caller wants
// (version 4, 6, or 0 for any), IPv4 and IPv6 in turn, IPv4 first: every provider
// has it.
func (t *Tunnel) usable(addrs []netip.Addr, version int) []netip.Addr {
	var v4, v6, out []netip.Addr
	for _, a := range addrs {
		a = a.Unmap()
		switch {
		case !t.source(a).IsValid():
		case a.Is4() && version != 6:
			v4 = append(v4, a)
		case a.Is6() && version != 4:
			v6 = append(v6, a)
		}
	}
	for i := 0; i < max(len(v4), len(v6)) && len(out) < dialAtMost; i++ {
		if i < len(v4) {
			out = append(out, v4[i])
		}
		if i < len(v6) {
			out = append(out, v6[i])
		}
	}
	return out[:min(len(out), dialAtMost)]
}

// race tries the addresses one after the other, without waiting long for any.
func (t *Tunnel) race(ctx context.Context, network string, addrs []netip.Addr, port uint16) (net.Conn, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type result struct {
		c   net.Conn
		err error
	}
	results := make(chan result)
	var first error
	next, pending := 0, 0
	start := func() {
		a := netip.AddrPortFrom(addrs[next], port)
		next++
		pending++
		go func() {
			c, err := t.Dial(ctx, network, a)
			select {
			case results <- result{c, err}:
			case <-ctx.Done():
				if c != nil {
					_ = c.Close()
				}
			}
		}()
	}
	for start(); ; {
		var wait <-chan time.Time
		if next < len(addrs) {
			wait = time.After(happyEyeballs)
		}
		select {
		case r := <-results:
			if r.err == nil {
				return r.c, nil
			}
			pending--
			if first == nil {
				first = r.err
			}
			if next < len(addrs) {
				start()
			} else if pending == 0 {
				return nil, first
			}
		case <-wait:
			start()
		case <-ctx.Done():
			return nil, dialError(ctx, ctx.Err())
		}
	}
}

func parseNetwork(network string) (proto string, version int, err error) {
	switch network {
	case "tcp", "udp":
		return network, 0, nil
	case "tcp4", "udp4":
		return network[:3], 4, nil
	case "tcp6", "udp6":
		return network[:3], 6, nil
	}
	return "", 0, wherry.Errorf(wherry.Invalid, "a tunnel carries tcp and udp, not %q", network)
}

// dialError gives an error of the stack the code that faces act on.
func dialError(ctx context.Context, err error) error {
	switch {
	case errors.Is(err, context.DeadlineExceeded) || errors.Is(ctx.Err(), context.DeadlineExceeded):
		return wherry.Errorf(wherry.Timeout, "connect through the tunnel: %w", context.DeadlineExceeded)
	case errors.Is(err, context.Canceled) || ctx.Err() != nil:
		return wherry.Errorf(wherry.Interrupted, "connect through the tunnel: %w", context.Canceled)
	case strings.Contains(err.Error(), "refused"):
		return wherry.Errorf(wherry.Refused, "connect through the tunnel: %w", errRefused)
	}
	return wherry.Errorf(wherry.Unreachable, "connect through the tunnel: %w", err)
}
