package chaintest

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/wherrynet/wherry"
	"github.com/wherrynet/wherry/chain"
	"github.com/wherrynet/wherry/identity/typed"
)

// hubCall is what owners do.
func (d *duel) hubCall(r *rapid.T) {
	hub, p := d.world.hub.Address(), d.world
	by := p.owner
	if sometimes(r, 4, "stranger") {
		by = d.person(r, "by")
	}
	var call chain.Call
	switch rapid.IntRange(0, 6).Draw(r, "call") {
	case 0, 1:
		call = p.open(by, tokens(r, "amount"))
	case 2:
		call = chain.Fund{Hub: hub, Amount: tokens(r, "amount")}
	case 3:
		call = chain.Withdraw{Hub: hub, Amount: tokens(r, "amount")}
	case 4:
		if !sometimes(r, 5, "retire") {
			r.Skip("a hub retires seldom")
		}
		call = chain.Retire{Hub: hub}
	case 5:
		call = chain.AnnounceCut{Hub: hub, Payee: d.payee(r)}
	default:
		call = chain.CutReserve{Hub: hub, Payee: d.payee(r), Reserve: tokens(r, "reserve")}
	}
	d.both(r, by, call)
}

// moneyCall is what moves money through the hub.
func (d *duel) moneyCall(r *rapid.T) {
	hub, p := d.world.hub.Address(), d.world
	n := rapid.IntRange(1, 3).Draw(r, "items")
	switch rapid.IntRange(0, 2).Draw(r, "call") {
	case 0:
		var claims []chain.Claim
		for range n {
			c := p.promise(d.consumer(r), tokens(r, "total"), d.preimage(r))
			if sometimes(r, 5, "forged") {
				c.Signature[rapid.IntRange(0, 63).Draw(r, "byte")] ^= 1
			}
			claims = append(claims, c)
		}
		d.both(r, p.relayer, chain.Collect{Hub: hub, Claims: claims})
	case 1:
		var payouts []chain.SignedPayout
		for range n {
			signer := *p
			signer.payee = d.payee(r)
			var expiry uint64
			if sometimes(r, 2, "expires") {
				expiry = d.deadline(r)
			}
			s := signer.payout(tokens(r, "total"), expiry, d.preimage(r))
			if sometimes(r, 5, "forged") {
				s.Payout.Total = tokens(r, "forged total")
			}
			payouts = append(payouts, s)
		}
		d.both(r, p.relayer, chain.Settle{Hub: hub, Payouts: payouts})
	default:
		var items []chain.PushItem
		for range n {
			items = append(items, chain.PushItem{
				Payee: d.payee(r), Total: tokens(r, "total"), Reserve: tokens(r, "reserve"),
			})
		}
		by := rapid.SampledFrom(d.people[3:]).Draw(r, "by") // relayer or hub
		if sometimes(r, 2, "owner") {
			by = p.owner
		}
		d.both(r, by, chain.Push{Hub: hub, Items: items})
	}
}

// depositCall is what puts money into a channel.
func (d *duel) depositCall(r *rapid.T) {
	hub, p := d.world.hub.Address(), d.world
	c := d.consumer(r)
	add, fee := tokens(r, "amount"), rapid.SampledFrom([]wherry.Amount{{}, wherry.Tokens(1)}).Draw(r, "fee")
	deposited := sum(p.in(c).Deposited, add)
	t := typed.TopUp{
		Hub: hub, Deposited: deposited, Fee: fee, Deadline: d.deadline(r),
		Relayer: rapid.SampledFrom([]wherry.Address{{}, p.relayer.Address(), p.bob.Address()}).Draw(r, "relayer"),
	}
	value := sum(add, fee)
	if sometimes(r, 5, "another value") {
		value = tokens(r, "value")
	}
	switch rapid.IntRange(0, 4).Draw(r, "call") {
	case 0:
		d.both(r, d.person(r, "by"), chain.TopUp{Hub: hub, Consumer: c.Address(), Amount: add})
	case 1:
		d.both(r, p.relayer, p.permit(c, t, value))
	case 2:
		d.both(r, p.relayer, p.auth(c, t, value))
	case 3:
		d.both(r, c, chain.Approve{Amount: tokens(r, "allowance")})
	default:
		d.again(r)
	}
}

