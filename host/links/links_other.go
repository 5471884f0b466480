//go:build !linux

package links

import (
	"context"
	"net/netip"
)

// routes are not read on this system: the networks on the interfaces have to do.
func routes(string) ([]netip.Prefix, error) { return nil, nil }

// Listening is for Linux alone.
func Listening() ([]uint16, error) { return nil, nil }

// Ephemeral is for Linux alone; what it returns is IANA's range.
func Ephemeral() (first, last uint16) { return 49152, 65535 }

// Changes is for Linux alone: elsewhere nothing is heard.
func Changes(context.Context) (<-chan struct{}, error) { return nil, nil }
