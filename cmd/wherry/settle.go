package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/node"
)

func (a *app) provideSettleCmd() *cobra.Command {
	var dry bool
	var chainID uint64
	c := &cobra.Command{
		Use: "settle", Short: "take what is earned, without waiting for the hub", Args: cobra.NoArgs,
		Long: `Puts your newest payout on the chain with your own gas: your reserve pays first, and
then what the hub has free. Where the hub does not answer, it also settles what
is still under a lock and about to expire. Nothing is sent twice: the same
command again follows what is under way. It works beside a provider that runs.

With --dry-run it sends nothing, and compares the ways to your money: waiting for
the hub, which pays at its own cost, and settling alone.`,
		Example: "  wherry provide settle --dry-run\n  wherry provide settle",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			if chainID != 0 {
				cfg.Provider.Chain = chainID
			}
			if dry {
				r, err := cfg.SettleRoutes(cmd.Context())
				if err != nil {
					return err
				}
				return a.print(r, func(w io.Writer) { routesScreen(w, r) })
			}
			r, err := cfg.Settle(cmd.Context())
			return a.printSettled(r, err)
		},
	}
	c.Flags().BoolVar(&dry, "dry-run", false, "compare the ways and send nothing")
	c.Flags().Uint64Var(&chainID, "chain", 0, "`ID` of the chain where you are paid; default: the configuration's")
	return c
}

// printSettled prints transactions, also when they are not all at their end:
// then the error still decides the exit status.
func (a *app) printSettled(r node.SettleResult, failed error) error {
	if failed != nil && len(r.Transactions) == 0 {
		return failed
	}
	err := a.print(r, func(w io.Writer) { transactionsScreen(w, r.Transactions) })
	if failed != nil {
		return failed
	}
	return err
}

func transactionsScreen(w io.Writer, all []node.Transaction) {
	if len(all) == 0 {
		fmt.Fprintln(w, "nothing was sent")
		return
	}
	rows := [][]string{{"TRANSACTION", "CALL", "CHAIN", wherry.Currency, "FOR", "STATE", "GAS", "COST IN WEI", ""}}
	for _, t := range all {
		id, cost := t.ID.String(), t.CostWei
		if t.ID.IsZero() {
			id = "not sent yet"
		}
		if t.GasUsed == 0 {
			cost = ""
		}
		note := t.Error
		if t.Tries > 1 {
			note = strings.TrimSpace(fmt.Sprintf("fee raised %d times %s", t.Tries-1, note))
		}
		rows = append(rows, []string{
			id, t.Call, strconv.FormatUint(t.Chain, 10), t.Amount.String(), strconv.Itoa(t.Items), t.State, strconv.FormatUint(t.GasUsed, 10), cost, note,
		})
	}
	table(w, rows)
}

func routesScreen(w io.Writer, r node.Routes) {
	for _, h := range r.Items {
		fmt.Fprintf(w, "hub %s, paid to %s on chain %d: %s %s due, %s reserved\n", h.Hub.Short(), h.Payee.Short(), h.Chain, h.Due, wherry.Currency, h.Reserved)
		rows := [][]string{{"  WAY", "ARRIVES", "RESERVE", "FREE", "COST IN WEI", ""}}
		for _, x := range h.Routes {
			cost, note := x.CostWei, x.Why
			if x.Name == "push" {
				cost = "0"
			}
			if !x.Possible {
				note = "not now: " + x.Why
			}
			if x.Expires != nil {
				note = strings.TrimSpace("until " + x.Expires.Local().Format(time.DateTime) + " " + note)
			}
			rows = append(rows, []string{"  " + routeWords[x.Name], x.Arrives.String(), x.FromReserve.String(), x.FromFree.String(), cost, note})
		}
		table(w, rows)
		for _, t := range h.Ticks {
			left := time.Duration(t.Seconds) * time.Second
			fmt.Fprintf(w, "  %s %s under a lock, %s: expires in %s; a running provider would %s\n", t.Amount, wherry.Currency, t.State, left, t.Todo)
		}
	}
}

// routeWords say what a way to the money is.
var routeWords = map[string]string{
	"push": "wait for the hub", "settle": "settle alone", "reveal": "settle alone, showing the lock's secret",
}

func (a *app) hubSettleCmd() *cobra.Command {
	return &cobra.Command{
		Use: "settle", Short: "collect and pay out everything now", Args: cobra.NoArgs,
		Long: `Has the running hub collect what is promised and pay what is owed, whatever its
thresholds say, and waits until that is final. Interrupted or not, the hub goes on
with what it has sent; the same command again follows it.`,
		Example: "  wherry hub settle",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			r, err := cfg.HubSettle(cmd.Context())
			return a.printSettled(r, err)
		},
	}
}

func (a *app) hubTxCmd() *cobra.Command {
	var chainID uint64
	c := &cobra.Command{
		Use: "tx", Short: "list what the hub has sent: state, cost and how often the fee was raised", Args: cobra.NoArgs,
		Example: "  wherry hub tx --chain 31002",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			r, err := cfg.HubTransactions(cmd.Context(), chainID)
			if err != nil {
				return err
			}
			return a.print(r, func(w io.Writer) { transactionsScreen(w, r.Items) })
		},
	}
	c.Flags().Uint64Var(&chainID, "chain", 0, "`ID` of one chain; default: all")
	return c
}
