package exit

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/host/links"
)

// Config is what New needs. The zero value works.
type Config struct {
	// Policy says what is let out.
	Policy Policy

	// Source is the address to leave from. If it is set, destinations of the other
	// IP version can't be reached: they would see another address. If not, the
	// system chooses.
	Source netip.Addr

	// Resolver is the DNS server that is asked. If it isn't set, the system's are.
	Resolver netip.AddrPort

	// Flows bounds the connections that are open at once, for all peers together. 0
	// means 8192.
	Flows int
}

// Dialer opens connections to the world outside. It can be used by several
// goroutines.
type Dialer struct {
	cfg   Config
	host  neighbourhood
	flows atomic.Int64
	paces paces

	servers systemServers
}

// New checks cfg and makes a Dialer.
func New(cfg Config) (*Dialer, error) {
	if cfg.Flows == 0 {
		cfg.Flows = 8192
	}
	cfg.Source = cfg.Source.Unmap()
	switch {
	case cfg.Flows < 0:
		return nil, wherry.Errorf(wherry.Invalid, "a negative number of flows")
	case cfg.Source.IsValid() && (cfg.Source.IsUnspecified() || cfg.Source.IsMulticast()):
		return nil, wherry.Errorf(wherry.Invalid, "%v is not an address to leave from", cfg.Source)
	case cfg.Resolver.IsValid() && cfg.Resolver.Port() == 0:
		return nil, wherry.Errorf(wherry.Invalid, "the resolver %v has no port", cfg.Resolver)
	}
	cfg.Policy.Allow, cfg.Policy.Deny = slices.Clone(cfg.Policy.Allow), slices.Clone(cfg.Policy.Deny)
	for i, a := range cfg.Policy.Allow {
		if !a.IsValid() || a.Port() == 0 {
			return nil, wherry.Errorf(wherry.Invalid, "an exception of the exit policy is not an address and a port")
		}
		cfg.Policy.Allow[i] = netip.AddrPortFrom(a.Addr().Unmap(), a.Port())
	}
	d := &Dialer{cfg: cfg, paces: paces{rates: cfg.Policy.rates()}}
	d.host.read = func() ([]netip.Prefix, error) { return links.Networks("") }
	return d, nil
}

// Check says whether the policy lets traffic to an address out: nil, or an error
// with the code Forbidden. network is "tcp" or "udp".
func (d *Dialer) Check(network string, to netip.AddrPort) error {
	return d.cfg.Policy.check(network, to, d.host.has)
}

// DialContext connects to an address for a consumer, whose inner address is from;
// network is "tcp" or "udp". Error: Forbidden by the policy, Busy when there is no room
// or the consumer begins too much.
func (d *Dialer) DialContext(ctx context.Context, from netip.Addr, network string, to netip.AddrPort) (net.Conn, error) {
	if network != "tcp" && network != "udp" {
		return nil, wherry.Errorf(wherry.Invalid, "the exit carries tcp and udp, not %q", network)
	}
	if err := d.Check(network, to); err != nil { // before anything is counted
		return nil, err
	}
	if d.flows.Add(1) > int64(d.cfg.Flows) {
		d.flows.Add(-1)
		return nil, wherry.Errorf(wherry.Busy, "the exit has no room for more connections")
	}
	if !d.paces.begin(time.Now(), from, network, to.Addr()) {
		d.flows.Add(-1)
		return nil, wherry.Errorf(wherry.Busy, "too many connections of one consumer")
	}
	release := sync.OnceFunc(func() {
		d.flows.Add(-1)
		d.paces.end(from)
	})
	c, err := d.dial(ctx, network, to, d.control(network))
	if err != nil {
		release()
		return nil, outcome(ctx, err)
	}
	return wrap(c, release), nil
}

// keepAlive is how often an idle TCP connection is asked whether it still is one.
const keepAlive = 2 * time.Minute

// control is the second line: it sees the address that the socket is about to
// connect to, whatever it was called before.
func (d *Dialer) control(network string) func(context.Context, string, string, syscall.RawConn) error {
	return func(_ context.Context, _, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return wherry.Errorf(wherry.Forbidden, "the exit policy can't read the address")
		}
		return d.Check(network, at)
	}
}

