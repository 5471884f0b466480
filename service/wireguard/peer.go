package wireguard

import (
	"encoding/binary"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// overhead is what WireGuard adds to an inner packet: 16 bytes of header, 16 of
// authentication. It is part of what is billed.
const overhead = 32

// ControlSlack is how far over its allowance a peer may get by talking to the
// device's own addresses: invoices, promises and DNS. Every new allowance starts
// it again. It covers some dozens of exchanges, so that a consumer that has run
// dry can always pay; raising it raises what a provider can lose.
const ControlSlack = 256 << 10

// FirstSlack is what takes the place of ControlSlack before the first allowance.
// Whoever has paid nothing yet has little to say, and no claim to free DNS.
const FirstSlack = 32 << 10

// Count is how many wire bytes have passed between this device and one peer.
type Count struct {
	In  uint64 // from the peer
	Out uint64 // to the peer
}

// Total is both directions together.
func (c Count) Total() uint64 { return c.In + c.Out }

// Peer is the other end of a session.
type Peer struct {
	// Key is the peer's public key.
	Key Key

	// Endpoint is where the peer is. If it isn't valid, the peer has to start.
	Endpoint netip.AddrPort

	// Plain says that the peer is WireGuard as its authors ship it: what goes to it is
	// not hidden from those on the way.
	Plain bool

	// Inner are the peer's addresses in the tunnel, at most one per IP version. On a
	// consumer's side they are the provider's: where it listens for control messages
	// and answers DNS.
	Inner []netip.Addr

	// Own are addresses of this device that exist for this peer alone: on a consumer's
	// side, those that the provider has assigned. A peer with Own addresses is a
	// provider: everything that leaves from them goes to it.
	Own []netip.Addr

	// Keepalive is how often an empty packet is sent when there is nothing to say, to
	// keep NATs on the way open. 0 means 25 s on a consumer's side, and never on a
	// provider's. Negative means never.
	Keepalive time.Duration
}

// peer is what the device keeps about a Peer.
type peer struct {
	Peer
	consumer bool   // this device is the consumer and the peer its provider
	eager    bool   // WireGuard knows it from the start, not from its first handshake on
	flow     uint32 // how WireGuard numbers its packets
	endpoint *endpoint
	flowsMax int

	in, out   atomic.Uint64
	used      atomic.Uint64 // in + out, reserved before it is counted
	allowance atomic.Uint64
	dialing   atomic.Int64 // TCP connections between SYN and answer
	strayed   atomic.Int64 // when the last stray packet got an answer, Unix nanoseconds
	live      atomic.Bool  // there are keys, or a handshake is under way

	mu    sync.Mutex    // guards what follows
	more  chan struct{} // closed and replaced when the allowance grows
	gone  bool          // the peer is removed
	flows map[*flow]struct{}

	probe atomic.Pointer[probe] // of the path's size, if one is under way

	shaper Shaper // nil lets everything through
}

func newPeer(p Peer, flows int) *peer {
	q := &peer{
		Peer: p, consumer: len(p.Own) > 0, flow: binary.LittleEndian.Uint32(p.Key[:4]),
		flowsMax: flows, more: make(chan struct{}), flows: make(map[*flow]struct{}),
	}
	q.Inner, q.Own = slices.Clone(p.Inner), slices.Clone(p.Own)
	q.eager = q.consumer || p.Endpoint.IsValid() || p.Keepalive > 0
	if q.consumer {
		q.allowance.Store(^uint64(0))
	}
	return q
}

// speaks reports whether packets to p have a chance. To who has no keys nothing is
// sent, and nothing counted; a consumer is who starts.
func (p *peer) speaks() bool { return p.eager || p.live.Load() }

func (p *peer) owns(a netip.Addr) bool { return slices.Contains(p.Own, a) }
func (p *peer) has(a netip.Addr) bool  { return slices.Contains(p.Inner, a) }

func (p *peer) count() Count { return Count{In: p.in.Load(), Out: p.out.Load()} }

// spend counts n bytes in one direction, or refuses them if the allowance is used
// up. Control packets have the slack on top.
func (p *peer) spend(direction *atomic.Uint64, n uint64, control bool) bool {
	for {
		used, most := p.used.Load(), p.allowance.Load()
		switch {
		case control && most == 0:
			most = FirstSlack
		case control:
			most = saturatingAdd(most, ControlSlack)
		}
		if n > most || used > most-n {
			return false
		}
		if p.used.CompareAndSwap(used, used+n) {
			direction.Add(n)
			return true
		}
	}
}

// allow sets the allowance, which never goes back.
func (p *peer) allow(total uint64) {
	for {
		old := p.allowance.Load()
		if total <= old {
			return
		}
		if p.allowance.CompareAndSwap(old, total) {
			break
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.more)
	p.more = make(chan struct{})
}

// strayAnswers is the pause between two packets that nobody has asked for and that
// still get the stack's answer. A provider that goes on sending to a closed
// connection needs a reset to stop; one that floods gets few.
const strayAnswers = 50 * time.Millisecond

// answerStray decides whether the stack sees an unasked packet. It isn't counted.
func (p *peer) answerStray(in packet) bool {
	if in.proto != protoTCP || !in.hasPorts || in.raw[in.ipLen+13]&flagRST != 0 {
		return false
	}
	now, last := time.Now().UnixNano(), p.strayed.Load()
	return now-last >= int64(strayAnswers) && p.strayed.CompareAndSwap(last, now)
}

func saturatingAdd(a, b uint64) uint64 {
	if a+b < a {
		return ^uint64(0)
	}
	return a + b
}
