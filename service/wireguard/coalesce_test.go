package wireguard

import (
	"bytes"
	"net/netip"
	"testing"

	"gvisor.dev/gvisor/pkg/buffer"
	"pgregory.net/rapid"
)

// collect runs packets through a coalescer and returns what comes out.
func collect(raws [][]byte) (out [][]byte) {
	var c coalescer
	deliver := func(v *buffer.View, _ bool) {
		out = append(out, bytes.Clone(v.AsSlice()))
		v.Release()
	}
	for _, raw := range raws {
		if p, ok := parse(raw); ok {
			c.add(p, deliver)
		}
	}
	c.flush(deliver)
	return out
}

// streams puts the payloads of segments in order, per flow, and refuses what a
// receiver could not put together.
func streams(t interface{ Fatalf(string, ...any) }, raws [][]byte) map[string][]byte {
	out := make(map[string][]byte)
	for _, raw := range raws {
		p, ok := parse(raw)
		if !ok || len(p.raw) != len(raw) {
			t.Fatalf("a packet of %d bytes does not parse", len(raw))
		}
		if p.proto != protoTCP || !p.hasPorts {
			continue
		}
		hdr := p.ipLen + int(p.raw[p.ipLen+12]>>4)*4
		k := p.src.String() + ">" + p.dst.String()
		out[k] = append(out[k], p.raw[hdr:]...)
	}
	return out
}

func TestConsecutiveSegmentsBecomeOne(t *testing.T) {
	for _, ends := range [][2]netip.AddrPort{{there4, here4}, {there6, here6}} {
		var raws [][]byte
		var want []byte
		for i := range 10 {
			payload := bytes.Repeat([]byte{byte(i)}, 1000)
			flags := byte(flagACK)
			if i == 9 {
				flags |= flagPSH
			}
			raws = append(raws, segmentOf{src: ends[0], dst: ends[1], seq: 0xffffff00 + uint32(i*1000), flags: flags, payload: payload, options: make([]byte, 12)}.bytes())
			want = append(want, payload...)
		}
		out := collect(raws)
		if len(out) != 1 {
			t.Fatalf("%d packets, want one", len(out))
		}
		p, _ := parse(out[0])
		hdr, payload := tcpPayload(p)
		if !bytes.Equal(payload, want) || p.raw[p.ipLen+13] != flagACK|flagPSH || len(p.raw) != len(out[0]) || hdr != p.ipLen+32 {
			t.Fatalf("%d bytes of payload, flags %d", len(payload), p.raw[p.ipLen+13])
		}
	}
}

func TestDifferentSegmentsStayApart(t *testing.T) {
	base := segmentOf{src: there4, dst: here4, seq: 1000, flags: flagACK, payload: make([]byte, 100), options: make([]byte, 12)}
	next := base
	next.seq = 1100
	for name, change := range map[string]func(*segmentOf){
		"gap":             func(s *segmentOf) { s.seq++ },
		"acknowledgement": func(s *segmentOf) { s.ack++ },
		"window":          func(s *segmentOf) { s.window++ },
		"options":         func(s *segmentOf) { s.options = append(make([]byte, 11), 1) },
		"fewer options":   func(s *segmentOf) { s.options = nil },
		"end":             func(s *segmentOf) { s.flags |= flagFIN },
		"reset":           func(s *segmentOf) { s.flags |= flagRST },
		"urgent":          func(s *segmentOf) { s.flags |= 32 },
		"no payload":      func(s *segmentOf) { s.payload = nil },
		"other port":      func(s *segmentOf) { s.src = netip.AddrPortFrom(s.src.Addr(), 81) },
		"fragment":        func(s *segmentOf) { s.fragment = 0x2000 },
		"time to live":    func(s *segmentOf) { s.ttl = 63 },
	} {
		second := next
		second.options = append([]byte(nil), next.options...)
		change(&second)
		in := [][]byte{base.bytes(), second.bytes()}
		out := collect(in)
		if len(out) != 2 || !bytes.Equal(out[0], in[0]) || !bytes.Equal(out[1], in[1]) {
			t.Errorf("%s: %d packets come out", name, len(out))
		}
	}
	base.fragment, next.fragment = 0x2000, 0x2000
	if out := collect([][]byte{base.bytes(), next.bytes()}); len(out) != 2 {
		t.Errorf("two fragments become one")
	}
	base.fragment, next.fragment = 0, 0
	if out := collect([][]byte{base.bytes(), next.bytes()}); len(out) != 1 {
		t.Errorf("the two that should join don't")
	}
}

func TestJoinedSegmentsFitAnIPPacket(t *testing.T) {
	var raws [][]byte
	for i := range 100 {
		raws = append(raws, segmentOf{src: there4, dst: here4, seq: uint32(i * 1400), flags: flagACK, payload: make([]byte, 1400)}.bytes())
	}
	out := collect(raws)
	if len(out) != 3 {
		t.Errorf("%d packets, want 3", len(out))
	}
	for _, raw := range out {
		if len(raw) > maxRun {
			t.Errorf("a packet of %d bytes", len(raw))
		}
	}
	if got := streams(t, out); len(got[there4.String()+">"+here4.String()]) != 140000 {
		t.Error("bytes are lost")
	}
}

// TestJoiningChangesNoStream joins random mixtures of flows, and compares the bytes
// of every flow before and after.
func TestJoiningChangesNoStream(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		next := make(map[int]uint32)
		var raws [][]byte
		for range rapid.IntRange(1, 80).Draw(t, "packets") {
			flow := rapid.IntRange(0, 20).Draw(t, "flow")
			s := segmentOf{
				src: netip.AddrPortFrom(there4.Addr(), uint16(1+flow)), dst: here4, flags: flagACK,
				payload: rapid.SliceOfN(rapid.Byte(), 0, 50).Draw(t, "payload"),
			}
			if rapid.IntRange(0, 9).Draw(t, "six") == 0 {
				s.src, s.dst = netip.AddrPortFrom(there6.Addr(), uint16(1+flow)), here6
			}
			if rapid.IntRange(0, 9).Draw(t, "special") == 0 {
				s.flags |= rapid.Byte().Draw(t, "flags")
			}
			if rapid.IntRange(0, 9).Draw(t, "jump") == 0 {
				next[flow] += 7
			}
			s.seq = next[flow]
			next[flow] += uint32(len(s.payload))
			raws = append(raws, s.bytes())
		}
		before, after := streams(t, raws), streams(t, collect(raws))
		if len(before) != len(after) {
			t.Fatalf("%d flows became %d", len(before), len(after))
		}
		for k, b := range before {
			if !bytes.Equal(b, after[k]) {
				t.Fatalf("flow %s has changed: %d bytes, then %d", k, len(b), len(after[k]))
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add(segmentOf{src: there4, dst: here4, flags: flagACK, payload: []byte("x")}.bytes())
	f.Add(segmentOf{src: there6, dst: here6, flags: flagSYN}.bytes())
	f.Add([]byte{0x45})
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, ok := parse(raw)
		if !ok {
			return
		}
		if len(p.raw) > len(raw) || p.ipLen > len(p.raw) {
			t.Fatalf("%x: parsed beyond its end", raw)
		}
		other := segmentOf{src: there4, dst: here4, seq: uint32(len(raw)), flags: flagACK, payload: []byte("y")}.bytes()
		collect([][]byte{raw, other, raw, raw})
	})
}
