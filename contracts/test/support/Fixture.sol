// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Hubs} from "../../src/Hubs.sol";
import {IHubs} from "../../src/interfaces/IHubs.sol";
import {Token} from "../../src/Token.sol";

import {Signing} from "./Signing.sol";
import {vm} from "./Vm.sol";

/// @notice Where most tests start: a token, the contract, an open hub with 1000 free, Alice with 100 in a channel, and
/// Paul, whom the hub pays. Mallory has tokens and means ill. Everybody has approved the contract.
abstract contract Fixture {
    using Signing for Signing.Domain;

    uint64 internal constant DELAY = 7 days;
    uint96 internal constant MIN = 1e18;
    uint64 internal constant LIFE = 10 minutes;
    uint64 internal constant START = 1_800_000_000;

    uint256 internal constant HUB = uint256(keccak256("hub"));
    uint256 internal constant ALICE = uint256(keccak256("alice"));
    uint256 internal constant BOB = uint256(keccak256("bob"));
    uint256 internal constant MALLORY = uint256(keccak256("mallory"));

    address internal hub = vm.addr(HUB);
    address internal alice = vm.addr(ALICE);
    address internal bob = vm.addr(BOB);
    address internal mallory = vm.addr(MALLORY);
    address internal owner = address(0x0123);
    address internal paul = address(0xba01);
    address internal relayer = address(0x4e1a);

    Token internal token;
    Hubs internal hubs;
    Signing.Domain internal domain;

    /// @dev The block's time. The compiler takes block.timestamp for constant within a call, so tests ask this.
    uint64 internal time;

    function setUp() public virtual {
        _at(START);
        token = Token(_deployToken());
        hubs = new Hubs(address(token), DELAY, MIN);
        domain = Signing.Domain(block.chainid, address(hubs));
        address[7] memory all = [hub, alice, bob, mallory, owner, paul, relayer];
        for (uint256 i; i < all.length; ++i) {
            token.transfer(all[i], 10_000e18);
            vm.prank(all[i]);
            token.approve(address(hubs), type(uint256).max);
        }
        _open(HUB, owner, 1000e18);
        vm.prank(alice);
        hubs.topUp(hub, alice, 100e18);
        _at(time + 60); // opening a channel voids what was signed before
    }

    /// @dev The fixture itself holds what others don't.
    function _deployToken() internal virtual returns (address) {
        return address(new Token(address(this)));
    }

    function _at(uint64 t) internal {
        time = t;
        vm.warp(t);
    }

    function _open(uint256 key, address to, uint96 amount) internal {
        (bytes32 r, bytes32 vs) = domain.owner(key, to);
        vm.prank(to);
        hubs.openHub(vm.addr(key), amount, r, vs);
    }

    /* ------------------------------------------- one-item batches and short forms --------------------------------- */

    function _claim(uint256 key, uint96 total) internal view returns (IHubs.Claim memory) {
        return domain.claim(key, hub, total, keccak256("preimage"));
    }

    function _collect(IHubs.Claim memory c) internal {
        IHubs.Claim[] memory all = new IHubs.Claim[](1);
        all[0] = c;
        hubs.collect(hub, all);
    }

    function _settle(IHubs.Payout memory p) internal {
        IHubs.Payout[] memory all = new IHubs.Payout[](1);
        all[0] = p;
        hubs.settle(hub, all);
    }

    function _payout(uint96 total) internal view returns (IHubs.Payout memory) {
        return domain.payout(HUB, paul, total, 0, 0);
    }

    function _push(address from, address payee, uint96 total, uint96 reserve) internal {
        IHubs.Item[] memory all = new IHubs.Item[](1);
        all[0] = IHubs.Item(payee, total, reserve);
        vm.prank(from);
        hubs.push(hub, all);
    }

    function _topUp(uint96 deposited, uint96 fee) internal view returns (IHubs.TopUp memory t) {
        t.hub = hub;
        t.deposited = deposited;
        t.fee = fee;
        t.relayer = relayer;
        t.deadline = time + LIFE;
        return domain.topUp(ALICE, t);
    }

    function _leave(uint96 deposited, uint96 fee) internal view returns (IHubs.Leave memory l) {
        l.hub = hub;
        l.deposited = deposited;
        l.fee = fee;
        l.relayer = relayer;
        l.deadline = time + LIFE;
        return domain.leaving(ALICE, l);
    }

    function _leaveNow(uint96 deposited, uint96 settled, uint96 fee) internal view returns (IHubs.Leave memory) {
        return domain.leavingNow(ALICE, _leave(deposited, fee), settled);
    }

    function _close(uint96 deposited, uint96 settled) internal view returns (IHubs.Close memory) {
        return domain.close(HUB, alice, deposited, settled, time + LIFE);
    }

    function _noPermit() internal pure returns (IHubs.Permit memory p) {}

    /* ----------------------------------------------------- state --------------------------------------------------- */

    function _free(address h) internal view returns (uint96 free) {
        (, free,) = hubs.hubs(h);
    }

    function _in(address who) internal view returns (uint96 deposited, uint96 settled) {
        (deposited, settled,,) = hubs.ins(hub, who);
    }

    function _checkIn(address who, uint96 deposited, uint96 settled) internal view {
        (uint96 d, uint96 s) = _in(who);
        eq(d, deposited, "deposited");
        eq(s, settled, "settled of a consumer");
    }

    function _checkOut(address who, uint96 settled, uint96 reserved) internal view {
        (uint96 s, uint96 r,) = hubs.outs(hub, who);
        eq(s, settled, "settled of a payee");
        eq(r, reserved, "reserved");
    }

    /* --------------------------------------------------- assertions ------------------------------------------------ */

    function eq(uint256 got, uint256 want, string memory what) internal pure {
        require(got == want, string.concat(what, ": got ", vm.toString(got), ", want ", vm.toString(want)));
    }

    function yes(bool condition, string memory what) internal pure {
        require(condition, what);
    }

    /// @dev Expects the one item of the next batch to be passed over for this reason.
    function _expectSkip(address account, uint96 total, IHubs.Reason why) internal {
        vm.expectEmit(address(hubs));
        emit IHubs.Skipped(hub, account, total, why);
    }
}
