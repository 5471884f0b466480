package node

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/host/firewall"
	"github.com/wherrynet/wherry/internal/whole"
)

// How long what a name stands for is believed, and asked for.
const (
	nameLife = 24 * time.Hour // after that it is asked again where that is possible, and used where it is not
	nameWait = 3 * time.Second
)

// outside is how a node that keeps its computer closed reaches the hubs, chains
// and catalogues of its network. While a session carries, it dials as every
// program does, and so through the tunnel. Otherwise its sockets are marked, and
// go beside the tunnel to the addresses of the configuration alone.
//
// Names: an address is taken as it is. What a name stood for when it was last
// asked, before the computer was closed or through the tunnel, is remembered on
// disk. Only where nothing is remembered is a closed computer's resolver asked,
// over a marked connection; Asking says so.
type outside struct {
	// Mark sets the guard's mark on a socket; nil marks none.
	Mark func(context.Context, syscall.RawConn) error
	// Inside reports whether a session carries this computer's packets, and Open
	// whether nothing holds them.
	Inside, Open func() bool
	// Allow makes the guard let marked connections to an address out, before it
	// returns.
	Allow func(ctx context.Context, direct []netip.AddrPort, resolvers []netip.AddrPort) error
	Log   *slog.Logger

	path  string // of what is remembered
	hosts map[string]bool
	http  *http.Client
	own   *http.Transport

	mu        sync.Mutex            // guards what follows
	conns     map[*outsideConn]bool // whether it goes through the tunnel
	names     map[string]named
	resolvers []netip.AddrPort // the system's, before it was closed
	asking    bool
}

// named is what a name stood for.
type named struct {
	Addrs []netip.Addr `json:"addrs"`
	At    time.Time    `json:"at"`
}

