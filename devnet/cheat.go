package devnet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httputil"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/evm"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/internal/whole"
	"github.com/wherrynet/wherry/node"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/hub"
	hubclient "github.com/wherrynet/wherry/payment/hub/client"
	"github.com/wherrynet/wherry/payment/solvency"
)

// Cheat is a way in which a hub of a development network lies about what it can
// pay. It does so for real: a process in front of the hub, with the hub's own key
// and books, answers questions about its solvency; everything else goes through.
type Cheat string

// The ways to cheat.
const (
	Honest     Cheat = ""
	LeaveOut   Cheat = "leave-out"  // whom it owes most is in no statement
	Understate Cheat = "understate" // half of what it owes that payee is
	Reserves   Cheat = "reserves"   // says that 50 more are reserved than are
	TwoFaces   Cheat = "two-faces"  // shows each payee that asks a statement of its own
	Off        Cheat = "off"        // tells the truth from now on, behind the lies that it has told
)

// Cheats lists the ways to cheat, and how to stop.
func Cheats() []Cheat { return []Cheat{LeaveOut, Understate, Reserves, TwoFaces, Off} }

// listen returns where the hub itself answers.
func (h hubPlan) listen() netip.AddrPort {
	if h.Cheat != Honest {
		return h.Behind
	}
	return h.API
}

// front returns the process that lies for a hub.
func (n *Net) front(h hubPlan) *Process {
	dir := n.path(h.Role + "-front")
	return &Process{Name: "front of " + h.Role, Dir: dir, Path: n.Self, Args: []string{"front", "--dir", n.Dir, "--hub", h.Name, "--log", dir, "--wherry", n.Wherry}}
}

// cheats returns the processes that lie.
func (n *Net) cheats() (all []*Process) {
	for _, h := range n.plan.Hubs {
		if h.Cheat != Honest {
			all = append(all, n.front(h))
		}
	}
	return all
}

func (n *Net) hubPlan(name string) (*hubPlan, error) {
	var names []string
	for i := range n.plan.Hubs {
		if n.plan.Hubs[i].Name == name {
			return &n.plan.Hubs[i], nil
		}
		names = append(names, n.plan.Hubs[i].Name)
	}
	return nil, wherry.Errorf(wherry.NotFound, "there is no hub %q: %s", name, strings.Join(names, ", "))
}

// Cheat makes a hub of a network that runs cheat from now on, or stop cheating: a
// hub that has lied goes on behind its liar, since it would contradict what it
// has signed otherwise.
func (n *Net) Cheat(ctx context.Context, name string, kind Cheat) error {
	if !slices.Contains(Cheats(), kind) {
		return wherry.Errorf(wherry.Invalid, "cheat %q: want one of %v", kind, Cheats())
	}
	h, err := n.hubPlan(name)
	if err != nil {
		return err
	}
	role := n.role(h.Role, "hub", "run")
	if _, ok := role.PID(); !ok {
		return wherry.Errorf(wherry.Conflict, "hub %s does not run: wherrydev up", name)
	}
	if h.Cheat == Honest && kind == Off {
		return nil
	}
	if h.Cheat != Honest { // the hub itself is out of sight already
		if err := n.front(*h).Stop(ctx); err != nil {
			return err
		}
		h.Cheat = kind
		if err := n.plan.save(n.Dir); err != nil {
			return err
		}
		return n.front(*h).Start(ctx)
	}
	if err := role.Stop(ctx); err != nil {
		return err
	}
	h.Cheat = kind
	if !h.Behind.IsValid() {
		var lc net.ListenConfig
		l, err := lc.Listen(ctx, "tcp", netip.AddrPortFrom(n.plan.Block.addr(1), 0).String())
		if err != nil {
			return err
		}
		h.Behind = l.Addr().(*net.TCPAddr).AddrPort()
		if err := l.Close(); err != nil {
			return err
		}
	}
	if err := n.plan.save(n.Dir); err != nil {
		return err
	}
	if err := n.configure(); err != nil {
		return err
	}
	if err := role.Start(ctx); err != nil {
		return err
	}
	return n.front(*h).Start(ctx)
}

