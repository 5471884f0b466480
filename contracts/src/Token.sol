// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "solady/tokens/ERC20.sol";
import {ECDSA} from "solady/utils/ECDSA.sol";

import {IToken} from "./interfaces/IToken.sol";

/// @title Token
/// @notice FARE, what tunnels are paid in: ERC-20 with EIP-2612 and EIP-3009, so that its holders need no gas.
/// @dev All there will ever be is minted in the constructor. Nobody can mint, burn, freeze or move another's tokens.
contract Token is ERC20, IToken {
    /// @notice The whole supply, in base units.
    uint256 public constant CAP = 1_000_000_000e18;

    bytes32 private constant TRANSFER_TYPE = keccak256(
        "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    bytes32 private constant RECEIVE_TYPE = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    bytes32 private constant CANCEL_TYPE = keccak256("CancelAuthorization(address authorizer,bytes32 nonce)");

    /// @inheritdoc IToken
    mapping(address authorizer => mapping(bytes32 nonce => bool)) public authorizationState;

    /// @param holder Who gets the whole supply.
    constructor(address holder) {
        _mint(holder, CAP);
    }

    /// @notice The token's name.
    function name() public pure override returns (string memory) {
        return "Fare";
    }

    /// @notice The token's symbol.
    function symbol() public pure override returns (string memory) {
        return "FARE";
    }

    /// @inheritdoc IToken
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
    ) external {
        _checkTime(validAfter, validBefore);
        bytes32 hash = keccak256(abi.encode(TRANSFER_TYPE, from, to, value, validAfter, validBefore, nonce));
        _useNonce(from, nonce, hash, v, r, s);
        emit AuthorizationUsed(from, nonce);
        _transfer(from, to, value);
    }

    /// @inheritdoc IToken
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
    ) external {
        if (msg.sender != to) revert CallerNotReceiver();
        _checkTime(validAfter, validBefore);
        bytes32 hash = keccak256(abi.encode(RECEIVE_TYPE, from, to, value, validAfter, validBefore, nonce));
        _useNonce(from, nonce, hash, v, r, s);
        emit AuthorizationUsed(from, nonce);
        _transfer(from, to, value);
    }

    /// @inheritdoc IToken
    function cancelAuthorization(
        address authorizer,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        _useNonce(authorizer, nonce, keccak256(abi.encode(CANCEL_TYPE, authorizer, nonce)), v, r, s);
        emit AuthorizationCanceled(authorizer, nonce);
    }

    function _checkTime(uint256 validAfter, uint256 validBefore) private view {
        if (block.timestamp <= validAfter) revert AuthorizationNotYetValid();
        if (block.timestamp >= validBefore) revert AuthorizationExpired();
    }

    /// @dev Reverts unless `signer` signed `structHash` and has not used `nonce`; then uses it.
    function _useNonce(address signer, bytes32 nonce, bytes32 structHash, uint8 v, bytes32 r, bytes32 s) private {
        if (authorizationState[signer][nonce]) revert AuthorizationAlreadyUsed();
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", DOMAIN_SEPARATOR(), structHash));
        address recovered = ECDSA.tryRecover(digest, v, r, s);
        if (recovered == address(0) || recovered != signer) revert BadSignature();
        authorizationState[signer][nonce] = true;
    }

    /// @dev Saves hashing the name for every signature.
    function _constantNameHash() internal pure override returns (bytes32) {
        return keccak256("Fare");
    }

    /// @dev Nobody has an allowance that its holder did not give, Permit2 included.
    function _givePermit2InfiniteAllowance() internal pure override returns (bool) {
        return false;
    }
}
