package api

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/wherrynet/wherry"
)

// Setting says what one key of the settings may be.
type Setting struct {
	Key     string
	Values  []string // what may be written, the default first; upper case stands for a value of that kind
	Meaning string
}

type row struct {
	Setting
	set func(*Settings, string) error
	get func(Settings) string
}

// table has one row per key, in the order in which they are printed.
var table = []row{
	{
		Setting{"lockdown", []string{Off, On}, "nothing leaves while disconnected, from boot on"},
		func(s *Settings, v string) error { return onOff(&s.Lockdown, v) },
		func(s Settings) string { return word(s.Lockdown) },
	},
	{
		Setting{"lan", []string{Block, Allow}, "whether the local network is reached outside the tunnel"},
		func(s *Settings, v string) error { return oneOf(&s.LAN, v, Block, Allow) },
		func(s Settings) string { return s.LAN },
	},
	{
		Setting{"auto-connect", []string{Off, On, "PLACE"}, "connect when the daemon starts"},
		setAuto,
		func(s Settings) string { return s.AutoConnect },
	},
	{
		Setting{"spare", []string{Off, On}, "keep a second session agreed, and pay for it when it is used"},
		func(s *Settings, v string) error { return onOff(&s.Spare, v) },
		func(s Settings) string { return word(s.Spare) },
	},
	{
		Setting{"ipv6", []string{On, Off}, "carry IPv6 in the tunnel; off blocks it"},
		func(s *Settings, v string) error { return onOff(&s.IPv6, v) },
		func(s Settings) string { return word(s.IPv6) },
	},
	{
		Setting{"dns", []string{"default", "IP,…"}, "resolvers, reached through the tunnel"},
		setDNS,
		func(s Settings) string {
			var out []string
			for _, a := range s.DNS {
				out = append(out, a.String())
			}
			return orDefault(strings.Join(out, ","), "default")
		},
	},
	{
		Setting{"dns-block", append([]string{"none"}, blockLists...), "lists of names that are not resolved"},
		setDNSBlock,
		func(s Settings) string { return orDefault(strings.Join(s.DNSBlock, ","), "none") },
	},
	{
		Setting{"protocol", []string{Auto, "wireguard"}, "how the tunnel looks from outside"},
		func(s *Settings, v string) error { return oneOf(&s.Protocol, v, Auto, "wireguard") },
		func(s Settings) string { return s.Protocol },
	},
	{
		Setting{"forwarding", []string{Tunnel, Block, Open}, "where containers and virtual machines go"},
		func(s *Settings, v string) error { return oneOf(&s.Forwarding, v, Tunnel, Block, Open) },
		func(s Settings) string { return s.Forwarding },
	},
	{
		Setting{"mtu", []string{Auto, "N"}, "largest packet in the tunnel, in bytes"},
		setMTU,
		func(s Settings) string {
			if s.MTU == 0 {
				return Auto
			}
			return strconv.Itoa(s.MTU)
		},
	},
}

// blockLists are the lists that dns-block knows.
var blockLists = []string{"ads", "trackers", "malware", "adult", "gambling", "social"}

// AllSettings returns what every key may be, in the order in which they are
// printed.
func AllSettings() []Setting {
	var out []Setting
	for _, r := range table {
		out = append(out, r.Setting)
	}
	return out
}

// Set changes one setting as a person writes it. An unknown key is Invalid and
// names the nearest known one; s is as before where there is an error.
func (s *Settings) Set(key, value string) error {
	r, err := find(key)
	if err != nil {
		return err
	}
	return r.set(s, value)
}

// Get returns one setting in the form that Set reads.
func (s Settings) Get(key string) (string, error) {
	r, err := find(key)
	if err != nil {
		return "", err
	}
	return r.get(s), nil
}

// Unset gives a key its default.
func (s *Settings) Unset(key string) error {
	r, err := find(key)
	if err != nil {
		return err
	}
	return r.set(s, r.get(DefaultSettings()))
}

// Text returns the settings that are not the default, a line of KEY=VALUE each:
// what is kept on disk.
func (s Settings) Text() string {
	var b strings.Builder
	for _, r := range table {
		if v := r.get(s); v != r.get(DefaultSettings()) {
			b.WriteString(r.Key + "=" + v + "\n")
		}
	}
	return b.String()
}

