package link

import (
	"context"
	"net"
	"net/netip"
	"syscall"

	"github.com/wherrynet/wherry"
	"golang.org/x/sys/unix"
)

// PathMTU returns the largest packet, outer headers included, that the kernel knows
// to reach an address in one piece: the first link's size, or what a router on the
// way has reported since.
func (s *Socket) PathMTU(to netip.AddrPort) (int, error) {
	to = netip.AddrPortFrom(to.Addr().Unmap(), to.Port())
	level, option := unix.IPPROTO_IP, unix.IP_MTU
	if to.Addr().Is6() {
		level, option = unix.IPPROTO_IPV6, unix.IPV6_MTU
	}
	d := net.Dialer{Control: func(_, _ string, c syscall.RawConn) error {
		if s.cfg.Mark == nil {
			return nil
		}
		return s.cfg.Mark(c) // it has to find the same way
	}}
	c, err := d.DialContext(context.Background(), "udp", to.String()) // sends nothing and does not wait
	if err != nil {
		return 0, wherry.Errorf(wherry.Unreachable, "ask for the path's size: %w", err)
	}
	defer c.Close()
	raw, err := c.(*net.UDPConn).SyscallConn()
	if err != nil {
		return 0, err
	}
	var mtu int
	var serr error
	if err := raw.Control(func(fd uintptr) { mtu, serr = unix.GetsockoptInt(int(fd), level, option) }); err != nil {
		return 0, err
	}
	if serr != nil {
		return 0, wherry.Errorf(wherry.Unreachable, "ask for the path's size: %w", serr)
	}
	return mtu, nil
}
