package socks

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"time"

	"github.com/wherrynet/wherry"
)

// The numbers of RFC 1928.
const (
	version5 = 5

	methodNone   = 0
	methodRefuse = 0xff

	cmdConnect   = 1
	cmdAssociate = 3

	atypIPv4 = 1
	atypName = 3
	atypIPv6 = 4

	replyOK          = 0
	replyFailure     = 1
	replyForbidden   = 2
	replyNetwork     = 3
	replyHost        = 4
	replyRefused     = 5
	replyTTL         = 6
	replyCommand     = 7
	replyAddressType = 8
)

// request is what a program asks for.
type request struct {
	cmd  byte
	host string // an address or a name
	port uint16
}

func (q request) address() string { return net.JoinHostPort(q.host, strconv.Itoa(int(q.port))) }

// protocolError is a request that is answered with a reply code.
type protocolError struct {
	reply byte
	text  string
}

func (e *protocolError) Error() string { return e.text }

// socks serves one connection.
func (r *run) socks(ctx context.Context, c net.Conn, in *bufio.Reader) {
	if err := greet(in, c); err != nil {
		return
	}
	q, err := readRequest(in)
	if err != nil {
		if p, ok := errors.AsType[*protocolError](err); ok {
			_ = writeReply(c, p.reply, netip.AddrPort{})
		}
		return
	}
	switch q.cmd {
	case cmdConnect:
		r.connect(ctx, &buffered{Conn: c, in: in}, q)
	case cmdAssociate:
		_ = c.SetDeadline(time.Time{})
		r.associate(ctx, c, in)
	}
}

func (r *run) connect(ctx context.Context, c net.Conn, q request) {
	_ = c.SetDeadline(time.Time{})
	dialing, cancel := context.WithTimeout(ctx, dialTime)
	out, err := r.Dial(dialing, "tcp", q.address())
	cancel()
	if err != nil {
		_ = writeReply(c, replyOf(err), netip.AddrPort{})
		return
	}
	defer out.Close()
	if err := writeReply(c, replyOK, addrPortOf(out.LocalAddr())); err != nil {
		return
	}
	relay(ctx, c, out)
}

// greet agrees on a method: none.
func greet(in io.Reader, out io.Writer) error {
	var head [2]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return err
	}
	if head[0] != version5 {
		return errors.New("not SOCKS5")
	}
	methods := make([]byte, head[1])
	if _, err := io.ReadFull(in, methods); err != nil {
		return err
	}
	if slices.Contains(methods, methodNone) {
		_, err := out.Write([]byte{version5, methodNone})
		return err
	}
	_, _ = out.Write([]byte{version5, methodRefuse})
	return errors.New("no method in common")
}

// readRequest reads what follows the greeting.
func readRequest(in io.Reader) (request, error) {
	var head [3]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return request{}, err
	}
	if head[0] != version5 || head[2] != 0 {
		return request{}, &protocolError{replyFailure, "malformed request"}
	}
	q := request{cmd: head[1]}
	var err error
	if q.host, q.port, err = readAddress(in); err != nil {
		return request{}, err
	}
	switch {
	case q.cmd != cmdConnect && q.cmd != cmdAssociate:
		return request{}, &protocolError{replyCommand, "command not supported"}
	case q.cmd == cmdConnect && q.port == 0:
		return request{}, &protocolError{replyFailure, "port 0"}
	}
	return q, nil
}

// readAddress reads an address and a port in the form that requests and datagrams
// share.
func readAddress(in io.Reader) (host string, port uint16, err error) {
	var b [257]byte
	if _, err := io.ReadFull(in, b[:1]); err != nil {
		return "", 0, err
	}
	switch b[0] {
	case atypIPv4:
		if _, err := io.ReadFull(in, b[:6]); err != nil {
			return "", 0, err
		}
		return netip.AddrFrom4([4]byte(b[:4])).String(), binary.BigEndian.Uint16(b[4:]), nil
	case atypIPv6:
		if _, err := io.ReadFull(in, b[:18]); err != nil {
			return "", 0, err
		}
		return netip.AddrFrom16([16]byte(b[:16])).Unmap().String(), binary.BigEndian.Uint16(b[16:]), nil
	case atypName:
		if _, err := io.ReadFull(in, b[:1]); err != nil {
			return "", 0, err
		}
		n := int(b[0])
		if _, err := io.ReadFull(in, b[:n+2]); err != nil {
			return "", 0, err
		}
		if !isName(b[:n]) {
			return "", 0, &protocolError{replyHost, "not a host name"}
		}
		return string(b[:n]), binary.BigEndian.Uint16(b[n:]), nil
	}
	return "", 0, &protocolError{replyAddressType, "address type not supported"}
}

// isName reports whether b can be a host name, or the text of an address.
func isName(b []byte) bool {
	for _, c := range b {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_', c == '.', c == ':':
		default:
			return false
		}
	}
	return len(b) > 0
}

// writeReply answers a request. An invalid address stands for "any".
func writeReply(out io.Writer, code byte, at netip.AddrPort) error {
	b := []byte{version5, code, 0}
	_, err := out.Write(appendAddress(b, at))
	return err
}

func appendAddress(b []byte, at netip.AddrPort) []byte {
	a := at.Addr().Unmap()
	switch {
	case !a.IsValid():
		b = append(b, atypIPv4, 0, 0, 0, 0)
	case a.Is4():
		b = append(append(b, atypIPv4), a.AsSlice()...)
	default:
		b = append(append(b, atypIPv6), a.WithZone("").AsSlice()...)
	}
	return binary.BigEndian.AppendUint16(b, at.Port())
}

// addrPortOf reads a net.Addr, as far as it has an address and a port.
func addrPortOf(a net.Addr) netip.AddrPort {
	if a == nil {
		return netip.AddrPort{}
	}
	at, err := netip.ParseAddrPort(a.String())
	if err != nil {
		return netip.AddrPort{}
	}
	return at
}

// replyOf finds the reply code that says best what went wrong.
func replyOf(err error) byte {
	switch codeOf(err) {
	case wherry.Forbidden:
		return replyForbidden
	case wherry.Unreachable:
		return replyNetwork
	case wherry.NotFound:
		return replyHost
	case wherry.Refused:
		return replyRefused
	case wherry.Timeout:
		return replyTTL
	}
	return replyFailure
}
