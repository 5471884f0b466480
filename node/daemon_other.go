//go:build !linux

package node

import "context"

// OpenDaemon says that this system has no guard.
func (c Config) OpenDaemon(context.Context, DaemonOptions) (*Daemon, error) { return nil, errLinux }

func goingDown(context.Context) bool { return false }
