// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHubs} from "../src/interfaces/IHubs.sol";
import {Fixture} from "./support/Fixture.sol";
import {Signing} from "./support/Signing.sol";
import {vm} from "./support/Vm.sol";

contract OpenHubTest is Fixture {
    using Signing for Signing.Domain;

    uint256 constant SECOND = uint256(keccak256("second hub"));

    function test_ownerIsTheCaller() public {
        (bytes32 r, bytes32 vs) = domain.owner(SECOND, bob);
        vm.expectEmit(address(hubs));
        emit IHubs.HubOpened(vm.addr(SECOND), bob);
        vm.expectEmit(address(hubs));
        emit IHubs.Funded(vm.addr(SECOND), 5e18, 5e18);
        vm.prank(bob);
        hubs.openHub(vm.addr(SECOND), 5e18, r, vs);
        (address who, uint96 free, bool retired) = hubs.hubs(vm.addr(SECOND));
        yes(who == bob && !retired, "owner");
        eq(free, 5e18, "free");
        eq(token.balanceOf(bob), 9995e18, "pulled");
    }

    function test_withoutMoney() public {
        _open(SECOND, bob, 0);
        eq(token.balanceOf(bob), 10_000e18, "nothing pulled");
    }

    function test_strangerCannotUseTheSignature() public {
        (bytes32 r, bytes32 vs) = domain.owner(SECOND, bob);
        vm.expectRevert(IHubs.BadSignature.selector);
        vm.prank(mallory);
        hubs.openHub(vm.addr(SECOND), 0, r, vs);
    }

    function test_onlyOnce() public {
        (bytes32 r, bytes32 vs) = domain.owner(HUB, mallory);
        vm.expectRevert(IHubs.AlreadyOpen.selector);
        vm.prank(mallory);
        hubs.openHub(hub, 0, r, vs);
    }

    function test_retiredHubStaysClosed() public {
        vm.prank(owner);
        hubs.retire(hub);
        (bytes32 r, bytes32 vs) = domain.owner(HUB, mallory);
        vm.expectRevert(IHubs.AlreadyOpen.selector);
        vm.prank(mallory);
        hubs.openHub(hub, 0, r, vs);
    }

    function test_whatWasCollectedBeforeStays() public {
        address second = vm.addr(SECOND);
        vm.prank(alice);
        hubs.topUp(second, alice, 10e18);
        IHubs.Claim[] memory claims = new IHubs.Claim[](1);
        claims[0] = domain.claim(ALICE, second, 4e18, 0);
        hubs.collect(second, claims);
        _open(SECOND, bob, 5e18);
        eq(_free(second), 9e18, "free");
    }

    function test_signatureOfAnotherChainOrContract() public {
        Signing.Domain memory other = Signing.Domain(domain.chain + 1, domain.where);
        for (uint256 i; i < 2; ++i) {
            (bytes32 r, bytes32 vs) = other.owner(SECOND, bob);
            vm.expectRevert(IHubs.BadSignature.selector);
            vm.prank(bob);
            hubs.openHub(vm.addr(SECOND), 0, r, vs);
            other = Signing.Domain(domain.chain, address(token));
        }
    }

    /// A signature that recovers to nothing must not open the hub of address zero.
    function test_zeroHubCannotBeOpened() public {
        vm.expectRevert(IHubs.BadSignature.selector);
        vm.prank(mallory);
        hubs.openHub(address(0), 0, 0, 0);
    }
}
