package guard

import (
	"bytes"
	"net/netip"
	"reflect"
	"strings"
	"testing"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/host/firewall"
	"github.com/wherrynet/wherry/host/route"
	"github.com/wherrynet/wherry/internal/codec"
)

// full is a wish with every field set.
var full = Wish{
	Tunnel: "wherry0", Inner: []netip.Prefix{netip.MustParsePrefix("10.77.0.2/32"), netip.MustParsePrefix("fd77::2/128")}, MTU: 1380,
	Endpoints: []netip.AddrPort{netip.MustParseAddrPort("45.10.0.9:40124"), netip.MustParseAddrPort("[2a0e:10::9]:40124")},
	Direct:    []netip.AddrPort{netip.MustParseAddrPort("45.30.0.1:443")}, DirectAny: true,
	Resolvers: []netip.AddrPort{netip.MustParseAddrPort("45.40.0.53:53")}, DNS: []netip.Addr{netip.MustParseAddr("10.77.0.1")},
	LAN: true, Forward: ForwardTunnel, Lockdown: true,
}

func TestWishTravelsWhole(t *testing.T) {
	v := reflect.ValueOf(full)
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			t.Errorf("the test does not set %s", v.Type().Field(i).Name)
		}
	}
	b, err := codec.Marshal(request{Seq: 1, Op: opApply, Wish: &full})
	if err != nil {
		t.Fatal(err)
	}
	q, err := decodeRequest(b)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(*q.Wish, full) {
		t.Errorf("%+v arrived as %+v", full, *q.Wish)
	}
}

// What is closed when nobody is left who wishes holds no way out.
func TestClosedWishHasNoWayOut(t *testing.T) {
	p := full.closed().policy(route.Surroundings{})
	p.LAN, p.Forward = false, ForwardBlock
	if want := firewall.Build(firewall.Policy{}).String(); firewall.Build(p).String() != want {
		t.Errorf("closed is:\n%s", firewall.Build(p))
	}
	if !full.closed().Lockdown || !full.closed().LAN {
		t.Error("settings went with the process")
	}
}

func TestRequestsAreWhole(t *testing.T) {
	for name, q := range map[string]request{
		"no number":           {Op: opState},
		"no kind":             {Seq: 1},
		"an unknown kind":     {Seq: 1, Op: opState + 1},
		"apply without wish":  {Seq: 1, Op: opApply},
		"release with a wish": {Seq: 1, Op: opRelease, Wish: &Wish{}},
		"tun without":         {Seq: 1, Op: opTUN},
		"mark with a tun":     {Seq: 1, Op: opMark, TUN: &tunRequest{}},
	} {
		b, err := codec.Marshal(q)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := decodeRequest(b); wherry.CodeOf(err) != wherry.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := decodeRequest(make([]byte, maxMessage+1)); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("a request without end: %v", err)
	}
}

// An error's text is another program's output at times: it is cut, and is text.
func TestFailureIsTextOfSomeLength(t *testing.T) {
	r := failure(7, wherry.Errorf(wherry.Conflict, "nmcli says \xff\xfe%s€", strings.Repeat("é", 600)))
	b, err := codec.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var back reply
	if err := codec.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if wherry.CodeOf(back.err()) != wherry.Conflict || back.Seq != 7 || len(back.Text) > 1100 {
		t.Errorf("arrived as %d %v", back.Seq, back.err())
	}
	if failure(1, nil).err() != nil {
		t.Error("no error arrived as one")
	}
}

// FuzzRequest: no bytes make the guard panic, and what it takes has one form and
// makes a policy that is refused or closes.
func FuzzRequest(f *testing.F) {
	for _, q := range []request{
		{Seq: 1, Op: opApply, Wish: &full},
		{Seq: 2, Op: opApply, Wish: &Wish{}},
		{Seq: 3, Op: opTUN, TUN: &tunRequest{Name: "wherry0", MTU: 1420, Inner: full.Inner}},
		{Seq: 4, Op: opMark},
		{Seq: 5, Op: opRelease},
		{Seq: 6, Op: opState},
	} {
		b, err := codec.Marshal(q)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	around := route.Surroundings{Links: []firewall.Link{{Name: "eth0", Prefixes: []netip.Prefix{netip.MustParsePrefix("192.168.7.0/24")}}}}
	f.Fuzz(func(t *testing.T, b []byte) {
		q, err := decodeRequest(b)
		if err != nil {
			return
		}
		again, err := codec.Marshal(q)
		if err != nil {
			t.Fatal(err)
		}
		back, err := decodeRequest(again)
		if err != nil {
			t.Fatalf("what was taken is refused when said again: %v", err)
		}
		third, err := codec.Marshal(back)
		if err != nil || !bytes.Equal(again, third) {
			t.Fatalf("two forms: %x and %x, %v", again, third, err)
		}
		if q.Wish == nil || q.Wish.check() != nil {
			return
		}
		p := q.Wish.policy(around)
		if p.Check() != nil {
			return
		}
		for _, c := range firewall.Build(p).Chains {
			for _, r := range c.Rules {
				if c.Hook == "output" && r.Do != firewall.Drop && len(r.Matches) == 0 {
					t.Fatalf("a rule lets everything out: %s", r)
				}
			}
		}
	})
}
