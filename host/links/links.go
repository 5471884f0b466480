package links

import (
	"bufio"
	"encoding/binary"
	"encoding/hex"
	"io"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/wherrynet/wherry"
)

const (
	// mostRoutes bounds how many routes are taken for neighbourhood. Who has more has
	// the whole internet's table, and its own links only are left.
	mostRoutes = 4096

	// A route this short is a default route in pieces, as VPN clients make them.
	least4, least6 = 8, 16
)

// Networks returns the addresses of this host's interfaces with the networks on them,
// and all that is routed elsewhere than to the default route. What belongs to the
// interface except (a tunnel of ours; "" is none) is left out. Loopback is in.
func Networks(except string) ([]netip.Prefix, error) {
	all, err := net.Interfaces()
	if err != nil {
		return nil, wherry.Errorf(wherry.Unreachable, "read the network interfaces: %w", err)
	}
	var out []netip.Prefix
	for _, i := range all {
		if i.Name == except {
			continue
		}
		addrs, err := i.Addrs()
		if err != nil {
			continue // it has just gone
		}
		for _, a := range addrs {
			if p, err := netip.ParsePrefix(a.String()); err == nil {
				out = append(out, p.Masked(), host(p.Addr()))
			}
		}
	}
	routed, err := routes(except)
	if err != nil {
		return nil, err
	}
	out = append(out, routed...)
	slices.SortFunc(out, compare)
	return slices.Compact(out), nil
}

func host(a netip.Addr) netip.Prefix {
	a = a.Unmap().WithZone("")
	return netip.PrefixFrom(a, a.BitLen())
}

func compare(a, b netip.Prefix) int {
	if c := a.Addr().Compare(b.Addr()); c != 0 {
		return c
	}
	return a.Bits() - b.Bits()
}

// parse4 reads /proc/net/route: numbers in the byte order of the machine, which is
// little-endian wherever we run.
func parse4(r io.Reader, except string) []netip.Prefix {
	var out []netip.Prefix
	for f := range fields(r) {
		if len(f) < 8 || f[0] == except || f[0] == "lo" {
			continue
		}
		dst, err1 := hex.DecodeString(f[1])
		gateway, err2 := hex.DecodeString(f[2])
		mask, err3 := hex.DecodeString(f[7])
		if err1 != nil || err2 != nil || err3 != nil || len(dst) != 4 || len(gateway) != 4 || len(mask) != 4 {
			continue
		}
		slices.Reverse(gateway)
		if a := netip.AddrFrom4([4]byte(gateway)); !a.IsUnspecified() {
			out = append(out, host(a))
		}
		bits := ones(binary.LittleEndian.Uint32(mask))
		if bits < least4 {
			continue
		}
		slices.Reverse(dst)
		out = append(out, netip.PrefixFrom(netip.AddrFrom4([4]byte(dst)), bits).Masked())
	}
	return few(out)
}

func ones(mask uint32) int {
	n := 0
	for ; mask&(1<<31) != 0; mask <<= 1 {
		n++
	}
	return n
}

// parse6 reads /proc/net/ipv6_route.
func parse6(r io.Reader, except string) []netip.Prefix {
	var out []netip.Prefix
	for f := range fields(r) {
		if len(f) < 10 || f[9] == except || f[9] == "lo" {
			continue
		}
		dst, err1 := hex.DecodeString(f[0])
		bits, err2 := strconv.ParseUint(f[1], 16, 8)
		gateway, err3 := hex.DecodeString(f[4])
		if err1 != nil || err2 != nil || err3 != nil || len(dst) != 16 || len(gateway) != 16 || bits > 128 {
			continue
		}
		if a := netip.AddrFrom16([16]byte(gateway)); !a.IsUnspecified() {
			out = append(out, host(a))
		}
		if bits >= least6 {
			out = append(out, netip.PrefixFrom(netip.AddrFrom16([16]byte(dst)), int(bits)).Masked())
		}
	}
	return few(out)
}

func few(all []netip.Prefix) []netip.Prefix {
	if len(all) > mostRoutes {
		return nil
	}
	return all
}

// fields returns the words of each line.
func fields(r io.Reader) func(func([]string) bool) {
	return func(yield func([]string) bool) {
		for lines := bufio.NewScanner(io.LimitReader(r, 4<<20)); lines.Scan(); {
			if f := strings.Fields(lines.Text()); len(f) > 0 && !yield(f) {
				return
			}
		}
	}
}

// States of a socket in /proc/net/tcp and udp.
const (
	stateListen = "0A" // of TCP
	stateClosed = "07" // of UDP: bound, and not connected
)

// parsePorts reads /proc/net/tcp and its like for the local ports that take packets
// from anybody.
func parsePorts(r io.Reader, state string) []uint16 {
	var out []uint16
	for f := range fields(r) {
		if len(f) < 4 || f[3] != state {
			continue
		}
		_, port, _ := strings.Cut(f[1], ":")
		if n, err := strconv.ParseUint(port, 16, 16); err == nil && n > 0 {
			out = append(out, uint16(n))
		}
	}
	return out
}

// Way returns the address of this host's that packets to the internet leave from, and
// the interface that has it. Nothing is sent. Error: Unreachable when there is none.
func Way(v6 bool) (name string, from netip.Addr, err error) {
	to := netip.MustParseAddrPort("8.8.8.8:9")
	if v6 {
		to = netip.MustParseAddrPort("[2001:4860:4860::8888]:9")
	}
	c, err := net.DialUDP("udp", nil, net.UDPAddrFromAddrPort(to)) // asks the routes, as every program's would
	if err != nil {
		return "", from, wherry.Errorf(wherry.Unreachable, "this host has no route to the internet: %w", err)
	}
	defer c.Close()
	local, err := netip.ParseAddrPort(c.LocalAddr().String())
	if err != nil {
		return "", from, wherry.Errorf(wherry.Internal, "read the address of a socket: %w", err)
	}
	from = local.Addr().Unmap().WithZone("")
	name, err = InterfaceOf(from)
	return name, from, err
}

// InterfaceOf returns the interface that has an address.
func InterfaceOf(a netip.Addr) (string, error) {
	all, err := net.Interfaces()
	if err != nil {
		return "", wherry.Errorf(wherry.Unreachable, "read the network interfaces: %w", err)
	}
	for _, i := range all {
		addrs, err := i.Addrs()
		if err != nil {
			continue
		}
		for _, x := range addrs {
			if p, err := netip.ParsePrefix(x.String()); err == nil && p.Addr().Unmap().WithZone("") == a {
				return i.Name, nil
			}
		}
	}
	return "", wherry.Errorf(wherry.NotFound, "no interface of this host has the address %s", a)
}
