package wireguard

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/tailscale/wireguard-go/tun"
	"gvisor.dev/gvisor/pkg/buffer"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
	"pgregory.net/rapid"
)

// large makes the packet that a stack hands over: headers in front, the payload in
// pieces, one checksum to be computed.
func large(s segmentOf, mss int, pieces ...[]byte) *stack.PacketBuffer {
	raw := s.bytes()
	ipLen, proto, gso := ipv4HeaderLen, header.IPv4ProtocolNumber, stack.GSOTCPv4
	if s.src.Addr().Is6() {
		ipLen, proto, gso = ipv6HeaderLen, header.IPv6ProtocolNumber, stack.GSOTCPv6
	}
	var payload buffer.Buffer
	for _, b := range pieces {
		_ = payload.Append(buffer.NewViewWithData(b))
	}
	pkt := stack.NewPacketBuffer(stack.PacketBufferOptions{ReserveHeaderBytes: len(raw) + 20, Payload: payload})
	copy(pkt.TransportHeader().Push(len(raw)-ipLen), raw[ipLen:])
	copy(pkt.NetworkHeader().Push(ipLen), raw[:ipLen])
	pkt.NetworkProtocolNumber = proto
	ip := pkt.NetworkHeader().Slice()
	if ipLen == ipv4HeaderLen {
		binary.BigEndian.PutUint16(ip[2:], uint16(pkt.Size()))
		setIPv4Checksum(ip)
	} else {
		binary.BigEndian.PutUint16(ip[4:], uint16(pkt.Size()-ipLen))
	}
	pkt.GSOOptions = stack.GSO{Type: gso, NeedsCsum: true, MSS: uint16(mss), L3HdrLen: uint16(ipLen)}
	return pkt
}

// cut runs pkt through outgoing with slabs of a size.
func cut(t interface{ Fatalf(string, ...any) }, pkt *stack.PacketBuffer, slab, most int) (out [][]byte) {
	var o outgoing
	o.start(pkt)
	count, sum := o.packets()
	for o.pkt != nil {
		b := make([]byte, slab)
		packets := make([]tun.ReadPacket, most)
		n, end := o.fill(b, tun.ReadPacketSpacing, packets)
		if n == 0 || end > len(b) {
			t.Fatalf("%d packets up to %d of %d", n, end, len(b))
		}
		for i, p := range packets[:n] {
			if i > 0 && p.Offset-packets[i-1].Offset-packets[i-1].Size < tun.ReadPacketSpacing || p.Offset < tun.ReadPacketSpacing {
				t.Fatalf("packets without space between them")
			}
			out = append(out, bytes.Clone(b[p.Offset:p.Offset+p.Size]))
		}
	}
	got := 0
	for _, raw := range out {
		got += len(raw)
	}
	if len(out) != count || got != sum {
		t.Fatalf("announced %d packets of %d bytes, came %d of %d", count, sum, len(out), got)
	}
	return out
}

func TestLargePiecesAreCutToSegments(t *testing.T) {
	for _, s := range []segmentOf{
		{src: here4, dst: there4, seq: 0xfffffff0, ack: 7, flags: flagACK | flagPSH | flagFIN, options: make([]byte, 12)},
		{src: here6, dst: there6, seq: 0xfffffff0, ack: 7, flags: flagACK | flagPSH | flagFIN, options: make([]byte, 12)},
	} {
		payload := make([]byte, 5000)
		for i := range payload {
			payload[i] = byte(i * 7)
		}
		out := cut(t, large(s, 1368, payload[:1], payload[1:3000], payload[3000:]), 1<<17, 128)
		if len(out) != 4 {
			t.Fatalf("%d segments, want 4", len(out))
		}
		var got []byte
		for i, raw := range out {
			p, ok := parse(raw)
			if !ok || len(p.raw) != len(raw) || !checksumsHold(raw, p.ipLen) {
				t.Fatalf("segment %d is malformed", i)
			}
			tcp := raw[p.ipLen:]
			if seq := binary.BigEndian.Uint32(tcp[4:]); seq != s.seq+uint32(len(got)) {
				t.Errorf("segment %d has number %d", i, seq)
			}
			if want := byte(flagACK); i < 3 && tcp[13] != want || i == 3 && tcp[13] != s.flags {
				t.Errorf("segment %d has flags %d", i, tcp[13])
			}
			if s.src.Addr().Is4() && binary.BigEndian.Uint16(raw[4:]) != uint16(i) {
				t.Errorf("segment %d has no identification of its own", i)
			}
			got = append(got, tcp[tcpHeaderLen+12:]...)
		}
		if !bytes.Equal(got, payload) {
			t.Error("the payload has changed")
		}
	}
}

// TestCuttingAndJoiningIsTheIdentity cuts random pieces, with whatever room there is,
// and joins them again.
func TestCuttingAndJoiningIsTheIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := segmentOf{src: here4, dst: there4, seq: rapid.Uint32().Draw(t, "seq"), flags: flagACK}
		if rapid.Bool().Draw(t, "six") {
			s.src, s.dst = here6, there6
		}
		var pieces [][]byte
		var want []byte
		for range rapid.IntRange(1, 5).Draw(t, "pieces") {
			b := bytes.Repeat([]byte{byte(len(pieces) + 1)}, rapid.IntRange(1, 12000).Draw(t, "length"))
			pieces = append(pieces, b)
			want = append(want, b...)
		}
		mss := rapid.IntRange(500, 1400).Draw(t, "mss")
		out := cut(t, large(s, mss, pieces...), rapid.IntRange(2000, 1<<17).Draw(t, "slab"), rapid.IntRange(1, 128).Draw(t, "most"))
		for _, raw := range out {
			p, ok := parse(raw)
			if !ok || !checksumsHold(raw, p.ipLen) || len(raw) > mss+60 {
				t.Fatalf("a malformed segment of %d bytes", len(raw))
			}
		}
		if got := streams(t, collect(out))[s.src.String()+">"+s.dst.String()]; !bytes.Equal(got, want) {
			t.Fatalf("%d bytes became %d", len(want), len(got))
		}
	})
}

func TestSmallPacketsGoAsTheyAre(t *testing.T) {
	s := segmentOf{src: here4, dst: there4, flags: flagSYN}
	out := cut(t, large(s, 1368), 1<<17, 128)
	if len(out) != 1 || !checksumsHold(out[0], ipv4HeaderLen) {
		t.Fatalf("%d packets", len(out))
	}
	out = cut(t, large(s, 1368, make([]byte, 1368)), 1<<17, 128)
	if len(out) != 1 || len(out[0]) != 1408 || !checksumsHold(out[0], ipv4HeaderLen) {
		t.Fatalf("%d packets", len(out))
	}
}
