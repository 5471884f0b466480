package guard

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/wherrynet/wherry/host/dns"
	"github.com/wherrynet/wherry/internal/whole"
)

// The files in Config.Dir.
const (
	savedName    = "guard.json"
	lockdownName = "lockdown" // its being there is what the unit for boot asks for
)

// saved is what has to outlive this process: what was there before us.
type saved struct {
	Boot     string            `json:"boot"`     // identity of the kernel's run that this is about
	Active   bool              `json:"active"`   // something was changed and not yet released
	Wish     Wish              `json:"wish"`     // the last one
	Settings map[string]string `json:"settings"` // of the kernel, as they were
	DNS      *dns.Saved        `json:"dns"`      // resolvers as they were; nil while they still are
}

// load reads what an earlier guard left; nothing is the zero value.
func load(dir string) (saved, error) {
	var s saved
	b, err := os.ReadFile(filepath.Join(dir, savedName))
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err == nil {
		err = json.Unmarshal(b, &s)
	}
	if err != nil {
		return saved{}, fmt.Errorf("read what this machine's network was before: %w; this machine stays closed: look at %s, and remove it to go on",
			err, filepath.Join(dir, savedName))
	}
	return s, nil
}

// store writes s so that it is there, whole, after a power cut.
func store(dir string, s saved) error {
	b, err := json.MarshalIndent(s, "", "\t")
	if err != nil {
		return fmt.Errorf("keep what this machine's network was before: %w", err)
	}
	if err := replace(filepath.Join(dir, savedName), append(b, '\n')); err != nil {
		return fmt.Errorf("keep what this machine's network was before: %w", err)
	}
	if s.Wish.Lockdown && s.Active {
		err = replace(filepath.Join(dir, lockdownName), nil)
	} else if err = os.Remove(filepath.Join(dir, lockdownName)); errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		return fmt.Errorf("keep whether this machine starts closed: %w", err)
	}
	return nil
}

// replace writes a file whole, in a directory that is there afterwards.
func replace(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return whole.Write(path, content)
}

// bootID is the identity of the kernel's run.
func bootID() (string, error) {
	b, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return "", fmt.Errorf("which run of the kernel this is: %w", err)
	}
	return strings.TrimSpace(string(b)), nil
}
