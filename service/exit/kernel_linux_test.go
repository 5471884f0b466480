package exit

import (
	"net/netip"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/wherrynet/wherry/host/links"
	"github.com/wherrynet/wherry/host/nat"
	"github.com/wherrynet/wherry/host/tun"
	"github.com/wherrynet/wherry/internal/needs"
)

var (
	inner = []netip.Prefix{netip.MustParsePrefix("10.87.0.0/16"), netip.MustParsePrefix("fd77:6865:7272:7900::/64")}
	from  = Sender{
		Addr4: netip.MustParseAddr("10.87.255.253"), Addr6: netip.MustParseAddr("fd77:6865:7272:7900::fffd"),
		Other4: netip.MustParseAddr("10.87.255.252"), Other6: netip.MustParseAddr("fd77:6865:7272:7900::fffc"), V6: true,
	}
)

const hostSetup = `
ip link set lo up
ip addr add 45.10.0.2/24 dev up0
ip -6 addr add 2a0e:10::2/64 dev up0 nodad
ip addr add 192.168.7.1/24 dev lan0
ip addr add 45.20.0.1/24 dev lan0
ip -6 addr add 2a0e:20::1/64 dev lan0 nodad
ip route add default dev up0
ip -6 route add default dev up0
ip route add 45.77.0.0/16 via 192.168.7.254
ip route add 10.87.0.0/16 dev wherry0
ip -6 route add fd77:6865:7272:7900::/64 dev wherry0
`

// TestBothWaysOutAgree runs one list of destinations through the dialer and through the
// kernel, on a host with a LAN that has private and public addresses: what one lets
// out the other does, for a strict policy and for one with exceptions.
func TestBothWaysOutAgree(t *testing.T) {
	needs.Root(t)
	needs.File(t, "/dev/net/tun")
	needs.Program(t, "ip")
	runtime.LockOSThread() // the thread ends with the test, and the namespace with it
	if err := unix.Unshare(unix.CLONE_NEWNET); err != nil {
		t.Fatal(err)
	}
	tunnel, err := tun.Make("wherry0", 1420, []netip.Prefix{netip.MustParsePrefix("10.87.0.1/32"), netip.MustParsePrefix("fd77:6865:7272:7900::1/128")})
	if err != nil {
		t.Fatal(err)
	}
	defer tunnel.Close()
	for _, name := range []string{"up0", "lan0"} {
		f, err := tun.Make(name, 1500, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
	}
	for _, line := range strings.Split(strings.TrimSpace(hostSetup), "\n") {
		words := strings.Fields(line)
		if out, err := exec.Command(words[0], words[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", line, err, out)
		}
	}
	local, err := links.Networks("wherry0")
	if err != nil {
		t.Fatal(err)
	}
	ways := []nat.Way{{Interface: "up0", Addr: netip.MustParseAddr("45.10.0.2")}, {Interface: "up0", Addr: netip.MustParseAddr("2a0e:10::2")}}
	forwarding, err := nat.Forward("wherry0", ways, t.TempDir()+"/forwarding")
	if err != nil {
		t.Fatal(err)
	}
	for name, policy := range map[string]Policy{
		"strict": {},
		"with exceptions": {
			Allow: []netip.AddrPort{netip.MustParseAddrPort("9.9.9.9:25"), netip.MustParseAddrPort("[2620:fe::fe]:445")},
			Deny:  []netip.Prefix{netip.MustParsePrefix("91.0.0.0/24"), netip.MustParsePrefix("2a02:1::/48")},
			Mail:  true,
		},
	} {
		rules, err := policy.Kernel(nat.Policy{
			Tunnel: "wherry0", Inner: inner, Ways: ways, Local: local, NATPorts: nat.Ports{First: 20000, Last: 30000}, Opened: forwarding.Opened,
		}).Rules()
		if err != nil {
			t.Fatal(err)
		}
		if err := nat.Apply(rules); err != nil {
			t.Fatal(err)
		}
		d := newDialer(t, Config{Policy: policy})
		d.host.read = func() ([]netip.Prefix, error) { return local, nil }
		probes := Policy{}.Probes(from, local) // of the strict one, so that exceptions are among them
		probes = append(probes, policy.Probes(from, local)...)
		for _, to := range []string{"9.9.9.9:25", "8.8.8.8:25", "[2620:fe::fe]:445", "91.0.0.7:443", "91.0.1.7:443", "[2a02:1::9]:443", "[64:ff9b::5b00:9]:443", "[64:ff9b::808:808]:443", "[2002:808:808::1]:443", "45.77.1.1:443", "[2001:4860:4860::8888]:443"} {
			a := netip.MustParseAddrPort(to)
			for _, proto := range []nat.Proto{nat.TCP, nat.UDP} {
				s := from.Addr4
				if a.Addr().Is6() {
					s = from.Addr6
				}
				probes = append(probes, nat.Probe{Name: name + " " + to, From: s, To: a, Proto: proto, Pass: true})
			}
		}
		byKernel, err := nat.Try(t.Context(), "wherry0", tunnel, probes)
		if err != nil {
			t.Fatal(err)
		}
		byDialer := d.Try(t.Context(), probes)
		passed := 0
		for i, p := range probes {
			if byKernel[i].Passed != byDialer[i].Passed {
				t.Errorf("%s: %s %s: the kernel lets it out: %v, the dialer: %v", name, p.Name, p.To, byKernel[i].Passed, byDialer[i].Passed)
			}
			if byKernel[i].Passed {
				passed++
			}
		}
		t.Logf("%s: %d destinations, %d let out", name, len(probes), passed)
		if own := policy.Probes(from, local); Verdict(byKernel[len(Policy{}.Probes(from, local)):][:len(own)]) != nil {
			t.Errorf("%s: %v", name, Verdict(byKernel))
		}
	}
}
