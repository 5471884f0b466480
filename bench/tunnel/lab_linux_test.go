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
	"github.com/wherrynet/wherry/service/servicetest"
)

// lab is where the tunnels for whole machines are measured:
//
//	consumer ── nat ── provider ── web
//
// Each is a namespace; all share this computer's cores, so ratios count. Every
// contender has an interface of its own on both sides, and an address of the
// website's of its own that is routed into it.
type lab struct {
	consumer, nat, provider, web *servicetest.Space
	lanes                        int
}

func prefixes(all ...string) (out []netip.Prefix) {
	for _, p := range all {
		out = append(out, netip.MustParsePrefix(p))
	}
	return out
}

func newLab(b *testing.B) *lab {
	needs.Program(b, "nft")
	l := &lab{}
	for role, s := range map[string]**servicetest.Space{"c": &l.consumer, "n": &l.nat, "p": &l.provider, "w": &l.web} {
		*s = servicetest.NewSpace(b, role)
	}
	l.nat.Forward()
	l.provider.Forward()
	servicetest.Veth(l.consumer, "eth0", prefixes("192.168.7.2/24"), l.nat, "lan", prefixes("192.168.7.1/24"))
	servicetest.Veth(l.nat, "wan", prefixes("45.1.0.1/24"), l.provider, "net", prefixes("45.1.0.2/24"))
	servicetest.Veth(l.provider, "out", prefixes("45.2.0.1/24"), l.web, "in", prefixes("45.2.0.2/24"))
	l.consumer.IP("route add default via 192.168.7.1")
	l.nat.IP("route add 45.2.0.0/24 via 45.1.0.2")
	l.nat.Exec("nft", "add table ip t; add chain ip t post { type nat hook postrouting priority 100 ; }; add rule ip t post oifname wan masquerade")
	l.provider.Exec("nft", "add table ip t; add chain ip t post { type nat hook postrouting priority 100 ; }; add rule ip t post oifname out masquerade")
	return l
}

// contender is a way through the lab.
type contender struct {
	name      string
	web       netip.Addr // the website, through it
	processes []*process // consumer's, provider's
	tcpOnly   bool
}

// next makes the addresses of another contender and the two ends of its tunnel.
func (l *lab) next(b *testing.B, name string) (c *contender, near, far end) {
	i := byte(l.lanes)
	l.lanes++
	c = &contender{name: name, web: netip.AddrFrom4([4]byte{45, 2, 0, 100 + i})}
	l.web.IP(fmt.Sprintf("addr add %v/24 dev in", c.web))
	nearKey, farKey := newKey(b), newKey(b)
	port := 4500 + uint16(i)
	here, there := netip.AddrFrom4([4]byte{10, 50 + i, 0, 2}), netip.AddrFrom4([4]byte{10, 50 + i, 0, 1})
	near = end{
		Name: fmt.Sprintf("t%d", i), Key: [32]byte(nearKey.Bytes()), Peer: [32]byte(farKey.PublicKey().Bytes()),
		Listen:   netip.AddrPortFrom(netip.IPv4Unspecified(), port),
		Endpoint: netip.AddrPortFrom(netip.MustParseAddr("45.1.0.2"), port), Mine: here, Theirs: there, Starts: true,
	}
	far = end{
		Name: near.Name, Key: [32]byte(farKey.Bytes()), Peer: [32]byte(nearKey.PublicKey().Bytes()),
		Listen: near.Listen, Mine: there, Theirs: here,
		Endpoint: netip.AddrPortFrom(netip.MustParseAddr("45.1.0.1"), port), // the NAT keeps the port
	}
	return c, near, far
}

func newKey(b *testing.B) *ecdh.PrivateKey {
	k, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	return k
}

// route sets the interfaces up that the two ends have made.
func (l *lab) route(c *contender, near, far end) {
	for _, side := range []struct {
		s *servicetest.Space
		e end
	}{{l.consumer, near}, {l.provider, far}} {
		side.s.IP(fmt.Sprintf("addr add %v/24 dev %s", side.e.Mine, side.e.Name))
		side.s.IP(fmt.Sprintf("link set %s mtu 1420 up", side.e.Name))
	}
	l.consumer.IP(fmt.Sprintf("route add %v/32 dev %s src %v", c.web, near.Name, near.Mine))
}

// raw is no tunnel.
func (l *lab) raw(b *testing.B) *contender {
	c, _, _ := l.next(b, "veth")
	return c
}

// own starts two ends that are this program in other roles.
func (l *lab) own(b *testing.B, name, nearRole, farRole string) *contender {
	c, near, far := l.next(b, name)
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	play := func(s *servicetest.Space, role string, e end) *process {
		text, err := json.Marshal(e)
		if err != nil {
			b.Fatal(err)
		}
		return start(b, s.Name, []string{roleEnv + "=" + role}, string(text)+"\n", self)
	}
	p := play(l.provider, farRole, far)
	c.processes = []*process{play(l.consumer, nearRole, near), p}
	l.route(c, near, far)
	return c
}

// rival starts two devices of upstream.
func (l *lab) rival(b *testing.B) *contender {
	c, near, far := l.next(b, "upstream")
	bin := buildRival(b)
	p := start(b, l.provider.Name, nil, far.config()+"\n", bin, "tun", far.Name)
	c.processes = []*process{start(b, l.consumer.Name, nil, near.config()+"\n", bin, "tun", near.Name), p}
	l.route(c, near, far)
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
