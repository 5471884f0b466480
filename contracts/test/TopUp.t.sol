// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHubs} from "../src/interfaces/IHubs.sol";
import {Fixture} from "./support/Fixture.sol";
import {vm} from "./support/Vm.sol";

contract TopUpTest is Fixture {
    function test_firstOpensTheChannel() public {
        vm.expectEmit(address(hubs));
        emit IHubs.ToppedUp(hub, bob, 5e18, 5e18);
        vm.prank(bob);
        hubs.topUp(hub, bob, 5e18);
        _checkIn(bob, 5e18, 0);
        eq(token.balanceOf(bob), 9995e18, "pulled");
    }

    function test_nextAddsUp() public {
        vm.prank(alice);
        hubs.topUp(hub, alice, 1);
        _checkIn(alice, 100e18 + 1, 0);
    }

    function test_anybodyForAnybody() public {
        vm.prank(bob);
        hubs.topUp(hub, alice, 5e18);
        _checkIn(alice, 105e18, 0);
        eq(token.balanceOf(bob), 9995e18, "the caller pays");
    }

    /// R4: dust from a stranger would void the Close or TopUp that is on its way.
    function test_dustFromAStranger() public {
        vm.expectRevert(IHubs.BelowMinimum.selector);
        vm.prank(mallory);
        hubs.topUp(hub, alice, MIN - 1);
        vm.prank(mallory);
        hubs.topUp(hub, alice, MIN);
    }

    function test_notNothing() public {
        vm.expectRevert(IHubs.ZeroAmount.selector);
        vm.prank(alice);
        hubs.topUp(hub, alice, 0);
    }

    function test_notWhileLeaving() public {
        vm.prank(alice);
        hubs.requestExit(hub);
        vm.expectRevert(IHubs.AlreadyLeaving.selector);
        vm.prank(alice);
        hubs.topUp(hub, alice, 5e18);
    }

    function test_accountsThatCannotBe() public {
        address[3] memory bad = [address(0), address(token), address(hubs)];
        for (uint256 i; i < bad.length; ++i) {
            vm.expectRevert(IHubs.BadAccount.selector);
            vm.prank(alice);
            hubs.topUp(hub, bad[i], 5e18);
        }
        vm.expectRevert(IHubs.BadAccount.selector);
        vm.prank(alice);
        hubs.topUp(address(0), alice, 5e18);
    }

    function test_moreThanTheCallerHas() public {
        vm.expectRevert();
        vm.prank(alice);
        hubs.topUp(hub, alice, 10_000e18);
        _checkIn(alice, 100e18, 0);
    }

    /// R5: totals go on after leaving; the deposit is counted on top of what was settled.
    function test_afterLeavingItGoesOn() public {
        _collect(_claim(ALICE, 30e18));
        vm.prank(alice);
        hubs.requestExit(hub);
        _at(time + DELAY);
        hubs.finalizeExit(hub, alice);
        vm.prank(alice);
        hubs.topUp(hub, alice, 5e18);
        _checkIn(alice, 35e18, 30e18);
        _expectSkip(alice, 30e18, IHubs.Reason.Stale);
        _collect(_claim(ALICE, 30e18));
        _collect(_claim(ALICE, 32e18));
        _checkIn(alice, 35e18, 32e18);
    }
}
