package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/wherrynet/wherry/api/server"
	"github.com/wherrynet/wherry/node"
)

func (a *app) daemonCmd() *cobra.Command {
	var guardDir string
	c := &cobra.Command{
		Use:   "daemon",
		Short: "own this computer's tunnel; what connect, status and set talk to",
		Long: `Runs until it is ended, and is started by the system: as root, whose rights it
gives up once its guard runs, which is a small process of its own. It opens and
sells nothing before it is asked to.

SIGTERM ends the session in good order and opens the network, unless lockdown
is on. SIGHUP leaves the network closed as it is, for a daemon that follows at
once. Whatever else ends it leaves the network as it was: closed, if it was.`,
		Example: "  sudo systemctl enable --now wherry\n  sudo wherry daemon --config /etc/wherry/wherry.toml",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if a.config == "" {
				if _, err := os.Stat(node.DaemonConfigFile); err == nil {
					a.config = node.DaemonConfigFile
				}
			}
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			if a.socket != "" {
				cfg.Daemon.Socket = a.socket
			}
			return a.runDaemon(cmd.Context(), cfg, guardDir)
		},
	}
	c.Flags().StringVar(&guardDir, "guard-dir", "", "`directory` in which the guard keeps what was there before; default "+node.GuardDir)
	return c
}

func (a *app) runDaemon(ctx context.Context, cfg node.Config, guardDir string) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	stay := make(chan struct{})
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)
	d, err := cfg.OpenDaemon(ctx, node.DaemonOptions{Listen: server.Listen, GuardDir: guardDir})
	if err != nil {
		return err
	}
	defer d.Close()
	s, err := server.New(server.Config{
		Engine: d.VPN, Provider: d.Provider, Access: server.Access{UID: d.UID, Group: d.Group}, Version: version, Log: cfg.Log,
	})
	if err != nil {
		return err
	}
	tell, err := newNotifier(os.Getenv)
	if err != nil {
		return err
	}
	g, gctx := errgroup.WithContext(context.WithoutCancel(ctx))
	over, finish := context.WithCancel(gctx)
	g.Go(func() error {
		defer finish()
		return d.Run(ctx, stay, func(ctx context.Context) error {
			at := d.Listener.Addr().String()
			a.sayReady("daemon", at, "the daemon answers; wherry connect opens the tunnel")
			tell.say("READY=1")
			return s.Serve(ctx, d.Listener)
		})
	})
	g.Go(func() error {
		select {
		case <-hup:
			close(stay)
			end()
		case <-over.Done():
		}
		return nil
	})
	g.Go(func() error {
		select {
		case <-ctx.Done():
			tell.say("STOPPING=1")
		case <-over.Done():
		}
		return nil
	})
	g.Go(func() error {
		tell.alive(over, func() { _ = d.VPN.Status() }) // it takes the engine's lock: a stuck engine is not alive
		return nil
	})
	return g.Wait()
}
