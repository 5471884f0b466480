// Package wireguard is the tunnel: one userspace WireGuard device with a TCP/IP
// stack of its own on the inside, for either end of a session. It needs no
// privilege, no network interface and no change to the computer it runs on.
//
//	consumer's programs ─► Tunnel ─► stack ─► WireGuard ─► Wire ─► the network
//	                                                                  │
//	the internet ◄─ Exit ◄─ forwarder ◄─ stack ◄─ WireGuard ◄─ Wire ◄─┘
//
// With Config.TUN a network interface of the kernel's takes the place of programs and
// forwarder, at either end or both: it carries the whole machine's traffic, or a
// provider's, several times as fast. The stack stays for what the two devices say to
// each other, so that this needs neither routes nor listeners of the kernel's.
// Somebody else makes the interface, and all that it takes.
//
// The session roles drive it through node: a provider makes one Device with an
// Exit and adds a Peer per session; a consumer makes one Device per session,
// adds the provider as its only Peer and dials through the Tunnel of that Peer.
//
// What it promises:
//
//   - Bytes are counted per peer and direction as they are on the wire: the inner
//     packet plus 32 bytes, equal on both ends but for loss.
//   - A peer without credit is cut off: over its allowance nothing passes but what
//     goes to and comes from the device's own inner addresses, which is where the
//     two sides talk about money, and of that only a bounded amount.
//   - A peer's endpoint is learned from packets that the peer's key has
//     authenticated, and from nothing else.
//   - On a consumer's side, packets that no program of the consumer's has asked for
//     are neither delivered nor counted, and none for an address that isn't this
//     session's own.
//   - On a provider's side, a peer's packets come from its own addresses, and go
//     neither to another peer nor to what isn't an address of one host.
//   - No log line holds an address, a name or a key.
//
// What it does not do: choose what a provider lets out (package exit and the rules of
// package nat do), take over the computer's routes, carry anything but TCP and UDP
// without a TUN.
package wireguard
