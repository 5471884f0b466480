package relayer

import (
	"context"
	"math/big"
	"sync"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

// quoteFresh is how long one look at the price of gas serves all who ask.
const quoteFresh = 15 * time.Second

// quotes is what was asked of the chain lately.
type quotes struct {
	// mu guards all below, and lets one ask at a time.
	mu   sync.Mutex
	last wire.Quote
	each *big.Int // wei per unit of gas at that time
	at   time.Time
	// more holds kinds that were seen to take more than their allowance.
	more map[wire.Kind]uint64
}

// Quote returns what the relayer asks for on a chain now, signed.
func (r *Relayer) Quote(ctx context.Context, chainID uint64) (wire.Quote, error) {
	for _, l := range r.lanes {
		if l.params.ID == chainID {
			q, _, err := l.quote(ctx, time.Now())
			return q, err
		}
	}
	return wire.Quote{}, wherry.Errorf(wherry.NotFound, "this relayer does not work on chain %d", chainID)
}

// quote returns the present quote, and what a unit of gas costs, in wei.
func (l *lane) quote(ctx context.Context, now time.Time) (wire.Quote, *big.Int, error) {
	q := &l.quotes
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.each != nil && now.Sub(q.at) < quoteFresh {
		return q.last, q.each, nil
	}
	each, err := l.gasPrice(ctx)
	if err != nil {
		return wire.Quote{}, nil, err
	}
	issued := uint64(now.Unix())
	made := wire.Quote{Chain: l.name, Issued: issued, ValidUntil: issued + uint64(l.cfg.QuoteFor/time.Second)}
	for _, k := range []wire.Kind{wire.TopUpPermit, wire.TopUpAuth, wire.Leave, wire.Close, wire.TakeBack} {
		wei, err := times(max(allowances[k], q.more[k]), each)
		if err != nil {
			return wire.Quote{}, nil, err
		}
		fee, err := l.Price.Fee(wei)
		if err != nil {
			return wire.Quote{}, nil, err
		}
		made.Fees = append(made.Fees, wire.Fee{Kind: k, Fee: fee})
	}
	made.Fees = append(made.Fees, wire.Fee{Kind: wire.Sweep, Fee: l.Price.Sweep})
	if made, err = made.Sign(l.cfg.Key); err != nil {
		return wire.Quote{}, nil, err
	}
	q.last, q.each, q.at = made, each, now
	return made, each, nil
}

// gasPrice asks what a unit of gas costs now, in wei. A relayer that could not
// pay for a transaction makes no quotes.
func (l *lane) gasPrice(ctx context.Context) (*big.Int, error) {
	each, err := l.Chain.Chain.GasPrice(ctx)
	if err != nil {
		return nil, err
	}
	_, err = l.Chain.Chain.Simulate(ctx, l.Address(), chain.Approve{})
	if broke(err) {
		l.log.Error("relayer has run out of gas", "chain", l.params.ID)
		return nil, errBroke
	}
	return each.Big(), err
}

// forget has the next quote made anew.
func (l *lane) forget() {
	l.quotes.mu.Lock()
	defer l.quotes.mu.Unlock()
	l.quotes.each = nil
}

// learn remembers that a kind took more gas than it is allowed, so that the next
// quote pays for it.
func (l *lane) learn(k wire.Kind, gas uint64) {
	q := &l.quotes
	q.mu.Lock()
	defer q.mu.Unlock()
	if gas <= max(allowances[k], q.more[k]) {
		return
	}
	if q.more == nil {
		q.more = map[wire.Kind]uint64{}
	}
	q.more[k] = gas
	q.each = nil
}

// priced returns the least fee that a submission has to pay: that of the quote
// which it carries, while that is good, or else of the present one.
func (l *lane) priced(ctx context.Context, s wire.Submission, now time.Time) (wherry.Amount, error) {
	q := s.Quote
	if q.IsZero() {
		var err error
		if q, _, err = l.quote(ctx, now); err != nil {
			return wherry.Amount{}, err
		}
	} else {
		if q.Relayer != l.Address() || q.Chain != l.name {
			return wherry.Amount{}, wherry.Errorf(wherry.Forbidden, "%s: the quote is another relayer's, or for another chain", s.Kind)
		}
		if err := q.Verify(); err != nil {
			return wherry.Amount{}, wherry.Errorf(wherry.Forbidden, "%s: the quote was not made here: %w", s.Kind, err)
		}
		if uint64(now.Unix()) > q.ValidUntil {
			return wherry.Amount{}, wherry.Errorf(wherry.Conflict, "%s: the quote was good until %s: ask for a new one", s.Kind, unix(q.ValidUntil))
		}
	}
	fee, ok := q.Of(s.Kind)
	if !ok {
		return wherry.Amount{}, wherry.Errorf(wherry.Refused, "%s: this relayer does not do that", s.Kind)
	}
	return fee, nil
}

func unix(t uint64) string { return time.Unix(int64(min(t, 1<<40)), 0).UTC().Format(time.RFC3339) }
