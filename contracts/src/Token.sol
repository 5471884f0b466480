// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "solady/tokens/ERC20.sol";
import {ECDSA} from "solady/utils/ECDSA.sol";
import {EfficientHashLib} from "solady/utils/EfficientHashLib.sol";

import {Derived} from "./Derived.sol";
import {IToken} from "./interfaces/IToken.sol";
import {Typed} from "./Typed.sol";

/// @title Token
/// @notice FARE, what tunnels are paid in: ERC-20 with EIP-2612 and EIP-3009, so that its holders need no gas, and with
/// addresses that belong to a contract, so that a plain transfer can say what it is for.
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

    /// @dev How often a nonce was used or cancelled. A struct, so that its slot is worked out once per use.
    struct Use {
        uint256 count;
    }

    mapping(address authorizer => mapping(bytes32 nonce => Use)) private _uses;

    uint256 private immutable _CHAIN = block.chainid;
    bytes32 private immutable _SEPARATOR = super.DOMAIN_SEPARATOR();

    /// @param holder Who gets the whole supply.
    constructor(address holder) {
        _mint(holder, CAP);
    }

    /// @notice The EIP-712 domain separator; another one on another branch of a chain that split.
    // forge-lint: disable-next-line(mixed-case-function)
    function DOMAIN_SEPARATOR() public view override returns (bytes32) {
        return block.chainid == _CHAIN ? _SEPARATOR : super.DOMAIN_SEPARATOR();
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
    function authorizationState(address authorizer, bytes32 nonce) external view returns (bool) {
        return _uses[authorizer][nonce].count != 0;
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
        if (block.timestamp <= validAfter) revert AuthorizationNotYetValid();
        if (block.timestamp >= validBefore) revert AuthorizationExpired();
        bytes32 hash = EfficientHashLib.hash(
            uint256(TRANSFER_TYPE), uint160(from), uint160(to), value, validAfter, validBefore, uint256(nonce)
        );
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
        if (block.timestamp <= validAfter) revert AuthorizationNotYetValid();
        if (block.timestamp >= validBefore) revert AuthorizationExpired();
        bytes32 hash = EfficientHashLib.hash(
            uint256(RECEIVE_TYPE), uint160(from), uint160(to), value, validAfter, validBefore, uint256(nonce)
        );
        _useNonce(from, nonce, hash, v, r, s);
        emit AuthorizationUsed(from, nonce);
        _transfer(from, to, value);
    }

    /// @inheritdoc IToken
    function cancelAuthorization(address authorizer, bytes32 nonce, uint8 v, bytes32 r, bytes32 s) external {
        _useNonce(authorizer, nonce, keccak256(abi.encode(CANCEL_TYPE, authorizer, nonce)), v, r, s);
        emit AuthorizationCanceled(authorizer, nonce);
    }

    /// @inheritdoc IToken
    function addressFor(address parent, bytes32 salt) external pure returns (address) {
        return Derived.addressOf(parent, salt);
    }

    /// @inheritdoc IToken
    function transferFromDerived(bytes32 salt, address to, uint256 value) external {
        _transfer(Derived.addressOf(msg.sender, salt), to, value);
    }

    /// @dev Reverts unless `signer` signed `structHash` and has not used `nonce`; then uses it.
    function _useNonce(address signer, bytes32 nonce, bytes32 structHash, uint8 v, bytes32 r, bytes32 s) private {
        Use storage use = _uses[signer][nonce];
        if (use.count != 0) revert AuthorizationAlreadyUsed();
        address recovered = ECDSA.tryRecover(Typed.digest(DOMAIN_SEPARATOR(), structHash), v, r, s);
        if (recovered == address(0) || recovered != signer) revert BadSignature();
        use.count = 1;
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
