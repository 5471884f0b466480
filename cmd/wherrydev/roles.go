package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain/devchain"
	"github.com/wherrynet/wherry/devnet"
)

// ready prints the line that the program which started us waits for.
func ready(role string) {
	b, _ := json.Marshal(devnet.Ready{Schema: devnet.ReadySchema, Role: role}) // strings alone
	fmt.Printf("%s\n", b)
}

func chainCmd() *cobra.Command {
	var id uint64
	var data, listen string
	var rich []string
	var period time.Duration
	c := &cobra.Command{
		Use: "chain", Short: "run one development chain in the foreground", Args: cobra.NoArgs,
		Example: "  wherrydev chain --id 31001 --data ./chain --listen 127.0.0.1:8545",
		RunE: func(c *cobra.Command, _ []string) error {
			alloc := map[wherry.Address]wherry.Amount{}
			for _, text := range rich {
				a, err := wherry.ParseAddress(text)
				if err != nil {
					return err
				}
				alloc[a] = devnet.PocketMoney
			}
			ch, err := devchain.Start(devchain.Config{ChainID: id, DataDir: data, HTTPAddr: listen, Period: period, Alloc: alloc})
			if err != nil {
				return err
			}
			ready("chain")
			<-c.Context().Done()
			return ch.Close()
		},
	}
	c.Flags().Uint64Var(&id, "id", 31001, "chain `ID`")
	c.Flags().StringVar(&data, "data", "", "`directory` of its state; default: memory")
	c.Flags().StringVar(&listen, "listen", "127.0.0.1:8545", "`address` of its JSON-RPC")
	c.Flags().StringSliceVar(&rich, "rich", nil, "`addresses` that own coins for gas from the first block on")
	c.Flags().DurationVar(&period, "period", time.Second, "time between blocks; 0: a block per transaction")
	return c
}

func siteCmd() *cobra.Command {
	var web, neighbour, dns, dir string
	c := &cobra.Command{
		Use: "site", Short: "run the demonstration's web site and resolver in the foreground", Args: cobra.NoArgs,
		Example: "  wherrydev site --web 127.0.0.1:8080 --neighbour 127.0.0.1:8081 --dns 127.0.0.1:5353",
		RunE: func(c *cobra.Command, _ []string) error {
			var s devnet.Site
			for _, f := range []struct {
				text string
				into *netip.AddrPort
			}{{web, &s.Web}, {neighbour, &s.Neighbour}, {dns, &s.DNS}} {
				a, err := netip.ParseAddrPort(f.text)
				if err != nil {
					return wherry.Errorf(wherry.Invalid, "address %q: %w", f.text, err)
				}
				*f.into = a
			}
			return s.Run(c.Context(), func() { ready("site") })
		},
	}
	c.Flags().StringVar(&web, "web", "127.0.0.1:8080", "`address` of the site")
	c.Flags().StringVar(&neighbour, "neighbour", "127.0.0.1:8081", "`address` of the server beside it")
	c.Flags().StringVar(&dns, "dns", "127.0.0.1:5353", "`address` of the resolver")
	c.Flags().StringVar(&dir, "dir", "", "`directory` that the process belongs to; only to be recognised by")
	return c
}

func statusCmd() *cobra.Command {
	var w where
	var asJSON bool
	c := w.flags(&cobra.Command{
		Use: "status", Short: "say what runs, and whether the books agree", Args: cobra.NoArgs,
		Example: "  wherrydev status --json",
		RunE: func(c *cobra.Command, _ []string) error {
			n, err := w.open()
			if err != nil {
				return err
			}
			s, err := n.Status(c.Context())
			if err != nil {
				return err
			}
			if asJSON {
				return json.NewEncoder(os.Stdout).Encode(s)
			}
			fmt.Print(s.Text())
			return nil
		},
	})
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func faucetCmd() *cobra.Command {
	var w where
	return w.flags(&cobra.Command{
		Use: "faucet ADDRESS [AMOUNT]", Short: "give an account coins for gas, and tokens, on both chains", Args: cobra.RangeArgs(1, 2),
		Example: "  wherrydev faucet 0x8f3C… 20",
		RunE: func(c *cobra.Command, args []string) error {
			to, err := wherry.ParseAddress(args[0])
			if err != nil {
				return err
			}
			amount := wherry.Tokens(20)
			if len(args) == 2 {
				if amount, err = wherry.ParseAmount(args[1]); err != nil {
					return err
				}
			}
			n, err := w.open()
			if err != nil {
				return err
			}
			return n.Faucet(c.Context(), to, amount)
		},
	})
}

func timeCmd() *cobra.Command {
	var w where
	return w.flags(&cobra.Command{
		Use: "time +DURATION", Short: "let time pass on both chains", Args: cobra.ExactArgs(1),
		Example: "  wherrydev time +3d",
		RunE: func(c *cobra.Command, args []string) error {
			d, err := parseJump(args[0])
			if err != nil {
				return err
			}
			n, err := w.open()
			if err != nil {
				return err
			}
			return n.EachChain(c.Context(), func(ctx context.Context, r *devchain.Remote) error { return r.AdjustTime(ctx, d) })
		},
	})
}

// parseJump reads +3d, +90m or anything that time.ParseDuration takes.
func parseJump(s string) (time.Duration, error) {
	text := strings.TrimPrefix(s, "+")
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, err := strconv.ParseUint(days, 10, 16)
		if err != nil {
			return 0, wherry.Errorf(wherry.Invalid, "time %q: want +3d or +90m", s)
		}
		return time.Duration(n) * 24 * time.Hour, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return 0, wherry.Errorf(wherry.Invalid, "time %q: want +3d or +90m", s)
	}
	return d, nil
}

func reorgCmd() *cobra.Command {
	var w where
	var drop bool
	c := w.flags(&cobra.Command{
		Use: "reorg N", Short: "let both chains go back N blocks and grow another branch", Args: cobra.ExactArgs(1),
		Example: "  wherrydev reorg 3",
		RunE: func(c *cobra.Command, args []string) error {
			blocks, err := strconv.ParseUint(args[0], 10, 16)
			if err != nil || blocks == 0 {
				return wherry.Errorf(wherry.Invalid, "reorg %q: want a number of blocks", args[0])
			}
			n, err := w.open()
			if err != nil {
				return err
			}
			return n.Reorg(c.Context(), blocks, drop)
		},
	})
	c.Flags().BoolVar(&drop, "drop", false, "lose the transactions of those blocks instead of taking them into the new ones")
	return c
}
