// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "solady/utils/ECDSA.sol";
import {EfficientHashLib} from "solady/utils/EfficientHashLib.sol";

import {IHubs} from "./interfaces/IHubs.sol";

/// @title Typed
/// @notice The struct hashes of everything that `Hubs` takes signed (EIP-712), and the check of a signature.
library Typed {
    using EfficientHashLib for bytes32;

    bytes32 private constant PROMISE = keccak256("Promise(address hub,uint96 total,bytes32 hashlock,bytes32 order)");
    bytes32 private constant PAYOUT = keccak256("Payout(address payee,uint96 total,uint64 expiry,bytes32 hashlock)");
    bytes32 private constant CLOSE = keccak256("Close(address consumer,uint96 deposited,uint96 settled,uint64 expiry)");
    bytes32 private constant TOPUP =
        keccak256("TopUp(address hub,uint96 deposited,uint96 fee,address relayer,uint256 deadline)");
    bytes32 private constant LEAVE =
        keccak256("Leave(address hub,uint96 deposited,uint96 fee,address relayer,uint256 deadline)");
    bytes32 private constant LEAVE_NOW = keccak256(
        "LeaveNow(address hub,uint96 deposited,uint96 settled,uint96 fee,address relayer,uint256 deadline)"
    );
    bytes32 private constant OWNER = keccak256("Owner(address owner)");
    bytes32 private constant TAKE_BACK =
        keccak256("TakeBack(address hub,uint96 cap,uint96 amount,uint96 fee,address relayer,uint256 deadline)");
    bytes32 private constant DEPOSIT = keccak256("Deposit(address hub,address consumer,uint96 cap)");

    /// @dev Half the order of secp256k1: the largest s of a signature that has no second form.
    uint256 private constant HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    function claim(address hub, IHubs.Claim calldata c) internal pure returns (bytes32) {
        return PROMISE.hash(_word(hub), _word(c.total), hashlock(c.preimage), c.order);
    }

    function payout(IHubs.Payout calldata p, bytes32 lock) internal pure returns (bytes32) {
        return PAYOUT.hash(_word(p.payee), _word(p.total), _word(p.expiry), lock);
    }

    function close(address consumer, IHubs.Close calldata k) internal pure returns (bytes32) {
        return CLOSE.hash(_word(consumer), _word(k.deposited), _word(k.settled), _word(k.expiry));
    }

    function topUp(IHubs.TopUp calldata t) internal pure returns (bytes32) {
        return TOPUP.hash(_word(t.hub), _word(t.deposited), _word(t.fee), _word(t.relayer), bytes32(t.deadline));
    }

    function leaving(IHubs.Leave calldata l) internal pure returns (bytes32) {
        return LEAVE.hash(_word(l.hub), _word(l.deposited), _word(l.fee), _word(l.relayer), bytes32(l.deadline));
    }

    /// @notice A consumer's order to leave at once, which says what of its deposit is the hub's.
    function leavingNow(IHubs.Leave calldata l, uint96 settled) internal pure returns (bytes32) {
        return LEAVE_NOW.hash(
            _word(l.hub), _word(l.deposited), _word(settled), _word(l.fee), _word(l.relayer), bytes32(l.deadline)
        );
    }

    function owner(address account) internal pure returns (bytes32) {
        return OWNER.hash(_word(account));
    }

    function takeBack(IHubs.TakeBack calldata t) internal pure returns (bytes32) {
        return TAKE_BACK.hash(
            _word(t.hub), _word(t.cap), _word(t.amount), _word(t.fee), _word(t.relayer), bytes32(t.deadline)
        );
    }

    /// @notice What the deposit address of a consumer at a hub is derived from. Never signed.
    function deposit(address hub, address consumer, uint96 cap) internal pure returns (bytes32) {
        return DEPOSIT.hash(_word(hub), _word(consumer), _word(cap));
    }

    /// @notice What a preimage opens. Zero stands for no lock, so nothing is locked with the hash of zero.
    function hashlock(bytes32 preimage) internal pure returns (bytes32) {
        return preimage == 0 ? bytes32(0) : preimage.hash();
    }

    /// @notice Whether `signer` signed `structHash` in `domain`. False for a malformed signature, a high s, and for
    /// the zero address whatever was signed.
    function signed(address signer, bytes32 domain, bytes32 structHash, bytes32 r, bytes32 vs)
        internal
        view
        returns (bool)
    {
        (, bytes32 s) = expand(vs);
        if (uint256(s) > HALF_ORDER) return false;
        address recovered = ECDSA.tryRecover(digest(domain, structHash), r, vs);
        return recovered != address(0) && recovered == signer;
    }

    /// @notice What is signed in the end.
    function digest(bytes32 domain, bytes32 structHash) internal pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(0x00, hex"1901")
            mstore(0x02, domain)
            mstore(0x22, structHash)
            hash := keccak256(0x00, 0x42)
            mstore(0x40, free)
        }
    }

    /// @notice The two words of a compact signature's second one, as tokens expect them.
    function expand(bytes32 vs) internal pure returns (uint8 v, bytes32 s) {
        return (uint8(uint256(vs) >> 255) + 27, vs & bytes32(type(uint256).max >> 1));
    }

    function _word(address a) private pure returns (bytes32) {
        return bytes32(uint256(uint160(a)));
    }

    function _word(uint96 v) private pure returns (bytes32) {
        return bytes32(uint256(v));
    }
}
