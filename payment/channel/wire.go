package channel

import (
	"slices"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/codec"
)

// This file reads and writes what the hub's pay path consists of, in the form of
// package codec and without reflection: it is the same bytes, and whatever is out
// of the ordinary is left to codec.

// ParseBatch reads a batch. It is codec.Unmarshal, only faster where the bytes are
// those that codec.Marshal makes.
func ParseBatch(body []byte) (Batch, error) {
	if b, ok := quickBatch(body); ok {
		return b, nil
	}
	var b Batch
	err := codec.Unmarshal(body, &b)
	return b, err
}

// quickBatch reads a batch within bounds whose bytes are in order.
func quickBatch(body []byte) (b Batch, ok bool) {
	r := codec.NewReader(body)
	r.Map(10)
	r.Key(0)
	b.Version = r.Uint()
	r.Key(1)
	r.Fixed(b.Hub[:])
	r.Key(2)
	r.Fixed(b.Provider[:])
	r.Key(3)
	b.ChainB = r.Uint()
	r.Key(4)
	r.Fixed(b.ContractB[:])
	r.Key(5)
	r.Map(2)
	r.Key(1)
	r.Fixed(b.Tick.Epoch[:])
	r.Key(2)
	b.Tick.Number = r.Uint()
	r.Key(6)
	r.Fixed(b.Hashlock[:])
	r.Key(7)
	if n, is := r.Array(MaxReveals); is {
		b.Reveals = make([]wherry.Hash, n)
		for i := range b.Reveals {
			r.Fixed(b.Reveals[i][:])
		}
	}
	r.Key(8)
	if n, is := r.Array(MaxBatch); is {
		b.Items = make([]Item, n)
		for i := range b.Items {
			b.Items[i].read(r)
		}
	}
	r.Key(9)
	r.Fixed(b.Sig[:])
	return b, r.OK()
}

func (it *Item) read(r *codec.Reader) {
	r.Map(7)
	r.Key(1)
	r.Fixed(it.Consumer[:])
	r.Key(2)
	it.ChainA = r.Uint()
	r.Key(3)
	it.Total = readAmount(r)
	r.Key(4)
	it.Amount = readAmount(r)
	r.Key(5)
	it.Seq = r.Uint()
	r.Key(6)
	r.Fixed(it.Session[:])
	r.Key(7)
	r.Fixed(it.Sig[:])
}

func (it *Item) append(b []byte) []byte {
	b = codec.AppendMap(b, 7)
	b = codec.AppendBytes(append(b, 1), it.Consumer[:])
	b = codec.AppendUint(append(b, 2), it.ChainA)
	b = appendMoney(append(b, 3), it.Total)
	b = appendMoney(append(b, 4), it.Amount)
	b = codec.AppendUint(append(b, 5), it.Seq)
	b = codec.AppendBytes(append(b, 6), it.Session[:])
	return codec.AppendBytes(append(b, 7), it.Sig[:])
}

func readAmount(r *codec.Reader) wherry.Amount {
	a, err := wherry.AmountFromBytes(r.Bytes(16))
	if err != nil {
		r.Fail()
	}
	return a
}

func appendMoney(b []byte, a wherry.Amount) []byte {
	var w [16]byte
	return codec.AppendBytes(b, a.AppendBytes(w[:0]))
}

// Append appends e's record to b: the bytes of codec.Marshal.
func (e HubEvent) Append(b []byte) ([]byte, error) {
	p := e.Pay
	if p == nil || len(p.Dead) > 0 || len(p.Refused) > 0 || p.Bind != nil || e != (HubEvent{Pay: p}) {
		raw, err := codec.Marshal(e)
		return append(b, raw...), err
	}
	pairs := 7
	for _, some := range []bool{len(p.Reveals) > 0, len(p.Items) > 0, p.Repeated} {
		if some {
			pairs++
		}
	}
	b = slices.Grow(b, 256+192*len(p.Items))
	b = codec.AppendMap(append(codec.AppendMap(b, 1), 3), pairs)
	b = codec.AppendBytes(append(b, 1), p.Request[:])
	b = p.Provider.append(append(b, 2))
	b = p.Tick.append(append(b, 3))
	b = codec.AppendBytes(append(b, 4), p.Hashlock[:])
	b = codec.AppendUint(append(b, 5), p.Expiry)
	b = codec.AppendUint(append(b, 6), p.FeePPM)
	if len(p.Reveals) > 0 {
		b = codec.AppendArray(append(b, 7), len(p.Reveals), true)
		for _, r := range p.Reveals {
			b = r.append(b)
		}
	}
	if len(p.Items) > 0 {
		b = codec.AppendArray(append(b, 8), len(p.Items), true)
		for i := range p.Items {
			b = p.Items[i].append(b)
		}
	}
	if p.Repeated {
		b = append(b, 9, 0xf5) // true
	}
	return codec.AppendBytes(append(b, 12), p.Unlocked[:]), nil
}

func (r *HubRevealed) append(b []byte) []byte {
	b = codec.AppendBytes(append(codec.AppendMap(b, 2), 1), r.Preimage[:])
	b = codec.AppendArray(append(b, 2), len(r.Providers), r.Providers != nil)
	for _, p := range r.Providers {
		b = p.append(b)
	}
	return b
}

func (p ProviderID) append(b []byte) []byte {
	b = codec.AppendUint(append(codec.AppendMap(b, 2), 1), p.Chain)
	return codec.AppendBytes(append(b, 2), p.Provider[:])
}

func (t TickID) append(b []byte) []byte {
	b = codec.AppendBytes(append(codec.AppendMap(b, 2), 1), t.Epoch[:])
	return codec.AppendUint(append(b, 2), t.Number)
}

// Encode returns a's bytes: those of codec.Marshal.
func (a Answer) Encode() ([]byte, error) {
	if len(a.Refused) > 0 {
		return codec.Marshal(a)
	}
	b := codec.AppendMap(make([]byte, 0, 640), 7)
	b = codec.AppendUint(append(b, 0), a.Version)
	b = codec.AppendBytes(append(b, 1), a.Request[:])
	b = a.Tick.append(append(b, 2))
	b = a.Locked.append(append(b, 3))
	b = a.Unlocked.append(append(b, 4))
	b = codec.AppendArray(append(b, 5), 0, a.Refused != nil)
	return codec.AppendBytes(append(b, 6), a.Sig[:]), nil
}

func (p *SignedPayout) append(b []byte) []byte {
	b = codec.AppendBytes(append(codec.AppendMap(b, 5), 1), p.Payee[:])
	b = appendMoney(append(b, 2), p.Total)
	b = codec.AppendUint(append(b, 3), p.Expiry)
	b = codec.AppendBytes(append(b, 4), p.Hashlock[:])
	return codec.AppendBytes(append(b, 5), p.Sig[:])
}
