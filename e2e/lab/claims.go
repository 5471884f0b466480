package lab

import (
	"fmt"
	"io"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
)

// Claim is one thing that the suite proves on captured packets.
type Claim struct {
	Test    string
	What    string
	Outside int // packets that were seen where none may be
	Control int // packets that the same eyes saw when nothing held them back
}

var claims struct {
	sync.Mutex
	all []Claim
}

// Proved notes a claim for the table at the end of the run, and fails the test
// where it does not hold, or where its control shows that nobody was looking.
func (l *Lab) Proved(what string, outside []Packet, control int) {
	l.t.Helper()
	claims.Lock()
	claims.all = append(claims.all, Claim{l.t.Name(), what, len(outside), control})
	claims.Unlock()
	if len(outside) > 0 {
		l.t.Errorf("%s: %d packets outside:\n%s", what, len(outside), Summary(outside))
	}
	if control == 0 {
		l.t.Errorf("%s: the control saw nothing, so the claim is not proved", what)
	}
}

// Summary says what packets there are, each kind once.
func Summary(all []Packet) string {
	kinds := map[string]int{}
	for _, p := range all {
		p.Length = 0
		if p.Src.Port() > 32000 { // one of many that the kernel has chosen
			p.Src = netip.AddrPortFrom(p.Src.Addr(), 0)
		}
		kinds[p.String()]++
	}
	var lines []string
	for k, n := range kinds {
		lines = append(lines, fmt.Sprintf("  %6d × %s", n, k))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// WriteClaims writes the table of everything that was proved in this process.
func WriteClaims(w io.Writer) {
	claims.Lock()
	defer claims.Unlock()
	if len(claims.all) == 0 {
		return
	}
	slices.SortFunc(claims.all, func(a, b Claim) int { return strings.Compare(a.Test, b.Test) })
	tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tab, "claim\toutside\tcontrol\ttest")
	for _, c := range claims.all {
		fmt.Fprintf(tab, "%s\t%d\t%d\t%s\n", c.What, c.Outside, c.Control, c.Test)
	}
	_ = tab.Flush() // standard output is gone when it fails
}
