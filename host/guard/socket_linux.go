package guard

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/codec"
	"golang.org/x/sys/unix"
)

// patience is how long either side waits for the other to take a message. A side
// that does not read is as good as gone.
const patience = 5 * time.Second

const noFile = -1

// packet is what came over the socket: a message, and a file with it or none.
type packet struct {
	data []byte
	file *os.File
}

// peer checks who made the other end of the socket.
func peer(conn *net.UnixConn, uids []uint32) error {
	raw, err := conn.SyscallConn()
	if err != nil {
		return fmt.Errorf("who is at the other end: %w", err)
	}
	var cred *unix.Ucred
	var failed error
	err = raw.Control(func(fd uintptr) {
		cred, failed = unix.GetsockoptUcred(int(fd), unix.SOL_SOCKET, unix.SO_PEERCRED)
	})
	if err = errors.Join(err, failed); err != nil {
		return fmt.Errorf("who is at the other end: %w", err)
	}
	if cred.Uid != 0 && !slices.Contains(uids, cred.Uid) {
		return wherry.Errorf(wherry.Forbidden, "user %d may not ask the guard for anything", cred.Uid)
	}
	return nil
}

// receive hands on packets until the other side is gone or ctx ends.
func receive(ctx context.Context, conn *net.UnixConn, to chan<- packet) error {
	for {
		data, file, err := read(conn)
		if errors.Is(err, io.EOF) || ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		select {
		case to <- packet{data, file}:
		case <-ctx.Done():
			return nil
		}
	}
}

// read takes one packet, with at most one file. More, or longer, is refused.
func read(conn *net.UnixConn) ([]byte, *os.File, error) {
	buf := make([]byte, maxMessage+1)
	rights := make([]byte, unix.CmsgSpace(4*4)) // room for some, so that they can be closed
	n, m, flags, _, err := conn.ReadMsgUnix(buf, rights)
	if err != nil {
		return nil, nil, err
	}
	files, err := filesIn(rights[:m])
	if err == nil && (len(files) > 1 || n > maxMessage || flags&(unix.MSG_TRUNC|unix.MSG_CTRUNC) != 0) {
		err = wherry.Errorf(wherry.Invalid, "packet of %d bytes or more, with %d files", n, len(files))
	}
	if err != nil {
		for _, f := range files {
			_ = f.Close()
		}
		return nil, nil, err
	}
	if len(files) == 1 {
		return buf[:n], files[0], nil
	}
	return buf[:n], nil, nil
}

func filesIn(control []byte) (files []*os.File, err error) {
	messages, err := unix.ParseSocketControlMessage(control)
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "control message: %w", err)
	}
	for _, m := range messages {
		fds, err := unix.ParseUnixRights(&m)
		if err != nil {
			continue // credentials, or what a later kernel adds
		}
		for _, fd := range fds {
			files = append(files, os.NewFile(uintptr(fd), "received"))
		}
	}
	return files, nil
}

// send writes one packet, with a copy of an open file or, at noFile, without.
func send(conn *net.UnixConn, v any, fd int) error {
	b, err := codec.Marshal(v)
	if err != nil {
		return err
	}
	if len(b) > maxMessage {
		return wherry.Errorf(wherry.Invalid, "message of %d bytes: at most %d", len(b), maxMessage)
	}
	if err := conn.SetWriteDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	var rights []byte
	if fd != noFile {
		rights = unix.UnixRights(fd)
	}
	_, _, err = conn.WriteMsgUnix(b, rights, nil)
	return err
}
