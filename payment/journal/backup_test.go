package journal

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
)

var when = time.Unix(1_800_000_000, 0)

func backupOf(t *testing.T, j *Journal) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := j.Backup(&b, []byte("a note"), when); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func restored(t *testing.T, backup []byte, more ...string) ([]string, Backup) {
	t.Helper()
	cfg := Config{Dir: filepath.Join(t.TempDir(), "j"), SegmentBytes: 4096}
	b, err := Restore(cfg, "it", bytes.NewReader(backup), func(Backup) error { return nil }, func(Backup) ([][]byte, error) {
		var out [][]byte
		for _, m := range more {
			out = append(out, []byte(m))
		}
		return out, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	j, s, rec := open(t, cfg)
	defer closeJournal(t, j)
	if rec.Torn != 0 || j.Last() != b.Last+uint64(len(more)) || rec.Snapshot != b.Snapshot {
		t.Errorf("%+v of %+v, last %d", rec, b, j.Last())
	}
	return s.records, b
}

func TestBackupOfEveryLength(t *testing.T) {
	dir := t.TempDir()
	j, s, _ := open(t, Config{Dir: dir, SegmentBytes: 300})
	defer closeJournal(t, j)
	want := numbered(1, 40)
	for i, r := range want {
		write(t, j, r)
		if i == 20 {
			s.records = want[:21]
			if err := j.Snapshot(15, (&state{want[:15]}).save); err != nil {
				t.Fatal(err)
			}
		}
		got, b := restored(t, backupOf(t, j), "and more")
		equal(t, got, append(append([]string{}, want[:i+1]...), "and more"))
		if b.Last != uint64(i+1) || !b.Time.Equal(when) || string(b.Note) != "a note" {
			t.Fatalf("%+v", b)
		}
	}
}

// TestBackupHoldsWhatIsDurableAndNoMore backs up while others write.
func TestBackupHoldsWhatIsDurableAndNoMore(t *testing.T) {
	j, _, _ := open(t, Config{Dir: t.TempDir(), SegmentBytes: 2000})
	defer closeJournal(t, j)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for i := 1; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			n, err := j.Append(fmt.Appendf(nil, "record %d", i))
			if err == nil {
				err = j.Commit(n)
			}
			if err != nil {
				t.Error(err)
				return
			}
			if i%200 == 0 {
				if err := j.Snapshot(uint64(i), (&state{func() (out []string) {
					for k := 1; k <= i; k++ {
						out = append(out, fmt.Sprintf("record %d", k))
					}
					return out
				}()}).save); err != nil {
					t.Error(err)
				}
			}
		}
	}()
	for range 30 {
		write(t, j) // nothing
		n := func() uint64 { j.mu.Lock(); defer j.mu.Unlock(); return j.durable }()
		got, b := restored(t, backupOf(t, j))
		if b.Last < n || len(got) != int(b.Last) {
			t.Fatalf("%d records, up to %d, when %d were durable", len(got), b.Last, n)
		}
		for i, r := range got {
			if r != fmt.Sprintf("record %d", i+1) {
				t.Fatalf("record %d is %q", i+1, r)
			}
		}
	}
	close(stop)
	<-done
}

