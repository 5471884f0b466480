// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {Derived} from "./Derived.sol";
import {IHubs} from "./interfaces/IHubs.sol";
import {IDerived} from "./interfaces/IPulled.sol";
import {Ledger} from "./Ledger.sol";
import {Slots} from "./Slots.sol";
import {Typed} from "./Typed.sol";

/// @title Deposits
/// @notice Deposit addresses: where a plain transfer goes, and how it gets from there into a channel or back.
abstract contract Deposits is Ledger {
    using SafeTransferLib for address;
    using Slots for *;

    /// @dev What stays at an address that was swept, so that the next transfer to it needs no new slot.
    uint96 private constant STAYS = 1;

    /// @dev TakeBacks that were used. They do not name who signed them, so their hash alone would not tell whose it was.
    mapping(address consumer => mapping(bytes32 structHash => bool)) private _used;

    /// @inheritdoc IHubs
    function depositAddress(address hub, address consumer, uint96 cap) external view returns (address) {
        if (hub == address(0) || !_takesPart(consumer)) revert BadAccount();
        return IDerived(token).addressFor(address(this), Typed.deposit(hub, consumer, cap));
    }

    /// @inheritdoc IHubs
    function sweep(uint96 fee, Deposit[] calldata items) external locked {
        uint256 before = token.balanceOf(address(this));
        uint256 sum;
        uint96 fees;
        for (uint256 i; i < items.length; ++i) {
            (uint96 amount, uint96 taken) = _sweep(items[i], fee);
            sum += amount;
            fees += taken;
        }
        if (token.balanceOf(address(this)) != before + sum + fees) revert WrongAmountReceived();
        if (fees != 0) token.safeTransfer(msg.sender, fees);
    }

    /// @inheritdoc IHubs
    function takeBack(address hub, uint96 cap, uint96 amount) external locked {
        if (amount == 0) revert ZeroAmount();
        emit TakenBack(hub, msg.sender, amount);
        IDerived(token).transferFromDerived(Typed.deposit(hub, msg.sender, cap), msg.sender, amount);
    }

    /// @inheritdoc IHubs
    function takeBackFor(TakeBack calldata t) external locked {
        _checkRelayer(t.relayer);
        _checkDeadline(t.deadline);
        bytes32 structHash = Typed.takeBack(t);
        if (_used[t.consumer][structHash]) revert SignatureVoid();
        _checkSigned(t.consumer, structHash, t.r, t.vs);
        if (t.amount <= t.fee) revert InsufficientFunds();

        _used[t.consumer][structHash] = true;
        emit TakenBack(t.hub, t.consumer, t.amount);

        bytes32 salt = Typed.deposit(t.hub, t.consumer, t.cap);
        IDerived(token).transferFromDerived(salt, t.consumer, t.amount - t.fee);
        if (t.fee == 0) return;
        emit FeePaid(t.hub, t.consumer, msg.sender, t.fee);
        IDerived(token).transferFromDerived(salt, msg.sender, t.fee);
    }

    /// @dev Moves what waits at one address here and returns what of it is the consumer's and what the caller's.
    function _sweep(Deposit calldata d, uint96 fee) private returns (uint96 amount, uint96 taken) {
        (address hub, address consumer) = (d.hub, d.consumer);
        bytes32 salt = Typed.deposit(hub, consumer, d.cap);
        uint256 found = token.balanceOf(Derived.addressOf(address(this), salt));
        // No token of which there are so few has so many; and it makes the sums of a batch fit.
        if (found > Slots.FREE_MAX) revert AmountTooLarge();
        mapping(address => uint256) storage ins_ = _ins[hub];
        uint256 old = ins_[consumer];
        Slots.In memory c = old.channel();
        taken = fee < d.cap ? fee : d.cap;
        Reason why;
        (amount, why) = _share(hub, consumer, c, uint96(found), taken);
        if (amount == 0) {
            emit Skipped(hub, consumer, uint96(found), why);
            return (0, 0);
        }

        _grow(c, c.deposited + amount);
        ins_[consumer] = c.word();
        try IDerived(token).transferFromDerived(salt, address(this), amount + taken) {}
        catch {
            ins_[consumer] = old;
            emit Skipped(hub, consumer, uint96(found), Reason.TransferRefused);
            return (0, 0);
        }
        emit ToppedUp(hub, consumer, amount, c.deposited);
        if (taken != 0) emit FeePaid(hub, consumer, msg.sender, taken);
    }

    /// @dev What of `found` goes into the channel if `taken` is the caller's; zero, and why, if nothing may be moved.
    function _share(address hub, address consumer, Slots.In memory c, uint96 found, uint96 taken)
        private
        view
        returns (uint96 amount, Reason why)
    {
        if (hub == address(0) || !_takesPart(consumer)) return (0, Reason.BadPayee);
        if (c.stage != Slots.Stage.Open) return (0, Reason.Leaving);
        if (_hubs[hub].hub().retired) return (0, Reason.Retired);
        uint96 least = taken > minTopUp ? taken : minTopUp;
        if (found <= STAYS || found - STAYS < uint256(least) + taken) return (0, Reason.TooLittle);
        amount = found - STAYS - taken;
        if (amount > type(uint96).max - c.deposited) return (0, Reason.TooMuch);
    }
}
