package link

import (
	"net"
	"net/netip"
)

// A batcher reads and writes many datagrams at once, as far as the system can.
// read is called by one goroutine at a time, write by many.
//
//	read   puts datagrams into slab and appends what they are to into; a system
//	       that hands over several of one sender glued together has them
//	       described one by one. At least one, or an error.
//	write  sends every buf as a datagram of its own. It tries them all and
//	       returns the first error.
type batcher interface {
	read(slab []byte, into []segment) ([]segment, error)
	write(bufs [][]byte, to netip.AddrPort) error
}

// segment is one datagram in a slab.
type segment struct {
	offset, size int
	from         netip.AddrPort // unmapped
}

// slabSize holds two of the largest datagrams that there are.
const slabSize = 2 * maxDatagram

const maxDatagram = 1<<16 - 1

var errFamily = &net.AddrError{Err: "not an address that this socket can send to"}
