package main

import (
	"context"
	"database/sql"
	"errors"
	"sync"

	"github.com/wherrynet/wherry/internal/sqlite"
	"github.com/wherrynet/wherry/payment/journal"
)

// table is a journal in SQLite: one table that is only inserted into, and the
// group commit of payment/journal in front of it. It is what the journal is
// compared with.
type table struct {
	db *sqlite.DB

	// mu guards what follows; cond is signalled when it changes.
	mu            sync.Mutex
	cond          *sync.Cond
	pending       [][]byte
	last, durable uint64
	writing       bool
	err           error
}

var schema = []string{`CREATE TABLE log (n INTEGER PRIMARY KEY, record BLOB NOT NULL) STRICT`}

func openSQLite(path string) journal.Opener {
	return func(_, replay func([]byte) error) (journal.Log, journal.Recovery, error) {
		var rec journal.Recovery
		db, err := sqlite.Open(context.Background(), path, schema)
		if err != nil {
			return nil, rec, err
		}
		t := &table{db: db}
		t.cond = sync.NewCond(&t.mu)
		err = db.Read(context.Background(), func(tx *sql.Tx) error {
			return sqlite.Query(context.Background(), tx, func(r *sql.Rows) error {
				var b []byte
				if err := r.Scan(&t.last, &b); err != nil {
					return err
				}
				rec.Records++
				return replay(b)
			}, `SELECT n, record FROM log ORDER BY n`)
		})
		t.durable = t.last
		if err != nil {
			return nil, rec, errors.Join(err, db.Close())
		}
		return t, rec, nil
	}
}

func (t *table) Append(record []byte) (uint64, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.pending = append(t.pending, append([]byte(nil), record...))
	t.last++
	return t.last, t.err
}

func (t *table) Commit(number uint64) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.durable < number && t.err == nil {
		if t.writing {
			t.cond.Wait()
			continue
		}
		records, last := t.pending, t.last
		t.pending, t.writing = nil, true
		t.mu.Unlock()
		err := t.insert(records, last-uint64(len(records))+1)
		t.mu.Lock()
		t.writing = false
		if t.err = err; err == nil {
			t.durable = last
		}
		t.cond.Broadcast()
	}
	return t.err
}

func (t *table) insert(records [][]byte, first uint64) error {
	ctx := context.Background()
	return t.db.Write(ctx, func(tx *sql.Tx) error {
		s, err := tx.PrepareContext(ctx, `INSERT INTO log (n, record) VALUES (?, ?)`)
		if err != nil {
			return err
		}
		for i, r := range records {
			if _, err := s.ExecContext(ctx, first+uint64(i), r); err != nil {
				return err
			}
		}
		return s.Close()
	})
}

func (t *table) Last() uint64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.last
}

func (t *table) Err() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.err
}

// SinceSnapshot and Snapshot: the table is measured without.
func (t *table) SinceSnapshot() int64 { return 0 }

func (t *table) Snapshot(uint64, func(put func([]byte) error) error) error {
	return errors.New("no snapshots in SQLite")
}

func (t *table) Close() error { return t.db.Close() }
