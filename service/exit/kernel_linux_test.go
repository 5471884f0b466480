package exit

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/host/links"
	"github.com/wherrynet/wherry/host/nat"
	"github.com/wherrynet/wherry/host/tun"
	"github.com/wherrynet/wherry/internal/needs"
)

var inner = []netip.Prefix{netip.MustParsePrefix("10.87.0.0/16"), netip.MustParsePrefix("fd77:6865:7272:7900::/64")}

func sender() Sender {
	s := SenderIn(inner)
	s.V4, s.V6 = true, true
	return s
}

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
`

// newHost makes a network namespace with a way to the internet and a LAN, on the thread
// of the test, which ends with it.
func newHost(t *testing.T) {
	t.Helper()
	needs.Root(t)
	needs.File(t, "/dev/net/tun")
	needs.Program(t, "ip")
	needs.Program(t, "nft")
	runtime.LockOSThread()
	if err := unix.Unshare(unix.CLONE_NEWNET); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"up0", "lan0"} {
		f, err := tun.Make(name, 1500, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = f.Close() })
	}
	for line := range strings.Lines(strings.TrimSpace(hostSetup)) {
		run(t, line)
	}
}

func run(t *testing.T, line string) string {
	t.Helper()
	words := strings.Fields(line)
	out, err := exec.Command(words[0], words[1:]...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", line, err, out)
	}
	return string(out)
}

// TestBothWaysOutAgree runs one list of destinations through the dialer and through the
// kernel, on a host with a LAN that has private and public addresses: what one lets
// out the other does, for a strict policy and for one with exceptions.
func TestBothWaysOutAgree(t *testing.T) {
	newHost(t)
	tunnel, err := tun.Make("wherry0", 1420, []netip.Prefix{netip.MustParsePrefix("10.87.0.1/32"), netip.MustParsePrefix("fd77:6865:7272:7900::1/128")})
	if err != nil {
		t.Fatal(err)
	}
	defer tunnel.Close()
	if err := nat.Route("wherry0", inner); err != nil {
		t.Fatal(err)
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
	from := sender()
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

func kernelConfig(t *testing.T) KernelConfig {
	return KernelConfig{
		Tunnel: "wherry0", MTU: 1420, Inner: inner, Memory: filepath.Join(t.TempDir(), "forwarding"),
		Own: []netip.Addr{netip.MustParseAddr("10.87.0.1"), netip.MustParseAddr("fd77:6865:7272:7900::1")},
	}
}

const rulesNow = "nft -s list table inet wherry_exit"

// A hole of any kind is named, and everything is taken back.
func TestKernelRefusesAHostThatIsOpen(t *testing.T) {
	newHost(t)
	before := run(t, "nft list ruleset") + run(t, "sysctl net.ipv4.conf.up0.forwarding net.ipv6.conf.all.forwarding")
	for name, c := range map[string]struct {
		hole string
		code wherry.Code
		want string
	}{
		"past the firewall": {"table netdev past {\n chain in {\n type filter hook ingress device wherry0 priority 0\n ip daddr 192.168.7.1/24 tcp dport 80 fwd to lan0\n }\n}", wherry.Conflict, "TCP to 192.168.7"},
		"rules taken away":  {"delete table inet wherry_exit", wherry.Conflict, "got through"},
		"others forbid it":  {"table inet docker {\n chain f {\n type filter hook forward priority 0; policy drop;\n }\n}", wherry.Unreachable, "did not get through; another firewall"},
	} {
		cfg := kernelConfig(t)
		cfg.beforeTry = func() {
			cmd := exec.Command("nft", "-f", "-")
			cmd.Stdin = strings.NewReader(c.hole)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%s: %v: %s", name, err, out)
			}
		}
		k, _, err := OpenKernel(t.Context(), cfg)
		if k != nil || wherry.CodeOf(err) != c.code || errors.Is(err, ErrUnsafe) != (c.code == wherry.Conflict) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want an error with %q", name, err, c.want)
		}
		t.Logf("%s: %v", name, err)
		run(t, "nft flush ruleset")
		if after := run(t, "nft list ruleset") + run(t, "sysctl net.ipv4.conf.up0.forwarding net.ipv6.conf.all.forwarding"); after != before {
			t.Errorf("%s leaves behind:\n%s", name, after)
		}
	}
}

// The rules follow the host: somebody takes them away, an address changes, somebody
// listens in the middle of our ports.
func TestKernelKeepsItsRules(t *testing.T) {
	newHost(t)
	before := run(t, "nft list ruleset")
	cfg := kernelConfig(t)
	k, _, err := OpenKernel(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	const terse = "nft -s -t list table inet wherry_exit"
	whole := run(t, terse)
	run(t, "nft flush ruleset")
	if err := k.keep(); err != nil || run(t, terse) != whole {
		t.Errorf("rules that were taken away are not back: %v", err)
	}
	run(t, "nft add table inet wherry_exit { flags dormant; }")
	if err := k.keep(); err != nil || run(t, terse) != whole {
		t.Errorf("rules that were put to sleep are not awake: %v", err)
	}
	run(t, "ip addr add 45.21.0.1/24 dev lan0")
	if err := k.keep(); err != nil || !strings.Contains(run(t, rulesNow), "45.21.0.0/24") {
		t.Errorf("a new neighbour is not closed: %v", err)
	}
	run(t, "ip addr del 45.10.0.2/24 dev up0")
	run(t, "ip addr add 45.10.0.77/24 dev up0")
	run(t, "ip route replace default dev up0")
	if err := k.keep(); err != nil || !strings.Contains(run(t, rulesNow), "snat ip to 45.10.0.77:") {
		t.Errorf("the way out has another address: %v\n%s", err, run(t, rulesNow))
	}
	ports := k.ports
	if err := k.keep(); err != nil || k.ports != ports {
		t.Errorf("the ports have changed for nothing: %v", err)
	}
	l, err := net.ListenPacket("udp", fmt.Sprintf(":%d", ports.First+100))
	if err != nil {
		t.Fatal(err)
	}
	if err := k.keep(); err != nil || !k.ports.Free([]uint16{ports.First + 100}) {
		t.Errorf("somebody listens at %d and our ports are %v: %v", ports.First+100, k.ports, err)
	}
	_ = l.Close()
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	if after := run(t, "nft list ruleset"); after != before {
		t.Errorf("left behind:\n%s", after)
	}
	if got := run(t, "sysctl -n net.ipv4.conf.up0.forwarding"); strings.TrimSpace(got) != "0" {
		t.Errorf("forwarding was left on: %s", got)
	}
	if _, err := net.InterfaceByName("wherry0"); err == nil {
		t.Error("the interface is still there")
	}
}

// After a crash the rules stay; the next exit starts from them and restores what the
// first one found.
func TestKernelAfterACrash(t *testing.T) {
	newHost(t)
	cfg := kernelConfig(t)
	k, _, err := OpenKernel(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	_ = k.file.Close() // all that a crash closes
	if there, err := nat.Present(k.rules); err != nil || !there {
		t.Fatalf("a crash leaves no rules: %v", err)
	}
	again, _, err := OpenKernel(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	if got := run(t, "sysctl -n net.ipv4.conf.up0.forwarding"); strings.TrimSpace(got) != "0" {
		t.Errorf("forwarding was left on: %s", got)
	}
}

// A second exit is refused, and leaves the first one's rules where they are.
func TestSecondKernelLeavesTheFirstItsRules(t *testing.T) {
	newHost(t)
	cfg := kernelConfig(t)
	k, _, err := OpenKernel(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer k.Close()
	const exact = "nft -a -s -t list table inet wherry_exit" // with the kernel's numbers
	before := run(t, exact)
	other := kernelConfig(t)
	other.Policy.Mail = true
	if _, _, err := OpenKernel(t.Context(), other); wherry.CodeOf(err) != wherry.Conflict {
		t.Errorf("a second exit: %v", err)
	}
	if after := run(t, exact); after != before {
		t.Errorf("the first one's rules are now\n%s", after)
	}
}

// When the rules cannot be put back nothing comes out of the tunnel any more, although
// the device that reads and writes it has not stopped yet.
func TestKernelWithoutItsRulesIsDown(t *testing.T) {
	newHost(t)
	k, _, err := OpenKernel(t.Context(), kernelConfig(t))
	if err != nil {
		t.Fatal(err)
	}
	defer k.Close()
	k.cfg.Policy.Allow = []netip.AddrPort{{}} // what no rule can be made of
	run(t, "nft delete table inet wherry_exit")
	k.rules = nat.Ruleset{}
	if err := k.keepOrDown(); err == nil {
		t.Fatal("it goes on")
	}
	i, err := net.InterfaceByName("wherry0")
	if err != nil || i.Flags&net.FlagUp != 0 {
		t.Errorf("the interface: %+v, %v", i, err)
	}
}
