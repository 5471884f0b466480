package codec

import (
	"encoding/binary"
	"math/bits"
)

// What follows reads and writes the same bytes as Unmarshal and Marshal without
// reflection, for the few messages of which a hub handles tens of thousands a
// second. A type that is read so is read by Unmarshal as well when its bytes are
// anything but the form that Marshal writes: so both agree on all that is taken.

// Major types of CBOR.
const (
	majorUint  = 0
	majorBytes = 2
	majorArray = 4
	majorMap   = 5
	null       = 0xf6
)

// Reader takes a value apart that is in the form that Marshal writes. After the
// first byte that is not as asked for, OK is false and all that is read is zero.
type Reader struct {
	b   []byte
	bad bool
}

// NewReader returns a Reader of b, which it does not change.
func NewReader(b []byte) *Reader { return &Reader{b: b} }

// OK reports whether everything was read as asked for, up to the end.
func (r *Reader) OK() bool { return !r.bad && len(r.b) == 0 }

// head reads the beginning of an item: of one length only, the shortest.
func (r *Reader) head(major byte) uint64 {
	if r.bad || len(r.b) == 0 || r.b[0]>>5 != major {
		r.bad = true
		return 0
	}
	v := uint64(r.b[0] & 0x1f)
	if r.b = r.b[1:]; v < 24 {
		return v
	}
	n := 1 << (v - 24)
	if v > 27 || len(r.b) < n {
		r.bad = true
		return 0
	}
	var w [8]byte
	copy(w[8-n:], r.b)
	r.b = r.b[n:]
	got := binary.BigEndian.Uint64(w[:])
	if headBytes(got) != n {
		r.bad = true
		return 0
	}
	return got
}

// headBytes returns how many bytes follow the first one of an item's beginning.
func headBytes(v uint64) int {
	switch n := bits.Len64(v); {
	case v < 24:
		return 0
	case n <= 8:
		return 1
	case n <= 16:
		return 2
	case n <= 32:
		return 4
	}
	return 8
}

// Uint reads a number.
func (r *Reader) Uint() uint64 { return r.head(majorUint) }

// Map reads the beginning of a map of exactly so many pairs.
func (r *Reader) Map(pairs uint64) { r.bad = r.head(majorMap) != pairs || r.bad }

// Key reads a map's next key, which has to be this one.
func (r *Reader) Key(key uint64) { r.bad = r.head(majorUint) != key || r.bad }

// Array reads the beginning of a list and returns how many items it has, at most
// so many; or false, for none at all, which is not the same as an empty list.
func (r *Reader) Array(most uint64) (int, bool) {
	if !r.bad && len(r.b) > 0 && r.b[0] == null {
		r.b = r.b[1:]
		return 0, false
	}
	n := r.head(majorArray)
	if n > most {
		r.bad = true
	}
	if r.bad {
		return 0, false
	}
	return int(n), true
}

// Fixed reads a string of exactly as many bytes as dst has into it.
func (r *Reader) Fixed(dst []byte) { copy(dst, r.bytes(len(dst), len(dst))) }

// Bytes returns a string of at most so many bytes. It is a part of what is read.
func (r *Reader) Bytes(most int) []byte { return r.bytes(0, most) }

func (r *Reader) bytes(least, most int) []byte {
	n := r.head(majorBytes)
	if r.bad || n < uint64(least) || n > uint64(most) || n > uint64(len(r.b)) {
		r.bad = true
		return nil
	}
	v := r.b[:n]
	r.b = r.b[n:]
	return v
}

// Fail makes OK false: what was read makes no sense.
func (r *Reader) Fail() { r.bad = true }

func appendHead(b []byte, major byte, v uint64) []byte {
	switch n := headBytes(v); n {
	case 0:
		return append(b, major<<5|byte(v))
	default:
		b = append(b, major<<5|byte(24+bits.Len8(uint8(n))-1))
		var w [8]byte
		binary.BigEndian.PutUint64(w[:], v)
		return append(b, w[8-n:]...)
	}
}

// AppendUint appends a number, or a map's key.
func AppendUint(b []byte, v uint64) []byte { return appendHead(b, majorUint, v) }

// AppendBytes appends a string of bytes.
func AppendBytes(b, v []byte) []byte {
	return append(appendHead(b, majorBytes, uint64(len(v))), v...)
}

// AppendMap appends the beginning of a map: its pairs follow, by their keys.
func AppendMap(b []byte, pairs int) []byte { return appendHead(b, majorMap, uint64(pairs)) }

// AppendArray appends the beginning of a list; of none at all unless there is one.
func AppendArray(b []byte, items int, is bool) []byte {
	if !is {
		return append(b, null)
	}
	return appendHead(b, majorArray, uint64(items))
}
