// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "solady/tokens/ERC20.sol";

import {Token} from "../../src/Token.sol";

/// @notice Says yes to every call and does nothing: what a token with a fallback does that nobody meant.
contract PermissiveToken {
    uint256 public balance = 7;

    function totalSupply() external pure returns (uint256) {
        return 1e27;
    }

    function balanceOf(address) external view returns (uint256) {
        return balance;
    }

    function transferFrom(address, address, uint256) external pure returns (bool) {
        return true;
    }

    function set(uint256 balance_) external {
        balance = balance_;
    }

    fallback() external {}
}

/// @notice Keeps a hundredth of every transfer.
contract FeeToken is Token {
    constructor(address holder) Token(holder) {}

    function _afterTokenTransfer(address from, address to, uint256 amount) internal override {
        if (from != address(0) && to != address(0xfee)) _transfer(to, address(0xfee), amount / 100);
    }
}

/// @notice Returns nothing, as the first tokens did.
contract SilentToken {
    mapping(address => uint256) public balanceOf;
    uint256 public totalSupply = 1e27;

    constructor(address holder) {
        balanceOf[holder] = 1e27;
    }

    function approve(address, uint256) external {}

    function transfer(address to, uint256 amount) external {
        _move(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) external {
        _move(from, to, amount);
    }

    function _move(address from, address to, uint256 amount) private {
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}

/// @notice Refuses transfers to whom it does not like.
contract BlacklistToken is Token {
    mapping(address => bool) public refused;
    mapping(address => bool) public refusedFrom;

    constructor(address holder) Token(holder) {}

    function refuseFrom(address who, bool yes) external {
        refusedFrom[who] = yes;
    }

    function refuse(address who, bool yes) external {
        refused[who] = yes;
    }

    function _beforeTokenTransfer(address from, address to, uint256) internal view override {
        require(!refused[to] && !refusedFrom[from], "refused");
    }
}

/// @notice Calls whoever receives tokens, and whoever sends them, as ERC-777 does.
interface Hook {
    function tokensMoved(address from, address to, uint256 amount) external;
}

contract HookToken is Token {
    mapping(address => address) public hooks;

    constructor(address holder) Token(holder) {}

    /// @dev Anybody for anybody: the tests need no registry.
    function setHook(address who, address hook) external {
        hooks[who] = hook;
    }

    function _beforeTokenTransfer(address from, address to, uint256 amount) internal override {
        _call(from, from, to, amount);
    }

    function _afterTokenTransfer(address from, address to, uint256 amount) internal override {
        _call(to, from, to, amount);
    }

    function _call(address who, address from, address to, uint256 amount) private {
        address hook = hooks[who];
        if (hook != address(0)) Hook(hook).tokensMoved(from, to, amount);
    }
}

/// @notice More than fits.
contract HugeToken is ERC20 {
    constructor() {
        _mint(msg.sender, 1 << 95);
    }

    function name() public pure override returns (string memory) {
        return "Huge";
    }

    function symbol() public pure override returns (string memory) {
        return "HUGE";
    }
}
