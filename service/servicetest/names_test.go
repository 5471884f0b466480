package servicetest

import (
	"bytes"
	"context"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/service/exit"
)

func TestNamesAreResolvedAtTheFarEnd(t *testing.T) {
	web, sum := page(t, "127.0.0.1", 1000)
	many := make([]netip.Addr, 14)
	for i := range many {
		many[i] = netip.AddrFrom4([4]byte{198, 41, 0, byte(i)})
	}
	zone := map[string][]netip.Addr{
		"page.test.":  {web.Addr()},
		"both.test.":  {netip.MustParseAddr("198.41.0.4"), netip.MustParseAddr("2001:503:ba3e::2:30")},
		"many.test.":  many,
		"empty.test.": {},
	}
	x, err := exit.New(exit.Config{Policy: exit.Policy{Allow: []netip.AddrPort{web}}, Resolver: Names(t, zone)})
	if err != nil {
		t.Fatal(err)
	}
	n := NewNetwork()
	c := NewConsumer(t, n, NewProvider(t, n, x), 0)

	t.Run("page by name", func(t *testing.T) {
		b := get(t, c.client(t), "http://page.test:"+port(web)+"/")
		if len(b) != 1000 || sum == [32]byte{} {
			t.Fatalf("got %d bytes", len(b))
		}
	})
	for name, want := range map[string][]netip.Addr{"both.test": zone["both.test."], "many.test": many} {
		t.Run(name, func(t *testing.T) {
			got, err := c.Lookup(t.Context(), name)
			if err != nil {
				t.Fatal(err)
			}
			slices.SortFunc(got, netip.Addr.Compare)
			if !slices.Equal(got, want) {
				t.Fatalf("got %v, want %v", got, want)
			}
		})
	}
	for name, want := range map[string]wherry.Code{
		"nowhere.test": wherry.NotFound,
		"empty.test":   wherry.NotFound,
		"printer.lan":  wherry.Unreachable,
		"localhost":    wherry.Unreachable,
		"bad..name":    wherry.Invalid,
		"":             wherry.Invalid,
	} {
		t.Run("refused "+name, func(t *testing.T) {
			if addrs, err := c.Lookup(t.Context(), name); wherry.CodeOf(err) != want {
				t.Fatalf("got %v, %v, want the code %s", addrs, err, want)
			}
		})
	}
}

func TestDatagramsBothWays(t *testing.T) {
	echo := Echo(t)
	n := NewNetwork()
	c := NewConsumer(t, n, NewProvider(t, n, NewExit(t, echo)), 0)
	u, err := c.Dial(t.Context(), "udp", echo)
	if err != nil {
		t.Fatal(err)
	}
	defer u.Close()
	for _, size := range []int{1, 100, 1392, 4000, 9000} { // the last two go in fragments
		want := bytes.Repeat([]byte{byte(size)}, size)
		_ = u.SetDeadline(time.Now().Add(5 * time.Second))
		if _, err := u.Write(want); err != nil {
			t.Fatal(err)
		}
		b := make([]byte, 64<<10)
		k, err := u.Read(b)
		if err != nil {
			t.Fatalf("%d bytes: %v", size, err)
		}
		if !bytes.Equal(b[:k], want) {
			t.Fatalf("%d bytes came back as %d others", size, k)
		}
	}
}

func TestDialEndsWithItsContext(t *testing.T) {
	n := NewNetwork()
	n.Drop = func(netip.AddrPort, netip.AddrPort, []byte) bool { return true }
	c := NewConsumer(t, n, NewProvider(t, n, NewExit(t)), 0)
	for _, to := range []string{"198.41.0.4:80", "some.test:80"} {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		_, err := c.DialContext(ctx, "tcp", to)
		cancel()
		if wherry.CodeOf(err) != wherry.Timeout {
			t.Fatalf("got %v, want a timeout", err)
		}
	}
}
