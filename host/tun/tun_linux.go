package tun

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"slices"

	"github.com/vishvananda/netlink"
	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/host/firewall"
	"golang.org/x/sys/unix"
)

const device = "/dev/net/tun"

// Bounds of an interface's MTU: what any IPv4 host can take (RFC 791), and the most
// that a packet can have. IPv6 asks for 1280 (RFC 8200).
const (
	minMTU = 576
	minV6  = 1280
	maxMTU = 65535
)

// Make makes an interface in the network namespace of the calling thread, gives
// it addresses and an MTU and brings it up. The file is non-blocking, and can be
// handed to another process. A name that is in use is a Conflict.
func Make(name string, mtu int, inner []netip.Prefix) (*os.File, error) {
	if !firewall.InterfaceName(name) {
		return nil, wherry.Errorf(wherry.Invalid, "interface name %q", name)
	}
	fd, err := unix.Open(device, unix.O_RDWR|unix.O_CLOEXEC|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", device, err)
	}
	if err := attach(fd, name); err != nil {
		_ = unix.Close(fd)
		return nil, err
	}
	// Not before: a device that is not attached yet looks broken to the poller.
	f := os.NewFile(uintptr(fd), device)
	quiet(name)
	if _, err := Configure(name, mtu, inner); err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

func attach(fd int, name string) error {
	req, err := unix.NewIfreq(name)
	if err != nil {
		return wherry.Errorf(wherry.Invalid, "interface name %q", name)
	}
	req.SetUint16(unix.IFF_TUN | unix.IFF_NO_PI | unix.IFF_VNET_HDR | unix.IFF_TUN_EXCL)
	if err := unix.IoctlIfreq(fd, unix.TUNSETIFF, req); err != nil {
		if err == unix.EBUSY {
			return wherry.Errorf(wherry.Conflict, "interface %s exists already: is another tunnel running?", name)
		}
		return fmt.Errorf("make interface %s: %w", name, err)
	}
	return nil
}

// quiet turns off what the kernel would send by itself on a new link. A setting
// that this kernel lacks is no loss: the firewall drops what it would send.
func quiet(name string) {
	for setting, value := range map[string]string{
		"accept_ra": "0", "autoconf": "0", "addr_gen_mode": "1", "router_solicitations": "0", "dad_transmits": "0",
	} {
		_ = os.WriteFile(filepath.Join("/proc/sys/net/ipv6/conf", name, setting), []byte(value), 0o644)
	}
}

// Configure sets MTU and addresses of an interface that Make made: exactly these,
// others are removed, and brings it up. mtu 0 leaves it as it is. It reports
// whether there was anything to do.
func Configure(name string, mtu int, inner []netip.Prefix) (changed bool, err error) {
	least := minMTU
	if slices.ContainsFunc(inner, func(p netip.Prefix) bool { return p.Addr().Is6() }) {
		least = minV6
	}
	if mtu != 0 && (mtu < least || mtu > maxMTU) {
		return false, wherry.Errorf(wherry.Invalid, "MTU %d: from %d to %d", mtu, least, maxMTU)
	}
	h, err := netlink.NewHandle(unix.NETLINK_ROUTE)
	if err != nil {
		return false, fmt.Errorf("open netlink: %w", err)
	}
	defer h.Close()
	link, err := h.LinkByName(name)
	if err != nil {
		return changed, fmt.Errorf("interface %s: %w", name, err)
	}
	if mtu != 0 && link.Attrs().MTU != mtu {
		if err := h.LinkSetMTU(link, mtu); err != nil {
			return changed, fmt.Errorf("set the MTU of %s to %d: %w", name, mtu, err)
		}
		changed = true
	}
	have, err := h.AddrList(link, unix.AF_UNSPEC)
	if err != nil {
		return changed, fmt.Errorf("addresses of %s: %w", name, err)
	}
	for _, p := range inner {
		if slices.ContainsFunc(have, func(a netlink.Addr) bool { return prefixOf(a) == p }) {
			continue
		}
		// Without a route of its prefix: what is within the tunnel is said in our
		// own table alone.
		a := &netlink.Addr{IPNet: ipNet(p), Flags: unix.IFA_F_NODAD | unix.IFA_F_NOPREFIXROUTE}
		if err := h.AddrAdd(link, a); err != nil {
			return changed, fmt.Errorf("add %s to %s: %w", p, name, err)
		}
		changed = true
	}
	for _, a := range have {
		if slices.Contains(inner, prefixOf(a)) {
			continue
		}
		if err := h.AddrDel(link, &netlink.Addr{IPNet: a.IPNet}); err != nil {
			return changed, fmt.Errorf("remove %s from %s: %w", a.IPNet, name, err)
		}
		changed = true
	}
	if link.Attrs().Flags&net.FlagUp == 0 {
		if err := h.LinkSetUp(link); err != nil {
			return changed, fmt.Errorf("bring %s up: %w", name, err)
		}
		changed = true
	}
	return changed, nil
}

func ipNet(p netip.Prefix) *net.IPNet {
	return &net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())} //nolint:forbidigo // the type of the netlink library
}

func prefixOf(a netlink.Addr) netip.Prefix {
	addr, _ := netip.AddrFromSlice(a.IP)
	bits, _ := a.Mask.Size()
	return netip.PrefixFrom(addr.Unmap(), bits)
}
