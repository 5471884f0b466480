package main

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/client"
)

// daemon returns a client of the daemon that the flags name.
func (a *app) daemon() *client.Client { return client.New(a.socket) }

// connectFlags are the flags that make a wish.
type connectFlags struct {
	maxPrice, maxHour, budget, ipType string
	spare                             bool
	noWait, dryRun                    bool
	timeout                           time.Duration
}

// wish returns what a command line asks for.
func (f *connectFlags) wish(cmd *cobra.Command, args []string) (api.Connect, error) {
	w := api.Connect{IPType: f.ipType}
	if len(args) == 1 {
		if err := w.To(args[0]); err != nil {
			return w, err
		}
	}
	for _, m := range []struct {
		name, text string
		at         **api.Money
	}{{"--max-price", f.maxPrice, &w.MaxPerGiB}, {"--max-hour", f.maxHour, &w.MaxPerHour}, {"--budget", f.budget, &w.Budget}} {
		if m.text == "" {
			continue
		}
		v, err := wherry.ParseAmount(m.text)
		if err != nil {
			return w, fmt.Errorf("%s: %w", m.name, err)
		}
		*m.at = &api.Money{Amount: v}
	}
	if cmd.Flags().Changed("spare") {
		w.Spare = &f.spare
	}
	return w, w.Check()
}

func (a *app) connectCmd() *cobra.Command {
	var f connectFlags
	c := &cobra.Command{
		Use:     "connect [PLACE|PROVIDER]",
		Aliases: []string{"up"},
		Short:   "send everything on this computer through a tunnel, and pay for it as it is used",
		Long: `Asks the daemon for a tunnel to the cheapest provider that fits: in a country
(se), a city (se/got), or the one that is named by name or address. Until there
is one, and whenever it breaks, nothing leaves this computer. A connection that
there is goes over to the new wish. Settings stay as they are.`,
		Example:           "  wherry connect se --max-price 0.12\n  wherry connect lill-ekorre\n  wherry connect --dry-run",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: a.completePlaces,
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := f.wish(cmd, args)
			if err != nil {
				return err
			}
			d := a.daemon()
			defer d.Close()
			if f.dryRun {
				p, err := d.Plan(cmd.Context(), w)
				if err != nil {
					return err
				}
				return a.print(p, func(w io.Writer) { planScreen(w, p) })
			}
			return a.change(cmd.Context(), d, f.noWait, f.timeout, func(ctx context.Context, wait time.Duration) (api.Status, error) {
				return d.Connect(ctx, w, wait)
			})
		},
	}
	c.Flags().StringVar(&f.maxPrice, "max-price", "", "no provider above this `price` per GiB")
	c.Flags().StringVar(&f.maxHour, "max-hour", "", "no provider above this `price` per hour")
	c.Flags().StringVar(&f.budget, "budget", "", "sign nothing beyond this `amount`")
	c.Flags().StringVar(&f.ipType, "ip-type", "", "residential, hosting or mobile")
	c.Flags().BoolVar(&f.spare, "spare", false, "keep a second session agreed; default: the setting")
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "say what would be done, and do nothing")
	a.waitFlags(c, &f)
	_ = c.RegisterFlagCompletionFunc("ip-type", cobra.FixedCompletions([]string{"residential", "hosting", "mobile"}, cobra.ShellCompDirectiveNoFileComp)) // the flag is there
	return c
}

func (a *app) waitFlags(c *cobra.Command, f *connectFlags) {
	c.Flags().BoolVar(&f.noWait, "no-wait", false, "do not wait for the tunnel; exit status 8")
	c.Flags().DurationVar(&f.timeout, "timeout", time.Minute, "how long to wait for the tunnel")
}

func (a *app) reconnectCmd() *cobra.Command {
	var f connectFlags
	var other bool
	c := &cobra.Command{
		Use:     "reconnect",
		Short:   "open a new tunnel for the same wish; nothing leaves meanwhile",
		Example: "  wherry reconnect --other",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d := a.daemon()
			defer d.Close()
			return a.change(cmd.Context(), d, f.noWait, f.timeout, func(ctx context.Context, wait time.Duration) (api.Status, error) {
				return d.Reconnect(ctx, other, wait)
			})
		},
	}
	c.Flags().BoolVar(&other, "other", false, "with another provider")
	a.waitFlags(c, &f)
	return c
}

func (a *app) disconnectCmd() *cobra.Command {
	return &cobra.Command{
		Use:     "disconnect",
		Aliases: []string{"down"},
		Short:   "end the session; the network opens, unless lockdown is on",
		Long: `Ends the session in good order: the last receipt is waited for, and routes, DNS
and firewall are given back as they were. With lockdown on the network stays
closed.`,
		Example: "  wherry disconnect",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d := a.daemon()
			defer d.Close()
			s, err := d.Disconnect(cmd.Context())
			if err != nil {
				return err
			}
			return a.print(s, func(w io.Writer) {
				a.first(w, s)
				if !s.Spent.Session.IsZero() {
					rows{w, 10}.row("Spent", "%s %s for %s", amount(s.Spent.Session), wherry.Currency, size(s.Carried.DownBytes+s.Carried.UpBytes))
				}
			})
		},
	}
}

