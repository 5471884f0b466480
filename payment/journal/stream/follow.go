package stream

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/journal"
)

// Opener returns what opens the log as its writer. Busy means that another writer
// is there; one that ended without a last word is waited for as long as Silence.
func (c Config) Opener(ctx context.Context) journal.Opener { return c.opener(ctx, false) }

// Follow returns what opens the log once nobody else writes it. Until then it
// hands out records as they come, so that who opens is ready when it returns.
// Busy means to begin anew with nothing: what was read is older than what is
// kept.
func (c Config) Follow(ctx context.Context) journal.Opener { return c.opener(ctx, true) }

func (c Config) opener(ctx context.Context, wait bool) journal.Opener {
	return func(load, replay func([]byte) error) (journal.Log, journal.Recovery, error) {
		if err := c.defaults(); err != nil {
			return nil, journal.Recovery{}, err
		}
		s, err := dial(ctx, c)
		if err != nil {
			return nil, journal.Recovery{}, err
		}
		l, rec, err := open(ctx, c, s, wait, load, replay)
		if err != nil {
			s.close()
			return nil, rec, err
		}
		return l, rec, nil
	}
}

// open reads all that there is, waits for its turn, and takes it.
func open(ctx context.Context, c Config, s servers, wait bool, load, replay func([]byte) error) (*Log, journal.Recovery, error) {
	r := &reader{cfg: c, s: s, t: start(), replay: replay, marks: []mark{{t: start()}}}
	if err := r.begin(ctx, load); err != nil {
		return nil, r.rec, err
	}
	if err := r.follow(ctx, wait); err != nil {
		return nil, r.rec, err
	}
	l := newLog(c, s, r)
	go l.run()
	go l.call()
	return l, r.rec, nil
}

// reader reads a stream from a snapshot on.
type reader struct {
	cfg    Config
	s      servers
	replay func([]byte) error
	named  func(upTo uint64) error // told of the snapshot before it is loaded; may be nil
	rec    journal.Recovery

	t     tail
	bytes int64  // read behind the snapshot
	marks []mark // where reading may begin

	newest uint64 // the last record of the newest snapshot
}

// begin loads the newest snapshot, if there is one.
func (r *reader) begin(ctx context.Context, load func([]byte) error) error {
	at, err := r.s.ask(ctx, 0, r.cfg.manifestSubject())
	if err != nil || at == nil {
		return err
	}
	m, _, err := decode(at.data)
	if err != nil {
		return damaged(r.cfg.Name, at.seq, "%v", err)
	}
	man, err := decodeManifest(m.body)
	if err != nil || m.kind != kindSnapshot || m.place != at.seq {
		return damaged(r.cfg.Name, at.seq, "not the manifest of a snapshot")
	}
	if r.named != nil {
		if err := r.named(man.upTo); err != nil {
			return err
		}
	}
	if err := loadChunks(ctx, r.cfg, r.s, man, load); err != nil {
		if now, e := r.s.ask(ctx, 0, r.cfg.manifestSubject()); e == nil && now != nil && now.seq != at.seq {
			return wherry.Errorf(wherry.Busy, "journal %s: a newer snapshot has replaced the one that was being read: open it again", r.cfg.Name)
		}
		return err
	}
	r.t, r.rec.Snapshot, r.newest = man.from, man.upTo, man.upTo
	r.marks = []mark{{t: man.from}}
	return nil
}

// take puts what was fetched behind what was read.
func (r *reader) take(msgs []stored) error {
	for _, at := range msgs {
		m, sum, err := decode(at.data)
		if err != nil {
			return damaged(r.cfg.Name, at.seq, "%v", err)
		}
		var own error
		t, err := r.t.step(at.seq, m, sum, r.cfg.Owner, func(number uint64, record []byte) error {
			if number <= r.rec.Snapshot {
				return nil
			}
			r.rec.Records++
			if own = r.replay(record); own != nil {
				own = wherry.Errorf(wherry.CodeOf(own), "journal %s: record %d: %w", r.cfg.Name, number, own)
			}
			return own
		})
		if own != nil {
			return own
		}
		if err != nil {
			return damaged(r.cfg.Name, at.seq, "%v", err)
		}
		if m.kind == kindSnapshot { // by the writer that is followed
			man, err := decodeManifest(m.body)
			if err != nil {
				return damaged(r.cfg.Name, at.seq, "%v", err)
			}
			r.marks, r.newest = cut(r.marks, man.from), man.upTo
		}
		r.t = t
		r.bytes += int64(len(at.data))
		r.marks = addMark(r.marks, mark{t, r.bytes})
	}
	return nil
}

