package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/wherrynet/wherry"
)

// Memory is a disk of SQLite files in memory: real SQLite, with what it promises
// of a disk. A file outlives whoever has it open, as one on a disk does, and is
// gone with Close. Simulations that start and kill thousands of programs keep
// their books in it. The zero Memory is ready; a nil *Memory means the disk.
type Memory struct {
	// Cut, unless nil, is asked before every commit (done is false) and after it:
	// an error is what a process gets that dies there. Set it before files are
	// opened.
	Cut func(path string, done bool) error

	mu    sync.Mutex
	files map[string]*memoryFile
}

type memoryFile struct {
	name string
	keep *sql.DB // SQLite forgets a file in memory that nobody has open
	open bool
}

var memoryFiles atomic.Uint64

// Open is the package's Open in m, or on the disk where m is nil.
func (m *Memory) Open(ctx context.Context, path string, schema []string) (*DB, error) {
	if m == nil {
		return Open(ctx, path, schema)
	}
	f, err := m.take(ctx, path)
	if err != nil {
		return nil, err
	}
	s, err := sql.Open("sqlite", f.name)
	if err != nil {
		m.give(f)
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	s.SetMaxOpenConns(1)
	db := &DB{sql: s, lock: closeFunc(func() error { m.give(f); return nil })}
	if m.Cut != nil {
		db.before = func() error { return m.Cut(path, false) }
		db.Cut = func() error { return m.Cut(path, true) }
	}
	if err := db.migrate(ctx, schema); err != nil {
		_ = db.Close() // the first error counts
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return db, nil
}

func (m *Memory) take(ctx context.Context, path string) (*memoryFile, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f := m.files[path]
	if f == nil {
		f = &memoryFile{name: fmt.Sprintf("file:/wherry%d?vfs=memdb&_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)", memoryFiles.Add(1))}
		var err error
		if f.keep, err = sql.Open("sqlite", f.name); err == nil {
			err = f.keep.PingContext(ctx)
		}
		if err != nil {
			return nil, fmt.Errorf("make %s in memory: %w", path, err)
		}
		if m.files == nil {
			m.files = map[string]*memoryFile{}
		}
		m.files[path] = f
	}
	if f.open {
		return nil, wherry.Errorf(wherry.Conflict, "%s is in use by another process", path)
	}
	f.open = true
	return f, nil
}

func (m *Memory) give(f *memoryFile) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f.open = false
}

// Copy makes to what from is now, as a backup or its return is. Nobody may have
// either open.
func (m *Memory) Copy(ctx context.Context, from, to string) error {
	m.mu.Lock()
	f, old := m.files[from], m.files[to]
	m.mu.Unlock()
	if f == nil || f.open || old != nil && old.open {
		return wherry.Errorf(wherry.Conflict, "copy %s to %s: not there, or in use", from, to)
	}
	if old != nil {
		m.mu.Lock()
		delete(m.files, to)
		m.mu.Unlock()
		if err := old.keep.Close(); err != nil {
			return fmt.Errorf("forget %s: %w", to, err)
		}
	}
	n, err := m.take(ctx, to)
	if err != nil {
		return err
	}
	defer m.give(n)
	if _, err := f.keep.ExecContext(ctx, "VACUUM INTO ?", n.name); err != nil {
		return fmt.Errorf("copy %s to %s: %w", from, to, err)
	}
	return nil
}

// Close forgets all files. Nobody may have one open.
func (m *Memory) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	var first error
	for _, f := range m.files {
		if err := f.keep.Close(); err != nil && first == nil {
			first = err
		}
	}
	m.files = nil
	return first
}

type closeFunc func() error

// Close implements io.Closer.
func (f closeFunc) Close() error { return f() }
