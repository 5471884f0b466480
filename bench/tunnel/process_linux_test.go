package tunnel

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry/service/servicetest"
)

// process is a program in a namespace.
type process struct {
	pid  int
	said *bufio.Scanner // what it prints after "ready"
	tell func(string)
}

// start runs a program inside s, gives it input, and waits until it says "ready".
func start(b *testing.B, s *servicetest.Space, env []string, input string, args ...string) *process {
	b.Helper()
	cmd := exec.Command("ip", append([]string{"netns", "exec", s.Name}, args...)...)
	cmd.Env = append(os.Environ(), env...)
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
		stop := time.AfterFunc(5*time.Second, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		stop.Stop()
	})
	tell := func(line string) {
		if _, err := in.Write([]byte(line)); err != nil {
			b.Fatal(err)
		}
	}
	tell(input)
	lines := bufio.NewScanner(out)
	for lines.Scan() && lines.Text() != "ready" {
	}
	if lines.Text() != "ready" {
		b.Fatalf("%v does not start", args)
	}
	return &process{cmd.Process.Pid, lines, tell}
}

// launch runs a program of others inside s; when it is of use, the website answers.
func launch(b *testing.B, s *servicetest.Space, args ...string) *process {
	b.Helper()
	cmd := exec.Command("ip", append([]string{"netns", "exec", s.Name}, args...)...)
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	return &process{pid: cmd.Process.Pid}
}

// rss is how much memory the process has, in MB; peak is the most it had.
func (p *process) rss() (now, peak float64) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.pid))
	if err != nil {
		return 0, 0
	}
	for line := range strings.Lines(string(status)) {
		var kb float64
		switch {
		case strings.HasPrefix(line, "VmRSS:"):
			_, _ = fmt.Sscanf(line, "VmRSS: %f", &kb)
			now = kb / 1024
		case strings.HasPrefix(line, "VmHWM:"):
			_, _ = fmt.Sscanf(line, "VmHWM: %f", &kb)
			peak = kb / 1024
		}
	}
	return now, peak
}

// cpu is the processor time that the process has used, in seconds.
func (p *process) cpu() float64 {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	f := strings.Fields(rest)
	var user, system float64
	_, _ = fmt.Sscan(f[11], &user)
	_, _ = fmt.Sscan(f[12], &system)
	return (user + system) / 100 // USER_HZ
}