// TestDamagedBackupIsRefused cuts a backup at every byte and flips a bit in each.
func TestDamagedBackupIsRefused(t *testing.T) {
	j, _, _ := open(t, Config{Dir: t.TempDir(), SegmentBytes: 300})
	write(t, j, numbered(1, 12)...)
	if err := j.Snapshot(6, (&state{numbered(1, 6)}).save); err != nil {
		t.Fatal(err)
	}
	good := backupOf(t, j)
	closeJournal(t, j)
	read := func(b []byte) error {
		_, err := ReadBackup("it", bytes.NewReader(b), func(Backup) error { return nil }, nil1, nil1)
		return err
	}
	if err := read(good); err != nil {
		t.Fatal(err)
	}
	for i := range good {
		wantDamage(t, fmt.Sprintf("cut at %d", i), "it", read(good[:i]))
		bad := bytes.Clone(good)
		bad[i] ^= 1 << (i % 8)
		wantDamage(t, fmt.Sprintf("bit of byte %d", i), "it", read(bad))
	}
	wantDamage(t, "a byte more", "it", read(append(bytes.Clone(good), 0)))
	// Nothing of it becomes a journal.
	dir := filepath.Join(t.TempDir(), "j")
	_, err := Restore(Config{Dir: dir}, "it", bytes.NewReader(good[:len(good)-1]), func(Backup) error { return nil }, nobody)
	wantDamage(t, "restore", "it", err)
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("something was restored: %v", err)
	}
	// And a good one can be restored there afterwards.
	if _, err := Restore(Config{Dir: dir}, "it", bytes.NewReader(good), func(Backup) error { return nil }, nobody); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(Config{Dir: dir}, "it", bytes.NewReader(good), func(Backup) error { return nil }, nobody); wherry.CodeOf(err) != wherry.Conflict {
		t.Fatalf("restore over a journal: %v", err)
	}
}

func nil1([]byte) error { return nil }

func nobody(Backup) ([][]byte, error) { return nil, nil }

// TestCrashDuringRestore leaves no journal, or the whole one.
func TestCrashDuringRestore(t *testing.T) {
	j, _, _ := open(t, Config{Dir: t.TempDir(), SegmentBytes: 300})
	write(t, j, numbered(1, 12)...)
	if err := j.Snapshot(6, (&state{numbered(1, 6)}).save); err != nil {
		t.Fatal(err)
	}
	good := backupOf(t, j)
	closeJournal(t, j)
	want := append(numbered(1, 12), "restored")
	for at := 1; ; at++ {
		base := t.TempDir()
		cfg := Config{Dir: filepath.Join(base, "j"), SegmentBytes: 4096, FS: &counting{left: at}}
		_, err := Restore(cfg, "it", bytes.NewReader(good), func(Backup) error { return nil },
			func(Backup) ([][]byte, error) { return [][]byte{[]byte("restored")}, nil })
		cfg.FS = nil
		if _, serr := os.Stat(cfg.Dir); serr == nil {
			j, s, _ := open(t, cfg)
			equal(t, s.records, want)
			closeJournal(t, j)
		} else if err == nil {
			t.Fatal("restored, and there is nothing")
		}
		if err == nil {
			if at < 8 {
				t.Fatalf("only %d effects", at)
			}
			return
		}
		if _, serr := os.Stat(cfg.Dir); serr != nil { // again, over what is left
			if _, err := Restore(cfg, "it", bytes.NewReader(good), func(Backup) error { return nil }, nobody); err != nil {
				t.Fatalf("crash at effect %d, then again: %v", at, err)
			}
		}
	}
}

// counting is a disk that fails from an effect on.
type counting struct {
	Disk
	left int
}

type countingFile struct {
	File
	c *counting
}

func (c *counting) effect() error {
	if c.left--; c.left <= 0 {
		return errCrash
	}
	return nil
}

func (c *counting) Create(name string) (File, error) {
	if err := c.effect(); err != nil {
		return nil, err
	}
	f, err := c.Disk.Create(name)
	return countingFile{f, c}, err
}

func (c *counting) Append(name string) (File, error) {
	f, err := c.Disk.Append(name)
	return countingFile{f, c}, err
}

func (c *counting) Rename(from, to string) error {
	if err := c.effect(); err != nil {
		return err
	}
	return c.Disk.Rename(from, to)
}

func (f countingFile) Write(b []byte) (int, error) {
	if err := f.c.effect(); err != nil {
		return 0, err
	}
	return f.File.Write(b)
}

func (f countingFile) Sync() error {
	if err := f.c.effect(); err != nil {
		return err
	}
	return f.File.Sync()
}

