package journal

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"sync"
)

// faulty is a file system in memory that knows what a crash would leave, and
// that can crash or fail at any effect.
type faulty struct {
	mu      sync.Mutex
	names   map[string]*node // as the process sees it
	durable map[string]*node // names as a crash would leave them
	effects int
	crashAt int // effect that does not happen, nor any after it; 0 never
	fault   map[int]error
	short   map[int]int // effect that writes only so many bytes
	syncs   int
	log     []string
	sparse  bool // a disk that does not allocate: files are as long as what is written
}

type node struct {
	data   []byte
	synced []byte
}

var errCrash = errors.New("crash")

func newFaulty(crashAt int) *faulty {
	return &faulty{
		names: map[string]*node{}, durable: map[string]*node{}, crashAt: crashAt,
		fault: map[int]error{}, short: map[int]int{},
	}
}

// effect counts something that changes the disk, and says whether it may happen.
func (f *faulty) effect(what string) error {
	f.effects++
	f.log = append(f.log, what)
	if f.crashAt != 0 && f.effects >= f.crashAt {
		return errCrash
	}
	return f.fault[f.effects]
}

// after returns the disk after a crash. Of what was written and not synced, keep
// decides what is left.
func (f *faulty) after(keep func(synced, data []byte) []byte, names bool) *faulty {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := newFaulty(0)
	from := f.durable
	if names {
		from = f.names
	}
	for name, n := range from {
		d := slices.Clone(keep(n.synced, n.data))
		m := &node{data: d, synced: slices.Clone(d)}
		out.names[name], out.durable[name] = m, m
	}
	return out
}

func (f *faulty) MkdirAll(string) error { return nil }

func (f *faulty) List(dir string) ([]string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []string
	for n := range maps.Keys(f.names) {
		if filepath.Dir(n) == dir {
			out = append(out, filepath.Base(n))
		}
	}
	return out, nil
}

func (f *faulty) ReadFile(name string) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := f.names[name]
	if n == nil {
		return nil, fs.ErrNotExist
	}
	return slices.Clone(n.data), nil
}

func (f *faulty) Open(name string) (io.ReadCloser, error) {
	b, err := f.ReadFile(name)
	return io.NopCloser(bytes.NewReader(b)), err
}

func (f *faulty) Create(name string) (File, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.effect("create " + name); err != nil {
		return nil, err
	}
	n := &node{}
	f.names[name] = n
	return &handle{f: f, n: n}, nil
}

func (f *faulty) Append(name string) (File, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := f.names[name]
	if n == nil {
		return nil, fs.ErrNotExist
	}
	return &handle{f: f, n: n, at: len(n.data)}, nil
}

func (f *faulty) Rename(from, to string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.effect("rename " + to); err != nil {
		return err
	}
	f.names[to] = f.names[from]
	delete(f.names, from)
	return nil
}

func (f *faulty) Remove(name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.effect("remove " + name); err != nil {
		return err
	}
	delete(f.names, name)
	return nil
}

func (f *faulty) SyncDir(string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.effect("sync directory"); err != nil {
		return err
	}
	f.durable = maps.Clone(f.names)
	return nil
}

func (f *faulty) Lock(string) (io.Closer, error) { return io.NopCloser(nil), nil }

type handle struct {
	f  *faulty
	n  *node
	at int
}

func (h *handle) Write(b []byte) (int, error) {
	h.f.mu.Lock()
	defer h.f.mu.Unlock()
	if err := h.f.effect("write"); err != nil {
		return 0, err
	}
	if n, ok := h.f.short[h.f.effects]; ok {
		b = b[:min(n, len(b))]
	}
	h.grow(h.at + len(b))
	h.at += copy(h.n.data[h.at:], b)
	return len(b), nil
}

func (h *handle) grow(size int) {
	h.n.data = append(h.n.data, make([]byte, max(size-len(h.n.data), 0))...)
}

func (h *handle) Allocate(size int64) error {
	h.f.mu.Lock()
	defer h.f.mu.Unlock()
	if err := h.f.effect("allocate"); err != nil {
		return err
	}
	if !h.f.sparse {
		h.grow(int(size))
	}
	return nil
}

func (h *handle) Sync() error {
	h.f.mu.Lock()
	defer h.f.mu.Unlock()
	if err := h.f.effect("sync"); err != nil {
		return err
	}
	h.f.syncs++
	h.n.synced = slices.Clone(h.n.data)
	return nil
}

func (h *handle) Truncate(size int64) error {
	h.f.mu.Lock()
	defer h.f.mu.Unlock()
	h.at = int(size)
	if int64(len(h.n.data)) == size {
		return nil
	}
	if err := h.f.effect("truncate"); err != nil {
		return err
	}
	h.n.data = slices.Clone(h.n.data[:size])
	return nil
}

func (h *handle) Close() error { return nil }
