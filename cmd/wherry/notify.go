package main

import (
	"context"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/wherrynet/wherry"
)

// notifier tells the service manager how the daemon is: sd_notify(3), which is
// one datagram per message. Where nobody wants to know it does nothing.
type notifier struct {
	conn  *net.UnixConn // nil when nobody wants to know
	every time.Duration // of a sign of life; 0 is never
}

// newNotifier reads what the service manager has put into the environment.
func newNotifier(getenv func(string) string) (*notifier, error) {
	at := getenv("NOTIFY_SOCKET")
	if at == "" {
		return &notifier{}, nil
	}
	if !strings.HasPrefix(at, "/") && !strings.HasPrefix(at, "@") {
		return nil, wherry.Errorf(wherry.Invalid, "NOTIFY_SOCKET=%s: want a path, or @ and a name", at)
	}
	conn, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: at, Net: "unixgram"})
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "NOTIFY_SOCKET: %w", err)
	}
	n := &notifier{conn: conn}
	if usec := getenv("WATCHDOG_USEC"); usec != "" {
		v, err := strconv.ParseInt(usec, 10, 64)
		if err != nil || v <= 0 {
			return nil, wherry.Errorf(wherry.Invalid, "WATCHDOG_USEC=%s: want microseconds", usec)
		}
		n.every = time.Duration(v) * time.Microsecond / 2
	}
	return n, nil
}

func (n *notifier) say(what string) {
	if n.conn != nil {
		_, _ = n.conn.Write([]byte(what)) // the service manager is gone, or has it
	}
}

// alive gives signs of life until ctx ends, after work has shown each time that
// there is one.
func (n *notifier) alive(ctx context.Context, work func()) {
	if n.every == 0 {
		return
	}
	t := time.NewTicker(n.every)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			work()
			n.say("WATCHDOG=1")
		}
	}
}
