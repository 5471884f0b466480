// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {Deposits} from "./Deposits.sol";
import {IHubs} from "./interfaces/IHubs.sol";
import {IERC2612, IERC3009} from "./interfaces/IPulled.sol";
import {Ledger} from "./Ledger.sol";
import {Slots} from "./Slots.sol";
import {Typed} from "./Typed.sol";

/// @title Hubs
/// @notice Deposits, hubs' free money and reserves: everything that is held for anybody on this chain.
contract Hubs is Deposits {
    using SafeTransferLib for address;
    using Slots for *;

    /// @param token_ The token; see the assumptions in IHubs.
    /// @param delay_ Between an hour and a year.
    /// @param minTopUp_ In base units; large enough that nobody likes to give it away to annoy somebody.
    constructor(address token_, uint64 delay_, uint96 minTopUp_) Ledger(token_, delay_, minTopUp_) {}

    /* ------------------------------------------------------ the hub ----------------------------------------------- */

    /// @inheritdoc IHubs
    function openHub(address hub, uint96 amount, bytes32 r, bytes32 vs) external locked {
        Slots.Hub memory h = _hubs[hub].hub();
        if (h.owner != address(0)) revert AlreadyOpen();
        _checkSigned(hub, Typed.owner(msg.sender), r, vs);

        h.owner = msg.sender;
        h.free += amount;
        _hubs[hub] = h.word();
        emit HubOpened(hub, msg.sender);

        if (amount != 0) {
            emit Funded(hub, amount, h.free);
            _pull(msg.sender, amount);
        }
    }

    /// @inheritdoc IHubs
    function fund(address hub, uint96 amount) external locked {
        Slots.Hub memory h = _hubs[hub].hub();
        if (h.owner == address(0)) revert NotOpen();
        if (amount == 0) revert ZeroAmount();

        h.free += amount;
        _hubs[hub] = h.word();
        emit Funded(hub, amount, h.free);

        _pull(msg.sender, amount);
    }

    /// @inheritdoc IHubs
    function withdraw(address hub, uint96 amount) external locked {
        Slots.Hub memory h = _hubs[hub].hub();
        if (msg.sender != h.owner) revert NotAllowed();
        if (amount > h.free) revert InsufficientFunds();

        h.free -= amount;
        _hubs[hub] = h.word();
        emit Withdrawn(hub, amount, h.free);

        token.safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc IHubs
    function retire(address hub) external whenUnlocked {
        Slots.Hub memory h = _hubs[hub].hub();
        if (msg.sender != h.owner) revert NotAllowed();
        if (h.retired) revert HubRetired();

        h.retired = true;
        _hubs[hub] = h.word();
        emit Retired(hub);
    }

    /// @inheritdoc IHubs
    function collect(address hub, Claim[] calldata claims) external whenUnlocked {
        bytes32 domain = _domainSeparator();
        uint96 sum;
        for (uint256 i; i < claims.length; ++i) {
            sum += _collect(hub, domain, claims[i]);
        }
        if (sum == 0) return;

        Slots.Hub memory h = _hubs[hub].hub();
        h.free += sum;
        _hubs[hub] = h.word();
    }

    /// @inheritdoc IHubs
    function settle(address hub, Payout[] calldata payouts) external locked {
        bytes32 domain = _domainSeparator();
        Slots.Hub memory h = _hubs[hub].hub();
        uint96 free = h.free;
        for (uint256 i; i < payouts.length; ++i) {
            _settle(hub, h, domain, payouts[i]);
        }
        if (h.free != free) _hubs[hub] = h.word();
    }

    /// @inheritdoc IHubs
    function push(address hub, Item[] calldata items) external locked {
        Slots.Hub memory h = _hubs[hub].hub();
        if (msg.sender != h.owner && (msg.sender != hub || h.retired)) revert NotAllowed();
        uint96 free = h.free;
        for (uint256 i; i < items.length; ++i) {
            Item calldata x = items[i];
            (bool done, Reason why) =
                _takesPart(x.payee) ? _pay(hub, h, x.payee, x.total, x.reserve) : (false, Reason.BadPayee);
            // A level that was reached before is no news.
            if (!done && why != Reason.Stale) emit Skipped(hub, x.payee, x.total, why);
        }
        if (h.free != free) _hubs[hub] = h.word();
    }

    /// @inheritdoc IHubs
    function announceCut(address hub, address payee) external whenUnlocked {
        if (msg.sender != _hubs[hub].hub().owner) revert NotAllowed();
        uint64 unlockAt = uint64(block.timestamp) + delay;
        Slots.Out memory o = _outs[hub][payee].account();
        o.unlockAt = unlockAt;
        _outs[hub][payee] = o.word();
        emit CutAnnounced(hub, payee, unlockAt);
    }

    /// @inheritdoc IHubs
    function cutReserve(address hub, address payee, uint96 reserve) external whenUnlocked {
        Slots.Hub memory h = _hubs[hub].hub();
        if (msg.sender != h.owner) revert NotAllowed();
        Slots.Out memory o = _outs[hub][payee].account();
        if (o.unlockAt == 0 || block.timestamp < o.unlockAt) revert TooEarly();
        if (reserve > o.reserved) revert InsufficientFunds();

        h.free += o.reserved - reserve;
        _hubs[hub] = h.word();
        o.reserved = reserve;
        o.unlockAt = 0;
        _outs[hub][payee] = o.word();
        emit Reserved(hub, payee, reserve);
    }

    /* ---------------------------------------------------- the consumer -------------------------------------------- */

    /// @inheritdoc IHubs
    function topUp(address hub, address consumer, uint96 amount) external locked {
        if (amount == 0) revert ZeroAmount();
        if (msg.sender != consumer && amount < minTopUp) revert BelowMinimum();
        Slots.In memory c = _ins[hub][consumer].channel();
        _deposit(hub, consumer, c, c.deposited + amount);
        _pull(msg.sender, amount);
    }

    /// @inheritdoc IHubs
    function topUpPermit(TopUp calldata t, Permit calldata p) external locked {
        (address hub, address consumer, uint96 fee) = (t.hub, t.consumer, t.fee);
        Slots.In memory c = _ins[hub][consumer].channel();
        _checkSigned(consumer, _checkTopUp(c, t), t.r, t.vs);
        uint256 amount = _deposit(hub, consumer, c, t.deposited);
        unchecked {
            amount += fee; // two numbers of 96 bits
        }

        if (p.deadline != 0) {
            (uint8 v, bytes32 s) = Typed.expand(p.vs);
            try IERC2612(token).permit(consumer, address(this), p.value, p.deadline, v, p.r, s) {} catch {}
        }
        _pull(consumer, amount);
        _payFee(hub, consumer, fee);
    }

    /// @inheritdoc IHubs
    function topUpAuth(TopUp calldata t) external locked {
        (address hub, address consumer, uint96 fee) = (t.hub, t.consumer, t.fee);
        Slots.In memory c = _ins[hub][consumer].channel();
        bytes32 nonce = _hashTypedData(_checkTopUp(c, t));
        uint256 amount = _deposit(hub, consumer, c, t.deposited);
        unchecked {
            amount += fee; // two numbers of 96 bits
        }

        (uint8 v, bytes32 s) = Typed.expand(t.vs);
        uint256 before = token.balanceOf(address(this));
        IERC3009(token).receiveWithAuthorization(consumer, address(this), amount, 0, t.deadline, nonce, v, t.r, s);
        if (token.balanceOf(address(this)) != before + amount) revert WrongAmountReceived();
        _payFee(hub, consumer, fee);
    }

    /// @inheritdoc IHubs
    function requestExit(address hub) external whenUnlocked {
        Slots.In memory c = _ins[hub][msg.sender].channel();
        _leave(hub, msg.sender, c, Slots.Stage.Leaving);
    }

    /// @inheritdoc IHubs
    function requestExitFor(Leave calldata l) external whenUnlocked {
        Slots.In memory c = _ins[l.hub][l.consumer].channel();
        _checkLeave(c, l, Typed.leaving(l));
        if (l.fee > c.deposited - c.settled) revert InsufficientFunds();
        if (l.fee != 0) _owed[l.hub][l.consumer] = Owed(msg.sender, l.fee);
        _leave(l.hub, l.consumer, c, l.fee == 0 ? Slots.Stage.Leaving : Slots.Stage.LeavingOwing);
    }

    /// @inheritdoc IHubs
    function finalizeExit(address hub, address consumer) external locked {
        Slots.In memory c = _ins[hub][consumer].channel();
        if (c.stage == Slots.Stage.Open) revert NotLeaving();
        if (block.timestamp < c.mark) revert TooEarly();
        _exit(hub, consumer, c, 0, 0);
    }

    /// @inheritdoc IHubs
    function coopExit(address hub, Close calldata k) external locked {
        Slots.In memory c = _ins[hub][msg.sender].channel();
        _close(hub, msg.sender, c, k);
        _exit(hub, msg.sender, c, 0, block.timestamp);
    }

    /// @inheritdoc IHubs
    function coopExitFor(Leave calldata l, Close calldata k) external locked {
        Slots.In memory c = _ins[l.hub][l.consumer].channel();
        _checkLeave(c, l, Typed.leavingNow(l, k.settled));
        _close(l.hub, l.consumer, c, k);
        _exit(l.hub, l.consumer, c, l.fee, block.timestamp);
    }

    /* --------------------------------------------- items of batches ----------------------------------------------- */

    /// @dev Settles one claim up to the deposit and returns what it brought.
    function _collect(address hub, bytes32 domain, Claim calldata a) private returns (uint96 amount) {
        mapping(address => uint256) storage ins_ = _ins[hub];
        Slots.In memory c = ins_[a.consumer].channel();
        uint96 total = a.total < c.deposited ? a.total : c.deposited;
        if (total <= c.settled) {
            emit Skipped(hub, a.consumer, a.total, Reason.Stale);
            return 0;
        }
        if (!Typed.signed(a.consumer, domain, Typed.claim(hub, a), a.r, a.vs)) {
            emit Skipped(hub, a.consumer, a.total, Reason.BadSignature);
            return 0;
        }
        unchecked {
            amount = total - c.settled; // total > settled was checked above
        }
        c.settled = total;
        ins_[a.consumer] = c.word();
        emit Collected(hub, a.consumer, amount, total);
    }

    /// @dev Pays one payout. What it takes from the free money it takes from `h`.
    function _settle(address hub, Slots.Hub memory h, bytes32 domain, Payout calldata p) private {
        if (!_takesPart(p.payee)) return _skip(hub, p, Reason.BadPayee);
        if (p.expiry != 0 && block.timestamp > p.expiry) return _skip(hub, p, Reason.Expired);
        bytes32 hashlock = Typed.hashlock(p.preimage);
        if (!Typed.signed(hub, domain, Typed.payout(p, hashlock), p.r, p.vs)) {
            return _skip(hub, p, Reason.BadSignature);
        }
        if (hashlock != 0) emit Revealed(hub, hashlock, p.preimage);

        (bool done, Reason why) = _pay(hub, h, p.payee, p.total, 0);
        if (!done) _skip(hub, p, why);
    }

    function _skip(address hub, Payout calldata p, Reason why) private {
        emit Skipped(hub, p.payee, p.total, why);
    }

    /// @dev Pays `payee` up to `total`, its reserve first, then fills the reserve up to `reserve`. What comes from the
    /// free money is taken from `h`. If nothing was paid or filled, says why.
    function _pay(address hub, Slots.Hub memory h, address payee, uint96 total, uint96 reserve)
        private
        returns (bool done, Reason why)
    {
        mapping(address => uint256) storage outs_ = _outs[hub];
        uint256 old = outs_[payee];
        Slots.Out memory o = old.account();
        uint96 free = h.free;
        uint96 amount;
        // Each difference takes from a number something that is no more, by the comparison or minimum before it. The
        // sums are no more than `total` (settled) and `reserve` (reserved), which fit; `amount` is no more than `due`.
        unchecked {
            if (total > o.settled) {
                uint96 due = total - o.settled;
                uint96 fromReserve = _min(due, o.reserved);
                uint96 fromFree = h.retired ? 0 : _min(due - fromReserve, free);
                amount = fromReserve + fromFree;
                o.settled += amount;
                o.reserved -= fromReserve;
                h.free = free - fromFree;
                if (amount != due) emit Shortfall(hub, payee, due - amount);
                why = Reason.NoFunds;
            }
            if (reserve > o.reserved && h.free != 0) {
                uint96 more = _min(reserve - o.reserved, h.free);
                o.reserved += more;
                o.unlockAt = 0;
                h.free -= more;
                done = true;
            }
        }
        if (amount != 0) {
            outs_[payee] = o.word();
            if (!_send(payee, amount)) {
                outs_[payee] = old;
                h.free = free;
                return (false, Reason.TransferRefused);
            }
            emit Settled(hub, payee, amount, o.settled, o.reserved);
            done = true;
        } else if (done) {
            outs_[payee] = o.word();
            emit Reserved(hub, payee, o.reserved);
        }
    }

    /* ------------------------------------------------- checks ----------------------------------------------------- */

    /// @dev Checks everything about a TopUp but its signature and returns its struct hash.
    function _checkTopUp(Slots.In memory c, TopUp calldata t) private view returns (bytes32) {
        _checkRelayer(t.relayer);
        _checkLife(c, t.deadline);
        if (t.deposited <= c.deposited) revert WrongState();
        return Typed.topUp(t);
    }

    function _checkLeave(Slots.In memory c, Leave calldata l, bytes32 structHash) private view {
        _checkRelayer(l.relayer);
        _checkLife(c, l.deadline);
        if (l.deposited != c.deposited) revert WrongState();
        _checkSigned(l.consumer, structHash, l.r, l.vs);
    }

    /// @dev Refuses a deadline that is over, too far ahead, or of before the channel's last turn.
    function _checkLife(Slots.In memory c, uint256 deadline) private view {
        _checkDeadline(deadline);
        if (deadline <= _notBefore(c)) revert SignatureVoid();
    }

    /* ---------------------------------------------- channels' changes --------------------------------------------- */

    /// @dev Returns what is still to be pulled for it.
    function _deposit(address hub, address consumer, Slots.In memory c, uint96 deposited)
        private
        returns (uint96 amount)
    {
        if (hub == address(0) || !_takesPart(consumer)) revert BadAccount();
        if (c.stage != Slots.Stage.Open) revert AlreadyLeaving();
        amount = deposited - c.deposited;
        _grow(c, deposited);
        _ins[hub][consumer] = c.word();
        emit ToppedUp(hub, consumer, amount, deposited);
    }

    function _leave(address hub, address consumer, Slots.In memory c, Slots.Stage stage) private {
        if (c.stage != Slots.Stage.Open) revert AlreadyLeaving();
        if (c.deposited == c.settled) revert NothingDeposited();
        c.mark = uint64(block.timestamp) + delay;
        c.stage = stage;
        _ins[hub][consumer] = c.word();
        emit ExitRequested(hub, consumer, c.mark);
    }

    /// @dev Checks the hub's Close and settles what it says is the hub's, in `c` and in storage of the hub.
    function _close(address hub, address consumer, Slots.In memory c, Close calldata k) private {
        Slots.Hub memory h = _hubs[hub].hub();
        if (h.retired) revert HubRetired();
        _checkLife(c, k.expiry);
        if (c.deposited == c.settled) revert NothingDeposited();
        if (k.deposited != c.deposited || k.settled < c.settled || k.settled > c.deposited) revert WrongState();
        _checkSigned(hub, Typed.close(consumer, k), k.r, k.vs);

        uint96 amount = k.settled - c.settled;
        if (amount == 0) return;
        c.settled = k.settled;
        h.free += amount;
        _hubs[hub] = h.word();
        emit Collected(hub, consumer, amount, k.settled);
    }

    /// @dev Closes a channel and pays out its rest: `fee` to the caller, what is owed to a relayer as far as it goes,
    /// and the remainder to the consumer. A relayer that the token refuses leaves its fee to the consumer.
    /// @param mark What was signed up to then is void from now on.
    function _exit(address hub, address consumer, Slots.In memory c, uint96 fee, uint256 mark) private {
        uint96 rest = c.deposited - c.settled;
        if (fee > rest) revert InsufficientFunds();
        Owed memory w;
        if (c.stage == Slots.Stage.LeavingOwing) {
            w = _owed[hub][consumer];
            delete _owed[hub][consumer];
            w.fee = _min(w.fee, rest - fee);
        }
        c.deposited = c.settled;
        c.mark = uint64(mark);
        c.stage = Slots.Stage.Open;
        _ins[hub][consumer] = c.word();
        emit Exited(hub, consumer, rest, c.settled);

        uint96 back = rest - fee - w.fee;
        if (back != 0) token.safeTransfer(consumer, back);
        _payFee(hub, consumer, fee);
        if (w.fee == 0) return;
        if (_send(w.relayer, w.fee)) emit FeePaid(hub, consumer, w.relayer, w.fee);
        else token.safeTransfer(consumer, w.fee);
    }

    function _min(uint96 a, uint96 b) private pure returns (uint96) {
        return a < b ? a : b;
    }
}
