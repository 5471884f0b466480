package relayer

import (
	"database/sql"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity/typed"
	"github.com/wherrynet/wherry/payment/relayer/wire"
)

// The contract skips what waits for an account that cannot have a deposit, and
// takes the relayer's gas for that: it is neither taken into care nor swept.
func TestWhatCanNeverBeADepositBurnsNoGas(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.t = t
		r := w.open()
		p := w.chain.Params()
		for _, who := range []wherry.Address{p.Token, p.Contract} {
			d := wire.Deposit{Hub: w.hub.Address(), Consumer: who, Cap: price.Sweep}
			_, err := r.Show(t.Context(), wire.Show{Version: 1, Chain: w.name(), Items: []wire.Deposit{d}})
			wantCode(t, err, wherry.Invalid)
			// One that is in the file from before.
			err = r.db.Write(t.Context(), func(tx *sql.Tx) error {
				_, err := tx.Exec(`INSERT INTO deposits (chain, contract, hub, consumer, cap, every, next) VALUES (?, ?, ?, ?, ?, 5, 0)`,
					p.ID, p.Contract[:], d.Hub[:], d.Consumer[:], d.Cap.String())
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			w.chain.Give(p.DepositAddress(d.Typed()), wherry.Tokens(5))
		}
		w.work(r, 120)
		if len(w.dear.most) != 0 {
			t.Errorf("%d transactions for nothing", len(w.dear.most))
		}
	})
}

// Whoever puts money at as many addresses as one transaction sweeps, for a hub
// that is retired, keeps nobody else's from being swept.
func TestWhatCannotBeSweptKeepsNobodyOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.t = t
		r := w.open()
		mine := w.depositOf(w.consumer)
		w.show(r, mine)
		gone := key(90) // before the other, in the order of the file
		for n := byte(91); strings.ToLower(gone.Address().String()) > strings.ToLower(w.hub.Address().String()); n++ {
			gone = key(n)
		}
		w.send(gone, chain.OpenHub{Hub: gone.Address(), Signature: gone.Sign(typed.Owner{Owner: gone.Address()}.Digest(w.chain.Params().Domain()))})
		w.send(gone, chain.Retire{Hub: gone.Address()})
		for i := range maxSweep {
			d := wire.Deposit{Hub: gone.Address(), Consumer: wherry.Address{1, byte(i)}, Cap: price.Sweep}
			w.show(r, d)
			w.chain.Give(w.chain.Params().DepositAddress(d.Typed()), wherry.Tokens(5))
		}
		w.work(r, 10)
		w.chain.Give(w.chain.Params().DepositAddress(mine.Typed()), wherry.Tokens(5))
		w.show(r, mine)
		w.work(r, 60)
		if w.in().Deposited.IsZero() {
			t.Error("money that could be swept is not")
		}
	})
}
