package stream

import (
	"bytes"
	"context"
	"errors"
	"time"

	"github.com/wherrynet/wherry"
)

// errTaken says that another message stands at the place: this writer's turn is
// over.
var errTaken = errors.New("another writer has taken over")

// errNobodyThere says that a message reached no server that could have stored it:
// none leads.
var errNobodyThere = errors.New("no server leads the stream")

// servers is what is asked of the cluster. conn is the real one.
type servers interface {
	publish(ctx context.Context, subject string, data []byte, place uint64) (uint64, error)
	// span returns the first and the newest sequence, as the leader knows them.
	span(ctx context.Context) (first, last uint64, err error)
	ask(ctx context.Context, seq uint64, subject string) (*stored, error)
	fetch(ctx context.Context, name string, from uint64, filter string) ([]stored, error)
	chunk(ctx context.Context, subject string, data []byte) (uint64, error)
	purge(ctx context.Context, name string, before uint64) error
	call()             // says that a writer is there; nothing is stored
	called() time.Time // when a writer's call was heard last
	room() int         // bytes that fit into one message
	close()
}

// put sees to it that data stands at a place, or says why it never will. It
// sends the same bytes for the same place as long as nothing plain is known, so
// that they are there once at most. Its errors: errTaken is final for the
// writer. A Damage says that the stream has lost what it had. Anything else
// leaves open whether data is there. It returns when it asked last with success,
// or the zero time when it knows by reading.
func put(ctx context.Context, s servers, stream, subject string, data []byte, place uint64, patience time.Duration) (time.Time, error) {
	until := time.Now().Add(patience)
	var unclear error
	for wait := 2 * time.Millisecond; ; wait = min(2*wait, 200*time.Millisecond) {
		sent := time.Now()
		at, err := s.publish(ctx, subject, data, place)
		if err == nil && at == place {
			return sent, nil
		}
		if err == nil {
			return sent, damaged(stream, at, "a message for place %d was put here", place)
		}
		unclear = err
		there, rerr := false, error(nil)
		if !errors.Is(err, errNobodyThere) { // else it is nowhere, and nobody could be asked
			there, rerr = standing(ctx, s, stream, place, data)
		}
		switch {
		case rerr == nil && there:
			return time.Time{}, nil
		case rerr == nil: // not there: the same again
		case errors.Is(rerr, errTaken):
			return sent, rerr
		default:
			unclear = rerr
		}
		switch d := (*Damage)(nil); {
		case ctx.Err() != nil:
			return sent, wherry.Errorf(wherry.Interrupted, "journal %s: %w", stream, ctx.Err())
		case time.Now().Add(wait).Before(until):
		case errors.As(unclear, &d):
			return sent, unclear
		default:
			return sent, wherry.Errorf(wherry.Unreachable, "journal %s: nothing was stored within %s: %w", stream, patience, unclear)
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

// standing reports whether data stands at a place. A leader that was just
// elected may know less than the one before, so less than what was acknowledged
// is an error that is worth asking again for a while.
func standing(ctx context.Context, s servers, stream string, place uint64, data []byte) (bool, error) {
	first, last, err := s.span(ctx)
	switch {
	case err != nil:
		return false, err
	case last+1 < place:
		return false, damaged(stream, last, "messages up to %d were stored, and are gone", place-1)
	case last < place:
		return false, nil
	case first > place: // others went on for long
		return false, errTaken
	}
	m, err := s.ask(ctx, place, "")
	switch {
	case err != nil:
		return false, err
	case m == nil: // this leader does not have it yet
		return false, wherry.Errorf(wherry.Unreachable, "journal %s: message %d cannot be read", stream, place)
	case !bytes.Equal(m.data, data):
		return false, errTaken
	}
	return true, nil
}
