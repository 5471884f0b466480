package channel

import (
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
)

// Bounds on a hub's answers.
const MaxOpenTicks = 64 // unrevealed ticks of one provider

// Chain names a chain with its Hubs contract, as messages carry it.
type Chain struct {
	ID       uint64         `cbor:"1,keyasint" json:"id"`
	Contract wherry.Address `cbor:"2,keyasint" json:"contract"`
}

// Domain returns the EIP-712 domain of c.
func (c Chain) Domain() typed.Domain {
	return typed.Domain{ChainID: c.ID, Contract: c.Contract}
}

// SignedTerms is what a hub asks for its work, for deposits on chain A.
type SignedTerms struct {
	Version    uint64             `cbor:"0,keyasint"` // 1
	Hub        wherry.Address     `cbor:"1,keyasint"`
	A          Chain              `cbor:"2,keyasint"`
	FeePPM     uint64             `cbor:"3,keyasint"`
	MinReserve wherry.Amount      `cbor:"4,keyasint"`
	MinPush    wherry.Amount      `cbor:"5,keyasint"`
	MaxOpen    wherry.Amount      `cbor:"6,keyasint"`
	PayoutLife uint64             `cbor:"7,keyasint"` // seconds
	ValidUntil uint64             `cbor:"8,keyasint"` // unix seconds
	Payees     []Chain            `cbor:"9,keyasint"` // chains that it pays on
	Sig        identity.Signature `cbor:"10,keyasint"`
}

// Terms returns what the hub signs, in the domain of A.
func (t SignedTerms) Terms() typed.Terms {
	chains := make([]typed.Domain, len(t.Payees))
	for i, c := range t.Payees {
		chains[i] = c.Domain()
	}
	return typed.Terms{
		FeePPM: t.FeePPM, MinReserve: t.MinReserve, MinPush: t.MinPush, MaxOpen: t.MaxOpen,
		PayoutLife: t.PayoutLife, ValidUntil: t.ValidUntil, PayeeChains: typed.PayeeChains(chains),
	}
}

// Verify returns nil when the hub that t names signed it.
func (t SignedTerms) Verify() error {
	return identity.Verify(t.Hub, t.Terms().Digest(t.A.Domain()), t.Sig)
}

// BindRequest is a Binding as it travels to a hub. A repeat of the newest one is
// accepted; otherwise Seq is one more than before, and 1 at first. It holds from
// the next tick on.
type BindRequest struct {
	Version     uint64             `cbor:"0,keyasint"` // 1
	Provider    wherry.Address     `cbor:"1,keyasint"`
	Payee       wherry.Address     `cbor:"2,keyasint"`
	B           Chain              `cbor:"3,keyasint"`
	Seq         uint64             `cbor:"4,keyasint"`
	ProviderSig identity.Signature `cbor:"5,keyasint"`
	PayeeSig    identity.Signature `cbor:"6,keyasint"`
}

// Request returns b as it travels.
func (b Binding) Request() BindRequest {
	return BindRequest{
		Version: Version, Provider: b.Payee.Provider, Payee: b.Payee.Payee,
		B:   Chain{ID: b.Payee.ChainID, Contract: b.Payee.Contract},
		Seq: b.Payee.Seq, ProviderSig: b.ProviderSig, PayeeSig: b.PayeeSig,
	}
}

// Binding returns what r carries.
func (r BindRequest) Binding() Binding {
	return Binding{
		Payee: typed.Payee{
			Provider: r.Provider, Payee: r.Payee, ChainID: r.B.ID, Contract: r.B.Contract, Seq: r.Seq,
		},
		ProviderSig: r.ProviderSig, PayeeSig: r.PayeeSig,
	}
}

// Bound is the hub's answer to a Binding: what it holds now.
type Bound struct {
	Version uint64         `cbor:"0,keyasint"` // 1
	Payee   wherry.Address `cbor:"1,keyasint"`
	Seq     uint64         `cbor:"2,keyasint"`
}

// Question says which of the requests that a counterparty signs a Request is,
// so that one is never taken for another.
type Question uint64

// The questions. Zero is none.
const (
	AskPayout  Question = 1 // by a provider, about its payouts on a chain
	AskAccount Question = 2 // by a consumer, about its channel on a chain
	AskClose   Question = 3 // by a consumer, who wants to leave at once
	AskOrders  Question = 4 // by a consumer, what became of some of its orders
	AskProof   Question = 5 // by a payee, for its part in what the hub owes
)

