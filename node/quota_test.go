package node

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/session/quota"
)

// A restart does not give the month back.
func TestCarriedSurvivesARestart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "carried.json")
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	caps := quota.Caps{Month: 10 << 20}
	q, err := openQuota(caps, file, log)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	if err := q.Carry(now, 8<<20); err != nil {
		t.Fatal(err)
	}
	if err := q.save(); err != nil {
		t.Fatal(err)
	}
	again, err := openQuota(caps, file, log)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Admit(now); wherry.CodeOf(err) != wherry.Busy {
		t.Errorf("2 MiB are left of the month and a session is admitted: %v", err)
	}
	if _, day, month, closed := again.carried(now); day.Bytes != 8<<20 || month.String() != "8.0 MiB of 10.0 MiB" || closed == "" {
		t.Errorf("the status says %v, %v, %q", day, month, closed)
	}
	if err := os.WriteFile(file, []byte("half a fi"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := openQuota(caps, file, log); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("a ledger that can't be read counts as empty: %v", err)
	}
}

func TestCapsInTheConfiguration(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wherry.toml")
	text := "[provider.caps]\nsession = \"10GiB\"\nmonth = \"2TiB\"\nhours = [\"18-23 20GiB\", \"2-5 closed\"]\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := LoadConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	caps := c.Provider.Caps.caps()
	if caps.Session != 10<<30 || caps.Month != 2<<40 || len(caps.Hours) != 2 || caps.Hours[1] != (quota.Hours{First: 2, End: 5}) {
		t.Errorf("%+v", caps)
	}
	b, err := c.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	back, err := LoadConfig(path)
	if err != nil || len(back.Provider.Caps.Hours) != 2 || back.Provider.Caps.Session != 10<<30 {
		t.Errorf("written and read again: %+v, %v\n%s", back.Provider.Caps, err, b)
	}
}