// Front serves a hub's address, cheating, until ctx is done. ready is called once
// it answers.
func (n *Net) Front(ctx context.Context, name string, ready func()) error {
	h, err := n.hubPlan(name)
	if err != nil {
		return err
	}
	who := n.plan.People[h.Role]
	key, err := node.Config{State: n.path(h.Role), PasswordFile: n.path("password"), Identity: who}.Unlock(who)
	if err != nil {
		return err
	}
	f := &front{
		kind: h.Cheat, key: key, admin: "http://" + h.Admin.String(), behind: hubclient.Client{URL: "http://" + h.Behind.String(), Hub: who},
		chains: map[uint64]*evm.Chain{}, said: map[uint64][]solvency.Statement{}, path: n.path(h.Role+"-front", "said"),
	}
	if err := f.load(); err != nil {
		return err
	}
	for _, p := range []chainPlan{n.plan.ChainA, n.plan.ChainB} {
		c, err := n.open(ctx, p)
		if err != nil {
			return err
		}
		defer c.Close()
		f.chains[p.ID] = c
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", h.API.String())
	if err != nil {
		return err
	}
	defer l.Close()
	ready()
	return serveHTTP(ctx, l, f.handler())
}

// front is a liar's desk.
type front struct {
	kind   Cheat
	key    *identity.Key
	admin  string
	behind hubclient.Client // the hub itself
	chains map[uint64]*evm.Chain

	mu   sync.Mutex                      // guards said
	said map[uint64][]solvency.Statement // by chain, numbered behind the hub's own
	path string                          // of the file that keeps them
}

// saidFile is what a liar has to remember.
type saidFile struct {
	Chains []uint64               `cbor:"1,keyasint"`
	Said   [][]solvency.Statement `cbor:"2,keyasint"`
}

// keptLies is how many statements of a chain a liar remembers.
const keptLies = 256

func (f *front) load() error {
	b, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var s saidFile
	if err == nil {
		err = codec.Unmarshal(b, &s)
	}
	if err == nil && len(s.Chains) != len(s.Said) {
		err = wherry.Errorf(wherry.Invalid, "%s is not whole", f.path)
	}
	if err != nil {
		return fmt.Errorf("what was said before: %w", err)
	}
	for i, id := range s.Chains {
		f.said[id] = s.Said[i]
	}
	return nil
}

func (f *front) save() error {
	var s saidFile
	for id, said := range f.said {
		s.Chains, s.Said = append(s.Chains, id), append(s.Said, said)
	}
	b, err := codec.Marshal(s)
	if err != nil {
		return err
	}
	return whole.Write(f.path, b)
}

func (f *front) handler() http.Handler {
	to, err := url.Parse(f.behind.URL)
	if err != nil {
		panic(err) // made of an address
	}
	m := http.NewServeMux()
	m.Handle("/", httputil.NewSingleHostReverseProxy(to))
	m.HandleFunc("GET /v1/solvency", f.serve(f.statement))
	m.HandleFunc("POST /v1/solvency", f.serve(f.proof))
	return m
}

func (f *front) serve(answer func(*http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		status := http.StatusOK
		v, err := answer(r)
		if err != nil {
			code := wherry.CodeOf(err)
			status, v = code.Info().HTTP, channel.Failure{Code: code, Message: err.Error()[:min(len(err.Error()), channel.MaxReason)]}
		}
		b, err := codec.Marshal(v)
		if err != nil {
			status, b = http.StatusInternalServerError, nil
		}
		w.Header().Set("Content-Type", hubclient.ContentType)
		w.WriteHeader(status)
		_, _ = w.Write(b) // who asked is gone, or has it
	}
}

// statement answers somebody without a name.
func (f *front) statement(r *http.Request) (any, error) {
	id, err := strconv.ParseUint(r.URL.Query().Get("chain"), 10, 64)
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "which chain?")
	}
	seq, _ := strconv.ParseUint(r.URL.Query().Get("seq"), 10, 64)
	f.mu.Lock()
	said := f.said[id]
	f.mu.Unlock()
	if seq != 0 {
		for _, s := range said {
			if s.Seq == seq {
				return s, nil
			}
		}
		return f.behind.Solvency(r.Context(), id, seq)
	}
	s, _, err := f.lie(r.Context(), id)
	return s, err
}

// proof answers a payee.
func (f *front) proof(r *http.Request) (any, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 4<<10))
	if err != nil {
		return nil, err
	}
	var q channel.Request
	if err := codec.Unmarshal(body, &q); err != nil {
		return nil, err
	}
	s, tree, err := f.lie(r.Context(), q.Chain.ID)
	if err != nil {
		return nil, err
	}
	p := solvency.Proof{Version: solvency.Version, Statement: s}
	path, ok := tree.Path(q.Who)
	if !ok {
		return p, nil
	}
	p.Path = &path
	if f.kind == TwoFaces {
		return f.twoFaces(p)
	}
	return p, nil
}

