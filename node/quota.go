package node

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/wherrynet/wherry/session/provider"
	"github.com/wherrynet/wherry/session/quota"
)

var _ provider.Quota = (*quotaBook)(nil)

// CapsConfig is how much a provider carries at most, both directions together. Nothing
// is no bound.
type CapsConfig struct {
	Session quota.Bytes   `toml:"session,omitempty" comment:"one session, as in 10GiB"`
	Day     quota.Bytes   `toml:"day,omitempty" comment:"from midnight to midnight, by this computer's clock"`
	Month   quota.Bytes   `toml:"month,omitempty" comment:"from the first of the month on"`
	Hours   []quota.Hours `toml:"hours,omitempty" comment:"each hour of a part of the day: 18-23 20GiB, or 2-5 closed; the first that has the hour counts"`
}

func (c CapsConfig) caps() quota.Caps {
	return quota.Caps{Session: c.Session, Day: c.Day, Month: c.Month, Hours: c.Hours}
}

// quotaBook is what a provider has carried, on disk: a restart does not give the month
// back. Of a crash it may forget the last saveEvery.
type quotaBook struct {
	caps quota.Caps
	file string
	log  *slog.Logger

	mu     sync.Mutex // guards what follows
	ledger *quota.Ledger
	dirty  bool
}

const saveEvery = 10 * time.Second

// openQuota reads the ledger. One that can't be read is an error, as what is left would
// be a guess.
func openQuota(caps quota.Caps, file string, log *slog.Logger) (*quotaBook, error) {
	q := &quotaBook{caps: caps, file: file, log: log, ledger: &quota.Ledger{}}
	b, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return q, nil
	}
	if err == nil {
		q.ledger, err = quota.Decode(b)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w; remove the file to count from zero", file, err)
	}
	return q, nil
}

// Admit implements provider.Quota.
func (q *quotaBook) Admit(now time.Time) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.caps.Admit(q.ledger, now)
}

// Carry implements provider.Quota.
func (q *quotaBook) Carry(now time.Time, bytes uint64) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if bytes > 0 {
		q.ledger.Add(now, bytes)
		q.dirty = true
	}
	return q.caps.Carry(q.ledger, now)
}

// run saves until ctx ends, and once more then.
func (q *quotaBook) run(ctx context.Context) error {
	t := time.NewTicker(saveEvery)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return q.save()
		case <-t.C:
			if err := q.save(); err != nil {
				q.log.Error("what was carried is not on disk", "err", err)
			}
		}
	}
}

func (q *quotaBook) save() error {
	q.mu.Lock()
	dirty := q.dirty
	b, err := q.ledger.Encode()
	q.dirty = false
	q.mu.Unlock()
	if err != nil || !dirty {
		return err
	}
	if err = writeNew(q.file, b); err != nil {
		q.mu.Lock()
		q.dirty = true
		q.mu.Unlock()
	}
	return err
}

// Carried is what was carried in a period, and the cap of it.
type Carried struct {
	Bytes uint64 `json:"bytes"`
	Cap   uint64 `json:"cap"` // 0 is none
}

// String returns "3.2 GiB of 20.0 GiB", or the first half when there is no cap.
func (c Carried) String() string {
	if c.Cap == 0 {
		return quota.Bytes(c.Bytes).String()
	}
	return quota.Bytes(c.Bytes).String() + " of " + quota.Bytes(c.Cap).String()
}

// carried returns the periods of now.
func (q *quotaBook) carried(now time.Time) (hour, day, month Carried, closed string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	hour = Carried{Bytes: uint64(q.ledger.Hour(now)), Cap: uint64(q.caps.Hour(now))}
	day = Carried{Bytes: uint64(q.ledger.Day(now)), Cap: uint64(q.caps.Day)}
	month = Carried{Bytes: uint64(q.ledger.Month(now)), Cap: uint64(q.caps.Month)}
	if err := q.caps.Admit(q.ledger, now); err != nil {
		closed = err.Error()
	}
	return hour, day, month, closed
}
