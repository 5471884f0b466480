package server

import (
	"errors"
	"net"
	"unsafe"

	"golang.org/x/sys/unix"
)

// maxGroups bounds how many groups of a peer are looked at; the kernel allows
// 65536, and nobody has so many.
const maxGroups = 1024

// credentials asks the kernel who has connected (SO_PEERCRED, SO_PEERGROUPS):
// as they were when connect was called, whatever the peer does since.
func credentials(c *net.UnixConn) (*Peer, error) {
	raw, err := c.SyscallConn()
	if err != nil {
		return nil, err
	}
	var p *Peer
	var asked error
	err = raw.Control(func(fd uintptr) {
		var cred *unix.Ucred
		if cred, asked = unix.GetsockoptUcred(int(fd), unix.SOL_SOCKET, unix.SO_PEERCRED); asked != nil {
			return
		}
		p = &Peer{UID: cred.Uid, GID: cred.Gid}
		p.Groups, asked = peerGroups(fd)
	})
	return p, errors.Join(err, asked)
}

// peerGroups returns the groups that a peer is in beside its first.
func peerGroups(fd uintptr) ([]uint32, error) {
	var groups [maxGroups]uint32
	size := uint32(unsafe.Sizeof(groups))
	_, _, e := unix.Syscall6(unix.SYS_GETSOCKOPT, fd, unix.SOL_SOCKET, unix.SO_PEERGROUPS,
		uintptr(unsafe.Pointer(&groups)), uintptr(unsafe.Pointer(&size)), 0)
	switch e {
	case 0:
		n := min(int(size)/4, maxGroups)
		return append([]uint32(nil), groups[:n]...), nil
	case unix.ENOPROTOOPT: // before Linux 4.13
		return nil, nil
	}
	return nil, e
}
