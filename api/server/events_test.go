package server_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/api/server"
	"github.com/wherrynet/wherry/api/server/enginetest"
	"github.com/wherrynet/wherry/internal/needs"
)

// logTo returns a logger that writes to w, one line at a time.
func logTo(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(&locked{w: w}, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

type locked struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *locked) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(b)
}

// reader follows the events.
type reader struct {
	*bufio.Scanner
	io.Closer
}

func follow(t *testing.T, c *http.Client, last string) *reader {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://wherry/v1/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	if last != "" {
		r.Header.Set("Last-Event-ID", last)
	}
	resp, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	if resp.StatusCode != 200 || resp.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("%s %v", resp.Status, resp.Header)
	}
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(nil, 1<<20)
	return &reader{lines, resp.Body}
}

// next returns the ID and the data of the next event.
func (r *reader) next(t *testing.T) (id, data string) {
	t.Helper()
	for r.Scan() {
		switch line := r.Text(); {
		case strings.HasPrefix(line, "id: "):
			id = line[4:]
		case strings.HasPrefix(line, "data: "):
			data = line[6:]
		case line == "" && data != "":
			return id, data
		}
	}
	t.Fatalf("the stream ends: %v", r.Err())
	return "", ""
}

func TestEventsTellEachChangeAndWhatWasMissed(t *testing.T) {
	e := &enginetest.Engine{}
	c, _ := serve(t, server.Config{Engine: e})
	r := follow(t, c, "")
	first, data := r.next(t)
	if !strings.Contains(data, `"state":"disconnected"`) || !strings.Contains(data, `"schema":"wherry.status/1"`) {
		t.Error(data)
	}
	var ids []string
	for _, s := range []api.State{api.Connecting, api.Connected, api.Blocked} {
		e.Show(api.Status{State: s, Closed: true})
		id, data := r.next(t)
		if !strings.Contains(data, `"state":"`+string(s)+`"`) {
			t.Errorf("%s: %s", s, data)
		}
		ids = append(ids, id)
	}
	// Who comes back hears what it has missed, and nothing twice.
	again := follow(t, c, ids[0])
	for i, s := range []api.State{api.Connected, api.Blocked} {
		if id, data := again.next(t); id != ids[i+1] || !strings.Contains(data, string(s)) {
			t.Errorf("missed %d: %s %s", i, id, data)
		}
	}
	// Who was up to date hears the next change; an ID of another process is none.
	same := follow(t, c, ids[2])
	other := follow(t, c, "000000000000-1")
	if id, _ := other.next(t); id != ids[2] {
		t.Errorf("from another process: %s", id)
	}
	e.Show(api.Status{State: api.Disconnected})
	if id, data := same.next(t); id == ids[2] || !strings.Contains(data, `"disconnected"`) {
		t.Errorf("%s %s", id, data)
	}
	if first == ids[0] {
		t.Error("two events have one ID")
	}
}

