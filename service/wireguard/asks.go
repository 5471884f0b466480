package wireguard

import (
	"encoding/binary"
	"hash/maphash"
	"net/netip"
	"sync"
	"time"
)

// asks remembers to whom this computer's programs have spoken through the TUN, so
// that only answers come in: a provider can neither reach what listens on the
// consumer's machine nor make the consumer pay for what nobody asked for. (In the
// stack, the sockets themselves say what they wait for.)
//
// It holds a fixed number of conversations and forgets the one that was silent
// longest when it is full. A conversation that was forgotten starts again with the
// next packet that leaves.
type asks struct {
	seed maphash.Seed

	mu   sync.Mutex // guards what follows
	sets [asksSets][asksWays]ask
}

// Of asksSets × asksWays conversations, half a megabyte.
const (
	asksSets = 1 << 13
	asksWays = 4
)

// How long a conversation may be silent, after RFC 5382 (TCP) and RFC 4787 (UDP).
const (
	askTCP   = 2*time.Hour + 4*time.Minute
	askOther = 5 * time.Minute
)

// ask is one conversation. The tag is its hash, which nobody outside can aim at.
type ask struct {
	tag  uint64
	till int64 // Unix seconds
}

func newAsks() *asks { return &asks{seed: maphash.MakeSeed()} }

// out notes a packet that leaves.
func (a *asks) out(p packet, now time.Time) {
	switch {
	case p.icmp(icmpEcho) && p.whole:
		a.note(a.echo(p.src, p.dst, p.echoID()), now, askOther)
	case p.icmp(icmpError):
		// Nobody listens where this packet came in: what it answers is over.
		if q, ok := p.quoted(); ok && p.icmp(icmpNoPort) {
			a.forget(a.key(q.dst, q.src, q.proto))
		}
	case p.proto == protoTCP && p.hasPorts:
		k := a.key(p.src, p.dst, p.proto)
		if p.raw[p.ipLen+13]&flagRST != 0 {
			a.forget(k)
			return
		}
		a.note(k, now, askTCP)
	default:
		a.note(a.key(p.src, p.dst, p.proto), now, askOther)
	}
}

// in reports whether a packet that comes in answers one that has left.
func (a *asks) in(p packet, now time.Time) bool {
	switch {
	case p.icmp(icmpEcho):
		return false
	case p.icmp(icmpReply):
		return p.whole && a.known(a.echo(p.dst, p.src, p.echoID()), now)
	case p.icmp(icmpError):
		q, ok := p.quoted()
		if !ok || q.src.Addr() != p.dst.Addr() {
			return false
		}
		if q.icmp(icmpEcho) {
			return a.known(a.echo(q.src, q.dst, q.echoID()), now)
		}
		return a.known(a.key(q.src, q.dst, q.proto), now)
	case p.later:
		return a.known(a.fragment(p), now)
	}
	if !a.known(a.key(p.dst, p.src, p.proto), now) {
		return false
	}
	if !p.whole { // the rest of it follows, without ports
		a.note(a.fragment(p), now, askFragments)
	}
	return true
}

// askFragments is how long the rest of a packet may take.
const askFragments = 30 * time.Second

// key is a conversation as seen from here.
func (a *asks) key(here, there netip.AddrPort, proto byte) uint64 {
	var b [37]byte
	h, t := here.Addr().As16(), there.Addr().As16()
	copy(b[:], h[:])
	copy(b[16:], t[:])
	binary.BigEndian.PutUint16(b[32:], here.Port())
	binary.BigEndian.PutUint16(b[34:], there.Port())
	b[36] = proto
	return maphash.Bytes(a.seed, b[:]) | 1 // 0 is an empty place
}

// echo is the conversation of a ping; its identifier takes the place of a port. No
// protocol has the number 255 (RFC 3692).
func (a *asks) echo(here, there netip.AddrPort, id uint16) uint64 {
	return a.key(netip.AddrPortFrom(here.Addr(), id), netip.AddrPortFrom(there.Addr(), id), 255)
}

// fragment names the packet that p is a part of. The number 254 is like 255.
func (a *asks) fragment(p packet) uint64 {
	return a.key(
		netip.AddrPortFrom(p.dst.Addr(), uint16(p.id>>16)),
		netip.AddrPortFrom(p.src.Addr(), uint16(p.id)), 254)
}

func (a *asks) note(tag uint64, now time.Time, long time.Duration) {
	till := now.Add(long).Unix()
	a.mu.Lock()
	defer a.mu.Unlock()
	set := &a.sets[tag>>1%asksSets]
	oldest := 0
	for i := range set {
		if set[i].tag == tag {
			set[i].till = till
			return
		}
		if set[i].till < set[oldest].till {
			oldest = i
		}
	}
	set[oldest] = ask{tag, till}
}

func (a *asks) known(tag uint64, now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, e := range a.sets[tag>>1%asksSets] {
		if e.tag == tag {
			return now.Unix() < e.till
		}
	}
	return false
}

func (a *asks) forget(tag uint64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	set := &a.sets[tag>>1%asksSets]
	for i := range set {
		if set[i].tag == tag {
			set[i] = ask{}
		}
	}
}
