package tunnel

import (
	"crypto/ecdh"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/wherrynet/wherry/internal/needs"
	"github.com/wherrynet/wherry/service/cloak"
	"github.com/wherrynet/wherry/service/servicetest"
)

// lab is where the tunnels for whole machines are measured:
//
//	consumer i ──┐       ┌── provider i ──┐
//	             ├─ nat ─┤                ├─ web
//	consumer j ──┘       └── provider j ──┘
//
// Each is a namespace; all share this computer's cores, so ratios count. Every
// contender has computers of its own at both ends, with their firewalls.
type lab struct {
	b        *testing.B
	nat, web *servicetest.Space
	lanes    int
}

func newLab(b *testing.B) *lab {
	needs.Program(b, "nft")
	l := &lab{b: b, nat: servicetest.NewSpace(b, "nat"), web: servicetest.NewSpace(b, "web")}
	l.nat.Forward()
	l.nat.Exec("nft", "add table ip t; add chain ip t post { type nat hook postrouting priority 100 ; }; add rule ip t post oifname \"wan*\" masquerade")
	return l
}

// contender is a way through the lab.
type contender struct {
	name      string
	consumer  *servicetest.Space
	provider  *servicetest.Space
	web       netip.Addr // the website, behind this provider
	near, far end
	processes []*process // consumer's, provider's
	tcpOnly   bool
	b         *testing.B
}

// with makes the computers of another contender, and what the two ends of its tunnel
// are told.
func (l *lab) with(name string) *contender {
	i := byte(l.lanes)
	l.lanes++
	c := &contender{
		b: l.b, name: name, web: netip.AddrFrom4([4]byte{45, 2, i, 2}),
		consumer: servicetest.NewSpace(l.b, fmt.Sprintf("c%d", i)), provider: servicetest.NewSpace(l.b, fmt.Sprintf("p%d", i)),
	}
	at := func(format string) []netip.Prefix {
		return []netip.Prefix{netip.MustParsePrefix(fmt.Sprintf(format, i))}
	}
	lan, wan, in := fmt.Sprintf("lan%d", i), fmt.Sprintf("wan%d", i), fmt.Sprintf("in%d", i)
	servicetest.Veth(c.consumer, "eth0", at("192.168.%d.2/24"), l.nat, lan, at("192.168.%d.1/24"))
	servicetest.Veth(l.nat, wan, at("45.1.%d.1/24"), c.provider, "net", at("45.1.%d.2/24"))
	servicetest.Veth(c.provider, "out", at("45.2.%d.1/24"), l.web, in, at("45.2.%d.2/24"))
	c.consumer.IP(fmt.Sprintf("route add 45.1.%d.0/24 via 192.168.%d.1", i, i))
	c.provider.Forward()

	nearKey, farKey := newKey(l.b), newKey(l.b)
	const port = 4500
	here, there := netip.AddrFrom4([4]byte{10, 87, i, 2}), netip.AddrFrom4([4]byte{10, 87, i, 1})
	c.near = end{
		Name: "wherry0", Key: [32]byte(nearKey.Bytes()), Peer: [32]byte(farKey.PublicKey().Bytes()),
		Listen:   netip.AddrPortFrom(netip.IPv4Unspecified(), port),
		Endpoint: netip.AddrPortFrom(netip.AddrFrom4([4]byte{45, 1, i, 2}), port), Mine: here, Theirs: there, Web: c.web, Starts: true,
	}
	c.far = end{
		Name: "wherry0", Key: [32]byte(farKey.Bytes()), Peer: [32]byte(nearKey.PublicKey().Bytes()),
		Listen: c.near.Listen, Mine: there, Theirs: here, Web: c.web,
		Endpoint: netip.AddrPortFrom(netip.AddrFrom4([4]byte{45, 1, i, 1}), port), // the NAT keeps the port
		Source:   netip.AddrFrom4([4]byte{45, 2, i, 1}),
	}
	return c
}

func newKey(b *testing.B) *ecdh.PrivateKey {
	k, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	return k
}

// masquerade has the provider's kernel do the least that an exit does.
func (c *contender) masquerade() {
	c.provider.Exec("nft", "add table ip t; add chain ip t post { type nat hook postrouting priority 100 ; }; add rule ip t post oifname out masquerade")
}

// route sets the interfaces up that the two ends have made.
func (c *contender) route(near, far bool) {
	for _, side := range []struct {
		s   *servicetest.Space
		e   end
		has bool
	}{{c.consumer, c.near, near}, {c.provider, c.far, far}} {
		if !side.has {
			continue
		}
		side.s.IP(fmt.Sprintf("addr add %v/24 dev %s", side.e.Mine, side.e.Name))
		side.s.IP(fmt.Sprintf("link set %s mtu 1420 txqueuelen 1000 up", side.e.Name))
	}
	if near {
		c.consumer.IP(fmt.Sprintf("route add default dev %s", c.near.Name))
	}
}

// raw is no tunnel.
func (l *lab) raw(name string) *contender {
	c := l.with(name)
	i := c.web.As4()[2]
	c.consumer.IP(fmt.Sprintf("route add default via 192.168.%d.1", i))
	l.nat.IP(fmt.Sprintf("route add 45.2.%d.0/24 via 45.1.%d.2", i, i))
	c.masquerade()
	return c
}

// own starts two ends that are this program in other roles.
func (l *lab) own(nearRole, farRole string, mask cloak.Key) func(name string) *contender {
	return func(name string) *contender { return l.roles(name, nearRole, farRole, mask) }
}

func (l *lab) roles(name, nearRole, farRole string, mask cloak.Key) *contender {
	c := l.with(name)
	c.near.Mask, c.far.Mask = mask, mask
	self, err := os.Executable()
	if err != nil {
		l.b.Fatal(err)
	}
	play := func(s *servicetest.Space, role string, e end) *process {
		text, err := json.Marshal(e)
		if err != nil {
			l.b.Fatal(err)
		}
		return start(l.b, s, []string{roleEnv + "=" + role}, string(text)+"\n", self)
	}
	p := play(c.provider, farRole, c.far)
	c.processes = []*process{play(c.consumer, nearRole, c.near), p}
	if farRole == "bare" {
		c.masquerade()
	}
	if nearRole == "proxy" {
		c.web, c.tcpOnly = netip.MustParseAddr("127.0.0.1"), true
	}
	c.route(nearRole != "proxy", farRole != "forwarder")
	return c
}

// upstream starts two devices of the WireGuard that ours is a fork of.
func (l *lab) upstream(name string) *contender {
	c := l.with(name)
	bin := buildRival(l.b)
	p := start(l.b, c.provider, nil, c.far.config()+"\n", bin, "tun", c.far.Name)
	c.processes = []*process{start(l.b, c.consumer, nil, c.near.config()+"\n", bin, "tun", c.near.Name), p}
	c.masquerade()
	c.route(true, true)
	return c
}

// buildRival builds bench/rival, which is a module of its own.
func buildRival(b *testing.B) string {
	bin := filepath.Join(b.TempDir(), "rival")
	build := exec.Command("go", "build", "-o", bin, ".")
	build.Dir = "../rival"
	build.Env = append(os.Environ(), "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("build the rival: %v\n%s", err, out)
	}
	return bin
}
