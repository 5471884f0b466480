// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHubs} from "../src/interfaces/IHubs.sol";
import {IToken} from "../src/interfaces/IToken.sol";
import {Fixture} from "./support/Fixture.sol";
import {Signing} from "./support/Signing.sol";
import {vm} from "./support/Vm.sol";

contract TopUpAuthTest is Fixture {
    using Signing for Signing.Domain;

    function setUp() public override {
        super.setUp();
        vm.prank(alice);
        token.approve(address(hubs), 0);
    }

    /// @dev Replaces the signature of a TopUp by one of the authorisation that goes with it.
    function _auth(IHubs.TopUp memory t, uint256 value) internal view returns (IHubs.TopUp memory) {
        Signing.Domain memory d = Signing.Domain(block.chainid, address(token));
        bytes32 nonce = domain.digest(Signing.topUpHash(t));
        bytes32 digest = d.authDigest(true, alice, address(hubs), value, t.deadline, nonce);
        (t.r, t.vs) = Signing.compact(ALICE, digest);
        return t;
    }

    function _relay(IHubs.TopUp memory t) internal {
        vm.prank(relayer);
        hubs.topUpAuth(t);
    }

    function _refused(IHubs.TopUp memory t, bytes4 why) internal {
        vm.expectRevert(why);
        _relay(t);
    }

    function test_consumerNeedsNoGasAndOneSignature() public {
        _relay(_auth(_topUp(150e18, 0), 50e18));
        _checkIn(alice, 150e18, 0);
        eq(token.balanceOf(alice), 9850e18, "pulled");
    }

    function test_relayerGetsTheFee() public {
        vm.expectEmit(address(hubs));
        emit IHubs.FeePaid(hub, alice, relayer, 2e18);
        _relay(_auth(_topUp(150e18, 2e18), 52e18));
        _checkIn(alice, 150e18, 0);
        eq(token.balanceOf(relayer), 10_002e18, "fee");
    }

    function test_anotherRelayer() public {
        IHubs.TopUp memory t = _auth(_topUp(150e18, 2e18), 52e18);
        vm.expectRevert(IHubs.OtherRelayer.selector);
        vm.prank(mallory);
        hubs.topUpAuth(t);
    }

    /// The nonce binds everything, so nobody can turn the money to another hub, fee or relayer.
    function test_everyFieldIsBound() public {
        IHubs.TopUp memory t = _auth(_topUp(150e18, 2e18), 52e18);
        t.fee -= 1;
        t.deposited += 1;
        _refused(t, IToken.BadSignature.selector);
        t = _auth(_topUp(150e18, 2e18), 52e18);
        t.relayer = address(0);
        _refused(t, IToken.BadSignature.selector);
        t = _auth(_topUp(150e18, 2e18), 52e18);
        t.deadline -= 1;
        _refused(t, IToken.BadSignature.selector);
        t = _auth(_topUp(50e18, 2e18), 52e18);
        t.hub = mallory;
        _refused(t, IToken.BadSignature.selector);
    }

    /// The token lets nobody but the contract use it, so it cannot be spent without being credited.
    function test_authorisationAlone() public {
        IHubs.TopUp memory t = _auth(_topUp(150e18, 0), 50e18);
        bytes32 nonce = domain.digest(Signing.topUpHash(t));
        bytes32 s = t.vs & bytes32(type(uint256).max >> 1);
        vm.expectRevert(IToken.CallerNotReceiver.selector);
        vm.prank(mallory);
        token.receiveWithAuthorization(
            alice, address(hubs), 50e18, 0, t.deadline, nonce, uint8(uint256(t.vs) >> 255) + 27, t.r, s
        );
    }

    function test_amountThatDoesNotFit() public {
        _refused(_auth(_topUp(150e18, 0), 51e18), IToken.BadSignature.selector);
    }

    function test_worksOnce() public {
        IHubs.TopUp memory t = _auth(_topUp(150e18, 0), 50e18);
        _relay(t);
        _refused(t, IHubs.WrongState.selector);
    }

    function test_deadlines() public {
        IHubs.TopUp memory t = _topUp(150e18, 0);
        t.deadline = time + LIFE + 1;
        _refused(_auth(t, 50e18), IHubs.DeadlineTooFar.selector);
        t = _auth(_topUp(150e18, 0), 50e18);
        _at(time + LIFE + 1);
        _refused(t, IHubs.SignatureExpired.selector);
    }

    function test_notWhileLeaving() public {
        vm.prank(alice);
        hubs.requestExit(hub);
        _at(time + 1);
        _refused(_auth(_topUp(150e18, 0), 50e18), IHubs.AlreadyLeaving.selector);
    }

    /// R4: leave, come back, and show the old signature again. The token would refuse the nonce, and we do before.
    function test_replayAfterLeavingAndComingBack() public {
        IHubs.TopUp memory t = _auth(_topUp(150e18, 0), 50e18);
        _relay(t);
        IHubs.Close memory k = _close(150e18, 0);
        vm.prank(alice);
        hubs.coopExit(hub, k);
        vm.prank(bob);
        hubs.topUp(hub, alice, 100e18);
        _refused(t, IHubs.SignatureVoid.selector);
    }
}
