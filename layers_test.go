package wherry_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// wing is one row of the table in docs/architecture.md: what the packages of a
// wing may import of this module. Rooms are given as in ./room or, with all
// below it, as room/... .
type wing struct {
	rooms []string // the packages that the row is about
	may   []string // what they may import
	why   string   // why not more
}

// The rows are tried from top to bottom and the first that fits a package
// counts. "." is the root package. internal/... is allowed to everybody.
var wings = []wing{
	{[]string{"."}, nil, "everybody imports the root, so it imports nobody"},
	{
		[]string{"identity", "identity/..."},
		[]string{".", "identity/..."},
		"who somebody is does not depend on what they do",
	},
	{[]string{"api"}, []string{"."}, "what is said on the socket is the same for who says it and who hears it"},
	{
		[]string{"api/server", "api/server/..."},
		[]string{".", "api", "api/server/..."},
		"it serves whatever fulfils its interface, and knows no node",
	},
	{
		[]string{"client"},
		[]string{".", "api"},
		"a program that talks to a node links no part of one",
	},
	{
		[]string{"chain/devchain"},
		[]string{".", "identity/...", "chain/..."},
		"the development chain is a chain and nothing else",
	},
	{
		[]string{"chain", "chain/..."},
		[]string{".", "identity/...", "chain/..."},
		"the chain settles; it does not know what for",
	},
	{
		[]string{"link", "link/..."},
		[]string{".", "identity/...", "link/..."},
		"a socket carries messages that it does not understand",
	},
	{
		[]string{"payment/channel"},
		[]string{".", "identity/..."},
		"what decides over money does no I/O, so it imports nobody who does",
	},
	{
		[]string{"payment/journal"},
		[]string{"."},
		"a log stores bytes that it does not understand",
	},
	{
		[]string{"payment/..."},
		[]string{".", "identity/...", "chain/...", "payment/..."},
		"the value exchange serves other applications than a VPN: nothing of market, session, service, host or link",
	},
	{
		[]string{"market/offer", "market/choose"},
		[]string{".", "identity/...", "market/offer"},
		"reading and ranking offers is pure",
	},
	{
		[]string{"market/..."},
		[]string{".", "identity/...", "link/...", "chain/...", "market/...", "payment/channel"},
		"finding each other goes before sessions and services",
	},
	{[]string{"host/..."}, []string{".", "host/..."}, "routes and firewalls know nothing of money or peers"},
	{
		[]string{"service/..."},
		[]string{".", "host/...", "service/..."},
		"a service carries bytes: who pays for them, and how its peer was found, is the session's",
	},
	{[]string{"session/meter"}, []string{"."}, "what is owed is arithmetic"},
	{
		[]string{"session/wire"},
		[]string{".", "identity/...", "payment/channel", "session/meter"},
		"messages hold signatures and promises, and nothing that does I/O",
	},
	{
		[]string{"session/..."},
		[]string{
			".", "identity/...", "link/...", "market/offer", "market/choose", "session/...",
			"payment/channel", "payment/wallet", "payment/earnings",
		},
		"a session asks for hubs, tunnels and firewalls through interfaces of its own; node fills them in",
	},
	{
		[]string{"node", "node/..."},
		[]string{
			".", "api", "identity/...", "chain", "chain/evm", "chain/evm/...", "link/...", "payment/...", "market/...",
			"host/...", "service/...", "session/...", "node/...",
		},
		"the one place where roles meet what does the work; the development chain is not part of the product",
	},
	{
		[]string{"cmd/wherry", "cmd/wherry/..."},
		[]string{".", "api", "api/server", "client", "identity/...", "node/...", "cmd/wherry/..."},
		"a command parses and prints; the work is in node",
	},
	{[]string{"internal/tools/..."}, []string{"..."}, "programs that make files of this repository"},
	{[]string{"internal/..."}, []string{".", "identity/...", "internal/..."}, "anyone may import it, so it imports nobody"},
	{
		[]string{"cmd/...", "devnet", "devnet/...", "sdk/...", "sim/...", "e2e/...", "bench/...", "contracts/..."},
		[]string{"..."},
		"nobody imports these, so they may import anything",
	},
}

// leaves are the wings that may import anything and that nobody else imports,
// with the exceptions.
var leaves = map[string][]string{
	"cmd":    nil,
	"sdk":    nil,
	"sim":    nil,
	"e2e":    nil,
	"bench":  nil,
	"devnet": {"cmd/wherrydev"},
}

// fits reports whether a room matches a pattern of the tables above.
func fits(pattern, room string) bool {
	if pattern == "..." {
		return true
	}
	if stem, ok := strings.CutSuffix(pattern, "/..."); ok {
		return room == stem || strings.HasPrefix(room, stem+"/")
	}
	return pattern == room
}

