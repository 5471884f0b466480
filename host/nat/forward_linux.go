package nat

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/whole"
)

// Forwarding is what of the kernel's settings an exit has changed, and what they were.
// What was is kept in a file as well: after a crash the next exit restores what the
// first one found, not what it left.
type Forwarding struct {
	Opened []Opened // what did not forward before

	file string
	was  map[string]string // setting under /proc/sys/net -> value
}

// settings is where the kernel has them.
const settings = "/proc/sys/net"

// Forward lets packets pass between the tunnel and the interfaces of ways, and nowhere
// else that it can help. file is where it remembers what was.
func Forward(tunnel string, ways []Way, file string) (*Forwarding, error) {
	f := &Forwarding{file: file, was: map[string]string{}}
	if b, err := os.ReadFile(file); err == nil {
		if json.Unmarshal(b, &f.was) != nil || f.was == nil {
			f.was = map[string]string{} // half a file: what is now is all that is known
		}
		maps.DeleteFunc(f.was, func(name, value string) bool { return !ours(name, value) })
	}
	for _, v6 := range []bool{false, true} {
		var names []string
		for _, w := range ways {
			if w.Addr.Is6() == v6 {
				names = append(names, w.Interface)
			}
		}
		if len(names) == 0 {
			continue
		}
		forward := f.forward4
		if v6 {
			forward = f.forward6
		}
		if err := forward(tunnel, names); err != nil {
			return nil, errors.Join(err, f.Restore())
		}
	}
	for _, name := range []string{"accept_source_route", "send_redirects", "accept_redirects", "rp_filter"} {
		// The interface is ours: it goes, and its settings with it.
		_ = write("ipv4/conf/"+tunnel+"/"+name, "0")
	}
	return f, nil
}

// ours reports whether a setting is one that an exit changes, and a value that it
// can have had. The file lies where the node's books do, and who may write there need
// not be root: it names neither other settings nor other files.
func ours(name, value string) bool {
	part := strings.Split(name, "/")
	if len(part) != 4 || part[1] != "conf" || part[2] == "" || part[2] == "." || part[2] == ".." {
		return false
	}
	switch part[0] + " " + part[3] {
	case "ipv4 forwarding", "ipv6 forwarding", "ipv6 force_forwarding", "ipv6 accept_ra":
		n, err := strconv.Atoi(value)
		return err == nil && n >= 0 && n <= 2
	}
	return false
}

func (f *Forwarding) forward4(tunnel string, names []string) error {
	if err := write("ipv4/conf/"+tunnel+"/forwarding", "1"); err != nil {
		return err
	}
	for _, name := range names {
		on, err := f.set("ipv4/conf/"+name+"/forwarding", "1")
		if err != nil {
			return err
		}
		if on {
			f.Opened = append(f.Opened, Opened{name, false})
		}
	}
	return nil
}

// forward6 uses the setting per interface where the kernel has it (since Linux 6.17).
// Others forward on all interfaces or on none, and then also stop to listen to routers:
// those that did go on doing so.
func (f *Forwarding) forward6(tunnel string, names []string) error {
	if err := write("ipv6/conf/"+tunnel+"/force_forwarding", "1"); err == nil {
		for _, name := range names {
			on, err := f.set("ipv6/conf/"+name+"/force_forwarding", "1")
			if err != nil {
				return err
			}
			if b, err := os.ReadFile(path("ipv6/conf/" + name + "/forwarding")); on && err == nil && strings.TrimSpace(string(b)) == "0" {
				f.Opened = append(f.Opened, Opened{name, true})
			}
		}
		return nil
	}
	all, err := os.ReadDir(path("ipv6/conf"))
	if err != nil {
		return wherry.Errorf(wherry.Unreachable, "read the network settings: %w", err)
	}
	for _, d := range all {
		if b, err := os.ReadFile(path("ipv6/conf/" + d.Name() + "/accept_ra")); err == nil && strings.TrimSpace(string(b)) == "1" && d.Name() != tunnel {
			if _, err := f.set("ipv6/conf/"+d.Name()+"/accept_ra", "2"); err != nil {
				return err
			}
		}
	}
	on, err := f.set("ipv6/conf/all/forwarding", "1")
	if on {
		f.Opened = append(f.Opened, Opened{"", true})
	}
	return err
}

// set changes a setting, remembers what it was, and reports whether it was another one
// before there was an exit.
func (f *Forwarding) set(name, value string) (changed bool, err error) {
	b, err := os.ReadFile(path(name))
	if err != nil {
		return false, wherry.Errorf(wherry.Unreachable, "read the network settings: %w", err)
	}
	now := strings.TrimSpace(string(b))
	if _, known := f.was[name]; !known && now != value {
		f.was[name] = now
		if err := f.save(); err != nil {
			return false, err
		}
	}
	if now != value {
		if err := write(name, value); err != nil {
			return false, err
		}
	}
	_, changed = f.was[name]
	return changed, nil
}

func (f *Forwarding) save() error {
	b, err := json.Marshal(f.was)
	if err == nil {
		err = whole.Write(f.file, b)
	}
	if err != nil {
		return wherry.Errorf(wherry.Unreachable, "remember the network settings: %w", err)
	}
	return nil
}

// Restore puts back what was. An interface that is gone has no settings to put back.
func (f *Forwarding) Restore() error {
	var errs []error
	// Switching forwarding off first: the kernel listens to routers again only then.
	names := slices.Sorted(maps.Keys(f.was))
	slices.SortStableFunc(names, func(a, b string) int {
		return boolInt(strings.HasSuffix(a, "accept_ra")) - boolInt(strings.HasSuffix(b, "accept_ra"))
	})
	for _, name := range names {
		if err := write(name, f.was[name]); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	if len(errs) == 0 {
		if err := os.Remove(f.file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func path(name string) string { return filepath.Join(settings, name) }

func write(name, value string) error {
	if err := os.WriteFile(path(name), []byte(value), 0o600); err != nil {
		if errors.Is(err, fs.ErrPermission) {
			return wherry.Errorf(wherry.Forbidden, "let packets pass between interfaces: it needs root or CAP_NET_ADMIN: %w", err)
		}
		return wherry.Errorf(wherry.Unreachable, "let packets pass between interfaces: %w", err)
	}
	return nil
}
