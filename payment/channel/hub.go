package channel

import (
	"slices"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

// Hub is the book of a hub: what every consumer has deposited, spent and has
// pending, what every payee has earned, and which ticks are open between them.
//
// Methods named after a deed (Pay, Bind, Reveal, Void, Stop, …) decide, change
// the book and return the event that did it; on an error they change nothing.
// Whoever holds the book makes that event durable before anything that follows
// from it is told to anybody. Apply repeats an event, so that a journal of them
// is the book. A Hub is not safe for concurrent use: it has one writer.
//
// Per tick, (provider, chain B, hash lock):
//
//	       first order            preimage in time, or seen on chain B
//	none ──────────────► open ──────────────────────────────────────► revealed
//	                      │ ▲ more orders, the same payout and expiry
//	                      │ └──
//	                      └──► void: chain B's final block is past the expiry
type Hub struct {
	address   wherry.Address
	chains    map[uint64]wherry.Address // Hubs contract by chain ID
	ins       hubIns
	outs      map[OutID]*hubOut
	providers map[ProviderID]*hubProvider
	ticks     map[wherry.Hash][]*hubTick // open ones by hash lock
	scanned   map[uint64]HubScan
	txs       []*HubTx // open ones, and the last few that are done; by ID
	lastTx    uint64
	fees      map[uint64]wherry.Amount // kept, by chain B
	restored  *HubRestored             // nil unless the journal came out of a backup
	lost      *HubLost                 // nil while the book is whole, as far as anybody knows
	moved     bool
	draining  bool
	stated    map[uint64][]HubStated // by chain, oldest first
	strangers strangers              // not part of what is saved

	// owing can be told from outs; it saves looking through all of them: who has
	// earned more than what is paid.
	owing map[OutID]struct{}
}

// InID names a consumer's channel.
type InID struct {
	Chain    uint64         `cbor:"1,keyasint"` // A
	Consumer wherry.Address `cbor:"2,keyasint"`
}

// OutID names a payee's side.
type OutID struct {
	Chain uint64         `cbor:"1,keyasint"` // B
	Payee wherry.Address `cbor:"2,keyasint"`
}

// ProviderID names a provider's business on one chain.
type ProviderID struct {
	Chain    uint64         `cbor:"1,keyasint"` // B
	Provider wherry.Address `cbor:"2,keyasint"`
}

// HubRules are what the hub's operator decides, and may change: they bind new
// orders only.
type HubRules struct {
	FeePPM          uint64        // parts per million kept of each order; below one million
	MaxOpen         wherry.Amount // most that may be unrevealed for one payee, and for one provider
	MaxOpenConsumer wherry.Amount // most that may be unrevealed of one consumer
	MinDeposit      wherry.Amount // least deposit of a consumer that orders are taken on
	PayoutLife      uint64        // seconds that a locked payout lives
	Closed          bool          // takes no new orders; preimages are taken all the same

	share uint64 // one in so many of each bound on a provider's ticks; zero is all
}

// strangersShare is the part of a provider's bounds that others may use up.
const strangersShare = 4

// Stranger returns the rules for a batch that its provider did not sign. Anybody
// who has a promise may hand it in, and it pays the provider that it names; but
// under locks whose preimages nobody shows, that would use up what the provider
// may have open, and keep it from earning. So others get a part of each bound.
func (r HubRules) Stranger() HubRules {
	r.share = strangersShare
	if most, err := r.MaxOpen.MulDiv(1, strangersShare); err == nil {
		r.MaxOpen = most
	}
	return r
}

// part returns what of a bound these rules allow.
func (r HubRules) part(bound int) int { return bound / int(max(r.share, 1)) }

// Clock is the time of each chain's newest block, in unix seconds. A chain that
// is not in it was not heard of.
type Clock map[uint64]uint64

// hubEnded is an order that was accepted and is not pending any more.
type hubEnded struct {
	Seq      uint64      `cbor:"1,keyasint"`
	Preimage wherry.Hash `cbor:"2,keyasint"` // zero when it is void
}

type hubOut struct {
	base           wherry.Amount // Σ net of revealed orders: the unlocked payout
	open           wherry.Amount // Σ gross of unrevealed orders
	paid, reserved wherry.Amount // final on chain
}

type hubProvider struct {
	payee   wherry.Address
	seq     uint64
	earlier []wherry.Address // payees bound before, oldest first
	locks   []wherry.Hash    // of the last ticks, oldest first
	answers []Answer         // unsigned, oldest first
	open    []*hubTick       // oldest first
}

type hubTick struct {
	number     uint32 // among the open ones
	provider   ProviderID
	payee      wherry.Address
	hashlock   wherry.Hash
	expiry     uint64
	names      []TickID
	gross, net wherry.Amount
	answers    int
	items      []Item // its orders
}

// What is remembered at most, so that nobody makes the book grow without
// depositing.
const (
	keptLocks   = 256 // a hash lock is refused again at least for this many ticks
	keptAnswers = 8   // answers that belong to no open tick
	keptNames   = 4
	keptPayees  = 8
	keptTxs     = 64
	tickAnswers = 64 // batches that may join one tick
	openOrders  = 64 // unrevealed orders of one consumer
)

// NewHub returns an empty book of the hub with the given key's address. Chains
// are those whose deposits it takes or on which it pays, with their contracts.
func NewHub(address wherry.Address, chains []typed.Domain) *Hub {
	h := &Hub{
		address:   address,
		chains:    make(map[uint64]wherry.Address, len(chains)),
		ins:       newHubIns(),
		outs:      map[OutID]*hubOut{},
		providers: map[ProviderID]*hubProvider{},
		ticks:     map[wherry.Hash][]*hubTick{},
		scanned:   map[uint64]HubScan{},
		fees:      map[uint64]wherry.Amount{},
		stated:    map[uint64][]HubStated{},
		owing:     map[OutID]struct{}{},
		strangers: newStrangers(),
	}
	for _, d := range chains {
		h.chains[d.ChainID] = d.Contract
	}
	return h
}

// Address returns the hub's name.
func (h *Hub) Address() wherry.Address { return h.address }

// Domain returns the domain of a chain that the book knows.
func (h *Hub) Domain(chain uint64) (typed.Domain, bool) {
	c, ok := h.chains[chain]
	return typed.Domain{ChainID: chain, Contract: c}, ok
}

// Known reports whether the book holds a deposit of a consumer: only then is a
// signature of it worth checking.
func (h *Hub) Known(id InID) bool {
	return !h.ins.deposited(id).IsZero()
}

// Answered returns the unsigned answer that a batch has had, by the Keccak-256
// of its bytes, as long as the book remembers it.
func (h *Hub) Answered(id ProviderID, request wherry.Hash) (Answer, bool) {
	p := h.providers[id]
	if p == nil {
		return Answer{}, false
	}
	for _, v := range slices.Backward(p.answers) {
		if v.Request == request {
			return v, true
		}
	}
	return Answer{}, false
}

// Payouts returns the newest payouts of a provider, unsigned. NotFound when it
// was never bound.
func (h *Hub) Payouts(id ProviderID) (Payouts, error) {
	p := h.provider(id)
	if p == nil {
		return Payouts{}, wherry.Errorf(wherry.NotFound, "no payee is bound to this provider")
	}
	out := Payouts{
		Version: Version, Provider: id.Provider, Payee: p.payee, Seq: p.seq,
		Unlocked: h.unlocked(OutID{id.Chain, p.payee}),
	}
	for _, e := range p.earlier {
		if u := h.unlocked(OutID{id.Chain, e}); !u.IsZero() {
			out.Earlier = append(out.Earlier, u)
		}
	}
	for _, t := range p.open {
		out.Open = append(out.Open, OpenTick{Ticks: append([]TickID(nil), t.names...), Locked: h.locked(t)})
	}
	return out, nil
}

// PayoutsTo returns the newest payout to a payee, unsigned, for a provider that the
// book does not know and that holds an earlier one.
func (h *Hub) PayoutsTo(provider wherry.Address, id OutID) Payouts {
	return Payouts{Version: Version, Provider: provider, Payee: id.Payee, Unlocked: h.unlocked(id)}
}

// Account returns what the book holds of a channel. NotFound when it holds
// nothing.
func (h *Hub) Account(id InID) (Account, error) {
	in := h.ins.look(id)
	if in == nil {
		return Account{}, wherry.Errorf(wherry.NotFound, "no deposit is known")
	}
	a := Account{
		Version: Version, Consumer: id.Consumer, A: Chain{id.Chain, h.chains[id.Chain]},
		Deposited: in.deposited, Settled: in.settled, Spent: in.spent, Pending: in.pending,
		Leaving: in.leaving, Newest: h.held(in, in.newest), NextSeq: in.seqs.High + 1,
	}
	if in.stop != nil {
		a.StopUntil = in.stop.Expiry
	}
	return a, nil
}

func (h *Hub) unlocked(id OutID) SignedPayout {
	o := h.outs[id]
	if o == nil || o.base.IsZero() {
		return SignedPayout{}
	}
	return SignedPayout{Payee: id.Payee, Total: o.base}
}

func (h *Hub) locked(t *hubTick) SignedPayout {
	return SignedPayout{
		Payee: t.payee, Total: plus(h.out(OutID{t.provider.Chain, t.payee}).base, t.net),
		Expiry: t.expiry, Hashlock: t.hashlock,
	}
}

func (h *Hub) out(id OutID) *hubOut {
	o := h.outs[id]
	if o == nil {
		o = &hubOut{}
		h.outs[id] = o
	}
	return o
}

// Sign fills in the signatures that an answer of the book lacks. They are the
// same each time.
func (a Answer) Sign(sign func(wherry.Hash) identity.Signature, b typed.Domain) (Answer, error) {
	if !a.Locked.IsZero() {
		a.Locked.Sig = sign(a.Locked.Payout().Digest(b))
	}
	if !a.Unlocked.IsZero() {
		a.Unlocked.Sig = sign(a.Unlocked.Payout().Digest(b))
	}
	if len(a.Refused) > 0 {
		d, err := a.Digest()
		if err != nil {
			return Answer{}, err
		}
		a.Sig = sign(d)
	}
	return a, nil
}

// Net returns what a payee gets of an order after a fee, rounded down.
func Net(x wherry.Amount, feePPM uint64) wherry.Amount {
	n, err := x.MulDiv(1_000_000-min(feePPM, 1_000_000), 1_000_000)
	if err != nil {
		return wherry.Amount{}
	}
	return n
}

// plus adds amounts that cannot overflow: fewer than 2^32 of at most 2^96 each.
// Should it happen all the same, the sum stays where it was.
func plus(a, b wherry.Amount) wherry.Amount {
	s, err := a.Add(b)
	if err != nil {
		return a
	}
	return s
}

// seqWindow remembers which order numbers were used: all below the newest 256,
// and those marked among them.
type seqWindow struct {
	High uint64    `cbor:"1,keyasint"`
	Bits [4]uint64 `cbor:"2,keyasint"` // bit i is High - i
}

func (w *seqWindow) used(seq uint64) bool {
	switch {
	case seq == 0:
		return true
	case seq > w.High:
		return false
	case w.High-seq >= 256:
		return true
	}
	i := w.High - seq
	return w.Bits[i/64]&(1<<(i%64)) != 0
}

func (w *seqWindow) use(seq uint64) {
	if seq > w.High {
		w.shift(seq - w.High)
		w.High = seq
	}
	if i := w.High - seq; i < 256 {
		w.Bits[i/64] |= 1 << (i % 64)
	}
}

// forgotten reports whether a number is so old that nothing is known of it.
func (w *seqWindow) forgotten(seq uint64) bool {
	return seq == 0 || seq < w.High && w.High-seq >= 256
}

// full reports whether all numbers up to the highest are used.
func (w *seqWindow) full() bool {
	v := seqWindow{High: w.High}
	v.fill()
	return *w == v
}

// fill marks all numbers up to the highest as used.
func (w *seqWindow) fill() {
	for i := range w.Bits {
		switch n := w.High - min(w.High, uint64(i)*64); {
		case n >= 64:
			w.Bits[i] = 1<<64 - 1
		default:
			w.Bits[i] = 1<<n - 1
		}
	}
}

func (w *seqWindow) shift(n uint64) {
	if n >= 256 {
		w.Bits = [4]uint64{}
		return
	}
	words, bits := int(n/64), n%64
	for i := 3; i >= 0; i-- {
		var v uint64
		if i-words >= 0 {
			v = w.Bits[i-words] << bits
			if bits > 0 && i-words-1 >= 0 {
				v |= w.Bits[i-words-1] >> (64 - bits)
			}
		}
		w.Bits[i] = v
	}
}
