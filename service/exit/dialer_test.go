package exit

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"net"
	"net/netip"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/wherrynet/wherry"
)

// consumer is an inner address.
var consumer = netip.MustParseAddr("10.87.0.2")

func newDialer(t *testing.T, cfg Config) *Dialer {
	t.Helper()
	d, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// server accepts TCP connections on loopback and says from where they come.
func server(t *testing.T) netip.AddrPort {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = io.WriteString(c, c.RemoteAddr().String())
			_ = c.Close()
		}
	}()
	return netip.MustParseAddrPort(l.Addr().String())
}

func TestDialOnlyWhereThePolicyLets(t *testing.T) {
	to := server(t)
	if _, err := newDialer(t, Config{}).DialContext(t.Context(), consumer, "tcp", to); wherry.CodeOf(err) != wherry.Forbidden {
		t.Errorf("loopback: %v, want forbidden", err)
	}
	d := newDialer(t, Config{Policy: Policy{Allow: []netip.AddrPort{to}}})
	c, err := d.DialContext(t.Context(), consumer, "tcp", to)
	if err != nil {
		t.Fatalf("the exception: %v", err)
	}
	defer c.Close()
	if _, ok := c.(interface{ CloseWrite() error }); !ok {
		t.Error("the connection can't be half closed")
	}
	if _, err := d.DialContext(t.Context(), consumer, "unix", to); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("a network that isn't one: %v", err)
	}
}

// TestPolicyHoldsInTheSystemCall takes the first check away and sees the second one
// refuse: what matters is the address that the socket connects to.
func TestPolicyHoldsInTheSystemCall(t *testing.T) {
	to := server(t)
	d := newDialer(t, Config{})
	control := d.control("tcp")
	for address, ok := range map[string]bool{to.String(): false, "8.8.8.8:443": true, "10.0.0.1:80": false, "garbage": false} {
		if err := control(t.Context(), "tcp4", address, nil); (err == nil) != ok {
			t.Errorf("%s: %v", address, err)
		}
	}
	dialer := net.Dialer{ControlContext: control}
	_, err := dialer.DialContext(t.Context(), "tcp", to.String())
	if wherry.CodeOf(outcome(t.Context(), err)) != wherry.Forbidden {
		t.Errorf("the dial ended with %v", err)
	}
}

