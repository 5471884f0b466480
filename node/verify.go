package node

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/hub/client"
	"github.com/wherrynet/wherry/payment/solvency"
)

// statementOld is how old a statement may be that a hub shows as its newest.
const statementOld = 10 * time.Minute

// verifier checks a hub's statements about one chain. It keeps what it has read
// of the chain from one check to the next. One check at a time.
type verifier struct {
	hub   client.Client
	entry HubEntry
	chain chain.Chain
	first uint64   // block from which the contract is there
	peers []string // who may have been shown something else
	pins  *trust
	payee *identity.Key // nil for somebody who is no payee

	pos  *solvency.Position
	hash wherry.Hash // of pos.Block
}

// HubCheck is what a check of a hub on one chain found.
type HubCheck struct {
	Hub   wherry.Address `json:"hub"`
	Name  string         `json:"name,omitempty"`
	Chain uint64         `json:"chain"`
	OK    bool           `json:"ok"`

	Seq         uint64    `json:"seq"` // of the statement
	Time        time.Time `json:"time"`
	Block       uint64    `json:"block"`
	Payees      uint64    `json:"payees"`
	Owed        Money     `json:"owed"`     // earned by payees and not paid in the block
	Held        Money     `json:"held"`     // of that, what the payees' own reserves cover
	Reserved    Money     `json:"reserved"` // for all payees
	Free        Money     `json:"free"`     // for nobody in particular
	Backing     Money     `json:"backing"`  // Held + Free
	Percent     uint64    `json:"percent"`  // of Owed, that Backing is; at most a million
	Uncollected Money     `json:"uncollected"`

	Own      *OwnPart           `json:"own,omitempty"` // nil when this node is no payee of the hub
	Problems []solvency.Finding `json:"problems"`
	Evidence []string           `json:"evidence,omitempty"` // statements that contradict each other, as the hub has signed them
}

// OwnPart is this node's part in what a hub owes.
type OwnPart struct {
	Payee  wherry.Address `json:"payee"`
	Earned Money          `json:"earned"` // that the hub has signed
	Said   Money          `json:"said"`   // that the statement says
	Owed   Money          `json:"owed"`   // of it, by the statement
}

// Line says in one line how far the backing covers, or what is wrong.
func (c HubCheck) Line() string {
	who := or(c.Name, c.Hub.String())
	if len(c.Problems) > 0 {
		var names []string
		for _, p := range c.Problems {
			names = append(names, string(p.Flaw)+": "+p.Text)
		}
		return fmt.Sprintf("hub %s on chain %d: %s", who, c.Chain, strings.Join(names, "; "))
	}
	if c.Owed.IsZero() {
		return fmt.Sprintf("hub %s on chain %d, by block %d: owes nobody anything; %s %s are free", who, c.Chain, c.Block, c.Free, wherry.Currency)
	}
	cover := fmt.Sprintf("cover %d %%", c.Percent)
	if c.Percent >= 1000 {
		cover = "cover it more than ten times"
	}
	return fmt.Sprintf("hub %s on chain %d, by block %d: owes %s %s to %d; %s reserved for them and %s free %s",
		who, c.Chain, c.Block, c.Owed, wherry.Currency, c.Payees, c.Held, c.Free, cover)
}

// complaint returns why the hub is not trusted.
func (c HubCheck) complaint(h HubEntry) complaint {
	return complaint{
		Code: wherry.Refused, Findings: c.Problems, Evidence: c.Evidence,
		Text: c.Line() + fmt.Sprintf(" (wherry hubs verify %s)", h.Called()),
	}
}

// check asks the hub for its statement and holds it against the chain, what the
// hub has signed to this payee (earned, read before), and what it has shown
// before and to others. An error means that nothing can be said.
func (v *verifier) check(ctx context.Context, earned wherry.Amount, now time.Time) (HubCheck, error) {
	p := v.chain.Params()
	c := HubCheck{Hub: v.hub.Hub, Name: v.entry.Name, Chain: p.ID, Problems: []solvency.Finding{}}
	e := solvency.Evidence{Hub: v.hub.Hub, ChainID: p.ID, Contract: p.Contract, Now: now, MaxAge: statementOld}
	var err error
	if v.payee == nil {
		e.Statement, err = v.hub.Solvency(ctx, p.ID, 0)
	} else {
		var proof solvency.Proof
		proof, err = v.hub.SolvencyProof(ctx, v.payee, channel.Chain{ID: p.ID, Contract: p.Contract})
		e.Statement = proof.Statement
		e.Own = &solvency.Own{Payee: v.payee.Address(), Earned: earned, Path: proof.Path}
		c.Own = &OwnPart{Payee: v.payee.Address(), Earned: Money{Amount: earned}}
		if proof.Path != nil {
			c.Own.Said, c.Own.Owed = Money{Amount: proof.Path.Leaf.Earned}, Money{Amount: proof.Path.Leaf.Owed}
		}
	}
	if err != nil {
		return c, err
	}
	s := e.Statement
	if err := v.read(ctx, s.Block, &e); err != nil {
		return c, err
	}
	shown, err := v.pins.statements(s.Hub, s.ChainID)
	if err != nil {
		return c, err
	}
	e.Others = append(shown, v.others(ctx, s, shown)...)
	var against []solvency.Statement
	c.Problems, against = e.Check()
	c.fill(s)
	for _, a := range append(against, s) {
		text, err := encoded(a)
		if err != nil {
			return c, err
		}
		if len(against) > 0 {
			c.Evidence = append(c.Evidence, text)
		}
	}
	if c.OK {
		err = v.pins.remember(s)
	}
	return c, err
}

