package channel

import (
	"fmt"
	"slices"

	"github.com/wherrynet/wherry"
)

// Pay decides about a batch: which ticks its preimages open, and which of its
// promises are accepted. request is the Keccak-256 of the batch's bytes; signed
// says of each item whether its consumer's signature fits. The answer has no
// signatures yet; see Answer.Sign.
//
// The event is zero when the batch changed nothing: then its answer is only what
// the book says already, and is not kept for a repeat.
//
// One bad item never harms the others: it is refused by itself. A batch as a
// whole fails with Invalid (malformed, or for somebody else), NotFound (no
// payee is bound), Conflict (its tick is over), Busy or Unreachable (the hub
// does not know the time of chain B); ask for the newest payouts then.
func (h *Hub) Pay(b Batch, request wherry.Hash, signed []bool, now Clock, rules HubRules) (HubEvent, Answer, error) {
	id := ProviderID{b.ChainB, b.Provider}
	locks := make([]wherry.Hash, 0, MaxReveals)
	for _, r := range b.Reveals[:min(len(b.Reveals), MaxReveals)] { // more is refused
		locks = append(locks, wherry.Keccak256(r[:]))
	}
	tick, err := h.checkBatch(b, locks, signed, now, rules)
	if err != nil {
		return HubEvent{}, Answer{}, err
	}
	defer h.ins.calm()
	p := h.provider(id)
	e := &HubPaid{Request: request, Provider: id, Tick: b.Tick, Hashlock: b.Hashlock, FeePPM: rules.FeePPM, Unlocked: p.payee}
	for i, r := range b.Reveals {
		rev, payee := h.opens(r, locks[i], id, now)
		if len(rev.Providers) == 0 {
			continue // known already, or too late
		}
		h.reveal(rev, locks[i])
		e.Reveals = append(e.Reveals, rev)
		if !payee.IsZero() {
			e.Unlocked = payee
		}
	}
	expiry := now[b.ChainB] + rules.PayoutLife
	if tick != nil {
		expiry = tick.expiry
	}
	for i, it := range b.Items {
		if signed[i] && tick != nil && tick.has(it) {
			e.Repeated = true
			continue
		}
		code, reason := h.checkItem(it, signed[i], tick, p, id, now[b.ChainB], rules)
		if code == "" {
			h.admit(e, InID{it.ChainA, it.Consumer}, now[b.ChainB])
			p = h.providers[id]
			e.Expiry = expiry
			if e.Items == nil {
				e.Items = make([]Item, 0, len(b.Items)-i)
			}
			tick = h.order(e, it)
			e.Items = append(e.Items, it)
			continue
		}
		h.refuse(e, b, i, code, reason, signed[i])
	}
	if !e.changes() {
		return HubEvent{}, h.answer(e), nil
	}
	return HubEvent{Pay: e}, h.remember(e), nil
}

// checkBatch finds what is wrong with a batch as a whole, and the open tick that
// it joins, if any.
func (h *Hub) checkBatch(b Batch, locks []wherry.Hash, signed []bool, now Clock, rules HubRules) (*hubTick, error) {
	switch {
	case b.Version != Version:
		return nil, wherry.Errorf(wherry.Invalid, "batch of version %d", b.Version)
	case len(b.Items) > MaxBatch || len(b.Reveals) > MaxReveals:
		return nil, wherry.Errorf(wherry.Invalid, "batch of %d promises and %d preimages", len(b.Items), len(b.Reveals))
	case len(signed) != len(b.Items):
		return nil, wherry.Errorf(wherry.Internal, "verdicts do not fit the batch")
	case b.Hub != h.address:
		return nil, wherry.Errorf(wherry.Invalid, "batch for another hub")
	case rules.FeePPM >= 1_000_000:
		return nil, wherry.Errorf(wherry.Internal, "fee of everything")
	}
	if d, ok := h.Domain(b.ChainB); !ok || d.Contract != b.ContractB {
		return nil, wherry.Errorf(wherry.Invalid, "batch for a chain or contract on which this hub does not pay")
	}
	p := h.provider(ProviderID{b.ChainB, b.Provider})
	if p == nil {
		return nil, wherry.Errorf(wherry.NotFound, "no payee is bound to this provider")
	}
	if now[b.ChainB] == 0 {
		return nil, wherry.Errorf(wherry.Unreachable, "the hub does not know the time of chain %d yet", b.ChainB)
	}
	if len(b.Items) == 0 {
		return nil, nil
	}
	if b.Hashlock.IsZero() {
		return nil, wherry.Errorf(wherry.Invalid, "promises without a hash lock")
	}
	if slices.Contains(locks, b.Hashlock) {
		return nil, wherry.Errorf(wherry.Invalid, "the batch shows the preimage of its own tick")
	}
	for _, t := range p.open {
		if t.hashlock != b.Hashlock {
			continue
		}
		if now[b.ChainB] > t.expiry {
			return nil, wherry.Errorf(wherry.Conflict, "the tick has expired")
		}
		if t.answers >= rules.part(tickAnswers) {
			return nil, wherry.Errorf(wherry.Busy, "too many batches in one tick")
		}
		return t, nil
	}
	if slices.Contains(p.locks, b.Hashlock) {
		return nil, wherry.Errorf(wherry.Conflict, "the hash lock is of an earlier tick")
	}
	if len(p.open) >= rules.part(MaxOpenTicks) {
		return nil, wherry.Errorf(wherry.Busy, "%d ticks are unrevealed", len(p.open))
	}
	return nil, nil
}

