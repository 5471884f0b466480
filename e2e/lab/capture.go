package lab

import (
	"encoding/binary"
	"errors"
	"net"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// snap is how much of each frame is kept.
const snap = 2048

// Capture keeps what passed an interface since it was made, both ways.
type Capture struct {
	t    testing.TB
	file *os.File
	done chan struct{}

	mu  sync.Mutex // guards what follows
	all []Packet
}

// Capture begins to keep what passes an interface. It ends with the test, or by
// Stop.
func (h *Host) Capture(dev string) *Capture {
	h.t.Helper()
	c := &Capture{t: h.t, done: make(chan struct{})}
	err := h.Do(func() error {
		at, err := net.InterfaceByName(dev)
		if err != nil {
			return err
		}
		const all = unix.ETH_P_ALL<<8&0xff00 | unix.ETH_P_ALL>>8 // in network order
		fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0)
		if err != nil {
			return os.NewSyscallError("packet socket", err)
		}
		_ = unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_RCVBUFFORCE, 64<<20)
		if err := unix.Bind(fd, &unix.SockaddrLinklayer{Protocol: all, Ifindex: at.Index}); err != nil {
			_ = unix.Close(fd)
			return os.NewSyscallError("bind packet socket", err)
		}
		c.file = os.NewFile(uintptr(fd), dev)
		return nil
	})
	if err != nil {
		h.t.Fatalf("capture on %s:%s: %v", h.Name, dev, err)
	}
	go c.run()
	h.t.Cleanup(func() { c.Stop() })
	return c
}

func (c *Capture) run() {
	defer close(c.done)
	raw, err := c.file.SyscallConn()
	if err != nil {
		return
	}
	buf := make([]byte, 1<<16)
	for {
		var n int
		var e error
		if err := raw.Read(func(fd uintptr) bool {
			n, _, e = unix.Recvfrom(int(fd), buf, 0)
			return !errors.Is(e, unix.EAGAIN)
		}); err != nil {
			return // closed
		}
		if e != nil {
			continue // the interface went down, and may come again
		}
		b := slices.Clone(buf[:min(n, snap)])
		p := parse(b)
		p.At, p.Length = time.Now(), n
		c.mu.Lock()
		c.all = append(c.all, p)
		c.mu.Unlock()
	}
}

// Stop ends the capture. What the kernel had to drop fails the test: a leak may
// have been among it.
func (c *Capture) Stop() {
	c.mu.Lock()
	if c.file == nil {
		c.mu.Unlock()
		return
	}
	f := c.file
	c.mu.Unlock()
	if raw, err := f.SyscallConn(); err == nil {
		_ = raw.Control(func(fd uintptr) {
			if s, err := unix.GetsockoptTpacketStats(int(fd), unix.SOL_PACKET, unix.PACKET_STATISTICS); err == nil && s.Drops > 0 {
				c.t.Errorf("the capture missed %d frames", s.Drops)
			}
		})
	}
	_ = f.Close()
	<-c.done
	c.mu.Lock()
	c.file = nil
	c.mu.Unlock()
}

// Packets returns those that fit, oldest first.
func (c *Capture) Packets(fits func(Packet) bool) (out []Packet) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range c.all {
		if fits == nil || fits(p) {
			out = append(out, p)
		}
	}
	return out
}

// Count returns how many fit.
func (c *Capture) Count(fits func(Packet) bool) int { return len(c.Packets(fits)) }

// WritePCAP writes the packets that fit into a file that tcpdump and others read.
func (c *Capture) WritePCAP(name string, fits func(Packet) bool) {
	c.t.Helper()
	le := binary.LittleEndian
	b := le.AppendUint32(nil, 0xa1b2c3d4)
	b = le.AppendUint16(b, 2)
	b = le.AppendUint16(b, 4)
	b = append(b, make([]byte, 8)...)
	b = le.AppendUint32(b, 1<<16)
	b = le.AppendUint32(b, 1) // Ethernet
	for _, p := range c.Packets(fits) {
		b = le.AppendUint32(b, uint32(p.At.Unix()))
		b = le.AppendUint32(b, uint32(p.At.Nanosecond()/1000))
		b = le.AppendUint32(b, uint32(len(p.Frame)))
		b = le.AppendUint32(b, uint32(p.Length))
		b = append(b, p.Frame...)
	}
	if err := os.WriteFile(name, b, 0o600); err != nil {
		c.t.Fatal(err)
	}
}

// Reset forgets what was kept.
func (c *Capture) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = nil
}
