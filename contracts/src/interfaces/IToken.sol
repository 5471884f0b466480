// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IToken
/// @notice What `Token` has beyond ERC-20 and EIP-2612: transfers that their sender signs and somebody else submits
/// (EIP-3009), and addresses without a key.
/// @dev An authorisation is used up by its nonce, 32 bytes of the signer's choice and not a counter, so any number can
/// be on their way at once. Amounts, times and nonce are signed as the EIP writes them.
interface IToken {
    /// @notice It is not yet time for this authorisation.
    error AuthorizationNotYetValid();
    /// @notice It is too late for this authorisation.
    error AuthorizationExpired();
    /// @notice This nonce was used or cancelled.
    error AuthorizationAlreadyUsed();
    /// @notice Only the receiver may submit this authorisation.
    error CallerNotReceiver();
    /// @notice The signature is malformed or not of the account that it must be of.
    error BadSignature();

    /// @notice A transfer of `authorizer` used up `nonce`.
    event AuthorizationUsed(address indexed authorizer, bytes32 indexed nonce);
    /// @notice `authorizer` made `nonce` unusable.
    event AuthorizationCanceled(address indexed authorizer, bytes32 indexed nonce);

    /// @notice Whether `nonce` of `authorizer` was used or cancelled.
    function authorizationState(address authorizer, bytes32 nonce) external view returns (bool);

    /// @notice Moves `value` as `from` signed it. Anybody may submit it after `validAfter` and before `validBefore`.
    /// @dev Warning: a contract that credits what it receives this way can be overtaken by somebody who submits the
    /// same signature alone. Such a contract uses `receiveWithAuthorization`.
    function transferWithAuthorization(
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

    /// @notice The same, submitted by the receiver only.
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

    /// @notice The address that `parent` has for `salt`, one of as many as there are salts.
    /// @dev Nobody has a key to it and no contract is ever there. Only `parent` moves tokens from it. The same on every
    /// chain on which `parent` has the same address.
    function addressFor(address parent, bytes32 salt) external pure returns (address);

    /// @notice Moves `value` from the caller's address for `salt`.
    function transferFromDerived(bytes32 salt, address to, uint256 value) external;

    /// @notice Makes an unused nonce unusable, as `authorizer` signed it.
    function cancelAuthorization(address authorizer, bytes32 nonce, uint8 v, bytes32 r, bytes32 s) external;
}
