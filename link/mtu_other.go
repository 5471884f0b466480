//go:build !linux

package link

import "net/netip"

// PathMTU returns what the largest internet path carries.
func (s *Socket) PathMTU(netip.AddrPort) (int, error) { return maxQUIC, nil }
