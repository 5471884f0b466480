package node

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/hub"
	"github.com/wherrynet/wherry/payment/journal"
	"github.com/wherrynet/wherry/payment/journal/stream"
)

// HubBackup is a copy of a hub's journal, checked after it was written.
type HubBackup struct {
	Schema  string         `json:"schema"` // wherry.backup/1
	Hub     wherry.Address `json:"hub"`
	File    string         `json:"file"`
	Bytes   int64          `json:"bytes"`
	Records uint64         `json:"records"` // number of its last one
	Taken   time.Time      `json:"taken"`
	Moved   bool           `json:"moved"` // the hub goes on from this copy
	Sums    HubSums        `json:"sums"`
}

// HubSums are a hub's books as sums, as a journal or a backup has them.
type HubSums struct {
	Spent   Money `json:"spent"`   // = Earned + Fee, in a journal that is whole
	Earned  Money `json:"earned"`  // by payees
	Fee     Money `json:"fee"`     // of the hub
	Pending Money `json:"pending"` // unrevealed
	In      Money `json:"in"`      // collected
	Out     Money `json:"out"`     // paid
}

func sums(c hub.Copy) (s HubSums, err error) {
	for _, t := range c.Totals {
		for _, p := range []struct {
			to *Money
			v  wherry.Amount
		}{
			{&s.Spent, t.Spent},
			{&s.Earned, t.Earned},
			{&s.Fee, t.Fee},
			{&s.Pending, t.Pending},
			{&s.In, t.In},
			{&s.Out, t.Out},
		} {
			if p.to.Amount, err = p.to.Add(p.v); err != nil {
				return s, err
			}
		}
	}
	return s, nil
}

// HubBackup writes a copy of the hub's journal to a file, or into a directory
// under a name of its own: from the running hub, or from the journal of one that
// does not run. With move, which wants a hub that does not run, the hub goes on
// from this copy alone. Nothing is overwritten.
func (c Config) HubBackup(ctx context.Context, to string, move bool) (HubBackup, error) {
	if st, err := os.Stat(to); err == nil && !st.IsDir() {
		return HubBackup{}, wherry.Errorf(wherry.Conflict, "%s exists: a backup overwrites nothing", to)
	}
	part := filepath.Join(to, "hub.backup.part")
	if st, err := os.Stat(to); err != nil || !st.IsDir() {
		part = to + ".part"
	}
	f, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if err != nil {
		return HubBackup{}, wherry.Errorf(wherry.Invalid, "backup: %w", err)
	}
	defer func() {
		_ = f.Close()
		_ = os.Remove(part) // gone when all went well
	}()
	if err := c.copyJournal(ctx, f, move); err != nil {
		return HubBackup{}, err
	}
	if err := f.Sync(); err != nil {
		return HubBackup{}, fmt.Errorf("backup: %w", err)
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return HubBackup{}, fmt.Errorf("backup: %w", err)
	}
	found, err := hub.ReadBackup(part, f) // as it is on the disk
	if err != nil {
		return HubBackup{}, fmt.Errorf("backup: what was written is no backup: %w", err)
	}
	b := HubBackup{
		Schema: "wherry.backup/1", Hub: found.Hub, Bytes: size, Records: found.Records, Taken: found.Taken, Moved: found.Moved, File: to,
	}
	if b.Sums, err = sums(found); err != nil {
		return b, err
	}
	if st, err := os.Stat(to); err == nil && st.IsDir() {
		name := fmt.Sprintf("hub-%s-%d.backup", strings.ToLower(found.Hub.String()[2:10]), found.Records)
		b.File = filepath.Join(to, name)
		if _, err := os.Stat(b.File); err == nil {
			return b, wherry.Errorf(wherry.Conflict, "%s exists: nothing has happened since", b.File)
		}
	}
	if err := os.Rename(part, b.File); err != nil {
		return b, fmt.Errorf("backup: %w", err)
	}
	return b, journal.Disk{}.SyncDir(filepath.Dir(b.File))
}

// copyJournal asks the running hub for a copy, or reads the journal of a hub
// that does not run.
func (c Config) copyJournal(ctx context.Context, w io.Writer, move bool) error {
	if c.Hub.Admin.IsValid() && !move {
		err := c.hubStream(ctx, "/v1/admin/backup", w)
		if wherry.CodeOf(err) != wherry.Unreachable {
			return err
		}
	}
	at, err := c.journalAt("")
	if err != nil {
		return err
	}
	if at.stream == nil {
		_, err = hub.BackupDir(at.dir, w, move, time.Now())
	} else {
		if move {
			err = at.handOver(ctx)
		}
		if err == nil {
			_, err = hub.BackupFrom(ctx, at.stream.Read, w, time.Now())
		}
	}
	switch {
	case wherry.CodeOf(err) != wherry.Busy:
		return err
	case move:
		return wherry.Errorf(wherry.Busy, "the hub runs: stop it before its journal is handed over: %w", err)
	}
	return wherry.Errorf(wherry.Busy, "the hub runs, and its administration does not answer: set admin in the table hub of its configuration, or stop it: %w", err)
}

