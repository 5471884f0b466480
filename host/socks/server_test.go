package socks

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/net/proxy"

	"github.com/wherrynet/wherry"
)

// start runs a proxy that dials with d, the system's dialer if nil, and returns its
// address.
func start(t *testing.T, d Dial) string {
	t.Helper()
	if d == nil {
		d = (&net.Dialer{}).DialContext
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- (&Server{Dial: d}).Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("the proxy ended with %v", err)
			}
		case <-time.After(10 * time.Second):
			t.Error("the proxy does not end")
		}
	})
	return l.Addr().String()
}

func viaSocks(t *testing.T, at string) *http.Client {
	t.Helper()
	d, err := proxy.SOCKS5("tcp", at, nil, proxy.Direct)
	if err != nil {
		t.Fatal(err)
	}
	tr := &http.Transport{DialContext: d.(proxy.ContextDialer).DialContext}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr, Timeout: 10 * time.Second}
}

func viaHTTP(t *testing.T, at string) *http.Client {
	t.Helper()
	tr := &http.Transport{
		Proxy:           http.ProxyURL(&url.URL{Scheme: "http", Host: at}),
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, //nolint:gosec // a test server's certificate
	}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr, Timeout: 10 * time.Second}
}

func TestOnePortSpeaksBoth(t *testing.T) {
	hello := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, h := range []string{"Proxy-Connection", "X-Forwarded-For", "Via", "Forwarded"} {
			if r.Header.Get(h) != "" {
				t.Errorf("the server is told %s", h)
			}
		}
		b, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "hello %s %s", r.URL.Path, b)
	})
	plain, secure := httptest.NewServer(hello), httptest.NewTLSServer(hello)
	t.Cleanup(plain.Close)
	t.Cleanup(secure.Close)
	at := start(t, nil)
	socksClient := viaSocks(t, at)
	socksClient.Transport.(*http.Transport).TLSClientConfig = &tls.Config{InsecureSkipVerify: true} //nolint:gosec // as above
	for name, c := range map[string]*http.Client{"socks": socksClient, "http": viaHTTP(t, at)} {
		for _, base := range []string{plain.URL, secure.URL} {
			for range 2 { // the second may come over the same connection
				r, err := c.Post(base+"/there", "text/plain", strings.NewReader("you"))
				if err != nil {
					t.Fatalf("%s %s: %v", name, base, err)
				}
				b, _ := io.ReadAll(r.Body)
				_ = r.Body.Close()
				if string(b) != "hello /there you" {
					t.Errorf("%s %s: %q", name, base, b)
				}
			}
		}
	}
}

func TestNamesAreHandedOn(t *testing.T) {
	asked := make(chan string, 4)
	at := start(t, func(_ context.Context, network, address string) (net.Conn, error) {
		asked <- network + " " + address
		return nil, wherry.Errorf(wherry.NotFound, "no such name")
	})
	_, err := viaSocks(t, at).Get("http://some.test/")
	if err == nil || !strings.Contains(err.Error(), "host unreachable") {
		t.Errorf("socks: %v", err)
	}
	if got := <-asked; got != "tcp some.test:80" {
		t.Errorf("asked for %q", got)
	}
	r, err := viaHTTP(t, at).Get("http://other.test:81/")
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Body.Close()
	if got := <-asked; got != "tcp other.test:81" || r.StatusCode != http.StatusBadGateway {
		t.Errorf("asked for %q, answered %d", got, r.StatusCode)
	}
}

func TestRefusalsHaveTheirCodes(t *testing.T) {
	for _, c := range []struct {
		err    error
		reply  byte
		status int
	}{
		{wherry.Errorf(wherry.Forbidden, "x"), replyForbidden, 403},
		{wherry.Errorf(wherry.Refused, "x"), replyRefused, 502},
		{wherry.Errorf(wherry.Unreachable, "x"), replyNetwork, 502},
		{wherry.Errorf(wherry.NotFound, "x"), replyHost, 502},
		{wherry.Errorf(wherry.Timeout, "x"), replyTTL, 504},
		{wherry.Errorf(wherry.OverBudget, "x"), replyFailure, 402},
		{&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, replyRefused, 502},
		{fmt.Errorf("dial: %w", context.DeadlineExceeded), replyTTL, 504},
		{&net.DNSError{Err: "x", Name: "secret.test"}, replyHost, 502},
		{syscall.EHOSTUNREACH, replyNetwork, 502},
		{errors.New("secret.test"), replyFailure, 502},
	} {
		if got := replyOf(c.err); got != c.reply {
			t.Errorf("%v: reply %d, want %d", c.err, got, c.reply)
		}
		if got := statusOf(c.err); got != c.status {
			t.Errorf("%v: status %d, want %d", c.err, got, c.status)
		}
		if s := sentence(c.err); strings.Contains(s, "secret") || s == "" {
			t.Errorf("%v: the page says %q", c.err, s)
		}
	}
}

