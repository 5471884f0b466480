package link

import "slices"

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

// Mask hides from those on the way what WireGuard's packets look like. It is safe
// for concurrent use.
type Mask interface {
	// Open unmasks b in place and returns its length. 0 says that b was not masked, and
	// is as it was.
	Open(b []byte) int
	// Seal masks b in place and returns it, or returns a longer one that lies elsewhere.
	Seal(b []byte) []byte
}

// SetMask masks the WireGuard packets that are sent from now on, and unmasks those
// that come; plain ones are junk then, unless AllowPlain lets them in. Without one
// they are as WireGuard makes them.
func (s *Socket) SetMask(m Mask) {
	if m == nil {
		s.mask.Store(nil)
		return
	}
	s.mask.Store(&m)
}

// AllowPlain takes plain WireGuard packets beside masked ones, for peers that know
// no mask.
func (s *Socket) AllowPlain(allow bool) { s.plain.Store(allow) }

// sort tells whom a datagram is for, and how long it is without what a mask has
// added. A masked packet may look like anything, so the mask is asked first.
func (s *Socket) sort(b []byte) (kind, int) {
	m := s.mask.Load()
	if m == nil {
		return classify(b), len(b)
	}
	if n := (*m).Open(b); n > 0 {
		return kindWireGuard, n
	}
	k := classify(b)
	if k == kindWireGuard && !s.plain.Load() {
		k = kindJunk
	}
	return k, len(b)
}

// seal masks what is to be sent. It leaves bufs as it is, but for bytes.
func (s *Socket) seal(bufs [][]byte) [][]byte {
	m := s.mask.Load()
	if m == nil {
		return bufs
	}
	own := false
	for i, b := range bufs {
		sealed := (*m).Seal(b)
		if len(sealed) == len(b) {
			continue
		}
		if !own {
			bufs, own = slices.Clone(bufs), true
		}
		bufs[i] = sealed
	}
	return bufs
}

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
