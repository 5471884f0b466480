// Command rival is what the tunnel is measured against: two devices of upstream
// wireguard-go with the netstack that comes with it, over loopback UDP. It lives in
// a module of its own, since it pins another version of the same stack.
//
// It reads lines "DIRECTION SECONDS" from standard input, where the direction is
// up, down, up-bare or down-bare, and answers each with the bytes that passed and
// the nanoseconds it took. In the bare forms the far device ends the connection
// itself; else it passes it on to a server on loopback, as a provider does.
//
// With the argument "tun NAME" it is one plain device on a new TUN of that name
// instead, until standard input ends. What stands there up to an empty line is its
// configuration.
package main

import (
	"bufio"
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.zx2c4.com/wireguard/conn"
	"golang.zx2c4.com/wireguard/device"
	"golang.zx2c4.com/wireguard/tun"
	"golang.zx2c4.com/wireguard/tun/netstack"
)

const mtu = 1420

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "rival:", err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) == 3 && os.Args[1] == "tun" {
		return kernel(os.Args[2])
	}
	near, far, err := pair()
	if err != nil {
		return err
	}
	relays, err := listen(far)
	if err != nil {
		return err
	}
	fmt.Println("ready")
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if len(f) != 2 {
			return fmt.Errorf("line of %d words", len(f))
		}
		seconds, err := strconv.ParseFloat(f[1], 64)
		if err != nil {
			return err
		}
		port, ok := relays[f[0]]
		if !ok {
			return fmt.Errorf("no direction %s", f[0])
		}
		c, err := near.DialContextTCPAddrPort(context.Background(), netip.AddrPortFrom(netip.MustParseAddr("10.9.0.1"), port))
		if err != nil {
			return err
		}
		n, took, err := transfer(c, strings.HasPrefix(f[0], "up"), time.Duration(seconds*float64(time.Second)))
		if err != nil {
			return err
		}
		fmt.Println(n, took.Nanoseconds())
	}
	return lines.Err()
}

// kernel is one device on a TUN.
func kernel(name string) error {
	t, err := tun.CreateTUN(name, mtu)
	if err != nil {
		return err
	}
	d := device.NewDevice(t, conn.NewDefaultBind(), device.NewLogger(device.LogLevelError, ""))
	defer d.Close()
	lines := bufio.NewScanner(os.Stdin)
	var config strings.Builder
	for lines.Scan() && lines.Text() != "" {
		config.WriteString(lines.Text() + "\n")
	}
	if err := d.IpcSet(config.String()); err != nil {
		return err
	}
	if err := d.Up(); err != nil {
		return err
	}
	fmt.Println("ready")
	for lines.Scan() {
	}
	return lines.Err()
}

// transfer sends or receives for a while.
func transfer(c net.Conn, up bool, d time.Duration) (int64, time.Duration, error) {
	defer c.Close()
	b := make([]byte, 64<<10)
	start := time.Now()
	var n int64
	for time.Since(start) < d {
		var m int
		var err error
		if up {
			m, err = c.Write(b)
		} else {
			m, err = c.Read(b)
		}
		n += int64(m)
		if err != nil {
			return 0, 0, err
		}
	}
	return n, time.Since(start), nil
}

// pair makes two devices that know each other.
func pair() (near, far *netstack.Net, err error) {
	a, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	b, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, nil, err
	}
	far, err = up(a, fmt.Sprintf("listen_port=%d\npublic_key=%x\nallowed_ip=10.9.0.2/32\n", port, b.PublicKey().Bytes()), "10.9.0.1")
	if err != nil {
		return nil, nil, err
	}
	near, err = up(b, fmt.Sprintf("public_key=%x\nendpoint=127.0.0.1:%d\nallowed_ip=0.0.0.0/0\n", a.PublicKey().Bytes(), port), "10.9.0.2")
	return near, far, err
}

func up(key *ecdh.PrivateKey, config, addr string) (*netstack.Net, error) {
	t, n, err := netstack.CreateNetTUN([]netip.Addr{netip.MustParseAddr(addr)}, nil, mtu)
	if err != nil {
		return nil, err
	}
	d := device.NewDevice(t, conn.NewDefaultBind(), device.NewLogger(device.LogLevelError, ""))
	if err := d.IpcSet("private_key=" + hex.EncodeToString(key.Bytes()) + "\n" + config); err != nil {
		return nil, err
	}
	return n, d.Up()
}

func freePort() (int, error) {
	c, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer c.Close()
	return c.LocalAddr().(*net.UDPAddr).Port, nil
}

// listen opens the far device's ports, one per direction.
func listen(far *netstack.Net) (map[string]uint16, error) {
	ends := map[string]func(net.Conn){"up": sink, "down": source}
	ports := make(map[string]uint16)
	next := uint16(8000)
	for direction, end := range ends {
		server, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		go serve(server, end)
		for name, handle := range map[string]func(net.Conn){
			direction: func(c net.Conn) {
				out, err := net.Dial("tcp", server.Addr().String())
				if err != nil {
					_ = c.Close()
					return
				}
				go func() { _, _ = io.Copy(out, c); _ = out.Close() }()
				_, _ = io.Copy(c, out)
				_ = c.Close()
			},
			direction + "-bare": end,
		} {
			next++
			l, err := far.ListenTCPAddrPort(netip.AddrPortFrom(netip.MustParseAddr("10.9.0.1"), next))
			if err != nil {
				return nil, err
			}
			ports[name] = next
			go serve(l, handle)
		}
	}
	return ports, nil
}

func serve(l net.Listener, handle func(net.Conn)) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go handle(c)
	}
}

func sink(c net.Conn) {
	defer c.Close()
	b := make([]byte, 64<<10)
	for {
		if _, err := c.Read(b); err != nil {
			return
		}
	}
}

func source(c net.Conn) {
	defer c.Close()
	b := make([]byte, 64<<10)
	for {
		if _, err := c.Write(b); err != nil {
			return
		}
	}
}
