package main

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"sync"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
	"github.com/wherrynet/wherry/payment/hub"
)

const (
	providers = 64  // that hand in batches at once, over a connection each
	pool      = 256 // consumers of each; a batch takes the next of its part of them in turn
	chainA    = 11
	chainB    = 22
)

func newChains() (a, b *chaintest.Chain) {
	return chaintest.New(chaintest.Config{ChainID: chainA}), chaintest.New(chaintest.Config{ChainID: chainB})
}

// terms let everything through: bounds on money are not what is measured.
func terms() hub.Terms {
	most := wherry.Tokens(1 << 30)
	return hub.Terms{FeePPM: 10_000, MaxOpen: most, MaxOpenConsumer: most, MinPush: most}
}

func rules() channel.HubRules {
	t := terms()
	return channel.HubRules{FeePPM: t.FeePPM, MaxOpen: t.MaxOpen, MaxOpenConsumer: t.MaxOpenConsumer, PayoutLife: 12 * 3600}
}

func key(what string, numbers ...int) *identity.Key {
	s := sha256.Sum256(fmt.Append([]byte("wherry hub bench "+what), numbers))
	k, err := identity.KeyFromBytes(s[:])
	if err != nil {
		panic(err) // one in 2^128 is none
	}
	return k
}

func hubKey() *identity.Key { return key("hub") }

// world is who pays whom.
type world struct {
	hub       *identity.Key
	a, b      typed.Domain
	providers []*identity.Key
	consumers [][]*identity.Key // of each provider
}

func newWorld() *world {
	a, b := newChains()
	w := &world{hub: hubKey(), a: a.Params().Domain(), b: b.Params().Domain(), consumers: make([][]*identity.Key, providers)}
	for p := range providers {
		w.providers = append(w.providers, key("provider", p))
	}
	each(func(p int) {
		for c := range pool {
			w.consumers[p] = append(w.consumers[p], key("consumer", p, c))
		}
	})
	return w
}

// each does something for every provider, at once.
func each(do func(provider int)) {
	var wg sync.WaitGroup
	for p := range providers {
		wg.Go(func() { do(p) })
	}
	wg.Wait()
}

// stream is the requests of every provider, in order, ready to be written to a
// connection.
type stream struct {
	size     int
	requests [][][]byte
}

// batch is one of a stream's batches before it is encoded.
func (w *world) batch(provider, tick, size, pool int) (channel.Batch, error) {
	by := w.providers[provider]
	secret := func(tick int) wherry.Hash {
		return wherry.Hash(sha256.Sum256(binary.BigEndian.AppendUint64(by.Bytes(), uint64(tick))))
	}
	s := secret(tick)
	m := channel.Batch{
		Version: channel.Version, Hub: w.hub.Address(), Provider: by.Address(), ChainB: w.b.ChainID, ContractB: w.b.Contract,
		Tick: channel.TickID{Number: uint64(tick + 1)}, Hashlock: wherry.Keccak256(s[:]),
	}
	if tick > 0 {
		m.Reveals = []wherry.Hash{secret(tick - 1)}
	}
	price := wherry.Base(1_000_000_000_000_000) // a thousandth of a token
	for i := range size {
		n := tick*size + i
		c := n % pool
		seq := uint64(n/pool + 1)
		total, err := price.MulDiv(seq, 1)
		if err != nil {
			return m, err
		}
		k := w.consumers[provider][c]
		p := channel.SignedPromise{
			Consumer: k.Address(), A: w.a, Hub: m.Hub, Total: total, Hashlock: m.Hashlock,
			Order: typed.Order{
				Provider: m.Provider, ChainB: m.ChainB, ContractB: m.ContractB, Amount: price, Seq: seq,
				Session: wherry.SessionID(wherry.Keccak256(by.Bytes(), k.Bytes())),
			},
		}
		p.Sig = k.Sign(p.Digest())
		m.Items = append(m.Items, p.Item())
	}
	return m.Sign(by)
}

// newStream signs about so many promises in batches of a size, by so many consumers
// of each provider. A hub recovers a consumer's key once and checks against it from
// then on; the fewer consumers, the more a short turn is like a long day.
func (w *world) newStream(size, promises, pool int) (*stream, error) {
	s := &stream{size: size, requests: make([][][]byte, providers)}
	ticks := max(promises/size/providers, 2)
	errs := make([]error, providers)
	each(func(p int) {
		for t := range ticks {
			m, err := w.batch(p, t, size, pool)
			if err != nil {
				errs[p] = err
				return
			}
			r, err := request("/v1/pay", m)
			if err != nil {
				errs[p] = err
				return
			}
			s.requests[p] = append(s.requests[p], r)
		}
	})
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return s, nil
}

// request returns what is written to a connection to ask a hub.
func request(path string, message any) ([]byte, error) {
	body, err := codec.Marshal(message)
	if err != nil {
		return nil, err
	}
	head := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: hub\r\nAccept: application/cbor\r\nContent-Type: application/cbor\r\nContent-Length: %d\r\n\r\n", path, len(body))
	return append([]byte(head), body...), nil
}
