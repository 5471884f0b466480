package wire

import "github.com/wherrynet/wherry"

// MarshalBinary implements encoding.BinaryMarshaler with the 32 bytes.
func (k TunnelKey) MarshalBinary() ([]byte, error) { return k[:], nil }

// UnmarshalBinary implements encoding.BinaryUnmarshaler. Any other number of
// bytes than 32 is Invalid.
func (k *TunnelKey) UnmarshalBinary(b []byte) error { return exactly("tunnel key", k[:], b) }

// MarshalBinary implements encoding.BinaryMarshaler with the 16 bytes.
func (k MaskKey) MarshalBinary() ([]byte, error) { return k[:], nil }

// UnmarshalBinary implements encoding.BinaryUnmarshaler. Any other number of
// bytes than 16 is Invalid.
func (k *MaskKey) UnmarshalBinary(b []byte) error { return exactly("mask key", k[:], b) }

// exactly fills to from as many bytes.
func exactly(what string, to, b []byte) error {
	if len(b) != len(to) {
		return wherry.Errorf(wherry.Invalid, "%s of %d bytes: want %d", what, len(b), len(to))
	}
	copy(to, b)
	return nil
}

// String hides the key.
func (k MaskKey) String() string { return "mask key" }
