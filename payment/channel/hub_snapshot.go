package channel

import (
	"slices"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/codec"
)

// hubRecord is a piece of a saved book: exactly one of its fields is set. Pieces
// are small, so that a book of any size is read with the codec's bounds.
type hubRecord struct {
	Open     *HubOpened     `cbor:"1,keyasint,omitempty"`
	Fee      *savedFee      `cbor:"2,keyasint,omitempty"`
	Scan     *HubScan       `cbor:"3,keyasint,omitempty"`
	Tx       *HubTx         `cbor:"4,keyasint,omitempty"`
	In       *savedIn       `cbor:"5,keyasint,omitempty"` // as it was written before Ins
	Out      *HubOut        `cbor:"6,keyasint,omitempty"`
	Base     *savedBase     `cbor:"7,keyasint,omitempty"`
	Provider *savedProvider `cbor:"8,keyasint,omitempty"`
	Tick     *savedTick     `cbor:"9,keyasint,omitempty"`
	Orders   *savedOrders   `cbor:"10,keyasint,omitempty"`
	Answer   *savedAnswer   `cbor:"11,keyasint,omitempty"`
	End      *savedEnd      `cbor:"12,keyasint,omitempty"`
	State    *HubStated     `cbor:"15,keyasint,omitempty"`
	Restored *HubRestored   `cbor:"13,keyasint,omitempty"`
	Lost     *HubLost       `cbor:"14,keyasint,omitempty"`
	Names    *savedNames    `cbor:"16,keyasint,omitempty"` // before the first Ins
	Ins      *savedIns      `cbor:"17,keyasint,omitempty"`
	Drain    *HubDrained    `cbor:"18,keyasint,omitempty"`
}

type savedFee struct {
	Chain uint64        `cbor:"1,keyasint"`
	Fee   wherry.Amount `cbor:"2,keyasint"`
}

type savedIn struct {
	State    HubIn         `cbor:"1,keyasint"`
	Spent    wherry.Amount `cbor:"2,keyasint"`
	Pending  wherry.Amount `cbor:"3,keyasint"`
	Newest   Held          `cbor:"4,keyasint"`
	Claim    Held          `cbor:"5,keyasint"`
	Preimage wherry.Hash   `cbor:"6,keyasint"`
	Seqs     seqWindow     `cbor:"7,keyasint"`
	Stop     HubStop       `cbor:"8,keyasint"`
	Ended    []hubEnded    `cbor:"9,keyasint,omitempty"`
}

// savedNames numbers the providers that the promises in savedIns are to, from
// where the record before left off.
type savedNames struct {
	Names []ProviderID `cbor:"1,keyasint"`
}

// savedIns is some channels of a chain, each as its consumer, a length, and the
// form of appendRest.
type savedIns struct {
	Chain uint64 `cbor:"1,keyasint"`
	Data  []byte `cbor:"2,keyasint"`
}

type savedBase struct {
	ID   OutID         `cbor:"1,keyasint"`
	Base wherry.Amount `cbor:"2,keyasint"`
}

type savedProvider struct {
	ID      ProviderID       `cbor:"1,keyasint"`
	Payee   wherry.Address   `cbor:"2,keyasint"`
	Seq     uint64           `cbor:"3,keyasint"`
	Earlier []wherry.Address `cbor:"4,keyasint"`
	Locks   []wherry.Hash    `cbor:"5,keyasint"`
}

type savedTick struct {
	Provider ProviderID     `cbor:"1,keyasint"`
	Payee    wherry.Address `cbor:"2,keyasint"`
	Hashlock wherry.Hash    `cbor:"3,keyasint"`
	Expiry   uint64         `cbor:"4,keyasint"`
	Names    []TickID       `cbor:"5,keyasint"`
	Net      wherry.Amount  `cbor:"6,keyasint"`
	Answers  uint64         `cbor:"7,keyasint"`
}

type savedOrders struct {
	Provider ProviderID  `cbor:"1,keyasint"`
	Hashlock wherry.Hash `cbor:"2,keyasint"`
	Items    []Item      `cbor:"3,keyasint"`
}

type savedAnswer struct {
	Provider ProviderID `cbor:"1,keyasint"`
	Answer   Answer     `cbor:"2,keyasint"`
}

// savedEnd closes a saved book, so that a short one is noticed.
type savedEnd struct {
	LastTx uint64 `cbor:"1,keyasint"`
}

// Save writes the whole book as records, the same for the same book.
func (h *Hub) Save(put func(record []byte) error) error {
	w := recordWriter{put: put}
	h.saveHead(w.write)
	h.ins.save(w.write)
	h.saveTail(w.write)
	return w.err
}

// recordWriter encodes records and puts them, up to the first error.
type recordWriter struct {
	put func([]byte) error
	err error
}

func (w *recordWriter) write(r hubRecord) {
	if w.err != nil {
		return
	}
	var b []byte
	if b, w.err = codec.Marshal(r); w.err == nil {
		w.err = w.put(b)
	}
}

