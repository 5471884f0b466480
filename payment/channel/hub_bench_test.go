package channel

import (
	"encoding/binary"
	"fmt"
	"testing"

	"github.com/wherrynet/wherry"
)

// BenchmarkBook is what the book alone takes for a promise: each batch shows the
// preimage of the one before, and the same consumers pay again and again.
func BenchmarkBook(b *testing.B) {
	for _, size := range []int{1, 64} {
		b.Run(fmt.Sprint("batch=", size), func(b *testing.B) {
			d := newHubDesk(b)
			d.check = false
			d.rules.MaxOpen, d.rules.MaxOpenConsumer = wherry.Tokens(1), wherry.Tokens(1)
			signed := make([]bool, size)
			for i := range signed {
				signed[i] = true
				d.deposit(fmt.Sprint("many ", i), 1<<40)
			}
			secret := func(tick int) wherry.Hash {
				return wherry.Keccak256(binary.BigEndian.AppendUint64(nil, uint64(tick)))
			}
			batches := make([]Batch, b.N/size+1)
			for n := range batches {
				lock := secret(n)
				m := Batch{
					Version: 1, Hub: hubSelf, Provider: hubAccount("p"), ChainB: 2, ContractB: hubDomainB.Contract,
					Tick: TickID{Number: uint64(n + 1)}, Hashlock: wherry.Keccak256(lock[:]),
				}
				if n > 0 {
					m.Reveals = []wherry.Hash{secret(n - 1)}
				}
				for i := range size {
					m.Items = append(m.Items, Item{
						Consumer: hubAccount(fmt.Sprint("many ", i)), ChainA: 1, Total: wherry.Base(10 * uint64(n+1)), Amount: wherry.Base(10),
						Seq: uint64(n + 1), Session: wherry.SessionID{byte(i)},
					})
				}
				batches[n] = m
			}
			b.ResetTimer()
			for n, m := range batches {
				_, a, err := d.hub.Pay(m, wherry.Hash{byte(n), byte(n >> 8), 1}, signed, d.clock, d.rules)
				if err != nil || len(a.Refused) > 0 {
					b.Fatal(a.Refused, err)
				}
			}
		})
	}
}
