package servicetest

import (
	"context"
	"net/netip"
	"testing"
	"time"

	"github.com/wherrynet/wherry/service/exit"
	"github.com/wherrynet/wherry/service/wireguard"
)

// Addresses inside the tunnels of the suite.
var (
	Provider4 = netip.MustParseAddr("10.77.0.1")
	Provider6 = netip.MustParseAddr("fd77::1")
)

// ConsumerAddrs returns the addresses of the i-th consumer, from 0.
func ConsumerAddrs(i int) []netip.Addr {
	return []netip.Addr{
		netip.AddrFrom4([4]byte{10, 77, byte(1 + i>>8), byte(i)}),
		netip.AddrFrom16([16]byte{0: 0xfd, 1: 0x77, 13: 1, 14: byte(i >> 8), 15: byte(i)}),
	}
}

// Provider is the far end of tunnels.
type Provider struct {
	*wireguard.Device
	Wire *Wire
}

// Consumer is the near end of one tunnel.
type Consumer struct {
	*wireguard.Device
	*wireguard.Tunnel
	Key  wireguard.Key // its own
	Wire *Wire
}

// NewProvider starts a provider on n that lets traffic out through x.
func NewProvider(t testing.TB, n *Network, x wireguard.Exit, change ...func(*wireguard.Config)) *Provider {
	t.Helper()
	p := &Provider{Wire: n.Listen()}
	cfg := wireguard.Config{Wire: p.Wire, Addrs: []netip.Addr{Provider4, Provider6}, Exit: x}
	for _, f := range change {
		f(&cfg)
	}
	p.Device = device(t, cfg)
	return p
}

// NewConsumer starts the i-th consumer on n and joins it with p. Its allowance is
// unlimited.
func NewConsumer(t testing.TB, n *Network, p *Provider, i int) *Consumer {
	t.Helper()
	c := Join(t, n, p, i)
	if err := p.SetAllowance(c.Key, ^uint64(0)); err != nil {
		t.Fatal(err)
	}
	return c
}

// Join is NewConsumer without an allowance.
func Join(t testing.TB, n *Network, p *Provider, i int) *Consumer {
	t.Helper()
	c := &Consumer{Wire: n.Listen()}
	c.Device = device(t, wireguard.Config{Wire: c.Wire})
	c.join(t, p, p.Wire.LocalAddr(), i)
	return c
}

// join makes c the i-th consumer of p, which is at an address.
func (c *Consumer) join(t testing.TB, p *Provider, at netip.AddrPort, i int) {
	t.Helper()
	c.Key = c.Device.PublicKey()
	if err := p.AddPeer(wireguard.Peer{Key: c.Key, Inner: ConsumerAddrs(i)}); err != nil {
		t.Fatal(err)
	}
	err := c.AddPeer(wireguard.Peer{
		Key: p.PublicKey(), Endpoint: at,
		Inner: []netip.Addr{Provider4, Provider6}, Own: ConsumerAddrs(i),
	})
	if err != nil {
		t.Fatal(err)
	}
	if c.Tunnel, err = c.Device.Tunnel(p.PublicKey()); err != nil {
		t.Fatal(err)
	}
}

func device(t testing.TB, cfg wireguard.Config) *wireguard.Device {
	t.Helper()
	key, err := wireguard.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	cfg.PrivateKey = key
	d, err := wireguard.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- d.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("the device ended with %v", err)
			}
		case <-time.After(20 * time.Second):
			t.Error("the device does not end")
		}
	})
	return d
}

// NewExit makes an exit that lets traffic to the given addresses out, and to
// nothing else of this computer.
func NewExit(t testing.TB, allow ...netip.AddrPort) *exit.Dialer {
	t.Helper()
	x, err := exit.New(exit.Config{Policy: exit.Policy{Allow: allow}})
	if err != nil {
		t.Fatal(err)
	}
	return x
}
