//go:build linux

package journal

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

const (
	childEnv = "WHERRY_TEST_JOURNAL_CHILD"
	earlyEnv = "WHERRY_TEST_JOURNAL_EARLY" // the limit is there before the journal
)

// TestMain turns this binary into a process whose files may not grow.
func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		fillUp(dir)
		return
	}
	os.Exit(m.Run())
}

// TestFileSizeLimitLosesNothingThatWasAcknowledged writes in a process with a
// limit on file sizes until it fails, and opens what it leaves.
func TestFileSizeLimitLosesNothingThatWasAcknowledged(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var acknowledged []string
	refused := 0
	for s := bufio.NewScanner(out); s.Scan(); {
		if s.Text() == "refused" {
			refused++
			continue
		}
		acknowledged = append(acknowledged, s.Text())
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	if len(acknowledged) < 10 || refused != 3 {
		t.Fatalf("%d acknowledged, %d refused", len(acknowledged), refused)
	}
	j, s, rec := open(t, Config{Dir: dir})
	defer closeJournal(t, j)
	if !isPrefix(acknowledged, s.records) || len(s.records) > len(acknowledged)+1 {
		t.Fatalf("%d records of %d acknowledged", len(s.records), len(acknowledged))
	}
	if rec.Torn == 0 {
		t.Error("the half record at the end is not reported")
	}
}

// TestNoRoomIsNoticedBeforeAnythingIsWritten opens a journal where its first
// segment does not fit: it is refused with a reason, and does no harm.
func TestNoRoomIsNoticedBeforeAnythingIsWritten(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+dir, earlyEnv+"=1")
	out, err := cmd.Output()
	if err != nil || !strings.Contains(string(out), "file too large") {
		t.Fatalf("%s, %v", out, err)
	}
	j, s, rec := open(t, Config{Dir: dir})
	equal(t, s.records, nil)
	if rec.Torn != 0 {
		t.Errorf("%+v", rec)
	}
	write(t, j, "a")
	closeJournal(t, j)
}

func fillUp(dir string) {
	die := func(err error) {
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	signal.Ignore(syscall.SIGXFSZ)
	limit := func() { die(unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: 5003, Max: 5003})) }
	s := &state{}
	if os.Getenv(earlyEnv) != "" {
		limit()
		_, _, err := Open(Config{Dir: dir}, s.add, s.add)
		fmt.Println(err)
		return
	}
	j, _, err := Open(Config{Dir: dir, SegmentBytes: 1 << 20}, s.add, s.add)
	die(err)
	limit()
	refused := 0
	for i := 0; refused < 3; i++ {
		r := fmt.Sprintf("record %d of some length, so that the limit is met soon enough", i)
		n, err := j.Append([]byte(r))
		if err == nil {
			err = j.Commit(n)
		}
		if err == nil {
			fmt.Println(r)
			continue
		}
		refused++
		fmt.Println("refused")
	}
}
