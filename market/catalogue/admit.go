package catalogue

import (
	"bytes"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/market/offer"
)

// Refusal says why a record was not admitted. It is the cause in Add's errors.
type Refusal string

// The refusals, in the order of their tests. Those marked with an L are what an
// honest peer never sends.
const (
	Malformed    Refusal = "malformed"     // L: too large, not a record, or absurd
	NotAdmitted  Refusal = "not_admitted"  // the provider does not count here
	Stale        Refusal = "stale"         // older than what is held, or expired
	FromFuture   Refusal = "from_future"   // L: signed more than two minutes after now
	TooOften     Refusal = "too_often"     // less than a minute after its elder
	Full         Refusal = "full"          // no room for another provider or service
	SourceBusy   Refusal = "source_busy"   // the source sends faster than we check
	BadSignature Refusal = "bad_signature" // L: not the provider's
	Equivocates  Refusal = "equivocates"   // the provider signed two with one number
)

// Error says it in a sentence.
func (r Refusal) Error() string { return "offer refused: " + string(r) }

// lie reports whether only a liar, or somebody who relays unseen, sends that.
func (r Refusal) lie() bool { return r == Malformed || r == FromFuture || r == BadSignature }

func refuse(code wherry.Code, r Refusal) error { return &wherry.Error{Code: code, Err: r} }

// Add admits a record that source sent. It reports whether the record was news:
// one that is held already is neither news nor an error. An error's cause is a
// Refusal. The source "" is this node itself, whose signatures are not rationed.
func (c *Catalogue) Add(raw []byte, source string, now time.Time) (news bool, err error) {
	u, err := offer.Decode(raw)
	if err != nil {
		return false, &wherry.Error{Code: wherry.Invalid, Err: errorPair{Malformed, err}}
	}
	if c.cfg.Admit != nil && !c.cfg.Admit(u.Provider) {
		return false, refuse(wherry.Forbidden, NotAdmitted)
	}
	c.mu.Lock()
	v := c.judgeLocked(u, raw, now, true)
	if v.err == nil && !v.known && !c.drawLocked(source, now) {
		v.err = refuse(wherry.Busy, SourceBusy)
	}
	c.mu.Unlock()
	if v.err != nil || v.known {
		return false, v.err
	}
	signed, err := u.Verify(c.cfg.ChainID)
	if err != nil {
		return false, &wherry.Error{Code: wherry.Forbidden, Err: errorPair{BadSignature, err}}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	v = c.judgeLocked(u, raw, now, true) // another goroutine may have been faster
	switch {
	case v.err != nil || v.known:
		return false, v.err
	case v.twin != nil:
		c.proveLocked(v.twin, signed)
		return false, refuse(wherry.Forbidden, Equivocates)
	}
	c.keepLocked(signed)
	c.writeLocked(signed.Raw)
	return true, nil
}

// Publish admits this node's own record.
func (c *Catalogue) Publish(s offer.Signed, now time.Time) error {
	_, err := c.Add(s.Raw, "", now)
	return err
}

// verdict is what the tests before the signature say of a record.
type verdict struct {
	err   error
	known bool   // held, byte for byte or signed once more
	twin  *entry // the held record with the same number and other content
}

// judgeLocked does the tests between admission and the ration. Records read from
// our own file are not spaced: they were, when they came.
func (c *Catalogue) judgeLocked(u offer.Unverified, raw []byte, now time.Time, spaced bool) (v verdict) {
	e := c.held[u.Key()]
	switch {
	case e != nil && bytes.Equal(e.Raw, raw):
		v.known = true
	case dead(&u.Offer, now), e != nil && u.Seq < e.Seq:
		v.err = refuse(wherry.Conflict, Stale)
	case u.Ahead(now):
		v.err = refuse(wherry.Invalid, FromFuture)
	case e != nil && u.Seq == e.Seq:
		if u.ID(c.cfg.ChainID) == e.ID || c.proven[u.Key()] >= u.Seq {
			v.known = true // signed twice, or proven already
		} else {
			v.twin = e
		}
	case e != nil && spaced && u.Seq-e.Seq < offer.Spacing && (!u.Withdrawn() || e.Withdrawn()):
		v.err = refuse(wherry.Busy, TooOften)
	case e == nil && !c.roomLocked(u.Provider, now):
		v.err = refuse(wherry.Busy, Full)
	}
	return v
}

func (c *Catalogue) roomLocked(provider wherry.Address, now time.Time) bool {
	if c.services[provider] >= c.cfg.MaxPerProvider || len(c.held) >= c.cfg.MaxOffers {
		c.purgeLocked(now)
	}
	return c.services[provider] < c.cfg.MaxPerProvider && len(c.held) < c.cfg.MaxOffers
}

func (c *Catalogue) keepLocked(s offer.Signed) {
	if _, ok := c.held[s.Key()]; !ok {
		c.services[s.Provider]++
	}
	c.rev++
	c.held[s.Key()] = &entry{Signed: s, rev: c.rev}
	close(c.changed)
	c.changed = make(chan struct{})
}

func (c *Catalogue) proveLocked(held *entry, other offer.Signed) {
	c.cfg.Log.Warn("provider signed two offers with one number", "provider", other.Provider)
	p := Equivocation{Key: other.Key(), Seq: other.Seq, A: held.Raw, B: other.Raw}
	c.keepProofLocked(p)
	c.writeProofLocked(p)
}

func (c *Catalogue) keepProofLocked(p Equivocation) {
	if len(c.proofs) >= maxProofs {
		c.proofs = c.proofs[1:]
	}
	c.proofs = append(c.proofs, p)
	c.proven[p.Key] = max(c.proven[p.Key], p.Seq)
}

// bucket rations the signatures that one source has checked.
type bucket struct {
	left float64
	at   time.Time
}

// maxSources bounds the buckets. Sources are peers that this node chose, so
// that there are few; when there are more, those that are full are forgotten.
const maxSources = 1024

func (c *Catalogue) drawLocked(source string, now time.Time) bool {
	if source == "" {
		return true
	}
	b := c.sources[source]
	if b == nil {
		if len(c.sources) >= maxSources && !c.forgetLocked(now) {
			return false
		}
		b = &bucket{left: c.cfg.SourceBurst, at: now}
		c.sources[source] = b
	}
	b.fill(now, &c.cfg)
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}

func (b *bucket) fill(now time.Time, cfg *Config) {
	if d := now.Sub(b.at); d > 0 {
		b.left = min(cfg.SourceBurst, b.left+d.Seconds()*cfg.SourceRate)
		b.at = now
	}
}

func (c *Catalogue) forgetLocked(now time.Time) bool {
	for s, b := range c.sources {
		if b.fill(now, &c.cfg); b.left >= c.cfg.SourceBurst {
			delete(c.sources, s)
		}
	}
	return len(c.sources) < maxSources
}

// errorPair is a Refusal with what led to it.
type errorPair struct {
	Refusal
	cause error
}

func (p errorPair) Error() string   { return p.Refusal.Error() + ": " + p.cause.Error() }
func (p errorPair) Unwrap() []error { return []error{p.Refusal, p.cause} }