func TestErrorsHoldNoDestination(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := netip.MustParseAddrPort(l.Addr().String())
	_ = l.Close()
	d := newDialer(t, Config{Policy: Policy{Allow: []netip.AddrPort{closed}}})
	_, err = d.DialContext(t.Context(), consumer, "tcp", closed)
	if wherry.CodeOf(err) != wherry.Refused {
		t.Errorf("a closed port: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err2 := d.DialContext(ctx, consumer, "tcp", closed)
	_, err3 := d.DialHost(t.Context(), consumer, "tcp", "127.0.0.77:80")
	for _, err := range []error{err, err2, err3, outcome(t.Context(), &net.OpError{Op: "dial", Net: "tcp", Addr: net.TCPAddrFromAddrPort(closed), Err: syscall.EHOSTUNREACH})} {
		if err == nil || strings.Contains(err.Error(), "127.0.0") {
			t.Errorf("the error is %q", err)
		}
	}
}

func TestDialLeavesFromItsSource(t *testing.T) {
	to := server(t)
	d := newDialer(t, Config{Policy: Policy{Allow: []netip.AddrPort{to}}, Source: netip.MustParseAddr("127.0.0.11")})
	c, err := d.DialContext(t.Context(), consumer, "tcp", to)
	if err != nil {
		t.Skipf("this system has one loopback address only: %v", err)
	}
	defer c.Close()
	if b, _ := io.ReadAll(c); !strings.HasPrefix(string(b), "127.0.0.11:") {
		t.Errorf("the server sees %s", b)
	}
	if _, err := d.DialContext(t.Context(), consumer, "tcp", netip.MustParseAddrPort("[2606:4700::1]:80")); wherry.CodeOf(err) != wherry.Unreachable {
		t.Errorf("IPv6 from an IPv4 source: %v, want unreachable", err)
	}
}

func TestFlowsAreBounded(t *testing.T) {
	to := server(t)
	d := newDialer(t, Config{Policy: Policy{Allow: []netip.AddrPort{to}}, Flows: 2})
	var open []net.Conn
	for range 2 {
		c, err := d.DialContext(t.Context(), consumer, "tcp", to)
		if err != nil {
			t.Fatal(err)
		}
		open = append(open, c)
	}
	if _, err := d.DialContext(t.Context(), consumer, "tcp", to); wherry.CodeOf(err) != wherry.Busy {
		t.Fatalf("the third: %v, want busy", err)
	}
	_ = open[0].Close()
	_ = open[0].Close() // twice gives one place back
	c, err := d.DialContext(t.Context(), consumer, "udp", to)
	if err != nil {
		t.Fatalf("after one has closed: %v", err)
	}
	if _, err := d.DialContext(t.Context(), consumer, "tcp", to); wherry.CodeOf(err) != wherry.Busy {
		t.Fatalf("the third again: %v, want busy", err)
	}
	_ = c.Close()
	_ = open[1].Close()
	if d.flows.Load() != 0 {
		t.Errorf("%d flows are open when none is", d.flows.Load())
	}
}

// upstream answers every query with the given address, after what before does.
func upstream(t *testing.T, before func(c net.PacketConn, from net.Addr, query []byte)) netip.AddrPort {
	t.Helper()
	c, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	go func() {
		b := make([]byte, 2048)
		for {
			n, from, err := c.ReadFrom(b)
			if err != nil {
				return
			}
			if before != nil {
				before(c, from, b[:n])
			}
			_, _ = c.WriteTo(answerTo(b[:n], [4]byte{198, 41, 0, 4}), from)
		}
	}()
	return netip.MustParseAddrPort(c.LocalAddr().String())
}

func answerTo(query []byte, a [4]byte) []byte {
	var m dnsmessage.Message
	if m.Unpack(query) != nil {
		return nil
	}
	m.Header.Response = true
	m.Answers = []dnsmessage.Resource{{
		Header: dnsmessage.ResourceHeader{Name: m.Questions[0].Name, Type: dnsmessage.TypeA, Class: dnsmessage.ClassINET},
		Body:   &dnsmessage.AResource{A: a},
	}}
	out, _ := m.Pack()
	return out
}

func query(t *testing.T, name string, typ dnsmessage.Type) []byte {
	t.Helper()
	m := dnsmessage.Message{
		Header:    dnsmessage.Header{ID: 4711, RecursionDesired: true},
		Questions: []dnsmessage.Question{{Name: dnsmessage.MustNewName(name), Type: typ, Class: dnsmessage.ClassINET}},
	}
	b, err := m.Pack()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestExchangeAsksUnderANumberOfItsOwn(t *testing.T) {
	ids := make(chan uint16, 10)
	up := upstream(t, func(c net.PacketConn, from net.Addr, q []byte) {
		ids <- binary.BigEndian.Uint16(q)
		forged := answerTo(q, [4]byte{6, 6, 6, 6})
		forged[0] ^= 0xff // somebody who guesses
		_, _ = c.WriteTo(forged, from)
	})
	d := newDialer(t, Config{Resolver: up})
	answer, err := d.Exchange(t.Context(), query(t, "example.test.", dnsmessage.TypeA), false)
	if err != nil {
		t.Fatal(err)
	}
	if id := binary.BigEndian.Uint16(answer); id != 4711 {
		t.Errorf("the answer has the number %d", id)
	}
	second, err := d.Exchange(t.Context(), query(t, "example.test.", dnsmessage.TypeA), false)
	if err != nil || len(second) == 0 {
		t.Fatal(err)
	}
	if a, b := <-ids, <-ids; a == b {
		t.Errorf("both were asked under the number %d", a)
	}
	addrs, err := d.Lookup(t.Context(), "example.test")
	if err != nil || len(addrs) == 0 || addrs[0] != netip.MustParseAddr("198.41.0.4") {
		t.Errorf("the lookup gives %v, %v", addrs, err)
	}
}

// TestExchangeIsHonestAboutSignatures: what asks for signatures (DO, CD) arrives as it
// was asked, and what comes back (AD, RRSIG, anything) is given on as it came: only the
// number is another.
func TestExchangeIsHonestAboutSignatures(t *testing.T) {
	asked := append(query(t, "signed.test.", dnsmessage.TypeA),
		0, 0, 41, 4, 208, 0, 0, 0x80, 0, 0, 0) // OPT: 1232 bytes, DO
	asked[3] |= 0x10 // CD
	asked[11] = 1    // one additional record
	heard, given := make(chan []byte, 1), make(chan []byte, 1)
	c, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	go func() {
		b := make([]byte, 2048)
		n, from, err := c.ReadFrom(b)
		if err != nil {
			return
		}
		heard <- bytes.Clone(b[:n])
		answer := bytes.Clone(b[:n])
		answer[2], answer[3] = answer[2]|0x80, 0x80|0x20|0x10 // response, RA, AD, CD
		answer[7] = 1                                         // an RRSIG with made-up contents
		answer = append(answer[:len(answer)-11], append([]byte{0xc0, 12, 0, 46, 0, 1, 0, 0, 0, 60, 0, 4, 9, 8, 7, 6}, answer[len(answer)-11:]...)...)
		given <- bytes.Clone(answer)
		_, _ = c.WriteTo(answer, from)
	}()
	d := newDialer(t, Config{Resolver: netip.MustParseAddrPort(c.LocalAddr().String())})
	got, err := d.Exchange(t.Context(), asked, false)
	if err != nil {
		t.Fatal(err)
	}
	if heard := <-heard; !bytes.Equal(heard[2:], asked[2:]) {
		t.Errorf("asked\n%x\nand the resolver heard\n%x", asked, heard)
	}
	if given := <-given; !bytes.Equal(got[2:], given[2:]) || !bytes.Equal(got[:2], asked[:2]) {
		t.Errorf("answered\n%x\nand given on\n%x", given, got)
	}
}

func TestExchangeRefusesNamesOfTheNeighbourhood(t *testing.T) {
	asked := make(chan struct{}, 100)
	d := newDialer(t, Config{Resolver: upstream(t, func(net.PacketConn, net.Addr, []byte) { asked <- struct{}{} })})
	for _, c := range []struct {
		name string
		typ  dnsmessage.Type
		ok   bool
	}{
		{"example.test.", dnsmessage.TypeA, true},
		{"localhost.", dnsmessage.TypeA, false},
		{"router.", dnsmessage.TypeAAAA, false},
		{"a.localhost.", dnsmessage.TypeA, false},
		{"printer.LAN.", dnsmessage.TypeA, false},
		{"nas.local.", dnsmessage.TypeA, false},
		{"metadata.google.internal.", dnsmessage.TypeA, false},
		{"x.home.arpa.", dnsmessage.TypeA, false},
		{"1.1.168.192.in-addr.arpa.", dnsmessage.TypePTR, false},
		{"168.192.in-addr.arpa.", dnsmessage.TypeNS, false},
		{"8.8.8.8.in-addr.arpa.", dnsmessage.TypePTR, true},
		{"example.test.", typeANY, false},
		{"example.test.", typeAXFR, false},
	} {
		answer, err := d.Exchange(t.Context(), query(t, c.name, c.typ), false)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		var m dnsmessage.Message
		if err := m.Unpack(answer); err != nil {
			t.Fatal(err)
		}
		if refused := m.RCode == dnsmessage.RCodeRefused; refused == c.ok || len(asked) == 0 == c.ok {
			t.Errorf("%s: answered %v, resolver asked %d times", c.name, m.RCode, len(asked))
		}
		for len(asked) > 0 {
			<-asked
		}
	}
}

func TestExchangeGivesUpOnASilentResolver(t *testing.T) {
	c, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	d := newDialer(t, Config{Resolver: netip.MustParseAddrPort(c.LocalAddr().String())})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := d.Exchange(ctx, query(t, "example.test.", dnsmessage.TypeA), false); wherry.CodeOf(err) != wherry.Timeout {
		t.Errorf("got %v, want a timeout", err)
	}
}

func TestServersOfResolvConf(t *testing.T) {
	got := readServers(strings.NewReader("# c\nsearch lan\nnameserver 192.0.2.1\nnameserver\nnameserver junk\n nameserver fe80::1%eth0\nnameserver ::1\nnameserver 1.1.1.1\n"))
	if len(got) != 3 || got[0] != netip.MustParseAddrPort("192.0.2.1:53") || got[2] != netip.MustParseAddrPort("[::1]:53") {
		t.Errorf("got %v", got)
	}
}

func FuzzExchange(f *testing.F) {
	f.Add([]byte("\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x01a\x04test\x00\x00\x01\x00\x01"))
	f.Add([]byte{})
	d, err := New(Config{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		h, q, err := readQuery(b)
		if err != nil {
			return
		}
		d.mayAsk(q)
		if _, err := reply(h, q, dnsmessage.RCodeRefused); err != nil {
			t.Fatalf("a question that was read can't be written: %v", err)
		}
		answers(b, make([]byte, 12), q)
	})
}
