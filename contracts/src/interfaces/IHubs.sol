// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IHubs
/// @notice Deposits of consumers, free money of hubs and reserves for payees, on one chain and in one token.
/// @dev One contract per chain. It has no admin, no proxy and no pause: nothing here can be changed by anybody.
///
/// Words. A *hub* is named by the address of the key it signs with (the hub key); its *owner* is a second, colder
/// address that alone takes money out. A *consumer* has one channel per hub: a deposit and what of it the hub has
/// settled. A *payee* has one account per hub: what it was paid and what is reserved for it.
///
/// Totals. Every total that is signed (promises, payouts) is a running total over the life of the channel. It goes on
/// after leaving and coming back: a consumer that tops up again continues above the highest total it ever signed, or
/// an old promise above `settled` can be collected from the new deposit.
///
/// Signatures are EIP-712, domain ("Hubs", "1", chain id, this contract), in the compact form of EIP-2098: `r` and
/// `vs`. One with a high s, or from which no address can be recovered, is never accepted. The types:
///   Promise(address hub,uint96 total,bytes32 hashlock,bytes32 order)                        by a consumer
///   Payout(address payee,uint96 total,uint64 expiry,bytes32 hashlock)                       by a hub key
///   Close(address consumer,uint96 deposited,uint96 settled,uint64 expiry)                   by a hub key
///   TopUp(address hub,uint96 deposited,uint96 fee,address relayer,uint256 deadline)         by a consumer
///   Leave(address hub,uint96 deposited,uint96 fee,address relayer,uint256 deadline)         by a consumer
///   LeaveNow(address hub,uint96 deposited,uint96 settled,uint96 fee,address relayer,uint256 deadline) by a consumer
///   TakeBack(address hub,uint96 cap,uint96 amount,uint96 fee,address relayer,uint256 deadline) by a consumer
///   Owner(address owner)                                                                    by a hub key
/// Hashlock zero means unlocked, otherwise it is keccak256 of the preimage.
///
/// TopUp, Leave, LeaveNow and Close are one-use. Each names the state it was made in, none may lie more than `LIFE` ahead, and
/// whenever a channel opens, begins to leave or closes by agreement, all of them that were signed before are void (see
/// `ins`). The end of a delayed exit need void nothing: what was used before is long over by then, a Leave or Close that
/// was not is void when the channel opens again, and so is a TopUp, unless it is the one that opens it.
///
/// Deposit addresses. A consumer has, for each hub and each `cap`, an address that is known before anybody calls anything
/// (`depositAddress`). What is sent there by a plain transfer, from an exchange say, is the consumer's: anybody may sweep it
/// into its channel for a fee of at most `cap`, and the consumer may take it back. Warning: only a token that has derived
/// addresses gives them up again. With another one `depositAddress` reverts, and what is sent to where it would be is lost.
///
/// Assumptions on the token that safety rests on:
/// - a transfer moves exactly the amount it names, or it fails; balances change by transfers alone (no rebasing);
/// - its total supply stays below 2^95 base units.
/// A token that keeps a fee of a transfer, or accepts calls without acting on them, credits nothing: every pull is
/// checked against the balance of this contract. A token that calls its receivers back is tolerated: nothing can be
/// called here while a transfer is under way.
/// Assumptions that liveness rests on:
/// - the token does not refuse transfers to consumers, payees, owners or this contract. If it does (a blacklist), that
///   money waits here until it no longer does.
interface IHubs {
    /* ------------------------------------------------- what callers pass ------------------------------------------ */

    /// @notice A consumer's promise, shown by or for the hub it was made to.
    /// @param consumer Who signed it.
    /// @param total All that the consumer owes the hub up to now, what was settled included.
    /// @param preimage What opens the promise's hashlock; zero if it is unlocked.
    /// @param order Opaque here: what the consumer and the hub agreed the payment is for.
    struct Claim {
        address consumer;
        uint96 total;
        bytes32 preimage;
        bytes32 order;
        bytes32 r;
        bytes32 vs;
    }

    /// @notice A hub's payout, shown by or for the payee it was made to.
    /// @param payee Where the money goes.
    /// @param total All that the hub owes the payee up to now, what was settled included.
    /// @param expiry The last block time at which it is honoured; zero if it never expires.
    /// @param preimage What opens the payout's hashlock; zero if it is unlocked.
    struct Payout {
        address payee;
        uint96 total;
        uint64 expiry;
        bytes32 preimage;
        bytes32 r;
        bytes32 vs;
    }

