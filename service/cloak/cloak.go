package cloak

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"fmt"

	"github.com/wherrynet/wherry"
)

// KeySize is the size of a mask's key in bytes.
const KeySize = aes.BlockSize

// Key is what both ends of a masked tunnel know. Whoever else has it can tell
// that a tunnel is one, and nothing more.
type Key [KeySize]byte

// NewKey draws a key.
func NewKey() (k Key) {
	_, _ = rand.Read(k[:]) // it never fails
	return k
}

// IsZero reports whether there is no key: whoever has none sends plain WireGuard.
func (k Key) IsZero() bool { return k == Key{} }

// String hides the key.
func (k Key) String() string { return "mask key" }

// The lengths and types of WireGuard's messages (whitepaper, section 5.4).
const (
	typeInitiation = 1
	typeResponse   = 2
	typeCookie     = 3
	typeData       = 4

	sizeInitiation = 148
	sizeResponse   = 92
	sizeCookie     = 64
	sizeKeepalive  = 32 // data of no length
	header         = 16
)

// Padding of messages that carry no data.
const (
	minPad = 16
	maxPad = 415
)

// MaxGrowth is how many bytes longer Seal makes a message at most.
const MaxGrowth = maxPad

// Mask masks and unmasks with one key. It is safe for concurrent use.
type Mask struct{ block cipher.Block }

// New returns the mask of a key.
func New(k Key) (*Mask, error) {
	if k.IsZero() {
		return nil, wherry.Errorf(wherry.Invalid, "a mask needs a key")
	}
	block, err := aes.NewCipher(k[:])
	if err != nil {
		return nil, fmt.Errorf("key of the mask: %w", err)
	}
	return &Mask{block}, nil
}

// Seal masks a WireGuard message in place, and returns it; one that gets padding is
// longer then, and lies elsewhere. What is no WireGuard message comes back as it was.
func (m *Mask) Seal(b []byte) []byte {
	if !message(b) {
		return b
	}
	if padded(b[0], len(b)) {
		b = m.pad(b)
	}
	m.block.Encrypt(b[:header], b[:header])
	return b
}

// pad appends the padding, writes its length into the reserved bytes, and
// enciphers all that is no header.
func (m *Mask) pad(b []byte) []byte {
	kind, n := b[0], padding()
	size := len(b)
	b = append(make([]byte, 0, size+n), b...)[:size+n] // what lies behind b is another packet's
	_, _ = rand.Read(b[size:])
	binary.LittleEndian.PutUint16(b[1:], uint16(n))
	if kind != typeData {
		m.cipherRest(b[:size])
	}
	return b
}

// cipherRest enciphers a handshake from its header on, and deciphers it. The
// header in the clear is the nonce: a handshake's has the sender's random number
// and the first half of a key that is used once.
func (m *Mask) cipherRest(b []byte) {
	var iv [header]byte
	m.block.Encrypt(iv[:], b[:header])
	for i := range iv {
		iv[i] ^= 0x5c // or the first block of the stream were the masked header itself
	}
	cipher.NewCTR(m.block, iv[:]).XORKeyStream(b[header:], b[header:])
}

// padding draws a length. Which one it is need not be hard to guess, only spread.
func padding() int {
	var r [2]byte
	_, _ = rand.Read(r[:])
	return minPad + int(binary.LittleEndian.Uint16(r[:]))%(maxPad-minPad+1)
}

// Open unmasks a message in place and returns its length without padding. 0 says
// that b was not masked by this key; it is then as it was.
func (m *Mask) Open(b []byte) int {
	if len(b) < sizeKeepalive {
		return 0
	}
	m.block.Decrypt(b[:header], b[:header])
	pad := int(binary.LittleEndian.Uint16(b[1:]))
	size := len(b) - pad
	if b[3] != 0 || pad > maxPad || pad > 0 && pad < minPad || !fits(b[0], size) || padded(b[0], size) != (pad > 0) {
		m.block.Encrypt(b[:header], b[:header])
		return 0
	}
	if pad > 0 && b[0] != typeData {
		m.cipherRest(b[:size])
	}
	b[1], b[2] = 0, 0
	return size
}

// message reports whether b is as WireGuard writes it.
func message(b []byte) bool {
	return len(b) >= sizeKeepalive && b[1]|b[2]|b[3] == 0 && fits(b[0], len(b))
}

// fits reports whether a message of a type can have a length.
func fits(kind byte, size int) bool {
	switch kind {
	case typeInitiation:
		return size == sizeInitiation
	case typeResponse:
		return size == sizeResponse
	case typeCookie:
		return size == sizeCookie
	case typeData:
		return size >= sizeKeepalive
	}
	return false
}

// padded reports whether a message gets padding: one that carries no data.
func padded(kind byte, size int) bool { return kind != typeData || size == sizeKeepalive }
