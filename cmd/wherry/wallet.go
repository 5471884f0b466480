package main

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/node"
)

func (a *app) walletCmd() *cobra.Command {
	var hub string
	c := &cobra.Command{
		Use: "wallet", Short: "what you have, and where", Args: cobra.NoArgs,
		Example: "  wherry wallet\n  wherry wallet topup 10",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := a.settingsFor(hub)
			if err != nil {
				return err
			}
			s, err := cfg.Wallet(cmd.Context())
			if err != nil {
				return err
			}
			return a.print(s, func(w io.Writer) { walletScreen(w, s) })
		},
	}
	c.AddCommand(
		a.walletAddressCmd(), a.walletSweepCmd(), a.walletRescueCmd(),
		a.walletTopUpCmd(&hub),
		a.walletLeaveCmd(&hub),
	)
	c.PersistentFlags().StringVar(&hub, "hub", "", "`name` or address of the hub; needed only with deposits at several")
	return c
}

// settingsFor is settings, for one hub if it is named.
func (a *app) settingsFor(hub string) (node.Config, error) {
	cfg, err := a.settings()
	if err != nil {
		return cfg, err
	}
	return cfg.ForHub(hub)
}

// showTerms shows a hub's terms before money moves under them.
func (a *app) showTerms(h node.HubEntry, t node.HubTerms) {
	if !a.json && !a.quiet {
		fmt.Fprintf(a.errOut, "hub %s\n", h.Called())
		termsScreen(a.errOut, t)
	}
}

func (a *app) walletTopUpCmd(hub *string) *cobra.Command {
	var by relayFlags
	c := &cobra.Command{
		Use: "topup AMOUNT", Short: "move tokens from your account into your deposit with the hub", Args: cobra.ExactArgs(1),
		Long: `Moves tokens from your account into your deposit with the hub, whose terms are
shown first. Where your account has no gas, a relayer does it for a fee in tokens,
which is shown before anything is signed.`,
		Example: "  wherry wallet topup 10 --hub north",
		RunE: func(cmd *cobra.Command, args []string) error {
			amount, err := wherry.ParseAmount(args[0])
			if err != nil {
				return err
			}
			cfg, err := a.settingsFor(*hub)
			if err != nil {
				return err
			}
			if err := by.into(a, &cfg); err != nil {
				return err
			}
			t, err := cfg.TopUp(cmd.Context(), amount, func(step string) { a.note("✓ %s", step) }, a.showTerms)
			if err != nil {
				return err
			}
			return a.printTransaction(t)
		},
	}
	by.add(c)
	return c
}

func (a *app) walletLeaveCmd(hub *string) *cobra.Command {
	var alone bool
	var by relayFlags
	c := &cobra.Command{
		Use: "leave", Short: "take back what is left of your deposit", Args: cobra.NoArgs,
		Long: `Asks the hub for its consent and takes the money at once. Where the hub is gone
or not willing, announces that you leave: the money is free after the delay that
the contract sets, and nobody can stop it. Run it again then to take the money.
Where your account has no gas, a relayer does all of it for a fee in tokens.`,
		Example: "  wherry wallet leave",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := a.settingsFor(*hub)
			if err != nil {
				return err
			}
			if err := by.into(a, &cfg); err != nil {
				return err
			}
			r, err := cfg.Leave(cmd.Context(), node.LeaveOptions{Alone: alone})
			if err != nil {
				return err
			}
			return a.print(r, func(w io.Writer) {
				if t := r.Tx; t != nil {
					fmt.Fprintf(w, "%s  %s on chain %d, %s, for %s wei\n", t.ID, t.Call, t.Chain, t.State, t.CostWei)
				}
				if r.FreeAt != nil {
					fmt.Fprintf(w, "%s %s will be free on %s; run this again then\n", r.Amount, wherry.Currency, r.FreeAt.Local().Format("2 January 2006 15:04"))
					return
				}
				fmt.Fprintf(w, "%s %s came back to your account\n", r.Amount, wherry.Currency)
			})
		},
	}
	c.Flags().BoolVar(&alone, "alone", false, "do not ask the hub")
	by.add(c)
	return c
}

func (a *app) printTransaction(t node.Transaction) error {
	return a.print(struct {
		Schema string `json:"schema"`
		node.Transaction
	}{"wherry.transaction/1", t}, func(w io.Writer) {
		fmt.Fprintf(w, "%s  %s on chain %d, %s", t.ID, t.Call, t.Chain, t.State)
		if t.GasUsed != 0 {
			fmt.Fprintf(w, ", for %s wei", t.CostWei)
		}
		fmt.Fprintln(w)
	})
}

func walletScreen(w io.Writer, s node.WalletState) {
	fmt.Fprintln(w, s.Address)
	for _, acc := range s.Accounts {
		fmt.Fprintf(w, "in your account on chain %d: %s %s\n", acc.Chain, acc.InWallet, wherry.Currency)
	}
	rows := [][]string{{"HUB", "CHAIN", "PUT IN", "SPENT", "LEFT", "AT RISK", ""}}
	row := func(name, chain string, putIn, spent, left, atRisk node.Money, note string) {
		rows = append(rows, []string{name, chain, putIn.String(), spent.String(), left.String(), atRisk.String(), note})
	}
	for _, i := range s.Items {
		name, note := i.Name, ""
		if name == "" {
			name = i.Hub.Short()
		}
		if i.Leaving != nil {
			note = "leaving: free on " + i.Leaving.Local().Format(time.RFC1123)
		} else if i.Problem != "" {
			note = "not paid through: " + i.Problem
		}
		row(name, strconv.FormatUint(i.Chain, 10), i.PutIn, i.Spent, i.Left, i.AtRisk, note)
	}
	if len(s.Items) > 1 {
		row("in all", "", s.PutIn, s.Spent, s.Left, s.AtRisk, "")
	}
	table(w, rows)
}
