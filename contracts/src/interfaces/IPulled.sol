// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What `Hubs` calls by name of ERC-20.
interface IERC20 {
    /// @notice The sum of all balances.
    function totalSupply() external view returns (uint256);
    /// @notice Moves the caller's tokens.
    function transfer(address to, uint256 amount) external returns (bool);
}

/// @notice What `Hubs` calls of EIP-2612.
interface IERC2612 {
    /// @notice Sets an allowance as its owner signed it.
    function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external;
}

/// @notice What `Hubs` calls of a token that has derived addresses.
interface IDerived {
    /// @notice The address that `parent` has for `salt`.
    function addressFor(address parent, bytes32 salt) external view returns (address);
    /// @notice Moves tokens from the caller's address for `salt`.
    function transferFromDerived(bytes32 salt, address to, uint256 value) external;
}

/// @notice What `Hubs` calls of EIP-3009.
interface IERC3009 {
    /// @notice Moves tokens to the caller as their owner signed it.
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;
}
