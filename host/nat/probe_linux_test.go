package nat

import (
	"bytes"
	"errors"
	"net/netip"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/wherrynet/wherry"
)

// plainFile is the file of a TUN without the header in front of packets.
type plainFile struct{ fd int }

func (f plainFile) Write(b []byte) (int, error) {
	n, err := unix.Write(f.fd, b[vnetHeader:])
	if errors.Is(err, unix.EIO) {
		err = nil
	}
	return n + vnetHeader, err
}

func probes() []Probe {
	p := func(name string, from netip.Addr, proto Proto, to string, pass bool) Probe {
		return Probe{Name: name, From: from, To: netip.MustParseAddrPort(to), Proto: proto, Pass: pass}
	}
	return []Probe{
		p("public v4", client4, UDP, "45.99.1.1:443", true),
		p("public v6", client6, TCP, "[2a0e:99::1]:443", true),
		p("private", client4, TCP, "10.1.2.3:80", false),
		p("LAN", client4, TCP, "192.168.7.9:80", false),
		p("public LAN", client4, TCP, "45.20.0.9:80", false),
		p("this host", client4, UDP, "45.10.0.2:7001", false),
		p("the tunnel's own address", client6, UDP, "[fd77:6865:7272:7900::1]:7001", false),
		p("another consumer", client4, UDP, "10.87.0.3:443", false),
		p("mail", client4, TCP, "45.99.1.1:25", false),
		p("stolen address", addr("9.9.9.9"), UDP, "45.99.1.1:443", false),
	}
}

func bad(all []Result) map[string]string {
	out := map[string]string{}
	for _, r := range all {
		if r.Bad() {
			out[r.Name] = r.Where
		}
	}
	return out
}

// The exit's own test finds every hole, by whatever way a packet gets through, and
// nothing of it leaves the host.
func TestTryNamesWhatPasses(t *testing.T) {
	w, _ := newBattery(t)
	file := plainFile{w.tunnel.fd}
	try := func(r Ruleset) map[string]string {
		t.Helper()
		if err := Apply(r); err != nil {
			t.Fatal(err)
		}
		w.settle()
		all, err := Try(t.Context(), "wherry0", file, probes())
		if err != nil {
			t.Fatal(err)
		}
		return bad(all)
	}
	rules := rulesOf(t, strict())
	if got := try(rules); len(got) != 0 {
		t.Errorf("the whole table: %v", got)
	}
	w.settle()
	for _, on := range []*wire{w.up, w.lan} {
		for _, c := range on.got {
			if bytes.HasSuffix(c.raw, []byte(magic)) {
				t.Errorf("a packet of the test has left: %v", c.seen)
			}
		}
	}
	for rule, want := range map[string][2]string{
		"not-public4":       {"private", "forward"},
		"closed-host":       {"this host", "input"},
		"closed-tcp":        {"mail", "forward"},
		"source-not-inner4": {"stolen address", "forward"},
	} {
		got := try(rules.without(rule))
		if got[want[0]] != want[1] {
			t.Errorf("without %s: %v, want %v", rule, got, want)
		}
	}
	if got := try(rules.without("from-tunnel")); len(got) < 2 {
		t.Errorf("without the way into the rules only these pass: %v", got)
	}
	if got := try(rules.without("go")); got["public v4"] != "" || len(got) != 2 {
		t.Errorf("an exit that lets nothing out: %v", got)
	}

	// Somebody who sends packets past the firewall, on the device itself.
	w.load(`
table netdev past {
	chain in {
		type filter hook ingress device "wherry0" priority 0;
		ip daddr 192.168.7.9 fwd to "lan0"
	}
}
`)
	if got := try(rules); got["LAN"] != "lan0" || len(got) != 1 {
		t.Errorf("a way past the firewall: %v", got)
	}
}

func TestTryNeedsAControl(t *testing.T) {
	_, err := Try(t.Context(), "wherry0", nil, probes()[2:])
	if wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("no probe that should pass: %v", err)
	}
}
