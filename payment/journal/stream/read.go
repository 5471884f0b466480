package stream

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/journal"
)

// Read reads a journal without its turn and changes nothing, also while a hub
// writes it: up to what the servers had when it began. It hands the records of
// the newest snapshot to load and those behind it to replay, each checked. fresh
// is called before the first record with the number of the last one in the
// snapshot, and again when a newer snapshot has replaced what was to be read and
// all is read anew. Without an Owner, that of the stream is good. NotFound when
// there is no such stream.
func (c Config) Read(ctx context.Context, fresh func(snapshot uint64) error, load func([]byte) error, replay func(number uint64, record []byte) error) (journal.Contents, error) {
	s, err := c.visit(ctx)
	if err != nil {
		return journal.Contents{}, err
	}
	defer s.close()
	for range 20 {
		var found journal.Contents
		if found, err = s.cfg.inspect(ctx, s, fresh, load, replay); wherry.CodeOf(err) != wherry.Busy {
			return found, err
		}
	}
	return journal.Contents{}, err
}

// visit connects to servers that have the journal already.
func (c Config) visit(ctx context.Context) (*conn, error) {
	owner := c.Owner
	if owner == "" {
		c.Owner = "?"
	}
	if err := c.defaults(); err != nil {
		return nil, err
	}
	s, err := connect(c)
	if err != nil {
		return nil, err
	}
	info, err := s.js.Stream(ctx, c.Name)
	switch {
	case errors.Is(err, jetstream.ErrStreamNotFound):
		err = wherry.Errorf(wherry.NotFound, "journal %s: the servers have no such stream", c.Name)
	case err != nil:
		err = s.explain(c.Name, err)
	default:
		is := info.CachedInfo().Config.Metadata[ownerKey]
		if owner == "" {
			s.cfg.Owner = is
		}
		if is == "" || is != s.cfg.Owner {
			err = wherry.Errorf(wherry.Conflict, "journal %s: the stream belongs to %q, and this is %s", c.Name, is, s.cfg.Owner)
		}
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// inspect is one attempt of Read.
func (c Config) inspect(ctx context.Context, s servers, fresh func(uint64) error, load func([]byte) error, replay func(uint64, []byte) error) (journal.Contents, error) {
	_, last, err := s.span(ctx)
	if err != nil {
		return journal.Contents{}, err
	}
	var out journal.Contents
	log := journal.Piece{File: c.Name}
	pack := journal.Piece{File: c.snapshots(), Snapshot: true, Sealed: true}
	r := &reader{cfg: c, s: s, t: start(), marks: []mark{{t: start()}}}
	begun := false
	begin := func() error { // once the snapshot's number is known
		if begun {
			return nil
		}
		begun = true
		log.First = r.rec.Snapshot + 1
		return fresh(r.rec.Snapshot)
	}
	r.replay = func(record []byte) error {
		log.Records++
		return replay(r.rec.Snapshot+log.Records, record)
	}
	r.named = func(upTo uint64) error {
		r.rec.Snapshot, pack.First = upTo, upTo
		return begin()
	}
	if err := r.begin(ctx, func(record []byte) error {
		pack.Records++
		pack.Bytes += int64(len(record))
		return load(record)
	}); err != nil {
		return out, err
	}
	if err := begin(); err != nil {
		return out, err
	}
	for until := time.Now().Add(c.Patience); r.t.seq < last; {
		more, err := r.read(ctx)
		switch {
		case err != nil && wherry.CodeOf(err) != wherry.Unreachable:
			return out, err
		case err == nil && more:
			until = time.Now().Add(c.Patience)
			continue
		case time.Now().After(until) || ctx.Err() != nil:
			return out, wherry.Errorf(wherry.Unreachable, "journal %s: message %d of %d cannot be read: %w", c.Name, r.t.seq+1, last, err)
		}
		time.Sleep(c.poll()) // a server that is behind
	}
	log.Bytes, log.Sealed, log.Groups = r.bytes, r.t.closed, int(r.t.seq)
	if out.Recovery = r.rec; pack.First > 0 {
		out.Pieces = append(out.Pieces, pack)
	}
	out.Pieces, out.Last = append(out.Pieces, log), r.t.next-1
	return out, nil
}

// Import makes the journal of a state that comes from elsewhere: what save puts
// is what the records up to number upTo make. There must be no journal, or an
// empty one: Conflict otherwise. It appears at once or not at all, with the one
// message that names the state; who opens it goes on behind upTo.
func (c Config) Import(ctx context.Context, upTo uint64, save func(put func(record []byte) error) error) error {
	if err := c.defaults(); err != nil {
		return err
	}
	s, err := dial(ctx, c)
	if err != nil {
		return err
	}
	defer s.close()
	return c.bring(ctx, s, upTo, save)
}

func (c Config) bring(ctx context.Context, s servers, upTo uint64, save func(put func([]byte) error) error) error {
	taken := func() error {
		return wherry.Errorf(wherry.Conflict, "journal %s: there is one already: it is never replaced", c.Name)
	}
	_, last, err := s.span(ctx)
	if err != nil {
		return err
	}
	if last > 0 {
		return taken()
	}
	if upTo == 0 {
		return wherry.Errorf(wherry.Invalid, "journal %s: nothing to begin with", c.Name)
	}
	from := start()
	from.next = upTo + 1
	w := chunkWriter{ctx: ctx, cfg: c, s: s, man: manifest{upTo: upTo, from: from}, hash: sha256.New()}
	_, _ = rand.Read(w.man.id[:]) // never fails
	w.t = chunkStart(w.man)
	if err := w.write(save); err != nil {
		return wherry.Errorf(wherry.CodeOf(err), "journal %s: %w", c.Name, err)
	}
	if err := loadChunks(ctx, c, s, w.man, func([]byte) error { return nil }); err != nil {
		return wherry.Errorf(wherry.CodeOf(err), "journal %s: what was stored cannot be read back: %w", c.Name, err)
	}
	m := from.follow(kindSnapshot, w.man.encode())
	_, err = put(ctx, s, c.Name, c.manifestSubject(), m.encode(), m.place, c.Patience)
	if errors.Is(err, errTaken) {
		return taken()
	}
	return err
}
