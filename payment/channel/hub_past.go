package channel

import (
	"encoding/binary"
	"iter"
	"slices"

	"github.com/wherrynet/wherry"
)

// past is what became of a channel's orders, the oldest first, in as few bytes as
// may be: four for most. Each is how far its number is from the one before, and
// which secret opened it. Its zero value is empty.
type past struct {
	b           []byte
	n           int
	first, last uint64 // numbers of the oldest and the newest
}

// noSecret is the secret of an order that is void.
const noSecret = 0

// add takes in an order that has ended.
func (p *past) add(seq uint64, secret uint32) {
	if p.n++; p.n == 1 {
		p.first, p.last = seq, seq
	}
	p.b = binary.AppendVarint(p.b, int64(seq-p.last))
	p.b = binary.AppendUvarint(p.b, uint64(secret))
	p.last = seq
}

// trim takes out the oldest, as long as they are as asked for, and hands on their
// secrets.
func (p *past) trim(old func(seq uint64) bool, gone func(secret uint32)) {
	for p.n > 0 && old(p.first) {
		_, k := binary.Varint(p.b)
		secret, m := binary.Uvarint(p.b[k:])
		gone(uint32(secret))
		p.b = p.b[k+m:]
		if p.n--; p.n > 0 {
			step, _ := binary.Varint(p.b)
			p.first += uint64(step)
		}
	}
}

// all returns the orders, the oldest first.
func (p *past) all() iter.Seq2[uint64, uint32] {
	return func(yield func(uint64, uint32) bool) {
		b, seq := p.b, p.first
		for i := range p.n {
			step, k := binary.Varint(b)
			secret, m := binary.Uvarint(b[k:])
			b = b[k+m:]
			if i > 0 { // the first one's step leads to one that was trimmed
				seq += uint64(step)
			}
			if !yield(seq, uint32(secret)) {
				return
			}
		}
	}
}

// appendRest appends p's form in the slab.
func (p *past) appendRest(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(p.n))
	if p.n == 0 {
		return b
	}
	b = binary.AppendUvarint(b, p.first)
	b = binary.AppendVarint(b, int64(p.last-p.first))
	b = binary.AppendUvarint(b, uint64(len(p.b)))
	return append(b, p.b...)
}

// past reads what appendRest wrote. It is a part of what is read, until added to.
func (r *restReader) past() (p past) {
	if p.n = int(r.uint()); p.n == 0 {
		return p
	}
	p.first = r.uint()
	p.last = p.first + uint64(r.int())
	b := r.bytes(int(r.uint()))
	p.b = slices.Clip(b)
	return p
}

// secrets holds the preimages that ended orders were opened with: those of a tick
// have the same. Each is kept as long as an order remembers it.
type secrets struct {
	all    []secret // by number, less one
	free   []uint32
	number map[wherry.Hash]uint32 // while a book is loaded, which has them one by one
}

type secret struct {
	preimage wherry.Hash
	orders   uint32
}

// make returns the number of a preimage that no order remembers yet.
func (s *secrets) make(preimage wherry.Hash) uint32 {
	if last := len(s.free) - 1; last >= 0 {
		n := s.free[last]
		s.free = s.free[:last]
		s.all[n-1] = secret{preimage: preimage}
		return n
	}
	s.all = append(s.all, secret{preimage: preimage})
	return uint32(len(s.all))
}

// loaded returns the number of a preimage in a book that is being loaded.
func (s *secrets) loaded(preimage wherry.Hash) uint32 {
	if preimage.IsZero() {
		return noSecret
	}
	n, ok := s.number[preimage]
	if !ok {
		n = s.make(preimage)
		if s.number == nil {
			s.number = map[wherry.Hash]uint32{}
		}
		s.number[preimage] = n
	}
	return n
}

// keep counts an order that remembers a secret.
func (s *secrets) keep(n uint32) {
	if n != noSecret {
		s.all[n-1].orders++
	}
}

// drop counts one that does not any more.
func (s *secrets) drop(n uint32) {
	if n == noSecret {
		return
	}
	if s.all[n-1].orders--; s.all[n-1].orders == 0 {
		s.free = append(s.free, n)
	}
}

// get returns a secret, or zero for none.
func (s *secrets) get(n uint32) wherry.Hash {
	if n == noSecret {
		return wherry.Hash{}
	}
	return s.all[n-1].preimage
}

// ticks numbers those that are open.
type ticks struct {
	all  []*hubTick // nil where a number is free
	free []uint32
}

func (t *ticks) add(k *hubTick) {
	if last := len(t.free) - 1; last >= 0 {
		k.number, t.free = t.free[last], t.free[:last]
		t.all[k.number] = k
		return
	}
	k.number = uint32(len(t.all))
	t.all = append(t.all, k)
}

func (t *ticks) drop(k *hubTick) {
	t.all[k.number] = nil
	t.free = append(t.free, k.number)
}
