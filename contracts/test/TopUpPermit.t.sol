// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHubs} from "../src/interfaces/IHubs.sol";
import {Fixture} from "./support/Fixture.sol";
import {Signing} from "./support/Signing.sol";
import {vm} from "./support/Vm.sol";

contract TopUpPermitTest is Fixture {
    using Signing for Signing.Domain;

    function setUp() public override {
        super.setUp();
        vm.prank(alice);
        token.approve(address(hubs), 0);
    }

    function _permit(uint256 value) internal view returns (IHubs.Permit memory p) {
        p.value = value;
        p.deadline = time + 1 days;
        bytes32 digest = Signing.permitDigest(
            Signing.Domain(block.chainid, address(token)), alice, address(hubs), value, token.nonces(alice), p.deadline
        );
        (p.r, p.vs) = Signing.compact(ALICE, digest);
    }

    function _relay(IHubs.TopUp memory t, IHubs.Permit memory p) internal {
        vm.prank(relayer);
        hubs.topUpPermit(t, p);
    }

    function _refused(IHubs.TopUp memory t, bytes4 why) internal {
        IHubs.Permit memory p = _permit(1000e18);
        vm.expectRevert(why);
        _relay(t, p);
    }

    function test_consumerNeedsNoGas() public {
        _relay(_topUp(150e18, 0), _permit(50e18));
        _checkIn(alice, 150e18, 0);
        eq(token.balanceOf(alice), 9850e18, "pulled");
        eq(token.allowance(alice, address(hubs)), 0, "nothing left to take");
    }

    function test_relayerGetsTheFee() public {
        vm.expectEmit(address(hubs));
        emit IHubs.FeePaid(hub, alice, relayer, 2e18);
        _relay(_topUp(150e18, 2e18), _permit(52e18));
        _checkIn(alice, 150e18, 0);
        eq(token.balanceOf(alice), 9848e18, "pulled");
        eq(token.balanceOf(relayer), 10_002e18, "fee");
    }

    function test_anybodyIfNobodyIsNamed() public {
        IHubs.TopUp memory t = _topUp(150e18, 2e18);
        t.relayer = address(0);
        t = domain.topUp(ALICE, t);
        IHubs.Permit memory p = _permit(52e18);
        vm.prank(bob);
        hubs.topUpPermit(t, p);
        eq(token.balanceOf(bob), 10_002e18, "fee");
    }

    function test_anotherRelayer() public {
        IHubs.TopUp memory t = _topUp(150e18, 2e18);
        IHubs.Permit memory p = _permit(52e18);
        vm.expectRevert(IHubs.OtherRelayer.selector);
        vm.prank(mallory);
        hubs.topUpPermit(t, p);
    }

    /// A permit names no hub. Without the consumer's TopUp it moves nothing.
    function test_permitAlone() public {
        IHubs.TopUp memory t = _topUp(150e18, 0);
        t.hub = mallory;
        _refused(t, IHubs.BadSignature.selector);
    }

    function test_everyFieldIsSigned() public {
        IHubs.TopUp memory t = _topUp(150e18, 2e18);
        t.deposited += 1;
        _refused(t, IHubs.BadSignature.selector);
        t = _topUp(150e18, 2e18);
        t.fee += 1;
        _refused(t, IHubs.BadSignature.selector);
        t = _topUp(150e18, 2e18);
        t.relayer = address(0);
        _refused(t, IHubs.BadSignature.selector);
        t = _topUp(150e18, 2e18);
        t.deadline -= 1;
        _refused(t, IHubs.BadSignature.selector);
        t = _topUp(150e18, 2e18);
        t.consumer = bob;
        _refused(t, IHubs.BadSignature.selector);
    }

    function test_leaveIsNoTopUp() public {
        IHubs.Leave memory l = _leave(150e18, 0);
        _refused(
            IHubs.TopUp(l.hub, l.consumer, l.deposited, l.fee, l.relayer, l.deadline, l.r, l.vs),
            IHubs.BadSignature.selector
        );
    }

    /// R4: somebody used the permit alone, to make this call fail.
    function test_permitUsedBefore() public {
        IHubs.Permit memory p = _permit(50e18);
        bytes32 s = p.vs & bytes32(type(uint256).max >> 1);
        vm.prank(mallory);
        token.permit(alice, address(hubs), p.value, p.deadline, uint8(uint256(p.vs) >> 255) + 27, p.r, s);
        _relay(_topUp(150e18, 0), p);
        _checkIn(alice, 150e18, 0);
    }

    function test_standingAllowance() public {
        vm.prank(alice);
        token.approve(address(hubs), 50e18);
        _relay(_topUp(150e18, 0), _noPermit());
        _checkIn(alice, 150e18, 0);
    }

    function test_noAllowance() public {
        IHubs.TopUp memory t = _topUp(150e18, 0);
        vm.expectRevert();
        _relay(t, _noPermit());
    }

    /// R4: a third party topped up meanwhile, so less is pulled than the permit says.
    function test_toppedUpMeanwhile() public {
        IHubs.TopUp memory t = _topUp(150e18, 2e18);
        IHubs.Permit memory p = _permit(52e18);
        vm.prank(mallory);
        hubs.topUp(hub, alice, 20e18);
        _relay(t, p);
        _checkIn(alice, 150e18, 0);
        eq(token.balanceOf(alice), 9868e18, "less is pulled");
    }

    function test_worksOnce() public {
        vm.prank(alice);
        token.approve(address(hubs), type(uint256).max);
        IHubs.TopUp memory t = _topUp(150e18, 2e18);
        _relay(t, _noPermit());
        vm.expectRevert(IHubs.WrongState.selector);
        _relay(t, _noPermit());
    }

    function test_afterTheDeadline() public {
        IHubs.TopUp memory t = _topUp(150e18, 0);
        _at(time + LIFE + 1);
        _refused(t, IHubs.SignatureExpired.selector);
    }

    function test_atTheDeadline() public {
        IHubs.TopUp memory t = _topUp(150e18, 0);
        _at(time + LIFE);
        _relay(t, _permit(50e18));
    }

    /// R4: no signature may lie about for longer.
    function test_deadlineTooFar() public {
        IHubs.TopUp memory t = _topUp(150e18, 0);
        t.deadline = time + LIFE + 1;
        _refused(domain.topUp(ALICE, t), IHubs.DeadlineTooFar.selector);
    }

    function test_notWhileLeaving() public {
        vm.prank(alice);
        hubs.requestExit(hub);
        _at(time + 1);
        _refused(_topUp(150e18, 0), IHubs.AlreadyLeaving.selector);
    }

    /// R4: leave, come back, and show the old signature again.
    function test_replayAfterLeavingAndComingBack() public {
        vm.prank(alice);
        token.approve(address(hubs), type(uint256).max);
        IHubs.TopUp memory t = _topUp(150e18, 2e18);
        _relay(t, _noPermit());
        IHubs.Close memory k = _close(150e18, 0);
        vm.prank(alice);
        hubs.coopExit(hub, k);
        vm.prank(alice);
        hubs.topUp(hub, alice, 20e18);
        _refused(t, IHubs.SignatureVoid.selector);
        // One that is signed after the return is good.
        _at(time + 1);
        _relay(_topUp(150e18, 2e18), _noPermit());
    }

    /// R4: coming back in the very block of the agreement brings nothing back to life.
    function test_replayInTheSameBlock() public {
        vm.prank(alice);
        token.approve(address(hubs), type(uint256).max);
        IHubs.TopUp memory t = _topUp(150e18, 0);
        _relay(t, _noPermit());
        IHubs.Close memory k = _close(150e18, 0);
        vm.prank(alice);
        hubs.coopExit(hub, k);
        _refused(t, IHubs.SignatureVoid.selector);
    }

    /// R4: whatever was used before a delayed exit is over at its end, as the delay is longer than a signature lives.
    function test_replayAfterADelayedExit() public {
        vm.prank(alice);
        token.approve(address(hubs), type(uint256).max);
        IHubs.TopUp memory t = _topUp(150e18, 0);
        _relay(t, _noPermit());
        vm.prank(alice);
        hubs.requestExit(hub);
        _at(time + DELAY);
        hubs.finalizeExit(hub, alice);
        _refused(t, IHubs.SignatureExpired.selector);
        (,,, uint64 notBefore) = hubs.ins(hub, alice);
        eq(notBefore, 0, "nothing remains of the channel");
    }

    /// A TopUp that was signed while the channel was leaving opens the next one, if it is the first to.
    function test_signedWhileLeaving() public {
        vm.prank(alice);
        token.approve(address(hubs), type(uint256).max);
        vm.prank(alice);
        hubs.requestExit(hub);
        uint64 over = time + DELAY;
        _at(over - 1);
        IHubs.TopUp memory t = _topUp(50e18, 0);
        IHubs.TopUp memory late = _topUp(60e18, 0);
        _at(over);
        hubs.finalizeExit(hub, alice);
        _relay(t, _noPermit());
        _checkIn(alice, 50e18, 0);
        _refused(late, IHubs.SignatureVoid.selector);
        _refused(t, IHubs.SignatureVoid.selector);
        _relay(_topUp(70e18, 0), _noPermit()); // signed in the block that opened it
        _checkIn(alice, 70e18, 0);
    }

    function test_signatureOfAnotherChainOrContract() public {
        IHubs.TopUp memory t = _topUp(150e18, 0);
        _refused(Signing.Domain(domain.chain + 1, domain.where).topUp(ALICE, t), IHubs.BadSignature.selector);
        _refused(Signing.Domain(domain.chain, bob).topUp(ALICE, t), IHubs.BadSignature.selector);
    }

    function test_zeroConsumer() public {
        IHubs.TopUp memory t = _topUp(150e18, 0);
        t.consumer = address(0);
        (t.r, t.vs) = (0, 0);
        _refused(t, IHubs.BadSignature.selector);
    }
}
