package chain

import (
	"context"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
)

// A Chain is one EVM chain with one Hubs contract on it. Implementations are
// safe for concurrent use.
type Chain interface {
	// Params says which chain and contract this is. It never changes and asks
	// nobody.
	Params() Params

	// Head returns the newest block or the newest final one.
	Head(ctx context.Context, at At) (Head, error)
	// Block returns the block at a height of the present branch, or NotFound
	// above the newest. Another hash than before means that the chain went back.
	Block(ctx context.Context, number uint64) (Head, error)

	// Hub returns what the contract holds about a hub; the zero Hub when it was
	// never opened.
	Hub(ctx context.Context, hub wherry.Address, at At) (Hub, error)
	// In returns a consumer's channel to a hub; the zero In when there is none.
	In(ctx context.Context, hub, consumer wherry.Address, at At) (In, error)
	// Out returns a hub's side towards a payee; the zero Out when there is none.
	Out(ctx context.Context, hub, payee wherry.Address, at At) (Out, error)
	// Owed returns who gets what fee when a consumer's exit is finalized; the
	// zero Owed when nobody does.
	Owed(ctx context.Context, hub, consumer wherry.Address, at At) (Owed, error)
	// Account returns what an account has outside the contract.
	Account(ctx context.Context, account wherry.Address, at At) (Account, error)
	// Events returns what happened at hub in the blocks from first to last, both
	// included, in order. A zero hub asks for all hubs. It fails when last is
	// above the newest block, so that no later event is ever missed.
	Events(ctx context.Context, hub wherry.Address, first, last uint64) ([]Event, error)

	// Send signs call with key and hands it to the network, and returns the
	// transaction's ID without waiting for a block. Before anything leaves,
	// record, unless nil, is given the signed transaction to store; its error
	// stops the sending. Once record has returned, an error of Send with the
	// code Unreachable leaves open whether the transaction left: ask Status,
	// then Resend. A call that the contract would refuse now is not sent.
	// Calls by one key are sent in the order in which they ask.
	Send(ctx context.Context, key *identity.Key, call Call, record func(Tx) error) (wherry.Hash, error)
	// SendBid is Send on terms of its own: in place of a transaction that waits,
	// or for no more than a sum.
	SendBid(ctx context.Context, key *identity.Key, call Call, bid Bid, record func(Tx) error) (wherry.Hash, error)
	// Resend hands a stored transaction to the network again, unchanged. One
	// that is already known is no error; one whose nonce another transaction
	// has or has used is Conflict, and one that the network takes for no less
	// than a higher fee is PriceTooHigh.
	Resend(ctx context.Context, tx Tx) error
	// Nonces says how many transactions of an account the chain has counted.
	Nonces(ctx context.Context, account wherry.Address) (Nonces, error)
	// GasPrice returns what a unit of gas costs now, in wei: the base fee and
	// what is usually given on top of it.
	GasPrice(ctx context.Context) (wherry.Amount, error)
	// Status says how far a transaction has come.
	Status(ctx context.Context, id wherry.Hash) (Status, error)
	// Simulate says what call by from would cost now, or why it would be
	// refused. Nothing is sent.
	Simulate(ctx context.Context, from wherry.Address, call Call) (Cost, error)
}

// Params is what is fixed about a chain and its contract.
type Params struct {
	ID       uint64         // chain ID
	Contract wherry.Address // the Hubs contract
	Token    wherry.Address // the token that it holds
	Delay    time.Duration  // from announcing to leave, or to cut a reserve, until it may happen
	MinTopUp wherry.Amount  // least top-up that somebody else may make for a consumer
	Life     time.Duration  // how far ahead a deadline or expiry of a TopUp, Leave or Close may lie
	Depth    uint64         // blocks on top of a final one
}

// Domain returns the EIP-712 domain of what is signed for the contract.
func (p Params) Domain() typed.Domain { return typed.Domain{ChainID: p.ID, Contract: p.Contract} }

// DepositAddress returns where plain transfers for a channel wait until they are
// swept into it. Anybody can work it out before anybody called anything.
func (p Params) DepositAddress(d typed.Deposit) wherry.Address { return d.Address(p.Contract) }

// TokenDomain returns the EIP-712 domain of what is signed for the token.
func (p Params) TokenDomain() typed.TokenDomain {
	return typed.TokenDomain{ChainID: p.ID, Token: p.Token}
}

// At says which of a chain's two views is meant.
type At uint8

// The views. The zero value is the careful one.
const (
	Final  At = iota // the newest block that counts as irrevocable
	Latest           // the newest block
)

// String returns the word that JSON-RPC uses for the view.
func (a At) String() string {
	if a == Latest {
		return "latest"
	}
	return "final"
}

// Head names a block.
type Head struct {
	Number uint64      `json:"number"`
	Hash   wherry.Hash `json:"hash"`
	Time   time.Time   `json:"time"` // whole seconds, UTC
}

// Hub is a hub as the contract sees it. Its address is that of its hot key.
type Hub struct {
	Owner   wherry.Address `json:"owner"` // the cold key that withdraws; zero before OpenHub
	Free    wherry.Amount  `json:"free"`  // collected and funded, reserved for nobody
	Retired bool           `json:"retired"`
}

// In is a consumer's channel to a hub: what flows in.
type In struct {
	Deposited wherry.Amount `json:"deposited"`  // put in and not taken back, with what is settled
	Settled   wherry.Amount `json:"settled"`    // running total that the hub has had; equals Deposited once closed
	ExitAt    time.Time     `json:"exit_at"`    // when leaving may be finalized; zero when not leaving
	NotBefore time.Time     `json:"not_before"` // a TopUp, Leave or Close is void unless it ends after this; zero before the channel opens
}

// Left returns what is still locked in the channel.
func (in In) Left() wherry.Amount { return in.Deposited.SubFloor(in.Settled) }

// Leaving reports whether the consumer has announced to leave.
func (in In) Leaving() bool { return !in.ExitAt.IsZero() }

// Out is a hub's side towards one payee: what flows out.
type Out struct {
	Settled  wherry.Amount `json:"settled"`   // running total paid to the payee
	Reserved wherry.Amount `json:"reserved"`  // locked for this payee alone
	UnlockAt time.Time     `json:"unlock_at"` // when an announced cut of the reserve may happen; zero when none is
}

// Owed is the fee of whoever asked for a consumer's exit in its name. It comes
// out of what is given back, as far as that goes.
type Owed struct {
	Relayer wherry.Address `json:"relayer"`
	Fee     wherry.Amount  `json:"fee"`
}

// Account is what an account has outside the Hubs contract.
type Account struct {
	Tokens      wherry.Amount `json:"tokens"`       // in the token's base unit
	Gas         wherry.Amount `json:"gas"`          // in wei of the chain's own coin
	Allowance   wherry.Amount `json:"allowance"`    // what the Hubs contract may pull; an unlimited one shows as 2^128 - 1
	PermitNonce uint64        `json:"permit_nonce"` // nonce of the next EIP-2612 permit
}
