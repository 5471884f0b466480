package wire

import (
	"io"
	"time"

	"github.com/wherrynet/wherry"
)

// Conn carries frames: a stream of the link, or a TCP connection inside the
// tunnel. A net.Conn is one.
type Conn interface {
	io.ReadWriteCloser
	SetReadDeadline(time.Time) error
	SetWriteDeadline(time.Time) error
}

// Link is a Conn to a peer whose identity the link has proven.
type Link interface {
	Conn
	Peer() wherry.Address
}
