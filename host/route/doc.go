// Package route leads this machine's traffic into the tunnel, without touching
// what is there: a routing table of our own, and rules above main that send
// everything to it but the packets of our own marked sockets.
//
// Our table holds the tunnel's default routes and, behind them, unreachable ones.
// The kernel takes a tunnel's routes away with its interface, within milliseconds
// of the death of the process that held it; then the unreachable ones answer, and
// programs learn at once that there is no network. Routes in main, whoever put
// them there, and however narrow (DHCP's option 121, CVE-2024-3661), are not asked.
//
// PlanFor is pure and its Plan can be printed. Kernel puts plans into the network
// namespace that it was opened in, over netlink alone, and watches it. host/guard
// is the only caller. Routes are comfort and speed of an answer; what keeps
// packets in is host/firewall.
package route