    /// @notice One line of a push: a running total to pay up to and a reserve to fill up to.
    /// @param payee Where the money goes.
    /// @param total Pay until the payee has had this much in all; zero, or anything it already had, pays nothing.
    /// @param reserve Fill the payee's reserve up to this much; less than it holds changes nothing.
    struct Item {
        address payee;
        uint96 total;
        uint96 reserve;
    }

    /// @notice A consumer's order to top up, which somebody else may submit.
    /// @param hub The hub whose channel grows.
    /// @param consumer Who signed it and whose tokens are taken.
    /// @param deposited The channel's deposit afterwards.
    /// @param fee What the caller gets for submitting it, on top of the deposit.
    /// @param relayer Who may submit it; zero for anybody.
    /// @param deadline The last block time at which it is valid.
    struct TopUp {
        address hub;
        address consumer;
        uint96 deposited;
        uint96 fee;
        address relayer;
        uint256 deadline;
        bytes32 r;
        bytes32 vs;
    }

    /// @notice An EIP-2612 permit of the token for this contract.
    /// @param value The exact allowance that was signed. It may exceed what is pulled.
    /// @param deadline The permit's own deadline; zero to send none and use the allowance as it stands.
    struct Permit {
        uint256 value;
        uint256 deadline;
        bytes32 r;
        bytes32 vs;
    }

    /// @notice A consumer's order to leave, which somebody else may submit. What is signed is a Leave, to leave after the
    /// delay, or a LeaveNow, to leave with the hub's Close: that one says what of the deposit is the hub's, or whoever
    /// submits it could bring a Close that leaves nothing.
    /// @param hub The hub to leave.
    /// @param consumer Who signed it.
    /// @param deposited The channel's deposit at the time.
    /// @param fee What the caller gets, out of what is returned to the consumer.
    /// @param relayer Who may submit it; zero for anybody.
    /// @param deadline The last block time at which it is valid.
    struct Leave {
        address hub;
        address consumer;
        uint96 deposited;
        uint96 fee;
        address relayer;
        uint256 deadline;
        bytes32 r;
        bytes32 vs;
    }

    /// @notice A hub's consent to close a consumer's channel at once.
    /// @param deposited The channel's deposit at the time.
    /// @param settled What of it is the hub's, in all; the rest goes back.
    /// @param expiry The last block time at which it is valid.
    struct Close {
        uint96 deposited;
        uint96 settled;
        uint64 expiry;
        bytes32 r;
        bytes32 vs;
    }

    /// @notice Names a deposit address.
    /// @param hub The hub whose channel grows.
    /// @param consumer Whose channel it is.
    /// @param cap The most that a sweep may take as its fee.
    struct Deposit {
        address hub;
        address consumer;
        uint96 cap;
    }

    /// @notice A consumer's order to give back what waits at a deposit address, which somebody else may submit.
    /// @param hub,consumer,cap Name the address; the consumer signed this.
    /// @param amount What leaves the address, the fee included.
    /// @param fee What of it the caller gets.
    /// @param relayer Who may submit it; zero for anybody.
    /// @param deadline The last block time at which it is valid.
    struct TakeBack {
        address hub;
        address consumer;
        uint96 cap;
        uint96 amount;
        uint96 fee;
        address relayer;
        uint256 deadline;
        bytes32 r;
        bytes32 vs;
    }

    /// @notice Why an item of a batch was passed over.
    enum Reason {
        /// The total is no more than was settled already, or the deposit it draws on is used up.
        Stale,
        /// The signature is not of the account it should be of, or is malformed, or the preimage does not fit.
        BadSignature,
        /// The payout's expiry is over.
        Expired,
        /// The payee or consumer is zero, the token or this contract; or the hub is zero.
        BadPayee,
        /// Neither the reserve nor the free money holds anything.
        NoFunds,
        /// The token would not make the transfer.
        TransferRefused,
        /// The channel is leaving, so nothing is swept into it.
        Leaving,
        /// The hub is retired, so nothing is swept into its channels.
        Retired,
        /// After the fee, less would arrive than `minTopUp` or than the fee.
        TooLittle,
        /// The channel's running total has no room for it.
        TooMuch
    }

    /* ------------------------------------------------------ errors ------------------------------------------------ */

