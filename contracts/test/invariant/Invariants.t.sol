// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Token} from "../../src/Token.sol";
import {HookToken, Hook} from "../support/Tokens.sol";
import {Handler} from "./Handler.sol";

/// What always holds, whatever anybody does in whatever order. INVARIANTS.md says it in words.
contract InvariantsTest {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Handler internal handler;

    function setUp() public virtual {
        Token t = _token();
        handler = new Handler(t);
        t.transfer(address(handler), t.balanceOf(address(this)));
        handler.begin();
    }

    function _token() internal virtual returns (Token) {
        return new Token(address(this));
    }

    function targetContracts() public view returns (address[] memory all) {
        all = new address[](1);
        all[0] = address(handler);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory all) {
        bytes4[] memory s = new bytes4[](26);
        s[0] = Handler.passTime.selector;
        s[1] = Handler.openHub.selector;
        s[2] = Handler.fund.selector;
        s[3] = Handler.withdraw.selector;
        s[4] = Handler.retire.selector;
        s[5] = Handler.collect.selector;
        s[6] = Handler.settle.selector;
        s[7] = Handler.push.selector;
        s[8] = Handler.announceCut.selector;
        s[9] = Handler.cutReserve.selector;
        s[10] = handler.topUp.selector;
        s[11] = handler.topUpFor.selector;
        s[12] = handler.requestExit.selector;
        s[13] = handler.finalizeExit.selector;
        s[14] = handler.coopExit.selector;
        s[15] = handler.replay.selector;
        s[16] = Handler.collect.selector;
        s[17] = Handler.settle.selector;
        s[18] = handler.topUp.selector;
        s[19] = handler.send.selector;
        s[20] = handler.send.selector;
        s[21] = handler.sweep.selector;
        s[22] = handler.sweep.selector;
        s[23] = handler.takeBack.selector;
        s[24] = handler.takeBackFor.selector;
        s[25] = handler.replayTakeBack.selector;
        all = new FuzzSelector[](1);
        all[0] = FuzzSelector(address(handler), s);
    }

    function invariant_books() public view {
        handler.checkHeld();
        handler.checkFlow();
        handler.checkConsumers();
        handler.checkPayees();
        handler.checkWaiting();
    }
}

/// Asks the contract for something whenever tokens move, as whoever is called.
contract Meddler is Hook {
    Handler internal handler;
    bytes[] internal calls;
    uint256 internal next;

    constructor(Handler handler_) {
        handler = handler_;
        address h = address(0x0a01);
        calls.push(abi.encodeWithSignature("withdraw(address,uint96)", h, 1));
        calls.push(abi.encodeWithSignature("finalizeExit(address,address)", h, h));
        calls.push(abi.encodeWithSignature("requestExit(address)", h));
        calls.push(abi.encodeWithSignature("fund(address,uint96)", h, 1));
        calls.push(abi.encodeWithSignature("topUp(address,address,uint96)", h, address(this), 1));
        calls.push(abi.encodeWithSignature("sweep(uint96,(address,address,uint96)[])", 1, new uint256[](0)));
        calls.push(abi.encodeWithSignature("takeBack(address,uint96,uint96)", h, 0, 1));
    }

    function tokensMoved(address, address, uint256) external {
        (bool ok,) = address(handler.hubs()).call(calls[next++ % calls.length]);
        require(!ok, "a call got in while tokens moved");
    }
}

/// The same with a token that calls everybody back.
contract HookInvariantsTest is InvariantsTest {
    function setUp() public override {
        super.setUp();
        Meddler m = new Meddler(handler);
        HookToken t = HookToken(address(handler.token()));
        for (uint160 i = 1; i <= 3; ++i) {
            t.setHook(address(0xb000 + i), address(m));
            t.setHook(address(0x0a00 + i), address(m));
        }
        t.setHook(address(0xbad), address(m));
    }

    function _token() internal override returns (Token) {
        return new HookToken(address(this));
    }
}
