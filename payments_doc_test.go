package wherry_test

import (
	"encoding/hex"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/payment/channel"
)

// show writes a message as it travels: key, name and value, one field per line.
func show(b *strings.Builder, indent string, v reflect.Value) {
	for i := range v.NumField() {
		f, key := v.Type().Field(i), ""
		if key, _, _ = strings.Cut(f.Tag.Get("cbor"), ","); key == "" {
			continue
		}
		line := fmt.Sprintf("%s%2s %-12s", indent, key, strings.Join(wordsOf(f.Name), " "))
		value := v.Field(i)
		switch x := value.Interface().(type) {
		case identity.Signature:
			if x.IsZero() {
				fmt.Fprintf(b, "%s none\n", line)
				continue
			}
			fmt.Fprintf(b, "%s %s\n", line, x)
		case channel.Epoch:
			fmt.Fprintf(b, "%s 0x%x\n", line, x)
		case fmt.Stringer:
			fmt.Fprintf(b, "%s %s\n", line, x)
		default:
			switch value.Kind() {
			case reflect.Struct:
				if value.IsZero() {
					fmt.Fprintf(b, "%s none\n", line)
					continue
				}
				fmt.Fprintf(b, "%s\n", strings.TrimRight(line, " "))
				show(b, indent+"     ", value)
			case reflect.Slice:
				if value.Len() == 0 {
					fmt.Fprintf(b, "%s []\n", line)
				}
				for j := range value.Len() {
					if e := value.Index(j); e.Kind() == reflect.Struct {
						fmt.Fprintf(b, "%s [%d]\n", line, j)
						show(b, indent+"     ", e)
					} else {
						fmt.Fprintf(b, "%s [%v]\n", line, e.Interface())
					}
				}
			default:
				fmt.Fprintf(b, "%s %v\n", line, x)
			}
		}
	}
}