func fitsAny(patterns []string, room string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return fits(p, room) })
}

// wingOf returns the row of a room, and whether there is one.
func wingOf(room string) (wing, bool) {
	for _, w := range wings {
		if fitsAny(w.rooms, room) {
			return w, true
		}
	}
	return wing{}, false
}

// badImport says what is wrong with an import between two rooms, or "".
func badImport(from, to string) string {
	w, ok := wingOf(from)
	if !ok {
		return fmt.Sprintf("%s has no row in the table of layers_test.go: say what it may import", from)
	}
	if head, _, _ := strings.Cut(to, "/"); head != "internal" {
		if friends, leaf := leaves[head]; leaf && !strings.HasPrefix(from, head) && !fitsAny(friends, from) {
			return fmt.Sprintf("%s imports %s: nobody imports %s", from, to, head)
		}
		if !fitsAny(w.may, to) {
			return fmt.Sprintf("%s imports %s: %s", from, to, w.why)
		}
	}
	return ""
}

func TestImportsPointOneWay(t *testing.T) {
	for _, p := range packages(t) {
		if _, ok := wingOf(p.room()); !ok {
			t.Error(badImport(p.room(), "."))
			continue
		}
		for _, i := range p.Imports {
			if i != module && !strings.HasPrefix(i, module+"/") {
				continue
			}
			if bad := badImport(p.room(), room(i)); bad != "" {
				t.Error(bad)
			}
		}
	}
}

// Rows that name a room which exists nowhere have outlived it. Those of later
// additions are listed with what they wait for.
func TestNoRowOutlivesItsRoom(t *testing.T) {
	awaited := []string{"sdk/...", "sim/...", "cmd/wherry/...", "node/...", "link/...", "devnet/...", "contracts/..."}
	var rooms []string
	for _, p := range packages(t) {
		rooms = append(rooms, p.room())
	}
	check := func(pattern string) {
		if pattern == "..." || slices.Contains(awaited, pattern) {
			return
		}
		if !slices.ContainsFunc(rooms, func(r string) bool { return fits(pattern, r) }) {
			t.Errorf("the table names %s, which is gone", pattern)
		}
	}
	for _, w := range wings {
		for _, r := range slices.Concat(w.rooms, w.may) {
			check(r)
		}
		if w.why == "" {
			t.Errorf("the row of %v gives no reason", w.rooms)
		}
	}
}

// The detector detects: each line is an import that must be refused or let pass.
func TestLayersDetector(t *testing.T) {
	for _, c := range []struct {
		from, to string
		bad      bool
	}{
		{".", "identity", true},
		{"identity/keystore", "identity", false},
		{"identity", "chain", true},
		{"payment/hub", "payment/channel", false},
		{"payment/hub", "chain", false},
		{"payment/hub", "market/offer", true},
		{"payment/hub", "session/wire", true},
		{"payment/wallet", "service/wireguard", true},
		{"payment/earnings", "host/socks", true},
		{"payment/relayer", "link", true},
		{"payment/channel", "payment/journal", true},
		{"payment/channel", "internal/codec", false},
		{"service/wireguard", "session", true},
		{"service/wireguard", "link", true},
		{"session/consumer", "payment/channel", false},
		{"session/consumer", "payment/hub", true},
		{"session/provider", "service/wireguard", true},
		{"node", "payment/hub", false},
		{"node", "api", false},
		{"node", "api/server", true},
		{"api", "node", true},
		{"api/server", "node", true},
		{"client", "api", false},
		{"client", "api/server", true},
		{"session/consumer", "api", true},
		{"cmd/wherry", "client", false},
		{"node", "chain/devchain", true},
		{"node", "cmd/wherry", true},
		{"cmd/wherry", "devnet", true},
		{"cmd/wherry", "payment/hub", true},
		{"cmd/wherrydev", "devnet", false},
		{"cmd/wherrydev", "chain/devchain", false},
		{"utilities", ".", true},
	} {
		if got := badImport(c.from, c.to); (got != "") != c.bad {
			t.Errorf("%s importing %s: %q, want refused: %v", c.from, c.to, got, c.bad)
		}
	}
}

// links returns everything that the packages link, this module's and others'.
func links(t *testing.T, patterns ...string) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, p := range goList(t, append([]string{"-deps"}, patterns...)...) {
		all[p.ImportPath] = true
	}
	if len(all) < 10 {
		t.Fatalf("%v link only %d packages", patterns, len(all))
	}
	return all
}

// forbidden returns those linked packages that lie in one of the trees.
func forbidden(linked map[string]bool, trees ...string) []string {
	var out []string
	for p := range linked {
		for _, tree := range trees {
			if p == tree || strings.HasPrefix(p, tree+"/") {
				out = append(out, p)
			}
		}
	}
	slices.Sort(out)
	return out
}

