package wherry_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wherrynet/wherry/payment/channel"
)

// kindMeans says what each kind of record in a hub's journal is. A new kind
// needs a line, and a kind that is gone leaves none.
var kindMeans = map[string]string{
	"open":     "whose journal it is: the hub's address, its chains and their contracts",
	"bind":     "where a provider is paid, with both signatures",
	"pay":      "a batch with what was decided about it: orders, preimages, refusals",
	"reveal":   "a preimage that stands on chain",
	"void":     "a tick whose preimage did not come in time",
	"in":       "what chain A says of a consumer's channel",
	"out":      "what chain B says of a payee",
	"stop":     "consent to leave was given, or has run out",
	"scan":     "how far a chain was read",
	"tx":       "a transaction of the hub, each time it moves on",
	"kill":     "order numbers that their consumer asked for before any order came",
	"restored": "the journal goes on from a backup",
	"lost":     "evidence that something signed is missing, and what is honoured for it",
	"state":    "a signed statement of solvency, before anybody sees it",
	"drain":    "the hub takes no new orders, or takes them again",
	"moved":    "the hub goes on from a backup of this journal, somewhere else",

	"saved open":     "as in the journal",
	"saved fee":      "the fee that was kept, by chain",
	"saved scan":     "as in the journal",
	"saved tx":       "as in the journal, its newest state",
	"saved in":       "a consumer's channel with everything that is known of it, as it was written before `ins`",
	"saved names":    "the providers that promises in `ins` are to, by number",
	"saved ins":      "some channels of a chain in the form in which they lie in memory: payment/channel/hub_rest.go",
	"saved out":      "as in the journal",
	"saved base":     "what a payee has earned",
	"saved provider": "a provider's payees and the locks that it has used",
	"saved tick":     "an open tick; behind its provider",
	"saved orders":   "up to 1024 orders of the tick before",
	"saved answer":   "an answer that is given again; behind its provider",
	"saved end":      "the last record: without it the snapshot is not whole",
	"saved restored": "as in the journal",
	"saved lost":     "as in the journal: the first evidence",
	"saved state":    "as in the journal",
	"saved drain":    "as in the journal, if it takes none",
}

func kinds(t *testing.T) string {
	t.Helper()
	events, saved := channel.Kinds()
	var b strings.Builder
	known := map[string]bool{}
	write := func(title, prefix string, list []channel.Kind) {
		fmt.Fprintf(&b, "%s:\n\n| key | kind | value | is |\n|--:|---|---|---|\n", title)
		for _, k := range list {
			means, ok := kindMeans[prefix+k.Name]
			if !ok {
				t.Errorf("nothing says what a record of kind %s%s is", prefix, k.Name)
			}
			known[prefix+k.Name] = true
			fmt.Fprintf(&b, "| %s | `%s` | `%s` | %s |\n", k.Key, k.Name, k.Type, means)
		}
		b.WriteString("\n")
	}
	write("In a segment", "", events)
	write("In a snapshot", "saved ", saved)
	for k := range kindMeans {
		if !known[k] {
			t.Errorf("there are no records of kind %s any more", k)
		}
	}
	return b.String()
}

// The table of records in docs/journal.md is made from the code: go test .
// -update writes it.
func TestRecordsInTheManual(t *testing.T) {
	golden(t, "docs/journal.md", "records", kinds(t))
}
