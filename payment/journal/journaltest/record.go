package journaltest

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/journal"
)

func testEmpty(t *testing.T, p Place) {
	for range 2 {
		log, k := open(t, p)
		if len(k.all()) != 0 || k.found.Snapshot != 0 || log.Last() != 0 || log.Err() != nil || log.SinceSnapshot() < 0 {
			t.Fatalf("a new log holds %d records, %+v, last %d, %v", len(k.all()), k.found, log.Last(), log.Err())
		}
		if err := log.Commit(0); err != nil {
			t.Fatalf("nothing is durable, says the log: %v", err)
		}
		shut(t, log)
	}
}

// testOrder writes a log in several lives and finds every record in its place.
func testOrder(t *testing.T, p Place) {
	want := numbered(1, 60)
	for i := 0; i < len(want); i += 13 {
		log, k := open(t, p)
		same(t, k.all(), want[:i])
		if log.Last() != uint64(i) {
			t.Fatalf("the log ends with record %d, want %d", log.Last(), i)
		}
		for n, r := range want[i:min(i+13, len(want))] {
			b := []byte(r)
			got, err := log.Append(b)
			if err != nil || got != uint64(i+n+1) {
				t.Fatalf("append: number %d, %v, want %d", got, err, i+n+1)
			}
			clear(b) // the log has its own copy
			if n%3 == 0 {
				if err := log.Commit(got); err != nil {
					t.Fatal(err)
				}
			}
		}
		shut(t, log)
	}
	log, k := open(t, p)
	same(t, k.all(), want)
	shut(t, log)
}

// testBounds holds that a hub's largest record fits, and an empty one does not.
func testBounds(t *testing.T, p Place) {
	log, _ := open(t, p)
	if _, err := log.Append(nil); err == nil {
		t.Error("an empty record is accepted")
	}
	if _, err := log.Append(make([]byte, 1<<30)); err == nil {
		t.Error("a record of 1 GiB is accepted")
	}
	if log.Last() != 0 || log.Err() != nil {
		t.Fatalf("refused records count: last %d, %v", log.Last(), log.Err())
	}
	if err := log.Commit(1); err == nil {
		t.Error("a record that was never appended is committed")
	}
	want := []string{strings.Repeat("large ", 512<<10/6), "s", string(bytes.Repeat([]byte{0}, 1000)), string([]byte{0})}
	write(t, log, want...)
	shut(t, log)
	log, k := open(t, p)
	same(t, k.all(), want)
	shut(t, log)
}

func testClose(t *testing.T, p Place) {
	log, _ := open(t, p)
	want := numbered(1, 20)
	for _, r := range want {
		if _, err := log.Append([]byte(r)); err != nil {
			t.Fatal(err)
		}
	}
	shut(t, log)
	if _, err := log.Append([]byte("late")); err == nil {
		t.Error("a closed log takes records")
	}
	if err := log.Snapshot(1, saving(nil)); err == nil {
		t.Error("a closed log takes snapshots")
	}
	log, k := open(t, p)
	same(t, k.all(), want)
	shut(t, log)
}

// testCrash finds all that was committed, and of the rest only a beginning.
func testCrash(t *testing.T, p Place) {
	var committed, appended []string
	for life := range 4 {
		log, k := open(t, p)
		got := k.all()
		if len(got) < len(committed) || len(got) > len(appended) {
			t.Fatalf("life %d: %d records, %d were committed and %d appended", life, len(got), len(committed), len(appended))
		}
		same(t, got, appended[:len(got)])
		appended = got
		for i := range 7 {
			r := fmt.Sprintf("life %d record %d", life, i)
			n, err := log.Append([]byte(r))
			if err != nil {
				t.Fatal(err)
			}
			appended = append(appended, r)
			if i == 4 {
				if err := log.Commit(n); err != nil {
					t.Fatal(err)
				}
				committed = append([]string(nil), appended...)
			}
		}
		p.Crash()
	}
}

