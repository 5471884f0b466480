// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EfficientHashLib} from "solady/utils/EfficientHashLib.sol";

/// @title Derived
/// @notice Addresses that nobody has a key to: each belongs to a parent, who alone can move the tokens there.
/// @dev The hash of a struct in the manner of EIP-712, without a domain. 96 bytes are hashed, so it cannot be the address
/// of a key (64 bytes), of a contract (fewer than 32) or of one made with a salt (85), but by breaking the hash.
library Derived {
    using EfficientHashLib for bytes32;

    bytes32 private constant TYPE = keccak256("Derived(address parent,bytes32 salt)");

    /// @notice The address of `parent` for `salt`.
    function addressOf(address parent, bytes32 salt) internal pure returns (address) {
        return address(uint160(uint256(TYPE.hash(bytes32(uint256(uint160(parent))), salt))));
    }
}
