package payments

import (
	"time"

	"github.com/wherrynet/wherry"
)

// A process is a program on a computer that can die and be started again.
type process struct {
	w    *World
	name string
	disk *disk
	boot func(*life) // opens what is on the disk and goes on
	up   *life       // nil while it is dead
	died int
	fuse int // effects until the next end of it, set by exhaustive tests; 0 leaves it to the seed
	kill int // deaths that the seed may still bring
}

// A life is one run of a process. Everything that it does to the world outside
// goes through effect, and comes to nothing once it is dead.
type life struct {
	*process
	dead bool
	left int // effects until its end; negative lives on
}

// start begins a new life of the process.
func (p *process) start() {
	l := &life{process: p, left: -1}
	switch {
	case p.fuse > 0 && p.died == 0:
		l.left = p.fuse
	case p.kill > 0 && !p.w.calm && p.fuse == 0:
		l.left = int(p.w.between(1, 400))
	}
	p.up, p.w.lives[p.name] = l, l
	p.w.note(p.name, "starts")
	p.boot(l)
}

// effect stands for something that changes the world: the process may die in
// front of it.
func (l *life) effect(what string) error {
	if l.dead {
		return errDead
	}
	if l.left >= 0 && (!l.w.calm || l.fuse > 0) {
		if l.left--; l.left <= 0 {
			l.die(what)
			return errDead
		}
	}
	l.effects(what)
	return nil
}

func (l *life) effects(what string) {
	l.w.Effects[l.name]++
	l.w.note(l.name, "%s", what)
}

// die ends a life; the next one begins after a while.
func (l *life) die(at string) {
	w := l.w
	w.note(l.name, "dies before: %s", at)
	l.dead, l.up = true, nil
	delete(w.lives, l.name)
	l.died++
	l.kill--
	if l.disk != nil {
		l.disk.crash(w)
	}
	w.spawn(func() {
		w.sleep(w.around(2 * time.Minute))
		if !w.stopped && l.up == nil {
			l.start()
		}
	})
}

// ask is a call from one process to another over the network. The caller sleeps
// meanwhile; what it gets is what came back, or Unreachable. The callee may have
// done it all the same, now or later, once or twice.
func ask[T any](w *World, from *life, to *process, what string, f func(*life) (T, error)) (T, error) {
	var none T
	lost := func() (T, error) {
		w.note(from.name, "%s to %s: lost", what, to.name)
		w.sleep(10 * time.Second)
		return none, wherry.Errorf(wherry.Unreachable, "no answer from %s", to.name)
	}
	if from.dead {
		return none, errDead
	}
	w.sleep(w.latency())
	if w.drops(from.name, to.name) || to.up == nil {
		return lost()
	}
	if !w.calm && w.chance(30) {
		w.spawn(func() { // it comes twice, the second time when it likes
			w.sleep(time.Duration(w.between(0, int64(3*time.Minute))))
			if l := to.up; l != nil {
				w.note(to.name, "%s of %s comes again", what, from.name)
				_, _ = f(l)
			}
		})
	}
	l := to.up
	v, err := f(l)
	if l.dead || w.drops(to.name, from.name) {
		return lost()
	}
	w.sleep(w.latency())
	w.note(from.name, "%s to %s: %s", what, to.name, word(err))
	return v, err
}

func word(err error) string {
	if err == nil {
		return "ok"
	}
	return string(wherry.CodeOf(err))
}

func (w *World) latency() time.Duration {
	if !w.calm && w.chance(20) {
		return time.Duration(w.between(1, int64(8*time.Second))) // and others overtake it
	}
	return time.Duration(w.between(int64(time.Millisecond), int64(200*time.Millisecond)))
}

// drops decides whether a message between two is lost, alone or with all others
// for a while.
func (w *World) drops(from, to string) bool {
	if w.calm {
		return false
	}
	key := [2]string{min(from, to), max(from, to)}
	if time.Now().Before(w.cuts[key]) {
		return true
	}
	if w.chance(150) {
		w.cuts[key] = time.Now().Add(time.Duration(w.between(int64(time.Second), int64(20*time.Minute))))
		return true
	}
	return w.rng.IntN(100) < w.Loss
}
