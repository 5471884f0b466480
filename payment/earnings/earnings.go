package earnings

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	_ "embed" // the schema
	"log/slog"
	"sync"
	"sync/atomic"
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

// Clearer is the hub, as a payee speaks to it. payment/hub/client is one.
type Clearer interface {
	// Pay hands in a batch as the bytes that are kept here; the same bytes get
	// the same answer. Unreachable, Timeout, Busy and Internal say nothing
	// about what became of it.
	Pay(ctx context.Context, batch []byte) (channel.Answer, error)
	// Payout asks for the newest payouts of key's provider.
	Payout(ctx context.Context, key *identity.Key, b channel.Chain) (channel.Payouts, error)
	// Bind says where the provider is paid.
	Bind(ctx context.Context, b channel.Binding) (channel.Bound, error)
}

// Config says whose book a Book is and what it is made of.
type Config struct {
	Path   string         // of the file; its folder is made if need be
	Memory *sqlite.Memory // where the file is in a simulation; nil is the disk
	Key    *identity.Key  // the provider's
	Payee  wherry.Address // who is paid; zero means the provider itself
	Hub    wherry.Address
	Chain  chain.Chain // B, on which the hub pays
	Hubs   Clearer     // the hub; nil means that it cannot be asked
	// Deposits are the chains on which consumers' deposits are taken.
	Deposits []typed.Domain
	FeePPM   uint64        // the hub's fee, from its terms
	Trust    wherry.Amount // see channel.PayeeConfig
	Log      *slog.Logger  // nil discards
	Every    time.Duration // how often Run looks at the chain; zero means every second
}

// Book is a payee's money with one hub on one chain, on disk. Its methods are
// safe for concurrent use.
type Book struct {
	cfg      Config
	b        typed.Domain
	provider wherry.Address
	db       *sqlite.DB
	log      *slog.Logger
	secret   channel.Secret
	epoch    channel.Epoch

	// mu makes the book one writer: whoever changes it holds it from the
	// decision until what was decided is on the disk.
	mu     sync.Mutex
	number uint64         // of the newest tick of this run
	book   *channel.Payee // nil after a write of unknown outcome: read back before use

	// clearing makes one batch at a time go to the hub from Resume and Clear.
	clearing sync.Mutex
	// doubt is set when a batch was given up: the hub may have forgotten something.
	doubt atomic.Bool
	// stepping keeps two callers from sending one planned settlement twice.
	stepping sync.Mutex
	// alone keeps two callers of SettleAlone from planning the same.
	alone sync.Mutex

	// wonder says that a tick has expired whose preimage was shown: the hub may have
	// seen it all the same, in a block that is gone.
	wonder atomic.Bool

	// view guards what is known of the chain.
	view struct {
		sync.Mutex
		reserve channel.Reserve
		delay   time.Duration
		read    time.Time // when reserve was read; zero before
		head    time.Time // the chain's time, as of at
		at      time.Time
	}
}

// Open opens a book's file, making it if need be, and begins a new run. A file
// of another provider, payee, hub or chain is Conflict.
func Open(ctx context.Context, cfg Config) (*Book, error) {
	if cfg.Key == nil || cfg.Chain == nil || cfg.Path == "" || cfg.Hub.IsZero() {
		return nil, wherry.Errorf(wherry.Invalid, "earnings: a path, a key, a hub and a chain are needed")
	}
	if cfg.Payee.IsZero() {
		cfg.Payee = cfg.Key.Address()
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Every == 0 {
		cfg.Every = time.Second
	}
	db, err := cfg.Memory.Open(ctx, cfg.Path, []string{schema1})
	if err != nil {
		return nil, err
	}
	b := &Book{cfg: cfg, b: cfg.Chain.Params().Domain(), provider: cfg.Key.Address(), db: db, log: cfg.Log, secret: secretOf(cfg.Key)}
	if _, err := rand.Read(b.epoch[:]); err != nil {
		_ = db.Close()
		return nil, wherry.Errorf(wherry.Internal, "draw the name of a run: %w", err)
	}
	if err := b.begin(ctx); err != nil {
		_ = db.Close()
		return nil, err
	}
	return b, nil
}

// secretOf derives the secret of preimages from the provider's key, so that
// nothing secret is in the file, and a lost file costs no preimage.
func secretOf(key *identity.Key) (s channel.Secret) {
	m := hmac.New(sha256.New, key.Bytes())
	m.Write([]byte("wherry/preimages/v1"))
	copy(s[:], m.Sum(nil))
	return s
}

// Close gives the file back.
func (b *Book) Close() error { return b.db.Close() }

// Hub returns the hub that pays.
func (b *Book) Hub() wherry.Address { return b.cfg.Hub }

// Domain returns the chain and contract on which it pays.
func (b *Book) Domain() typed.Domain { return b.b }

// Payee returns the account that is paid.
func (b *Book) Payee() wherry.Address { return b.cfg.Payee }

// payee is the configuration of the pure book.
func (b *Book) payee() channel.PayeeConfig {
	return channel.PayeeConfig{
		Hub: b.cfg.Hub, B: b.b, Provider: b.provider, Payee: b.cfg.Payee, FeePPM: b.cfg.FeePPM, Trust: b.cfg.Trust,
	}
}

func (b *Book) preimage(t channel.TickID) wherry.Hash {
	return b.secret.Preimage(b.cfg.Hub, b.b, b.cfg.Payee, t)
}

// SetFee takes a new fee of the hub's, for batches from now on.
func (b *Book) SetFee(ppm uint64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.cfg.FeePPM = ppm
	if b.book != nil {
		b.book.FeePPM = ppm
	}
}
