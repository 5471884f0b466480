// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHubs} from "../src/interfaces/IHubs.sol";
import {Fixture} from "./support/Fixture.sol";
import {vm} from "./support/Vm.sol";

contract FundTest is Fixture {
    function test_anybodyMay() public {
        vm.expectEmit(address(hubs));
        emit IHubs.Funded(hub, 7e18, 1007e18);
        vm.prank(bob);
        hubs.fund(hub, 7e18);
        eq(_free(hub), 1007e18, "free");
        eq(token.balanceOf(bob), 9993e18, "pulled");
    }

    function test_notAHubThatNobodyOpened() public {
        vm.expectRevert(IHubs.NotOpen.selector);
        vm.prank(bob);
        hubs.fund(bob, 7e18);
    }

    function test_notNothing() public {
        vm.expectRevert(IHubs.ZeroAmount.selector);
        hubs.fund(hub, 0);
    }

    function test_moreThanTheSlotHolds() public {
        vm.expectRevert(IHubs.AmountTooLarge.selector);
        vm.prank(bob);
        hubs.fund(hub, 1 << 95);
    }
}
