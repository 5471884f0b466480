package channel

import (
	"slices"
	"time"

	"github.com/wherrynet/wherry"
)

// Outcome is what an answer changes in a payee's book, once it is durable.
type Outcome struct {
	Ticks    []Tick       // the batch's tick, and those that the unlocked payout covers now
	Unlocked SignedPayout // the newest
	Accepted []int        // items of the batch that the hub took
	Reveal   bool         // the tick's preimage may be shown now
}

// Answer checks a hub's answer to a batch and returns what it changes. It
// believes nothing that the hub has not signed, and no payout that falls short
// of what the batch asked for. It may be larger: a hub takes batches of
// anybody, who may pay it more, and another node may earn for the same payee.
//
// sent is the time of the payee's chain when the batch was made, and decides
// whether the payout lives long enough; now decides whether there is enough of
// its life left to show the preimage. Errors: Invalid, Forbidden (a signature),
// Refused (less than asked, or too short a life).
func (p *Payee) Answer(b Batch, a Answer, sent, now time.Time) (Outcome, error) {
	request, err := b.Request()
	if err != nil {
		return Outcome{}, err
	}
	switch {
	case a.Version != Version:
		return Outcome{}, wherry.Errorf(wherry.Invalid, "answer of version %d", a.Version)
	case a.Request != request:
		return Outcome{}, wherry.Errorf(wherry.Invalid, "answer to another batch")
	case a.Tick != b.Tick:
		return Outcome{}, wherry.Errorf(wherry.Invalid, "answer for another tick")
	}
	refused, err := p.refused(b, a)
	if err != nil {
		return Outcome{}, err
	}
	out := Outcome{Unlocked: p.unlocked}
	least := p.unlocked.Total
	for _, r := range b.Reveals {
		t, ok := p.ticks[Lock(r)]
		if !ok || t.State != Shown {
			continue // covered by an answer that overtook this one
		}
		if least, err = least.Add(t.Net); err != nil {
			return Outcome{}, err
		}
		t.State = Done
		out.Ticks = append(out.Ticks, t)
	}
	if err := p.checkUnlocked(a.Unlocked, least); err != nil {
		return Outcome{}, err
	}
	if p.unlocked.Total.Less(a.Unlocked.Total) {
		out.Unlocked = a.Unlocked
	}
	out.Ticks = append(out.Ticks, p.covered(a.Unlocked.Total.SubFloor(least))...)
	if len(b.Items) == 0 {
		if !a.Locked.IsZero() {
			return Outcome{}, wherry.Errorf(wherry.Invalid, "answer: a locked payout for a batch without promises")
		}
		return out, nil
	}
	t, ok := p.ticks[b.Hashlock]
	if !ok || t.State != Asked {
		return Outcome{}, wherry.Errorf(wherry.Conflict, "tick %d waits for no answer", b.Tick.Number)
	}
	t.Gross, t.Net = wherry.Amount{}, wherry.Amount{}
	for i, it := range b.Items {
		if refused[uint64(i)] {
			continue
		}
		out.Accepted = append(out.Accepted, i)
		if t.Gross, err = t.Gross.Add(it.Amount); err != nil {
			return Outcome{}, err
		}
		if t.Net, err = t.Net.Add(Net(it.Amount, p.FeePPM)); err != nil {
			return Outcome{}, err
		}
	}
	if len(out.Accepted) == 0 {
		t.State = Dropped
		out.Ticks = append(out.Ticks, t)
		return out, nil
	}
	if least, err = a.Unlocked.Total.Add(t.Net); err != nil {
		return Outcome{}, err
	}
	if err := p.checkLocked(a.Locked, b.Hashlock, least, sent); err != nil {
		return Outcome{}, err
	}
	t.Locked, t.State = a.Locked, Kept
	if out.Reveal = timeLeft(a.Locked.Expiry, now) >= RevealUntil; out.Reveal {
		t.State = Shown
	}
	out.Ticks = append(out.Ticks, t)
	return out, nil
}

// covered returns the ticks that are settled, or on their way to the chain, that
// an unlocked payout covers, which is larger by extra than what else it has to
// cover. When the hub has seen a settlement is its own affair, so that nothing is
// demanded.
func (p *Payee) covered(extra wherry.Amount) []Tick {
	var out []Tick
	for _, t := range slices.Concat(p.Ticks(Settled), p.Ticks(Shown)) {
		if t.State == Shown && !p.settling[t.Lock] {
			continue
		}
		rest, err := extra.Sub(t.Net)
		if err != nil {
			break
		}
		extra, t.State = rest, Done
		out = append(out, t)
	}
	return out
}

// refused returns the items that the hub refuses under its signature.
func (p *Payee) refused(b Batch, a Answer) (map[uint64]bool, error) {
	if err := a.VerifyRefusals(p.Hub); err != nil {
		return nil, err
	}
	out := make(map[uint64]bool, len(a.Refused))
	for _, r := range a.Refused {
		switch {
		case r.Item >= uint64(len(b.Items)) || out[r.Item]:
			return nil, wherry.Errorf(wherry.Invalid, "answer: it refuses item %d of %d, or twice", r.Item, len(b.Items))
		case len(r.Reason) > MaxReason || !r.Code.Known():
			return nil, wherry.Errorf(wherry.Invalid, "answer: a refusal without a proper reason")
		}
		out[r.Item] = true
	}
	return out, nil
}

