package vpn

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
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
