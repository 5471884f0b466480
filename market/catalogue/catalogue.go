package catalogue

import (
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/market/offer"
)

// Config says how a Catalogue is opened. Only ChainID has no default.
type Config struct {
	// ChainID is the id of the network's registry chain: records that are signed
	// for another one do not verify.
	ChainID uint64
	// Path is the file that keeps the records. Empty keeps them in memory alone.
	Path string
	// Admit reports whether a provider's offers count: in networks with a
	// registry, whether it is registered. Nil admits everybody.
	Admit func(wherry.Address) bool
	// MaxOffers bounds the records that are held. Zero means 200,000.
	MaxOffers int
	// MaxPerProvider bounds the services of one provider. Zero means 8.
	MaxPerProvider int
	// SourceRate and SourceBurst bound how many signatures per second a source
	// may have checked. Zero means 100 and 20,000: a first copy of a large
	// network comes from one peer.
	SourceRate, SourceBurst float64

	// Peers are base URLs of nodes to pull from, as "http://192.0.2.1:7070".
	Peers []string
	// Every is the time between two pulls from a peer. Zero means 15 s.
	Every time.Duration
	// Client does the pulling. Nil is one that follows no redirects.
	Client *http.Client
	// MaxPull bounds the bytes of one answer. Zero means 64 MiB.
	MaxPull int64
	// PullTimeout bounds the time of one pull. Zero means 30 s.
	PullTimeout time.Duration
	// Page bounds the records of one answer of Handler. Zero means 16,384.
	Page int

	// Log takes what an operator should know. Nil discards it.
	Log *slog.Logger
}

// Catalogue is a node's copy of all offers. It is safe for concurrent use.
type Catalogue struct {
	cfg   Config
	nonce string // of this process: cursors of another one mean nothing

	mu       sync.Mutex // guards what follows
	held     map[offer.Key]*entry
	services map[wherry.Address]int
	rev      uint64 // counts admissions; an entry's is the one that brought it
	changed  chan struct{}
	proofs   []Equivocation
	proven   map[offer.Key]uint32 // newest sequence number that a proof is about
	sources  map[string]*bucket
	cache    snapshot
	disk     *diskLog // nil in memory

	peers map[string]*peer // made in Open, not changed; each guards itself
}

type entry struct {
	offer.Signed
	rev uint64
}

// snapshot is the last answer of Offers and how long it is right.
type snapshot struct {
	rev   uint64
	until time.Time
	list  []offer.Signed
}

// Equivocation is the proof that a provider signed two different records with
// one sequence number.
type Equivocation struct {
	Key  offer.Key
	Seq  uint32
	A, B []byte // the records, signatures and all
}

const maxProofs = 1024

// Open reads the file, checking every record anew. A file that is not a
// catalogue is Conflict: it may be something that its owner wants to keep.
func Open(cfg Config) (*Catalogue, error) {
	if cfg.ChainID == 0 {
		return nil, wherry.Errorf(wherry.Invalid, "catalogue without the id of the registry's chain")
	}
	cfg.MaxOffers = def(cfg.MaxOffers, 200_000)
	cfg.MaxPerProvider = def(cfg.MaxPerProvider, 8)
	cfg.SourceRate = def(cfg.SourceRate, 100)
	cfg.SourceBurst = def(cfg.SourceBurst, 20_000)
	cfg.Every = def(cfg.Every, 15*time.Second)
	cfg.MaxPull = def(cfg.MaxPull, 64<<20)
	cfg.PullTimeout = def(cfg.PullTimeout, 30*time.Second)
	cfg.Page = def(cfg.Page, 16_384)
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Client == nil {
		cfg.Client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	var nonce [8]byte
	rand.Read(nonce[:]) // never fails
	c := &Catalogue{
		cfg: cfg, nonce: hex.EncodeToString(nonce[:]),
		held: map[offer.Key]*entry{}, services: map[wherry.Address]int{}, changed: make(chan struct{}),
		proven: map[offer.Key]uint32{}, sources: map[string]*bucket{}, peers: map[string]*peer{},
	}
	for _, url := range cfg.Peers {
		c.peers[url] = &peer{url: url}
	}
	if cfg.Path == "" {
		return c, nil
	}
	if err := c.openDisk(time.Now()); err != nil {
		return nil, err
	}
	return c, nil
}

// Close gives the file back. The Catalogue stays readable.
func (c *Catalogue) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.disk == nil {
		return nil
	}
	d := c.disk
	c.disk = nil
	return d.close()
}

// Offers returns the offers that hold at now, in no order. The slice is shared:
// it is not to be changed.
func (c *Catalogue) Offers(now time.Time) []offer.Signed {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cache.list != nil && c.cache.rev == c.rev && now.Before(c.cache.until) {
		return c.cache.list
	}
	s := snapshot{rev: c.rev, until: now.Add(offer.MaxLease), list: make([]offer.Signed, 0, len(c.held))}
	for _, e := range c.held {
		if e.Expired(now) {
			continue
		}
		if end := e.Expires(); end.Before(s.until) {
			s.until = end
		}
		s.list = append(s.list, e.Signed)
	}
	c.cache = s
	return s.list
}

// Last returns the newest record of a provider and service, whether it holds,
// has expired or takes the offer back: what a provider's next one must be newer
// than.
func (c *Catalogue) Last(key offer.Key) (offer.Signed, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.held[key]
	if !ok {
		return offer.Signed{}, false
	}
	return e.Signed, true
}

// Changed returns a channel that is closed at the next admission.
func (c *Catalogue) Changed() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.changed
}

// Proofs returns the equivocations seen, oldest first, at most some thousand.
func (c *Catalogue) Proofs() []Equivocation {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Equivocation(nil), c.proofs...)
}

// Purge forgets what no longer matters at now: offers whose lease is over, and
// records that took an offer back once no older record of theirs could still be
// believed. Run does it every minute.
func (c *Catalogue) Purge(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.purgeLocked(now)
}

func (c *Catalogue) purgeLocked(now time.Time) {
	for k, e := range c.held {
		if dead(&e.Offer, now) {
			c.dropLocked(k)
		}
	}
}

func (c *Catalogue) dropLocked(k offer.Key) {
	delete(c.held, k)
	if c.services[k.Provider]--; c.services[k.Provider] == 0 {
		delete(c.services, k.Provider)
	}
}

// dead reports whether o says nothing any more at now.
func dead(o *offer.Offer, now time.Time) bool {
	if o.Withdrawn() {
		return !now.Before(o.SignedAt().Add(offer.MaxLease))
	}
	return o.Expired(now)
}

func def[T int | int64 | float64 | time.Duration](v, zero T) T {
	if v == 0 {
		return zero
	}
	return v
}
