package stream

import (
	"context"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/journal"
)

// Log is a journal in a stream, opened as its writer. It is safe for concurrent
// use. Close ends the goroutine that opening it began.
type Log struct {
	cfg    Config
	s      servers
	ctx    context.Context // ends what is under way when the log is abandoned
	cancel context.CancelFunc
	kick   chan struct{} // there is something to do
	done   chan struct{} // run has ended
	lost   chan struct{} // closed when err is set

	snap        sync.Mutex // one snapshot at a time; guards snapshotted
	snapshotted uint64     // the last record in the newest snapshot

	// mu guards what follows; cond is signalled when durable, proof, queue or err
	// change.
	mu      sync.Mutex
	cond    *sync.Cond
	queue   []group // not sent yet, or under way
	bytes   int     // in queue
	last    uint64  // number of the newest record
	want    uint64  // up to which number somebody waits
	durable uint64
	proof   time.Time // when the newest answer was asked for that says whose turn it is
	verify  bool      // somebody waits for a newer one
	note    *note     // to be sent next
	closing bool
	err     error

	t     tail  // behind the newest stored message
	since int64 // bytes that are read when the log is opened
	marks []mark
}

// group is records that go out as one message. The first bytes are room for its
// head.
type group struct {
	data []byte
	n    uint64
}

// note is a message that is no records, and whoever waits for it.
type note struct {
	kind kind
	body []byte
	done chan error
}

// maxQueue is how many bytes may wait before Append does.
const maxQueue = 64 << 20

var _ journal.Log = (*Log)(nil)

func newLog(c Config, s servers, r *reader) *Log {
	l := &Log{
		cfg: c, s: s, kick: make(chan struct{}, 1), done: make(chan struct{}), lost: make(chan struct{}),
		t: r.t, last: r.t.next - 1, durable: r.t.next - 1, since: r.bytes, marks: r.marks, snapshotted: r.newest, proof: time.Now().Add(-c.fresh()),
	}
	l.cond = sync.NewCond(&l.mu)
	// The log outlives the context in which it was opened: Close ends it.
	l.ctx, l.cancel = context.WithCancel(context.Background())
	return l
}

// Append takes a record and returns its number, from 1. It is not durable before
// Commit says so. The bytes are copied.
func (l *Log) Append(record []byte) (uint64, error) {
	most := l.s.room() - headBytes - 8
	if len(record) == 0 || len(record) > most {
		return 0, wherry.Errorf(wherry.Internal, "journal %s: record of %d bytes: 1 to %d", l.cfg.Name, len(record), most)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.bytes > maxQueue && l.err == nil && !l.closing {
		l.want = l.last
		l.wake()
		l.cond.Wait()
	}
	if l.err != nil {
		return 0, l.err
	}
	if l.closing {
		return 0, wherry.Errorf(wherry.Interrupted, "journal %s: closed", l.cfg.Name)
	}
	n := len(l.queue)
	if n == 0 || len(l.queue[n-1].data)+len(record)+8 > l.s.room() {
		l.queue = append(l.queue, group{data: make([]byte, headBytes, headBytes+max(len(record)+8, 512))})
		n++
	}
	g := &l.queue[n-1]
	before := len(g.data)
	g.data = appendRecord(g.data, record)
	g.n++
	l.bytes += len(g.data) - before
	l.last++
	return l.last, nil
}

// Commit waits until the record with the given number, and all before it, are
// on most of the servers. A record that is there already proves nothing about
// the present: when the servers' last answer is old, Commit waits for a new one.
func (l *Log) Commit(number uint64) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	waited, began := false, time.Now()
	for {
		switch {
		case l.durable >= number && waited:
			return nil
		case l.err != nil:
			return l.err
		case number > l.last:
			return wherry.Errorf(wherry.Internal, "journal %s: record %d was never appended", l.cfg.Name, number)
		case l.durable >= number && (l.proof.After(began) || time.Since(l.proof) < l.cfg.fresh()):
			return nil
		case l.durable >= number:
			l.verify = true
		default:
			waited = true
			l.want = max(l.want, number)
		}
		l.wake()
		l.cond.Wait()
	}
}

// Last returns the number of the newest record, durable or not.
func (l *Log) Last() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.last
}

// Err returns why nothing more is accepted, or nil. Busy means that another writer
// has taken over, Unreachable that the servers did not answer for long.
func (l *Log) Err() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}

// Lost is closed when nothing more is accepted.
func (l *Log) Lost() <-chan struct{} { return l.lost }

// SinceSnapshot returns how many bytes opening would read behind the newest
// snapshot.
func (l *Log) SinceSnapshot() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.since - l.marks[0].at
}

// Close stores what was appended, says that the writer has ended, and leaves the
// servers.
func (l *Log) Close() error {
	l.mu.Lock()
	l.closing, l.want = true, l.last
	l.cond.Broadcast()
	l.mu.Unlock()
	l.wake()
	<-l.done
	l.cancel()
	l.s.close()
	l.mu.Lock()
	defer l.mu.Unlock()
	err := l.err
	l.fail(wherry.Errorf(wherry.Interrupted, "journal %s: closed", l.cfg.Name))
	return err
}

func (l *Log) wake() {
	select {
	case l.kick <- struct{}{}:
	default:
	}
}

// fail is called with mu held.
func (l *Log) fail(err error) {
	if l.err == nil {
		l.err = err
		close(l.lost)
	}
	if l.note != nil {
		l.note.done <- l.err
		l.note = nil
	}
	l.cond.Broadcast()
}
