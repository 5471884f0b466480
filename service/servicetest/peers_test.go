package servicetest

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/service/wireguard"
)

func port(a netip.AddrPort) string { return strconv.Itoa(int(a.Port())) }

// eventually waits until ok is true.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !ok(); {
		if time.Now().After(end) {
			t.Fatal("never: " + what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestManyPeersOnOneDevice(t *testing.T) {
	const peers = 20
	web, sum := page(t, "127.0.0.1", 200<<10)
	n := NewNetwork()
	p := NewProvider(t, n, NewExit(t, web))
	var all sync.WaitGroup
	for i := range peers {
		c := NewConsumer(t, n, p, i)
		client := c.client(t)
		all.Go(func() {
			r, err := client.Get("http://" + web.String() + "/")
			if err != nil {
				t.Error(err)
				return
			}
			defer r.Body.Close()
			b, err := io.ReadAll(r.Body)
			if err != nil || sha256.Sum256(b) != sum {
				t.Errorf("peer %d: %d bytes, %v", i, len(b), err)
			}
		})
	}
	all.Wait()
}

// overhead is what a datagram has on the wire beside its payload: IPv4, UDP,
// WireGuard.
const overhead = 20 + 8 + 32

// TestBothSidesCountTheSame compares what the two ends have counted, and that with
// what really passed on the wire.
func TestBothSidesCountTheSame(t *testing.T) {
	web, _ := page(t, "127.0.0.1", 2<<20)
	echo := Echo(t)
	n := NewNetwork()
	var mu sync.Mutex
	var wire, packets uint64 // with WireGuard's padding, which is up to 15 bytes a packet
	n.Drop = func(_, _ netip.AddrPort, b []byte) bool {
		if binary.LittleEndian.Uint32(b) == 4 && len(b) > 32 {
			mu.Lock()
			wire += uint64(len(b))
			packets++
			mu.Unlock()
		}
		return false
	}
	p := NewProvider(t, n, NewExit(t, web, echo))
	c := NewConsumer(t, n, p, 0)
	client := c.client(t)
	get(t, client, "http://"+web.String()+"/")
	u, err := c.Dial(t.Context(), "udp", echo)
	if err != nil {
		t.Fatal(err)
	}
	for range 50 {
		_, _ = u.Write(make([]byte, 700))
		_ = u.SetReadDeadline(time.Now().Add(5 * time.Second))
		if _, err := u.Read(make([]byte, 2000)); err != nil {
			t.Fatal(err)
		}
	}
	if p.Wire.Lost()+c.Wire.Lost() > 0 {
		t.Skip("the machine was too slow and lost packets")
	}
	eventually(t, "both count the same", func() bool {
		there, here := p.Count(c.Key), c.Count(p.PublicKey())
		return there.In == here.Out && there.Out == here.In
	})
	here := c.Count(p.PublicKey())
	if here.In < 2<<20+50*(700+overhead) {
		t.Errorf("received %d for 2 MiB and 35 kB: not payload and headers", here.In)
	}
	mu.Lock()
	defer mu.Unlock()
	if total := here.Total(); total > wire || total < wire-15*packets {
		t.Errorf("counted %d, on the wire were %d in %d packets", total, wire, packets)
	}
}

func TestNothingPassesWithoutAllowanceButControl(t *testing.T) {
	web, _ := page(t, "127.0.0.1", 1000)
	n := NewNetwork()
	p := NewProvider(t, n, NewExit(t, web))
	c := Join(t, n, p, 0)
	l, err := p.ListenTCP(netip.AddrPortFrom(Provider4, 700))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() { _, _ = io.Copy(conn, conn) }()
		}
	}()

	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	_, err = c.Dial(ctx, "tcp", web)
	cancel()
	if wherry.CodeOf(err) != wherry.Timeout {
		t.Fatalf("without an allowance the dial ended with %v", err)
	}
	control, err := c.Dial(t.Context(), "tcp", netip.AddrPortFrom(Provider4, 700))
	if err != nil {
		t.Fatalf("control does not pass: %v", err)
	}
	defer control.Close()
	_, _ = control.Write([]byte("hello"))
	b := make([]byte, 5)
	_ = control.SetReadDeadline(time.Now().Add(5 * time.Second))
	if _, err := io.ReadFull(control, b); err != nil || string(b) != "hello" {
		t.Fatalf("control says %q, %v", b, err)
	}
	if p.Count(c.Key).Total() == 0 {
		t.Fatal("control is not counted")
	}

	// Talking for free ends somewhere as well.
	_ = control.SetDeadline(time.Now().Add(500 * time.Millisecond))
	for err == nil {
		_, err = control.Write(make([]byte, 16<<10))
	}
	if used := p.Count(c.Key).Total(); used > wireguard.ControlSlack {
		t.Fatalf("%d bytes of control passed for nothing, the slack is %d", used, wireguard.ControlSlack)
	}

	if err := p.SetAllowance(c.Key, 100<<20); err != nil {
		t.Fatal(err)
	}
	if got := get(t, c.client(t), "http://"+web.String()+"/"); len(got) != 1000 {
		t.Fatalf("with an allowance the page has %d bytes", len(got))
	}
}

