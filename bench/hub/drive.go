package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
)

// slice is what one turn of a candidate has shown.
type slice struct {
	promises int // answered in elapsed, while all providers were at work
	elapsed  time.Duration
	all      int           // answered in the whole turn
	hub      time.Duration // CPU of the hub's process in the whole turn
	loader   time.Duration // CPU of this process
	waits    []time.Duration
	crypto   ceiling // of the moments around the turn; zero where it was not asked
}

func (s slice) rate() float64 { return float64(s.promises) / s.elapsed.Seconds() }

// perPromise returns the hub's CPU per promise in µs.
func (s slice) perPromise() float64 { return float64(s.hub.Nanoseconds()) / 1e3 / float64(s.all) }

// capacity returns how many promises a second the cores have the CPU for, the
// loader's included: what rate would be if nothing else ran and nobody ever waited.
func (s slice) capacity() float64 {
	return float64(runtime.GOMAXPROCS(0)) * float64(s.all) / (s.hub + s.loader).Seconds()
}

// turn sends a stream to a hub: as fast as it answers, or, with a rate, so many
// promises a second whatever it answers. Answers are checked afterwards.
func turn(p *process, w *world, s *stream, rate float64) (slice, error) {
	if err := w.bind(p.addr); err != nil {
		return slice{}, err
	}
	before, err := p.usage()
	if err != nil {
		return slice{}, err
	}
	mine := cpu()
	var (
		over     atomic.Bool
		promises atomic.Int64
		wg       sync.WaitGroup
		workers  = make([]worker, providers)
	)
	began := time.Now().Add(20 * time.Millisecond)
	var end time.Time
	var once sync.Once
	for i := range workers {
		v := &workers[i]
		wg.Go(func() {
			v.err = v.run(p.addr, s, i, began, rate, func() {
				if !over.Load() {
					promises.Add(int64(s.size))
				}
			})
			once.Do(func() { over.Store(true); end = time.Now() })
		})
	}
	wg.Wait()
	after, err := p.usage()
	out := slice{promises: int(promises.Load()), elapsed: end.Sub(began), hub: after.CPU - before.CPU, loader: cpu() - mine}
	for i := range workers {
		v := &workers[i]
		err = errors.Join(err, v.err, v.check(w))
		out.waits = append(out.waits, v.waits...)
		out.all += len(v.waits) * s.size
	}
	return out, err
}

// bind tells the hub where the providers are paid, as each of them does when it
// begins.
func (w *world) bind(addr string) error {
	c, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	in := bufio.NewReader(c)
	for _, k := range w.providers {
		r, err := request("/v1/bind", channel.Bind(k, k, w.b, 1).Request())
		if err != nil {
			return err
		}
		if _, err := c.Write(r); err != nil {
			return err
		}
		if _, err := readAnswer(in); err != nil {
			return fmt.Errorf("bind: %w", err)
		}
	}
	return nil
}

// worker is one provider's connection.
type worker struct {
	waits []time.Duration
	kept  [][]byte // some of the answers
	err   error
}

// keepEvery is how many answers there are to one that is decoded and verified.
const keepEvery = 37

func (v *worker) run(addr string, s *stream, provider int, began time.Time, rate float64, answered func()) error {
	c, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	in := bufio.NewReaderSize(c, 16<<10)
	v.waits = make([]time.Duration, 0, len(s.requests[provider]))
	time.Sleep(time.Until(began))
	for i, r := range s.requests[provider] {
		from := time.Now()
		if rate > 0 {
			from = began.Add(time.Duration(float64(i*providers+provider) * float64(s.size) / rate * 1e9))
			time.Sleep(time.Until(from))
		}
		if _, err := c.Write(r); err != nil {
			return err
		}
		body, err := readAnswer(in)
		if err != nil {
			return fmt.Errorf("batch %d of provider %d: %w", i, provider, err)
		}
		v.waits = append(v.waits, time.Since(from))
		answered()
		if i%keepEvery == 0 || i == len(s.requests[provider])-1 {
			v.kept = append(v.kept, body)
		}
	}
	return nil
}

// readAnswer reads one answer of HTTP/1.1 with a length. It is all that this
// loader needs, and costs the cores that it shares with the hub little.
func readAnswer(in *bufio.Reader) ([]byte, error) {
	length, first := -1, true
	for {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return nil, err
		}
		line = bytes.TrimRight(line, "\r\n")
		switch {
		case first:
			if first = false; !bytes.HasPrefix(line, []byte("HTTP/1.1 200")) {
				return nil, fmt.Errorf("the hub answers %q", line)
			}
		case len(line) == 0:
			if length < 0 {
				return nil, errors.New("an answer without a length")
			}
			body := make([]byte, length)
			_, err := io.ReadFull(in, body)
			return body, err
		case bytes.HasPrefix(line, []byte("Content-Length: ")):
			if length, err = strconv.Atoi(string(line[16:])); err != nil {
				return nil, err
			}
		}
	}
}

// check verifies the answers that were kept: both payouts are signed by the hub,
// and nothing is refused.
func (v *worker) check(w *world) error {
	for i, raw := range v.kept {
		var a channel.Answer
		if err := codec.Unmarshal(raw, &a); err != nil {
			return err
		}
		if len(a.Refused) > 0 {
			return fmt.Errorf("refused: %s", a.Refused[0])
		}
		if err := a.Locked.Verify(w.hub.Address(), w.b); err != nil {
			return err
		}
		if i == 0 {
			continue // nothing is revealed yet
		}
		if err := a.Unlocked.Verify(w.hub.Address(), w.b); err != nil {
			return err
		}
	}
	return nil
}

// quantile returns the value below which a part of all lies.
func quantile[T ~int64 | ~float64](all []T, part float64) T {
	if len(all) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(all))
	return s[min(int(part*float64(len(s))), len(s)-1)]
}
