package payments

import (
	"io"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"

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
		left := slices.Clone(n.synced)
		if rest := len(n.data) - len(left); rest > 0 {
			keep := w.rng.IntN(rest + 1)
			switch w.rng.IntN(3) {
			case 0: // nothing of it
			case 1:
				left = append(left, n.data[len(left):len(left)+keep]...)
			case 2:
				left = append(left, make([]byte, keep)...)
			}
		}
		m := &node{data: left, synced: slices.Clone(left)}
		d.names[name], d.durable[name] = m, m
	}
}

// clone is a copy of everything, for a backup.
func (d *disk) clone() *disk {
	out := newDisk()
	for name, n := range d.names {
		m := &node{data: slices.Clone(n.data), synced: slices.Clone(n.data)}
		out.names[name], out.durable[name] = m, m
	}
	return out
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

func (f files) Create(name string) (journal.File, error) {
	if err := f.l.effect("create " + filepath.Base(name)); err != nil {
		return nil, err
	}
	n := &node{}
	f.name(func(m map[string]*node) { m[name] = n })
	return file{f, n}, nil
}

func (f files) Append(name string) (journal.File, error) {
	n := f.names[name]
	if n == nil || f.l.dead {
		return nil, fs.ErrNotExist
	}
	return file{f, n}, nil
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
	f files
	n *node
}

// Write implements journal.File. One in which the process dies may have put a
// part of its bytes there: crash decides.
func (x file) Write(b []byte) (int, error) {
	if x.f.l.dead {
		return 0, errDead
	}
	x.n.data = append(x.n.data, b...)
	if err := x.f.l.effect("write"); err != nil {
		return 0, err
	}
	return len(b), nil
}

// Sync implements journal.File. The process may die before it or behind it.
func (x file) Sync() error {
	if err := x.f.l.effect("sync"); err != nil {
		return err
	}
	x.n.synced = slices.Clone(x.n.data)
	return x.f.l.effect("synced")
}

// Truncate implements journal.File.
func (x file) Truncate(size int64) error {
	if int64(len(x.n.data)) == size {
		return nil
	}
	if err := x.f.l.effect("truncate"); err != nil {
		return err
	}
	x.n.data = slices.Clone(x.n.data[:size])
	return nil
}

// Close implements journal.File.
func (file) Close() error { return nil }
