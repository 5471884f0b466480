//go:build !linux

package wireguard

import (
	"os"
	"syscall"

	"github.com/tailscale/wireguard-go/tun"

	"github.com/wherrynet/wherry"
)

// OpenTUN needs Linux.
func OpenTUN(*os.File) (*TUN, error) {
	return nil, wherry.Errorf(wherry.Invalid, "a tunnel for the whole machine needs Linux; `wherry proxy` works here")
}

type tunReader struct{}

func (*tunReader) read(syscall.RawConn, []byte, []tun.ReadPacket, func() bool) (int, error) {
	return 0, os.ErrClosed
}
