// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Hubs} from "../src/Hubs.sol";
import {IHubs} from "../src/interfaces/IHubs.sol";
import {Fixture} from "./support/Fixture.sol";
import {Signing} from "./support/Signing.sol";
import {Hook, HookToken} from "./support/Tokens.sol";
import {vm} from "./support/Vm.sol";

/// Tries one call whenever tokens move, and keeps what came of it.
contract Intruder is Hook {
    Hubs hubs;
    bytes data;
    bool public tried;
    bool public succeeded;
    bytes4 public refusal;

    function aim(Hubs hubs_, bytes calldata data_) external {
        (hubs, data, tried, succeeded, refusal) = (hubs_, data_, false, false, 0);
    }

    function tokensMoved(address, address, uint256) external {
        if (data.length == 0) return;
        (bool ok, bytes memory out) = address(hubs).call(data);
        tried = true;
        if (ok) succeeded = true;
        else if (out.length >= 4) refusal = bytes4(out);
    }
}

/// A token that calls back (ERC-777 style), and somebody who uses that.
contract ReentrancyTest is Fixture {
    using Signing for Signing.Domain;

    Intruder intruder;

    function _deployToken() internal override returns (address) {
        return address(new HookToken(address(this)));
    }

    function setUp() public override {
        super.setUp();
        intruder = new Intruder();
        address i = address(intruder);
        token.transfer(i, 1000e18);
        vm.prank(i);
        token.approve(address(hubs), type(uint256).max);
        // The intruder owns a second hub with 100, and is a consumer and a payee of both.
        _open(MALLORY, i, 100e18);
        vm.prank(i);
        hubs.topUp(mallory, i, 50e18);
        HookToken(address(token)).setHook(i, i);
        HookToken(address(token)).setHook(paul, i);
    }

    /// @dev Every function that changes anything, as the intruder would call it.
    function _calls() internal view returns (bytes[18] memory c) {
        address i = address(intruder);
        IHubs.TopUp memory t;
        IHubs.Leave memory l;
        IHubs.Close memory k;
        IHubs.TakeBack memory b;
        (bytes32 r, bytes32 vs) = domain.owner(BOB, i);
        c[0] = abi.encodeCall(IHubs.openHub, (bob, 1e18, r, vs));
        c[1] = abi.encodeCall(IHubs.fund, (mallory, 1e18));
        c[2] = abi.encodeCall(IHubs.withdraw, (mallory, 1e18));
        c[3] = abi.encodeCall(IHubs.retire, (mallory));
        c[4] = abi.encodeCall(IHubs.collect, (mallory, new IHubs.Claim[](0)));
        c[5] = abi.encodeCall(IHubs.settle, (mallory, new IHubs.Payout[](0)));
        c[6] = abi.encodeCall(IHubs.push, (mallory, new IHubs.Item[](0)));
        c[7] = abi.encodeCall(IHubs.announceCut, (mallory, paul));
        c[8] = abi.encodeCall(IHubs.cutReserve, (mallory, paul, 0));
        c[9] = abi.encodeCall(IHubs.topUp, (mallory, i, 1e18));
        c[10] = abi.encodeCall(IHubs.topUpAuth, (t));
        c[11] = abi.encodeCall(IHubs.requestExit, (mallory));
        c[12] = abi.encodeCall(IHubs.finalizeExit, (mallory, i));
        c[13] = abi.encodeCall(IHubs.coopExit, (mallory, k));
        c[14] = abi.encodeCall(IHubs.coopExitFor, (l, k));
        c[15] = abi.encodeCall(IHubs.sweep, (0, new IHubs.Deposit[](0)));
        c[16] = abi.encodeCall(IHubs.takeBack, (hub, 0, 1));
        c[17] = abi.encodeCall(IHubs.takeBackFor, (b));
    }

    /// Nothing can be called while tokens move, whichever function moves them.
    function test_nothingCanBeCalledMeanwhile() public {
        bytes[18] memory calls = _calls();
        for (uint256 n; n < calls.length; ++n) {
            intruder.aim(hubs, calls[n]);
            uint256 state = vm.snapshotState();
            for (uint256 way; way < 9; ++way) {
                _move(way);
                yes(intruder.tried() && !intruder.succeeded(), "the callback must be refused");
                yes(intruder.refusal() == IHubs.Reentered.selector, "and by the lock");
                vm.revertToState(state);
                state = vm.snapshotState();
            }
        }
    }

    /// @dev The ways in which tokens move.
    function _move(uint256 way) internal {
        address i = address(intruder);
        if (way == 0) {
            vm.prank(i);
            hubs.topUp(hub, i, 5e18);
        } else if (way == 1) {
            vm.prank(i);
            hubs.fund(hub, 5e18);
        } else if (way == 2) {
            vm.prank(i);
            hubs.withdraw(mallory, 5e18);
        } else if (way == 3) {
            _settle(_payout(5e18));
        } else if (way == 4) {
            _push(hub, paul, 5e18, 5e18);
        } else if (way == 5) {
            vm.prank(i);
            hubs.requestExit(mallory);
            vm.warp(time + DELAY);
            hubs.finalizeExit(mallory, i);
        } else if (way == 6) {
            (bytes32 r, bytes32 vs) = domain.owner(BOB, i);
            vm.prank(i);
            hubs.openHub(bob, 5e18, r, vs);
        } else if (way == 7) {
            _waiting();
            hubs.sweep(0, _items());
        } else {
            _waiting();
            vm.prank(i);
            hubs.takeBack(hub, 0, 5e18);
        }
    }

    /// @dev Money at a deposit address of the intruder's, which calls it back, too.
    function _waiting() internal {
        address spot = Signing.deposit(address(hubs), hub, address(intruder), 0);
        vm.prank(bob);
        token.transfer(spot, 50e18);
        HookToken(address(token)).setHook(spot, address(intruder));
    }

    function _items() internal view returns (IHubs.Deposit[] memory all) {
        all = new IHubs.Deposit[](1);
        all[0] = IHubs.Deposit(hub, address(intruder), 0);
    }

    /// Money that comes in another way during a sweep would be counted twice.
    function test_oneSweepIsNotCountedTwice() public {
        _waiting();
        intruder.aim(hubs, abi.encodeCall(IHubs.topUp, (hub, address(intruder), 5e18)));
        hubs.sweep(0, _items());
        yes(intruder.tried() && !intruder.succeeded(), "the callback must be refused");
        _checkIn(address(intruder), 50e18 - 1, 0);
    }

    /// What waits cannot be taken back while it is swept.
    function test_notTakenBackMeanwhile() public {
        _waiting();
        intruder.aim(hubs, abi.encodeCall(IHubs.takeBack, (hub, 0, 50e18)));
        hubs.sweep(0, _items());
        yes(intruder.tried() && !intruder.succeeded(), "the callback must be refused");
        eq(token.balanceOf(address(hubs)), 1000e18 + 100e18 + 100e18 + 50e18 + 50e18 - 1, "what is owed is there");
    }

    /// The theft that a hub kept in memory during a batch would allow: withdraw what a push is about to write back.
    function test_freeMoneyIsNotPaidTwice() public {
        intruder.aim(hubs, abi.encodeCall(IHubs.withdraw, (mallory, 50e18)));
        IHubs.Item[] memory all = new IHubs.Item[](2);
        all[0] = IHubs.Item(address(intruder), 10e18, 0);
        all[1] = IHubs.Item(paul, 10e18, 0);
        vm.prank(mallory);
        hubs.push(mallory, all);
        eq(_free(mallory), 80e18, "free");
        eq(token.balanceOf(address(hubs)), 1000e18 + 100e18 + 80e18 + 50e18, "what is owed is there");
    }

    /// A pull inside a pull would be counted twice.
    function test_oneDepositIsNotCountedTwice() public {
        intruder.aim(hubs, abi.encodeCall(IHubs.topUp, (hub, address(intruder), 5e18)));
        vm.prank(address(intruder));
        hubs.topUp(hub, address(intruder), 5e18);
        _checkIn(address(intruder), 5e18, 0);
    }
}
