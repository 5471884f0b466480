package node

import (
	"context"
	"fmt"
	"log/slog"
	"os"

	"github.com/wherrynet/wherry/host/dns"
	"github.com/wherrynet/wherry/host/guard"
)

// GuardDir is where the guard keeps what this machine's network was before the
// tunnel. It is root's: the rest of the daemon cannot write it.
const GuardDir = "/var/lib/wherry-guard"

// GuardCommand returns the command line of the guard's own process, for
// guard.Start. dir "" is GuardDir.
func GuardCommand(dir string) []string {
	if dir == "" {
		dir = GuardDir
	}
	return []string{"/proc/self/exe", "guard", "serve", "--dir", dir}
}

// GuardServe is that process: it gives up every right but that of changing the
// network, and does as its daemon wishes until that goes.
func GuardServe(ctx context.Context, dir string, log *slog.Logger) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("directory of the guard: %w", err)
	}
	conn, err := guard.Child()
	if err != nil {
		return err
	}
	if err := guard.Limit(); err != nil {
		log.Warn("the guard keeps all of root's rights", "err", err)
	}
	return guard.Serve(ctx, conn, guard.Config{Dir: dir, Log: log})
}

// GuardClose closes this machine's network completely: what the unit for the
// start of a machine in lockdown calls.
func GuardClose() error { return guard.Close() }

// GuardOpen takes everything back that a guard has set, for a person whose daemon
// does not start. dir "" is GuardDir.
func GuardOpen(dir string) error {
	if dir == "" {
		dir = GuardDir
	}
	return guard.Open(dir, dns.System{})
}