// talk sends bytes and returns what comes back until the other side is silent.
func talk(t *testing.T, at string, send []byte) []byte {
	t.Helper()
	c, err := net.Dial("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_, _ = c.Write(send)
	_ = c.SetReadDeadline(time.Now().Add(2 * time.Second))
	_ = c.(*net.TCPConn).CloseWrite()
	b, _ := io.ReadAll(c)
	return b
}

func TestMalformedRequests(t *testing.T) {
	at := start(t, func(context.Context, string, string) (net.Conn, error) {
		t.Error("a malformed request is dialled")
		return nil, errors.New("no")
	})
	long := append([]byte{5, 1, 0, 5, 1, 0, 3, 4}, "a b\x00\x00\x50"...)
	for name, c := range map[string]struct{ send, want string }{
		"nothing":              {"", ""},
		"no method in common":  {"\x05\x01\x02", "\x05\xff"},
		"bind":                 {"\x05\x01\x00\x05\x02\x00\x01\x01\x02\x03\x04\x00\x50", "\x05\x00\x05\x07"},
		"unknown address type": {"\x05\x01\x00\x05\x01\x00\x09\x01\x02\x03\x04\x00\x50", "\x05\x00\x05\x08"},
		"reserved byte":        {"\x05\x01\x00\x05\x01\x01\x01\x01\x02\x03\x04\x00\x50", "\x05\x00\x05\x01"},
		"port 0":               {"\x05\x01\x00\x05\x01\x00\x01\x01\x02\x03\x04\x00\x00", "\x05\x00\x05\x01"},
		"empty name":           {"\x05\x01\x00\x05\x01\x00\x03\x00\x00\x50", "\x05\x00\x05\x04"},
		"name with a space":    {string(long), "\x05\x00\x05\x04"},
		"cut short":            {"\x05\x01\x00\x05\x01\x00\x03\xff", "\x05\x00"},
		"socks4":               {"\x04\x01\x00\x50\x01\x02\x03\x04\x00", "HTTP/1.1 400"},
		"origin form":          {"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "HTTP/1.1 400"},
		"other scheme":         {"GET ftp://a.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n", "HTTP/1.1 400"},
		"connect without port": {"CONNECT a.test HTTP/1.1\r\nHost: a.test\r\n\r\n", "HTTP/1.1 400"},
		"huge header":          {"GET http://a.test/ HTTP/1.1\r\nX: " + strings.Repeat("a", 60<<10) + "\r\n\r\n", "HTTP/1.1 431"},
		"garbage":              {"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", "HTTP/1.1 400"},
	} {
		t.Run(name, func(t *testing.T) {
			got := talk(t, at, []byte(c.send))
			if !strings.HasPrefix(string(got), c.want) || c.want == "" && len(got) > 0 {
				t.Errorf("got %q, want %q", got[:min(len(got), 60)], c.want)
			}
		})
	}
}

func TestHalfCloseGoesThrough(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			b, _ := io.ReadAll(c)
			_, _ = fmt.Fprintf(c, "%d", len(b))
			_ = c.Close()
		}
	}()
	at := start(t, nil)
	to := netip.MustParseAddrPort(l.Addr().String())
	socks := appendAddress([]byte{5, 1, 0, 5, 1, 0}, to)
	if got := talk(t, at, append(socks, "four"...)); !bytes.HasSuffix(got, []byte("4")) || len(got) != 2+10+1 {
		t.Errorf("socks: %q", got)
	}
	c, err := net.Dial("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(5 * time.Second))
	_, _ = fmt.Fprintf(c, "CONNECT %s HTTP/1.1\r\nHost: %s\r\n\r\n", to, to)
	in := bufio.NewReader(c)
	if r, err := http.ReadResponse(in, &http.Request{Method: http.MethodConnect}); err != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("http: %v, %v", r, err)
	}
	_, _ = c.Write([]byte("four"))
	_ = c.(*net.TCPConn).CloseWrite()
	if b, err := io.ReadAll(in); err != nil || string(b) != "4" {
		t.Errorf("http: %q, %v", b, err)
	}
}