// article is the example of docs/payments.md: a reader pays a newspaper for one
// article, with the books of payment/channel and nothing else.
func article(t *testing.T) string {
	t.Helper()
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	key := func(n byte) *identity.Key {
		b := make([]byte, 32)
		b[31] = n
		k, err := identity.KeyFromBytes(b)
		ok(err)
		return k
	}
	var out strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&out, format, args...) }
	message := func(v any) {
		out.WriteString("```\n")
		show(&out, "", reflect.ValueOf(v))
		out.WriteString("```\n\n")
	}

	reader, paper, clearing := key(1), key(2), key(3)
	a := typed.Domain{ChainID: 31001, Contract: wherry.Address{19: 0xaa}}
	b := typed.Domain{ChainID: 31002, Contract: wherry.Address{19: 0xbb}}
	price := wherry.MustAmount("0.02")
	rules := channel.HubRules{
		FeePPM: 10_000, MaxOpen: wherry.Tokens(10), MaxOpenConsumer: wherry.Tokens(2), PayoutLife: 12 * 3600,
	}
	now := channel.Clock{a.ChainID: 1_800_000_000, b.ChainID: 1_800_000_000}

	// What has happened before: a deposit on chain A, final, and a hub that knows.
	id := channel.ID{A: a, Hub: clearing.Address()}
	payer := channel.NewPayer(reader.Address())
	ok(payer.Load(id, channel.State{}))
	state, err := payer.Confirm(id, wherry.Tokens(10), wherry.Amount{})
	ok(err)
	ok(payer.Load(id, state))
	hub := channel.NewHub(clearing.Address(), []typed.Domain{a, b})
	hub.SetIn(channel.HubIn{ID: channel.InID{Chain: a.ChainID, Consumer: reader.Address()}, Deposited: wherry.Tokens(10)})

	say("**Once: the newspaper tells the hub where to pay.** `POST /v1/bind`\n\n")
	binding := channel.Bind(paper, paper, b, 1)
	ok(binding.Verify())
	_, _, err = hub.Bind(binding.Request())
	ok(err)
	message(binding.Request())

	secret := channel.Secret{31: 7} // random, and the newspaper's alone
	tick := channel.TickID{Epoch: channel.Epoch{15: 1}, Number: 1}
	preimage := secret.Preimage(clearing.Address(), b, paper.Address(), tick)
	lock := channel.Lock(preimage)
	session := wherry.SessionID(wherry.Keccak256([]byte("an article about wherries")))
	say("**1. Invoice**, from the newspaper to the reader, in any form that they like: session, %s FARE, lock h.\n\n", price)
	say("```\nsession   %s\nR         %s   not shown yet\nh         %s\n```\n\n", session, preimage, lock)

	order := typed.Order{
		Provider: paper.Address(), ChainB: b.ChainID, ContractB: b.Contract, Amount: price, Session: session,
	}
	limits := channel.Limits{Unacknowledged: wherry.MustAmount("0.05"), Budget: wherry.MustAmount("0.5")}
	promise, _, err := payer.Next(id, order, lock, limits)
	ok(err)
	promise.Sig = reader.Sign(promise.Digest())
	ok(payer.Put(channel.Entry{Promise: promise, State: channel.Signed}))
	say("**2. Promise**, from the reader to the newspaper: order number, total and signature.\n\n")
	say("```\norder     %s   the hash of Order(…)\ntotal     %s\ndigest    %s\nsignature %s\n```\n\n",
		promise.Order.Hash(), promise.Total, promise.Digest(), promise.Sig)
	order.Seq = promise.Order.Seq
	ok(channel.CheckPromise(promise, channel.Want{
		Consumer: reader.Address(), A: a, Hub: clearing.Address(), Hashlock: lock, Order: order,
	}))

	payee := channel.NewPayee(channel.PayeeConfig{
		Hub: clearing.Address(), B: b, Provider: paper.Address(), Payee: paper.Address(), FeePPM: rules.FeePPM, Trust: price,
	})
	payee.Put(channel.Tick{ID: tick, Lock: lock, State: channel.Drawn})
	pay := func(promises []channel.SignedPromise, lock wherry.Hash, reveals []wherry.Hash) (channel.Batch, []byte, channel.Answer) {
		t.Helper()
		batch, asked, err := payee.Batch(lock, promises, reveals)
		ok(err)
		batch, err = batch.Sign(paper)
		ok(err)
		if asked.State != channel.NoTick {
			payee.Put(asked)
		}
		raw, err := codec.Marshal(batch)
		ok(err)
		signed := make([]bool, len(batch.Items))
		for i := range signed {
			signed[i] = batch.Promise(i, a).Verify() == nil
		}
		_, answer, err := hub.Pay(batch, wherry.Keccak256(raw), signed, now, rules)
		ok(err)
		answer, err = answer.Sign(clearing.Sign, b)
		ok(err)
		return batch, raw, answer
	}
	at := time.Unix(int64(now[b.ChainID]), 0)
	take := func(batch channel.Batch, answer channel.Answer) channel.Outcome {
		t.Helper()
		outcome, err := payee.Answer(batch, answer, at, at)
		ok(err)
		for _, k := range outcome.Ticks {
			payee.Put(k)
		}
		if !outcome.Unlocked.IsZero() {
			payee.Unlock(outcome.Unlocked)
		}
		return outcome
	}

	batch, raw, answer := pay([]channel.SignedPromise{promise}, lock, nil)
	say("**3. Batch**, from the newspaper to the hub. `POST /v1/pay`\n\n")
	message(batch)
	say("As %d bytes:\n\n```\n%s```\n\n", len(raw), wrap(hex.EncodeToString(raw), 96))
	say("**4. Answer**, from the hub: the payout is locked by h, so far worth nothing to anybody.\n\n")
	message(answer)
	if outcome := take(batch, answer); !outcome.Reveal || len(outcome.Accepted) != 1 {
		t.Fatalf("the answer allows %+v", outcome)
	}

	say("**5. Receipt.** The newspaper has stored the payout. It gives the reader the article and R, and the hub R:\n")
	say("a batch without promises. The answer's payout has no lock and never expires.\n\n")
	entries, err := payer.Acknowledge(preimage)
	ok(err)
	for _, e := range entries {
		ok(payer.Put(e))
	}
	batch, _, answer = pay(nil, wherry.Hash{}, []wherry.Hash{preimage})
	message(batch)
	message(answer)
	take(batch, answer)

	state, _ = payer.State(id)
	earned := payee.Unlocked().Total
	say("The sums: the reader has spent %s of %s; the newspaper has earned %s; the hub keeps %s.\n",
		state.Paid, state.Deposit, earned, state.Paid.SubFloor(earned))
	if state.Paid != price || earned != wherry.MustAmount("0.0198") {
		t.Errorf("spent %s, earned %s", state.Paid, earned)
	}
	return out.String()
}

func wrap(s string, width int) string {
	var b strings.Builder
	for len(s) > width {
		b.WriteString(s[:width] + "\n")
		s = s[width:]
	}
	return b.String() + s + "\n"
}

// The example in docs/payments.md is what the code does: go test . -update
// writes it.
func TestExampleInTheManual(t *testing.T) {
	golden(t, "docs/payments.md", "example", article(t))
}

// golden holds the part of a page between two marks to what was made.
func golden(t *testing.T, path, name, made string) {
	t.Helper()
	begin, end := "<!-- "+name+" begin -->\n", "<!-- "+name+" end -->"
	before, rest, ok1 := strings.Cut(readText(t, path), begin)
	old, after, ok2 := strings.Cut(rest, end)
	if !ok1 || !ok2 {
		t.Fatalf("%s has lost the marks around the %s", path, name)
	}
	if old == made {
		return
	}
	if !*update {
		t.Fatalf("%s has an old %s; go test . -update writes the new one", path, name)
	}
	if err := os.WriteFile(path, []byte(before+begin+made+end+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
