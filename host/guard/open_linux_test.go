package guard_test

import (
	"context"
	"net/netip"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/host/dns"
	"github.com/wherrynet/wherry/host/guard"
)

// A machine that is closed, with nobody left who could open it, is opened by a person:
// everything is as it was, or, where nothing can be read of that, at least open.
func TestPersonOpens(t *testing.T) {
	for name, harm := range map[string]func(w *world, state string){
		"everything is there":  func(*world, string) {},
		"what was is lost":     func(w *world, state string) { w.must(os.Remove(state)) },
		"what was is damaged":  func(w *world, state string) { w.must(os.WriteFile(state, []byte(`{"active": tru`), 0o600)) },
		"resolv.conf is stuck": func(w *world, state string) { w.must(os.Chmod(filepath.Join(w.dir, "etc"), 0o777)) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			before := w.dump()
			conf, state := filepath.Join(w.dir, "etc/resolv.conf"), filepath.Join(w.dir, "guard.json")
			w.must(os.MkdirAll(filepath.Dir(conf), 0o755))
			w.must(os.WriteFile(conf, []byte("nameserver 192.168.7.1\n"), 0o644))
			g := w.guard()
			tun, err := g.TUN(t.Context(), "wherry0", 1420, inner)
			w.must(err)
			w.must(g.Apply(t.Context(), guard.Wish{Tunnel: "wherry0", Inner: inner, DNS: []netip.Addr{netip.MustParseAddr("10.77.0.1")}, Lockdown: true}))
			kept, err := os.ReadFile(state)
			w.must(err)
			written, err := os.ReadFile(conf)
			w.must(err)
			_ = tun.Close()
			w.must(g.conn.Close())
			<-g.over
			// As after kill -9: the guard has not come to closing in good order.
			w.must(os.WriteFile(state, kept, 0o600))
			w.must(os.WriteFile(conf, written, 0o644))
			w.closed("nobody is left")
			harm(w, state)
			w.machine.Do(func() { err = guard.Open(w.dir, dns.System{Root: w.dir, Path: []string{}}) })
			whole := name == "everything is there"
			if (err != nil) != (name == "what was is damaged" || name == "resolv.conf is stuck") {
				t.Errorf("it says %v", err)
			}
			w.opened("after a person has opened it")
			if after := w.dump(); whole && after != before {
				t.Errorf("before:\n%s\nafter:\n%s", before, after)
			}
			if b, err := os.ReadFile(conf); whole && (err != nil || string(b) != "nameserver 192.168.7.1\n") {
				t.Errorf("resolv.conf is %q, %v", b, err)
			}
			for _, file := range []string{state, filepath.Join(w.dir, "lockdown")} {
				if _, err := os.Stat(file); err == nil {
					t.Errorf("%s would close it again", file)
				}
			}
			if _, err := w.guard().State(t.Context()); err != nil {
				t.Error(err)
			}
			w.opened("with the next guard")
		})
	}
}

// There is one guard of a machine: another daemon's waits for its end, and neither it
// nor a person takes away what the first one holds.
func TestOneGuardAtATime(t *testing.T) {
	w, first := connected(t, nil)
	before := w.dump()
	w.machine.Do(func() {
		if err := guard.Open(w.dir, dns.System{Root: w.dir, Path: []string{}}); wherry.CodeOf(err) != wherry.Conflict {
			t.Errorf("opened by a person beside a guard: %v", err)
		}
	})
	second := w.guard()
	asked := make(chan error, 1)
	go func() { asked <- second.Release(context.Background()) }()
	select {
	case err := <-asked:
		t.Errorf("a second guard has answered: %v", err)
	case <-time.After(quiet):
	}
	if after := w.dump(); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	w.must(first.conn.Close())
	<-first.over
	if err := <-asked; err != nil {
		t.Errorf("the second, after the first: %v", err)
	}
	w.opened("released by the second")
}