    /// @notice At construction: the token has no code or too large a supply, or the delay is out of bounds.
    error BadParameter();
    /// @notice An account that cannot take part: zero, the token, or this contract.
    error BadAccount();
    /// @notice The signature is malformed or not of the account that it must be of.
    error BadSignature();
    /// @notice The hub key's signature was used before: the hub has an owner.
    error AlreadyOpen();
    /// @notice The hub has no owner yet.
    error NotOpen();
    /// @notice The hub is retired.
    error HubRetired();
    /// @notice The caller may not do this for this hub.
    error NotAllowed();
    /// @notice The signature names another relayer.
    error OtherRelayer();
    /// @notice A third party tops up with less than `minTopUp`.
    error BelowMinimum();
    /// @notice The amount is zero.
    error ZeroAmount();
    /// @notice More than there is.
    error InsufficientFunds();
    /// @notice The balance of this contract did not grow by exactly what was pulled.
    error WrongAmountReceived();
    /// @notice The amounts would no longer fit their storage.
    error AmountTooLarge();
    /// @notice The channel is already leaving.
    error AlreadyLeaving();
    /// @notice The channel is not leaving.
    error NotLeaving();
    /// @notice The delay is not over yet.
    error TooEarly();
    /// @notice There is nothing in the channel.
    error NothingDeposited();
    /// @notice The signature names a state that is not the present one.
    error WrongState();
    /// @notice The deadline or expiry is over.
    error SignatureExpired();
    /// @notice The deadline or expiry lies more than `LIFE` ahead.
    error DeadlineTooFar();
    /// @notice The channel has begun to leave or has closed since this was signed.
    error SignatureVoid();
    /// @notice A call came in while another is moving tokens.
    error Reentered();

    /* ------------------------------------------------------ events ------------------------------------------------ */

    /// @notice `owner` became the owner of `hub`, for good.
    event HubOpened(address indexed hub, address indexed owner);
    /// @notice `amount` came into the free money of `hub`, which is now `free`.
    event Funded(address indexed hub, uint96 amount, uint96 free);
    /// @notice `amount` went from the free money of `hub`, which is now `free`, to its owner.
    event Withdrawn(address indexed hub, uint96 amount, uint96 free);
    /// @notice `hub` was retired, for good.
    event Retired(address indexed hub);
    /// @notice The deposit of `consumer` with `hub` grew by `amount` and is now `deposited`.
    event ToppedUp(address indexed hub, address indexed consumer, uint96 amount, uint96 deposited);
    /// @notice `amount` of the deposit of `consumer` became free money of `hub`; `settled` in all.
    event Collected(address indexed hub, address indexed consumer, uint96 amount, uint96 settled);
    /// @notice `amount` went to `payee`, which has now had `settled` in all; `reserved` is left of its reserve.
    event Settled(address indexed hub, address indexed payee, uint96 amount, uint96 settled, uint96 reserved);
    /// @notice A valid, unexpired payout of `hub` was shown together with the preimage of its hashlock.
    /// @dev Also when it paid nothing. A hub that sees it can collect what the same hashlock locks.
    event Revealed(address indexed hub, bytes32 indexed hashlock, bytes32 preimage);
    /// @notice The reserve for `payee` changed to `reserved` without a payment.
    event Reserved(address indexed hub, address indexed payee, uint96 reserved);
    /// @notice From `unlockAt` on the owner may cut the reserve for `payee`, unless it is raised before.
    event CutAnnounced(address indexed hub, address indexed payee, uint64 unlockAt);
    /// @notice The hub owes `payee` `missing` more than its reserve and the hub's free money could pay.
    /// @dev The payout stays valid for later money. Signed by the hub, this is public proof that it promised too much.
    event Shortfall(address indexed hub, address indexed payee, uint96 missing);
    /// @notice `consumer` is leaving `hub` and may do so from `exitAt` on.
    event ExitRequested(address indexed hub, address indexed consumer, uint64 exitAt);
    /// @notice The channel closed: `amount` went back (relayers' fees included), `settled` is what the hub had in all.
    event Exited(address indexed hub, address indexed consumer, uint96 amount, uint96 settled);
    /// @notice `relayer` got `fee` for submitting what `consumer` signed.
    event FeePaid(address indexed hub, address indexed consumer, address indexed relayer, uint96 fee);
    /// @notice `consumer` took `amount` back from a deposit address (a relayer's fee included).
    event TakenBack(address indexed hub, address indexed consumer, uint96 amount);
    /// @notice An item of a batch had no effect on any balance.
    event Skipped(address indexed hub, address indexed account, uint96 total, Reason reason);

