package provider

import (
	"net/netip"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/session/wire"
)

// pool hands out inner addresses in pairs: consumer n has the nth address of
// both networks. A pair is used again only after it was given back, and as late
// as possible. The caller locks.
type pool struct {
	own4, own6   netip.Addr
	base4, base6 netip.Prefix
	size         uint32
	next         uint32   // first that was never used
	free         []uint32 // given back, the oldest first
}

// maxPool bounds the pairs, and with them what a pool remembers.
const maxPool = 1<<16 - 2

func newPool(four, six netip.Prefix) (*pool, error) {
	if !four.IsValid() {
		four = netip.MustParsePrefix("10.87.0.0/16")
	}
	if !six.IsValid() {
		six = netip.MustParsePrefix("fd77:6865:7272:7900::/64")
	}
	four, six = four.Masked(), six.Masked()
	switch {
	case !four.Addr().Is4() || four.Bits() > 29 || !four.Addr().IsPrivate():
		return nil, wherry.Errorf(wherry.Invalid, "inner network %s: want a private IPv4 one of at least 8 addresses", four)
	case !six.Addr().Is6() || six.Bits() > 96 || !six.Addr().IsPrivate():
		return nil, wherry.Errorf(wherry.Invalid, "inner network %s: want a unique local IPv6 one of at most 96 bits", six)
	}
	size := uint32(1)<<min(32-four.Bits(), 17) - 2 // neither the network nor the broadcast address
	p := &pool{base4: four, base6: six, size: min(size, maxPool), next: 2}
	p.own4, p.own6 = p.addrs(1)
	return p, nil
}

// addrs returns pair n.
func (p *pool) addrs(n uint32) (netip.Addr, netip.Addr) {
	four, six := p.base4.Addr().As4(), p.base6.Addr().As16()
	for i := range 4 {
		b := byte(n >> (8 * i))
		four[3-i] |= b
		six[15-i] |= b
	}
	return netip.AddrFrom4(four), netip.AddrFrom16(six)
}

// take returns a pair's number and all four addresses.
func (p *pool) take() (uint32, wire.Inner, error) {
	var n uint32
	switch {
	case p.next <= p.size:
		n = p.next
		p.next++
	case len(p.free) > 0:
		n, p.free = p.free[0], p.free[1:]
	default:
		return 0, wire.Inner{}, wherry.Errorf(wherry.Busy, "all inner addresses are taken")
	}
	four, six := p.addrs(n)
	return n, wire.Inner{Consumer4: four, Consumer6: six, Provider4: p.own4, Provider6: p.own6}, nil
}

// give takes a pair back, once nothing of its session is left in the tunnel.
func (p *pool) give(n uint32) {
	if n != 0 {
		p.free = append(p.free, n)
	}
}
