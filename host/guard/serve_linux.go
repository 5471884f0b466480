package guard

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"runtime"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/host/dns"
	"github.com/wherrynet/wherry/host/firewall"
	"golang.org/x/sync/errgroup"
	"golang.org/x/sys/unix"
)

// Config is how Serve runs.
type Config struct {
	Dir  string       // where it keeps what was there before; has to survive a restart of this machine
	UIDs []uint32     // who may be at the other end, besides root
	DNS  dns.System   // whose names are looked up; zero is this machine
	Log  *slog.Logger // nil discards
}

// settle is how long a burst of changes is waited for before one look at all of
// them. Packets are held by whichever of firewall and routes is left meanwhile.
const settle = 20 * time.Millisecond

// glance is how often the guard looks without being told to, for what the kernel
// does not tell.
const glance = time.Second

// Serve answers one unprivileged process until that goes or ctx ends. Then what
// was open for it is closed, unless it had released everything, and Serve returns
// nil. It works on the network namespace of the calling thread.
func Serve(ctx context.Context, conn *net.UnixConn, c Config) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer conn.Close()
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if err := peer(conn, c.UIDs); err != nil {
		return err
	}
	k, err := open(c)
	if err != nil {
		return err
	}
	defer k.close()
	w, err := openWatcher()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stop := context.AfterFunc(ctx, func() { _ = conn.SetReadDeadline(time.Unix(1, 0)) })
	defer stop()
	packets, signal := make(chan packet), make(chan struct{}, 1)
	var g errgroup.Group
	g.Go(func() error { defer cancel(); return w.run(ctx, signal) })
	g.Go(func() error { defer close(packets); defer cancel(); return receive(ctx, conn, packets) })
	err = k.serve(conn, packets, signal)
	cancel()
	err = errors.Join(err, g.Wait())
	if k.saved.Active {
		err = errors.Join(err, k.apply(k.saved.Wish.closed()))
	}
	return err
}

// serve is the one goroutine that changes anything.
func (k *keeper) serve(conn *net.UnixConn, packets <-chan packet, signal <-chan struct{}) error {
	tick := time.NewTicker(glance)
	defer tick.Stop()
	for {
		var changes []Change
		select {
		case p, ok := <-packets:
			if !ok {
				return nil
			}
			if err := k.answer(conn, p); err != nil {
				return err
			}
		case <-signal:
			// A firewall that is gone is not waited for.
			if untouched, err := k.fw.Untouched(); err == nil && !untouched {
				changes = k.look()
			}
			time.Sleep(settle)
			changes = append(changes, k.look()...)
		case <-tick.C:
			changes = k.look()
		}
		for _, c := range changes {
			if err := send(conn, reply{Change: &c}, noFile); err != nil {
				return err
			}
		}
	}
}

func (k *keeper) answer(conn *net.UnixConn, p packet) error {
	if p.file != nil {
		defer p.file.Close()
	}
	q, err := decodeRequest(p.data)
	if err != nil {
		return err // not our client: nothing it says later can be believed
	}
	if (p.file != nil) != (q.Op == opMark) {
		return wherry.Errorf(wherry.Invalid, "request %d of kind %d with a file, or without one", q.Seq, q.Op)
	}
	r := reply{Seq: q.Seq}
	switch q.Op {
	case opApply:
		r = failure(q.Seq, k.apply(*q.Wish))
	case opRelease:
		r = failure(q.Seq, k.release())
	case opTUN:
		file, err := k.device(*q.TUN)
		if err == nil {
			return sendFile(conn, r, file)
		}
		r = failure(q.Seq, err)
	case opMark:
		r = failure(q.Seq, mark(p.file))
	case opState:
		s := k.state()
		r.State = &s
	}
	return send(conn, r, noFile)
}

func sendFile(conn *net.UnixConn, r reply, f *os.File) error {
	raw, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var failed error
	err = raw.Control(func(fd uintptr) { failed = send(conn, r, int(fd)) })
	return errors.Join(err, failed)
}

// mark puts our mark on an internet socket, and on nothing else.
func mark(f *os.File) error {
	raw, err := f.SyscallConn()
	if err != nil {
		return fmt.Errorf("mark a socket: %w", err)
	}
	var failed error
	err = raw.Control(func(fd uintptr) {
		domain, err := unix.GetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_DOMAIN)
		switch {
		case err != nil:
			failed = wherry.Errorf(wherry.Invalid, "mark what is no socket: %w", err)
		case domain != unix.AF_INET && domain != unix.AF_INET6:
			failed = wherry.Errorf(wherry.Invalid, "mark a socket of family %d", domain)
		default:
			failed = unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_MARK, int(firewall.Mark))
		}
	})
	return errors.Join(err, failed)
}
