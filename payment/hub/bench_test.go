package hub

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/chain/chaintest"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
)

// BenchmarkHub measures durable promises per second through the whole engine,
// the journal on disk, for batches of 1, 16 and 64: decode, check, journal,
// sync, sign, encode. Every batch shows the preimage of the one before, as in
// real life, so that two payouts are signed. Over HTTP the loader runs in the
// same process, and its CPU counts.
//
// CPU is what the process used, in µs per promise.
func BenchmarkHub(b *testing.B) {
	for _, transport := range []string{"engine", "http"} {
		for _, size := range []int{1, 16, 64} {
			b.Run(fmt.Sprintf("%s/batch=%d", transport, size), func(b *testing.B) {
				benchmarkHub(b, transport, size)
			})
		}
	}
}

// benchProviders is how many providers pay at once.
const benchProviders = 64

func benchmarkHub(b *testing.B, transport string, size int) {
	a, c := chaintest.New(chaintest.Config{ChainID: 11}), chaintest.New(chaintest.Config{ChainID: 22})
	key := testKey("hub")
	h, err := Open(Config{
		Key: key, Chains: []chain.Chain{a, c}, Dir: b.TempDir(),
		Terms: Terms{FeePPM: 10_000, MaxOpen: wherry.Tokens(1 << 40), MaxOpenConsumer: wherry.Tokens(1 << 40)},
	})
	if err != nil {
		b.Fatal(err)
	}
	defer h.Close()
	now := time.Now()
	h.mu.Lock()
	for _, id := range []uint64{11, 22} {
		h.clock[id], h.heard[id] = uint64(now.Unix()), now.Add(time.Hour)
	}
	batches := benchBatches(b, h, key, a, c, size, b.N/size+1)
	h.mu.Unlock()

	send := func(body []byte) (channel.Answer, error) { return h.Pay(body) }
	if transport == "http" {
		server := httptest.NewServer(h.Handler())
		defer server.Close()
		http := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: benchProviders}}
		send = func(body []byte) (channel.Answer, error) {
			var out channel.Answer
			resp, err := http.Post(server.URL+"/v1/pay", "application/cbor", bytes.NewReader(body))
			if err != nil {
				return out, err
			}
			defer resp.Body.Close()
			raw, err := io.ReadAll(resp.Body)
			if err != nil {
				return out, err
			}
			return out, codec.Unmarshal(raw, &out)
		}
	}
	var done atomic.Int64
	var wg sync.WaitGroup
	runtime.GC()
	before := cpu()
	b.ResetTimer()
	for _, mine := range batches {
		wg.Go(func() {
			for _, body := range mine {
				out, err := send(body)
				if err != nil || len(out.Refused) > 0 {
					b.Errorf("%v %v", out.Refused, err)
					return
				}
				done.Add(int64(size))
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	n := float64(done.Load())
	b.ReportMetric(n/b.Elapsed().Seconds(), "promises/s")
	b.ReportMetric(float64((cpu()-before).Microseconds())/n, "cpu-µs/promise")
	b.ReportMetric(0, "ns/op")
}

func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// benchBatches makes the batches of all providers beforehand; each consumer has
// one session with one provider.
func benchBatches(b *testing.B, h *Hub, key *identity.Key, a, c *chaintest.Chain, size, count int) [][][]byte {
	b.Helper()
	providers := min(benchProviders, count)
	ticks := (count + providers - 1) / providers
	out := make([][][]byte, providers)
	var wg sync.WaitGroup
	for p := range providers {
		provider := testKey(fmt.Sprint("bench provider ", p))
		r := channel.Bind(provider, provider, c.Params().Domain(), 1).Request()
		if _, _, err := h.book.Bind(r); err != nil {
			b.Fatal(err)
		}
		consumers := make([]*identity.Key, size)
		for i := range consumers {
			consumers[i] = testKey(fmt.Sprint("bench consumer ", p, i))
			h.book.SetIn(channel.HubIn{
				ID: channel.InID{Chain: 11, Consumer: consumers[i].Address()}, Deposited: wherry.Tokens(1_000_000),
			})
		}
		wg.Go(func() { out[p] = benchTicks(b, key, provider, consumers, a, c, ticks) })
	}
	wg.Wait()
	return out
}

func benchTicks(b *testing.B, hub, provider *identity.Key, consumers []*identity.Key, a, c *chaintest.Chain, ticks int) [][]byte {
	secret := func(tick int) wherry.Hash {
		return wherry.Hash(sha256.Sum256(binary.BigEndian.AppendUint64(provider.Bytes(), uint64(tick))))
	}
	out := make([][]byte, ticks)
	for t := range ticks {
		s := secret(t)
		m := channel.Batch{
			Version: 1, Hub: hub.Address(), Provider: provider.Address(), ChainB: 22, ContractB: c.Params().Contract,
			Tick: channel.TickID{Number: uint64(t + 1)}, Hashlock: wherry.Keccak256(s[:]),
		}
		if t > 0 {
			m.Reveals = []wherry.Hash{secret(t - 1)}
		}
		for i, k := range consumers {
			total, _ := wherry.Base(1_000_000).MulDiv(uint64(t+1), 1)
			p := channel.SignedPromise{
				Consumer: k.Address(), A: a.Params().Domain(), Hub: hub.Address(), Total: total, Hashlock: m.Hashlock,
				Order: typed.Order{
					Provider: provider.Address(), ChainB: 22, ContractB: c.Params().Contract, Amount: wherry.Base(1_000_000),
					Seq: uint64(t + 1), Session: wherry.SessionID{byte(i), byte(i >> 8), 1},
				},
			}
			p.Sig = k.Sign(p.Digest())
			m.Items = append(m.Items, p.Item())
		}
		raw, err := codec.Marshal(m)
		if err != nil {
			b.Error(err)
		}
		out[t] = raw
	}
	return out
}

// BenchmarkCrypto is the ceiling: what a promise costs in checking and signing
// alone, with one payout signature for 64 promises and with two for each.
func BenchmarkCrypto(b *testing.B) {
	k := testKey("c")
	p := channel.SignedPromise{Consumer: k.Address(), A: typed.Domain{ChainID: 11}, Total: wherry.Base(5)}
	p.Sig = k.Sign(p.Digest())
	var keys keyCache
	keys.verify(p)
	payout := typed.Payout{Payee: k.Address(), Total: wherry.Base(5), Expiry: 1}
	b.Run("verify", func(b *testing.B) {
		before := cpu()
		for b.Loop() {
			if !keys.verify(p) {
				b.Fatal("not verified")
			}
		}
		b.ReportMetric(float64((cpu()-before).Nanoseconds())/1e3/float64(b.N), "cpu-µs/op")
	})
	b.Run("sign", func(b *testing.B) {
		before := cpu()
		for b.Loop() {
			k.Sign(payout.Digest(p.A))
		}
		b.ReportMetric(float64((cpu()-before).Nanoseconds())/1e3/float64(b.N), "cpu-µs/op")
	})
}
