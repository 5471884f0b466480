package channel

import (
	"slices"

	"github.com/wherrynet/wherry"
)

// A binding costs whoever makes it two signatures, and anybody can make any number
// of them. So a provider gets a row in the book, and a record in the journal, with
// its first accepted order, which somebody with a deposit has signed. Until then
// its binding is with strangers: in memory, for as long as not too many have come
// after it. Whoever is forgotten is told NotFound, and binds again.
//
//	         Bind                 first accepted order
//	nothing ──────► a stranger's ──────────────────────► in the book
//	    ▲                │
//	    └────────────────┘ maxStrangers have come after it; a restart
const (
	maxStrangers = 4096 // bindings that are remembered without an order
	// introductions is how many providers one consumer can bring into the book in an
	// hour of their chain: the least order is worth next to nothing.
	introductions = 16
)

// strangers holds the bindings of providers that are not in the book.
type strangers struct {
	by   map[ProviderID]BindRequest
	came []ProviderID // who is in by, oldest first; and who is not any more

	brought  map[uint64]*brought // by the provider's chain
	maxBound int                 // maxStrangers but in tests
}

// brought counts who was brought into the book by whom in an hour. Chains are not of
// one time: each has an hour of its own.
type brought struct {
	hour uint64
	by   map[InID]int
}

func newStrangers() strangers {
	return strangers{by: map[ProviderID]BindRequest{}, brought: map[uint64]*brought{}, maxBound: maxStrangers}
}

// put remembers a binding, and forgets the oldest where there are too many.
func (s *strangers) put(id ProviderID, r BindRequest) {
	if _, known := s.by[id]; !known {
		s.came = append(s.came, id)
	}
	s.by[id] = r
	for len(s.came) > s.maxBound {
		delete(s.by, s.came[0])
		s.came = s.came[1:]
	}
}

// take forgets a binding and returns it.
func (s *strangers) take(id ProviderID) BindRequest {
	r := s.by[id]
	delete(s.by, id)
	s.came = slices.DeleteFunc(s.came, func(other ProviderID) bool { return other == id })
	return r
}

// mayBring reports whether a consumer may bring a provider of a chain into the book at
// a time of that chain.
func (s *strangers) mayBring(who InID, chain, now uint64) bool {
	b := s.brought[chain]
	return b == nil || b.hour != now/3600 || b.by[who] < introductions
}

func (s *strangers) bring(who InID, chain, now uint64) {
	b := s.brought[chain]
	if hour := now / 3600; b == nil || b.hour != hour {
		b = &brought{hour, map[InID]int{}}
		s.brought[chain] = b
	}
	b.by[who]++
}

// provider returns what is known of a provider, or nil. What is known of a stranger
// is who is paid, in a copy.
func (h *Hub) provider(id ProviderID) *hubProvider {
	if p := h.providers[id]; p != nil {
		return p
	}
	if r, ok := h.strangers.by[id]; ok {
		return &hubProvider{payee: r.Payee, seq: r.Seq}
	}
	return nil
}

// admit brings a stranger into the book for the sake of an order that is accepted.
func (h *Hub) admit(e *HubPaid, in InID, now uint64) {
	if h.providers[e.Provider] != nil {
		return
	}
	r := h.strangers.take(e.Provider)
	h.strangers.bring(in, e.Provider.Chain, now)
	e.Bind = &r
	h.bind(r)
}

// Bind takes note of where a provider is paid, from the next tick on. The caller
// has verified both signatures. The newest binding again is accepted. The event is
// zero when that is no news, and for a provider that is not in the book: it is
// recorded with its first order. The number of the first may be any but zero,
// since the book forgets strangers; each later one is one more.
func (h *Hub) Bind(r BindRequest) (HubEvent, Bound, error) {
	if d, ok := h.Domain(r.B.ID); !ok || d.Contract != r.B.Contract {
		return HubEvent{}, Bound{}, wherry.Errorf(wherry.Invalid, "binding for a chain or contract on which this hub does not pay")
	}
	if r.Payee.IsZero() || r.Payee == r.B.Contract {
		return HubEvent{}, Bound{}, wherry.Errorf(wherry.Invalid, "this account cannot be paid")
	}
	id := ProviderID{r.B.ID, r.Provider}
	p := h.provider(id)
	if p != nil && p.seq == r.Seq && p.payee == r.Payee {
		return HubEvent{}, Bound{Version, p.payee, p.seq}, nil
	}
	if h.providers[id] == nil {
		if r.Seq == 0 || p != nil && r.Seq <= p.seq {
			return HubEvent{}, Bound{}, wherry.Errorf(wherry.Conflict, "binding with number %d: an earlier one has it, or a higher one", r.Seq)
		}
		h.strangers.put(id, r)
		return HubEvent{}, Bound{Version, r.Payee, r.Seq}, nil
	}
	if r.Seq != p.seq+1 {
		return HubEvent{}, Bound{}, wherry.Errorf(wherry.Conflict, "binding with number %d: the next is %d", r.Seq, p.seq+1)
	}
	h.bind(r)
	return HubEvent{Bind: &r}, Bound{Version, r.Payee, r.Seq}, nil
}

func (h *Hub) bind(r BindRequest) {
	id := ProviderID{r.B.ID, r.Provider}
	p := h.providers[id]
	if p == nil {
		p = &hubProvider{}
		h.providers[id] = p
		h.ins.nameOf(id)
	}
	if !p.payee.IsZero() && p.payee != r.Payee {
		p.earlier = slices.DeleteFunc(p.earlier, func(a wherry.Address) bool { return a == p.payee || a == r.Payee })
		p.earlier = keepLast(append(p.earlier, p.payee), keptPayees)
	}
	p.payee, p.seq = r.Payee, r.Seq
}
