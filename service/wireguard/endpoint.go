package wireguard

import (
	"encoding/binary"
	"net/netip"
	"sync"
	"sync/atomic"

	"github.com/tailscale/wireguard-go/device"
)

// endpoint is where one peer is, for as long as the peer exists.
type endpoint struct {
	key      Key
	plain    bool // the peer knows no mask
	b        *bind
	addr     atomic.Pointer[netip.AddrPort] // nil: not known
	received atomic.Int64                   // Unix nanoseconds of the last authenticated packet, 0: none
	gone     atomic.Bool

	mu      sync.Mutex // guards the two below
	pending [8]initiation
	next    int
}

// initiation is a handshake's first message whose sender isn't proven yet.
type initiation struct {
	sender uint32
	from   netip.AddrPort
}

// newEndpoint makes the endpoint of a peer. The address may be invalid: not known.
func newEndpoint(b *bind, k Key, at netip.AddrPort) *endpoint {
	e := &endpoint{key: k, b: b}
	if at.IsValid() {
		at = netip.AddrPortFrom(at.Addr().Unmap(), at.Port())
		e.addr.Store(&at)
	}
	return e
}

// heard notes an authenticated packet.
func (e *endpoint) heard(from netip.AddrPort) {
	e.received.Store(e.b.now.Load())
	if p := e.addr.Load(); p == nil || *p != from {
		e.addr.Store(&from)
	}
}

// expect notes where to answer a handshake's first message, if it proves genuine.
func (e *endpoint) expect(sender uint32, from netip.AddrPort) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.pending[e.next] = initiation{sender, from}
	e.next = (e.next + 1) % len(e.pending)
}

// target says where packet goes. The answer to a handshake goes where the question
// came from; everything else goes to where the peer is known to be.
func (e *endpoint) target(packet []byte) netip.AddrPort {
	if len(packet) == device.MessageResponseSize && packet[0] == device.MessageResponseType {
		receiver := binary.LittleEndian.Uint32(packet[8:])
		e.mu.Lock()
		defer e.mu.Unlock()
		for _, p := range e.pending {
			if p.from.IsValid() && p.sender == receiver {
				return p.from
			}
		}
	}
	if p := e.addr.Load(); p != nil {
		return *p
	}
	return netip.AddrPort{}
}

// ClearSrc does nothing: the Wire chooses the address that packets leave from.
func (e *endpoint) ClearSrc() {}

// SrcToString returns nothing, for the same reason.
func (e *endpoint) SrcToString() string { return "" }

// SrcIP returns nothing, for the same reason.
func (e *endpoint) SrcIP() netip.Addr { return netip.Addr{} }

// DstToString names the peer, not its address: the device logs this.
func (e *endpoint) DstToString() string { return "peer" }

// DstToBytes returns the address for the device's cookies.
func (e *endpoint) DstToBytes() []byte { return addrBytes(e.target(nil)) }

// DstIP returns the address for the device's rate limit.
func (e *endpoint) DstIP() netip.Addr { return e.target(nil).Addr() }

// source is where a packet came from, before anybody has vouched for it.
type source struct {
	b          *bind
	addr       netip.AddrPort
	sender     uint32 // of a handshake's first message
	initiation bool
	last       atomic.Pointer[endpoint] // whose packets came from here last
}

// FromPeer is called by the device for a packet that k has authenticated.
func (s *source) FromPeer(k [32]byte) {
	ep := s.last.Load()
	if ep == nil || ep.key != k || ep.gone.Load() {
		if ep = s.b.find(k); ep == nil {
			return
		}
		s.last.Store(ep)
	}
	ep.heard(s.addr)
}

// InitiationMessagePublicKey is called by the device for a handshake's first
// message that claims to be from k. Anybody who knows both public keys can claim
// that, so it decides nothing but where the answer to this very message goes.
func (s *source) InitiationMessagePublicKey(k [32]byte) {
	if ep := s.b.find(k); ep != nil && s.initiation {
		ep.expect(s.sender, s.addr)
	}
}

// ClearSrc does nothing: the Wire chooses the address that packets leave from.
func (s *source) ClearSrc() {}

// SrcToString returns nothing, for the same reason.
func (s *source) SrcToString() string { return "" }

// SrcIP returns nothing, for the same reason.
func (s *source) SrcIP() netip.Addr { return netip.Addr{} }

// DstToString names no address: the device logs this.
func (s *source) DstToString() string { return "stranger" }

// DstToBytes returns the address for the device's cookies.
func (s *source) DstToBytes() []byte { return addrBytes(s.addr) }

// DstIP returns the address for the device's rate limit.
func (s *source) DstIP() netip.Addr { return s.addr.Addr() }

func addrBytes(a netip.AddrPort) []byte {
	b, err := a.MarshalBinary()
	if err != nil {
		return nil
	}
	return b
}