// saveHead writes what comes before the channels.
func (h *Hub) saveHead(w func(hubRecord)) {
	w(hubRecord{Open: h.Opened().Open})
	if h.restored != nil {
		w(hubRecord{Restored: h.restored})
	}
	if h.lost != nil {
		w(hubRecord{Lost: h.lost})
	}
	if h.draining {
		w(hubRecord{Drain: &HubDrained{On: true}})
	}
	for _, c := range sortedKeys(h.fees, all[uint64], compare) {
		w(hubRecord{Fee: &savedFee{c, h.fees[c]}})
	}
	for _, c := range sortedKeys(h.scanned, all[uint64], compare) {
		s := h.scanned[c]
		w(hubRecord{Scan: &s})
	}
	for _, c := range sortedKeys(h.stated, all[uint64], compare) {
		for _, s := range h.stated[c] {
			w(hubRecord{State: &s})
		}
	}
	for _, t := range h.txs {
		w(hubRecord{Tx: t})
	}
}

// saveTail writes what comes behind them.
func (h *Hub) saveTail(w func(hubRecord)) {
	for _, id := range sortedKeys(h.outs, all[OutID], compareOut) {
		o := h.outs[id]
		w(hubRecord{Out: &HubOut{ID: id, Settled: o.paid, Reserved: o.reserved}})
		w(hubRecord{Base: &savedBase{id, o.base}})
	}
	for _, id := range sortedKeys(h.providers, all[ProviderID], compareProvider) {
		h.saveProvider(id, w)
	}
	w(hubRecord{End: &savedEnd{h.lastTx}})
}

func (h *Hub) saveProvider(id ProviderID, w func(hubRecord)) {
	p := h.providers[id]
	w(hubRecord{Provider: &savedProvider{ID: id, Payee: p.payee, Seq: p.seq, Earlier: p.earlier, Locks: p.locks}})
	for _, t := range p.open {
		w(hubRecord{Tick: &savedTick{
			Provider: id, Payee: t.payee, Hashlock: t.hashlock, Expiry: t.expiry, Names: t.names, Net: t.net,
			Answers: uint64(t.answers),
		}})
		for c := range slices.Chunk(t.items, 1024) {
			w(hubRecord{Orders: &savedOrders{id, t.hashlock, c}})
		}
	}
	for _, a := range p.answers {
		w(hubRecord{Answer: &savedAnswer{id, a}})
	}
}

func all[K any](K) bool { return true }

// Load takes one record of a saved book, in the order of Save, into a new one.
// It returns true with the last.
func (h *Hub) Load(record []byte) (bool, error) {
	var r hubRecord
	if err := codec.Unmarshal(record, &r); err != nil {
		return false, err
	}
	switch {
	case r.Open != nil:
		return false, h.fits(*r.Open)
	case r.Fee != nil:
		h.fees[r.Fee.Chain] = r.Fee.Fee
	case r.Scan != nil:
		h.scanned[r.Scan.Chain] = *r.Scan
	case r.Restored != nil:
		h.restored = r.Restored
	case r.Lost != nil:
		h.lost = r.Lost
	case r.Drain != nil:
		h.draining = r.Drain.On
	case r.State != nil:
		return false, h.state(*r.State)
	case r.Tx != nil:
		h.txs, h.lastTx = append(h.txs, r.Tx), r.Tx.ID
	case r.In != nil:
		h.ins.loadOne(r.In)
	case r.Names != nil:
		for _, id := range r.Names.Names {
			h.ins.nameOf(id)
		}
	case r.Ins != nil:
		return false, h.ins.load(*r.Ins)
	case r.Out != nil:
		h.setOut(*r.Out)
	case r.Base != nil:
		h.out(r.Base.ID).base = r.Base.Base
		h.markOut(r.Base.ID)
	case r.Provider != nil:
		p := r.Provider
		h.ins.nameOf(p.ID)
		h.providers[p.ID] = &hubProvider{payee: p.Payee, seq: p.Seq, earlier: p.Earlier, locks: p.Locks}
	case r.Tick != nil:
		return false, h.loadTick(*r.Tick)
	case r.Orders != nil:
		return false, h.loadOrders(*r.Orders)
	case r.Answer != nil:
		p := h.providers[r.Answer.Provider]
		if p == nil {
			return false, wherry.Errorf(wherry.Internal, "saved answer to a provider that is not saved")
		}
		p.answers = append(p.answers, r.Answer.Answer)
	case r.End != nil:
		h.lastTx = r.End.LastTx
		h.ins.secrets.number = nil
		return true, nil
	default:
		return false, wherry.Errorf(wherry.Internal, "saved record of an unknown kind")
	}
	return false, nil
}

func (h *Hub) loadTick(s savedTick) error {
	p := h.providers[s.Provider]
	if p == nil {
		return wherry.Errorf(wherry.Internal, "saved tick of a provider that is not saved")
	}
	t := &hubTick{
		provider: s.Provider, payee: s.Payee, hashlock: s.Hashlock, expiry: s.Expiry, names: s.Names, net: s.Net,
		answers: int(s.Answers),
	}
	h.ins.ticks.add(t)
	p.open = append(p.open, t)
	h.ticks[t.hashlock] = append(h.ticks[t.hashlock], t)
	return nil
}

func (h *Hub) loadOrders(s savedOrders) error {
	t := h.tick(s.Provider, s.Hashlock)
	if t == nil {
		return wherry.Errorf(wherry.Internal, "saved orders of a tick that is not saved")
	}
	defer h.ins.calm()
	for _, it := range s.Items {
		h.attach(t, it)
	}
	return nil
}
