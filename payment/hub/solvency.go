package hub

import (
	"bytes"
	"context"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/solvency"
)

// How often a statement is made: never without being asked, and then when the
// newest is older than statementAge, or does not hold what the payee that asks
// has earned since. In between lies at least statementGap, and twenty times as
// long as the last one took, so that asking costs the hub a twentieth of a core
// at most.
const (
	statementAge   = time.Minute
	statementGap   = time.Second
	statementShare = 20
)

// reportShare is the part of the requests in hand that may wait for a statement
// of one chain. It takes as long as the chain takes to answer, and anybody may ask:
// without a bound, those who wait would keep out those who pay.
const reportShare = 16

// A report makes the statements of one chain.
type report struct {
	hub    *Hub
	chain  chain.Chain
	id     uint64
	making chan struct{} // holds a token while nobody makes one
	queue  chan struct{} // one per request that waits for the token, or has it

	// Whoever has the token uses what follows.
	pos  *solvency.Position
	hash wherry.Hash // of pos.Block
	wait time.Time   // nothing is made before
	tree *solvency.Tree
	of   solvency.Statement // that the tree belongs to
	made time.Time
}

// reports holds one report per chain.
type reports struct {
	once sync.Once
	by   map[uint64]*report
}

func (h *Hub) report(id uint64) (*report, error) {
	h.reports.once.Do(func() {
		h.reports.by = map[uint64]*report{}
		for _, w := range h.watches {
			r := &report{hub: h, chain: w.chain, id: w.id, making: make(chan struct{}, 1), queue: make(chan struct{}, max(h.cfg.MaxRequests/reportShare, 8))}
			r.making <- struct{}{}
			h.reports.by[w.id] = r
		}
	})
	r := h.reports.by[id]
	if r == nil {
		return nil, wherry.Errorf(wherry.NotFound, "this hub is not on chain %d", id)
	}
	return r, nil
}

// Solvency returns the newest statement of what the hub owes on a chain and what
// backs it, at most a minute old; it makes one when there is none.
func (h *Hub) Solvency(ctx context.Context, id uint64) (solvency.Statement, error) {
	r, err := h.report(id)
	if err != nil {
		return solvency.Statement{}, err
	}
	s, _, err := r.newest(ctx, func() bool { return time.Since(r.made) < statementAge }, wherry.Address{})
	return s, err
}

// Statement returns an earlier statement by its number, or NotFound. The newest
// one may have been signed a moment ago: nobody sees it before it is durable,
// since a hub that takes over gives its number to another one otherwise.
func (h *Hub) Statement(id, seq uint64) (s solvency.Statement, err error) {
	var old channel.HubStated
	err = h.change(func() (none []channel.HubEvent, err error) {
		old, err = h.book.Stated(id, seq)
		return none, err
	})
	if err != nil {
		return s, err
	}
	return s, codec.Unmarshal(old.Raw, &s)
}

// SolvencyProof answers a payee that asks for its own part, with a statement
// that holds everything it has earned until now.
func (h *Hub) SolvencyProof(ctx context.Context, q channel.Request) (solvency.Proof, error) {
	if err := h.check(q, channel.AskProof); err != nil {
		return solvency.Proof{}, err
	}
	r, err := h.report(q.Chain.ID)
	if err != nil {
		return solvency.Proof{}, err
	}
	h.mu.Lock()
	earned := h.book.Earned(channel.OutID{Chain: q.Chain.ID, Payee: q.Who})
	h.mu.Unlock()
	s, path, err := r.newest(ctx, func() bool {
		p, _ := r.tree.Path(q.Who)
		held := p.Leaf.Earned.Max(r.pos.Out(q.Who).Settled) // who was paid all has no leaf
		return time.Since(r.made) < statementAge && !held.Less(earned)
	}, q.Who)
	return solvency.Proof{Version: solvency.Version, Statement: s, Path: path}, err
}

