package solvency

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/internal/codec"
)

func key(name string) *identity.Key {
	s := sha256.Sum256([]byte("solvency test " + name))
	k, err := identity.KeyFromBytes(s[:])
	if err != nil {
		panic(err)
	}
	return k
}

func payee(i int) (a wherry.Address) {
	binary.BigEndian.PutUint64(a[:], uint64(i)+1)
	return a
}

func tokens(s string) wherry.Amount { return wherry.MustAmount(s) }

var (
	hubKey = key("hub")
	book   = Book{Hub: hubKey.Address(), ChainID: 7, Contract: wherry.Address{0xcc}, Seq: 3}
	secret = NewSecret(hubKey)
)

func leaf(i int, earned, owed, held uint64) Leaf {
	return Leaf{Payee: payee(i), Nonce: secret.Nonce(book, payee(i)), Earned: wherry.Base(earned), Owed: wherry.Base(owed), Held: wherry.Base(held)}
}

func tree(t testing.TB, leaves ...Leaf) *Tree {
	t.Helper()
	tr, err := NewTree(book, leaves)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func (t *Tree) leads(p Path) bool {
	return p.Leads(t.book, t.Len(), t.Root(), t.Top().Owed, t.Top().Held)
}

// Every payee of a tree of any size finds itself, at its own place, and the sums
// are those of the leaves.
func TestEveryPayeeFindsItself(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // repeatable
	for n := 1; n < 70; n++ {
		var all []Leaf
		var owed, held uint64
		for i := range n {
			e := 1 + rnd.Uint64N(1<<40)
			o := 1 + rnd.Uint64N(e)
			h := rnd.Uint64N(o + 1)
			all, owed, held = append(all, leaf(i, e, o, h)), owed+o, held+h
		}
		tr := tree(t, all...)
		if tr.Top().Owed != wherry.Base(owed) || tr.Top().Held != wherry.Base(held) || tr.Len() != uint64(n) {
			t.Fatalf("%d leaves: the sums are %v, want %d and %d", n, tr.Top(), owed, held)
		}
		seen := map[uint64]bool{}
		for i, l := range all {
			p, ok := tr.Path(payee(i))
			if !ok || p.Leaf != l || seen[p.Index] || !tr.leads(p) {
				t.Fatalf("%d leaves: payee %d does not find itself", n, i)
			}
			seen[p.Index] = true
		}
		if _, ok := tr.Path(payee(n)); ok {
			t.Fatalf("%d leaves: a stranger finds itself", n)
		}
	}
}

// A path leads nowhere once anything in it, or in what the statement says of the
// tree, is changed.
func TestNothingInAPathCanBeChanged(t *testing.T) {
	for _, n := range []int{1, 2, 3, 5, 8, 13} {
		var all []Leaf
		for i := range n {
			all = append(all, leaf(i, 1000+uint64(i), 100+uint64(i), 10))
		}
		tr := tree(t, all...)
		for i := range n {
			whole, _ := tr.Path(payee(i))
			top := tr.Top()
			for name, change := range map[string]func(p *Path, b *Book, leaves *uint64, owed, held *wherry.Amount){
				"payee":    func(p *Path, _ *Book, _ *uint64, _, _ *wherry.Amount) { p.Leaf.Payee[3]++ },
				"nonce":    func(p *Path, _ *Book, _ *uint64, _, _ *wherry.Amount) { p.Leaf.Nonce[3]++ },
				"earned":   func(p *Path, _ *Book, _ *uint64, _, _ *wherry.Amount) { p.Leaf.Earned = wherry.Base(5000) },
				"owed":     func(p *Path, _ *Book, _ *uint64, _, _ *wherry.Amount) { p.Leaf.Owed = wherry.Base(99) },
				"held":     func(p *Path, _ *Book, _ *uint64, _, _ *wherry.Amount) { p.Leaf.Held = wherry.Base(11) },
				"longer":   func(p *Path, _ *Book, _ *uint64, _, _ *wherry.Amount) { p.Up = append(p.Up, Node{}) },
				"leaves":   func(_ *Path, _ *Book, l *uint64, _, _ *wherry.Amount) { *l++ },
				"seq":      func(_ *Path, b *Book, _ *uint64, _, _ *wherry.Amount) { b.Seq++ },
				"chain":    func(_ *Path, b *Book, _ *uint64, _, _ *wherry.Amount) { b.ChainID++ },
				"contract": func(_ *Path, b *Book, _ *uint64, _, _ *wherry.Amount) { b.Contract[0]++ },
				"hub":      func(_ *Path, b *Book, _ *uint64, _, _ *wherry.Amount) { b.Hub[0]++ },
				"all owed": func(_ *Path, _ *Book, _ *uint64, o, _ *wherry.Amount) { *o, _ = o.Sub(wherry.Base(1)) },
				"all held": func(_ *Path, _ *Book, _ *uint64, _, h *wherry.Amount) { *h, _ = h.Add(wherry.Base(1)) },
				"index":    func(p *Path, _ *Book, _ *uint64, _, _ *wherry.Amount) { p.Index += uint64(n) },
				"sibling": func(p *Path, _ *Book, l *uint64, _, _ *wherry.Amount) {
					if len(p.Up) == 0 {
						*l++
						return
					}
					p.Up[0].Hash[9]++
				},
				// What Maxwell's first tree allowed: a sibling that is said to weigh less.
				"sibling's sum": func(p *Path, _ *Book, l *uint64, o, _ *wherry.Amount) {
					if len(p.Up) == 0 {
						*l++
						return
					}
					p.Up[0].Owed, _ = p.Up[0].Owed.Sub(wherry.Base(1))
					*o, _ = o.Sub(wherry.Base(1))
				},
				"shorter": func(p *Path, _ *Book, l *uint64, _, _ *wherry.Amount) {
					if len(p.Up) == 0 {
						*l++
						return
					}
					p.Up = p.Up[1:]
				},
			} {
				p, b, leaves, owed, held := whole, book, tr.Len(), top.Owed, top.Held
				p.Up = slices.Clone(whole.Up)
				change(&p, &b, &leaves, &owed, &held)
				if p.Leads(b, leaves, tr.Root(), owed, held) {
					t.Errorf("%d leaves, payee %d: %s was changed and nobody noticed", n, i, name)
				}
			}
		}
	}
}

// An inner node is no leaf, and a leaf that was doubled to fill a row does not
// stand twice (CVE-2012-2459).
func TestShapesThatAreNot(t *testing.T) {
	a, b, c := leaf(0, 10, 10, 0), leaf(1, 10, 10, 0), leaf(2, 10, 10, 0)
	three := tree(t, a, b, c)
	p, _ := three.Path(c.Payee)
	if p.Leads(book, 4, three.Root(), wherry.Base(40), wherry.Amount{}) {
		t.Error("a tree of three is taken for one of four")
	}
	if _, err := NewTree(book, []Leaf{a, b, b}); wherry.CodeOf(err) != wherry.Internal {
		t.Errorf("a payee with two leaves: %v", err)
	}
	empty := tree(t)
	if empty.Root() == tree(t, a).Root() || empty.Len() != 0 || !empty.Top().Owed.IsZero() {
		t.Error("an empty tree looks like one with a leaf")
	}
}

// Sums never wrap around and no part is negative, also where the hub is the one
// that makes the nodes up.
func TestSumsCannotWrap(t *testing.T) {
	big := wherry.MaxOnChain
	l := Leaf{Payee: payee(0), Earned: big, Owed: big}
	if _, err := NewTree(book, []Leaf{l, leaf(1, 1, 1, 0)}); wherry.CodeOf(err) != wherry.Internal {
		t.Errorf("more than a contract can hold: %v", err)
	}
	for name, bad := range map[string]Leaf{
		"owed above earned": {Payee: payee(0), Earned: wherry.Base(1), Owed: wherry.Base(2)},
		"held above owed":   {Payee: payee(0), Earned: wherry.Base(2), Owed: wherry.Base(1), Held: wherry.Base(2)},
	} {
		if _, err := NewTree(book, []Leaf{bad}); wherry.CodeOf(err) != wherry.Internal {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A made-up sibling that holds more than it is owed would hide a shortfall.
	ctx := book.context()
	mine := leaf(0, 10, 10, 0)
	lie := Node{Hash: wherry.Hash{1}, Owed: wherry.Base(0), Held: wherry.Base(10)}
	n, ok := join(ctx, mine.node(ctx), lie)
	if !ok {
		t.Fatal("the sums of both are as they should be")
	}
	p := Path{Leaf: mine, Index: 0, Up: []Node{lie}}
	if p.Leads(book, 2, root(ctx, 2, n), n.Owed, n.Held) {
		t.Error("a reserve counts for somebody else than its payee")
	}
}

// A leaf tells nothing: the same payee with the same amounts has another one in
// the next statement, and without the nonce no guess can be tried.
func TestLeavesAreBlind(t *testing.T) {
	next := book
	next.Seq++
	if secret.Nonce(book, payee(0)) == secret.Nonce(next, payee(0)) || secret.Nonce(book, payee(0)) == secret.Nonce(book, payee(1)) ||
		secret.Nonce(book, payee(0)) == NewSecret(key("other")).Nonce(book, payee(0)) {
		t.Error("a nonce repeats")
	}
	l := leaf(0, 10, 10, 0)
	guess := l
	guess.Nonce = wherry.Hash{}
	if l.node(book.context()).Hash == guess.node(book.context()).Hash {
		t.Error("the nonce is not in the leaf")
	}
}

// world is a hub with two payees, and what an honest statement of it is.
type world struct {
	pos   *Position
	tree  *Tree
	s     Statement
	bhash wherry.Hash
	now   time.Time
}

func newWorld(t testing.TB) *world {
	w := &world{pos: NewPosition(), bhash: wherry.Hash{0xb}, now: time.Unix(1_800_000_000, 0)}
	err := w.pos.Apply([]chain.Event{
		{Kind: chain.Funded, Amount: tokens("100")},
		{Kind: chain.Reserved, Account: payee(0), Reserve: tokens("10")},
		{Kind: chain.Paid, Account: payee(0), Amount: tokens("5"), Total: tokens("5"), Reserve: tokens("6")},
		{Kind: chain.Reserved, Account: payee(1), Reserve: tokens("50")},
		{Kind: chain.Collected, Account: payee(9), Amount: tokens("2")},
		{Kind: chain.Withdrawn, Amount: tokens("11")},
	}, 40)
	if err != nil {
		t.Fatal(err)
	}
	w.state(t, map[int]string{0: "12", 1: "3"})
	return w
}

// state makes and signs the statement for what the payees have earned.
func (w *world) state(t testing.TB, earned map[int]string) {
	t.Helper()
	var leaves []Leaf
	for i, e := range earned {
		if l, ok := w.pos.Leaf(payee(i), tokens(e)); ok {
			l.Nonce = secret.Nonce(book, l.Payee)
			leaves = append(leaves, l)
		}
	}
	w.tree = tree(t, leaves...)
	reserved, err := w.pos.Reserved()
	if err != nil {
		t.Fatal(err)
	}
	free, err := w.pos.Free()
	if err != nil {
		t.Fatal(err)
	}
	w.s = Statement{
		Version: Version, Hub: book.Hub, ChainID: book.ChainID, Contract: book.Contract, Seq: book.Seq, Time: uint64(w.now.Unix()),
		Block: w.pos.Block, BlockHash: w.bhash, Payees: w.tree.Len(), Root: w.tree.Root(), Owed: w.tree.Top().Owed, Held: w.tree.Top().Held,
		Reserved: reserved, Free: free,
	}
	w.sign(t, func(*Statement) {})
}

func (w *world) sign(t testing.TB, change func(*Statement)) Statement {
	t.Helper()
	change(&w.s)
	s, err := w.s.Sign(hubKey)
	if err != nil {
		t.Fatal(err)
	}
	w.s = s
	return s
}

func (w *world) evidence(own *Own) Evidence {
	return Evidence{
		Hub: book.Hub, ChainID: book.ChainID, Contract: book.Contract, Now: w.now, MaxAge: 10 * time.Minute,
		Statement: w.s, Position: w.pos, BlockHash: w.bhash, Own: own,
	}
}

func (w *world) own(t testing.TB, i int, earned string) *Own {
	t.Helper()
	o := &Own{Payee: payee(i), Earned: tokens(earned)}
	if p, ok := w.tree.Path(payee(i)); ok {
		o.Path = &p
	}
	return o
}

func flaws(e Evidence) (out []Flaw) {
	found, _ := e.Check()
	for _, f := range found {
		out = append(out, f.Flaw)
	}
	return out
}

func TestHonestHubPasses(t *testing.T) {
	w := newWorld(t)
	if w.s.Owed != tokens("10") || w.s.Held != tokens("9") || w.s.Reserved != tokens("56") || w.s.Free != tokens("30") {
		t.Errorf("the sums: %+v", w.s)
	}
	if w.s.Percent() != 390 || !w.s.Covered() {
		t.Errorf("backs %d %%", w.s.Percent())
	}
	for _, own := range []*Own{nil, w.own(t, 0, "12"), w.own(t, 1, "2.5"), w.own(t, 5, "0")} {
		if f := flaws(w.evidence(own)); f != nil {
			t.Errorf("%+v: %v", own, f)
		}
	}
}

func TestEachFlawIsNamed(t *testing.T) {
	stranger := key("stranger")
	for name, c := range map[string]struct {
		want []Flaw
		do   func(w *world) Evidence
	}{
		"not signed":    {[]Flaw{BadSignature}, func(w *world) Evidence { w.s.Free = tokens("1"); return w.evidence(nil) }},
		"other's":       {[]Flaw{BadSignature}, func(w *world) Evidence { w.s, _ = w.s.Sign(stranger); return w.evidence(nil) }},
		"other chain":   {[]Flaw{BadSignature}, func(w *world) Evidence { w.sign(t, func(s *Statement) { s.ChainID++ }); return w.evidence(nil) }},
		"no number":     {[]Flaw{BadSignature}, func(w *world) Evidence { w.sign(t, func(s *Statement) { s.Seq = 0 }); return w.evidence(nil) }},
		"old":           {[]Flaw{Stale}, func(w *world) Evidence { e := w.evidence(nil); e.Now = e.Now.Add(11 * time.Minute); return e }},
		"of the future": {[]Flaw{Stale}, func(w *world) Evidence { e := w.evidence(nil); e.Now = e.Now.Add(-3 * time.Minute); return e }},
		"other block":   {[]Flaw{WrongBlock}, func(w *world) Evidence { e := w.evidence(nil); e.BlockHash[1]++; return e }},
		"no block":      {[]Flaw{WrongBlock}, func(w *world) Evidence { e := w.evidence(nil); e.Position = nil; return e }},
		"reserves": {[]Flaw{ReservesOverstated}, func(w *world) Evidence {
			w.sign(t, func(s *Statement) { s.Reserved = tokens("57") })
			return w.evidence(nil)
		}},
		"free": {[]Flaw{FreeOverstated}, func(w *world) Evidence {
			w.sign(t, func(s *Statement) { s.Free = tokens("31") })
			return w.evidence(nil)
		}},
		"left out": {[]Flaw{OwnLeafMissing}, func(w *world) Evidence {
			w.state(t, map[int]string{0: "12"})
			return w.evidence(w.own(t, 1, "3"))
		}},
		"understated": {[]Flaw{OwnLeafTooSmall}, func(w *world) Evidence {
			w.state(t, map[int]string{0: "12", 1: "2"})
			return w.evidence(w.own(t, 1, "3"))
		}},
		"earned right, owed understated": {[]Flaw{OwnLeafTooSmall}, func(w *world) Evidence {
			before := w.pos
			w.pos = w.pos.Clone()
			w.pos.outs[payee(1)] = Out{Settled: tokens("1"), Reserved: tokens("50")} // says that it has paid 1
			w.state(t, map[int]string{0: "12", 1: "3"})
			w.pos = before
			return w.evidence(w.own(t, 1, "3"))
		}},
		"own reserve overstated": {[]Flaw{ReservesOverstated}, func(w *world) Evidence {
			before := w.pos
			w.pos = w.pos.Clone()
			w.pos.outs[payee(0)] = Out{Settled: tokens("5"), Reserved: tokens("7")}
			w.pos.outs[payee(1)] = Out{Reserved: tokens("49")}
			w.state(t, map[int]string{0: "12", 1: "3"})
			w.pos = before
			return w.evidence(w.own(t, 0, "12"))
		}},
		"another's path": {[]Flaw{SumsDoNotAddUp}, func(w *world) Evidence {
			o := w.own(t, 0, "12")
			o.Payee = payee(1)
			return w.evidence(o)
		}},
		"root of less": {[]Flaw{SumsDoNotAddUp}, func(w *world) Evidence {
			w.sign(t, func(s *Statement) { s.Owed = tokens("9") })
			return w.evidence(w.own(t, 0, "12"))
		}},
		"held above reserved": {[]Flaw{SumsDoNotAddUp}, func(w *world) Evidence {
			w.sign(t, func(s *Statement) { s.Reserved = tokens("8") })
			return w.evidence(nil)
		}},
		"nobody is owed something": {[]Flaw{SumsDoNotAddUp}, func(w *world) Evidence {
			w.sign(t, func(s *Statement) { s.Payees = 0 })
			return w.evidence(nil)
		}},
		"not covered": {[]Flaw{NotCovered}, func(w *world) Evidence {
			w.state(t, map[int]string{0: "12", 1: "100"})
			return w.evidence(w.own(t, 1, "100"))
		}},
		"same number": {[]Flaw{TwoStatements}, func(w *world) Evidence {
			other := w.s
			w.sign(t, func(s *Statement) { s.Uncollected = tokens("1") })
			e := w.evidence(nil)
			e.Others = []Statement{other}
			return e
		}},
		"another past": {[]Flaw{TwoStatements}, func(w *world) Evidence {
			other := w.s
			w.sign(t, func(s *Statement) { s.Seq, s.Previous = s.Seq+1, wherry.Hash{9} })
			e := w.evidence(nil)
			e.Others = []Statement{other}
			return e
		}},
		"back in time": {[]Flaw{TwoStatements}, func(w *world) Evidence {
			other := w.s
			w.sign(t, func(s *Statement) { s.Seq, s.Block = s.Seq+5, s.Block-1 })
			e := w.evidence(nil)
			e.Position = w.pos.Clone()
			e.Position.Block--
			e.Others = []Statement{other}
			return e
		}},
	} {
		w := newWorld(t)
		if got := flaws(c.do(w)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// What a stranger makes up convicts nobody, and a proper successor is none.
func TestNobodyIsConvictedByOthers(t *testing.T) {
	w := newWorld(t)
	forged := w.s
	forged.Free = tokens("1")
	forged, _ = forged.Sign(key("stranger"))
	first := w.s
	id, err := first.ID()
	if err != nil {
		t.Fatal(err)
	}
	w.sign(t, func(s *Statement) { s.Seq, s.Previous = s.Seq+1, id })
	e := w.evidence(nil)
	e.Others = []Statement{forged, first, w.s}
	if f := flaws(e); f != nil {
		t.Errorf("%v", f)
	}
}

// An honest proof survives the wire, and no bytes make the checks panic.
func FuzzProof(f *testing.F) {
	w := newWorld(f)
	p, _ := w.tree.Path(payee(0))
	b, err := codec.Marshal(Proof{Version: Version, Statement: w.s, Path: &p})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, raw []byte) {
		var q Proof
		if codec.Unmarshal(raw, &q) != nil {
			return
		}
		e := w.evidence(&Own{Payee: payee(0), Earned: tokens("12"), Path: q.Path})
		e.Statement = q.Statement
		found, _ := e.Check()
		_ = q.Statement.Percent()
		if len(found) == 0 && (q.Path == nil || !q.Path.Leads(q.Statement.Book(), q.Statement.Payees, q.Statement.Root, q.Statement.Owed, q.Statement.Held)) {
			t.Error("a proof that proves nothing passes")
		}
	})
}

func BenchmarkTree(b *testing.B) {
	var all []Leaf
	for i := range 10_000 {
		all = append(all, leaf(i, 1000, 100, 10))
	}
	for b.Loop() {
		if _, err := NewTree(book, all); err != nil {
			b.Fatal(err)
		}
	}
}

// The flaw of the first tree of sums: were the sums of both children not in a
// node's hash, each of two payees could be shown a sibling that is owed nothing,
// under one root of half the debt.
func TestSiblingsCannotBeMadeSmall(t *testing.T) {
	ctx := book.context()
	a, b := leaf(0, 10, 10, 0), leaf(1, 10, 10, 0)
	for i, mine := range []Leaf{a, b} {
		other := []Leaf{b, a}[i].node(ctx)
		other.Owed = wherry.Amount{}
		lie, ok := join(ctx, mine.node(ctx), other)
		if i == 1 {
			lie, ok = join(ctx, other, mine.node(ctx))
		}
		if !ok || lie.Owed != wherry.Base(10) {
			t.Fatal("the lie does not add up to what it should")
		}
		// The same two hashes, as the other of the two is shown them.
		theirs, _ := join(ctx, Node{Hash: a.node(ctx).Hash, Owed: wherry.Base(10 * uint64(i))}, Node{Hash: b.node(ctx).Hash, Owed: wherry.Base(10 - 10*uint64(i))})
		if theirs.Owed == lie.Owed && theirs.Hash == lie.Hash {
			t.Error("two payees are shown one root of half of what both are owed")
		}
	}
}
