// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHubs} from "../src/interfaces/IHubs.sol";
import {Fixture} from "./support/Fixture.sol";
import {Signing} from "./support/Signing.sol";
import {vm} from "./support/Vm.sol";

contract TakeBackTest is Fixture {
    using Signing for Signing.Domain;

    uint96 internal constant CAP = 2e18;
    address internal spot;

    function setUp() public override {
        super.setUp();
        spot = Signing.deposit(address(hubs), hub, alice, CAP);
        vm.prank(mallory);
        token.transfer(spot, 10e18);
    }

    function _order(uint96 amount, uint96 fee) internal view returns (IHubs.TakeBack memory t) {
        t.hub = hub;
        t.cap = CAP;
        t.amount = amount;
        t.fee = fee;
        t.relayer = relayer;
        t.deadline = time + LIFE;
        return domain.takeBack(ALICE, t);
    }

    function _relay(IHubs.TakeBack memory t) internal {
        vm.prank(relayer);
        hubs.takeBackFor(t);
    }

    function _refused(IHubs.TakeBack memory t, bytes4 why) internal {
        uint256 waits = token.balanceOf(spot);
        vm.expectRevert(why);
        _relay(t);
        eq(token.balanceOf(spot), waits, "it waits");
    }

    function test_byTheConsumer() public {
        vm.expectEmit(address(hubs));
        emit IHubs.TakenBack(hub, alice, 4e18);
        vm.prank(alice);
        hubs.takeBack(hub, CAP, 4e18);
        eq(token.balanceOf(alice), 9904e18, "back");
        eq(token.balanceOf(spot), 6e18, "waits");
        vm.prank(alice);
        hubs.takeBack(hub, CAP, 6e18);
        eq(token.balanceOf(spot), 0, "all of it");
        _checkIn(alice, 100e18, 0);
    }

    /// It is the caller's own address that is emptied, whoever calls.
    function test_nobodyElse() public {
        address[4] memory all = [mallory, hub, owner, relayer];
        for (uint256 i; i < all.length; ++i) {
            vm.expectRevert();
            vm.prank(all[i]);
            hubs.takeBack(hub, CAP, 1);
        }
        eq(token.balanceOf(spot), 10e18, "it waits");
    }

    function test_noMoreThanThereIs() public {
        vm.expectRevert();
        vm.prank(alice);
        hubs.takeBack(hub, CAP, 10e18 + 1);
        vm.expectRevert(IHubs.ZeroAmount.selector);
        vm.prank(alice);
        hubs.takeBack(hub, CAP, 0);
    }

    /// Leaving, or with a hub that is retired: what waits is the consumer's at any time.
    function test_atAnyTime() public {
        vm.prank(alice);
        hubs.requestExit(hub);
        vm.prank(alice);
        hubs.takeBack(hub, CAP, 4e18);
        vm.prank(owner);
        hubs.retire(hub);
        _relay(_order(6e18, 1e18));
        eq(token.balanceOf(alice), 9909e18, "back");
    }

    function test_relayed() public {
        vm.expectEmit(address(hubs));
        emit IHubs.TakenBack(hub, alice, 10e18);
        vm.expectEmit(address(hubs));
        emit IHubs.FeePaid(hub, alice, relayer, 1e18);
        _relay(_order(10e18, 1e18));
        eq(token.balanceOf(alice), 9909e18, "back");
        eq(token.balanceOf(relayer), 10_001e18, "fee");
        eq(token.balanceOf(spot), 0, "all of it");
    }

    function test_relayedForNothing() public {
        _relay(_order(10e18, 0));
        eq(token.balanceOf(alice), 9910e18, "back");
    }

    function test_anybodyIfNobodyIsNamed() public {
        IHubs.TakeBack memory t = _order(10e18, 1e18);
        t.relayer = address(0);
        t = domain.takeBack(ALICE, t);
        vm.prank(bob);
        hubs.takeBackFor(t);
        eq(token.balanceOf(bob), 10_001e18, "whoever did it");
    }

    function test_anotherRelayer() public {
        IHubs.TakeBack memory t = _order(10e18, 1e18);
        vm.expectRevert(IHubs.OtherRelayer.selector);
        vm.prank(mallory);
        hubs.takeBackFor(t);
    }

    /// R4: once, although as much is there again.
    function test_once() public {
        IHubs.TakeBack memory t = _order(5e18, 1e18);
        _relay(t);
        _refused(t, IHubs.SignatureVoid.selector);
    }

    /// The same words of two consumers are two orders: nobody can use up another's.
    function test_sameWordsOfAnother() public {
        IHubs.TakeBack memory t = _order(5e18, 1e18);
        vm.prank(mallory);
        token.transfer(Signing.deposit(address(hubs), hub, mallory, CAP), 10e18);
        _relay(domain.takeBack(MALLORY, _order(5e18, 1e18)));
        _relay(t);
        eq(token.balanceOf(alice), 9904e18, "back");
    }

    function test_everyFieldIsSigned() public {
        IHubs.TakeBack memory t = _order(5e18, 1e18);
        t.amount += 1;
        _refused(t, IHubs.BadSignature.selector);
        t = _order(5e18, 1e18);
        t.fee += 1;
        _refused(t, IHubs.BadSignature.selector);
        t = _order(5e18, 1e18);
        t.cap += 1;
        _refused(t, IHubs.BadSignature.selector);
        t = _order(5e18, 1e18);
        t.hub = bob;
        _refused(t, IHubs.BadSignature.selector);
        t = _order(5e18, 1e18);
        t.relayer = address(0);
        _refused(t, IHubs.BadSignature.selector);
        t = _order(5e18, 1e18);
        t.deadline -= 1;
        _refused(t, IHubs.BadSignature.selector);
        t = _order(5e18, 1e18);
        t.consumer = bob;
        _refused(t, IHubs.BadSignature.selector);
        t.consumer = address(0);
        (t.r, t.vs) = (0, 0);
        _refused(t, IHubs.BadSignature.selector);
    }

    function test_signatureOfAnotherChainOrContract() public {
        IHubs.TakeBack memory t = _order(5e18, 1e18);
        _refused(Signing.Domain(domain.chain + 1, domain.where).takeBack(ALICE, t), IHubs.BadSignature.selector);
        _refused(Signing.Domain(domain.chain, bob).takeBack(ALICE, t), IHubs.BadSignature.selector);
    }

    function test_deadlines() public {
        IHubs.TakeBack memory t = _order(5e18, 1e18);
        t.deadline = time + LIFE + 1;
        _refused(domain.takeBack(ALICE, t), IHubs.DeadlineTooFar.selector);
        t = _order(5e18, 1e18);
        _at(time + LIFE + 1);
        _refused(t, IHubs.SignatureExpired.selector);
    }

    /// The fee is out of the amount, and leaves something of it.
    function test_feeIsLessThanTheAmount() public {
        _refused(_order(5e18, 5e18), IHubs.InsufficientFunds.selector);
        _refused(_order(0, 0), IHubs.InsufficientFunds.selector);
    }

    function test_relayedNoMoreThanThereIs() public {
        IHubs.TakeBack memory t = _order(10e18 + 1, 1e18);
        vm.expectRevert();
        _relay(t);
        eq(token.balanceOf(alice), 9900e18, "nothing by halves");
        // It was not used up by that.
        vm.prank(mallory);
        token.transfer(spot, 1);
        _relay(t);
    }
}
