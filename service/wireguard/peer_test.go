package wireguard

import (
	"context"
	"encoding/binary"
	"net/netip"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wherrynet/wherry"
)

func TestSpendingStopsAtTheAllowance(t *testing.T) {
	p := newPeer(Peer{Key: Key{1}}, 10)
	if p.spend(&p.in, 1, false) {
		t.Error("without an allowance something passes")
	}
	if !p.spend(&p.in, FirstSlack, true) || p.spend(&p.in, 1, true) {
		t.Error("control passes up to the first slack, and no further")
	}
	p.allow(FirstSlack + 1000)
	if !p.spend(&p.out, 1000, false) || p.spend(&p.out, 1, false) {
		t.Error("the allowance is not exact")
	}
	p.allow(5) // never goes back
	if !p.spend(&p.out, ControlSlack, true) || p.spend(&p.out, 1, true) {
		t.Error("the slack does not start again with an allowance")
	}
	if got := p.count(); got != (Count{In: FirstSlack, Out: 1000 + ControlSlack}) {
		t.Errorf("counted %+v", got)
	}
	p.allow(^uint64(0))
	if !p.spend(&p.in, 1<<40, true) || p.spend(&p.in, ^uint64(0), true) {
		t.Error("very large numbers wrap around")
	}
}

func TestSpendingIsExactUnderRaces(t *testing.T) {
	p := newPeer(Peer{Key: Key{1}}, 10)
	p.allow(100_000)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 10_000 {
				p.spend(&p.in, 7, false)
				p.spend(&p.out, 5, false)
			}
		})
	}
	all.Wait()
	if used := p.count().Total(); used > 100_000 || used < 100_000-12 || used != p.used.Load() {
		t.Errorf("%d of 100000 are spent", used)
	}
}

func TestNeverMoreThanAllowedPlusSlack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newPeer(Peer{Key: Key{1}}, 10)
		var allowed uint64
		for range rapid.IntRange(1, 50).Draw(t, "steps") {
			switch rapid.IntRange(0, 3).Draw(t, "kind") {
			case 0:
				n := rapid.Uint64Range(0, 1<<20).Draw(t, "allow")
				p.allow(n)
				allowed = max(allowed, n)
			case 1:
				before := p.used.Load()
				n := rapid.Uint64Range(0, 1<<18).Draw(t, "data")
				if p.spend(&p.in, n, false) != (before+n <= allowed) {
					t.Fatalf("%d after %d of %d", n, before, allowed)
				}
			default:
				p.spend(&p.out, rapid.Uint64Range(0, 1<<17).Draw(t, "control"), true)
			}
			if p.used.Load() > allowed+ControlSlack || p.count().Total() != p.used.Load() {
				t.Fatalf("%d of %d are used", p.used.Load(), allowed)
			}
		}
	})
}

func TestRoomWaitsForTheAllowance(t *testing.T) {
	p := newPeer(Peer{Key: Key{1}}, 10)
	p.allow(10_000)
	n, err := p.room(t.Context(), 64<<10)
	if err != nil || n == 0 || wireCost(uint64(n)) > 10_000 {
		t.Fatalf("room for %d, %v", n, err)
	}
	p.spend(&p.out, 9_500, false)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if n, err := p.room(ctx, 5000); err == nil {
		t.Fatalf("room for %d where there is none", n)
	}
	got := make(chan int)
	go func() {
		n, _ := p.room(t.Context(), 5000)
		got <- n
	}()
	p.allow(1 << 30)
	select {
	case n := <-got:
		if n != 5000 {
			t.Errorf("room for %d", n)
		}
	case <-time.After(5 * time.Second):
		t.Error("nobody noticed the new allowance")
	}
}

func TestPeersShareNothing(t *testing.T) {
	a4, b4 := netip.MustParseAddr("10.0.0.2"), netip.MustParseAddr("10.0.0.3")
	ps := newPeers([]netip.Addr{netip.MustParseAddr("10.0.0.1")})
	key := func(first, last byte) (k Key) { k[0], k[31] = first, last; return k }
	if err := ps.add(newPeer(Peer{Key: key(1, 1), Inner: []netip.Addr{a4}}, 1)); err != nil {
		t.Fatal(err)
	}
	for name, p := range map[string]Peer{
		"same key":            {Key: key(1, 1), Inner: []netip.Addr{b4}},
		"same flow number":    {Key: key(1, 2), Inner: []netip.Addr{b4}},
		"same address":        {Key: key(2, 1), Inner: []netip.Addr{a4}},
		"the device's own":    {Key: key(2, 1), Inner: []netip.Addr{netip.MustParseAddr("10.0.0.1")}},
		"own is other's":      {Key: key(2, 1), Inner: []netip.Addr{b4}, Own: []netip.Addr{a4}},
		"own is the device's": {Key: key(2, 1), Inner: []netip.Addr{b4}, Own: []netip.Addr{netip.MustParseAddr("10.0.0.1")}},
	} {
		if err := ps.add(newPeer(p, 1)); wherry.CodeOf(err) != wherry.Conflict {
			t.Errorf("%s: %v, want a conflict", name, err)
		}
	}
	if ps.remove(key(1, 1)) == nil || ps.remove(key(1, 1)) != nil || ps.byInner(a4) != nil || ps.byFlow(1) != nil {
		t.Error("a removed peer is still there")
	}
	if err := ps.add(newPeer(Peer{Key: key(1, 2), Inner: []netip.Addr{a4}}, 1)); err != nil {
		t.Errorf("what was free again is not: %v", err)
	}
}

