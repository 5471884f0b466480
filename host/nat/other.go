//go:build !linux

package nat

import (
	"context"
	"io"
	"net/netip"

	"github.com/wherrynet/wherry"
)

var errLinux = wherry.Errorf(wherry.Invalid, "an exit in the kernel needs Linux: sell in netstack mode")

// Apply is for Linux alone.
func Apply(Ruleset) error { return errLinux }

// Remove is for Linux alone.
func Remove() error { return errLinux }

// Present is for Linux alone.
func Present(Ruleset) (bool, error) { return false, errLinux }

// Try is for Linux alone.
func Try(context.Context, string, io.Writer, []Probe) ([]Result, error) { return nil, errLinux }

// Forwarding is for Linux alone.
type Forwarding struct{ Opened []Opened }

// Forward is for Linux alone.
func Forward(string, []Way, string) (*Forwarding, error) { return nil, errLinux }

// Restore is for Linux alone.
func (*Forwarding) Restore() error { return errLinux }

// Route is for Linux alone.
func Route(string, []netip.Prefix) error { return errLinux }

// Down is for Linux alone.
func Down(string) error { return errLinux }