// openOutside returns the way to the parts of n, with n going that way.
func openOutside(n *Network, dir string, log *slog.Logger) (*outside, error) {
	o := &outside{path: filepath.Join(dir, "names.json"), Log: log, hosts: map[string]bool{}, names: map[string]named{}, conns: map[*outsideConn]bool{}}
	b, err := os.ReadFile(o.path)
	if err == nil && json.Unmarshal(b, &o.names) != nil {
		log.Warn("what names stood for is forgotten: the file is damaged")
		o.names = map[string]named{}
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, wherry.Errorf(wherry.Invalid, "read what names stood for: %w", err)
	}
	for host, of := range o.names {
		if of.Addrs = few(of.Addrs); len(of.Addrs) == 0 {
			delete(o.names, host)
		} else {
			o.names[host] = of
		}
	}
	for _, at := range n.places() {
		o.hosts[at] = true
	}
	o.own = http.DefaultTransport.(*http.Transport).Clone() // its documented type
	o.own.DialContext, o.own.Proxy = o.dial, nil
	o.own.ResponseHeaderTimeout, o.own.MaxIdleConnsPerHost = 15*time.Second, 16
	o.http = &http.Client{
		Timeout: 20 * time.Second, Transport: o.own,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	n.outside = o
	for i := range n.Hubs {
		n.Hubs[i].outside = o
	}
	for i := range n.Relayers {
		n.Relayers[i].outside = o
	}
	return o, nil
}

// places returns where the parts of a network answer, as host:port.
func (n Network) places() []string {
	var urls []string
	for _, h := range n.Hubs {
		urls = append(urls, strings.Split(h.URL, ",")...)
	}
	for _, c := range n.Chains {
		urls = append(urls, c.RPC...)
	}
	for _, r := range n.Relayers {
		urls = append(urls, r.URL)
	}
	var out []string
	for _, s := range append(urls, n.Peers...) {
		u, err := url.Parse(strings.TrimSpace(s))
		if err != nil || u.Host == "" {
			continue
		}
		port := u.Port()
		if port == "" {
			port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
		}
		out = append(out, net.JoinHostPort(u.Hostname(), port))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// client returns an HTTP client that goes this way; nil, for whoever has none, is
// the usual one.
func (o *outside) client() *http.Client {
	if o == nil {
		return nil
	}
	return o.http
}

// dialer returns how to connect this way; nil is as usual.
func (o *outside) dialer() func(context.Context, string, string) (net.Conn, error) {
	if o == nil {
		return nil
	}
	return o.dial
}

// outsideConn is a connection that ends when it leads the wrong way.
type outsideConn struct {
	net.Conn
	o *outside
}

// Close implements net.Conn.
func (c *outsideConn) Close() error {
	c.o.mu.Lock()
	delete(c.o.conns, c)
	c.o.mu.Unlock()
	return c.Conn.Close()
}

func (o *outside) keep(c net.Conn, inside bool) net.Conn {
	kept := &outsideConn{c, o}
	o.mu.Lock()
	o.conns[kept] = inside
	o.mu.Unlock()
	return kept
}

// few returns what a name may stand for: addresses of one host each, and not many.
// Whoever answers for the name is believed in this and in no more, as the guard takes
// none of a wish that holds anything else: a resolver that blocks names says 0.0.0.0.
func few(addrs []netip.Addr) (out []netip.Addr) {
	const most = 8
	for _, a := range addrs {
		a = a.Unmap()
		usable := a.IsLoopback() || firewall.Endpoint(netip.AddrPortFrom(a, 1))
		if usable && len(out) < most && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

// Turned says that a session has begun to carry or has ended: connections that
// lead the other way end, and what was asked over them is asked again.
func (o *outside) Turned() {
	inside := o.Inside()
	var wrong []*outsideConn
	o.mu.Lock()
	for c, through := range o.conns {
		if through != inside {
			wrong = append(wrong, c)
		}
	}
	o.mu.Unlock()
	for _, c := range wrong {
		_ = c.Close() // whoever uses it hears of it
	}
}

// Asking reports whether a name is being asked for beside the tunnel.
func (o *outside) Asking() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.asking
}

// dial connects to a part of the network.
func (o *outside) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if inside, open := o.Inside(), o.Open(); inside || open {
		d := new(net.Dialer)
		if open { // it may be closed while the connection lasts
			d = o.marked(ctx)
		}
		c, err := d.DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		o.learn(address, c.RemoteAddr())
		return o.keep(c, inside), nil
	}
	if !o.hosts[address] {
		return nil, wherry.Errorf(wherry.Forbidden, "the network's configuration does not name whom this would reach")
	}
	at, err := o.resolve(ctx, address)
	if err != nil {
		return nil, err
	}
	if err := o.Allow(ctx, at, nil); err != nil {
		return nil, err
	}
	d := o.marked(ctx)
	var errs []error
	for _, a := range at {
		c, err := d.DialContext(ctx, "tcp", a.String())
		if err == nil {
			return o.keep(c, false), nil
		}
		errs = append(errs, err)
	}
	return nil, errors.Join(errs...)
}

// marked returns what makes marked connections.
func (o *outside) marked(ctx context.Context) *net.Dialer {
	return &net.Dialer{Timeout: 10 * time.Second, Control: func(_, _ string, c syscall.RawConn) error {
		if o.Mark == nil {
			return nil
		}
		return o.Mark(ctx, c)
	}}
}

// resolve returns where an address of the configuration is.
func (o *outside) resolve(ctx context.Context, address string) ([]netip.AddrPort, error) {
	host, service, err := net.SplitHostPort(address)
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "%s is not host:port", address)
	}
	port, err := strconv.ParseUint(service, 10, 16)
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "%s is not host:port", address)
	}
	with := func(addrs []netip.Addr) (out []netip.AddrPort) {
		for _, a := range addrs {
			out = append(out, netip.AddrPortFrom(a.Unmap(), uint16(port)))
		}
		return out
	}
	if a, err := netip.ParseAddr(host); err == nil {
		return with([]netip.Addr{a}), nil
	}
	o.mu.Lock()
	known := o.names[host]
	o.mu.Unlock()
	if len(known.Addrs) > 0 {
		return with(known.Addrs), nil
	}
	found, err := o.ask(ctx, host)
	if err != nil {
		return nil, wherry.Errorf(wherry.Unreachable, "what %s stands for is not remembered, and cannot be asked while this computer is closed: %w", host, err)
	}
	o.remember(host, found)
	return with(found), nil
}

