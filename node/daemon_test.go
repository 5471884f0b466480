package node

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
)

// autos is a VPN as connecting by itself sees it.
type autos struct {
	mu       sync.Mutex // guards all
	settings api.Settings
	state    api.State
	answers  []error // of Connect, in turn; then nil
	wishes   []api.Connect
}

func (a *autos) Settings() api.Settings {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.settings
}

func (a *autos) Status() api.Status {
	a.mu.Lock()
	defer a.mu.Unlock()
	return api.Status{State: a.state}
}

func (a *autos) Connect(_ context.Context, w api.Connect) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.wishes = append(a.wishes, w)
	if len(a.answers) == 0 {
		a.state = api.Connected
		return nil
	}
	err := a.answers[0]
	a.answers = a.answers[1:]
	return err
}

func TestAutoConnect(t *testing.T) {
	nobodyYet := wherry.Errorf(wherry.Unreachable, "no network yet")
	for name, c := range map[string]struct {
		to      string
		state   api.State
		answers []error
		tries   int
		place   string
		waits   time.Duration
	}{
		"off":             {to: "off", state: api.Disconnected},
		"on":              {to: "on", state: api.Disconnected, tries: 1},
		"place":           {to: "SE/got", state: api.Disconnected, tries: 1, place: "SE/got"},
		"taken up again":  {to: "on", state: api.Reconnecting},
		"blocked":         {to: "on", state: api.Blocked},
		"world is late":   {to: "on", state: api.Disconnected, answers: []error{nobodyYet, nobodyYet}, tries: 3, waits: 6 * time.Second},
		"person has to":   {to: "on", state: api.Disconnected, answers: []error{wherry.Errorf(wherry.NotFunded, "no money")}, tries: 1},
		"it goes on":      {to: "on", state: api.Disconnected, answers: []error{wherry.Errorf(wherry.Pending, "later")}, tries: 1},
		"damaged setting": {to: "somewhere", state: api.Disconnected},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := &autos{settings: api.DefaultSettings(), state: c.state, answers: c.answers}
				a.settings.AutoConnect = c.to
				d := &Daemon{log: slog.New(slog.DiscardHandler)}
				began := time.Now()
				d.autoConnect(t.Context(), a)
				if len(a.wishes) != c.tries || time.Since(began) != c.waits {
					t.Errorf("%d tries in %s, want %d in %s", len(a.wishes), time.Since(began), c.tries, c.waits)
				}
				for _, w := range a.wishes {
					if w.Place.String() != c.place {
						t.Errorf("wished for %+v", w)
					}
				}
			})
		})
	}
}

// Nothing is tried any more once a person has connected or switched it off.
func TestAutoConnectGivesWay(t *testing.T) {
	for name, act := range map[string]func(*autos){
		"connected by hand": func(a *autos) { a.state = api.Connected },
		"switched off":      func(a *autos) { a.settings.AutoConnect = api.Off },
	} {
		synctest.Test(t, func(t *testing.T) {
			a := &autos{settings: api.DefaultSettings(), state: api.Disconnected}
			a.settings.AutoConnect = api.On
			for range 100 {
				a.answers = append(a.answers, wherry.Errorf(wherry.NoOffer, "nobody"))
			}
			go func() {
				time.Sleep(90 * time.Second)
				a.mu.Lock()
				defer a.mu.Unlock()
				act(a)
			}()
			began := time.Now()
			(&Daemon{log: slog.New(slog.DiscardHandler)}).autoConnect(t.Context(), a)
			if n := len(a.wishes); n < 5 || time.Since(began) > 3*time.Minute {
				t.Errorf("%s: %d tries, over after %s", name, n, time.Since(began))
			}
		})
	}
}
