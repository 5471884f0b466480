package solvency

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"

	"github.com/wherrynet/wherry"
)

// Book names the tree of one statement: it is part of every hash in it.
type Book struct {
	Hub      wherry.Address
	ChainID  uint64
	Contract wherry.Address
	Seq      uint64 // of the statement
}

// context returns the hash that stands for b.
func (b Book) context() wherry.Hash {
	var n [16]byte
	binary.BigEndian.PutUint64(n[:8], b.ChainID)
	binary.BigEndian.PutUint64(n[8:], b.Seq)
	return wherry.Keccak256([]byte("wherry/solvency/tree/v1"), b.Hub[:], b.Contract[:], n[:])
}

// The first byte of what is hashed says what it is, so that a leaf is never
// taken for a node.
const (
	tagLeaf = 0
	tagNode = 1
	tagRoot = 2
)

// Leaf is what a hub owes one payee, as that payee is shown it.
type Leaf struct {
	Payee  wherry.Address `cbor:"1,keyasint"`
	Nonce  wherry.Hash    `cbor:"2,keyasint"` // known to the hub and the payee alone
	Earned wherry.Amount  `cbor:"3,keyasint"` // over the life of the hub
	Owed   wherry.Amount  `cbor:"4,keyasint"` // of Earned, not paid in the statement's block
	Held   wherry.Amount  `cbor:"5,keyasint"` // of Owed, what its reserve covers
}

// node returns the leaf as it stands in the tree.
func (l Leaf) node(ctx wherry.Hash) Node {
	earned, owed, held := l.Earned.Word(), l.Owed.Word(), l.Held.Word()
	return Node{
		Hash: wherry.Keccak256([]byte{tagLeaf}, ctx[:], l.Nonce[:], l.Payee[:], earned[:], owed[:], held[:]),
		Owed: l.Owed, Held: l.Held,
	}
}

// check refuses amounts that no honest leaf has.
func (l Leaf) check() bool {
	return l.Earned.FitsChain() && !l.Earned.Less(l.Owed) && !l.Owed.Less(l.Held)
}

// Node is a part of the tree: the sums below it, and the hash that binds them.
type Node struct {
	Hash wherry.Hash   `cbor:"1,keyasint"`
	Owed wherry.Amount `cbor:"2,keyasint"`
	Held wherry.Amount `cbor:"3,keyasint"`
}

// join returns the parent of two nodes, or not ok where a sum is more than a
// contract can hold: then an amount in it is made up.
func join(ctx wherry.Hash, l, r Node) (Node, bool) {
	owed, err := l.Owed.Add(r.Owed)
	if err != nil || !owed.FitsChain() {
		return Node{}, false
	}
	held, err := l.Held.Add(r.Held)
	if err != nil {
		return Node{}, false
	}
	lo, lh, ro, rh := l.Owed.Word(), l.Held.Word(), r.Owed.Word(), r.Held.Word()
	return Node{
		Hash: wherry.Keccak256([]byte{tagNode}, ctx[:], l.Hash[:], lo[:], lh[:], r.Hash[:], ro[:], rh[:]),
		Owed: owed, Held: held,
	}, true
}

// root returns the hash of a whole tree: of its top and the number of leaves,
// which fixes its shape.
func root(ctx wherry.Hash, leaves uint64, top Node) wherry.Hash {
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], leaves)
	o, h := top.Owed.Word(), top.Held.Word()
	return wherry.Keccak256([]byte{tagRoot}, ctx[:], n[:], top.Hash[:], o[:], h[:])
}

// Tree is a whole tree, as the hub keeps it for the newest statement.
type Tree struct {
	book   Book
	leaves map[wherry.Address]place
	levels [][]Node // from the leaves up; empty where nothing is owed
}

type place struct {
	leaf  Leaf
	index uint64
}