// A whole Ethereum node is 40 MB of code that a person's VPN has no use for.
var ethereumNode = []string{
	"github.com/ethereum/go-ethereum/eth",
	"github.com/ethereum/go-ethereum/node",
	"github.com/ethereum/go-ethereum/core/vm",
	"github.com/ethereum/go-ethereum/core/state",
	"github.com/ethereum/go-ethereum/core/txpool",
	"github.com/ethereum/go-ethereum/p2p/discover",
	"github.com/ethereum/go-ethereum/miner",
	"github.com/cockroachdb/pebble",
	module + "/chain/devchain",
}

func TestProductDoesNotLinkANode(t *testing.T) {
	if bad := forbidden(links(t, "./cmd/wherry"), ethereumNode...); len(bad) > 0 {
		t.Errorf("cmd/wherry links %s", strings.Join(bad, ", "))
	}
	// The detector detects: the development network links all of these.
	if bad := forbidden(links(t, "./chain/devchain"), ethereumNode...); len(bad) < 5 {
		t.Errorf("the development chain links only %v: is the list still right?", bad)
	}
}

// The servers that keep a hub's journal are programs of their own.
func TestProductDoesNotLinkAServer(t *testing.T) {
	const nats = "github.com/nats-io/nats-server/v2"
	if bad := forbidden(links(t, "./cmd/..."), nats); len(bad) > 0 {
		t.Errorf("commands link %s", strings.Join(bad, ", "))
	}
	if bad := forbidden(links(t, "./payment/journal/stream/streamtest"), nats); len(bad) == 0 {
		t.Error("the detector finds nothing in the tests' cluster either")
	}
}

func TestPaymentsKnowNoVPN(t *testing.T) {
	var trees []string
	for _, w := range []string{"market", "session", "service", "host", "link", "node", "devnet"} {
		trees = append(trees, module+"/"+w)
	}
	if bad := forbidden(links(t, "./payment/..."), trees...); len(bad) > 0 {
		t.Errorf("payment/... links %s", strings.Join(bad, ", "))
	}
	if bad := forbidden(links(t, "./session/..."), trees...); len(bad) == 0 {
		t.Error("the detector finds nothing in session/... either")
	}
}

// What is pure reads no clock, starts no goroutine and does no I/O: it cannot
// without these imports. time is allowed for its values; forbidigo refuses its
// clock.
func TestPurePackagesHaveNoHands(t *testing.T) {
	pure := []string{".", "payment/channel", "session/meter", "market/choose", "market/offer", "identity/typed"}
	hands := []string{"os", "os/exec", "net", "log", "sync", "context", "database/sql", "math/rand"}
	seen := 0
	for _, p := range packages(t) {
		if !slices.Contains(pure, p.room()) {
			continue
		}
		seen++
		for _, i := range p.Imports {
			if slices.Contains(hands, i) {
				t.Errorf("%s is pure and imports %s", p.room(), i)
			}
		}
	}
	if seen != len(pure) {
		t.Errorf("%d of %d pure packages exist", seen, len(pure))
	}
}

// A dependency enters at one place, so that it can leave there too.
func TestOutsideLibrariesHaveOneDoor(t *testing.T) {
	doors := map[string][]string{
		"github.com/danielgtaylor/huma/v2":          {"api/server"},
		"github.com/quic-go/quic-go":                {"link"},
		"github.com/fxamacker/cbor/v2":              {"internal/codec"},
		"github.com/spf13/cobra":                    {"cmd/..."},
		"github.com/VictoriaMetrics/metrics":        {"payment/hub"},
		"modernc.org/sqlite":                        {"internal/sqlite", "internal/store", "payment/wallet", "payment/earnings", "payment/books"},
		"github.com/tailscale/wireguard-go":         {"service/wireguard/...", "bench/..."},
		"gvisor.dev/gvisor":                         {"service/wireguard/...", "service/exit/...", "internal/netstack/..."},
		"github.com/ethereum/go-ethereum/ethclient": {"chain/...", "devnet/..."},
		"github.com/google/nftables":                {"host/..."},
		"github.com/vishvananda/netlink":            {"host/..."},
		"github.com/nats-io/nats.go":                {"payment/journal/stream"},
		"github.com/nats-io/nats-server/v2":         {"payment/journal/stream/streamtest"},
	}
	for _, p := range packages(t) {
		for _, i := range p.Imports {
			for library, rooms := range doors {
				if (i == library || strings.HasPrefix(i, library+"/")) && !fitsAny(rooms, p.room()) {
					t.Errorf("%s imports %s: it enters through %s", p.room(), i, strings.Join(rooms, ", "))
				}
			}
		}
	}
}
