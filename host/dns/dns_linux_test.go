package dns_test

import (
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wherrynet/wherry/host/dns"
)

var servers = []netip.Addr{netip.MustParseAddr("10.77.0.1"), netip.MustParseAddr("fd77::1")}

// machine is a root directory with programs that write down how they were called.
type machine struct {
	dns.System
	t *testing.T
}

func newMachine(t *testing.T, programs map[string]string) machine {
	t.Helper()
	m := machine{dns.System{Root: t.TempDir(), Path: []string{t.TempDir()}}, t}
	m.must(os.MkdirAll(m.at("etc"), 0o755))
	for name, body := range programs {
		text := "#!/bin/sh\necho \"" + name + " $*\" >> " + m.at("calls") + "\n" + body + "\n"
		m.must(os.WriteFile(filepath.Join(m.Path[0], name), []byte(text), 0o755))
	}
	return m
}

func (m machine) at(name string) string { return filepath.Join(m.Root, name) }

func (m machine) must(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m machine) write(name, text string) {
	m.t.Helper()
	m.must(os.MkdirAll(filepath.Dir(m.at(name)), 0o755))
	m.must(os.WriteFile(m.at(name), []byte(text), 0o644))
}

func (m machine) text(name string) string {
	m.t.Helper()
	b, err := os.ReadFile(m.at(name))
	if os.IsNotExist(err) {
		return ""
	}
	m.must(err)
	return string(b)
}

// put does what the guard does: it reads, would keep that, and puts.
func (m machine) put(want dns.Way) dns.Saved {
	m.t.Helper()
	v, err := m.Read("wherry0", servers)
	m.must(err)
	m.must(m.Put(m.t.Context(), &v, servers))
	if v.Way != want {
		m.t.Errorf("by way of %q, want %q", v.Way, want)
	}
	return v
}

const (
	lease = "# by dhclient\nsearch home\nnameserver 192.168.7.1"
	ours  = "nameserver 10.77.0.1\nnameserver fd77::1\n"
)

