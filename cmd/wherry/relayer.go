package main

import (
	"bufio"
	"fmt"
	"io"
	"net/netip"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/node"
)

func (a *app) relayerCmd() *cobra.Command {
	return group("relayer", "submit for people who hold no gas, for a fee",
		"  wherry relayer run\n  wherry relayer fee",
		a.relayerRunCmd(),
		&cobra.Command{
			Use: "fee [NAME|URL]", Short: "what relayers take now", Args: cobra.MaximumNArgs(1),
			Example: "  wherry relayer fee",
			RunE: func(cmd *cobra.Command, args []string) error {
				cfg, err := a.settings()
				if err != nil {
					return err
				}
				s, err := cfg.RelayerFees(cmd.Context(), strings.Join(args, ""))
				if err != nil {
					return err
				}
				return a.print(s, func(w io.Writer) {
					rows := [][]string{{"RELAYER", "CHAIN", "TOP UP", "LEAVE AT ONCE", "LEAVE ALONE", "SWEEP"}}
					for _, x := range s.Items {
						rows = append(rows, []string{x.Name, fmt.Sprint(x.Chain), x.TopUp.String(), x.Close.String(), x.Leave.String(), x.Sweep.String()})
					}
					table(w, rows)
				})
			},
		},
		&cobra.Command{
			Use: "status", Short: "what this relayer has done, earned and spent", Args: cobra.NoArgs,
			Example: "  wherry relayer status --json",
			RunE: func(cmd *cobra.Command, _ []string) error {
				cfg, err := a.settings()
				if err != nil {
					return err
				}
				s, err := cfg.RelayerStatus(cmd.Context())
				if err != nil {
					return err
				}
				return a.print(s, func(w io.Writer) { relayerScreen(w, s) })
			},
		},
	)
}

func (a *app) relayerRunCmd() *cobra.Command {
	var listen string
	c := &cobra.Command{
		Use: "run", Short: "run the relayer until it is interrupted", Args: cobra.NoArgs,
		Long: `Puts on chain what people without gas have signed: top-ups, leaving a hub, and
the finalizing of exits. Each signature names this relayer and its fee in tokens.
The account needs coins for gas on every chain of its table [[relayer.chain]],
which also says what a coin is worth in tokens.`,
		Example: "  wherry relayer run --listen 127.0.0.1:7090",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			if listen != "" {
				if cfg.Relayer.Listen, err = netip.ParseAddrPort(listen); err != nil {
					return wherry.Errorf(wherry.Invalid, "--listen: %w", err)
				}
			}
			return cfg.RelayerRun(cmd.Context(), func(r node.RelayerReady) {
				a.sayReady("relayer", r.Listen.String(), fmt.Sprintf("relayer %s answers on http://%s for chains %v", r.Relayer, r.Listen, r.Chains))
			})
		},
	}
	c.Flags().StringVar(&listen, "listen", "", "`address` to answer on")
	return c
}

func relayerScreen(w io.Writer, s node.RelayerState) {
	fmt.Fprintf(w, "relayer %s: %d on their way, %d exits wait for their date, %d done, %d failed\n", s.Relayer, s.Open, s.Waiting, s.Final, s.Failed)
	table(w, [][]string{{"", wherry.Currency}, {"  earned", s.Earned.String()}, {"  owed for exits", s.Owed.String()}})
	for _, c := range s.Chains {
		fmt.Fprintf(w, "  chain %d: %d gas for %s wei\n", c.Chain, c.GasUsed, c.CostWei)
	}
	for _, x := range s.Items {
		fmt.Fprintf(w, "%s  %s on chain %d for %s, %s  %s\n", x.ID, x.Kind, x.Chain, x.Fee, x.State, x.Error)
	}
}

// relayFlags are how a command of the wallet says what it thinks of relayers.
type relayFlags struct {
	relayer, maxFee string
	yes             bool
}

func (f *relayFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.relayer, "relayer", "", "`name`, address or URL of the relayer that does it; default: the cheapest, where you have no gas")
	c.Flags().StringVar(&f.maxFee, "max-fee", "", "`amount` that a relayer gets at most; default 0.5")
	c.Flags().BoolVarP(&f.yes, "yes", "y", false, "do not ask before a fee is signed")
}

// into puts the flags into a configuration.
func (f *relayFlags) into(a *app, cfg *node.Config) error {
	cfg.Relay = node.RelayOptions{Relayer: f.relayer, Agree: func(o node.RelayOffer) error { return a.agree(o, f.yes) }}
	if f.maxFee == "" {
		return nil
	}
	var err error
	if cfg.Relay.MaxFee, err = wherry.ParseAmount(f.maxFee); err != nil {
		return fmt.Errorf("--max-fee: %w", err)
	}
	return nil
}

// agree shows what a relayer takes and, where there is a person at a terminal,
// asks. A script has said with its limit what it agrees to.
func (a *app) agree(o node.RelayOffer, yes bool) error {
	switch {
	case o.Kind == "topup":
		a.note("%s %s become your deposit; relayer %s takes %s for it, out of your account", o.Amount, wherry.Currency, o.Relayer, o.Fee)
	case o.Kind == "take_back":
		a.note("%s %s come to your account from your deposit address; relayer %s takes %s of it", o.Amount, wherry.Currency, o.Relayer, o.Fee)
	case o.FreeAt.IsZero():
		a.note("with the hub's consent, what is left of %s %s comes back at once; relayer %s takes %s of it", o.Amount, wherry.Currency, o.Relayer, o.Fee)
	default:
		a.note("the hub does not consent. Leaving without it gives back\n  %s %s, less what the hub still collects and %s for relayer %s\n  on %s; nobody can stop it",
			o.Amount, wherry.Currency, o.Fee, o.Relayer, o.FreeAt.Local().Format("2 January 2006 15:04"))
	}
	f, ok := a.stdin.(*os.File)
	if yes || a.json || !ok || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	fmt.Fprint(a.errOut, "Go on? [y/N] ")
	line, _ := bufio.NewReader(f).ReadString('\n')
	if s := strings.ToLower(strings.TrimSpace(line)); s != "y" && s != "yes" {
		return wherry.Errorf(wherry.Interrupted, "nothing was signed")
	}
	return nil
}