// hubStream copies the bytes that the hub's administration answers with.
func (c Config) hubStream(ctx context.Context, path string, w io.Writer) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+c.Hub.Admin.String()+path, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return wherry.Errorf(wherry.Unreachable, "the hub's administration does not answer: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return adminFailure(resp)
	}
	if _, err := io.Copy(w, resp.Body); err != nil {
		return wherry.Errorf(wherry.Internal, "the hub broke its answer off: its log says why: %w", err)
	}
	return nil
}

// journalPlace is where a hub's journal is.
type journalPlace struct {
	dir    string         // or the file of a backup
	stream *stream.Config // else
}

// name is what a person calls it.
func (p journalPlace) name() string {
	if p.stream != nil {
		return p.stream.Address()
	}
	return p.dir
}

// handOver ends the journal in a stream: nobody opens it again.
func (p journalPlace) handOver(ctx context.Context) error {
	found, err := hub.ReadFrom(ctx, p.stream.Read, nil) // all of it, before anything is touched
	if err != nil {
		return err
	}
	s := *p.stream
	s.Owner = found.Hub.String()
	return hub.HandOver(s.Opener(ctx), time.Now())
}

// journalAt returns where the hub's journal is: as it is named, by a directory,
// the file of a backup or an address of servers, or as this configuration says.
func (c Config) journalAt(at string) (p journalPlace, err error) {
	if at == "" && stream.Scheme(c.Hub.Journal) {
		at = c.Hub.Journal
	}
	if stream.Scheme(at) {
		s, err := c.stream(at)
		if !c.Identity.IsZero() {
			s.Owner = c.Identity.String()
		}
		return journalPlace{stream: &s}, err
	}
	if at != "" {
		return journalPlace{dir: at}, nil
	}
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return p, err
	}
	if p.dir, err = c.dir(network.Name, "hub"); err != nil {
		return p, err
	}
	p.dir, err = c.journalOnDisk(p.dir)
	return p, err
}

// HubRestored is what came of a restored backup.
type HubRestored struct {
	Schema  string         `json:"schema"` // wherry.restored/1
	Hub     wherry.Address `json:"hub"`
	Dir     string         `json:"dir"`
	Records uint64         `json:"records"`
	Taken   time.Time      `json:"taken"`
	Whole   bool           `json:"whole"`           // the hub will take orders
	Proof   string         `json:"proof,omitempty"` // what a chain knows and the backup does not
	Asked   bool           `json:"asked"`           // the chains were
	Sums    HubSums        `json:"sums"`
}

// HubRestore makes the hub's journal out of a backup; there must be none. last is
// the number of the last record that the hub ever wrote, zero when nobody knows.
// The chains are asked what has happened since, where they answer.
func (c Config) HubRestore(ctx context.Context, from string, last uint64) (HubRestored, error) {
	network, err := LoadNetwork(c.Network)
	if err != nil {
		return HubRestored{}, err
	}
	at, err := c.journalAt("")
	if err != nil {
		return HubRestored{}, err
	}
	var chains []chain.Chain
	for _, e := range network.Chains {
		ch, err := network.Open(ctx, e.ID)
		if wherry.CodeOf(err) == wherry.Unreachable || wherry.CodeOf(err) == wherry.Timeout {
			continue
		}
		if err != nil {
			return HubRestored{}, err
		}
		defer ch.Close()
		chains = append(chains, ch)
	}
	r := HubRestored{Schema: "wherry.restored/1", Dir: at.name(), Asked: len(chains) == len(network.Chains)}
	open := func() (io.ReadCloser, error) {
		f, err := os.Open(from)
		if err != nil {
			return nil, wherry.Errorf(wherry.NotFound, "backup: %w", err)
		}
		return f, nil
	}
	o := hub.RestoreOptions{Hub: c.Identity, Last: last, Chains: chains}
	var got hub.Copy
	if at.stream == nil {
		got, err = hub.Restore(ctx, at.dir, from, open, o, time.Now())
	} else {
		got, err = hub.RestoreInto(ctx, from, open, o, time.Now(), func(ctx context.Context, who wherry.Address, upTo uint64, save func(func([]byte) error) error) error {
			s := *at.stream
			s.Owner = who.String()
			return s.Import(ctx, upTo, save)
		})
	}
	if err != nil {
		return r, err
	}
	r.Hub, r.Records, r.Taken, r.Whole, r.Proof = got.Hub, got.Records, got.Taken, got.Whole == nil, got.Proof
	r.Sums, err = sums(got)
	return r, err
}

// JournalKind is the records of one kind.
type JournalKind struct {
	Kind     string `json:"kind"`
	Snapshot bool   `json:"snapshot"` // in the snapshot, else behind it
	Records  uint64 `json:"records"`
	Bytes    uint64 `json:"bytes"`
}

