package main

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/journal"
)

// shelf is a hub's book and journal in the making.
type shelf struct {
	w    *world
	book *channel.Hub
	log  journal.Log
	now  channel.Clock
	idle *identity.Key // the provider of channels that are not under load
	tick uint64

	requests int
}

// prepare fills a folder with the journal of a hub that has so many channels:
// those under load, which have not paid yet, and others, which have. With a tail,
// the journal is a snapshot and so many bytes of records behind it, paid by the
// others once more; or a snapshot in which each of these has an order open.
func (w *world) prepare(dir, kind string, channels int, tail int64, open bool) (err error) {
	never := func([]byte) error { return errors.New("the folder is not empty") }
	log, _, err := journals[kind](dir)(never, never)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	now := uint64(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Unix())
	s := &shelf{
		w: w, book: channel.NewHub(w.hub.Address(), []typed.Domain{w.a, w.b}), log: log,
		now: channel.Clock{chainA: now, chainB: now}, idle: key("idle provider"),
	}
	put := s.record
	if tail > 0 || open {
		put = func(channel.HubEvent) error { return nil } // a snapshot will have it
	}
	if err := s.record(s.book.Opened()); err != nil {
		return err
	}
	if err := s.people(put); err != nil {
		return err
	}
	others := max(channels-providers*pool, 0)
	if err := s.pay(others, 0, put); err != nil {
		return err
	}
	if open {
		if err := s.order(others); err != nil {
			return err
		}
	}
	if tail > 0 || open {
		if err := log.Snapshot(log.Last(), s.book.Save); err != nil {
			return err
		}
		for round := 1; log.SinceSnapshot() < tail; round++ {
			const piece = 50_000
			if err := s.pay(min(piece, others), round*piece, s.record); err != nil {
				return err
			}
			if err := log.Commit(log.Last()); err != nil {
				return err
			}
		}
	}
	return log.Commit(log.Last())
}

func (s *shelf) record(e channel.HubEvent) error {
	if e == (channel.HubEvent{}) {
		return nil
	}
	b, err := codec.Marshal(e)
	if err == nil {
		_, err = s.log.Append(b)
	}
	return err
}

// people gives all who are under load a deposit.
func (s *shelf) people(put func(channel.HubEvent) error) error {
	if _, _, err := s.book.Bind(channel.Bind(s.idle, s.idle, s.w.b, 1).Request()); err != nil {
		return err
	}
	for _, all := range s.w.consumers {
		for _, c := range all {
			if err := put(s.deposit(c.Address())); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *shelf) deposit(who wherry.Address) channel.HubEvent {
	return s.book.SetIn(channel.HubIn{ID: channel.InID{Chain: chainA, Consumer: who}, Deposited: wherry.Tokens(100)})
}

// pay lets so many channels pay an order each, beginning with number from, and
// shows the preimages. Nobody reads the signatures of these again, so that they
// are only made up.
func (s *shelf) pay(channels, from int, put func(channel.HubEvent) error) error {
	secret := func(tick uint64) wherry.Hash {
		return wherry.Keccak256([]byte("idle"), binary.BigEndian.AppendUint64(nil, tick))
	}
	for n := 0; n < channels+channel.MaxBatch; n += channel.MaxBatch {
		b := s.batch()
		if n < channels {
			lock := secret(s.tick + 1)
			b.Hashlock = wherry.Keccak256(lock[:])
		}
		if s.tick > 0 {
			b.Reveals = []wherry.Hash{secret(s.tick)}
		}
		s.tick++
		if err := s.hand(b, n, min(n+channel.MaxBatch, channels), from, put); err != nil {
			return err
		}
	}
	return nil
}

// order leaves an order open in each of so many channels: as many to a tick as may
// join one.
func (s *shelf) order(channels int) error {
	const ofTick = 64 * channel.MaxBatch
	for n := 0; n < channels; n += channel.MaxBatch {
		b := s.batch()
		b.Hashlock = made("open", n/ofTick)
		if err := s.hand(b, n, min(n+channel.MaxBatch, channels), 0, func(channel.HubEvent) error { return nil }); err != nil {
			return err
		}
	}
	return nil
}

func made(what string, n int) wherry.Hash {
	return wherry.Keccak256([]byte(what), binary.BigEndian.AppendUint64(nil, uint64(n)))
}

func (s *shelf) batch() channel.Batch {
	return channel.Batch{
		Version: channel.Version, Hub: s.w.hub.Address(), Provider: s.idle.Address(), ChainB: chainB, ContractB: s.w.b.Contract,
		Tick: channel.TickID{Number: s.tick + 1},
	}
}

// hand hands in a batch with an order of each of some channels.
func (s *shelf) hand(b channel.Batch, n, end, from int, put func(channel.HubEvent) error) error {
	price := wherry.Base(1_000_000_000_000_000)
	for i := n; i < end; i++ {
		who, session := made("who", i+from), made("session", i+from)
		id := channel.InID{Chain: chainA, Consumer: wherry.Address(who[12:])}
		if !s.book.Known(id) {
			if err := put(s.deposit(id.Consumer)); err != nil {
				return err
			}
		}
		a, err := s.book.Account(id)
		if err != nil {
			return err
		}
		total, err := a.Spent.Add(price)
		if err != nil {
			return err
		}
		it := channel.Item{Consumer: id.Consumer, ChainA: chainA, Total: total, Amount: price, Seq: a.NextSeq, Session: wherry.SessionID(session)}
		copy(it.Sig[:32], who[:])
		copy(it.Sig[32:], session[:])
		b.Items = append(b.Items, it)
	}
	signed := slices.Repeat([]bool{true}, len(b.Items))
	s.requests++
	e, answer, err := s.book.Pay(b, made("request", s.requests), signed, s.now, rules())
	if err == nil && len(answer.Refused) > 0 {
		err = errors.New(answer.Refused[0].String())
	}
	if err != nil {
		return err
	}
	return put(e)
}

// copyJournal makes a folder that a hub may go on with, and leaves the one that
// was prepared as it is: what only grows is copied, the rest shared.
func copyJournal(from, to string) error {
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	files, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, f := range files {
		src, dst := filepath.Join(from, f.Name()), filepath.Join(to, f.Name())
		switch {
		case strings.HasSuffix(f.Name(), ".snap"):
			err = os.Link(src, dst)
		case f.Name() == "lock" || strings.HasSuffix(f.Name(), ".lock"):
		default:
			var b []byte
			if b, err = os.ReadFile(src); err == nil {
				err = os.WriteFile(dst, b, 0o600)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}
