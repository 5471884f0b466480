package stream

import (
	"errors"
	"fmt"
	"time"

	"github.com/wherrynet/wherry"
)

// run sends one message after the other, until the log is closed or lost.
func (l *Log) run() {
	defer close(l.done)
	beat := time.NewTicker(l.cfg.beat())
	defer beat.Stop()
	due := false
	for {
		m, n := l.choose(due)
		switch {
		case m != nil:
			due = false
			if !l.send(*m, n) {
				return
			}
			continue
		case l.Err() != nil:
			return
		}
		select {
		case <-l.ctx.Done():
			l.mu.Lock()
			l.fail(wherry.Errorf(wherry.Interrupted, "journal %s: %w", l.cfg.Name, l.ctx.Err()))
			l.mu.Unlock()
			return
		case <-l.kick:
		case <-beat.C:
			due = l.idle()
		}
	}
}

// call tells followers that this writer is there, as long as it is: also while
// the servers are without a leader and nothing can be stored.
func (l *Log) call() {
	beat := time.NewTicker(l.cfg.beat())
	defer beat.Stop()
	for {
		l.s.call()
		select {
		case <-l.done:
			return
		case <-beat.C:
		}
	}
}

// outgoing is a message with its bytes, and the records in it.
type outgoing struct {
	message
	data []byte
	n    uint64
}

// choose returns what goes out next, if anything: a note and who waits for it,
// records that somebody waits for, a beat, or the last word.
func (l *Log) choose(due bool) (*outgoing, *note) {
	l.mu.Lock()
	defer l.mu.Unlock()
	plain := func(k kind, body []byte) *outgoing {
		m := l.t.follow(k, body)
		return &outgoing{message: m, data: m.encode()}
	}
	switch {
	case l.err != nil:
		return nil, nil
	case l.note != nil:
		n := l.note
		l.note = nil
		return plain(n.kind, n.body), n
	case len(l.queue) > 0 && l.want > l.durable:
		g := l.queue[0]
		m := l.t.follow(kindRecords, g.data[headBytes:])
		m.seal(g.data)
		// What is appended from here on goes into another message.
		l.queue[0] = group{}
		l.queue = l.queue[1:]
		return &outgoing{message: m, data: g.data, n: g.n}, nil
	case l.closing:
		return plain(kindClose, nil), nil
	case due || l.verify:
		return plain(kindBeat, nil), nil
	}
	return nil, nil
}

// idle reports whether nothing was heard from the servers for a beat.
func (l *Log) idle() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Since(l.proof) >= l.cfg.beat()
}

// send puts one message at its place. It returns false when that was the last.
func (l *Log) send(m outgoing, n *note) bool {
	subject := l.cfg.logSubject()
	if m.kind == kindSnapshot {
		subject = l.cfg.manifestSubject()
	}
	asked, err := put(l.ctx, l.s, l.cfg.Name, subject, m.data, m.place, l.cfg.Patience)
	l.mu.Lock()
	defer l.mu.Unlock()
	var t tail
	if err == nil {
		var d message
		var sum uint32
		if d, sum, err = decode(m.data); err == nil {
			t, err = l.t.step(m.place, d, sum, l.cfg.Owner, func(uint64, []byte) error { return nil })
		}
	}
	if n != nil {
		defer func() { n.done <- err }()
	}
	if err != nil {
		err = l.explain(err)
		l.fail(err)
		return false
	}
	l.t = t
	l.since += int64(len(m.data))
	l.marks = addMark(l.marks, mark{t, l.since})
	if m.kind == kindRecords {
		l.durable += m.n
		l.bytes -= len(m.data) - headBytes
	}
	if asked.After(l.proof) {
		l.proof, l.verify = asked, false
	}
	l.cond.Broadcast()
	return m.kind != kindClose
}

// explain says what ends a writer.
func (l *Log) explain(err error) error {
	switch {
	case errors.Is(err, errTaken):
		return wherry.Errorf(wherry.Busy, "journal %s: nothing more is accepted: %w: this one was of epoch %d", l.cfg.Name, err, l.t.epoch)
	case wherry.CodeOf(err) == wherry.Unreachable:
		return wherry.Errorf(wherry.Unreachable, "nothing more is accepted: %w", err)
	}
	return wherry.Errorf(wherry.Internal, "nothing more is accepted: %w", err)
}

// say sends a message that is no records, and waits until it is stored.
func (l *Log) say(k kind, body []byte) error {
	n := &note{kind: k, body: body, done: make(chan error, 1)}
	l.mu.Lock()
	switch {
	case l.err != nil:
		defer l.mu.Unlock()
		return l.err
	case l.closing:
		defer l.mu.Unlock()
		return wherry.Errorf(wherry.Interrupted, "journal %s: closed", l.cfg.Name)
	case l.note != nil:
		defer l.mu.Unlock()
		return fmt.Errorf("journal %s: two notes at once", l.cfg.Name)
	}
	l.note = n
	l.mu.Unlock()
	l.wake()
	return <-n.done
}
