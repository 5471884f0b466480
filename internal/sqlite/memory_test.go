package sqlite

import (
	"errors"
	"testing"

	"github.com/wherrynet/wherry"
)

func TestMemoryIsADisk(t *testing.T) {
	var m Memory
	defer m.Close()
	db, err := m.Open(t.Context(), "a", schema)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Open(t.Context(), "a", schema); wherry.CodeOf(err) != wherry.Conflict {
		t.Fatalf("a second writer: %v", err)
	}
	if err := errors.Join(db.Write(t.Context(), insert(1)), db.Close(), m.Copy(t.Context(), "a", "b")); err != nil {
		t.Fatal(err)
	}
	if db, err = m.Open(t.Context(), "a", schema); err != nil {
		t.Fatal(err)
	}
	if err := db.Write(t.Context(), insert(2)); err != nil {
		t.Fatal(err)
	}
	if n := count(t, db); n != 2 {
		t.Errorf("%d rows after opening it again: want 2", n)
	}
	if err := errors.Join(db.Close(), m.Copy(t.Context(), "b", "a")); err != nil {
		t.Fatal(err)
	}
	if db, err = m.Open(t.Context(), "a", schema); err != nil {
		t.Fatal(err)
	}
	if n := count(t, db); n != 1 {
		t.Errorf("%d rows after the backup came back: want 1", n)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestMemoryCutsAtACommit(t *testing.T) {
	dead := errors.New("dead")
	for _, done := range []bool{false, true} {
		cutting := false
		m := Memory{Cut: func(_ string, d bool) error {
			if cutting && d == done {
				return dead
			}
			return nil
		}}
		db, err := m.Open(t.Context(), "a", schema)
		if err != nil {
			t.Fatal(err)
		}
		cutting = true
		if err := db.Write(t.Context(), insert(1)); !errors.Is(err, dead) {
			t.Fatalf("cut, done %v: %v", done, err)
		}
		cutting = false
		if n := count(t, db); (n == 1) != done {
			t.Errorf("cut, done %v: %d rows", done, n)
		}
		if err := errors.Join(db.Close(), m.Close()); err != nil {
			t.Fatal(err)
		}
	}
}
