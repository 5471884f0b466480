package wireguard

import (
	"encoding/binary"
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"testing"

	"github.com/tailscale/wireguard-go/conn"
)

// still is a Wire that delivers what it is given and remembers where packets went.
type still struct {
	in   chan datagram
	sent []netip.AddrPort
	done chan struct{}
}

type datagram struct {
	from netip.AddrPort
	b    []byte
	err  error
}

func newStill() *still { return &still{in: make(chan datagram, 10), done: make(chan struct{})} }

func (s *still) ReadPackets(slab []byte, offsets, sizes []int, from []netip.AddrPort) (int, error) {
	select {
	case d := <-s.in:
		offsets[0], sizes[0], from[0] = 0, copy(slab, d.b), d.from
		return 1, d.err
	case <-s.done:
		return 0, net.ErrClosed
	}
}

func (s *still) WritePlain(bufs [][]byte, to netip.AddrPort) error { return s.WritePackets(bufs, to) }

func (s *still) WritePackets(_ [][]byte, to netip.AddrPort) error {
	s.sent = append(s.sent, to)
	return nil
}

func (s *still) BatchSize() int            { return 4 }
func (s *still) LocalAddr() netip.AddrPort { return netip.MustParseAddrPort("192.0.2.1:1") }
func (s *still) Close() error              { close(s.done); return nil }

func message(typ byte, size int, index uint32, at int) []byte {
	b := make([]byte, size)
	b[0] = typ
	binary.LittleEndian.PutUint32(b[at:], index)
	return b
}

var (
	home    = netip.MustParseAddrPort("192.0.2.10:10")
	away    = netip.MustParseAddrPort("192.0.2.20:20")
	mallory = netip.MustParseAddrPort("192.0.2.66:66")
)

// receiveOne passes one packet through the bind and returns where it says it is from.
func receiveOne(t *testing.T, b *bind, w *still, from netip.AddrPort, packet []byte) conn.Endpoint {
	t.Helper()
	w.in <- datagram{from: from, b: packet}
	packets := make([]conn.ReceivedPacket, 4)
	n, err := b.receive(make([]byte, 1<<17), packets)
	if err != nil || n != 1 {
		t.Fatalf("received %d, %v", n, err)
	}
	return packets[0].Endpoint
}

// target sends a packet to the peer and returns where it went.
func target(t *testing.T, b *bind, w *still, ep *endpoint, packet []byte) netip.AddrPort {
	t.Helper()
	w.sent = nil
	if err := b.Send([][]byte{append(make([]byte, 8), packet...)}, ep, 8); err != nil {
		return netip.AddrPort{}
	}
	return w.sent[0]
}

