package links

import (
	"context"
	"errors"
	"os"

	"golang.org/x/sys/unix"

	"github.com/wherrynet/wherry"
)

// What the kernel tells of: addresses and routes that come and go, and rules of any
// firewall table.
var changes = map[int][]int{
	unix.NETLINK_NETFILTER: {unix.NFNLGRP_NFTABLES},
	unix.NETLINK_ROUTE: {
		unix.RTNLGRP_LINK, unix.RTNLGRP_IPV4_IFADDR, unix.RTNLGRP_IPV6_IFADDR, unix.RTNLGRP_IPV4_ROUTE, unix.RTNLGRP_IPV6_ROUTE,
	},
}

// Changes returns a channel that gets something after every change of this host's
// links, routes or firewall until ctx ends. It says that something changed, and whoever
// hears it looks. Changes in a row are one.
func Changes(ctx context.Context) (<-chan struct{}, error) {
	var files []*os.File
	closeAll := func() {
		for _, f := range files {
			_ = f.Close()
		}
	}
	for protocol, groups := range changes {
		fd, err := unix.Socket(unix.AF_NETLINK, unix.SOCK_RAW|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, protocol)
		if err != nil {
			closeAll()
			return nil, wherry.Errorf(wherry.Unreachable, "watch the network: %w", err)
		}
		files = append(files, os.NewFile(uintptr(fd), "netlink"))
		err = unix.Bind(fd, &unix.SockaddrNetlink{Family: unix.AF_NETLINK})
		for _, g := range groups {
			if err == nil {
				err = unix.SetsockoptInt(fd, unix.SOL_NETLINK, unix.NETLINK_ADD_MEMBERSHIP, g)
			}
		}
		if err != nil {
			closeAll()
			return nil, wherry.Errorf(wherry.Unreachable, "watch the network: %w", err)
		}
	}
	heard := make(chan struct{}, 1)
	context.AfterFunc(ctx, closeAll)
	for _, f := range files {
		go func() {
			for b := make([]byte, 64<<10); ; {
				// When changes come faster than we read there is an error, and there were some.
				if _, err := f.Read(b); err != nil && !errors.Is(err, unix.ENOBUFS) && !errors.Is(err, unix.EINTR) {
					return // closed
				}
				select {
				case heard <- struct{}{}:
				default:
				}
			}
		}()
	}
	return heard, nil
}
