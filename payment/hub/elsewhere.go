package hub

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/journal"
)

// Source reads a journal that is kept on other machines, without opening it, as
// the Read of payment/journal/stream does: fresh is called before the first
// record with the number of the last one in the snapshot, and again when
// everything is read anew.
type Source func(ctx context.Context, fresh func(snapshot uint64) error, load func([]byte) error, replay func(uint64, []byte) error) (journal.Contents, error)

// ReadFrom is ReadDir for a journal on other machines.
func ReadFrom(ctx context.Context, read Source, each func(number uint64, kind string, record []byte)) (Contents, error) {
	r := newReader()
	tell := told(each)
	found, err := read(ctx, func(uint64) error { r = newReader(); tell(0, "", nil); return nil },
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

func told(each func(uint64, string, []byte)) func(uint64, string, []byte) {
	if each == nil {
		return func(uint64, string, []byte) {}
	}
	return each
}

// BackupFrom writes a copy of a journal on other machines, also while a hub writes
// it, and replays all of it on the way.
func BackupFrom(ctx context.Context, read Source, w io.Writer, now time.Time) (Copy, error) {
	r := newReader()
	var out *journal.Copier
	var snapshot uint64
	take := func(record []byte, replay func([]byte) error, put func(*journal.Copier, []byte) error) error {
		if err := replay(record); err != nil {
			return err
		}
		if out == nil { // now it is known whose it is
			n, err := codec.Marshal(r.of)
			if err == nil {
				out, err = journal.NewCopier(w, n, now, snapshot)
			}
			if err != nil {
				return err
			}
		}
		return put(out, record)
	}
	_, err := read(ctx, func(upTo uint64) error {
		if out != nil {
			return wherry.Errorf(wherry.Conflict, "a snapshot has replaced what was being copied: once more")
		}
		snapshot = upTo
		r = newReader()
		return nil
	},
		func(record []byte) error { return take(record, r.load, (*journal.Copier).Load) },
		func(_ uint64, record []byte) error { return take(record, r.replay, (*journal.Copier).Replay) })
	if err != nil {
		return Copy{}, err
	}
	c, err := r.copy()
	if err != nil {
		return c, err
	}
	b, err := out.End()
	c.Taken, c.Records, c.Snapshot = b.Time, b.Last, b.Snapshot
	return c, err
}

// HandOver ends a journal that nobody writes, wherever open opens it: its last
// record says that the hub goes on from a copy, and no hub opens it again. Once
// more changes nothing. Busy when a hub has it.
func HandOver(open journal.Opener, now time.Time) error {
	r := newReader()
	l, _, err := open(r.load, r.replay)
	if err != nil {
		return err
	}
	return errors.Join(r.handOver(l, now), l.Close())
}

// handOver appends the record that ends a journal, unless it is there.
func (r *reader) handOver(l journal.Log, now time.Time) error {
	if _, err := r.copy(); err != nil || r.book.Moved() {
		return err
	}
	b, err := codec.Marshal(r.book.Move(uint64(now.Unix())))
	if err != nil {
		return err
	}
	n, err := l.Append(b)
	if err != nil {
		return err
	}
	return l.Commit(n)
}

// RestoreInto is Restore for a journal on other machines: put makes it, all at
// once, of whose it is, the number of its last record, and the book that the
// backup's records make.
func RestoreInto(ctx context.Context, name string, open func() (io.ReadCloser, error), o RestoreOptions, now time.Time, put func(ctx context.Context, hub wherry.Address, upTo uint64, save func(func([]byte) error) error) error) (Copy, error) {
	c, x, err := o.inspect(ctx, name, open, now)
	if err != nil {
		return c, err
	}
	from, err := open() // once more: the book that was held against the chains is of no use any more
	if err != nil {
		return c, err
	}
	again, err := ReadBackup(name, from)
	_ = from.Close()
	if err == nil && again.Records != c.Records {
		err = wherry.Errorf(wherry.Conflict, "the backup has changed while it was read")
	}
	if err == nil {
		err = again.book.Apply(channel.HubEvent{Restored: &x})
	}
	if err != nil {
		return c, err
	}
	if err := put(ctx, c.Hub, c.Records+1, again.book.Save); err != nil {
		return c, err
	}
	return c.restored(x), nil
}
