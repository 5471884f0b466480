package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/node"
)

func (a *app) hubsCmd() *cobra.Command {
	c := &cobra.Command{
		Use: "hubs", Short: "who clears payments: terms, and whether they can pay", Args: cobra.NoArgs,
		Example: "  wherry hubs\n  wherry hubs verify",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			r, err := cfg.Hubs(cmd.Context())
			if err != nil {
				return err
			}
			return a.print(r, func(w io.Writer) { hubsTable(w, r) })
		},
	}
	c.AddCommand(
		&cobra.Command{
			Use: "show HUB", Short: "one hub's signed terms, and what has changed since you agreed to them", Args: cobra.ExactArgs(1),
			Example: "  wherry hubs show north",
			RunE: func(cmd *cobra.Command, args []string) error {
				cfg, err := a.settings()
				if err != nil {
					return err
				}
				r, err := cfg.HubShow(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				return a.print(r, func(w io.Writer) { hubScreen(w, r.HubRow) })
			},
		},
		&cobra.Command{
			Use: "accept HUB", Short: "agree to the terms that a hub asks for now", Args: cobra.ExactArgs(1),
			Long: `Agrees to a hub's present terms for this node, whatever was agreed to before, and
lets a provider take orders through it again. Where the hub was caught with two
statements, that is forgiven; the evidence stays in the node's state.`,
			Example: "  wherry hubs accept north",
			RunE: func(cmd *cobra.Command, args []string) error {
				cfg, err := a.settings()
				if err != nil {
					return err
				}
				r, err := cfg.HubAccept(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				return a.print(r, func(w io.Writer) { hubScreen(w, r.HubRow) })
			},
		},
		&cobra.Command{
			Use: "verify [HUB]", Short: "check that a hub can pay what it owes", Args: cobra.MaximumNArgs(1),
			Long: `Asks a hub, or every hub, for its signed statement of what it owes and what backs
it, and holds that against the chain, against what it has shown before and to
others, and, where this node is paid by it, against its own part. Exit status 3
when something is wrong, with its name.`,
			Example: "  wherry hubs verify north --json",
			RunE: func(cmd *cobra.Command, args []string) error {
				cfg, err := a.settings()
				if err != nil {
					return err
				}
				ref := ""
				if len(args) == 1 {
					ref = args[0]
				}
				r, err := cfg.HubsVerify(cmd.Context(), ref)
				if err != nil {
					return err
				}
				if err := a.print(r, func(w io.Writer) { verifyScreen(w, r) }); err != nil {
					return err
				}
				if !r.OK {
					return wherry.Errorf(wherry.Answer, "%s", strings.Join(wrongHubs(r), "; "))
				}
				return nil
			},
		},
	)
	return c
}

func hubsTable(w io.Writer, r node.HubsResult) {
	rows := [][]string{{"HUB", "FEE", "DEPOSITS ON", "PAYS ON", ""}}
	for _, h := range r.Items {
		name, fee, pays, state := h.Name, "", "", "does not answer"
		if name == "" {
			name = h.Hub.Short()
		}
		if len(h.Terms) > 0 {
			t := h.Terms[0]
			fee, pays, state = percent(t.FeePPM), chains(t.PaysOn), "answers"
			if !t.Agreed {
				state = "terms are not agreed to"
			}
		}
		if h.Problem != "" {
			state = h.Problem
		}
		rows = append(rows, []string{name, fee, chains(h.Chains), pays, state})
	}
	table(w, rows)
}

func hubScreen(w io.Writer, h node.HubRow) {
	fmt.Fprintf(w, "%s %s\n", h.Hub, h.Name)
	if !h.Answers {
		fmt.Fprintf(w, "does not answer on %s\n", h.URL)
	}
	for _, t := range h.Terms {
		termsScreen(w, t)
	}
	if h.Problem != "" {
		fmt.Fprintf(w, "no orders are taken through it: %s\n", h.Problem)
	}
}

// termsScreen shows terms before money moves under them.
func termsScreen(w io.Writer, t node.HubTerms) {
	table(w, [][]string{
		{fmt.Sprintf("for deposits on chain %d, until %s", t.Chain, t.ValidUntil.Local().Format("2 January 2006 15:04")), ""},
		{"  fee of each order", percent(t.FeePPM)},
		{"  pays on", chains(t.PaysOn)},
		{"  pays by itself from", t.MinPush.String()},
		{"  least reserve", t.MinReserve.String()},
		{"  unrevealed at most", t.MaxOpen.String()},
		{"  a payout lives", (time.Duration(min(t.PayoutLifeSeconds, 1<<30)) * time.Second).String()},
	})
	for _, c := range t.Changes {
		fmt.Fprintf(w, "  changed: %s\n", c)
	}
	if !t.Agreed {
		fmt.Fprintln(w, "  not agreed to: wherry hubs accept HUB")
	}
}

func verifyScreen(w io.Writer, r node.HubsVerifyResult) {
	for _, i := range r.Items {
		mark := "✓"
		if !i.OK {
			mark = "✗"
		}
		fmt.Fprintf(w, "%s %s\n", mark, i.Line())
		if i.OK && i.Own != nil {
			fmt.Fprintf(w, "  of that, %s %s to %s\n", i.Own.Owed, wherry.Currency, i.Own.Payee.Short())
		}
	}
}

// wrongHubs names the flaws, once per hub and chain.
func wrongHubs(r node.HubsVerifyResult) (out []string) {
	for _, i := range r.Items {
		var flaws []string
		for _, p := range i.Problems {
			flaws = append(flaws, string(p.Flaw))
		}
		if len(flaws) > 0 {
			name := i.Name
			if name == "" {
				name = i.Hub.Short()
			}
			out = append(out, fmt.Sprintf("hub %s on chain %d: %s", name, i.Chain, strings.Join(flaws, ", ")))
		}
	}
	return out
}

// percent shows parts per million as a person reads them.
func percent(ppm uint64) string {
	s := fmt.Sprintf("%d.%04d", ppm/10_000, ppm%10_000)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".") + " %"
}

func chains(ids []uint64) string {
	var out []string
	for _, id := range ids {
		out = append(out, strconv.FormatUint(id, 10))
	}
	return strings.Join(out, ", ")
}
