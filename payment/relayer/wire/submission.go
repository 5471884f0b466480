package wire

import (
	"encoding/binary"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/channel"
)

// Submission is what a consumer asks a relayer to put on chain. Which fields
// count depends on the kind; the others have to be zero, so that one request
// has one form.
type Submission struct {
	Version   uint64             `cbor:"0,keyasint"`
	Kind      Kind               `cbor:"1,keyasint"`
	Chain     channel.Chain      `cbor:"2,keyasint"`
	Consumer  wherry.Address     `cbor:"3,keyasint"`
	Hub       wherry.Address     `cbor:"4,keyasint"`
	Deposited wherry.Amount      `cbor:"5,keyasint"` // of a top-up: what results; of leaving: what is there
	Fee       wherry.Amount      `cbor:"6,keyasint"`
	Relayer   wherry.Address     `cbor:"7,keyasint"`
	Deadline  uint64             `cbor:"8,keyasint"` // unix seconds
	Sig       identity.Signature `cbor:"9,keyasint"` // the consumer's: of TopUp, Leave, or for TopUpAuth of typed.Receive
	Permit    Permit             `cbor:"10,keyasint"`
	Consent   Consent            `cbor:"11,keyasint"`
	Pull      wherry.Amount      `cbor:"12,keyasint"` // of TopUpAuth: the value that Sig authorizes; of TakeBack: what leaves the address, with the fee
	Cap       wherry.Amount      `cbor:"14,keyasint"` // of TakeBack: of the deposit address
	Quote     Quote              `cbor:"13,keyasint"` // by which the fee was set; zero = the present one
}

// Permit lets the contract pull tokens (EIP-2612). A zero Deadline is none: the
// allowance covers it already.
type Permit struct {
	Value    wherry.Amount      `cbor:"1,keyasint"`
	Nonce    uint64             `cbor:"2,keyasint"`
	Deadline uint64             `cbor:"3,keyasint"`
	Sig      identity.Signature `cbor:"4,keyasint"`
}

// Consent is a hub's Close: all of it but what the Submission says.
type Consent struct {
	Settled wherry.Amount      `cbor:"1,keyasint"`
	Expiry  uint64             `cbor:"2,keyasint"`
	Sig     identity.Signature `cbor:"3,keyasint"`
}

// TopUp returns what a consumer signs to be topped up.
func (s Submission) TopUp() typed.TopUp {
	return typed.TopUp{Hub: s.Hub, Deposited: s.Deposited, Fee: s.Fee, Relayer: s.Relayer, Deadline: s.Deadline}
}

// Leave returns what a consumer signs to leave after the delay.
func (s Submission) Leave() typed.Leave { return typed.Leave(s.TopUp()) }

// LeaveNow returns what a consumer signs to leave with the hub's consent, and no other.
func (s Submission) LeaveNow() typed.LeaveNow { return s.Leave().Now(s.Consent.Settled) }

// Close returns what the hub signed.
func (s Submission) Close() typed.Close {
	return typed.Close{Consumer: s.Consumer, Deposited: s.Deposited, Settled: s.Consent.Settled, Expiry: s.Consent.Expiry}
}

// Receive returns what the consumer signs for the token in a TopUpAuth.
func (s Submission) Receive() typed.Receive {
	return typed.Receive{
		From: s.Consumer, To: s.Chain.Contract, Value: s.Pull, ValidBefore: s.Deadline, Nonce: s.TopUp().Digest(s.Chain.Domain()),
	}
}

// TakeBack returns what a consumer signs to have money of a deposit address.
func (s Submission) TakeBack() typed.TakeBack {
	return typed.TakeBack{Hub: s.Hub, Cap: s.Cap, Amount: s.Pull, Fee: s.Fee, Relayer: s.Relayer, Deadline: s.Deadline}
}

// permit returns what the consumer signs for the token in a TopUpPermit.
func (s Submission) permit() typed.Permit {
	return typed.Permit{
		Owner: s.Consumer, Spender: s.Chain.Contract, Value: s.Permit.Value, Nonce: s.Permit.Nonce, Deadline: s.Permit.Deadline,
	}
}

// Sign returns s with the consumer's signatures: of the message itself, and of
// the permit if there is one. The hub's consent is not the consumer's to sign.
func (s Submission) Sign(key *identity.Key, token typed.TokenDomain) Submission {
	s.Version, s.Consumer = Version, key.Address()
	if s.Kind == Finalize {
		return s
	}
	s.Sig = key.Sign(s.signed(token))
	if s.Permit.Deadline != 0 {
		s.Permit.Sig = key.Sign(s.permit().Digest(token))
	}
	return s
}

// ID returns the name of s: the digest that the consumer signed, of a Close
// together with what the hub signed. Two requests of one name can never both
// count on chain. A Finalize is named by its channel; whoever does it adds which
// of the channel's exits it is, with ExitID.
func (s Submission) ID() wherry.Hash {
	d := s.Chain.Domain()
	switch s.Kind {
	case TopUpPermit, TopUpAuth:
		return s.TopUp().Digest(d)
	case Leave:
		return s.Leave().Digest(d)
	case Close:
		leave, consent := s.LeaveNow().Digest(d), s.Close().Digest(d)
		return wherry.Keccak256(leave[:], consent[:])
	case TakeBack:
		return s.TakeBack().Digest(d)
	default:
		return ExitID(s.Chain, s.Hub, s.Consumer, 0)
	}
}