// Roomy reports whether a batch stays within the rules' bounds on its provider,
// whoever handed it in: then it need not be asked whether the provider did.
func (h *Hub) Roomy(b Batch, rules HubRules) bool {
	p := h.provider(ProviderID{b.ChainB, b.Provider})
	if p == nil || len(b.Items) == 0 {
		return true
	}
	var open wherry.Amount
	for _, it := range b.Items {
		open = plus(open, it.Amount)
	}
	payee, joins := p.payee, false
	of := open
	for _, t := range p.open {
		of = plus(of, t.gross)
		if t.hashlock == b.Hashlock {
			payee, joins = t.payee, true
			if t.answers >= rules.part(tickAnswers) {
				return false
			}
		}
	}
	if o := h.outs[OutID{b.ChainB, payee}]; o != nil {
		open = plus(open, o.open)
	}
	return of.Cmp(rules.MaxOpen) <= 0 && open.Cmp(rules.MaxOpen) <= 0 && (joins || len(p.open) < rules.part(MaxOpenTicks))
}

// checkItem returns the code and the reason for which an item is refused, or "".
func (h *Hub) checkItem(it Item, signed bool, tick *hubTick, p *hubProvider, id ProviderID, now uint64, rules HubRules) (wherry.Code, string) {
	if _, ok := h.chains[it.ChainA]; !ok {
		return wherry.Invalid, "no deposits are taken on this chain"
	}
	if it.Amount.IsZero() || !it.Total.FitsChain() {
		return wherry.Invalid, "amount of zero or total above 2^96-1"
	}
	if !signed {
		return wherry.Forbidden, "the signature is not the consumer's, or for another hub, chain, contract, provider or lock"
	}
	in := h.ins.get(InID{it.ChainA, it.Consumer})
	if in == nil {
		return wherry.NotFunded, "no final deposit is known"
	}
	if in.seqs.used(it.Seq) {
		return wherry.Conflict, "the order number was used"
	}
	if rules.Closed {
		return wherry.Refused, "the hub takes no new orders: it is being closed"
	}
	if in.stop != nil {
		return wherry.Conflict, "the channel is closing"
	}
	if in.leaving {
		return wherry.Conflict, "the consumer is leaving"
	}
	for _, o := range in.open {
		if o.item().Session == it.Session {
			return wherry.Conflict, "the session's previous order is unrevealed"
		}
	}
	if in.deposited.Less(rules.MinDeposit) {
		return wherry.NotFunded, "the deposit is less than what this hub collects from"
	}
	if in.deposited.Less(it.Total) {
		return wherry.NotFunded, "the total is above the final deposit"
	}
	need, err := wherry.Sum(in.spent, in.pending, it.Amount)
	if err != nil || it.Total.Less(need) {
		return wherry.Conflict, "the total is below what is spent, pending and asked for"
	}
	if plus(in.pending, it.Amount).Cmp(rules.MaxOpenConsumer) > 0 || len(in.open) >= openOrders {
		return wherry.Busy, "too much of the consumer is unrevealed"
	}
	if h.providers[id] == nil && !h.strangers.mayBring(in.id, id.Chain, now) {
		return wherry.Busy, "the consumer was the first to pay many providers of late"
	}
	payee := p.payee
	if tick != nil {
		payee = tick.payee
	}
	open := it.Amount
	for _, t := range p.open {
		open = plus(open, t.gross)
	}
	var out hubOut // a refusal leaves no trace of a payee
	if o := h.outs[OutID{id.Chain, payee}]; o != nil {
		out = *o
	}
	if open.Cmp(rules.MaxOpen) > 0 || plus(out.open, it.Amount).Cmp(rules.MaxOpen) > 0 {
		return wherry.Busy, "too much of the provider is unrevealed"
	}
	if most, err := wherry.Sum(out.base, out.open, it.Amount); err != nil || !most.FitsChain() {
		return wherry.Busy, "the payee's total would not fit"
	}
	return "", ""
}

