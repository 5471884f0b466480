package channel

import (
	"bytes"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/internal/codec"
)

// drawn makes values for the messages of the pay path, with numbers of all lengths.
type drawn struct{ *rapid.T }

func (d drawn) bytes(n int) []byte { return rapid.SliceOfN(rapid.Byte(), n, n).Draw(d.T, "bytes") }

func (d drawn) hash() wherry.Hash { return wherry.Hash(d.bytes(32)) }

func (d drawn) address() wherry.Address { return wherry.Address(d.bytes(20)) }

func (d drawn) sig() identity.Signature { return identity.Signature(d.bytes(64)) }

func (d drawn) uint() uint64 {
	return rapid.Uint64().Draw(d.T, "number") >> rapid.UintRange(0, 64).Draw(d.T, "shorter")
}

func (d drawn) amount() wherry.Amount {
	a, err := wherry.AmountFromBytes(bytes.TrimLeft(d.bytes(rapid.IntRange(0, 16).Draw(d.T, "length")), "\x00"))
	if err != nil {
		d.Fatal(err)
	}
	return a
}

func (d drawn) tick() TickID { return TickID{Epoch(d.bytes(16)), d.uint()} }

func (d drawn) payout() SignedPayout {
	return SignedPayout{Payee: d.address(), Total: d.amount(), Expiry: d.uint(), Hashlock: d.hash(), Sig: d.sig()}
}

// list makes a list that may be empty, or none.
func list[T any](d drawn, most int, one func() T) []T {
	n := rapid.IntRange(-1, most).Draw(d.T, "items")
	if n < 0 {
		return nil
	}
	out := make([]T, n)
	for i := range out {
		out[i] = one()
	}
	return out
}

func (d drawn) item() Item {
	return Item{
		Consumer: d.address(), ChainA: d.uint(), Total: d.amount(), Amount: d.amount(), Seq: d.uint(),
		Session: wherry.SessionID(d.hash()), Sig: d.sig(),
	}
}

func (d drawn) batch() Batch {
	return Batch{
		Version: d.uint(), Hub: d.address(), Provider: d.address(), ChainB: d.uint(), ContractB: d.address(), Tick: d.tick(),
		Hashlock: d.hash(), Reveals: list(d, 3, d.hash), Items: list(d, 30, d.item), Sig: d.sig(),
	}
}

func TestQuickBatchIsThatOfTheCodec(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		want := drawn{rt}.batch()
		raw, err := codec.Marshal(want)
		if err != nil {
			rt.Fatal(err)
		}
		got, ok := quickBatch(raw)
		var slow Batch
		if err := codec.Unmarshal(raw, &slow); err != nil || !ok || !reflect.DeepEqual(got, slow) {
			rt.Fatalf("%v %v\n%+v\n%+v", ok, err, got, slow)
		}
		for n := range raw {
			if _, ok := quickBatch(raw[:n]); ok {
				rt.Fatalf("%d of %d bytes are a batch", n, len(raw))
			}
		}
		if _, ok := quickBatch(append(raw, 0)); ok {
			rt.Fatal("a batch with a byte behind it reads")
		}
	})
}

// A batch of any other form than the usual one is the codec's to judge.
func TestUnusualBatchIsReadByTheCodec(t *testing.T) {
	raw, err := codec.Marshal(Batch{Version: 1})
	if err != nil {
		t.Fatal(err)
	}
	grown := append([]byte{raw[0] + 1}, raw[1:]...)
	grown = append(grown, 10, 0) // a key that came later
	if _, ok := quickBatch(grown); ok {
		t.Error("an unknown key is passed over by what does not know it")
	}
	if b, err := ParseBatch(grown); err != nil || b.Version != 1 {
		t.Errorf("%+v, %v", b, err)
	}
	if _, err := ParseBatch(raw[:len(raw)-1]); wherry.CodeOf(err) != wherry.Invalid {
		t.Errorf("a batch that is cut short: %v", err)
	}
}

