package node

import (
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/host/firewall"
	"github.com/wherrynet/wherry/session/consumer/tunnel"
)

// Whoever answers for the names of hubs decides where marked packets may go, and
// nothing else: no answer makes a wish that the guard refuses, since every later one
// would be refused with it.
func TestNoAnswerSpoilsAWish(t *testing.T) {
	dir := t.TempDir()
	remembered := `{"old.example":{"addrs":["0.0.0.0","255.255.255.255","224.0.0.1","::ffff:45.30.0.7","fe80::1"],"at":"2026-01-01T00:00:00Z"}}`
	if err := os.WriteFile(filepath.Join(dir, "names.json"), []byte(remembered), 0o600); err != nil {
		t.Fatal(err)
	}
	n := &Network{Peers: []string{"https://old.example"}}
	for i := range 12 {
		n.Peers = append(n.Peers, fmt.Sprintf("https://hub%d.example", i))
	}
	o, err := openOutside(n, dir, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	o.remember("hub0.example", []netip.Addr{netip.IPv4Unspecified(), netip.MustParseAddr("ff02::1")})
	var many []netip.Addr
	for i := range 100 {
		many = append(many, netip.AddrFrom4([4]byte{45, 31, 0, byte(i)}))
	}
	for i := range 12 {
		o.remember(fmt.Sprintf("hub%d.example", i), many[i:])
	}
	v := newVPN(VPNOptions{Settings: api.DefaultSettings()}, o.Log, vpnDisk{filepath.Join(dir, "tunnel.json")})
	v.outside, v.holds = o, tunnel.Guarding{Policy: tunnel.OnlyEntry}
	for i := range 100 {
		at := netip.AddrPortFrom(netip.AddrFrom4([4]byte{45, 32, 0, byte(i)}), 443)
		if err := v.allow(t.Context(), []netip.AddrPort{at}, []netip.AddrPort{netip.AddrPortFrom(at.Addr(), 53)}); err != nil {
			t.Fatal(err)
		}
		if err := v.enter(t.Context(), []netip.AddrPort{netip.MustParseAddrPort("127.0.0.1:9"), at, netip.MustParseAddrPort("169.254.0.9:9")}); err != nil {
			t.Fatal(err)
		}
		w := v.wish(v.holds)
		p := firewall.Policy{Endpoints: append(w.Endpoints, netip.MustParseAddrPort("45.33.0.1:1")), Direct: w.Direct, Resolvers: w.Resolvers}
		if err := p.Check(); err != nil {
			t.Fatalf("after %d connections: %v", i+1, err)
		}
		if !slices.Contains(w.Direct, at) || !slices.Contains(w.Resolvers, netip.AddrPortFrom(at.Addr(), 53)) || !slices.Contains(w.Endpoints, at) {
			t.Fatalf("what was asked for last is not let out")
		}
	}
	// What is known and does not fit is let out when it is asked for.
	for _, at := range o.Known() {
		if err := v.allow(t.Context(), []netip.AddrPort{at}, nil); err != nil || !slices.Contains(v.wish(v.holds).Direct, at) {
			t.Fatalf("%s is not let out: %v", at, err)
		}
	}
	if old := netip.MustParseAddrPort("45.30.0.7:443"); !slices.Contains(o.Known(), old) {
		t.Errorf("the good address is not known: %v", o.Known())
	}
}

func TestResolversThatAreNone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "resolv.conf")
	text := "nameserver 127.0.0.53\nnameserver 0.0.0.0\nnameserver fe80::1\nnameserver fe80::1%eth0\nnameserver 224.0.0.1\nnameserver 192.168.7.1\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := systemResolvers(path); len(got) != 1 || got[0] != netip.MustParseAddrPort("192.168.7.1:53") {
		t.Errorf("resolvers %v", got)
	}
}
