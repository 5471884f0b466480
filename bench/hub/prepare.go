package main

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
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
}

// prepare fills a folder with the journal of a hub that has so many channels:
// those under load, which have not paid yet, and others, which have. With a tail,
// the journal is a snapshot and so many bytes of records behind it, paid by the
// others once more.
func (w *world) prepare(dir, kind string, channels int, tail int64) (err error) {
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
	if tail > 0 {
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
	if tail > 0 {
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

// people binds the providers and gives all who are under load a deposit.
func (s *shelf) people(put func(channel.HubEvent) error) error {
	for p, k := range append([]*identity.Key{s.idle}, s.w.providers...) {
		e, _, err := s.book.Bind(channel.Bind(k, k, s.w.b, 1).Request())
		if err == nil {
			err = put(e)
		}
		if err != nil || p == 0 {
			if err != nil {
				return err
			}
			continue
		}
		for _, c := range s.w.consumers[p-1] {
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
	made := func(what string, n int) wherry.Hash {
		return wherry.Keccak256([]byte(what), binary.BigEndian.AppendUint64(nil, uint64(n)))
	}
	price := wherry.Base(1_000_000_000_000_000)
	for n := 0; n < channels+channel.MaxBatch; n += channel.MaxBatch {
		var b channel.Batch
		if n < channels {
			lock := secret(s.tick + 1)
			b.Hashlock = wherry.Keccak256(lock[:])
		}
		b.Version, b.Hub, b.Provider, b.ChainB, b.ContractB = channel.Version, s.w.hub.Address(), s.idle.Address(), chainB, s.w.b.Contract
		b.Tick.Number = s.tick + 1
		if s.tick > 0 {
			b.Reveals = []wherry.Hash{secret(s.tick)}
		}
		s.tick++
		for i := n; i < min(n+channel.MaxBatch, channels); i++ {
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
		signed := make([]bool, len(b.Items))
		for i := range signed {
			signed[i] = true
		}
		e, answer, err := s.book.Pay(b, made("request", int(s.tick)), signed, s.now, rules())
		if err == nil && len(answer.Refused) > 0 {
			err = errors.New(answer.Refused[0].String())
		}
		if err == nil {
			err = put(e)
		}
		if err != nil {
			return err
		}
	}
	return nil
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
