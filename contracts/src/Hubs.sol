// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "solady/utils/ECDSA.sol";
import {EIP712} from "solady/utils/EIP712.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {IHubs} from "./interfaces/IHubs.sol";
import {IERC20, IERC2612, IERC3009} from "./interfaces/IPulled.sol";

/// @title Hubs
/// @notice Deposits, hubs' free money and reserves: everything that is held for anybody on this chain.
contract Hubs is IHubs, EIP712 {
    using SafeTransferLib for address;

    /* ------------------------------------------------------ storage ----------------------------------------------- */

    /// @dev One slot each: owner (160 bits), free (95 bits), retired (1 bit). See `_hub` and `_putHub`.
    mapping(address hub => uint256) private _hubs;
    mapping(address hub => mapping(address consumer => In)) private _ins;
    mapping(address hub => mapping(address payee => Out)) private _outs;
    mapping(address hub => mapping(address consumer => Owed)) private _owed;

    /// @dev A hub as it is worked on in memory.
    struct Hub {
        address owner;
        uint96 free;
        bool retired;
    }

    /// @dev A consumer's channel. While it is leaving `at` says from when it can; otherwise, when it last closed.
    struct In {
        uint96 deposited;
        uint96 settled;
        uint56 at;
        Stage stage;
    }

    /// @dev LeavingOwing: a relayer asked for the exit and its fee is in `_owed`.
    enum Stage {
        Open,
        Leaving,
        LeavingOwing
    }

    /// @dev A payee's account.
    struct Out {
        uint96 settled;
        uint96 reserved;
        uint64 unlockAt;
    }

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

    uint256 private constant FREE_MAX = type(uint96).max >> 1;

    bytes32 private constant PROMISE_TYPE =
        keccak256("Promise(address hub,uint96 total,bytes32 hashlock,bytes32 order)");
    bytes32 private constant PAYOUT_TYPE =
        keccak256("Payout(address payee,uint96 total,uint64 expiry,bytes32 hashlock)");
    bytes32 private constant CLOSE_TYPE =
        keccak256("Close(address consumer,uint96 deposited,uint96 settled,uint64 expiry)");
    bytes32 private constant TOPUP_TYPE =
        keccak256("TopUp(address hub,uint96 deposited,uint96 fee,address relayer,uint256 deadline)");
    bytes32 private constant LEAVE_TYPE =
        keccak256("Leave(address hub,uint96 deposited,uint96 fee,address relayer,uint256 deadline)");
    bytes32 private constant OWNER_TYPE = keccak256("Owner(address owner)");

    /// @dev Half the order of secp256k1: the largest s of a signature that has no second form.
    uint256 private constant HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    /// @param token_ The token; see the assumptions in IHubs.
    /// @param delay_ Between an hour and a year.
    /// @param minTopUp_ In base units; large enough that nobody likes to give it away to annoy somebody.
    constructor(address token_, uint64 delay_, uint96 minTopUp_) {
        if (token_.code.length == 0 || IERC20(token_).totalSupply() > FREE_MAX) revert BadParameter();
        if (delay_ < 1 hours || delay_ > 365 days) revert BadParameter();
        token = token_;
        delay = delay_;
        minTopUp = minTopUp_;
    }

    /* -------------------------------------------------------- lock ------------------------------------------------ */

    /// @dev Set while a call moves tokens. Batches keep the hub in memory meanwhile, so nothing may change it.
    bool private transient _locked;

    modifier locked() {
        if (_locked) revert Reentered();
        _locked = true;
        _;
        _locked = false;
    }

    modifier whenUnlocked() {
        if (_locked) revert Reentered();
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
        Hub memory h = _hub(hub);
        return (h.owner, h.free, h.retired);
    }

    /// @inheritdoc IHubs
    function ins(address hub, address consumer)
        external
        view
        returns (uint96 deposited, uint96 settled, uint64 exitAt, uint64 notBefore)
    {
        In memory c = _ins[hub][consumer];
        return (c.deposited, c.settled, c.stage == Stage.Open ? 0 : c.at, uint64(_notBefore(c)));
    }

    /// @inheritdoc IHubs
    function outs(address hub, address payee)
        external
        view
        returns (uint96 settled, uint96 reserved, uint64 unlockAt)
    {
        Out memory o = _outs[hub][payee];
        return (o.settled, o.reserved, o.unlockAt);
    }

    /// @inheritdoc IHubs
    function owed(address hub, address consumer) external view returns (address relayer, uint96 fee) {
        Owed memory w = _owed[hub][consumer];
        return (w.relayer, w.fee);
    }

    /* ------------------------------------------------------ the hub ----------------------------------------------- */

    /// @inheritdoc IHubs
    function openHub(address hub, uint96 amount, bytes32 r, bytes32 vs) external locked {
        Hub memory h = _hub(hub);
        if (h.owner != address(0)) revert AlreadyOpen();
        _checkSigned(hub, keccak256(abi.encode(OWNER_TYPE, msg.sender)), r, vs);

        h.owner = msg.sender;
        h.free += amount;
        _putHub(hub, h);
        emit HubOpened(hub, msg.sender);

        if (amount != 0) {
            emit Funded(hub, amount, h.free);
            _pull(msg.sender, amount);
        }
    }

    /// @inheritdoc IHubs
    function fund(address hub, uint96 amount) external locked {
        Hub memory h = _hub(hub);
        if (h.owner == address(0)) revert NotOpen();
        if (amount == 0) revert ZeroAmount();

        h.free += amount;
        _putHub(hub, h);
        emit Funded(hub, amount, h.free);

        _pull(msg.sender, amount);
    }

    /// @inheritdoc IHubs
    function withdraw(address hub, uint96 amount) external locked {
        Hub memory h = _hub(hub);
        if (msg.sender != h.owner) revert NotAllowed();
        if (amount > h.free) revert InsufficientFunds();

        h.free -= amount;
        _putHub(hub, h);
        emit Withdrawn(hub, amount, h.free);

        token.safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc IHubs
    function retire(address hub) external whenUnlocked {
        Hub memory h = _hub(hub);
        if (msg.sender != h.owner) revert NotAllowed();
        if (h.retired) revert HubRetired();

        h.retired = true;
        _putHub(hub, h);
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

        Hub memory h = _hub(hub);
        h.free += sum;
        _putHub(hub, h);
    }

    /// @inheritdoc IHubs
    function settle(address hub, Payout[] calldata payouts) external locked {
        bytes32 domain = _domainSeparator();
        Hub memory h = _hub(hub);
        uint96 free = h.free;
        for (uint256 i; i < payouts.length; ++i) {
            _settle(hub, h, domain, payouts[i]);
        }
        if (h.free != free) _putHub(hub, h);
    }

    /// @inheritdoc IHubs
    function push(address hub, Item[] calldata items) external locked {
        Hub memory h = _hub(hub);
        if (msg.sender != h.owner && (msg.sender != hub || h.retired)) revert NotAllowed();
        uint96 free = h.free;
        for (uint256 i; i < items.length; ++i) {
            Item calldata x = items[i];
            (bool done, Reason why) = _takesPart(x.payee)
                ? _pay(hub, h, x.payee, x.total, x.reserve)
                : (false, Reason.BadPayee);
            // A level that is reached already is no news; anything else that did not happen is.
            if (!done && why != Reason.Stale) emit Skipped(hub, x.payee, x.total, why);
        }
        if (h.free != free) _putHub(hub, h);
    }

    /// @inheritdoc IHubs
    function announceCut(address hub, address payee) external whenUnlocked {
        if (msg.sender != _hub(hub).owner) revert NotAllowed();
        uint64 unlockAt = uint64(block.timestamp) + delay;
        _outs[hub][payee].unlockAt = unlockAt;
        emit CutAnnounced(hub, payee, unlockAt);
    }

    /// @inheritdoc IHubs
    function cutReserve(address hub, address payee, uint96 reserve) external whenUnlocked {
        Hub memory h = _hub(hub);
        if (msg.sender != h.owner) revert NotAllowed();
        Out memory o = _outs[hub][payee];
        if (o.unlockAt == 0 || block.timestamp < o.unlockAt) revert TooEarly();
        if (reserve > o.reserved) revert InsufficientFunds();

        h.free += o.reserved - reserve;
        _putHub(hub, h);
        o.reserved = reserve;
        o.unlockAt = 0;
        _outs[hub][payee] = o;
        emit Reserved(hub, payee, reserve);
    }

    /* ---------------------------------------------------- the consumer -------------------------------------------- */

    /// @inheritdoc IHubs
    function topUp(address hub, address consumer, uint96 amount) external locked {
        if (amount == 0) revert ZeroAmount();
        if (msg.sender != consumer && amount < minTopUp) revert BelowMinimum();
        In memory c = _ins[hub][consumer];
        _deposit(hub, consumer, c, c.deposited + amount);
        _pull(msg.sender, amount);
    }

    /// @inheritdoc IHubs
    function topUpPermit(TopUp calldata t, Permit calldata p) external locked {
        In memory c = _ins[t.hub][t.consumer];
        bytes32 structHash = _checkTopUp(c, t);
        _checkSigned(t.consumer, structHash, t.r, t.vs);
        uint256 amount = uint256(t.deposited - c.deposited) + t.fee;
        _deposit(t.hub, t.consumer, c, t.deposited);

        if (p.deadline != 0) {
            (uint8 v, bytes32 s) = _expand(p.vs);
            try IERC2612(token).permit(t.consumer, address(this), p.value, p.deadline, v, p.r, s) {} catch {}
        }
        _pull(t.consumer, amount);
        _payFee(t.hub, t.consumer, t.fee);
    }

    /// @inheritdoc IHubs
    function topUpAuth(TopUp calldata t) external locked {
        In memory c = _ins[t.hub][t.consumer];
        bytes32 nonce = _hashTypedData(_checkTopUp(c, t));
        uint256 amount = uint256(t.deposited - c.deposited) + t.fee;
        _deposit(t.hub, t.consumer, c, t.deposited);

        (uint8 v, bytes32 s) = _expand(t.vs);
        uint256 before = token.balanceOf(address(this));
        IERC3009(token)
            .receiveWithAuthorization(t.consumer, address(this), amount, 0, t.deadline, nonce, v, t.r, s);
        if (token.balanceOf(address(this)) != before + amount) revert WrongAmountReceived();
        _payFee(t.hub, t.consumer, t.fee);
    }

    /// @inheritdoc IHubs
    function requestExit(address hub) external whenUnlocked {
        In memory c = _ins[hub][msg.sender];
        _leave(hub, msg.sender, c, Stage.Leaving);
    }

    /// @inheritdoc IHubs
    function requestExitFor(Leave calldata l) external whenUnlocked {
        In memory c = _ins[l.hub][l.consumer];
        _checkLeave(c, l);
        if (l.fee > c.deposited - c.settled) revert InsufficientFunds();
        if (l.fee != 0) _owed[l.hub][l.consumer] = Owed(msg.sender, l.fee);
        _leave(l.hub, l.consumer, c, l.fee == 0 ? Stage.Leaving : Stage.LeavingOwing);
    }

    /// @inheritdoc IHubs
    function finalizeExit(address hub, address consumer) external locked {
        In memory c = _ins[hub][consumer];
        if (c.stage == Stage.Open) revert NotLeaving();
        if (block.timestamp < c.at) revert TooEarly();
        _exit(hub, consumer, c, 0);
    }

    /// @inheritdoc IHubs
    function coopExit(address hub, Close calldata k) external locked {
        In memory c = _ins[hub][msg.sender];
        _close(hub, msg.sender, c, k);
        _exit(hub, msg.sender, c, 0);
    }

    /// @inheritdoc IHubs
    function coopExitFor(Leave calldata l, Close calldata k) external locked {
        In memory c = _ins[l.hub][l.consumer];
        _checkLeave(c, l);
        _close(l.hub, l.consumer, c, k);
        _exit(l.hub, l.consumer, c, l.fee);
    }

    /* --------------------------------------------- items of batches ----------------------------------------------- */

    /// @dev Settles one claim up to the deposit and returns what it brought.
    function _collect(address hub, bytes32 domain, Claim calldata a) private returns (uint96 amount) {
        In memory c = _ins[hub][a.consumer];
        uint96 total = a.total < c.deposited ? a.total : c.deposited;
        if (total <= c.settled) {
            emit Skipped(hub, a.consumer, a.total, Reason.Stale);
            return 0;
        }
        bytes32 structHash = keccak256(abi.encode(PROMISE_TYPE, hub, a.total, _hashlock(a.preimage), a.order));
        if (!_signed(a.consumer, domain, structHash, a.r, a.vs)) {
            emit Skipped(hub, a.consumer, a.total, Reason.BadSignature);
            return 0;
        }
        unchecked {
            amount = total - c.settled; // total > settled was checked above
        }
        c.settled = total;
        _ins[hub][a.consumer] = c;
        emit Collected(hub, a.consumer, amount, total);
    }

    /// @dev Pays one payout. What it takes from the free money it takes from `h`.
    function _settle(address hub, Hub memory h, bytes32 domain, Payout calldata p) private {
        if (!_takesPart(p.payee)) return _skip(hub, p, Reason.BadPayee);
        if (p.expiry != 0 && block.timestamp > p.expiry) return _skip(hub, p, Reason.Expired);
        bytes32 hashlock = _hashlock(p.preimage);
        bytes32 structHash = keccak256(abi.encode(PAYOUT_TYPE, p.payee, p.total, p.expiry, hashlock));
        if (!_signed(hub, domain, structHash, p.r, p.vs)) return _skip(hub, p, Reason.BadSignature);
        if (hashlock != 0) emit Revealed(hub, hashlock, p.preimage);

        (bool done, Reason why) = _pay(hub, h, p.payee, p.total, 0);
        if (!done) _skip(hub, p, why);
    }

    function _skip(address hub, Payout calldata p, Reason why) private {
        emit Skipped(hub, p.payee, p.total, why);
    }

    /// @dev Pays `payee` up to `total`, its reserve first, then fills the reserve up to `reserve`. What comes from or
    /// out of the free money is taken from `h`. Says why if nothing was paid or filled.
    function _pay(address hub, Hub memory h, address payee, uint96 total, uint96 reserve)
        private
        returns (bool done, Reason why)
    {
        Out memory o = _outs[hub][payee];
        (uint96 settled, uint96 reserved, uint96 free) = (o.settled, o.reserved, h.free);
        uint256 amount;
        uint256 due;
        // Every subtraction below takes from a number the smaller of it and another; the sum of what one payee has
        // been paid never exceeds `total`, which is a uint96, and a reserve never exceeds `reserve` when it is filled.
        unchecked {
            if (total > settled) {
                due = total - settled;
                amount = _min(due, uint256(reserved) + (h.retired ? 0 : free));
                uint256 fromReserve = _min(amount, reserved);
                o.reserved -= uint96(fromReserve);
                h.free -= uint96(amount - fromReserve);
                o.settled += uint96(amount);
            } else {
                why = Reason.Stale;
            }
            if (reserve > o.reserved && h.free != 0) {
                uint256 more = _min(reserve - o.reserved, h.free);
                o.reserved += uint96(more);
                h.free -= uint96(more);
                o.unlockAt = 0;
                done = true;
            }
            if (amount < due) emit Shortfall(hub, payee, uint96(due - amount));
        }
        if (amount != 0) {
            Out memory old = _outs[hub][payee];
            _outs[hub][payee] = o;
            if (!_send(payee, amount)) {
                _outs[hub][payee] = old;
                h.free = free;
                return (false, Reason.TransferRefused);
            }
            emit Settled(hub, payee, uint96(amount), o.settled, o.reserved);
            return (true, why);
        }
        if (due != 0) why = Reason.NoFunds;
        if (done) {
            _outs[hub][payee] = o;
            emit Reserved(hub, payee, o.reserved);
        }
    }

    /* ------------------------------------------------- checks ----------------------------------------------------- */

    /// @dev Refuses what cannot be a consumer or a payee: money sent there would be lost or counted twice.
    function _takesPart(address account) private view returns (bool) {
        return account != address(0) && account != token && account != address(this);
    }

    /// @dev Checks everything about a TopUp but its signature and returns its struct hash.
    function _checkTopUp(In memory c, TopUp calldata t) private view returns (bytes32) {
        if (t.relayer != address(0) && t.relayer != msg.sender) revert OtherRelayer();
        _checkLife(c, t.deadline);
        if (t.deposited <= c.deposited) revert WrongState();
        return keccak256(abi.encode(TOPUP_TYPE, t.hub, t.deposited, t.fee, t.relayer, t.deadline));
    }

    function _checkLeave(In memory c, Leave calldata l) private view {
        if (l.relayer != address(0) && l.relayer != msg.sender) revert OtherRelayer();
        _checkLife(c, l.deadline);
        if (l.deposited != c.deposited) revert WrongState();
        bytes32 structHash = keccak256(abi.encode(LEAVE_TYPE, l.hub, l.deposited, l.fee, l.relayer, l.deadline));
        _checkSigned(l.consumer, structHash, l.r, l.vs);
    }

    /// @dev Refuses a deadline that is over, too far ahead, or of before the channel's last turn.
    function _checkLife(In memory c, uint256 deadline) private view {
        if (block.timestamp > deadline) revert SignatureExpired();
        if (deadline > block.timestamp + LIFE) revert DeadlineTooFar();
        if (deadline <= _notBefore(c)) revert SignatureVoid();
    }

    /// @dev What was signed up to the channel's last turn (when it began to leave, or closed) has no later deadline.
    function _notBefore(In memory c) private view returns (uint256) {
        if (c.at == 0) return 0;
        return (c.stage == Stage.Open ? uint256(c.at) : uint256(c.at) - delay) + LIFE;
    }

    function _hashlock(bytes32 preimage) private pure returns (bytes32) {
        return preimage == 0 ? bytes32(0) : keccak256(abi.encode(preimage));
    }

    function _checkSigned(address signer, bytes32 structHash, bytes32 r, bytes32 vs) private view {
        if (!_signed(signer, _domainSeparator(), structHash, r, vs)) revert BadSignature();
    }

    function _signed(address signer, bytes32 domain, bytes32 structHash, bytes32 r, bytes32 vs)
        private
        view
        returns (bool)
    {
        if (uint256(vs) & type(uint256).max >> 1 > HALF_ORDER) return false;
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", domain, structHash));
        address recovered = ECDSA.tryRecover(digest, r, vs);
        return recovered != address(0) && recovered == signer;
    }

    /// @dev The v and s that tokens expect.
    function _expand(bytes32 vs) private pure returns (uint8 v, bytes32 s) {
        return (uint8(uint256(vs) >> 255) + 27, vs & bytes32(type(uint256).max >> 1));
    }

    /* ---------------------------------------------- channels' changes --------------------------------------------- */

    function _deposit(address hub, address consumer, In memory c, uint96 deposited) private {
        if (hub == address(0) || !_takesPart(consumer)) revert BadAccount();
        if (c.stage != Stage.Open) revert AlreadyLeaving();
        uint96 amount = deposited - c.deposited;
        c.deposited = deposited;
        _ins[hub][consumer] = c;
        emit ToppedUp(hub, consumer, amount, deposited);
    }

    function _leave(address hub, address consumer, In memory c, Stage stage) private {
        if (c.stage != Stage.Open) revert AlreadyLeaving();
        if (c.deposited == c.settled) revert NothingDeposited();
        c.at = uint56(block.timestamp + delay);
        c.stage = stage;
        _ins[hub][consumer] = c;
        emit ExitRequested(hub, consumer, c.at);
    }

    /// @dev Checks the hub's Close and settles what it says is the hub's, in `c` and in storage of the hub.
    function _close(address hub, address consumer, In memory c, Close calldata k) private {
        Hub memory h = _hub(hub);
        if (h.retired) revert HubRetired();
        _checkLife(c, k.expiry);
        if (c.deposited == c.settled) revert NothingDeposited();
        if (k.deposited != c.deposited || k.settled < c.settled || k.settled > c.deposited) revert WrongState();
        _checkSigned(
            hub, keccak256(abi.encode(CLOSE_TYPE, consumer, k.deposited, k.settled, k.expiry)), k.r, k.vs
        );

        uint96 amount = k.settled - c.settled;
        if (amount == 0) return;
        c.settled = k.settled;
        h.free += amount;
        _putHub(hub, h);
        emit Collected(hub, consumer, amount, k.settled);
    }

    /// @dev Closes a channel and pays out its rest: `fee` to the caller, what is owed to a relayer as far as it goes,
    /// and the remainder to the consumer. A relayer that the token refuses leaves its fee to the consumer.
    function _exit(address hub, address consumer, In memory c, uint96 fee) private {
        uint96 rest = c.deposited - c.settled;
        if (fee > rest) revert InsufficientFunds();
        Owed memory w;
        if (c.stage == Stage.LeavingOwing) {
            w = _owed[hub][consumer];
            delete _owed[hub][consumer];
            w.fee = uint96(_min(w.fee, rest - fee));
        }
        c.deposited = c.settled;
        c.at = uint56(block.timestamp);
        c.stage = Stage.Open;
        _ins[hub][consumer] = c;
        emit Exited(hub, consumer, rest, c.settled);

        uint96 back = rest - fee - w.fee;
        if (back != 0) token.safeTransfer(consumer, back);
        _payFee(hub, consumer, fee);
        if (w.fee == 0) return;
        if (_send(w.relayer, w.fee)) emit FeePaid(hub, consumer, w.relayer, w.fee);
        else token.safeTransfer(consumer, w.fee);
    }

    /* ------------------------------------------------- tokens ----------------------------------------------------- */

    /// @dev Takes exactly `amount` from `from`, whatever the token says it did.
    function _pull(address from, uint256 amount) private {
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(from, address(this), amount);
        if (token.balanceOf(address(this)) != before + amount) revert WrongAmountReceived();
    }

    /// @dev Pays a relayer that is the caller.
    function _payFee(address hub, address consumer, uint96 fee) private {
        if (fee == 0) return;
        emit FeePaid(hub, consumer, msg.sender, fee);
        token.safeTransfer(msg.sender, fee);
    }

    /// @dev A transfer that reports failure instead of reverting. The token has code: the constructor saw it.
    function _send(address to, uint256 amount) private returns (bool) {
        (bool ok, bytes memory result) = token.call(abi.encodeCall(IERC20.transfer, (to, amount)));
        return ok && (result.length == 0 || (result.length >= 32 && abi.decode(result, (uint256)) == 1));
    }

    /* --------------------------------------------- the hub's one slot --------------------------------------------- */

    function _hub(address hub) private view returns (Hub memory h) {
        uint256 word = _hubs[hub];
        h.owner = address(uint160(word));
        h.free = uint96(word >> 160 & FREE_MAX);
        h.retired = word >> 255 != 0;
    }

    function _putHub(address hub, Hub memory h) private {
        if (h.free > FREE_MAX) revert AmountTooLarge();
        _hubs[hub] = uint160(h.owner) | uint256(h.free) << 160 | (h.retired ? 1 << 255 : 0);
    }

    function _min(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }

    function _domainNameAndVersion() internal pure override returns (string memory, string memory) {
        return ("Hubs", "1");
    }
}