// Request is something that a hub answers only to the account that it is about.
type Request struct {
	Version uint64             `cbor:"0,keyasint"` // 1
	Ask     Question           `cbor:"1,keyasint"`
	Hub     wherry.Address     `cbor:"2,keyasint"`
	Who     wherry.Address     `cbor:"3,keyasint"` // the provider or consumer, who signs
	Chain   Chain              `cbor:"4,keyasint"`
	Time    uint64             `cbor:"5,keyasint"` // unix seconds; the hub takes its own clock ± 5 minutes
	Sig     identity.Signature `cbor:"6,keyasint"`
	Seqs    []uint64           `cbor:"7,keyasint,omitempty"` // of AskOrders: at most MaxOrders
	Held    *HeldPayout        `cbor:"8,keyasint,omitempty"` // with AskPayout: what the hub may have forgotten
}

// MaxOrders is how many orders may be asked for at once.
const MaxOrders = 256

// Digest returns what Who signs: Keccak-256("wherry/request/v1" ‖ the encoding
// with a zero Sig).
func (r Request) Digest() (wherry.Hash, error) {
	r.Sig = identity.Signature{}
	return tagged("wherry/request/v1", r)
}

// Sign returns r with key's name and signature.
func (r Request) Sign(key *identity.Key) (Request, error) {
	r.Version, r.Who = 1, key.Address()
	d, err := r.Digest()
	if err != nil {
		return Request{}, err
	}
	r.Sig = key.Sign(d)
	return r, nil
}

// Verify returns nil when Who signed r.
func (r Request) Verify() error {
	d, err := r.Digest()
	if err != nil {
		return err
	}
	return identity.Verify(r.Who, d, r.Sig)
}

// OpenTick is a tick whose preimage the hub has not seen.
type OpenTick struct {
	// Ticks are the names that batches of this hash lock gave. Batches need no
	// signature, so more than one may stand here, and yours is the one whose
	// preimage fits the lock.
	Ticks  []TickID     `cbor:"1,keyasint"`
	Locked SignedPayout `cbor:"2,keyasint"`
}

// Payouts is a hub's answer to AskPayout: the newest payouts that it has signed.
type Payouts struct {
	Version  uint64         `cbor:"0,keyasint"` // 1
	Provider wherry.Address `cbor:"1,keyasint"`
	Payee    wherry.Address `cbor:"2,keyasint"` // bound now; zero when none was
	Seq      uint64         `cbor:"3,keyasint"` // of the binding
	Unlocked SignedPayout   `cbor:"4,keyasint"` // to Payee; zero when nothing is revealed
	Earlier  []SignedPayout `cbor:"5,keyasint"` // to payees bound before, if any
	Open     []OpenTick     `cbor:"6,keyasint"` // in the order in which they began
}

// Newest returns the newest payouts alone.
func (p Payouts) Newest() Newest {
	n := Newest{Version: Version, Unlocked: p.Unlocked}
	if len(p.Open) > 0 {
		o := p.Open[len(p.Open)-1]
		n.Locked = o.Locked
		if len(o.Ticks) > 0 {
			n.Tick = o.Ticks[len(o.Ticks)-1]
		}
	}
	return n
}

// Held is a consumer's promise as a hub holds it.
type Held struct {
	Provider  wherry.Address `cbor:"1,keyasint"`
	B         Chain          `cbor:"2,keyasint"`
	Hashlock  wherry.Hash    `cbor:"3,keyasint"`
	Item      Item           `cbor:"4,keyasint"`
	ContractA wherry.Address `cbor:"5,keyasint"`
}

// Promise returns h as what the consumer signed to hub.
func (h Held) Promise(hub wherry.Address) SignedPromise {
	b := Batch{Hub: hub, Provider: h.Provider, ChainB: h.B.ID, ContractB: h.B.Contract, Hashlock: h.Hashlock, Items: []Item{h.Item}}
	return b.Promise(0, typed.Domain{ChainID: h.Item.ChainA, Contract: h.ContractA})
}

// Straight returns h with the recovery bit that its signature has to have. A hub
// accepts promises whatever that bit is, since it does not need it; who recovers,
// the contract or the consumer, does.
func (h Held) Straight(hub wherry.Address) Held {
	p := h.Promise(hub)
	if s, err := identity.Straight(p.Consumer, p.Digest(), p.Sig); err == nil {
		h.Item.Sig = s
	}
	return h
}

// IsZero reports whether there is no promise.
func (h Held) IsZero() bool { return h == Held{} }

