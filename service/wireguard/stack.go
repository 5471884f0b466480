package wireguard

import (
	"errors"
	"fmt"
	"net/netip"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/network/ipv4"
	"gvisor.dev/gvisor/pkg/tcpip/network/ipv6"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
	"gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
	"gvisor.dev/gvisor/pkg/tcpip/transport/udp"
)

// nicID is the number of the stack's only interface.
const nicID tcpip.NICID = 1

// How much one TCP connection may hold in memory, each way. The most decides the
// speed over a long path (6 MiB is 250 Mbit/s at 200 ms), the default what a short
// connection gets at once.
const (
	tcpBufferMin     = 4 << 10
	tcpBufferDefault = 512 << 10
	tcpBufferMax     = 6 << 20
)

// newStack makes the TCP/IP stack on top of n. A provider's takes packets for any
// address, and answers in the name of that address.
func newStack(n *nic, own []netip.Addr, provider bool) (*stack.Stack, error) {
	s := stack.New(stack.Options{
		// Loopback addresses are destinations like others here: the exit refuses them,
		// unless its policy names an exception.
		NetworkProtocols: []stack.NetworkProtocolFactory{
			ipv4.NewProtocolWithOptions(ipv4.Options{AllowExternalLoopbackTraffic: true}),
			ipv6.NewProtocolWithOptions(ipv6.Options{AllowExternalLoopbackTraffic: true}),
		},
		TransportProtocols: []stack.TransportProtocolFactory{tcp.NewProtocol, udp.NewProtocol},
	})
	if err := tuneTCP(s); err != nil {
		return nil, fmt.Errorf("set up the tunnel's TCP: %w", err)
	}
	n.stack = s
	if err := s.CreateNIC(nicID, stackSide{n}); err != nil {
		return nil, fmt.Errorf("create the tunnel's interface: %w", tcpipError(err))
	}
	for _, a := range own {
		if err := addAddr(s, a); err != nil {
			return nil, err
		}
	}
	s.SetRouteTable([]tcpip.Route{
		{Destination: header.IPv4EmptySubnet, NIC: nicID},
		{Destination: header.IPv6EmptySubnet, NIC: nicID},
	})
	if provider {
		if err := s.SetPromiscuousMode(nicID, true); err != nil {
			return nil, fmt.Errorf("take packets for any address: %w", tcpipError(err))
		}
		if err := s.SetSpoofing(nicID, true); err != nil {
			return nil, fmt.Errorf("answer for any address: %w", tcpipError(err))
		}
	}
	return s, nil
}

// timeWait is how long a closed connection is remembered. The stack's own minute is
// for networks that hold packets back that long.
const timeWait = 10 * time.Second

func tuneTCP(s *stack.Stack) error {
	sack := tcpip.TCPSACKEnabled(true)
	moderate := tcpip.TCPModerateReceiveBufferOption(true)
	cc := tcpip.CongestionControlOption("cubic")
	// RACK takes reordering for loss too eagerly when segments come in large batches.
	recovery := tcpip.TCPRecovery(0)
	snd := tcpip.TCPSendBufferSizeRangeOption{Min: tcpBufferMin, Default: tcpBufferDefault, Max: tcpBufferMax}
	rcv := tcpip.TCPReceiveBufferSizeRangeOption{Min: tcpBufferMin, Default: tcpBufferDefault, Max: tcpBufferMax}
	wait := tcpip.TCPTimeWaitTimeoutOption(timeWait)
	for _, o := range []tcpip.SettableTransportProtocolOption{&sack, &moderate, &cc, &recovery, &snd, &rcv, &wait} {
		if err := s.SetTransportProtocolOption(tcp.ProtocolNumber, o); err != nil {
			return tcpipError(err)
		}
	}
	return nil
}

func addAddr(s *stack.Stack, a netip.Addr) error {
	pa := tcpip.ProtocolAddress{
		Protocol:          protocolOf(a),
		AddressWithPrefix: tcpip.AddrFromSlice(a.AsSlice()).WithPrefix(),
	}
	if err := s.AddProtocolAddress(nicID, pa, stack.AddressProperties{}); err != nil {
		return fmt.Errorf("give the tunnel's interface an address: %w", tcpipError(err))
	}
	return nil
}

func removeAddr(s *stack.Stack, a netip.Addr) {
	s.RemoveAddress(nicID, tcpip.AddrFromSlice(a.AsSlice())) // its error says that it is gone
}

func protocolOf(a netip.Addr) tcpip.NetworkProtocolNumber {
	if a.Is4() {
		return ipv4.ProtocolNumber
	}
	return ipv6.ProtocolNumber
}

func fullAddress(a netip.AddrPort) tcpip.FullAddress {
	f := tcpip.FullAddress{NIC: nicID, Port: a.Port()}
	if a.Addr().IsValid() {
		f.Addr = tcpip.AddrFromSlice(a.Addr().AsSlice())
	}
	return f
}

func addrPort(a tcpip.Address, port uint16) netip.AddrPort {
	addr, _ := netip.AddrFromSlice(a.AsSlice())
	return netip.AddrPortFrom(addr, port)
}

// tcpipError makes an ordinary error of one of the stack's.
func tcpipError(err tcpip.Error) error { return errors.New(err.String()) }