// TestReadChangesNothing reads a journal that a process has open and writes to.
func TestReadChangesNothing(t *testing.T) {
	cfg := Config{Dir: t.TempDir(), SegmentBytes: 700}
	j, _, _ := open(t, cfg)
	defer closeJournal(t, j)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for i := 1; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			n, err := j.Append(fmt.Appendf(nil, "record %d %s", i, strings.Repeat("x", i%90)))
			if err == nil && i%3 == 0 {
				err = j.Commit(n)
			}
			if err == nil && i%300 == 0 {
				err = j.Snapshot(n, func(put func([]byte) error) error {
					for k := 1; k <= i; k++ {
						if err := put(fmt.Appendf(nil, "record %d %s", k, strings.Repeat("x", k%90))); err != nil {
							return err
						}
					}
					return nil
				})
			}
			if err != nil {
				t.Error(err)
				return
			}
		}
	}()
	for range 60 {
		var got []string
		c, err := Read(cfg, func() { got = nil }, func(b []byte) error { got = append(got, string(b)); return nil },
			func(n uint64, b []byte) error {
				if n != uint64(len(got)+1) {
					return fmt.Errorf("record %d behind %d", n, len(got))
				}
				got = append(got, string(b))
				return nil
			})
		if wherry.CodeOf(err) == wherry.Busy {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if int(c.Last) != len(got) {
			t.Fatalf("%d records, the last is %d", len(got), c.Last)
		}
		for i, r := range got {
			if r != fmt.Sprintf("record %d %s", i+1, strings.Repeat("x", (i+1)%90)) {
				t.Fatalf("record %d is %q", i+1, r)
			}
		}
	}
	close(stop)
	<-done
}

// TestReadFindsWhatOpenFinds damages a journal everywhere: both say the same.
func TestReadFindsWhatOpenFinds(t *testing.T) {
	l := live(t)
	for _, name := range l.files() {
		data := l.fs.names[name].data
		for i := 0; i < len(data); i += 3 {
			flipped := bytes.Clone(data)
			flipped[i] ^= 1 << (i % 8)
			fs := l.with(name, flipped)
			var read []string
			c, rerr := Read(Config{Dir: "/j", FS: fs, SegmentBytes: 700}, func() { read = nil },
				func(b []byte) error { read = append(read, string(b)); return nil },
				func(_ uint64, b []byte) error { read = append(read, string(b)); return nil })
			s := &state{}
			j, rec, oerr := Open(Config{Dir: "/j", FS: fs, SegmentBytes: 700}, s.add, s.add)
			if (rerr == nil) != (oerr == nil) {
				t.Fatalf("%s byte %d: read says %v, open says %v", name, i, rerr, oerr)
			}
			if oerr != nil {
				var a, b *Damage
				if !errors.As(rerr, &a) || !errors.As(oerr, &b) || a.File != b.File || a.Offset != b.Offset {
					t.Fatalf("%s byte %d: read says %v, open says %v", name, i, rerr, oerr)
				}
				continue
			}
			equal(t, read, s.records)
			if c.Recovery != rec || c.Last != j.Last() {
				t.Fatalf("%s byte %d: %+v and %+v", name, i, c, rec)
			}
			_ = j.Close()
		}
	}
}

func FuzzReadBackup(f *testing.F) {
	fs := newFaulty(0)
	s := &state{}
	j, _, err := Open(Config{Dir: "/j", FS: fs, SegmentBytes: 4096}, s.add, s.add)
	if err != nil {
		f.Fatal(err)
	}
	for _, r := range numbered(1, 5) {
		n, _ := j.Append([]byte(r))
		if err := j.Commit(n); err != nil {
			f.Fatal(err)
		}
	}
	if err := j.Snapshot(3, (&state{numbered(1, 3)}).save); err != nil {
		f.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := j.Backup(&b, []byte("n"), when); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add(b.Bytes()[:40])
	f.Fuzz(func(t *testing.T, data []byte) {
		records := 0
		count := func([]byte) error { records++; return nil }
		if got, err := ReadBackup("it", bytes.NewReader(data), func(Backup) error { return nil }, count, count); err == nil && got.Last < got.Snapshot {
			t.Fatalf("%+v", got)
		}
	})
}
