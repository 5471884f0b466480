package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// row is one candidate at one size of batches.
type row struct {
	name    string
	program string // empty is this one
	kind    string
	size    int
	wide    bool // the whole pool of consumers pays
	slices  []slice
	half    []time.Duration // waits at half load
}

func (r *row) rate() float64 { return r.median(slice.rate) }

func (r *row) cpu() float64 { return r.median(slice.perPromise) }

// ceiling returns what cryptography alone took around the turns, in µs per promise.
func (r *row) ceiling() float64 {
	return r.median(func(s slice) float64 { return s.crypto.perPromise(r.size) })
}

// share returns the part of the hub's CPU that is cryptography, turn by turn.
func (r *row) share() float64 {
	return r.median(func(s slice) float64 { return s.crypto.perPromise(r.size) / s.perPromise() })
}

func (r *row) median(of func(slice) float64) float64 {
	var all []float64
	for _, s := range r.slices {
		all = append(all, of(s))
	}
	return quantile(all, 0.5)
}

// result is all that a run has shown.
type result struct {
	set   settings
	build string
	rows  []*row
	large *large
	took  time.Duration
}

const smallBook = 20_000

// benchmark is a run under way.
type benchmark struct {
	set     settings
	dir     string
	world   *world
	streams map[string]*stream
	turns   int
	build   string
}

