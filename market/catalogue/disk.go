package catalogue

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/market/offer"
)

// The file: a line that says what it is, then entries of
//
//	length u16 | CRC32C of the payload u32 | payload
//
// in network order, where the payload is one letter and its content: an offer's
// record, or a proof: the length of the first record (u16) and both.
const (
	magic     = "wherry offers 1\n"
	entryHead = 6
	maxEntry  = 1 + 2 + 2*offer.MaxSize

	letterOffer = 'o'
	letterProof = 'p'

	// slack is how much a file may outgrow twice its content before it is
	// written anew.
	slack = 1 << 20
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// diskLog is the open file. Its first failure is reported and ends it. Appending
// is left to the system, so that a command and a running node of one person may
// share the file.
type diskLog struct {
	f    *os.File
	path string
	size int64
	full int64 // the size at which to look whether it is worth writing anew
}

func (d *diskLog) close() error { return d.f.Close() }

// openDisk reads what the file holds and opens it for appending.
func (c *Catalogue) openDisk(now time.Time) error {
	path := c.cfg.Path
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("open the catalogue: %w", err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("open the catalogue: %w", err)
	}
	b, err := io.ReadAll(io.LimitReader(f, c.maxFile()))
	if err != nil {
		f.Close()
		return fmt.Errorf("read the catalogue: %w", err)
	}
	if n := min(len(b), len(magic)); string(b[:n]) != magic[:n] {
		f.Close()
		return wherry.Errorf(wherry.Conflict, "%s is not a catalogue of offers", path)
	}
	good := 0
	if len(b) >= len(magic) {
		good = len(magic) + c.load(b[len(magic):], now)
	}
	d := &diskLog{f: f, path: path, size: int64(good)}
	if good < len(b) {
		c.cfg.Log.Warn("catalogue file cut at a damaged end", "bytes", len(b)-good)
	}
	if err := d.begin(good); err != nil {
		f.Close()
		return fmt.Errorf("open the catalogue: %w", err)
	}
	c.disk = d
	c.mu.Lock()
	defer c.mu.Unlock()
	c.compactLocked()
	return nil
}

// maxFile bounds what is read of a file: more than we ever let it grow to.
func (c *Catalogue) maxFile() int64 {
	content := int64(c.cfg.MaxOffers)*(entryHead+1+offer.MaxSize) + maxProofs*(entryHead+maxEntry)
	return int64(len(magic)) + 2*content + 2*slack
}

// begin cuts the file at good and writes the first line where there is none.
func (d *diskLog) begin(good int) error {
	if err := d.f.Truncate(int64(good)); err != nil {
		return err
	}
	if good > 0 {
		return nil
	}
	_, err := d.f.WriteString(magic)
	d.size = int64(len(magic))
	return err
}

// load admits the entries of b, and returns how many bytes of it are whole.
// Records are checked as strangers' are, except for their spacing; those that
// say nothing any more are left out.
func (c *Catalogue) load(b []byte, now time.Time) (good int) {
	for {
		payload, n := nextEntry(b[good:])
		if n == 0 {
			return good
		}
		good += n
		switch payload[0] {
		case letterOffer:
			c.loadOffer(payload[1:], now)
		case letterProof:
			c.loadProof(payload[1:])
		}
	}
}

// nextEntry returns the payload at the front of b and the length of its entry,
// or 0 where none is whole.
func nextEntry(b []byte) (payload []byte, n int) {
	if len(b) < entryHead {
		return nil, 0
	}
	size := int(binary.BigEndian.Uint16(b))
	if size == 0 || size > maxEntry || len(b) < entryHead+size {
		return nil, 0
	}
	payload = b[entryHead : entryHead+size]
	if crc32.Checksum(payload, castagnoli) != binary.BigEndian.Uint32(b[2:]) {
		return nil, 0
	}
	return payload, entryHead + size
}

func (c *Catalogue) loadOffer(raw []byte, now time.Time) {
	u, err := offer.Decode(raw)
	if err != nil || c.cfg.Admit != nil && !c.cfg.Admit(u.Provider) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if v := c.judgeLocked(u, raw, now, false); v.err != nil || v.known || v.twin != nil {
		return
	}
	if s, err := u.Verify(c.cfg.ChainID); err == nil {
		c.keepLocked(s)
	}
}

func (c *Catalogue) loadProof(b []byte) {
	if len(b) < 2 {
		return
	}
	n := int(binary.BigEndian.Uint16(b))
	if b = b[2:]; n > len(b) {
		return
	}
	x, err := offer.Parse(b[:n], c.cfg.ChainID)
	if err != nil {
		return
	}
	y, err := offer.Parse(b[n:], c.cfg.ChainID)
	if err != nil || x.Key() != y.Key() || x.Seq != y.Seq || x.ID == y.ID {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keepProofLocked(Equivocation{Key: x.Key(), Seq: x.Seq, A: x.Raw, B: y.Raw})
}

func appendEntry(b []byte, letter byte, parts ...[]byte) []byte {
	start := len(b)
	b = append(b, make([]byte, entryHead)...)
	b = append(b, letter)
	for _, p := range parts {
		b = append(b, p...)
	}
	payload := b[start+entryHead:]
	binary.BigEndian.PutUint16(b[start:], uint16(len(payload)))
	binary.BigEndian.PutUint32(b[start+2:], crc32.Checksum(payload, castagnoli))
	return b
}

func appendProof(b []byte, p Equivocation) []byte {
	return appendEntry(b, letterProof, binary.BigEndian.AppendUint16(nil, uint16(len(p.A))), p.A, p.B)
}

func (c *Catalogue) writeLocked(raw []byte) {
	c.appendLocked(appendEntry(nil, letterOffer, raw))
}

func (c *Catalogue) writeProofLocked(p Equivocation) { c.appendLocked(appendProof(nil, p)) }

// appendLocked writes b in one go. A disk that fails is no reason to stop: the
// catalogue goes on without it.
func (c *Catalogue) appendLocked(b []byte) {
	if c.disk == nil {
		return
	}
	n, err := c.disk.f.Write(b)
	c.disk.size += int64(n)
	if err != nil {
		c.failLocked(err)
		return
	}
	c.compactLocked()
}

func (c *Catalogue) failLocked(err error) {
	c.cfg.Log.Warn("catalogue goes on without its file", "err", err)
	err = c.disk.close()
	c.disk = nil
	if err != nil {
		c.cfg.Log.Debug("close the catalogue file", "err", err)
	}
}

// compactLocked writes the file anew when it holds much that is replaced.
func (c *Catalogue) compactLocked() {
	if c.disk == nil || c.disk.size < c.disk.full {
		return
	}
	content := int64(len(magic))
	for _, e := range c.held {
		content += int64(entryHead + 1 + len(e.Raw))
	}
	if c.disk.full = 2*content + slack; c.disk.size < c.disk.full {
		return
	}
	if err := c.rewriteLocked(); err != nil {
		c.failLocked(err)
	}
}

// rewriteLocked replaces the file by one that holds what we hold, in such a way
// that a crash leaves the old or the new one.
func (c *Catalogue) rewriteLocked() error {
	b := []byte(magic)
	for _, p := range c.proofs {
		b = appendProof(b, p)
	}
	for _, e := range c.held {
		b = appendEntry(b, letterOffer, e.Raw)
	}
	next := c.disk.path + ".next"
	f, err := os.OpenFile(next, os.O_RDWR|os.O_CREATE|os.O_TRUNC|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if err == nil {
		err = os.Rename(next, c.disk.path)
	}
	if err != nil {
		return errors.Join(err, f.Close(), os.Remove(next))
	}
	old := c.disk
	c.disk = &diskLog{f: f, path: old.path, size: int64(len(b)), full: 2*int64(len(b)) + slack}
	return old.close()
}
