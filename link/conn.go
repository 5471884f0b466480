package link

import (
	"errors"
	"io"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/quic-go/quic-go"
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/codec"
)

// MaxFrame is the largest frame that ReadFrame takes where its caller names no
// bound of its own.
const MaxFrame = 64 << 10

// Stream is a reliable stream to one peer: what a Conn needs beneath it. Every
// net.Conn is one.
type Stream interface {
	io.ReadWriteCloser
	SetDeadline(time.Time) error
	SetReadDeadline(time.Time) error
	SetWriteDeadline(time.Time) error
}

// Conn is a stream of frames to a peer whose identity is proven. One goroutine
// may read while others write; frames of several writers do not mix.
type Conn struct {
	Stream
	peer   wherry.Address
	remote netip.AddrPort

	writing sync.Mutex // held for the whole of a frame
	over    *overQUIC  // nil where the stream is somebody else's
}

// NewConn wraps a stream whose other end is known to be peer: one inside a
// tunnel that peer's signature vouches for, or one of a test.
func NewConn(s Stream, peer wherry.Address, remote netip.AddrPort) *Conn {
	return &Conn{Stream: s, peer: peer, remote: remote}
}

// Peer returns who the other side has proven to be.
func (c *Conn) Peer() wherry.Address { return c.peer }

// RemoteAddr returns where the other side is. It is not for logs.
func (c *Conn) RemoteAddr() netip.AddrPort { return c.remote }

// RTT returns the shortest round trip to the peer that was seen, zero where nobody
// measures it.
func (c *Conn) RTT() time.Duration {
	if c.over == nil {
		return 0
	}
	return c.over.qc.ConnectionStats().MinRTT
}

// ReadFrame reads one frame into v. A frame over limit bytes (0: MaxFrame), or
// of none, or that is not strict CBOR is Invalid, and the stream is of no more
// use. At the end of the stream the error is io.EOF.
func (c *Conn) ReadFrame(limit int, v any) error {
	return codec.ReadFrame(c.Stream, bound(limit), v)
}

// WriteFrame writes v as one frame of at most limit bytes (0: MaxFrame).
func (c *Conn) WriteFrame(limit int, v any) error {
	c.writing.Lock()
	defer c.writing.Unlock()
	return codec.WriteFrame(c.Stream, bound(limit), v)
}

func bound(limit int) int {
	if limit <= 0 {
		return MaxFrame
	}
	return limit
}

// Close ends the stream. What was written before still arrives, if the path
// lives; reading ends at once.
func (c *Conn) Close() error { return c.Stream.Close() }

// end closes the connection beneath for good.
func (c *Conn) end() {
	if c.over != nil {
		c.over.end()
	}
}

// Application error codes of HTTP/3 (RFC 9114, section 8.1): what a stranger
// sees is what an HTTP/3 server would say.
const (
	h3NoError       quic.ApplicationErrorCode = 0x100
	h3GeneralError  quic.ApplicationErrorCode = 0x101
	h3ExcessiveLoad quic.ApplicationErrorCode = 0x107
)

// h3Settings opens a control stream and says nothing on it: stream type 0, then
// an empty SETTINGS frame (RFC 9114, section 7.2.4).
var h3Settings = []byte{0x00, 0x04, 0x00}

// linger is how long a closed stream's connection stays, so that the last words
// arrive.
const linger = time.Second

// overQUIC is the Stream of a Conn over QUIC: one stream on a connection of its
// own.
type overQUIC struct {
	*quic.Stream
	qc   *quic.Conn
	done func() // called once, when the connection is over

	reading sync.Mutex // held by who reads the stream: Read, and drain after Close
	mu      sync.Mutex // guards closed
	closed  time.Time  // when Close was called
	once    sync.Once
}

func (q *overQUIC) Read(p []byte) (int, error) {
	q.reading.Lock()
	defer q.reading.Unlock()
	if !q.closedAt().IsZero() {
		return 0, net.ErrClosed
	}
	n, err := q.Stream.Read(p)
	return n, ending(err)
}

func (q *overQUIC) Write(p []byte) (int, error) {
	n, err := q.Stream.Write(p)
	return n, ending(err)
}

// ending turns an orderly end of the connection into the end of the stream, and
// a peer that is gone into Unreachable.
func ending(err error) error {
	if app, ok := errors.AsType[*quic.ApplicationError](err); ok && app.ErrorCode == h3NoError {
		return io.EOF
	}
	if idle, ok := errors.AsType[*quic.IdleTimeoutError](err); ok {
		return wherry.Errorf(wherry.Unreachable, "the peer is silent: %w", idle)
	}
	return err
}

// Close says that nothing more is written, and ends the connection a little
// later: at once it would take unsent data with it.
func (q *overQUIC) Close() error {
	q.mu.Lock()
	if !q.closed.IsZero() {
		q.mu.Unlock()
		return nil
	}
	q.closed = time.Now()
	q.mu.Unlock()
	err := q.Stream.Close()
	_ = q.Stream.SetReadDeadline(longAgo) // a stream takes any deadline; this one wakes a reader
	go q.drain()
	return err
}

// drain waits until the other side has closed its direction too, so that it has
// taken ours or does not want it, or linger is over.
func (q *overQUIC) drain() {
	q.reading.Lock()
	defer q.reading.Unlock()
	_ = q.Stream.SetReadDeadline(q.closedAt().Add(linger))
	_, _ = io.Copy(io.Discard, q.Stream)
	q.hangUp()
}

func (q *overQUIC) closedAt() time.Time {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.closed
}

// end closes the connection, after half of linger at most if its last words may
// be under way.
func (q *overQUIC) end() {
	if closed := q.closedAt(); !closed.IsZero() {
		select {
		case <-q.qc.Context().Done():
		case <-time.After(time.Until(closed.Add(linger / 2))):
		}
	}
	q.hangUp()
}

func (q *overQUIC) hangUp() {
	q.once.Do(func() {
		_ = q.qc.CloseWithError(h3NoError, "") // it fails on nothing that could be mended
		q.done()
	})
}
