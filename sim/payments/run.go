package payments

import (
	"encoding/binary"
	"fmt"
	"strings"
	"time"
)

// Result is what is left of a run.
type Result struct {
	Trace    string // hash of everything that happened
	Lines    int
	Broken   []string // properties that did not hold
	Recent   []string // the end of the trace
	Worst    map[string][2]int64
	Effects  map[string]int
	Logs     string
	Orders   int // that were signed
	Revealed int // of them
	Deaths   int
}

// Run plays the world of a seed. It is called in a synctest bubble, with the
// cryptographic randomness made repeatable.
func Run(seed uint64, form Form) Result {
	form.Effects = map[string]int{}
	w := newWorld(seed, form)
	w.settle()
	w.spend()
	w.close()
	w.end()
	w.stopped = true
	w.baton.Unlock()
	w.running.Wait()
	w.baton.Lock()
	r := Result{
		Trace: w.Trace(), Lines: w.Lines, Broken: w.broken, Recent: w.recent, Worst: w.worst, Effects: w.Form.Effects, Orders: len(w.orders), Logs: w.logs.String(),
	}
	for _, o := range w.orders {
		if o.accepted && w.locks[o.p.Hashlock] {
			r.Revealed++
		}
	}
	for _, c := range w.consumers {
		r.Deaths += c.died
		_ = c.wallet.Close()
	}
	for _, p := range w.providers {
		r.Deaths += p.died
		for _, d := range p.desks {
			_ = d.book.Close()
		}
	}
	for _, h := range w.hubs {
		r.Deaths += h.died
	}
	r.Deaths += w.relayer.died
	_ = w.relayer.relayer.Close()
	if err := w.files.Close(); err != nil {
		r.Broken = append(r.Broken, err.Error())
	}
	return r
}

// settle makes everybody and starts them.
func (w *World) settle() {
	w.newChain("A", 7001)
	if w.Mallory == PoorHub || !w.chance(4) {
		w.newChain("B", 7002)
	}
	few := func(most int) int { return int(w.between(int64(most+2)/3, int64(most))) }
	for i := range few(w.Hubs) {
		w.newHub(fmt.Sprintf("h%d", i))
	}
	some := func() []*simHub {
		out := []*simHub{w.hubs[w.rng.IntN(len(w.hubs))]}
		for _, h := range w.hubs {
			if h != out[0] && !w.chance(3) {
				out = append(out, h)
			}
		}
		return out
	}
	for i := range few(w.Providers) {
		w.newProvider(fmt.Sprintf("p%d", i), some())
	}
	w.newRelayer()
	for i := range few(w.Consumers) {
		w.newConsumer(fmt.Sprintf("c%d", i), some())
	}
	w.mallory()
	for _, c := range w.chains {
		c.Mine(int(c.Params().Depth) + 1)
		c.mine()
	}
	for _, p := range w.everybody() {
		if w.Victim != "" {
			p.kill = 0
			if p.name == w.Victim {
				p.fuse = w.Fuse
			}
		}
		p.start()
	}
}

func (w *World) everybody() []*process {
	var out []*process
	for _, h := range w.hubs {
		out = append(out, &h.process)
	}
	for _, p := range w.providers {
		out = append(out, &p.process)
	}
	for _, c := range w.consumers {
		out = append(out, &c.process)
	}
	return append(out, &w.relayer.process)
}

// spend is the time of trade: days, and nights in which payouts expire.
func (w *World) spend() {
	w.sleep(2 * time.Minute)
	for range w.between(1, int64(w.Days)) {
		w.night = false
		w.sessionsOfADay()
		w.sleep(time.Duration(w.Ticks) * time.Minute)
		for _, p := range w.providers {
			if p.late {
				p.away = time.Now().Add(time.Duration(w.between(int64(6*time.Hour), int64(13*time.Hour))))
			} else if w.chance(3) {
				p.away = time.Now().Add(time.Duration(w.between(0, int64(15*time.Hour))))
				w.note(p.name, "is away until %s", p.away.Sub(w.began))
			}
		}
		w.night = true
		w.sleep(14 * time.Hour)
	}
}

// sessionsOfADay has consumers open sessions with providers that take a hub of
// theirs.
func (w *World) sessionsOfADay() {
	for _, c := range w.consumers {
		for _, p := range w.providers {
			for _, d := range p.desks {
				for _, h := range c.hubs {
					if h != d.h || w.chance(4) && w.Consumers < 50 || w.Consumers >= 50 && !w.chance(30) {
						continue
					}
					s := &session{
						w: w, c: c, p: p, h: h, price: p.price, ticks: int(w.between(2, int64(w.Ticks))),
						from: time.Now().Add(time.Duration(w.between(0, int64(w.Ticks)*int64(time.Minute)/2))),
					}
					s.budget = p.price * w.between(1, int64(w.Ticks))
					binary.BigEndian.PutUint64(s.id[:], uint64(len(w.sessions)+1))
					w.sessions = append(w.sessions, s)
				}
			}
		}
	}
}

// close is the end of trade: the network is mended, nobody dies any more, what
// is open comes to its end, and everybody leaves.
func (w *World) close() {
	w.note("--", "calm")
	w.calm, w.night = true, false
	for _, p := range w.providers {
		p.away, p.shut = time.Time{}, true
	}
	w.sleep(15 * time.Minute)
	w.night = true
	w.sleep(14 * time.Hour) // what was never shown becomes void
	w.quiescent()
	for _, c := range w.consumers {
		c.leave = stays
		for _, h := range c.hubs {
			c.goes(h, leaving(w.between(1, 2)))
		}
	}
	w.sleep(delay + 3*time.Hour)
	for _, c := range w.consumers {
		for _, h := range c.hubs {
			if c.goes(h, leavesAlone) { // who had to wait for consent
				w.sleep(time.Hour) // it starts again, and its owner repeats the command
				c.goes(h, leavesAlone)
			}
		}
	}
	w.sleep(delay + 6*time.Hour)
	for _, p := range w.providers {
		for _, d := range p.desks {
			d.collect()
		}
	}
	w.sleep(3 * time.Hour)
}

// Report is what to print of a run that failed.
func (r Result) Report(seed uint64, test string, lines int) string {
	var b strings.Builder
	for _, s := range r.Broken {
		fmt.Fprintln(&b, s)
	}
	fmt.Fprintf(&b, "the same again: go test ./sim/payments -run '^%s$' -seed %d -v\n", test, seed)
	for _, s := range r.Recent[max(0, len(r.Recent)-lines):] {
		fmt.Fprintln(&b, s)
	}
	return b.String()
}