// FuzzBatch reads batches in both ways: what the quick one takes the codec takes,
// as the same batch, and would write so.
func FuzzBatch(f *testing.F) {
	for i := range 3 {
		raw, err := codec.Marshal(rapid.Custom(func(t *rapid.T) Batch { return drawn{t}.batch() }).Example(i))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, ok := quickBatch(raw)
		if !ok {
			return
		}
		var want Batch
		if err := codec.Unmarshal(raw, &want); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%v\n%+v\n%+v", err, got, want)
		}
		if again, err := codec.Marshal(got); err != nil || !bytes.Equal(again, raw) {
			t.Fatalf("%v: another form is taken:\n%x\n%x", err, raw, again)
		}
	})
}

// What is read and written without reflection knows all fields that there are.
func TestNoFieldIsForgotten(t *testing.T) {
	for of, want := range map[reflect.Type]int{
		reflect.TypeFor[Batch](): 10, reflect.TypeFor[Item](): 7, reflect.TypeFor[TickID](): 2, reflect.TypeFor[HubRevealed](): 2,
		reflect.TypeFor[ProviderID](): 2, reflect.TypeFor[Answer](): 7, reflect.TypeFor[SignedPayout](): 5,
	} {
		if n := of.NumField(); n != want {
			t.Errorf("%s has %d fields, and %d are known to wire.go", of, n, want)
		}
	}
}

func TestRecordsAndAnswersAreThoseOfTheCodec(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := drawn{rt}
		provider := func() ProviderID { return ProviderID{d.uint(), d.address()} }
		refused := list(d, 1, func() Refusal {
			return Refusal{Item: d.uint(), Code: wherry.Busy, Reason: "why", Spent: d.amount(), Order: d.hash()}
		})
		p := &HubPaid{
			Request: d.hash(), Provider: provider(), Tick: d.tick(), Hashlock: d.hash(), Expiry: d.uint(), FeePPM: d.uint(),
			Reveals: list(d, 3, func() HubRevealed { return HubRevealed{d.hash(), list(d, 3, provider)} }),
			Items:   list(d, 30, d.item), Repeated: rapid.Bool().Draw(rt, "repeated"), Unlocked: d.address(),
			Dead: list(d, 1, func() HubDead { return HubDead{InID{d.uint(), d.address()}, d.uint()} }), Refused: refused,
		}
		before := []byte("before")
		for _, e := range []HubEvent{{Pay: p}, {Kill: &HubKilled{Seqs: []uint64{d.uint()}}}} {
			want, err := codec.Marshal(e)
			got, gerr := e.Append(before)
			if err != nil || gerr != nil || !bytes.Equal(got, append([]byte("before"), want...)) {
				rt.Fatalf("%v %v\n%x\n%x", err, gerr, got, want)
			}
		}
		a := Answer{
			Version: d.uint(), Request: d.hash(), Tick: d.tick(), Locked: d.payout(), Unlocked: d.payout(), Refused: refused, Sig: d.sig(),
		}
		want, err := codec.Marshal(a)
		got, gerr := a.Encode()
		if err != nil || gerr != nil || !bytes.Equal(got, want) {
			rt.Fatalf("%v %v\n%x\n%x", err, gerr, got, want)
		}
	})
}

// TestEveryFieldOfAPaymentIsRecorded sets each field of a payment's record by
// itself: one that was added, and that Append does not know, would be lost with
// the next restart.
func TestEveryFieldOfAPaymentIsRecorded(t *testing.T) {
	fields := reflect.TypeFor[HubPaid]()
	for i := range fields.NumField() {
		var p HubPaid
		f := reflect.ValueOf(&p).Elem().Field(i)
		switch f.Kind() {
		case reflect.Slice:
			f.Set(reflect.MakeSlice(f.Type(), 1, 1))
		case reflect.Pointer:
			f.Set(reflect.New(f.Type().Elem()))
		case reflect.Bool:
			f.SetBool(true)
		case reflect.Uint64:
			f.SetUint(7)
		default: // an array, or a struct of some: always written
		}
		e := HubEvent{Pay: &p}
		want, err := codec.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := e.Append(nil); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not recorded: %x, want %x, %v", fields.Field(i).Name, got, want, err)
		}
	}
}