    /* ------------------------------------------------------- views ------------------------------------------------ */

    /// @notice The token that everything here is counted in.
    function token() external view returns (address);

    /// @notice Seconds between asking to leave and leaving, and between announcing a cut and cutting.
    function delay() external view returns (uint64);

    /// @notice The least that somebody other than the consumer itself can top up without its signature.
    function minTopUp() external view returns (uint96);

    /// @notice How far ahead, in seconds, the deadline of a TopUp or Leave or the expiry of a Close may lie.
    // forge-lint: disable-next-line(mixed-case-function)
    function LIFE() external view returns (uint64);

    /// @notice The EIP-712 domain separator.
    // forge-lint: disable-next-line(mixed-case-function)
    function DOMAIN_SEPARATOR() external view returns (bytes32);

    /// @notice A hub's owner (zero before it is opened), its free money, and whether it is retired.
    function hubs(address hub) external view returns (address owner, uint96 free, bool retired);

    /// @notice A consumer's channel.
    /// @return deposited All that the consumer put in and has not taken back, what is settled included.
    /// @return settled What of it the hub has had. Never goes down; `deposited` equals it once the channel is closed.
    /// @return exitAt When the channel can be left; zero if it is not leaving.
    /// @return notBefore A TopUp, Leave or Close is void unless its deadline or expiry is later than this.
    /// @dev A signature made with the full `LIFE`, counted from a block time after the last change, always passes; after
    /// opening, from that block's own time.
    function ins(address hub, address consumer)
        external
        view
        returns (uint96 deposited, uint96 settled, uint64 exitAt, uint64 notBefore);

    /// @notice A payee's account.
    /// @return settled What the payee was paid in all. Never goes down.
    /// @return reserved What is locked for this payee alone.
    /// @return unlockAt When the reserve may be cut; zero if no cut is announced.
    function outs(address hub, address payee) external view returns (uint96 settled, uint96 reserved, uint64 unlockAt);

    /// @notice Who gets what fee when the exit of `consumer` is finalised; zeros if it asked for it itself.
    function owed(address hub, address consumer) external view returns (address relayer, uint96 fee);

    /* ------------------------------------------------------ the hub ----------------------------------------------- */

    /// @notice Makes the caller the owner of `hub`, once and for all, and pulls `amount` into its free money.
    /// @param r,vs The hub key's signature of Owner(caller).
    /// @dev Money that was collected for the hub before stays and is added to.
    /// @dev Warning: the owner can never be changed. Whoever has the hub key first can choose it.
    function openHub(address hub, uint96 amount, bytes32 r, bytes32 vs) external;

    /// @notice Pulls `amount` from the caller into the free money of an open hub.
    /// @dev Anyone may. The money is then the hub's.
    function fund(address hub, uint96 amount) external;

    /// @notice Sends `amount` of the free money to the owner. Owner only.
    function withdraw(address hub, uint96 amount) external;

    /// @notice Ends what the hub key can do. Owner only, and for good.
    /// @dev Afterwards the hub key cannot push, no Close is accepted, and nothing is paid out of the free money but to
    /// the owner. Reserves still pay signed payouts; promises can still be collected.
    /// @dev Warning: payouts above a payee's reserve are worth nothing afterwards, unless the owner raises the reserve.
    function retire(address hub) external;

    /// @notice Moves what consumers promised into the free money of `hub`.
    /// @dev Anyone may call it: the money has one place to go. Works for a hub that was never opened.
    /// @dev A claim above the deposit is paid up to the deposit. A claim that is stale, wrongly signed or shown with the
    /// wrong preimage is skipped with an event; it never makes the others fail.
    function collect(address hub, Claim[] calldata claims) external;

    /// @notice Pays payees what `hub` signed beyond what they have had.
    /// @dev Anyone may call it: the money has one place to go. The reserve pays first, the rest comes from the free
    /// money, unless the hub is retired. What neither covers stays due.
    /// @dev A payout that cannot be honoured is skipped with an event; it never makes the others fail.
    /// @dev Warning: showing a preimage here shows it to everybody, also if the payout pays less than it says.
    function settle(address hub, Payout[] calldata payouts) external;

