// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "solady/utils/EIP712.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {IHubs} from "./interfaces/IHubs.sol";
import {IERC20} from "./interfaces/IPulled.sol";
import {Slots} from "./Slots.sol";
import {Typed} from "./Typed.sol";

/// @title Ledger
/// @notice What `Hubs` stands on: its storage and views, its lock, and the ways tokens come in and go out.
abstract contract Ledger is IHubs, EIP712 {
    using SafeTransferLib for address;
    using Slots for *;

    /* ------------------------------------------------------ storage ----------------------------------------------- */

    /// @dev One slot each; Slots says what is in it.
    mapping(address hub => uint256) internal _hubs;
    mapping(address hub => mapping(address consumer => uint256)) internal _ins;
    mapping(address hub => mapping(address payee => uint256)) internal _outs;
    mapping(address hub => mapping(address consumer => Owed)) internal _owed;

    /// @dev A relayer's fee that waits for the end of an exit.
    struct Owed {
        address relayer;
        uint96 fee;
    }

    /* ----------------------------------------------------- constants ---------------------------------------------- */

    /// @inheritdoc IHubs
    uint64 public constant LIFE = 10 minutes;
    /// @inheritdoc IHubs
    address public immutable token;
    /// @inheritdoc IHubs
    uint64 public immutable delay;
    /// @inheritdoc IHubs
    uint96 public immutable minTopUp;

    constructor(address token_, uint64 delay_, uint96 minTopUp_) {
        if (token_.code.length == 0 || IERC20(token_).totalSupply() > Slots.FREE_MAX) revert BadParameter();
        if (delay_ < 1 hours || delay_ > 365 days) revert BadParameter();
        token = token_;
        delay = delay_;
        minTopUp = minTopUp_;
    }

    /* -------------------------------------------------------- lock ------------------------------------------------ */

    /// @dev Set while a call moves tokens. Batches keep the hub in memory meanwhile, so nothing may change it.
    uint256 private transient _busy;

    modifier locked() {
        if (_busy != 0) revert Reentered();
        _busy = 1;
        _;
        _busy = 0;
    }

    modifier whenUnlocked() {
        if (_busy != 0) revert Reentered();
        _;
    }

    /* ------------------------------------------------------- views ------------------------------------------------ */

    /// @inheritdoc IHubs
    // forge-lint: disable-next-line(mixed-case-function)
    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparator();
    }

    /// @inheritdoc IHubs
    function hubs(address hub) external view returns (address owner, uint96 free, bool retired) {
        Slots.Hub memory h = _hubs[hub].hub();
        return (h.owner, h.free, h.retired);
    }

    /// @inheritdoc IHubs
    function ins(address hub, address consumer)
        external
        view
        returns (uint96 deposited, uint96 settled, uint64 exitAt, uint64 notBefore)
    {
        Slots.In memory c = _ins[hub][consumer].channel();
        return (c.deposited, c.settled, c.stage == Slots.Stage.Open ? 0 : c.mark, uint64(_notBefore(c)));
    }

    /// @inheritdoc IHubs
    function outs(address hub, address payee) external view returns (uint96 settled, uint96 reserved, uint64 unlockAt) {
        Slots.Out memory o = _outs[hub][payee].account();
        return (o.settled, o.reserved, o.unlockAt);
    }

    /// @inheritdoc IHubs
    function owed(address hub, address consumer) external view returns (address relayer, uint96 fee) {
        Owed memory w = _owed[hub][consumer];
        return (w.relayer, w.fee);
    }

    /* ------------------------------------------------------ checks ------------------------------------------------ */

    /// @dev Refuses what cannot be a consumer or a payee: money sent there would be lost or counted twice.
    function _takesPart(address account) internal view returns (bool) {
        return account != address(0) && account != token && account != address(this);
    }

    /// @dev What was signed before the channel's last turn (it opened, began to leave, or closed by agreement) has no
    /// later deadline.
    function _notBefore(Slots.In memory c) internal view returns (uint256) {
        if (c.mark == 0) return 0;
        // A mark is a block time, `delay` later while the channel is leaving: what is taken is less, and the sum is small.
        unchecked {
            return (c.stage == Slots.Stage.Open ? uint256(c.mark) : uint256(c.mark) - delay) + LIFE;
        }
    }

    /// @dev Refuses a caller that a signature does not name.
    function _checkRelayer(address named) internal view {
        if (named != msg.sender && named != address(0)) revert OtherRelayer();
    }

    /// @dev Refuses a deadline that is over or too far ahead.
    function _checkDeadline(uint256 deadline) internal view {
        if (block.timestamp > deadline) revert SignatureExpired();
        if (deadline > block.timestamp + LIFE) revert DeadlineTooFar();
    }

    function _checkSigned(address signer, bytes32 structHash, bytes32 r, bytes32 vs) internal view {
        if (!Typed.signed(signer, _domainSeparator(), structHash, r, vs)) revert BadSignature();
    }

    /// @dev Sets a channel's deposit. What was signed before the block that opens it is void.
    function _grow(Slots.In memory c, uint96 deposited) internal view {
        c.deposited = deposited;
        if (c.mark == 0) c.mark = uint64(block.timestamp - 1);
    }

    /* ------------------------------------------------- tokens ----------------------------------------------------- */

    /// @dev Takes exactly `amount` from `from`, whatever the token says it did.
    function _pull(address from, uint256 amount) internal {
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(from, address(this), amount);
        if (token.balanceOf(address(this)) != before + amount) revert WrongAmountReceived();
    }

    /// @dev Pays a relayer that is the caller.
    function _payFee(address hub, address consumer, uint96 fee) internal {
        if (fee == 0) return;
        emit FeePaid(hub, consumer, msg.sender, fee);
        token.safeTransfer(msg.sender, fee);
    }

    /// @dev A transfer that reports failure instead of reverting: the call failed, or it answered something but true.
    /// The token has code: the constructor saw it.
    function _send(address to, uint256 amount) internal returns (bool ok) {
        address token_ = token;
        assembly ("memory-safe") {
            let data := mload(0x40)
            mstore(data, shl(224, 0xa9059cbb)) // transfer(address,uint256)
            mstore(add(data, 0x04), to)
            mstore(add(data, 0x24), amount)
            ok := call(gas(), token_, 0, data, 0x44, 0x00, 0x20)
            let size := returndatasize()
            if size { ok := and(ok, and(gt(size, 0x1f), eq(mload(0x00), 1))) }
        }
    }

    function _domainNameAndVersion() internal pure override returns (string memory, string memory) {
        return ("Hubs", "1");
    }
}
