package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/node"
)

// journalHelp says what --journal takes.
const journalHelp = "`where` the book is kept: file:DIR or nats://[user:password@]host:port,…/NAME[?creds=FILE&ca=FILE]"

func (a *app) hubBackupCmd() *cobra.Command {
	var to, journal string
	var move bool
	c := &cobra.Command{
		Use: "backup", Short: "copy the hub's journal while it serves", Args: cobra.NoArgs,
		Long: `Writes a consistent copy of the hub's journal, up to its newest durable record,
and checks it. The running hub hands it out; the journal of one that does not
run is read by itself. A backup is always older than what was signed a moment
later: a hub that is restored from it collects and pays, and takes no orders.

With --move, of a hub that is stopped, the copy is the hub: its old journal is
not opened any more, and the restored one goes on as if nothing had happened.`,
		Example: "  wherry hub backup --to /mnt/other-disk",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if to == "" {
				return wherry.Errorf(wherry.Invalid, "where to? --to FILE, or --to DIRECTORY")
			}
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			cfg.Hub.Journal = cmp.Or(journal, cfg.Hub.Journal)
			b, err := cfg.HubBackup(cmd.Context(), to, move)
			if err != nil {
				return err
			}
			return a.print(b, func(w io.Writer) {
				fmt.Fprintf(w, "%s: hub %s up to record %d, %d bytes, checked\n", b.File, b.Hub, b.Records, b.Bytes)
				if b.Moved {
					fmt.Fprintln(w, "the hub goes on from this copy; its old journal is not opened any more")
				}
			})
		},
	}
	c.Flags().StringVar(&to, "to", "", "`file` to write, or directory to write one into")
	c.Flags().StringVar(&journal, "journal", "", journalHelp)
	c.Flags().BoolVar(&move, "move", false, "hand the journal over: the hub goes on from this copy alone")
	return c
}

func (a *app) hubRestoreCmd() *cobra.Command {
	var last uint64
	var journal string
	c := &cobra.Command{
		Use: "restore FROM", Short: "make the hub's journal out of a backup", Args: cobra.ExactArgs(1),
		Long: `Makes the hub's journal out of a backup, in the state directory or where
--journal says; there must be none.
The chains are asked what the hub has done since.

Nobody knows what the hub has signed after a backup. So the restored hub takes no
orders: it collects what it knows of, pays what it owes and what payees show it,
and answers with the newest payouts. Its operator goes on with a new key. Only a
backup made with --move is known to be whole; and --last says that you know from
elsewhere, from hub status or a log, the number of the last record that the hub
ever wrote, and the backup ends with it. Whatever proves the contrary, now or
later, ends that.`,
		Example: "  wherry hub restore /mnt/other-disk/hub-8f3c0a11-20817.backup",
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := a.settings()
			if err != nil {
				return err
			}
			cfg.Hub.Journal = cmp.Or(journal, cfg.Hub.Journal)
			r, err := cfg.HubRestore(cmd.Context(), args[0], last)
			if err != nil {
				return err
			}
			return a.print(r, func(w io.Writer) { printRestored(w, r) })
		},
	}
	c.Flags().StringVar(&journal, "journal", "", journalHelp)
	c.Flags().Uint64Var(&last, "last", 0, "`number` of the last record that the hub ever wrote, if you know it")
	return c
}

func printRestored(w io.Writer, r node.HubRestored) {
	fmt.Fprintf(w, "restored hub %s up to record %d, as of %s, into %s\n", r.Hub, r.Records, r.Taken.Format(time.RFC3339), r.Dir)
	printSums(w, r.Sums)
	switch {
	case r.Proof != "":
		fmt.Fprintf(w, "the backup is older than what the hub has signed: %s\n", r.Proof)
	case r.Whole && r.Asked:
		fmt.Fprintln(w, "the chains know of nothing that the backup does not")
	case !r.Asked:
		fmt.Fprintln(w, "not every chain could be asked: the hub asks when it starts")
	}
	if r.Whole {
		fmt.Fprintln(w, "the hub will take orders, unless a chain or a payee proves that something is missing")
		return
	}
	fmt.Fprintln(w, "nobody knows what was signed after it: the hub will take no orders, but collect, pay, and")
	fmt.Fprintln(w, "answer with the newest payouts. Run it until all is settled, and open a hub with a new key")
}

