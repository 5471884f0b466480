package hub

import (
	"context"
	"fmt"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/payment/channel"
)

// unexplained says what an event on chain proves against a book: "" when the
// book accounts for it. The preimages of the event's transaction have been Seen.
// first is true while the book has never read the chain; restored when it came
// out of a backup, so that what a stranger could have done counts as well.
func unexplained(book *channel.Hub, id uint64, e chain.Event, first, restored bool) string {
	var what string
	switch {
	case e.Kind == chain.Paid && book.Earned(channel.OutID{Chain: id, Payee: e.Account}).Less(e.Total):
		what = "a payee was paid more than it knows of"
	case e.Kind == chain.Collected && first:
		what = "promises were collected before it began"
	case e.Kind == chain.Collected && restored && book.Unexplained(channel.InID{Chain: id, Consumer: e.Account}, e.Total):
		what = "promises were collected that it does not know of"
	default:
		return ""
	}
	return fmt.Sprintf("%s, on chain %d in block %d", what, id, e.Block)
}

// evidence looks in the chains for what the hub has done since a book was
// copied, and returns what proves that the copy is older, or "". It changes the
// book, which is of no use for anything else afterwards.
func evidence(ctx context.Context, book *channel.Hub, chains []chain.Chain) (string, error) {
	for _, c := range chains {
		id := c.Params().ID
		scan := book.Scanned(id)
		if d, ok := book.Domain(id); !ok || d.Contract != c.Params().Contract || scan.Hash.IsZero() {
			continue // the hub reads it from its beginning
		}
		head, err := c.Head(ctx, chain.Latest)
		if err != nil {
			return "", err
		}
		for from := scan.Block + 1; from <= head.Number; from += maxBlocks {
			events, err := c.Events(ctx, book.Address(), from, min(from+maxBlocks-1, head.Number))
			if err != nil {
				return "", err
			}
			for _, e := range events {
				if e.Kind == chain.Revealed {
					_ = book.Seen(id, e.Preimage, true, channel.Clock{})
				}
				if why := unexplained(book, id, e, false, true); why != "" {
					return why, nil
				}
			}
		}
	}
	return "", nil
}

// provenOld is why a backup that is said to be whole is not restored.
func provenOld(why string) error {
	return wherry.Errorf(wherry.Refused, "the backup is older than what the hub has signed: %s; without --last it is restored to collect and to pay, and takes no orders", why)
}
