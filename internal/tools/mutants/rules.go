package main

import (
	"fmt"
	"strings"
)

// rules are what the guards of the table hold, in order. Those with a P came out
// of building and simulating it.
var rules = []struct{ name, says string }{
	{"R1", "what a contract pulls is what its balance grew by, whatever the token says"},
	{"R2", "a hub's hot key pays and raises; only the owner cuts a reserve, and announces it first; a retired hub's key pays nothing"},
	{"R3", "one bad item stops no batch"},
	{"R4", "a signature for a relayer works once, for it, for minutes, and not after the channel has turned"},
	{"R5", "a consumer that comes back goes on from the highest total that it ever signed"},
	{"R6", "an order is void when a final block is past its payout's expiry and the chain has not seen its preimage, and not before"},
	{"R7", "no secret is drawn twice, none is shown before its payout is kept, none is paid for twice, and no order has another's number"},
	{"R8", "nothing is carried before the hub has taken the order that pays for it"},
	{"R9", "a provider shows a preimage for a payout that is whole and lives long enough, and for no other"},
	{"R10", "what is signed and unanswered has a limit over all providers; only the hub's signature or a preimage is an answer"},
	{"R11", "a hub consents to an exit for what was really spent, with nothing pending, and takes no orders until the consent is over"},
	{"R12", "leaving takes longer than a payout lives, and is noticed in the newest block"},
	{"R13", "a provider serves within reserve and trust, and a reserve is the worse of two views"},
	{"R14", "provider and payee both sign who is paid; what is unrevealed is bounded for each"},
	{"R15", "an old copy of anybody's book finds out, and goes on without paying or being paid twice"},
	{"R16", "slots, reserves and collections are paid for by those whom they serve"},
	{"P1", "a settlement is counted once, in whatever order chain and hub tell of it"},
	{"P2", "two hubs on one chain do not take each other's allowance"},
	{"P3", "what a hub says is on its disk"},
	{"P4", "a consumer's total never goes back"},
	{"P5", "of the processes that share a journal one writes it, and none vouches for what is over"},
	{"P6", "what a hub takes is signed by it, and more than was agreed to asks for consent"},
	{"P7", "a hub that shows false books is found by whom it owes, and convicted by nobody else's word"},
}

// manual is the table in docs/security.md.
func manual() string {
	var b strings.Builder
	b.WriteString("| rule | says | fails without it |\n|---|---|---|\n")
	for _, r := range rules {
		var tests []string
		for _, m := range table {
			if t := "`" + m.Test + "`"; m.Rule == r.name && !strings.Contains(strings.Join(tests, " "), t) {
				tests = append(tests, t)
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", r.name, r.says, strings.Join(tests, ", "))
	}
	return b.String()
}
