// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Hubs} from "../src/Hubs.sol";
import {IHubs} from "../src/interfaces/IHubs.sol";
import {Token} from "../src/Token.sol";
import {Fixture} from "./support/Fixture.sol";
import {Signing} from "./support/Signing.sol";
import {BlacklistToken, FeeToken, HugeToken, PermissiveToken, SilentToken} from "./support/Tokens.sol";
import {vm} from "./support/Vm.sol";

/// What tokens can do that a token should not.
contract TokensTest is Fixture {
    using Signing for Signing.Domain;

    function _on(address t) internal returns (Hubs h) {
        h = new Hubs(t, DELAY, MIN);
    }

    /// R1: a token that says yes and moves nothing credits nothing, by any of the ways in.
    function test_permissiveFallback() public {
        Hubs h = _on(address(new PermissiveToken()));
        Signing.Domain memory d = Signing.Domain(block.chainid, address(h));
        vm.expectRevert(IHubs.WrongAmountReceived.selector);
        vm.prank(mallory);
        h.topUp(hub, mallory, 5e18);

        IHubs.TopUp memory t;
        t.hub = hub;
        t.deposited = 5e18;
        t.deadline = time + LIFE;
        t = d.topUp(MALLORY, t);
        vm.expectRevert(IHubs.WrongAmountReceived.selector);
        h.topUpPermit(t, _noPermit());
        vm.expectRevert(IHubs.WrongAmountReceived.selector);
        h.topUpAuth(t);

        (bytes32 r, bytes32 vs) = d.owner(HUB, mallory);
        vm.expectRevert(IHubs.WrongAmountReceived.selector);
        vm.prank(mallory);
        h.openHub(hub, 5e18, r, vs);
        vm.prank(mallory);
        h.openHub(hub, 0, r, vs);
        vm.expectRevert(IHubs.WrongAmountReceived.selector);
        vm.prank(mallory);
        h.fund(hub, 5e18);
    }

    /// R1: the same of a sweep, where the token says that something waits.
    function test_permissiveSweep() public {
        PermissiveToken t = new PermissiveToken();
        Hubs h = _on(address(t));
        t.set(10e18);
        IHubs.Deposit[] memory all = new IHubs.Deposit[](1);
        all[0] = IHubs.Deposit(hub, mallory, 1e18);
        vm.expectRevert(IHubs.WrongAmountReceived.selector);
        vm.prank(mallory);
        h.sweep(0, all);
        t.set(1 << 95);
        vm.expectRevert(IHubs.AmountTooLarge.selector);
        h.sweep(0, all);
    }

    /// R1: and of a sweep of which the token keeps a part.
    function test_feeOnSweep() public {
        FeeToken t = new FeeToken(address(this));
        Hubs h = _on(address(t));
        t.transfer(h.depositAddress(hub, alice, 0), 100e18);
        IHubs.Deposit[] memory all = new IHubs.Deposit[](1);
        all[0] = IHubs.Deposit(hub, alice, 0);
        vm.expectRevert(IHubs.WrongAmountReceived.selector);
        h.sweep(0, all);
    }

    /// With a token that has no derived addresses there are no deposit addresses.
    function test_tokenWithoutDerivedAddresses() public {
        SilentToken t = new SilentToken(address(this));
        Hubs h = _on(address(t));
        vm.expectRevert();
        h.depositAddress(hub, alice, 0);
        t.transfer(Signing.deposit(address(h), hub, alice, 0), 10e18); // against the warning
        IHubs.Deposit[] memory all = new IHubs.Deposit[](1);
        all[0] = IHubs.Deposit(hub, alice, 0);
        vm.expectEmit(address(h));
        emit IHubs.Skipped(hub, alice, 10e18, IHubs.Reason.TransferRefused);
        h.sweep(0, all);
        (uint96 deposited,,, uint64 notBefore) = h.ins(hub, alice);
        yes(deposited == 0 && notBefore == 0, "as if nothing had happened");
    }

    /// R3: an item that the token refuses changes nothing and stops nothing.
    function test_refusedSweep() public {
        BlacklistToken t = new BlacklistToken(address(this));
        Hubs h = _on(address(t));
        address spot = h.depositAddress(hub, alice, 0);
        t.transfer(spot, 10e18);
        t.transfer(h.depositAddress(hub, bob, 0), 10e18);
        t.refuseFrom(spot, true);
        IHubs.Deposit[] memory all = new IHubs.Deposit[](2);
        all[0] = IHubs.Deposit(hub, alice, 0);
        all[1] = IHubs.Deposit(hub, bob, 0);
        vm.expectEmit(address(h));
        emit IHubs.Skipped(hub, alice, 10e18, IHubs.Reason.TransferRefused);
        h.sweep(0, all);
        (uint96 deposited,,,) = h.ins(hub, alice);
        eq(deposited, 0, "nothing came");
        (deposited,,,) = h.ins(hub, bob);
        eq(deposited, 10e18 - 1, "the other did");
    }

    /// R1: a token that keeps a fee would leave the contract owing more than it has.
    function test_feeOnTransfer() public {
        FeeToken t = new FeeToken(address(this));
        Hubs h = _on(address(t));
        t.approve(address(h), type(uint256).max);
        vm.expectRevert(IHubs.WrongAmountReceived.selector);
        h.topUp(hub, address(this), 5e18);
    }

    /// A token that returns nothing is a token all the same.
    function test_silentToken() public {
        SilentToken t = new SilentToken(address(this));
        Hubs h = _on(address(t));
        Signing.Domain memory d = Signing.Domain(block.chainid, address(h));
        t.transfer(owner, 50e18);
        (bytes32 r, bytes32 vs) = d.owner(HUB, owner);
        vm.prank(owner);
        h.openHub(hub, 50e18, r, vs);
        IHubs.Item[] memory all = new IHubs.Item[](1);
        all[0] = IHubs.Item(paul, 5e18, 0);
        vm.prank(hub);
        h.push(hub, all);
        eq(t.balanceOf(paul), 5e18, "pushed");
        vm.prank(owner);
        h.withdraw(hub, 45e18);
        eq(t.balanceOf(owner), 45e18, "withdrawn");
    }

    function test_tokenWithoutCode() public {
        vm.expectRevert(IHubs.BadParameter.selector);
        new Hubs(address(0x1234), DELAY, MIN);
    }

    function test_tokenWithTooLargeASupply() public {
        address t = address(new HugeToken());
        vm.expectRevert(IHubs.BadParameter.selector);
        new Hubs(t, DELAY, MIN);
    }

    function test_delayOutOfBounds() public {
        vm.expectRevert(IHubs.BadParameter.selector);
        new Hubs(address(token), 1 hours - 1, MIN);
        vm.expectRevert(IHubs.BadParameter.selector);
        new Hubs(address(token), 365 days + 1, MIN);
    }
}

