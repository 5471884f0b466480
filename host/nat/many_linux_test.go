package nat

import (
	"bytes"
	"net/netip"
	"os/exec"
	"testing"
)

// A host with as many networks as are looked at keeps its exit.
func TestManyNetworksAreOneTransaction(t *testing.T) {
	newWorld(t)
	p := strict()
	for i := range 4096 {
		p.Local = append(p.Local, netip.PrefixFrom(netip.AddrFrom4([4]byte{45, byte(i >> 7), byte(i << 1), 0}), 24))
	}
	r, err := p.Rules()
	if err != nil {
		t.Fatal(err)
	}
	if err := Apply(r); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "nft", "list", "set", "inet", Table, "local4").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, n := range p.Local {
		if n.Addr().Is4() && !bytes.Contains(out, []byte(n.String())) {
			t.Fatalf("%s is not closed", n)
		}
	}
}
