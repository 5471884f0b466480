package node

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain/evm"
	"github.com/wherrynet/wherry/identity/typed"
)

// Network says where a wherry network is: its chains and contracts, the hubs
// and the first peers to ask. It is read from a network.toml; wherry ships none,
// so that nobody joins a network by accident.
type Network struct {
	Name   string       `toml:"name" comment:"what people call this network"`
	Peers  []string     `toml:"peers" comment:"nodes to ask for the catalogue first: http://host:port"`
	Chains []ChainEntry `toml:"chain" comment:"the chains that money lies on; the first is also the one that offers are signed for"`
	Hubs   []HubEntry   `toml:"hub" comment:"hubs to begin with; anyone may run another"`

	Relayers []RelayerEntry `toml:"relayer,omitempty" comment:"who submits for people without gas; anyone may run another"`

	outside *outside // nil: as every program reaches them
}

// ChainEntry is one chain of a network.
type ChainEntry struct {
	ID         uint64         `toml:"id" comment:"chain ID (EIP-155)"`
	Name       string         `toml:"name" comment:"what people call it"`
	RPC        []string       `toml:"rpc" comment:"JSON-RPC endpoints; of two or more, two have to agree about what is final"`
	Agree      int            `toml:"agree,omitempty" comment:"how many of them have to agree about what is final; default 2, or 1 where there is one"`
	MaxGasGwei uint64         `toml:"max_gas_gwei,omitempty" comment:"what a unit of gas may cost at most, tip and all; nothing is sent while it costs more; default 500"`
	Hubs       wherry.Address `toml:"hubs" comment:"address of the Hubs contract"`
	Token      wherry.Address `toml:"token" comment:"address of the token"`
	FirstBlock uint64         `toml:"first_block,omitempty" comment:"block in which the contract was made; what lies before is not read"`
	Depth      uint64         `toml:"depth" comment:"blocks on top of one that counts as final"`
	ExitDelay  string         `toml:"exit_delay" comment:"how long leaving takes without the hub's consent; held against the contract"`
	MinTopUp   wherry.Amount  `toml:"min_top_up" comment:"least top-up by somebody else than the consumer; held against the contract"`
}

// HubEntry is one hub of a network.
type HubEntry struct {
	Name    string         `toml:"name" comment:"what people call it"`
	Address wherry.Address `toml:"address" comment:"the hub's key, which is its name on every chain"`
	URL     string         `toml:"url" comment:"where it answers: http://host:port; with commas between when several machines run it"`

	outside *outside // as of the network

	Chains []uint64 `toml:"chains" comment:"chains on which it takes deposits"`
}

