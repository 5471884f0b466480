package hub

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/journal"
)

// note is what a backup says of itself beyond its records.
type note struct {
	Version uint64          `cbor:"0,keyasint"` // 1
	Hub     wherry.Address  `cbor:"1,keyasint"`
	Chains  []channel.Chain `cbor:"2,keyasint"`
}

// Copy is what a journal or a backup of one holds.
type Copy struct {
	Hub      wherry.Address
	Chains   []channel.Chain
	Taken    time.Time // of a backup
	Records  uint64    // number of the last one
	Snapshot uint64    // of which so many are in its snapshot
	Moved    bool      // it ends a journal that was handed over
	Whole    error     // why it may not be all that the hub has signed; nil when nothing says so
	Restored *channel.HubRestored
	Totals   []channel.HubTotals
	Proof    string // what a chain knows and the copy does not: it is older; empty when nothing was found

	book *channel.Hub
}

// reader replays records into a book of whoever's they are.
type reader struct {
	book *channel.Hub
	of   note
	end  bool // the snapshot is whole
}

func newReader() *reader { return &reader{end: true} }

// open makes the book out of the first record, which says whose it is.
func (r *reader) open(o *channel.HubOpened) {
	r.of = note{Version: 1, Hub: o.Hub, Chains: o.Chains}
	var domains []typed.Domain
	for _, c := range o.Chains {
		domains = append(domains, c.Domain())
	}
	r.book = channel.NewHub(o.Hub, domains)
}

func (r *reader) load(record []byte) error {
	if r.book == nil {
		o, err := channel.SavedOpening(record)
		if err != nil {
			return err
		}
		r.open(&o)
	}
	var err error
	r.end, err = r.book.Load(record)
	return err
}

func (r *reader) replay(record []byte) error {
	var e channel.HubEvent
	if err := codec.Unmarshal(record, &e); err != nil {
		return err
	}
	if r.book == nil {
		if e.Open == nil {
			return wherry.Errorf(wherry.Internal, "the journal does not begin with whose it is")
		}
		r.open(e.Open)
	}
	return r.book.Apply(e)
}

func (r *reader) copy() (Copy, error) {
	if r.book == nil {
		return Copy{}, wherry.Errorf(wherry.NotFound, "the journal is empty")
	}
	if !r.end {
		return Copy{}, wherry.Errorf(wherry.Internal, "the snapshot of the hub's book is not whole")
	}
	c := Copy{Hub: r.of.Hub, Chains: r.of.Chains, Moved: r.book.Moved(), Whole: r.book.Whole(), Totals: r.book.Totals(), book: r.book}
	if x, ok := r.book.Restored(); ok {
		c.Restored = &x
	}
	return c, nil
}

// Backup writes a consistent copy of the hub's journal to w while the hub
// serves: everything up to its newest durable record. A journal that has no copy
// to give is replaced by the book, as it is after a record.
func (h *Hub) Backup(w io.Writer, now time.Time) error {
	n, err := codec.Marshal(note{Version: 1, Hub: h.address, Chains: h.book.Opened().Open.Chains})
	if err != nil {
		return err
	}
	h.saving.Lock() // a snapshot would wait for the backup, and keep copies meanwhile
	defer h.saving.Unlock()
	began := time.Now()
	var b journal.Backup
	if j, ok := h.journal.(interface {
		Backup(w io.Writer, note []byte, now time.Time) (journal.Backup, error)
	}); ok {
		b, err = j.Backup(w, n, now)
	} else {
		b, err = h.backupBook(w, n, now)
	}
	if err != nil {
		h.metrics.count("backups_total", 1, "result", "failed")
		h.log.Error("backup is not possible", "err", err)
		return err
	}
	h.metrics.count("backups_total", 1, "result", "ok")
	h.log.Info("backup is made", "records", b.Last, "snapshot", b.Snapshot, "took", time.Since(began).Round(time.Millisecond))
	return nil
}

// backupBook writes the book as it is at one moment. The caller holds saving.
func (h *Hub) backupBook(w io.Writer, n []byte, now time.Time) (journal.Backup, error) {
	h.mu.Lock()
	if h.broken != nil {
		defer h.mu.Unlock()
		return journal.Backup{}, h.broken
	}
	upTo := h.journal.Last()
	cut, err := h.book.Cut()
	h.mu.Unlock()
	if err != nil {
		return journal.Backup{}, err
	}
	defer cut.End(&h.mu)
	if err := h.journal.Commit(upTo); err != nil {
		return journal.Backup{}, err
	}
	return journal.WriteBackup(w, n, now, upTo, func(put func([]byte) error) error { return cut.Save(&h.mu, put) })
}

