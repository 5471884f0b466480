package channel

import (
	"slices"

	"github.com/wherrynet/wherry"
)

// Cut is the book as it was at one moment, to be saved while the book goes on.
//
// Whatever is few is copied at once: sums, payees, providers with their open
// ticks. The channels, which are many, are copied piece by piece, in between which
// the book may change. One that is about to change is copied before, the only way
// from rest to change being hubIns.get; and each at rest carries a mark that says whether this cut has it, or need not have it:
//
//	at rest since before the cut ──► copied when its piece comes, marked
//	      │ about to change ───────► copied then; marked when it rests again
//	new since the cut ─────────────► not copied; marked when it rests
//
// So each channel is in the cut once, as it was then. What marked means changes
// with every cut, which therefore always goes through all of them, even when
// what it writes fails.
type Cut struct {
	h          *Hub
	head, tail [][]byte
	names      []ProviderID
	chains     []uint64
	early      map[uint64][]byte // channels copied before their piece, by chain
	in         hubIn
	buf        []byte
	saved      bool
	piece      int // so many channels are looked at before others may change the book
}

// Locker is what guards a book that has several callers: a mutex.
type Locker interface {
	Lock()
	Unlock()
}

// Cut begins to save the book as it is now. End has to be called before the next
// one, which is Conflict until then.
func (h *Hub) Cut() (*Cut, error) {
	t := &h.ins
	if t.cut != nil {
		return nil, wherry.Errorf(wherry.Conflict, "the book is being saved")
	}
	t.calm()
	c := &Cut{h: h, early: map[uint64][]byte{}, piece: 512}
	into := func(list *[][]byte) *recordWriter {
		return &recordWriter{put: func(b []byte) error { *list = append(*list, b); return nil }}
	}
	head, tail := into(&c.head), into(&c.tail)
	h.saveHead(head.write)
	h.saveTail(tail.write)
	if head.err != nil || tail.err != nil {
		return nil, wherry.Errorf(wherry.Internal, "save the book: %w", first(head.err, tail.err))
	}
	c.chains = sortedKeys(t.place, all[uint64], compare)
	c.names = slices.Clip(t.names)
	t.cut = c
	t.phase ^= restSaved
	return c, nil
}

func first(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// keep copies a channel at rest that is about to change, unless the cut has it.
func (c *Cut) keep(id InID, form []byte) {
	if form[0]&restSaved != c.h.ins.phase {
		c.early[id.Chain] = c.append(c.early[id.Chain], id, form)
	}
}

// append appends a channel at rest as it is saved.
func (c *Cut) append(data []byte, id InID, form []byte) []byte {
	t := &c.h.ins
	t.resting(&c.in, id, form)
	c.buf = t.appendSaved(c.buf[:0], &c.in)
	return appendIn(data, id.Consumer, c.buf)
}

// Save writes the cut as records that Load takes. It holds mu, which guards the
// book, for a piece at a time, and not while it puts. It may be called once, and
// goes through to its end after an error, which it returns.
func (c *Cut) Save(mu Locker, put func(record []byte) error) error {
	if c.saved {
		return wherry.Errorf(wherry.Internal, "the book is saved already")
	}
	c.saved = true
	w := &recordWriter{put: put}
	raw := func(list [][]byte) {
		for _, b := range list {
			if w.err == nil {
				w.err = put(b)
			}
		}
	}
	raw(c.head)
	for n := range slices.Chunk(c.names, savedName) {
		w.write(hubRecord{Names: &savedNames{n}})
	}
	t := &c.h.ins
	for _, chain := range c.chains {
		c.saveChain(chain, mu, w)
	}
	mu.Lock()
	t.cut = nil // every channel is marked: no more are copied
	mu.Unlock()
	for _, chain := range sortedKeys(c.early, all[uint64], compare) {
		c.write(w, chain, c.early[chain])
	}
	raw(c.tail)
	return w.err
}

// End gives a cut up that was not saved, so that the next one can begin.
func (c *Cut) End(mu Locker) {
	if !c.saved {
		_ = c.Save(mu, func([]byte) error { return wherry.Errorf(wherry.Interrupted, "given up") })
	}
}

// saveChain copies the channels at rest of one chain. The lock is free between
// pieces: a map may be ranged over while it changes, and what is put into it
// meanwhile is marked.
func (c *Cut) saveChain(chain uint64, mu Locker, w *recordWriter) {
	t := &c.h.ins
	var data []byte
	n := 0
	mu.Lock()
	for who, at := range t.place[chain] {
		if form := t.slab.get(at); form[0]&restSaved != t.phase {
			data = c.append(data, InID{chain, who}, form)
			form[0] ^= restSaved
		}
		if n++; n%c.piece != 0 && len(data) < savedPiece {
			continue
		}
		data = append(data, c.early[chain]...)
		delete(c.early, chain)
		mu.Unlock()
		c.write(w, chain, data)
		data = data[:0]
		mu.Lock()
	}
	mu.Unlock()
	c.write(w, chain, data)
}

// write writes channels as records of about the same size.
func (c *Cut) write(w *recordWriter, chain uint64, data []byte) {
	for len(data) > 0 && w.err == nil {
		n := 0
		for n < len(data) && n < savedPiece {
			n += inLength(data[n:])
		}
		w.write(hubRecord{Ins: &savedIns{chain, data[:n]}})
		data = data[n:]
	}
}
