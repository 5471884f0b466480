package guard

import (
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"sync"
	"syscall"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/codec"
)

// maxChanges is how many Changes wait for a reader before newer ones are dropped;
// whoever is that late looks at everything anyway.
const maxChanges = 64

// Client is the unprivileged side. Its methods may be called by several
// goroutines, wait for the guard's answer, and need Run to be running.
type Client struct {
	conn    *net.UnixConn
	changes chan Change
	gone    chan struct{} // closed when Run ends
	child   *exec.Cmd     // what Start started, or nil

	sending sync.Mutex // one request at a time is written

	mu      sync.Mutex // guards what is below
	seq     uint64
	waiting map[uint64]chan answer
}

type answer struct {
	reply reply
	file  *os.File
}

// NewClient returns the client at one end of a SOCK_SEQPACKET pair, at whose
// other end is Serve.
func NewClient(conn *net.UnixConn) *Client {
	return &Client{
		conn: conn, changes: make(chan Change, maxChanges), gone: make(chan struct{}), waiting: map[uint64]chan answer{},
	}
}

// Run reads the guard's answers until ctx ends, which ends the guard, or until the
// guard is gone, which is Unreachable. The rules stay in both cases. It is called once.
func (c *Client) Run(ctx context.Context) (err error) {
	if c.child != nil {
		defer func() { err = errors.Join(err, wait(c.child)) }()
	}
	stop := context.AfterFunc(ctx, func() { _ = c.conn.Close() })
	defer stop()
	defer close(c.gone)
	defer c.conn.Close()
	for {
		data, file, err := read(c.conn)
		if ctx.Err() != nil {
			return nil //nolint:nilerr // closing the socket is how it ends
		}
		if errors.Is(err, io.EOF) {
			return wherry.Errorf(wherry.Unreachable, "the guard is gone; this machine stays as it left it")
		}
		if err != nil {
			return err
		}
		var r reply
		if err := codec.Unmarshal(data, &r); err != nil {
			return err
		}
		c.take(r, file)
	}
}

func (c *Client) take(r reply, file *os.File) {
	if r.Change != nil {
		select {
		case c.changes <- *r.Change:
		default:
		}
	}
	c.mu.Lock()
	w := c.waiting[r.Seq]
	delete(c.waiting, r.Seq)
	c.mu.Unlock()
	switch {
	case w != nil:
		w <- answer{r, file}
	case file != nil:
		_ = file.Close()
	}
}

// ask sends a request and waits for its answer.
func (c *Client) ask(ctx context.Context, q request, fd int) (answer, error) {
	w := make(chan answer, 1)
	c.mu.Lock()
	c.seq++
	q.Seq = c.seq
	c.waiting[q.Seq] = w
	c.mu.Unlock()
	c.sending.Lock()
	err := send(c.conn, q, fd)
	c.sending.Unlock()
	if err == nil {
		select {
		case a := <-w:
			return a, a.reply.err()
		case <-c.gone:
			err = wherry.Errorf(wherry.Unreachable, "the guard is gone; this machine stays as it left it")
		case <-ctx.Done():
			err = ctx.Err()
		}
	}
	c.mu.Lock()
	delete(c.waiting, q.Seq)
	c.mu.Unlock()
	select {
	case a := <-w: // it came in the last moment
		if a.file != nil {
			_ = a.file.Close()
		}
	default:
	}
	return answer{}, err
}

// Apply closes this machine but for what w lists. It is idempotent; with an error
// the rules of the wish before stay in force, or all is closed where there was none.
func (c *Client) Apply(ctx context.Context, w Wish) error {
	_, err := c.ask(ctx, request{Op: opApply, Wish: &w}, noFile)
	return err
}

// Release restores what was there before the first Apply.
func (c *Client) Release(ctx context.Context) error {
	_, err := c.ask(ctx, request{Op: opRelease}, noFile)
	return err
}

// TUN makes the tunnel's interface, or hands out the one that it made under that
// name. The file is non-blocking and has virtio headers (IFF_VNET_HDR). The guard
// keeps a copy, so that the interface stays until Release or until both are gone.
func (c *Client) TUN(ctx context.Context, name string, mtu int, inner []netip.Prefix) (*os.File, error) {
	a, err := c.ask(ctx, request{Op: opTUN, TUN: &tunRequest{Name: name, MTU: mtu, Inner: inner}}, noFile)
	if err == nil && a.file == nil {
		err = wherry.Errorf(wherry.Internal, "the guard answered without a file")
	}
	return a.file, err
}

// Mark puts firewall.Mark on an internet socket, which then may send to the
// endpoints of the Wish. It suits net.Dialer's and net.ListenConfig's Control.
func (c *Client) Mark(ctx context.Context, socket syscall.RawConn) error {
	var failed error
	err := socket.Control(func(fd uintptr) {
		_, failed = c.ask(ctx, request{Op: opMark}, int(fd))
	})
	return errors.Join(err, failed)
}

// State says what the guard has in force, after a crash too.
func (c *Client) State(ctx context.Context) (State, error) {
	a, err := c.ask(ctx, request{Op: opState}, noFile)
	if err == nil && a.reply.State == nil {
		err = wherry.Errorf(wherry.Internal, "the guard answered without a state")
	}
	if err != nil {
		return State{}, err
	}
	return *a.reply.State, nil
}

// Changes says what happened that nobody asked for. The channel is never closed.
func (c *Client) Changes() <-chan Change { return c.changes }

// PID is the process that Start started, 0 where there is none.
func (c *Client) PID() int {
	if c.child == nil {
		return 0
	}
	return c.child.Process.Pid
}
