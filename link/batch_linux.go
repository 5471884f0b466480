package link

import (
	"net"
	"net/netip"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// batchSize is the number of datagrams that one call may take or give.
const batchSize = 128

const (
	// maxGSO is how many datagrams the kernel cuts out of one (UDP_MAX_SEGMENTS
	// of every kernel that has it at all).
	maxGSO = 64
	// maxMessages bounds one recvmmsg. The slab bounds it further.
	maxMessages = 64
	// smallRegion is the part of a slab that a message gets where the kernel
	// does not glue datagrams together. What is longer was not sent over any
	// internet path, and is dropped.
	smallRegion = 2047
	// udp headers and the largest datagram that fits behind them
	maxPayload4 = 1<<16 - 1 - 20 - 8
	maxPayload6 = 1<<16 - 1 - 8
)

// mmsg is the kernel's struct mmsghdr.
type mmsg struct {
	hdr unix.Msghdr
	n   uint32
}

// control is room for one control message, aligned as the kernel wants it.
type control [4]uint64

// mmsgBatcher moves datagrams by recvmmsg and sendmmsg, and lets the kernel
// glue (UDP_GRO) and cut (UDP_SEGMENT) runs of equal length where it can.
type mmsgBatcher struct {
	raw syscall.RawConn
	v6  bool        // the socket is of AF_INET6; IPv4 is mapped into it
	gro bool        // the kernel glues
	gso atomic.Bool // the kernel cuts

	rx      mmsgReader
	writers sync.Pool // of *mmsgWriter
}

func newBatcher(conn *net.UDPConn) (batcher, error) {
	raw, err := conn.SyscallConn()
	if err != nil {
		return nil, err
	}
	b := &mmsgBatcher{raw: raw, v6: local(conn).Addr().Is6()}
	err = raw.Control(func(fd uintptr) {
		_, err := unix.GetsockoptInt(int(fd), unix.IPPROTO_UDP, unix.UDP_SEGMENT)
		b.gso.Store(err == nil)
		b.gro = unix.SetsockoptInt(int(fd), unix.IPPROTO_UDP, unix.UDP_GRO, 1) == nil
	})
	if err != nil {
		return nil, err
	}
	b.rx.call = b.rx.recv
	b.writers.New = func() any {
		w := new(mmsgWriter)
		w.call = w.send
		return w
	}
	return b, nil
}

// mmsgReader is what one recvmmsg needs, made once.
type mmsgReader struct {
	msgs  [maxMessages]mmsg
	iovs  [maxMessages]unix.Iovec
	names [maxMessages]unix.RawSockaddrInet6
	ctrls [maxMessages]control
	want  int
	got   int
	errno syscall.Errno
	call  func(fd uintptr) bool
}

// recv reports whether it is done: it is not when there is nothing to read.
func (r *mmsgReader) recv(fd uintptr) bool {
	for {
		n, _, errno := unix.Syscall6(unix.SYS_RECVMMSG, fd, uintptr(unsafe.Pointer(&r.msgs[0])), uintptr(r.want), unix.MSG_DONTWAIT, 0, 0)
		if errno == unix.EINTR {
			continue
		}
		r.got, r.errno = int(n), errno
		return errno != unix.EAGAIN
	}
}

func (b *mmsgBatcher) read(slab []byte, into []segment) ([]segment, error) {
	region := smallRegion
	if b.gro {
		region = maxDatagram
	}
	r := &b.rx
	r.want = max(1, min(len(slab)/region, maxMessages))
	for i := range r.want {
		part := slab[i*region:]
		part = part[:min(region, len(part))]
		r.iovs[i].Base = &part[0]
		r.iovs[i].SetLen(len(part))
		h := &r.msgs[i].hdr
		h.Name, h.Namelen = (*byte)(unsafe.Pointer(&r.names[i])), unix.SizeofSockaddrInet6
		h.Iov = &r.iovs[i]
		h.SetIovlen(1)
		h.Control = (*byte)(unsafe.Pointer(&r.ctrls[i]))
		h.SetControllen(int(unsafe.Sizeof(r.ctrls[i])))
		h.Flags = 0
	}
	err := b.raw.Read(r.call)
	for i := range r.want {
		r.iovs[i].Base = nil // the slab is the caller's
	}
	if err != nil {
		return into, err
	}
	if r.errno != 0 {
		return into, os.NewSyscallError("recvmmsg", r.errno)
	}
	for i := range r.got {
		m := &r.msgs[i]
		if m.hdr.Flags&unix.MSG_TRUNC != 0 {
			continue
		}
		from := addrPort(&r.names[i])
		total := min(int(m.n), region)
		size := total
		if b.gro {
			if g := groSize(&r.ctrls[i], int(m.hdr.Controllen)); g > 0 {
				size = g
			}
		}
		for off := 0; ; off += size {
			into = append(into, segment{offset: i*region + off, size: min(size, total-off), from: from})
			if off+size >= total {
				break
			}
		}
	}
	return into, nil
}

// groSize returns the length of the datagrams that the kernel glued together, 0
// where it glued none.
func groSize(c *control, n int) int {
	if n < unix.CmsgLen(4) {
		return 0
	}
	h := (*unix.Cmsghdr)(unsafe.Pointer(c))
	if h.Level != unix.IPPROTO_UDP || h.Type != unix.UDP_GRO {
		return 0
	}
	return int(*(*int32)(unsafe.Add(unsafe.Pointer(c), unix.CmsgLen(0))))
}

// mmsgWriter is what one sendmmsg needs, kept in a pool.
type mmsgWriter struct {
	msgs  [batchSize]mmsg
	iovs  [batchSize]unix.Iovec
	ctrls [batchSize]control
	name  unix.RawSockaddrInet6
	first int // the next message to send
	count int // messages in all
	sent  int
	errno syscall.Errno
	call  func(fd uintptr) bool
}

// send reports whether it is done: it is not when the socket's buffer is full.
func (w *mmsgWriter) send(fd uintptr) bool {
	for {
		n, _, errno := unix.Syscall6(unix.SYS_SENDMMSG, fd, uintptr(unsafe.Pointer(&w.msgs[w.first])), uintptr(w.count-w.first), unix.MSG_DONTWAIT, 0, 0)
		if errno == unix.EINTR {
			continue
		}
		w.sent, w.errno = int(n), errno
		return errno != unix.EAGAIN
	}
}

func (b *mmsgBatcher) write(bufs [][]byte, to netip.AddrPort) error {
	var first error
	for len(bufs) > 0 {
		n := min(len(bufs), batchSize)
		if err := b.writeSome(bufs[:n], to, b.gso.Load()); err != nil && first == nil {
			first = err
		}
		bufs = bufs[n:]
	}
	return first
}

// writeSome sends up to batchSize datagrams. A run that the kernel will not cut
// is sent one by one.
func (b *mmsgBatcher) writeSome(bufs [][]byte, to netip.AddrPort, glue bool) error {
	w := b.writers.Get().(*mmsgWriter)
	defer func() {
		clear(w.iovs[:len(bufs)]) // the buffers are the caller's
		b.writers.Put(w)
	}()
	namelen, err := b.sockaddr(&w.name, to)
	if err != nil {
		return err
	}
	limit := maxPayload6
	if to.Addr().Unmap().Is4() {
		limit = maxPayload4
	}
	w.fill(bufs, namelen, limit, glue)
	var first error
	for w.first < w.count {
		if err := b.raw.Write(w.call); err != nil {
			return err
		}
		if w.errno == 0 {
			w.first += w.sent
			continue
		}
		err := os.NewSyscallError("sendmmsg", w.errno)
		if part := w.run(w.first, bufs); len(part) > 1 {
			if w.errno == unix.EIO || w.errno == unix.EOPNOTSUPP || w.errno == unix.ENOPROTOOPT {
				b.gso.Store(false) // the device below computes no checksums: it never will
			}
			err = b.writeSome(part, to, false)
		}
		if err != nil && first == nil {
			first = err
		}
		w.first++ // this message is lost or was sent otherwise
	}
	return first
}

// run returns the bufs of message i.
func (w *mmsgWriter) run(i int, bufs [][]byte) [][]byte {
	start := (uintptr(unsafe.Pointer(w.msgs[i].hdr.Iov)) - uintptr(unsafe.Pointer(&w.iovs[0]))) / unsafe.Sizeof(w.iovs[0])
	return bufs[start : start+uintptr(w.msgs[i].hdr.Iovlen)]
}

// fill describes bufs as messages: where glue is set, neighbours of equal
// length (and a shorter one at the end) become one message for the kernel to
// cut.
func (w *mmsgWriter) fill(bufs [][]byte, namelen uint32, limit int, glue bool) {
	w.first, w.count = 0, 0
	for i := 0; i < len(bufs); {
		run, total := 1, len(bufs[i])
		for glue && i+run < len(bufs) && run < maxGSO {
			n := len(bufs[i+run])
			if n == 0 || n > len(bufs[i]) || total+n > limit {
				break
			}
			run++
			total += n
			if n < len(bufs[i]) {
				break
			}
		}
		for j := i; j < i+run; j++ {
			w.iovs[j].Base = unsafe.SliceData(bufs[j])
			w.iovs[j].SetLen(len(bufs[j]))
		}
		h := &w.msgs[w.count].hdr
		h.Name, h.Namelen = (*byte)(unsafe.Pointer(&w.name)), namelen
		h.Iov = &w.iovs[i]
		h.SetIovlen(run)
		h.Control = nil
		h.SetControllen(0)
		h.Flags = 0
		if run > 1 {
			c := &w.ctrls[w.count]
			ch := (*unix.Cmsghdr)(unsafe.Pointer(c))
			ch.Level, ch.Type = unix.IPPROTO_UDP, unix.UDP_SEGMENT
			ch.SetLen(unix.CmsgLen(2))
			*(*uint16)(unsafe.Add(unsafe.Pointer(c), unix.CmsgLen(0))) = uint16(len(bufs[i]))
			h.Control = (*byte)(unsafe.Pointer(c))
			h.SetControllen(unix.CmsgSpace(2))
		}
		w.count++
		i += run
	}
}

// sockaddr writes to in the form of b's socket and returns its length.
func (b *mmsgBatcher) sockaddr(name *unix.RawSockaddrInet6, to netip.AddrPort) (uint32, error) {
	a := to.Addr()
	if !a.IsValid() {
		return 0, errFamily
	}
	if !b.v6 {
		a = a.Unmap()
		if !a.Is4() {
			return 0, errFamily
		}
		four := (*unix.RawSockaddrInet4)(unsafe.Pointer(name))
		*four = unix.RawSockaddrInet4{Family: unix.AF_INET, Port: swap(to.Port()), Addr: a.As4()}
		return unix.SizeofSockaddrInet4, nil
	}
	*name = unix.RawSockaddrInet6{Family: unix.AF_INET6, Port: swap(to.Port()), Addr: a.As16()}
	if zone := a.Zone(); zone != "" {
		id, err := strconv.ParseUint(zone, 10, 32)
		if err != nil {
			i, err := net.InterfaceByName(zone)
			if err != nil {
				return 0, err
			}
			id = uint64(i.Index)
		}
		name.Scope_id = uint32(id)
	}
	return unix.SizeofSockaddrInet6, nil
}

// addrPort reads what the kernel wrote as a sender.
func addrPort(name *unix.RawSockaddrInet6) netip.AddrPort {
	if name.Family == unix.AF_INET {
		four := (*unix.RawSockaddrInet4)(unsafe.Pointer(name))
		return netip.AddrPortFrom(netip.AddrFrom4(four.Addr), swap(four.Port))
	}
	a := netip.AddrFrom16(name.Addr).Unmap()
	if name.Scope_id != 0 && a.IsLinkLocalUnicast() && a.Is6() {
		a = a.WithZone(strconv.FormatUint(uint64(name.Scope_id), 10))
	}
	return netip.AddrPortFrom(a, swap(name.Port))
}

// swap turns a port between the kernel's order and ours.
func swap(p uint16) uint16 {
	b := (*[2]byte)(unsafe.Pointer(&p))
	return uint16(b[0])<<8 | uint16(b[1])
}
