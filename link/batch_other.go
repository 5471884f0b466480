//go:build !linux

package link

import (
	"net"
	"net/netip"
)

// batchSize is the number of datagrams that one call may take or give.
const batchSize = 1

// single moves one datagram per call, which works everywhere.
type single struct {
	conn *net.UDPConn
}

func newBatcher(conn *net.UDPConn) (batcher, error) { return single{conn}, nil }

func (s single) read(slab []byte, into []segment) ([]segment, error) {
	n, from, err := s.conn.ReadFromUDPAddrPort(slab)
	if err != nil {
		return into, err
	}
	return append(into, segment{size: n, from: netip.AddrPortFrom(from.Addr().Unmap(), from.Port())}), nil
}

func (s single) write(bufs [][]byte, to netip.AddrPort) error {
	var first error
	for _, b := range bufs {
		if _, err := s.conn.WriteToUDPAddrPort(b, to); err != nil && first == nil {
			first = err
		}
	}
	return first
}
