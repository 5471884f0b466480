package server

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/api"
)

// Bounds of the event stream.
const (
	maxReaders = 32               // at once
	maxBehind  = 16               // events that a reader may not have taken yet
	keepEvents = 64               // for readers that come back
	beatEvery  = 15 * time.Second // a comment, so that both ends notice a dead one
	eventWait  = 5 * time.Second  // for one event to be written
)

// event is one status with its place in the stream, ready to be sent.
type event struct {
	n    uint64
	data []byte // JSON
}

// events hands what the engine tells to all readers. A reader that falls behind
// is dropped: it comes back with the number of the last event that it has seen,
// and goes on from there.
type events struct {
	epoch string // tells the numbers of this process from those of another

	mu      sync.Mutex // guards the rest
	last    uint64     // number of the newest event
	kept    []event    // the newest last
	readers map[chan event]bool
	over    bool
}

func newEvents() *events {
	var b [6]byte
	_, _ = rand.Read(b[:]) // never fails
	return &events{epoch: hex.EncodeToString(b[:]), readers: map[chan event]bool{}}
}

// run takes what an engine tells, until it ends.
func (e *events) run(ctx context.Context, all iter.Seq[api.Status]) {
	for s := range all {
		b, err := json.Marshal(s.Fill())
		if err == nil {
			e.add(b)
		}
		if ctx.Err() != nil {
			break
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.over = true
	for r := range e.readers {
		close(r)
	}
	clear(e.readers)
}

func (e *events) add(data []byte) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.last++
	ev := event{e.last, data}
	e.kept = append(e.kept, ev)
	if len(e.kept) > keepEvents {
		e.kept = append([]event(nil), e.kept[len(e.kept)-keepEvents:]...)
	}
	for r := range e.readers {
		select {
		case r <- ev:
		default: // too slow
			delete(e.readers, r)
			close(r)
		}
	}
}

// join adds a reader. It returns what the reader has missed since the event that
// it names; without such an event, or where it is too long ago, the newest one.
func (e *events) join(lastSeen string) (missed []event, more chan event, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.over {
		return nil, nil, wherry.Errorf(wherry.Interrupted, "the daemon is stopping")
	}
	if len(e.readers) >= maxReaders {
		return nil, nil, wherry.Errorf(wherry.Busy, "%d programs follow the events already", len(e.readers))
	}
	more = make(chan event, maxBehind)
	e.readers[more] = true
	if len(e.kept) == 0 {
		return nil, more, nil
	}
	seen, ok := e.number(lastSeen)
	if !ok || seen > e.last || seen+1 < e.kept[0].n {
		return e.kept[len(e.kept)-1:], more, nil
	}
	return e.kept[len(e.kept)-int(e.last-seen):], more, nil
}

func (e *events) leave(r chan event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.readers[r] {
		delete(e.readers, r)
		close(r)
	}
}

// number reads the ID of an event of this process.
func (e *events) number(id string) (uint64, bool) {
	epoch, n, ok := strings.Cut(id, "-")
	if !ok || epoch != e.epoch {
		return 0, false
	}
	v, err := strconv.ParseUint(n, 10, 64)
	return v, err == nil
}

// send writes events until the reader, the request or the server is gone.
func (e *events) send(ctx context.Context, w http.ResponseWriter, missed []event, more chan event) {
	c := http.NewResponseController(w)
	put := func(text string) bool {
		_ = c.SetWriteDeadline(time.Now().Add(eventWait)) // a unix socket has deadlines
		_, err := io.WriteString(w, text)
		return err == nil && c.Flush() == nil
	}
	one := func(ev event) bool {
		return put(fmt.Sprintf("id: %s-%d\nevent: status\ndata: %s\n\n", e.epoch, ev.n, ev.data))
	}
	if !put("retry: 1000\n\n") {
		return
	}
	for _, ev := range missed {
		if !one(ev) {
			return
		}
	}
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case ev, ok := <-more:
			if !ok || !one(ev) {
				return
			}
		case <-beat.C:
			if !put(": still here\n\n") {
				return
			}
		}
	}
}