/// A token that refuses some receivers.
contract BlacklistTest is Fixture {
    using Signing for Signing.Domain;

    function _deployToken() internal override returns (address) {
        return address(new BlacklistToken(address(this)));
    }

    function _refuse(address who, bool is_) internal {
        BlacklistToken(address(token)).refuse(who, is_);
    }

    /// R3: one payee that the token refuses does not hold up the others, and loses nothing for good.
    function test_batchesGoOn() public {
        _push(hub, paul, 0, 20e18);
        _refuse(paul, true);
        IHubs.Item[] memory items = new IHubs.Item[](2);
        items[0] = IHubs.Item(paul, 30e18, 40e18);
        items[1] = IHubs.Item(bob, 5e18, 0);
        _expectSkip(paul, 30e18, IHubs.Reason.TransferRefused);
        vm.prank(hub);
        hubs.push(hub, items);
        _checkOut(paul, 0, 20e18);
        _checkOut(bob, 5e18, 0);
        eq(_free(hub), 975e18, "free");

        IHubs.Payout[] memory payouts = new IHubs.Payout[](2);
        payouts[0] = _payout(30e18);
        payouts[1] = domain.payout(HUB, bob, 9e18, 0, 0);
        _expectSkip(paul, 30e18, IHubs.Reason.TransferRefused);
        hubs.settle(hub, payouts);
        _checkOut(paul, 0, 20e18);
        _checkOut(bob, 9e18, 0);
        eq(_free(hub), 971e18, "free");

        _refuse(paul, false);
        _settle(_payout(30e18));
        _checkOut(paul, 30e18, 0);
    }

    /// A relayer that the token refuses cannot keep a consumer from leaving.
    function test_refusedRelayerHoldsNobody() public {
        IHubs.Leave memory l = _leave(100e18, 2e18);
        vm.prank(relayer);
        hubs.requestExitFor(l);
        _refuse(relayer, true);
        _at(time + DELAY);
        hubs.finalizeExit(hub, alice);
        eq(token.balanceOf(alice), 10_000e18, "all back, the fee included");
    }

    /// A refused consumer's money waits, and is not lost.
    function test_refusedConsumerWaits() public {
        vm.prank(alice);
        hubs.requestExit(hub);
        _at(time + DELAY);
        _refuse(alice, true);
        vm.expectRevert();
        hubs.finalizeExit(hub, alice);
        _refuse(alice, false);
        hubs.finalizeExit(hub, alice);
        eq(token.balanceOf(alice), 10_000e18, "all back");
    }
}
