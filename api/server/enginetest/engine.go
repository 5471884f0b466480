// Package enginetest has an Engine in memory, for tests of what talks to one: the
// server, its client and the commands. It connects to nobody. What it shows is
// what the test has said, and it notes what it was asked for.
package enginetest

import (
	"context"
	"iter"
	"slices"
	"sync"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
)

// Engine fulfils server.Engine. The zero value is disconnected, has the default
// settings and fulfils each wish at once.
type Engine struct {
	// What happens on a wish, and on reconnecting, before it is fulfilled; nil is
	// nothing. An error is handed on, and the status stays as it is.
	OnConnect   func(ctx context.Context, wish api.Connect) error
	OnReconnect func(ctx context.Context, other bool) error
	OnSet       func(api.Settings) error
	Tunnel      api.Status // shown when a wish is fulfilled; its State is set
	Planned     api.Plan
	Market      []api.Offer

	mu       sync.Mutex // guards the rest
	status   api.Status
	settings *api.Settings
	changed  chan struct{} // closed and replaced with each change
	asked    []string
}

// Show changes the status.
func (e *Engine) Show(s api.Status) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.status = s
	if e.changed != nil {
		close(e.changed)
	}
	e.changed = make(chan struct{})
}

// Asked returns what was asked for, in order.
func (e *Engine) Asked() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.asked)
}

func (e *Engine) note(what string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.asked = append(e.asked, what)
}

// Status returns what is shown.
func (e *Engine) Status() api.Status {
	s, _ := e.now()
	return s
}

func (e *Engine) now() (api.Status, chan struct{}) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.changed == nil {
		e.changed = make(chan struct{})
	}
	s := e.status
	if s.State == "" {
		s.State = api.Disconnected
	}
	s.Settings = e.held()
	return s, e.changed
}

// held returns the settings. e.mu is held.
func (e *Engine) held() api.Settings {
	if e.settings == nil {
		return api.DefaultSettings()
	}
	return *e.settings
}

// Watch yields what is shown, and each change that is not overtaken.
func (e *Engine) Watch(ctx context.Context) iter.Seq[api.Status] {
	return func(yield func(api.Status) bool) {
		for {
			s, changed := e.now()
			if !yield(s) {
				return
			}
			select {
			case <-changed:
			case <-ctx.Done():
				return
			}
		}
	}
}

// Connect fulfils a wish when OnConnect lets it.
func (e *Engine) Connect(ctx context.Context, wish api.Connect) error {
	e.note("connect " + wish.Place.String() + wish.Provider)
	if e.OnConnect != nil {
		if err := e.OnConnect(ctx, wish); err != nil {
			return err
		}
	}
	return e.up(ctx)
}

func (e *Engine) up(ctx context.Context) error {
	if ctx.Err() != nil {
		return wherry.Errorf(wherry.Pending, "it goes on")
	}
	s := e.Tunnel
	s.State, s.Closed = api.Connected, true
	e.Show(s)
	return nil
}

// Plan returns what was planned.
func (e *Engine) Plan(_ context.Context, wish api.Connect) (api.Plan, error) {
	e.note("plan " + wish.Place.String() + wish.Provider)
	return e.Planned, nil
}

// Disconnect shows that there is no tunnel.
func (e *Engine) Disconnect(context.Context) error {
	e.note("disconnect")
	e.Show(api.Status{State: api.Disconnected, Since: e.Status().Since, Closed: e.Settings().Lockdown})
	return nil
}

// Reconnect fulfils the present wish again.
func (e *Engine) Reconnect(ctx context.Context, other bool) error {
	if other {
		e.note("reconnect other")
	} else {
		e.note("reconnect")
	}
	if e.Status().State == api.Disconnected {
		return wherry.Errorf(wherry.Conflict, "nothing is wanted: connect first")
	}
	if e.OnReconnect != nil {
		if err := e.OnReconnect(ctx, other); err != nil {
			return err
		}
	}
	return e.up(ctx)
}

// Settings returns those that hold.
func (e *Engine) Settings() api.Settings {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.held()
}

// Set changes them, when OnSet lets it.
func (e *Engine) Set(_ context.Context, p api.SettingsPatch) (api.Settings, error) {
	s, err := e.Settings().With(p)
	if err == nil && e.OnSet != nil {
		err = e.OnSet(s)
	}
	if err != nil {
		return api.Settings{}, err
	}
	e.mu.Lock()
	e.settings = &s
	e.mu.Unlock()
	now := e.Status()
	if now.State == api.Disconnected {
		now.Closed = s.Lockdown
	}
	e.Show(now)
	return s, nil
}

// Offers returns those of the market that fit.
func (e *Engine) Offers(_ context.Context, q api.OffersQuery) (api.Offers, error) {
	out := api.Offers{Total: len(e.Market), Items: []api.Offer{}}
	for _, o := range e.Market {
		if q.Place.Holds(o.Place) && (q.MaxPerGiB == nil || !q.MaxPerGiB.Less(o.PerGiB.Amount)) && (q.IPType == "" || q.IPType == o.IPType) {
			out.Items = append(out.Items, o)
		}
	}
	return out, nil
}