func TestDatagramsBothWays(t *testing.T) {
	echo, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer echo.Close()
	go func() {
		b := make([]byte, 2048)
		for {
			n, from, err := echo.ReadFrom(b)
			if err != nil {
				return
			}
			_, _ = echo.WriteTo(b[:n], from)
		}
	}()
	c, err := net.Dial("tcp", start(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_, _ = c.Write([]byte{5, 1, 0, 5, 3, 0, 1, 0, 0, 0, 0, 0, 0})
	in := bufio.NewReader(c)
	head := make([]byte, 5)
	if _, err := io.ReadFull(in, head); err != nil || head[3] != replyOK {
		t.Fatalf("%v, %v", head, err)
	}
	host, port, err := readAddress(in)
	if err != nil {
		t.Fatal(err)
	}
	u, err := net.Dial("udp", request{host: host, port: port}.address())
	if err != nil {
		t.Fatal(err)
	}
	defer u.Close()
	to := netip.MustParseAddrPort(echo.LocalAddr().String())
	header := appendAddress([]byte{0, 0, 0}, to)
	// Another host that speaks first doesn't take the association over.
	early := net.Dialer{LocalAddr: net.UDPAddrFromAddrPort(netip.MustParseAddrPort("127.0.0.2:0"))}
	if e, err := early.DialContext(t.Context(), "udp", u.RemoteAddr().String()); err == nil {
		_, _ = e.Write(append(bytes.Clone(header), "early"...))
		_ = e.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
		if n, err := e.Read(make([]byte, 100)); err == nil {
			t.Errorf("another host is answered with %d bytes", n)
		}
		_ = e.Close()
	}
	for _, word := range []string{"one", "two"} {
		_, _ = u.Write([]byte{0, 0, 1, 1, 2, 3}) // a fragment, and cut short: dropped
		if _, err := u.Write(append(bytes.Clone(header), word...)); err != nil {
			t.Fatal(err)
		}
		b := make([]byte, 2048)
		_ = u.SetReadDeadline(time.Now().Add(5 * time.Second))
		n, err := u.Read(b)
		if err != nil {
			t.Fatal(err)
		}
		if from, payload, ok := readDatagram(b[:n]); !ok || from != to.String() || string(payload) != word {
			t.Errorf("got %q from %s", payload, from)
		}
	}

	// Another program, and another host, can't use it.
	for _, from := range []string{"127.0.0.1:0", "127.0.0.2:0"} {
		l := net.Dialer{LocalAddr: net.UDPAddrFromAddrPort(netip.MustParseAddrPort(from))}
		other, err := l.DialContext(t.Context(), "udp", u.RemoteAddr().String())
		if err != nil {
			continue // a system with one loopback address
		}
		_, _ = other.Write(append(bytes.Clone(header), "stolen"...))
		for _, conn := range []net.Conn{other, u} {
			_ = conn.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
			if n, err := conn.Read(make([]byte, 100)); err == nil {
				t.Errorf("a datagram from %s is answered with %d bytes", from, n)
			}
		}
		_ = other.Close()
	}
	_ = c.Close() // ends the association
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); {
		_, err := u.Write(append(bytes.Clone(header), "x"...))
		if err == nil {
			_ = u.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
			_, err = u.Read(make([]byte, 100))
		}
		if errors.Is(err, syscall.ECONNREFUSED) {
			return
		}
	}
	t.Fatal("the association goes on without its connection")
}

func TestServeEndsWithOpenConnections(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	far := make(chan net.Conn, 10)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- (&Server{Dial: func(context.Context, string, string) (net.Conn, error) {
			a, b := net.Pipe()
			far <- b
			return a, nil
		}}).Serve(ctx, l)
	}()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_, _ = c.Write([]byte("CONNECT a.test:1 HTTP/1.1\r\nHost: a.test:1\r\n\r\n"))
	<-far
	s, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, _ = s.Write([]byte("\x05\x01\x00\x05\x01\x00\x01\x01\x02\x03\x04\x00\x50"))
	<-far
	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Fatal(err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("Serve does not return")
	}
}

func FuzzRequest(f *testing.F) {
	f.Add([]byte("\x05\x01\x00\x01\x01\x02\x03\x04\x00\x50"))
	f.Add([]byte("\x05\x01\x00\x03\x06a.test\x00\x50"))
	f.Add([]byte("\x05\x03\x00\x04aaaaaaaaaaaaaaaa\x00\x50"))
	f.Fuzz(func(t *testing.T, b []byte) {
		q, err := readRequest(bytes.NewReader(b))
		if err != nil {
			return
		}
		host, port, err := net.SplitHostPort(q.address())
		if err != nil || host != q.host || port == "" || q.cmd == cmdConnect && q.port == 0 {
			t.Fatalf("%q is read as %+v", b, q)
		}
	})
}

func FuzzDatagram(f *testing.F) {
	f.Add([]byte("\x00\x00\x00\x01\x01\x02\x03\x04\x00\x50hello"))
	f.Fuzz(func(t *testing.T, b []byte) {
		to, payload, ok := readDatagram(b)
		if ok && (len(payload) > datagramMost || !bytes.HasSuffix(b, payload) || to == "") {
			t.Fatalf("%q is read as %q to %s", b, payload, to)
		}
	})
}

func FuzzGreeting(f *testing.F) {
	f.Add([]byte("\x05\x01\x00"))
	f.Fuzz(func(_ *testing.T, b []byte) { _ = greet(bytes.NewReader(b), io.Discard) })
}
