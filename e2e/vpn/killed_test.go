package vpn

import (
	"testing"
	"time"

	"github.com/wherrynet/wherry/api"
	"github.com/wherrynet/wherry/e2e/lab"
)

// The daemon is killed in the states that are not connected, with everything on the
// computer talking: it stays closed, and whoever starts next finds it so.
func TestKilledInEveryOtherState(t *testing.T) {
	w := newWorld(t)
	eyes := w.Router.Capture(lab.Side)
	seen := control(t, w.Consumer, eyes)
	d := w.daemon()
	talk(t, w.Consumer)
	die := func(state api.State) {
		t.Helper()
		if s := d.status(); s.State != state || !s.Closed {
			t.Errorf("%s, closed %v: want %s", s.State, s.Closed, state)
		}
		eyes.Reset()
		d.kill()
		time.Sleep(2 * time.Second)
		w.Proved(string(state)+": the daemon is killed", outside(eyes), seen)
		eyes.Reset()
		d.again()
		if s := d.status(); !s.Closed {
			t.Errorf("%s: the next daemon finds it open: %+v", state, s)
		}
		w.Proved(string(state)+": the next daemon starts", outside(eyes), seen)
	}

	// Nobody sells at such a price: closed, and blocked.
	if out, err := d.say("connect", "--max-price", "0.000001"); err == nil {
		t.Errorf("a provider was found: %s", out)
	}
	d.reaches(api.Blocked, 20*time.Second)
	die(api.Blocked)

	d.must("connect", "--max-price", "1")
	d.reaches(api.Connected, 30*time.Second)
	vanish(w.Provider)
	vanish(w.Second)
	d.reaches(api.Reconnecting, 20*time.Second)
	die(api.Reconnecting)

	d.must("disconnect")
	d.reaches(api.Disconnected, 20*time.Second)
	_, _ = d.say("connect", "--max-price", "1", "--no-wait") // it says that it goes on
	d.reaches(api.Connecting, 20*time.Second)
	die(api.Connecting)
	d.must("disconnect")
}
