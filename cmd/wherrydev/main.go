// Command wherrydev runs a whole small wherry network on one machine: two
// embedded chains, two hubs, three providers, a consumer and a web site, each a
// process of its own. wherrydev demo shows the main job from beginning to end;
// wherrydev up leaves a network running to play with.
//
// It links go-ethereum's node, which the product binary must not.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/devnet"
	"github.com/wherrynet/wherry/node"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := root().ExecuteContext(ctx)
	stop()
	if err == nil {
		return
	}
	if errors.Is(err, context.Canceled) {
		err = wherry.Errorf(wherry.Interrupted, "interrupted")
	}
	fmt.Fprintln(os.Stderr, "wherrydev:", err)
	os.Exit(wherry.CodeOf(err).Info().Exit)
}

func root() *cobra.Command {
	r := &cobra.Command{
		Use:           "wherrydev",
		Short:         "a whole wherry network on this computer",
		Example:       "  wherrydev demo\n  wherrydev up",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	r.CompletionOptions.HiddenDefaultCmd = true
	r.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return wherry.Errorf(wherry.Invalid, "%w; see %s --help", err, c.CommandPath())
	})
	r.AddCommand(demoCmd(), upCmd(), downCmd(), statusCmd(), faucetCmd(), timeCmd(), reorgCmd(), cheatCmd(), chainCmd(), siteCmd(), frontCmd())
	return r
}

// where are the flags that say which network is meant.
type where struct{ dir, wherry string }

func (w *where) flags(c *cobra.Command) *cobra.Command {
	c.Flags().StringVar(&w.dir, "dir", filepath.Join(node.StateHome("wherrydev"), "net"), "`directory` of the network")
	c.Flags().StringVar(&w.wherry, "wherry", "", "path of the wherry `program`; default: the one beside this one")
	return c
}

func (w *where) open() (*devnet.Net, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	path := w.wherry
	if path == "" {
		path = filepath.Join(filepath.Dir(self), "wherry")
	}
	if path, err = filepath.Abs(path); err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "there is no program %s: make build, or name it with --wherry", path)
	}
	return devnet.Open(w.dir, path, self)
}

func say(format string, args ...any) { fmt.Printf("  "+format+"\n", args...) }

func upCmd() *cobra.Command {
	var w where
	var layout string
	c := w.flags(&cobra.Command{
		Use: "up", Short: "start the network and leave it running", Args: cobra.NoArgs,
		Example: "  wherrydev up",
		RunE: func(c *cobra.Command, _ []string) error {
			n, err := w.open()
			if err != nil {
				return err
			}
			if layout != "" {
				l, err := devnet.ReadLayout(layout)
				if err != nil {
					return err
				}
				if err := n.LayOut(l); err != nil {
					return err
				}
			}
			n.Say = say
			if err := n.UpWithConsumer(c.Context()); err != nil {
				return err
			}
			fmt.Print(n.HowTo())
			return nil
		},
	})
	c.Flags().StringVar(&layout, "layout", "", "`file` that puts the roles on several hosts")
	_ = c.Flags().MarkHidden("layout") // tests draw such networks; a person wants the loopback
	return c
}

func downCmd() *cobra.Command {
	var w where
	return w.flags(&cobra.Command{
		Use: "down", Short: "stop the network; its books stay", Args: cobra.NoArgs,
		Example: "  wherrydev down",
		RunE: func(c *cobra.Command, _ []string) error {
			n, err := w.open()
			if err != nil {
				return err
			}
			return n.Down(c.Context())
		},
	})
}

func demoCmd() *cobra.Command {
	var wherryPath, dir string
	var keep bool
	c := &cobra.Command{
		Use: "demo", Short: "show the main job once, from a fresh network to settled books", Args: cobra.NoArgs,
		Example: "  wherrydev demo",
		RunE: func(c *cobra.Command, _ []string) error {
			if dir == "" {
				d, err := os.MkdirTemp("", "wherry-demo-")
				if err != nil {
					return err
				}
				dir = d
				if !keep {
					defer os.RemoveAll(d)
				}
			}
			w := where{dir: dir, wherry: wherryPath}
			n, err := w.open()
			if err != nil {
				return err
			}
			return n.Demo(c.Context(), os.Stdout)
		},
	}
	c.Flags().StringVar(&wherryPath, "wherry", "", "path of the wherry `program`; default: the one beside this one")
	c.Flags().StringVar(&dir, "dir", "", "`directory` of the network, which is kept; default: one that is removed at the end")
	c.Flags().BoolVar(&keep, "keep", false, "keep the directory")
	return c
}
