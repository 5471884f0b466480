package guard

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/host/dns"
	"github.com/wherrynet/wherry/host/firewall"
	"github.com/wherrynet/wherry/host/route"
	"github.com/wherrynet/wherry/host/tun"
)

// keeper makes this machine's network be as wished, and remembers how it was. It
// belongs to one goroutine, which stays on one thread: settings and devices are
// of the thread's network namespace.
type keeper struct {
	dir    string
	names  dns.System
	log    *slog.Logger
	fw     *firewall.Kernel
	rt     *route.Kernel
	saved  saved
	around route.Surroundings
	table  string   // the firewall in force, printed
	named  string   // the resolvers in force, printed
	rivals []string // that were told
	tuns   map[string]*os.File
	lock   *os.File // this is the one guard of dir
}

// open begins where an earlier guard ended: what it closed is closed at once,
// without the ways that it had opened for a process that is gone.
func open(c Config) (*keeper, error) {
	k := &keeper{dir: c.Dir, names: c.DNS, log: c.Log, tuns: map[string]*os.File{}}
	var err error
	if k.lock, err = claim(c.Dir, leave); err != nil {
		return nil, err
	}
	if k.fw, err = firewall.Open(); err != nil {
		return nil, errors.Join(err, k.lock.Close())
	}
	if k.rt, err = route.Open(); err != nil {
		return nil, errors.Join(err, k.fw.Close(), k.lock.Close())
	}
	if err = k.resume(); err != nil {
		k.close()
		return nil, err
	}
	return k, nil
}

func (k *keeper) resume() error {
	present, err := k.fw.Present()
	if err != nil {
		return err
	}
	s, err := load(k.dir)
	if err != nil {
		if present {
			return err
		}
		return errors.Join(err, k.put(Wish{}))
	}
	boot, err := bootID()
	if err != nil {
		return err
	}
	k.saved = s
	if s.Active && s.Boot != boot && !s.Wish.Lockdown {
		// The kernel forgot firewall, routes and settings with its last run; files stay.
		if s.DNS != nil {
			if err := k.names.Restore(context.Background(), *s.DNS); err != nil {
				return err
			}
		}
		k.saved = saved{}
		if err := store(k.dir, k.saved); err != nil {
			return err
		}
	}
	if k.saved.Active || present {
		return k.apply(k.saved.Wish.closed())
	}
	return nil
}

func (k *keeper) close() {
	for _, f := range k.tuns {
		_ = f.Close()
	}
	k.rt.Close()
	_ = k.fw.Close()
	_ = k.lock.Close()
}

// apply makes it as wished. After an error the firewall and the routes are those
// of the wish before, or, where there was none, closed.
func (k *keeper) apply(w Wish) error {
	if err := w.check(); err != nil {
		return err
	}
	if _, made := k.tuns[w.Tunnel]; w.Tunnel != "" && !made {
		return wherry.Errorf(wherry.Invalid, "interface %s was not made by this guard", w.Tunnel)
	}
	if err := w.policy(route.Surroundings{}).Check(); err != nil {
		return err
	}
	before := k.saved
	next := saved{Active: true, Wish: w, Boot: before.Boot, Settings: before.Settings, DNS: before.DNS}
	boot, err := bootID()
	if err != nil {
		return err
	}
	if !before.Active || before.Boot != boot {
		next.Boot = boot
		if next.Settings, err = route.Settings(); err != nil {
			return err
		}
	}
	if err := store(k.dir, next); err != nil {
		return err
	}
	k.saved = next
	if err := k.put(w); err != nil {
		back := w.closed()
		if before.Active {
			back = before.Wish
		}
		k.saved.Wish = back
		return errors.Join(err, store(k.dir, k.saved), k.put(back))
	}
	return nil
}

// put brings firewall, settings, interface and routes in line with a wish, in
// this order: what is closed is closed before anything else changes.
func (k *keeper) put(w Wish) error {
	around, err := k.rt.Look()
	if err != nil {
		return errors.Join(err, k.shut())
	}
	p := w.policy(around)
	if err := p.Check(); err != nil {
		return err
	}
	t := firewall.Build(p)
	if err := k.fw.Apply(t); err != nil {
		return err
	}
	k.around, k.table = around, t.String()
	if err := route.Set(k.saved.Settings); err != nil {
		return err
	}
	if w.Tunnel != "" {
		if _, err := tun.Configure(w.Tunnel, w.MTU, w.Inner); err != nil {
			return err
		}
	}
	if err := k.rt.Apply(route.PlanFor(p, w.MTU, w.DNS...)); err != nil {
		return err
	}
	return k.resolve(w)
}

// resolve makes this machine ask the resolvers of a wish, or those that were there.
func (k *keeper) resolve(w Wish) error {
	ctx := context.Background() // half a change is worse than a slow one; each step has a limit
	if len(w.DNS) == 0 || k.saved.DNS != nil && k.saved.DNS.Link != w.Tunnel {
		if err := k.unresolve(ctx); err != nil || len(w.DNS) == 0 {
			return err
		}
	}
	now := fmt.Sprint(w.Tunnel, w.DNS)
	if now == k.named {
		return nil
	}
	if k.saved.DNS == nil {
		was, err := k.names.Read(w.Tunnel, w.DNS)
		if err != nil {
			return err
		}
		k.saved.DNS = &was
		if err := store(k.dir, k.saved); err != nil {
			return err
		}
	}
	if err := k.names.Put(ctx, k.saved.DNS, w.DNS); err != nil {
		return err
	}
	k.named = now
	return store(k.dir, k.saved)
}

