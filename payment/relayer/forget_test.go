package relayer

import (
	"database/sql"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wherrynet/wherry"
)

// What is at its end for a month is dropped; the sums stay what they were, and what is
// younger, or not at its end, is kept.
func TestOldRequestsAreForgottenAndStayInTheSums(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		r := w.deposited(wherry.Tokens(10))
		d := w.depositOf(w.consumer)
		w.chain.Give(w.chain.Params().DepositAddress(d.Typed()), wherry.Tokens(5))
		w.show(r, d)
		w.work(r, 60)
		before, err := r.Totals(t.Context())
		if err != nil || before.Final != 2 || before.Earned.IsZero() {
			t.Fatalf("%+v, %v", before, err)
		}
		count := func() (n int) {
			t.Helper()
			for _, table := range []string{"jobs", "sweeps"} {
				var rows int
				if err := r.db.Read(t.Context(), func(tx *sql.Tx) error {
					return tx.QueryRowContext(t.Context(), `SELECT count(*) FROM `+table).Scan(&rows)
				}); err != nil {
					t.Fatal(err)
				}
				n += rows
			}
			return n
		}
		time.Sleep(keptFor - 2*time.Hour)
		w.work(r, 1)
		if n := count(); n != 2 {
			t.Fatalf("%d rows before their time", n)
		}
		for range 2 { // the past grows, too
			time.Sleep(3 * time.Hour)
			w.work(r, 1)
		}
		if n := count(); n != 0 {
			t.Errorf("%d rows are kept for ever", n)
		}
		after, err := r.Totals(t.Context())
		if err != nil || after.Final != before.Final || after.Earned != before.Earned || len(after.Chains) != 1 || after.Chains[0] != before.Chains[0] {
			t.Errorf("%+v, then %+v, %v", before, after, err)
		}
		w.submit(r, w.sign(w.topUp(w.quote(r), wherry.Tokens(20))))
		w.work(r, 60)
		if n := count(); n != 1 {
			t.Errorf("%d rows after another request", n)
		}
		if sums, err := r.Totals(t.Context()); err != nil || sums.Final != 3 {
			t.Errorf("%+v, %v", sums, err)
		}
	})
}
