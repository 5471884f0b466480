// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHubs} from "../src/interfaces/IHubs.sol";
import {Fixture} from "./support/Fixture.sol";
import {HighS} from "./support/HighS.sol";
import {Signing} from "./support/Signing.sol";
import {vm} from "./support/Vm.sol";

contract SettleTest is Fixture {
    using Signing for Signing.Domain;

    bytes32 constant PREIMAGE = keccak256("preimage");

    function test_paysFromFree() public {
        vm.expectEmit(address(hubs));
        emit IHubs.Settled(hub, paul, 30e18, 30e18, 0);
        _settle(_payout(30e18));
        _checkOut(paul, 30e18, 0);
        eq(_free(hub), 970e18, "free");
        eq(token.balanceOf(paul), 10_030e18, "paid");
    }

    function test_reservePaysFirst() public {
        _push(hub, paul, 0, 20e18);
        _settle(_payout(30e18));
        _checkOut(paul, 30e18, 0);
        eq(_free(hub), 970e18, "free");
    }

    function test_reservePaysAlone() public {
        _push(hub, paul, 0, 50e18);
        _settle(_payout(30e18));
        _checkOut(paul, 30e18, 20e18);
        eq(_free(hub), 950e18, "free");
    }

    function test_totalsRunOn() public {
        _settle(_payout(30e18));
        _settle(_payout(45e18));
        eq(token.balanceOf(paul), 10_045e18, "paid");
    }

    function test_repeatDoesNothing() public {
        _settle(_payout(30e18));
        _expectSkip(paul, 30e18, IHubs.Reason.Stale);
        _settle(_payout(30e18));
        eq(token.balanceOf(paul), 10_030e18, "paid once");
    }

    function test_moneyOfOthersIsOutOfReach() public {
        _push(hub, bob, 0, 100e18);
        vm.expectEmit(address(hubs));
        emit IHubs.Shortfall(hub, paul, 4100e18);
        _settle(_payout(5000e18));
        _checkOut(paul, 900e18, 0);
        _checkOut(bob, 0, 100e18);
        _checkIn(alice, 100e18, 0);
        eq(_free(hub), 0, "free");
    }

    function test_whatIsMissingIsPaidFromLaterMoney() public {
        _settle(_payout(5000e18));
        _expectSkip(paul, 5000e18, IHubs.Reason.NoFunds);
        _settle(_payout(5000e18));
        vm.prank(bob);
        hubs.fund(hub, 7e18);
        _settle(_payout(5000e18));
        _checkOut(paul, 1007e18, 0);
    }

    function test_lockedPayout() public {
        IHubs.Payout memory p = domain.payout(HUB, paul, 30e18, time + 12 hours, PREIMAGE);
        vm.expectEmit(address(hubs));
        emit IHubs.Revealed(hub, keccak256(abi.encode(PREIMAGE)), PREIMAGE);
        _settle(p);
        _checkOut(paul, 30e18, 0);
    }

    /// R6: a hub learns a preimage also from a payout that pays nothing more.
    function test_preimageIsLoggedEvenIfNothingIsDue() public {
        _settle(_payout(40e18));
        IHubs.Payout memory p = domain.payout(HUB, paul, 30e18, time + 12 hours, PREIMAGE);
        vm.expectEmit(address(hubs));
        emit IHubs.Revealed(hub, keccak256(abi.encode(PREIMAGE)), PREIMAGE);
        _settle(p);
        _checkOut(paul, 40e18, 0);
    }

    function test_withoutThePreimage() public {
        IHubs.Payout memory p = domain.payout(HUB, paul, 30e18, time + 12 hours, PREIMAGE);
        p.preimage = 0;
        _refused(p, IHubs.Reason.BadSignature);
        p.preimage = keccak256("another");
        _refused(p, IHubs.Reason.BadSignature);
    }

    function test_expiredPaysNothing() public {
        IHubs.Payout memory p = domain.payout(HUB, paul, 30e18, time + 12 hours, PREIMAGE);
        _at(time + 12 hours + 1);
        _refused(p, IHubs.Reason.Expired);
    }

    function test_lastMomentCounts() public {
        IHubs.Payout memory p = domain.payout(HUB, paul, 30e18, time + 12 hours, PREIMAGE);
        _at(time + 12 hours);
        _settle(p);
        _checkOut(paul, 30e18, 0);
    }

    function test_unlockedNeverExpires() public {
        IHubs.Payout memory p = _payout(30e18);
        _at(time + 3650 days);
        _settle(p);
        _checkOut(paul, 30e18, 0);
    }

    function test_everyFieldIsSigned() public {
        IHubs.Payout memory p = _payout(30e18);
        p.total = 31e18;
        _refused(p, IHubs.Reason.BadSignature);
        p = _payout(30e18);
        p.payee = mallory;
        _refused(p, IHubs.Reason.BadSignature);
        p = domain.payout(HUB, paul, 30e18, time + 1, PREIMAGE);
        p.expiry = 0;
        _refused(p, IHubs.Reason.BadSignature);
    }

    function test_payoutOfAnotherHub() public {
        _refused(domain.payout(MALLORY, paul, 30e18, 0, 0), IHubs.Reason.BadSignature);
    }

    function test_payoutOnAnotherChainOrContract() public {
        _refused(
            Signing.Domain(domain.chain + 1, domain.where).payout(HUB, paul, 30e18, 0, 0), IHubs.Reason.BadSignature
        );
        _refused(Signing.Domain(domain.chain, bob).payout(HUB, paul, 30e18, 0, 0), IHubs.Reason.BadSignature);
    }

    function test_highS() public {
        (uint256 key, bytes32 r, bytes32 vs) = HighS.make(domain.digest(Signing.payoutHash(paul, 30e18, 0, 0)));
        address h = vm.addr(key);
        (bytes32 or, bytes32 ovs) = domain.owner(key, owner);
        vm.prank(owner);
        hubs.openHub(h, 100e18, or, ovs);
        IHubs.Payout[] memory all = new IHubs.Payout[](1);
        all[0] = IHubs.Payout(paul, 30e18, 0, 0, r, vs);
        hubs.settle(h, all);
        eq(_free(h), 100e18, "free");
        all[0].vs = bytes32((HighS.ORDER - uint256(vs)) | 1 << 255);
        hubs.settle(h, all);
        eq(_free(h), 70e18, "free");
    }

    /// A signature that recovers to nothing is not one of the hub of address zero.
    function test_zeroHub() public {
        vm.prank(alice);
        hubs.topUp(bob, alice, 10e18);
        IHubs.Payout[] memory all = new IHubs.Payout[](1);
        all[0] = IHubs.Payout(mallory, 1e18, 0, PREIMAGE, 0, 0);
        vm.recordLogs();
        hubs.settle(address(0), all);
        yes(vm.getRecordedLogs()[0].topics[0] == IHubs.Skipped.selector, "no preimage is taken from a stranger");
    }

    /// R3: money for nobody, for the token or for the contract itself.
    function test_payeesThatCannotBe() public {
        address[3] memory bad = [address(0), address(token), address(hubs)];
        for (uint256 i; i < bad.length; ++i) {
            _refused(domain.payout(HUB, bad[i], 30e18, 0, 0), IHubs.Reason.BadPayee);
        }
    }

    /// R3: whatever is wrong with some items, the others are paid.
    function test_batchSurvivesBadItems() public {
        _settle(_payout(10e18));
        IHubs.Payout[] memory all = new IHubs.Payout[](6);
        all[0] = _payout(10e18); // stale
        all[1] = domain.payout(HUB, bob, 5e18, time - 1, PREIMAGE); // expired
        all[2] = domain.payout(HUB, address(0), 5e18, 0, 0); // for nobody
        all[3] = _payout(20e18);
        all[4] = domain.payout(MALLORY, bob, 5e18, 0, 0); // not of this hub
        all[5] = domain.payout(HUB, alice, 6e18, 0, 0);
        hubs.settle(hub, all);
        _checkOut(paul, 20e18, 0);
        _checkOut(bob, 0, 0);
        _checkOut(alice, 6e18, 0);
        eq(_free(hub), 974e18, "free");
    }

    function _refused(IHubs.Payout memory p, IHubs.Reason why) internal {
        _expectSkip(p.payee, p.total, why);
        _settle(p);
        eq(_free(hub), 1000e18, "free");
    }
}