func bench(ctx context.Context, args []string) error {
	set, err := readSettings(args)
	if err != nil {
		return err
	}
	began := time.Now()
	b := &benchmark{set: set, world: newWorld(), streams: map[string]*stream{}}
	if b.dir, err = os.MkdirTemp(set.dir, "wherry-bench-hub-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.dir)
	for _, kind := range []string{"file", "sqlite"} {
		if err := b.world.prepare(filepath.Join(b.dir, kind), kind, smallBook, 0, false); err != nil {
			return err
		}
	}
	if set.only == "" || strings.HasPrefix(set.only, "nats/") {
		stop, err := b.startServers(ctx)
		if err != nil {
			return err
		}
		defer stop()
	}
	res := &result{set: set, rows: b.rows()}
	for round := range set.rounds {
		fmt.Fprintf(os.Stderr, "round %d of %d\n", round+1, set.rounds)
		if err := b.round(ctx, res); err != nil {
			return err
		}
	}
	for _, r := range res.rows {
		if r.name == "hub" {
			if err := b.halfLoad(ctx, r); err != nil {
				return err
			}
		}
	}
	if set.channels > 0 && (set.only == "" || set.only == "large") {
		fmt.Fprintf(os.Stderr, "%d channels\n", set.channels)
		if res.large, err = b.measureLarge(ctx); err != nil {
			return err
		}
	}
	res.took, res.build = time.Since(began), b.build
	return res.print(os.Stdout)
}

func (b *benchmark) rows() []*row {
	all := []*row{
		{name: "hub", kind: "file", size: 1},
		{name: "hub", kind: "file", size: 16},
		{name: "hub", kind: "file", size: 64},
		{name: "SQLite as the journal", kind: "sqlite", size: 1},
		{name: "SQLite as the journal", kind: "sqlite", size: 16},
		{name: "SQLite as the journal", kind: "sqlite", size: 64},
		{name: "three NATS servers as the journal", kind: "nats", size: 16},
		{name: "three NATS servers as the journal", kind: "nats", size: 64},
	}
	if b.set.pure != "" {
		for _, size := range []int{1, 16, 64} {
			all = append(all, &row{name: "no cgo", program: b.set.pure, kind: "file", size: size})
		}
	}
	if b.set.only == "" {
		return all
	}
	var out []*row
	for _, r := range all {
		if fmt.Sprintf("%s/%d", r.kind, r.size) == b.set.only && r.program == "" {
			out = append(out, r)
		}
	}
	return out
}

// round gives every candidate a turn.
func (b *benchmark) round(ctx context.Context, res *result) error {
	for _, r := range res.rows {
		s, err := b.measured(ctx, r)
		if err != nil {
			return fmt.Errorf("%s, batches of %d: %w", r.name, r.size, err)
		}
		r.slices = append(r.slices, s)
	}
	return nil
}

// measured is a turn with cryptography alone before and after it: a machine that is
// shared is not always as fast, and often another one a second later.
func (b *benchmark) measured(ctx context.Context, r *row) (slice, error) {
	before, err := measureCrypto(ctx, r.program)
	if err != nil {
		return slice{}, err
	}
	s, err := b.turn(ctx, r, r.kind, 0)
	if err != nil {
		return slice{}, err
	}
	after, err := measureCrypto(ctx, r.program)
	s.crypto = ceiling{(before.Check + after.Check) / 2, (before.Sign + after.Sign) / 2}
	return s, err
}

// few is how many consumers of each provider pay by turns, unless all of the pool do.
const few = 64

// stream returns the requests of a size; they are the same for all candidates.
// One promise to a batch costs three times as much, so that fewer do; and fewer
// for the build without cgo.
func (b *benchmark) stream(r *row) (*stream, error) {
	promises, of := b.set.promises, max(few*r.size/64, few/4)
	if r.size == 1 {
		promises /= 3
	}
	if r.program != "" {
		promises /= 4
	}
	if r.wide {
		of = pool
	}
	name := fmt.Sprint(r.size, promises, of)
	if b.streams[name] == nil {
		s, err := b.world.newStream(r.size, promises, of)
		if err != nil {
			return nil, err
		}
		b.streams[name] = s
	}
	return b.streams[name], nil
}

// turn starts a hub on a fresh copy of a prepared folder and sends it a stream.
func (b *benchmark) turn(ctx context.Context, r *row, prepared string, rate float64) (slice, error) {
	s, err := b.stream(r)
	if err != nil {
		return slice{}, err
	}
	dir, err := b.fresh(prepared)
	if err != nil {
		return slice{}, err
	}
	defer os.RemoveAll(dir)
	p, err := startHub(ctx, r.program, r.kind, dir, b.set.profile)
	if err != nil {
		return slice{}, err
	}
	if r.program == "" {
		b.build = p.build
	}
	out, err := turn(p, b.world, s, rate)
	return out, errors.Join(err, p.stop())
}

func (b *benchmark) fresh(prepared string) (string, error) {
	b.turns++
	dir := filepath.Join(b.dir, fmt.Sprintf("turn-%d", b.turns))
	return dir, copyJournal(filepath.Join(b.dir, prepared), dir)
}

// halfLoad measures how long answers take while half as much comes as the hub
// was seen to do.
func (b *benchmark) halfLoad(ctx context.Context, r *row) error {
	for range min(b.set.rounds, 3) {
		s, err := b.turn(ctx, r, r.kind, r.rate()/2)
		if err != nil {
			return err
		}
		r.half = append(r.half, s.waits...)
	}
	return nil
}

// large is what a book of many channels costs.
type large struct {
	channels     int
	disk         int64 // bytes of the journal: a snapshot and a tail
	start        []time.Duration
	idle, loaded []int64 // resident bytes, after the start and after a turn
	small, big   row
	busy         *large // the same with an order open in each channel
}

// tailBytes is how much journal lies behind the snapshot: so much that the next one,
// due at 64 MiB, does not fall into the turn.
const tailBytes = 48 << 20

func (b *benchmark) measureLarge(ctx context.Context) (*large, error) {
	l := &large{channels: b.set.channels}
	l.small, l.big = row{kind: "file", size: 64, wide: true}, row{kind: "file", size: 64, wide: true}
	if err := b.world.prepare(filepath.Join(b.dir, "large"), "file", l.channels, tailBytes, false); err != nil {
		return nil, err
	}
	if err := b.world.prepare(filepath.Join(b.dir, "busy"), "file", l.channels, 0, true); err != nil {
		return nil, err
	}
	files, err := os.ReadDir(filepath.Join(b.dir, "large"))
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if i, err := f.Info(); err == nil {
			l.disk += i.Size()
		}
	}
	s, err := b.stream(&l.big)
	if err != nil {
		return nil, err
	}
	small := func() error {
		one, err := b.turn(ctx, &l.small, "file", 0)
		l.small.slices = append(l.small.slices, one)
		return err
	}
	big := func() error { return b.largeTurn(ctx, l, "large", s) }
	for i := range b.set.rounds {
		first, second := small, big
		if i%2 == 1 {
			first, second = big, small
		}
		if err := first(); err != nil {
			return nil, err
		}
		if err := second(); err != nil {
			return nil, err
		}
	}
	l.busy = &large{channels: l.channels, big: row{kind: "file", size: 64, wide: true}}
	for range min(b.set.rounds, 3) {
		if err := b.largeTurn(ctx, l.busy, "busy", s); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// ratio compares the large book with the small one, turn by turn.
func (l *large) ratio(of func(slice) float64) float64 {
	var all []float64
	for i := range min(len(l.big.slices), len(l.small.slices)) {
		all = append(all, of(l.big.slices[i])/of(l.small.slices[i]))
	}
	return quantile(all, 0.5)
}

func (b *benchmark) largeTurn(ctx context.Context, l *large, prepared string, s *stream) (err error) {
	dir, err := b.fresh(prepared)
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	p, err := startHub(ctx, "", "file", dir, b.set.profile)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.stop()) }()
	l.start = append(l.start, p.start)
	u, err := p.usage()
	if err != nil {
		return err
	}
	l.idle = append(l.idle, u.RSS)
	one, err := turn(p, b.world, s, 0)
	if err != nil {
		return err
	}
	l.big.slices = append(l.big.slices, one)
	if u, err = p.usage(); err == nil {
		l.loaded = append(l.loaded, u.RSS)
	}
	return err
}
