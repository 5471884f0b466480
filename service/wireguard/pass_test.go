package wireguard

import (
	"bytes"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/tailscale/wireguard-go/tun"
	"pgregory.net/rapid"
)

// sink is a TUN that keeps what is written to it.
type sink struct {
	tun.Device
	got [][]byte
}

func (s *sink) Write(bufs [][]byte, offset int) (int, error) {
	for _, b := range bufs {
		s.got = append(s.got, bytes.Clone(b[offset:]))
	}
	return len(bufs), nil
}

// Addresses of the tests: a provider's device with two clients, and a consumer's
// with its provider.
var (
	device4  = netip.MustParseAddr("10.0.0.1")
	device6  = netip.MustParseAddr("fd00::1")
	client4  = here4.Addr()
	client6  = here6.Addr()
	other4   = netip.MustParseAddr("10.0.0.3")
	everyone = []netip.Addr{
		device4, device6, client4, client6, other4, there4.Addr(), there6.Addr(),
		netip.MustParseAddr("10.0.0.77"), netip.MustParseAddr("192.168.1.1"), netip.MustParseAddr("127.0.0.1"),
		netip.MustParseAddr("0.0.0.0"), netip.MustParseAddr("0.1.2.3"), netip.MustParseAddr("255.255.255.255"),
		netip.MustParseAddr("224.0.0.251"), netip.MustParseAddr("169.254.169.254"),
		netip.MustParseAddr("::"), netip.MustParseAddr("::1"), netip.MustParseAddr("fe80::1"), netip.MustParseAddr("ff02::1"),
		netip.MustParseAddr("::ffff:10.0.0.3"), netip.MustParseAddr("::ffff:127.0.0.1"),
	}
)

// drawBatch makes packets, in rows of one flow as they come, of everybody to everybody.
func drawBatch(t *rapid.T) (raws [][]byte) {
	for range rapid.IntRange(1, 6).Draw(t, "rows") {
		src := rapid.SampledFrom(slices.Concat(everyone, slices.Repeat([]netip.Addr{client4, client6}, 6))).Draw(t, "src")
		dst := rapid.SampledFrom(everyone).Draw(t, "dst")
		if src.Is4() != dst.Is4() {
			continue
		}
		s := segmentOf{
			src:   netip.AddrPortFrom(src, uint16(rapid.IntRange(1, 2).Draw(t, "sport"))),
			dst:   netip.AddrPortFrom(dst, uint16(rapid.IntRange(1, 2).Draw(t, "dport"))),
			flags: rapid.SampledFrom([]byte{flagACK, flagACK, flagSYN, flagRST | flagACK}).Draw(t, "flags"),
		}
		for range rapid.IntRange(1, 5).Draw(t, "packets") {
			s.payload = make([]byte, rapid.IntRange(0, 40).Draw(t, "payload"))
			s.seq += uint32(len(s.payload))
			raws = append(raws, s.bytes())
		}
	}
	return raws
}

func copies(raws [][]byte, offset int) (out [][]byte) {
	for _, raw := range raws {
		out = append(out, append(make([]byte, offset), raw...))
	}
	return out
}

// newInside makes the inside of a device with a TUN that keeps what it gets.
func newInside(t interface{ Fatal(...any) }, own []netip.Addr, ps ...*peer) (*inside, *sink) {
	table := newPeers(own)
	for _, p := range ps {
		if err := table.add(p); err != nil {
			t.Fatal(err)
		}
	}
	n := newNIC(DefaultMTU, table)
	s, err := newStack(n, own, len(own) > 0)
	if err != nil {
		t.Fatal(err)
	}
	n.stack = s
	in := &inside{nic: n, kernel: newKernelQueue(table, &n.mtu)}
	kept := new(sink)
	in.kernel.attached.Store(&TUN{dev: kept})
	return in, kept
}

func (in *inside) end() {
	in.nic.close()
	in.stack.Destroy()
}

