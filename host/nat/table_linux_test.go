package nat

import (
	"net/netip"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/wherrynet/wherry/internal/needs"
)

// strict is a policy like the one that an exit has: service/exit has the real lists.
func strict() Policy {
	pre := func(all ...string) (out []netip.Prefix) {
		for _, s := range all {
			out = append(out, netip.MustParsePrefix(s))
		}
		return out
	}
	return Policy{
		Tunnel: "wherry0", Inner: []netip.Prefix{inner4, inner6},
		Ways: []Way{{"up0", public4}, {"up0", public6}},
		Refused: pre("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
			"203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32"),
		Global6:   pre("2000::/3", "64:ff9b::/96"),
		Hidden:    []Hidden{{netip.MustParsePrefix("64:ff9b::/96"), 12}, {netip.MustParsePrefix("2002::/16"), 2}},
		Local:     pre("45.10.0.0/24", "45.20.0.0/24", "45.77.0.0/16", "192.168.7.0/24", "2a0e:10::/64", "2a0e:20::/64", "fd00:7::/64"),
		Allow:     []netip.AddrPort{netip.MustParseAddrPort("192.168.9.50:8080"), netip.MustParseAddrPort("[fd00:9::50]:8080")},
		ClosedTCP: []Ports{{0, 0}, {25, 25}, {445, 445}}, ClosedUDP: []Ports{{0, 0}, {19, 19}, {25, 25}, {1900, 1900}, {11211, 11211}},
		Rates:    Rates{New: Rate{200, 400}, SYN: Rate{100, 200}, FanOut: Rate{50, 150}, Open: 5000},
		NATPorts: Ports{20000, 30000}, Opened: []Opened{{"up0", false}, {"up0", true}},
	}
}

func rulesOf(t *testing.T, p Policy) Ruleset {
	t.Helper()
	r, err := p.Rules()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The golden file is what a person reads to know what the table does.
func TestRulesAreGolden(t *testing.T) {
	got := rulesOf(t, strict()).String()
	const path = "testdata/strict.nft"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the rules are not those of %s (UPDATE=1 writes it):\n%s", path, got)
	}
}

var listed = regexp.MustCompile(`(?m)^\t\t(.*)$`)

// What the text says is what the kernel has: the words of nft's own listing are those
// of the rules, one by one.
func TestKernelHasTheRulesOfTheText(t *testing.T) {
	needs.Program(t, "nft")
	w := newWorld(t)
	r := rulesOf(t, strict())
	for range 2 { // twice is as once
		if err := Apply(r); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range r.chains {
		out, err := exec.Command("nft", "-s", "list", "chain", "inet", Table, c.name).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		var lines []string
		for _, m := range listed.FindAllStringSubmatch(string(out), -1) {
			if !strings.HasPrefix(m[1], "type ") {
				lines = append(lines, m[1])
			}
		}
		if len(lines) != len(c.rules) {
			t.Fatalf("chain %s has %d rules, want %d:\n%s", c.name, len(lines), len(c.rules), out)
		}
		for i, x := range c.rules {
			if lines[i] != x.String() {
				t.Errorf("rule %s is\n\t%s\nin the text and in the kernel\n\t%s", x.name, x, lines[i])
			}
		}
	}
	if there, err := Present(r); err != nil || !there {
		t.Errorf("the table is there: %v, %v", there, err)
	}
	w.run("nft delete rule inet wherry_exit from handle " + handleOf(t, "ct status confirmed accept"))
	if there, err := Present(r); err != nil || there {
		t.Errorf("a rule is gone and the table counts as whole: %v, %v", there, err)
	}
	for range 2 {
		if err := Remove(); err != nil {
			t.Fatal(err)
		}
	}
	if there, err := Present(r); err != nil || there {
		t.Errorf("the table is gone and counts as there: %v, %v", there, err)
	}
}

func handleOf(t *testing.T, text string) string {
	t.Helper()
	out, err := exec.Command("nft", "-a", "list", "chain", "inet", Table, "from").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for line := range strings.SplitSeq(string(out), "\n") {
		if rule, handle, ok := strings.Cut(line, " # handle "); ok && strings.Contains(rule, text) {
			return handle
		}
	}
	t.Fatalf("no rule says %q:\n%s", text, out)
	return ""
}

func TestPolicyIsChecked(t *testing.T) {
	for name, change := range map[string]func(*Policy){
		"no tunnel":             func(p *Policy) { p.Tunnel = "" },
		"a tunnel with a quote": func(p *Policy) { p.Tunnel = `a"b` },
		"no inner network":      func(p *Policy) { p.Inner = nil },
		"the LAN inside":        func(p *Policy) { p.Local = append(p.Local, netip.MustParsePrefix("10.0.0.0/8")) },
		"no way out":            func(p *Policy) { p.Ways = nil },
		"two ways for IPv4":     func(p *Policy) { p.Ways = append(p.Ways, Way{"lan0", addr("45.20.0.1")}) },
		"a way into the tunnel": func(p *Policy) { p.Ways[0].Interface = p.Tunnel },
		"few ports":             func(p *Policy) { p.NATPorts = Ports{60000, 60100} },
		"ports backwards":       func(p *Policy) { p.ClosedTCP = []Ports{{9, 8}} },
		"half a byte":           func(p *Policy) { p.Hidden[0].Prefix = netip.MustParsePrefix("64:ff9b::/92") },
		"no flow at all":        func(p *Policy) { p.Rates.Open = 0 },
		"an exception of port 0": func(p *Policy) {
			p.Allow = append(p.Allow, netip.AddrPortFrom(addr("10.0.0.1"), 0))
		},
		"the tunnel opened": func(p *Policy) { p.Opened = []Opened{{p.Tunnel, true}} },
	} {
		p := strict()
		change(&p)
		if _, err := p.Rules(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestFreePorts(t *testing.T) {
	ephemeral := Ports{32768, 60999}
	for _, c := range []struct {
		name      string
		listening []uint16
		own       Ports
		want      Ports
		bad       bool
	}{
		{"a quiet host", nil, ephemeral, Ports{16384, 32767}, false},
		{"a listener in the middle", []uint16{41641, 24000}, ephemeral, Ports{7616, 23999}, false},
		{"only the end is free", []uint16{5000, 20000}, Ports{1024, 61000}, Ports{61001, 65535}, false},
		{"nothing is free", []uint16{62000, 63000, 64000}, Ports{1024, 61000}, Ports{}, true},
		{"the last port of all", []uint16{65535}, Ports{1024, 61000}, Ports{61001, 65534}, false},
	} {
		got, err := FreePorts(c.listening, c.own)
		if got != c.want || (err != nil) != c.bad {
			t.Errorf("%s: %v, %v, want %v", c.name, got, err, c.want)
		}
	}
}
