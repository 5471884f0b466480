package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/node"
)

// ownerFlags are those of commands that only a hub's owner may use.
type ownerFlags struct {
	chain uint64
	hub   string
}

func (f *ownerFlags) add(c *cobra.Command) {
	c.Flags().Uint64Var(&f.chain, "chain", 0, "`ID` of the chain; default: the network's first")
	c.Flags().StringVar(&f.hub, "hub", "", "`address` of the hub, where its key is not at hand; default: this identity")
}

func (f *ownerFlags) options() (node.HubOpenOptions, error) {
	o := node.HubOpenOptions{Chain: f.chain}
	if f.hub == "" {
		return o, nil
	}
	var err error
	if o.Hub, err = wherry.ParseAddress(f.hub); err != nil {
		return o, fmt.Errorf("--hub: %w", err)
	}
	return o, nil
}

func (a *app) hubWithdrawCmd() *cobra.Command {
	var f ownerFlags
	c := &cobra.Command{
		Use: "withdraw AMOUNT", Short: "send the owner some of what is free", Args: cobra.ExactArgs(1),
		Long: `Sends the owner of the hub, whose key has to be in this keystore, an amount of
what the hub has free on a chain: what it earned, and what was added to it.
Deposits and reserves are not the hub's, and cannot be withdrawn by anybody.`,
		Example: "  wherry hub withdraw 25 --chain 31002",
		RunE: func(cmd *cobra.Command, args []string) error {
			amount, err := wherry.ParseAmount(args[0])
			if err != nil {
				return err
			}
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			o, err := f.options()
			if err != nil {
				return err
			}
			t, err := cfg.HubWithdraw(cmd.Context(), o, amount)
			if err != nil {
				return err
			}
			return a.printTransaction(t)
		},
	}
	f.add(c)
	return c
}

func (a *app) hubRetireCmd() *cobra.Command {
	var f ownerFlags
	var sure bool
	c := &cobra.Command{
		Use: "retire", Short: "end what the hub's key may do on a chain, for good", Args: cobra.NoArgs,
		Long: `For the day on which the hub's key is stolen, or the hub ends. From then on the
key can pay nobody out of what is free, and nothing that it signs lets anybody
leave at once. Reserves go on paying what was signed, consumers leave with the
delay, and the owner can withdraw what is free. It cannot be taken back.`,
		Example: "  wherry hub retire --chain 31002 --sure",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !sure {
				return wherry.Errorf(wherry.Invalid, "retiring a hub cannot be taken back: --sure says that you mean it")
			}
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			o, err := f.options()
			if err != nil {
				return err
			}
			t, err := cfg.HubRetire(cmd.Context(), o)
			if err != nil {
				return err
			}
			return a.printTransaction(t)
		},
	}
	f.add(c)
	c.Flags().BoolVar(&sure, "sure", false, "yes, for good")
	return c
}
