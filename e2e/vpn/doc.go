// Package vpn proves what the tunnel promises on captured packets: real programs
// on the hosts of a lab, a home behind a router, providers and servers on an
// internet of its own, and eyes on the consumer's only cable. Each claim has a
// control, which shows that the same eyes see what leaves when nothing holds it.
//
// The run ends with a table: claim, packets seen outside, packets in the control.
package vpn
