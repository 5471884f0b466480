package channel

import (
	"github.com/wherrynet/wherry"
)

// hubIns holds the consumers' channels. Those with an open order are live: a hubIn
// each. All others are at rest: a few hundred bytes each in a slab, without
// pointers, so that a hub of millions of channels needs little memory, and its
// garbage collector little time. Whoever asks for a channel to change it makes it
// live; calm puts those to rest that may.
type hubIns struct {
	live  map[InID]*hubIn
	place map[uint64]map[wherry.Address]uint32 // by chain A; in the slab, or zero for one that is live
	slab  slab
	loose []*hubIn // became live since calm, or lost an open order

	names   []ProviderID // that promises at rest are to, by number
	numbers map[ProviderID]uint32

	// What follows counts the channels at rest; looking through the live ones
	// gives the others.
	sums    map[uint64]*inSums
	stopped map[InID]struct{} // all that have a stop, live or not
	leaving map[InID]struct{} // all whose consumer leaves
	buf     []byte

	cut   *Cut // being saved, or nil
	phase byte // restSaved or zero: what a form at rest shows that the newest cut has, or need not have
}

func newHubIns() hubIns {
	return hubIns{
		live: map[InID]*hubIn{}, place: map[uint64]map[wherry.Address]uint32{}, numbers: map[ProviderID]uint32{},
		sums: map[uint64]*inSums{}, stopped: map[InID]struct{}{}, leaving: map[InID]struct{}{},
	}
}

// hubIn is a consumer's channel.
type hubIn struct {
	id                 InID
	deposited, settled wherry.Amount // final
	spent, pending     wherry.Amount
	leaving            bool // from the newest block
	exitAt             uint64
	newest, claim      *promised // highest total accepted, and revealed; nil when there is none
	preimage           wherry.Hash
	seqs               seqWindow
	stop               *HubStop // nil: none
	open               []*hubOrder
	ended              []hubEnded // of the newest 256 order numbers
}

// promised is an accepted promise. It does not change.
type promised struct {
	by   ProviderID
	lock wherry.Hash // zero in a claim that was at rest: it is the preimage's
	item Item
}

func (p *promised) same(other *promised) bool {
	return p == other || p != nil && other != nil && p.by == other.by && p.item == other.item
}

// locked returns the lock of one of in's promises.
func (p *promised) locked(in *hubIn) wherry.Hash {
	if p.lock.IsZero() && p == in.claim {
		return wherry.Keccak256(in.preimage[:])
	}
	return p.lock
}

// claimed returns the highest total that is revealed.
func (in *hubIn) claimed() wherry.Amount {
	if in.claim == nil {
		return wherry.Amount{}
	}
	return in.claim.item.Total
}

// collectable returns what collecting would move now.
func (in *hubIn) collectable() wherry.Amount {
	return in.claimed().Min(in.deposited).SubFloor(in.settled)
}

// due reports whether something is to be collected. Where a Close may be used, what
// is owed comes with it; but one that leaves by the delay is collected all the
// same: else its consumer could ask for one Close after the other until the delay
// is over, and use none.
func (in *hubIn) due() bool {
	return (in.stop == nil || in.leaving) && !in.collectable().IsZero()
}

// get returns a channel to change it, or nil. It is live until calm.
func (t *hubIns) get(id InID) *hubIn {
	at, ok := t.place[id.Chain][id.Consumer]
	switch {
	case !ok:
		return nil
	case at == 0:
		return t.live[id]
	}
	in := t.resting(id, at)
	t.sum(id.Chain).add(in, true)
	if t.cut != nil {
		t.cut.keep(id, t.slab.get(at))
	}
	t.slab.drop(at)
	t.place[id.Chain][id.Consumer] = 0
	t.live[id] = in
	t.loose = append(t.loose, in)
	return in
}

// look returns a channel to read it, or nil: changes to it may get lost.
func (t *hubIns) look(id InID) *hubIn {
	at, ok := t.place[id.Chain][id.Consumer]
	switch {
	case !ok:
		return nil
	case at == 0:
		return t.live[id]
	}
	return t.resting(id, at)
}

