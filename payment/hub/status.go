package hub

import (
	"context"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/channel"
)

// ChainTotals is one chain's part of the hub's books.
type ChainTotals struct {
	channel.HubTotals
	Free wherry.Amount `json:"free"` // held by the contract for the hub, in its newest block
}

// Totals is the hub's books as sums. Spent = Earned + Fee always; once all is
// collected, In = Spent + Credit, and once all is paid, Out = Earned. Credit is
// what consumers' promises cover beyond their orders: it is theirs to spend.
type Totals struct {
	Spent       wherry.Amount `json:"spent"`   // revealed orders of all consumers
	Earned      wherry.Amount `json:"earned"`  // of that, for payees
	Fee         wherry.Amount `json:"fee"`     // of that, for the hub
	Pending     wherry.Amount `json:"pending"` // unrevealed orders
	In          wherry.Amount `json:"in"`      // collected on chain
	Out         wherry.Amount `json:"out"`     // paid on chain
	Owed        wherry.Amount `json:"owed"`
	Uncollected wherry.Amount `json:"uncollected"`
	Credit      wherry.Amount `json:"credit"`
	Free        wherry.Amount `json:"free"`
	Reserved    wherry.Amount `json:"reserved"`
	Chains      []ChainTotals `json:"chains"`
}

// Totals returns the hub's books as sums, by what is final on chain.
func (h *Hub) Totals() Totals {
	h.mu.Lock()
	defer h.mu.Unlock()
	var t Totals
	for _, c := range h.book.Totals() {
		ct := ChainTotals{HubTotals: c}
		for _, w := range h.watches {
			if w.id == c.Chain {
				ct.Free = w.free
			}
		}
		t.Chains = append(t.Chains, ct)
		for _, s := range []struct {
			to *wherry.Amount
			v  wherry.Amount
		}{
			{&t.Spent, c.Spent},
			{&t.Earned, c.Earned},
			{&t.Fee, c.Fee},
			{&t.Pending, c.Pending},
			{&t.In, c.In},
			{&t.Out, c.Out},
			{&t.Owed, c.Owed},
			{&t.Uncollected, c.Uncollected},
			{&t.Credit, c.Credit},
			{&t.Free, ct.Free},
			{&t.Reserved, c.Reserved},
		} {
			*s.to = add(*s.to, s.v)
		}
	}
	return t
}

// Transaction is one of the hub's, for a screen.
type Transaction struct {
	ID     uint64        `json:"id"`
	Chain  uint64        `json:"chain"`
	Kind   string        `json:"kind"` // collect or push
	State  string        `json:"state"`
	Hash   wherry.Hash   `json:"hash"`
	Items  uint64        `json:"items"`
	Amount wherry.Amount `json:"amount"`
	Gas    uint64        `json:"gas"`
	Cost   wherry.Amount `json:"cost"` // in wei
	Reason string        `json:"reason,omitempty"`
	Done   bool          `json:"done"`
	Tries  int           `json:"tries"` // transactions signed for it, one in place of another
}

// ChainStatus says how far a chain was read.
type ChainStatus struct {
	Chain uint64        `json:"chain"`
	Block uint64        `json:"block"` // newest final one in the book
	Heard time.Time     `json:"heard"` // when that was; zero since start
	Gas   wherry.Amount `json:"gas"`   // what the hub's key has for gas, in wei
	// Endpoints is how the servers do that the chain is seen through, where it
	// is seen through any.
	Endpoints []chain.Endpoint `json:"endpoints,omitempty"`
}

// Status is what an operator wants to see.
type Status struct {
	Hub          wherry.Address `json:"hub"`
	Serving      bool           `json:"serving"`
	Draining     bool           `json:"draining"`
	Error        string         `json:"error,omitempty"` // why it serves nobody
	Checks       []Check        `json:"checks"`
	Records      uint64         `json:"records"` // in the journal
	Chains       []ChainStatus  `json:"chains"`
	Transactions []Transaction  `json:"transactions"` // open ones, and the last few that are done
	Totals       Totals         `json:"totals"`
}

// Status returns what an operator wants to see now.
func (h *Hub) Status() Status {
	s := Status{Hub: h.address, Totals: h.Totals(), Records: h.journal.Last(), Checks: h.Checks()}
	h.mu.Lock()
	defer h.mu.Unlock()
	s.Draining = h.book.Draining()
	err := h.ready()
	if s.Serving = err == nil; err != nil {
		s.Error = err.Error()
	}
	if err := h.unfit(); err != nil {
		s.Error = err.Error()
	}
	for _, w := range h.watches {
		s.Chains = append(s.Chains, ChainStatus{Chain: w.id, Block: h.book.Scanned(w.id).Block, Heard: h.heard[w.id], Gas: w.gas, Endpoints: w.endpoints()})
	}
	for _, t := range h.book.Txs() {
		x := Transaction{
			ID: t.ID, Chain: t.Chain, Kind: t.Kind.String(), State: t.State.String(), Hash: t.Shown(), Items: t.Items,
			Amount: t.Amount, Gas: t.Gas, Cost: t.Cost, Reason: t.Reason, Done: t.State.Done(), Tries: t.Tries(),
		}
		s.Transactions = append(s.Transactions, x)
	}
	return s
}

// ready returns why orders are not taken, or nil. It is called with mu held.
func (h *Hub) ready() error {
	if h.broken != nil {
		return h.refusal()
	}
	if err := h.book.Whole(); err != nil {
		return err
	}
	for _, w := range h.watches {
		if err := h.freshChain(w.id); err != nil {
			return err
		}
		if w.retired {
			return wherry.Errorf(wherry.Refused, "the hub is retired on chain %d", w.id)
		}
	}
	return nil
}

// SettleNow collects all that can be collected and pays all that is owed,
// whatever the thresholds say, and returns when both are final. NotFunded means
// that the free money does not reach, Pending that ctx ended before.
func (h *Hub) SettleNow(ctx context.Context) error {
	h.force(1)
	defer h.force(-1)
	t := time.NewTicker(max(h.cfg.Poll/2, 10*time.Millisecond))
	defer t.Stop()
	began := time.Now()
	for {
		h.kick()
		done, err := h.settled(began)
		if done || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return wherry.Errorf(wherry.Pending, "not everything is settled yet: %w", ctx.Err())
		case <-t.C:
		}
	}
}

// force makes the hub collect and pay everything for as long as anybody asks.
func (h *Hub) force(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, w := range h.watches {
		w.force += n
		if n > 0 {
			w.wait = time.Time{}
		}
	}
}

func (h *Hub) kick() {
	for _, w := range h.watches {
		select {
		case w.kick <- struct{}{}:
		default:
		}
	}
}

// settled reports whether nothing is left to collect, to pay or to wait for, as
// all chains have looked since a time.
func (h *Hub) settled(since time.Time) (bool, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.broken != nil {
		return false, h.refusal()
	}
	for _, w := range h.watches {
		if !h.heard[w.id].After(since) {
			return false, nil
		}
	}
	open := false
	for _, t := range h.book.Txs() {
		open = open || !t.State.Done()
	}
	left := false
	for _, w := range h.watches {
		if h.book.Due(w.id).Channels > 0 {
			open = true
		}
		for _, o := range h.book.Owed(w.id) {
			left = true
			if _, need := h.pushRules().item(o, true); w.free.Less(need) && !open {
				return false, wherry.Errorf(wherry.NotFunded,
					"chain %d: a payee is owed more than is free and reserved: fund the hub there", w.id)
			}
		}
	}
	return !open && !left, nil
}
