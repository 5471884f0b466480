package main

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
)

// lineWidth is where what stands at the right of a first line ends.
const lineWidth = 72

// rows prints what follows a first line: a name and what it is.
type rows struct {
	w     io.Writer
	width int // of the names
}

func (r rows) row(name, format string, args ...any) {
	fmt.Fprintf(r.w, "  %-*s %s\n", r.width, name, fmt.Sprintf(format, args...))
}

// firstLine says in which of the four conditions this computer is: connected,
// connecting, blocked or open.
func firstLine(s api.Status) string {
	switch s.State {
	case api.Connected:
		if s.Provider != nil {
			return "Connected to " + s.Provider.Called() + ", " + where(s.Provider.Place())
		}
		return "Connected"
	case api.Connecting, api.Reconnecting:
		line := "Connecting"
		if w := s.Wanted; w != nil && w.Provider != "" {
			line += " to " + w.Provider
		} else if w != nil && w.Place.Country != "" {
			line += " to " + where(w.Place)
		}
		if s.State == api.Reconnecting {
			line += " again"
		}
		if s.Try > 1 {
			line += ", " + times(s.Try)
		}
		if s.Closed {
			line += " — blocked meanwhile"
		}
		return line
	case api.Disconnecting:
		if !s.Closed {
			return "Disconnecting"
		}
	case api.Disconnected, api.Blocked:
	}
	if s.Closed {
		return "Blocked — nothing leaves this computer"
	}
	return "Open — not protected"
}

// first prints the first line, with how long it has been so.
func (a *app) first(w io.Writer, s api.Status) {
	line := firstLine(s)
	if s.Since.IsZero() || s.State != api.Connected && s.State != api.Connecting && s.State != api.Reconnecting {
		fmt.Fprintln(w, line)
		return
	}
	for_ := lasted(a.now().Sub(s.Since))
	gap := max(3, lineWidth-utf8.RuneCountInString(line)-utf8.RuneCountInString(for_))
	fmt.Fprintf(w, "%s%s%s\n", line, strings.Repeat(" ", gap), for_)
}

// statusScreen prints the whole status.
func (a *app) statusScreen(w io.Writer, s api.Status) {
	a.first(w, s)
	switch {
	case s.State == api.Connected:
		connectedRows(rows{w, 15}, s)
	case s.State == api.Connecting || s.State == api.Reconnecting:
		r := rows{w, 10}
		if s.Provider != nil {
			r.row("Asking", "%s", providerLine(*s.Provider, s.Price))
		}
		if s.Cause != nil {
			r.row("Why", "%s", s.Cause.Message)
		}
		ways(r, s.ToGoOn)
	case s.Closed:
		a.blockedRows(rows{w, 10}, s)
	}
	for _, p := range s.Problems {
		r := rows{w, 10}
		r.row("Problem", "%s", p.Message)
		for _, t := range p.Try {
			r.row("  try", "%s", t)
		}
	}
}

func connectedRows(r rows, s api.Status) {
	if len(s.SeenAs) > 0 {
		r.row("You appear as", "%s", addresses(s.SeenAs))
	}
	now := ""
	if n := s.Carried.DownBitsPerSecond + s.Carried.UpBitsPerSecond; n > 0 {
		now = " · now " + speed(n)
	}
	r.row("Carried", "%s down, %s up%s", size(s.Carried.DownBytes), size(s.Carried.UpBytes), now)
	spent := amount(s.Spent.Session) + " " + wherry.Currency + " this session"
	if s.Limits.Session != nil {
		spent = fmt.Sprintf("%s of %s %s this session", amount(s.Spent.Session), amount(*s.Limits.Session), wherry.Currency)
	}
	if s.Spent.Day != nil && s.Limits.Day != nil {
		spent += fmt.Sprintf(" · %s of %s today", amount(*s.Spent.Day), amount(*s.Limits.Day))
	}
	r.row("Spent", "%s", spent)
	if c := s.PaidThrough; c != nil {
		about := ""
		if s.Price != nil && !s.Price.PerGiB.IsZero() {
			rate := wherry.Rate{PerGiB: s.Price.PerGiB.Amount}
			about = ", about " + size(rate.Bytes(c.Left.Amount, 1<<60)) + " at this price"
		}
		r.row("Deposit", "with %s: %s of %s %s left%s", hubName(*c), amount(c.Left), amount(c.Deposit), wherry.Currency, about)
	}
	r.row("Settings", "%s", settingsLine(s.Settings))
}

