package link

import (
	"errors"
	"io"
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

	mu     sync.Mutex // guards closed
	closed time.Time  // when Close was called
	once   sync.Once
}

func (q *overQUIC) Read(p []byte) (int, error) {
	n, err := q.Stream.Read(p)
	return n, reading(err)
}

func (q *overQUIC) Write(p []byte) (int, error) {
	n, err := q.Stream.Write(p)
	return n, reading(err)
}

// reading turns an orderly end of the connection into the end of the stream, and
// a peer that is gone into Unreachable.
func reading(err error) error {
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
	defer q.mu.Unlock()
	if !q.closed.IsZero() {
		return nil
	}
	q.closed = time.Now()
	q.Stream.CancelRead(quic.StreamErrorCode(h3NoError))
	err := q.Stream.Close()
	time.AfterFunc(linger, q.hangUp)
	return err
}

// end closes the connection, after half a second at most if its last words may
// be under way.
func (q *overQUIC) end() {
	q.mu.Lock()
	closed := q.closed
	q.mu.Unlock()
	if !closed.IsZero() {
		select {
		case <-q.qc.Context().Done():
		case <-time.After(min(linger/2, time.Until(closed.Add(linger/2)))):
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
