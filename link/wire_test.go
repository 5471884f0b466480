package link_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"net"
	"net/netip"
	"runtime"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/link"
)

// data returns a WireGuard data packet of n bytes with a number in it.
func data(n int, number uint32) []byte {
	b := make([]byte, n)
	b[0] = 4
	binary.BigEndian.PutUint32(b[4:], number)
	for i := 8; i < n; i++ {
		b[i] = byte(number) + byte(i)
	}
	return b
}

func wire(t testing.TB, s *link.Socket) *link.Wire {
	t.Helper()
	w, err := s.OpenWire()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

// reader holds what ReadPackets is called with.
type reader struct {
	w              *link.Wire
	slab           []byte
	offsets, sizes []int
	from           []netip.AddrPort
}

func newReader(w *link.Wire, batch int) *reader {
	return &reader{w, make([]byte, 131070), make([]int, batch), make([]int, batch), make([]netip.AddrPort, batch)}
}

// started returns a reader that has the socket to itself: what comes before a
// Wire's first read is nobody's.
func started(t testing.TB, w *link.Wire, batch int) *reader {
	t.Helper()
	to := w.LocalAddr()
	if to.Addr().IsUnspecified() {
		to = netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), to.Port())
	}
	c, err := net.Dial("udp", to.String())
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer c.Close()
		for {
			if _, err := c.Write(primer); err != nil {
				return
			}
			select {
			case <-done:
				return
			case <-time.After(time.Millisecond):
			}
		}
	}()
	defer close(done)
	r := newReader(w, batch)
	if _, err := r.read(); err != nil {
		t.Fatal(err)
	}
	return r
}

// primer is what started sends. Readers of packets pass over it.
var primer = data(33, 1<<32-1)

func (r *reader) read() (int, error) { return r.w.ReadPackets(r.slab, r.offsets, r.sizes, r.from) }

func (r *reader) packet(i int) []byte { return r.slab[r.offsets[i] : r.offsets[i]+r.sizes[i]] }

// expect reads until want packets have come, and compares them as a set: UDP
// keeps no promise of order, though loopback does.
func expect(t *testing.T, r *reader, from netip.AddrPort, want [][]byte) {
	t.Helper()
	left := map[string]int{}
	for _, b := range want {
		left[string(b)]++
	}
	stop := time.AfterFunc(5*time.Second, func() { r.w.Close() })
	defer stop.Stop()
	for got := 0; got < len(want); {
		n, err := r.read()
		if err != nil {
			t.Fatalf("after %d of %d: %v", got, len(want), err)
		}
		for i := range n {
			if bytes.Equal(r.packet(i), primer) {
				got--
				continue
			}
			if r.from[i] != from {
				t.Fatalf("from %s, want %s", r.from[i], from)
			}
			if left[string(r.packet(i))]--; left[string(r.packet(i))] < 0 {
				t.Fatalf("packet of %d bytes that nobody sent", r.sizes[i])
			}
		}
		got += n
	}
}

func sequence(sizes ...int) [][]byte {
	out := make([][]byte, len(sizes))
	for i, n := range sizes {
		out[i] = data(n, uint32(i))
	}
	return out
}

func repeat(n, size int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = size
	}
	return out
}

func TestPacketsArriveAsTheyWereSent(t *testing.T) {
	for _, c := range []struct {
		name  string
		sizes []int
		batch int
	}{
		{"one", []int{148 - 4}, 128},
		{"equal", repeat(100, 1452), 128},
		{"equal and a shorter last", append(repeat(40, 1452), 600), 128},
		{"growing", []int{40, 60, 80, 1000, 1001, 1452}, 128},
		{"mixed", []int{1452, 1452, 32, 1452, 100, 100, 100, 1452, 1452, 32}, 128},
		{"more than one batch", repeat(300, 200), 128},
		{"more than a super-packet has cuts", repeat(128, 64), 128},
		{"more than the reader asks for", repeat(120, 500), 7},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := run(t, link.Config{Key: key(1)}), run(t, link.Config{Key: key(2)})
			out, in := wire(t, a), started(t, wire(t, b), c.batch)
			packets := sequence(c.sizes...)
			if err := out.WritePackets(packets, b.LocalAddr()); err != nil {
				t.Fatal(err)
			}
			expect(t, in, a.LocalAddr(), packets)
		})
	}
}

