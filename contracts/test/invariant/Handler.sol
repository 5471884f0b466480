// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHubs} from "../../src/interfaces/IHubs.sol";
import {Token} from "../../src/Token.sol";
import {Signing} from "../support/Signing.sol";
import {vm} from "../support/Vm.sol";
import {Consumers} from "./Consumers.sol";
import {Waiting} from "./Waiting.sol";
import {World} from "./World.sol";

/// @notice What hubs, their owners, payees and strangers do. Every action works out beforehand what it must do, and
/// fails if anything else happened.
contract Handler is Consumers, Waiting {
    using Signing for Signing.Domain;

    bytes32 private constant PREIMAGE = keccak256("preimage");

    constructor(Token token_) World(token_) {}

    function passTime(uint256 seed) external seeded(seed) {
        time += uint64(_r(3) == 0 ? _r(30) : _r(DELAY));
        vm.warp(time);
    }

    function openHub(uint256 seed) external seeded(seed) {
        uint256 h = _r(2);
        address who = _r(4) == 0 ? _somebody() : owners[h];
        // Somebody tries the signature that was made for the owner.
        (bytes32 r, bytes32 vs) = domain.owner(hubKeys[h], owners[h]);
        uint96 amount = _amount();
        Hub memory w = _hub(h);
        bool should = w.owner == address(0) && who == owners[h];
        _call(who, abi.encodeCall(IHubs.openHub, (hubAt[h], amount, r, vs)), should);
        require(_hub(h).free == w.free + (should ? amount : 0), "free");
    }

    function fund(uint256 seed) external seeded(seed) {
        uint256 h = _r(2);
        uint96 amount = _amount();
        bool should = _hub(h).owner != address(0) && amount != 0;
        _call(_somebody(), abi.encodeCall(IHubs.fund, (hubAt[h], amount)), should);
    }

    function withdraw(uint256 seed) external seeded(seed) {
        uint256 h = _r(2);
        Hub memory w = _hub(h);
        uint96 amount = uint96(_r(uint256(w.free) + 2));
        address who = _r(2) == 0 ? owners[h] : _somebody();
        uint256 had = token.balanceOf(who);
        bool should = who == w.owner && amount <= w.free;
        _call(who, abi.encodeCall(IHubs.withdraw, (hubAt[h], amount)), should);
        if (should) require(token.balanceOf(who) - had == amount, "withdrawn");
    }

    function retire(uint256 seed) external seeded(seed) {
        uint256 h = _r(2);
        Hub memory w = _hub(h);
        address who = _r(20) == 0 ? owners[h] : _somebody();
        if (who == w.owner && _r(4) != 0) return; // seldom, for little happens afterwards
        _call(who, abi.encodeCall(IHubs.retire, (hubAt[h])), who == w.owner && !w.retired);
    }

    function collect(uint256 seed) external seeded(seed) {
        uint256 h = _r(2);
        IHubs.Claim[] memory all = new IHubs.Claim[](_r(5));
        uint96[3] memory settled = [_in(h, 0).settled, _in(h, 1).settled, _in(h, 2).settled];
        uint256 sum;
        for (uint256 n; n < all.length; ++n) {
            uint256 c = _r(3);
            In memory i = _in(h, c);
            uint256 kind = _r(8);
            uint96 total = kind == 0 ? uint96(_r(settled[c] + 1)) : settled[c] + uint96(_r(40e18));
            bytes32 preimage = _r(2) == 0 ? bytes32(0) : PREIMAGE;
            all[n] = domain.claim(kind == 1 ? hubKeys[h] : keys[c], hubAt[kind == 2 ? 1 - h : h], total, preimage);
            all[n].consumer = consumers[c];
            if (kind == 3) all[n].preimage = keccak256("another");
            if (kind == 4) all[n].total += 1;
            if (kind >= 1 && kind <= 4) continue;
            promised[h][c] = _max(promised[h][c], total);
            uint96 reach = uint96(_min(total, i.deposited));
            if (reach <= settled[c]) continue;
            sum += reach - settled[c];
            settled[c] = reach;
        }
        uint96 free = _hub(h).free;
        _call(_somebody(), abi.encodeCall(IHubs.collect, (hubAt[h], all)), true);
        require(_hub(h).free == free + sum, "a batch brings what its items bring");
        for (uint256 c; c < 3; ++c) {
            require(_in(h, c).settled == settled[c], "settled");
        }
    }

    function settle(uint256 seed) external seeded(seed) {
        uint256 h = _r(2);
        IHubs.Payout[] memory all = new IHubs.Payout[](_r(5));
        Hub memory w = _hub(h);
        Out[3] memory outs = [_out(h, 0), _out(h, 1), _out(h, 2)];
        uint256[3] memory amounts;
        for (uint256 n; n < all.length; ++n) {
            uint256 p = _r(3);
            uint256 kind = _r(8);
            uint96 total = kind == 0 ? uint96(_r(outs[p].settled + 1)) : outs[p].settled + uint96(_r(40e18));
            bytes32 preimage = _r(2) == 0 ? bytes32(0) : PREIMAGE;
            uint64 expiry = kind == 1 ? time - 1 : preimage == 0 ? 0 : time + uint64(_r(12 hours));
            address payee = kind == 2 ? [address(0), address(token), address(hubs)][_r(3)] : payees[p];
            all[n] = domain.payout(kind == 3 ? hubKeys[1 - h] : hubKeys[h], payee, total, expiry, preimage);
            if (kind == 4) all[n].total += 1;
            if (kind >= 1 && kind <= 4) continue;
            granted[h][p] = _max(granted[h][p], total);
            amounts[p] += _pay(w, outs[p], total);
        }
        _batch(h, _somebody(), abi.encodeCall(IHubs.settle, (hubAt[h], all)), true, w, outs, amounts);
    }

    function push(uint256 seed) external seeded(seed) {
        uint256 h = _r(2);
        IHubs.Item[] memory all = new IHubs.Item[](_r(5));
        Hub memory w = _hub(h);
        Out[3] memory outs = [_out(h, 0), _out(h, 1), _out(h, 2)];
        uint256[3] memory amounts;
        address who = _r(2) == 0 ? hubAt[h] : _somebody();
        bool should = who == w.owner || (who == hubAt[h] && !w.retired);
        for (uint256 n; n < all.length; ++n) {
            uint256 p = _r(3);
            uint96 total = _r(3) == 0 ? 0 : uint96(_r(uint256(outs[p].settled) + 40e18));
            uint96 reserve = _r(3) == 0 ? 0 : uint96(_r(60e18));
            all[n] = IHubs.Item(_r(9) == 0 ? address(hubs) : payees[p], total, reserve);
            if (!should || all[n].payee != payees[p]) continue;
            granted[h][p] = _max(granted[h][p], total);
            amounts[p] += _pay(w, outs[p], total);
            if (reserve > outs[p].reserved && w.free != 0) {
                uint96 more = uint96(_min(reserve - outs[p].reserved, w.free));
                outs[p].reserved += more;
                outs[p].unlockAt = 0;
                w.free -= more;
            }
        }
        _batch(h, who, abi.encodeCall(IHubs.push, (hubAt[h], all)), should, w, outs, amounts);
    }

    function announceCut(uint256 seed) external seeded(seed) {
        (uint256 h, uint256 p) = (_r(2), _r(3));
        Hub memory w = _hub(h);
        address who = _r(2) == 0 ? owners[h] : _somebody();
        Out memory o = _out(h, p);
        bool should = who == w.owner;
        _call(who, abi.encodeCall(IHubs.announceCut, (hubAt[h], payees[p])), should);
        require(_out(h, p).unlockAt == (should ? time + DELAY : o.unlockAt), "unlockAt");
        require(_out(h, p).reserved == o.reserved, "announcing cuts nothing");
    }

    function cutReserve(uint256 seed) external seeded(seed) {
        (uint256 h, uint256 p) = (_r(2), _r(3));
        Hub memory w = _hub(h);
        address who = _r(2) == 0 ? owners[h] : _somebody();
        Out memory o = _out(h, p);
        uint96 to = uint96(_r(uint256(o.reserved) + 2));
        bool should = who == w.owner && o.unlockAt != 0 && time >= o.unlockAt && to <= o.reserved;
        _call(who, abi.encodeCall(IHubs.cutReserve, (hubAt[h], payees[p], to)), should);
        Out memory now_ = _out(h, p);
        require(now_.reserved == (should ? to : o.reserved), "reserved");
        if (should) require(now_.unlockAt == 0 && _hub(h).free == w.free + o.reserved - to, "becomes free");
    }

    /// @dev What a payout or push of `total` must pay: min(due, reserve + free), the reserve first.
    function _pay(Hub memory w, Out memory o, uint96 total) private pure returns (uint256 amount) {
        if (total <= o.settled) return 0;
        uint256 due = total - o.settled;
        uint256 fromReserve = _min(due, o.reserved);
        amount = _min(due, uint256(o.reserved) + (w.retired ? 0 : w.free));
        o.settled += uint96(amount);
        o.reserved -= uint96(fromReserve);
        w.free -= uint96(amount - fromReserve);
    }

    /// @dev Sends a batch and compares everything with what its items should do one by one.
    function _batch(
        uint256 h,
        address who,
        bytes memory data,
        bool should,
        Hub memory w,
        Out[3] memory outs,
        uint256[3] memory amounts
    ) private {
        uint256[3] memory had;
        for (uint256 p; p < 3; ++p) {
            had[p] = token.balanceOf(payees[p]);
        }
        _call(who, data, should);
        require(_hub(h).free == w.free, "free");
        for (uint256 p; p < 3; ++p) {
            Out memory o = _out(h, p);
            require(o.settled == outs[p].settled && o.reserved == outs[p].reserved, "a batch is its items");
            require(o.unlockAt == outs[p].unlockAt, "unlockAt");
            require(token.balanceOf(payees[p]) - had[p] == amounts[p], "paid");
            paid[h][p] += amounts[p];
        }
    }

    /* ------------------------------------------------- the invariants --------------------------------------------- */

    /// (1) What is held is what is owed.
    function checkHeld() external view {
        uint256 owed;
        for (uint256 h; h < 2; ++h) {
            owed += _hub(h).free;
            for (uint256 i; i < 3; ++i) {
                In memory c = _in(h, i);
                owed += c.deposited - c.settled + _out(h, i).reserved;
            }
        }
        require(token.balanceOf(address(hubs)) == owed, "held is not what is owed");
    }

    /// (2) What came in is what went out and what is held.
    function checkFlow() external view {
        require(wentIn == cameOut + token.balanceOf(address(hubs)), "something appeared or vanished");
    }

    /// (3), (4) No more is settled than was deposited, nor than the consumer ever signed.
    function checkConsumers() external view {
        for (uint256 h; h < 2; ++h) {
            for (uint256 c; c < 3; ++c) {
                In memory i = _in(h, c);
                require(i.settled <= i.deposited, "settled beyond the deposit");
                require(i.settled <= promised[h][c], "settled beyond the promise");
            }
        }
    }

    /// (5) Payees had what was settled, and no more than the hub ever granted.
    function checkPayees() external view {
        for (uint256 h; h < 2; ++h) {
            for (uint256 p; p < 3; ++p) {
                require(paid[h][p] == _out(h, p).settled, "paid is not settled");
                require(_out(h, p).settled <= granted[h][p], "paid beyond what was granted");
            }
        }
    }
}
