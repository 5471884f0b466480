// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHubs} from "../src/interfaces/IHubs.sol";
import {Fixture} from "./support/Fixture.sol";
import {vm} from "./support/Vm.sol";

contract WithdrawTest is Fixture {
    function test_ownerTakesWhatIsFree() public {
        vm.expectEmit(address(hubs));
        emit IHubs.Withdrawn(hub, 400e18, 600e18);
        vm.prank(owner);
        hubs.withdraw(hub, 400e18);
        eq(_free(hub), 600e18, "free");
        eq(token.balanceOf(owner), 9400e18, "owner's tokens");
    }

    function test_hubKeyMayNot() public {
        vm.expectRevert(IHubs.NotAllowed.selector);
        vm.prank(hub);
        hubs.withdraw(hub, 1);
    }

    function test_strangerMayNot() public {
        vm.expectRevert(IHubs.NotAllowed.selector);
        vm.prank(mallory);
        hubs.withdraw(hub, 1);
    }

    function test_reservesAndDepositsAreOutOfReach() public {
        _push(hub, paul, 0, 300e18);
        vm.expectRevert(IHubs.InsufficientFunds.selector);
        vm.prank(owner);
        hubs.withdraw(hub, 700e18 + 1);
        vm.prank(owner);
        hubs.withdraw(hub, 700e18);
    }

    function test_retiredHubToo() public {
        vm.prank(owner);
        hubs.retire(hub);
        vm.prank(owner);
        hubs.withdraw(hub, 1000e18);
    }
}