// signed returns what Sig is of.
func (s Submission) signed(token typed.TokenDomain) wherry.Hash {
	switch s.Kind {
	case TopUpPermit:
		return s.TopUp().Digest(s.Chain.Domain())
	case TopUpAuth:
		return s.Receive().Digest(token)
	case TakeBack:
		return s.TakeBack().Digest(s.Chain.Domain())
	case Close:
		return s.LeaveNow().Digest(s.Chain.Domain())
	default:
		return s.Leave().Digest(s.Chain.Domain())
	}
}

// ExitID names the finalizing of the exit of a channel that can be finalized at
// exitAt, in unix seconds.
func ExitID(c channel.Chain, hub, consumer wherry.Address, exitAt uint64) wherry.Hash {
	b := []byte("wherry relayer finalize 1\n")
	b = binary.BigEndian.AppendUint64(b, c.ID)
	b = append(b, c.Contract[:]...)
	b = append(b, hub[:]...)
	b = append(b, consumer[:]...)
	return wherry.Keccak256(binary.BigEndian.AppendUint64(b, exitAt))
}

// Check returns nil when s has its one form and the signatures in it are by whom
// they have to be. It asks nobody: what the chain says comes on top.
func (s Submission) Check(token typed.TokenDomain) error {
	if err := s.form(); err != nil {
		return err
	}
	if s.Kind == Finalize {
		return nil
	}
	if err := identity.Verify(s.Consumer, s.signed(token), s.Sig); err != nil {
		return wherry.Errorf(wherry.Forbidden, "%s: the consumer did not sign it: %w", s.Kind, err)
	}
	if s.Permit.Deadline != 0 {
		if err := identity.Verify(s.Consumer, s.permit().Digest(token), s.Permit.Sig); err != nil {
			return wherry.Errorf(wherry.Forbidden, "%s: the consumer did not sign the permit: %w", s.Kind, err)
		}
	}
	if s.Kind == Close {
		if err := identity.Verify(s.Hub, s.Close().Digest(s.Chain.Domain()), s.Consent.Sig); err != nil {
			return wherry.Errorf(wherry.Forbidden, "%s: the hub did not sign it: %w", s.Kind, err)
		}
	}
	return nil
}

// form holds the fields against the kind.
func (s Submission) form() error {
	bad := func(what string) error { return wherry.Errorf(wherry.Invalid, "%s: %s", s.Kind, what) }
	switch {
	case s.Version != Version:
		return bad("of another version")
	case !s.Kind.Known():
		return wherry.Errorf(wherry.Invalid, "a submission of a kind that is not known")
	case s.Consumer.IsZero() || s.Hub.IsZero() || s.Chain.ID == 0 || s.Chain.Contract.IsZero():
		return bad("consumer, hub or chain is missing")
	case s.Kind != TopUpPermit && s.Permit != (Permit{}), s.Kind == TopUpPermit && s.Permit.Deadline == 0 && s.Permit != (Permit{}):
		return bad("it has a permit that nothing asks for")
	case s.Kind != Close && s.Consent != (Consent{}):
		return bad("it has a consent that nothing asks for")
	case s.Kind != TopUpAuth && s.Kind != TakeBack && !s.Pull.IsZero(), s.Kind != TakeBack && !s.Cap.IsZero():
		return bad("it has an amount that nothing asks for")
	case s.Kind == Sweep:
		return bad("a deposit address is shown, not submitted")
	case !s.Deposited.FitsChain() || !s.Fee.FitsChain() || !s.Consent.Settled.FitsChain() || !s.Pull.FitsChain() || !s.Cap.FitsChain():
		return wherry.Errorf(wherry.Invalid, "%s: %w", s.Kind, chain.AmountTooLarge)
	}
	if s.Kind == Finalize {
		bare := Submission{Version: s.Version, Kind: s.Kind, Chain: s.Chain, Consumer: s.Consumer, Hub: s.Hub, Quote: s.Quote}
		if s.Deposited != bare.Deposited || s.Fee != bare.Fee || s.Relayer != bare.Relayer || s.Deadline != 0 || !s.Sig.IsZero() || !s.Quote.IsZero() {
			return bad("it has more than a channel")
		}
		return nil
	}
	if s.Relayer.IsZero() || s.Deadline == 0 || s.Deposited.IsZero() != (s.Kind == TakeBack) {
		return bad("relayer, deadline or deposit is missing")
	}
	return nil
}

// Call returns what the relayer asks of the contract.
func (s Submission) Call() chain.Call {
	switch s.Kind {
	case TopUpPermit:
		return chain.TopUpPermit{
			Consumer: s.Consumer, TopUp: s.TopUp(), Signature: s.Sig,
			PermitValue: s.Permit.Value, PermitDeadline: s.Permit.Deadline, PermitSignature: s.Permit.Sig,
		}
	case TopUpAuth:
		return chain.TopUpAuth{Consumer: s.Consumer, TopUp: s.TopUp(), Signature: s.Sig}
	case Leave:
		return chain.RequestExitFor{Consumer: s.Consumer, Leave: s.Leave(), Signature: s.Sig}
	case Close:
		return chain.CoopExitFor{Close: s.Close(), Signature: s.Consent.Sig, Leave: s.Leave(), LeaveSignature: s.Sig}
	case TakeBack:
		return chain.TakeBackFor{Consumer: s.Consumer, TakeBack: s.TakeBack(), Signature: s.Sig}
	default:
		return chain.FinalizeExit{Hub: s.Hub, Consumer: s.Consumer}
	}
}
