// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IHubs} from "../../src/interfaces/IHubs.sol";
import {Signing} from "../support/Signing.sol";
import {vm} from "../support/Vm.sol";
import {World} from "./World.sol";

/// @notice What consumers, those who pay for them and relayers do: rightly, wrongly and again.
abstract contract Consumers is World {
    using Signing for Signing.Domain;

    function topUp(uint256 seed) external seeded(seed) {
        (uint256 h, uint256 c) = (_r(2), _r(3));
        address who = _somebody();
        uint96 amount = _r(4) == 0 ? uint96(_r(2e18)) : _amount();
        In memory i = _in(h, c);
        bool should = amount != 0 && i.exitAt == 0 && (who == consumers[c] || amount >= MIN);
        _call(who, abi.encodeCall(IHubs.topUp, (hubAt[h], consumers[c], amount)), should);
        require(_in(h, c).deposited == i.deposited + (should ? amount : 0), "deposited");
    }

    /// With a signed TopUp: the allowance stands, or an authorisation goes with it.
    function topUpFor(uint256 seed) external seeded(seed) {
        (uint256 h, uint256 c) = (_r(2), _r(3));
        address who = _somebody();
        In memory i = _in(h, c);
        IHubs.TopUp memory t;
        t.hub = hubAt[h];
        t.deposited = i.deposited + _amount();
        if (_r(6) == 0) t.deposited = uint96(_r(i.deposited + 1));
        t.fee = _r(2) == 0 ? 0 : uint96(_r(3e18));
        t.relayer = _r(3) == 0 ? address(0) : _r(8) == 0 ? address(0xdead) : who;
        t.deadline = time + LIFE - _r(20) + (_r(10) == 0 ? 30 : 0);
        t = domain.topUp(keys[c], t);

        bool should = t.deposited > i.deposited && i.exitAt == 0 && t.relayer != address(0xdead)
            && t.deadline <= time + LIFE && t.deadline > i.notBefore;
        uint256 had = token.balanceOf(consumers[c]);
        uint256 earned = token.balanceOf(who);
        if (_r(2) == 0) {
            IHubs.Permit memory none;
            _call(who, abi.encodeCall(IHubs.topUpPermit, (t, none)), should);
            if (should) usedTopUps.push(t);
        } else {
            uint256 value = t.deposited > i.deposited ? uint256(t.deposited - i.deposited) + t.fee : 0;
            bytes32 digest = Signing.authDigest(
                Signing.Domain(block.chainid, address(token)),
                true,
                consumers[c],
                address(hubs),
                value,
                t.deadline,
                domain.digest(Signing.topUpHash(t))
            );
            (bytes32 r, bytes32 vs) = (t.r, t.vs);
            (t.r, t.vs) = Signing.compact(keys[c], digest);
            _call(who, abi.encodeCall(IHubs.topUpAuth, (t)), should);
            (t.r, t.vs) = (r, vs);
            if (should) usedTopUps.push(t); // its TopUp was not used, but must not add a second deposit either
        }
        if (!should) return;
        require(_in(h, c).deposited == t.deposited, "deposited");
        if (who != consumers[c]) {
            require(had - token.balanceOf(consumers[c]) == t.deposited - i.deposited + t.fee, "pulled as signed");
            require(token.balanceOf(who) - earned == t.fee, "fee as signed");
        }
        // The fee was in and out again within the call.
        wentIn += t.fee;
        cameOut += t.fee;
    }

    function requestExit(uint256 seed) external seeded(seed) {
        (uint256 h, uint256 c) = (_r(2), _r(3));
        In memory i = _in(h, c);
        bool should = i.exitAt == 0 && i.deposited > i.settled;
        if (_r(2) == 0) {
            _call(consumers[c], abi.encodeCall(IHubs.requestExit, (hubAt[h])), should);
        } else {
            address who = _somebody();
            IHubs.Leave memory l = _leave(h, c, i, who);
            should = should && _valid(l, i) && l.fee <= i.deposited - i.settled;
            _call(who, abi.encodeCall(IHubs.requestExitFor, (l)), should);
            if (should) usedLeaves.push(l);
        }
        require(_in(h, c).exitAt == (should ? time + DELAY : i.exitAt), "exitAt");
        require(_in(h, c).deposited == i.deposited, "nothing leaves before its time");
    }

    function finalizeExit(uint256 seed) external seeded(seed) {
        (uint256 h, uint256 c) = (_r(2), _r(3));
        In memory i = _in(h, c);
        (address relayer, uint96 fee) = hubs.owed(hubAt[h], consumers[c]);
        uint256 had = token.balanceOf(consumers[c]) + (relayer == consumers[c] ? 0 : token.balanceOf(relayer));
        bool should = i.exitAt != 0 && time >= i.exitAt;
        _call(_somebody(), abi.encodeCall(IHubs.finalizeExit, (hubAt[h], consumers[c])), should);
        if (!should) return;
        uint256 has = token.balanceOf(consumers[c]) + (relayer == consumers[c] ? 0 : token.balanceOf(relayer));
        require(has - had == i.deposited - i.settled, "pays exactly the rest");
        require(fee == 0 || relayer != address(0), "a fee is owed to somebody");
        _closed(h, c, i.settled);
    }

    function coopExit(uint256 seed) external seeded(seed) {
        (uint256 h, uint256 c) = (_r(2), _r(3));
        In memory i = _in(h, c);
        uint96 settled = uint96(i.settled + _r(i.deposited - i.settled + 1));
        if (_r(8) == 0) settled = uint96(_r(i.deposited + 2));
        uint64 expiry = uint64(time + LIFE - _r(20) + (_r(10) == 0 ? 30 : 0));
        uint256 key = _r(8) == 0 ? keys[c] : hubKeys[h];
        IHubs.Close memory k = domain.close(key, consumers[c], i.deposited, settled, expiry);
        bool should = !_hub(h).retired && expiry <= time + LIFE && expiry > i.notBefore && i.deposited > i.settled
            && settled >= i.settled && settled <= i.deposited && key == hubKeys[h];
        uint96 free = _hub(h).free;

        if (_r(2) == 0) {
            _call(consumers[c], abi.encodeCall(IHubs.coopExit, (hubAt[h], k)), should);
        } else {
            address who = _somebody();
            (IHubs.Leave memory l, bool agrees) = _leaveNow(h, c, i, who, settled);
            should = should && agrees && _valid(l, i) && l.fee <= i.deposited - settled;
            _call(who, abi.encodeCall(IHubs.coopExitFor, (l, k)), should);
            if (should) usedLeaves.push(l);
        }
        if (!should) return;
        usedCloses.push(k);
        closeOf.push(consumers[c]);
        closeAt.push(h);
        promised[h][c] = _max(promised[h][c], settled); // leaving was the consumer's word for it
        require(_hub(h).free == free + settled - i.settled, "the hub gets what it is due");
        _closed(h, c, settled);
    }

    /// Whatever was used once never works again, whoever tries and whatever happened since.
    function replay(uint256 seed) external seeded(seed) {
        uint256 what = _r(4);
        if (what == 0 && usedTopUps.length != 0) {
            IHubs.TopUp memory t = usedTopUps[_r(usedTopUps.length)];
            IHubs.Permit memory none;
            address who = t.relayer == address(0) ? _somebody() : t.relayer;
            _call(who, abi.encodeCall(IHubs.topUpPermit, (t, none)), false);
        } else if (what == 1 && usedLeaves.length != 0) {
            IHubs.Leave memory l = usedLeaves[_r(usedLeaves.length)];
            _call(l.relayer == address(0) ? _somebody() : l.relayer, abi.encodeCall(IHubs.requestExitFor, (l)), false);
        } else if (what == 2 && usedCloses.length != 0) {
            uint256 n = _r(usedCloses.length);
            _call(closeOf[n], abi.encodeCall(IHubs.coopExit, (hubAt[closeAt[n]], usedCloses[n])), false);
        } else if (what == 3 && usedCloses.length != 0 && usedLeaves.length != 0) {
            IHubs.Leave memory l = usedLeaves[usedLeaves.length - 1];
            IHubs.Close memory k = usedCloses[usedCloses.length - 1];
            _call(l.relayer == address(0) ? _somebody() : l.relayer, abi.encodeCall(IHubs.coopExitFor, (l, k)), false);
        }
    }

    function _leave(uint256 h, uint256 c, In memory i, address who) private returns (IHubs.Leave memory l) {
        l.hub = hubAt[h];
        l.deposited = i.deposited + (_r(10) == 0 ? 1 : 0);
        l.fee = _r(2) == 0 ? 0 : uint96(_r(3e18));
        l.relayer = _r(3) == 0 ? address(0) : who;
        l.deadline = time + LIFE - _r(20) + (_r(10) == 0 ? 30 : 0);
        return domain.leaving(keys[c], l);
    }

    /// @dev The consumer agrees to what the hub keeps, to something else, or to leave after the delay alone.
    function _leaveNow(uint256 h, uint256 c, In memory i, address who, uint96 settled)
        private
        returns (IHubs.Leave memory l, bool agrees)
    {
        l = _leave(h, c, i, who);
        if (_r(8) == 0) return (l, false);
        agrees = _r(8) != 0;
        l = domain.leavingNow(keys[c], l, agrees ? settled : settled + 1);
    }

    function _valid(IHubs.Leave memory l, In memory i) private view returns (bool) {
        return l.deposited == i.deposited && l.deadline <= time + LIFE && l.deadline > i.notBefore;
    }

    function _closed(uint256 h, uint256 c, uint96 settled) private view {
        In memory i = _in(h, c);
        require(i.exitAt == 0 && i.deposited == settled && i.settled == settled, "closed");
        (address relayer, uint96 fee) = hubs.owed(hubAt[h], consumers[c]);
        require(relayer == address(0) && fee == 0, "nothing stays owed");
    }
}
