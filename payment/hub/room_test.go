package hub

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/hub/client"
)

func TestRoomIsBoundedByRequestsAndBytes(t *testing.T) {
	now := time.Unix(1000, 0)
	r := room{requests: 3, bytes: 100}
	for _, step := range []struct {
		bytes int64
		ok    bool
	}{{60, true}, {60, false}, {40, true}, {1, false}, {0, true}, {0, false}} {
		if _, ok := r.enter(step.bytes, now); ok != step.ok {
			t.Fatalf("%d bytes: let in %v", step.bytes, ok)
		}
	}
	r.leave(60, now, now)
	if _, ok := r.enter(60, now); !ok {
		t.Fatal("room that was left is not used again")
	}
	big := room{requests: 3, bytes: 100}
	if _, ok := big.enter(1000, now); !ok {
		t.Error("a request larger than the room is never let in")
	}
}

func TestWhenToComeBackFollowsWhatIsInHand(t *testing.T) {
	now := time.Unix(1000, 0)
	r := room{requests: 2, bytes: 1 << 20}
	fill := func() {
		r.enter(1, now)
		r.enter(1, now)
	}
	fill()
	if after, ok := r.enter(1, now); ok || after != soonest {
		t.Fatalf("%v, %s", ok, after)
	}
	for range 50 { // requests take two seconds each
		then := now
		now = now.Add(2 * time.Second)
		r.leave(1, then, now)
		r.leave(1, then, now)
		fill()
	}
	if after, _ := r.enter(1, now); after < 1900*time.Millisecond || after > 2100*time.Millisecond {
		t.Errorf("requests take 2s, and who comes is sent away for %s", after)
	}
	now = now.Add(7 * time.Second) // the disk hangs
	if after, _ := r.enter(1, now); after != 7*time.Second {
		t.Errorf("nobody has left for 7s, and who comes is sent away for %s", after)
	}
	now = now.Add(time.Hour)
	if after, _ := r.enter(1, now); after != latest {
		t.Errorf("sent away for %s", after)
	}
}

// One provider, and whoever sends in its name, leaves the others their places, and
// itself the part that strangers cannot have.
func TestOneProviderDoesNotFillTheRoom(t *testing.T) {
	now := time.Unix(1000, 0)
	r := room{requests: 16 * 16, bytes: 1 << 20}
	a, b := wherry.Address{1}, wherry.Address{2}
	yes, no := func() bool { return true }, func() bool { return false }
	seats := func(who wherry.Address, own func() bool) (n int) {
		for range 100 {
			if _, ok := r.seat(who, own, now); ok {
				n++
			}
		}
		return n
	}
	if n := seats(a, no); n != 4 {
		t.Errorf("strangers have %d places of a provider's 16", n)
	}
	if n := seats(a, yes); n != 12 {
		t.Errorf("the provider has %d of the other 12", n)
	}
	if n := seats(b, yes); n != 16 {
		t.Errorf("another provider has %d places", n)
	}
	for range 16 {
		r.rise(a)
		r.rise(b)
	}
	if len(r.by) != 0 {
		t.Errorf("%d providers are remembered who have nothing in hand", len(r.by))
	}
}

