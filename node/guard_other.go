//go:build !linux

package node

import (
	"context"
	"log/slog"

	"github.com/wherrynet/wherry"
)

// GuardDir is of Linux alone.
const GuardDir = ""

var errLinux = wherry.Errorf(wherry.Conflict, "a tunnel for the whole machine needs Linux; wherry proxy works here")

// GuardServe says that this system has no guard.
func GuardServe(context.Context, string, *slog.Logger) error { return errLinux }

// GuardClose says that this system has no guard.
func GuardClose() error { return errLinux }

// GuardOpen says that this system has no guard.
func GuardOpen(string) error { return errLinux }
