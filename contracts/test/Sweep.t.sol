// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHubs} from "../src/interfaces/IHubs.sol";
import {Fixture} from "./support/Fixture.sol";
import {Signing} from "./support/Signing.sol";
import {vm} from "./support/Vm.sol";

contract SweepTest is Fixture {
    using Signing for Signing.Domain;

    uint96 internal constant CAP = 2e18;

    /// @dev A plain transfer to somebody's address for `h`.
    function _send(address h, address consumer, uint96 cap, uint256 amount) internal returns (address spot) {
        spot = Signing.deposit(address(hubs), h, consumer, cap);
        vm.prank(mallory); // an exchange, as far as anybody knows
        token.transfer(spot, amount);
    }

    function _item(address h, address consumer, uint96 cap) internal pure returns (IHubs.Deposit[] memory all) {
        all = new IHubs.Deposit[](1);
        all[0] = IHubs.Deposit(h, consumer, cap);
    }

    function _sweep(address h, address consumer, uint96 cap, uint96 fee) internal {
        vm.prank(relayer);
        hubs.sweep(fee, _item(h, consumer, cap));
    }

    /// @dev Nothing is moved, and this is why.
    function _skipped(address h, address consumer, uint96 cap, uint96 fee, IHubs.Reason why) internal {
        address spot = Signing.deposit(address(hubs), h, consumer, cap);
        uint256 waits = token.balanceOf(spot);
        uint256 had = token.balanceOf(relayer);
        vm.expectEmit(address(hubs));
        emit IHubs.Skipped(h, consumer, uint96(waits), why);
        _sweep(h, consumer, cap, fee);
        eq(token.balanceOf(spot), waits, "it waits");
        eq(token.balanceOf(relayer), had, "no fee");
    }

    function test_addressIsKnownBeforehand() public view {
        yes(hubs.depositAddress(hub, alice, CAP) == Signing.deposit(address(hubs), hub, alice, CAP), "address");
        eq(hubs.depositAddress(hub, alice, CAP).code.length, 0, "nothing is there");
    }

    /// Every word of the name counts, and so does the contract.
    function test_everyWordMakesAnotherAddress() public view {
        address spot = hubs.depositAddress(hub, alice, CAP);
        yes(hubs.depositAddress(bob, alice, CAP) != spot, "hub");
        yes(hubs.depositAddress(hub, bob, CAP) != spot, "consumer");
        yes(hubs.depositAddress(hub, alice, CAP + 1) != spot, "cap");
        yes(Signing.deposit(bob, hub, alice, CAP) != spot, "contract");
    }

    function test_opensTheChannel() public {
        address spot = _send(hub, bob, CAP, 10e18);
        vm.expectEmit(address(hubs));
        emit IHubs.ToppedUp(hub, bob, 9e18 - 1, 9e18 - 1);
        vm.expectEmit(address(hubs));
        emit IHubs.FeePaid(hub, bob, relayer, 1e18);
        _sweep(hub, bob, CAP, 1e18);
        _checkIn(bob, 9e18 - 1, 0);
        eq(token.balanceOf(relayer), 10_001e18, "fee");
        eq(token.balanceOf(spot), 1, "one unit stays");
        eq(token.balanceOf(address(hubs)), 1000e18 + 100e18 + 9e18 - 1, "held");
        (,,, uint64 notBefore) = hubs.ins(hub, bob);
        eq(notBefore, time - 1 + LIFE, "it opened");
    }

    function test_addsToTheChannel() public {
        _collect(_claim(ALICE, 30e18));
        _send(hub, alice, 0, 10e18 + 1);
        _sweep(hub, alice, 0, 0);
        _checkIn(alice, 110e18, 30e18);
        _send(hub, alice, 0, 5e18);
        _sweep(hub, alice, 0, 0);
        _checkIn(alice, 115e18, 30e18);
    }

    /// Whoever sweeps takes no more than the address says, and may take less.
    function test_capHolds() public {
        _send(hub, alice, CAP, 10e18 + 1);
        _sweep(hub, alice, CAP, type(uint96).max);
        _checkIn(alice, 108e18, 0);
        eq(token.balanceOf(relayer), 10_002e18, "the cap");
        _send(hub, alice, CAP, 10e18);
        _sweep(hub, alice, CAP, 0);
        _checkIn(alice, 118e18, 0);
        _send(hub, alice, 0, 10e18 + 1);
        _sweep(hub, alice, 0, 1e18);
        _checkIn(alice, 128e18, 0);
        eq(token.balanceOf(relayer), 10_002e18, "nothing where the address says nothing");
    }

    /// R4: what is swept changes the deposit, and so is no less than what a stranger may top up.
    function test_dustWaits() public {
        _send(hub, alice, 0, MIN);
        _skipped(hub, alice, 0, 0, IHubs.Reason.TooLittle);
        _send(hub, alice, 0, 1);
        _sweep(hub, alice, 0, 0);
        _checkIn(alice, 100e18 + MIN, 0);
        _skipped(hub, alice, 0, 0, IHubs.Reason.TooLittle);
        // The minimum is of what arrives.
        _send(hub, alice, CAP, MIN + 0.5e18);
        _skipped(hub, alice, CAP, 0.5e18, IHubs.Reason.TooLittle);
        _send(hub, alice, CAP, 1);
        _sweep(hub, alice, CAP, 0.5e18);
        _checkIn(alice, 100e18 + 2 * MIN, 0);
    }

    /// A fee never eats most of it.
    function test_noMoreFeeThanArrives() public {
        _send(hub, alice, CAP, 4e18);
        _skipped(hub, alice, CAP, 2e18, IHubs.Reason.TooLittle);
        _sweep(hub, alice, CAP, 1.5e18);
        _checkIn(alice, 102.5e18 - 1, 0);
        _send(hub, alice, CAP, 4e18);
        _sweep(hub, alice, CAP, 2e18);
        _checkIn(alice, 104.5e18 - 1, 0);
    }

    function test_nothingThere() public {
        _skipped(hub, alice, CAP, 0, IHubs.Reason.TooLittle);
    }

    function test_notWhileLeaving() public {
        _send(hub, alice, CAP, 10e18);
        vm.prank(alice);
        hubs.requestExit(hub);
        _skipped(hub, alice, CAP, 1e18, IHubs.Reason.Leaving);
        (,, uint64 exitAt,) = hubs.ins(hub, alice);
        eq(exitAt, time + DELAY, "still leaving");
        _at(time + DELAY);
        hubs.finalizeExit(hub, alice);
        _sweep(hub, alice, CAP, 1e18);
        _checkIn(alice, 9e18 - 1, 0);
    }

    function test_notForARetiredHub() public {
        _send(hub, alice, CAP, 10e18);
        vm.prank(owner);
        hubs.retire(hub);
        _skipped(hub, alice, CAP, 1e18, IHubs.Reason.Retired);
    }

    /// As with topUp, the hub need not be open.
    function test_hubThatIsNotOpen() public {
        _send(bob, alice, CAP, 10e18);
        _sweep(bob, alice, CAP, 1e18);
        (uint96 deposited,,,) = hubs.ins(bob, alice);
        eq(deposited, 9e18 - 1, "deposited");
    }

    function test_accountsThatCannotBe() public {
        address[3] memory bad = [address(0), address(token), address(hubs)];
        for (uint256 i; i < bad.length; ++i) {
            _send(hub, bad[i], CAP, 10e18);
            _skipped(hub, bad[i], CAP, 0, IHubs.Reason.BadPayee);
        }
        _send(address(0), alice, CAP, 10e18);
        _skipped(address(0), alice, CAP, 0, IHubs.Reason.BadPayee);
    }

    /// R3: a batch does what its items do; one that cannot be moved stops none.
    function test_batchSurvivesBadItems() public {
        _send(hub, alice, CAP, 10e18 + 1);
        _send(hub, bob, CAP, 20e18 + 1);
        _send(bob, alice, 1e18, 30e18 + 1);
        IHubs.Deposit[] memory all = new IHubs.Deposit[](6);
        all[0] = IHubs.Deposit(hub, alice, CAP);
        all[1] = IHubs.Deposit(hub, address(0), CAP);
        all[2] = IHubs.Deposit(hub, bob, CAP);
        all[3] = IHubs.Deposit(hub, alice, CAP); // again
        all[4] = IHubs.Deposit(hub, bob, CAP + 1); // nothing there
        all[5] = IHubs.Deposit(bob, alice, 1e18);
        vm.prank(relayer);
        hubs.sweep(2e18, all);
        _checkIn(alice, 108e18, 0);
        _checkIn(bob, 18e18, 0);
        (uint96 deposited,,,) = hubs.ins(bob, alice);
        eq(deposited, 29e18, "at the other hub");
        eq(token.balanceOf(relayer), 10_005e18, "fees");
        eq(token.balanceOf(address(hubs)), 1000e18 + 100e18 + 8e18 + 18e18 + 29e18, "held");
    }

    /// R3: running totals can be driven to the end of their 96 bits by somebody who pays a hub of its own in circles, for
    /// gas alone and with one promise. An item for such a channel waits, and stops no other.
    function test_fullChannelDoesNotStopABatch() public {
        token.approve(address(hubs), type(uint256).max);
        uint96 most = type(uint96).max - 105e18;
        IHubs.Claim memory all = _claim(ALICE, most);
        while (true) {
            (uint96 deposited,) = _in(alice);
            if (deposited == most) break;
            uint96 more = most - deposited < 900_000_000e18 ? most - deposited : 900_000_000e18;
            hubs.topUp(hub, alice, more);
            _collect(all);
            vm.prank(owner);
            hubs.withdraw(hub, more);
            vm.prank(owner);
            token.transfer(address(this), more);
        }
        _send(hub, alice, 0, 200e18);
        _send(hub, bob, 0, 10e18 + 1);
        _skipped(hub, alice, 0, 0, IHubs.Reason.TooMuch);
        IHubs.Deposit[] memory batch = new IHubs.Deposit[](2);
        batch[0] = IHubs.Deposit(hub, alice, 0);
        batch[1] = IHubs.Deposit(hub, bob, 0);
        hubs.sweep(0, batch);
        _checkIn(bob, 10e18, 0);
        _checkIn(alice, most, most);
        // What fits to the last unit is taken.
        vm.prank(alice);
        hubs.takeBack(hub, 0, 200e18 - 105e18 - 1);
        _sweep(hub, alice, 0, 0);
        _checkIn(alice, type(uint96).max, most);
    }

    /// Nobody is told an address from which nothing could be swept.
    function test_noAddressForWhoCannotTakePart() public {
        address[3] memory bad = [address(0), address(token), address(hubs)];
        for (uint256 i; i < bad.length; ++i) {
            vm.expectRevert(IHubs.BadAccount.selector);
            hubs.depositAddress(hub, bad[i], CAP);
        }
        vm.expectRevert(IHubs.BadAccount.selector);
        hubs.depositAddress(address(0), alice, CAP);
    }

    function test_emptyBatch() public {
        hubs.sweep(1e18, new IHubs.Deposit[](0));
    }

    /// A limit: what is sent after leaving opens a new channel with the hub that was left, and totals go on (R5).
    function test_addressOutlivesTheChannel() public {
        IHubs.Claim memory promised = _claim(ALICE, 30e18);
        vm.prank(alice);
        hubs.requestExit(hub);
        _at(time + DELAY);
        hubs.finalizeExit(hub, alice);
        _send(hub, alice, 0, 50e18 + 1);
        _sweep(hub, alice, 0, 0);
        _collect(promised);
        _checkIn(alice, 50e18, 30e18);
    }

    /// Whoever sweeps chooses the moment, and voids no more than one Close per transfer.
    function test_voidsOnce() public {
        _send(hub, alice, CAP, 50e18 + 1);
        _sweep(hub, alice, CAP, 0);
        IHubs.Close memory k = _close(150e18, 0);
        _skipped(hub, alice, CAP, 0, IHubs.Reason.TooLittle);
        vm.prank(alice);
        hubs.coopExit(hub, k);
    }

    /// What was signed for the deposit of before is for another state.
    function test_changesTheState() public {
        IHubs.Close memory k = _close(100e18, 0);
        _send(hub, alice, CAP, 10e18);
        _sweep(hub, alice, CAP, 0);
        vm.expectRevert(IHubs.WrongState.selector);
        vm.prank(alice);
        hubs.coopExit(hub, k);
    }

    /// Nobody but the contract moves tokens from its addresses: neither the consumer, nor the hub, nor who sent them.
    function test_nobodyElseCanMoveIt() public {
        address spot = _send(hub, alice, CAP, 10e18);
        bytes32 salt = Signing.depositHash(hub, alice, CAP);
        address[4] memory all = [alice, hub, owner, mallory];
        for (uint256 i; i < all.length; ++i) {
            vm.expectRevert();
            vm.prank(all[i]);
            token.transferFromDerived(salt, all[i], 1);
            vm.expectRevert();
            vm.prank(all[i]);
            token.transferFrom(spot, all[i], 1);
        }
        eq(token.balanceOf(spot), 10e18, "it waits");
    }
}
