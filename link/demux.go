package link

// kind is whom a datagram is for.
type kind uint8

const (
	kindJunk kind = iota
	kindWireGuard
	kindQUIC
)

// Sizes of the messages of WireGuard, and the least size of a QUIC packet that
// its receiver looks at: a stateless reset.
const (
	sizeInitiation  = 148
	sizeResponse    = 92
	sizeCookieReply = 64
	minTransport    = 32
	minQUIC         = 21
)

// classify tells by its first bytes and its length whom a datagram is for.
// WireGuard's first byte is its type, 1 to 4, and three zeros follow; a QUIC
// packet has the second highest bit set (RFC 9000, section 17), which no type
// of WireGuard and no STUN message has.
func classify(b []byte) kind {
	if len(b) < minQUIC {
		return kindJunk
	}
	if b[0]&0x40 != 0 {
		return kindQUIC
	}
	if b[1]|b[2]|b[3] != 0 {
		return kindJunk
	}
	n := len(b)
	switch {
	case b[0] == 4 && n >= minTransport,
		b[0] == 1 && n == sizeInitiation,
		b[0] == 2 && n == sizeResponse,
		b[0] == 3 && n == sizeCookieReply:
		return kindWireGuard
	}
	return kindJunk
}
