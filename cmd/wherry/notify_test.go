package main

import (
	"context"
	"net"
	"path/filepath"
	"testing"
	"time"
)

func TestServiceManagerIsTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notify")
	l, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	env := map[string]string{"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "20000"}
	n, err := newNotifier(func(k string) string { return env[k] })
	if err != nil {
		t.Fatal(err)
	}
	read := func() string {
		b := make([]byte, 100)
		if err := l.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
			t.Fatal(err)
		}
		k, err := l.Read(b)
		if err != nil {
			t.Fatal(err)
		}
		return string(b[:k])
	}
	n.say("READY=1")
	if got := read(); got != "READY=1" {
		t.Error(got)
	}
	// A sign of life comes only after the work that proves it.
	ctx, stop := context.WithCancel(t.Context())
	done, worked := make(chan struct{}), make(chan struct{})
	go func() {
		n.alive(ctx, func() { worked <- struct{}{} })
		close(done)
	}()
	<-worked
	if got := read(); got != "WATCHDOG=1" {
		t.Error(got)
	}
	stop()
	select {
	case <-worked:
		<-done
	case <-done:
	}
}

func TestNobodyWantsToKnow(t *testing.T) {
	n, err := newNotifier(func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	n.say("READY=1")
	n.alive(t.Context(), func() { t.Error("it works for nobody") })
	for _, env := range []map[string]string{
		{"NOTIFY_SOCKET": "relative"}, {"NOTIFY_SOCKET": "/nonexistent/socket"},
	} {
		if _, err := newNotifier(func(k string) string { return env[k] }); err == nil {
			t.Errorf("%v is taken", env)
		}
	}
}