func (c *HubCheck) fill(s solvency.Statement) {
	c.OK = len(c.Problems) == 0
	if c.Problems == nil {
		c.Problems = []solvency.Finding{}
	}
	c.Seq, c.Time, c.Block, c.Payees = s.Seq, time.Unix(int64(min(s.Time, 1<<40)), 0).UTC(), s.Block, s.Payees
	c.Owed, c.Held, c.Reserved, c.Free = Money{Amount: s.Owed}, Money{Amount: s.Held}, Money{Amount: s.Reserved}, Money{Amount: s.Free}
	c.Backing, c.Percent, c.Uncollected = Money{Amount: s.Backing()}, s.Percent(), Money{Amount: s.Uncollected}
}

// read brings what is known of the chain up to a block, if it is final.
func (v *verifier) read(ctx context.Context, block uint64, e *solvency.Evidence) error {
	final, err := v.chain.Head(ctx, chain.Final)
	if err != nil {
		return err
	}
	if block > final.Number+v.chain.Params().Depth {
		return nil // of a block to come: Check says so
	}
	at, err := v.chain.Block(ctx, block)
	if wherry.CodeOf(err) == wherry.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	pos, first := solvency.NewPosition(), v.first
	if v.pos != nil && v.pos.Block <= block {
		old, err := v.chain.Block(ctx, v.pos.Block)
		if err != nil {
			return err
		}
		if old.Hash == v.hash {
			pos, first = v.pos.Clone(), v.pos.Block+1
		}
	}
	if err := pos.Read(ctx, v.chain, v.hub.Hub, first, block); err != nil {
		return err
	}
	if again, err := v.chain.Block(ctx, block); err != nil || again.Hash != at.Hash {
		return wherry.Errorf(wherry.Pending, "chain %d is changing its branch", e.ChainID)
	}
	v.pos, v.hash = pos, at.Hash
	e.Position, e.BlockHash = pos, at.Hash
	return nil
}

// others returns what the hub shows to others: the statement of the same number
// to somebody without a name, what it shows today under a number that this node
// has seen, and what it has shown to the network's peers. Whoever does not answer
// convicts nobody.
func (v *verifier) others(ctx context.Context, s solvency.Statement, shown []solvency.Statement) (out []solvency.Statement) {
	ask := []uint64{s.Seq}
	if n := len(shown); n > 0 && shown[n-1].Seq != s.Seq {
		ask = append(ask, shown[n-1].Seq)
	}
	for _, seq := range ask {
		if o, err := v.hub.Solvency(ctx, s.ChainID, seq); err == nil {
			out = append(out, o)
		}
	}
	for _, peer := range v.peers {
		out = append(out, peerStatements(ctx, v.hub.HTTP, peer, s.Hub, s.ChainID)...)
	}
	return out
}

// maxPeerAnswer bounds what a peer may say of a hub.
const maxPeerAnswer = 64 << 10

// peerWait bounds how long a peer may take.
const peerWait = 2 * time.Second

// peerStatements asks a peer what a hub has shown to it.
func peerStatements(ctx context.Context, by *http.Client, peer string, hub wherry.Address, chainID uint64) []solvency.Statement {
	ctx, cancel := context.WithTimeout(ctx, peerWait)
	defer cancel()
	to := strings.TrimRight(peer, "/") + "/v1/statements?hub=" + hub.String() + "&chain=" + strconv.FormatUint(chainID, 10)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, to, nil)
	if err != nil {
		return nil
	}
	resp, err := or(by, http.DefaultClient).Do(r)
	if err != nil {
		return nil
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(io.LimitReader(resp.Body, maxPeerAnswer))
	if err != nil || resp.StatusCode != http.StatusOK {
		return nil
	}
	var out []solvency.Statement
	if codec.Unmarshal(b, &out) != nil || len(out) > keptSeen {
		return nil
	}
	return slices.DeleteFunc(out, func(s solvency.Statement) bool { return s.Hub != hub || s.ChainID != chainID })
}

// serveStatements answers GET /v1/statements?hub=ADDRESS&chain=ID with what that
// hub has shown to this node, so that others can tell whether they were shown the
// same.
func (t *trust) serveStatements(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	hub, err := wherry.ParseAddress(q.Get("hub"))
	id, cerr := strconv.ParseUint(q.Get("chain"), 10, 64)
	if err != nil || cerr != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	all, err := t.statements(hub, id)
	if err != nil || all == nil {
		all = []solvency.Statement{}
	}
	b, err := codec.Marshal(all)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", client.ContentType)
	_, _ = w.Write(b) // who asked is gone, or has it
}

// first returns the block from which a chain's contract is there.
func (n Network) first(id uint64) uint64 {
	c, err := n.Chain(id)
	if err != nil {
		return 0
	}
	return c.FirstBlock
}
