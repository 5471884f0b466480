package tunnel

import (
	"context"
	"io"
	"net"
	"net/netip"
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

// tcp measures some streams in one direction, in Gbit/s.
func (l *lab) tcp(b *testing.B, w *website, c *contender, streams int, up bool) float64 {
	port := uint16(portSource)
	if up {
		port = portSink
	}
	var received atomic.Int64
	counter := &received
	if up {
		counter = &w.bytes
	}
	for range streams {
		var conn net.Conn
		if err := l.consumer.Do(func() (err error) {
			d := net.Dialer{Control: cubic, Timeout: 10 * time.Second, FallbackDelay: -1}
			conn, err = d.Dial("tcp4", netip.AddrPortFrom(c.web, port).String())
			return err
		}); err != nil {
			b.Fatalf("%s: %v", c.name, err)
		}
		defer conn.Close()
		if up {
			go pour(conn)
			continue
		}
		go func() {
			buf := make([]byte, 256<<10)
			for {
				n, err := conn.Read(buf)
				received.Add(int64(n))
				if err != nil {
					return
				}
			}
		}()
	}
	time.Sleep(warm)
	start, before := time.Now(), counter.Load()
	time.Sleep(time.Duration(*seconds * float64(time.Second)))
	return float64(counter.Load()-before) * 8 / float64(time.Since(start).Nanoseconds())
}

// small measures 64-byte datagrams that arrive of a flood, in thousands a second.
func (l *lab) small(b *testing.B, w *website, c *contender) float64 {
	var conn net.Conn
	if err := l.consumer.Do(func() (err error) {
		conn, err = net.Dial("udp4", netip.AddrPortFrom(c.web, portCount).String())
		return err
	}); err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	go func() {
		buf := make([]byte, 64)
		for {
			if _, err := conn.Write(buf); err != nil && !isFull(err) {
				return
			}
		}
	}()
	time.Sleep(warm)
	start, before := time.Now(), w.datagrams.Load()
	time.Sleep(time.Duration(*seconds * float64(time.Second)))
	return float64(w.datagrams.Load()-before) / time.Since(start).Seconds() / 1000
}

func isFull(err error) bool {
	e, ok := err.(*net.OpError)
	return ok && (e.Err.Error() == "sendto: no buffer space available" || e.Timeout() || e.Err == io.ErrShortWrite)
}

func BenchmarkWhole(b *testing.B) {
	l := newLab(b)
	w := serveWeb(b, l.web)
	all := []*contender{
		l.raw(b),
		l.own(b, "bare", "bare", "bare"),
		l.rival(b),
		l.own(b, "wherry", "consumer", "provider"),
	}
	for round := range *rounds {
		for i := range all {
			c := all[i]
			if round%2 == 1 {
				c = all[len(all)-1-i]
			}
			b.Logf("%d %-10s up %.2f 4up %.2f down %.2f small %.1f", round, c.name, l.tcp(b, w, c, 1, true), l.tcp(b, w, c, 4, true), l.tcp(b, w, c, 1, false), l.small(b, w, c))
		}
	}
}
