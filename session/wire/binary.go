package wire

import "github.com/wherrynet/wherry"

// MarshalBinary implements encoding.BinaryMarshaler with the 32 bytes.
func (k TunnelKey) MarshalBinary() ([]byte, error) { return k[:], nil }

// UnmarshalBinary implements encoding.BinaryUnmarshaler. Any other number of
// bytes than 32 is Invalid.
func (k *TunnelKey) UnmarshalBinary(b []byte) error {
	if len(b) != len(k) {
		return wherry.Errorf(wherry.Invalid, "tunnel key of %d bytes: want %d", len(b), len(k))
	}
	copy(k[:], b)
	return nil
}
