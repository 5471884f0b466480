package channel

import (
	"encoding/binary"

	"github.com/wherrynet/wherry"
)

// What follows is the form in which a channel lies in the slab and in a saved
// book: everything but its consumer, its chain and its open orders. Amounts and
// numbers have as many bytes as they need. A locked promise carries its lock; the
// lock of a revealed one is the hash of its preimage.
//
//	flags u8 | deposited | settled | spent | [claim] | [newest] | [pending] |
//	[exitAt] | highest number | [bits 32] | [stop] | count | ended …
//
// with an amount as its length and its bytes, and an ended order as how far its
// number is below the highest, twice, and one more if a preimage follows; that of
// the claim is not repeated.

const (
	restLeaving = 1 << iota
	restClaim
	restNewest // which is another than the claim
	restPending
	restBits // not all numbers up to the highest are used
	restStop
	restExit
	restSaved // in the slab only: see Cut
)

var errRest = wherry.Errorf(wherry.Internal, "a saved channel does not read")

// appendRest appends in's form.
func (t *hubIns) appendRest(b []byte, in *hubIn) []byte {
	at := len(b)
	b = append(b, 0)
	var flags byte
	b = appendAmount(b, in.deposited)
	b = appendAmount(b, in.settled)
	b = appendAmount(b, in.spent)
	if in.leaving {
		flags |= restLeaving
	}
	if in.claim != nil {
		flags |= restClaim
		b = t.appendPromised(b, in.claim, in.preimage)
	}
	if in.newest != nil && !in.newest.same(in.claim) {
		flags |= restNewest
		b = t.appendPromised(b, in.newest, in.newest.locked(in))
	}
	if !in.pending.IsZero() {
		flags |= restPending
		b = appendAmount(b, in.pending)
	}
	if in.exitAt != 0 {
		flags |= restExit
		b = binary.AppendUvarint(b, in.exitAt)
	}
	b = binary.AppendUvarint(b, in.seqs.High)
	if !in.seqs.full() {
		flags |= restBits
		for _, w := range in.seqs.Bits {
			b = binary.LittleEndian.AppendUint64(b, w)
		}
	}
	if in.stop != nil {
		flags |= restStop
		b = appendAmount(b, in.stop.Deposited)
		b = appendAmount(b, in.stop.Settled)
		b = binary.AppendUvarint(b, in.stop.Expiry)
	}
	b = binary.AppendUvarint(b, uint64(len(in.ended)))
	for _, e := range in.ended {
		known := in.claim != nil && e.Seq == in.claim.item.Seq && e.Preimage == in.preimage
		below := (in.seqs.High - e.Seq) << 1
		if !e.Preimage.IsZero() && !known {
			b = append(binary.AppendUvarint(b, below|1), e.Preimage[:]...)
			continue
		}
		b = binary.AppendUvarint(b, below)
	}
	b[at] = flags
	return b
}

func (t *hubIns) appendPromised(b []byte, p *promised, secret wherry.Hash) []byte {
	b = appendAmount(b, p.item.Total)
	b = appendAmount(b, p.item.Amount)
	b = binary.AppendUvarint(b, uint64(t.nameOf(p.by)))
	b = binary.AppendUvarint(b, p.item.Seq)
	b = append(b, p.item.Session[:]...)
	b = append(b, p.item.Sig[:]...)
	return append(b, secret[:]...)
}

func appendAmount(b []byte, a wherry.Amount) []byte {
	at := len(b)
	b = a.AppendBytes(append(b, 0))
	b[at] = byte(len(b) - at - 1)
	return b
}

// restReader reads what appendRest writes. After an error all is zero.
type restReader struct {
	b   []byte
	bad bool
}

func (r *restReader) bytes(n int) []byte {
	if r.bad || n > len(r.b) {
		r.bad = true
		return nil
	}
	v := r.b[:n]
	r.b = r.b[n:]
	return v
}

func (r *restReader) byte() byte {
	if v := r.bytes(1); v != nil {
		return v[0]
	}
	return 0
}

func (r *restReader) uint() uint64 {
	v, n := binary.Uvarint(r.b)
	if r.bad || n <= 0 || n > 1 && r.b[n-1] == 0 { // one number has one form
		r.bad = true
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *restReader) amount() wherry.Amount {
	a, err := wherry.AmountFromBytes(r.bytes(int(r.byte())))
	r.bad = r.bad || err != nil
	return a
}

func (r *restReader) hash() wherry.Hash {
	var h wherry.Hash
	copy(h[:], r.bytes(len(h)))
	return h
}

func (r *restReader) promised(t *hubIns, id InID) (*promised, wherry.Hash) {
	p := &promised{item: Item{Consumer: id.Consumer, ChainA: id.Chain}}
	p.item.Total, p.item.Amount = r.amount(), r.amount()
	if n := r.uint(); n < uint64(len(t.names)) {
		p.by = t.names[n]
	} else {
		r.bad = true
	}
	p.item.Seq = r.uint()
	p.item.Session = wherry.SessionID(r.hash())
	copy(p.item.Sig[:], r.bytes(len(p.item.Sig)))
	return p, r.hash()
}

// readRest is the other way round.
func (t *hubIns) readRest(id InID, b []byte) (*hubIn, error) {
	r := restReader{b: b}
	in := &hubIn{id: id}
	flags := r.byte()
	in.deposited, in.settled, in.spent = r.amount(), r.amount(), r.amount()
	in.leaving = flags&restLeaving != 0
	if flags&restClaim != 0 {
		in.claim, in.preimage = r.promised(t, id)
		in.newest = in.claim
	}
	if flags&restNewest != 0 {
		p, lock := r.promised(t, id)
		p.lock = lock
		in.newest = p
	}
	if flags&restPending != 0 {
		in.pending = r.amount()
	}
	if flags&restExit != 0 {
		in.exitAt = r.uint()
	}
	in.seqs.High = r.uint()
	if in.seqs.fill(); flags&restBits != 0 {
		for i := range in.seqs.Bits {
			if w := r.bytes(8); w != nil {
				in.seqs.Bits[i] = binary.LittleEndian.Uint64(w)
			}
		}
	}
	if flags&restStop != 0 {
		in.stop = &HubStop{ID: id, Deposited: r.amount(), Settled: r.amount(), Expiry: r.uint()}
	}
	n := r.uint()
	if r.bad || n > uint64(len(r.b)) {
		return nil, errRest
	}
	if n > 0 {
		in.ended = make([]hubEnded, 0, n+1)
	}
	for range n {
		below := r.uint()
		e := hubEnded{Seq: in.seqs.High - below>>1}
		switch {
		case below&1 != 0:
			e.Preimage = r.hash()
		case in.claim != nil && e.Seq == in.claim.item.Seq:
			e.Preimage = in.preimage
		}
		in.ended = append(in.ended, e)
	}
	if r.bad || len(r.b) > 0 {
		return nil, errRest
	}
	return in, nil
}