// deposited returns a channel's final deposit; zero where there is no channel.
func (t *hubIns) deposited(id InID) wherry.Amount {
	switch at, ok := t.place[id.Chain][id.Consumer]; {
	case !ok:
		return wherry.Amount{}
	case at == 0:
		return t.live[id].deposited
	default:
		r := restReader{b: t.slab.get(at)[1:]} // behind the flags
		return r.amount()
	}
}

func (t *hubIns) resting(id InID, at uint32) *hubIn {
	in, err := t.readRest(id, t.slab.get(at))
	if err != nil {
		panic("channel: " + err.Error()) // we wrote it
	}
	return in
}

// make returns a channel to change it; a new one if there was none.
func (t *hubIns) make(id InID) *hubIn {
	if in := t.get(id); in != nil {
		return in
	}
	in := &hubIn{id: id}
	t.add(in)
	return in
}

func (t *hubIns) add(in *hubIn) {
	p := t.place[in.id.Chain]
	if p == nil {
		p = map[wherry.Address]uint32{}
		t.place[in.id.Chain] = p
	}
	p[in.id.Consumer] = 0
	t.live[in.id] = in
	t.loose = append(t.loose, in)
}

// calm puts to rest what has no open order.
func (t *hubIns) calm() {
	for i, in := range t.loose {
		t.loose[i] = nil
		if len(in.open) > 0 || t.live[in.id] != in {
			continue
		}
		t.buf = t.appendRest(t.buf[:0], in)
		if len(t.buf) > maxSlab {
			continue // it does not happen, and does no harm
		}
		t.buf[0] |= t.phase // whatever a cut needs of it, it has
		t.place[in.id.Chain][in.id.Consumer] = t.slab.put(t.buf)
		t.sum(in.id.Chain).add(in, false)
		delete(t.live, in.id)
	}
	t.loose = t.loose[:0]
}

// each hands all channels of a chain to do, to read them, in no order.
func (t *hubIns) each(chain uint64, do func(*hubIn)) {
	for who, at := range t.place[chain] {
		id := InID{chain, who}
		if at == 0 {
			do(t.live[id])
		} else {
			do(t.resting(id, at))
		}
	}
}

// setLeaving keeps leaving in step with a channel.
func (t *hubIns) setLeaving(in *hubIn, leaving bool, exitAt uint64) {
	in.leaving, in.exitAt = leaving, exitAt
	if leaving {
		t.leaving[in.id] = struct{}{}
	} else {
		delete(t.leaving, in.id)
	}
}

// setStop keeps stopped in step with a channel's stop. One without an expiry is
// none.
func (t *hubIns) setStop(in *hubIn, s HubStop) {
	if s.Expiry == 0 {
		in.stop = nil
		delete(t.stopped, in.id)
		return
	}
	in.stop = &s
	t.stopped[in.id] = struct{}{}
}

// nameOf numbers the providers that promises are to.
func (t *hubIns) nameOf(id ProviderID) uint32 {
	n, ok := t.numbers[id]
	if !ok {
		n = uint32(len(t.names))
		t.numbers[id], t.names = n, append(t.names, id)
	}
	return n
}

// inSums counts channels of a chain.
type inSums struct {
	HubTotals
	due           wherry.Amount
	dues, leavers int
}

func (t *hubIns) sum(chain uint64) *inSums {
	s := t.sums[chain]
	if s == nil {
		s = &inSums{}
		t.sums[chain] = s
	}
	return s
}

// total returns the sums over all channels of a chain.
func (t *hubIns) total(chain uint64) inSums {
	s := *t.sum(chain)
	for id, in := range t.live {
		if id.Chain == chain {
			s.add(in, false)
		}
	}
	return s
}

// add counts a channel in, or out.
func (s *inSums) add(in *hubIn, out bool) {
	one, put := 1, plus
	if out {
		one, put = -1, wherry.Amount.SubFloor
	}
	s.Consumers += one
	s.Deposited = put(s.Deposited, in.deposited)
	s.In = put(s.In, in.settled)
	s.Spent = put(s.Spent, in.spent)
	s.Pending = put(s.Pending, in.pending)
	s.Uncollected = put(s.Uncollected, in.collectable())
	s.Credit = put(s.Credit, in.settled.SubFloor(in.spent))
	if in.due() {
		s.dues += one
		s.due = put(s.due, in.collectable())
		if in.leaving {
			s.leavers += one
		}
	}
}