// change does what ends in a tunnel: it shows the steps as they happen, and what
// came of it.
func (a *app) change(ctx context.Context, d *client.Client, noWait bool, timeout time.Duration, do func(context.Context, time.Duration) (api.Status, error)) error {
	if noWait {
		timeout = 0
	}
	began := a.now()
	watching, stop := context.WithCancel(ctx)
	var wg sync.WaitGroup
	seen := steps{app: a}
	if !a.json && !a.quiet && !noWait {
		wg.Go(func() {
			for s, err := range d.Watch(watching) {
				if err != nil {
					return // the answer says what is wrong
				}
				seen.see(s)
			}
		})
	}
	s, err := do(ctx, timeout)
	stop()
	wg.Wait()
	if ctx.Err() != nil {
		a.note("the daemon goes on; wherry disconnect ends it")
		return ctx.Err()
	}
	if err != nil && wherry.CodeOf(err) != wherry.Pending {
		if now, serr := d.Status(ctx); serr == nil && now.State == api.Blocked {
			for _, way := range now.ToGoOn {
				a.try = append(a.try, way.Command+" ("+way.Does+")")
			}
		}
		return err
	}
	if perr := a.print(s, func(w io.Writer) { a.connectScreen(w, s, a.now().Sub(began)) }); perr != nil {
		return perr
	}
	if err != nil {
		return wherry.Errorf(wherry.Pending, "%w: wherry wait --for connected waits for it", err)
	}
	return nil
}

// steps shows what happens until there is a tunnel, on standard error.
type steps struct {
	*app
	asked string
	why   string
}

// see prints what is new.
func (p *steps) see(s api.Status) {
	if s.State != api.Connecting && s.State != api.Reconnecting {
		return
	}
	if s.Cause != nil && s.Cause.Message != p.why && s.Try > 1 {
		p.why = s.Cause.Message
		p.note("✗ %s", p.why)
	}
	if s.Provider == nil || s.Provider.Address.String() == p.asked {
		return
	}
	p.asked = s.Provider.Address.String()
	p.note("… asking %s", providerLine(*s.Provider, s.Price))
}

// connectScreen prints what came of a wish.
func (a *app) connectScreen(w io.Writer, s api.Status, took time.Duration) {
	if s.State != api.Connected {
		a.statusScreen(w, s)
		return
	}
	if s.Provider != nil {
		a.note("✓ %s", providerLine(*s.Provider, s.Price))
	}
	if c := s.PaidThrough; c != nil {
		a.note("✓ paid from the deposit with hub %s, %s %s left", hubName(*c), amount(c.Left), wherry.Currency)
	}
	a.note("✓ connected in %.1f s\n", took.Seconds())
	r := rows{w, 15}
	if len(s.SeenAs) > 0 {
		r.row("You appear as", "%s", addresses(s.SeenAs))
	}
	limitsRow(r, s.Limits, s.Spent)
	r.row("At risk", "%s %s if this provider vanishes now", amount(s.AtRisk), wherry.Currency)
	outsideRow(r, s.Settings)
}

// planScreen prints what connecting would do.
func planScreen(w io.Writer, p api.Plan) {
	fmt.Fprintf(w, "Would connect to %s\n", providerLine(p.Provider, &p.Price))
	r := rows{w, 15}
	r.row("Paid from", "the deposit with hub %s: %s of %s %s left", hubName(p.PaidThrough), amount(p.PaidThrough.Left), amount(p.PaidThrough.Deposit), wherry.Currency)
	limitsRow(r, p.Limits, api.Spent{})
	r.row("At risk", "%s %s at the start", amount(p.AtRisk), wherry.Currency)
	r.row("Otherwise", "%d more fit", p.Others)
	fmt.Fprintln(w, "Nothing was done.")
}

// completePlaces offers the countries and providers that the market has now.
func (a *app) completePlaces(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	ctx, cancel := context.WithTimeout(cmd.Context(), 2*time.Second)
	defer cancel()
	d := a.daemon()
	defer d.Close()
	o, err := d.Offers(ctx, api.OffersQuery{}, 0, "")
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	seen := map[string]bool{}
	var out []string
	add := func(word, text string) {
		if word != "" && !seen[word] {
			seen[word] = true
			out = append(out, word+"\t"+text)
		}
	}
	for _, i := range o.Items {
		add(lowerCountry(i.Place), where(wherry.Place{Country: i.Place.Country}))
	}
	for _, i := range o.Items {
		add(i.Name, where(i.Place)+", "+price(i.PerGiB)+" "+wherry.Currency+"/GiB")
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