func (p *Payee) checkUnlocked(u SignedPayout, least wherry.Amount) error {
	switch {
	case u.Total.Less(least):
		return wherry.Errorf(wherry.Refused, "unlocked payout of %s: %s is revealed", u.Total, least)
	case u.IsZero():
		return nil // nothing is revealed, and least is zero
	case u.Payee != p.Payee:
		return wherry.Errorf(wherry.Invalid, "unlocked payout to %s: want %s", u.Payee, p.Payee)
	case u.Expiry != 0 || !u.Hashlock.IsZero():
		return wherry.Errorf(wherry.Invalid, "unlocked payout with a lock or an expiry")
	case !u.Total.FitsChain():
		return wherry.Errorf(wherry.Invalid, "unlocked payout of %s: no contract pays that", u.Total)
	}
	if err := u.Verify(p.Hub, p.B); err != nil {
		return wherry.Errorf(wherry.Forbidden, "unlocked payout: %w", err)
	}
	return nil
}

func (p *Payee) checkLocked(l SignedPayout, lock wherry.Hash, least wherry.Amount, sent time.Time) error {
	switch {
	case l.Payee != p.Payee:
		return wherry.Errorf(wherry.Invalid, "payout to %s: want %s", l.Payee, p.Payee)
	case l.Hashlock != lock:
		return wherry.Errorf(wherry.Invalid, "payout under another hash lock")
	case l.Total.Less(least):
		return wherry.Errorf(wherry.Refused, "payout of %s: asked for %s", l.Total, least)
	case !l.Total.FitsChain():
		return wherry.Errorf(wherry.Invalid, "payout of %s: no contract pays that", l.Total)
	case timeLeft(l.Expiry, sent) < MinPayoutLife:
		return wherry.Errorf(wherry.Refused, "payout that expires within %s", MinPayoutLife)
	}
	if err := l.Verify(p.Hub, p.B); err != nil {
		return wherry.Errorf(wherry.Forbidden, "payout: %w", err)
	}
	return nil
}

// TimeLeft returns how long p lives after now, at most some centuries.
func (p SignedPayout) TimeLeft(now time.Time) time.Duration { return timeLeft(p.Expiry, now) }

// timeLeft returns how long a payout lives after now, at most some centuries.
func timeLeft(expiry uint64, now time.Time) time.Duration {
	if expiry > 1<<40 {
		expiry = 1 << 40 // year 36812: beyond it durations overflow, and nobody waits
	}
	return time.Unix(int64(expiry), 0).Sub(now)
}

// CheckNewest checks an unlocked payout that the hub shows to a payee which may
// have an old copy of its book, and returns it with the ticks of the book that it
// covers. Those that the hub says are still open are not among them. Their
// preimages are known to the hub, or stood on chain: to show them again, and to
// demand more for it, would be in vain.
func (p *Payee) CheckNewest(u SignedPayout, open []OpenTick) (SignedPayout, []Tick, error) {
	if err := p.checkUnlocked(u, p.unlocked.Total); err != nil {
		return SignedPayout{}, nil, err
	}
	extra := u.Total.SubFloor(p.unlocked.Total)
	var out []Tick
	for _, t := range slices.Concat(p.Ticks(Settled), p.Ticks(Shown), p.Ticks(Kept)) {
		if slices.ContainsFunc(open, func(o OpenTick) bool { return o.Locked.Hashlock == t.Lock }) {
			continue
		}
		if rest, err := extra.Sub(t.Net); err == nil {
			extra, t.State = rest, Done
			out = append(out, t)
		}
	}
	return u, out, nil
}

// Adopt returns a tick that is not in the book, made from the locked payout that
// the hub shows for it; base is the total of the newest unlocked payout. It
// becomes Shown where there is time to show its preimage off chain, else Kept.
// What consumers paid for it is not known. The caller names the tick, and has
// made sure that it has the preimage.
func (p *Payee) Adopt(l SignedPayout, base wherry.Amount, now time.Time) (Tick, error) {
	if _, ok := p.ticks[l.Hashlock]; ok {
		return Tick{}, wherry.Errorf(wherry.Conflict, "the tick is in the book")
	}
	// A payout that has expired, or will soon, is Kept: Decide sees to it.
	if err := p.checkLocked(l, l.Hashlock, base, time.Unix(0, 0)); err != nil {
		return Tick{}, err
	}
	t := Tick{Lock: l.Hashlock, State: Kept, Locked: l, Net: l.Total.SubFloor(base)}
	t.Gross = t.Net
	if timeLeft(l.Expiry, now) >= RevealUntil {
		t.State = Shown
	}
	return t, nil
}
