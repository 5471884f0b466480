package guests

import (
	"errors"
	"net"
	"testing"
)

// fakeListener hands out connections that say they come from given addresses.
type fakeListener struct {
	net.Listener
	from []string
}

type fakeConn struct {
	net.Conn
	from   string
	closed *[]string
}

func (c fakeConn) RemoteAddr() net.Addr {
	a, err := net.ResolveTCPAddr("tcp", c.from)
	if err != nil {
		panic(err)
	}
	return a
}

func (c fakeConn) Close() error {
	*c.closed = append(*c.closed, c.from)
	return nil
}

var errOver = errors.New("over")

func accepted(t *testing.T, all, each int, from ...string) (in []net.Conn, closed *[]string, l net.Listener) {
	t.Helper()
	closed = new([]string)
	f := &fakeListener{from: from}
	l = Limit(acceptFunc(func() (net.Conn, error) {
		if len(f.from) == 0 {
			return nil, errOver
		}
		c := fakeConn{from: f.from[0], closed: closed}
		f.from = f.from[1:]
		return c, nil
	}), all, each)
	for {
		c, err := l.Accept()
		if errors.Is(err, errOver) {
			return in, closed, l
		}
		if err != nil {
			t.Fatal(err)
		}
		in = append(in, c)
	}
}

type acceptFunc func() (net.Conn, error)

func (f acceptFunc) Accept() (net.Conn, error) { return f() }
func (acceptFunc) Close() error                { return nil }
func (acceptFunc) Addr() net.Addr              { return nil }

func TestOneAddressLeavesRoomForOthers(t *testing.T) {
	in, closed, _ := accepted(t, 100, 2, "192.0.2.1:1", "192.0.2.1:2", "192.0.2.1:3", "[::ffff:192.0.2.1]:4", "192.0.2.2:1",
		"[2001:db8::1]:1", "[2001:db8::2]:1", "[2001:db8::3]:1", "[2001:db8:0:1::1]:1")
	if len(in) != 6 || len(*closed) != 3 {
		t.Errorf("%d are in, %v were closed", len(in), *closed)
	}
}

func TestLoopbackCountsOnlyInAll(t *testing.T) {
	in, closed, _ := accepted(t, 3, 1, "127.0.0.1:1", "127.0.0.1:2", "[::1]:1", "[::1]:2", "192.0.2.2:1")
	if len(in) != 3 || len(*closed) != 2 {
		t.Errorf("%d are in, %v were closed", len(in), *closed)
	}
}

func TestWhoLeavesMakesRoom(t *testing.T) {
	in, _, l := accepted(t, 2, 1, "192.0.2.1:1", "192.0.2.2:1", "192.0.2.3:1")
	if len(in) != 2 {
		t.Fatalf("%d are in", len(in))
	}
	for range 2 { // closing twice is leaving once
		if err := in[0].Close(); err != nil {
			t.Fatal(err)
		}
	}
	if v := l.(*listener); v.open != 1 || len(v.by) != 1 {
		t.Errorf("%d are open, of %d addresses", v.open, len(v.by))
	}
}
