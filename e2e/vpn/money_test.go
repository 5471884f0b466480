package vpn

import (
	"testing"
	"time"

	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/e2e/lab"
)

// The budget of a wish is spent in the middle of a download: the computer is closed
// and says why, and a new wish goes on.
func TestOutOfMoneyIsClosed(t *testing.T) {
	w := newWorld(t)
	eyes := w.Router.Capture(lab.Side)
	seen := control(t, w.Consumer, eyes)
	d := w.daemon()
	d.must("connect", "--max-price", "1", "--budget", "0.001")
	d.reaches(api.Connected, 20*time.Second)
	talk(t, w.Consumer)
	eyes.Reset()
	for range 20 {
		if d.status().State == api.Blocked {
			break
		}
		_, _ = fetch(t.Context(), direct(w.Consumer), "http://"+lab.Web4.String()+"/file", 4<<20) // it breaks off
	}
	s := d.reaches(api.Blocked, 20*time.Second)
	if s.Cause == nil || s.Cause.Code != "over_budget" || len(s.ToGoOn) == 0 || !s.Closed {
		t.Errorf("the budget is spent, and the daemon says %+v", s)
	}
	time.Sleep(2 * time.Second)
	w.Proved("blocked: the budget is spent", outside(eyes), seen)

	d.must("connect", "--max-price", "1", "--budget", "1")
	d.reaches(api.Connected, 20*time.Second)
	if _, err := fetch(t.Context(), direct(w.Consumer), "http://"+lab.Web4.String()+"/file", 1<<20); err != nil {
		t.Errorf("after another wish: %v", err)
	}
	w.Proved("another wish goes on", outside(eyes), seen)
	d.must("disconnect")
}

// With lockdown the disconnected computer is closed too, from the moment on that the
// setting is set.
func TestLockdownClosesTheDisconnected(t *testing.T) {
	w := newWorld(t)
	eyes := w.Router.Capture(lab.Side)
	seen := control(t, w.Consumer, eyes)
	d := w.daemon()
	d.must("set", "lockdown=on")
	talk(t, w.Consumer)
	eyes.Reset()
	time.Sleep(2 * time.Second)
	w.Proved("disconnected in lockdown", outside(eyes), seen)
	d.must("connect", "--max-price", "1")
	d.reaches(api.Connected, 20*time.Second)
	d.must("disconnect")
	if s := d.status(); s.State != api.Disconnected || !s.Closed {
		t.Errorf("disconnected in lockdown, and the daemon says %+v", s)
	}
	time.Sleep(2 * time.Second)
	w.Proved("disconnected again in lockdown", outside(eyes), seen)

	eyes.Reset()
	d.kill()
	time.Sleep(2 * time.Second)
	w.Proved("disconnected in lockdown: the daemon is killed", outside(eyes), seen)
	d.again()
	d.must("set", "lockdown=off")
	if n := control(t, w.Consumer, eyes); n == 0 {
		t.Error("lockdown is off, and nothing leaves")
	}
}
