package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/node"
)

func (a *app) walletAddressCmd() *cobra.Command {
	var by relayFlags
	c := &cobra.Command{
		Use: "address", Short: "print the addresses to send tokens to", Args: cobra.NoArgs,
		Long: `Prints your own account, and below it your deposit addresses: what somebody
sends there by a plain transfer, an exchange for example, becomes your deposit
with that hub without anything signed, once a relayer has swept it for the fee
that is shown. The fee is part of the address, so that nobody can take more.
Send only FARE, and only on the chain that stands beside it.`,
		Example: "  wherry wallet address",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			if err := by.into(a, &cfg); err != nil {
				return err
			}
			s, err := cfg.Addresses(cmd.Context())
			if err != nil {
				return err
			}
			return a.print(s, func(w io.Writer) { addressScreen(w, s) })
		},
	}
	c.Flags().StringVar(&by.relayer, "relayer", "", "`name`, address or URL of the relayer that is to sweep; default: the cheapest")
	return c
}

func addressScreen(w io.Writer, s node.AddressState) {
	fmt.Fprintln(w, s.Address)
	if len(s.Items) == 0 {
		return
	}
	rows := [][]string{{"BECOMES YOUR DEPOSIT", "WITH HUB", "CHAIN", "FEE", "AT LEAST", "WAITS THERE"}}
	for _, i := range s.Items {
		name, least := i.Name, i.Least.String()
		if name == "" {
			name = i.Hub.Short()
		}
		if i.Relayer == "" {
			least = "nobody sweeps it"
		}
		rows = append(rows, []string{i.Address.String(), name, fmt.Sprint(i.Chain), i.MaxFee.String(), least, i.Held.String()})
	}
	table(w, rows)
}

func (a *app) walletSweepCmd() *cobra.Command {
	return a.depositCmd("sweep", "move what waits at your deposit addresses into your deposits",
		`Moves what was sent to your deposit addresses into your deposits: with your own
gas where you have any, and then for no fee; otherwise the relayer does it that
looks after the address. It does so without being asked, too.`,
		node.Config.Sweep)
}

func (a *app) walletRescueCmd() *cobra.Command {
	return a.depositCmd("rescue", "take what waits at your deposit addresses back into your account",
		`Takes what was sent to your deposit addresses back into your account, whatever
has become of the hub: with your own gas where you have any, otherwise by a
relayer for a fee, which is shown first.`,
		node.Config.Rescue)
}

func (a *app) depositCmd(use, short, long string, do func(node.Config, context.Context) (node.SweepResult, error)) *cobra.Command {
	var by relayFlags
	c := &cobra.Command{
		Use: use, Short: short, Args: cobra.NoArgs, Long: long,
		Example: "  wherry wallet " + use,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			if err := by.into(a, &cfg); err != nil {
				return err
			}
			r, err := do(cfg, cmd.Context())
			if err != nil {
				return err
			}
			return a.print(r, func(w io.Writer) {
				if len(r.Items) == 0 {
					fmt.Fprintln(w, "nothing waits at your deposit addresses")
				}
				for _, i := range r.Items {
					fmt.Fprintf(w, "%s  %s %s on chain %d: %s  %s\n", i.Address, i.Amount, wherry.Currency, i.Chain, i.State, i.Why)
				}
			})
		},
	}
	by.add(c)
	return c
}