func printSums(w io.Writer, s node.HubSums) {
	table(w, [][]string{
		{"", wherry.Currency},
		{"  spent", s.Spent.String()},
		{"  earned by payees", s.Earned.String()},
		{"  fee", s.Fee.String()},
		{"  pending", s.Pending.String()},
		{"  collected", s.In.String()},
		{"  paid", s.Out.String()},
	})
}

func (a *app) hubJournalCmd() *cobra.Command {
	var records, names bool
	ls := &cobra.Command{
		Use: "ls [DIR|BACKUP|nats://…]", Short: "what a hub's journal holds", Args: cobra.MaximumNArgs(1),
		Long: `Lists the files of a hub's journal and its records by kind, after checking every
byte. The hub may be running. --records lists each record behind the snapshot;
no address of a consumer is printed without --names.`,
		Example: "  wherry hub journal ls\n  wherry hub journal ls --records /var/lib/wherry/hub",
		RunE: func(cmd *cobra.Command, args []string) error {
			var lines [][]string
			var each func(node.JournalRecord)
			if records {
				each = func(r node.JournalRecord) {
					if r.Number > 0 {
						lines = append(lines, r.Line(names))
					}
				}
			}
			c, err := a.journal(cmd.Context(), args, func() { lines = nil }, each)
			if err != nil {
				return err
			}
			return a.print(c, func(w io.Writer) {
				printJournal(w, c)
				if len(lines) > 0 {
					fmt.Fprintln(w)
					table(w, lines)
				}
			})
		},
	}
	ls.Flags().BoolVar(&records, "records", false, "list every record behind the snapshot")
	ls.Flags().BoolVar(&names, "names", false, "with --records: print the addresses in it, consumers' too")
	verify := &cobra.Command{
		Use: "verify [DIR|BACKUP|nats://…]", Short: "check every byte of a hub's journal", Args: cobra.MaximumNArgs(1),
		Long: `Checks every byte of a hub's journal, or of a backup of one, replays it into a
book and prints its sums. Damage is an error with file and offset. The hub may be
running; nothing is changed.`,
		Example: "  wherry hub journal verify\n  wherry hub journal verify /mnt/other-disk/hub-8f3c0a11-20817.backup",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := a.journal(cmd.Context(), args, func() {}, nil)
			if err != nil {
				return err
			}
			return a.print(c, func(w io.Writer) {
				fmt.Fprintf(w, "sound: hub %s up to record %d\n", c.Hub, c.Last)
				if c.Torn > 0 {
					fmt.Fprintf(w, "%d bytes at the end are unfinished: a crash left them, or the hub is writing\n", c.Torn)
				}
				if c.Problem != "" {
					fmt.Fprintln(w, c.Problem)
				}
				printSums(w, c.Sums)
			})
		},
	}
	return group("journal", "look into a hub's journal", "  wherry hub journal verify", ls, verify)
}

func (a *app) journal(ctx context.Context, args []string, begin func(), each func(node.JournalRecord)) (node.JournalContents, error) {
	cfg, err := a.settings()
	if err != nil {
		return node.JournalContents{}, err
	}
	at := ""
	if len(args) > 0 {
		at = args[0]
	}
	return cfg.HubJournal(ctx, at, begin, each)
}

func printJournal(w io.Writer, c node.JournalContents) {
	fmt.Fprintf(w, "hub %s, %s, up to record %d\n", c.Hub, c.At, c.Last)
	if len(c.Files) > 0 {
		rows := [][]string{{"file", "from", "records", "bytes", ""}}
		for _, f := range c.Files {
			state := "open"
			switch {
			case f.Snapshot:
				state = "snapshot"
			case f.Sealed:
				state = "sealed"
			}
			rows = append(rows, []string{f.File, number(f.First), number(f.Records), strconv.FormatInt(f.Bytes, 10), state})
		}
		table(w, rows)
	}
	if len(c.Kinds) > 0 {
		rows := [][]string{{"kind", "records", "bytes", ""}}
		for _, k := range c.Kinds {
			where := ""
			if k.Snapshot {
				where = "in the snapshot"
			}
			rows = append(rows, []string{k.Kind, number(k.Records), number(k.Bytes), where})
		}
		table(w, rows)
	}
	if c.Problem != "" {
		fmt.Fprintln(w, c.Problem)
	}
}

func number(n uint64) string { return strconv.FormatUint(n, 10) }
