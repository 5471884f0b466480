package channel

import "github.com/wherrynet/wherry"

// MarshalBinary implements encoding.BinaryMarshaler with the 16 bytes.
func (e Epoch) MarshalBinary() ([]byte, error) { return e[:], nil }

// UnmarshalBinary implements encoding.BinaryUnmarshaler. Any other number of
// bytes than 16 is Invalid.
func (e *Epoch) UnmarshalBinary(b []byte) error {
	if len(b) != len(e) {
		return wherry.Errorf(wherry.Invalid, "epoch of %d bytes: want %d", len(b), len(e))
	}
	copy(e[:], b)
	return nil
}
