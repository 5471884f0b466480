package servicetest

import (
	"encoding/binary"
	"io"
	"net"
	"net/netip"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// Echo starts a UDP server on loopback that sends every datagram back.
func Echo(t testing.TB) netip.AddrPort {
	t.Helper()
	c, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	go func() {
		b := make([]byte, 64<<10)
		for {
			n, from, err := c.ReadFrom(b)
			if err != nil {
				return
			}
			_, _ = c.WriteTo(b[:n], from)
		}
	}()
	return netip.MustParseAddrPort(c.LocalAddr().String())
}

// Names starts a DNS server on loopback, over UDP and TCP, that knows the given
// names (with the dot at the end) and no others. Over UDP it answers a name with
// more than ten addresses by saying that the answer is too long.
func Names(t testing.TB, zone map[string][]netip.Addr) netip.AddrPort {
	t.Helper()
	u, l := both(t)
	t.Cleanup(func() { _, _ = u.Close(), l.Close() })
	go func() {
		b := make([]byte, 4<<10)
		for {
			n, from, err := u.ReadFrom(b)
			if err != nil {
				return
			}
			if a := resolve(zone, b[:n], false); a != nil {
				_, _ = u.WriteTo(a, from)
			}
		}
	}()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				var size [2]byte
				for {
					if _, err := io.ReadFull(c, size[:]); err != nil {
						return
					}
					q := make([]byte, binary.BigEndian.Uint16(size[:]))
					if _, err := io.ReadFull(c, q); err != nil {
						return
					}
					a := resolve(zone, q, true)
					_, _ = c.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(a))), a...))
				}
			}()
		}
	}()
	return netip.MustParseAddrPort(u.LocalAddr().String())
}

// both opens a port that is free for UDP and TCP alike.
func both(t testing.TB) (net.PacketConn, net.Listener) {
	t.Helper()
	for range 50 {
		u, err := net.ListenPacket("udp4", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		l, err := net.Listen("tcp4", u.LocalAddr().String())
		if err == nil {
			return u, l
		}
		_ = u.Close()
	}
	t.Fatal("no port is free for both")
	return nil, nil
}

func resolve(zone map[string][]netip.Addr, query []byte, stream bool) []byte {
	var m dnsmessage.Message
	if err := m.Unpack(query); err != nil || len(m.Questions) != 1 {
		return nil
	}
	q := m.Questions[0]
	m.Header.Response, m.Header.RecursionAvailable = true, true
	m.Additionals = nil
	addrs, ok := zone[q.Name.String()]
	switch {
	case !ok:
		m.Header.RCode = dnsmessage.RCodeNameError
	case len(addrs) > 10 && !stream:
		m.Header.Truncated = true
	default:
		for _, a := range addrs {
			r := dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, TTL: 1}}
			switch {
			case a.Is4() && q.Type == dnsmessage.TypeA:
				r.Header.Type, r.Body = q.Type, &dnsmessage.AResource{A: a.As4()}
			case a.Is6() && q.Type == dnsmessage.TypeAAAA:
				r.Header.Type, r.Body = q.Type, &dnsmessage.AAAAResource{AAAA: a.As16()}
			default:
				continue
			}
			m.Answers = append(m.Answers, r)
		}
	}
	out, err := m.Pack()
	if err != nil {
		return nil
	}
	return out
}
