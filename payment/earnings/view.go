package earnings

import (
	"context"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/internal/sqlite"
	"github.com/wherrynet/wherry/payment/channel"
)

// View is a book's file seen from outside: read only, without the key, also
// while another process earns with it.
type View struct{ book *Book }

// OpenView opens the file of provider's book for reading. No such file is NotFound.
func OpenView(ctx context.Context, path string, provider, payee, hub wherry.Address, b typed.Domain) (*View, error) {
	db, err := sqlite.View(ctx, path)
	if err != nil {
		return nil, err
	}
	return &View{&Book{cfg: Config{Path: path, Payee: payee, Hub: hub}, b: b, provider: provider, db: db}}, nil
}

// Totals returns the book's sums as of now. What the chain says is not in them:
// Settled, Reserved and AtRisk are zero.
func (v *View) Totals(ctx context.Context) (Totals, error) {
	v.book.book = nil // read it anew: another process writes
	t, err := v.book.Totals(ctx)
	t.AtRisk = wherry.Amount{}
	return t, err
}

// Unlocked returns the newest payout that nothing can undo; see Book.Unlocked.
func (v *View) Unlocked(ctx context.Context) (channel.SignedPayout, error) {
	v.book.book = nil // read it anew: another process writes
	return v.book.Unlocked(ctx)
}

// Close closes the file.
func (v *View) Close() error { return v.book.Close() }