// ask asks the system's resolver over a marked connection, by TCP.
func (o *outside) ask(ctx context.Context, host string) ([]netip.Addr, error) {
	o.mu.Lock()
	resolvers := o.resolvers
	o.asking = true
	o.mu.Unlock()
	defer func() {
		o.mu.Lock()
		o.asking = false
		o.mu.Unlock()
	}()
	if len(resolvers) == 0 {
		return nil, wherry.Errorf(wherry.Unreachable, "no resolver was known when it was closed")
	}
	o.Log.Warn("a name of the network's configuration is asked for beside the tunnel")
	if err := o.Allow(ctx, nil, resolvers); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, nameWait)
	defer cancel()
	n := 0
	r := &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		n++
		return o.marked(ctx).DialContext(ctx, "tcp", resolvers[(n-1)%len(resolvers)].String())
	}}
	found, err := r.LookupNetIP(ctx, "ip", host)
	if found = few(found); err == nil && len(found) == 0 {
		err = wherry.Errorf(wherry.Unreachable, "the resolver's answer is no address of a host")
	}
	return found, err
}

// learn remembers what a name of the configuration turned out to stand for.
func (o *outside) learn(address string, remote net.Addr) {
	host, _, err := net.SplitHostPort(address)
	if err != nil || !o.hosts[address] {
		return
	}
	at, ok := remote.(*net.TCPAddr)
	if _, literal := netip.ParseAddr(host); literal == nil || !ok {
		return
	}
	o.remember(host, []netip.Addr{at.AddrPort().Addr().Unmap()})
}

func (o *outside) remember(host string, addrs []netip.Addr) {
	if addrs = few(addrs); len(addrs) == 0 {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	old := o.names[host]
	if slices.Equal(old.Addrs, addrs) && time.Since(old.At) < nameLife/2 {
		return
	}
	o.names[host] = named{addrs, time.Now().UTC()}
	b, err := json.Marshal(o.names)
	if err == nil {
		err = whole.Write(o.path, b)
	}
	if err != nil {
		o.Log.Warn("what a name stands for could not be written", "err", err)
	}
}

// Before is called while the computer is still open: it asks for every name of
// the configuration that is not remembered, or not freshly, and notes the
// system's resolvers.
func (o *outside) Before(ctx context.Context) {
	found := systemResolvers("/etc/resolv.conf", "/run/systemd/resolve/resolv.conf")
	o.mu.Lock()
	if len(found) > 0 {
		o.resolvers = found
	}
	o.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, nameWait)
	defer cancel()
	var wg sync.WaitGroup
	for at := range o.hosts {
		host, _, err := net.SplitHostPort(at)
		if _, literal := netip.ParseAddr(host); err != nil || literal == nil {
			continue
		}
		o.mu.Lock()
		fresh := time.Since(o.names[host].At) < nameLife
		o.mu.Unlock()
		if fresh {
			continue
		}
		wg.Go(func() {
			if addrs, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host); err == nil && len(addrs) > 0 {
				o.remember(host, addrs)
			}
		})
	}
	wg.Wait()
}

// Known returns the addresses of the configuration that are known.
func (o *outside) Known() (out []netip.AddrPort) {
	for at := range o.hosts {
		host, service, err := net.SplitHostPort(at)
		port, err2 := strconv.ParseUint(service, 10, 16)
		if err != nil || err2 != nil {
			continue
		}
		addrs := []netip.Addr{}
		if a, err := netip.ParseAddr(host); err == nil {
			addrs = append(addrs, a)
		} else {
			o.mu.Lock()
			addrs = append(addrs, o.names[host].Addrs...)
			o.mu.Unlock()
		}
		for _, a := range addrs {
			if !a.IsLoopback() {
				out = append(out, netip.AddrPortFrom(a.Unmap(), uint16(port)))
			}
		}
	}
	slices.SortFunc(out, netip.AddrPort.Compare)
	return slices.Compact(out)
}

// systemResolvers reads the resolvers of a resolv.conf; where it names a stub on
// this computer, those of the second file, which the stub asks.
func systemResolvers(paths ...string) []netip.AddrPort {
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		var out []netip.AddrPort
		for line := range strings.Lines(string(b)) {
			f := strings.Fields(line)
			if len(f) < 2 || f[0] != "nameserver" {
				continue
			}
			if a, err := netip.ParseAddr(f[1]); err == nil && firewall.Endpoint(netip.AddrPortFrom(a.Unmap(), 53)) {
				out = append(out, netip.AddrPortFrom(a.Unmap(), 53))
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}