// TestAllowanceHolds downloads and uploads against an allowance that grows in steps,
// and checks at every step that it was kept, and that all of it arrives in the end.
func TestAllowanceHolds(t *testing.T) {
	web, sum := page(t, "127.0.0.1", 2<<20)
	n := NewNetwork()
	p := NewProvider(t, n, NewExit(t, web))
	for i, up := range []bool{false, true} {
		t.Run(fmt.Sprintf("up %v", up), func(t *testing.T) {
			c := Join(t, n, p, i)
			client := c.client(t)
			done := make(chan error, 1)
			go func() {
				if up {
					r, err := client.Post("http://"+web.String()+"/", "", io.LimitReader(rand.Reader, 2<<20))
					if err == nil {
						_ = r.Body.Close()
					}
					done <- err
					return
				}
				r, err := client.Get("http://" + web.String() + "/")
				if err != nil {
					done <- err
					return
				}
				b, err := io.ReadAll(r.Body)
				if err == nil && sha256.Sum256(b) != sum {
					err = errors.New("the page came through changed")
				}
				done <- err
			}()
			allowance := uint64(0)
			for {
				select {
				case err := <-done:
					if err != nil {
						t.Fatal(err)
					}
					return
				case <-time.After(20 * time.Millisecond):
				}
				if used := p.Count(c.Key).Total(); used > allowance {
					t.Fatalf("%d bytes have passed, %d were allowed", used, allowance)
				}
				allowance += 200 << 10
				if allowance > 50<<20 {
					t.Fatal("twenty-five times the size is not enough")
				}
				if err := p.SetAllowance(c.Key, allowance); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func TestRoamingKeepsConnections(t *testing.T) {
	echo := tcpEcho(t)
	n := NewNetwork()
	p := NewProvider(t, n, NewExit(t, echo))
	c := NewConsumer(t, n, p, 0)
	conn, err := c.Dial(t.Context(), "tcp", echo)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for i := range 5 {
		if i > 0 {
			c.Wire.Roam()
		}
		word := fmt.Appendf(nil, "word %d", i)
		_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
		if _, err := conn.Write(word); err != nil {
			t.Fatal(err)
		}
		b := make([]byte, len(word))
		if _, err := io.ReadFull(conn, b); err != nil || !bytes.Equal(b, word) {
			t.Fatalf("after %d moves: %q, %v", i, b, err)
		}
	}
}

func tcpEcho(t testing.TB) netip.AddrPort {
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
				_, _ = io.Copy(c, c)
			}()
		}
	}()
	return netip.MustParseAddrPort(l.Addr().String())
}

func TestRemovalEndsFlowsAndKeepsTheCount(t *testing.T) {
	echo, udp := tcpEcho(t), Echo(t)
	n := NewNetwork()
	p := NewProvider(t, n, NewExit(t, echo, udp))
	c, other := NewConsumer(t, n, p, 0), NewConsumer(t, n, p, 1)
	before := runtime.NumGoroutine()
	for range 20 {
		conn, err := c.Dial(t.Context(), "tcp", echo)
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			for {
				if _, err := conn.Write(make([]byte, 10<<10)); err != nil {
					return
				}
			}
		}()
		u, err := c.Dial(t.Context(), "udp", udp)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = u.Write([]byte("x"))
	}
	eventually(t, "traffic flows", func() bool { return p.Count(c.Key).In > 1<<20 })
	live := p.Count(c.Key)
	final, err := p.RemovePeer(c.Key)
	if err != nil {
		t.Fatal(err)
	}
	if final.In < live.In || final.Out < live.Out {
		t.Errorf("the final count %v is less than %v, seen before", final, live)
	}
	if p.Count(c.Key) != (wireguard.Count{}) {
		t.Error("the peer still counts")
	}
	if _, err := p.RemovePeer(c.Key); wherry.CodeOf(err) != wherry.NotFound {
		t.Errorf("removed twice: %v", err)
	}
	_ = c.Device.Close()
	eventually(t, "the flows' goroutines are gone", func() bool { return runtime.NumGoroutine() <= before+5 })

	// Others don't notice, and the same key can come back.
	conn, err := other.Dial(t.Context(), "tcp", echo)
	if err != nil {
		t.Fatal(err)
	}
	_ = conn.Close()
	if err := p.AddPeer(wireguard.Peer{Key: c.Key, Inner: ConsumerAddrs(0)}); err != nil {
		t.Fatal(err)
	}
	if p.Count(c.Key) != (wireguard.Count{}) {
		t.Error("a peer that came back has an old count")
	}
}

// TestHalfCloseBothWays ends the client's direction first, and has the server answer
// after that with more than fits into any buffer on the way.
func TestHalfCloseBothWays(t *testing.T) {
	const up, down = 300 << 10, 12 << 20
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	got := make(chan int, 1)
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		b, _ := io.ReadAll(c) // until the client's end of stream
		got <- len(b)
		_, _ = c.Write(make([]byte, down))
	}()
	addr := netip.MustParseAddrPort(l.Addr().String())
	n := NewNetwork()
	c := NewConsumer(t, n, NewProvider(t, n, NewExit(t, addr)), 0)
	conn, err := c.Dial(t.Context(), "tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	_, _ = conn.Write(make([]byte, up))
	if err := conn.(interface{ CloseWrite() error }).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if k := <-got; k != up {
		t.Errorf("the server got %d bytes", k)
	}
	b := make([]byte, 64<<10)
	sum := 0
	for {
		k, err := conn.Read(b)
		if sum += k; errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("after %d bytes: %v", sum, err)
		}
		if sum%(1<<20) < k { // a slow reader: the end of the stream waits in the provider's stack
			time.Sleep(20 * time.Millisecond)
		}
	}
	if sum != down {
		t.Fatalf("got %d bytes of %d", sum, down)
	}
}

