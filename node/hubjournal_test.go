package node

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/payment/hub"
)

// TestWhereTheJournalIs reads the addresses of journals, and refuses to begin one
// on servers beside one on disk.
func TestWhereTheJournalIs(t *testing.T) {
	key, err := identity.Generate()
	if err != nil {
		t.Fatal(err)
	}
	const servers = "nats://127.0.0.1:1,127.0.0.1:2,127.0.0.1:3/hub"
	open := func(journal, dir string) (runningHub, error) {
		cfg := hub.Config{Key: key, Chains: []chain.Chain{chaintest.New(chaintest.Config{ChainID: 11})}}
		return Config{Hub: HubConfig{Journal: journal}}.openHub(cfg, dir)
	}
	for _, bad := range []string{"disk", "file:", "nats://", "nats://a:1/x.y", "http://a:1/x"} {
		if _, err := open(bad, t.TempDir()); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("journal %q: %v", bad, err)
		}
	}
	h, err := open(servers, t.TempDir())
	if _, ok := h.(*hub.Standby); !ok || err != nil {
		t.Errorf("a journal on servers makes %T, %v", h, err)
	}
	cfg := hub.Config{Key: key, Chains: []chain.Chain{chaintest.New(chaintest.Config{ChainID: 11})}}
	for name, c := range map[string]Config{
		"a silence of nothing":         {Hub: HubConfig{Journal: servers, JournalSilence: 1}},
		"a relayer with the hub's key": {Hub: HubConfig{Journal: servers}, Relayer: RelayerConfig{Enabled: true}},
	} {
		if _, err := c.openHub(cfg, t.TempDir()); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	dir, other := t.TempDir(), t.TempDir()
	if h, err = open("file:"+other, dir); err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	if n, err := journalFiles(other); n == 0 || err != nil {
		t.Errorf("the journal is not where it was asked for: %d, %v", n, err)
	}
	if _, err := open(servers, other); wherry.CodeOf(err) != wherry.Conflict {
		t.Errorf("a second journal beside the first: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "notes.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := open(servers, dir); err != nil {
		t.Errorf("a directory without a journal: %v", err)
	}
}
