// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Makes a key and a signature of a given digest whose s is just above half the order, which the compact form
/// can still carry. Such a signature has a second form with a low s, so it must not count.
library HighS {
    uint256 internal constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    /// The x of the curve's generator: r, if the signature's secret number is one. Its y is even.
    uint256 internal constant GX = 0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798;

    function make(bytes32 digest) internal view returns (uint256 key, bytes32 r, bytes32 vs) {
        uint256 s = ORDER / 2 + 1;
        // s = (digest + r * key) / 1, so:
        uint256 z = uint256(digest) % ORDER;
        key = mulmod(addmod(s, ORDER - z, ORDER), inverse(GX), ORDER);
        return (key, bytes32(GX), bytes32(s));
    }

    function inverse(uint256 a) internal view returns (uint256) {
        (bool ok, bytes memory out) =
            address(5).staticcall(abi.encode(uint256(32), uint256(32), uint256(32), a, ORDER - 2, ORDER));
        require(ok);
        return abi.decode(out, (uint256));
    }
}
