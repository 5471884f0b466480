package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/wherrynet/wherry"
)

var schema = []string{"CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT", "CREATE TABLE u (n INTEGER PRIMARY KEY) STRICT"}

func insert(n int) func(*sql.Tx) error {
	return func(tx *sql.Tx) error {
		_, err := tx.Exec("INSERT INTO t VALUES (?)", n)
		return err
	}
}

func count(t *testing.T, db *DB) (n int) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *sql.Tx) error { return tx.QueryRow("SELECT count(*) FROM t").Scan(&n) })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestSecondWriterIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a folder", "books.db")
	db, err := Open(t.Context(), path, schema)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path, schema); wherry.CodeOf(err) != wherry.Conflict {
		t.Fatalf("a second writer: %v", err)
	}
	if err := db.Write(t.Context(), insert(1)); err != nil {
		t.Fatal(err)
	}
	v, err := View(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if n := count(t, v); n != 1 {
		t.Errorf("a reader beside the writer sees %d rows", n)
	}
	if err := v.Write(t.Context(), insert(2)); err == nil {
		t.Error("a reader wrote")
	}
	if err := errors.Join(v.Close(), db.Close()); err != nil {
		t.Fatal(err)
	}
	if db, err = Open(t.Context(), path, schema); err != nil {
		t.Fatal("open after close: ", err)
	}
	defer db.Close()
	if n := count(t, db); n != 1 {
		t.Errorf("%d rows after reopening", n)
	}
	if i, err := os.Stat(path); err != nil || i.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read it: %v %v", i.Mode(), err)
	}
}

func TestSchemaOnlyMovesForward(t *testing.T) {
	path := filepath.Join(t.TempDir(), "b.db")
	for _, steps := range [][]string{schema[:1], schema, schema} {
		db, err := Open(t.Context(), path, steps)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Open(t.Context(), path, schema[:1]); wherry.CodeOf(err) != wherry.Conflict {
		t.Fatalf("an older program: %v", err)
	}
	if db, err := Open(t.Context(), path, schema); err != nil {
		t.Fatal("the refusal kept the lock: ", err)
	} else if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	bad := append(append([]string{}, schema...), "CREATE TABLE v (n INTEGER) STRICT; NOT SQL")
	if _, err := Open(t.Context(), path, bad); err == nil {
		t.Fatal("a broken step was taken")
	}
	db, err := Open(t.Context(), path, schema)
	if err != nil {
		t.Fatal("a broken step left a trace: ", err)
	}
	defer db.Close()
}

func TestFailedWriteLeavesNothing(t *testing.T) {
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "c.db"), schema)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	fail := errors.New("no")
	err = db.Write(t.Context(), func(tx *sql.Tx) error {
		return errors.Join(insert(1)(tx), fail)
	})
	if !errors.Is(err, fail) || count(t, db) != 0 {
		t.Errorf("%v, %d rows", err, count(t, db))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := db.Write(ctx, insert(1)); err == nil || count(t, db) != 0 {
		t.Error("a cancelled write was made")
	}
	db.Cut = func() error { return fail }
	if err := db.Write(t.Context(), insert(1)); !errors.Is(err, fail) || count(t, db) != 1 {
		t.Error("a cut after the commit has to leave what was committed")
	}
}

// Money is at stake: a commit that returned must survive the loss of power.
func TestCommitsAreFullySynced(t *testing.T) {
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "e.db"), schema)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"} {
		var got string
		err := db.Read(t.Context(), func(tx *sql.Tx) error { return tx.QueryRow("PRAGMA " + pragma).Scan(&got) })
		if err != nil || got != want {
			t.Errorf("%s is %s: want %s (%v)", pragma, got, want, err)
		}
	}
}

// A value of another shape than was written is an error, never half a value.
func TestScanIsStrict(t *testing.T) {
	var a wherry.Amount
	var h wherry.Hash
	if err := Amount(&a).Scan("1.5"); err != nil || a != wherry.MustAmount("1.5") {
		t.Error(a, err)
	}
	for _, v := range []any{nil, int64(1), []byte("1"), "one", "-1"} {
		if err := Amount(&a).Scan(v); err == nil {
			t.Errorf("amount from %v", v)
		}
	}
	if err := Bytes(h[:]).Scan(make([]byte, 32)); err != nil {
		t.Error(err)
	}
	for _, v := range []any{nil, int64(1), "x", make([]byte, 31), make([]byte, 33)} {
		if err := Bytes(h[:]).Scan(v); err == nil {
			t.Errorf("hash from %v", v)
		}
	}
}

func TestViewOfNoFile(t *testing.T) {
	if _, err := View(t.Context(), filepath.Join(t.TempDir(), "d.db")); wherry.CodeOf(err) != wherry.NotFound {
		t.Fatal(err)
	}
}