// ParseSettings reads what Text writes. A line may be empty or begin with #. A
// key that stands twice, or that nobody knows, is Invalid.
func ParseSettings(text string) (Settings, error) {
	s := DefaultSettings()
	seen := map[string]bool{}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if !ok {
			return Settings{}, wherry.Errorf(wherry.Invalid, "line %d: want KEY=VALUE", n)
		}
		if seen[key] {
			return Settings{}, wherry.Errorf(wherry.Invalid, "line %d: %s is set twice", n, key)
		}
		seen[key] = true
		if err := s.Set(key, value); err != nil {
			return Settings{}, wherry.Errorf(wherry.Invalid, "line %d: %w", n, err)
		}
	}
	return s, nil
}

func find(key string) (row, error) {
	best, far := "", len(key)/2+2
	for _, r := range table {
		if r.Key == key {
			return r, nil
		}
		if d := distance(key, r.Key); d < far {
			best, far = r.Key, d
		}
	}
	if best == "" {
		return row{}, wherry.Errorf(wherry.Invalid, "there is no setting %q; wherry get lists them", clip(key))
	}
	return row{}, wherry.Errorf(wherry.Invalid, "there is no setting %q; the nearest is %s", clip(key), best)
}

// distance is how many letters have to be changed, added or left out to make a
// of b. Long words are far from everything.
func distance(a, b string) int {
	a = strings.ReplaceAll(strings.ToLower(a), "_", "-")
	if len(a) > 32 {
		return len(a)
	}
	prev := make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := range len(a) {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(prev[j]+cost, prev[j+1]+1, row[j]+1)
		}
		prev = row
	}
	return prev[len(b)]
}

// clip shortens what somebody wrote before it is quoted.
func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

func word(on bool) string {
	if on {
		return On
	}
	return Off
}

func orDefault(s, def string) string {
	if s == "" {
		return def
	}
	return s
}

func onOff(at *bool, v string) error {
	switch v {
	case On:
		*at = true
	case Off:
		*at = false
	default:
		return wherry.Errorf(wherry.Invalid, "%q: want on or off", clip(v))
	}
	return nil
}

func oneOf(at *string, v string, all ...string) error {
	if !slices.Contains(all, v) {
		return wherry.Errorf(wherry.Invalid, "%q: want %s", clip(v), strings.Join(all, " or "))
	}
	*at = v
	return nil
}

func setAuto(s *Settings, v string) error {
	if v != Off && v != On {
		p, err := wherry.ParsePlace(v)
		if err != nil || v == "" {
			return wherry.Errorf(wherry.Invalid, "%q: want off, on, or a place as in se or se/got", clip(v))
		}
		v = p.String()
	}
	s.AutoConnect = v
	return nil
}

func setDNS(s *Settings, v string) error {
	out := []netip.Addr{}
	if v != "default" {
		for part := range strings.SplitSeq(v, ",") {
			a, err := netip.ParseAddr(strings.TrimSpace(part))
			if err != nil || a.Zone() != "" || a.IsUnspecified() || a.IsMulticast() || a.IsLoopback() || a.IsLinkLocalUnicast() {
				return wherry.Errorf(wherry.Invalid, "%q: want default, or addresses as in 192.0.2.53,2001:db8::53", clip(v))
			}
			if a = a.Unmap(); !slices.Contains(out, a) {
				out = append(out, a)
			}
		}
	}
	if len(out) > MaxDNS {
		return wherry.Errorf(wherry.Invalid, "%d resolvers: at most %d", len(out), MaxDNS)
	}
	s.DNS = out
	return nil
}

func setDNSBlock(s *Settings, v string) error {
	out := []string{}
	if v != "none" {
		for part := range strings.SplitSeq(v, ",") {
			part = strings.TrimSpace(part)
			if !slices.Contains(blockLists, part) {
				return wherry.Errorf(wherry.Invalid, "%q: want none, or some of %s", clip(v), strings.Join(blockLists, ","))
			}
			if !slices.Contains(out, part) {
				out = append(out, part)
			}
		}
	}
	s.DNSBlock = out
	return nil
}

func setMTU(s *Settings, v string) error {
	if v == Auto {
		s.MTU = 0
		return nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < MinMTU || n > MaxMTU || strconv.Itoa(n) != v {
		return wherry.Errorf(wherry.Invalid, "%q: want auto, or %d to %d", clip(v), MinMTU, MaxMTU)
	}
	s.MTU = n
	return nil
}
