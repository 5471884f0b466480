package devnet

import (
	"encoding/json"
	"net/netip"
	"os"

	"github.com/wherrynet/wherry"
)

// Layout puts the roles of a network on several hosts: network namespaces that
// somebody else has made. A network without one lives on the loopback. The
// consumer is not started: what runs on its host is the test's.
type Layout struct {
	Ledger    netip.Addr `json:"ledger"` // of the host that wherrydev runs on: chains, hubs, relayer
	Web       Place      `json:"web"`    // the site and its resolver, at ports 80 and 53
	Providers []Place    `json:"providers"`
	Consumer  string     `json:"consumer"` // namespace
}

// Place is a host and an address of it.
type Place struct {
	NetNS string     `json:"netns"`
	Addr  netip.Addr `json:"addr"`
	DNS   netip.Addr `json:"dns,omitzero"` // of the web's host: where the resolver is
}

// Ports of a network whose hosts are its own.
const (
	layoutChain    = 8545 // and the next
	layoutHub      = 7080 // and the next
	layoutAdmin    = 7180 // and the next, on the loopback
	layoutRelayer  = 7090
	layoutProvider = 41641
	layoutHTTP     = 7070
)

// ReadLayout reads a layout from a file of JSON.
func ReadLayout(path string) (*Layout, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var l Layout
	if err := json.Unmarshal(b, &l); err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "%s: %w", path, err)
	}
	return &l, nil
}

// LayOut puts a network that was not started yet on several hosts.
func (n *Net) LayOut(l *Layout) error {
	p := &n.plan
	if len(p.People) > 0 && p.Layout == nil {
		return wherry.Errorf(wherry.Conflict, "the network in %s was made on the loopback: choose another --dir", n.Dir)
	}
	if len(l.Providers) == 0 || len(l.Providers) > len(p.Providers) {
		return wherry.Errorf(wherry.Invalid, "a layout has from 1 to %d providers", len(p.Providers))
	}
	p.Layout, p.Providers = l, p.Providers[:len(l.Providers)]
	at := netip.AddrPortFrom
	p.ChainA.RPC, p.ChainB.RPC = at(l.Ledger, layoutChain), at(l.Ledger, layoutChain+1)
	p.RelayerAPI = at(l.Ledger, layoutRelayer)
	for i := range p.Hubs {
		p.Hubs[i].API = at(l.Ledger, layoutHub+uint16(i))
		p.Hubs[i].Admin = at(netip.AddrFrom4([4]byte{127, 0, 0, 1}), layoutAdmin+uint16(i))
	}
	p.Site = Site{Web: at(l.Web.Addr, 80), Neighbour: at(l.Web.Addr, 81), DNS: at(l.Web.DNS, 53)}
	p.Proxy = at(netip.AddrFrom4([4]byte{127, 0, 0, 1}), 1080)
	for i, o := range l.Providers {
		p.Providers[i].UDP, p.Providers[i].HTTP = at(o.Addr, layoutProvider), at(o.Addr, layoutHTTP)
	}
	return nil
}

// at puts a process on a host of the layout.
func (l *Layout) at(ns string, p *Process) *Process {
	if l != nil && ns != "" {
		p.Args = append([]string{"netns", "exec", ns, p.Path}, p.Args...)
		p.Path = "ip"
	}
	return p
}

// provider returns the namespace of provider i.
func (l *Layout) provider(i int) string {
	if l == nil {
		return ""
	}
	return l.Providers[i].NetNS
}

func (l *Layout) web() string {
	if l == nil {
		return ""
	}
	return l.Web.NetNS
}

func (l *Layout) consumer() string {
	if l == nil {
		return ""
	}
	return l.Consumer
}

// ConsumerConfig returns the path of the consumer's configuration.
func (n *Net) ConsumerConfig() string { return n.path("consumer", "wherry.toml") }
