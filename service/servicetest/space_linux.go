package servicetest

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/wherrynet/wherry/internal/needs"
	"github.com/wherrynet/wherry/service/wireguard"
)

// Space is a network namespace of a test's own: a computer with nothing but what the
// test gives it.
type Space struct {
	Name string
	t    testing.TB
	fd   int
}

var spaces atomic.Uint32

// NewSpace makes a namespace, with loopback up, which the test's end removes.
func NewSpace(t testing.TB, role string) *Space {
	t.Helper()
	needs.Root(t)
	needs.Program(t, "ip")
	s := &Space{Name: fmt.Sprintf("wt%d-%d-%s", os.Getpid(), spaces.Add(1), role), t: t}
	run(t, "ip", "netns", "add", s.Name)
	t.Cleanup(func() {
		_ = unix.Close(s.fd)
		_ = exec.Command("ip", "netns", "del", s.Name).Run()
	})
	fd, err := unix.Open("/run/netns/"+s.Name, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	s.fd = fd
	s.IP("link set lo up")
	return s
}

// IP runs the program ip inside.
func (s *Space) IP(args string) {
	s.t.Helper()
	run(s.t, "ip", append([]string{"-n", s.Name}, strings.Fields(args)...)...)
}

// Exec runs a program inside and returns what it prints.
func (s *Space) Exec(args ...string) string {
	s.t.Helper()
	return run(s.t, "ip", append([]string{"netns", "exec", s.Name}, args...)...)
}

// Forward makes the namespace a router.
func (s *Space) Forward() {
	s.t.Helper()
	s.Exec("sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding")
}

func run(t testing.TB, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// Do calls fn on a thread that is inside. A socket that fn opens stays inside.
func (s *Space) Do(fn func() error) error {
	done := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // and never unlocked: the thread ends with the goroutine
		if err := unix.Setns(s.fd, unix.CLONE_NEWNET); err != nil {
			done <- err
			return
		}
		done <- fn()
	}()
	return <-done
}

// TUN makes an interface with the given addresses and returns its file.
func (s *Space) TUN(name string, mtu int, addrs ...netip.Addr) *os.File {
	s.t.Helper()
	needs.File(s.t, "/dev/net/tun")
	var f *os.File
	if err := s.Do(func() (err error) {
		f, err = openTUN(name)
		return err
	}); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = f.Close() })
	s.IP(fmt.Sprintf("link set %s mtu %d addrgenmode none txqueuelen 1000 up", name, mtu))
	for _, a := range addrs {
		s.IP(fmt.Sprintf("addr add %v dev %s nodad", netip.PrefixFrom(a, a.BitLen()), name))
	}
	return f
}

func openTUN(name string) (*os.File, error) {
	fd, err := unix.Open("/dev/net/tun", unix.O_RDWR|unix.O_CLOEXEC|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	req, err := unix.NewIfreq(name)
	if err == nil {
		req.SetUint16(unix.IFF_TUN | unix.IFF_NO_PI | unix.IFF_VNET_HDR)
		err = unix.IoctlIfreq(fd, unix.TUNSETIFF, req)
	}
	if err != nil {
		_ = unix.Close(fd)
		return nil, fmt.Errorf("make the TUN %s: %w", name, err)
	}
	return os.NewFile(uintptr(fd), name), nil
}

// Attach opens f as d's TUN.
func Attach(t testing.TB, d *wireguard.Device, f *os.File) *wireguard.TUN {
	t.Helper()
	tun, err := wireguard.OpenTUN(f)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tun.Close() })
	if err := d.Attach(tun); err != nil {
		t.Fatal(err)
	}
	return tun
}

// DialContext dials from inside; the address is no name.
func (s *Space) DialContext(ctx context.Context, network, address string) (c net.Conn, err error) {
	d := net.Dialer{FallbackDelay: -1}
	err = s.Do(func() (err error) {
		c, err = d.DialContext(ctx, network, address)
		return err
	})
	return c, err
}

// Listen listens for TCP inside.
func (s *Space) Listen(at netip.AddrPort) net.Listener {
	s.t.Helper()
	var l net.Listener
	if err := s.Do(func() (err error) {
		l, err = net.ListenTCP("tcp", net.TCPAddrFromAddrPort(at))
		return err
	}); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = l.Close() })
	return l
}

// ListenUDP opens a UDP socket inside.
func (s *Space) ListenUDP(at netip.AddrPort) *net.UDPConn {
	s.t.Helper()
	var c *net.UDPConn
	if err := s.Do(func() (err error) {
		c, err = net.ListenUDP("udp", net.UDPAddrFromAddrPort(at))
		return err
	}); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

// Client is a web client inside.
func (s *Space) Client() *http.Client {
	tr := &http.Transport{DialContext: s.DialContext}
	s.t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr, Timeout: 30 * time.Second}
}

// Veth joins two namespaces by a cable.
func Veth(a *Space, nameA string, addrsA []netip.Prefix, b *Space, nameB string, addrsB []netip.Prefix) {
	a.t.Helper()
	a.IP(fmt.Sprintf("link add %s type veth peer name %s netns %s", nameA, nameB, b.Name))
	for _, e := range []struct {
		s     *Space
		name  string
		addrs []netip.Prefix
	}{{a, nameA, addrsA}, {b, nameB, addrsB}} {
		e.s.IP(fmt.Sprintf("link set %s up", e.name))
		for _, p := range e.addrs {
			e.s.IP(fmt.Sprintf("addr add %v dev %s nodad", p, e.name))
		}
	}
}
