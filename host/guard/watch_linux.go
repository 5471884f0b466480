package guard

import (
	"context"
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// watcher hears of changes to firewall and routing in the network namespace in
// which it was opened. It says that something changed, not what: whoever hears
// it looks.
type watcher struct {
	files []*os.File
}

// The groups that the kernel tells of changes in: NFNLGRP_NFTABLES, and those of
// links, addresses, routes and rules.
var groups = map[int][]int{
	unix.NETLINK_NETFILTER: {unix.NFNLGRP_NFTABLES},
	unix.NETLINK_ROUTE: {
		unix.RTNLGRP_LINK, unix.RTNLGRP_IPV4_IFADDR, unix.RTNLGRP_IPV6_IFADDR, unix.RTNLGRP_IPV4_ROUTE,
		unix.RTNLGRP_IPV6_ROUTE, unix.RTNLGRP_IPV4_RULE, unix.RTNLGRP_IPV6_RULE,
	},
}

func openWatcher() (*watcher, error) {
	w := &watcher{}
	for protocol, of := range groups {
		fd, err := unix.Socket(unix.AF_NETLINK, unix.SOCK_RAW|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, protocol)
		if err == nil {
			w.files = append(w.files, os.NewFile(uintptr(fd), "netlink"))
			err = unix.Bind(fd, &unix.SockaddrNetlink{Family: unix.AF_NETLINK})
		}
		for _, g := range of {
			if err == nil {
				err = unix.SetsockoptInt(fd, unix.SOL_NETLINK, unix.NETLINK_ADD_MEMBERSHIP, g)
			}
		}
		if err != nil {
			w.close()
			return nil, fmt.Errorf("watch the network: %w", err)
		}
	}
	return w, nil
}

func (w *watcher) close() {
	for _, f := range w.files {
		_ = f.Close()
	}
}

// run puts something into signal after each change until ctx ends; what does not
// fit is not waited for, as one look sees all that was changed before it.
func (w *watcher) run(ctx context.Context, signal chan<- struct{}) error {
	stop := context.AfterFunc(ctx, w.close)
	defer stop()
	failed := make(chan error, len(w.files))
	for _, f := range w.files {
		go func() {
			buf := make([]byte, 64<<10)
			for {
				_, err := f.Read(buf)
				// ENOBUFS: changes came faster than we read, so there were some.
				if err != nil && !errors.Is(err, unix.ENOBUFS) && !errors.Is(err, unix.EINTR) {
					failed <- err
					return
				}
				select {
				case signal <- struct{}{}:
				default:
				}
			}
		}()
	}
	var err error
	for range w.files {
		err = errors.Join(err, <-failed)
		w.close()
	}
	if ctx.Err() != nil {
		return nil //nolint:nilerr // closing the files is how it ends
	}
	return fmt.Errorf("watch the network: %w", err)
}
