package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/payment/journal"
	jetstream "github.com/wherrynet/wherry/payment/journal/stream"
	"github.com/wherrynet/wherry/payment/journal/stream/streamtest"
)

// serversFile says in a prepared folder where the servers are.
const serversFile = "servers"

// startServers starts three servers in a process of their own, and prepares a
// folder for hubs that keep their journal there.
func (b *benchmark) startServers(ctx context.Context) (stop func(), err error) {
	dir := filepath.Join(b.dir, "nats")
	if err := b.world.prepare(dir, "file", smallBook, 0, false); err != nil {
		return nil, err
	}
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, program, "servers", filepath.Join(b.dir, "stores"))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	stop = func() {
		_ = in.Close()
		_ = cmd.Wait() // nothing of it is kept
	}
	var addrs []string
	if err = json.NewDecoder(bufio.NewReader(out)).Decode(&addrs); err == nil {
		err = os.WriteFile(filepath.Join(dir, serversFile), []byte(strings.Join(addrs, ",")), 0o600)
	}
	if err != nil {
		stop()
		return nil, fmt.Errorf("the servers do not start: %w", err)
	}
	return stop, nil
}

// servers is their process: it says where they are, and ends with its input.
func servers(args []string) error {
	addrs, stop, err := streamtest.Serve(args[0], 3)
	if err != nil {
		return err
	}
	defer stop()
	if err := json.NewEncoder(os.Stdout).Encode(addrs); err != nil {
		return err
	}
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
	}
	return nil
}

// openServers reads the book from the prepared folder, and goes on in a new stream.
func openServers(dir string) journal.Opener {
	return func(load, replay func([]byte) error) (journal.Log, journal.Recovery, error) {
		old, rec, err := journal.Config{Dir: dir}.Opener()(load, replay)
		if err != nil {
			return nil, rec, err
		}
		if err := old.Close(); err != nil {
			return nil, rec, err
		}
		addrs, err := os.ReadFile(filepath.Join(dir, serversFile))
		if err != nil {
			return nil, rec, err
		}
		cfg, err := jetstream.Parse("nats://" + string(addrs) + "/" + filepath.Base(dir))
		if err != nil {
			return nil, rec, err
		}
		cfg.Owner = hubKey().Address().String()
		never := func([]byte) error { return errors.New("the stream is not empty") }
		for until := time.Now().Add(30 * time.Second); ; time.Sleep(100 * time.Millisecond) {
			log, _, err := cfg.Opener(context.Background())(never, never)
			if err == nil || wherry.CodeOf(err) != wherry.Unreachable || time.Now().After(until) {
				return log, rec, err
			}
		}
	}
}
