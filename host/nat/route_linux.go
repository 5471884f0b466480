package nat

import (
	"errors"
	"net"
	"net/netip"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"

	"github.com/wherrynet/wherry"
)

// Route sends what is for the inner networks into the tunnel. The routes go with the
// interface.
func Route(tunnel string, inner []netip.Prefix) error {
	h, err := netlink.NewHandle(unix.NETLINK_ROUTE)
	if err != nil {
		return wherry.Errorf(wherry.Unreachable, "open netlink: %w", err)
	}
	defer h.Close()
	link, err := h.LinkByName(tunnel)
	if err != nil {
		return wherry.Errorf(wherry.Unreachable, "interface %s: %w", tunnel, err)
	}
	for _, p := range inner {
		dst := &net.IPNet{
			IP:   p.Masked().Addr().AsSlice(), //nolint:forbidigo // netlink wants it
			Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen()),
		}
		r := &netlink.Route{LinkIndex: link.Attrs().Index, Dst: dst, Scope: netlink.SCOPE_LINK}
		if p.Addr().Is6() {
			r.Scope = netlink.SCOPE_UNIVERSE
		}
		if err := h.RouteAdd(r); err != nil {
			if errors.Is(err, unix.EEXIST) {
				return wherry.Errorf(wherry.Conflict, "something else on this host has the route to %s: choose other inner networks", p)
			}
			return denied("route the tunnel's network", err)
		}
	}
	return nil
}

// Down takes the tunnel's interface down: nothing comes out of it any more, whoever
// holds its file, and its routes are gone.
func Down(tunnel string) error {
	h, err := netlink.NewHandle(unix.NETLINK_ROUTE)
	if err != nil {
		return wherry.Errorf(wherry.Unreachable, "open netlink: %w", err)
	}
	defer h.Close()
	link, err := h.LinkByName(tunnel)
	if err == nil {
		err = h.LinkSetDown(link)
	}
	if err != nil {
		return denied("take the tunnel's interface down", err)
	}
	return nil
}
