package main

import (
	"fmt"
	"io"
	"net/netip"

	"github.com/spf13/cobra"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/node"
)

func (a *app) hubCmd() *cobra.Command {
	return group("hub", "clear payments between consumers and providers",
		"  wherry hub open --chain 31002 --fund 100\n  wherry hub run",
		a.hubRunCmd(), a.hubOpenCmd(), a.hubDrainCmd(), a.hubWithdrawCmd(), a.hubRetireCmd(),
		a.hubBackupCmd(), a.hubRestoreCmd(), a.hubJournalCmd(), a.hubSettleCmd(), a.hubTxCmd(),
		&cobra.Command{
			Use: "status", Short: "what came in, what goes out, and the fee", Args: cobra.NoArgs,
			Example: "  wherry hub status --json",
			RunE: func(cmd *cobra.Command, _ []string) error {
				cfg, err := a.settings()
				if err != nil {
					return err
				}
				s, err := cfg.HubStatus(cmd.Context())
				if err != nil {
					return err
				}
				return a.printHub(s)
			},
		},
	)
}

// printHub shows a hub's books, and what it lacks.
func (a *app) printHub(s node.HubState) error {
	return a.print(s, func(w io.Writer) {
		state := "takes orders"
		switch {
		case s.Draining:
			state = "is being drained: takes no new orders"
		case !s.Serving:
			state = "takes no orders"
		}
		fmt.Fprintf(w, "hub %s %s\n", s.Hub, state)
		table(w, [][]string{
			{"", wherry.Currency},
			{"  in", s.In.String()},
			{"  out", s.Out.String()},
			{"  fee", s.Fee.String()},
			{"  of in, collected", s.Collected.String()},
			{"  of out, paid", s.Paid.String()},
			{"  unrevealed", s.Pending.String()},
		})
		for _, c := range s.Checks {
			if c.OK {
				continue
			}
			fmt.Fprintf(w, "%s: no: %s\n", c.Name, c.Says)
			if c.Try != "" {
				fmt.Fprintf(w, "  try: %s\n", c.Try)
			}
		}
	})
}

func (a *app) hubDrainCmd() *cobra.Command {
	var cancel bool
	c := &cobra.Command{
		Use: "drain", Short: "take no new orders, end those that are open, and settle", Args: cobra.NoArgs,
		Long: `Makes the running hub ready to be stopped: new orders are refused, preimages and
everything else are served. Once no order is open, all is collected and paid.
Consumers and providers go on through other hubs. That holds after a restart too,
until --cancel.`,
		Example: "  wherry hub drain\n  wherry hub drain --cancel",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			do := cfg.HubDrain
			if cancel {
				do = cfg.HubUndrain
			}
			s, err := do(cmd.Context())
			if err != nil {
				return err
			}
			return a.printHub(s)
		},
	}
	c.Flags().BoolVar(&cancel, "cancel", false, "take orders again")
	return c
}

func (a *app) hubRunCmd() *cobra.Command {
	var listen, journal string
	c := &cobra.Command{
		Use: "run", Short: "run the hub until it is interrupted", Args: cobra.NoArgs,
		Long: `Runs the hub. Its journal lies in the state directory, in a directory named
with --journal file:DIR, or on three NATS servers with JetStream. On servers,
several machines may run the same hub with the same key: one serves, and the
others stand by and take over.`,
		Example: "  wherry hub run --listen 127.0.0.1:7080\n  wherry hub run --journal nats://10.0.0.1:4222,10.0.0.2:4222,10.0.0.3:4222/hub",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			if listen != "" {
				if cfg.Hub.Listen, err = netip.ParseAddrPort(listen); err != nil {
					return wherry.Errorf(wherry.Invalid, "--listen: %w", err)
				}
			}
			if journal != "" {
				cfg.Hub.Journal = journal
			}
			return cfg.HubRun(cmd.Context(), func(r node.HubReady) {
				a.sayReady("hub", r.Listen.String(), fmt.Sprintf("hub %s answers on http://%s; it keeps %d parts per million", r.Hub, r.Listen, r.FeePPM))
			})
		},
	}
	c.Flags().StringVar(&listen, "listen", "", "`address` to answer on")
	c.Flags().StringVar(&journal, "journal", "", journalHelp)
	return c
}

func (a *app) hubOpenCmd() *cobra.Command {
	var chainID uint64
	var owner, fund string
	c := &cobra.Command{
		Use: "open", Short: "open the hub on a chain, and fund it", Args: cobra.NoArgs,
		Long: `Registers the hub's key with the contract, under an owner who can withdraw what
is free, and adds tokens of the owner's to what it can pay out of. The owner is
an identity of the same keystore; better one that is kept elsewhere and used for
nothing else.`,
		Example: "  wherry hub open --chain 31002 --owner 0x8f3C… --fund 100",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			o := node.HubOpenOptions{Chain: chainID}
			if owner != "" {
				if o.Owner, err = wherry.ParseAddress(owner); err != nil {
					return fmt.Errorf("--owner: %w", err)
				}
			}
			if o.Fund, err = wherry.ParseAmount(fund); err != nil {
				return fmt.Errorf("--fund: %w", err)
			}
			t, err := cfg.HubOpen(cmd.Context(), o)
			if err != nil {
				return err
			}
			return a.printTransaction(t)
		},
	}
	c.Flags().Uint64Var(&chainID, "chain", 0, "`ID` of the chain; default: the network's first")
	c.Flags().StringVar(&owner, "owner", "", "`address` of the owner; default: the hub's own key")
	c.Flags().StringVar(&fund, "fund", "0", "`amount` of the owner's tokens to add")
	return c
}
