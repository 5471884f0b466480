package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/node"
)

func (a *app) provideCmd() *cobra.Command {
	var price, hour, place, name, mode string
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
			if mode != "" {
				p.Mode = node.ExitMode(mode)
			}
			return cfg.Provide(cmd.Context(), func(r node.ProvideReady) {
				a.sayReady("provider", r.Listen.String(), fmt.Sprintf("selling in %s on %s for %s %s/GiB + %s/h, %s",
					r.Place, r.Listen, r.Rate.PerGiB, wherry.Currency, r.Rate.PerHour, modeWords[r.Mode]))
			})
		},
	}
	c.Flags().StringVar(&price, "price", "", "`price` per GiB")
	c.Flags().StringVar(&hour, "price-hour", "", "`price` per hour")
	c.Flags().StringVar(&place, "place", "", "where this computer is, as `COUNTRY/City`")
	c.Flags().StringVar(&name, "name", "", "what people call this provider")
	c.Flags().StringVar(&mode, "mode", "", "how traffic leaves: `tun`, netstack or auto")
	c.AddCommand(a.provideStatusCmd(), a.provideCheckCmd(), a.provideSettleCmd(), &cobra.Command{
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
				fmt.Fprintf(w, "%s, paid to %s on chain %d\n", s.Provider, s.Payee.Short(), s.Chain)
				rows := [][]string{{"HUB", "EARNED", "SETTLED", "WAITING", "RESERVED", "NOT REVEALED"}}
				row := func(name string, m ...node.Money) {
					r := []string{name}
					for _, v := range m {
						r = append(r, v.String())
					}
					rows = append(rows, r)
				}
				for _, i := range s.Items {
					row(rowName(i), i.Earned, i.Settled, i.Waiting, i.Reserved, i.Unrevealed)
				}
				if len(s.Items) > 1 {
					row("in all", s.Earned, s.Settled, s.Waiting, s.Reserved, s.Unrevealed)
				}
				table(w, rows)
				for _, i := range s.Items {
					if i.Problem != "" {
						fmt.Fprintf(w, "! no new orders through %s: %s\n", rowName(i), i.Problem)
					}
				}
			})
		},
	})
	return c
}

func rowName(i node.EarningsItem) string {
	if i.Name != "" {
		return i.Name
	}
	return i.Hub.Short()
}