// A reader that takes nothing is dropped, and the others go on.
func TestSlowReaderIsDropped(t *testing.T) {
	e := &enginetest.Engine{}
	c, path := serve(t, server.Config{Engine: e})
	slow, err := new(net.Dialer).DialContext(t.Context(), "unix", path)
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	if _, err := io.WriteString(slow, "GET /v1/events HTTP/1.1\r\nHost: wherry\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	quick := follow(t, c, "")
	quick.next(t)
	long := strings.Repeat("x", 60<<10) // fills the socket's buffer soon
	for i := range 200 {
		e.Show(api.Status{State: api.Blocked, Closed: true, Try: i + 1, Cause: &api.Cause{Code: wherry.Unreachable, Message: long}})
		quick.next(t)
	}
	if err := slow.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	n, err := io.Copy(io.Discard, slow)
	if err != nil {
		t.Errorf("the slow reader is still served after %d bytes: %v", n, err)
	}
	if n > 190*int64(len(long)) {
		t.Errorf("it was sent everything: %d bytes", n)
	}
}

func TestReadersAreBounded(t *testing.T) {
	c, _ := serve(t, server.Config{Engine: &enginetest.Engine{}})
	for range 32 {
		follow(t, c, "").next(t)
	}
	if resp, got := ask(t, c, "GET", "/v1/events", ""); resp.StatusCode != http.StatusTooManyRequests {
		t.Errorf("%s %s", resp.Status, got)
	}
	if resp, _ := ask(t, c, "GET", "/v1/status", ""); resp.StatusCode != 200 {
		t.Error("nobody else is served")
	}
}

func TestConnectionsAreBounded(t *testing.T) {
	_, path := serve(t, server.Config{Engine: &enginetest.Engine{}})
	d := new(net.Dialer)
	for range 64 {
		c, err := d.DialContext(t.Context(), "unix", path)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		// The answer says that the connection was taken.
		if _, err := io.WriteString(c, "GET /v1/status HTTP/1.1\r\nHost: wherry\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
	}
	c, err := d.DialContext(t.Context(), "unix", path)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	// Sooner than a server closes who says nothing.
	if err := c.SetReadDeadline(time.Now().Add(3 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
		t.Errorf("one more is taken: %v", err)
	}
}

func TestSocketBelongsToOneNode(t *testing.T) {
	_, path := serve(t, server.Config{Engine: &enginetest.Engine{}})
	if st, err := os.Stat(path); err != nil || st.Mode().Perm() != 0o660 {
		t.Errorf("%v %v", st, err)
	}
	if _, err := server.Listen(t.Context(), path, -1, -1); wherry.CodeOf(err) != wherry.Conflict {
		t.Errorf("a second node: %v", err)
	}
	dir := t.TempDir()
	dead := filepath.Join(dir, "dead.sock")
	l, err := new(net.ListenConfig).Listen(t.Context(), "unix", dead)
	if err != nil {
		t.Fatal(err)
	}
	l.(*net.UnixListener).SetUnlinkOnClose(false)
	_ = l.Close() // as after kill -9
	if l, err := server.Listen(t.Context(), dead, -1, -1); err != nil {
		t.Errorf("what a dead node left: %v", err)
	} else {
		_ = l.Close()
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := server.Listen(t.Context(), file, -1, -1); wherry.CodeOf(err) != wherry.Conflict {
		t.Errorf("a file: %v", err)
	}
	if b, _ := os.ReadFile(file); string(b) != "mine" {
		t.Error("the file is gone")
	}
}

// TestOnlyTheGroupIsServed lets processes of other users ask: the kernel's word
// counts, also where the mode of the file would let them.
func TestOnlyTheGroupIsServed(t *testing.T) {
	if asked := os.Getenv("WHERRY_TEST_ASK"); asked != "" {
		c, err := new(net.Dialer).DialContext(t.Context(), "unix", asked)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(c, "GET /v1/status HTTP/1.0\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(os.Stdout, c)
		return
	}
	needs.Root(t)
	group := uint32(31000)
	dir, err := os.MkdirTemp("/tmp", "wherry-access") //nolint:usetesting // others have to get there
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	self := filepath.Join(dir, "self")
	b, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(self, b, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "wherry.sock")
	l, err := server.Listen(t.Context(), path, 30000, int(group))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o666); err != nil {
		t.Fatal(err)
	}
	s, err := server.New(server.Config{Engine: &enginetest.Engine{}, Access: server.Access{UID: 30000, Group: &group}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()
	defer func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}()
	for name, c := range map[string]struct {
		who  syscall.Credential
		want string
	}{
		"owner":        {syscall.Credential{Uid: 30000, Gid: 30000}, "200 OK"},
		"root":         {syscall.Credential{}, "200 OK"},
		"first group":  {syscall.Credential{Uid: 30001, Gid: group}, "200 OK"},
		"other group":  {syscall.Credential{Uid: 30001, Gid: 30001, Groups: []uint32{5, group, 7}}, "200 OK"},
		"stranger":     {syscall.Credential{Uid: 30001, Gid: 30001}, "403 Forbidden"},
		"other groups": {syscall.Credential{Uid: 30001, Gid: 30001, Groups: []uint32{5, 7}}, "403 Forbidden"},
	} {
		cmd := exec.CommandContext(t.Context(), self, "-test.run=TestOnlyTheGroupIsServed", "-test.v=false")
		cmd.Env = []string{"WHERRY_TEST_ASK=" + path}
		cmd.Dir = dir
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &c.who}
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), c.want) {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}
