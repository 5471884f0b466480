package payments

import (
	"bytes"
	"context"
	"io"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/hub"
	"github.com/wherrynet/wherry/payment/journal"
)

// losesItsDisk has a hub make a backup some time in a run, and lose its disk some
// time later. It starts again from the backup, as its operator would.
func (h *simHub) losesItsDisk() {
	w := h.w
	w.spawn(func() {
		for h.backup == nil && !w.calm {
			w.sleep(time.Duration(w.between(int64(2*time.Minute), int64(8*time.Minute))))
			if l := h.up; l != nil && h.hub != nil && !w.stopped {
				var b bytes.Buffer
				if err := h.hub.Backup(&b, time.Now()); err == nil && !l.dead {
					h.backup = b.Bytes()
					w.note(h.name, "makes a backup")
				}
			}
		}
		w.sleep(time.Duration(w.between(int64(time.Second), int64(w.Ticks)*int64(time.Minute))))
		if h.backup == nil || w.stopped || w.calm {
			return
		}
		h.lost, h.old = true, true
		w.old[h.key.Address()] = true
		if l := h.up; l != nil {
			l.die("the disk is lost")
		}
	})
}

// restore makes the hub's journal out of its backup.
func (h *simHub) restore(l *life) {
	w, ctx := h.w, context.Background()
	left := l.left
	l.left = -1 // an operator who is interrupted begins again
	defer func() { l.left = left }()
	h.disk = newDisk()
	at := journal.Config{Dir: "/hub/journal", FS: files{h.disk, l}, SegmentBytes: h.segs}
	open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(h.backup)), nil }
	_, err := hub.RestoreInto(ctx, "the backup", open, hub.RestoreOptions{Hub: h.key.Address()}, time.Now(),
		func(_ context.Context, _ wherry.Address, upTo uint64, save func(func([]byte) error) error) error {
			var b bytes.Buffer
			if _, err := journal.WriteBackup(&b, nil, time.Now(), upTo, save); err != nil {
				return err
			}
			_, err := journal.Restore(at, "the backup", &b, func(journal.Backup) error { return nil }, func(journal.Backup) ([][]byte, error) { return nil, nil })
			return err
		})
	if err != nil {
		w.fail("durability", "%s is not restored: %v", h.name, err)
		return
	}
	h.lost = false
	w.count("disks lost")
	w.note(h.name, "goes on from its backup")
}
