package wireguard

import (
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/tailscale/wireguard-go/tun"

	"github.com/wherrynet/wherry"
)

// TUN is a network interface of the kernel's. It outlives the Devices that use it,
// one after the other: while a session is replaced by the next, routes and rules
// that name the interface stay true.
type TUN struct {
	dev    tun.Device // for writing
	file   *os.File   // the same, for its deadline
	raw    syscall.RawConn
	gone   chan struct{}
	ending sync.Once

	// owner is who may read. reading is full while somebody does: a channel, since
	// the one who had it before is still on the way out.
	owner   atomic.Pointer[kernelQueue]
	reading chan struct{}
	reader  tunReader    // of whoever reads
	turn    *kernelQueue // the same
	mine    func() bool  // whether it still owns the TUN; made once

	mu sync.Mutex // serializes changes of owner
}

var longAgo = time.Unix(1, 0)

// Done is closed when the interface is gone: closed, or taken away by somebody, which
// is noticed as long as a Device is attached.
func (t *TUN) Done() <-chan struct{} { return t.gone }

// Close lets go of the interface, which vanishes unless somebody else holds a file
// of it.
func (t *TUN) Close() error {
	t.mu.Lock()
	k := t.owner.Swap(nil)
	t.mu.Unlock()
	if k != nil {
		k.drop(t)
	}
	t.end()
	return t.dev.Close()
}

func (t *TUN) end() { t.ending.Do(func() { close(t.gone) }) }

// Attach has t carry what isn't the Device's own; Config.TUN must be set. It takes t
// away from the Device that had it, and this Device's former TUN from this Device.
// Afterwards t reads and writes this Device's packets alone.
func (d *Device) Attach(t *TUN) error {
	k := d.inside.kernel
	if k == nil {
		return wherry.Errorf(wherry.Conflict, "the tunnel was made without a TUN")
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	select {
	case <-t.gone:
		return wherry.Errorf(wherry.Unreachable, "the tunnel's interface is gone")
	default:
	}
	former, ok := k.set(t)
	if !ok {
		return wherry.Errorf(wherry.Conflict, "the tunnel is closed")
	}
	old := t.owner.Swap(k)
	if old == k {
		return nil
	}
	_ = t.file.SetReadDeadline(longAgo) // wakes whoever reads; the next reader takes it back
	if old != nil {
		old.drop(t)
	}
	if former != nil && former != t {
		former.owner.CompareAndSwap(k, nil)
		_ = former.file.SetReadDeadline(longAgo)
	}
	return nil
}

// Detach leaves the Device without a TUN: nothing but control passes.
func (d *Device) Detach() {
	k := d.inside.kernel
	if k == nil {
		return
	}
	if t, ok := k.set(nil); ok && t != nil {
		t.release(k)
	}
}

// release ends k's reading.
func (t *TUN) release(k *kernelQueue) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.owner.CompareAndSwap(k, nil) {
		_ = t.file.SetReadDeadline(longAgo)
	}
}

// read waits for packets and returns how many there are: none if k is not the owner
// any more. What is in the queue then is the next owner's.
func (t *TUN) read(k *kernelQueue, slab []byte, packets []tun.ReadPacket) int {
	t.reading <- struct{}{}
	defer func() { <-t.reading }()
	if err := t.file.SetReadDeadline(time.Time{}); err != nil {
		t.lost(k)
		return 0
	}
	t.turn = k
	n, err := t.reader.read(t.raw, slab, packets, t.mine)
	if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
		t.lost(k)
	}
	return n
}

func (t *TUN) isMine() bool { return t.owner.Load() == t.turn }

// lost notes that the interface is gone.
func (t *TUN) lost(k *kernelQueue) {
	t.owner.CompareAndSwap(k, nil)
	k.drop(t)
	t.end()
}

// write hands packets to the kernel, joined where it can be done. What the kernel
// doesn't take is lost, as on any interface.
func (t *TUN) write(bufs [][]byte, offset int) { _, _ = t.dev.Write(bufs, offset) }
