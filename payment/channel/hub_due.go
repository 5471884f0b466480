package channel

import (
	"cmp"
	"slices"

	"github.com/wherrynet/wherry"
)

// dues knows from which of a chain's channels most can be collected, but for those
// of leaving consumers, which are known anyhow. It holds all whose rank is above a
// floor; with fewer than it may hold it needs no floor, and is never behind. When so
// many were collected that too few are left, and there are others below the floor,
// all channels are looked through once: that serves the next thousands.
type dues struct {
	by    map[wherry.Address]wherry.Amount
	most  int   // that are held; twice as many while they come in
	floor *rank // nothing at or below is held; nil while all are
}

// rank orders channels: the larger amount first, then by consumer.
type rank struct {
	amount wherry.Amount
	who    wherry.Address
}

func (r rank) before(other rank) bool { return r.compare(other) < 0 }

func (r rank) compare(other rank) int {
	return cmp.Or(other.amount.Cmp(r.amount), compareBytes(r.who[:], other.who[:]))
}

// heldDues is how many channels a chain's dues hold at least, if there are.
const heldDues = 8192

func newDues(most int) *dues { return &dues{by: map[wherry.Address]wherry.Amount{}, most: most} }

// note takes in what can be collected from a channel now; zero for nothing.
func (d *dues) note(who wherry.Address, amount wherry.Amount) {
	if amount.IsZero() || d.floor != nil && !(rank{amount, who}).before(*d.floor) {
		delete(d.by, who)
		return
	}
	d.by[who] = amount
	if len(d.by) <= 2*d.most {
		return
	}
	all := d.ranked()
	for _, r := range all[d.most:] {
		delete(d.by, r.who)
	}
	d.floor = &all[d.most]
}

// ranked returns all that are held, in order.
func (d *dues) ranked() []rank {
	all := make([]rank, 0, len(d.by))
	for who, amount := range d.by {
		all = append(all, rank{amount, who})
	}
	slices.SortFunc(all, rank.compare)
	return all
}

// first returns the first of those that are held.
func (d *dues) first(most int) []rank {
	var out []rank
	for who, amount := range d.by {
		r := rank{amount, who}
		if len(out) == most && !r.before(out[most-1]) {
			continue
		}
		i, _ := slices.BinarySearchFunc(out, r, rank.compare)
		out = slices.Insert(out, i, r)
		out = out[:min(len(out), most)]
	}
	return out
}

// short reports whether there may be others that come before the last of so many,
// or are missing; all is how many there are.
func (d *dues) short(most, all int) bool {
	return d.floor != nil && len(d.by) < min(most, all)
}

// noteDue keeps dues in step with a channel.
func (t *hubIns) noteDue(in *hubIn) {
	var amount wherry.Amount
	if !in.leaving && in.due() {
		amount = in.collectable()
	}
	t.due(in.id.Chain).note(in.id.Consumer, amount)
}

func (t *hubIns) due(chain uint64) *dues {
	d := t.dues[chain]
	if d == nil {
		d = newDues(t.heldDues)
		t.dues[chain] = d
	}
	return d
}

// largest returns the channels of a chain from which most can be collected, but for
// those of leaving consumers.
func (t *hubIns) largest(chain uint64, most int) []rank {
	d, s := t.due(chain), t.total(chain)
	if d.short(most, s.dues-s.leavers) {
		held := max(t.heldDues, 2*most)
		d = newDues(held)
		t.dues[chain] = d
		t.each(chain, t.noteDue)
		t.looked++
	}
	return d.first(most)
}
