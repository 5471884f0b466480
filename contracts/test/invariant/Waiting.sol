// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHubs} from "../../src/interfaces/IHubs.sol";
import {Signing} from "../support/Signing.sol";
import {vm} from "../support/Vm.sol";
import {World} from "./World.sol";

/// @notice What is sent to deposit addresses, who sweeps it, and who takes it back.
abstract contract Waiting is World {
    using Signing for Signing.Domain;

    uint96[3] internal caps = [uint96(0), 2e18, 40e18];

    /// What is at each deposit address: what was sent less what the rules let go.
    mapping(address place => uint256) public waits;

    IHubs.TakeBack[] internal usedTakeBacks;

    function _at(uint256 h, uint256 c, uint256 k) internal view returns (address) {
        return Signing.deposit(address(hubs), hubAt[h], consumers[c], caps[k]);
    }

    /// A plain transfer, as an exchange makes it.
    function send(uint256 seed) external seeded(seed) {
        address spot = _at(_r(2), _r(3), _r(3));
        uint256 amount = _r(3) == 0 ? _r(3e18) : _amount();
        vm.prank(consumers[_r(3)]); // whom a token that calls back does not call, as this is no call of the contract
        token.transfer(spot, amount);
        waits[spot] += amount;
    }

    function sweep(uint256 seed) external seeded(seed) {
        IHubs.Deposit[] memory all = new IHubs.Deposit[](_r(5));
        uint96[3][2] memory deposited;
        for (uint256 h; h < 2; ++h) {
            for (uint256 c; c < 3; ++c) {
                deposited[h][c] = _in(h, c).deposited;
            }
        }
        uint96 fee = _r(4) == 0 ? type(uint96).max : uint96(_r(4e18));
        uint256 fees;
        for (uint256 n; n < all.length; ++n) {
            (uint256 h, uint256 c, uint256 k) = (_r(2), _r(3), _r(3));
            all[n] = IHubs.Deposit(hubAt[h], consumers[c], caps[k]);
            if (_r(12) == 0) {
                all[n].consumer = address(token);
                continue;
            }
            uint256 taken = _min(fee, caps[k]);
            uint256 there = waits[_at(h, c, k)];
            if (_hub(h).retired || _in(h, c).exitAt != 0 || there < 1 + taken + (taken > MIN ? taken : MIN)) continue;
            waits[_at(h, c, k)] = 1;
            deposited[h][c] += uint96(there - 1 - taken);
            fees += taken;
        }
        address who = _somebody();
        uint256 had = token.balanceOf(who);
        _call(who, abi.encodeCall(IHubs.sweep, (fee, all)), true);
        require(token.balanceOf(who) - had == fees, "fees as the addresses say");
        for (uint256 h; h < 2; ++h) {
            for (uint256 c; c < 3; ++c) {
                require(_in(h, c).deposited == deposited[h][c], "swept into its channel");
            }
        }
    }

    function takeBack(uint256 seed) external seeded(seed) {
        (uint256 h, uint256 c, uint256 k) = (_r(2), _r(3), _r(3));
        address spot = _at(h, c, k);
        uint96 amount = uint96(_r(waits[spot] + 2));
        address who = _r(4) == 0 ? _somebody() : consumers[c];
        bool own = who == consumers[c];
        // Somebody else empties an address of its own, which is empty unless it is another consumer.
        for (uint256 other; other < 3; ++other) {
            if (who == consumers[other]) spot = _at(h, other, k);
        }
        bool should = amount != 0 && amount <= (own || _consumer(who) ? waits[spot] : 0);
        uint256 had = token.balanceOf(who);
        _call(who, abi.encodeCall(IHubs.takeBack, (hubAt[h], caps[k], amount)), should);
        if (!should) return;
        waits[spot] -= amount;
        require(token.balanceOf(who) - had == amount, "back to its consumer");
    }

    function takeBackFor(uint256 seed) external seeded(seed) {
        (uint256 h, uint256 c, uint256 k) = (_r(2), _r(3), _r(3));
        address spot = _at(h, c, k);
        address who = _somebody();
        IHubs.TakeBack memory t;
        t.hub = hubAt[h];
        t.cap = caps[k];
        t.amount = uint96(_r(waits[spot] + 2));
        t.fee = _r(2) == 0 ? 0 : uint96(_r(3e18));
        t.relayer = _r(3) == 0 ? address(0) : _r(8) == 0 ? address(0xdead) : who;
        t.deadline = time + LIFE - _r(20) + (_r(10) == 0 ? 30 : 0);
        t = domain.takeBack(_r(8) == 0 ? hubKeys[h] : keys[c], t);
        bool signed = t.consumer == consumers[c];
        t.consumer = consumers[c];
        bool should = signed && t.relayer != address(0xdead) && t.deadline <= time + LIFE && t.fee < t.amount
            && t.amount <= waits[spot];
        uint256 had = token.balanceOf(consumers[c]);
        uint256 earned = token.balanceOf(who);
        _call(who, abi.encodeCall(IHubs.takeBackFor, (t)), should);
        if (!should) return;
        usedTakeBacks.push(t);
        waits[spot] -= t.amount;
        if (who == consumers[c]) return;
        require(token.balanceOf(consumers[c]) - had == t.amount - t.fee, "back to its consumer");
        require(token.balanceOf(who) - earned == t.fee, "fee as signed");
    }

    /// What was taken back once is not taken back again, whatever has come since.
    function replayTakeBack(uint256 seed) external seeded(seed) {
        if (usedTakeBacks.length == 0) return;
        IHubs.TakeBack memory t = usedTakeBacks[_r(usedTakeBacks.length)];
        _call(t.relayer == address(0) ? _somebody() : t.relayer, abi.encodeCall(IHubs.takeBackFor, (t)), false);
    }

    function _consumer(address who) private view returns (bool) {
        return who == consumers[0] || who == consumers[1] || who == consumers[2];
    }

    /// (16) Nothing has left a deposit address but into its channel, to its consumer, or as the fee.
    function checkWaiting() external view {
        for (uint256 h; h < 2; ++h) {
            for (uint256 c; c < 3; ++c) {
                for (uint256 k; k < 3; ++k) {
                    require(token.balanceOf(_at(h, c, k)) == waits[_at(h, c, k)], "what waits");
                }
            }
        }
    }
}
