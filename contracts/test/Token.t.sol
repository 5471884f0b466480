// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IToken} from "../src/interfaces/IToken.sol";
import {Token} from "../src/Token.sol";
import {Fixture} from "./support/Fixture.sol";
import {Signing} from "./support/Signing.sol";
import {vm} from "./support/Vm.sol";

contract TokenTest is Fixture {
    using Signing for Signing.Domain;

    bytes32 constant NONCE = keccak256("nonce");

    function _domain() internal view returns (Signing.Domain memory) {
        return Signing.Domain(block.chainid, address(token));
    }

    function _sign(bool receive_, uint256 value) internal view returns (uint8 v, bytes32 r, bytes32 s) {
        return vm.sign(ALICE, _domain().authDigest(receive_, alice, bob, value, time + 100, NONCE));
    }

    function _send(uint256 value, uint8 v, bytes32 r, bytes32 s) internal {
        vm.prank(relayer);
        token.transferWithAuthorization(alice, bob, value, 0, time + 100, NONCE, v, r, s);
    }

    function test_metadata() public view {
        yes(keccak256(bytes(token.name())) == keccak256("Fare"), "name");
        yes(keccak256(bytes(token.symbol())) == keccak256("FARE"), "symbol");
        eq(token.decimals(), 18, "decimals");
        yes(token.DOMAIN_SEPARATOR() == _domain().tokenSeparator(), "domain separator");
    }

    function test_allIsMintedOnceToTheHolder() public {
        Token t = new Token(bob);
        eq(t.totalSupply(), 1_000_000_000e18, "supply");
        eq(t.balanceOf(bob), t.CAP(), "holder");
    }

    /// Nobody has an allowance that was not given, not even contracts that others trust.
    function test_noAllowanceByDefault() public view {
        eq(token.allowance(alice, 0x000000000022D473030F116dDEE9F6B43aC78BA3), 0, "Permit2");
    }

    function test_permit() public {
        bytes32 d = Signing.permitDigest(_domain(), alice, bob, 5e18, 0, time + 100);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(ALICE, d);
        token.permit(alice, bob, 5e18, time + 100, v, r, s);
        eq(token.allowance(alice, bob), 5e18, "allowance");
        vm.expectRevert();
        token.permit(alice, bob, 5e18, time + 100, v, r, s);
    }

    function test_transferWithAuthorization() public {
        (uint8 v, bytes32 r, bytes32 s) = _sign(false, 5e18);
        vm.expectEmit(address(token));
        emit IToken.AuthorizationUsed(alice, NONCE);
        _send(5e18, v, r, s);
        eq(token.balanceOf(bob), 10_005e18, "moved");
        yes(token.authorizationState(alice, NONCE), "used");
    }

    function test_authorizationWorksOnce() public {
        (uint8 v, bytes32 r, bytes32 s) = _sign(false, 5e18);
        _send(5e18, v, r, s);
        vm.expectRevert(IToken.AuthorizationAlreadyUsed.selector);
        _send(5e18, v, r, s);
    }

    function test_authorizationOfAnotherAmount() public {
        (uint8 v, bytes32 r, bytes32 s) = _sign(false, 5e18);
        vm.expectRevert(IToken.BadSignature.selector);
        _send(6e18, v, r, s);
    }

    function test_kindsAreNotExchangeable() public {
        (uint8 v, bytes32 r, bytes32 s) = _sign(true, 5e18);
        vm.expectRevert(IToken.BadSignature.selector);
        _send(5e18, v, r, s);
    }

    function test_receiveOnlyByTheReceiver() public {
        (uint8 v, bytes32 r, bytes32 s) = _sign(true, 5e18);
        vm.expectRevert(IToken.CallerNotReceiver.selector);
        vm.prank(mallory);
        token.receiveWithAuthorization(alice, bob, 5e18, 0, time + 100, NONCE, v, r, s);
        vm.prank(bob);
        token.receiveWithAuthorization(alice, bob, 5e18, 0, time + 100, NONCE, v, r, s);
        eq(token.balanceOf(bob), 10_005e18, "moved");
    }

    function test_times() public {
        (uint8 v, bytes32 r, bytes32 s) = _sign(false, 5e18);
        uint64 deadline = time + 100;
        _at(deadline);
        vm.expectRevert(IToken.AuthorizationExpired.selector);
        token.transferWithAuthorization(alice, bob, 5e18, 0, deadline, NONCE, v, r, s);
        vm.expectRevert(IToken.AuthorizationNotYetValid.selector);
        token.transferWithAuthorization(alice, bob, 5e18, time, deadline + 1, NONCE, v, r, s);
    }

    function test_cancel() public {
        bytes32 typeHash = keccak256("CancelAuthorization(address authorizer,bytes32 nonce)");
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(ALICE, _domain().tokenDigest(keccak256(abi.encode(typeHash, alice, NONCE))));
        vm.expectEmit(address(token));
        emit IToken.AuthorizationCanceled(alice, NONCE);
        token.cancelAuthorization(alice, NONCE, v, r, s);
        (v, r, s) = _sign(false, 5e18);
        vm.expectRevert(IToken.AuthorizationAlreadyUsed.selector);
        _send(5e18, v, r, s);
    }

    function test_strangerCannotCancel() public {
        bytes32 typeHash = keccak256("CancelAuthorization(address authorizer,bytes32 nonce)");
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(MALLORY, _domain().tokenDigest(keccak256(abi.encode(typeHash, alice, NONCE))));
        vm.expectRevert(IToken.BadSignature.selector);
        token.cancelAuthorization(alice, NONCE, v, r, s);
    }

    /// Only the parent moves what is at an address of its own, and only its own.
    function test_derived() public {
        bytes32 salt = keccak256("salt");
        address spot = token.addressFor(alice, salt);
        yes(spot == Signing.derived(alice, salt), "address");
        yes(spot != token.addressFor(bob, salt) && spot != token.addressFor(alice, 0), "another for another");
        vm.prank(bob);
        token.transfer(spot, 5e18);
        vm.expectRevert();
        vm.prank(bob);
        token.transferFromDerived(salt, bob, 1);
        vm.expectRevert();
        vm.prank(alice);
        token.transferFromDerived(salt, alice, 5e18 + 1);
        vm.prank(alice);
        token.transferFromDerived(salt, paul, 2e18);
        eq(token.balanceOf(spot), 3e18, "left");
        eq(token.balanceOf(paul), 10_002e18, "moved");
        eq(token.balanceOf(alice), 9900e18, "the parent's own tokens stay");
    }

    /// On a chain that split, signatures for one branch are none for the other.
    function test_domainOfAnotherBranch() public {
        (uint8 v, bytes32 r, bytes32 s) = _sign(false, 5e18);
        vm.chainId(block.chainid + 1);
        vm.expectRevert(IToken.BadSignature.selector);
        _send(5e18, v, r, s);
    }

    /// A signature that recovers to nothing is not one of address zero.
    function test_zeroSigner() public {
        vm.expectRevert(IToken.BadSignature.selector);
        token.transferWithAuthorization(address(0), bob, 0, 0, time + 100, NONCE, 27, 0, 0);
    }
}
