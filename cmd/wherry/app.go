package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/client"
	"github.com/wherrynet/wherry/node"
)

// app is one run of the program: its streams and what the flags said.
type app struct {
	stdin       io.Reader
	out, errOut io.Writer

	json         bool
	quiet        bool
	verbose      bool
	config       string
	network      string
	state        string
	identity     string
	passwordFile string
	logFormat    string
	socket       string

	now func() time.Time
	try []string // what may help after this command's error, instead of what its code suggests
}

// Main runs the program and returns its exit status.
func Main(ctx context.Context, args []string, stdin io.Reader, out, errOut io.Writer) int {
	a := &app{stdin: stdin, out: out, errOut: errOut, now: time.Now}
	return a.run(ctx, args)
}

func (a *app) run(ctx context.Context, args []string) int {
	root := a.root()
	root.SetArgs(args)
	root.SetIn(a.stdin)
	root.SetOut(a.out)
	root.SetErr(a.errOut)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		err = wherry.Errorf(wherry.Interrupted, "interrupted")
	}
	a.fail(err)
	return wherry.CodeOf(err).Info().Exit
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "wherry",
		Short: "a decentralized VPN that pays its providers by the megabyte",
		Long: `wherry is a decentralized VPN with a value exchange built in: anyone sells
bandwidth, anyone buys it, and nobody is in charge.`,
		Example:       "  wherry identity create\n  wherry offers se\n  wherry connect se\n  wherry proxy se",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return cmd.Help()
		},
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetUsageFunc(usage)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return wherry.Errorf(wherry.Invalid, "%w; see %s --help", err, cmd.CommandPath())
	})
	f := root.PersistentFlags()
	f.BoolVar(&a.json, "json", false, "print results as JSON")
	f.BoolVarP(&a.quiet, "quiet", "q", false, "print nothing but results and errors")
	f.BoolVarP(&a.verbose, "verbose", "v", false, "log what the program does")
	f.StringVar(&a.config, "config", os.Getenv("WHERRY_CONFIG"), "read settings from this `file` (WHERRY_CONFIG)")
	f.StringVar(&a.network, "network", os.Getenv("WHERRY_NETWORK"), "`name` or file of the network (WHERRY_NETWORK)")
	f.StringVar(&a.state, "state", os.Getenv("WHERRY_STATE"), "`directory` for keys and books (WHERRY_STATE)")
	f.StringVar(&a.identity, "identity", os.Getenv("WHERRY_IDENTITY"), "`address` of the identity to use (WHERRY_IDENTITY)")
	f.StringVar(&a.passwordFile, "password-file", os.Getenv("WHERRY_PASSWORD_FILE"), "`file` with the keystore's passphrase (WHERRY_PASSWORD_FILE)")
	f.StringVar(&a.socket, "socket", os.Getenv("WHERRY_SOCKET"), "where the daemon answers; default "+client.DefaultSocket+" (WHERRY_SOCKET)")
	f.StringVar(&a.logFormat, "log-format", "text", "text or json")
	root.AddCommand(a.connectCmd(), a.disconnectCmd(), a.reconnectCmd(), a.statusCmd(), a.waitCmd(), a.setCmd(), a.getCmd(), a.unsetCmd(), a.daemonCmd())
	root.AddCommand(a.identityCmd(), a.versionCmd(), a.offersCmd(), a.proxyCmd(), a.walletCmd(), a.provideCmd(), a.hubCmd(), a.hubsCmd(), a.relayerCmd(), a.guardCmd(), a.exportCmd())
	strict(root)
	return root
}

// strict makes wrong arguments errors of the command line.
func strict(c *cobra.Command) {
	if check := c.Args; check != nil {
		c.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return wherry.Errorf(wherry.Invalid, "%w; see %s --help", err, cmd.CommandPath())
			}
			return nil
		}
	}
	for _, sub := range c.Commands() {
		strict(sub)
	}
}

// group is a command that only holds others.
func group(use, short, example string, subs ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, Example: example, Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		_ = cmd.Help()
		return wherry.Errorf(wherry.Invalid, "%s: say which", cmd.CommandPath())
	}}
	c.AddCommand(subs...)
	return c
}

