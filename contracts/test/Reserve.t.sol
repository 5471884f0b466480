// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHubs} from "../src/interfaces/IHubs.sol";
import {Fixture} from "./support/Fixture.sol";
import {vm} from "./support/Vm.sol";

contract ReserveTest is Fixture {
    function setUp() public override {
        super.setUp();
        _push(hub, paul, 0, 50e18);
    }

    function _announce() internal {
        vm.prank(owner);
        hubs.announceCut(hub, paul);
    }

    function _cut(uint96 reserve) internal {
        vm.prank(owner);
        hubs.cutReserve(hub, paul, reserve);
    }

    function test_announcedThenCut() public {
        vm.expectEmit(address(hubs));
        emit IHubs.CutAnnounced(hub, paul, time + DELAY);
        _announce();
        _at(time + DELAY);
        vm.expectEmit(address(hubs));
        emit IHubs.Reserved(hub, paul, 20e18);
        _cut(20e18);
        _checkOut(paul, 0, 20e18);
        eq(_free(hub), 980e18, "free");
        (,, uint64 unlockAt) = hubs.outs(hub, paul);
        eq(unlockAt, 0, "one announcement, one cut");
        vm.expectRevert(IHubs.TooEarly.selector);
        _cut(0);
    }

    function test_notWithoutAnnouncement() public {
        vm.expectRevert(IHubs.TooEarly.selector);
        _cut(0);
    }

    function test_notBeforeTheTime() public {
        _announce();
        _at(time + DELAY - 1);
        vm.expectRevert(IHubs.TooEarly.selector);
        _cut(0);
    }

    /// Announcing again only puts it off.
    function test_announcedAgain() public {
        _announce();
        _at(time + DELAY);
        _announce();
        vm.expectRevert(IHubs.TooEarly.selector);
        _cut(0);
    }

    /// R2: neither step is the hub key's.
    function test_hubKeyMayNeitherAnnounceNorCut() public {
        vm.expectRevert(IHubs.NotAllowed.selector);
        vm.prank(hub);
        hubs.announceCut(hub, paul);
        _announce();
        _at(time + DELAY);
        vm.expectRevert(IHubs.NotAllowed.selector);
        vm.prank(hub);
        hubs.cutReserve(hub, paul, 0);
    }

    function test_strangerMayNeitherAnnounceNorCut() public {
        vm.expectRevert(IHubs.NotAllowed.selector);
        vm.prank(mallory);
        hubs.announceCut(hub, paul);
        _announce();
        _at(time + DELAY);
        vm.expectRevert(IHubs.NotAllowed.selector);
        vm.prank(mallory);
        hubs.cutReserve(hub, paul, 0);
    }

    function test_notUpwards() public {
        _announce();
        _at(time + DELAY);
        vm.expectRevert(IHubs.InsufficientFunds.selector);
        _cut(50e18 + 1);
    }

    function test_raiseCallsItOff() public {
        _announce();
        _push(hub, paul, 0, 51e18);
        _at(time + DELAY);
        vm.expectRevert(IHubs.TooEarly.selector);
        _cut(0);
    }

    function test_pushThatRaisesNothingLeavesItAnnounced() public {
        _announce();
        _push(hub, paul, 0, 50e18);
        _at(time + DELAY);
        _cut(0);
        _checkOut(paul, 0, 0);
    }

    function test_payeeSettlesMeanwhile() public {
        _announce();
        _settle(_payout(30e18));
        _checkOut(paul, 30e18, 20e18);
        _at(time + DELAY);
        _cut(0);
        eq(_free(hub), 970e18, "only what was left");
    }

    function test_retiredHubToo() public {
        vm.prank(owner);
        hubs.retire(hub);
        _announce();
        _at(time + DELAY);
        _cut(0);
        vm.prank(owner);
        hubs.withdraw(hub, 1000e18);
    }
}
