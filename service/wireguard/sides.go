package wireguard

import (
	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
)

var (
	_ stack.LinkEndpoint = stackSide{}
	_ stack.GSOEndpoint  = stackSide{}
)

// stackSide is the nic as the stack sees it.
type stackSide struct{ *nic }

// Attach is called by the stack when the interface comes and goes.
func (s stackSide) Attach(d stack.NetworkDispatcher) {
	if d == nil {
		s.dispatcher.Store(nil)
		return
	}
	s.dispatcher.Store(&d)
}

// IsAttached reports whether the stack is there.
func (s stackSide) IsAttached() bool { return s.dispatcher.Load() != nil }

// MTU is the largest inner packet.
func (s stackSide) MTU() uint32 { return uint32(s.mtu.Load()) }

// SetMTU does nothing: the MTU is part of the Config.
func (s stackSide) SetMTU(uint32) {}

// Capabilities says that what comes in needs no checksum verified: WireGuard has
// authenticated it.
func (s stackSide) Capabilities() stack.LinkEndpointCapabilities {
	return stack.CapabilityRXChecksumOffload
}

// GSOMaxSize is the largest piece of TCP to be cut by segment.go.
func (s stackSide) GSOMaxSize() uint32 { return gsoSize }

// SupportedGSO says that there is somebody to cut it.
func (s stackSide) SupportedGSO() stack.SupportedGSO { return stack.HostGSOSupported }

// MaxHeaderLength is 0: nothing goes in front of the IP header.
func (s stackSide) MaxHeaderLength() uint16 { return 0 }

// LinkAddress returns nothing: there are no link addresses.
func (s stackSide) LinkAddress() tcpip.LinkAddress { return "" }

// SetLinkAddress does nothing, for the same reason.
func (s stackSide) SetLinkAddress(tcpip.LinkAddress) {}

// Wait does nothing: the interface has no goroutine of its own.
func (s stackSide) Wait() {}

// ARPHardwareType is none.
func (s stackSide) ARPHardwareType() header.ARPHardwareType { return header.ARPHardwareNone }

// AddHeader does nothing: nothing goes in front of the IP header.
func (s stackSide) AddHeader(*stack.PacketBuffer) {}

// ParseHeader does nothing, for the same reason.
func (s stackSide) ParseHeader(*stack.PacketBuffer) bool { return true }

// Close ends the nic.
func (s stackSide) Close() { s.close() }

// SetOnCloseAction does nothing: closing takes nothing else along.
func (s stackSide) SetOnCloseAction(func()) {}