// newest returns the newest statement with the path of who, making another one
// first unless the present one is good.
func (r *report) newest(ctx context.Context, good func() bool, who wherry.Address) (solvency.Statement, *solvency.Path, error) {
	select {
	case r.queue <- struct{}{}:
		defer func() { <-r.queue }()
	default:
		return solvency.Statement{}, nil, busy(statementGap, "many wait for a statement already")
	}
	select {
	case <-r.making:
	case <-ctx.Done():
		return solvency.Statement{}, nil, wherry.Errorf(wherry.Busy, "a statement is being made: %w", ctx.Err())
	}
	defer func() { r.making <- struct{}{} }()
	if r.tree == nil || !good() {
		if err := r.pause(ctx); err != nil {
			return solvency.Statement{}, nil, err
		}
		began := time.Now()
		err := r.make(ctx)
		r.wait = time.Now().Add(max(statementGap, statementShare*time.Since(began)))
		if err != nil {
			return solvency.Statement{}, nil, err
		}
	}
	if p, ok := r.tree.Path(who); ok {
		return r.of, &p, nil
	}
	return r.of, nil, nil
}

func (r *report) pause(ctx context.Context) error {
	t := time.NewTimer(time.Until(r.wait))
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return wherry.Errorf(wherry.Busy, "the next statement is made in a moment: %w", ctx.Err())
	}
}

// make reads the chain, copies the book and signs. What is owed is what was
// earned until now less what was paid in a final block: a payment on its way
// counts as money that is still here and still owed.
func (r *report) make(ctx context.Context) error {
	h := r.hub
	head, err := r.read(ctx)
	if err != nil {
		return err
	}
	h.mu.Lock()
	if h.broken != nil {
		h.mu.Unlock()
		return h.refusal()
	}
	// It does not know what it owes; and a number that was signed once and is
	// forgotten would be given to another statement.
	err = h.book.Whole()
	if err == nil { // the chain may prove that the journal is old, and was not read since the start
		err = h.freshChain(r.id)
	}
	if err != nil {
		h.mu.Unlock()
		return err
	}
	earned := h.book.Earners(r.id)
	last, lastErr := h.book.Stated(r.id, 0)
	var totals channel.HubTotals
	for _, t := range h.book.Totals() {
		if t.Chain == r.id {
			totals = t
		}
	}
	h.mu.Unlock()

	p := r.chain.Params()
	s := solvency.Statement{
		Version: solvency.Version, Hub: h.address, ChainID: r.id, Contract: p.Contract, Seq: 1, Time: uint64(time.Now().Unix()),
		Block: head.Number, BlockHash: head.Hash, Uncollected: totals.Uncollected, Credit: totals.Credit,
	}
	if lastErr == nil {
		var before solvency.Statement
		if err := codec.Unmarshal(last.Raw, &before); err != nil {
			return wherry.Errorf(wherry.Internal, "the last statement: %w", err)
		}
		if s.Previous, err = before.ID(); err != nil {
			return err
		}
		if head.Number < before.Block {
			return wherry.Errorf(wherry.Pending, "chain %d is behind the last statement's block %d", r.id, before.Block)
		}
		s.Seq, s.Time = before.Seq+1, max(s.Time, before.Time)
	}
	tree, err := r.tally(&s, earned)
	if err != nil {
		return err
	}
	if s, err = s.Sign(h.cfg.Key); err != nil {
		return err
	}
	raw, err := codec.Marshal(s)
	if err != nil {
		return err
	}
	err = h.change(func() ([]channel.HubEvent, error) {
		if err := h.book.Whole(); err != nil { // evidence came meanwhile
			return nil, err
		}
		e, err := h.book.State(channel.HubStated{Chain: r.id, Seq: s.Seq, Raw: raw})
		return []channel.HubEvent{e}, err
	})
	if err != nil {
		return err
	}
	r.tree, r.of, r.made = tree, s, time.Now()
	return nil
}

