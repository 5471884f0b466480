package chain

import "github.com/wherrynet/wherry"

// Refusal is a reason for which the contract or the token refuses a call, by
// the name of its error. It is found in an error with errors.As.
type Refusal string

// The reasons. The table below says them in words.
const (
	BadParameter         Refusal = "BadParameter"
	BadAccount           Refusal = "BadAccount"
	BadSignature         Refusal = "BadSignature"
	AlreadyOpen          Refusal = "AlreadyOpen"
	NotOpen              Refusal = "NotOpen"
	AlreadyRetired       Refusal = "HubRetired"
	NotAllowed           Refusal = "NotAllowed"
	OtherRelayer         Refusal = "OtherRelayer"
	BelowMinimum         Refusal = "BelowMinimum"
	ZeroAmount           Refusal = "ZeroAmount"
	InsufficientFunds    Refusal = "InsufficientFunds"
	WrongAmountReceived  Refusal = "WrongAmountReceived"
	AmountTooLarge       Refusal = "AmountTooLarge"
	AlreadyLeaving       Refusal = "AlreadyLeaving"
	NotLeaving           Refusal = "NotLeaving"
	TooEarly             Refusal = "TooEarly"
	NothingDeposited     Refusal = "NothingDeposited"
	WrongState           Refusal = "WrongState"
	SignatureExpired     Refusal = "SignatureExpired"
	DeadlineTooFar       Refusal = "DeadlineTooFar"
	SignatureVoid        Refusal = "SignatureVoid"
	Reentered            Refusal = "Reentered"
	TransferFromFailed   Refusal = "TransferFromFailed"
	InsufficientBalance  Refusal = "InsufficientBalance"
	AuthorizationExpired Refusal = "AuthorizationExpired"
	AuthorizationUsed    Refusal = "AuthorizationAlreadyUsed"
)

var refusals = map[Refusal]struct {
	code wherry.Code
	text string
}{
	BadParameter:         {wherry.Invalid, "the contract was given bad parameters"},
	BadAccount:           {wherry.Invalid, "this account cannot take part"},
	BadSignature:         {wherry.Invalid, "a signature is not by whom it has to be"},
	AlreadyOpen:          {wherry.Conflict, "the hub has an owner already"},
	NotOpen:              {wherry.Conflict, "the hub is not open"},
	AlreadyRetired:       {wherry.Conflict, "the hub is retired"},
	NotAllowed:           {wherry.Forbidden, "the sender may not do this for this hub"},
	OtherRelayer:         {wherry.Forbidden, "the signature names another relayer"},
	BelowMinimum:         {wherry.Invalid, "less than the least that somebody else may top up"},
	ZeroAmount:           {wherry.Invalid, "the amount is zero"},
	InsufficientFunds:    {wherry.NotFunded, "there is less than that"},
	WrongAmountReceived:  {wherry.Conflict, "the token did not deliver what it was told to"},
	AmountTooLarge:       {wherry.Invalid, "the amounts would not fit"},
	AlreadyLeaving:       {wherry.Conflict, "the channel is leaving already"},
	NotLeaving:           {wherry.Conflict, "the channel is not leaving"},
	TooEarly:             {wherry.Conflict, "the delay is not over"},
	NothingDeposited:     {wherry.NotFunded, "there is nothing in the channel"},
	WrongState:           {wherry.Conflict, "the signature is for another state of the channel"},
	SignatureExpired:     {wherry.Conflict, "the deadline is over"},
	DeadlineTooFar:       {wherry.Invalid, "the deadline lies too far ahead"},
	SignatureVoid:        {wherry.Conflict, "the channel has opened, left or closed since this was signed"},
	Reentered:            {wherry.Conflict, "the token called back"},
	TransferFromFailed:   {wherry.NotFunded, "the sender has not enough tokens or has not approved them"},
	InsufficientBalance:  {wherry.NotFunded, "there are not enough tokens"},
	AuthorizationExpired: {wherry.Conflict, "the token's authorization is over"},
	AuthorizationUsed:    {wherry.Conflict, "the token's authorization was used before"},
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
