// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHubs} from "../src/interfaces/IHubs.sol";
import {Fixture} from "./support/Fixture.sol";
import {Signing} from "./support/Signing.sol";
import {vm} from "./support/Vm.sol";

contract CoopExitTest is Fixture {
    using Signing for Signing.Domain;

    function _exit(IHubs.Close memory k) internal {
        vm.prank(alice);
        hubs.coopExit(hub, k);
    }

    function _refused(IHubs.Close memory k, bytes4 why) internal {
        vm.expectRevert(why);
        _exit(k);
    }

    function test_closesAtOnce() public {
        vm.expectEmit(address(hubs));
        emit IHubs.Collected(hub, alice, 30e18, 30e18);
        vm.expectEmit(address(hubs));
        emit IHubs.Exited(hub, alice, 70e18, 30e18);
        _exit(_close(100e18, 30e18));
        eq(token.balanceOf(alice), 9970e18, "back");
        eq(_free(hub), 1030e18, "free");
        _checkIn(alice, 30e18, 30e18);
    }

    function test_afterCollecting() public {
        _collect(_claim(ALICE, 20e18));
        _exit(_close(100e18, 30e18));
        eq(_free(hub), 1030e18, "free");
        eq(token.balanceOf(alice), 9970e18, "back");
    }

    function test_settledCannotGoBack() public {
        _collect(_claim(ALICE, 40e18));
        _refused(_close(100e18, 30e18), IHubs.WrongState.selector);
    }

    function test_settledAboveTheDeposit() public {
        _refused(_close(100e18, 100e18 + 1), IHubs.WrongState.selector);
    }

    function test_anotherDeposit() public {
        _refused(_close(90e18, 0), IHubs.WrongState.selector);
        _refused(_close(110e18, 0), IHubs.WrongState.selector);
    }

    function test_everyFieldIsSigned() public {
        IHubs.Close memory k = _close(100e18, 30e18);
        k.settled = 0;
        _refused(k, IHubs.BadSignature.selector);
        k = _close(90e18, 30e18);
        k.deposited = 100e18;
        _refused(k, IHubs.BadSignature.selector);
        k = _close(100e18, 30e18);
        k.expiry -= 1;
        _refused(k, IHubs.BadSignature.selector);
        vm.prank(bob);
        hubs.topUp(hub, bob, 100e18);
        k = _close(100e18, 30e18);
        vm.expectRevert(IHubs.BadSignature.selector);
        vm.prank(bob);
        hubs.coopExit(hub, k);
    }

    function test_closeOfAnotherHubChainOrContract() public {
        uint64 expiry = time + LIFE;
        _refused(domain.close(MALLORY, alice, 100e18, 0, expiry), IHubs.BadSignature.selector);
        _refused(
            Signing.Domain(domain.chain + 1, domain.where).close(HUB, alice, 100e18, 0, expiry),
            IHubs.BadSignature.selector
        );
        _refused(Signing.Domain(domain.chain, bob).close(HUB, alice, 100e18, 0, expiry), IHubs.BadSignature.selector);
    }

    function test_deadlines() public {
        _refused(domain.close(HUB, alice, 100e18, 0, time + LIFE + 1), IHubs.DeadlineTooFar.selector);
        IHubs.Close memory k = _close(100e18, 0);
        _at(time + LIFE + 1);
        _refused(k, IHubs.SignatureExpired.selector);
    }

    function test_nothingDeposited() public {
        _exit(_close(100e18, 30e18));
        _at(time + 1);
        _refused(_close(30e18, 30e18), IHubs.NothingDeposited.selector);
    }

    /// R4: leave, come back with the same deposit, and show the old Close again.
    function test_replayAfterLeavingAndComingBack() public {
        IHubs.Close memory k = _close(100e18, 0);
        _exit(k);
        vm.prank(alice);
        hubs.topUp(hub, alice, 100e18);
        _refused(k, IHubs.SignatureVoid.selector);
        (,,, uint64 notBefore) = hubs.ins(hub, alice);
        eq(notBefore, time + LIFE, "and the contract says so");
        _at(time + 1);
        _exit(_close(100e18, 0));
    }

    /// R4: nor one that the hub signed while the channel was leaving, also if nothing was ever settled, so that an exit
    /// leaves no trace in the channel's slot.
    function test_replayOfOneSignedWhileLeaving() public {
        vm.prank(alice);
        hubs.requestExit(hub);
        uint64 over = time + DELAY;
        _at(over - 1);
        IHubs.Close memory k = _close(100e18, 0);
        _at(over);
        hubs.finalizeExit(hub, alice);
        _refused(k, IHubs.NothingDeposited.selector);
        vm.prank(alice);
        hubs.topUp(hub, alice, 100e18);
        _refused(k, IHubs.SignatureVoid.selector);
        _exit(_close(100e18, 0)); // one of the block that opened it is good
    }

    /// What a consumer signed to leave at once starts no delay, and the other way round.
    function test_oneWayOfLeavingIsNotTheOther() public {
        IHubs.Leave memory l = _leaveNow(100e18, 30e18, 5e18);
        vm.expectRevert(IHubs.BadSignature.selector);
        vm.prank(relayer);
        hubs.requestExitFor(l);
        IHubs.Close memory k = _close(100e18, 30e18);
        l = _leave(100e18, 5e18);
        vm.expectRevert(IHubs.BadSignature.selector);
        vm.prank(relayer);
        hubs.coopExitFor(l, k);
        vm.prank(relayer);
        hubs.coopExitFor(_leaveNow(100e18, 30e18, 5e18), k);
    }

    /// A hub and a relayer, who may be one, cannot keep more than the consumer signed: not with another Close, and not with
    /// what was signed to leave without the hub.
    function test_hubKeepsWhatTheConsumerSigned() public {
        IHubs.Leave memory l = _leaveNow(100e18, 30e18, 2e18);
        IHubs.Leave memory alone = _leave(100e18, 2e18);
        for (uint96 kept = 29e18; kept <= 98e18; kept += 69e18) {
            IHubs.Close memory k = _close(100e18, kept);
            vm.expectRevert(IHubs.BadSignature.selector);
            vm.prank(relayer);
            hubs.coopExitFor(l, k);
            vm.expectRevert(IHubs.BadSignature.selector);
            vm.prank(relayer);
            hubs.coopExitFor(alone, k);
        }
        IHubs.Close memory agreed = _close(100e18, 30e18);
        vm.prank(relayer);
        hubs.coopExitFor(l, agreed);
        eq(token.balanceOf(alice), 9968e18, "back");
    }

    /// While a channel is leaving, the hub may still let it go at once, with a Close of after the request.
    function test_callsOffTheDelay() public {
        IHubs.Close memory before = _close(100e18, 30e18);
        vm.prank(alice);
        hubs.requestExit(hub);
        _refused(before, IHubs.SignatureVoid.selector);
        _at(time + 1);
        _exit(_close(100e18, 30e18));
        _checkIn(alice, 30e18, 30e18);
        _at(time + DELAY);
        vm.expectRevert(IHubs.NotLeaving.selector);
        hubs.finalizeExit(hub, alice);
    }

    function test_relayed() public {
        IHubs.Leave memory l = _leaveNow(100e18, 30e18, 2e18);
        IHubs.Close memory k = _close(100e18, 30e18);
        vm.prank(relayer);
        hubs.coopExitFor(l, k);
        eq(token.balanceOf(relayer), 10_002e18, "fee");
        eq(token.balanceOf(alice), 9968e18, "back");
        eq(_free(hub), 1030e18, "free");
    }

    function test_relayedForAFeeAboveTheRest() public {
        IHubs.Leave memory l = _leaveNow(100e18, 30e18, 80e18);
        IHubs.Close memory k = _close(100e18, 30e18);
        vm.expectRevert(IHubs.InsufficientFunds.selector);
        vm.prank(relayer);
        hubs.coopExitFor(l, k);
    }

    /// The hub's consent alone closes nothing: the consumer has to want it.
    function test_notWithoutTheConsumer() public {
        IHubs.Leave memory l = _leaveNow(100e18, 30e18, 0);
        l.vs ^= bytes32(uint256(1));
        IHubs.Close memory k = _close(100e18, 30e18);
        vm.expectRevert(IHubs.BadSignature.selector);
        vm.prank(relayer);
        hubs.coopExitFor(l, k);
    }

    function test_anotherRelayer() public {
        IHubs.Leave memory l = _leaveNow(100e18, 30e18, 2e18);
        IHubs.Close memory k = _close(100e18, 30e18);
        vm.expectRevert(IHubs.OtherRelayer.selector);
        vm.prank(mallory);
        hubs.coopExitFor(l, k);
    }

    /// One turn of the channel, one fee: what was signed before the delay began closes nothing.
    function test_oneLeaveOneFee() public {
        IHubs.Leave memory l = _leaveNow(100e18, 30e18, 2e18);
        IHubs.Leave memory alone = _leave(100e18, 2e18);
        vm.prank(relayer);
        hubs.requestExitFor(alone);
        _at(time + 1);
        IHubs.Close memory k = _close(100e18, 30e18);
        vm.expectRevert(IHubs.SignatureVoid.selector);
        vm.prank(relayer);
        hubs.coopExitFor(l, k);
    }

    /// A relayer that started the delay gets its fee also if the hub lets the consumer go earlier.
    function test_owedFeeIsPaid() public {
        IHubs.Leave memory l = _leave(100e18, 2e18);
        vm.prank(relayer);
        hubs.requestExitFor(l);
        _at(time + 1);
        _exit(_close(100e18, 30e18));
        eq(token.balanceOf(relayer), 10_002e18, "fee");
        eq(token.balanceOf(alice), 9968e18, "back");
    }

    /// R4: a stranger's dust cannot void a Close; the smallest sum that can costs them `minTopUp`.
    function test_dustCannotVoidAClose() public {
        IHubs.Close memory k = _close(100e18, 30e18);
        vm.expectRevert(IHubs.BelowMinimum.selector);
        vm.prank(mallory);
        hubs.topUp(hub, alice, 1);
        _exit(k);
    }
}
