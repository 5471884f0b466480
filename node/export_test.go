package node

import (
	"runtime"
	"testing"
)

// An export that is opened while the program ends is not kept: it would be paid for
// with nobody there to end it, and the program would wait for it.
func TestNoExportIsAddedWhileAllAreLeft(t *testing.T) {
	e := &exports{all: map[string]*export{}}
	leave, left := make(chan struct{}), make(chan struct{})
	if !e.add(&export{row: Export{ID: "exp_1"}}, func() { <-leave }) {
		t.Fatal("the first is not taken")
	}
	go func() { defer close(left); e.leaveAll(t.Context()) }()
	for stop := false; !stop; runtime.Gosched() {
		e.mu.Lock()
		stop = e.stop
		e.mu.Unlock()
	}
	if e.add(&export{row: Export{ID: "exp_2"}}, func() {}) {
		t.Error("one more is taken while all are being left")
	}
	select {
	case <-left:
		t.Error("one that is kept is not waited for")
	default:
	}
	close(leave)
	<-left
	if e.add(&export{row: Export{ID: "exp_3"}}, func() {}) {
		t.Error("one more is taken when all were left")
	}
}
