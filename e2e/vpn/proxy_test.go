package vpn

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry/devnet"
	"github.com/wherrynet/wherry/e2e/lab"
)

// A browser that uses the proxy, without root: its pages and their names go
// through the tunnel alone.
func TestProxySendsNothingBesideTheTunnel(t *testing.T) {
	w := newWorld(t)
	eyes := w.Router.Capture(lab.Side)
	if _, err := fetch(t.Context(), direct(w.Consumer), "http://"+lab.Web4.String()+"/", 1<<10); err != nil {
		t.Fatalf("control: the site is not reached without a tunnel: %v", err)
	}
	control := len(outside(eyes))

	w.start(w.Consumer, "proxy", "--json", "--config", w.config())
	at := &url.URL{Scheme: "socks5h", Host: "127.0.0.1:1080"}
	browser := &http.Client{
		Transport: &http.Transport{Proxy: http.ProxyURL(at), DialContext: w.Consumer.DialContext, DisableKeepAlives: true},
		Timeout:   30 * time.Second,
	}
	eyes.Reset()
	page, err := fetch(t.Context(), browser, "http://"+devnet.SiteName+"/", 1<<10)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(page, lab.RouterOut4.String()) {
		t.Errorf("the site sees the consumer's own address:\n%s", page)
	}
	if !strings.Contains(page, lab.Provider4.String()) && !strings.Contains(page, lab.Second4.String()) {
		t.Errorf("the site does not see a provider:\n%s", page)
	}
	if _, err := fetch(t.Context(), browser, "http://"+devnet.SiteName+"/file", 4<<20); err != nil {
		t.Fatal(err)
	}
	w.Proved("a proxy's pages and names leave through the tunnel alone", outside(eyes), control)
}
