// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Hubs} from "../src/Hubs.sol";
import {IHubs} from "../src/interfaces/IHubs.sol";
import {Fixture} from "./support/Fixture.sol";
import {Signing} from "./support/Signing.sol";
import {vm} from "./support/Vm.sol";

/// The vectors that Go made. Their digests are those of the types as IHubs writes them, and the contract takes exactly
/// the good signatures. For that it is moved to the vectors' address and chain.
contract VectorsTest is Fixture {
    using Signing for Signing.Domain;

    string private _json;
    string private _path;

    function setUp() public override {
        super.setUp();
        vm.chainId(31337);
        domain = Signing.Domain(31337, 0x1000000000000000000000000000000000000001);
        vm.etch(domain.where, address(hubs).code);
        hubs = Hubs(domain.where);
        token.approve(domain.where, type(uint256).max);
        _at(START); // the vectors' time
    }

    /* ------------------------------------------------------ reading ----------------------------------------------- */

    function _uint(string memory field) private view returns (uint256) {
        return vm.parseJsonUint(_json, string.concat(_path, ".message.", field));
    }

    function _address(string memory field) private view returns (address) {
        return vm.parseJsonAddress(_json, string.concat(_path, ".message.", field));
    }

    function _word(string memory field) private view returns (bytes32) {
        return vm.parseJsonBytes32(_json, string.concat(_path, ".message.", field));
    }

    function _signer() private view returns (address) {
        return vm.parseJsonAddress(_json, string.concat(_path, ".signer"));
    }

    function _good() private view returns (bool) {
        return vm.parseJsonBool(_json, string.concat(_path, ".good"));
    }

    function _signature() private view returns (bytes32 r, bytes32 vs) {
        bytes memory s = vm.parseJsonBytes(_json, string.concat(_path, ".signature"));
        return abi.decode(s, (bytes32, bytes32));
    }

    function _type() private view returns (bytes32) {
        return keccak256(bytes(vm.parseJsonString(_json, ".type")));
    }

    function _checkHash(bytes memory words) private view {
        bytes32 structHash = keccak256(abi.encodePacked(_type(), words));
        yes(vm.parseJsonBytes32(_json, string.concat(_path, ".hash")) == domain.digest(structHash), "digest");
    }

    /// @dev Runs `check` on every case, each in the same state, and insists that there are good and bad ones.
    function _each(string memory kind, function() internal check) private {
        _json = vm.readFile(string.concat("vectors/", kind, ".json"));
        uint256 good;
        uint256 n;
        uint256 state = vm.snapshotState();
        for (;; ++n) {
            string memory path = string.concat(".cases[", vm.toString(n), "]");
            if (!vm.keyExistsJson(_json, path)) break;
            _path = path;
            if (_good()) ++good;
            check();
            vm.revertToState(state);
            state = vm.snapshotState();
        }
        yes(good != 0 && good < n, "good and bad cases");
    }

    /// @dev Whether a call is accepted.
    function _accepts(address who, bytes memory data) private returns (bool ok) {
        vm.prank(who);
        (ok,) = address(hubs).call(data);
    }

    /* ------------------------------------------------------- kinds ------------------------------------------------- */

    function test_promise() public {
        _each("promise", _promise);
    }

    function _promise() private {
        (bytes32 r, bytes32 vs) = _signature();
        address h = _address("hub");
        uint96 total = uint96(_uint("total"));
        _checkHash(abi.encode(h, total, _word("hashlock"), _word("order")));
        hubs.topUp(h, _signer(), 100e18);
        IHubs.Claim[] memory all = new IHubs.Claim[](1);
        all[0] = IHubs.Claim(_signer(), total, _word("preimage"), _word("order"), r, vs);
        hubs.collect(h, all);
        eq(_free(h), _good() ? total : 0, "collected");
    }

    function test_payout() public {
        _each("payout", _payoutCase);
    }

    function _payoutCase() private {
        (bytes32 r, bytes32 vs) = _signature();
        (address payee, uint96 total, uint64 expiry) =
            (_address("payee"), uint96(_uint("total")), uint64(_uint("expiry")));
        _checkHash(abi.encode(payee, total, expiry, _word("hashlock")));
        address h = _signer();
        hubs.topUp(h, alice, 100e18);
        IHubs.Claim[] memory claims = new IHubs.Claim[](1);
        claims[0] = domain.claim(ALICE, h, 100e18, 0);
        hubs.collect(h, claims);
        IHubs.Payout[] memory all = new IHubs.Payout[](1);
        all[0] = IHubs.Payout(payee, total, expiry, _word("preimage"), r, vs);
        hubs.settle(h, all);
        eq(token.balanceOf(payee), _good() ? total : 0, "paid");
    }

    function test_close() public {
        _each("close", _closeCase);
    }

    function _closeCase() private {
        (bytes32 r, bytes32 vs) = _signature();
        address consumer = _address("consumer");
        IHubs.Close memory k =
            IHubs.Close(uint96(_uint("deposited")), uint96(_uint("settled")), uint64(_uint("expiry")), r, vs);
        _checkHash(abi.encode(consumer, k.deposited, k.settled, k.expiry));
        hubs.topUp(_signer(), consumer, k.deposited);
        yes(_accepts(consumer, abi.encodeCall(IHubs.coopExit, (_signer(), k))) == _good(), "verdict");
    }

    function test_topUp() public {
        _each("topup", _topUpCase);
    }

    function _topUpCase() private {
        (bytes32 r, bytes32 vs) = _signature();
        address consumer = _signer();
        address by = _address("relayer");
        IHubs.TopUp memory t = IHubs.TopUp(
            _address("hub"), consumer, uint96(_uint("deposited")), uint96(_uint("fee")), by, _uint("deadline"), r, vs
        );
        _checkHash(abi.encode(t.hub, t.deposited, t.fee, t.relayer, t.deadline));
        token.transfer(consumer, 1000e18);
        vm.prank(consumer);
        token.approve(address(hubs), 1000e18);
        yes(_accepts(by, abi.encodeCall(IHubs.topUpPermit, (t, _noPermit()))) == _good(), "verdict");
    }

    function test_leave() public {
        _each("leave", _leaveCase);
    }

    function _leaveCase() private {
        (bytes32 r, bytes32 vs) = _signature();
        address by = _address("relayer");
        IHubs.Leave memory l = IHubs.Leave(
            _address("hub"), _signer(), uint96(_uint("deposited")), uint96(_uint("fee")), by, _uint("deadline"), r, vs
        );
        _checkHash(abi.encode(l.hub, l.deposited, l.fee, l.relayer, l.deadline));
        hubs.topUp(l.hub, l.consumer, l.deposited);
        yes(_accepts(by, abi.encodeCall(IHubs.requestExitFor, (l))) == _good(), "verdict");
    }

    function test_leaveNow() public {
        _each("leavenow", _leaveNowCase);
    }

    function _leaveNowCase() private {
        (bytes32 r, bytes32 vs) = _signature();
        address by = _address("relayer");
        uint96 settled = uint96(_uint("settled"));
        IHubs.Leave memory l = IHubs.Leave(
            _address("hub"), _signer(), uint96(_uint("deposited")), uint96(_uint("fee")), by, _uint("deadline"), r, vs
        );
        _checkHash(abi.encode(l.hub, l.deposited, settled, l.fee, l.relayer, l.deadline));
        hubs.topUp(l.hub, l.consumer, l.deposited);
        uint256 key = uint256(keccak256("wherry vectors hub"));
        IHubs.Close memory k = domain.close(key, l.consumer, l.deposited, settled, uint64(l.deadline));
        yes(_accepts(by, abi.encodeCall(IHubs.coopExitFor, (l, k))) == _good(), "verdict");
    }

    function test_takeBack() public {
        _each("takeback", _takeBackCase);
    }

    function _takeBackCase() private {
        (bytes32 r, bytes32 vs) = _signature();
        address by = _address("relayer");
        IHubs.TakeBack memory t = IHubs.TakeBack(
            _address("hub"),
            _signer(),
            uint96(_uint("cap")),
            uint96(_uint("amount")),
            uint96(_uint("fee")),
            by,
            _uint("deadline"),
            r,
            vs
        );
        _checkHash(abi.encode(t.hub, t.cap, t.amount, t.fee, t.relayer, t.deadline));
        token.transfer(hubs.depositAddress(t.hub, t.consumer, t.cap), t.amount);
        yes(_accepts(by, abi.encodeCall(IHubs.takeBackFor, (t))) == _good(), "verdict");
    }

    /// Signed by nobody: there are addresses in place of digests.
    function test_deposit() public {
        _json = vm.readFile("vectors/deposit.json");
        uint256 n;
        for (;; ++n) {
            _path = string.concat(".cases[", vm.toString(n), "]");
            if (!vm.keyExistsJson(_json, _path)) break;
            (address h, address consumer, uint96 cap) = (_address("hub"), _address("consumer"), uint96(_uint("cap")));
            address parent = vm.parseJsonAddress(_json, string.concat(_path, ".contract"));
            address spot = address(uint160(uint256(vm.parseJsonBytes32(_json, string.concat(_path, ".hash")))));
            yes(_type() == keccak256("Deposit(address hub,address consumer,uint96 cap)"), "type");
            yes(token.addressFor(parent, Signing.depositHash(h, consumer, cap)) == spot, "the token's address");
            if (parent == domain.where) yes(hubs.depositAddress(h, consumer, cap) == spot, "the contract's address");
        }
        eq(n, 6, "cases");
    }

    function test_owner() public {
        _each("owner", _ownerCase);
    }

    function _ownerCase() private {
        (bytes32 r, bytes32 vs) = _signature();
        address to = _address("owner");
        _checkHash(abi.encode(to));
        yes(_accepts(to, abi.encodeCall(IHubs.openHub, (_signer(), 0, r, vs))) == _good(), "verdict");
    }

    /// Signed off chain only, so there is but the digest to compare.
    function test_payee() public {
        _each("payee", _payeeCase);
    }

    function _payeeCase() private {
        _checkHash(
            abi.encode(_address("provider"), _address("payee"), _uint("chainId"), _address("contract"), _uint("seq"))
        );
    }

    function test_order() public {
        _json = vm.readFile("vectors/order.json");
        _path = ".cases[0]";
        bytes memory words = abi.encode(
            _type(),
            _address("provider"),
            _uint("chainB"),
            _address("contractB"),
            _uint("amount"),
            _uint("seq"),
            _word("session")
        );
        yes(vm.parseJsonBytes32(_json, ".cases[0].hash") == keccak256(words), "struct hash");
    }
}
