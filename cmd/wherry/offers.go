package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/client"
	"github.com/wherrynet/wherry/node"
)

func (a *app) offersCmd() *cobra.Command {
	var maxPrice string
	c := &cobra.Command{
		Use: "offers [PLACE]", Short: "the market: who sells, where and for how much", Args: cobra.MaximumNArgs(1),
		Example: "  wherry offers se --max-price 0.10",
		RunE: func(cmd *cobra.Command, args []string) error {
			var q api.OffersQuery
			var err error
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
			r, err := a.offers(cmd.Context(), q)
			if err != nil {
				return err
			}
			return a.print(r, func(w io.Writer) { a.offersTable(w, r) })
		},
	}
	c.AddCommand(a.offersShowCmd())
	c.Flags().StringVar(&maxPrice, "max-price", "", "nobody above this `price` per GiB")
	return c
}

func (a *app) offersShowCmd() *cobra.Command {
	return &cobra.Command{
		Use: "show PROVIDER", Short: "one offer with all its terms", Args: cobra.ExactArgs(1),
		Example: "  wherry offers show lill-ekorre",
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			t, err := cfg.OfferOf(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			return a.print(t, func(w io.Writer) { sayTerms(w, t) })
		},
	}
}

func sayTerms(w io.Writer, t node.OfferTerms) {
	who := t.Provider.String()
	if t.Name != "" {
		who = t.Name + "  " + who
	}
	fmt.Fprintln(w, who)
	fmt.Fprintf(w, "  Place      %s, %s, IP%s\n", t.Place, t.IPType, t.Families)
	fmt.Fprintf(w, "  Price      %s %s/GiB + %s/h\n", t.PerGiB, wherry.Currency, t.PerHour)
	fmt.Fprintf(w, "  Lets out   %s\n", t.Lets)
	if t.Caps.Session > 0 {
		fmt.Fprintf(w, "  Session    ends after %s\n", node.Carried{Bytes: t.Caps.Session})
	}
	fmt.Fprintf(w, "  Credit     %s or %d s before you pay\n", node.Carried{Bytes: t.Credit.Bytes}, t.Credit.Seconds)
	fmt.Fprintf(w, "  Holds      until %s\n", t.Expires.Format("2006-01-02 15:04 MST"))
}

// mostOffers is as many as a daemon hands out at once.
const mostOffers = 500

// offers asks the daemon, which reaches the market while the network is closed
// too; where none answers, or the flags are about another node, it asks itself.
func (a *app) offers(ctx context.Context, q api.OffersQuery) (api.Offers, error) {
	if a.socket != "" || a.config == "" && a.network == "" && a.state == "" {
		d := a.daemon()
		defer d.Close()
		r, err := d.Offers(ctx, q, mostOffers, "")
		if a.socket != "" || !client.NoDaemon(err) && !client.NotAllowed(err) {
			return r, err
		}
	}
	cfg, err := a.settings()
	if err != nil {
		return api.Offers{}, err
	}
	return cfg.Offers(ctx, q)
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
