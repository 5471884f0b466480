package lab

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// End is one end of a cable: an interface of a host.
type End struct {
	Host *Host
	Dev  string
}

// Cable connects two hosts by a veth pair, as fast as the machine can.
func (l *Lab) Cable(a, b End, mtu int) {
	l.t.Helper()
	if mtu == 0 {
		mtu = 1500
	}
	a.Host.ip("", "link", "add", a.Dev, "mtu", fmt.Sprint(mtu), "netns", a.Host.NS,
		"type", "veth", "peer", "name", b.Dev, "mtu", fmt.Sprint(mtu), "netns", b.Host.NS)
	for _, e := range []End{a, b} {
		e.Host.IP("link", "set", e.Dev, "up")
	}
	l.drawn = append(l.drawn, fmt.Sprintf("  %s:%s ── %s:%s", a.Host.Name, a.Dev, b.Host.Name, b.Dev))
}

// Bridge makes a switch on a host, of interfaces that are there.
func (h *Host) Bridge(name string, ports ...string) {
	h.t.Helper()
	h.IP("link", "add", name, "type", "bridge")
	for _, p := range ports {
		h.IP("link", "set", p, "master", name)
	}
	h.IP("link", "set", name, "up")
}

// Path is what a cable does to the frames that cross it, in each direction. The
// zero Path is a cable that only costs the copying.
type Path struct {
	Delay   time.Duration // one way
	Jitter  time.Duration // added to Delay, up to this; the order is kept
	Loss    float64       // share of frames that are lost, 0 to 1
	Reorder float64       // share of frames that are held 3 × Delay + 5 ms, so that others overtake them
	Rate    int64         // bits per second; 0 is no limit. 50 ms of queue, then frames are lost
}

// Long is a cable whose frames this process carries, because the kernel cannot
// be asked to hold or lose them.
type Long struct {
	mu   sync.Mutex // guards path
	path Path
	taps [2]*os.File
}

// LongCable connects two hosts by a path. The interfaces have no offloads: every
// frame is one packet.
func (l *Lab) LongCable(a, b End, p Path) *Long {
	l.t.Helper()
	c := &Long{path: p}
	for i, e := range []End{a, b} {
		err := e.Host.Do(func() (err error) {
			c.taps[i], err = tap(e.Dev)
			return err
		})
		if err != nil {
			l.t.Fatalf("cable to %s: %v", e.Host.Name, err)
		}
		e.Host.IP("link", "set", e.Dev, "up")
	}
	l.t.Cleanup(func() {
		for _, f := range c.taps {
			_ = f.Close()
		}
	})
	seed := rand.Uint64() //nolint:gosec // a repeatable path, not a secret
	l.drawn = append(l.drawn, fmt.Sprintf("  %s:%s ~~ %s:%s  %+v, seed %d", a.Host.Name, a.Dev, b.Host.Name, b.Dev, p, seed))
	go c.carry(c.taps[0], c.taps[1], rand.New(rand.NewPCG(seed, 0))) //nolint:gosec // it decides which frames are lost
	go c.carry(c.taps[1], c.taps[0], rand.New(rand.NewPCG(seed, 1))) //nolint:gosec // as above
	return c
}

// Change makes another path of the cable, for frames that come from now on.
func (c *Long) Change(p Path) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.path = p
}

func (c *Long) now() Path {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.path
}

// carry moves frames one way until the cable is gone.
func (c *Long) carry(from, to *os.File, rng *rand.Rand) {
	type frame struct {
		b   []byte
		due time.Time
	}
	straight, late := make(chan frame, 1<<14), make(chan frame, 1<<10)
	defer close(straight)
	defer close(late)
	for _, q := range []chan frame{straight, late} {
		go func() {
			for f := range q {
				time.Sleep(time.Until(f.due))
				_, _ = to.Write(f.b) // a cable says nothing of what it loses
			}
		}()
	}
	var last, free time.Time
	buf := make([]byte, 1<<16)
	for {
		n, err := from.Read(buf)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if err != nil {
			return
		}
		p, now := c.now(), time.Now()
		if p.Loss > 0 && rng.Float64() < p.Loss {
			continue
		}
		due := now.Add(p.Delay)
		if p.Jitter > 0 {
			due = due.Add(time.Duration(rng.Int64N(int64(p.Jitter))))
		}
		if p.Rate > 0 {
			if free.Before(now) {
				free = now
			}
			if free.Sub(now) > 50*time.Millisecond {
				continue
			}
			free = free.Add(time.Duration(int64(n) * 8 * int64(time.Second) / p.Rate))
			due = due.Add(free.Sub(now))
		}
		q := straight
		if p.Reorder > 0 && rng.Float64() < p.Reorder {
			q, due = late, due.Add(2*p.Delay+5*time.Millisecond)
		} else {
			if due.Before(last) {
				due = last
			}
			last = due
		}
		select {
		case q <- frame{append([]byte(nil), buf[:n]...), due}:
		default: // the queue is full, as a router's
		}
	}
}

// tap makes a TAP interface in the namespace of the calling thread.
func tap(name string) (*os.File, error) {
	fd, err := unix.Open("/dev/net/tun", unix.O_RDWR|unix.O_CLOEXEC|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, os.NewSyscallError("open /dev/net/tun", err)
	}
	var req struct {
		name  [unix.IFNAMSIZ]byte
		flags uint16
		_     [22]byte
	}
	copy(req.name[:unix.IFNAMSIZ-1], name)
	req.flags = unix.IFF_TAP | unix.IFF_NO_PI
	if _, _, e := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), unix.TUNSETIFF, uintptr(unsafe.Pointer(&req))); e != 0 {
		_ = unix.Close(fd)
		return nil, os.NewSyscallError("TUNSETIFF", e)
	}
	return os.NewFile(uintptr(fd), "/dev/net/tun"), nil
}
