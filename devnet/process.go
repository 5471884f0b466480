package devnet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/wherrynet/wherry"
)

// readyTimeout bounds how long a role may take until it says that it is ready.
const readyTimeout = 60 * time.Second

// stopTimeout is how long a role may take to end by itself after SIGTERM.
const stopTimeout = 30 * time.Second

// Process is one role as an operating-system process. Its standard output goes
// to out.log and its standard error to err.log in its directory, so that it
// outlives the program that started it.
type Process struct {
	Name string // what people call it
	Dir  string // its state directory
	Path string // the program
	Args []string
	Env  []string // in addition to a small, clean environment

	exited chan struct{} // closed when a process that we started has ended
}

// Ready is the line by which a role says that it serves. Which fields are set
// depends on the role.
type Ready struct {
	Schema string `json:"schema"`
	Role   string `json:"role"`
}

// ReadySchema is the schema of a ready line.
const ReadySchema = "wherry.ready/1"

func (p *Process) pidFile() string { return filepath.Join(p.Dir, "pid") }

// Out returns the path of the file with the process's standard output.
func (p *Process) Out() string { return filepath.Join(p.Dir, "out.log") }

// Err returns the path of the file with the process's standard error.
func (p *Process) Err() string { return filepath.Join(p.Dir, "err.log") }

// Start starts the process and waits for its ready line. One that runs already
// is left alone.
func (p *Process) Start(ctx context.Context) error {
	if pid, ok := p.PID(); ok {
		return wherry.Errorf(wherry.Conflict, "%s runs already, as process %d", p.Name, pid)
	}
	if err := os.MkdirAll(p.Dir, 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(p.Out(), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer out.Close()
	errs, err := os.OpenFile(p.Err(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer errs.Close()

	cmd := exec.Command(p.Path, p.Args...) //nolint:noctx // the process outlives us on purpose
	cmd.Dir = p.Dir
	cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + p.Dir, "TMPDIR=" + os.TempDir(), "NO_COLOR=1",
	}, p.Env...)
	cmd.Stdout, cmd.Stderr = out, errs
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // Ctrl-C at our terminal is ours to handle
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start %s: %w", p.Name, err)
	}
	if err := os.WriteFile(p.pidFile(), []byte(strconv.Itoa(cmd.Process.Pid)+"\n"), 0o600); err != nil {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		return err
	}
	p.exited = make(chan struct{})
	go func(done chan struct{}) {
		_ = cmd.Wait() // its end is seen by the exit of the process, its reason in err.log
		close(done)
	}(p.exited)

	if err := p.waitReady(ctx); err != nil {
		stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		return errors.Join(err, p.Stop(stopping))
	}
	return nil
}

func (p *Process) waitReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readyTimeout)
	defer cancel()
	lines := Follow(p.Out())
	defer lines.Close()
	for {
		line, err := lines.Next(ctx, p.exited)
		switch {
		case errors.Is(err, errEnded):
			return wherry.Errorf(wherry.Internal, "%s ended before it was ready:\n%s", p.Name, tail(p.Err(), 5))
		case errors.Is(err, context.DeadlineExceeded):
			return wherry.Errorf(wherry.Timeout, "%s was not ready within %s:\n%s", p.Name, readyTimeout, tail(p.Err(), 5))
		case err != nil:
			return err
		}
		var r Ready
		if json.Unmarshal(line, &r) == nil && r.Schema == ReadySchema {
			return nil
		}
	}
}

// PID returns the process's ID while it runs. A stale file, whose number now
// belongs to somebody else, counts as not running: the command line must name
// our directory.
func (p *Process) PID() (int, bool) {
	b, err := os.ReadFile(p.pidFile())
	if err != nil {
		return 0, false
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil || pid <= 1 || syscall.Kill(pid, 0) != nil {
		return 0, false
	}
	cmdline, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err == nil && !bytes.Contains(cmdline, []byte(p.Dir)) {
		return 0, false // also a zombie, whose command line is empty
	}
	return pid, true
}

// Stop asks the process to end, and kills it when it doesn't in time. One that
// doesn't run is no error.
func (p *Process) Stop(ctx context.Context) error {
	return p.end(ctx, syscall.SIGTERM)
}

// Kill ends the process as a power cut would.
func (p *Process) Kill(ctx context.Context) error {
	return p.end(ctx, syscall.SIGKILL)
}

func (p *Process) end(ctx context.Context, sig syscall.Signal) error {
	pid, ok := p.PID()
	if !ok {
		return nil
	}
	if err := syscall.Kill(pid, sig); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("stop %s: %w", p.Name, err)
	}
	ctx, cancel := context.WithTimeout(ctx, stopTimeout)
	defer cancel()
	for {
		if _, ok := p.PID(); !ok {
			_ = os.Remove(p.pidFile())
			return nil
		}
		select {
		case <-ctx.Done():
			if sig == syscall.SIGKILL {
				return wherry.Errorf(wherry.Timeout, "%s, process %d, does not end", p.Name, pid)
			}
			return errors.Join(
				wherry.Errorf(wherry.Timeout, "%s did not end within %s and was killed", p.Name, stopTimeout),
				p.end(context.WithoutCancel(ctx), syscall.SIGKILL))
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// Lines follows a file that another process appends to, line by line.
type Lines struct {
	path string
	file *os.File
	buf  []byte
}

// Follow begins at the start of the file, which need not exist yet.
func Follow(path string) *Lines { return &Lines{path: path} }

var errEnded = errors.New("the process has ended")

// Next returns the next whole line without its end. It waits for one until ctx
// is done, or until ended is closed and nothing more is there.
func (l *Lines) Next(ctx context.Context, ended <-chan struct{}) ([]byte, error) {
	for {
		if i := bytes.IndexByte(l.buf, '\n'); i >= 0 {
			line := l.buf[:i]
			l.buf = l.buf[i+1:]
			return line, nil
		}
		over := false
		select {
		case <-ended:
			over = true // look once more: its last words came before its end
		default:
		}
		n, err := l.fill()
		if err != nil {
			return nil, err
		}
		if n > 0 {
			continue
		}
		if over {
			return nil, errEnded
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func (l *Lines) fill() (int, error) {
	if l.file == nil {
		f, err := os.Open(l.path)
		if errors.Is(err, os.ErrNotExist) {
			return 0, nil
		}
		if err != nil {
			return 0, err
		}
		l.file = f
	}
	var b [16 << 10]byte
	n, err := l.file.Read(b[:])
	l.buf = append(l.buf, b[:n]...)
	if err != nil && !errors.Is(err, io.EOF) {
		return n, err
	}
	return n, nil
}

// Close closes the file.
func (l *Lines) Close() error {
	if l.file == nil {
		return nil
	}
	return l.file.Close()
}

// tail returns the last n lines of a file, for an error message.
func tail(path string, n int) string {
	b, err := os.ReadFile(path)
	if err != nil || len(b) == 0 {
		return "  (it said nothing)"
	}
	lines := strings.Split(strings.TrimRight(string(b), "\n"), "\n")
	if len(lines) > n {
		lines = lines[len(lines)-n:]
	}
	return "  " + strings.Join(lines, "\n  ")
}
