package hosttest

import (
	"net"
	"net/netip"
	"os"
	"os/exec"
	"runtime"
	"testing"

	"github.com/vishvananda/netlink"
	"github.com/wherrynet/wherry/internal/needs"
	"golang.org/x/sys/unix"
)

// NS is a network namespace of its own, with its loopback up.
type NS struct {
	t  testing.TB
	fd *os.File
}

// New makes a namespace that goes with the test.
func New(t testing.TB) *NS {
	t.Helper()
	needs.Root(t)
	made := make(chan error)
	n := &NS{t: t}
	go func() {
		runtime.LockOSThread() // and never unlocked: the thread ends with its goroutine
		err := unix.Unshare(unix.CLONE_NEWNET)
		if err == nil {
			n.fd, err = os.Open("/proc/thread-self/ns/net")
		}
		made <- err
	}()
	if err := <-made; err != nil {
		needs.Missing(t, "network namespaces ("+err.Error()+")")
	}
	t.Cleanup(func() { _ = n.fd.Close() })
	n.Do(func() { n.up("lo") })
	return n
}

// Do runs f on a thread that is in the namespace, and waits for it. Sockets that f
// opens and programs that it starts stay there; goroutines that it starts do not.
// A test that f ends (t.Fatal) is ended after it.
func (n *NS) Do(f func()) {
	n.t.Helper()
	var failed error
	finished := false
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread() // see New
		if failed = unix.Setns(int(n.fd.Fd()), unix.CLONE_NEWNET); failed == nil {
			f()
		}
		finished = true
	}()
	<-done
	if failed != nil {
		n.t.Fatalf("enter a namespace: %v", failed)
	}
	if !finished {
		n.t.FailNow()
	}
}

// Command returns a command that runs in the namespace once Run or Start is
// called within Do.
func (n *NS) Command(name string, args ...string) *exec.Cmd {
	return exec.CommandContext(n.t.Context(), name, args...)
}

func (n *NS) up(name string) {
	l, err := netlink.LinkByName(name)
	if err == nil {
		err = netlink.LinkSetUp(l)
	}
	n.must(err)
}

func (n *NS) must(err error) {
	n.t.Helper()
	if err != nil {
		n.t.Fatal(err)
	}
}

// Cable joins two namespaces: an interface in each, up, with these addresses.
func Cable(a *NS, nameA string, addrA []string, b *NS, nameB string, addrB []string) {
	a.t.Helper()
	a.Do(func() {
		attrs := netlink.NewLinkAttrs()
		attrs.Name = nameA
		v := &netlink.Veth{LinkAttrs: attrs, PeerName: nameB, PeerNamespace: netlink.NsFd(int(b.fd.Fd()))}
		a.must(netlink.LinkAdd(v))
	})
	a.Do(func() { a.configure(nameA, addrA) })
	b.Do(func() { b.configure(nameB, addrB) })
}

func (n *NS) configure(name string, addrs []string) {
	n.t.Helper()
	// Without duplicate address detection, addresses can be used at once.
	_ = os.WriteFile("/proc/sys/net/ipv6/conf/"+name+"/accept_dad", []byte("0"), 0o644)
	n.up(name)
	for _, a := range addrs {
		n.address(name, a)
	}
}

// Address adds an address to an interface of the namespace.
func (n *NS) Address(name, addr string) {
	n.t.Helper()
	n.Do(func() { n.address(name, addr) })
}

func (n *NS) address(name, addr string) {
	n.t.Helper()
	l, err := netlink.LinkByName(name)
	n.must(err)
	p := netip.MustParsePrefix(addr)
	a := &netlink.Addr{IPNet: &net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}} //nolint:forbidigo // the type of the netlink library
	if p.Addr().Is6() {
		a.Flags = unix.IFA_F_NODAD
	}
	n.must(netlink.AddrAdd(l, a))
}

// Route adds a route to the namespace's main table; to is a prefix or "default".
func (n *NS) Route(to, via, dev string) {
	n.t.Helper()
	n.Do(func() {
		r := &netlink.Route{Gw: netip.MustParseAddr(via).AsSlice()}
		p, err := netip.ParsePrefix(to)
		if to == "default" {
			p, err = netip.PrefixFrom(netip.IPv4Unspecified(), 0), nil
			if netip.MustParseAddr(via).Is6() {
				p = netip.PrefixFrom(netip.IPv6Unspecified(), 0)
			}
		}
		n.must(err)
		r.Dst = &net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())} //nolint:forbidigo // what netlink asks for
		l, err := netlink.LinkByName(dev)
		n.must(err)
		r.LinkIndex = l.Attrs().Index
		n.must(netlink.RouteAdd(r))
	})
}

// Set writes a setting of the kernel within the namespace, by its path under
// /proc/sys.
func (n *NS) Set(name, value string) {
	n.t.Helper()
	n.Do(func() { n.must(os.WriteFile("/proc/sys/"+name, []byte(value), 0o644)) })
}
