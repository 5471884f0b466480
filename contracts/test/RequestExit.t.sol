// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHubs} from "../src/interfaces/IHubs.sol";
import {Fixture} from "./support/Fixture.sol";
import {Signing} from "./support/Signing.sol";
import {vm} from "./support/Vm.sol";

contract RequestExitTest is Fixture {
    using Signing for Signing.Domain;

    function _exitAt() internal view returns (uint64 exitAt) {
        (,, exitAt,) = hubs.ins(hub, alice);
    }

    function _relay(IHubs.Leave memory l) internal {
        vm.prank(relayer);
        hubs.requestExitFor(l);
    }

    function _refused(IHubs.Leave memory l, bytes4 why) internal {
        vm.expectRevert(why);
        _relay(l);
    }

    function test_startsTheDelay() public {
        vm.expectEmit(address(hubs));
        emit IHubs.ExitRequested(hub, alice, time + DELAY);
        vm.prank(alice);
        hubs.requestExit(hub);
        eq(_exitAt(), time + DELAY, "exitAt");
        _checkIn(alice, 100e18, 0);
    }

    function test_onlyOnce() public {
        vm.prank(alice);
        hubs.requestExit(hub);
        _at(time + 1);
        vm.expectRevert(IHubs.AlreadyLeaving.selector);
        vm.prank(alice);
        hubs.requestExit(hub);
    }

    function test_notWithoutADeposit() public {
        vm.expectRevert(IHubs.NothingDeposited.selector);
        vm.prank(bob);
        hubs.requestExit(hub);
    }

    function test_relayed() public {
        _relay(_leave(100e18, 2e18));
        eq(_exitAt(), time + DELAY, "exitAt");
        (address who, uint96 fee) = hubs.owed(hub, alice);
        yes(who == relayer, "relayer");
        eq(fee, 2e18, "fee");
        eq(token.balanceOf(relayer), 10_000e18, "the fee waits");
        _checkIn(alice, 100e18, 0);
    }

    function test_relayedForNothing() public {
        _relay(_leave(100e18, 0));
        (address who,) = hubs.owed(hub, alice);
        yes(who == address(0), "nobody is owed");
    }

    function test_anybodyIfNobodyIsNamed() public {
        IHubs.Leave memory l = _leave(100e18, 2e18);
        l.relayer = address(0);
        l = domain.leaving(ALICE, l);
        vm.prank(bob);
        hubs.requestExitFor(l);
        (address who,) = hubs.owed(hub, alice);
        yes(who == bob, "whoever did it");
    }

    function test_anotherRelayer() public {
        IHubs.Leave memory l = _leave(100e18, 0);
        vm.expectRevert(IHubs.OtherRelayer.selector);
        vm.prank(mallory);
        hubs.requestExitFor(l);
    }

    function test_everyFieldIsSigned() public {
        IHubs.Leave memory l = _leave(100e18, 2e18);
        l.fee += 1;
        _refused(l, IHubs.BadSignature.selector);
        l = _leave(100e18, 2e18);
        l.relayer = address(0);
        _refused(l, IHubs.BadSignature.selector);
        l = _leave(100e18, 2e18);
        l.deadline -= 1;
        _refused(l, IHubs.BadSignature.selector);
        l = _leave(90e18, 2e18);
        l.deposited = 100e18;
        _refused(l, IHubs.BadSignature.selector);
        vm.prank(bob);
        hubs.topUp(hub, bob, 100e18);
        l = _leave(100e18, 2e18);
        l.consumer = bob;
        _refused(l, IHubs.BadSignature.selector);
    }

    function test_topUpIsNoLeave() public {
        IHubs.TopUp memory t = _topUp(100e18, 0);
        _refused(
            IHubs.Leave(t.hub, t.consumer, t.deposited, t.fee, t.relayer, t.deadline, t.r, t.vs),
            IHubs.BadSignature.selector
        );
    }

    function test_anotherDeposit() public {
        _refused(_leave(99e18, 0), IHubs.WrongState.selector);
        _refused(_leave(101e18, 0), IHubs.WrongState.selector);
    }

    function test_deadlines() public {
        IHubs.Leave memory l = _leave(100e18, 0);
        l.deadline = time + LIFE + 1;
        _refused(domain.leaving(ALICE, l), IHubs.DeadlineTooFar.selector);
        l = _leave(100e18, 0);
        _at(time + LIFE + 1);
        _refused(l, IHubs.SignatureExpired.selector);
    }

    function test_feeAboveTheRest() public {
        _collect(_claim(ALICE, 60e18));
        _refused(_leave(100e18, 40e18 + 1), IHubs.InsufficientFunds.selector);
        _relay(_leave(100e18, 40e18));
    }

    /// R4: a Leave works once, also after leaving by agreement and coming back with the same deposit.
    function test_replayAfterLeavingAndComingBack() public {
        IHubs.Leave memory l = _leave(100e18, 2e18);
        IHubs.Leave memory now_ = _leaveNow(100e18, 0, 2e18);
        IHubs.Close memory k = _close(100e18, 0);
        vm.prank(relayer);
        hubs.coopExitFor(now_, k);
        vm.prank(alice);
        hubs.topUp(hub, alice, 100e18);
        _refused(l, IHubs.SignatureVoid.selector);
        _at(time + 1);
        _relay(_leave(100e18, 2e18));
    }

    /// R4: nor one that was signed while the channel was leaving, whether or not anything was ever settled.
    function test_replayOfOneSignedWhileLeaving() public {
        _replayOfOneSignedWhileLeaving(100e18);
    }

    function test_replayOfOneSignedWhileLeavingAfterASettlement() public {
        IHubs.Claim[] memory claims = new IHubs.Claim[](1);
        claims[0] = _claim(ALICE, 40e18);
        hubs.collect(hub, claims);
        _replayOfOneSignedWhileLeaving(60e18);
    }

    function _replayOfOneSignedWhileLeaving(uint96 left) private {
        vm.prank(alice);
        hubs.requestExit(hub);
        uint64 over = time + DELAY;
        _at(over - 1);
        IHubs.Leave memory l = _leave(100e18, 2e18);
        _at(over);
        hubs.finalizeExit(hub, alice);
        vm.prank(alice);
        hubs.topUp(hub, alice, left);
        _refused(l, IHubs.SignatureVoid.selector);
    }

    function test_signatureOfAnotherChainOrContract() public {
        IHubs.Leave memory l = _leave(100e18, 0);
        _refused(Signing.Domain(domain.chain + 1, domain.where).leaving(ALICE, l), IHubs.BadSignature.selector);
        _refused(Signing.Domain(domain.chain, bob).leaving(ALICE, l), IHubs.BadSignature.selector);
    }
}