// DialHost resolves a name, or reads an address, and connects to the first of its
// addresses that answers; address is "host:port".
func (d *Dialer) DialHost(ctx context.Context, from netip.Addr, network, address string) (net.Conn, error) {
	host, service, err := net.SplitHostPort(address)
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "the address is not host:port")
	}
	port, err := strconv.ParseUint(service, 10, 16)
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "the port is not a number up to 65535")
	}
	addrs, err := d.Lookup(ctx, host)
	if err != nil {
		return nil, err
	}
	var first error
	for _, a := range addrs {
		c, err := d.DialContext(ctx, from, network, netip.AddrPortFrom(a, uint16(port)))
		if err == nil {
			return c, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

// Lookup resolves a name with the Dialer's resolver; an address is its own answer.
func (d *Dialer) Lookup(ctx context.Context, host string) ([]netip.Addr, error) {
	if a, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{a.Unmap()}, nil
	}
	var addrs []netip.Addr
	for _, t := range []dnsmessage.Type{dnsmessage.TypeA, dnsmessage.TypeAAAA} {
		more, err := d.lookup(ctx, host, t)
		if err != nil && len(addrs) == 0 && t == dnsmessage.TypeAAAA {
			return nil, err
		}
		addrs = append(addrs, more...)
	}
	if len(addrs) == 0 {
		return nil, wherry.Errorf(wherry.NotFound, "the name has no address")
	}
	return addrs, nil
}

// local returns the address to bind to, nil for any.
func (d *Dialer) local(network string, to netip.AddrPort) (net.Addr, error) {
	src := d.cfg.Source
	if !src.IsValid() {
		return nil, nil
	}
	if src.Is4() != to.Addr().Is4() {
		return nil, wherry.Errorf(wherry.Unreachable, "the exit has no address of this IP version")
	}
	if network == "tcp" {
		return net.TCPAddrFromAddrPort(netip.AddrPortFrom(src, 0)), nil
	}
	return net.UDPAddrFromAddrPort(netip.AddrPortFrom(src, 0)), nil
}

// outcome gives a dial's error a code, and takes the address out of it.
func outcome(ctx context.Context, err error) error {
	var coded *wherry.Error
	switch {
	case errors.As(err, &coded):
		return coded
	case ctx.Err() != nil && errors.Is(ctx.Err(), context.Canceled):
		return wherry.Errorf(wherry.Interrupted, "connect: %w", context.Canceled)
	case errors.Is(err, context.DeadlineExceeded) || errors.Is(err, syscall.ETIMEDOUT) || isTimeout(err):
		return wherry.Errorf(wherry.Timeout, "connect: %w", context.DeadlineExceeded)
	case errors.Is(err, syscall.ECONNREFUSED):
		return wherry.Errorf(wherry.Refused, "connect: %w", syscall.ECONNREFUSED)
	}
	if no, ok := errors.AsType[syscall.Errno](err); ok {
		return wherry.Errorf(wherry.Unreachable, "connect: %w", no)
	}
	return wherry.Errorf(wherry.Unreachable, "connect: the network says no")
}

func isTimeout(err error) bool {
	var t interface{ Timeout() bool }
	return errors.As(err, &t) && t.Timeout()
}

// wrap makes c give its place back when it is closed.
func wrap(c net.Conn, release func()) net.Conn {
	if t, ok := c.(*net.TCPConn); ok {
		return &tcpConn{TCPConn: t, release: release}
	}
	return &conn{Conn: c, release: release}
}

type tcpConn struct {
	*net.TCPConn
	release func()
}

// Close closes the connection and gives its place back.
func (c *tcpConn) Close() error {
	defer c.release()
	return c.TCPConn.Close()
}

type conn struct {
	net.Conn
	release func()
}

// Close closes the connection and gives its place back.
func (c *conn) Close() error {
	defer c.release()
	return c.Conn.Close()
}
