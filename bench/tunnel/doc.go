// Package tunnel measures the userspace tunnel: TCP from a consumer's stack through
// WireGuard, the provider's stack and its forwarder to a server on loopback. In the
// same run, taking turns, it measures bare loopback TCP and two devices of upstream
// wireguard-go with their own netstack (bench/rival, which is built and run as a
// program of its own), so that the ratios hold on any machine.
//
//	go test -run - -bench Tunnel -benchtime 1x ./bench/tunnel
package tunnel
