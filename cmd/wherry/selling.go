package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/node"
)

// modeWords says how traffic leaves a provider.
var modeWords = map[node.ExitMode]string{
	node.ModeTUN:      "through the kernel",
	node.ModeNetstack: "without the kernel's help",
}

func (a *app) provideStatusCmd() *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "what the running provider carries", Args: cobra.NoArgs,
		Long: `Asks the provider that runs on this computer with this configuration: its mode,
its sessions, what it has carried and the caps on that, and what it risks.`,
		Example: "  wherry provide status --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			s, err := cfg.Selling(cmd.Context())
			if err != nil {
				return err
			}
			return a.print(s, func(w io.Writer) { sayStatus(w, s, time.Now()) })
		},
	}
}

func sayStatus(w io.Writer, s node.SellingStatus, now time.Time) {
	fmt.Fprintf(w, "%s sells on %s, %s, for %s\n", s.Provider.Short(), s.Listen, modeWords[s.Exit.Mode], now.Sub(s.Since).Round(time.Second))
	if s.Exit.Why != "" {
		fmt.Fprintf(w, "  Kernel       not used: %s\n", s.Exit.Why)
	}
	fmt.Fprintf(w, "  Exit         %d forbidden packets tried, none got through\n", s.Exit.Tried)
	fmt.Fprintf(w, "  Now          %d of %d sessions\n", s.Sessions, s.Seats)
	if s.Line > 0 || s.EachLine > 0 {
		fmt.Fprintf(w, "  Line         %s\n", s.Shares())
	}
	fmt.Fprintf(w, "  Price        %s %s/GiB + %s/h\n", s.PerGiB, wherry.Currency, s.PerHour)
	fmt.Fprintf(w, "  This hour    %s\n", s.Hour)
	fmt.Fprintf(w, "  Today        %s\n", s.Day)
	fmt.Fprintf(w, "  This month   %s\n", s.Month)
	if s.Session > 0 {
		fmt.Fprintf(w, "  One session  up to %s\n", node.Carried{Bytes: s.Session})
	}
	fmt.Fprintf(w, "  At risk      %s %s, if all consumers stop paying now\n", s.AtRisk, wherry.Currency)
	if s.Closed != "" {
		fmt.Fprintf(w, "! no new sessions: %s\n", s.Closed)
	}
}

func (a *app) provideCheckCmd() *cobra.Command {
	var mode string
	c := &cobra.Command{
		Use: "check", Short: "try whether strangers could get where they must not", Args: cobra.NoArgs,
		Long: `Sends packets out of the tunnel as a consumer's would come: to your network, this
computer's ports, other consumers, the ports that are closed. None may get through,
and nothing of it leaves this computer. A running provider says what it found when
it began. Exit status 1 if a packet got through.`,
		Example: "  wherry provide check",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			if mode != "" {
				cfg.Provider.Mode = node.ExitMode(mode)
			}
			r, err := cfg.CheckExit(cmd.Context())
			found := len(r.Holes)+len(r.Shut) > 0
			if err != nil && !found {
				return err
			}
			if err := a.print(r, func(w io.Writer) { sayCheck(w, r) }); err != nil {
				return err
			}
			if found {
				return wherry.Errorf(wherry.Conflict, "the exit is not safe: %d packets got through that must not, %d did not that should", len(r.Holes), len(r.Shut))
			}
			return nil
		},
	}
	c.Flags().StringVar(&mode, "mode", "", "how traffic leaves: `tun`, netstack or auto")
	return c
}

func sayCheck(w io.Writer, r node.ExitReport) {
	fmt.Fprintf(w, "Traffic leaves %s\n", modeWords[r.Mode])
	if r.Why != "" {
		fmt.Fprintf(w, "  the kernel is not used: %s\n", r.Why)
	}
	mark := "✓"
	if len(r.Holes) > 0 {
		mark = "✗"
	}
	fmt.Fprintf(w, "%s %d packets that must not get through: %d did\n", mark, r.Tried+len(r.Holes), len(r.Holes))
	for _, h := range r.Holes {
		fmt.Fprintf(w, "    %s (%s)\n", h.Packet, h.Where)
	}
	mark = "✓"
	if len(r.Shut) > 0 {
		mark = "✗"
	}
	fmt.Fprintf(w, "%s %d packets that have to: %d did\n", mark, r.Opened+len(r.Shut), r.Opened)
	if len(r.Shut) > 0 {
		fmt.Fprintf(w, "    not %s\n", strings.Join(r.Shut, ", "))
	}
}
