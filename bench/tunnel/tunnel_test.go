package tunnel

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry/service/exit"
	"github.com/wherrynet/wherry/service/wireguard"
)

var (
	rounds  = flag.Int("rounds", 5, "rounds, of which the median counts")
	seconds = flag.Float64("seconds", 2, "length of one transfer")
	bare    = flag.Bool("bare", false, "let the rival end connections in its own stack, without the last hop to the server")
)

// lane is one way to move bytes: dial returns a connection to a server that swallows
// everything (up) or never stops sending (down).
type lane struct {
	name string
	move func(up bool) (gbit float64, err error)
}

func BenchmarkTunnel(b *testing.B) {
	sink, source := serve(b, swallow), serve(b, pour)
	server := func(up bool) netip.AddrPort {
		if up {
			return sink
		}
		return source
	}
	t := pair(b, sink, source)
	rival := startRival(b)
	lanes := []lane{
		{"loopback", func(up bool) (float64, error) {
			c, err := net.Dial("tcp", server(up).String())
			return transfer(c, up, err)
		}},
		{"tunnel", func(up bool) (float64, error) {
			c, err := t.Dial(b.Context(), "tcp", server(up))
			return transfer(c, up, err)
		}},
		{"rival", rival},
	}
	// One round that doesn't count lets handshakes and pools settle.
	figures := make(map[string][]float64)
	for round := range *rounds + 1 {
		for _, up := range []bool{true, false} {
			got := make(map[string]float64)
			for i := range lanes {
				l := lanes[i]
				if round%2 == 1 { // every other round the other way round
					l = lanes[len(lanes)-1-i]
				}
				gbit, err := l.move(up)
				if err != nil {
					b.Fatalf("%s: %v", l.name, err)
				}
				got[l.name] = gbit
			}
			if round == 0 {
				continue
			}
			dir := map[bool]string{true: "up", false: "down"}[up]
			for name, gbit := range got {
				figures[dir+"/"+name] = append(figures[dir+"/"+name], gbit)
			}
			figures[dir+"/of-rival"] = append(figures[dir+"/of-rival"], got["tunnel"]/got["rival"])
			figures[dir+"/of-loopback"] = append(figures[dir+"/of-loopback"], got["tunnel"]/got["loopback"])
		}
	}
	for _, dir := range []string{"up", "down"} {
		b.Logf("%-4s loopback %.2f, tunnel %.2f, rival %.2f Gbit/s; tunnel is %.2f of the rival and %.3f of loopback",
			dir, median(figures[dir+"/loopback"]), median(figures[dir+"/tunnel"]), median(figures[dir+"/rival"]),
			median(figures[dir+"/of-rival"]), median(figures[dir+"/of-loopback"]))
		b.ReportMetric(median(figures[dir+"/tunnel"]), dir+"-Gbit/s")
		b.ReportMetric(median(figures[dir+"/of-rival"]), dir+"-of-rival")
		b.ReportMetric(median(figures[dir+"/of-loopback"]), dir+"-of-loopback")
	}
}

// BenchmarkAlone is the tunnel by itself, for a profile.
func BenchmarkAlone(b *testing.B) {
	sink, source := serve(b, swallow), serve(b, pour)
	t := pair(b, sink, source)
	for _, up := range []bool{true, false} {
		to, name := source, "down"
		if up {
			to, name = sink, "up"
		}
		b.Run(name, func(b *testing.B) {
			var sum float64
			for b.Loop() {
				c, err := t.Dial(b.Context(), "tcp", to)
				gbit, err := transfer(c, up, err)
				if err != nil {
					b.Fatal(err)
				}
				sum += gbit
			}
			b.ReportMetric(sum/float64(b.N), "Gbit/s")
		})
	}
}

// transfer sends or receives for a while.
func transfer(c net.Conn, up bool, err error) (float64, error) {
	if err != nil {
		return 0, err
	}
	defer c.Close()
	buf := make([]byte, 64<<10)
	length := time.Duration(*seconds * float64(time.Second))
	start := time.Now()
	var n int64
	for time.Since(start) < length {
		var m int
		if up {
			m, err = c.Write(buf)
		} else {
			m, err = c.Read(buf)
		}
		n += int64(m)
		if err != nil {
			return 0, err
		}
	}
	return float64(n) * 8 / float64(time.Since(start).Nanoseconds()), nil
}

func serve(b *testing.B, handle func(net.Conn)) netip.AddrPort {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go handle(c)
		}
	}()
	return netip.MustParseAddrPort(l.Addr().String())
}

func swallow(c net.Conn) {
	defer c.Close()
	buf := make([]byte, 64<<10)
	for {
		if _, err := c.Read(buf); err != nil {
			return
		}
	}
}

func pour(c net.Conn) {
	defer c.Close()
	buf := make([]byte, 64<<10)
	for {
		if _, err := c.Write(buf); err != nil {
			return
		}
	}
}

// pair joins a consumer and a provider over loopback UDP.
func pair(b *testing.B, allow ...netip.AddrPort) *wireguard.Tunnel {
	x, err := exit.New(exit.Config{Policy: exit.Policy{Allow: allow}})
	if err != nil {
		b.Fatal(err)
	}
	theirs, ours := []netip.Addr{netip.MustParseAddr("10.9.0.1")}, []netip.Addr{netip.MustParseAddr("10.9.0.2")}
	far := newDevice(b, wireguard.Config{Addrs: theirs, Exit: x})
	near := newDevice(b, wireguard.Config{})
	if err := far.AddPeer(wireguard.Peer{Key: near.PublicKey(), Inner: ours}); err != nil {
		b.Fatal(err)
	}
	if err := far.SetAllowance(near.PublicKey(), 1<<60); err != nil {
		b.Fatal(err)
	}
	err = near.AddPeer(wireguard.Peer{Key: far.PublicKey(), Endpoint: far.LocalAddr(), Inner: theirs, Own: ours})
	if err != nil {
		b.Fatal(err)
	}
	t, err := near.Tunnel(far.PublicKey())
	if err != nil {
		b.Fatal(err)
	}
	return t
}

func newDevice(b *testing.B, cfg wireguard.Config) *wireguard.Device {
	key, err := wireguard.GenerateKey()
	if err != nil {
		b.Fatal(err)
	}
	cfg.Wire, cfg.PrivateKey = newWire(b), key
	d, err := wireguard.New(cfg)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = d.Close() })
	return d
}

// startRival builds and runs bench/rival.
func startRival(b *testing.B) func(up bool) (float64, error) {
	bin := buildRival(b)
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, bin)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = in.Close()
		cancel()
		_ = cmd.Wait()
	})
	lines := bufio.NewScanner(out)
	if !lines.Scan() || strings.TrimSpace(lines.Text()) != "ready" {
		b.Fatal("the rival does not start")
	}
	return func(up bool) (float64, error) {
		direction := "down"
		if up {
			direction = "up"
		}
		if *bare {
			direction += "-bare"
		}
		if _, err := fmt.Fprintln(in, direction, *seconds); err != nil {
			return 0, err
		}
		if !lines.Scan() {
			return 0, io.ErrUnexpectedEOF
		}
		var n, ns float64
		if _, err := fmt.Sscan(lines.Text(), &n, &ns); err != nil {
			return 0, err
		}
		return n * 8 / ns, nil
	}
}