// refuse notes that item i is refused. Where the consumer really signed it, its
// number is used up, so that the consumer may count on the refusal for ever. An
// order that was accepted before, or may have been, is not named: whoever hands
// it in once more would get a word of ours that it does not count.
func (h *Hub) refuse(e *HubPaid, b Batch, i int, code wherry.Code, reason string, signed bool) {
	it := b.Items[i]
	r := Refusal{Item: uint64(i), Code: code, Reason: reason}
	id := InID{it.ChainA, it.Consumer}
	if in := h.ins.get(id); in != nil {
		r.Spent = plus(in.spent, in.pending)
		if signed {
			if !in.seqs.used(it.Seq) {
				e.Dead = append(e.Dead, HubDead{id, it.Seq})
				in.seqs.use(it.Seq)
			}
			if f := h.status(in, it.Seq).State; f == FateRefused || f == FateVoid {
				r.Order = b.Promise(i, h.domain(it.ChainA)).ID()
			}
		}
	}
	e.Refused = append(e.Refused, r)
}

// opens returns the ticks that a preimage, of this lock, opens off chain: those that are not
// expired and whose promises can all still be collected. The payee is that of
// provider's own tick among them.
func (h *Hub) opens(preimage, lock wherry.Hash, provider ProviderID, now Clock) (HubRevealed, wherry.Address) {
	rev := HubRevealed{Preimage: preimage}
	var payee wherry.Address
	for _, t := range h.ticks[lock] {
		if at, ok := now[t.provider.Chain]; !ok || at > t.expiry || !h.covered(t, now) {
			continue
		}
		rev.Providers = append(rev.Providers, t.provider)
		if t.provider == provider {
			payee = t.payee
		}
	}
	return rev, payee
}

// covered reports whether all promises of a tick can still be collected.
func (h *Hub) covered(t *hubTick, now Clock) bool {
	for i := range t.items {
		it := &t.items[i]
		id := InID{it.ChainA, it.Consumer}
		if _, leaves := h.ins.leaving[id]; leaves {
			if in := h.ins.look(id); in.exitAt != 0 && now[it.ChainA] >= in.exitAt {
				return false
			}
		}
		if h.ins.deposited(id).Less(it.Total) {
			return false
		}
	}
	return true
}

// has reports whether t holds this very order. Everything that is signed and
// not in the item is the tick's.
func (t *hubTick) has(it Item) bool {
	for _, same := range t.items {
		same.Sig = it.Sig // a second signature of the same is no other order
		if same == it {
			return true
		}
	}
	return false
}

// Unseen reports whether Orders would use up one of the numbers.
func (h *Hub) Unseen(id InID, seqs []uint64) bool {
	in := h.ins.look(id)
	return in != nil && slices.ContainsFunc(seqs, func(seq uint64) bool { return !in.seqs.used(seq) })
}

// Orders says what became of a consumer's orders. A number that was never seen is
// used up: whoever still holds its promise comes too late. The event is zero
// when there is none.
func (h *Hub) Orders(id InID, seqs []uint64) (HubEvent, Orders, error) {
	defer h.ins.calm()
	in := h.ins.get(id)
	if in == nil {
		return HubEvent{}, Orders{}, wherry.Errorf(wherry.NotFound, "no deposit is known")
	}
	if len(seqs) > MaxOrders {
		return HubEvent{}, Orders{}, wherry.Errorf(wherry.Invalid, "%d orders are asked for, the most is %d", len(seqs), MaxOrders)
	}
	kill := HubKilled{In: id}
	for _, seq := range seqs {
		if seq != 0 && !in.seqs.used(seq) {
			in.seqs.use(seq)
			kill.Seqs = append(kill.Seqs, seq)
		}
	}
	o := Orders{Version: Version, Hub: h.address, Consumer: id.Consumer, A: Chain{id.Chain, h.chains[id.Chain]}}
	for _, seq := range seqs {
		o.Orders = append(o.Orders, h.status(in, seq))
	}
	if len(kill.Seqs) == 0 {
		return HubEvent{}, o, nil
	}
	return HubEvent{Kill: &kill}, o, nil
}

// status says what became of a number that is used.
func (h *Hub) status(in *hubIn, seq uint64) OrderStatus {
	for _, o := range in.open {
		if o.item().Seq == seq {
			return OrderStatus{Seq: seq, State: FatePending, Expiry: o.tick.expiry}
		}
	}
	if in.seqs.forgotten(seq) {
		return OrderStatus{Seq: seq}
	}
	for ended, secret := range in.ended.all() {
		switch {
		case ended != seq:
		case secret == noSecret:
			return OrderStatus{Seq: seq, State: FateVoid}
		default:
			return OrderStatus{Seq: seq, State: FateRevealed, Preimage: h.ins.secrets.get(secret)}
		}
	}
	return OrderStatus{Seq: seq, State: FateRefused}
}

func (r Refusal) String() string { return fmt.Sprintf("item %d: %s: %s", r.Item, r.Code, r.Reason) }
