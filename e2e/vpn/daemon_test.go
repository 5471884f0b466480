package vpn

import (
	"context"
	"encoding/json"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/e2e/lab"
)

// daemon is wherry daemon on the consumer's computer, and where it answers.
type daemon struct {
	*program
	w      *world
	dir    string
	socket string
}

// daemon starts it, as root.
func (w *world) daemon() *daemon {
	w.t.Helper()
	dir, err := os.MkdirTemp("", "wherry-daemon-") // a socket's path is short
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = os.RemoveAll(dir) })
	for _, open := range []string{dir, w.dir, filepath.Dir(w.dir)} { // the daemon becomes nobody in particular
		if err := os.Chmod(open, 0o755); err != nil {
			w.t.Fatal(err)
		}
	}
	d := &daemon{w: w, dir: dir, socket: filepath.Join(dir, "s")}
	d.again()
	return d
}

// again starts the daemon anew.
func (d *daemon) again() {
	d.w.t.Helper()
	d.program = d.w.start(d.w.Consumer, "daemon", "--json", "-v", "--config", d.w.config(), "--socket", d.socket, "--guard-dir", filepath.Join(d.dir, "guard"))
}

// kill ends it as a crash does.
func (d *daemon) kill() {
	d.w.t.Helper()
	if err := d.Process.Kill(); err != nil {
		d.w.t.Fatal(err)
	}
	<-d.done
}

// say runs one of its commands.
func (d *daemon) say(args ...string) (string, error) {
	return d.w.run(d.w.Consumer, append(args, "--socket", d.socket)...)
}

func (d *daemon) must(args ...string) string {
	d.w.t.Helper()
	out, err := d.say(args...)
	if err != nil {
		d.w.t.Fatal(err)
	}
	return out
}

// status is what the daemon says.
func (d *daemon) status() (s api.Status) {
	d.w.t.Helper()
	if err := json.Unmarshal([]byte(d.must("status", "--json")), &s); err != nil {
		d.w.t.Fatal(err)
	}
	return s
}

// reaches waits for a state.
func (d *daemon) reaches(want api.State, within time.Duration) api.Status {
	d.w.t.Helper()
	begin := time.Now()
	for {
		s := d.status()
		if s.State == want {
			return s
		}
		if time.Since(begin) > within {
			d.w.t.Fatalf("%s after %s, want %s: %+v", s.State, within, want, s)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// asked is a program that asks a resolver far away for a name, again and again,
// and notes when it was answered.
type asked struct {
	mu       sync.Mutex
	answered []time.Time
	stop     context.CancelFunc
	done     sync.WaitGroup
}

const askEvery = 10 * time.Millisecond

func ask(t *testing.T, h *lab.Host) *asked {
	t.Helper()
	// A question for the A record of a name (RFC 1035).
	question := []byte("\x00\x01\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x04site\x04test\x00\x00\x01\x00\x01")
	ctx, cancel := context.WithCancel(t.Context())
	a := &asked{stop: cancel}
	t.Cleanup(a.end)
	a.done.Go(func() {
		for ctx.Err() == nil {
			time.Sleep(askEvery)
			a.done.Go(func() { // a socket each: a new source address is used when there is one
				var c net.Conn
				err := h.Do(func() (err error) {
					c, err = net.DialUDP("udp", nil, net.UDPAddrFromAddrPort(netip.AddrPortFrom(lab.Names4, 53)))
					return err
				})
				if err != nil {
					return
				}
				defer c.Close()
				_ = c.SetDeadline(time.Now().Add(time.Second))
				if _, err := c.Write(question); err != nil {
					return
				}
				if _, err := c.Read(make([]byte, 512)); err == nil {
					a.mu.Lock()
					a.answered = append(a.answered, time.Now())
					a.mu.Unlock()
				}
			})
		}
	})
	return a
}

func (a *asked) end() {
	a.stop()
	a.done.Wait()
}

// gap waits for the longest pause between two answers since t to end, and returns
// it.
func (a *asked) gap(t *testing.T, since time.Time, within time.Duration) time.Duration {
	t.Helper()
	time.Sleep(within)
	a.mu.Lock()
	defer a.mu.Unlock()
	var longest time.Duration
	last := since
	for _, at := range a.answered {
		if at.Before(since) {
			continue
		}
		longest, last = max(longest, at.Sub(last)), at
	}
	if time.Since(last) > within/2 {
		t.Fatalf("nothing was answered for %s", time.Since(last))
	}
	return longest
}

// vanish has a host fall silent: nothing leaves it any more, and nothing is heard.
func vanish(h *lab.Host) {
	h.NFT("table inet vanished {\nchain in {\ntype filter hook prerouting priority -350\npolicy drop\n}\nchain out {\ntype filter hook output priority -350\npolicy drop\n}\n}\n")
}

// carrier returns the host of the provider that carries, and the other's.
func (d *daemon) carrier(s api.Status) (now, other *lab.Host) {
	d.w.t.Helper()
	if s.Provider == nil {
		d.w.t.Fatalf("nobody carries: %+v", s)
	}
	page, err := fetch(d.w.t.Context(), direct(d.w.Consumer), "http://"+lab.Web4.String()+"/", 1<<10)
	if err != nil {
		d.w.t.Fatal(err)
	}
	switch {
	case strings.Contains(page, lab.Provider4.String()):
		return d.w.Provider, d.w.Second
	case strings.Contains(page, lab.Second4.String()):
		return d.w.Second, d.w.Provider
	}
	d.w.t.Fatalf("the site sees neither provider:\n%s", page)
	return nil, nil
}
