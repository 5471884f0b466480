package payments

import (
	"bytes"
	"io"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/wherrynet/wherry/payment/journal"
)

// disk is a process's file system: what programs see of it, and what is left of
// that when the computer stops. Bytes count from their file's sync on, names
// from their folder's.
type disk struct {
	names   map[string]*node // as programs see them
	durable map[string]*node // as they are after a crash at worst
	ops     []func(map[string]*node)
	lock    *life
}

type node struct {
	data   []byte
	synced []byte
	dirty  int // up to here they are the same
}

func (n *node) write(at int, b []byte) {
	n.dirty = min(n.dirty, at)
	if grow := at + len(b) - len(n.data); grow > 0 {
		n.data = append(n.data, make([]byte, grow)...)
	}
	copy(n.data[at:], b)
}

func (n *node) sync() {
	n.synced = append(n.synced[:n.dirty], n.data[n.dirty:]...)
	n.dirty = len(n.data)
}

func newDisk() *disk { return &disk{names: map[string]*node{}, durable: map[string]*node{}} }

// crash leaves what a crash leaves: of the names, some of the newest changes in
// their order; of each file, what is synced, and behind it nothing, a piece of
// what was written, or zeros.
func (d *disk) crash(w *World) {
	for _, op := range d.ops[:w.rng.IntN(len(d.ops)+1)] {
		op(d.durable)
	}
	d.ops = nil
	d.names = map[string]*node{}
	for _, name := range slices.Sorted(maps.Keys(d.durable)) {
		n := d.durable[name]
		left := n.torn(w)
		m := &node{data: left, synced: slices.Clone(left), dirty: len(left)}
		d.names[name], d.durable[name] = m, m
	}
}

// torn is what is left of a file: what is synced, and of what was written since
// nothing, the beginning, or pieces as the disk came to write them.
func (n *node) torn(w *World) []byte {
	left := slices.Clone(n.synced)
	from := min(n.dirty, len(n.data))
	if from == len(n.data) {
		return left
	}
	const piece = 64
	put := func(from, to int) {
		if to > len(left) {
			left = append(left, make([]byte, to-len(left))...)
		}
		copy(left[from:to], n.data[from:to])
	}
	switch w.rng.IntN(3) {
	case 0: // nothing of it
	case 1:
		put(from, from+w.rng.IntN(len(n.data)-from+1))
	case 2:
		for at := from; at < len(n.data); at += piece {
			if w.chance(2) {
				put(at, min(at+piece, len(n.data)))
			}
		}
	}
	return left
}

// files is a disk as one life of its process sees it.
type files struct {
	*disk
	l *life
}

var _ journal.FS = files{}

func (f files) name(op func(map[string]*node)) {
	op(f.names)
	f.ops = append(f.ops, op)
}

func (files) MkdirAll(string) error { return nil }

func (f files) List(dir string) ([]string, error) {
	if f.l.dead {
		return nil, errDead
	}
	var out []string
	for _, n := range slices.Sorted(maps.Keys(f.names)) {
		if filepath.Dir(n) == dir {
			out = append(out, filepath.Base(n))
		}
	}
	return out, nil
}

func (f files) ReadFile(name string) ([]byte, error) {
	n := f.names[name]
	if n == nil || f.l.dead {
		return nil, fs.ErrNotExist
	}
	return slices.Clone(n.data), nil
}

func (f files) Open(name string) (io.ReadCloser, error) {
	b, err := f.ReadFile(name)
	return io.NopCloser(bytes.NewReader(b)), err
}

func (f files) Create(name string) (journal.File, error) {
	if err := f.l.effect("create " + filepath.Base(name)); err != nil {
		return nil, err
	}
	n := &node{}
	f.name(func(m map[string]*node) { m[name] = n })
	return &file{f: f, n: n}, nil
}

func (f files) Append(name string) (journal.File, error) {
	n := f.names[name]
	if n == nil || f.l.dead {
		return nil, fs.ErrNotExist
	}
	return &file{f: f, n: n, at: len(n.data)}, nil
}

func (f files) Rename(from, to string) error {
	if err := f.l.effect("rename " + filepath.Base(to)); err != nil {
		return err
	}
	f.name(func(m map[string]*node) {
		if n := m[from]; n != nil {
			m[to] = n
			delete(m, from)
		}
		for _, name := range slices.Sorted(maps.Keys(m)) { // a folder goes with what is in it
			if rest, ok := strings.CutPrefix(name, from+"/"); ok {
				m[to+"/"+rest] = m[name]
				delete(m, name)
			}
		}
	})
	return nil
}

func (f files) Remove(name string) error {
	if err := f.l.effect("remove " + filepath.Base(name)); err != nil {
		return err
	}
	f.name(func(m map[string]*node) { delete(m, name) })
	return nil
}

func (f files) SyncDir(string) error {
	if err := f.l.effect("sync folder"); err != nil {
		return err
	}
	for _, op := range f.ops {
		op(f.durable)
	}
	f.disk.ops = nil
	return nil
}

func (f files) Lock(string) (io.Closer, error) {
	if f.lock != nil && !f.lock.dead && f.lock != f.l {
		return nil, fs.ErrExist
	}
	f.disk.lock = f.l
	return unlock{f.disk}, nil
}

type unlock struct{ d *disk }

// Close implements io.Closer.
func (u unlock) Close() error {
	u.d.lock = nil
	return nil
}

type file struct {
	f  files
	n  *node
	at int
}

// Write implements journal.File. One in which the process dies may have put a
// part of its bytes there: crash decides.
func (x *file) Write(b []byte) (int, error) {
	if x.f.l.dead {
		return 0, errDead
	}
	x.n.write(x.at, b)
	x.at += len(b)
	if err := x.f.l.effect("write"); err != nil {
		return 0, err
	}
	return len(b), nil
}

// Sync implements journal.File. The process may die before it or behind it.
func (x *file) Sync() error {
	if err := x.f.l.effect("sync"); err != nil {
		return err
	}
	x.n.sync()
	return x.f.l.effect("synced")
}

// Truncate implements journal.File.
func (x *file) Truncate(size int64) error {
	if int64(len(x.n.data)) == size {
		x.at = int(size)
		return nil
	}
	if err := x.f.l.effect("truncate"); err != nil {
		return err
	}
	x.n.data = x.n.data[:size]
	x.n.dirty = min(x.n.dirty, int(size))
	x.at = int(size)
	return nil
}

// Allocate implements journal.File.
func (x *file) Allocate(size int64) error {
	if err := x.f.l.effect("allocate"); err != nil {
		return err
	}
	if more := int(size) - len(x.n.data); more > 0 {
		x.n.write(len(x.n.data), make([]byte, more))
	}
	return nil
}

// Close implements journal.File.
func (*file) Close() error { return nil }
