package main

import (
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/wherrynet/wherry/node"
)

// guardCmd is for units and for the daemon, not for people.
func (a *app) guardCmd() *cobra.Command {
	var dir string
	serve := &cobra.Command{
		Use:     "serve",
		Short:   "change the network as a daemon wishes that holds descriptor 3",
		Example: "  wherry guard serve --dir /var/lib/wherry-guard",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			// The daemon decides when this ends: it is told to stop too, and may
			// still have to restore what was there.
			signal.Ignore(syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
			log, err := a.logger()
			if err != nil {
				return err
			}
			return node.GuardServe(cmd.Context(), dir, log)
		},
	}
	serve.Flags().StringVar(&dir, "dir", node.GuardDir, "`directory` for what was there before")
	shut := &cobra.Command{
		Use:     "close",
		Short:   "close this machine's network until a daemon opens its tunnel",
		Example: "  wherry guard close",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return node.GuardClose() },
	}
	free := &cobra.Command{
		Use:   "open",
		Short: "take everything back that keeps this machine's network closed, when no daemon can",
		Long: `For a machine that is closed and whose daemon does not start: end the daemon
first, else it closes again. What was there before is restored where it is known;
what can't be restored is said, and the network is open all the same.`,
		Example: "  sudo systemctl stop wherry && sudo wherry guard open",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return node.GuardOpen(dir) },
	}
	free.Flags().StringVar(&dir, "dir", node.GuardDir, "`directory` with what was there before")
	c := group("guard", "the part that needs root", "  wherry guard close", serve, shut, free)
	c.Hidden = true
	return c
}
