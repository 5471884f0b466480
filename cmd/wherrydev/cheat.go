package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/wherrynet/wherry/devnet"
)

func cheatCmd() *cobra.Command {
	var w where
	var hub string
	c := w.flags(&cobra.Command{
		Use: "cheat KIND", Short: "make a hub lie about what it can pay, to see it caught", Args: cobra.ExactArgs(1),
		Long: `Puts a liar in front of a hub of a network that runs. It has the hub's key and
books and answers whoever asks whether the hub can pay:

  leave-out    whom the hub owes most is in no statement
  understate   half of what it owes that payee is
  reserves     says that 50 more are reserved than are
  two-faces    shows each payee that asks a statement of its own
  off          tells the truth again

Then, as a provider: wherry hubs verify`,
		Example: "  wherrydev cheat leave-out --hub north",
		RunE: func(c *cobra.Command, args []string) error {
			n, err := w.open()
			if err != nil {
				return err
			}
			kind := devnet.Cheat(args[0])
			if err := n.Cheat(c.Context(), hub, kind); err != nil {
				return err
			}
			if kind == devnet.Off {
				say("hub %s is honest again", hub)
				return nil
			}
			say("hub %s cheats: %s", hub, kind)
			for _, p := range n.Paid(hub) {
				say("ask as one that it owes:  wherry hubs verify %s --config %s", hub, p)
			}
			return nil
		},
	})
	c.Flags().StringVar(&hub, "hub", "north", "`name` of the hub")
	return c
}

func frontCmd() *cobra.Command {
	var w where
	var hub, log string
	c := w.flags(&cobra.Command{
		Use: "front", Short: "run the liar in front of a hub in the foreground", Args: cobra.NoArgs, Hidden: true,
		Example: "  wherrydev front --hub north",
		RunE: func(c *cobra.Command, _ []string) error {
			n, err := w.open()
			if err != nil {
				return err
			}
			if err := n.Front(c.Context(), hub, func() { ready("front") }); err != nil {
				return fmt.Errorf("front of hub %s: %w", hub, err)
			}
			return nil
		},
	})
	c.Flags().StringVar(&hub, "hub", "", "`name` of the hub")
	c.Flags().StringVar(&log, "log", "", "`directory` that the process belongs to; only to be recognised by")
	return c
}
