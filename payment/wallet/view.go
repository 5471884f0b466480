package wallet

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/internal/sqlite"
	"github.com/wherrynet/wherry/payment/channel"
)

// View is a wallet's file seen from outside: read only, without the key, also
// while another process pays from it.
type View struct {
	db  *sqlite.DB
	who wherry.Address
}

// OpenView opens the file of who's wallet for reading. No such file is NotFound.
func OpenView(ctx context.Context, path string, who wherry.Address) (*View, error) {
	db, err := sqlite.View(ctx, path)
	if err != nil {
		return nil, err
	}
	return &View{db, who}, nil
}

// Balance returns the book's view of one channel as of now. One that the wallet
// does not know is NotFound.
func (v *View) Balance(ctx context.Context, id channel.ID) (Balance, error) {
	book := channel.NewPayer(v.who)
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		return errors.Join(
			loadChannels(ctx, tx, book, map[channel.ID]int64{}),
			loadSessions(ctx, tx, book),
			loadLocks(ctx, tx, book),
			loadOrders(ctx, tx, book, v.who),
		)
	})
	if err != nil {
		return Balance{}, fmt.Errorf("read the wallet: %w", err)
	}
	s, ok := book.State(id)
	if !ok {
		return Balance{}, wherry.Errorf(wherry.NotFound, "no channel to hub %s on chain %d", id.Hub, id.A.ChainID)
	}
	return balance(id, s, book.Pending(id), book.AtRisk(id)), nil
}

// Close closes the file.
func (v *View) Close() error { return v.db.Close() }
