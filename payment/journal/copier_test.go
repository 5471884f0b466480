package journal

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
)

// TestCopiedRecordByRecord writes backups of what is read elsewhere, with and
// without a snapshot, and reads them as any other.
func TestCopiedRecordByRecord(t *testing.T) {
	for _, snapshot := range []uint64{0, 7} {
		var b bytes.Buffer
		c, err := NewCopier(&b, []byte("note"), time.Unix(1000, 0), snapshot)
		if err != nil {
			t.Fatal(err)
		}
		want := ""
		if snapshot > 0 {
			for i := range 3 {
				want += fmt.Sprintf("s%d ", i)
				if err := c.Load(fmt.Appendf(nil, "s%d", i)); err != nil {
					t.Fatal(err)
				}
			}
		}
		for i := range 500 {
			r := fmt.Sprintf("r%d%0*d", i, i, 0)
			want += r + " "
			if err := c.Replay([]byte(r)); err != nil {
				t.Fatal(err)
			}
		}
		if err := c.Load([]byte("late")); wherry.CodeOf(err) != wherry.Internal {
			t.Errorf("a record of the snapshot behind it: %v", err)
		}
		whole := bytes.Clone(b.Bytes())
		made, err := c.End()
		if err != nil || made.Last != snapshot+500 {
			t.Fatalf("%+v, %v", made, err)
		}
		var got strings.Builder
		add := func(r []byte) error { got.Write(r); got.WriteString(" "); return nil }
		read, err := ReadBackup("it", bytes.NewReader(b.Bytes()), func(Backup) error { return nil }, add, add)
		if err != nil || got.String() != want || read.Last != made.Last || read.Snapshot != snapshot || string(read.Note) != "note" {
			t.Errorf("%+v, %v: %d bytes of records, want %d", read, err, got.Len(), len(want))
		}
		if _, err := ReadBackup("half", bytes.NewReader(whole), func(Backup) error { return nil }, add, add); err == nil {
			t.Error("one without an end is a backup")
		}
	}
}
