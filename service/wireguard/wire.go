package wireguard

import "net/netip"

// Wire carries the encrypted packets: the WireGuard share of a UDP socket. One
// Device owns one Wire. Package link has the real one.
type Wire interface {
	// ReadPackets blocks until at least one packet is there. It puts packets
	// anywhere into slab and describes the i-th as slab[offsets[i]:][:sizes[i]],
	// sent from from[i]; packets don't overlap, and never more of them are returned
	// than offsets has room for, which is BatchSize. A slab has room for two
	// datagrams of the largest size. One goroutine calls it. After Close it returns
	// net.ErrClosed; any other error is taken as passing.
	ReadPackets(slab []byte, offsets, sizes []int, from []netip.AddrPort) (n int, err error)

	// WritePackets sends each buffer as one datagram. It may change the bytes in
	// place, and must not keep them. Several goroutines call it.
	WritePackets(bufs [][]byte, to netip.AddrPort) error

	// WritePlain is WritePackets for a peer that is WireGuard as its authors ship it,
	// where a Wire hides what its packets look like.
	WritePlain(bufs [][]byte, to netip.AddrPort) error

	// BatchSize is how many packets go through one call at most. It never changes.
	BatchSize() int

	// LocalAddr is the address that the socket is bound to.
	LocalAddr() netip.AddrPort

	// Close wakes ReadPackets up for good.
	Close() error
}
