package linktest

import (
	"io"
	"os"
	"sync"
	"time"
)

// half is one direction of a stream in memory: writes are kept until they are
// read, up to a bound, as a socket's buffers do.
type half struct {
	mu     sync.Mutex // guards what follows
	buf    []byte
	closed bool  // the writer is done
	broken error // the stream is cut: what both sides get
	muted  bool  // what is written is lost, and nobody is told
	change chan struct{}
}

const pipeBuffer = 256 << 10

func newHalf() *half { return &half{change: make(chan struct{})} }

// wakeLocked lets everybody who waits look again.
func (h *half) wakeLocked() {
	close(h.change)
	h.change = make(chan struct{})
}

func (h *half) read(p []byte, dead *deadline) (int, error) {
	for {
		h.mu.Lock()
		switch {
		case h.broken != nil:
			defer h.mu.Unlock()
			return 0, h.broken
		case len(h.buf) > 0 && !h.muted:
			n := copy(p, h.buf)
			h.buf = append(h.buf[:0], h.buf[n:]...)
			h.wakeLocked()
			h.mu.Unlock()
			return n, nil
		case h.closed && !h.muted:
			h.mu.Unlock()
			return 0, io.EOF
		}
		change := h.change
		h.mu.Unlock()
		select {
		case <-change:
		case <-dead.passed():
			return 0, os.ErrDeadlineExceeded
		}
	}
}

func (h *half) write(p []byte, dead *deadline) (int, error) {
	for done := 0; ; {
		h.mu.Lock()
		switch {
		case h.muted:
			h.mu.Unlock()
			return len(p), nil
		case h.broken != nil:
			defer h.mu.Unlock()
			return done, h.broken
		case h.closed:
			h.mu.Unlock()
			return done, io.ErrClosedPipe
		}
		n := min(len(p)-done, pipeBuffer-len(h.buf))
		h.buf = append(h.buf, p[done:done+n]...)
		done += n
		h.wakeLocked()
		change := h.change
		h.mu.Unlock()
		if done == len(p) {
			return done, nil
		}
		select {
		case <-change:
		case <-dead.passed():
			return done, os.ErrDeadlineExceeded
		}
	}
}

func (h *half) mute() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.muted = true
}

func (h *half) end(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if err != nil && h.broken == nil {
		h.broken, h.buf = err, nil
	}
	h.closed = true
	h.wakeLocked()
}

// deadline is a point in time that may be moved while somebody waits for it.
type deadline struct {
	mu    sync.Mutex // guards what follows
	timer *time.Timer
	done  chan struct{}
}

func newDeadline() *deadline { return &deadline{done: make(chan struct{})} }

func (d *deadline) passed() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.done
}

func (d *deadline) set(t time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.timer != nil {
		d.timer.Stop()
		d.timer = nil
	}
	select {
	case <-d.done:
		d.done = make(chan struct{})
	default:
	}
	if t.IsZero() {
		return
	}
	done := d.done
	if wait := time.Until(t); wait > 0 {
		d.timer = time.AfterFunc(wait, func() { d.fire(done) })
		return
	}
	close(done)
}

func (d *deadline) fire(done chan struct{}) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.done == done && d.timer != nil {
		close(done)
		d.timer = nil
	}
}

// end of a stream in memory. It is a link.Stream.
type end struct {
	in, out         *half
	readBy, writeBy *deadline
}

// pipe returns both ends of a new stream.
func pipe() (a, b *end) {
	ab, ba := newHalf(), newHalf()
	return &end{ba, ab, newDeadline(), newDeadline()}, &end{ab, ba, newDeadline(), newDeadline()}
}

func (e *end) Read(p []byte) (int, error)  { return e.in.read(p, e.readBy) }
func (e *end) Write(p []byte) (int, error) { return e.out.write(p, e.writeBy) }

func (e *end) Close() error {
	e.out.end(nil)
	e.in.end(io.ErrClosedPipe)
	return nil
}

func (e *end) SetDeadline(t time.Time) error {
	e.readBy.set(t)
	e.writeBy.set(t)
	return nil
}

func (e *end) SetReadDeadline(t time.Time) error {
	e.readBy.set(t)
	return nil
}

func (e *end) SetWriteDeadline(t time.Time) error {
	e.writeBy.set(t)
	return nil
}