// tally fills in the sums of s and returns its tree.
func (r *report) tally(s *solvency.Statement, earned map[wherry.Address]wherry.Amount) (*solvency.Tree, error) {
	secret := solvency.NewSecret(r.hub.cfg.Key)
	var leaves []solvency.Leaf
	for payee, e := range earned {
		if l, owed := r.pos.Leaf(payee, e); owed {
			l.Nonce = secret.Nonce(s.Book(), payee)
			leaves = append(leaves, l)
		}
	}
	tree, err := solvency.NewTree(s.Book(), leaves)
	if err != nil {
		return nil, err
	}
	s.Payees, s.Root, s.Owed, s.Held = tree.Len(), tree.Root(), tree.Top().Owed, tree.Top().Held
	if s.Reserved, err = r.pos.Reserved(); err == nil {
		s.Free, err = r.pos.Free()
	}
	return tree, err
}

// read brings the position up to the newest final block, from the beginning when
// the block that it stood at is gone.
func (r *report) read(ctx context.Context) (chain.Head, error) {
	first := r.hub.cfg.FirstBlock[r.id]
	if r.pos != nil {
		at, err := r.chain.Block(ctx, r.pos.Block)
		if err != nil {
			return chain.Head{}, err
		}
		if at.Hash != r.hash {
			r.pos, r.tree = nil, nil
		}
	}
	head, err := r.chain.Head(ctx, chain.Final)
	if err != nil {
		return chain.Head{}, err
	}
	p := solvency.NewPosition()
	if r.pos != nil {
		p, first = r.pos.Clone(), r.pos.Block+1
	}
	if err := p.Read(ctx, r.chain, r.hub.address, first, head.Number); err != nil {
		return chain.Head{}, err
	}
	if again, err := r.chain.Block(ctx, head.Number); err != nil || again.Hash != head.Hash {
		return chain.Head{}, wherry.Errorf(wherry.Pending, "chain %d is changing its branch", r.id)
	}
	r.pos, r.hash = p, head.Hash
	return head, nil
}

// getSolvency answers GET /v1/solvency?chain=ID, or with &seq=N an earlier one.
func (h *Hub) getSolvency(r *http.Request, _ []byte) (any, error) {
	q := r.URL.Query()
	id, err := strconv.ParseUint(q.Get("chain"), 10, 64)
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "which chain? /v1/solvency?chain=ID")
	}
	if !q.Has("seq") {
		return h.Solvency(r.Context(), id)
	}
	seq, err := strconv.ParseUint(q.Get("seq"), 10, 64)
	if err != nil || seq == 0 {
		return nil, wherry.Errorf(wherry.Invalid, "seq is the number of a statement")
	}
	return h.Statement(id, seq)
}

func (h *Hub) postSolvency(r *http.Request, body []byte) (any, error) {
	var q channel.Request
	if err := codec.Unmarshal(body, &q); err != nil {
		return nil, err
	}
	return h.SolvencyProof(r.Context(), q)
}

// Earner is a payee with what it has earned in all.
type Earner struct {
	Payee  wherry.Address `json:"payee"`
	Earned wherry.Amount  `json:"earned"`
}

// Earners returns what every payee of a chain has earned, by address: for the
// operator alone.
func (h *Hub) Earners(id uint64) []Earner {
	h.mu.Lock()
	earned := h.book.Earners(id)
	h.mu.Unlock()
	out := make([]Earner, 0, len(earned))
	for payee, e := range earned {
		out = append(out, Earner{payee, e})
	}
	slices.SortFunc(out, func(a, b Earner) int { return bytes.Compare(a.Payee[:], b.Payee[:]) })
	return out
}

// getOwed answers GET /v1/admin/owed?chain=ID with Earners.
func (h *Hub) getOwed(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseUint(r.URL.Query().Get("chain"), 10, 64)
	if err != nil {
		fail(w, r, wherry.Errorf(wherry.Invalid, "which chain? /v1/admin/owed?chain=ID"))
		return
	}
	writeJSON(w, http.StatusOK, h.Earners(id))
}