func (h *Hub) getBackup(w http.ResponseWriter, r *http.Request) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Time{}) // it takes as long as it takes; loopback
	w.Header().Set("Content-Type", "application/octet-stream")
	out := &counter{w: w}
	if err := h.Backup(out, time.Now()); err != nil {
		if out.n == 0 {
			fail(w, r, err)
			return
		}
		panic(http.ErrAbortHandler) // what was sent is no backup, and must not look like one
	}
}

type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

// BackupDir writes a copy of the journal of a hub that does not run. With move
// its last record says that the hub goes on from this copy: the journal in dir
// is not opened again, and the copy is known to be whole. Busy when a hub has it.
func BackupDir(dir string, w io.Writer, move bool, now time.Time) (Copy, error) {
	cfg := journal.Config{Dir: dir}
	if _, err := ReadDir(dir, nil); err != nil {
		return Copy{}, err // before anything is touched
	}
	r := newReader()
	j, _, err := journal.Open(cfg, r.load, r.replay)
	if err != nil {
		return Copy{}, err
	}
	c, err := backupOpen(j, r, w, move, now)
	return c, errors.Join(err, j.Close())
}

func backupOpen(j *journal.Journal, r *reader, w io.Writer, move bool, now time.Time) (Copy, error) {
	if move {
		if err := r.handOver(j, now); err != nil {
			return Copy{}, err
		}
	}
	c, err := r.copy()
	if err != nil {
		return Copy{}, err
	}
	n, err := codec.Marshal(r.of)
	if err != nil {
		return Copy{}, err
	}
	b, err := j.Backup(w, n, now)
	c.Taken, c.Records, c.Snapshot = b.Time, b.Last, b.Snapshot
	return c, err
}

// ReadBackup checks a whole backup and returns what it holds.
func ReadBackup(name string, from io.Reader) (Copy, error) {
	r := newReader()
	var n note
	b, err := journal.ReadBackup(name, from, func(b journal.Backup) error { return readNote(b, &n) }, r.load, r.replay)
	if err != nil {
		return Copy{}, err
	}
	c, err := r.copy()
	if err == nil && c.Hub != n.Hub {
		err = wherry.Errorf(wherry.Internal, "the backup says that it is of hub %s, and its records are of %s", n.Hub, c.Hub)
	}
	c.Taken, c.Records, c.Snapshot = b.Time, b.Last, b.Snapshot
	return c, err
}

func readNote(b journal.Backup, n *note) error {
	if err := codec.Unmarshal(b.Note, n); err != nil {
		return wherry.Errorf(wherry.Invalid, "this is a backup of something else than a hub's journal: %w", err)
	}
	if n.Version != 1 {
		return wherry.Errorf(wherry.Invalid, "the backup is of version %d: a newer wherry reads it", n.Version)
	}
	return nil
}

// ReadDir reads the journal in a directory without opening it, also while a hub
// writes to it, and returns what it holds. each, unless nil, is told of every
// record: its number (zero for one of a snapshot), its kind, and its bytes.
func ReadDir(dir string, each func(number uint64, kind string, record []byte)) (Contents, error) {
	var r *reader
	tell := told(each)
	found, err := journal.Read(journal.Config{Dir: dir}, func() { r = newReader(); tell(0, "", nil) },
		func(record []byte) error { tell(0, channel.SavedKind(record), record); return r.load(record) },
		func(number uint64, record []byte) error {
			tell(number, channel.EventKind(record), record)
			return r.replay(record)
		})
	if err != nil {
		return Contents{Found: found}, err
	}
	c, err := r.copy()
	c.Records, c.Snapshot = found.Last, found.Snapshot
	return Contents{Copy: c, Found: found}, err
}

// Contents is what ReadDir found.
type Contents struct {
	Copy
	Found journal.Contents
}

