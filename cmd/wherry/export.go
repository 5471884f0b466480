package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"rsc.io/qr"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/node"
)

func (a *app) exportCmd() *cobra.Command {
	return group("export", "tunnels for phones and routers, paid from here", "  wherry export wireguard se --prepay 5GiB > phone.conf",
		a.exportWireGuardCmd(), a.exportListCmd(), a.exportRevokeCmd())
}

func (a *app) exportWireGuardCmd() *cobra.Command {
	var prepay, expires, out string
	var code bool
	c := &cobra.Command{
		Use: "wireguard [PLACE|PROVIDER]", Short: "make a configuration for any WireGuard program", Args: cobra.MaximumNArgs(1),
		Long: `Opens a session whose tunnel ends at somebody else's WireGuard: a phone's, a
router's, another computer's. The configuration is printed, and it is a key:
whoever has it can use what is prepaid.

The daemon or proxy that runs here keeps the session and pays for what the
provider counts, up to the sum that is shown. What is not used is not paid. The
tunnel ends when that program does, when the time is over, or by revoke. Its
packets are plain WireGuard, which anybody on the way can recognise.`,
		Example: "  wherry export wireguard se --prepay 5GiB --expires 30d > phone.conf\n  wherry export wireguard --prepay 1GiB --qr",
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			var o node.ExportOptions
			if o.Bytes, err = parseSize(prepay); err != nil {
				return err
			}
			if o.For, err = parseSpan(expires); err != nil {
				return err
			}
			if len(args) > 0 {
				if o.Place, err = wherry.ParsePlace(args[0]); err != nil {
					o.Place, o.Provider = wherry.Place{}, args[0]
				}
			}
			x, err := cfg.ExportWireGuard(cmd.Context(), o)
			if err != nil {
				return err
			}
			return a.showExport(x, out, code)
		},
	}
	c.Flags().StringVar(&prepay, "prepay", "1GiB", "most that is carried, in both directions together, as in 5GiB or 500MiB")
	c.Flags().StringVar(&expires, "expires", "30d", "when it ends by itself, as in 30d or 12h")
	c.Flags().BoolVar(&code, "qr", false, "print it as a QR code for a phone's camera")
	c.Flags().StringVarP(&out, "out", "o", "", "write the configuration to this `file`, which must not exist")
	return c
}

// showExport gives the configuration away, once.
func (a *app) showExport(x node.Export, file string, code bool) error {
	if file != "" {
		f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return wherry.Errorf(wherry.Conflict, "the configuration is not written: %w; wherry export revoke %s, and try again", err, x.ID)
		}
		_, err = f.WriteString(x.Config)
		if e := f.Close(); err == nil {
			err = e
		}
		if err != nil {
			return err
		}
		x.Config = ""
	}
	if !a.quiet && !a.json {
		fmt.Fprintf(a.errOut, "%s: %s in %s, at most %s %s, until %s. What is not used is not paid: wherry export revoke %s\n",
			x.ID, x.Provider, x.Place, x.Budget.Amount, wherry.Currency, x.Expires.Local().Format("2 January 15:04"), x.ID)
	}
	var picture string
	if code && x.Config != "" {
		q, err := qr.Encode(x.Config, qr.L)
		if err != nil {
			return wherry.Errorf(wherry.Internal, "make the QR code: %w", err)
		}
		picture = blocks(q)
	}
	return a.print(x, func(w io.Writer) {
		if picture != "" {
			fmt.Fprint(w, picture)
			fmt.Fprintln(a.errOut, "This code is a key: whoever scans it can use what is prepaid.")
			return
		}
		fmt.Fprint(w, x.Config)
	})
}

// blocks draws a QR code, two rows to a line, dark on light whatever the
// terminal's colours are: the light parts are what is printed.
func blocks(q *qr.Code) string {
	const quiet = 2
	light := func(x, y int) bool { return !q.Black(x, y) } // outside of the code all is light
	var b strings.Builder
	for y := -quiet; y < q.Size+quiet; y += 2 {
		for x := -quiet; x < q.Size+quiet; x++ {
			switch above, below := light(x, y), light(x, y+1); {
			case above && below:
				b.WriteRune('█')
			case above:
				b.WriteRune('▀')
			case below:
				b.WriteRune('▄')
			default:
				b.WriteByte(' ')
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func (a *app) exportListCmd() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "what was exported, what it has carried and cost", Args: cobra.NoArgs,
		Example: "  wherry export list",
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			l, err := cfg.Exports(cmd.Context())
			if err != nil {
				return err
			}
			return a.print(l, func(w io.Writer) {
				if len(l.Items) == 0 {
					fmt.Fprintln(w, "nothing was exported")
					return
				}
				rows := [][]string{{"EXPORT", "PROVIDER", "PLACE", "CARRIED", "SPENT", "OF", "STATE"}}
				for _, x := range l.Items {
					state := "until " + x.Expires.Local().Format("2 January 15:04")
					if !x.Open {
						state = "ended: " + x.Ended
					}
					rows = append(rows, []string{x.ID, x.Provider, x.Place, fmt.Sprintf("%.1f MiB", float64(x.Bytes)/(1<<20)), x.Spent.String(), x.Budget.String(), state})
				}
				table(w, rows)
			})
		},
	}
}

func (a *app) exportRevokeCmd() *cobra.Command {
	return &cobra.Command{
		Use: "revoke EXPORT", Short: "end one; what is not used is not paid", Args: cobra.ExactArgs(1),
		Example: "  wherry export revoke exp_0a1b2c3d",
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			x, err := cfg.RevokeExport(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			return a.print(x, func(w io.Writer) {
				fmt.Fprintf(w, "%s has ended: %s of %s %s are spent, the rest never left your deposit\n", x.ID, x.Spent.Amount, x.Budget.Amount, wherry.Currency)
			})
		},
	}
}

// sizes are the units of an amount of bytes.
var sizes = []struct {
	unit  string
	bytes uint64
}{{"TiB", 1 << 40}, {"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"TB", 1e12}, {"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}}

// parseSize reads 5GiB or 500MB.
func parseSize(text string) (uint64, error) {
	for _, s := range sizes {
		number, ok := strings.CutSuffix(text, s.unit)
		if !ok {
			continue
		}
		n, err := strconv.ParseUint(strings.TrimSpace(number), 10, 64)
		if err != nil || n == 0 || n > (1<<50)/s.bytes {
			break
		}
		return n * s.bytes, nil
	}
	return 0, wherry.Errorf(wherry.Invalid, "%q is no amount of bytes: write a whole number and a unit, as in 5GiB or 500MB", text)
}

// parseSpan reads 30d, 12h, or anything that time.ParseDuration takes.
func parseSpan(text string) (time.Duration, error) {
	days, ok := strings.CutSuffix(text, "d")
	if n, err := strconv.Atoi(days); ok && err == nil && n > 0 && n <= 366 {
		return time.Duration(n) * 24 * time.Hour, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return 0, wherry.Errorf(wherry.Invalid, "%q is no length of time: write 30d or 12h", text)
	}
	return d, nil
}
