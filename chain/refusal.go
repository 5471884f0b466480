package chain

import "github.com/wherrynet/wherry"

// Refusal is a reason for which the contract refuses a call, by the name of the
// contract's error. It is found in an error with errors.As.
type Refusal string

// The reasons.
const (
	BadSignature Refusal = "BadSignature"
)

var refusals = map[Refusal]struct {
	code wherry.Code
	text string
}{
	BadSignature: {wherry.Invalid, "a signature is not by whom it has to be"},
}

// Known reports whether r is one of the contract's reasons.
func (r Refusal) Known() bool { _, ok := refusals[r]; return ok }

// Error returns the reason in words, with the contract's name for it.
func (r Refusal) Error() string {
	i, ok := refusals[r]
	if !ok {
		return "refused by the contract: " + string(r)
	}
	return i.text + " (" + string(r) + ")"
}

// Refuse makes the error for a call that the contract refuses, with the code
// that fits the reason.
func Refuse(call Call, r Refusal) error {
	code := wherry.Conflict
	if i, ok := refusals[r]; ok {
		code = i.code
	}
	return wherry.Errorf(code, "%s: %w", call.Name(), r)
}
