// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHubs} from "../src/interfaces/IHubs.sol";
import {Fixture} from "./support/Fixture.sol";
import {vm} from "./support/Vm.sol";

contract FinalizeExitTest is Fixture {
    function _request() internal {
        vm.prank(alice);
        hubs.requestExit(hub);
    }

    function _relayed(uint96 fee) internal {
        IHubs.Leave memory l = _leave(100e18, fee);
        vm.prank(relayer);
        hubs.requestExitFor(l);
    }

    function test_paysTheRest() public {
        _collect(_claim(ALICE, 30e18));
        _request();
        _at(time + DELAY);
        vm.expectEmit(address(hubs));
        emit IHubs.Exited(hub, alice, 70e18, 30e18);
        vm.prank(mallory);
        hubs.finalizeExit(hub, alice);
        eq(token.balanceOf(alice), 9970e18, "back");
        (uint96 deposited, uint96 settled, uint64 exitAt,) = hubs.ins(hub, alice);
        eq(deposited, 30e18, "deposited");
        eq(settled, 30e18, "settled stays");
        eq(exitAt, 0, "closed");
    }

    function test_notBeforeTheTime() public {
        _request();
        _at(time + DELAY - 1);
        vm.expectRevert(IHubs.TooEarly.selector);
        hubs.finalizeExit(hub, alice);
    }

    function test_notWithoutRequest() public {
        vm.expectRevert(IHubs.NotLeaving.selector);
        hubs.finalizeExit(hub, alice);
    }

    function test_onlyOnce() public {
        _request();
        _at(time + DELAY);
        hubs.finalizeExit(hub, alice);
        vm.expectRevert(IHubs.NotLeaving.selector);
        hubs.finalizeExit(hub, alice);
    }

    function test_comesBackAndLeavesAgain() public {
        _request();
        _at(time + DELAY);
        hubs.finalizeExit(hub, alice);
        vm.prank(alice);
        hubs.topUp(hub, alice, 10e18);
        _request();
        vm.expectRevert(IHubs.TooEarly.selector);
        hubs.finalizeExit(hub, alice);
        _at(time + DELAY);
        hubs.finalizeExit(hub, alice);
        eq(token.balanceOf(alice), 10_000e18, "all back");
    }

    function test_nothingLeft() public {
        _request();
        _collect(_claim(ALICE, 100e18));
        _at(time + DELAY);
        hubs.finalizeExit(hub, alice);
        eq(token.balanceOf(alice), 9900e18, "nothing back");
        _checkIn(alice, 100e18, 100e18);
    }

    function test_relayerIsPaidNow() public {
        _relayed(2e18);
        _at(time + DELAY);
        vm.expectEmit(address(hubs));
        emit IHubs.FeePaid(hub, alice, relayer, 2e18);
        vm.prank(mallory);
        hubs.finalizeExit(hub, alice);
        eq(token.balanceOf(relayer), 10_002e18, "fee");
        eq(token.balanceOf(alice), 9998e18, "back");
        (address who,) = hubs.owed(hub, alice);
        yes(who == address(0), "nothing owed any more");
    }

    /// A fee does not come before what was promised to the hub.
    function test_hubComesBeforeTheRelayer() public {
        _relayed(2e18);
        _collect(_claim(ALICE, 99e18));
        _at(time + DELAY);
        hubs.finalizeExit(hub, alice);
        eq(token.balanceOf(relayer), 10_001e18, "what was left");
        eq(token.balanceOf(alice), 9900e18, "nothing back");
    }

    /// A fee of the first exit is not paid again at the second.
    function test_feeOnce() public {
        _relayed(2e18);
        _at(time + DELAY);
        hubs.finalizeExit(hub, alice);
        vm.prank(alice);
        hubs.topUp(hub, alice, 50e18);
        _request();
        _at(time + DELAY);
        hubs.finalizeExit(hub, alice);
        eq(token.balanceOf(relayer), 10_002e18, "one fee");
    }
}
