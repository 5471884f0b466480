package wireguard

import (
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tailscale/wireguard-go/tun"
)

// kernelQueue is what a Device reads from the TUN that is attached to it: packets of
// this computer's programs on a consumer's side, answers from outside on a
// provider's.
type kernelQueue struct {
	peers    *peers
	mtu      *atomic.Int32 // the nic's
	asks     *asks         // consumers' side
	attached atomic.Pointer[TUN]

	mu     sync.Mutex // guards what follows, and attached against changes
	change sync.Cond  // of attached, or closed
	closed bool
}

func newKernelQueue(ps *peers, mtu *atomic.Int32) *kernelQueue {
	k := &kernelQueue{peers: ps, mtu: mtu, asks: newAsks()}
	k.change.L = &k.mu
	return k
}

// File returns nothing: the file comes and goes.
func (k *kernelQueue) File() *os.File { return nil }

// Read returns packets that may leave, each for the peer that WireGuard will find by
// its addresses. They are counted.
func (k *kernelQueue) Read(slab []byte, packets []tun.ReadPacket) (int, error) {
	for {
		t := k.wait()
		if t == nil {
			return 0, os.ErrClosed
		}
		n := t.read(k, slab, packets)
		if n = k.admit(slab, packets[:n], time.Now()); n > 0 {
			return n, nil
		}
	}
}

// wait returns the TUN as soon as there is one, nil when the queue is closed.
func (k *kernelQueue) wait() *TUN {
	k.mu.Lock()
	defer k.mu.Unlock()
	for !k.closed && k.attached.Load() == nil {
		k.change.Wait()
	}
	if k.closed {
		return nil
	}
	return k.attached.Load()
}

// set puts t, or nothing, in the place of the TUN that was attached, which it
// returns. It reports false if the queue is closed.
func (k *kernelQueue) set(t *TUN) (old *TUN, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed {
		return nil, false
	}
	old = k.attached.Swap(t)
	k.change.Broadcast()
	return old, true
}

// drop lets go of t, if it is still the one that is attached.
func (k *kernelQueue) drop(t *TUN) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.attached.CompareAndSwap(t, nil)
}

func (k *kernelQueue) close() {
	k.mu.Lock()
	t := k.attached.Swap(nil)
	k.closed = true
	k.change.Broadcast()
	k.mu.Unlock()
	if t != nil {
		t.release(k)
	}
}

// admit keeps what may leave of the packets that were read, counts it, and returns
// how many those are. Neighbours of one flow are decided over together.
func (k *kernelQueue) admit(slab []byte, packets []tun.ReadPacket, now time.Time) (kept int) {
	for i, j := 0, 0; i < len(packets); i = j {
		j = i + 1
		first, ok := parse(bytesOf(slab, packets[i]))
		if !ok {
			continue
		}
		wire := uint64(packets[i].Size + overhead)
		for j < len(packets) && sameFlow(first.raw, bytesOf(slab, packets[j])) {
			wire += uint64(packets[j].Size + overhead)
			j++
		}
		p, own := k.leave(first, now)
		if p == nil {
			continue
		}
		clampMSS(first.raw, int(k.mtu.Load()))
		if p.passes(now, wire, own) {
			kept += copy(packets[kept:], packets[i:j])
			continue
		}
		for _, one := range packets[i:j] { // the allowance, or the line, ends within the run
			if p.passes(now, uint64(one.Size+overhead), own) {
				packets[kept] = one
				kept++
			}
		}
	}
	return kept
}

// leave decides to whom a packet of the kernel's may go, nobody if p is nil. own says
// that the device itself speaks: the kernel in the name of its tunnel address.
func (k *kernelQueue) leave(pkt packet, now time.Time) (p *peer, own bool) {
	src, dst := pkt.src.Addr(), pkt.dst.Addr()
	if p = k.peers.byOwned(src); p != nil { // a consumer's
		if !routable(dst) || p.owns(dst) {
			return nil, false
		}
		k.asks.out(pkt, now)
		return p, true
	}
	if k.peers.byInner(src) != nil { // one client to another
		return nil, false
	}
	p, own = k.peers.towards(src, dst)
	if p == nil || p.consumer || !p.speaks() {
		return nil, false
	}
	return p, own
}

func bytesOf(slab []byte, p tun.ReadPacket) []byte { return slab[p.Offset:][:p.Size] }
