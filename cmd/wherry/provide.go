package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/node"
)

func (a *app) provideCmd() *cobra.Command {
	var price, hour, place, name string
	c := &cobra.Command{
		Use:   "provide",
		Short: "sell bandwidth",
		Long: `Offers a tunnel to the internet through this computer, for a price, until it is
interrupted. Strangers' traffic leaves from your address: the exit policy
refuses your own network, this computer's other ports and outgoing mail. What
they visit is never logged.`,
		Example: "  wherry provide --place SE/Gothenburg --price 0.08",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			p := &cfg.Provider
			for _, f := range []struct {
				flag, text string
				into       *wherry.Amount
			}{{"--price", price, &p.PerGiB}, {"--price-hour", hour, &p.PerHour}} {
				if f.text == "" {
					continue
				}
				if *f.into, err = wherry.ParseAmount(f.text); err != nil {
					return fmt.Errorf("%s: %w", f.flag, err)
				}
			}
			if place != "" {
				p.Place = place
			}
			if name != "" {
				p.Name = name
			}
			return cfg.Provide(cmd.Context(), func(r node.ProvideReady) {
				a.sayReady("provider", r.Listen.String(), fmt.Sprintf("selling in %s on %s for %s %s/GiB + %s/h", r.Place, r.Listen, r.Rate.PerGiB, wherry.Currency, r.Rate.PerHour))
			})
		},
	}
	c.Flags().StringVar(&price, "price", "", "`price` per GiB")
	c.Flags().StringVar(&hour, "price-hour", "", "`price` per hour")
	c.Flags().StringVar(&place, "place", "", "where this computer is, as `COUNTRY/City`")
	c.Flags().StringVar(&name, "name", "", "what people call this provider")
	c.AddCommand(a.provideSettleCmd(), &cobra.Command{
		Use: "earnings", Short: "what was earned: settled and waiting", Args: cobra.NoArgs,
		Example: "  wherry provide earnings --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			s, err := cfg.Earnings(cmd.Context())
			if err != nil {
				return err
			}
			return a.print(s, func(w io.Writer) {
				fmt.Fprintf(w, "%s, paid to %s on chain %d by hub %s\n", s.Provider, s.Payee.Short(), s.Chain, s.Hub.Short())
				table(w, [][]string{
					{"  earned", wherry.Currency},
					{"  settled", s.Settled.String()},
					{"  waiting", s.Waiting.String()},
					{"  in all", s.Earned.String()},
					{"  not yet revealed", s.Unrevealed.String()},
				})
			})
		},
	})
	return c
}
