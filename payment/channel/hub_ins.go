package channel

import (
	"encoding/binary"
	"slices"

	"github.com/wherrynet/wherry"
)

// hubIns holds the consumers' channels: a few hundred bytes each in a slab, without
// pointers, so that a hub of millions of channels needs little memory, and its
// garbage collector little time. Whoever asks for a channel to change it makes it
// live, a hubIn, until calm puts it to rest again: nothing is live between two
// changes of the book.
type hubIns struct {
	place map[uint64]map[wherry.Address]uint32 // in the slab, by chain A
	slab  slab
	live  []*hubIn // since calm
	spare []*hubIn // were live, and are used again

	names   []ProviderID // that promises at rest are to, by number
	numbers map[ProviderID]uint32
	ticks   ticks // that open orders at rest are in
	secrets secrets

	// What follows counts the channels at rest; looking through the live ones
	// gives the others.
	sums    map[uint64]*inSums
	dues    map[uint64]*dues
	stopped map[InID]struct{} // all that have a stop, live or not
	leaving map[InID]struct{} // all whose consumer leaves
	buf     []byte

	heldDues int // heldDues but in tests
	looked   int // how often all channels of a chain were looked through for the largest

	cut   *Cut // being saved, or nil
	phase byte // restSaved or zero: what a form at rest shows that the newest cut has, or need not have
}

func newHubIns() hubIns {
	return hubIns{
		place: map[uint64]map[wherry.Address]uint32{}, numbers: map[ProviderID]uint32{},
		sums: map[uint64]*inSums{}, dues: map[uint64]*dues{}, heldDues: heldDues, stopped: map[InID]struct{}{}, leaving: map[InID]struct{}{},
	}
}

// hubIn is a consumer's channel.
type hubIn struct {
	id                 InID
	at                 uint32        // its place in the slab, which is its own while it is live
	deposited, settled wherry.Amount // final
	spent, pending     wherry.Amount
	leaving            bool // from the newest block
	exitAt             uint64
	newest, claim      *promised // highest total accepted, and revealed; nil when there is none
	preimage           wherry.Hash
	seqs               seqWindow
	stop               *HubStop // nil: none
	open               []hubOrder
	ended              past // of the newest 256 order numbers

	// Memory for what is above, so that a change needs none: a channel becomes
	// live, and rests again, with each promise.
	made  [4]promised
	makes int
	bytes []byte
}

// reset makes in a channel of which nothing is known.
func (in *hubIn) reset(id InID) {
	in.id, in.at = id, 0
	in.deposited, in.settled, in.spent, in.pending = wherry.Amount{}, wherry.Amount{}, wherry.Amount{}, wherry.Amount{}
	in.leaving, in.exitAt, in.newest, in.claim, in.preimage = false, 0, nil, nil, wherry.Hash{}
	in.seqs, in.stop, in.open, in.ended = seqWindow{}, nil, in.open[:0], past{}
	in.makes = 0
}

// promise returns room for a promise of in's.
func (in *hubIn) promise() *promised {
	if in.makes == len(in.made) {
		return &promised{}
	}
	in.makes++
	return &in.made[in.makes-1]
}

// hubOrder is an open order: which one of its tick.
type hubOrder struct {
	tick *hubTick
	i    int
}

func (o hubOrder) item() *Item { return &o.tick.items[o.i] }

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
	if !ok {
		return nil
	}
	form := t.slab.get(at)
	if form[0]&restLive != 0 {
		return t.living(form)
	}
	var in *hubIn
	if last := len(t.spare) - 1; last >= 0 {
		in, t.spare = t.spare[last], t.spare[:last]
	} else {
		in = &hubIn{}
	}
	t.resting(in, id, form)
	in.bytes = append(slices.Grow(in.bytes[:0], len(in.ended.b)+64), in.ended.b...) // with room to add to
	in.ended.b = in.bytes
	t.sum(id.Chain).add(in, true)
	if t.cut != nil {
		t.cut.keep(id, form)
	}
	in.at = at
	t.enliven(in, form)
	return in
}

// enliven notes in a channel's form in the slab where it is while it is live.
func (t *hubIns) enliven(in *hubIn, form []byte) {
	form[0] |= restLive
	binary.LittleEndian.PutUint32(form[1:], uint32(len(t.live)))
	t.live = append(t.live, in)
}

func (t *hubIns) living(form []byte) *hubIn { return t.live[binary.LittleEndian.Uint32(form[1:])] }

// look returns a channel to read it before the book changes, or nil: changes to it
// may get lost.
func (t *hubIns) look(id InID) *hubIn {
	at, ok := t.place[id.Chain][id.Consumer]
	if !ok {
		return nil
	}
	return t.read(id, at)
}

func (t *hubIns) read(id InID, at uint32) *hubIn {
	form := t.slab.get(at)
	if form[0]&restLive != 0 {
		return t.living(form)
	}
	in := &hubIn{}
	t.resting(in, id, form)
	return in
}

// deposited returns a channel's final deposit; zero where there is no channel.
func (t *hubIns) deposited(id InID) wherry.Amount {
	at, ok := t.place[id.Chain][id.Consumer]
	if !ok {
		return wherry.Amount{}
	}
	form := t.slab.get(at)
	if form[0]&restLive != 0 {
		return t.living(form).deposited
	}
	r := restReader{b: form[2:]} // behind the mark and the flags
	return r.amount()
}

func (t *hubIns) resting(in *hubIn, id InID, form []byte) {
	if err := t.readRest(in, id, form); err != nil {
		panic("channel: " + err.Error()) // we wrote it
	}
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

// add takes a new channel in.
func (t *hubIns) add(in *hubIn) {
	p := t.place[in.id.Chain]
	if p == nil {
		p = map[wherry.Address]uint32{}
		t.place[in.id.Chain] = p
	}
	t.buf = t.appendRest(t.buf[:0], in)
	t.buf[0] |= t.phase // a cut need not have it
	in.at = t.slab.put(t.buf)
	p[in.id.Consumer] = in.at
	t.enliven(in, t.slab.get(in.at))
}

// mostSpare bounds what is kept for the next change.
const mostSpare = 512

// calm puts to rest what is live.
func (t *hubIns) calm() {
	for i, in := range t.live {
		t.live[i] = nil
		t.buf = t.appendRest(t.buf[:0], in)
		t.buf[0] |= t.phase // whatever a cut needs of it, it has
		if at := t.slab.move(in.at, t.buf); at != in.at {
			t.place[in.id.Chain][in.id.Consumer] = at
		}
		t.sum(in.id.Chain).add(in, false)
		t.noteDue(in)
		if len(t.spare) < mostSpare {
			t.spare = append(t.spare, in)
		}
	}
	t.live = t.live[:0]
}

// each hands all channels of a chain to do, to read them, in no order.
func (t *hubIns) each(chain uint64, do func(*hubIn)) {
	for who, at := range t.place[chain] {
		do(t.read(InID{chain, who}, at))
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
	for _, in := range t.live {
		if in.id.Chain == chain {
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
