package wallet

import (
	"context"
	_ "embed" // the schema
	"log/slog"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/sqlite"
	"github.com/wherrynet/wherry/payment/channel"
)

//go:embed schema/1.sql
var schema1 string

//go:embed schema/2.sql
var schema2 string

// Hub answers a payer's questions about its own channel. payment/hub/client is one.
type Hub interface {
	Account(ctx context.Context, key *identity.Key, c channel.Chain) (channel.Account, error)
	Close(ctx context.Context, key *identity.Key, c channel.Chain) (channel.Closed, error)
	// Orders asks what became of orders, at most channel.MaxOrders of them. A
	// number that the hub has never seen is used up by asking.
	Orders(ctx context.Context, key *identity.Key, c channel.Chain, seqs []uint64) (channel.Orders, error)
}

// Channel says where a payer has, or may have, a deposit.
type Channel struct {
	Hub    wherry.Address
	Chain  chain.Chain // that holds the deposit
	Client Hub         // nil means that the hub cannot be asked
}

// ID returns the name of c in books.
func (c Channel) ID() channel.ID { return channel.ID{A: c.Chain.Params().Domain(), Hub: c.Hub} }

// Config says what a Wallet is made of.
type Config struct {
	Path     string         // of the file; its folder is made if need be
	Memory   *sqlite.Memory // where the file is in a simulation; nil is the disk
	Key      *identity.Key
	Channels []Channel
	// Relayer returns how to reach a relayer, nil when that is not known; a nil
	// Relayer knows none.
	Relayer func(relayer wherry.Address) Relayer
	Log     *slog.Logger  // nil discards
	Every   time.Duration // how often Run looks at the chains; zero means every second
}

// Wallet is a payer's money on disk. Its methods are safe for concurrent use.
type Wallet struct {
	cfg Config
	db  *sqlite.DB
	log *slog.Logger

	// mu makes the wallet one writer: whoever changes a count holds it from
	// the decision until what was decided is on the disk.
	mu   sync.Mutex
	book *channel.Payer // nil after a write of unknown outcome: read back before use
	rows map[channel.ID]int64
	// closing holds the channels whose hub is being asked for its consent.
	closing map[channel.ID]bool
	// asked holds the channels whose hub was asked where they stand.
	asked map[channel.ID]bool

	// handed holds when relays that were taken were last handed over.
	handed map[int64]time.Time

	// stepping keeps Run and a caller who waits from sending one plan twice.
	stepping sync.Mutex
}

// Open opens a wallet's file, making it if need be, and reads its book back. It
// talks to no chain: deposits are those of the last time until Run or Refresh
// has looked.
func Open(ctx context.Context, cfg Config) (*Wallet, error) {
	if cfg.Key == nil || cfg.Path == "" {
		return nil, wherry.Errorf(wherry.Invalid, "wallet: a key and a path are needed")
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Every == 0 {
		cfg.Every = time.Second
	}
	db, err := cfg.Memory.Open(ctx, cfg.Path, []string{schema1, schema2})
	if err != nil {
		return nil, err
	}
	w := &Wallet{cfg: cfg, db: db, log: cfg.Log, closing: map[channel.ID]bool{}, asked: map[channel.ID]bool{}, handed: map[int64]time.Time{}}
	if err := w.setup(ctx); err != nil {
		_ = db.Close()
		return nil, err
	}
	return w, nil
}

// setup makes a row for each channel that is new, and reads the book back.
func (w *Wallet) setup(ctx context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.addChannels(ctx); err != nil {
		return err
	}
	_, err := w.reload(ctx)
	return err
}

// Close gives the file back.
func (w *Wallet) Close() error { return w.db.Close() }

// Address returns the account that the wallet signs for.
func (w *Wallet) Address() wherry.Address { return w.cfg.Key.Address() }

// Channels returns the channels that the wallet was opened with.
func (w *Wallet) Channels() []Channel { return w.cfg.Channels }

// Channel returns the wallet's channel to a hub, on the first chain where it is
// configured, or NotFound.
func (w *Wallet) Channel(hub wherry.Address) (channel.ID, error) {
	for _, c := range w.cfg.Channels {
		if c.Hub == hub {
			return c.ID(), nil
		}
	}
	return channel.ID{}, wherry.Errorf(wherry.NotFound, "no channel to hub %s", hub)
}

func (w *Wallet) config(id channel.ID) (Channel, error) {
	for _, c := range w.cfg.Channels {
		if c.ID() == id {
			return c, nil
		}
	}
	return Channel{}, wherry.Errorf(wherry.NotFound, "no channel to hub %s on chain %d", id.Hub, id.A.ChainID)
}

// Payer is a wallet seen as one channel with fixed limits: what a session pays from.
type Payer struct {
	Wallet *Wallet
	ID     channel.ID
	Limits channel.Limits
}

// Address returns the account that signs.
func (p Payer) Address() wherry.Address { return p.Wallet.Address() }

// Domain returns the chain and the contract that hold the deposit.
func (p Payer) Domain() typed.Domain { return p.ID.A }

// Hub returns the hub that the promises are made to.
func (p Payer) Hub() wherry.Address { return p.ID.Hub }

// Pay is Wallet.Pay on this channel within these limits.
func (p Payer) Pay(ctx context.Context, order typed.Order, lock wherry.Hash) (channel.SignedPromise, error) {
	return p.Wallet.Pay(ctx, p.ID, order, lock, p.Limits)
}

// Acknowledge is Wallet.Acknowledge.
func (p Payer) Acknowledge(ctx context.Context, preimage wherry.Hash) error {
	return p.Wallet.Acknowledge(ctx, preimage)
}

// Refused is Wallet.Refused on this channel.
func (p Payer) Refused(ctx context.Context, a channel.Answer) error {
	return p.Wallet.Refused(ctx, p.ID, a)
}