// LoadNetwork reads a network by path, or by a name under the directory for
// networks. Errors say what to try and have the code Invalid.
func LoadNetwork(ref string) (Network, error) {
	path := ref
	if ref == "" {
		return Network{}, wherry.Errorf(wherry.Invalid, "no network is chosen: name one with --network NAME|FILE or WHERRY_NETWORK; to try wherry on this computer alone, wherrydev up makes one")
	}
	if !strings.ContainsAny(ref, `/\`) && !strings.HasSuffix(ref, ".toml") {
		path = filepath.Join(configHome(), "networks", ref+".toml")
	}
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Network{}, wherry.Errorf(wherry.Invalid, "network %s: there is no %s", ref, path)
	}
	if err != nil {
		return Network{}, wherry.Errorf(wherry.Invalid, "network %s: %w", ref, err)
	}
	n, err := ParseNetwork(b)
	if err != nil {
		return Network{}, wherry.Errorf(wherry.Invalid, "network %s: %w", path, err)
	}
	return n, nil
}

// ParseNetwork reads the text of a network.toml, strictly: a key that is not
// known is an error.
func ParseNetwork(text []byte) (Network, error) {
	var n Network
	if err := decodeTOML(text, &n); err != nil {
		return Network{}, err
	}
	return n, n.check()
}

// Encode returns the text of n, with a comment per key.
func (n Network) Encode() ([]byte, error) { return toml.Marshal(n) }

func (n Network) check() error {
	switch {
	case n.Name == "":
		return errors.New("name is empty")
	case len(n.Chains) == 0:
		return errors.New("no chain is listed")
	}
	seen := map[uint64]bool{}
	for _, c := range n.Chains {
		switch {
		case c.ID == 0:
			return fmt.Errorf("chain %q has no id", c.Name)
		case seen[c.ID]:
			return fmt.Errorf("chain %d is listed twice", c.ID)
		case len(c.RPC) == 0:
			return fmt.Errorf("chain %d has no rpc endpoint", c.ID)
		case c.Agree < 0 || c.Agree > len(c.RPC):
			return fmt.Errorf("chain %d: agree: %d endpoints are to agree, and %d are listed", c.ID, c.Agree, len(c.RPC))
		case c.MaxGasGwei > mostGasGwei:
			return fmt.Errorf("chain %d: max_gas_gwei: %d is more than %d", c.ID, c.MaxGasGwei, mostGasGwei)
		case c.Hubs.IsZero() || c.Token.IsZero():
			return fmt.Errorf("chain %d lacks the address of its Hubs contract or token", c.ID)
		}
		if _, err := c.delay(); err != nil {
			return fmt.Errorf("chain %d: exit_delay: %w", c.ID, err)
		}
		seen[c.ID] = true
	}
	names := map[string]bool{}
	for _, h := range n.Hubs {
		if h.Address.IsZero() {
			return fmt.Errorf("hub %q has no address", h.Name)
		}
		if name := strings.ToLower(h.Called()); names[name] {
			return fmt.Errorf("two hubs are called %s", h.Called())
		} else {
			names[name] = true
		}
		if err := checkURLs(h.URL); err != nil {
			return fmt.Errorf("hub %s: %w", h.Address, err)
		}
		for _, id := range h.Chains {
			if !seen[id] {
				return fmt.Errorf("hub %s names chain %d, which is not listed", h.Address, id)
			}
		}
	}
	if err := n.checkRelayers(); err != nil {
		return err
	}
	for _, p := range n.Peers {
		if err := checkURL(p); err != nil {
			return fmt.Errorf("peer: %w", err)
		}
	}
	return nil
}

// checkURLs checks the addresses of a hub that runs on several machines.
func checkURLs(s string) error {
	for u := range strings.SplitSeq(s, ",") {
		if err := checkURL(u); err != nil {
			return err
		}
	}
	return nil
}

func checkURL(s string) error {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("url %q: want http://host:port", s)
	}
	return nil
}

func (c ChainEntry) delay() (time.Duration, error) {
	if c.ExitDelay == "" {
		return 0, nil
	}
	return time.ParseDuration(c.ExitDelay)
}

// Registry returns the ID of the chain that offers are signed for.
func (n Network) Registry() uint64 { return n.Chains[0].ID }

// Chain returns the entry of a chain.
func (n Network) Chain(id uint64) (ChainEntry, error) {
	for _, c := range n.Chains {
		if c.ID == id {
			return c, nil
		}
	}
	return ChainEntry{}, wherry.Errorf(wherry.NotFound, "chain %d is not part of network %s", id, n.Name)
}

// Hub returns the entry of a hub.
func (n Network) Hub(address wherry.Address) (HubEntry, error) {
	for _, h := range n.Hubs {
		if h.Address == address {
			return h, nil
		}
	}
	return HubEntry{}, wherry.Errorf(wherry.NotFound, "hub %s is not part of network %s", address, n.Name)
}

// FindHub returns the hub that a person means: by its name in this network, or by
// its address.
func (n Network) FindHub(ref string) (HubEntry, error) {
	if a, err := wherry.ParseAddress(ref); err == nil {
		return n.Hub(a)
	}
	var names []string
	for _, h := range n.Hubs {
		if strings.EqualFold(h.Name, ref) {
			return h, nil
		}
		names = append(names, h.Called())
	}
	return HubEntry{}, wherry.Errorf(wherry.NotFound, "network %s has no hub %q: it has %s", n.Name, ref, strings.Join(names, ", "))
}

// Called returns the hub's name, or its address where it has none.
func (h HubEntry) Called() string { return or(h.Name, h.Address.String()) }

// Open opens a chain of the network. What the entry says of the contract is held
// against the chain as soon as an endpoint answers; a node starts without one.
func (n Network) Open(ctx context.Context, id uint64) (*evm.Chain, error) {
	c, err := n.Chain(id)
	if err != nil {
		return nil, err
	}
	delay, err := c.delay()
	if err != nil {
		return nil, err
	}
	cfg := c.evm(delay)
	cfg.Dial, cfg.Lazy = n.outside.dialer(), n.outside != nil
	ch, err := evm.Open(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("chain %s (%d): %w", c.Name, c.ID, err)
	}
	return ch, nil
}

// mostGasGwei is the highest price of gas that may be configured: a whole coin.
const mostGasGwei = 1_000_000_000

// evm returns how the entry's chain is opened.
func (c ChainEntry) evm(delay time.Duration) evm.Config {
	return evm.Config{
		RPC: c.RPC, ChainID: c.ID, Contract: c.Hubs, Token: c.Token, Depth: c.Depth, Delay: delay, MinTopUp: c.MinTopUp,
		Agree: c.Agree, MaxFee: wherry.Base(c.MaxGasGwei * 1_000_000_000),
	}
}

func decodeTOML(text []byte, into any) error {
	d := toml.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if s, ok := errors.AsType[*toml.StrictMissingError](err); ok {
		return fmt.Errorf("unknown key:\n%s", s.String())
	}
	if e, ok := errors.AsType[*toml.DecodeError](err); ok {
		row, col := e.Position()
		return fmt.Errorf("line %d, column %d: %w", row, col, e)
	}
	return err
}

// configHome returns the directory for a person's configuration.
func configHome() string {
	if d := os.Getenv("XDG_CONFIG_HOME"); d != "" {
		return filepath.Join(d, "wherry")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ".wherry"
	}
	return filepath.Join(home, ".config", "wherry")
}

// StateHome returns the directory for a person's state of a program.
func StateHome(program string) string {
	if d := os.Getenv("XDG_STATE_HOME"); d != "" {
		return filepath.Join(d, program)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "." + program
	}
	return filepath.Join(home, ".local", "state", program)
}

// domain returns the EIP-712 domain of the entry's contract.
func (c ChainEntry) domain() typed.Domain { return typed.Domain{ChainID: c.ID, Contract: c.Hubs} }
