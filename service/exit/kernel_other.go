//go:build !linux

package exit

import (
	"context"
	"os"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/host/nat"
)

// Kernel is for Linux alone.
type Kernel struct{}

// OpenKernel is for Linux alone.
func OpenKernel(context.Context, KernelConfig) (*Kernel, []nat.Result, error) {
	return nil, nil, wherry.Errorf(wherry.Forbidden, "an exit in the kernel needs Linux")
}

// File is for Linux alone.
func (*Kernel) File() *os.File { return nil }

// Ways is for Linux alone.
func (*Kernel) Ways() []nat.Way { return nil }

// Run is for Linux alone.
func (*Kernel) Run(context.Context) error { return nil }

// Close is for Linux alone.
func (*Kernel) Close() error { return nil }
