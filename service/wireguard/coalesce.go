package wireguard

import (
	"bytes"
	"encoding/binary"
	"net/netip"
	"sync"

	"gvisor.dev/gvisor/pkg/buffer"
)

// coalescer joins consecutive TCP segments of a flow into one large one before the
// stack sees them, which then walks its code once instead of forty times. It only
// joins segments that differ in nothing but their place in the stream.
type coalescer struct {
	runs [maxRuns]run
	n    int
}

// maxRuns is how many flows can be joined at once within a batch; a batch rarely
// has more.
const maxRuns = 16

// maxRun bounds what is joined: an IPv4 packet's length field has 16 bits.
const maxRun = 65535

// run is a row of segments to be joined.
type run struct {
	src, dst netip.AddrPort
	first    packet
	hdr      int // bytes of headers of the first
	seq      uint32
	size     int // bytes in all, headers of the first included
	push     bool
	parts    [][]byte // payloads after the first
}

var coalescers = sync.Pool{New: func() any { return new(coalescer) }}

// add takes a packet. What is complete goes to deliver, in the order of its flow.
func (c *coalescer) add(p packet, deliver func(*buffer.View, bool)) {
	hdr, payload := tcpPayload(p)
	if hdr == 0 {
		if p.proto == protoTCP && p.hasPorts {
			c.flushFlow(p, deliver)
		}
		deliver(viewOf(p.raw, len(p.raw)), p.raw[0]>>4 == 6)
		return
	}
	seq := binary.BigEndian.Uint32(p.raw[p.ipLen+4:])
	push := p.raw[p.ipLen+13]&flagPSH != 0
	for i := range c.n {
		r := &c.runs[i]
		if r.src != p.src || r.dst != p.dst {
			continue
		}
		if seq == r.seq && r.size+len(payload) <= maxRun && sameHeaders(r.first, p, r.hdr, hdr) {
			r.parts = append(r.parts, payload)
			r.size += len(payload)
			r.seq += uint32(len(payload))
			r.push = r.push || push
			return
		}
		r.flush(deliver)
		r.begin(p, hdr, seq+uint32(len(payload)), push)
		return
	}
	if c.n == maxRuns {
		c.flush(deliver)
	}
	c.runs[c.n].begin(p, hdr, seq+uint32(len(payload)), push)
	c.n++
}

// flush delivers everything.
func (c *coalescer) flush(deliver func(*buffer.View, bool)) {
	for i := range c.n {
		c.runs[i].flush(deliver)
	}
	c.n = 0
}

// flushFlow delivers what there is of the flow of p.
func (c *coalescer) flushFlow(p packet, deliver func(*buffer.View, bool)) {
	for i := range c.n {
		if r := &c.runs[i]; r.src == p.src && r.dst == p.dst {
			r.flush(deliver)
			c.n--
			c.runs[i], c.runs[c.n] = c.runs[c.n], c.runs[i]
			return
		}
	}
}

func (r *run) begin(p packet, hdr int, seq uint32, push bool) {
	r.src, r.dst, r.first, r.hdr, r.seq, r.push = p.src, p.dst, p, hdr, seq, push
	r.size, r.parts = len(p.raw), r.parts[:0]
}

func (r *run) flush(deliver func(*buffer.View, bool)) {
	v := viewOf(r.first.raw, r.size)
	v6 := r.first.raw[0]>>4 == 6
	if len(r.parts) > 0 {
		for _, part := range r.parts {
			_, _ = v.Write(part) // a View's Write has room or makes it
		}
		raw := v.AsSlice()
		if r.push {
			raw[r.first.ipLen+13] |= flagPSH
		}
		if v6 {
			binary.BigEndian.PutUint16(raw[4:], uint16(r.size-ipv6HeaderLen))
		} else {
			binary.BigEndian.PutUint16(raw[2:], uint16(r.size))
			setIPv4Checksum(raw)
		}
		clear(r.parts)
	}
	r.first = packet{}
	deliver(v, v6)
}

// viewOf copies raw into a buffer of the stack's with room for size bytes.
func viewOf(raw []byte, size int) *buffer.View {
	v := buffer.NewView(size)
	_, _ = v.Write(raw)
	return v
}

// tcpPayload returns the length of the headers and the payload of a segment that
// may be joined with others, and 0 for any other packet.
func tcpPayload(p packet) (hdr int, payload []byte) {
	if p.proto != protoTCP || !p.hasPorts || !p.whole {
		return 0, nil
	}
	if p.raw[0]>>4 == 4 && p.ipLen != ipv4HeaderLen {
		return 0, nil
	}
	tcp := p.raw[p.ipLen:]
	if tcp[13]&^flagPSH != flagACK {
		return 0, nil
	}
	hdr = p.ipLen + int(tcp[12]>>4)*4
	if hdr < p.ipLen+tcpHeaderLen || hdr >= len(p.raw) {
		return 0, nil
	}
	return hdr, p.raw[hdr:]
}

// sameHeaders reports whether b may follow a in one segment: all of the headers is
// equal but lengths, checksums, the identification, the sequence number and PSH.
func sameHeaders(a, b packet, aHdr, bHdr int) bool {
	if aHdr != bHdr {
		return false
	}
	if a.raw[0]>>4 == 4 {
		if a.raw[1] != b.raw[1] || a.raw[8] != b.raw[8] || a.raw[6] != b.raw[6] {
			return false
		}
	} else if !bytes.Equal(a.raw[:4], b.raw[:4]) || a.raw[7] != b.raw[7] {
		return false
	}
	at, bt := a.raw[a.ipLen:aHdr], b.raw[b.ipLen:bHdr]
	return bytes.Equal(at[8:12], bt[8:12]) && // acknowledgement
		bytes.Equal(at[14:16], bt[14:16]) && // window
		bytes.Equal(at[tcpHeaderLen:], bt[tcpHeaderLen:]) // options
}