// settings returns the configuration: flag, then environment, then file, then
// default.
func (a *app) settings() (node.Config, error) {
	var c node.Config
	if a.config != "" {
		var err error
		if c, err = node.LoadConfig(a.config); err != nil {
			return node.Config{}, err
		}
	}
	if a.network != "" {
		c.Network = a.network
	}
	if a.state != "" {
		c.State = a.state
	}
	if a.passwordFile != "" {
		c.PasswordFile = a.passwordFile
	}
	if a.identity != "" {
		id, err := wherry.ParseAddress(a.identity)
		if err != nil {
			return node.Config{}, fmt.Errorf("--identity: %w", err)
		}
		c.Identity = id
	}
	log, err := a.logger()
	if err != nil {
		return node.Config{}, err
	}
	c.Log = log
	if f, ok := a.stdin.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		c.Passphrase = func() (string, error) { return a.ask(f, "Passphrase: ") }
	}
	return c, nil
}

func (a *app) logger() (*slog.Logger, error) {
	level := slog.LevelWarn
	if a.verbose {
		level = slog.LevelDebug
	}
	if a.quiet {
		level = slog.LevelError
	}
	o := &slog.HandlerOptions{Level: level}
	switch a.logFormat {
	case "text":
		return slog.New(slog.NewTextHandler(a.errOut, o)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(a.errOut, o)), nil
	}
	return nil, wherry.Errorf(wherry.Invalid, "--log-format %s: want text or json", a.logFormat)
}

// ask asks the person at the terminal, without an echo.
func (a *app) ask(f *os.File, question string) (string, error) {
	fmt.Fprint(a.errOut, question)
	b, err := term.ReadPassword(int(f.Fd()))
	fmt.Fprintln(a.errOut)
	return string(b), err
}

// print prints a result: as JSON, or by text.
func (a *app) print(v any, text func(w io.Writer)) error {
	if !a.json {
		text(a.out)
		return nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "%s\n", b)
	return err
}

// note prints something for a person that is not a result.
func (a *app) note(format string, args ...any) {
	if !a.json && !a.quiet {
		fmt.Fprintf(a.errOut, format+"\n", args...)
	}
}

// failure is the JSON form of an error.
type failure struct {
	Error struct {
		Code    wherry.Code `json:"code"`
		Message string      `json:"message"`
		Try     []string    `json:"try"`
	} `json:"error"`
}

// fail prints an error.
func (a *app) fail(err error) {
	code := wherry.CodeOf(err)
	try := hints(code)
	switch {
	case len(a.try) > 0:
		try = a.try
	case client.NoDaemon(err):
		try = []string{"sudo systemctl start wherry", "wherry proxy, which needs no daemon and no root"}
	case client.NotAllowed(err):
		try = []string{"sudo usermod -aG wherry $USER, and log in again", "the same command with sudo"}
	}
	if !a.json {
		fmt.Fprintf(a.errOut, "wherry: %s\n", err)
		for _, t := range try {
			fmt.Fprintf(a.errOut, "  try  %s\n", t)
		}
		return
	}
	var f failure
	f.Error.Code, f.Error.Message, f.Error.Try = code, err.Error(), try
	b, _ := json.Marshal(f) // strings alone
	fmt.Fprintf(a.errOut, "%s\n", b)
}

// hints says what to try, by code. An error whose text says it needs none.
func hints(code wherry.Code) []string {
	h, ok := map[wherry.Code][]string{
		wherry.Locked:       {"the passphrase that this identity was made with; a forgotten one cannot be recovered"},
		wherry.NotFunded:    {"wherry wallet", "wherry wallet topup AMOUNT"},
		wherry.OverBudget:   {"a larger --budget"},
		wherry.PriceTooHigh: {"a higher --max-price", "wherry offers"},
		wherry.TermsChanged: {"wherry hubs show HUB", "wherry hubs accept HUB"},
		wherry.NoOffer:      {"wherry offers", "another place"},
		wherry.Unreachable:  {"again in a moment", "whether its address is right and this computer is online"},
	}[code]
	if !ok {
		return []string{}
	}
	return h
}

// table prints rows in columns; the first row is the head.
func table(w io.Writer, rows [][]string) {
	width := make([]int, len(rows[0]))
	for _, r := range rows {
		for i, c := range r {
			width[i] = max(width[i], len([]rune(c)))
		}
	}
	for _, r := range rows {
		var line strings.Builder
		for i, c := range r {
			line.WriteString(c)
			if i < len(r)-1 {
				line.WriteString(strings.Repeat(" ", width[i]-len([]rune(c))+3))
			}
		}
		fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
	}
}
