package relayer

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/internal/codec"
	"github.com/wherrynet/wherry/internal/sqlite"
	"github.com/wherrynet/wherry/payment/onchain"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

// job is one request on its way.
type job struct {
	n    int64
	id   wherry.Hash
	ask  wire.Submission
	fee  wherry.Amount // what it brings
	due  uint64        // unix seconds; zero = at once
	free bool          // a gift
	row  onchain.Row
	gas  uint64
	cost wherry.Amount // in wei
	next wherry.Hash   // of a Leave: what finalizes it
}

func (j job) status() wire.Status {
	return wire.Status{
		Version: wire.Version, ID: j.id, Kind: j.ask.Kind, State: string(j.row.State), Tx: j.row.Tx().ID, Fee: j.fee,
		Gas: j.gas, Cost: j.cost, Error: j.row.Error, Due: j.due, Next: j.next,
	}
}

// selectJob reads jobs; the subquery is the newest finalizing of the channel that
// a Leave (3) has left, which was noted after it.
const selectJob = `SELECT n, id, kind, fee, due, free, body, state, coalesce(tx, ''), gas, cost, error,
	(SELECT f.id FROM jobs f WHERE j.kind = 3 AND f.kind = 5 AND f.consumer = j.consumer AND f.hub = j.hub AND f.chain = j.chain AND f.n > j.n
	 ORDER BY f.n DESC LIMIT 1) FROM jobs j `

func scanJob(r *sql.Rows) (job, error) {
	var j job
	var kind uint64
	var tx string
	var body, next []byte
	err := r.Scan(&j.n, sqlite.Bytes(j.id[:]), &kind, sqlite.Amount(&j.fee), &j.due, &j.free, &body, &j.row.State, &tx,
		&j.gas, sqlite.Amount(&j.cost), &j.row.Error, &next)
	if err != nil {
		return j, err
	}
	copy(j.next[:], next)
	if err := codec.Unmarshal(body, &j.ask); err != nil {
		return j, fmt.Errorf("request %d: %w", j.n, err)
	}
	if j.row, err = onchain.ParseRow(j.row.State, tx, j.row.Error); err != nil {
		return j, fmt.Errorf("request %d: %w", j.n, err)
	}
	return j, nil
}

func query(ctx context.Context, db *sqlite.DB, where string, args ...any) ([]job, error) {
	var out []job
	err := db.Read(ctx, func(tx *sql.Tx) error {
		return sqlite.Query(ctx, tx, func(r *sql.Rows) error {
			j, err := scanJob(r)
			out = append(out, j)
			return err
		}, selectJob+where, args...)
	})
	return out, err
}

// find returns a request by its name, or NotFound.
func (r *Relayer) find(ctx context.Context, id wherry.Hash) (job, error) {
	all, err := query(ctx, r.db, `WHERE j.id = ?`, id[:])
	if err != nil {
		return job{}, err
	}
	if len(all) == 0 {
		return job{}, wherry.Errorf(wherry.NotFound, "no request %s", id)
	}
	return all[0], nil
}

// insert writes a new request, unless one of its name is there.
func (l *lane) insert(ctx context.Context, tx *sql.Tx, j job) error {
	s := j.ask
	body, err := codec.Marshal(s)
	if err != nil {
		return err
	}
	now := time.Now().Unix()
	_, err = tx.ExecContext(ctx, `INSERT INTO jobs (id, chain, contract, kind, consumer, hub, fee, due, body, free, state, made, changed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
		j.id[:], l.name.ID, l.name.Contract[:], uint64(s.Kind), s.Consumer[:], s.Hub[:], j.fee.String(), j.due, body, j.free, onchain.Planned, now, now)
	if err != nil {
		return fmt.Errorf("note a request: %w", err)
	}
	return nil
}

// save writes how far a request has come.
func (l *lane) save(ctx context.Context, j job, row onchain.Row) error {
	text, err := row.Text()
	if err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	l.log.Info("relayed", "kind", j.ask.Kind.String(), "chain", l.params.ID, "state", row.State, "tx", row.Tx().ID)
	return l.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE jobs SET state = ?, error = ?, blamed = ?, tx = ?, gas = ?, cost = ?, changed = ? WHERE n = ?`,
			row.State, row.Error, blames(j, row), text, row.Gas, row.Cost.String(), time.Now().Unix(), j.n)
		return err
	})
}

// blames reports whether a request has cost gas because the contract would not
// have what its consumer had signed. One that came too late is the relayer's own
// fault, and an exit may be finalized by anybody.
func blames(j job, row onchain.Row) bool {
	if row.State != onchain.Failed || len(row.Tries) == 0 || j.ask.Kind == wire.Finalize {
		return false
	}
	why := row.Error // a refusal's name, or a text that ends with it
	if i := strings.LastIndexByte(why, '('); i >= 0 {
		why = strings.TrimSuffix(why[i+1:], ")")
	}
	r := chain.Refusal(why)
	return r.Known() && r != chain.SignatureExpired
}

// banFor is how long somebody is not served whose message was refused on chain
// after it had passed every check: that has cost gas and brought nothing.
const banFor = 24 * time.Hour

// admit refuses a request for which there is no room, or whose sender has used
// up its share. It is asked before the chain is, and again where it counts.
func (l *lane) admit(ctx context.Context, tx *sql.Tx, s wire.Submission, now time.Time) error {
	var open, hour, same, bad int
	err := tx.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM jobs WHERE state NOT IN ('final', 'failed') AND due = 0),
		(SELECT count(*) FROM jobs WHERE consumer = ?1 AND made > ?2 AND kind <> 5),
		(SELECT count(*) FROM jobs WHERE state IN ('planned', 'sent') AND consumer = ?1 AND chain = ?3 AND kind <> 5),
		(SELECT count(*) FROM jobs WHERE blamed = 1 AND consumer = ?1 AND changed > ?4)`,
		s.Consumer[:], now.Add(-time.Hour).Unix(), l.name.ID, now.Add(-banFor).Unix()).Scan(&open, &hour, &same, &bad)
	switch {
	case err != nil:
		return fmt.Errorf("count requests: %w", err)
	case bad > 0:
		return wherry.Errorf(wherry.Refused, "%s: what you signed before was refused on chain, which this relayer paid for: it serves you again after a day", s.Kind)
	case same > 0:
		// They would share a permit's nonce, a balance or a deposit.
		return wherry.Errorf(wherry.Conflict, "%s: another request of this consumer is on its way: wait for it", s.Kind)
	case hour >= l.cfg.PerHour:
		return wherry.Errorf(wherry.Busy, "%s: more than %d requests in an hour: come back later", s.Kind, l.cfg.PerHour)
	case open >= l.cfg.MaxOpen:
		return wherry.Errorf(wherry.Busy, "%s: too much is on its way: come back later", s.Kind)
	}
	return nil
}

// scanned returns the next block to be read for exits.
func (l *lane) scanned(ctx context.Context) (next uint64, err error) {
	next = l.First
	err = l.db.Read(ctx, func(tx *sql.Tx) error {
		var last uint64
		err := tx.QueryRowContext(ctx, `SELECT block FROM scanned WHERE chain = ? AND contract = ?`, l.name.ID, l.name.Contract[:]).Scan(&last)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		next = last + 1
		return err
	})
	return next, err
}

func (l *lane) setScanned(ctx context.Context, tx *sql.Tx, block uint64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO scanned (chain, contract, block) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET block = excluded.block`,
		l.name.ID, l.name.Contract[:], block)
	return err
}