// leaveCall is what takes money out of a channel.
func (d *duel) leaveCall(r *rapid.T) {
	hub, p := d.world.hub.Address(), d.world
	c := d.consumer(r)
	in := p.in(c)
	deposited := in.Deposited
	if sometimes(r, 6, "another deposit") {
		deposited = tokens(r, "deposited")
	}
	settled := sum(in.Settled, tokens(r, "more"))
	if sometimes(r, 2, "nothing more") {
		settled = in.Settled
	}
	end := d.deadline(r)
	domain := p.c.Params().Domain()
	closing := p.closing(c, deposited, settled)
	closing.Close.Expiry = end
	closing.Signature = p.hub.Sign(closing.Close.Digest(domain))
	leave := p.leaveFor(c, deposited, rapid.SampledFrom([]wherry.Amount{{}, wherry.Tokens(1), wherry.Tokens(8)}).Draw(r, "fee"))
	leave.Leave.Deadline = end
	leave.Signature = c.Sign(leave.Leave.Digest(domain))
	switch rapid.IntRange(0, 6).Draw(r, "call") {
	case 0:
		d.both(r, c, chain.RequestExit{Hub: hub})
	case 1:
		d.both(r, p.relayer, leave)
	case 2, 3:
		d.both(r, d.person(r, "by"), chain.FinalizeExit{Hub: hub, Consumer: c.Address()})
	case 4:
		d.both(r, c, closing)
	case 5:
		agreed := rapid.SampledFrom([]wherry.Amount{settled, settled, settled, {}, wherry.Tokens(1)}).Draw(r, "agreed")
		d.both(r, p.relayer, chain.CoopExitFor{
			Close: closing.Close, Signature: closing.Signature, Leave: leave.Leave, LeaveSignature: p.leavingNow(c, leave.Leave, agreed),
		})
	default:
		d.again(r)
	}
}

// waitCall is what goes to deposit addresses and away from them.
func (d *duel) waitCall(r *rapid.T) {
	p := d.world
	c := d.consumer(r)
	at := p.waiting(c, rapid.SampledFrom(caps).Draw(r, "cap"))
	t := typed.TakeBack{
		Hub: at.Hub, Cap: at.Cap, Amount: tokens(r, "amount"), Deadline: d.deadline(r),
		Fee:     rapid.SampledFrom([]wherry.Amount{{}, wherry.Tokens(1), wherry.Tokens(8)}).Draw(r, "fee"),
		Relayer: rapid.SampledFrom([]wherry.Address{{}, p.relayer.Address(), p.bob.Address()}).Draw(r, "relayer"),
	}
	switch rapid.IntRange(0, 7).Draw(r, "call") {
	case 0, 1, 2:
		d.both(r, p.owner, chain.Transfer{To: d.m.params.DepositAddress(at), Amount: t.Amount})
	case 3, 4:
		var items []typed.Deposit
		for range rapid.IntRange(1, 3).Draw(r, "items") {
			items = append(items, p.waiting(d.consumer(r), rapid.SampledFrom(caps).Draw(r, "cap")))
		}
		d.both(r, d.person(r, "by"), chain.Sweep{Fee: t.Fee, Items: items})
	case 5:
		d.both(r, c, chain.TakeBack{Hub: at.Hub, Cap: at.Cap, Amount: t.Amount})
	case 6:
		d.both(r, p.relayer, p.signTakeBack(c, t))
	default:
		d.again(r)
	}
}

// again shows something signed that was taken before: it must not work twice.
func (d *duel) again(r *rapid.T) {
	old := slices.DeleteFunc(slices.Clone(d.signed), func(c chain.Call) bool {
		switch c.(type) {
		case chain.TopUpPermit, chain.TopUpAuth, chain.RequestExitFor, chain.CoopExitFor, chain.TakeBackFor,
			chain.Collect, chain.Settle, chain.Sweep:
			return false
		}
		return true
	})
	if len(old) == 0 {
		r.Skip("nothing was signed yet")
	}
	d.both(r, d.world.relayer, rapid.SampledFrom(old).Draw(r, "again"))
}
