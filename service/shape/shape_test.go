package shape

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

// Nobody who asks for less than the level is held back, and all together never get more
// than there is; nor is anything left that somebody was refused.
func TestLevelIsMaxMinFair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := rapid.Uint64Range(1, 1<<30).Draw(t, "total")
		asks := rapid.SliceOfN(rapid.Uint64Range(0, 1<<30), 0, 40).Draw(t, "asks")
		level := Level(total, slices.Clone(asks))
		var got, held uint64
		for _, a := range asks {
			got += min(a, level)
			if a > level {
				held++
			}
		}
		if held > 0 && got > total {
			t.Fatalf("%v at a level of %d come to %d of %d", asks, level, got, total)
		}
		if held > 0 && total-got > held {
			t.Fatalf("%v at a level of %d leave %d of %d to nobody", asks, level, total-got, total)
		}
	})
}

// flow is a sender that offers packets of a size at a rate.
type flow struct {
	id, size, rate uint64
	debt           float64
	sent, dropped  uint64
}

// play offers for a time, in steps of a millisecond.
func play(s *Shaper, d time.Duration, flows ...*flow) {
	for end := time.Now().Add(d); time.Now().Before(end); time.Sleep(time.Millisecond) {
		for _, f := range flows {
			for f.debt += float64(f.rate) / 1000; f.debt >= float64(f.size); f.debt -= float64(f.size) {
				if s.Take(time.Now(), f.id, f.size) {
					f.sent += f.size
				} else {
					f.dropped += f.size
				}
			}
		}
	}
}

func between(t *testing.T, what string, got, low, high uint64) {
	t.Helper()
	if got < low || got > high {
		t.Errorf("%s: %d, want %d to %d", what, got, low, high)
	}
}

const mb = 1_000_000

// A greedy session gets all of the line while it is alone, half beside another, and
// nothing of what a modest one asks for.
func TestSessionsShareTheLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Config{Total: 10 * mb})
		greedy, second := &flow{id: 1, size: 1400, rate: 100 * mb}, &flow{id: 2, size: 1400, rate: 50 * mb}
		modest := &flow{id: 3, size: 100, rate: mb / 10}
		play(s, 10*time.Second, greedy)
		between(t, "alone", greedy.sent, 95*mb, 106*mb)
		*greedy = flow{id: 1, size: 1400, rate: 100 * mb}
		play(s, 10*time.Second, greedy, second, modest)
		between(t, "beside another", greedy.sent, 45*mb, 53*mb)
		between(t, "the other", second.sent, 45*mb, 53*mb)
		if modest.dropped > 0 {
			t.Errorf("the modest one lost %d bytes", modest.dropped)
		}
		between(t, "in all", greedy.sent+second.sent+modest.sent, 92*mb, 105*mb)
		*greedy = flow{id: 1, size: 1400, rate: 100 * mb}
		play(s, 10*time.Second, greedy)
		between(t, "alone again", greedy.sent, 90*mb, 106*mb)
	})
}

// One session has a bound of its own, however empty the line is.
func TestASessionIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Config{Session: 2 * mb})
		f := &flow{id: 1, size: 1400, rate: 100 * mb}
		play(s, 10*time.Second, f)
		between(t, "sent", f.sent, 19*mb, 21*mb)
		s = New(Config{Total: 10 * mb, Session: 2 * mb})
		f = &flow{id: 1, size: 1400, rate: 100 * mb}
		play(s, 10*time.Second, f)
		between(t, "sent with a line of its own", f.sent, 19*mb, 21*mb)
	})
}

// A sender that can wait gets its share without loss.
func TestWaitPaces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Config{Total: 10 * mb})
		start, sent := time.Now(), uint64(0)
		for time.Since(start) < 10*time.Second {
			time.Sleep(s.Wait(time.Now(), 1, 16<<10))
			sent += 16 << 10
		}
		between(t, "sent", sent, 90*mb, 106*mb)
	})
}

func TestNothingToDivide(t *testing.T) {
	s := New(Config{})
	if s != nil || !s.Take(time.Now(), 1, 1<<40) || s.Wait(time.Now(), 1, 1<<40) != 0 || s.Level() != 0 {
		t.Error("a shaper without bounds holds somebody back")
	}
}

// A clock that jumps, either way, neither stops anybody for long nor opens the line.
func TestClockJumps(t *testing.T) {
	s := New(Config{Total: 10 * mb})
	now := time.Unix(1_800_000_000, 0)
	for _, jump := range []time.Duration{time.Hour, -2 * time.Hour, 0} {
		now = now.Add(jump)
		var sent uint64
		for range 2000 {
			now = now.Add(time.Millisecond)
			for range 20 {
				if s.Take(now, 1, 1400) {
					sent += 1400
				}
			}
		}
		between(t, fmt.Sprintf("2 s after a jump of %s", jump), sent, 17*mb, 22*mb)
	}
}

// Sessions that are gone are forgotten.
func TestSessionsAreForgotten(t *testing.T) {
	s := New(Config{Total: 10 * mb})
	now := time.Unix(1_800_000_000, 0)
	for i := range 1000 {
		s.Take(now, uint64(i), 100)
	}
	now = now.Add(forget + window + time.Second)
	s.Take(now, 1, 100)
	s.Take(now.Add(window), 1, 100)
	if len(s.all) != 1 {
		t.Errorf("%d sessions are remembered", len(s.all))
	}
}

func TestRatesHaveAForm(t *testing.T) {
	for text, want := range map[string]Rate{"100Mbit": 12_500_000, "2.5Gbit": 312_500_000, "800kbit": 100_000} {
		var r Rate
		if err := r.UnmarshalText([]byte(text)); err != nil || r != want {
			t.Errorf("%s: %d, %v", text, r, err)
		}
		var back Rate
		if b, err := r.MarshalText(); err != nil || back.UnmarshalText(b) != nil || back != r {
			t.Errorf("%s is written %s and read as %d", text, b, back)
		}
	}
	for _, bad := range []string{"", "100", "100MB", "-1Mbit", "1.Mbit", "1.2345Mbit", "99999999999Gbit"} {
		if new(Rate).UnmarshalText([]byte(bad)) == nil {
			t.Errorf("%q is read", bad)
		}
	}
}

// BenchmarkTake is what a row of packets costs.
func BenchmarkTake(b *testing.B) {
	for _, n := range []int{1, 64, 500} {
		b.Run(fmt.Sprintf("sessions=%d", n), func(b *testing.B) {
			s := New(Config{Total: 100 * mb})
			now := time.Unix(1_800_000_000, 0)
			for i := range b.N {
				now = now.Add(10 * time.Microsecond)
				s.Take(now, uint64(i%n), 1400)
			}
		})
	}
}