// NewTree builds the tree of a statement. Two leaves of one payee, or amounts
// that no contract could hold, are Internal: they are a mistake of the caller.
func NewTree(book Book, leaves []Leaf) (*Tree, error) {
	t := &Tree{book: book, leaves: make(map[wherry.Address]place, len(leaves))}
	ctx := book.context()
	type entry struct {
		node Node
		leaf Leaf
	}
	all := make([]entry, len(leaves))
	for i, l := range leaves {
		if !l.check() {
			return nil, wherry.Errorf(wherry.Internal, "what a payee is owed does not add up: earned %s, owed %s, held %s", l.Earned, l.Owed, l.Held)
		}
		all[i] = entry{l.node(ctx), l}
	}
	slices.SortFunc(all, func(a, b entry) int { return bytes.Compare(a.node.Hash[:], b.node.Hash[:]) })
	row := make([]Node, len(all))
	for i, e := range all {
		if _, twice := t.leaves[e.leaf.Payee]; twice {
			return nil, wherry.Errorf(wherry.Internal, "payee %s has two leaves", e.leaf.Payee)
		}
		row[i], t.leaves[e.leaf.Payee] = e.node, place{e.leaf, uint64(i)}
	}
	for len(row) > 0 {
		t.levels = append(t.levels, row)
		if len(row) == 1 {
			break
		}
		up := make([]Node, 0, (len(row)+1)/2)
		for i := 0; i+1 < len(row); i += 2 {
			n, ok := join(ctx, row[i], row[i+1])
			if !ok {
				return nil, wherry.Errorf(wherry.Internal, "what is owed is more than a contract can hold")
			}
			up = append(up, n)
		}
		if len(row)%2 == 1 { // the last one goes up as it is: nothing is doubled
			up = append(up, row[len(row)-1])
		}
		row = up
	}
	return t, nil
}

// Len returns how many payees are owed something.
func (t *Tree) Len() uint64 { return uint64(len(t.leaves)) }

// Top returns the sums of the whole tree, zero where nothing is owed.
func (t *Tree) Top() Node {
	if len(t.levels) == 0 {
		return Node{}
	}
	return t.levels[len(t.levels)-1][0]
}

// Root returns what the statement signs.
func (t *Tree) Root() wherry.Hash { return root(t.book.context(), t.Len(), t.Top()) }

// Path is the way from a leaf to the root.
type Path struct {
	Leaf  Leaf   `cbor:"1,keyasint"`
	Index uint64 `cbor:"2,keyasint"` // of the leaf, from 0
	Up    []Node `cbor:"3,keyasint"` // the siblings, from the leaf up
}

// maxPath bounds Up: a tree of 2^40 leaves is nobody's.
const maxPath = 40

// Path returns a payee's path, or false when it is owed nothing.
func (t *Tree) Path(payee wherry.Address) (Path, bool) {
	at, ok := t.leaves[payee]
	if !ok {
		return Path{}, false
	}
	p := Path{Leaf: at.leaf, Index: at.index, Up: []Node{}}
	i := at.index
	for _, row := range t.levels[:len(t.levels)-1] {
		if s := i ^ 1; s < uint64(len(row)) {
			p.Up = append(p.Up, row[s])
		}
		i /= 2
	}
	return p, true
}

// Leads reports whether p leads from its leaf to a root of so many leaves and
// these sums.
func (p Path) Leads(book Book, leaves uint64, rootHash wherry.Hash, owed, held wherry.Amount) bool {
	if p.Index >= leaves || len(p.Up) > maxPath || bits.Len64(leaves) > maxPath || !p.Leaf.check() {
		return false
	}
	ctx := book.context()
	n, up := p.Leaf.node(ctx), p.Up
	for i, width := p.Index, leaves; width > 1; i, width = i/2, (width+1)/2 {
		if i^1 >= width {
			continue // goes up as it is
		}
		if len(up) == 0 {
			return false
		}
		sibling := up[0]
		up = up[1:]
		if sibling.Owed.Less(sibling.Held) {
			return false
		}
		l, r := n, sibling
		if i%2 == 1 {
			l, r = sibling, n
		}
		var ok bool
		if n, ok = join(ctx, l, r); !ok {
			return false
		}
	}
	return len(up) == 0 && n.Owed == owed && n.Held == held && root(ctx, leaves, n) == rootHash
}
