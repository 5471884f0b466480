package main

// The packages whose guards are in the table.
const (
	channel  = "payment/channel/"
	hubs     = "payment/hub/"
	earnings = "payment/earnings/"
	wallets  = "payment/wallet/"
	sol      = "contracts/src/"
	sim      = "sim/payments"
)

// table has a row for every guard of the rules. A rule of which the contracts
// and Go each hold a part has rows of both.
var table = []mutant{
	{Rule: "R1", Without: "a pull is checked against the contract's own balance", File: sol + "Ledger.sol", From: "if (token.balanceOf(address(this)) != before + amount) revert WrongAmountReceived();", To: "", Test: "Tokens.test_feeOnTransfer"},
	{Rule: "R2", Without: "a retired hub's key may not push", File: sol + "Hubs.sol", From: "(msg.sender != hub || h.retired)", To: "(msg.sender != hub)", Test: "Retire.test_hubKeyCannotPush"},
	{Rule: "R2", Without: "what a retired hub has free pays nobody", File: sol + "Hubs.sol", From: "h.retired ? 0 : _min(due - fromReserve, free)", To: "_min(due - fromReserve, free)", Test: "Retire.test_payoutsFromFreeStop"},
	{Rule: "R2", Without: "a reserve is cut after an announcement", File: sol + "Hubs.sol", From: "if (o.unlockAt == 0 || block.timestamp < o.unlockAt) revert TooEarly();", To: "", Test: "Reserve.test_notWithoutAnnouncement"},
	{Rule: "R3", Without: "a push pays as much as is free", File: sol + "Hubs.sol", From: "h.retired ? 0 : _min(due - fromReserve, free)", To: "h.retired ? 0 : (due - fromReserve)", Test: "Push.test_clampsToWhatIsFree"},
	{Rule: "R3", Without: "a payee that cannot be is skipped", File: sol + "Hubs.sol", From: "if (!_takesPart(p.payee)) return _skip(hub, p, Reason.BadPayee);", To: "", Test: "Settle.test_payeesThatCannotBe"},
	{Rule: "R4", Without: "a stranger's top-up has a minimum", File: sol + "Hubs.sol", From: "if (msg.sender != consumer && amount < minTopUp) revert BelowMinimum();", To: "", Test: "TopUp.test_dustFromAStranger"},
	{Rule: "R4", Without: "what was signed before a channel's last turn is void", File: sol + "Hubs.sol", From: "if (deadline <= _notBefore(c)) revert SignatureVoid();", To: "", Test: "CoopExit.test_replayAfterLeavingAndComingBack"},
	{Rule: "R4", Without: "a signature names its relayer", File: sol + "Ledger.sol", From: "if (named != msg.sender && named != address(0)) revert OtherRelayer();", To: "", Test: "RequestExit.test_anotherRelayer"},
	{Rule: "R5", Without: "totals go on after leaving", File: channel + "payer_evidence.go", From: "s.Highest = s.Highest.Max(s.Used)", To: "s.Highest = s.Used", Test: "TestR5TotalsGoOnAfterLeaving"},

	{Rule: "R6", Without: "only a final block past the expiry voids an order, says the hub", File: channel + "hub_chain.go", From: "t.provider.Chain == chain && t.expiry < final", To: "t.provider.Chain == chain", Test: "TestOnlyAFinalBlockPastExpiryVoids"},
	{Rule: "R6", Without: "only a final block past the expiry voids an order, says the payer", File: channel + "payer_evidence.go", From: "!shown && expiry != 0", To: "expiry != 0", Test: "TestR6OnlyTheChainVoids"},
	{Rule: "R6", Without: "a preimage after the expiry opens nothing off chain", File: channel + "hub_pay.go", From: "!ok || at > t.expiry || !t.collectable(now)", To: "!ok || at == 0 || !t.collectable(now)", Test: "TestPreimageAfterExpiryDoesNotCountOffChain"},
	{Rule: "R6", Without: "a preimage counts while its orders can be collected", File: channel + "hub_pay.go", From: "!ok || at > t.expiry || !t.collectable(now)", To: "!ok || at > t.expiry", Test: "TestPreimageTooLateToCollect"},
	{Rule: "R6", Without: "a later batch renews no expiry", File: channel + "hub_apply.go", From: "	o := h.attach(t, it)\n", To: "	t.expiry++\n	o := h.attach(t, it)\n", Test: "TestLaterBatchOfATickRenewsNoExpiry"},
	{Rule: "R7", Without: "a preimage names the run that drew it", File: channel + "payee.go", From: "	m.Write(t.Epoch[:])\n", To: "", Test: "TestR7PreimageNamesEverything"},
	{Rule: "R7", Without: "a tick's preimage is shown once its payout is kept", File: earnings + "tick.go", From: "t.State != channel.Shown && t.State != channel.Settled", To: "t.State == channel.Dropped", Test: "TestR7PreimageIsNotShownBeforeItsPayoutIsKept"},
	{Rule: "R7", Without: "a lock of an earlier tick is refused by the consumer", File: channel + "payer_state.go", From: "if l.burned || m.newest[provider] != h {", To: "if l == nil {", Test: "TestR7LockOfAnEarlierTickIsRefused"},
	{Rule: "R7", Without: "a lock of zero is for the hub alone", File: channel + "payer.go", From: "case lock.IsZero() && o.Provider != id.Hub:", To: "case lock.IsZero() && o.Provider.IsZero():", Test: "TestR7LockOfZeroIsForTheHubAlone"},
	{Rule: "R7", Without: "an order's number is used once", File: channel + "hub_pay.go", From: "if in.seqs.used(it.Seq) {\n		return wherry.Conflict", To: "if false {\n		return wherry.Conflict", Test: "TestOrderNumberUsedTwice"},
	{Rule: "R8", Without: "nothing is carried before the hub has taken the opening", File: "session/provider/step.go", From: "if m.Phase == Opening && m.Meter.Free() {", To: "if m.Phase == Opening {", Test: "TestNothingPassesBeforeTheOpeningIsCleared", Pkg: "session/sessiontest"},
	{Rule: "R9", Without: "a payout is as much as was asked for", File: channel + "payee_answer.go", From: "	case l.Total.Less(least):\n		return wherry.Errorf(wherry.Refused, \"payout of %s: asked for %s\", l.Total, least)\n", To: "", Test: "TestR9AnswerThatFallsShort"},
	{Rule: "R9", Without: "a payout without a lock counts what was shown", File: channel + "payee_answer.go", From: "	case u.Total.Less(least):\n		return wherry.Errorf(wherry.Refused, \"unlocked payout of %s: %s is revealed\", u.Total, least)\n", To: "", Test: "TestR9HubThatLeavesAPreimageUncounted"},
	{Rule: "R9", Without: "a preimage stays where it is when its payout is old", File: channel + "payee_answer.go", From: "out.Reveal = timeLeft(a.Locked.Expiry, now) >= RevealUntil; out.Reveal", To: "out.Reveal = true; out.Reveal", Test: "TestR9LateAnswerIsKeptAndNotShown"},
	{Rule: "R9", Without: "a batch that waited for hours shows nothing", File: earnings + "clear.go", From: "t.State == channel.Shown && !book.Revealable(t, now)", To: "false && !book.Revealable(t, now)", Test: "TestR9OldBatchShowsNothingTooLate"},
	{Rule: "R10", Without: "what is unacknowledged has a limit, over all payees", File: channel + "payer.go", From: "if l.Unacknowledged.Less(sum) {", To: "if false {", Test: "TestR10UnacknowledgedIsOneSumOverAllPayees"},
	{Rule: "R10", Without: "a refusal is the hub's", File: channel + "payer_evidence.go", From: "	if err := a.VerifyRefusals(id.Hub); err != nil {\n		return nil, err\n	}\n", To: "", Test: "TestR10OnlyTheHubsSignatureFreesCredit"},
	{Rule: "R11", Without: "consent to leave waits for what is pending", File: channel + "hub_chain.go", From: "case !in.pending.IsZero() || len(in.open) > 0:", To: "case false:", Test: "TestCloseWaitsForWhatIsPending"},
	{Rule: "R11", Without: "a consumer that may leave orders nothing", File: channel + "hub_pay.go", From: "if in.stop != nil {", To: "if false {", Test: "TestCloseStopsOrders"},
	{Rule: "R11", Without: "a hub keeps no more than was revealed", File: channel + "payer_evidence.go", From: "case b.Used.Less(c.Settled):", To: "case false:", Test: "TestR11CloseForMoreThanRevealedIsRefused"},
	{Rule: "R12", Without: "a hub starts where leaving takes longer than a payout lives", File: hubs + "config.go", From: "p.Delay < need {", To: "false && p.Delay < need {", Test: "TestDelayHasToLeaveTimeToCollect"},
	{Rule: "R12", Without: "leaving counts from the newest block", File: hubs + "watch.go", From: "for _, v := range []chain.In{final, now} {", To: "for _, v := range []chain.In{final, final} {\n			_ = now", Test: "TestLeavingCountsFromTheNewestBlockAndDepositsFromTheFinal"},
	{Rule: "R12", Without: "a consumer that leaves orders nothing", File: channel + "hub_pay.go", From: "if in.leaving {\n		return", To: "if false {\n		return", Test: "TestLeavingConsumerTakesNoOrder"},
	{Rule: "R13", Without: "a reserve is the smaller of two views", File: channel + "payee_reserve.go", From: "return r.Final.Min(r.Head)", To: "return r.Final.Max(r.Head)", Test: "TestR13ReserveDecidesWhetherToServe"},
	{Rule: "R13", Without: "a reserve that may be cut stands behind nothing", File: channel + "payee_reserve.go", From: "if !r.UnlockAt.IsZero() {", To: "if false {", Test: "TestR13ReserveDecidesWhetherToServe"},
	{Rule: "R13", Without: "a provider serves within reserve and trust", File: channel + "payee_reserve.go", From: "if r.Counts().Less(open.SubFloor(p.Trust)) {", To: "if false {", Test: "TestMalloryIsAHubWithoutMoney", Pkg: sim},
	{Rule: "R13", Without: "the preimage of what is not reserved is not shown on chain", File: channel + "payee_reserve.go", From: "case r.Counts().Less(t.Locked.Total.SubFloor(r.Settled).SubFloor(p.Trust)):\n		return Wait", To: "case false:\n		return Wait", Test: "TestR9SettlesBeforeAPayoutExpires", Pkg: "payment/earnings"},
	{Rule: "R14", Without: "a payee signs who earns for it", File: channel + "answer.go", From: "	if err := identity.Verify(b.Payee.Payee, d, b.PayeeSig); err != nil {\n		return wherry.Errorf(wherry.Forbidden, \"payee binding: the payee did not sign it: %w\", err)\n	}\n", To: "", Test: "TestR14BindingNeedsBothSignatures"},
	{Rule: "R14", Without: "bindings are numbered one by one", File: channel + "hub_bind.go", From: "if r.Seq != p.seq+1 {", To: "if r.Seq <= p.seq {", Test: "TestBindingNumbersGrowByOne"},
	{Rule: "R14", Without: "what a consumer has unrevealed is bounded", File: channel + "hub_pay.go", From: "if plus(in.pending, it.Amount).Cmp(rules.MaxOpenConsumer) > 0 ||", To: "if", Test: "TestUnrevealedMoneyOfAConsumerIsBounded"},
	{Rule: "R15", Without: "a hub whose journal lacks what was paid serves nobody", File: hubs + "evidence.go", From: "case e.Kind == chain.Paid && book", To: "case false && book", Test: "TestOldJournalServesNobody"},
	{Rule: "R15", Without: "an old copy takes what the hub has counted as counted", File: earnings + "clear.go", From: "out.Unlocked, out.Ticks, err = book.CheckNewest", To: "out.Unlocked, _, err = book.CheckNewest", Test: "TestR15OldCopyGoesOnAfterTicksThatTheHubHasCounted"},
	{Rule: "R15", Without: "a restored wallet goes on from its newest promise", File: channel + "payer_evidence.go", From: "		s.Used = s.Used.Max(newest.Total.SubFloor(b.pending))\n", To: "", Test: "TestRestoredPayerGoesOnFromItsOwnPromise"},
	{Rule: "R15", Without: "a hub that has not read the chains says of no order that it never counts", File: hubs + "pay.go", From: "if h.book.Unseen(channel.InID{Chain: r.Chain.ID, Consumer: r.Who}, r.Seqs) {", To: "if false {", Test: "TestNoOrderDiesBeforeTheChainsAreRead"},
	{Rule: "R15", Without: "a hub that has not read the chains consents to nothing", File: hubs + "http.go", From: "if err := h.unread(); err != nil {", To: "if err := error(nil); err != nil {", Test: "TestNoOrderDiesBeforeTheChainsAreRead"},
	{Rule: "R16", Without: "orders are taken on deposits that are worth collecting", File: channel + "hub_pay.go", From: "if in.deposited.Less(rules.MinDeposit) {", To: "if false {", Test: "TestR16DustTakesNoOrder"},
	{Rule: "R16", Without: "a reserve comes out of what was earned", File: hubs + "batch.go", From: "target := o.Base.Min(r.maxReserve)", To: "target := r.maxReserve", Test: "TestReserveComesOutOfWhatWasEarned"},
	{Rule: "R16", Without: "a provider that was never paid is not in the journal", File: channel + "hub_bind.go", From: "		h.strangers.put(id, r)\n		return HubEvent{}, Bound{Version, r.Payee, r.Seq}, nil\n", To: "		h.bind(r)\n		return HubEvent{Bind: &r}, Bound{Version, r.Payee, r.Seq}, nil\n", Test: "TestStrangersBindingsLeaveNoTrace"},
	{Rule: "R16", Without: "strangers' bindings have a bound", File: channel + "hub_bind.go", From: "for len(s.came) > s.maxBound {", To: "for false {", Test: "TestStrangersBindingsLeaveNoTrace"},
	{Rule: "R16", Without: "a consumer brings few providers into the book", File: channel + "hub_bind.go", From: "s.brought[who] < introductions", To: "true", Test: "TestConsumerBringsFewProvidersInAnHour"},

	{Rule: "P1", Without: "a tick that settles is counted once", File: channel + "payee_answer.go", From: "if t.State == Shown && !p.settling[t.Lock] {", To: "if t.State == Shown {", Test: "TestSettlementThatTheHubCountsFirstIsCountedOnce", Pkg: "payment/earnings"},
	{Rule: "P1", Without: "a settlement pays its own tick", File: earnings + "settle.go", From: "if s.locked() {\n\t\tevents", To: "if false {\n\t\tevents", Test: "TestLateSettlementIsNotFinalByWhatAnotherTickWasPaid"},
	{Rule: "P2", Without: "two top-ups share no allowance", File: wallets + "action.go", From: "a.State == onchain.Planned && a.Kind == actApprove", To: "false", Test: "TestTwoHubsAreToppedUpAtOnce"},
	{Rule: "P3", Without: "a hub answers once its journal is on the disk", File: hubs + "hub.go", From: "jerr = h.journal.Commit(last)", To: "_ = last", Test: "TestHubDiesAtEveryEffect", Pkg: sim},
	{Rule: "P4", Without: "a promise never goes back", File: channel + "payer.go", From: "total = total.Max(b.Highest)", To: "_ = b.Highest", Test: "TestUnallocatedCreditIsUsedFirst"},
}
