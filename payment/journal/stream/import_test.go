package stream

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/wherrynet/wherry"
)

func saved(records ...string) func(func([]byte) error) error {
	return func(put func([]byte) error) error {
		for _, r := range records {
			if err := put([]byte(r)); err != nil {
				return err
			}
		}
		return nil
	}
}

// seen is what Read hands out.
func seen(t *testing.T, cfg Config, s servers) (all []string, last uint64, err error) {
	t.Helper()
	c, err := cfg.inspect(t.Context(), s, func(n uint64) error { all = append(all, fmt.Sprintf("<%d>", n)); return nil },
		func(b []byte) error { all = append(all, string(b)); return nil },
		func(n uint64, b []byte) error { all = append(all, fmt.Sprintf("%d:%s", n, b)); return nil })
	return all, c.Last, err
}

// TestImportedStateGoesOn brings a state of forty records into an empty stream:
// who opens it goes on with record 41, and the state is never replaced.
func TestImportedStateGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg, c := fakeConfig(t), calm()
		n := c.node(cfg)
		ctx := context.Background()
		if err := cfg.bring(ctx, n, 0, saved("x")); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("a state of nothing: %v", err)
		}
		// It breaks off before it is named: there is nothing, and it can be tried again.
		broken := errors.New("the disk is gone")
		if err := cfg.bring(ctx, n, 40, func(put func([]byte) error) error { _ = put([]byte("half")); return broken }); err == nil {
			t.Error("a state that could not be read is there")
		}
		if len(c.log) != 0 {
			t.Fatalf("%d messages of a state that is not there", len(c.log))
		}
		if err := cfg.bring(ctx, n, 40, saved("a", "b", strings.Repeat("c", 3000))); err != nil {
			t.Fatal(err)
		}
		if err := cfg.bring(ctx, n, 50, saved("other")); wherry.CodeOf(err) != wherry.Conflict {
			t.Errorf("a second state: %v", err)
		}
		var snapshot, records []string
		l, rec, err := open(ctx, cfg, n, false, func(b []byte) error { snapshot = append(snapshot, string(b[:1])); return nil },
			func(b []byte) error { records = append(records, string(b)); return nil })
		if err != nil || rec.Snapshot != 40 || l.Last() != 40 || strings.Join(snapshot, "") != "abc" || records != nil {
			t.Fatalf("%+v, %v %v, %v", rec, snapshot, records, err)
		}
		if err := write(l, "d"); err != nil {
			t.Fatal(err)
		}
		if l.Last() != 41 {
			t.Errorf("the next record is %d", l.Last())
		}
		all, last, err := seen(t, cfg, c.node(cfg)) // while it is written
		if got := strings.Join(all, " "); err != nil || last != 41 || !strings.HasPrefix(got, "<40> a b c") || !strings.HasSuffix(got, " 41:d") {
			t.Errorf("read: %d %.40s, %v", last, got, err)
		}
		if err := l.Snapshot(41, saved("abcd")); err != nil {
			t.Fatal(err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if all, last, err := seen(t, cfg, c.node(cfg)); err != nil || last != 41 || strings.Join(all, " ") != "<41> abcd" {
			t.Errorf("read: %d %v, %v", last, all, err)
		}
	})
}

// TestReadingSeesDamage: looking at a journal finds what opening it would.
func TestReadingSeesDamage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg, c := fakeConfig(t), calm()
		a := mustOpenFake(t, cfg, c.node(cfg), false)
		for _, r := range []string{"a", "b"} {
			if err := write(a, r); err != nil {
				t.Fatal(err)
			}
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		if all, last, err := seen(t, cfg, c.node(cfg)); err != nil || last != 2 || strings.Join(all, " ") != "<0> 1:a 2:b" {
			t.Fatalf("read: %d %v, %v", last, all, err)
		}
		c.log[1].data = flip(c.log[1].data, len(c.log[1].data)-1)
		_, _, err := seen(t, cfg, c.node(cfg))
		if d, ok := errors.AsType[*Damage](err); !ok {
			t.Errorf("a bit was turned: %v, %v", err, d)
		}
	})
}
