package wireguard

import (
	"encoding/binary"
	"net/netip"
	"testing"
	"time"
)

// icmpBytes makes an ICMP message of the version that src is of.
func icmpBytes(src, dst netip.Addr, typ, code byte, body ...byte) []byte {
	b := datagramBytes(netip.AddrPortFrom(here4.Addr(), 0), netip.AddrPortFrom(there4.Addr(), 0), body)
	at := ipv4HeaderLen
	b[9] = protoICMPv4
	copy(b[12:], src.AsSlice())
	copy(b[16:], dst.AsSlice())
	if src.Is6() {
		v6 := make([]byte, ipv6HeaderLen, ipv6HeaderLen+len(b))
		b = append(v6, b[at:]...)
		at = ipv6HeaderLen
		b[0], b[6] = 0x60, protoICMPv6
		binary.BigEndian.PutUint16(b[4:], uint16(len(b)-at))
		copy(b[8:], src.AsSlice())
		copy(b[24:], dst.AsSlice())
	}
	b[at], b[at+1] = typ, code
	binary.BigEndian.PutUint32(b[at+4:], 0)
	return b
}

func pingBytes(src, dst netip.Addr, typ byte, id uint16) []byte {
	b := icmpBytes(src, dst, typ, 0)
	at := len(b) - icmpHeaderLen
	binary.BigEndian.PutUint16(b[at+4:], id)
	return b
}

func TestAnswersAreToldFromTheRest(t *testing.T) {
	now := time.Unix(1e9, 0)
	a := newAsks()
	udp := func(src, dst netip.AddrPort) []byte { return datagramBytes(src, dst, make([]byte, 30)) }
	must := func(raw []byte) packet {
		p, ok := parse(raw)
		if !ok {
			t.Fatal("does not parse")
		}
		return p
	}
	out := func(raw []byte) { a.out(must(raw), now) }
	in := func(what string, want bool, raw []byte) {
		t.Helper()
		if got := a.in(must(raw), now); got != want {
			t.Errorf("%s: let in %v", what, got)
		}
	}
	stranger := netip.MustParseAddrPort("198.41.0.5:80")
	syn := segmentOf{src: here4, dst: there4, flags: flagSYN}.bytes()
	answer := segmentOf{src: there4, dst: here4, flags: flagSYN | flagACK}.bytes()
	in("before the question", false, answer)
	out(syn)
	in("the answer", true, answer)
	in("a stranger's", false, segmentOf{src: stranger, dst: here4, flags: flagACK}.bytes())
	in("over UDP", false, udp(there4, here4))
	other := here4
	other = netip.AddrPortFrom(other.Addr(), other.Port()+1)
	in("to another port", false, segmentOf{src: there4, dst: other, flags: flagACK}.bytes())
	in("fragmentation needed for it", true, icmpBytes(stranger.Addr(), here4.Addr(), 3, 4, syn[:28]...))
	in("an error about another's", false, icmpBytes(stranger.Addr(), here4.Addr(), 3, 4, udp(here4, there4)[:28]...))
	in("an error about it to another address", false, icmpBytes(stranger.Addr(), other4, 3, 4, syn[:28]...))
	in("an error that quotes nothing", false, icmpBytes(stranger.Addr(), here4.Addr(), 3, 4))
	in("a redirect", false, icmpBytes(there4.Addr(), here4.Addr(), 5, 1, syn[:28]...))
	in("a ping", false, pingBytes(there4.Addr(), here4.Addr(), 8, 9))
	in("a pong to nothing", false, pingBytes(there4.Addr(), here4.Addr(), 0, 9))
	out(pingBytes(here4.Addr(), there4.Addr(), 8, 9))
	in("a pong", true, pingBytes(there4.Addr(), here4.Addr(), 0, 9))
	in("another's pong", false, pingBytes(there4.Addr(), here4.Addr(), 0, 10))
	in("an error about the ping", true, icmpBytes(stranger.Addr(), here4.Addr(), 11, 0, pingBytes(here4.Addr(), there4.Addr(), 8, 9)...))
	out(pingBytes(here6.Addr(), there6.Addr(), 128, 9))
	in("a pong of version 6", true, pingBytes(there6.Addr(), here6.Addr(), 129, 9))
	in("a router's advertisement", false, icmpBytes(there6.Addr(), here6.Addr(), 134, 0, make([]byte, 16)...))

	// The connection ends by a reset, the datagrams by nobody listening.
	out(segmentOf{src: here4, dst: there4, flags: flagRST}.bytes())
	in("after the reset", false, answer)
	out(udp(here4, there4))
	in("a datagram", true, udp(there4, here4))
	out(icmpBytes(here4.Addr(), there4.Addr(), 3, 3, udp(there4, here4)[:28]...))
	in("after the port was closed", false, udp(there4, here4))

	// Fragments come in behind their first.
	out(udp(here4, there4))
	first, later := udp(there4, here4), udp(there4, here4)
	binary.BigEndian.PutUint16(first[4:], 77)
	binary.BigEndian.PutUint16(first[6:], 0x2000)
	binary.BigEndian.PutUint16(later[4:], 77)
	binary.BigEndian.PutUint16(later[6:], 5)
	in("a later fragment alone", false, later)
	in("a first fragment", true, first)
	in("the later one", true, later)
	binary.BigEndian.PutUint16(later[4:], 78)
	in("another's later one", false, later)

	// Silence ends all.
	now = now.Add(askOther)
	in("too late", false, udp(there4, here4))
	out(syn)
	now = now.Add(askTCP - time.Second)
	in("a silent connection", true, answer)
	now = now.Add(time.Second)
	in("a dead connection", false, answer)
}

func TestManyConversationsAreBounded(t *testing.T) {
	a := newAsks()
	now := time.Unix(1e9, 0)
	at := func(i int) netip.AddrPort {
		return netip.AddrPortFrom(netip.AddrFrom4([4]byte{45, byte(i >> 16), byte(i >> 8), byte(i)}), 53)
	}
	known := 0
	for i := range 3 * asksSets * asksWays {
		a.out(mustParse(t, datagramBytes(here4, at(i), nil)), now.Add(time.Duration(i)*time.Millisecond))
	}
	now = now.Add(100 * time.Second)
	for i := range 3 * asksSets * asksWays {
		if a.in(mustParse(t, datagramBytes(at(i), here4, nil)), now) {
			known++
		}
	}
	if known == 0 || known > asksSets*asksWays {
		t.Errorf("%d conversations are remembered", known)
	}
	// The newest is among them.
	if last := at(3*asksSets*asksWays - 1); !a.in(mustParse(t, datagramBytes(last, here4, nil)), now) {
		t.Error("the newest is forgotten")
	}
}

func mustParse(t *testing.T, raw []byte) packet {
	t.Helper()
	p, ok := parse(raw)
	if !ok {
		t.Fatal("does not parse")
	}
	return p
}
