package servicetest

import (
	"io"
	"net"
	"net/netip"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wherrynet/wherry/service/shape"
	"github.com/wherrynet/wherry/service/wireguard"
)

// source is a TCP server on loopback that sends as much as it can.
func source(t testing.TB) netip.AddrPort {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				for b := make([]byte, 64<<10); ; {
					if _, err := c.Write(b); err != nil {
						return
					}
				}
			}()
		}
	}()
	return netip.MustParseAddrPort(l.Addr().String())
}

// swallow reads as fast as it can, and counts.
func (c *Consumer) swallow(t testing.TB, from netip.AddrPort, into *atomic.Int64) {
	t.Helper()
	conn, err := c.Dial(t.Context(), "tcp", from)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	go func() {
		b := make([]byte, 64<<10)
		for {
			n, err := conn.Read(b)
			into.Add(int64(n))
			if err != nil {
				return
			}
		}
	}()
}

// Two who take what they can get share the line, and a third who asks for little does
// not wait behind them.
func TestTheLineIsShared(t *testing.T) {
	const line = 8 << 20
	n := NewNetwork()
	web, echo := source(t), Echo(t)
	p := NewProvider(t, n, NewExit(t, web, echo), func(c *wireguard.Config) { c.Shaper = shape.New(shape.Config{Total: line}) })
	var took [2]atomic.Int64
	for i := range took {
		NewConsumer(t, n, p, i).swallow(t, web, &took[i])
	}
	third, err := NewConsumer(t, n, p, 2).Dial(t.Context(), "udp", echo)
	if err != nil {
		t.Fatal(err)
	}
	defer third.Close()
	time.Sleep(time.Second) // until they have found their rate
	before := [2]int64{took[0].Load(), took[1].Load()}
	start := time.Now()
	var trips []time.Duration
	lost := 0
	for b := make([]byte, 64); time.Since(start) < 3*time.Second; time.Sleep(10 * time.Millisecond) {
		sent := time.Now()
		if _, err := third.Write(b); err != nil {
			t.Fatal(err)
		}
		_ = third.SetReadDeadline(sent.Add(time.Second))
		if _, err := io.ReadAtLeast(third, b, 1); err != nil {
			lost++
			continue
		}
		trips = append(trips, time.Since(sent))
	}
	span := time.Since(start).Seconds()
	var rates [2]float64
	for i := range took {
		rates[i] = float64(took[i].Load()-before[i]) / span
	}
	slices.Sort(trips)
	p50, p99 := trips[len(trips)/2], trips[len(trips)*99/100]
	t.Logf("%.1f and %.1f of %.1f MB/s; round trips p50 %s, p99 %s, %d of %d lost", rates[0]/1e6, rates[1]/1e6, line/1e6, p50, p99, lost, len(trips)+lost)
	// Bounds that a machine with other work meets too: without the shaper both take
	// many lines' worth, one of them nearly all of it, and the third hardly anything.
	if all := rates[0] + rates[1]; all > line*1.3 {
		t.Errorf("both together take %.0f of %d", all, line)
	}
	if min(rates[0], rates[1]) < max(rates[0], rates[1])*0.4 {
		t.Errorf("one takes %.0f, the other %.0f", rates[0], rates[1])
	}
	if lost > len(trips) {
		t.Errorf("the third loses %d of %d", lost, len(trips)+lost)
	}
}
