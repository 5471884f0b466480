package wireguard

import (
	"encoding/binary"
	"os"
	"syscall"

	"github.com/tailscale/wireguard-go/tun"
	"golang.org/x/sys/unix"

	"github.com/wherrynet/wherry"
)

// OpenTUN takes a TUN that somebody with the right to do so has made: of type
// IFF_TUN | IFF_NO_PI | IFF_VNET_HDR, with one queue. It works on a copy of f, asks
// the kernel for every offload that it has, and needs no privilege. f stays the
// caller's: the interface exists until both are closed.
func OpenTUN(f *os.File) (*TUN, error) {
	raw, err := f.SyscallConn()
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "open the tunnel's interface: %w", err)
	}
	var fd int
	var kind uint16
	if cerr := raw.Control(func(old uintptr) {
		var req *unix.Ifreq
		if req, err = unix.NewIfreq(""); err != nil {
			return
		}
		if err = unix.IoctlIfreq(int(old), unix.TUNGETIFF, req); err != nil {
			return
		}
		kind = req.Uint16()
		fd, err = unix.FcntlInt(old, unix.F_DUPFD_CLOEXEC, 0)
	}); cerr != nil {
		err = cerr
	}
	if err != nil {
		return nil, wherry.Errorf(wherry.Invalid, "open the tunnel's interface: not a TUN: %w", err)
	}
	if kind&unix.IFF_VNET_HDR == 0 || kind&unix.IFF_NO_PI == 0 || kind&unix.IFF_TUN == 0 {
		_ = unix.Close(fd)
		return nil, wherry.Errorf(wherry.Invalid, "the tunnel's interface has the flags %#x; it needs IFF_TUN, IFF_NO_PI and IFF_VNET_HDR", kind)
	}
	dev, _, err := tun.CreateUnmonitoredTUNFromFD(fd) // takes fd, also when it fails
	if err != nil {
		return nil, wherry.Errorf(wherry.Internal, "open the tunnel's interface: %w", err)
	}
	t := &TUN{dev: dev, file: dev.File(), gone: make(chan struct{}), reading: make(chan struct{}, 1)}
	if t.raw, err = t.file.SyscallConn(); err != nil {
		_ = dev.Close()
		return nil, wherry.Errorf(wherry.Internal, "open the tunnel's interface: %w", err)
	}
	t.reader.call, t.mine = t.reader.some, t.isMine
	return t, nil
}

// vnetLen is the length of struct virtio_net_hdr (linux/virtio_net.h), which stands
// in front of every packet of a TUN with IFF_VNET_HDR.
const vnetLen = 10

// readMost is the largest packet that the kernel hands over, with its header.
const readMost = vnetLen + 65535

// tunReader reads as many packets as there are in one turn: a large piece of TCP is
// cut into segments, and small packets come in rows, so that what follows (keys,
// encryption, the socket) pays its price per call once for many.
type tunReader struct {
	slab    []byte
	packets []tun.ReadPacket
	n       int // packets so far
	at      int // bytes of slab that are used
	err     error
	mine    func() bool           // whether to go on
	call    func(fd uintptr) bool // some, made once

	late []byte // a packet, with its header, that the last turn had no room for
}

func (r *tunReader) read(raw syscall.RawConn, slab []byte, packets []tun.ReadPacket, mine func() bool) (int, error) {
	r.slab, r.packets, r.n, r.at, r.err, r.mine = slab, packets, 0, 0, nil, mine
	if !mine() { // since the deadline was set: nobody would wake us
		return 0, nil
	}
	if len(r.late) > 0 {
		n := copy(slab[tun.ReadPacketSpacing-vnetLen:], r.late)
		r.late = r.late[:0]
		r.cut(n)
	}
	err := raw.Read(r.call)
	r.slab, r.packets, r.mine = nil, nil, nil // they are the caller's
	if r.n > 0 {
		return r.n, nil
	}
	if err != nil {
		return 0, err
	}
	return 0, r.err
}

// some reads until there is no more, or no more room. It reports whether it is done:
// it is not while there is nothing at all.
func (r *tunReader) some(fd uintptr) bool {
	for r.mine() && r.n < len(r.packets) && len(r.slab)-r.at >= readMost+2*tun.ReadPacketSpacing {
		n, err := unix.Read(int(fd), r.slab[r.at+tun.ReadPacketSpacing-vnetLen:len(r.slab)-tun.ReadPacketSpacing])
		switch err {
		case nil:
			if !r.cut(n) {
				return true
			}
		case unix.EINTR:
		case unix.EAGAIN:
			return r.n > 0
		default:
			r.err = err
			return true
		}
	}
	return true
}

// cut makes packets of the n bytes that were read behind what is there. If there is
// no room for all of them, it puts the bytes aside and reports false.
func (r *tunReader) cut(n int) bool {
	in := r.slab[r.at+tun.ReadPacketSpacing-vnetLen:][:n]
	if n <= vnetLen {
		return true
	}
	o, ok := gsoOptions(in)
	if !ok {
		return true
	}
	if r.n > 0 && !r.fits(o, n-vnetLen) {
		r.late = append(r.late[:0], in...)
		return false
	}
	k, _ := tun.GSOSplit(in[vnetLen:], o, r.slab[r.at:], r.packets[r.n:], tun.ReadPacketSpacing) // what it can't make sense of is lost
	for i := r.n; i < r.n+k; i++ {
		r.packets[i].Offset += r.at
	}
	if r.n += k; k > 0 {
		last := r.packets[r.n-1]
		r.at = last.Offset + last.Size
	}
	return true
}

// fits reports whether a packet of size bytes can be cut into what is left.
func (r *tunReader) fits(o tun.GSOOptions, size int) bool {
	segments := 1
	if o.GSOType != tun.GSONone && o.GSOSize > 0 {
		segments = size/int(o.GSOSize) + 1
	}
	return segments <= len(r.packets)-r.n &&
		size+segments*(int(o.HdrLen)+tun.ReadPacketSpacing)+tun.ReadPacketSpacing <= len(r.slab)-r.at
}

// gsoOptions reads the header in front of a packet. It reports false for what the
// kernel was not asked to send.
func gsoOptions(b []byte) (o tun.GSOOptions, ok bool) {
	ne, packet := binary.NativeEndian, b[vnetLen:]
	o = tun.GSOOptions{
		NeedsCsum: b[0]&unix.VIRTIO_NET_HDR_F_NEEDS_CSUM != 0,
		HdrLen:    ne.Uint16(b[2:]), GSOSize: ne.Uint16(b[4:]), CsumStart: ne.Uint16(b[6:]), CsumOffset: ne.Uint16(b[8:]),
	}
	switch b[1] {
	case unix.VIRTIO_NET_HDR_GSO_NONE:
		return o, true
	case unix.VIRTIO_NET_HDR_GSO_TCPV4:
		o.GSOType = tun.GSOTCPv4
	case unix.VIRTIO_NET_HDR_GSO_TCPV6:
		o.GSOType = tun.GSOTCPv6
	case unix.VIRTIO_NET_HDR_GSO_UDP_L4:
		o.GSOType, o.HdrLen = tun.GSOUDPL4, o.CsumStart+udpHeaderLen
		return o, true
	default:
		return o, false
	}
	// The kernel's own figure may be the length of the whole first packet when it has
	// forwarded it, so the TCP header says where it ends.
	at := int(o.CsumStart) + 12
	if at >= len(packet) || packet[at]>>4 < 5 {
		return o, false
	}
	o.HdrLen = o.CsumStart + uint16(packet[at]>>4)*4
	return o, true
}
