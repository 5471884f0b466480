package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"

	"github.com/wherrynet/wherry"
	_ "modernc.org/sqlite" // the driver
)

// DB is one open file. Its methods are safe for concurrent use; writes are made
// one after another.
type DB struct {
	sql  *sql.DB
	lock io.Closer // nil when read-only
	// Cut, unless nil, is called after every commit of Write and stands for a
	// process that dies there: its error comes back instead of success. Tests
	// set it before they share the DB.
	Cut func() error
	// before is the same, called before every commit.
	before func() error
}

// Open opens the file at path, making it and its folder if need be, and brings
// its schema up to date: schema holds the numbered steps from the first version
// on, of which a released one is never changed. A file that another process
// has open for writing is Conflict; one made by a newer program is too.
func Open(ctx context.Context, path string, schema []string) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of %s: %w", path, err)
	}
	lock, err := lockFile(path + ".lock")
	if err != nil {
		return nil, err
	}
	// SQLite would make it readable for everybody.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), lock.Close())
	}
	db, err := open(path, "_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)")
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	db.lock = lock
	if err := db.migrate(ctx, schema); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), db.Close())
	}
	return db, nil
}

// View opens the file at path for reading, while another process may write it.
// A file that is not there is NotFound.
func View(ctx context.Context, path string) (*DB, error) {
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil, wherry.Errorf(wherry.NotFound, "%s: no such file", path)
	}
	db, err := open(path, "mode=ro&_pragma=busy_timeout(5000)&_pragma=query_only(1)")
	if err != nil {
		return nil, err
	}
	if err := db.sql.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), db.Close())
	}
	return db, nil
}

func open(path, query string) (*DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: query}
	s, err := sql.Open("sqlite", u.String())
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	s.SetMaxOpenConns(1) // one writer, and a reader sees what it wrote
	return &DB{sql: s}, nil
}

// Close closes the file and lets other processes have it.
func (db *DB) Close() error {
	err := db.sql.Close()
	if db.lock != nil {
		err = errors.Join(err, db.lock.Close())
	}
	return err
}

// Write runs do in a transaction. When it returns nil, what do wrote is on the
// disk; when it returns an error, nothing of it is, unless the error came after
// the commit, as that of a process which dies there would.
func (db *DB) Write(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := db.sql.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	if err := do(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if db.before != nil {
		if err := db.before(); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	if db.Cut != nil {
		return db.Cut()
	}
	return nil
}

// Read runs do in a transaction that is rolled back afterwards.
func (db *DB) Read(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := db.sql.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	err = do(tx)
	if e := tx.Rollback(); err == nil && e != nil {
		return fmt.Errorf("end of reading: %w", e)
	}
	return err
}

// migrate applies the steps of the schema that the file has not seen, each in
// a transaction of its own.
func (db *DB) migrate(ctx context.Context, schema []string) error {
	var have int
	if err := db.sql.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
		return fmt.Errorf("read its version: %w", err)
	}
	if have > len(schema) {
		return wherry.Errorf(wherry.Conflict, "its version is %d, and this program knows up to %d", have, len(schema))
	}
	for i := have; i < len(schema); i++ {
		err := db.Write(ctx, func(tx *sql.Tx) error {
			if _, err := tx.ExecContext(ctx, schema[i]); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", i+1))
			return err
		})
		if err != nil {
			return fmt.Errorf("bring it to version %d: %w", i+1, err)
		}
	}
	return nil
}
