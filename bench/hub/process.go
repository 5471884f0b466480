package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

// process is a hub in a process of its own.
type process struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	out   *json.Decoder
	addr  string
	build string
	start time.Duration // from its start until it serves
}

// startHub starts a hub on a prepared folder.
func startHub(ctx context.Context, program, kind, dir, profile string) (*process, error) {
	if program == "" {
		var err error
		if program, err = os.Executable(); err != nil {
			return nil, err
		}
	}
	args := []string{"serve", "-dir", dir, "-journal", kind}
	if profile != "" {
		args = append(args, "-cpuprofile", profile)
	}
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd, in: in, out: json.NewDecoder(bufio.NewReader(out))}
	var o opened
	if err := p.out.Decode(&o); err != nil {
		return nil, errors.Join(fmt.Errorf("the hub does not start: %w", err), p.stop())
	}
	p.addr, p.build, p.start = o.Addr, o.Build, time.Since(began)
	return p, nil
}

// usage returns what the hub has used so far.
func (p *process) usage() (usage, error) {
	var u usage
	if _, err := io.WriteString(p.in, "usage\n"); err != nil {
		return u, err
	}
	err := p.out.Decode(&u)
	return u, err
}

// stop ends the hub in good order.
func (p *process) stop() error {
	return errors.Join(p.in.Close(), p.cmd.Wait())
}
