package servicetest

import (
	"bytes"
	"encoding/binary"
	"net/netip"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tailscale/wireguard-go/conn"
	wg "github.com/tailscale/wireguard-go/device"
	"github.com/tailscale/wireguard-go/tun"

	"github.com/wherrynet/wherry/service/wireguard"
)

// mute is the inside of a device that only makes handshakes.
type mute struct {
	tun.Device
	done chan struct{}
}

func (m mute) Read([]byte, []tun.ReadPacket) (int, error) { <-m.done; return 0, os.ErrClosed }
func (m mute) MTU() (int, error)                          { return 1420, nil }
func (m mute) Events() <-chan tun.Event                   { return nil }
func (m mute) BatchSize() int                             { return 1 }
func (m mute) Close() error                               { close(m.done); return nil }

// initiation is a handshake's first message, and where it comes from.
type initiation struct {
	from *Wire
	b    []byte
}

// crowd makes the first messages of n new consumers of p, all behind one address.
func crowd(t *testing.T, n *Network, p *Provider, first, count int) (all []initiation) {
	t.Helper()
	d := wg.NewDevice(mute{done: make(chan struct{})}, conn.NewDefaultBind(), &wg.Logger{Verbosef: wg.DiscardLogf, Errorf: wg.DiscardLogf})
	defer d.Close()
	key := wg.NoisePublicKey(p.PublicKey())
	peer, err := d.NewPeer(key)
	if err != nil {
		t.Fatal(err)
	}
	for i := range count {
		secret, err := wireguard.GenerateKey()
		if err != nil {
			t.Fatal(err)
		}
		if err := p.AddPeer(wireguard.Peer{Key: secret.Public(), Inner: ConsumerAddrs(first + i)}); err != nil {
			t.Fatal(err)
		}
		if err := d.SetPrivateKey(wg.NoisePrivateKey(secret.Bytes())); err != nil {
			t.Fatal(err)
		}
		m, err := d.CreateMessageInitiation(peer)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := binary.Write(&b, binary.LittleEndian, m); err != nil {
			t.Fatal(err)
		}
		var macs wg.CookieGenerator
		macs.Init(key)
		macs.AddMacs(b.Bytes())
		all = append(all, initiation{n.ListenFrom(netip.MustParseAddr("198.51.100.7")), b.Bytes()})
	}
	return all
}

// TestCrowdBehindOneAddress holds where WireGuard's protection against floods begins:
// while fewer than 128 handshakes wait, everybody is answered; with more, who shares an
// address with many is put off. So consumers that lose a provider together must not
// come back in the same instant.
func TestCrowdBehindOneAddress(t *testing.T) {
	const group, many = 100, 600
	n := NewNetwork()
	var p *Provider
	var answers, cookies atomic.Int64
	n.Drop = func(from, _ netip.AddrPort, b []byte) bool {
		if p != nil && from == p.Wire.LocalAddr() {
			switch b[0] {
			case wg.MessageResponseType:
				answers.Add(1)
			case wg.MessageCookieReplyType:
				cookies.Add(1)
			}
		}
		return false
	}
	p = NewProvider(t, n, NewExit(t))
	arrive := func(all []initiation) {
		for _, m := range all {
			p.Wire.Inject(m.from.LocalAddr(), m.b)
		}
	}
	spread := crowd(t, n, p, 0, many)
	for i := 0; i < many; i += group {
		arrive(spread[i : i+group])
		eventually(t, "a group is answered", func() bool { return answers.Load() >= int64(i+group) })
	}
	if got := cookies.Load(); got != 0 {
		t.Errorf("in groups of %d, %d of %d are put off", group, got, many)
	}
	answers.Store(0)
	arrive(crowd(t, n, p, many, many))
	eventually(t, "all have had their turn", func() bool {
		before := answers.Load() + cookies.Load()
		time.Sleep(100 * time.Millisecond)
		return before > 0 && before == answers.Load()+cookies.Load()
	})
	if cookies.Load() == 0 {
		t.Errorf("all %d at once are answered: the limit is not where it is said to be", many)
	}
}