    /// @notice Pays payees and fills their reserves, without signatures. Hub key (until retired) or owner.
    /// @dev Both numbers of an item are levels, not steps: a repeated push does nothing. A level that the free money
    /// cannot reach is approached as far as it goes. Raising a reserve calls off an announced cut.
    /// @dev This can never make a reserve smaller but by paying its payee.
    function push(address hub, Item[] calldata items) external;

    /// @notice Says that the reserve for `payee` may be cut, `delay` from now. Owner only.
    function announceCut(address hub, address payee) external;

    /// @notice Cuts the reserve for `payee` down to `reserve`, once the announced time has come. Owner only.
    /// @dev What is cut becomes free money. A further cut needs a further announcement.
    function cutReserve(address hub, address payee, uint96 reserve) external;

    /* ---------------------------------------------------- the consumer -------------------------------------------- */

    /// @notice Pulls `amount` from the caller into the channel of `consumer` with `hub`. The first one opens it.
    /// @dev Anyone may, for anyone; somebody else needs at least `minTopUp`, because a changed deposit voids the TopUp,
    /// Leave or Close that is on its way. A leaving channel cannot be topped up.
    /// @dev Warning: the hub does not have to exist. What it does not collect comes back by leaving.
    function topUp(address hub, address consumer, uint96 amount) external;

    /// @notice Tops up what a consumer signed, from its allowance, with a permit if there is one.
    /// @param t The consumer's TopUp and its signature of it.
    /// @param p The permit. One that fails is passed over: it may have been used already, and the allowance decides.
    /// @dev Pulls what is missing to `t.deposited`, plus the fee: less than signed if somebody topped up meanwhile.
    function topUpPermit(TopUp calldata t, Permit calldata p) external;

    /// @notice Tops up what a consumer signed, by an EIP-3009 authorisation of the token.
    /// @param t The consumer's TopUp; `r` and `vs` are its signature of the *authorisation*: ReceiveWithAuthorization
    /// of `deposited` minus the present deposit plus `fee`, to this contract, valid after 0 and before `deadline`, with
    /// the EIP-712 digest of the TopUp as nonce.
    /// @dev The nonce binds the hub, the amounts, the relayer and this contract, so one signature is enough.
    function topUpAuth(TopUp calldata t) external;

    /// @notice The address at which plain transfers for the channel of `consumer` with `hub` wait.
    /// @dev Reverts with a token that has no derived addresses, and for whom nothing can be swept into a channel.
    function depositAddress(address hub, address consumer, uint96 cap) external view returns (address);

    /// @notice Puts what waits at deposit addresses into the channels they are for.
    /// @param fee What the caller takes from each, or the address's `cap` if that is less.
    /// @dev Anyone may call it: the money has one place to go. One base unit stays at each address, so that the next
    /// transfer to it finds its slot. At least `minTopUp`, and at least as much as the fee, arrives; an item that cannot
    /// do that, whose channel is leaving or full, or whose hub is retired is skipped with an event, and waits.
    function sweep(uint96 fee, Deposit[] calldata items) external;

    /// @notice Gives `amount` of what waits at a deposit address of the caller back to it.
    function takeBack(address hub, uint96 cap, uint96 amount) external;

    /// @notice Gives what waits at a deposit address back to its consumer, as it signed it. The caller gets the fee now.
    function takeBackFor(TakeBack calldata t) external;

    /// @notice Starts to leave `hub`: after `delay` the rest of the caller's deposit can be taken back.
    function requestExit(address hub) external;

    /// @notice Starts to leave, as the consumer signed it. The caller is owed the fee when the exit is finalised.
    /// @dev The fee waits because until then the hub's promises come first. What is left pays it as far as it goes.
    function requestExitFor(Leave calldata l) external;

    /// @notice Closes a channel whose delay is over and pays the rest to the consumer.
    /// @dev Anyone may call it: the money has one place to go. `settled` stays, so totals continue after coming back.
    function finalizeExit(address hub, address consumer) external;

    /// @notice Closes the caller's channel at once, as the hub signed it.
    /// @dev Not for a retired hub. Also calls off a delayed exit that is under way; a fee owed for that is paid.
    function coopExit(address hub, Close calldata c) external;

    /// @notice Closes a channel at once, as both the hub and the consumer signed it: the consumer a LeaveNow with the
    /// `settled` of the Close. The caller gets the fee now.
    function coopExitFor(Leave calldata l, Close calldata c) external;
}