// JournalFile is a file of a journal.
type JournalFile struct {
	File     string `json:"file"`
	Snapshot bool   `json:"snapshot"`
	First    uint64 `json:"first"` // number of its first record; of a snapshot, of the last that it replaces
	Records  uint64 `json:"records"`
	Bytes    int64  `json:"bytes"`
	Sealed   bool   `json:"sealed"`
}

// JournalContents is what a hub's journal or a backup of one holds, every byte
// of it checked.
type JournalContents struct {
	Schema  string         `json:"schema"` // wherry.journal/1
	Hub     wherry.Address `json:"hub"`
	At      string         `json:"at"` // directory, or file
	Last    uint64         `json:"last"`
	Torn    int64          `json:"torn"` // bytes that a crash left unfinished at the end, or that a hub is writing
	Files   []JournalFile  `json:"files"`
	Kinds   []JournalKind  `json:"kinds"`
	Whole   bool           `json:"whole"`
	Problem string         `json:"problem,omitempty"` // why it is not whole
	Moved   bool           `json:"moved"`             // it was handed over
	Sums    HubSums        `json:"sums"`
}

// JournalRecord is one record, for whoever lists them.
type JournalRecord struct {
	Number uint64 // zero in a snapshot
	Kind   string
	Bytes  int
	Raw    []byte // good during the call
}

// HubJournal reads the hub's journal, or the one that is named: in a directory, on
// servers, or a backup. It checks all of it and replays it into a book. It needs
// no lock: a running hub's may be read. each, unless nil, is told of every record
// first; begin of every attempt, since a running hub's may change underfoot.
func (c Config) HubJournal(ctx context.Context, named string, begin func(), each func(JournalRecord)) (JournalContents, error) {
	at, err := c.journalAt(named)
	if err != nil {
		return JournalContents{}, err
	}
	r := JournalContents{Schema: "wherry.journal/1", At: at.name(), Files: []JournalFile{}}
	if at.stream == nil {
		if st, err := os.Stat(at.dir); err == nil && !st.IsDir() {
			return r.backup(at.dir)
		}
	}
	by := map[JournalKind]*JournalKind{}
	tell := func(number uint64, kind string, record []byte) {
		if kind == "" {
			clear(by)
			begin()
			return
		}
		k := JournalKind{Kind: kind, Snapshot: number == 0}
		if by[k] == nil {
			by[k] = &JournalKind{Kind: kind, Snapshot: number == 0}
		}
		by[k].Records++
		by[k].Bytes += uint64(len(record))
		if each != nil {
			each(JournalRecord{number, kind, len(record), record})
		}
	}
	var found hub.Contents
	if at.stream == nil {
		found, err = hub.ReadDir(at.dir, tell)
	} else {
		found, err = hub.ReadFrom(ctx, at.stream.Read, tell)
	}
	if err != nil {
		return r, err
	}
	for _, k := range by {
		r.Kinds = append(r.Kinds, *k)
	}
	slices.SortFunc(r.Kinds, func(a, b JournalKind) int {
		if a.Snapshot != b.Snapshot {
			if a.Snapshot {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Kind, b.Kind)
	})
	for _, p := range found.Found.Pieces {
		r.Files = append(r.Files, JournalFile{p.File, p.Snapshot, p.First, p.Records, p.Bytes, p.Sealed})
	}
	r.Torn = found.Found.Torn
	return r.fill(found.Copy)
}

func (r JournalContents) backup(file string) (JournalContents, error) {
	f, err := os.Open(file)
	if err != nil {
		return r, wherry.Errorf(wherry.NotFound, "backup: %w", err)
	}
	found, err := hub.ReadBackup(file, f)
	if err = errors.Join(err, f.Close()); err != nil {
		return r, err
	}
	return r.fill(found)
}

func (r JournalContents) fill(c hub.Copy) (JournalContents, error) {
	r.Hub, r.Last, r.Moved, r.Whole = c.Hub, c.Records, c.Moved, c.Whole == nil
	if c.Whole != nil {
		r.Problem = c.Whole.Error()
	}
	var err error
	if r.Sums, err = sums(c); err != nil {
		return r, err
	}
	sum, err := r.Sums.Earned.Add(r.Sums.Fee.Amount)
	if err == nil && r.Whole && sum != r.Sums.Spent.Amount {
		err = wherry.Errorf(wherry.Internal, "the books do not add up: %s are spent, %s earned, and %s kept", r.Sums.Spent, r.Sums.Earned, r.Sums.Fee)
	}
	return r, err
}

// Line returns number, kind and size of a record, and, with names, the addresses
// in it: without, nobody's.
func (r JournalRecord) Line(names bool) []string {
	line := []string{strconv.FormatUint(r.Number, 10), r.Kind, strconv.Itoa(r.Bytes)}
	if names {
		line = append(line, hub.Names(r.Raw))
	}
	return line
}
