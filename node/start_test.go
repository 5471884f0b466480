package node

import (
	"context"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
)

// offline returns a configuration of a network in which nobody answers.
func offline(t *testing.T) Config {
	t.Helper()
	n := aNetwork()
	for i := range n.Chains {
		n.Chains[i].ExitDelay, n.Chains[i].MinTopUp = "168h", wherry.Tokens(1)
		n.Chains[i].RPC = []string{"http://127.0.0.1:1"}
	}
	n.Peers = []string{"http://127.0.0.1:1"}
	text, err := n.Encode()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, b := range map[string][]byte{"network.toml": text, "password": []byte("secret\n")} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c := Config{Network: filepath.Join(dir, "network.toml"), State: dir, PasswordFile: filepath.Join(dir, "password"), LightKeys: true}
	s, err := c.Keystore()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Create("secret"); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestBusyPortIsNamed(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	at := taken.Addr().(*net.TCPAddr).AddrPort()
	for role, run := range map[string]func(Config) error{
		"hub": func(c Config) error {
			c.Hub.Listen = at
			return c.HubRun(t.Context(), nil)
		},
		"hub's administration": func(c Config) error {
			c.Hub.Listen, c.Hub.Admin = netip.MustParseAddrPort("127.0.0.1:0"), at
			return c.HubRun(t.Context(), nil)
		},
		"proxy": func(c Config) error {
			c.Consumer.Proxy = at
			return c.Proxy(t.Context(), ProxyOptions{})
		},
		"catalogue": func(c Config) error {
			c.Provider = ProviderConfig{Place: "SE", Mode: ModeNetstack, PerGiB: wherry.Tokens(1), Listen: netip.MustParseAddrPort("127.0.0.1:0"), HTTP: at}
			return c.Provide(t.Context(), nil)
		},
	} {
		t.Run(role, func(t *testing.T) {
			err := run(offline(t))
			if wherry.CodeOf(err) != wherry.Conflict || !strings.Contains(err.Error(), at.String()) {
				t.Errorf("got %v (%s)", err, wherry.CodeOf(err))
			}
		})
	}
}

func TestOnlyLoopbackSpends(t *testing.T) {
	c := offline(t)
	c.Consumer.Proxy = netip.MustParseAddrPort("0.0.0.0:0")
	if err := c.Proxy(t.Context(), ProxyOptions{}); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("a proxy for everybody: %v", err)
	}
	c = offline(t)
	c.Hub.Listen, c.Hub.Admin = netip.MustParseAddrPort("127.0.0.1:0"), netip.MustParseAddrPort("0.0.0.0:0")
	if err := c.HubRun(t.Context(), nil); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("administration for everybody: %v", err)
	}
}

func TestWrongPassphraseIsLocked(t *testing.T) {
	c := offline(t)
	if err := os.WriteFile(c.PasswordFile, []byte("guess\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := c.HubRun(t.Context(), nil); wherry.CodeOf(err) != wherry.Locked {
		t.Errorf("got %v", err)
	}
	c.PasswordFile = ""
	if err := c.HubRun(t.Context(), nil); wherry.CodeOf(err) != wherry.Locked {
		t.Errorf("without anybody to ask: %v", err)
	}
}

func TestNobodyAnswersIsUnreachable(t *testing.T) {
	c := offline(t)
	c.Consumer.Proxy = netip.MustParseAddrPort("127.0.0.1:0")
	if err := c.Proxy(t.Context(), ProxyOptions{}); wherry.CodeOf(err) != wherry.Unreachable {
		t.Errorf("proxy: %v", err)
	}
	if _, err := c.Offers(t.Context(), api.OffersQuery{}); wherry.CodeOf(err) != wherry.Unreachable {
		t.Errorf("offers: %v", err)
	}
	if _, err := c.Wallet(t.Context()); wherry.CodeOf(err) != wherry.Unreachable {
		t.Errorf("wallet: %v", err)
	}
}

// TestProviderStartsWithoutTheWorld holds a node to starting with everything
// outside down.
func TestProviderStartsWithoutTheWorld(t *testing.T) {
	c := offline(t)
	c.Provider = ProviderConfig{Place: "SE", Mode: ModeNetstack, PerGiB: wherry.Tokens(1), Listen: netip.MustParseAddrPort("127.0.0.1:0")}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	if err := c.Provide(ctx, func(ProvideReady) { stop() }); err != nil {
		t.Errorf("got %v", err)
	}
	if ctx.Err() == nil {
		t.Error("it was never ready")
	}
}