// read takes what is there now, and reports whether that was anything.
func (r *reader) read(ctx context.Context) (bool, error) {
	msgs, err := r.s.fetch(ctx, r.cfg.Name, r.t.seq+1, "")
	if err != nil {
		return false, err
	}
	if len(msgs) == 0 {
		return false, nil
	}
	if msgs[0].seq > r.t.seq+1 {
		first, _, err := r.s.span(ctx)
		if err != nil {
			return false, err
		}
		if first > r.t.seq+1 {
			return false, wherry.Errorf(wherry.Busy, "journal %s: a snapshot has replaced what was to be read next: open it again", r.cfg.Name)
		}
	}
	return true, r.take(msgs)
}

// follow reads until it is this reader's turn, and takes it: then the newest
// message is its own.
func (r *reader) follow(ctx context.Context, wait bool) error {
	var q quiet
	for {
		any, err := r.read(ctx)
		now := time.Now()
		switch {
		case err != nil && (!wait || wherry.CodeOf(err) != wherry.Unreachable):
			return err
		case err != nil:
			q.cut(now)
		case any:
			if q.caughtUp && !wait && !r.t.closed {
				return wherry.Errorf(wherry.Busy, "journal %s: another process writes it", r.cfg.Name)
			}
			q.heard(now)
			continue
		default:
			if !q.caughtUp {
				r.cfg.Log.Debug("journal is read", "records", r.rec.Records, "epoch", r.t.epoch)
			}
			mine, err := r.claim(ctx, &q, now)
			if mine || err != nil && (!wait || wherry.CodeOf(err) != wherry.Unreachable) {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return wherry.Errorf(wherry.Interrupted, "journal %s: %w", r.cfg.Name, ctx.Err())
		case <-time.After(r.cfg.poll()):
		}
	}
}

// quiet is since when nobody writes. Silence of the servers is none of the
// writer's: after they were without a leader, one that still calls gets a beat's
// time to go on. Who does not call either is not waited for.
type quiet struct {
	caughtUp bool
	since    time.Time // the last message, or when all was read
	servers  time.Time // when the servers did not answer last
}

func (q *quiet) heard(now time.Time) { q.since = now }
func (q *quiet) cut(now time.Time)   { q.servers = now }

// over reports whether the writer has been silent for long enough.
func (q *quiet) over(now time.Time, silence, grace time.Duration) bool {
	if !q.caughtUp {
		q.since, q.caughtUp = now, true
	}
	return now.Sub(q.since) >= silence && (q.servers.IsZero() || now.Sub(q.servers) >= grace)
}

// claim tries to take the writer's place when it seems to be free. It reports
// whether it is this reader's now.
func (r *reader) claim(ctx context.Context, q *quiet, now time.Time) (bool, error) {
	grace := r.cfg.grace()
	gone := now.Sub(r.s.called()) >= r.cfg.Silence
	if gone {
		grace = 0
	}
	if !q.over(now, r.cfg.Silence, grace) && !r.t.closed && r.t.seq != 0 {
		return false, nil
	}
	if !gone {
		_, last, err := r.s.span(ctx)
		if err != nil {
			q.cut(time.Now())
			return false, err
		}
		if last > r.t.seq {
			return false, nil // the server that was read from is behind
		}
	}
	var w writerID
	_, _ = rand.Read(w[:]) // never fails
	m := r.t.open(w, r.cfg.Owner)
	data := m.encode()
	_, err := put(ctx, r.s, r.cfg.Name, r.cfg.logSubject(), data, m.place, r.cfg.Silence)
	switch {
	case err == nil:
		return true, r.take([]stored{{m.place, data}})
	case errors.Is(err, errTaken): // somebody was quicker
		return false, nil
	case wherry.CodeOf(err) == wherry.Unreachable:
		q.cut(time.Now())
	}
	return false, err
}
