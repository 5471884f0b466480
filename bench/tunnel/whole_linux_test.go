package tunnel

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/wherrynet/wherry/service/servicetest"
)

// Ports of the website.
const (
	portSink   = 9000 // swallows
	portSource = 9001 // never stops sending
	portCount  = 9002 // UDP: counts
	portEcho   = 9003 // UDP: echoes
)

// website serves all contenders, and counts.
type website struct {
	bytes     atomic.Int64 // swallowed
	datagrams atomic.Int64
}

func cubic(_, _ string, c syscall.RawConn) error {
	var err error
	if cerr := c.Control(func(fd uintptr) {
		err = unix.SetsockoptString(int(fd), unix.IPPROTO_TCP, unix.TCP_CONGESTION, "cubic")
	}); cerr != nil {
		return cerr
	}
	return err
}

func serveWeb(b *testing.B, s *servicetest.Space) *website {
	w := &website{}
	listen := func(port uint16, handle func(net.Conn)) {
		var l net.Listener
		if err := s.Do(func() (err error) {
			lc := net.ListenConfig{Control: cubic}
			l, err = lc.Listen(context.Background(), "tcp4", netip.AddrPortFrom(netip.IPv4Unspecified(), port).String())
			return err
		}); err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = l.Close() })
		go func() {
			for {
				c, err := l.Accept()
				if err != nil {
					return
				}
				go handle(c)
			}
		}()
	}
	listen(portSink, func(c net.Conn) {
		defer c.Close()
		buf := make([]byte, 256<<10)
		for {
			n, err := c.Read(buf)
			w.bytes.Add(int64(n))
			if err != nil {
				return
			}
		}
	})
	listen(portSource, pour)
	count := s.ListenUDP(netip.AddrPortFrom(netip.IPv4Unspecified(), portCount))
	_ = count.SetReadBuffer(4 << 20)
	go func() {
		buf := make([]byte, 2048)
		for {
			if _, _, err := count.ReadFromUDPAddrPort(buf); err != nil {
				return
			}
			w.datagrams.Add(1)
		}
	}()
	echo := s.ListenUDP(netip.AddrPortFrom(netip.IPv4Unspecified(), portEcho))
	go func() {
		buf := make([]byte, 2048)
		for {
			n, from, err := echo.ReadFromUDPAddrPort(buf)
			if err != nil {
				return
			}
			_, _ = echo.WriteToUDPAddrPort(buf[:n], from)
		}
	}()
	return w
}

// warm is how long a transfer runs before it is measured.
const warm = 300 * time.Millisecond

func length() time.Duration { return time.Duration(*seconds * float64(time.Second)) }

// stream measures some TCP streams in one direction, in Gbit/s.
func (c *contender) stream(w *website, streams int, up bool) float64 {
	var received atomic.Int64
	port, counter := uint16(portSource), &received
	if up {
		port, counter = portSink, &w.bytes
	}
	for range streams {
		conn, err := c.dial("tcp4", port)
		if err != nil {
			c.b.Fatalf("%s: %v", c.name, err)
		}
		defer conn.Close()
		if up {
			go pour(conn)
		} else {
			go drain(conn, &received)
		}
	}
	time.Sleep(warm)
	start, before := time.Now(), counter.Load()
	time.Sleep(length())
	return float64(counter.Load()-before) * 8 / float64(time.Since(start).Nanoseconds())
}

func drain(conn net.Conn, received *atomic.Int64) {
	buf := make([]byte, 256<<10)
	for {
		n, err := conn.Read(buf)
		received.Add(int64(n))
		if err != nil {
			return
		}
	}
}

// small measures 64-byte datagrams that arrive of a flood, in thousands a second.
func (c *contender) small(w *website) float64 {
	conn, err := c.dial("udp4", portCount)
	if err != nil {
		c.b.Fatalf("%s: %v", c.name, err)
	}
	defer conn.Close()
	go func() {
		buf := make([]byte, 64)
		for {
			if _, err := conn.Write(buf); err != nil && !errors.Is(err, unix.ENOBUFS) && !errors.Is(err, unix.ECONNREFUSED) {
				return
			}
		}
	}()
	time.Sleep(warm)
	start, before := time.Now(), w.datagrams.Load()
	time.Sleep(length())
	return float64(w.datagrams.Load()-before) / time.Since(start).Seconds() / 1000
}

// delay measures round trips, one every few milliseconds, in milliseconds; load is
// what a TCP stream sends meanwhile, in Gbit/s, 0 for nothing.
func (c *contender) delay(load float64) (p50, p99 float64) {
	if load > 0 {
		conn, err := c.dial("tcp4", portSink)
		if err != nil {
			c.b.Fatalf("%s: %v", c.name, err)
		}
		defer conn.Close()
		raw, err := conn.(*net.TCPConn).SyscallConn()
		if err != nil {
			c.b.Fatal(err)
		}
		_ = raw.Control(func(fd uintptr) {
			err = unix.SetsockoptUint64(int(fd), unix.SOL_SOCKET, unix.SO_MAX_PACING_RATE, uint64(load*1e9/8))
		})
		if err != nil {
			c.b.Fatal(err)
		}
		go pour(conn)
		time.Sleep(warm)
	}
	conn, err := c.dial("udp4", portEcho)
	if err != nil {
		c.b.Fatalf("%s: %v", c.name, err)
	}
	defer conn.Close()
	var all []float64
	buf := make([]byte, 64)
	for end := time.Now().Add(length()); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		start := time.Now()
		_, _ = conn.Write(buf)
		_ = conn.SetReadDeadline(start.Add(time.Second))
		if _, err := conn.Read(buf); err != nil {
			continue
		}
		all = append(all, time.Since(start).Seconds()*1000)
	}
	if len(all) == 0 {
		c.b.Fatalf("%s: nothing comes back", c.name)
	}
	slices.Sort(all)
	return all[len(all)/2], all[len(all)*99/100]
}
