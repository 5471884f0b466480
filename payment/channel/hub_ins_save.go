package channel

import (
	"encoding/binary"
	"slices"

	"github.com/wherrynet/wherry"
)

const (
	savedPiece = 32 << 10 // bytes of channels in one record of a saved book, about
	savedName  = 1024     // providers in one
)

// save writes all channels in order, but for their open orders.
func (t *hubIns) save(w func(hubRecord)) {
	for c := range slices.Chunk(t.names, savedName) {
		w(hubRecord{Names: &savedNames{c}})
	}
	for _, chain := range sortedKeys(t.place, all[uint64], compare) {
		places := t.place[chain]
		who := make([]wherry.Address, 0, len(places))
		for a := range places {
			who = append(who, a)
		}
		slices.SortFunc(who, func(a, b wherry.Address) int { return compareBytes(a[:], b[:]) })
		var data, form []byte
		for i, a := range who {
			form = t.appendSaved(form[:0], t.read(InID{chain, a}, places[a]))
			data = appendIn(data, a, form)
			if len(data) >= savedPiece || i == len(who)-1 {
				w(hubRecord{Ins: &savedIns{chain, data}})
				data = data[:0]
			}
		}
	}
}

// appendIn appends a channel as it is in a savedIns.
func appendIn(b []byte, who wherry.Address, form []byte) []byte {
	b = append(b, who[:]...)
	b = binary.AppendUvarint(b, uint64(len(form)))
	return append(b, form...)
}

// load takes one record of save.
func (t *hubIns) load(s savedIns) error {
	r := restReader{b: s.Data}
	for len(r.b) > 0 {
		id := InID{Chain: s.Chain}
		copy(id.Consumer[:], r.bytes(len(id.Consumer)))
		n := r.uint()
		if r.bad || n > uint64(len(r.b)) {
			return errRest
		}
		in, err := t.readSaved(id, r.bytes(int(n)))
		if err != nil {
			return err
		}
		if _, twice := t.place[id.Chain][id.Consumer]; twice {
			return wherry.Errorf(wherry.Internal, "channel of %s is saved twice", id.Consumer)
		}
		t.add(in)
		t.setLeaving(in, in.leaving, in.exitAt)
		if in.stop != nil {
			t.stopped[id] = struct{}{}
		}
		t.calm()
	}
	return nil
}

// loadOne takes a channel as it was saved before there was save.
func (t *hubIns) loadOne(s *savedIn) {
	in := t.make(s.State.ID)
	in.deposited, in.settled = s.State.Deposited, s.State.Settled
	t.setLeaving(in, s.State.Leaving, s.State.ExitAt)
	in.spent, in.pending, in.seqs, in.preimage = s.Spent, s.Pending, s.Seqs, s.Preimage
	for _, e := range s.Ended {
		n := t.secrets.loaded(e.Preimage)
		t.secrets.keep(n)
		in.ended.add(e.Seq, n)
	}
	in.claim, in.newest = s.Claim.promised(), s.Newest.promised()
	if in.newest.same(in.claim) {
		in.newest = in.claim
	}
	t.setStop(in, s.Stop)
	t.calm()
}

func (h Held) promised() *promised {
	if h.IsZero() {
		return nil
	}
	return &promised{by: ProviderID{h.B.ID, h.Provider}, lock: h.Hashlock, item: h.Item}
}

// inLength returns how long the first channel of a savedIns is.
func inLength(b []byte) int {
	who := len(wherry.Address{})
	n, k := binary.Uvarint(b[who:])
	return who + k + int(n)
}