func TestBothFamiliesOverOneSocket(t *testing.T) {
	if c, err := net.Listen("tcp6", "[::1]:0"); err != nil {
		t.Skip("no IPv6 here")
	} else {
		c.Close()
	}
	s := run(t, link.Config{Key: key(1), Listen: netip.MustParseAddrPort("[::]:0")})
	in := started(t, wire(t, s), 128)
	for _, host := range []string{"127.0.0.1", "::1"} {
		addr := netip.MustParseAddr(host)
		peer := run(t, link.Config{Key: key(2), Listen: netip.AddrPortFrom(addr, 0)})
		w := wire(t, peer)
		back := started(t, w, 128)
		packets := sequence(append(repeat(20, 1300), 90)...)
		if err := w.WritePackets(packets, netip.AddrPortFrom(addr, s.LocalAddr().Port())); err != nil {
			t.Fatal(err)
		}
		expect(t, in, peer.LocalAddr(), packets) // unmapped
		if err := in.w.WritePackets(packets, peer.LocalAddr()); err != nil {
			t.Fatal(err)
		}
		expect(t, back, netip.AddrPortFrom(addr, s.LocalAddr().Port()), packets)
	}
}

func TestAddressOfAnotherFamilyIsAnError(t *testing.T) {
	w := wire(t, run(t, link.Config{Key: key(1)}))
	for _, to := range []netip.AddrPort{netip.MustParseAddrPort("[2001:db8::1]:9"), {}} {
		if err := w.WritePackets(sequence(100), to); err == nil {
			t.Errorf("sent to %s", to)
		}
	}
}

// TestOnePacketTooLongDoesNotHoldUpOthers: the kernel refuses a batch at the
// first packet that it cannot send.
func TestOnePacketTooLongDoesNotHoldUpOthers(t *testing.T) {
	a, b := run(t, link.Config{Key: key(1)}), run(t, link.Config{Key: key(2)})
	packets := sequence(100, 65535, 200)
	in := started(t, wire(t, b), 128)
	if err := wire(t, a).WritePackets(packets, b.LocalAddr()); err == nil {
		t.Error("a datagram longer than there are was sent")
	}
	expect(t, in, a.LocalAddr(), [][]byte{packets[0], packets[2]})
}