func TestEndpointIsLearnedFromAuthenticatedPacketsOnly(t *testing.T) {
	w := newStill()
	b := newBind(w, slog.New(slog.DiscardHandler))
	key := Key{1}
	ep := newEndpoint(b, key, netip.AddrPort{})
	b.add(ep)
	data := message(4, 64, 1, 4)

	if at := target(t, b, w, ep, data); at.IsValid() {
		t.Fatalf("without an endpoint data goes to %v", at)
	}
	// A handshake comes from home; its answer goes there, data not yet.
	from := receiveOne(t, b, w, home, message(1, 148, 77, 4))
	from.(conn.InitiationAwareEndpoint).InitiationMessagePublicKey(key)
	if at := target(t, b, w, ep, message(2, 92, 77, 8)); at != home {
		t.Errorf("the answer goes to %v, not home", at)
	}
	if at := target(t, b, w, ep, data); at.IsValid() {
		t.Errorf("before anything was proven data goes to %v", at)
	}
	// Data that the device has authenticated proves it.
	from = receiveOne(t, b, w, home, data)
	if at := target(t, b, w, ep, data); at.IsValid() {
		t.Errorf("a packet that nobody authenticated has taught %v", at)
	}
	from.(conn.PeerAwareEndpoint).FromPeer(key)
	if at := target(t, b, w, ep, data); at != home {
		t.Errorf("data goes to %v, not home", at)
	}
	if ep.received.Load() == 0 {
		t.Error("nothing was received")
	}

	// Mallory claims to be the peer: neither data nor the answer to another's handshake
	// goes there.
	from = receiveOne(t, b, w, mallory, message(1, 148, 66, 4))
	from.(conn.InitiationAwareEndpoint).InitiationMessagePublicKey(key)
	from = receiveOne(t, b, w, home, message(1, 148, 78, 4))
	from.(conn.InitiationAwareEndpoint).InitiationMessagePublicKey(key)
	if at := target(t, b, w, ep, message(2, 92, 78, 8)); at != home {
		t.Errorf("the answer to home goes to %v", at)
	}
	if at := target(t, b, w, ep, message(2, 92, 66, 8)); at != mallory {
		t.Errorf("the answer to mallory goes to %v", at)
	}
	if at := target(t, b, w, ep, data); at != home {
		t.Errorf("a claim has moved data to %v", at)
	}

	// The peer moves.
	receiveOne(t, b, w, away, data).(conn.PeerAwareEndpoint).FromPeer(key)
	if at := target(t, b, w, ep, data); at != away {
		t.Errorf("data goes to %v, not away", at)
	}

	// A peer that was removed and came back starts anew.
	old := receiveOne(t, b, w, away, data).(*source)
	b.remove(key)
	old.FromPeer(key)
	again := newEndpoint(b, key, netip.AddrPort{})
	b.add(again)
	old.FromPeer(key)
	if at := target(t, b, w, again, data); at != away {
		t.Errorf("data of the new peer goes to %v", at)
	}
	old.FromPeer(Key{2}) // nobody
}

func TestBindOutlivesErrorsAndEndsWhenClosed(t *testing.T) {
	w := newStill()
	b := newBind(w, slog.New(slog.DiscardHandler))
	if err := b.Close(); err != nil { // before Open: nothing
		t.Fatal(err)
	}
	fns, _, err := b.Open(0)
	if err != nil || len(fns) != 1 {
		t.Fatal(err)
	}
	if _, _, err := b.Open(0); !errors.Is(err, conn.ErrBindAlreadyOpen) {
		t.Errorf("opened twice: %v", err)
	}
	w.in <- datagram{err: errors.New("a passing error")}
	w.in <- datagram{from: home, b: []byte("too short")}
	w.in <- datagram{from: home, b: message(4, 64, 1, 4)}
	packets := make([]conn.ReceivedPacket, 4)
	if n, err := fns[0](make([]byte, 1<<17), packets); n != 1 || err != nil {
		t.Fatalf("after an error: %d, %v", n, err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := fns[0](make([]byte, 1<<17), packets); !errors.Is(err, net.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
	if err := b.Close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
}

func TestSendersTableIsBounded(t *testing.T) {
	b := newBind(newStill(), slog.New(slog.DiscardHandler))
	for i := range 3 * maxSources {
		from := netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)}), 1)
		b.sourceOf(from, message(4, 64, 1, 4))
	}
	if len(b.sources) > maxSources {
		t.Errorf("%d senders are remembered", len(b.sources))
	}
}

func TestEndpointsNameNoAddress(t *testing.T) {
	b := newBind(newStill(), slog.New(slog.DiscardHandler))
	for _, e := range []conn.Endpoint{newEndpoint(b, Key{1}, home), &source{b: b, addr: home}} {
		if e.DstToString() == home.String() || e.SrcToString() != "" {
			t.Errorf("%T says %s", e, e.DstToString())
		}
		if e.DstIP() != home.Addr() || len(e.DstToBytes()) == 0 {
			t.Errorf("%T doesn't know its address", e)
		}
	}
	if err := b.Send([][]byte{make([]byte, 40)}, &conn.StdNetEndpoint{}, 8); !errors.Is(err, conn.ErrWrongEndpointType) {
		t.Errorf("a stranger's endpoint: %v", err)
	}
}
