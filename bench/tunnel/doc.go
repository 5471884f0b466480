// Package tunnel measures the tunnel, always beside others in the same run, taking
// turns, so that the ratios hold on any machine.
//
// For programs: TCP from a consumer's stack through WireGuard, the provider's stack
// and its forwarder to a server on loopback, beside bare loopback TCP and two devices
// of upstream wireguard-go with their own netstack (bench/rival, which is built and run
// as a program of its own).
//
//	go test -run - -bench 'Tunnel$' -benchtime 1x ./bench/tunnel
//
// For whole machines: consumer, NAT, provider and website in namespaces, with the
// node's socket, mask, metering, the consumer's firewall and the exit's rules, beside
// two bare devices of the same WireGuard module, upstream's, OpenVPN, shadowsocks, no
// tunnel at all, and our ends without privilege. It needs root.
//
//	make bench-tunnel
package tunnel
