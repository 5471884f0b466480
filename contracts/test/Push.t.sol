// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHubs} from "../src/interfaces/IHubs.sol";
import {Fixture} from "./support/Fixture.sol";
import {vm} from "./support/Vm.sol";

contract PushTest is Fixture {
    function test_paysAndFillsTheReserve() public {
        vm.expectEmit(address(hubs));
        emit IHubs.Settled(hub, paul, 30e18, 30e18, 50e18);
        _push(hub, paul, 30e18, 50e18);
        _checkOut(paul, 30e18, 50e18);
        eq(_free(hub), 920e18, "free");
        eq(token.balanceOf(paul), 10_030e18, "paid");
    }

    function test_repeatDoesNothing() public {
        _push(hub, paul, 30e18, 50e18);
        _push(hub, paul, 30e18, 50e18);
        _checkOut(paul, 30e18, 50e18);
        eq(_free(hub), 920e18, "free");
    }

    function test_olderPushDoesNothing() public {
        _push(hub, paul, 30e18, 50e18);
        _push(hub, paul, 20e18, 10e18);
        _checkOut(paul, 30e18, 50e18);
    }

    function test_reserveOnly() public {
        vm.expectEmit(address(hubs));
        emit IHubs.Reserved(hub, paul, 50e18);
        _push(hub, paul, 0, 50e18);
        _checkOut(paul, 0, 50e18);
    }

    function test_ownerMay() public {
        _push(owner, paul, 30e18, 0);
        _checkOut(paul, 30e18, 0);
    }

    function test_strangerMayNot() public {
        IHubs.Item[] memory all = new IHubs.Item[](1);
        all[0] = IHubs.Item(mallory, 1e18, 0);
        vm.expectRevert(IHubs.NotAllowed.selector);
        vm.prank(mallory);
        hubs.push(hub, all);
    }

    /// Before a hub has an owner its key may pay from what was collected, and nobody else.
    function test_hubWithoutOwner() public {
        IHubs.Item[] memory all = new IHubs.Item[](1);
        all[0] = IHubs.Item(mallory, 1e18, 0);
        vm.expectRevert(IHubs.NotAllowed.selector);
        vm.prank(mallory);
        hubs.push(bob, all);
    }

    /// R2: whatever the hub key pushes, a reserve shrinks by nothing but what its payee gets.
    function test_hubKeyCannotCutAReserve(uint96 total, uint96 reserve) public {
        _push(hub, paul, 10e18, 50e18);
        uint256 before = token.balanceOf(paul);
        _push(hub, paul, total, reserve);
        (, uint96 reserved,) = hubs.outs(hub, paul);
        yes(reserved + token.balanceOf(paul) - before >= 50e18, "the reserve went to its payee or nowhere");
    }

    function test_paysFromTheReserveIfNothingIsFree() public {
        _push(hub, paul, 0, 1000e18);
        _push(hub, paul, 300e18, 0);
        _checkOut(paul, 300e18, 700e18);
        eq(_free(hub), 0, "free");
    }

    /// R3: what the free money cannot cover is done as far as it goes.
    function test_clampsToWhatIsFree() public {
        IHubs.Item[] memory all = new IHubs.Item[](3);
        all[0] = IHubs.Item(paul, 900e18, 0);
        all[1] = IHubs.Item(bob, 70e18, 50e18);
        all[2] = IHubs.Item(alice, 10e18, 10e18);
        vm.prank(hub);
        hubs.push(hub, all);
        _checkOut(paul, 900e18, 0);
        _checkOut(bob, 70e18, 30e18);
        _checkOut(alice, 0, 0);
        eq(_free(hub), 0, "free");
    }

    function test_shortfallIsPublic() public {
        vm.expectEmit(address(hubs));
        emit IHubs.Shortfall(hub, paul, 500e18);
        _push(hub, paul, 1500e18, 0);
        _checkOut(paul, 1000e18, 0);
    }

    /// R3: a payee settled while the push was on its way.
    function test_newerSettlementOvertakes() public {
        _settle(_payout(40e18));
        IHubs.Item[] memory all = new IHubs.Item[](2);
        all[0] = IHubs.Item(paul, 30e18, 20e18);
        all[1] = IHubs.Item(bob, 5e18, 0);
        vm.prank(hub);
        hubs.push(hub, all);
        _checkOut(paul, 40e18, 20e18);
        _checkOut(bob, 5e18, 0);
    }

    /// R3: money for nobody, for the token or for the contract itself.
    function test_payeesThatCannotBe() public {
        address[3] memory bad = [address(0), address(token), address(hubs)];
        IHubs.Item[] memory all = new IHubs.Item[](2);
        for (uint256 i; i < bad.length; ++i) {
            all[0] = IHubs.Item(bad[i], 30e18, 30e18);
            all[1] = IHubs.Item(paul, uint96(i + 1) * 1e18, 0);
            _expectSkip(bad[i], 30e18, IHubs.Reason.BadPayee);
            vm.prank(hub);
            hubs.push(hub, all);
            eq(_free(hub), 999e18 - i * 1e18, "only the good item");
        }
    }

    /// One payee several times in one batch.
    function test_onePayeeTwice() public {
        IHubs.Item[] memory all = new IHubs.Item[](3);
        all[0] = IHubs.Item(paul, 5e18, 10e18);
        all[1] = IHubs.Item(paul, 12e18, 0);
        all[2] = IHubs.Item(paul, 11e18, 4e18);
        vm.prank(hub);
        hubs.push(hub, all);
        _checkOut(paul, 12e18, 4e18);
        eq(_free(hub), 984e18, "free");
    }
}
