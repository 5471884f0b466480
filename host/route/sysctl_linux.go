package route

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The kernel's settings that we change while the tunnel is wanted, each with the
// values that will do, the first of which is written.
var sysctls = []struct {
	name string
	good []string
	why  string
}{
	// The reverse path filter looks up the way back with the mark of the packet,
	// else strict filtering drops the provider's answers.
	{"net/ipv4/conf/all/src_valid_mark", []string{"1"}, "answers to marked sockets"},
	// Who asks the neighbourhood for our address within the tunnel gets no answer:
	// the kernel answers on every interface for every address otherwise.
	{"net/ipv4/conf/all/arp_ignore", []string{"1", "2", "8"}, "the address within the tunnel"},
}

const procSys = "/proc/sys"

// Settings returns the values of those settings that Set would change, for
// Restore. One that this kernel does not have is left out.
func Settings() (map[string]string, error) {
	out := map[string]string{}
	for _, s := range sysctls {
		v, err := os.ReadFile(filepath.Join(procSys, s.name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", s.name, err)
		}
		if v := strings.TrimSpace(string(v)); !slices.Contains(s.good, v) {
			out[s.name] = v
		}
	}
	return out, nil
}

// Set gives the settings that Settings named the values that we need.
func Set(settings map[string]string) error {
	for _, s := range sysctls {
		if _, ok := settings[s.name]; !ok {
			continue
		}
		if err := write(s.name, s.good[0]); err != nil {
			return err
		}
	}
	return nil
}

// Restore writes back what Settings returned. Names that are not ours are
// ignored: what was read comes from a file.
func Restore(settings map[string]string) error {
	var errs []error
	for _, s := range sysctls {
		if v, ok := settings[s.name]; ok {
			errs = append(errs, write(s.name, v))
		}
	}
	return errors.Join(errs...)
}

func write(name, value string) error {
	if err := os.WriteFile(filepath.Join(procSys, name), []byte(value+"\n"), 0o644); err != nil {
		return fmt.Errorf("set %s: %w", name, err)
	}
	return nil
}