// twoFaces turns a true proof into one in which its payee is owed what it should
// be and nobody else anything, under the number of the one for everybody.
func (f *front) twoFaces(p solvency.Proof) (any, error) {
	tree, err := solvency.NewTree(p.Statement.Book(), []solvency.Leaf{p.Path.Leaf})
	if err != nil {
		return nil, err
	}
	s := p.Statement
	s.Payees, s.Root, s.Owed, s.Held = tree.Len(), tree.Root(), tree.Top().Owed, tree.Top().Held
	s.Time++ // with one payee the two would be the same otherwise
	path, _ := tree.Path(p.Path.Leaf.Payee)
	p.Path = &path
	p.Statement, err = s.Sign(f.key)
	return p, err
}

// lie makes the next statement of a chain.
func (f *front) lie(ctx context.Context, id uint64) (s solvency.Statement, tree *solvency.Tree, err error) {
	c := f.chains[id]
	if c == nil {
		return s, nil, wherry.Errorf(wherry.NotFound, "no chain %d", id)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	var before solvency.Statement
	if n := len(f.said[id]); n > 0 {
		before = f.said[id][n-1]
	} else if before, err = f.behind.Solvency(ctx, id, 0); err != nil {
		return s, nil, err
	}
	head, err := c.Head(ctx, chain.Final)
	if err != nil {
		return s, nil, err
	}
	pos := solvency.NewPosition()
	if err := pos.Read(ctx, c, f.key.Address(), 0, head.Number); err != nil {
		return s, nil, err
	}
	s = solvency.Statement{
		Version: solvency.Version, Hub: f.key.Address(), ChainID: id, Contract: c.Params().Contract, Seq: before.Seq + 1,
		Time: max(before.Time, uint64(time.Now().Unix())), Block: max(before.Block, head.Number), BlockHash: head.Hash,
	}
	if s.Previous, err = before.ID(); err != nil {
		return s, nil, err
	}
	leaves, err := f.leaves(ctx, pos, s.Book())
	if err != nil {
		return s, nil, err
	}
	if tree, err = solvency.NewTree(s.Book(), leaves); err != nil {
		return s, nil, err
	}
	s.Payees, s.Root, s.Owed, s.Held = tree.Len(), tree.Root(), tree.Top().Owed, tree.Top().Held
	if s.Reserved, err = pos.Reserved(); err != nil {
		return s, nil, err
	}
	if f.kind == Reserves {
		if s.Reserved, err = s.Reserved.Add(wherry.Tokens(50)); err != nil {
			return s, nil, err
		}
	}
	if s.Free, err = pos.Free(); err != nil {
		return s, nil, err
	}
	if s, err = s.Sign(f.key); err != nil {
		return s, nil, err
	}
	all := append(f.said[id], s)
	f.said[id] = all[max(0, len(all)-keptLies):]
	return s, tree, f.save()
}

// leaves returns what the hub owes, but for the lie.
func (f *front) leaves(ctx context.Context, pos *solvency.Position, book solvency.Book) ([]solvency.Leaf, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("%s/v1/admin/owed?chain=%d", f.admin, book.ChainID), nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, wherry.Errorf(wherry.Unreachable, "the hub's administration: %w", err)
	}
	defer resp.Body.Close()
	var earners []hub.Earner
	if err := json.NewDecoder(resp.Body).Decode(&earners); err != nil {
		return nil, err
	}
	secret := solvency.NewSecret(f.key)
	var leaves []solvency.Leaf
	most := 0
	for _, e := range earners {
		l, ok := pos.Leaf(e.Payee, e.Earned)
		if !ok {
			continue
		}
		l.Nonce = secret.Nonce(book, e.Payee)
		if leaves = append(leaves, l); leaves[most].Owed.Less(l.Owed) {
			most = len(leaves) - 1
		}
	}
	if len(leaves) == 0 {
		return nil, nil
	}
	switch victim := &leaves[most]; f.kind {
	case LeaveOut:
		leaves = slices.Delete(leaves, most, most+1)
	case Understate:
		half, err := victim.Owed.MulDiv(1, 2)
		if err != nil {
			return nil, err
		}
		victim.Earned = victim.Earned.SubFloor(half)
		victim.Owed = victim.Owed.SubFloor(half)
		victim.Held = victim.Held.Min(victim.Owed)
	case Honest, Off, Reserves, TwoFaces:
	}
	return leaves, nil
}

// Paid returns the configurations of the providers that a hub pays.
func (n *Net) Paid(hub string) (all []string) {
	for _, p := range n.plan.Providers {
		if slices.Contains(p.Hubs, hub) {
			all = append(all, n.path(p.role(), "wherry.toml"))
		}
	}
	return all
}
