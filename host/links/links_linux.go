package links

import (
	"errors"
	"io"
	"io/fs"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/wherrynet/wherry"
)

func routes(except string) ([]netip.Prefix, error) {
	four, err := read("/proc/net/route", func(r io.Reader) []netip.Prefix { return parse4(r, except) })
	if err != nil {
		return nil, err
	}
	six, err := read("/proc/net/ipv6_route", func(r io.Reader) []netip.Prefix { return parse6(r, except) })
	return append(four, six...), err
}

// read parses a file of the kernel's. One that is not there (a kernel without IPv6)
// is empty.
func read[T any](path string, parse func(io.Reader) []T) ([]T, error) {
	path = strings.Replace(path, "/proc/net/", "/proc/thread-self/net/", 1) // of this thread's network namespace
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, wherry.Errorf(wherry.Unreachable, "read the routes: %w", err)
	}
	defer f.Close()
	return parse(f), nil
}

// Listening returns the ports that somebody on this host takes packets at, TCP and UDP
// together, in order.
func Listening() ([]uint16, error) {
	var out []uint16
	for path, state := range map[string]string{
		"/proc/net/tcp": stateListen, "/proc/net/tcp6": stateListen, "/proc/net/udp": stateClosed, "/proc/net/udp6": stateClosed,
	} {
		ports, err := read(path, func(r io.Reader) []uint16 { return parsePorts(r, state) })
		if err != nil {
			return nil, err
		}
		out = append(out, ports...)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// Ephemeral returns the range that the host's own connections take their ports from.
func Ephemeral() (first, last uint16) {
	first, last = 32768, 60999 // the kernel's default
	b, err := os.ReadFile("/proc/sys/net/ipv4/ip_local_port_range")
	if err != nil {
		return first, last
	}
	if f := strings.Fields(string(b)); len(f) == 2 {
		lo, err1 := strconv.ParseUint(f[0], 10, 16)
		hi, err2 := strconv.ParseUint(f[1], 10, 16)
		if err1 == nil && err2 == nil {
			return uint16(lo), uint16(hi)
		}
	}
	return first, last
}
