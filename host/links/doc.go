// Package links reads what a host is connected to: its own addresses, the networks
// that it reaches by any other way than its default route, and the ports that somebody
// listens on. It is what an exit has to keep strangers away from.
//
// service/exit asks it for every new connection (with a memory of some seconds), and
// node for the rules of an exit in the kernel. The rule behind it: the internet is what
// lies behind the default route, and everything that this host knows another way to is
// its neighbourhood, whether its addresses are private or public.
//
// It only reads. The parsers are pure and take the kernel's files as they are.
package links
