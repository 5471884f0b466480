package client_test

import (
	"context"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/api/server"
	"github.com/wherrynet/wherry/api/server/enginetest"
	"github.com/wherrynet/wherry/client"
	"github.com/wherrynet/wherry/internal/needs"
)

// start runs a server on a socket, until what it returns is called.
func start(t *testing.T, path string, e server.Engine) (stop func()) {
	t.Helper()
	l, err := server.Listen(t.Context(), path, -1, -1)
	if err != nil {
		t.Fatal(err)
	}
	s, err := server.New(server.Config{Engine: e, Access: server.Access{UID: uint32(os.Getuid())}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()
	return func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func open(t *testing.T, e server.Engine) *client.Client {
	t.Helper()
	path := filepath.Join(t.TempDir(), "w.sock")
	stop := start(t, path, e)
	c := client.New(path)
	t.Cleanup(func() {
		c.Close()
		stop()
	})
	return c
}

func TestEverythingIsAskedFor(t *testing.T) {
	e := &enginetest.Engine{
		Tunnel:  api.Status{Provider: &api.Peer{Name: "lill-ekorre"}},
		Planned: api.Plan{Others: 3},
		Market:  []api.Offer{{ID: "off_1", Place: wherry.Place{Country: "SE"}}, {ID: "off_2", Place: wherry.Place{Country: "SE"}}, {ID: "off_3"}},
	}
	c := open(t, e)
	ctx := t.Context()
	if s, err := c.Status(ctx); err != nil || s.State != api.Disconnected {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := c.Reconnect(ctx, false, 0); wherry.CodeOf(err) != wherry.Conflict {
		t.Errorf("reconnect: %v", err)
	}
	if p, err := c.Plan(ctx, api.Connect{}); err != nil || p.Others != 3 {
		t.Errorf("%+v, %v", p, err)
	}
	if s, err := c.Connect(ctx, api.Connect{Place: wherry.Place{Country: "SE"}}, time.Minute); err != nil || s.State != api.Connected || s.Provider.Name != "lill-ekorre" {
		t.Errorf("%+v, %v", s, err)
	}
	if s, err := c.Reconnect(ctx, true, time.Minute); err != nil || s.State != api.Connected {
		t.Errorf("%+v, %v", s, err)
	}
	on := true
	if s, err := c.Set(ctx, api.SettingsPatch{Lockdown: &on}); err != nil || !s.Lockdown {
		t.Errorf("%+v, %v", s, err)
	}
	if s, err := c.Settings(ctx); err != nil || !s.Lockdown || s.LAN != api.Block {
		t.Errorf("%+v, %v", s, err)
	}
	if s, err := c.Disconnect(ctx); err != nil || s.State != api.Disconnected || !s.Closed {
		t.Errorf("%+v, %v", s, err)
	}
	most := wherry.Tokens(1)
	o, err := c.Offers(ctx, api.OffersQuery{Place: wherry.Place{Country: "SE"}, MaxPerGiB: &most}, 1, "")
	if err != nil || len(o.Items) != 1 || o.Next == nil || o.Total != 3 {
		t.Fatalf("%+v, %v", o, err)
	}
	if o, err = c.Offers(ctx, api.OffersQuery{Place: wherry.Place{Country: "SE"}}, 0, *o.Next); err != nil || len(o.Items) != 1 || o.Items[0].ID != "off_2" {
		t.Errorf("%+v, %v", o, err)
	}
	if _, err := c.Provider(ctx); wherry.CodeOf(err) != wherry.NotFound {
		t.Errorf("provider: %v", err)
	}
	if got := strings.Join(e.Asked(), ","); got != "reconnect,plan ,connect SE,reconnect other,disconnect" {
		t.Errorf("asked %s", got)
	}
}

// An error of the engine is the same error here, code and text.
func TestErrorsComeBackWithTheirCode(t *testing.T) {
	for code := range wherry.Codes() {
		if code == wherry.Pending || code == wherry.Answer { // no errors of a wish
			continue
		}
		e := &enginetest.Engine{OnConnect: func(context.Context, api.Connect) error { return wherry.Errorf(code, "it is so") }}
		_, err := open(t, e).Connect(t.Context(), api.Connect{}, time.Second)
		if wherry.CodeOf(err) != code || code != wherry.Internal && err.Error() != "it is so" {
			t.Errorf("%s: %v (%s)", code, err, wherry.CodeOf(err))
		}
		if client.NoDaemon(err) || client.NotAllowed(err) {
			t.Errorf("%s looks like a missing daemon", code)
		}
	}
}

func TestWhatTakesLongIsPending(t *testing.T) {
	release := make(chan struct{})
	e := &enginetest.Engine{}
	e.OnConnect = func(context.Context, api.Connect) error {
		e.Show(api.Status{State: api.Connecting, Try: 3, Closed: true})
		<-release
		return nil
	}
	c := open(t, e)
	s, err := c.Connect(t.Context(), api.Connect{}, 0)
	if wherry.CodeOf(err) != wherry.Pending || s.State != api.Connecting || s.Try != 3 {
		t.Errorf("%+v, %v", s, err)
	}
	close(release)
}

func TestNobodyThere(t *testing.T) {
	dir := t.TempDir()
	dead := filepath.Join(dir, "dead.sock")
	l, err := new(net.ListenConfig).Listen(t.Context(), "unix", dead)
	if err != nil {
		t.Fatal(err)
	}
	l.(*net.UnixListener).SetUnlinkOnClose(false)
	_ = l.Close()
	for _, path := range []string{dead, filepath.Join(dir, "none.sock"), filepath.Join(dir, "no", "folder.sock")} {
		_, err := client.New(path).Status(t.Context())
		if wherry.CodeOf(err) != wherry.Unreachable || !client.NoDaemon(err) || client.NotAllowed(err) {
			t.Errorf("%s: %v", path, err)
		}
		for _, err := range client.New(path).Watch(t.Context()) {
			if !client.NoDaemon(err) {
				t.Errorf("watch: %v", err)
			}
			break
		}
	}
}

// Who may not use the socket is told so, and not that nobody is there.
func TestNotAllowed(t *testing.T) {
	if path := os.Getenv("WHERRY_TEST_SOCKET"); path != "" {
		_, err := client.New(path).Status(t.Context())
		if !client.NotAllowed(err) || client.NoDaemon(err) || wherry.CodeOf(err) != wherry.Forbidden {
			t.Errorf("%v", err)
		}
		return
	}
	needs.Root(t)
	dir, err := os.MkdirTemp("/tmp", "wherry-client") //nolint:usetesting // another user has to get there
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	self, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "self"), self, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "w.sock")
	defer start(t, path, &enginetest.Engine{})()
	cmd := exec.CommandContext(t.Context(), filepath.Join(dir, "self"), "-test.run=TestNotAllowed")
	cmd.Env, cmd.Dir = []string{"WHERRY_TEST_SOCKET=" + path}, dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 30001, Gid: 30001}}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// A stream that breaks is said, taken up again, and tells nothing twice.
func TestWatchOutlivesTheDaemon(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.sock")
	e := &enginetest.Engine{}
	stop := start(t, path, e)
	c := client.New(path)
	defer c.Close()
	var seen []string
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for s, err := range c.Watch(ctx) {
		if err != nil {
			seen = append(seen, string(wherry.CodeOf(err)))
			if stop != nil {
				stop = nil
				e = &enginetest.Engine{}
				e.Show(api.Status{State: api.Blocked, Closed: true})
				defer start(t, path, e)()
			}
			continue
		}
		seen = append(seen, string(s.State))
		switch s.State {
		case api.Disconnected:
			e.Show(api.Status{State: api.Connected})
		case api.Connected:
			stop()
		default:
		}
		if s.State == api.Blocked {
			break
		}
	}
	if got := strings.Join(seen, " "); got != "disconnected connected unreachable blocked" {
		t.Errorf("seen: %s", got)
	}
}

// Something else on the socket makes an error, and no panic.
func TestAnswersOfAnotherProgram(t *testing.T) {
	for name, answer := range map[string]string{
		"text": "hello", "empty": "", "html": "<html>", "list": "[]", "endless": strings.Repeat(" ", 9<<20),
	} {
		for _, code := range []int{200, 500} {
			path := filepath.Join(t.TempDir(), "w.sock")
			l, err := new(net.ListenConfig).Listen(t.Context(), "unix", path)
			if err != nil {
				t.Fatal(err)
			}
			h := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(code)
				_, _ = w.Write([]byte(answer))
			}), ReadHeaderTimeout: time.Minute}
			go h.Serve(l)
			_, err = client.New(path).Status(t.Context())
			if wherry.CodeOf(err) != wherry.Internal || name == "endless" && !strings.Contains(err.Error(), "more than") {
				t.Errorf("%s, %d: %v", name, code, err)
			}
			for _, err := range client.New(path).Watch(t.Context()) {
				if err == nil {
					t.Errorf("%s, %d: an event", name, code)
				}
				break
			}
			_ = h.Close()
		}
	}
}
