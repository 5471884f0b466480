// Package cloak makes the packets of a WireGuard tunnel look like nothing known.
// A WireGuard message begins with its type and three zeros, a handshake has one
// of three lengths, and its last sixteen bytes are mostly zeros: any box on the way
// tells them at sight. Both ends of a session wrap what they send by a Mask, whose
// key the provider has told the consumer over the link.
//
// What a Mask does:
//
//   - The first 16 bytes of every message, which for data are exactly WireGuard's
//     header, go through one block of AES-128. Nothing is added to a message with
//     data, so the size of packets and their batches stay as they are.
//   - Handshakes and keepalives get 16 to 415 random bytes at their end, whose
//     number is hidden in the header, and the rest of a handshake is enciphered
//     too.
//
// What it does not do: protect anything. WireGuard does that, and what arrives is
// as good or bad as it was; a Mask has no integrity of its own, and a message that
// was masked by another key is junk. It does not look like something that a
// censor wants to let through either, and sizes and times of data packets show.
package cloak