func TestJunkIsDroppedAndCounted(t *testing.T) {
	s := run(t, link.Config{Key: key(1), Control: control(1)})
	in := started(t, wire(t, s), 128)
	c, err := net.Dial("udp", s.LocalAddr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	junk := [][]byte{
		{},
		{4},
		{1, 2, 3},
		bytes.Repeat([]byte{0}, 100),                                  // nothing, short, STUN's first byte
		data(31, 0), append([]byte{1, 0, 0, 0}, make([]byte, 143)...), // WireGuard's types in other lengths
		append([]byte{2, 0, 0, 0}, make([]byte, 90)...), append([]byte{3, 0, 0, 0}, make([]byte, 59)...),
		append([]byte{5, 0, 0, 0}, make([]byte, 60)...), append([]byte{4, 0, 1, 0}, make([]byte, 60)...),
	}
	for _, b := range junk {
		if _, err := c.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	good := data(100, 7)
	if _, err := c.Write(good); err != nil {
		t.Fatal(err)
	}
	expect(t, in, c.LocalAddr().(*net.UDPAddr).AddrPort(), [][]byte{good})
	if got := s.Stats(); got.Junk != uint64(len(junk)) || got.WireGuard == 0 || got.QUIC != 0 {
		t.Errorf("got %+v", got)
	}
}

func TestGarbageForQUICHarmsNobody(t *testing.T) {
	w := world(t)
	s := w.Callee.(*link.Socket)
	c, err := net.Dial("udp", s.LocalAddr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for i := range 200 {
		b := bytes.Repeat([]byte{byte(i)}, 25+i*7)
		b[0] = 0x40 | byte(i)
		if _, err := c.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	conn, err := w.Caller.Dial(t.Context(), s.LocalAddr(), w.Peer)
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
}

func TestOneWireAtATime(t *testing.T) {
	s := run(t, link.Config{Key: key(1)})
	first := wire(t, s)
	if _, err := s.OpenWire(); wherry.CodeOf(err) != wherry.Conflict {
		t.Errorf("got %v", err)
	}
	first.Close()
	wire(t, s)
}

// The pump may have the socket again before the reader has had a turn: that was
// once a reader that nobody woke until a packet came.
func TestCloseWakesTheReader(t *testing.T) {
	s := run(t, link.Config{Key: key(1)})
	for range 2000 {
		w := wire(t, s)
		done := make(chan error)
		go func() {
			_, err := newReader(w, 128).read()
			done <- err
		}()
		runtime.Gosched()
		w.Close()
		if err := <-done; !errors.Is(err, net.ErrClosed) {
			t.Fatalf("got %v", err)
		}
		if err := w.WritePackets(sequence(100), s.LocalAddr()); !errors.Is(err, net.ErrClosed) {
			t.Fatalf("write after close: %v", err)
		}
	}
}

func TestSocketCloseWakesTheReader(t *testing.T) {
	s := run(t, link.Config{Key: key(1)})
	w := wire(t, s)
	done := make(chan error)
	go func() {
		_, err := newReader(w, 128).read()
		done <- err
	}()
	s.Close()
	if err := <-done; !errors.Is(err, net.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

// TestStreamsAndPacketsShareTheSocket: streams come and go while the Wire is not
// open, is read, and is closed again, on both sides.
func TestStreamsAndPacketsShareTheSocket(t *testing.T) {
	w := world(t)
	caller, callee := w.Caller.(*link.Socket), w.Callee.(*link.Socket)
	echo := func() {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		a, err := caller.Dial(ctx, callee.LocalAddr(), w.Peer)
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		b, err := callee.Accept(ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		if err := a.WriteFrame(0, "hello"); err != nil {
			t.Fatal(err)
		}
		var got string
		if err := b.ReadFrame(0, &got); err != nil || got != "hello" {
			t.Fatalf("got %q, %v", got, err)
		}
	}
	for range 3 {
		echo()
		in, out := wire(t, callee), wire(t, caller)
		received := make(chan int)
		for _, x := range []*link.Wire{in, out} {
			go func() {
				r, total := newReader(x, 128), 0
				for {
					n, err := r.read()
					if total += n; err != nil {
						received <- total
						return
					}
				}
			}()
		}
		for i := range 50 {
			if err := out.WritePackets(sequence(repeat(20, 1452)...), callee.LocalAddr()); err != nil {
				t.Fatal(err)
			}
			if i%10 == 0 {
				echo()
			}
		}
		in.Close()
		out.Close()
		if a, b := <-received, <-received; a+b == 0 {
			t.Error("no packet came through")
		}
	}
	echo()
}

func TestPacketsWithoutAWireAreCounted(t *testing.T) {
	s := run(t, link.Config{Key: key(1)})
	c, err := net.Dial("udp", s.LocalAddr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for s.Stats().NoWire == 0 {
		if _, err := c.Write(data(100, 1)); err != nil {
			t.Fatal(err)
		}
		runtime.Gosched()
	}
}

// TestPacketBeforeTheFirstReadIsKept sends a packet after the Wire was opened and
// before anybody reads it: the answer to a handshake comes as fast as that.
func TestPacketBeforeTheFirstReadIsKept(t *testing.T) {
	s := run(t, link.Config{Key: key(1)})
	w := wire(t, s)
	c, err := net.Dial("udp", s.LocalAddr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	want := data(100, 1)
	if _, err := c.Write(want); err != nil {
		t.Fatal(err)
	}
	for s.Stats().WireGuard+s.Stats().NoWire == 0 {
		runtime.Gosched()
	}
	expect(t, newReader(w, 128), c.LocalAddr().(*net.UDPAddr).AddrPort(), [][]byte{want})
}

// TestPacketsOfTheWireBeforeAreNotKept keeps one session's packets from the next.
func TestPacketsOfTheWireBeforeAreNotKept(t *testing.T) {
	s := run(t, link.Config{Key: key(1)})
	c, err := net.Dial("udp", s.LocalAddr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	send := func(b []byte) {
		before := s.Stats().WireGuard
		if _, err := c.Write(b); err != nil {
			t.Fatal(err)
		}
		for s.Stats().WireGuard == before {
			runtime.Gosched()
		}
	}
	first := wire(t, s)
	send(data(100, 1))
	first.Close()
	second := wire(t, s)
	want := data(100, 2)
	send(want)
	expect(t, newReader(second, 128), c.LocalAddr().(*net.UDPAddr).AddrPort(), [][]byte{want})
}

func TestNoAllocationPerPacket(t *testing.T) {
	a, b := run(t, link.Config{Key: key(1)}), run(t, link.Config{Key: key(2)})
	out, in := wire(t, a), started(t, wire(t, b), 128)
	packets := sequence(repeat(40, 1452)...)
	got := 0
	allocs := testing.AllocsPerRun(50, func() {
		if err := out.WritePackets(packets, b.LocalAddr()); err != nil {
			t.Fatal(err)
		}
		for got = 0; got < len(packets); {
			n, err := in.read()
			if err != nil {
				t.Fatal(err)
			}
			got += n
		}
	})
	if runtime.GOOS == "linux" && allocs > 1 {
		t.Errorf("%v allocations for %d packets", allocs, len(packets))
	}
}