// Account is a hub's answer to AskAccount: what it knows of a consumer's channel.
type Account struct {
	Version   uint64         `cbor:"0,keyasint"` // 1
	Consumer  wherry.Address `cbor:"1,keyasint"`
	A         Chain          `cbor:"2,keyasint"`
	Deposited wherry.Amount  `cbor:"3,keyasint"`  // final on chain
	Settled   wherry.Amount  `cbor:"4,keyasint"`  // final on chain
	Spent     wherry.Amount  `cbor:"5,keyasint"`  // Σ of revealed orders
	Pending   wherry.Amount  `cbor:"6,keyasint"`  // Σ of accepted, unrevealed orders
	Leaving   bool           `cbor:"7,keyasint"`  // has announced to leave
	StopUntil uint64         `cbor:"8,keyasint"`  // expiry of a signed Close, while it may be used
	Newest    Held           `cbor:"9,keyasint"`  // accepted promise with the highest total; zero when there is none
	NextSeq   uint64         `cbor:"10,keyasint"` // one above the highest order number seen
}

// Closed is a hub's answer to AskClose: its consent, or when to ask again.
type Closed struct {
	Version   uint64             `cbor:"0,keyasint"` // 1
	Consumer  wherry.Address     `cbor:"1,keyasint"`
	Deposited wherry.Amount      `cbor:"2,keyasint"`
	Settled   wherry.Amount      `cbor:"3,keyasint"`
	Expiry    uint64             `cbor:"4,keyasint"`
	Sig       identity.Signature `cbor:"5,keyasint"` // zero when pending
	Pending   uint64             `cbor:"6,keyasint"` // unix seconds by which it will do; zero when signed
}

// Close returns what the hub signs, in the domain of chain A.
func (c Closed) Close() typed.Close {
	return typed.Close{Consumer: c.Consumer, Deposited: c.Deposited, Settled: c.Settled, Expiry: c.Expiry}
}

// Fate is what has become of an order.
type Fate uint64

// The states. All but pending are final.
const (
	FateUnknown  Fate = 0 // too long ago to tell: its number is below the newest 256
	FatePending  Fate = 1 // accepted; void if its preimage does not come before Expiry
	FateRevealed Fate = 2 // accepted, and its preimage was shown in time
	FateRefused  Fate = 3 // its number is used up, and no order of that number ever counts
	FateVoid     Fate = 4 // its preimage did not come in time
)

// String returns the state's word.
func (s Fate) String() string {
	switch s {
	case FatePending:
		return "pending"
	case FateRevealed:
		return "revealed"
	case FateRefused:
		return "refused"
	case FateVoid:
		return "void"
	case FateUnknown:
	}
	return "unknown"
}

// OrderStatus is what a hub knows of one order.
type OrderStatus struct {
	Seq      uint64      `cbor:"1,keyasint"`
	State    Fate        `cbor:"2,keyasint"`
	Preimage wherry.Hash `cbor:"3,keyasint"` // of a revealed one
	Expiry   uint64      `cbor:"4,keyasint"` // of a pending one, unix seconds of chain B
}

// Orders is a hub's answer to AskOrders. A number that the hub had never seen is
// used up by the question, so that its promise may be counted as refused.
type Orders struct {
	Version  uint64             `cbor:"0,keyasint"` // 1
	Hub      wherry.Address     `cbor:"1,keyasint"`
	Consumer wherry.Address     `cbor:"2,keyasint"`
	A        Chain              `cbor:"3,keyasint"`
	Orders   []OrderStatus      `cbor:"4,keyasint"` // as they were asked for
	Sig      identity.Signature `cbor:"5,keyasint"`
}

// Digest returns what the hub signs: Keccak-256("wherry/orders/v1" ‖ the
// encoding with a zero Sig).
func (o Orders) Digest() (wherry.Hash, error) {
	o.Sig = identity.Signature{}
	return tagged("wherry/orders/v1", o)
}

// Verify returns nil when the hub that o names signed it.
func (o Orders) Verify() error {
	d, err := o.Digest()
	if err != nil {
		return err
	}
	return identity.Verify(o.Hub, d, o.Sig)
}

// Failure is the body of every answer of a hub that is not a success.
type Failure struct {
	Code    wherry.Code `cbor:"1,keyasint" json:"code"`
	Message string      `cbor:"2,keyasint" json:"message"`
	// Retry is when to come back, in milliseconds; zero when the hub does not say.
	Retry uint64 `cbor:"3,keyasint,omitempty" json:"retry_ms,omitempty"`
}

func tagged(tag string, v any) (wherry.Hash, error) {
	b, err := codec.Marshal(v)
	if err != nil {
		return wherry.Hash{}, err
	}
	return wherry.Keccak256([]byte(tag), b), nil
}
