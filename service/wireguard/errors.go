package wireguard

import (
	"errors"
	"io"
	"syscall"
)

// errRefused is how a connected UDP socket says that nobody listens there.
var errRefused error = syscall.ECONNREFUSED

func isEOF(err error) bool { return errors.Is(err, io.EOF) }

func isTimeout(err error) bool {
	t, ok := errors.AsType[interface {
		error
		Timeout() bool
	}](err)
	return ok && t.Timeout()
}