// TestClientsReachNobodyButTheWorld is the provider's side: whatever a client sends,
// only packets with its own source address get out, and none to another client, to
// the device, or to what is no host.
func TestClientsReachNobodyButTheWorld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		client := newPeer(Peer{Key: Key{1}, Inner: []netip.Addr{client4, client6}}, 10)
		other := newPeer(Peer{Key: Key{2}, Inner: []netip.Addr{other4}}, 10)
		in, got := newInside(t, []netip.Addr{device4, device6}, client, other)
		defer in.end()
		allowance := uint64(rapid.IntRange(0, 2000).Draw(t, "allowance"))
		client.allow(allowance)
		var want [][]byte
		left := allowance
		raws := drawBatch(t)
		for _, raw := range raws {
			src, dst := route(raw)
			out := (dst == there4.Addr() || dst == there6.Addr() || dst == netip.MustParseAddr("10.0.0.77") || dst == netip.MustParseAddr("192.168.1.1"))
			if (src == client4 || src == client6) && out && uint64(len(raw)+overhead) <= left {
				want = append(want, raw)
				left -= uint64(len(raw) + overhead)
			}
		}
		hadOwn := slices.ContainsFunc(raws, func(raw []byte) bool { _, dst := route(raw); return dst == device4 || dst == device6 })
		in.divide(client, copies(raws, 16), 16, time.Now())
		for _, raw := range got.got {
			src, dst := route(raw)
			if !client.has(src) || client.has(dst) || other.has(dst) || in.peers.isOwn(dst) || !dst.IsGlobalUnicast() || dst.Is4In6() {
				t.Fatalf("%v to %v got out", src, dst)
			}
		}
		if !hadOwn && !slices.EqualFunc(got.got, want, bytes.Equal) {
			t.Fatalf("%d packets got out, want %d", len(got.got), len(want))
		}
		if c := client.count(); c.In > allowance+max(FirstSlack, ControlSlack) || !hadOwn && c.In != allowance-left {
			t.Fatalf("%d counted, %d passed, %d allowed", c.In, allowance-left, allowance)
		}
		if other.count() != (Count{}) {
			t.Fatal("another pays for it")
		}
	})
}

// TestOnlyAnswersComeIn is the consumer's side: whatever the provider sends, only
// answers to what has left come in, and only for this session's addresses.
func TestOnlyAnswersComeIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newPeer(Peer{Key: Key{1}, Inner: []netip.Addr{device4, device6}, Own: []netip.Addr{client4, client6}}, 10)
		in, got := newInside(t, nil, p)
		defer in.end()
		type way struct{ here, there netip.AddrPort }
		asked := make(map[way]bool)
		now := time.Unix(1e9, 0)
		for range rapid.IntRange(1, 4).Draw(t, "rounds") {
			raws := drawBatch(t)
			slab, packets := slabOf(raws)
			kept := packets[:in.kernel.admit(slab, packets, now)]
			for _, k := range kept {
				src, dst := route(bytesOf(slab, k))
				if !p.owns(src) || p.owns(dst) || !dst.IsGlobalUnicast() || dst.Is4In6() {
					t.Fatalf("%v to %v left", src, dst)
				}
				pkt, _ := parse(bytesOf(slab, k))
				asked[way{pkt.src, pkt.dst}] = pkt.raw[pkt.ipLen+13]&flagRST == 0
			}
			got.got = nil
			before := p.count()
			answers := drawBatch(t)
			in.divide(p, copies(answers, 16), 16, now)
			var want [][]byte
			var wire uint64
			for _, raw := range answers {
				pkt, _ := parse(raw)
				if asked[way{pkt.dst, pkt.src}] && p.owns(pkt.dst.Addr()) {
					want = append(want, raw)
					wire += uint64(len(raw) + overhead)
				}
			}
			if !slices.EqualFunc(got.got, want, bytes.Equal) {
				t.Fatalf("%d packets came in, want %d", len(got.got), len(want))
			}
			if c := p.count(); c.In-before.In != wire {
				t.Fatalf("%d counted, %d came in", c.In-before.In, wire)
			}
		}
	})
}

// TestKernelSpeaksToClientsThatAreThere is what a provider's computer sends: answers
// go to the client whose address they name, if it has keys, within its allowance;
// nothing goes from one client to another.
func TestKernelSpeaksToClientsThatAreThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		client := newPeer(Peer{Key: Key{1}, Inner: []netip.Addr{client4, client6}}, 10)
		other := newPeer(Peer{Key: Key{2}, Inner: []netip.Addr{other4}}, 10)
		in, _ := newInside(t, []netip.Addr{device4, device6}, client, other)
		defer in.end()
		client.live.Store(rapid.Bool().Draw(t, "live"))
		allowance := uint64(rapid.IntRange(0, 2000).Draw(t, "allowance"))
		client.allow(allowance)
		raws := drawBatch(t)
		var want [][]byte
		left, slack := allowance, allowance+ControlSlack
		if allowance == 0 {
			slack = FirstSlack
		}
		for _, raw := range raws {
			src, dst := route(raw)
			n := uint64(len(raw) + overhead)
			if !client.live.Load() || !client.has(dst) || client.has(src) || other.has(src) {
				continue
			}
			own := src == device4 || src == device6
			if own && n <= slack || !own && n <= left {
				want = append(want, raw)
				left -= min(left, n)
				slack -= n
			}
		}
		slab, packets := slabOf(raws)
		kept := packets[:in.kernel.admit(slab, packets, time.Now())]
		var got [][]byte
		for _, k := range kept {
			got = append(got, bytesOf(slab, k))
		}
		if !slices.EqualFunc(got, want, bytes.Equal) {
			t.Fatalf("%d packets left, want %d", len(got), len(want))
		}
	})
}