func (a *app) blockedRows(r rows, s api.Status) {
	switch {
	case s.Cause != nil:
		r.row("Why", "%s", s.Cause.Message)
	case s.State == api.Disconnecting:
		r.row("Why", "the session is being ended: the last receipt is waited for")
	case s.State == api.Disconnected:
		r.row("Why", "lockdown is on, and nothing is connected")
	}
	if !s.Since.IsZero() {
		since := s.Since.In(a.now().Location())
		form := "15:04"
		if a.now().Sub(since) > 20*time.Hour {
			form = "2 January 15:04"
		}
		r.row("Since", "%s, %s", since.Format(form), ago(a.now().Sub(since)))
	}
	out := s.ToGoOn
	if len(out) == 0 && s.State == api.Disconnected {
		out = []api.Way{{Command: "wherry connect", Does: "opens the tunnel"}, {Command: "wherry set lockdown=off", Does: "opens the network, without protection"}}
	}
	ways(r, out)
}

// ways prints what leads out of a state.
func ways(r rows, all []api.Way) {
	width := 0
	for _, w := range all {
		width = max(width, utf8.RuneCountInString(w.Command))
	}
	for i, w := range all {
		name := ""
		if i == 0 {
			name = "To go on"
		}
		r.row(name, "%-*s   %s", width, w.Command, w.Does)
	}
}

// providerLine names a provider with its price.
func providerLine(p api.Peer, at *api.Price) string {
	line := p.Called() + ", " + where(p.Place())
	if p.IPType != "" {
		line += " · " + p.IPType
	}
	if at != nil {
		line += fmt.Sprintf(" · %s %s/GiB + %s/h", price(at.PerGiB), wherry.Currency, price(at.PerHour))
	}
	return line
}

func hubName(c api.Channel) string {
	if c.Name != "" {
		return c.Name
	}
	return c.Hub.Short()
}

// settingsLine names the settings that change what leaves this computer.
func settingsLine(s api.Settings) string {
	onOff := func(on bool) string {
		if on {
			return "on"
		}
		return "off"
	}
	lan := "blocked"
	if s.LAN == api.Allow {
		lan = "allowed"
	}
	parts := []string{"lockdown " + onOff(s.Lockdown), "LAN " + lan}
	if len(s.DNSBlock) > 0 {
		parts = append(parts, "DNS blocks "+strings.Join(s.DNSBlock, ", "))
	}
	parts = append(parts, "IPv6 "+onOff(s.IPv6))
	if s.Spare {
		parts = append(parts, "spare on")
	}
	if s.Forwarding == api.Open {
		parts = append(parts, "containers go around the tunnel")
	}
	return strings.Join(parts, " · ")
}

// limitsRow says where it stops by itself.
func limitsRow(r rows, l api.Limits, spent api.Spent) {
	var parts []string
	if l.Session != nil {
		parts = append(parts, fmt.Sprintf("%s %s in this session (%s used)", amount(*l.Session), wherry.Currency, amount(spent.Session)))
	}
	if l.Day != nil {
		used := ""
		if spent.Day != nil {
			used = fmt.Sprintf(" (%s used)", amount(*spent.Day))
		}
		parts = append(parts, fmt.Sprintf("%s %s today%s", amount(*l.Day), wherry.Currency, used))
	}
	if l.MaxPerGiB != nil {
		parts = append(parts, fmt.Sprintf("above %s %s/GiB", price(*l.MaxPerGiB), wherry.Currency))
	}
	if len(parts) > 0 {
		r.row("Stops at", "%s", strings.Join(parts, ", or "))
	}
}

// outsideRow says what leaves outside the tunnel.
func outsideRow(r rows, s api.Settings) {
	lan := "the LAN is blocked (wherry set lan=allow)"
	if s.LAN == api.Allow {
		lan = "the LAN is reached (wherry set lan=block)"
	}
	r.row("Outside", "nothing leaves outside the tunnel; %s", lan)
}