// consumerNIC is the inside of a consumer's device whose provider is peer.
func consumerNIC(t *testing.T) (*nic, *peer) {
	t.Helper()
	ps := newPeers(nil)
	p := newPeer(Peer{
		Key:   Key{1},
		Inner: []netip.Addr{netip.MustParseAddr("10.0.0.1")},
		Own:   []netip.Addr{here4.Addr()},
	}, 10)
	if err := ps.add(p); err != nil {
		t.Fatal(err)
	}
	n := newNIC(DefaultMTU, ps)
	s, err := newStack(n, p.Own, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		n.close()
		s.Destroy()
	})
	return n, p
}

func (n *nic) write(p *peer, raws ...[]byte) {
	flow := binary.LittleEndian.Uint32(p.Key[:4])
	_, _ = (&inside{nic: n}).WriteTo(int(flow), raws, 0)
}

func TestUnaskedPacketsAreNotCounted(t *testing.T) {
	n, p := consumerNIC(t)
	syn := segmentOf{src: there4, dst: here4, flags: flagSYN}
	data := segmentOf{src: there4, dst: here4, flags: flagACK, payload: make([]byte, 1000)}
	for range 100 {
		n.write(p, syn.bytes(), data.bytes())
	}
	stranger := data
	stranger.dst = netip.MustParseAddrPort("10.0.0.9:1000")
	n.write(p, stranger.bytes())
	if got := p.count().In; got != 0 {
		t.Fatalf("%d bytes that nobody asked for are counted", got)
	}
	// Answers to strays are few.
	n.mu.Lock()
	answers := len(n.queue)
	n.mu.Unlock()
	if answers > 2 {
		t.Errorf("%d answers to packets that nobody asked for", answers)
	}

	// With a socket that waits for it, the same packet counts; not if another provider
	// sends it.
	other := newPeer(Peer{Key: Key{2}, Inner: []netip.Addr{netip.MustParseAddr("10.1.0.1")}, Own: []netip.Addr{netip.MustParseAddr("10.1.0.2")}}, 10)
	if err := n.peers.add(other); err != nil {
		t.Fatal(err)
	}
	d := &Device{stack: n.stack, peers: n.peers, nic: n}
	c, err := (&Tunnel{d: d, p: p}).Dial(t.Context(), "udp", netip.MustParseAddrPort("198.41.0.4:53"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	local := netip.MustParseAddrPort(c.LocalAddr().String())
	answer := datagramBytes(netip.MustParseAddrPort("198.41.0.4:53"), local, make([]byte, 100))
	n.write(p, answer, datagramBytes(netip.MustParseAddrPort("198.41.0.5:53"), local, make([]byte, 100)))
	n.write(other, answer)
	if got := other.count().In; got != 0 {
		t.Errorf("%d bytes of another's conversation are counted", got)
	}
	if got := p.count().In; got != uint64(len(answer)+overhead) {
		t.Errorf("%d bytes are counted, want %d", got, len(answer)+overhead)
	}
}

func TestPacketsOfNobodyAreDropped(t *testing.T) {
	n, p := consumerNIC(t)
	flow := int(binary.LittleEndian.Uint32(p.Key[:4]))
	for _, f := range []int{flow + 1, 0} {
		if k, err := (&inside{nic: n}).WriteTo(f, [][]byte{segmentOf{src: there4, dst: here4, flags: flagSYN}.bytes()}, 0); k != 1 || err != nil {
			t.Errorf("flow %d: %d, %v", f, k, err)
		}
	}
	n.write(p, nil, []byte{0x45}, []byte{0x60, 0}, make([]byte, 100))
	if got := p.count(); got != (Count{}) {
		t.Errorf("counted %+v", got)
	}
}

func TestProviderTakesPacketsFromPeersOwnAddressesOnly(t *testing.T) {
	own := []netip.Addr{netip.MustParseAddr("10.0.0.1")}
	ps := newPeers(own)
	p := newPeer(Peer{Key: Key{1}, Inner: []netip.Addr{here4.Addr()}}, 10)
	p.allow(1 << 30)
	if err := ps.add(p); err != nil {
		t.Fatal(err)
	}
	n := newNIC(DefaultMTU, ps)
	for _, c := range []struct {
		what     string
		src, dst netip.AddrPort
		proto    byte
		ok       bool
	}{
		{"tcp out", here4, there4, protoTCP, true},
		{"another's address", netip.MustParseAddrPort("10.0.0.3:1"), there4, protoTCP, false},
		{"ping to the device", here4, netip.AddrPortFrom(own[0], 0), protoICMPv4, true},
		{"ping through it", here4, there4, protoICMPv4, false},
		{"another protocol", here4, there4, 47, false},
	} {
		raw := segmentOf{src: c.src, dst: c.dst, flags: flagSYN}.bytes()
		raw[9] = c.proto
		in, ok := parse(raw)
		if !ok {
			t.Fatal("does not parse")
		}
		if got := n.accept(p, in, &askedCache{}); got != c.ok {
			t.Errorf("%s: %v", c.what, got)
		}
	}
}

func datagramBytes(src, dst netip.AddrPort, payload []byte) []byte {
	b := make([]byte, ipv4HeaderLen+udpHeaderLen, ipv4HeaderLen+udpHeaderLen+len(payload))
	b = append(b, payload...)
	b[0], b[8], b[9] = 0x45, 64, protoUDP
	binary.BigEndian.PutUint16(b[2:], uint16(len(b)))
	copy(b[12:], src.Addr().AsSlice())
	copy(b[16:], dst.Addr().AsSlice())
	setIPv4Checksum(b)
	u := b[ipv4HeaderLen:]
	binary.BigEndian.PutUint16(u, src.Port())
	binary.BigEndian.PutUint16(u[2:], dst.Port())
	binary.BigEndian.PutUint16(u[4:], uint16(len(u)))
	return b
}
