package wireguard

import (
	"bytes"
	"encoding/binary"
	"testing"
)

func TestSegmentSizeIsClamped(t *testing.T) {
	for _, c := range []struct {
		name      string
		v6        bool
		flags     byte
		options   []byte
		mtu, want int
	}{
		{"too large", false, flagSYN, []byte{1, 1, 4, 2, 2, 4, 0x05, 0xb4}, 1280, 1240},
		{"too large, version 6", true, flagSYN | flagACK, []byte{2, 4, 0x05, 0xa0}, 1280, 1220},
		{"small enough", false, flagSYN, []byte{2, 4, 0x02, 0x18}, 1280, 0x218},
		{"not the first", false, flagACK, []byte{2, 4, 0x05, 0xb4}, 1280, 1460},
		{"after the end of options", false, flagSYN, []byte{0, 0, 0, 0, 2, 4, 0x05, 0xb4}, 1280, 1460},
		{"a broken option before it", false, flagSYN, []byte{8, 0, 1, 1, 2, 4, 0x05, 0xb4}, 1280, 1460},
	} {
		s := segmentOf{src: here4, dst: there4, flags: c.flags, options: c.options}
		ipLen := ipv4HeaderLen
		if c.v6 {
			s.src, s.dst, ipLen = here6, there6, ipv6HeaderLen
		}
		raw := s.bytes()
		clampMSS(raw, c.mtu)
		at := bytes.LastIndex(raw, []byte{2, 4})
		if got := int(binary.BigEndian.Uint16(raw[at+2:])); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
		if !checksumsHold(raw, ipLen) {
			t.Errorf("%s: the checksum is wrong now", c.name)
		}
	}
}

// FuzzPacket gives anything to all that looks into packets.
func FuzzPacket(f *testing.F) {
	f.Add(segmentOf{src: here4, dst: there4, flags: flagSYN, options: []byte{2, 4, 5, 180}}.bytes())
	f.Add(segmentOf{src: here6, dst: there6, flags: flagSYN, options: []byte{2, 4, 5, 180}}.bytes())
	f.Add(pingBytes(here6.Addr(), there6.Addr(), 1, 9))
	f.Add(icmpBytes(here4.Addr(), there4.Addr(), 3, 4, segmentOf{src: here4, dst: there4}.bytes()...))
	a := newAsks()
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, ok := parse(raw)
		q, sub := parseAs(raw, true)
		if ok && !sub {
			t.Fatal("a whole packet is no beginning of one")
		}
		if sub && len(q.raw) > len(raw) {
			t.Fatal("longer than what there is")
		}
		sameFlow(raw, raw)
		clampMSS(bytes.Clone(raw), 1280)
		if ok {
			a.out(p, longAgo)
			a.in(p, longAgo)
		}
	})
}
