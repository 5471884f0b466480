package vpn

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/client"
	"github.com/wherrynet/wherry/e2e/lab"
)

// resident is a running `wherry daemon` of the consumer.
type resident struct {
	*program
	*client.Client
	w      *world
	socket string
}

// resident starts the consumer's daemon and waits until it answers. It is root's to
// begin with, and has to find its way as nobody afterwards.
func (w *world) resident(args ...string) *resident {
	w.t.Helper()
	for dir := w.dir; dir != os.TempDir() && len(dir) > len(os.TempDir()); dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o711); err != nil {
			w.t.Fatal(err)
		}
	}
	d := &resident{w: w, socket: filepath.Join(w.dir, "wherry.sock")}
	args = append([]string{
		"daemon", "--json", "--verbose", "--config", w.config(), "--socket", d.socket, "--guard-dir", filepath.Join(w.dir, "guard"),
	}, args...)
	d.program = w.start(w.Consumer, args...)
	d.Client = client.New(d.socket)
	w.t.Cleanup(d.Client.Close)
	return d
}

// wherry runs a command that talks to the daemon.
func (d *resident) wherry(args ...string) (out string, code int) {
	d.w.t.Helper()
	cmd := exec.CommandContext(d.w.t.Context(), filepath.Join(bin, "wherry"), append([]string{"--socket", d.socket}, args...)...)
	var b strings.Builder
	cmd.Stdout, cmd.Stderr = &b, &b
	_ = cmd.Run() // the exit status says it
	return b.String(), cmd.ProcessState.ExitCode()
}

// must runs a command that has to work.
func (d *resident) must(args ...string) string {
	d.w.t.Helper()
	out, code := d.wherry(args...)
	if code != 0 {
		d.w.t.Fatalf("wherry %s: exit status %d\n%s", strings.Join(args, " "), code, out)
	}
	return out
}

// until waits for something to be so.
func (d *resident) until(what string, so func(api.Status) bool) {
	d.w.t.Helper()
	ctx, cancel := context.WithTimeout(d.w.t.Context(), time.Minute)
	defer cancel()
	for s, err := range d.Watch(ctx) {
		if err == nil && so(s) {
			return
		}
	}
	s, err := d.Status(d.w.t.Context())
	d.w.t.Fatalf("not %s after a minute: %+v, %v", what, s, err)
}

// kill ends the daemon as a crash does.
func (d *resident) kill() {
	d.w.t.Helper()
	if err := d.Process.Kill(); err != nil {
		d.w.t.Fatal(err)
	}
	<-d.done
}

// page fetches a page from the consumer as any program does.
func (w *world) page() (string, error) {
	ctx, cancel := context.WithTimeout(w.t.Context(), 8*time.Second)
	defer cancel()
	return fetch(ctx, direct(w.Consumer), "http://"+lab.Web4.String()+"/", 1<<10)
}

// The commands of every day, with the daemon as it is released: connect, status,
// set, reconnect, disconnect. Everything on the computer goes through the tunnel
// while it is connected, and as before afterwards.
func TestDaemonEveryDay(t *testing.T) {
	w := newWorld(t)
	before, err := w.page()
	if err != nil || !strings.Contains(before, lab.RouterOut4.String()) {
		t.Fatalf("control: without a tunnel the site sees the home: %v\n%s", err, before)
	}
	d := w.resident()
	if out := d.must("status"); out != "Open — not protected\n" {
		t.Errorf("at first:\n%s", out)
	}
	if _, code := d.wherry("status", "--check"); code != 3 {
		t.Errorf("status --check: exit status %d", code)
	}

	out := d.must("connect", "se", "--max-price", "1")
	for _, want := range []string{"✓ connected in", "Stops at", "nothing leaves outside the tunnel"} {
		if !strings.Contains(out, want) {
			t.Errorf("connect says nothing of %q:\n%s", want, out)
		}
	}
	if page, err := w.page(); err != nil || strings.Contains(page, lab.RouterOut4.String()) {
		t.Errorf("through the tunnel: %v\n%s", err, page)
	}
	if out := d.must("status"); !strings.HasPrefix(out, "Connected to ") || !strings.Contains(out, "Carried") {
		t.Errorf("connected:\n%s", out)
	}
	d.must("status", "--check")
	var s api.Status
	if err := json.Unmarshal([]byte(d.must("status", "--json")), &s); err != nil || s.State != api.Connected || !s.Closed || s.Session == nil {
		t.Errorf("%+v, %v", s, err)
	}
	d.must("reconnect")
	if page, err := w.page(); err != nil || strings.Contains(page, lab.RouterOut4.String()) {
		t.Errorf("after reconnecting: %v\n%s", err, page)
	}

	if out := d.must("disconnect"); !strings.HasPrefix(out, "Open — not protected\n") {
		t.Errorf("disconnect:\n%s", out)
	}
	if page, err := w.page(); err != nil || page != before {
		t.Errorf("afterwards: %v\n%s", err, page)
	}
	d.must("set", "lockdown=on")
	d.until("closed", func(s api.Status) bool { return s.Closed })
	if out := d.must("status"); !strings.HasPrefix(out, "Blocked — nothing leaves this computer\n") {
		t.Errorf("lockdown:\n%s", out)
	}
	if page, err := w.page(); err == nil {
		t.Errorf("lockdown lets a page through:\n%s", page)
	}
	d.must("set", "lockdown=off")
	d.until("open", func(s api.Status) bool { return !s.Closed })
	if page, err := w.page(); err != nil || page != before {
		t.Errorf("after lockdown: %v\n%s", err, page)
	}
}

