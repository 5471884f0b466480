package node

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
)

func TestSettingsAreKept(t *testing.T) {
	f := settingsFile(filepath.Join(t.TempDir(), "settings"))
	if s, err := f.load(); err != nil || !s.Equal(api.DefaultSettings()) {
		t.Errorf("at first: %+v, %v", s, err)
	}
	s := api.DefaultSettings()
	s.Lockdown, s.MTU = true, 1400
	if err := f.save(s); err != nil {
		t.Fatal(err)
	}
	if back, err := f.load(); err != nil || !back.Equal(s) {
		t.Errorf("%+v, %v", back, err)
	}
	if b, _ := os.ReadFile(string(f)); string(b) != "lockdown=on\nmtu=1400\n" {
		t.Errorf("the file holds %q", b)
	}
	if st, _ := os.Stat(string(f)); st.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v", st.Mode())
	}
	// What cannot be is not written, and what was there stays.
	if err := f.save(api.Settings{}); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("got %v", err)
	}
	if back, err := f.load(); err != nil || !back.Equal(s) {
		t.Errorf("%+v, %v", back, err)
	}
	// A write that was cut off leaves a file beside it, and the old one.
	if err := os.WriteFile(string(f)+".new", []byte("lockdo"), 0o600); err != nil {
		t.Fatal(err)
	}
	if back, err := f.load(); err != nil || !back.Equal(s) {
		t.Errorf("%+v, %v", back, err)
	}
	if err := f.save(api.DefaultSettings()); err != nil {
		t.Fatal(err)
	}
	if back, err := f.load(); err != nil || !back.Equal(api.DefaultSettings()) {
		t.Errorf("%+v, %v", back, err)
	}
}

func TestSettingsOfAnotherVersionAreRefused(t *testing.T) {
	for text, want := range map[string]string{"lockdwon=on\n": "nearest is lockdown", "lan": "KEY=VALUE", strings.Repeat("#\n", maxSettings): "at most"} {
		f := settingsFile(filepath.Join(t.TempDir(), "settings"))
		if err := os.WriteFile(string(f), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := f.load(); wherry.CodeOf(err) != wherry.Invalid || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), string(f)) {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}
