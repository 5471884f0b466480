// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHubs} from "../src/interfaces/IHubs.sol";
import {Fixture} from "./support/Fixture.sol";
import {HighS} from "./support/HighS.sol";
import {Signing} from "./support/Signing.sol";
import {vm} from "./support/Vm.sol";

contract CollectTest is Fixture {
    using Signing for Signing.Domain;

    function test_movesThePromisedTotal() public {
        vm.expectEmit(address(hubs));
        emit IHubs.Collected(hub, alice, 30e18, 30e18);
        _collect(_claim(ALICE, 30e18));
        _checkIn(alice, 100e18, 30e18);
        eq(_free(hub), 1030e18, "free");
        eq(token.balanceOf(address(hubs)), 1100e18, "no token moves");
    }

    function test_totalsRunOn() public {
        _collect(_claim(ALICE, 30e18));
        vm.prank(mallory);
        _collect(_claim(ALICE, 45e18));
        _checkIn(alice, 100e18, 45e18);
        eq(_free(hub), 1045e18, "free");
    }

    function test_repeatDoesNothing() public {
        _collect(_claim(ALICE, 30e18));
        _expectSkip(alice, 30e18, IHubs.Reason.Stale);
        _collect(_claim(ALICE, 30e18));
        _checkIn(alice, 100e18, 30e18);
        eq(_free(hub), 1030e18, "free");
    }

    function test_olderPromiseDoesNothing() public {
        _collect(_claim(ALICE, 30e18));
        _expectSkip(alice, 20e18, IHubs.Reason.Stale);
        _collect(_claim(ALICE, 20e18));
        _checkIn(alice, 100e18, 30e18);
    }

    function test_notBeyondTheDeposit() public {
        _collect(_claim(ALICE, 130e18));
        _checkIn(alice, 100e18, 100e18);
        eq(_free(hub), 1100e18, "free");
    }

    /// R5: what was promised beyond the deposit is payable from the next one.
    function test_promiseAboveTheDepositWaitsForMore() public {
        IHubs.Claim memory c = _claim(ALICE, 130e18);
        _collect(c);
        vm.prank(alice);
        hubs.topUp(hub, alice, 100e18);
        _collect(c);
        _checkIn(alice, 200e18, 130e18);
    }

    function test_unlockedPromise() public {
        _collect(domain.claim(ALICE, hub, 9e18, 0));
        _checkIn(alice, 100e18, 9e18);
    }

    function test_wrongPreimage() public {
        IHubs.Claim memory c = _claim(ALICE, 30e18);
        c.preimage = keccak256("another");
        _refused(c);
        c.preimage = 0;
        _refused(c);
    }

    /// A lock cannot be opened with nothing, even if it is the hash of nothing.
    function test_zeroPreimageOpensNoLock() public {
        IHubs.Claim memory c = _claim(ALICE, 30e18);
        bytes32 lock = keccak256(abi.encode(bytes32(0)));
        (c.r, c.vs) = Signing.compact(ALICE, domain.digest(Signing.promiseHash(hub, 30e18, lock, c.order)));
        c.preimage = 0;
        _refused(c);
    }

    function test_everyFieldIsSigned() public {
        IHubs.Claim memory c = _claim(ALICE, 30e18);
        c.total = 31e18;
        _refused(c);
        c = _claim(ALICE, 30e18);
        c.order = keccak256("another order");
        _refused(c);
        c = _claim(ALICE, 30e18);
        c.consumer = bob;
        vm.prank(bob);
        hubs.topUp(hub, bob, 50e18);
        _refused(c);
    }

    function test_promiseToAnotherHub() public {
        _refused(domain.claim(ALICE, bob, 30e18, keccak256("preimage")));
    }

    function test_promiseOnAnotherChain() public {
        _refused(Signing.Domain(domain.chain + 1, domain.where).claim(ALICE, hub, 30e18, keccak256("preimage")));
    }

    function test_promiseToAnotherContract() public {
        _refused(Signing.Domain(domain.chain, bob).claim(ALICE, hub, 30e18, keccak256("preimage")));
    }

    /// The chain's id is read when it is needed: after a split only one side takes the signatures.
    function test_chainThatChangesItsId() public {
        IHubs.Claim memory c = _claim(ALICE, 30e18);
        vm.chainId(domain.chain + 1);
        _refused(c);
        _collect(Signing.Domain(domain.chain + 1, domain.where).claim(ALICE, hub, 30e18, 0));
        _checkIn(alice, 100e18, 30e18);
    }

    /// A message of another kind with the same words is none of ours.
    function test_payoutIsNoPromise() public {
        IHubs.Claim memory c = _claim(ALICE, 30e18);
        (c.r, c.vs) =
            Signing.compact(ALICE, domain.digest(Signing.payoutHash(hub, 30e18, uint64(uint256(c.preimage)), c.order)));
        _refused(c);
    }

    function test_highS() public {
        bytes32 order = keccak256("order");
        (uint256 key, bytes32 r, bytes32 vs) = HighS.make(domain.digest(Signing.promiseHash(hub, 30e18, 0, order)));
        address who = vm.addr(key);
        vm.prank(alice);
        hubs.topUp(hub, who, 50e18);
        _refused(IHubs.Claim(who, 30e18, 0, order, r, vs));
        // The same signature in its low form is good, so it was the s that was refused.
        vs = bytes32((HighS.ORDER - uint256(vs)) | 1 << 255);
        _collect(IHubs.Claim(who, 30e18, 0, order, r, vs));
        _checkIn(who, 50e18, 30e18);
    }

    /// No signature recovers to address zero, and address zero has no channel to take from.
    function test_zeroConsumer() public {
        _expectSkip(address(0), 1e18, IHubs.Reason.Stale);
        _collect(IHubs.Claim(address(0), 1e18, 0, 0, 0, 0));
    }

    /// R3: whatever is wrong with some items, the others are collected.
    function test_batchSurvivesBadItems() public {
        vm.prank(bob);
        hubs.topUp(hub, bob, 50e18);
        _collect(_claim(BOB, 10e18));
        IHubs.Claim[] memory all = new IHubs.Claim[](6);
        all[0] = _claim(BOB, 10e18); // stale
        all[1] = _claim(ALICE, 30e18);
        all[2] = _claim(MALLORY, 30e18); // no deposit
        all[3] = _claim(BOB, 20e18);
        all[4] = _claim(BOB, 20e18); // twice in one batch
        all[5] = _claim(ALICE, 40e18);
        all[5].total = 41e18; // not what was signed
        hubs.collect(hub, all);
        _checkIn(alice, 100e18, 30e18);
        _checkIn(bob, 50e18, 20e18);
        eq(_free(hub), 1050e18, "free");
    }

    function test_emptyBatch() public {
        hubs.collect(hub, new IHubs.Claim[](0));
        eq(_free(hub), 1000e18, "free");
    }

    function test_leavingConsumerStillPays() public {
        vm.prank(alice);
        hubs.requestExit(hub);
        _collect(_claim(ALICE, 30e18));
        _at(time + DELAY);
        hubs.finalizeExit(hub, alice);
        eq(token.balanceOf(alice), 9970e18, "the rest is back");
    }

    function _refused(IHubs.Claim memory c) internal {
        uint96 free = _free(hub);
        _expectSkip(c.consumer, c.total, IHubs.Reason.BadSignature);
        _collect(c);
        eq(_free(hub), free, "free");
    }
}
