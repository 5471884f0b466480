// Package link is the node's one UDP socket, and the authenticated streams to
// other nodes that run over it.
//
// Everything that a node says to another leaves from one port, so that one hole
// in a NAT, one firewall rule and one address in an offer are enough:
//
//	             ┌─ WireGuard ─► Wire ─► service/wireguard
//	UDP socket ──┼─ QUIC ──────► Conn ─► session (open, accept, refuse)
//	             └─ the rest is dropped and counted
//
// A Socket is opened by node, for a consumer as for a provider. Its Wire hands
// WireGuard packets over in batches, without copying and without allocating; it
// satisfies the interface that service/wireguard declares. Dial and Accept give
// a Conn: a stream of bounded frames to a peer whose identity is proven. The
// certificate of the side that accepts is the Ed25519 key named in its offer,
// pinned by the side that dials; then each side signs the connection's TLS
// exporter with its identity key, in its role, so that neither a replay nor a
// reflection of the other's proof proves anything.
//
// Bytes from the network are hostile. Before a stranger has proven who it is it
// can make the Socket hold a bounded number of connections for a bounded time,
// and what it sees is an HTTP/3 server that does not like its requests.
package link
