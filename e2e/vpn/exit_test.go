package vpn

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry/devnet"
	"github.com/wherrynet/wherry/e2e/lab"
)

// A consumer who looks around at the provider's home, by every address that leads
// there, gets nothing into it: neither through the kernel nor through the stack of our
// own. The site is reached all the while.
func TestConsumersDoNotReachTheProvidersHome(t *testing.T) {
	w := newWorld(t)
	lan := w.ProviderLAN.Capture("eth0")
	strangers := func(p lab.Packet) bool { return !p.Neighbourly() && p.Dst.Addr() == lab.ProviderLAN4 }
	w.stopProvider("de") // the other one is the only one

	if c, err := w.Provider.Dial(t.Context(), "tcp", netip.AddrPortFrom(lab.ProviderLAN4, 80)); err == nil {
		_ = c.Close() // nobody listens there; what counts is that packets are seen
	}
	control := lan.Count(strangers)

	for _, mode := range []string{"tun", "netstack"} {
		if mode == "netstack" {
			w.stopProvider("se")
			if rules := w.Provider.Ruleset(); strings.Contains(rules, "wherry_exit") {
				t.Errorf("the exit's rules are left behind:\n%s", rules)
			}
			w.change("provider-se", "[provider]\n", "[provider]\nmode = \"netstack\"\n")
			w.start(w.Provider, "provide", "--json", "--config", filepath.Join(w.dir, "provider-se", "wherry.toml"))
		}
		if here := strings.Contains(w.Provider.IP("link"), "wherry0"); here != (mode == "tun") {
			t.Fatalf("%s: the tunnel's interface is there: %v", mode, here)
		}
		consumer := w.start(w.Consumer, "proxy", "--json", "--config", w.config())
		browser := &http.Client{
			Transport: &http.Transport{
				Proxy:       http.ProxyURL(&url.URL{Scheme: "socks5h", Host: "127.0.0.1:1080"}),
				DialContext: w.Consumer.DialContext, DisableKeepAlives: true,
			},
			Timeout: 2 * time.Second,
		}
		lan.Reset()
		for _, to := range []string{
			lab.ProviderLAN4.String(), "[64:ff9b::192.168.20.80]", "[2002:c0a8:1450::1]", "[::ffff:192.168.20.80]", // its LAN
			"192.168.20.1", lab.Provider4.String() + ":7070", "10.87.0.1:7070", "169.254.169.254", // itself
			lab.Ledger4.String() + ":7080", "11.1.0.30:7070", // its neighbours
		} {
			page, err := fetch(t.Context(), browser, "http://"+to+"/", 1<<10)
			if err == nil {
				t.Errorf("%s: %s is reached: %q", mode, to, page)
			}
		}
		if page, err := fetch(t.Context(), browser, "http://"+devnet.SiteName+"/", 1<<10); err != nil || !strings.Contains(page, lab.Provider4.String()) {
			t.Errorf("%s: the site: %q, %v", mode, page, err)
		}
		w.Proved(fmt.Sprintf("what consumers of a provider in mode %s get into its LAN", mode), lan.Packets(strangers), control)
		consumer.stop(t)
	}
}

// checked is what `wherry provide check --json` says.
type checked struct {
	Mode  string `json:"mode"`
	Tried int    `json:"tried"`
	Holes []struct {
		Packet string `json:"packet"`
		Where  string `json:"where"`
	} `json:"holes"`
}

// past is somebody's rule that takes packets out of the tunnel and puts them into the
// LAN, past every firewall. It can be loaded only while the tunnel is there.
const past = `
table netdev past {
	chain in {
		type filter hook ingress device "wherry0" priority 0;
		ip daddr 192.168.20.0/24 fwd to "lan"
	}
}
`

// A provider that would let consumers into its LAN does not sell: it says which packet
// got through, and nothing stays open.
func TestAnOpenProviderDoesNotSell(t *testing.T) {
	w := newWorld(t)
	w.stopProvider("se")
	config := filepath.Join(w.dir, "provider-se", "wherry.toml")
	check := func() (checked, int) {
		cmd := w.Provider.Command(t.Context(), filepath.Join(bin, "wherry"), "provide", "check", "--json", "--config", config)
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		var exited *exec.ExitError
		if err != nil && !errors.As(err, &exited) {
			t.Fatal(err)
		}
		var r checked
		if err := json.Unmarshal(out, &r); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return r, cmd.ProcessState.ExitCode()
	}
	if r, code := check(); code != 0 || r.Mode != "tun" || r.Tried < 100 || len(r.Holes) != 0 {
		t.Fatalf("a closed provider: exit %d, %+v", code, r)
	}
	before := w.Provider.Ruleset()

	// Somebody opens the hole in the moment in which there is a tunnel.
	ctx, cancel := context.WithCancel(t.Context())
	opened := make(chan struct{})
	go func() {
		defer close(opened)
		for ctx.Err() == nil {
			cmd := w.Provider.Command(ctx, "nft", "-f", "-")
			cmd.Stdin = strings.NewReader("table netdev past\ndelete table netdev past\n" + past)
			_ = cmd.Run() // fails while there is no tunnel
		}
	}()
	var r checked
	code := 0
	for range 10 { // the hole has to be there before the test has passed by
		if r, code = check(); code != 0 {
			break
		}
	}
	if code != 1 || len(r.Holes) == 0 || !strings.Contains(r.Holes[0].Packet, "192.168.20.") || r.Holes[0].Where != "lan" {
		t.Errorf("an open provider: exit %d, %+v", code, r)
	}
	sold := false
	for range 10 {
		cmd := w.Provider.Command(t.Context(), "timeout", "-s", "TERM", "20", filepath.Join(bin, "wherry"), "provide", "--json", "--config", config)
		out, err := cmd.CombinedOutput()
		if strings.Contains(string(out), "got through (lan)") && err != nil {
			sold = false
			t.Logf("%s", out)
			break
		}
		sold = true
	}
	if sold {
		t.Error("an open provider sells")
	}
	cancel()
	<-opened
	w.Provider.NFT("table netdev past\ndelete table netdev past\n") // it outlives its device
	if after := w.Provider.Ruleset(); after != before {
		t.Errorf("left behind:\n%s", after)
	}
}
