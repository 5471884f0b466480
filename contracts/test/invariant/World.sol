// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Hubs} from "../../src/Hubs.sol";
import {IHubs} from "../../src/interfaces/IHubs.sol";
import {Token} from "../../src/Token.sol";
import {Signing} from "../support/Signing.sol";
import {vm} from "../support/Vm.sol";

/// @notice Two hubs, three consumers, three payees and some others, what they have signed, and what must be true of it.
/// The handlers act on this; the invariants look at it.
abstract contract World {
    using Signing for Signing.Domain;

    uint64 internal constant DELAY = 3 days;
    uint64 internal constant LIFE = 10 minutes;
    uint96 internal constant MIN = 1e18;

    Token public token;
    Hubs public hubs;
    Signing.Domain internal domain;
    uint64 internal time = 1_800_000_000;

    uint256[2] internal hubKeys;
    address[2] internal hubAt;
    address[2] internal owners = [address(0x0a01), address(0x0a02)];
    uint256[3] internal keys;
    address[3] internal consumers;
    address[3] internal payees = [address(0xb001), address(0xb002), address(0xb003)];
    /// Whoever may call something: owners, hub keys, consumers, a payee and a stranger.
    address[] internal people;

    /// What the handlers saw go in and come out.
    uint256 public wentIn;
    uint256 public cameOut;
    /// The largest total that was signed and shown, and the largest that was signed or pushed.
    mapping(uint256 h => mapping(uint256 c => uint96)) public promised;
    mapping(uint256 h => mapping(uint256 p => uint96)) public granted;
    /// What payees were really paid, by hub.
    mapping(uint256 h => mapping(uint256 p => uint256)) public paid;
    /// The last settled totals seen.
    mapping(uint256 h => mapping(uint256 c => uint96)) internal lastIn;
    mapping(uint256 h => mapping(uint256 p => uint96)) internal lastOut;

    /// Signatures that were used once and must never work again.
    IHubs.TopUp[] internal usedTopUps;
    IHubs.Leave[] internal usedLeaves;
    IHubs.Close[] internal usedCloses;
    address[] internal closeOf;
    uint256[] internal closeAt;

    uint256 private _seed;

    constructor(Token token_) {
        vm.warp(time);
        token = token_;
        hubs = new Hubs(address(token_), DELAY, MIN);
        domain = Signing.Domain(block.chainid, address(hubs));
        for (uint256 i; i < 2; ++i) {
            hubKeys[i] = uint256(keccak256(abi.encode("hub", i)));
            hubAt[i] = vm.addr(hubKeys[i]);
            people.push(owners[i]);
            people.push(hubAt[i]);
        }
        for (uint256 i; i < 3; ++i) {
            keys[i] = uint256(keccak256(abi.encode("consumer", i)));
            consumers[i] = vm.addr(keys[i]);
            people.push(consumers[i]);
        }
        people.push(payees[0]);
        people.push(address(0xbad));
    }

    /// @dev Called once by whoever made the token. Everybody can pay for anything and has approved everything, so that
    /// only the contract's own rules decide.
    function begin() external {
        for (uint256 i; i < people.length; ++i) {
            token.transfer(people[i], 10_000_000e18);
            vm.prank(people[i]);
            token.approve(address(hubs), type(uint256).max);
        }
    }

    /* ------------------------------------------------------ random ------------------------------------------------ */

    modifier seeded(uint256 seed) {
        _seed = seed;
        _;
        _look();
    }

    function _r(uint256 below) internal returns (uint256) {
        _seed = uint256(keccak256(abi.encode(_seed)));
        return _seed % below;
    }

    function _amount() internal returns (uint96) {
        return uint96(_r(100e18));
    }

    function _somebody() internal returns (address) {
        return people[_r(people.length)];
    }

    /* ------------------------------------------------------- state ------------------------------------------------- */

    struct In {
        uint96 deposited;
        uint96 settled;
        uint64 exitAt;
        uint64 notBefore;
    }

    struct Out {
        uint96 settled;
        uint96 reserved;
        uint64 unlockAt;
    }

    struct Hub {
        address owner;
        uint96 free;
        bool retired;
    }

    function _in(uint256 h, uint256 c) internal view returns (In memory i) {
        (i.deposited, i.settled, i.exitAt, i.notBefore) = hubs.ins(hubAt[h], consumers[c]);
    }

    function _out(uint256 h, uint256 p) internal view returns (Out memory o) {
        (o.settled, o.reserved, o.unlockAt) = hubs.outs(hubAt[h], payees[p]);
    }

    function _hub(uint256 h) internal view returns (Hub memory w) {
        (w.owner, w.free, w.retired) = hubs.hubs(hubAt[h]);
    }

    /* ------------------------------------------------------ calling ------------------------------------------------ */

    /// @dev Calls as `who`, and insists that it succeeds exactly if it should. Counts what moved.
    function _call(address who, bytes memory data, bool should) internal {
        uint256 before = token.balanceOf(address(hubs));
        vm.prank(who);
        (bool ok, bytes memory why) = address(hubs).call(data);
        if (ok != should) {
            if (!ok) {
                assembly {
                    revert(add(why, 0x20), mload(why))
                }
            }
            revert("succeeded, and should not have");
        }
        uint256 afterwards = token.balanceOf(address(hubs));
        if (afterwards > before) wentIn += afterwards - before;
        else cameOut += before - afterwards;
    }

    /// @dev What must hold between any two calls: settled totals never go back.
    function _look() internal {
        for (uint256 h; h < 2; ++h) {
            for (uint256 i; i < 3; ++i) {
                uint96 s = _in(h, i).settled;
                require(s >= lastIn[h][i], "a consumer's settled went back");
                lastIn[h][i] = s;
                s = _out(h, i).settled;
                require(s >= lastOut[h][i], "a payee's settled went back");
                lastOut[h][i] = s;
            }
        }
    }

    function _max(uint96 a, uint96 b) internal pure returns (uint96) {
        return a > b ? a : b;
    }

    function _min(uint256 a, uint256 b) internal pure returns (uint256) {
        return a < b ? a : b;
    }
}
