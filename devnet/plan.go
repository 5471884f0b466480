package devnet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"path/filepath"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/whole"
)

// plan is what a development network keeps from one start to the next: who is
// who, and where everybody listens. It is written to devnet.json.
type plan struct {
	Version    int                       `json:"version"`
	Layout     *Layout                   `json:"layout,omitempty"` // nil: everybody lives on the loopback
	Block      Block                     `json:"block,omitzero"`
	ChainA     chainPlan                 `json:"chain_a"`
	ChainB     chainPlan                 `json:"chain_b"`
	Site       Site                      `json:"site"`
	Hubs       []hubPlan                 `json:"hubs"`
	RelayerAPI netip.AddrPort            `json:"relayer_api"`
	Proxy      netip.AddrPort            `json:"proxy"`
	Providers  []providerPlan            `json:"providers"`
	People     map[string]wherry.Address `json:"people"` // identities by role
}

type chainPlan struct {
	ID    uint64         `json:"id"`
	Name  string         `json:"name"`
	RPC   netip.AddrPort `json:"rpc"`
	Hubs  wherry.Address `json:"hubs"`
	Token wherry.Address `json:"token"`
}

type hubPlan struct {
	Name   string         `json:"name"`
	Role   string         `json:"role"` // of its process and its identity
	FeePPM uint32         `json:"fee_ppm"`
	TopUp  wherry.Amount  `json:"top_up"` // of the consumer, the first time
	API    netip.AddrPort `json:"api"`    // where everybody reaches it
	Admin  netip.AddrPort `json:"admin"`
	Cheat  Cheat          `json:"cheat,omitempty"` // how it cheats; empty when it is honest
	Behind netip.AddrPort `json:"behind,omitzero"` // where the hub itself answers while it cheats
}

// owner is the role that owns the hub on the chains.
func (h hubPlan) owner() string { return "owner of " + h.Role }

type providerPlan struct {
	Name    string         `json:"name"`
	Hubs    []string       `json:"hubs"` // that it is paid through, by name
	Place   string         `json:"place"`
	IPType  string         `json:"ip_type"`
	PerGiB  wherry.Amount  `json:"per_gib"`
	PerHour wherry.Amount  `json:"per_hour"`
	UDP     netip.AddrPort `json:"udp"`
	HTTP    netip.AddrPort `json:"http"`
}

func (p providerPlan) role() string { return "provider-" + p.Name }

const planVersion = 3

// newPlan returns the network as it is made the first time, without ports.
func newPlan(block Block) plan {
	local := block.addr(1)
	at := func(a netip.Addr) netip.AddrPort { return netip.AddrPortFrom(a, 0) }
	p := plan{
		Version: planVersion, Block: block,
		ChainA:     chainPlan{ID: 31001, Name: "shallows", RPC: at(local)},
		ChainB:     chainPlan{ID: 31002, Name: "deep", RPC: at(local)},
		Site:       Site{Web: at(local), Neighbour: at(local), DNS: at(local)},
		RelayerAPI: at(local), Proxy: at(local),
		People: map[string]wherry.Address{},
		Hubs: []hubPlan{
			{Name: "north", Role: "hub", FeePPM: 10_000, TopUp: wherry.Tokens(10), API: at(local), Admin: at(local)},
			{Name: "south", Role: "hub-2", FeePPM: 15_000, TopUp: wherry.Tokens(5), API: at(local), Admin: at(local)},
		},
	}
	for i, o := range []struct {
		name, place, ipType, gib, hour string
		hubs                           []string
	}{
		{"se", "SE/Gothenburg", "residential", "0.080", "0.002", []string{"north", "south"}},
		{"de", "DE/Leipzig", "hosting", "0.045", "0", []string{"north"}},
		{"us", "US/Duluth", "hosting", "0.120", "0.001", []string{"south"}},
	} {
		exit := block.addr(byte(11 + i)) // it lives there and leaves from there; Linux answers on all of 127/8 without being asked to
		p.Providers = append(p.Providers, providerPlan{
			Name: o.name, Hubs: o.hubs, Place: o.place, IPType: o.ipType,
			PerGiB: wherry.MustAmount(o.gib), PerHour: wherry.MustAmount(o.hour),
			UDP: at(exit), HTTP: at(exit),
		})
	}
	return p
}

func loadPlan(dir string, at Block) (plan, error) {
	b, err := os.ReadFile(filepath.Join(dir, "devnet.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return newPlan(at), nil
	}
	if err != nil {
		return plan{}, err
	}
	var p plan
	if err := json.Unmarshal(b, &p); err != nil {
		return plan{}, fmt.Errorf("devnet.json: %w", err)
	}
	if p.Version != planVersion {
		return plan{}, wherry.Errorf(wherry.Conflict, "%s was made by another version of wherrydev (%d, this is %d): remove it, or choose another --dir", dir, p.Version, planVersion)
	}
	return p, nil
}

func (p plan) save(dir string) error {
	b, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return err
	}
	return whole.Write(filepath.Join(dir, "devnet.json"), append(b, '\n'))
}

// choosePorts gives a free port to everything that has none, or whose port
// somebody else has taken since. All are held open until all are chosen, so
// that no two are the same.
func (p *plan) choosePorts(ctx context.Context) error {
	if p.Layout != nil {
		return nil // each host is the network's own
	}
	var held []interface{ Close() error }
	defer func() {
		for _, h := range held {
			_ = h.Close() // nothing was sent or received
		}
	}()
	var lc net.ListenConfig
	tcp := func(a *netip.AddrPort) error {
		l, err := lc.Listen(ctx, "tcp", a.String())
		if err != nil {
			if l, err = lc.Listen(ctx, "tcp", netip.AddrPortFrom(a.Addr(), 0).String()); err != nil {
				return err
			}
		}
		held = append(held, l)
		*a = netip.AddrPortFrom(a.Addr(), uint16(l.Addr().(*net.TCPAddr).Port))
		return nil
	}
	udp := func(a *netip.AddrPort) error {
		l, err := lc.ListenPacket(ctx, "udp", a.String())
		if err != nil {
			if l, err = lc.ListenPacket(ctx, "udp", netip.AddrPortFrom(a.Addr(), 0).String()); err != nil {
				return err
			}
		}
		held = append(held, l)
		*a = netip.AddrPortFrom(a.Addr(), uint16(l.LocalAddr().(*net.UDPAddr).Port))
		return nil
	}
	all := []*netip.AddrPort{&p.ChainA.RPC, &p.ChainB.RPC, &p.Site.Web, &p.Site.Neighbour, &p.RelayerAPI, &p.Proxy}
	for i := range p.Hubs {
		all = append(all, &p.Hubs[i].API, &p.Hubs[i].Admin)
		if p.Hubs[i].Behind.IsValid() {
			all = append(all, &p.Hubs[i].Behind)
		}
	}
	for _, a := range all {
		if err := tcp(a); err != nil {
			return err
		}
	}
	if err := udp(&p.Site.DNS); err != nil {
		return err
	}
	for i := range p.Providers {
		if err := udp(&p.Providers[i].UDP); err != nil {
			return fmt.Errorf("%w (provider %s wants a loopback address of its own; on systems other than Linux it must be added first)", err, p.Providers[i].Name)
		}
		if err := tcp(&p.Providers[i].HTTP); err != nil {
			return err
		}
	}
	return nil
}
