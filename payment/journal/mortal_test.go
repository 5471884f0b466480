package journal_test

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"

	"github.com/wherrynet/wherry/payment/journal"
)

// mortal is the computer's file system for a process that can be killed: after
// die its open files write nothing and its locks are free. What was opened later
// works again.
type mortal struct {
	journal.Disk
	broken atomic.Bool // writes and syncs fail

	mu    sync.Mutex
	dead  *atomic.Bool
	locks []io.Closer
}

var errDead = errors.New("this process is dead")

func (m *mortal) life() *atomic.Bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.dead == nil {
		m.dead = &atomic.Bool{}
	}
	return m.dead
}

func (m *mortal) die() {
	m.life().Store(true)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.dead = nil
	for _, l := range m.locks {
		_ = l.Close() // may be closed already
	}
	m.locks = nil
}

func (m *mortal) Create(name string) (journal.File, error) {
	f, err := m.Disk.Create(name)
	return mortalFile{f, m, m.life()}, err
}

func (m *mortal) Append(name string) (journal.File, error) {
	f, err := m.Disk.Append(name)
	return mortalFile{f, m, m.life()}, err
}

func (m *mortal) Lock(name string) (io.Closer, error) {
	l, err := m.Disk.Lock(name)
	if err == nil {
		m.mu.Lock()
		m.locks = append(m.locks, l)
		m.mu.Unlock()
	}
	return l, err
}

type mortalFile struct {
	journal.File
	m    *mortal
	dead *atomic.Bool
}

func (f mortalFile) check() error {
	if f.dead.Load() || f.m.broken.Load() {
		return errDead
	}
	return nil
}

func (f mortalFile) Write(b []byte) (int, error) {
	if err := f.check(); err != nil {
		return 0, err
	}
	return f.File.Write(b)
}

func (f mortalFile) Sync() error {
	if err := f.check(); err != nil {
		return err
	}
	return f.File.Sync()
}