func TestFileComesBackToTheByte(t *testing.T) {
	m := newMachine(t, nil)
	m.write("etc/resolv.conf", lease)
	m.must(os.Chmod(m.at("etc/resolv.conf"), 0o640))
	v := m.put(dns.Plain)
	if got := m.text("etc/resolv.conf"); !strings.HasSuffix(got, ours) || strings.Contains(got, "192.168.7.1") || strings.Contains(got, "search") {
		t.Errorf("while connected: %q", got)
	}
	m.must(m.Restore(t.Context(), v))
	st, err := os.Stat(m.at("etc/resolv.conf"))
	m.must(err)
	if got := m.text("etc/resolv.conf"); got != lease || st.Mode().Perm() != 0o640 {
		t.Errorf("back as %q, %s", got, st.Mode())
	}
	left, err := os.ReadDir(m.at("etc"))
	m.must(err)
	if len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestNoFileIsNoFileAgain(t *testing.T) {
	m := newMachine(t, nil)
	v := m.put(dns.Plain)
	if !strings.HasSuffix(m.text("etc/resolv.conf"), ours) {
		t.Error("nothing was written")
	}
	m.must(m.Restore(t.Context(), v))
	if _, err := os.Lstat(m.at("etc/resolv.conf")); !os.IsNotExist(err) {
		t.Errorf("there is a file now: %v", err)
	}
}

func TestLinkStaysALink(t *testing.T) {
	for _, to := range []string{"../run/somebody/resolv.conf", "/run/somebody/resolv.conf"} {
		m := newMachine(t, nil)
		m.write("run/somebody/resolv.conf", lease)
		m.must(os.Symlink(to, m.at("etc/resolv.conf")))
		v := m.put(dns.Plain)
		for range 2 {
			if got, err := os.Readlink(m.at("etc/resolv.conf")); err != nil || got != to {
				t.Errorf("the link is %q, %v", got, err)
			}
			if got := m.text("run/somebody/resolv.conf"); v.Way != "" && !strings.HasSuffix(got, ours) {
				t.Errorf("behind the link is %q", got)
			}
			if v.Way == "" {
				break
			}
			m.must(m.Restore(t.Context(), v))
			if got := m.text("run/somebody/resolv.conf"); got != lease {
				t.Errorf("back behind the link: %q", got)
			}
			v.Way = ""
		}
	}
}

func TestLinkToNothingAndLinksWithoutEnd(t *testing.T) {
	m := newMachine(t, nil)
	m.must(os.Symlink("../run/nobody/resolv.conf", m.at("etc/resolv.conf")))
	v := m.put(dns.Plain)
	m.must(m.Restore(t.Context(), v))
	if _, err := os.Stat(m.at("run/nobody/resolv.conf")); !os.IsNotExist(err) {
		t.Errorf("behind the link is something now: %v", err)
	}

	m = newMachine(t, nil)
	m.must(os.Symlink("resolv.conf", m.at("etc/resolv.conf")))
	if _, err := m.Read("wherry0", servers); err == nil {
		t.Error("a link to itself was followed")
	}
}

// What somebody writes meanwhile is theirs: it is seen, and it is what stays.
func TestSomebodyElseWrites(t *testing.T) {
	m := newMachine(t, nil)
	m.write("etc/resolv.conf", lease)
	v := m.put(dns.Plain)
	if _, changed, err := m.Changed(v); changed || err != nil {
		t.Errorf("changed %v, %v, by nobody", changed, err)
	}
	m.write("etc/resolv.conf", "nameserver 10.9.9.9\n")
	theirs, changed, err := m.Changed(v)
	m.must(err)
	if !changed || string(theirs.Content) != "nameserver 10.9.9.9\n" {
		t.Errorf("changed %v to %q", changed, theirs.Content)
	}
	m.must(m.Restore(t.Context(), v))
	if got := m.text("etc/resolv.conf"); got != "nameserver 10.9.9.9\n" {
		t.Errorf("theirs became %q", got)
	}
}

func TestResolved(t *testing.T) {
	m := newMachine(t, map[string]string{"resolvectl": ""})
	m.write("run/systemd/resolve/stub-resolv.conf", "nameserver 127.0.0.53\n")
	m.must(os.Symlink("../run/systemd/resolve/stub-resolv.conf", m.at("etc/resolv.conf")))
	v := m.put(dns.Resolved)
	m.must(m.Restore(t.Context(), v))
	want := `resolvectl dns wherry0 10.77.0.1 fd77::1
resolvectl domain wherry0 ~.
resolvectl default-route wherry0 true
resolvectl dnsovertls wherry0 no
resolvectl llmnr wherry0 no
resolvectl mdns wherry0 no
resolvectl revert wherry0
`
	if got := m.text("calls"); got != want {
		t.Errorf("asked for:\n%s\nwant:\n%s", got, want)
	}
	if got := m.text("run/systemd/resolve/stub-resolv.conf"); got != "nameserver 127.0.0.53\n" {
		t.Errorf("its file became %q", got)
	}
}

func TestNetworkManager(t *testing.T) {
	m := newMachine(t, map[string]string{"nmcli": ""})
	m.write("etc/resolv.conf", "# Generated by NetworkManager\nnameserver 192.168.7.1\n")
	v := m.put(dns.Manager)
	if got := m.text("run/NetworkManager/conf.d/90-wherry.conf"); !strings.Contains(got, "[global-dns-domain-*]\nservers=10.77.0.1,fd77::1\n") {
		t.Errorf("its configuration: %q", got)
	}
	m.must(m.Restore(t.Context(), v))
	if got := m.text("run/NetworkManager/conf.d/90-wherry.conf"); got != "" {
		t.Errorf("its configuration stayed: %q", got)
	}
	if got := m.text("calls"); got != "nmcli general reload\nnmcli general reload\n" {
		t.Errorf("asked for %q", got)
	}
}

func TestResolvconf(t *testing.T) {
	m := newMachine(t, map[string]string{"resolvconf": `[ "$1" = -a ] && cat > "$(dirname "$0")/record"; exit 0`})
	m.write("etc/resolv.conf", "# Generated by resolvconf\nnameserver 192.168.7.1\n")
	v := m.put(dns.Conf)
	record, err := os.ReadFile(filepath.Join(m.Path[0], "record"))
	m.must(err)
	if !strings.HasSuffix(string(record), ours) {
		t.Errorf("its record: %q", record)
	}
	m.must(m.Restore(t.Context(), v))
	if got := m.text("calls"); got != "resolvconf -a tun.wherry -m 0 -x\nresolvconf -d tun.wherry -f\n" {
		t.Errorf("asked for %q", got)
	}
}

// A program that fails, or is not there, leaves the file.
func TestProgramsThatFail(t *testing.T) {
	for name, text := range map[string]string{
		"resolvectl": "nameserver 127.0.0.53\n",
		"nmcli":      "# Generated by NetworkManager\nnameserver 192.168.7.1\n",
		"resolvconf": "# Generated by resolvconf\nnameserver 192.168.7.1\n",
	} {
		for _, programs := range []map[string]string{{name: "exit 1"}, nil} {
			m := newMachine(t, programs)
			m.write("etc/resolv.conf", text)
			v := m.put(dns.Plain)
			if !strings.HasSuffix(m.text("etc/resolv.conf"), ours) {
				t.Errorf("%s fails, and the file is %q", name, m.text("etc/resolv.conf"))
			}
			if m.text("run/NetworkManager/conf.d/90-wherry.conf") != "" {
				t.Error("half a change stayed")
			}
			m.must(m.Restore(t.Context(), v))
			if got := m.text("etc/resolv.conf"); got != text {
				t.Errorf("back as %q", got)
			}
		}
	}
}

// A file that is a mount of its own cannot be exchanged: it is overwritten.
func TestFileThatCannotBeExchanged(t *testing.T) {
	m := newMachine(t, nil)
	m.write("etc/resolv.conf", lease)
	mounted(t, m.at("etc/resolv.conf"))
	v := m.put(dns.Plain)
	if !strings.HasSuffix(m.text("etc/resolv.conf"), ours) {
		t.Errorf("while connected: %q", m.text("etc/resolv.conf"))
	}
	m.must(m.Restore(t.Context(), v))
	if got := m.text("etc/resolv.conf"); got != lease {
		t.Errorf("back as %q", got)
	}
}

func TestWhatIsRefused(t *testing.T) {
	m := newMachine(t, nil)
	if _, err := m.Read("", servers); err == nil {
		t.Error("no interface was taken")
	}
	if _, err := m.Read("wherry0", nil); err == nil {
		t.Error("no resolver was taken")
	}
	m.write("etc/resolv.conf", strings.Repeat("#", 64<<10+1))
	if _, err := m.Read("wherry0", servers); err == nil {
		t.Error("a file without end was taken")
	}
	m.must(os.Remove(m.at("etc/resolv.conf")))
	m.must(os.Mkdir(m.at("etc/resolv.conf"), 0o755))
	if _, err := m.Read("wherry0", servers); err == nil {
		t.Error("a directory was taken")
	}
}
