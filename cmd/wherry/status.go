package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/client"
)

func lowerCountry(p wherry.Place) string { return strings.ToLower(p.Country) }

func (a *app) statusCmd() *cobra.Command {
	var watch, check bool
	c := &cobra.Command{
		Use:   "status",
		Short: "am I protected, where do I appear, and what does it cost",
		Long: `The first line says which of four it is: connected, connecting, blocked, or open
and not protected. The exit status is 0 in each of them; --check makes it 3
unless connected.`,
		Example: "  wherry status\n  wherry status --check\n  wherry status --watch --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if watch && check {
				return wherry.Errorf(wherry.Invalid, "--watch and --check: wherry wait --for connected waits")
			}
			d := a.daemon()
			defer d.Close()
			if watch {
				return a.watch(cmd.Context(), d)
			}
			s, err := d.Status(cmd.Context())
			if err != nil {
				return err
			}
			if err := a.print(s, func(w io.Writer) { a.statusScreen(w, s) }); err != nil {
				return err
			}
			if check && s.State != api.Connected {
				return wherry.Errorf(wherry.Answer, "not connected")
			}
			return nil
		},
	}
	c.Flags().BoolVarP(&watch, "watch", "w", false, "print each change, until interrupted")
	c.Flags().BoolVar(&check, "check", false, "exit status 3 unless connected")
	return c
}

// watch prints each change: for people the first lines, as JSON everything. It
// goes on when the daemon is started again.
func (a *app) watch(ctx context.Context, d *client.Client) error {
	last, reached := "", false
	for s, err := range d.Watch(ctx) {
		if err != nil {
			if !reached || wherry.CodeOf(err) == wherry.Forbidden {
				return err
			}
			a.note("%s  %s; waiting for it", a.now().Format(time.TimeOnly), err)
			last = ""
			continue
		}
		reached = true
		if a.json {
			if err := a.line(s); err != nil {
				return err
			}
			continue
		}
		if line := firstLine(s); line != last {
			last = line
			fmt.Fprintf(a.out, "%s  %s\n", a.now().Format(time.TimeOnly), line)
		}
	}
	return nil // interrupted, as meant
}

// line prints one object of a stream.
func (a *app) line(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "%s\n", b)
	return err
}

func (a *app) waitCmd() *cobra.Command {
	var what string
	var timeout time.Duration
	c := &cobra.Command{
		Use:   "wait",
		Short: "wait until something is so, for scripts",
		Long: `Waits until the tunnel is connected or disconnected, or until there is a deposit
to pay from. The exit status is 3 when the time is over before.`,
		Example: "  wherry connect --no-wait; wherry wait --for connected --timeout 30s",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, cancel := context.WithTimeout(cmd.Context(), timeout)
			defer cancel()
			err := a.waitFor(ctx, what)
			if err != nil && ctx.Err() != nil && cmd.Context().Err() == nil {
				return wherry.Errorf(wherry.Answer, "not %s after %s", what, timeout)
			}
			return err
		},
	}
	c.Flags().StringVar(&what, "for", "connected", "connected, disconnected or funded")
	c.Flags().DurationVar(&timeout, "timeout", 30*time.Second, "how long to wait")
	_ = c.RegisterFlagCompletionFunc("for", cobra.FixedCompletions([]string{"connected", "disconnected", "funded"}, cobra.ShellCompDirectiveNoFileComp)) // the flag is there
	return c
}

// fundedEvery is how often the wallet is looked at.
const fundedEvery = 3 * time.Second

func (a *app) waitFor(ctx context.Context, what string) error {
	switch what {
	case "connected", "disconnected":
		d := a.daemon()
		defer d.Close()
		var last error
		for s, err := range d.Watch(ctx) {
			if client.NotAllowed(err) {
				return err
			}
			if last = err; err == nil && string(s.State) == what {
				return a.print(s, func(w io.Writer) { a.first(w, s) })
			}
		}
		if last != nil {
			return last
		}
		return ctx.Err()
	case "funded":
		cfg, err := a.settings()
		if err != nil {
			return err
		}
		for {
			s, err := cfg.Wallet(ctx)
			if err != nil {
				return err
			}
			if !s.Left.IsZero() {
				return a.print(s, func(w io.Writer) { fmt.Fprintf(w, "%s %s to spend\n", amount(s.Left), wherry.Currency) })
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(fundedEvery):
			}
		}
	}
	return wherry.Errorf(wherry.Invalid, "--for %s: want connected, disconnected or funded", what)
}
