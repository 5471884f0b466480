package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
)

func (a *app) offersCmd() *cobra.Command {
	var maxPrice string
	c := &cobra.Command{
		Use: "offers [PLACE]", Short: "the market: who sells, where and for how much", Args: cobra.MaximumNArgs(1),
		Example: "  wherry offers se --max-price 0.10",
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			var q api.OffersQuery
			if len(args) == 1 {
				if q.Place, err = wherry.ParsePlace(args[0]); err != nil {
					return err
				}
			}
			if maxPrice != "" {
				p, err := wherry.ParseAmount(maxPrice)
				if err != nil {
					return fmt.Errorf("--max-price: %w", err)
				}
				q.MaxPerGiB = &p
			}
			r, err := cfg.Offers(cmd.Context(), q)
			if err != nil {
				return err
			}
			return a.print(r, func(w io.Writer) { a.offersTable(w, r) })
		},
	}
	c.Flags().StringVar(&maxPrice, "max-price", "", "nobody above this `price` per GiB")
	return c
}

func (a *app) offersTable(w io.Writer, r api.Offers) {
	if len(r.Items) == 0 {
		a.note("none of %d offers fits", r.Total)
		return
	}
	rows := [][]string{{"PROVIDER", "PLACE", "IP TYPE", wherry.Currency + "/GiB", "/HOUR"}}
	for _, o := range r.Items {
		name := o.Name
		if name == "" {
			name = o.Provider.Short()
		}
		rows = append(rows, []string{name, o.Place.String(), o.IPType, o.PerGiB.String(), o.PerHour.String()})
	}
	table(w, rows)
	a.note("%d of %d offers fit", len(r.Items), r.Total)
}