// slabOf lays packets out as a reader does.
func slabOf(raws [][]byte) ([]byte, []tun.ReadPacket) {
	slab := make([]byte, 128<<10)
	at := 0
	var packets []tun.ReadPacket
	for _, raw := range raws {
		at += tun.ReadPacketSpacing
		packets = append(packets, tun.ReadPacket{Offset: at, Size: copy(slab[at:], raw)})
		at += len(raw)
	}
	return slab, packets
}

// TestAttachedNothingNoTraffic has a device without a TUN drop what isn't control,
// and count none of it.
func TestAttachedNothingNoTraffic(t *testing.T) {
	client := newPeer(Peer{Key: Key{1}, Inner: []netip.Addr{client4}}, 10)
	client.allow(1 << 20)
	in, got := newInside(t, []netip.Addr{device4}, client)
	defer in.end()
	raw := segmentOf{src: here4, dst: there4, flags: flagSYN}.bytes()
	in.divide(client, copies([][]byte{raw}, 16), 16, time.Now())
	if len(got.got) != 1 {
		t.Fatal("with a TUN it passes")
	}
	before := client.count()
	in.kernel.attached.Store(nil)
	in.divide(client, copies([][]byte{raw}, 16), 16, time.Now())
	if len(got.got) != 1 || client.count() != before {
		t.Errorf("without a TUN something passed: %+v", client.count())
	}
	in.nic.mu.Lock()
	defer in.nic.mu.Unlock()
	if len(in.nic.queue) > 0 {
		t.Error("the stack has answered for the world")
	}
}

// TestOneProviderCantAnswerForAnother has two sessions on one device.
func TestOneProviderCantAnswerForAnother(t *testing.T) {
	a := newPeer(Peer{Key: Key{1}, Inner: []netip.Addr{device4}, Own: []netip.Addr{client4}}, 10)
	b := newPeer(Peer{Key: Key{2}, Inner: []netip.Addr{device6}, Own: []netip.Addr{other4}}, 10)
	in, got := newInside(t, nil, a, b)
	defer in.end()
	slab, packets := slabOf([][]byte{segmentOf{src: here4, dst: there4, flags: flagSYN}.bytes()})
	if in.kernel.admit(slab, packets, time.Now()) != 1 {
		t.Fatal("a packet doesn't leave")
	}
	answer := segmentOf{src: there4, dst: here4, flags: flagSYN | flagACK}.bytes()
	in.divide(b, copies([][]byte{answer}, 16), 16, time.Now())
	if len(got.got) > 0 || b.count() != (Count{}) {
		t.Error("another provider's packet came in")
	}
	in.divide(a, copies([][]byte{answer}, 16), 16, time.Now())
	if len(got.got) != 1 {
		t.Error("the provider's own did not")
	}
}

func TestConnectionsThroughATUNAreClamped(t *testing.T) {
	p := newPeer(Peer{Key: Key{1}, Inner: []netip.Addr{device4}, Own: []netip.Addr{client4}}, 10)
	in, got := newInside(t, nil, p)
	defer in.end()
	in.mtu.Store(1280)
	mss := []byte{2, 4, 5, 180}
	slab, packets := slabOf([][]byte{segmentOf{src: here4, dst: there4, flags: flagSYN, options: mss}.bytes()})
	in.kernel.admit(slab, packets, time.Now())
	answer := segmentOf{src: there4, dst: here4, flags: flagSYN | flagACK, options: mss}.bytes()
	in.divide(p, copies([][]byte{answer}, 16), 16, time.Now())
	for _, raw := range [][]byte{bytesOf(slab, packets[0]), got.got[0]} {
		if size := int(raw[42])<<8 | int(raw[43]); size != 1240 {
			t.Errorf("segments of %d are agreed on", size)
		}
	}
}

