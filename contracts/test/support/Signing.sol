// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHubs} from "../../src/interfaces/IHubs.sol";

import {vm} from "./Vm.sol";

/// @notice Signs everything that `Hubs` takes signed. Written from the types in IHubs and not with the contract's own
/// code, so that a mistake there does not cancel itself out.
library Signing {
    struct Domain {
        uint256 chain;
        address where;
    }

    function separator(Domain memory d) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Hubs"),
                keccak256("1"),
                d.chain,
                d.where
            )
        );
    }

    function digest(Domain memory d, bytes32 structHash) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked("\x19\x01", separator(d), structHash));
    }

    function compact(uint256 key, bytes32 hash) internal pure returns (bytes32 r, bytes32 vs) {
        uint8 v;
        bytes32 s;
        (v, r, s) = vm.sign(key, hash);
        vs = bytes32(uint256(s) | uint256(v - 27) << 255);
    }

    function owner(Domain memory d, uint256 key, address account) internal pure returns (bytes32 r, bytes32 vs) {
        return compact(key, digest(d, keccak256(abi.encode(keccak256("Owner(address owner)"), account))));
    }

    function promiseHash(address hub, uint96 total, bytes32 hashlock, bytes32 order) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("Promise(address hub,uint96 total,bytes32 hashlock,bytes32 order)"),
                hub,
                total,
                hashlock,
                order
            )
        );
    }

    /// @dev A promise to `hub`, locked with `preimage` unless that is zero.
    function claim(Domain memory d, uint256 key, address hub, uint96 total, bytes32 preimage)
        internal
        pure
        returns (IHubs.Claim memory c)
    {
        c.consumer = vm.addr(key);
        c.total = total;
        c.preimage = preimage;
        c.order = keccak256("order");
        (c.r, c.vs) = compact(key, digest(d, promiseHash(hub, total, lock(preimage), c.order)));
    }

    function payoutHash(address payee, uint96 total, uint64 expiry, bytes32 hashlock) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("Payout(address payee,uint96 total,uint64 expiry,bytes32 hashlock)"),
                payee,
                total,
                expiry,
                hashlock
            )
        );
    }

    function payout(Domain memory d, uint256 key, address payee, uint96 total, uint64 expiry, bytes32 preimage)
        internal
        pure
        returns (IHubs.Payout memory p)
    {
        p.payee = payee;
        p.total = total;
        p.expiry = expiry;
        p.preimage = preimage;
        (p.r, p.vs) = compact(key, digest(d, payoutHash(payee, total, expiry, lock(preimage))));
    }

    function close(Domain memory d, uint256 key, address consumer, uint96 deposited, uint96 settled, uint64 expiry)
        internal
        pure
        returns (IHubs.Close memory c)
    {
        c.deposited = deposited;
        c.settled = settled;
        c.expiry = expiry;
        bytes32 typeHash = keccak256("Close(address consumer,uint96 deposited,uint96 settled,uint64 expiry)");
        (c.r, c.vs) = compact(key, digest(d, keccak256(abi.encode(typeHash, consumer, deposited, settled, expiry))));
    }

    function topUpHash(IHubs.TopUp memory t) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("TopUp(address hub,uint96 deposited,uint96 fee,address relayer,uint256 deadline)"),
                t.hub,
                t.deposited,
                t.fee,
                t.relayer,
                t.deadline
            )
        );
    }

    /// @dev Fills in who signs and the signature.
    function topUp(Domain memory d, uint256 key, IHubs.TopUp memory t) internal pure returns (IHubs.TopUp memory) {
        t.consumer = vm.addr(key);
        (t.r, t.vs) = compact(key, digest(d, topUpHash(t)));
        return t;
    }

    /// @dev Fills in who signs and the signature.
    function leaving(Domain memory d, uint256 key, IHubs.Leave memory l) internal pure returns (IHubs.Leave memory) {
        l.consumer = vm.addr(key);
        bytes32 typeHash = keccak256("Leave(address hub,uint96 deposited,uint96 fee,address relayer,uint256 deadline)");
        bytes32 structHash = keccak256(abi.encode(typeHash, l.hub, l.deposited, l.fee, l.relayer, l.deadline));
        (l.r, l.vs) = compact(key, digest(d, structHash));
        return l;
    }

    /// @dev Fills in who signs and the signature.
    function leavingNow(Domain memory d, uint256 key, IHubs.Leave memory l, uint96 settled)
        internal
        pure
        returns (IHubs.Leave memory)
    {
        l.consumer = vm.addr(key);
        bytes32 typeHash = keccak256(
            "LeaveNow(address hub,uint96 deposited,uint96 settled,uint96 fee,address relayer,uint256 deadline)"
        );
        bytes32 structHash = keccak256(abi.encode(typeHash, l.hub, l.deposited, settled, l.fee, l.relayer, l.deadline));
        (l.r, l.vs) = compact(key, digest(d, structHash));
        return l;
    }

    /// @dev Fills in who signs and the signature.
    function takeBack(Domain memory d, uint256 key, IHubs.TakeBack memory t)
        internal
        pure
        returns (IHubs.TakeBack memory)
    {
        t.consumer = vm.addr(key);
        bytes32 typeHash =
            keccak256("TakeBack(address hub,uint96 cap,uint96 amount,uint96 fee,address relayer,uint256 deadline)");
        bytes32 structHash = keccak256(abi.encode(typeHash, t.hub, t.cap, t.amount, t.fee, t.relayer, t.deadline));
        (t.r, t.vs) = compact(key, digest(d, structHash));
        return t;
    }

    /// @dev The salt of a deposit address.
    function depositHash(address hub, address consumer, uint96 cap) internal pure returns (bytes32) {
        bytes32 typeHash = keccak256("Deposit(address hub,address consumer,uint96 cap)");
        return keccak256(abi.encode(typeHash, hub, consumer, cap));
    }

    function derived(address parent, bytes32 salt) internal pure returns (address) {
        bytes32 typeHash = keccak256("Derived(address parent,bytes32 salt)");
        return address(uint160(uint256(keccak256(abi.encode(typeHash, parent, salt)))));
    }

    function deposit(address parent, address hub, address consumer, uint96 cap) internal pure returns (address) {
        return derived(parent, depositHash(hub, consumer, cap));
    }

    function lock(bytes32 preimage) internal pure returns (bytes32) {
        return preimage == 0 ? bytes32(0) : keccak256(abi.encode(preimage));
    }

    /* ------------------------------------------------- the token's own -------------------------------------------- */

    function tokenSeparator(Domain memory d) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Fare"),
                keccak256("1"),
                d.chain,
                d.where
            )
        );
    }

    function tokenDigest(Domain memory d, bytes32 structHash) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked("\x19\x01", tokenSeparator(d), structHash));
    }

    function permitDigest(
        Domain memory d,
        address from,
        address spender,
        uint256 value,
        uint256 nonce,
        uint256 deadline
    ) internal pure returns (bytes32) {
        bytes32 typeHash = keccak256(
            "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
        );
        return tokenDigest(d, keccak256(abi.encode(typeHash, from, spender, value, nonce, deadline)));
    }

    /// @dev The digest of a transfer (`receive_` false) or receive authorisation that is valid from the beginning.
    function authDigest(
        Domain memory d,
        bool receive_,
        address from,
        address to,
        uint256 value,
        uint256 before,
        bytes32 nonce
    ) internal pure returns (bytes32) {
        string memory tail =
            "WithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)";
        bytes32 typeHash = keccak256(abi.encodePacked(receive_ ? "Receive" : "Transfer", tail));
        return tokenDigest(d, keccak256(abi.encode(typeHash, from, to, value, uint256(0), before, nonce)));
    }
}
