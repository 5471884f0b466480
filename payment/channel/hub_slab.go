package channel

import "encoding/binary"

// slab holds byte strings of up to maxSlab bytes in pieces of memory without
// pointers, so that millions of them cost the garbage collector nothing. A span is
// 64 KiB of strings of about one length; once its last one is given free, it
// serves any length again, so that strings which all grow leave no holes behind.
type slab struct {
	spans []span
	roomy [maxUnits + 1][]uint32 // spans that may have room, by units of a string
	empty []uint32
}

type span struct {
	data  []byte
	size  uint32 // units of each string; zero while empty
	live  uint32 // strings in it
	fresh uint32 // units that were handed out since it was empty
	free  uint32 // the place that was given free last, plus one; each names the next
	roomy bool   // it is in roomy
}

const (
	unit      = 16 // bytes
	spanUnits = 4096
	maxUnits  = 1024
	maxSlab   = maxUnits*unit - 2
	mostEmpty = 64 // spans that keep their memory while nothing is in them
)

// put stores a copy of b and returns where: never zero.
func (s *slab) put(b []byte) uint32 {
	n := units(len(b))
	at := s.take(n)
	to := s.from(at)
	binary.LittleEndian.PutUint16(to, uint16(len(b)))
	copy(to[2:], b)
	return at
}

// take finds room for a string of n units.
func (s *slab) take(n uint32) uint32 {
	for {
		all := s.roomy[n]
		if len(all) == 0 {
			s.list(n, s.begin(n))
			continue
		}
		i := all[len(all)-1]
		v := &s.spans[i]
		var at uint32
		switch {
		case v.size != n: // it serves another length by now
		case v.free != 0:
			at = v.free - 1
			v.free = binary.LittleEndian.Uint32(v.data[at*unit:])
			v.live++
			return i*spanUnits + at + 1
		case v.fresh+n <= spanUnits:
			at = v.fresh
			v.fresh += n
			v.live++
			return i*spanUnits + at + 1
		}
		s.roomy[n] = all[:len(all)-1]
		if v.size == n {
			v.roomy = false
		}
	}
}

// begin returns an empty span, made for strings of n units.
func (s *slab) begin(n uint32) uint32 {
	var i uint32
	if last := len(s.empty) - 1; last >= 0 {
		i, s.empty = s.empty[last], s.empty[:last]
		if s.spans[i].data == nil {
			s.spans[i].data = make([]byte, spanUnits*unit)
		}
	} else {
		i = uint32(len(s.spans))
		s.spans = append(s.spans, span{data: make([]byte, spanUnits*unit)})
	}
	s.spans[i] = span{data: s.spans[i].data, size: n}
	return i
}

func (s *slab) list(n, i uint32) {
	if v := &s.spans[i]; !v.roomy {
		v.roomy = true
		s.roomy[n] = append(s.roomy[n], i)
	}
}

// move stores a copy of b in the place of another string, which it gives free, and
// returns where: in that very place if it has the right size.
func (s *slab) move(at uint32, b []byte) uint32 {
	to := s.from(at)
	if units(int(binary.LittleEndian.Uint16(to))) != units(len(b)) {
		s.drop(at)
		return s.put(b)
	}
	binary.LittleEndian.PutUint16(to, uint16(len(b)))
	copy(to[2:], b)
	return at
}

// get returns what is stored at a place, until that is given free.
func (s *slab) get(at uint32) []byte {
	b := s.from(at)
	return b[2 : 2+binary.LittleEndian.Uint16(b)]
}

// drop gives a place free.
func (s *slab) drop(at uint32) {
	i, place := (at-1)/spanUnits, (at-1)%spanUnits
	v := &s.spans[i]
	if v.live--; v.live == 0 {
		v.size, v.free = 0, 0
		if len(s.empty) >= mostEmpty {
			v.data = nil
		}
		s.empty = append(s.empty, i)
		return
	}
	binary.LittleEndian.PutUint32(v.data[place*unit:], v.free)
	v.free = place + 1
	s.list(v.size, i)
}

func (s *slab) from(at uint32) []byte {
	at--
	return s.spans[at/spanUnits].data[at%spanUnits*unit:]
}

// units returns how many units a string takes with its length: few sizes for long
// ones.
func units(length int) uint32 {
	n := uint32(2+length+unit-1) / unit
	if n > 64 {
		n = (n + 7) &^ 7
	}
	return n
}
