package firewall_test

import (
	"flag"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wherrynet/wherry/host/firewall"
)

var update = flag.Bool("update", false, "write the golden files")

// What may pass is seen in review: the whole table of each policy is a file.
func TestTablesAreTheGoldenOnes(t *testing.T) {
	for name, p := range policies() {
		if err := p.Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		golden(t, name+".nft", firewall.Build(p).String())
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is not what Build makes now; if that is meant: go test -update\n%s", path, got)
	}
}

// The zero Policy is closed, and names are unique: a document and a test speak of
// a rule by its name.
func TestZeroPolicyIsClosed(t *testing.T) {
	for _, c := range firewall.Build(firewall.Policy{}).Chains {
		if c.Hook != "prerouting" && c.Hook != "postrouting" && !c.Drop {
			t.Errorf("chain %s accepts by default", c.Name)
		}
		for _, r := range c.Rules {
			for _, m := range r.Matches {
				if m.Field == firewall.PacketMark {
					t.Errorf("a mark opens something: %s", r)
				}
			}
		}
	}
	for name, p := range policies() {
		for _, c := range firewall.Build(p).Chains {
			seen := map[string]bool{}
			for _, r := range c.Rules {
				if seen[r.Name] {
					t.Errorf("%s: two rules of chain %s are called %q", name, c.Name, r.Name)
				}
				seen[r.Name] = true
			}
		}
	}
}

func TestPrivate(t *testing.T) {
	for text, want := range map[string]bool{
		"192.168.7.0/24": true, "10.0.0.0/8": true, "172.16.0.0/12": true, "169.254.0.0/16": true, "fd07::/64": true, "fe80::/64": true,
		"172.16.0.0/11": false, "10.0.0.0/7": false, "0.0.0.0/0": false, "45.20.0.0/24": false, "100.64.0.0/10": false,
		"2a0e::/32": false, "::/0": false, "fc00::/6": false, "127.0.0.0/8": false, "224.0.0.0/4": false,
	} {
		if got := firewall.Private(netip.MustParsePrefix(text)); got != want {
			t.Errorf("%s is private: %v", text, got)
		}
	}
	if firewall.Private(netip.Prefix{}) {
		t.Error("nothing is private")
	}
}

func TestNeighboursArePrivateAndOnceEach(t *testing.T) {
	l := firewall.Link{Name: "eth0", Prefixes: []netip.Prefix{
		netip.MustParsePrefix("192.168.7.2/24"), netip.MustParsePrefix("192.168.7.3/24"), netip.MustParsePrefix("45.20.0.0/24"),
		netip.MustParsePrefix("fe80::1/64"), netip.MustParsePrefix("fd07::2/64"),
	}}
	var got []string
	for _, p := range l.Neighbours() {
		got = append(got, p.String())
	}
	if strings.Join(got, " ") != "192.168.7.0/24 fd07::/64" {
		t.Errorf("neighbours are %v", got)
	}
}

func TestInterfaceNames(t *testing.T) {
	for name, want := range map[string]bool{
		"eth0": true, "wlp3s0": true, "br-1a2b": true, "eth0.100": true, "veth12@if3": true,
		"": false, "eth0\n": false, "a b": false, `x"`: false, "../x": false, "0123456789abcdef": false, "*": false,
	} {
		if got := firewall.InterfaceName(name); got != want {
			t.Errorf("%q is a name: %v", name, got)
		}
	}
}

func TestForwardSpeaksItsSetting(t *testing.T) {
	for _, word := range []string{"block", "tunnel", "open"} {
		f, err := firewall.ParseForward(word)
		if err != nil || f.String() != word {
			t.Errorf("%q reads as %s, %v", word, f, err)
		}
	}
	if _, err := firewall.ParseForward("unknown"); err == nil {
		t.Error("an unknown word was read")
	}
}