// RestoreOptions say how sure the operator is.
type RestoreOptions struct {
	// Hub refuses backups of another one; zero takes any.
	Hub wherry.Address
	// Last is the number of the last record that the hub ever wrote, as its
	// operator knows from elsewhere. Zero: not known. A backup that ends before
	// is refused; one that ends there is taken to be whole.
	Last uint64
	// Chains are asked what the hub has done since; those that are not given are
	// asked when the hub starts.
	Chains []chain.Chain
}

// Restore makes the journal in dir out of a backup; there must be none. The hub
// that opens it takes no orders unless the backup is known to be whole: it was
// made with move, or o.Last says so. Even then evidence from a chain or a
// counterparty ends that.
func Restore(ctx context.Context, dir, name string, open func() (io.ReadCloser, error), o RestoreOptions, now time.Time) (Copy, error) {
	c, x, err := o.inspect(ctx, name, open, now)
	if err != nil {
		return c, err
	}
	record, err := codec.Marshal(channel.HubEvent{Restored: &x})
	if err != nil {
		return c, err
	}
	from, err := open()
	if err != nil {
		return c, err
	}
	defer from.Close()
	if _, err := journal.Restore(journal.Config{Dir: dir}, name, from, func(journal.Backup) error { return nil },
		func(b journal.Backup) ([][]byte, error) {
			if b.Last != c.Records {
				return nil, wherry.Errorf(wherry.Conflict, "the backup has changed while it was read")
			}
			return [][]byte{record}, nil
		}); err != nil {
		return c, err
	}
	return c.restored(x), nil
}

// restored is a copy once a journal was made of it.
func (c Copy) restored(x channel.HubRestored) Copy {
	c.Moved, c.Restored = false, &x
	if !x.Whole {
		c.Whole = wherry.Errorf(wherry.Refused, "nobody knows that nothing was signed after it")
	}
	return c
}

// inspect reads a whole backup, asks the chains, and says with which record a
// journal goes on behind it, or why it must not.
func (o RestoreOptions) inspect(ctx context.Context, name string, open func() (io.ReadCloser, error), now time.Time) (c Copy, x channel.HubRestored, err error) {
	from, err := open()
	if err != nil {
		return c, x, err
	}
	c, err = ReadBackup(name, from) // all of it, before anything is written
	_ = from.Close()
	switch {
	case err != nil:
		return c, x, err
	case !o.Hub.IsZero() && o.Hub != c.Hub:
		return c, x, wherry.Errorf(wherry.Conflict, "the backup is of hub %s, and the key of %s", c.Hub, o.Hub)
	case o.Last != 0 && o.Last != c.Records:
		return c, x, wherry.Errorf(wherry.Refused, "the backup ends with record %d, and the hub has written %d: it is older than what was signed; without --last it is restored to collect and to pay, and takes no orders", c.Records, o.Last)
	}
	whole := c.Whole == nil && (c.Moved || o.Last != 0)
	if c.Proof, err = evidence(ctx, c.book, o.Chains); err != nil {
		return c, x, err
	}
	if c.Proof != "" && whole {
		return c, x, provenOld(c.Proof)
	}
	return c, channel.HubRestored{Record: c.Records, Taken: uint64(c.Taken.Unix()), At: uint64(now.Unix()), Whole: whole}, nil
}

// Names returns the addresses of consumers, providers and payees in an event's
// record, as words. They are for the operator's own eyes.
func Names(record []byte) string {
	var e channel.HubEvent
	if codec.Unmarshal(record, &e) != nil {
		return ""
	}
	var out []string
	add := func(what string, a wherry.Address) {
		if s := what + " " + a.String(); !a.IsZero() && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	switch {
	case e.Bind != nil:
		add("provider", e.Bind.Provider)
		add("payee", e.Bind.Payee)
	case e.Pay != nil:
		add("provider", e.Pay.Provider.Provider)
		for _, i := range e.Pay.Items {
			add("consumer", i.Consumer)
		}
	case e.In != nil:
		add("consumer", e.In.ID.Consumer)
	case e.Out != nil:
		add("payee", e.Out.ID.Payee)
	case e.Stop != nil:
		add("consumer", e.Stop.ID.Consumer)
	case e.Kill != nil:
		add("consumer", e.Kill.In.Consumer)
	case e.Lost != nil:
		add("payee", e.Lost.Out.Payee)
	}
	return strings.Join(out, ", ")
}
