package exit

import (
	"log/slog"
	"net/netip"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/host/links"
	"github.com/wherrynet/wherry/host/nat"
)

// DefaultTunnel is the name of the interface that consumers' packets come out of.
const DefaultTunnel = "wherry0"

// KernelConfig is what OpenKernel needs.
type KernelConfig struct {
	Policy Policy
	Tunnel string         // the interface's name; "" means DefaultTunnel
	MTU    int            // of the interface
	Own    []netip.Addr   // addresses of this side in the tunnel, one per IP version at most
	Inner  []netip.Prefix // the networks inside it
	Source netip.Addr     // the address to leave from; not valid: the system chooses
	Memory string         // file in which the host's settings are remembered
	Log    *slog.Logger   // nil discards

	beforeTry func() // tests: something opens a hole
}

func (c *KernelConfig) check() error {
	if c.Tunnel == "" {
		c.Tunnel = DefaultTunnel
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if len(c.Own) == 0 || len(c.Inner) == 0 || c.Memory == "" {
		return wherry.Errorf(wherry.Invalid, "an exit in the kernel needs inner addresses and a file to remember by")
	}
	return nil
}

// host reads what of nat.Policy the host says. opened is nil for all ways. The range of
// source ports stays what it was while nobody listens there: flows have ports in it.
func (c *KernelConfig) host(opened []nat.Opened, ports nat.Ports) (nat.Policy, error) {
	p := nat.Policy{Tunnel: c.Tunnel, Inner: c.Inner, Opened: opened}
	var err error
	if p.Local, err = links.Networks(c.Tunnel); err != nil {
		return p, err
	}
	if p.Ways, err = c.ways(); err != nil {
		return p, err
	}
	if opened == nil {
		for _, w := range p.Ways {
			p.Opened = append(p.Opened, nat.Opened{Interface: w.Interface, V6: w.Addr.Is6()})
		}
	}
	listening, err := links.Listening()
	if err != nil {
		return p, err
	}
	if p.NATPorts = ports; ports.Free(listening) {
		return p, nil
	}
	var own nat.Ports
	own.First, own.Last = links.Ephemeral()
	p.NATPorts, err = nat.FreePorts(listening, own)
	return p, err
}

// ways returns the ways out, one per IP version that the host has.
func (c *KernelConfig) ways() ([]nat.Way, error) {
	var out []nat.Way
	var first error
	for _, v6 := range []bool{false, true} {
		name, from, err := "", c.Source, error(nil)
		switch {
		case !c.Source.IsValid():
			name, from, err = links.Way(v6)
		case c.Source.Is6() != v6:
			continue
		default:
			name, err = links.InterfaceOf(c.Source)
		}
		if err == nil && v6 && !Public(from) {
			continue // an address that the internet does not answer
		}
		if err == nil {
			out = append(out, nat.Way{Interface: name, Addr: from})
		} else if first == nil {
			first = err
		}
	}
	if len(out) == 0 {
		return nil, first
	}
	return out, nil
}