// The large part, which talks to strangers, is nobody's and has no rights; the
// guard keeps the right to change the network and no other.
func TestRightsAreGivenUp(t *testing.T) {
	w := newWorld(t)
	d := w.resident()
	field := func(pid int, name string) string {
		t.Helper()
		b, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			if v, ok := strings.CutPrefix(line, name+":"); ok {
				return strings.Join(strings.Fields(v), " ")
			}
		}
		return ""
	}
	var main, guard int
	for _, pid := range w.Consumer.PIDs() {
		b, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cmdline"))
		if err != nil {
			continue
		}
		switch line := string(b); {
		case strings.Contains(line, "\x00guard\x00serve"):
			guard = pid
		case strings.Contains(line, "\x00daemon\x00"):
			main = pid
		}
	}
	if main == 0 || guard == 0 {
		t.Fatalf("daemon is %d, its guard %d", main, guard)
	}
	const none, netAdmin = "0000000000000000", "0000000000001000"
	for _, tasks := range []string{"", "task"} { // all threads, not the first alone
		all := []int{main}
		if tasks != "" {
			names, err := os.ReadDir(filepath.Join("/proc", strconv.Itoa(main), tasks))
			if err != nil {
				t.Fatal(err)
			}
			all = nil
			for _, n := range names {
				id, err := strconv.Atoi(n.Name())
				if err == nil {
					all = append(all, id)
				}
			}
		}
		for _, pid := range all {
			if uid, gid, groups := field(pid, "Uid"), field(pid, "Gid"), field(pid, "Groups"); strings.Contains(" "+uid+" "+gid+" "+groups+" ", " 0 ") {
				t.Errorf("thread %d of the daemon is user %s, group %s, groups %q", pid, uid, gid, groups)
			}
			for _, set := range []string{"CapPrm", "CapEff", "CapAmb"} {
				if got := field(pid, set); got != none {
					t.Errorf("thread %d of the daemon has %s %s", pid, set, got)
				}
			}
		}
	}
	if got := field(main, "NoNewPrivs"); got != "1" {
		t.Errorf("the daemon may win rights back: NoNewPrivs %s", got)
	}
	if got := field(guard, "CapEff"); got != netAdmin {
		t.Errorf("the guard has %s", got)
	}
	if got := field(os.Getpid(), "CapEff"); got == none {
		t.Error("control: this test has rights, and none are seen")
	}

	// A second one finds out who is there.
	cmd := w.Consumer.Command(t.Context(), filepath.Join(bin, "wherry"), "daemon", "--config", w.config(), "--socket", d.socket+"2", "--guard-dir", filepath.Join(w.dir, "guard2"))
	out, err := cmd.CombinedOutput()
	if err == nil || cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), "process "+strconv.Itoa(main)) {
		t.Errorf("a second daemon: %v\n%s", err, out)
	}
}

// However the daemon ends, the network is as it should be: SIGTERM opens it in good
// order, SIGHUP and kill -9 leave it closed, and the next daemon goes on.
func TestHowTheDaemonEnds(t *testing.T) {
	w := newWorld(t)
	closed := func(when string) {
		t.Helper()
		if page, err := w.page(); err == nil {
			t.Errorf("%s: a page comes through:\n%s", when, page)
		}
	}
	connected := func(d *resident) {
		t.Helper()
		d.until("connected", func(s api.Status) bool { return s.State == api.Connected })
	}
	d := w.resident()
	d.must("connect", "se")
	d.kill()
	closed("after kill -9")

	d = w.resident()
	connected(d)
	if err := d.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	<-d.done
	closed("after SIGHUP")

	d = w.resident()
	connected(d)
	if page, err := w.page(); err != nil || strings.Contains(page, lab.RouterOut4.String()) {
		t.Errorf("taken up again: %v\n%s", err, page)
	}
	d.stop(t)
	if page, err := w.page(); err != nil || !strings.Contains(page, lab.RouterOut4.String()) {
		t.Errorf("after SIGTERM: %v\n%s", err, page)
	}
	if _, err := d.Status(t.Context()); wherry.CodeOf(err) != wherry.Unreachable {
		t.Errorf("somebody answers: %v", err)
	}
}