func TestFlowsArePerPeerAndBounded(t *testing.T) {
	echo := tcpEcho(t)
	n := NewNetwork()
	p := NewProvider(t, n, NewExit(t, echo))
	c, other := NewConsumer(t, n, p, 0), NewConsumer(t, n, p, 1)
	open := 0
	for range 600 {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		conn, err := c.Dial(ctx, "tcp", echo)
		cancel()
		if err != nil {
			break
		}
		defer conn.Close()
		open++
	}
	if open != 512 {
		t.Errorf("%d connections at once, want 512", open)
	}
	conn, err := other.Dial(t.Context(), "tcp", echo)
	if err != nil {
		t.Fatalf("another peer has no room: %v", err)
	}
	_ = conn.Close()
}

// TestSilenceCanBeSeen has the provider vanish without a word.
func TestSilenceCanBeSeen(t *testing.T) {
	echo := tcpEcho(t)
	n := NewNetwork()
	p := NewProvider(t, n, NewExit(t, echo))
	c := Join(t, n, p, 0)
	if !c.LastReceived(p.PublicKey()).IsZero() || !p.LastReceived(c.Key).IsZero() {
		t.Fatal("somebody was heard before anybody spoke")
	}
	if err := p.SetAllowance(c.Key, 1<<30); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	conn, err := c.Dial(t.Context(), "tcp", echo)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if c.LastReceived(p.PublicKey()).Before(start) || p.LastReceived(c.Key).Before(start) {
		t.Fatal("both have spoken and are not heard")
	}
	_ = p.Device.Close()
	if final := p.Count(c.Key); final.In == 0 || final.Out == 0 {
		t.Errorf("closing the device lost the count: %+v", final)
	}
	var heard time.Time
	eventually(t, "the last packets have come through", func() bool {
		before := heard
		heard = c.LastReceived(p.PublicKey())
		return heard.Equal(before) && time.Since(heard) > 100*time.Millisecond
	})
	for range 20 {
		_, _ = conn.Write([]byte("anybody there?"))
		b := make([]byte, 64)
		_, _ = rand.Read(b)
		binary.LittleEndian.PutUint32(b, 4)
		c.Wire.Inject(p.Wire.LocalAddr(), b) // noise from the right address proves nothing
		time.Sleep(time.Millisecond)
	}
	if got := c.LastReceived(p.PublicKey()); got.After(heard) {
		t.Errorf("somebody was heard %v after the provider vanished", got.Sub(heard))
	}
}

func TestGarbageDoesNoHarm(t *testing.T) {
	echo := tcpEcho(t)
	n := NewNetwork()
	p := NewProvider(t, n, NewExit(t, echo))
	c := NewConsumer(t, n, p, 0)
	conn, err := c.Dial(t.Context(), "tcp", echo)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	stranger := netip.MustParseAddrPort("203.0.113.7:9")
	for i := range 5000 {
		b := make([]byte, i%1500)
		_, _ = rand.Read(b)
		if len(b) > 4 {
			binary.LittleEndian.PutUint32(b, uint32(i%6))
		}
		p.Wire.Inject(stranger, b)
		c.Wire.Inject(stranger, b)
		for _, size := range []int{64, 92, 148} { // what handshakes look like
			if i%100 == 0 {
				h := make([]byte, size)
				_, _ = rand.Read(h)
				binary.LittleEndian.PutUint32(h, map[int]uint32{64: 3, 92: 2, 148: 1}[size])
				p.Wire.Inject(stranger, h)
			}
		}
		if i%500 == 0 {
			_, _ = conn.Write([]byte("x"))
			_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
			if _, err := io.ReadFull(conn, make([]byte, 1)); err != nil {
				t.Fatalf("after %d pieces of garbage: %v", i, err)
			}
		}
	}
}
