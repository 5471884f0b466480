package hub

import (
	"context"
	"sync"
	"time"
)

// saving makes one snapshot or backup at a time.
type saving struct {
	sync.Mutex
	last int64 // bytes of the newest snapshot of this run
}

// largeBook is how large a snapshot may be before the next waits for as much
// journal again: else a large book would be written all the time.
const largeBook = 64 << 20

// snapshots replaces the journal by the book whenever it has become long, until
// ctx ends.
func (h *Hub) snapshots(ctx context.Context) error {
	t := time.NewTicker(h.cfg.Poll)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-t.C:
			h.snapshot()
		}
	}
}

// snapshot replaces a long journal by the book. It leaves it to the next time
// while a backup is made.
func (h *Hub) snapshot() {
	since := h.journal.SinceSnapshot()
	if since < h.cfg.SnapshotBytes || !h.saving.TryLock() {
		return
	}
	defer h.saving.Unlock()
	if h.saving.last > largeBook && since < h.saving.last {
		return
	}
	if err := h.save(); err != nil {
		h.log.Error("snapshot is not possible", "err", err)
	}
}

func (h *Hub) takeSnapshot() error {
	h.saving.Lock()
	defer h.saving.Unlock()
	return h.save()
}

// save writes the book as it is at one moment, and the number of the record with
// which it is that, while the hub goes on. The caller holds saving.
func (h *Hub) save() error {
	began := time.Now()
	h.mu.Lock()
	if h.broken != nil {
		defer h.mu.Unlock()
		return h.broken
	}
	upTo := h.journal.Last()
	cut, err := h.book.Cut()
	h.mu.Unlock()
	if err != nil {
		return err
	}
	defer cut.End(&h.mu)
	h.metrics.pause.observe(time.Since(began))
	var bytes int64
	err = h.journal.Snapshot(upTo, func(put func([]byte) error) error {
		return cut.Save(&h.mu, func(record []byte) error {
			bytes += int64(len(record))
			return put(record)
		})
	})
	if err != nil {
		h.metrics.count("snapshots_total", 1, "result", "failed")
		return err
	}
	h.saving.last = bytes
	h.metrics.count("snapshots_total", 1, "result", "ok")
	h.metrics.snapshot.observe(time.Since(began))
	return nil
}
