package node

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
)

func aNetwork() Network {
	one := wherry.MustAddress("0x0000000000000000000000000000000000000001")
	return Network{
		Name:  "test",
		Peers: []string{"http://127.0.0.1:1"},
		Chains: []ChainEntry{
			{ID: 1, Name: "a", RPC: []string{"http://127.0.0.1:2"}, Hubs: one, Token: one, Depth: 4, ExitDelay: "168h"},
			{ID: 2, Name: "b", RPC: []string{"http://127.0.0.1:3"}, Hubs: one, Token: one, Depth: 4},
		},
		Hubs: []HubEntry{{Name: "h", Address: one, URL: "http://127.0.0.1:4", Chains: []uint64{1}}},
	}
}

func TestNetworkComesBackAsItWasWritten(t *testing.T) {
	text, err := aNetwork().Encode()
	if err != nil {
		t.Fatal(err)
	}
	n, err := ParseNetwork(text)
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if len(n.Chains) != 2 || n.Registry() != 1 || n.Hubs[0].Address != aNetwork().Hubs[0].Address {
		t.Errorf("came back as %+v", n)
	}
}

// What a network says of a chain's endpoints and of gas is what the chain is opened with.
func TestChainIsOpenedAsTheNetworkSays(t *testing.T) {
	n := aNetwork()
	n.Chains[0].RPC = []string{"http://127.0.0.1:1", "http://127.0.0.1:2", "http://127.0.0.1:3"}
	n.Chains[0].Agree, n.Chains[0].MaxGasGwei = 3, 40
	text, err := n.Encode()
	if err == nil {
		n, err = ParseNetwork(text)
	}
	if err != nil {
		t.Fatal(err)
	}
	if cfg := n.Chains[0].evm(time.Hour); cfg.Agree != 3 || cfg.MaxFee != wherry.Base(40_000_000_000) || len(cfg.RPC) != 3 {
		t.Errorf("%+v", cfg)
	}
	if cfg := n.Chains[1].evm(time.Hour); cfg.Agree != 0 || !cfg.MaxFee.IsZero() { // evm's defaults
		t.Errorf("%+v", cfg)
	}
}

func TestBadNetworksAreRefused(t *testing.T) {
	for want, spoil := range map[string]func(*Network){
		"name is empty":         func(n *Network) { n.Name = "" },
		"no chain is listed":    func(n *Network) { n.Chains = nil },
		"listed twice":          func(n *Network) { n.Chains[1].ID = 1 },
		"has no id":             func(n *Network) { n.Chains[0].ID = 0 },
		"has no rpc endpoint":   func(n *Network) { n.Chains[0].RPC = nil },
		"are to agree":          func(n *Network) { n.Chains[0].Agree = len(n.Chains[0].RPC) + 1 },
		"max_gas_gwei":          func(n *Network) { n.Chains[0].MaxGasGwei = 1_000_000_001 },
		"lacks the address":     func(n *Network) { n.Chains[0].Token = wherry.Address{} },
		"exit_delay":            func(n *Network) { n.Chains[0].ExitDelay = "a week" },
		"has no address":        func(n *Network) { n.Hubs[0].Address = wherry.Address{} },
		"want http://host:port": func(n *Network) { n.Hubs[0].URL = "127.0.0.1:4" },
		"names chain 3":         func(n *Network) { n.Hubs[0].Chains = []uint64{3} },
		"peer: url":             func(n *Network) { n.Peers = []string{"ftp://127.0.0.1:1"} },
	} {
		t.Run(want, func(t *testing.T) {
			n := aNetwork()
			spoil(&n)
			text, err := n.Encode()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := ParseNetwork(text); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("want an error with %q, got %v", want, err)
			}
		})
	}
}

func TestUnknownKeyIsAnError(t *testing.T) {
	text, err := aNetwork().Encode()
	if err != nil {
		t.Fatal(err)
	}
	_, err = ParseNetwork([]byte("name = 'x'\n" + string(text)))
	if err == nil || !strings.Contains(err.Error(), "name") {
		t.Errorf("want an error that names the key, got %v", err)
	}
	path := filepath.Join(t.TempDir(), "wherry.toml")
	if err := os.WriteFile(path, []byte("[provider]\nprize = 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadConfig(path); wherry.CodeOf(err) != wherry.Invalid || !strings.Contains(err.Error(), "prize") {
		t.Errorf("want an error that names the key, got %v", err)
	}
}

func TestNoNetworkSaysWhatToDo(t *testing.T) {
	_, err := LoadNetwork("")
	if wherry.CodeOf(err) != wherry.Invalid || !strings.Contains(err.Error(), "wherrydev up") {
		t.Errorf("got %v", err)
	}
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	if _, err := LoadNetwork("nowhere"); wherry.CodeOf(err) != wherry.Invalid || !strings.Contains(err.Error(), "nowhere.toml") {
		t.Errorf("got %v", err)
	}
}

func TestConfigComesBackAsItWasWritten(t *testing.T) {
	want := Config{Network: "dev", Provider: ProviderConfig{PerGiB: wherry.MustAmount("0.08"), Lease: Duration(10 * time.Minute)}}
	text, err := want.Encode()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "wherry.toml")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := LoadConfig(path)
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if got.Provider.PerGiB != want.Provider.PerGiB || got.Provider.Lease != want.Provider.Lease || got.Network != "dev" {
		t.Errorf("came back as %+v", got)
	}
}

func FuzzParseNetwork(f *testing.F) {
	text, err := aNetwork().Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte("[[chain]]\nid = -1"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if n, err := ParseNetwork(b); err == nil && len(n.Chains) == 0 {
			t.Error("a network without chains was accepted")
		}
	})
}
