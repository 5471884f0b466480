//go:build !linux

package nat

import "github.com/wherrynet/wherry"

var errLinux = wherry.Errorf(wherry.Invalid, "an exit in the kernel needs Linux: sell in netstack mode")

// Apply is for Linux alone.
func Apply(Ruleset) error { return errLinux }

// Remove is for Linux alone.
func Remove() error { return errLinux }

// Present is for Linux alone.
func Present(Ruleset) (bool, error) { return false, errLinux }
