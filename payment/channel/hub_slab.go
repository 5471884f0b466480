package channel

import "encoding/binary"

// slab holds byte strings of up to maxSlab bytes in large chunks without
// pointers, so that millions of them cost the garbage collector nothing. Room
// that is given free is taken again by strings of the same number of units.
type slab struct {
	chunks [][]byte
	used   uint32               // units of all chunks that were handed out at least once
	free   [maxUnits + 1]uint32 // the first free place of each size; each names the next
}

const (
	unit       = 16 // bytes
	chunkUnits = 64 << 10
	maxUnits   = 1024
	maxSlab    = maxUnits*unit - 2
)

// put stores a copy of b and returns where: never zero.
func (s *slab) put(b []byte) uint32 {
	n := units(len(b))
	at := s.free[n]
	if at != 0 {
		s.free[n] = binary.LittleEndian.Uint32(s.from(at))
	} else {
		at = s.take(n)
	}
	to := s.from(at)
	binary.LittleEndian.PutUint16(to, uint16(len(b)))
	copy(to[2:], b)
	return at
}

// take hands out units that were never used. None straddle two chunks: what is
// left of one is too small, and stays unused.
func (s *slab) take(n uint32) uint32 {
	if left := chunkUnits - s.used%chunkUnits; left < n {
		s.used += left
	}
	if s.used/chunkUnits == uint32(len(s.chunks)) {
		s.chunks = append(s.chunks, make([]byte, chunkUnits*unit))
	}
	at := s.used + 1
	s.used += n
	return at
}

// get returns what is stored at a place, until that is given free.
func (s *slab) get(at uint32) []byte {
	b := s.from(at)
	return b[2 : 2+binary.LittleEndian.Uint16(b)]
}

// drop gives a place free.
func (s *slab) drop(at uint32) {
	n := units(len(s.get(at)))
	binary.LittleEndian.PutUint32(s.from(at), s.free[n])
	s.free[n] = at
}

func (s *slab) from(at uint32) []byte {
	at--
	return s.chunks[at/chunkUnits][at%chunkUnits*unit:]
}

func units(length int) uint32 { return uint32(2+length+unit-1) / unit }
