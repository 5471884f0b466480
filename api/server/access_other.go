//go:build !linux

package server

import (
	"errors"
	"net"
)

// credentials is not known for this system: nobody is let in.
func credentials(*net.UnixConn) (*Peer, error) {
	return nil, errors.New("this system does not say who has connected")
}