// unresolve restores the resolvers that were there.
func (k *keeper) unresolve(ctx context.Context) error {
	if k.saved.DNS == nil {
		return nil
	}
	if err := k.names.Restore(ctx, *k.saved.DNS); err != nil {
		return err
	}
	k.saved.DNS, k.named = nil, ""
	return store(k.dir, k.saved)
}

// renamed looks whether somebody else has written resolv.conf. What they wrote is
// what was there from now on, and ours is written again.
func (k *keeper) renamed() ([]Change, error) {
	if k.saved.DNS == nil || k.named == "" {
		return nil, nil
	}
	theirs, changed, err := k.names.Changed(*k.saved.DNS)
	if err != nil || !changed {
		return nil, err
	}
	k.saved.DNS.File, k.named = theirs, ""
	if err := store(k.dir, k.saved); err != nil {
		return nil, err
	}
	return []Change{{Repaired, "resolv.conf"}}, k.resolve(k.saved.Wish)
}

// shut closes the firewall without knowing what is around. The next look puts back
// what is wished.
func (k *keeper) shut() error {
	k.table = ""
	return k.fw.Apply(firewall.Build(firewall.Policy{}))
}

// release restores what was there. The firewall goes last.
func (k *keeper) release() error {
	err := errors.Join(k.unresolve(context.Background()), k.rt.Remove(), route.Restore(k.saved.Settings))
	if err != nil {
		return err
	}
	for name, f := range k.tuns {
		_ = f.Close()
		delete(k.tuns, name)
	}
	if err := k.fw.Remove(); err != nil {
		return err
	}
	k.saved, k.table, k.rivals = saved{}, "", nil
	return store(k.dir, k.saved)
}

// device makes an interface, or hands out again the one of that name.
func (k *keeper) device(q tunRequest) (*os.File, error) {
	if err := (Wish{Inner: q.Inner, MTU: q.MTU}).check(); err != nil {
		return nil, err
	}
	if f, ok := k.tuns[q.Name]; ok {
		_, err := tun.Configure(q.Name, q.MTU, q.Inner)
		return f, err
	}
	if len(k.tuns) > 0 {
		return nil, wherry.Errorf(wherry.Conflict, "this guard has made an interface already: one tunnel at a time")
	}
	f, err := tun.Make(q.Name, q.MTU, q.Inner)
	if err != nil {
		return nil, err
	}
	k.tuns[q.Name] = f
	return f, nil
}

func (k *keeper) state() State {
	return State{Closed: k.saved.Active, Wish: k.saved.Wish}
}

// look compares what is with what was wished, repairs it, and says what changed.
func (k *keeper) look() (changes []Change) {
	if !k.saved.Active {
		return nil
	}
	failed := func(err error) []Change {
		k.log.Warn("the network is not as it should be", "err", err)
		return append(changes, Change{Failed, err.Error()})
	}
	w := k.saved.Wish
	untouched, err := k.fw.Untouched()
	if err != nil {
		return failed(err)
	}
	around, err := k.rt.Look()
	if err != nil {
		return failed(errors.Join(err, k.shut()))
	}
	changes = differences(k.around, around)
	p := w.policy(around)
	if err := p.Check(); err != nil {
		return failed(err)
	}
	if t := firewall.Build(p); !untouched || t.String() != k.table {
		if err := k.fw.Apply(t); err != nil {
			return failed(err)
		}
		k.table = t.String()
	}
	k.around = around
	if !untouched {
		changes = append(changes, Change{Repaired, "the firewall's table"})
	}
	plan, err := k.rt.Plan()
	if err != nil {
		return failed(err)
	}
	if w.Tunnel != "" {
		again, err := tun.Configure(w.Tunnel, w.MTU, w.Inner)
		if err != nil {
			return failed(err)
		}
		if again {
			changes = append(changes, Change{Repaired, "the tunnel's interface"})
		}
	}
	if want := route.PlanFor(p, w.MTU, w.DNS...); want.String() != plan.String() {
		if err := k.rt.Apply(want); err != nil {
			return failed(err)
		}
		// A neighbourhood that changed changes our routes too: that is no repair.
		if len(changes) == 0 {
			changes = append(changes, Change{Repaired, "routes and rules"})
		}
	}
	more, err := k.renamed()
	changes = append(changes, more...)
	if err != nil {
		return failed(err)
	}
	return append(changes, k.rivalry()...)
}

// rivalry reports routing rules of others that come before ours, each set once.
// Traffic that they lead past the tunnel is dropped by the firewall.
func (k *keeper) rivalry() []Change {
	now, err := k.rt.Rivals()
	if err != nil || slices.Equal(now, k.rivals) {
		return nil
	}
	k.rivals = now
	if len(now) == 0 {
		return nil
	}
	return []Change{{Rival, fmt.Sprintf("routing rules of another program come before ours (%s): what they lead elsewhere is dropped", strings.Join(now, "; "))}}
}

// differences names what changed around us, without addresses.
func differences(a, b route.Surroundings) (out []Change) {
	names := func(s route.Surroundings) (n []string) {
		for _, l := range s.Links {
			n = append(n, l.Name)
		}
		return n
	}
	if !slices.Equal(names(a), names(b)) {
		out = append(out, Change{Links, strings.Join(names(b), " ")})
	}
	if !slices.Equal(a.Addresses, b.Addresses) {
		out = append(out, Change{What: Address})
	}
	if !slices.Equal(a.Gateways, b.Gateways) {
		out = append(out, Change{What: Gateway})
	}
	return out
}