// testManyCallers lets many commit at once: each finds its own, and all agree on
// one order.
func testManyCallers(t *testing.T, p Place) {
	log, _ := open(t, p)
	callers, each := 32, 40
	if p.Small {
		callers, each = 8, 10
	}
	at := make([]string, callers*each+1)
	var mu sync.Mutex // guards at
	var wg sync.WaitGroup
	for c := range callers {
		wg.Go(func() {
			for i := range each {
				r := fmt.Sprintf("%d/%d", c, i)
				n, err := log.Append([]byte(r))
				if err == nil {
					err = log.Commit(n)
				}
				mu.Lock()
				if err != nil || n == 0 || n >= uint64(len(at)) || at[n] != "" {
					t.Errorf("number %d, %v", n, err)
					mu.Unlock()
					return
				}
				at[n] = r
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	p.Crash()
	log, k := open(t, p)
	same(t, k.all(), at[1:])
	shut(t, log)
}

func testReplayError(t *testing.T, p Place) {
	log, _ := open(t, p)
	write(t, log, "a", "b")
	shut(t, log)
	no := wherry.Errorf(wherry.Conflict, "not mine")
	if _, _, err := p.Open(func([]byte) error { return no }, func([]byte) error { return no }); wherry.CodeOf(err) != wherry.Conflict {
		t.Fatalf("open: %v, want the error of replay", err)
	}
	log, k := open(t, p) // whoever gave up holds nothing
	same(t, k.all(), []string{"a", "b"})
	shut(t, log)
}

// testSecondOpener: a log has one writer. Either the second is refused, or the
// first can write no more.
func testSecondOpener(t *testing.T, p Place) {
	first, _ := open(t, p)
	want := []string{"a", "b"}
	write(t, first, want...)
	nothing := func([]byte) error { return nil }
	second, _, err := p.Open(nothing, nothing)
	if err != nil {
		if wherry.CodeOf(err) != wherry.Busy {
			t.Errorf("the second is refused with %v, want busy", err)
		}
		want = append(want, "c")
		write(t, first, "c")
		shut(t, first)
	} else {
		if n, err := first.Append([]byte("of the first")); err == nil && first.Commit(n) == nil {
			t.Error("both write")
		}
		want = append(want, "of the second")
		write(t, second, "of the second")
		if n, err := first.Append([]byte("of the first again")); err == nil && first.Commit(n) == nil {
			t.Error("both write")
		}
		_ = first.Close() // it is broken
		shut(t, second)
	}
	log, k := open(t, p)
	same(t, k.all(), want)
	shut(t, log)
}

// testErrorIsFinal: a log that could not write takes nothing more, even when its
// storage works again.
func testErrorIsFinal(t *testing.T, p Place) {
	if p.Break == nil {
		t.Skip("this place cannot be broken")
	}
	log, _ := open(t, p)
	write(t, log, "a", "b")
	p.Break()
	n, err := log.Append([]byte("lost"))
	if err == nil {
		err = log.Commit(n)
	}
	if err == nil {
		t.Fatal("a record that was not written is acknowledged")
	}
	p.Mend()
	if log.Err() == nil {
		t.Error("nobody is told")
	}
	if n > 0 && log.Commit(n) == nil {
		t.Error("a failed record is acknowledged later")
	}
	if err := log.Commit(2); err != nil {
		t.Errorf("what was durable before is not any more: %v", err)
	}
	if _, err := log.Append([]byte("c")); err == nil {
		t.Error("a broken log takes records")
	}
	if err := log.Snapshot(2, saving([]string{"ab"})); err == nil {
		t.Error("a broken log takes snapshots")
	}
	_ = log.Close() // it says again that it is broken
	log, k := open(t, p)
	got := k.all()
	if len(got) < 2 || len(got) > 3 {
		t.Fatalf("reopened with %q", got)
	}
	same(t, got, []string{"a", "b", "lost"}[:len(got)])
	write(t, log, "c")
	shut(t, log)
}

var _ journal.Log = (*journal.Journal)(nil)
