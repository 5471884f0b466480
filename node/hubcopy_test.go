package node

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/payment/hub"
	"github.com/wherrynet/wherry/payment/journal/stream/streamtest"
)

// TestJournalMovesByItsAddress takes the way of docs/hub.md: from the disk to three
// servers and back, looking at what is there by its address.
func TestJournalMovesByItsAddress(t *testing.T) {
	servers := streamtest.New(t, 3)
	key, err := identity.Generate()
	if err != nil {
		t.Fatal(err)
	}
	text, err := aNetwork().Encode()
	if err != nil {
		t.Fatal(err)
	}
	network := filepath.Join(t.TempDir(), "network.toml")
	if err := os.WriteFile(network, text, 0o600); err != nil {
		t.Fatal(err)
	}
	disk := Config{Network: network, State: t.TempDir(), Identity: key.Address()}
	onServers := disk
	onServers.Hub.Journal = servers.URL("hub")
	dir := filepath.Join(disk.State, "hub")
	begin := func(c Config) error {
		h, err := c.openHub(hub.Config{Key: key, Chains: []chain.Chain{chaintest.New(chaintest.Config{ChainID: 11})}}, dir)
		if err != nil {
			return err
		}
		return h.Close()
	}
	if err := begin(disk); err != nil {
		t.Fatal(err)
	}
	look := func(c Config, at string) JournalContents {
		t.Helper()
		j, err := c.HubJournal(t.Context(), at, func() {}, nil)
		if err != nil || j.Hub != key.Address() {
			t.Fatalf("%s: %+v, %v", at, j, err)
		}
		return j
	}
	was := look(disk, "")
	if err := begin(onServers); wherry.CodeOf(err) != wherry.Conflict {
		t.Fatalf("a second journal beside the first: %v", err)
	}

	b, err := disk.HubBackup(t.Context(), t.TempDir(), true)
	if err != nil || !b.Moved || b.Records != was.Last+1 {
		t.Fatalf("%+v, %v", b, err)
	}
	r, err := onServers.HubRestore(t.Context(), b.File, 0)
	if err != nil || !r.Whole || r.Dir != servers.URL("hub") {
		t.Fatalf("%+v, %v", r, err)
	}
	if _, err := onServers.HubRestore(t.Context(), b.File, 0); wherry.CodeOf(err) != wherry.Conflict {
		t.Errorf("over a journal that is there: %v", err)
	}
	if err := begin(onServers); err != nil {
		t.Errorf("beside a journal that was handed over: %v", err)
	}
	if err := begin(disk); wherry.CodeOf(err) != wherry.Conflict {
		t.Errorf("the journal that was handed over opens: %v", err)
	}
	for _, at := range []string{"", servers.URL("hub")} {
		if j := look(onServers, at); j.At != servers.URL("hub") || !j.Whole || j.Moved || len(j.Files) != 2 {
			t.Errorf("%q: %+v", at, j)
		}
	}
	if _, err := disk.HubJournal(t.Context(), servers.URL("other"), func() {}, nil); wherry.CodeOf(err) != wherry.NotFound {
		t.Errorf("a stream that there is not: %v", err)
	}
	if _, err := onServers.HubBackup(t.Context(), t.TempDir(), false); err != nil {
		t.Errorf("a copy of it: %v", err)
	}

	back, err := onServers.HubBackup(t.Context(), t.TempDir(), true)
	if err != nil || !back.Moved {
		t.Fatalf("%+v, %v", back, err)
	}
	if err := errors.Join(os.Rename(dir, dir+".old"), os.MkdirAll(dir, 0o700)); err != nil {
		t.Fatal(err)
	}
	if r, err := disk.HubRestore(t.Context(), back.File, 0); err != nil || !r.Whole || r.Dir != dir {
		t.Fatalf("%+v, %v", r, err)
	}
	if err := begin(disk); err != nil {
		t.Fatal(err)
	}
}
