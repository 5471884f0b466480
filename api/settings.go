package api

import (
	"net/netip"
	"slices"
)

// SettingsSchema is the schema of a SettingsDocument.
const SettingsSchema = "wherry.settings/1"

// What a setting may be, the default first.
const (
	Block  = "block"
	Allow  = "allow"
	Tunnel = "tunnel"
	Open   = "open"
	Auto   = "auto"
	On     = "on"
	Off    = "off"
)

// MTU bounds: IPv6 asks for 1280 at least (RFC 8200, section 5).
const (
	MinMTU = 1280
	MaxMTU = 9000
)

// MaxDNS is how many resolvers a person may name.
const MaxDNS = 4

// Settings are what a consumer's computer does, connected or not. They change
// by what a person says and by nothing else: to connect never changes them. The
// zero Settings is not valid; begin with DefaultSettings.
type Settings struct {
	Lockdown    bool         `json:"lockdown" doc:"Nothing leaves while disconnected, from boot on."`
	LAN         string       `json:"lan" enum:"block,allow" doc:"Whether the local network is reached outside the tunnel."`
	AutoConnect string       `json:"auto_connect" doc:"off, on, or the place to connect to when the daemon starts."`
	Spare       bool         `json:"spare" doc:"Keep a second session agreed, and pay for it when it is used."`
	IPv6        bool         `json:"ipv6" doc:"Carry IPv6 in the tunnel; off blocks it."`
	DNS         []netip.Addr `json:"dns" doc:"Resolvers, reached through the tunnel; none is the provider's."`
	DNSBlock    []string     `json:"dns_block" doc:"Lists of names that are not resolved: ads, trackers, malware, adult, gambling, social."`
	Protocol    string       `json:"protocol" enum:"auto,wireguard" doc:"How the tunnel looks from outside."`
	Forwarding  string       `json:"forwarding" enum:"tunnel,block,open" doc:"Where containers and virtual machines go: with this computer, nowhere, or around the tunnel."`
	MTU         int          `json:"mtu" doc:"Largest packet in the tunnel, in bytes, 1280 to 9000; 0 finds it out."`
}

// SettingsDocument is Settings as they stand alone.
type SettingsDocument struct {
	Schema string `json:"schema" doc:"wherry.settings/1"`
	Settings
}

// DefaultSettings returns the safe ones, which hold until a person says
// otherwise.
func DefaultSettings() Settings {
	return Settings{
		LAN: Block, AutoConnect: Off, IPv6: true, DNS: []netip.Addr{}, DNSBlock: []string{}, Protocol: Auto, Forwarding: Tunnel,
	}
}

// Equal reports whether two settings do the same.
func (s Settings) Equal(o Settings) bool {
	for i := range table {
		if table[i].get(s) != table[i].get(o) {
			return false
		}
	}
	return true
}

// Check reports what is wrong with s, with the code Invalid. Whatever Set,
// ParseSettings and With return has passed it.
func (s Settings) Check() error {
	fresh := DefaultSettings()
	for i := range table {
		if err := table[i].set(&fresh, table[i].get(s)); err != nil {
			return err
		}
	}
	return nil
}

// Fill returns s with empty lists where there are none.
func (s Settings) Fill() Settings {
	if s.DNS == nil {
		s.DNS = []netip.Addr{}
	}
	if s.DNSBlock == nil {
		s.DNSBlock = []string{}
	}
	return s
}

// clone returns s with lists of its own.
func (s Settings) clone() Settings {
	s.DNS, s.DNSBlock = slices.Clone(s.DNS), slices.Clone(s.DNSBlock)
	return s.Fill()
}

// SettingsPatch changes the settings that it names, and no others.
type SettingsPatch struct {
	Lockdown    *bool         `json:"lockdown,omitempty"`
	LAN         *string       `json:"lan,omitempty" enum:"block,allow"`
	AutoConnect *string       `json:"auto_connect,omitempty"`
	Spare       *bool         `json:"spare,omitempty"`
	IPv6        *bool         `json:"ipv6,omitempty"`
	DNS         *[]netip.Addr `json:"dns,omitempty"`
	DNSBlock    *[]string     `json:"dns_block,omitempty"`
	Protocol    *string       `json:"protocol,omitempty" enum:"auto,wireguard"`
	Forwarding  *string       `json:"forwarding,omitempty" enum:"tunnel,block,open"`
	MTU         *int          `json:"mtu,omitempty"`
}

// With returns s with what p changes, or Invalid and no settings where p asks
// for what cannot be.
func (s Settings) With(p SettingsPatch) (Settings, error) {
	s = s.clone()
	change(&s.Lockdown, p.Lockdown)
	change(&s.LAN, p.LAN)
	change(&s.AutoConnect, p.AutoConnect)
	change(&s.Spare, p.Spare)
	change(&s.IPv6, p.IPv6)
	change(&s.DNS, p.DNS)
	change(&s.DNSBlock, p.DNSBlock)
	change(&s.Protocol, p.Protocol)
	change(&s.Forwarding, p.Forwarding)
	change(&s.MTU, p.MTU)
	if err := s.Check(); err != nil {
		return Settings{}, err
	}
	return s.clone(), nil
}

func change[T any](at, to *T) {
	if to != nil {
		*at = *to
	}
}

// Set adds the change that KEY=VALUE asks for, as a person writes it.
func (p *SettingsPatch) Set(key, value string) error {
	s := DefaultSettings()
	if err := s.Set(key, value); err != nil {
		return err
	}
	switch key {
	case "lockdown":
		p.Lockdown = &s.Lockdown
	case "lan":
		p.LAN = &s.LAN
	case "auto-connect":
		p.AutoConnect = &s.AutoConnect
	case "spare":
		p.Spare = &s.Spare
	case "ipv6":
		p.IPv6 = &s.IPv6
	case "dns":
		p.DNS = &s.DNS
	case "dns-block":
		p.DNSBlock = &s.DNSBlock
	case "protocol":
		p.Protocol = &s.Protocol
	case "forwarding":
		p.Forwarding = &s.Forwarding
	case "mtu":
		p.MTU = &s.MTU
	}
	return nil
}

// Unset adds the change that gives a key its default.
func (p *SettingsPatch) Unset(key string) error {
	v, err := DefaultSettings().Get(key)
	if err != nil {
		return err
	}
	return p.Set(key, v)
}
