package link_test

import (
	"testing"

	"github.com/wherrynet/wherry/link"
)

// BenchmarkWire moves packets of a full internet path from one socket to another
// over loopback, in runs as a TCP sender makes them. MB/s are of payload;
// packets that the receiving socket drops are sent again by nobody and not
// counted.
func BenchmarkWire(b *testing.B) {
	x, y := run(b, link.Config{Key: key(1)}), run(b, link.Config{Key: key(2)})
	in, out := started(b, wire(b, y), 128), wire(b, x)
	packets := sequence(repeat(45, 1452)...)
	got := make(chan int, 1024)
	ctx := b.Context()
	go func() {
		for ctx.Err() == nil {
			n, err := in.read()
			if err != nil {
				return
			}
			got <- n
		}
	}()
	b.SetBytes(1452)
	b.ReportAllocs()
	b.ResetTimer()
	flying := 0
	for done := 0; done < b.N; {
		for flying < 900 { // what a socket buffer holds
			if err := out.WritePackets(packets, y.LocalAddr()); err != nil {
				b.Fatal(err)
			}
			flying += len(packets)
		}
		n := <-got
		done += n
		flying -= n
	}
}