func TestFullHubSaysWhenToComeBack(t *testing.T) {
	w := newWorld(t, 0, func(c *Config) { c.MaxRequests = 1 })
	w.hub.room.enter(1, time.Now())
	resp, err := http.Get(w.server.URL + "/v1/health")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); resp.StatusCode != http.StatusTooManyRequests || err != nil || s < 1 {
		t.Fatalf("status %d, %v", resp.StatusCode, resp.Header)
	}
	var later channel.Later
	if err := w.client.Health(context.Background()); !errors.As(err, &later) || wherry.CodeOf(err) != wherry.Busy ||
		later.After < soonest || later.After > 2*latest {
		t.Fatalf("%v", err)
	}
	w.hub.room.leave(1, time.Now(), time.Now())
	if err := w.client.Health(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func TestHubReadsOnlySoManyRequestsAtOnce(t *testing.T) {
	w := newWorld(t, 0, func(c *Config) { c.MaxRequests = 1 })
	for range cap(w.hub.reading) {
		w.hub.reading <- struct{}{}
	}
	if status, _ := w.raw("/v1/pay", []byte{0xa0}); status != http.StatusTooManyRequests {
		t.Fatalf("status %d", status)
	}
	<-w.hub.reading
	if status, _ := w.raw("/v1/pay", []byte{0xa0}); status == http.StatusTooManyRequests {
		t.Fatal("what is read no more counts")
	}
}

func TestLargestBatchIsLetIn(t *testing.T) {
	most := wherry.MaxOnChain
	b := channel.Batch{Version: 1, ChainB: 1 << 63, Reveals: make([]wherry.Hash, channel.MaxReveals)}
	for range channel.MaxBatch {
		b.Items = append(b.Items, channel.Item{ChainA: 1 << 63, Total: most, Amount: most, Seq: 1 << 63})
	}
	raw, err := codec.Marshal(b)
	if err != nil || len(raw) > maxBody {
		t.Errorf("a batch of the largest size has %d bytes, %d are allowed, %v", len(raw), maxBody, err)
	}
}

// Far more comes than the hub has room for. Whoever is let in is answered soon,
// whoever is not comes back when it is told to, with the same bytes; in the end
// all are answered, and nothing that was is lost in a restart.
func TestOverload(t *testing.T) {
	w := newWorld(t, 0, func(c *Config) { c.MaxRequests = 4 })
	const providers = 24
	var all []*provider
	var batches [][]byte
	for i := range providers {
		p, c := w.provider(fmt.Sprint("p", i)), w.consumer(fmt.Sprint("c", i), "5")
		all, batches = append(all, p), append(batches, p.batch(1, nil, c.order(p, 1, "0.1")))
	}
	var (
		mu      sync.Mutex
		away    int
		slowest time.Duration
		given   = make([]channel.Answer, providers)
		wg      sync.WaitGroup
	)
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for i := range all {
		wg.Go(func() {
			for ctx.Err() == nil {
				began := time.Now()
				a, err := w.client.Pay(ctx, batches[i])
				mu.Lock()
				if err == nil {
					slowest = max(slowest, time.Since(began))
					given[i] = a
					mu.Unlock()
					return
				}
				away++
				mu.Unlock()
				var later channel.Later
				if !errors.As(err, &later) {
					t.Errorf("provider %d: %v", i, err)
					return
				}
				time.Sleep(later.After)
			}
		})
	}
	// Meanwhile somebody sends rubbish in the first one's name.
	rubbish := channel.Batch{Version: 1, Hub: w.key.Address(), Provider: all[0].key.Address(), ChainB: w.b.Params().ID}
	raw, err := codec.Marshal(rubbish)
	if err != nil {
		t.Fatal(err)
	}
	for range 8 {
		wg.Go(func() {
			for range 20 {
				resp, err := http.Post(w.server.URL+"/v1/pay", client.ContentType, bytes.NewReader(raw))
				if err == nil {
					_ = resp.Body.Close()
				}
			}
		})
	}
	wg.Wait()
	if ctx.Err() != nil {
		t.Fatal("not everybody was answered")
	}
	if slowest > 5*time.Second {
		t.Errorf("one that was let in took %s", slowest)
	}
	t.Logf("%d sent away, the slowest answer took %s", away, slowest)
	w.restart()
	for i, p := range all {
		if given[i].Locked.IsZero() {
			t.Fatalf("provider %d has nothing", i)
		}
		p.check(given[i])
		if again := p.pay(batches[i]); again.Locked != given[i].Locked {
			t.Errorf("provider %d: %+v, then %+v", i, given[i].Locked, again.Locked)
		}
	}
}
