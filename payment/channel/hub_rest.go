package channel

import (
	"encoding/binary"

	"github.com/wherrynet/wherry"
)

// What follows is the forms in which a channel lies in a saved book and in the
// slab: everything but its consumer and its chain. Amounts and numbers have as many
// bytes as they need. A locked promise carries its lock; the lock of a revealed one
// is the hash of its preimage. Saved, a channel is
//
//	flags u8 | deposited | settled | spent | [claim] | [newest] | [pending] |
//	[exitAt] | highest number | [bits 32] | [stop] | count | ended …
//
// with an amount as its length and its bytes, and an ended order as how far its
// number is below the highest, twice, and one more if a preimage follows; that of
// the claim is not repeated. The orders that are open are saved with their ticks.
// In the slab it is the same but for
//
//	mark u8 | flags u8 | … | [which open order is newest] | … | past | [count | open …]
//
// with an open order as its tick's number and its place there; past has numbers for
// preimages.

const (
	restLeaving = 1 << iota
	restClaim
	restNewest // which is another than the claim
	restPending
	restBits // not all numbers up to the highest are used
	restStop
	restExit
)

// The mark of a channel in the slab.
const (
	restSaved   = 1 << iota // see Cut
	restLive                // what is in the slab is as it was: live has the channel
	restOpen                // it has open orders
	restNewOpen             // of which one is the newest promise
)

// farBelow is as far as a saved number is below the highest: of those that are
// forgotten nobody asks how far.
const farBelow = 1 << 62

var errRest = wherry.Errorf(wherry.Internal, "a saved channel does not read")

// appendSaved appends in's form in a saved book.
func (t *hubIns) appendSaved(b []byte, in *hubIn) []byte {
	at := len(b)
	b, flags := t.appendHead(append(b, 0), in, in.newest)
	b[at] = flags
	b = binary.AppendUvarint(b, uint64(in.ended.n))
	for seq, n := range in.ended.all() {
		preimage := t.secrets.get(n)
		known := in.claim != nil && seq == in.claim.item.Seq && preimage == in.preimage
		below := min(in.seqs.High-seq, farBelow) << 1
		if n != noSecret && !known {
			b = append(binary.AppendUvarint(b, below|1), preimage[:]...)
			continue
		}
		b = binary.AppendUvarint(b, below)
	}
	return b
}

// appendRest appends in's form in the slab.
func (t *hubIns) appendRest(b []byte, in *hubIn) []byte {
	at := len(b)
	newest, which := in.newest, -1
	for i, o := range in.open {
		if newest != nil && newest != in.claim && o.tick.provider == newest.by && *o.item() == newest.item {
			newest, which = nil, i
		}
	}
	b, flags := t.appendHead(append(b, 0, 0), in, newest)
	b[at+1] = flags
	if b = in.ended.appendRest(b); len(in.open) == 0 {
		return b
	}
	b[at] |= restOpen
	b = binary.AppendUvarint(b, uint64(len(in.open)))
	for _, o := range in.open {
		b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(o.tick.number)), uint64(o.i))
	}
	if which >= 0 {
		b[at] |= restNewOpen
		b = append(b, byte(which)) // of openOrders at most
	}
	return b
}

// appendHead appends what both forms have, with a newest promise, and returns the
// flags.
func (t *hubIns) appendHead(b []byte, in *hubIn, newest *promised) ([]byte, byte) {
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
	if newest != nil && !newest.same(in.claim) {
		flags |= restNewest
		b = t.appendPromised(b, newest, newest.locked(in))
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
	return b, flags
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

// restReader reads what appendSaved and appendRest write. After an error all is zero.
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

func (r *restReader) int() int64 {
	v, n := binary.Varint(r.b)
	if r.bad || n <= 0 {
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

func (r *restReader) promised(t *hubIns, in *hubIn) (*promised, wherry.Hash) {
	p := in.promise()
	*p = promised{item: Item{Consumer: in.id.Consumer, ChainA: in.id.Chain}}
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

// readSaved is appendSaved the other way round. The channel's ended orders count
// as remembering their secrets.
func (t *hubIns) readSaved(id InID, b []byte) (*hubIn, error) {
	r := restReader{b: b}
	in := &hubIn{id: id}
	r.head(t, in)
	n := r.uint()
	if r.bad || n > maxEnded {
		return nil, errRest
	}
	for range n {
		below := r.uint()
		seq, preimage := in.seqs.High-below>>1, wherry.Hash{}
		switch {
		case below&1 != 0:
			preimage = r.hash()
		case in.claim != nil && seq == in.claim.item.Seq:
			preimage = in.preimage
		}
		if r.bad {
			return nil, errRest
		}
		secret := t.secrets.loaded(preimage)
		t.secrets.keep(secret)
		in.ended.add(seq, secret)
	}
	if r.bad || len(r.b) > 0 {
		return nil, errRest
	}
	return in, nil
}

// maxEnded is more ended orders than a channel ever has: those of the newest 256
// numbers, and as many again that are older than the oldest of these in the list.
const maxEnded = 768

// readRest is appendRest the other way round, into in, of which only the memory is
// used. What it returns is good until the slab changes.
func (t *hubIns) readRest(in *hubIn, id InID, b []byte) error {
	r := restReader{b: b}
	in.reset(id)
	mark := r.byte()
	r.head(t, in)
	in.ended = r.past()
	if mark&restOpen != 0 {
		for range r.uint() {
			in.open = append(in.open, hubOrder{t.ticks.all[r.uint()], int(r.uint())})
		}
	}
	if mark&restNewOpen != 0 {
		o := in.open[r.byte()]
		in.newest = in.promise()
		*in.newest = promised{by: o.tick.provider, lock: o.tick.hashlock, item: *o.item()}
	}
	if r.bad || len(r.b) > 0 {
		return errRest
	}
	return nil
}

// head reads what appendHead writes, and the flags before it.
func (r *restReader) head(t *hubIns, in *hubIn) {
	flags := r.byte()
	in.deposited, in.settled, in.spent = r.amount(), r.amount(), r.amount()
	in.leaving = flags&restLeaving != 0
	if flags&restClaim != 0 {
		in.claim, in.preimage = r.promised(t, in)
		in.newest = in.claim
	}
	if flags&restNewest != 0 {
		p, lock := r.promised(t, in)
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
		in.stop = &HubStop{ID: in.id, Deposited: r.amount(), Settled: r.amount(), Expiry: r.uint()}
	}
}
