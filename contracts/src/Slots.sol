// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHubs} from "./interfaces/IHubs.sol";

/// @title Slots
/// @notice How `Hubs` keeps a hub, a consumer's channel and a payee's account in one storage slot each.
/// @dev Each has a form in memory that is worked on, and a word that is stored. The compiler's own packing would read
/// and write the slot once per field.
library Slots {
    /// @notice A hub: owner (low 160 bits), free (95 bits), retired (1 bit).
    struct Hub {
        address owner;
        uint96 free;
        bool retired;
    }

    /// @notice A consumer's channel: deposited (96 bits), settled (96), mark (62), stage (2).
    struct In {
        uint96 deposited;
        uint96 settled;
        /// While it leaves, when it can; while it is open, the time up to which signatures are void: when it was last
        /// closed by agreement, or else the second before it opened. Zero after a delayed exit, so that the slot of
        /// a channel that nothing was ever settled of is given back.
        uint64 mark;
        Stage stage;
    }

    /// @notice Whether a channel is leaving, and whether a relayer's fee waits for the end of that.
    enum Stage {
        Open,
        Leaving,
        LeavingOwing
    }

    /// @notice A payee's account: settled (96 bits), reserved (96), unlockAt (64).
    struct Out {
        uint96 settled;
        uint96 reserved;
        uint64 unlockAt;
    }

    /// @notice The most that a hub can have free, and the largest supply of a token.
    uint256 internal constant FREE_MAX = (1 << 95) - 1;

    uint256 private constant TIME = (1 << 62) - 1;

    function hub(uint256 word_) internal pure returns (Hub memory h) {
        h.owner = address(uint160(word_));
        h.free = uint96(word_ >> 160 & FREE_MAX);
        h.retired = word_ >> 255 != 0;
    }

    /// @dev `free` fits: it is at most the token's supply, which the constructor of `Hubs` saw to be below 2^95. With a
    /// token that was minted beyond that later, the call fails.
    function word(Hub memory h) internal pure returns (uint256) {
        if (h.free > FREE_MAX) revert IHubs.AmountTooLarge();
        return uint160(h.owner) | uint256(h.free) << 160 | (h.retired ? 1 << 255 : 0);
    }

    function channel(uint256 word_) internal pure returns (In memory c) {
        c.deposited = uint96(word_);
        c.settled = uint96(word_ >> 96);
        c.mark = uint64(word_ >> 192 & TIME);
        c.stage = Stage(word_ >> 254);
    }

    function word(In memory c) internal pure returns (uint256) {
        return c.deposited | uint256(c.settled) << 96 | uint256(c.mark) << 192 | uint256(c.stage) << 254;
    }

    function account(uint256 word_) internal pure returns (Out memory o) {
        o.settled = uint96(word_);
        o.reserved = uint96(word_ >> 96);
        o.unlockAt = uint64(word_ >> 192);
    }

    function word(Out memory o) internal pure returns (uint256) {
        return o.settled | uint256(o.reserved) << 96 | uint256(o.unlockAt) << 192;
    }
}
