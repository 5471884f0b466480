package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/wherrynet/wherry"
)

// Query runs a query and calls each for every row, until the first error.
func Query(ctx context.Context, tx *sql.Tx, each func(*sql.Rows) error, text string, args ...any) (err error) {
	rows, err := tx.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := each(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Amount scans an amount, stored as text in tokens, into a.
func Amount(a *wherry.Amount) sql.Scanner { return scanAmount{a} }

type scanAmount struct{ to *wherry.Amount }

// Scan implements sql.Scanner.
func (s scanAmount) Scan(v any) error {
	text, ok := v.(string)
	if !ok {
		return fmt.Errorf("amount: the file holds a %T", v)
	}
	return s.to.UnmarshalText([]byte(text))
}

// Bytes scans bytes of exactly the length of b into it: an address, a hash, a
// signature.
func Bytes(b []byte) sql.Scanner { return scanBytes(b) }

type scanBytes []byte

// Scan implements sql.Scanner.
func (s scanBytes) Scan(v any) error {
	b, ok := v.([]byte)
	if !ok || len(b) != len(s) {
		return fmt.Errorf("the file holds %T where %d bytes are wanted", v, len(s))
	}
	copy(s, b)
	return nil
}
