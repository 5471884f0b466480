// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHubs} from "../src/interfaces/IHubs.sol";
import {Fixture} from "./support/Fixture.sol";
import {Signing} from "./support/Signing.sol";
import {vm} from "./support/Vm.sol";

contract RetireTest is Fixture {
    using Signing for Signing.Domain;

    function _retire() internal {
        vm.prank(owner);
        hubs.retire(hub);
    }

    function test_setsTheFlagAndNothingElse() public {
        vm.expectEmit(address(hubs));
        emit IHubs.Retired(hub);
        _retire();
        (address who, uint96 free, bool retired) = hubs.hubs(hub);
        yes(who == owner && retired, "owner and flag");
        eq(free, 1000e18, "free");
    }

    function test_ownerOnly() public {
        vm.expectRevert(IHubs.NotAllowed.selector);
        vm.prank(hub);
        hubs.retire(hub);
        vm.expectRevert(IHubs.NotAllowed.selector);
        vm.prank(mallory);
        hubs.retire(hub);
    }

    function test_onlyOnce() public {
        _retire();
        vm.expectRevert(IHubs.HubRetired.selector);
        vm.prank(owner);
        hubs.retire(hub);
    }

    /// R2: a thief with the hub key can no longer push.
    function test_hubKeyCannotPush() public {
        _retire();
        IHubs.Item[] memory all = new IHubs.Item[](1);
        all[0] = IHubs.Item(mallory, 1e18, 0);
        vm.expectRevert(IHubs.NotAllowed.selector);
        vm.prank(hub);
        hubs.push(hub, all);
    }

    /// R2: nor sign the free money away.
    function test_payoutsFromFreeStop() public {
        _retire();
        _expectSkip(paul, 5e18, IHubs.Reason.NoFunds);
        _settle(_payout(5e18));
        eq(_free(hub), 1000e18, "free");
        _push(owner, paul, 5e18, 0);
        _checkOut(paul, 0, 0);
    }

    /// R2: what is reserved still pays what was signed.
    function test_reservesStillPay() public {
        _push(hub, paul, 0, 30e18);
        _retire();
        _settle(_payout(50e18));
        _checkOut(paul, 30e18, 0);
        eq(_free(hub), 970e18, "free");
    }

    /// The owner can still pay what it owes: by a reserve.
    function test_ownerReservesAndThePayeeSettles() public {
        _retire();
        _push(owner, paul, 0, 50e18);
        _settle(_payout(50e18));
        _checkOut(paul, 50e18, 0);
    }

    /// R2: a thief cannot let consumers go with what they owe.
    function test_closeStops() public {
        IHubs.Close memory k = _close(100e18, 0);
        _retire();
        vm.expectRevert(IHubs.HubRetired.selector);
        vm.prank(alice);
        hubs.coopExit(hub, k);
    }

    function test_collectingGoesOn() public {
        _retire();
        _collect(_claim(ALICE, 10e18));
        (, uint96 free, bool retired) = hubs.hubs(hub);
        eq(free, 1010e18, "free");
        yes(retired, "still retired");
    }

    function test_consumersLeaveAsEver() public {
        _retire();
        vm.prank(alice);
        hubs.requestExit(hub);
        _at(time + DELAY);
        hubs.finalizeExit(hub, alice);
        eq(token.balanceOf(alice), 10_000e18, "all back");
    }
}
