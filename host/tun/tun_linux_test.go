package tun_test

import (
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/vishvananda/netlink"
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/host/hosttest"
	"github.com/wherrynet/wherry/host/tun"
	"github.com/wherrynet/wherry/internal/needs"
	"golang.org/x/sys/unix"
)

var inner = []netip.Prefix{netip.MustParsePrefix("10.77.0.2/32"), netip.MustParsePrefix("fd77::2/128")}

func make0(t *testing.T, n *hosttest.NS) (f *os.File) {
	t.Helper()
	needs.File(t, "/dev/net/tun")
	n.Do(func() {
		var err error
		if f, err = tun.Make("wherry0", 1380, inner); err != nil {
			t.Fatal(err)
		}
	})
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestInterfaceIsAsAsked(t *testing.T) {
	n := hosttest.New(t)
	f := make0(t, n)
	n.Do(func() {
		l, err := netlink.LinkByName("wherry0")
		if err != nil {
			t.Fatal(err)
		}
		if a := l.Attrs(); a.MTU != 1380 || a.RawFlags&unix.IFF_UP == 0 {
			t.Errorf("MTU %d, flags %#x", a.MTU, a.RawFlags)
		}
		addrs, err := netlink.AddrList(l, unix.AF_UNSPEC)
		if err != nil {
			t.Fatal(err)
		}
		var have []string
		for _, a := range addrs {
			have = append(have, a.IPNet.String())
		}
		if got := strings.Join(have, " "); got != "10.77.0.2/32 fd77::2/128" {
			t.Errorf("addresses are %s: nothing that was not asked for, no link-local one", got)
		}
	})
	raw, err := f.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	_ = raw.Control(func(fd uintptr) {
		req, _ := unix.NewIfreq("")
		if err := unix.IoctlIfreq(int(fd), unix.TUNGETIFF, req); err != nil || req.Uint16()&unix.IFF_VNET_HDR == 0 || req.Name() != "wherry0" {
			t.Errorf("the file is of %q, flags %#x, %v", req.Name(), req.Uint16(), err)
		}
	})
}

// A link without neighbours sends nothing by itself.
func TestInterfaceIsQuiet(t *testing.T) {
	n := hosttest.New(t)
	f := make0(t, n)
	buf := make([]byte, 2000)
	if err := f.SetReadDeadline(time.Now().Add(1500 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	for {
		size, err := f.Read(buf)
		if err != nil {
			break
		}
		// Reports of multicast groups are dropped by the firewall, which is not here.
		if p, ok := hosttest.Decode(buf[10:size]); ok && !(p.Proto == 58 && p.ICMP == 143) {
			t.Errorf("it sent %s", p)
		}
	}
}

func TestAddressesChange(t *testing.T) {
	n := hosttest.New(t)
	make0(t, n)
	other := []netip.Prefix{netip.MustParsePrefix("10.78.0.3/32")}
	n.Do(func() {
		for i, step := range []struct {
			inner   []netip.Prefix
			mtu     int
			changed bool
		}{{inner, 1380, false}, {other, 1380, true}, {other, 0, false}, {other, 1300, true}, {nil, 0, true}, {inner, 1420, true}} {
			changed, err := tun.Configure("wherry0", step.mtu, step.inner)
			if err != nil || changed != step.changed {
				t.Errorf("step %d: changed %v, %v", i, changed, err)
			}
		}
	})
}

func TestWhatIsRefused(t *testing.T) {
	n := hosttest.New(t)
	make0(t, n)
	n.Do(func() {
		if _, err := tun.Make("wherry0", 1380, nil); wherry.CodeOf(err) != wherry.Conflict {
			t.Errorf("a name that is in use: %v", err)
		}
		for _, name := range []string{"", "../x", "a b", "0123456789abcdef", "wherry%d"} {
			if f, err := tun.Make(name, 1380, nil); err == nil {
				t.Errorf("%q was made", name)
				_ = f.Close()
			}
		}
		for _, mtu := range []int{1, 575, 1279, 65536} {
			if _, err := tun.Configure("wherry0", mtu, inner); wherry.CodeOf(err) != wherry.Invalid {
				t.Errorf("MTU %d: %v", mtu, err)
			}
		}
	})
}

// The interface goes with the last copy of its file.
func TestInterfaceGoesWithItsFile(t *testing.T) {
	n := hosttest.New(t)
	f := make0(t, n)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	n.Do(func() {
		for end := time.Now().Add(2 * time.Second); ; time.Sleep(time.Millisecond) {
			if _, err := netlink.LinkByName("wherry0"); err != nil {
				return
			}
			if time.Now().After(end) {
				t.Fatal("it is still there")
			}
		}
	})
}
