package journal

import (
	"crypto/sha256"
	"hash"
	"io"
	"time"

	"github.com/wherrynet/wherry"
)

// Copier writes a backup of a journal that its caller reads somewhere else, record
// by record: Load for those of a snapshot, Replay for those behind it, then End.
// What was written without End is no backup. It is for one goroutine.
type Copier struct {
	b      Backup
	to     io.Writer
	w      io.Writer
	sum    hash.Hash
	pack   snapshotWriter
	behind bool // the snapshot is written
}

// NewCopier begins a backup whose snapshot replaces the records up to a number;
// zero is no snapshot. note is kept in it; at most 64 KiB.
func NewCopier(to io.Writer, note []byte, now time.Time, snapshot uint64) (*Copier, error) {
	c := &Copier{b: Backup{Time: now.Truncate(time.Second).UTC(), Snapshot: snapshot, Last: snapshot, Note: note}, to: to, sum: sha256.New()}
	if len(note) > maxNote || now.Unix() < 0 {
		return nil, wherry.Errorf(wherry.Invalid, "journal: a note of %d bytes, at %s", len(note), now)
	}
	c.w = io.MultiWriter(to, c.sum)
	c.pack, c.behind = snapshotWriter{f: c.w, next: 1}, snapshot == 0
	return c, c.b.writeHead(c.w)
}

// Load takes a record of the snapshot.
func (c *Copier) Load(record []byte) error {
	if c.behind {
		return wherry.Errorf(wherry.Internal, "journal: a record of a snapshot that is over")
	}
	return c.pack.put(record)
}

// Replay takes the next record behind the snapshot.
func (c *Copier) Replay(record []byte) error {
	if err := c.turn(); err != nil {
		return err
	}
	c.b.Last++
	return c.pack.put(record)
}

func (c *Copier) turn() error {
	if c.behind {
		return nil
	}
	c.behind = true
	err := c.pack.end()
	c.pack = snapshotWriter{f: c.w, next: c.b.Snapshot + 1}
	return err
}

// End writes the rest, and says what the backup holds.
func (c *Copier) End() (Backup, error) {
	if err := c.turn(); err != nil {
		return c.b, err
	}
	if err := c.pack.end(); err != nil {
		return c.b, err
	}
	_, err := c.to.Write(c.sum.Sum(nil))
	return c.b, err
}