func TestRowsEndWithTheirFlow(t *testing.T) {
	data := segmentOf{src: here4, dst: there4, flags: flagACK, payload: make([]byte, 9)}
	six := segmentOf{src: here6, dst: there6, flags: flagACK, payload: make([]byte, 9)}
	change := func(s segmentOf, f func(*segmentOf)) []byte { f(&s); return s.bytes() }
	at := func(a netip.AddrPort, port uint16) netip.AddrPort { return netip.AddrPortFrom(a.Addr(), port) }
	for name, b := range map[string][]byte{
		"source port":      change(data, func(s *segmentOf) { s.src = at(s.src, 7) }),
		"destination port": change(data, func(s *segmentOf) { s.dst = at(s.dst, 7) }),
		"source":           change(data, func(s *segmentOf) { s.src = netip.AddrPortFrom(other4, s.src.Port()) }),
		"destination":      change(data, func(s *segmentOf) { s.dst = netip.AddrPortFrom(other4, s.dst.Port()) }),
		"first":            change(data, func(s *segmentOf) { s.flags = flagSYN }),
		"reset":            change(data, func(s *segmentOf) { s.flags = flagRST }),
		"fragment":         change(data, func(s *segmentOf) { s.fragment = 0x2000 }),
		"cut short":        data.bytes()[:45],
		"version":          six.bytes(),
		"another protocol": datagramBytes(here4, there4, make([]byte, 30)),
	} {
		if sameFlow(data.bytes(), b) || sameFlow(b, data.bytes()) && name != "cut short" {
			t.Errorf("%s: the same flow", name)
		}
	}
	for name, b := range map[string][]byte{
		"source port of 6": change(six, func(s *segmentOf) { s.src = at(s.src, 7) }),
		"destination of 6": change(six, func(s *segmentOf) { s.dst = netip.AddrPortFrom(device6, s.dst.Port()) }),
		"source of 6":      change(six, func(s *segmentOf) { s.src = netip.AddrPortFrom(device6, s.src.Port()) }),
		"reset of 6":       change(six, func(s *segmentOf) { s.flags = flagRST }),
	} {
		if sameFlow(six.bytes(), b) {
			t.Errorf("%s: the same flow", name)
		}
	}
	if !sameFlow(data.bytes(), change(data, func(s *segmentOf) { s.seq, s.payload = 9, nil })) ||
		!sameFlow(six.bytes(), change(six, func(s *segmentOf) { s.seq, s.payload = 9, nil })) {
		t.Error("a row is not seen")
	}
}

func TestWhatIsNoHostIsNotRoutable(t *testing.T) {
	for _, a := range everyone {
		want := a == there4.Addr() || a == there6.Addr() || a.IsPrivate() && !a.Is4In6()
		if got := routable(a); got != want {
			t.Errorf("%v: routable %v", a, got)
		}
	}
}

// stingy lets n packets of a peer go, whatever they weigh.
type stingy struct{ n, asked int }

func (s *stingy) Take(time.Time, uint64, uint64) bool {
	s.asked++
	s.n--
	return s.n >= 0
}

func (s *stingy) Wait(time.Time, uint64, uint64) time.Duration { return 0 }

// TestShaperDropsBeforeItIsCounted: what the line has no room for is neither carried nor
// paid, and what the device itself says is not held up.
func TestShaperDropsBeforeItIsCounted(t *testing.T) {
	client := newPeer(Peer{Key: Key{1}, Inner: []netip.Addr{client4}}, 10)
	line := &stingy{n: 2}
	client.shaper = line
	in, _ := newInside(t, []netip.Addr{device4}, client)
	defer in.end()
	client.live.Store(true)
	client.allow(1 << 20)
	one := func(from netip.AddrPort) int {
		slab, packets := slabOf([][]byte{segmentOf{src: from, dst: netip.AddrPortFrom(client4, 4000), flags: flagSYN}.bytes()})
		return in.kernel.admit(slab, packets, time.Now())
	}
	if one(there4)+one(there4) != 2 {
		t.Fatal("what the line has room for did not pass")
	}
	before := client.count()
	if one(there4) != 0 || client.count() != before {
		t.Errorf("over the line: %+v counted after %+v", client.count(), before)
	}
	asked := line.asked
	if one(netip.AddrPortFrom(device4, 4511)) != 1 || line.asked != asked {
		t.Error("control was held up by the line")
	}
}
