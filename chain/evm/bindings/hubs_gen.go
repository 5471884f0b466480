// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package bindings

import (
	"bytes"
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Reference imports to suppress errors if they are not otherwise used.
var (
	_ = bytes.Equal
	_ = errors.New
	_ = big.NewInt
	_ = common.Big1
	_ = types.BloomLookup
	_ = abi.ConvertType
)

// IHubsClaim is an auto generated low-level Go binding around an user-defined struct.
type IHubsClaim struct {
	Consumer common.Address
	Total    *big.Int
	Preimage [32]byte
	Order    [32]byte
	R        [32]byte
	Vs       [32]byte
}

// IHubsClose is an auto generated low-level Go binding around an user-defined struct.
type IHubsClose struct {
	Deposited *big.Int
	Settled   *big.Int
	Expiry    uint64
	R         [32]byte
	Vs        [32]byte
}

// IHubsItem is an auto generated low-level Go binding around an user-defined struct.
type IHubsItem struct {
	Payee   common.Address
	Total   *big.Int
	Reserve *big.Int
}

// IHubsLeave is an auto generated low-level Go binding around an user-defined struct.
type IHubsLeave struct {
	Hub       common.Address
	Consumer  common.Address
	Deposited *big.Int
	Fee       *big.Int
	Relayer   common.Address
	Deadline  *big.Int
	R         [32]byte
	Vs        [32]byte
}

// IHubsPayout is an auto generated low-level Go binding around an user-defined struct.
type IHubsPayout struct {
	Payee    common.Address
	Total    *big.Int
	Expiry   uint64
	Preimage [32]byte
	R        [32]byte
	Vs       [32]byte
}

// IHubsPermit is an auto generated low-level Go binding around an user-defined struct.
type IHubsPermit struct {
	Value    *big.Int
	Deadline *big.Int
	R        [32]byte
	Vs       [32]byte
}

// IHubsTopUp is an auto generated low-level Go binding around an user-defined struct.
type IHubsTopUp struct {
	Hub       common.Address
	Consumer  common.Address
	Deposited *big.Int
	Fee       *big.Int
	Relayer   common.Address
	Deadline  *big.Int
	R         [32]byte
	Vs        [32]byte
}

// HubsMetaData contains all meta data concerning the Hubs contract.
var HubsMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"address\",\"name\":\"token_\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"delay_\",\"type\":\"uint64\"},{\"internalType\":\"uint96\",\"name\":\"minTopUp_\",\"type\":\"uint96\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[],\"name\":\"AlreadyLeaving\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"AlreadyOpen\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"AmountTooLarge\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadAccount\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadParameter\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadSignature\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BelowMinimum\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"DeadlineTooFar\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"HubRetired\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"InsufficientFunds\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotAllowed\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotLeaving\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotOpen\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NothingDeposited\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OtherRelayer\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"Reentered\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"SignatureExpired\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"SignatureVoid\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"TooEarly\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"WrongAmountReceived\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"WrongState\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ZeroAmount\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"settled\",\"type\":\"uint96\"}],\"name\":\"Collected\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"payee\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"unlockAt\",\"type\":\"uint64\"}],\"name\":\"CutAnnounced\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"exitAt\",\"type\":\"uint64\"}],\"name\":\"ExitRequested\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"settled\",\"type\":\"uint96\"}],\"name\":\"Exited\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"relayer\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"fee\",\"type\":\"uint96\"}],\"name\":\"FeePaid\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"free\",\"type\":\"uint96\"}],\"name\":\"Funded\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"}],\"name\":\"HubOpened\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"payee\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"reserved\",\"type\":\"uint96\"}],\"name\":\"Reserved\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"}],\"name\":\"Retired\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"hashlock\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"preimage\",\"type\":\"bytes32\"}],\"name\":\"Revealed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"payee\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"settled\",\"type\":\"uint96\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"reserved\",\"type\":\"uint96\"}],\"name\":\"Settled\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"payee\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"missing\",\"type\":\"uint96\"}],\"name\":\"Shortfall\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"total\",\"type\":\"uint96\"},{\"indexed\":false,\"internalType\":\"enumIHubs.Reason\",\"name\":\"reason\",\"type\":\"uint8\"}],\"name\":\"Skipped\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"deposited\",\"type\":\"uint96\"}],\"name\":\"ToppedUp\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"free\",\"type\":\"uint96\"}],\"name\":\"Withdrawn\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"DOMAIN_SEPARATOR\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"LIFE\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"payee\",\"type\":\"address\"}],\"name\":\"announceCut\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"components\":[{\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"total\",\"type\":\"uint96\"},{\"internalType\":\"bytes32\",\"name\":\"preimage\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"order\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"r\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vs\",\"type\":\"bytes32\"}],\"internalType\":\"structIHubs.Claim[]\",\"name\":\"claims\",\"type\":\"tuple[]\"}],\"name\":\"collect\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"components\":[{\"internalType\":\"uint96\",\"name\":\"deposited\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"settled\",\"type\":\"uint96\"},{\"internalType\":\"uint64\",\"name\":\"expiry\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"r\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vs\",\"type\":\"bytes32\"}],\"internalType\":\"structIHubs.Close\",\"name\":\"k\",\"type\":\"tuple\"}],\"name\":\"coopExit\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"deposited\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"fee\",\"type\":\"uint96\"},{\"internalType\":\"address\",\"name\":\"relayer\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"deadline\",\"type\":\"uint256\"},{\"internalType\":\"bytes32\",\"name\":\"r\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vs\",\"type\":\"bytes32\"}],\"internalType\":\"structIHubs.Leave\",\"name\":\"l\",\"type\":\"tuple\"},{\"components\":[{\"internalType\":\"uint96\",\"name\":\"deposited\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"settled\",\"type\":\"uint96\"},{\"internalType\":\"uint64\",\"name\":\"expiry\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"r\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vs\",\"type\":\"bytes32\"}],\"internalType\":\"structIHubs.Close\",\"name\":\"k\",\"type\":\"tuple\"}],\"name\":\"coopExitFor\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"payee\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"reserve\",\"type\":\"uint96\"}],\"name\":\"cutReserve\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"delay\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"eip712Domain\",\"outputs\":[{\"internalType\":\"bytes1\",\"name\":\"fields\",\"type\":\"bytes1\"},{\"internalType\":\"string\",\"name\":\"name\",\"type\":\"string\"},{\"internalType\":\"string\",\"name\":\"version\",\"type\":\"string\"},{\"internalType\":\"uint256\",\"name\":\"chainId\",\"type\":\"uint256\"},{\"internalType\":\"address\",\"name\":\"verifyingContract\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"salt\",\"type\":\"bytes32\"},{\"internalType\":\"uint256[]\",\"name\":\"extensions\",\"type\":\"uint256[]\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"}],\"name\":\"finalizeExit\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"}],\"name\":\"fund\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"}],\"name\":\"hubs\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"free\",\"type\":\"uint96\"},{\"internalType\":\"bool\",\"name\":\"retired\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"}],\"name\":\"ins\",\"outputs\":[{\"internalType\":\"uint96\",\"name\":\"deposited\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"settled\",\"type\":\"uint96\"},{\"internalType\":\"uint64\",\"name\":\"exitAt\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"notBefore\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"minTopUp\",\"outputs\":[{\"internalType\":\"uint96\",\"name\":\"\",\"type\":\"uint96\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"},{\"internalType\":\"bytes32\",\"name\":\"r\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vs\",\"type\":\"bytes32\"}],\"name\":\"openHub\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"payee\",\"type\":\"address\"}],\"name\":\"outs\",\"outputs\":[{\"internalType\":\"uint96\",\"name\":\"settled\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"reserved\",\"type\":\"uint96\"},{\"internalType\":\"uint64\",\"name\":\"unlockAt\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"}],\"name\":\"owed\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"relayer\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"fee\",\"type\":\"uint96\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"components\":[{\"internalType\":\"address\",\"name\":\"payee\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"total\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"reserve\",\"type\":\"uint96\"}],\"internalType\":\"structIHubs.Item[]\",\"name\":\"items\",\"type\":\"tuple[]\"}],\"name\":\"push\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"}],\"name\":\"requestExit\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"deposited\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"fee\",\"type\":\"uint96\"},{\"internalType\":\"address\",\"name\":\"relayer\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"deadline\",\"type\":\"uint256\"},{\"internalType\":\"bytes32\",\"name\":\"r\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vs\",\"type\":\"bytes32\"}],\"internalType\":\"structIHubs.Leave\",\"name\":\"l\",\"type\":\"tuple\"}],\"name\":\"requestExitFor\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"}],\"name\":\"retire\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"components\":[{\"internalType\":\"address\",\"name\":\"payee\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"total\",\"type\":\"uint96\"},{\"internalType\":\"uint64\",\"name\":\"expiry\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"preimage\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"r\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vs\",\"type\":\"bytes32\"}],\"internalType\":\"structIHubs.Payout[]\",\"name\":\"payouts\",\"type\":\"tuple[]\"}],\"name\":\"settle\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"token\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"}],\"name\":\"topUp\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"deposited\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"fee\",\"type\":\"uint96\"},{\"internalType\":\"address\",\"name\":\"relayer\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"deadline\",\"type\":\"uint256\"},{\"internalType\":\"bytes32\",\"name\":\"r\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vs\",\"type\":\"bytes32\"}],\"internalType\":\"structIHubs.TopUp\",\"name\":\"t\",\"type\":\"tuple\"}],\"name\":\"topUpAuth\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"deposited\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"fee\",\"type\":\"uint96\"},{\"internalType\":\"address\",\"name\":\"relayer\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"deadline\",\"type\":\"uint256\"},{\"internalType\":\"bytes32\",\"name\":\"r\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vs\",\"type\":\"bytes32\"}],\"internalType\":\"structIHubs.TopUp\",\"name\":\"t\",\"type\":\"tuple\"},{\"components\":[{\"internalType\":\"uint256\",\"name\":\"value\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"deadline\",\"type\":\"uint256\"},{\"internalType\":\"bytes32\",\"name\":\"r\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vs\",\"type\":\"bytes32\"}],\"internalType\":\"structIHubs.Permit\",\"name\":\"p\",\"type\":\"tuple\"}],\"name\":\"topUpPermit\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"}],\"name\":\"withdraw\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"}]",
	ID:  "Hubs",
	Bin: "0x61018080604052346102fe57606081614e2280380380916100208285610315565b8339810103126102fe5780516001600160a01b03811691908281036102fe576020820151916001600160401b038316908184036102fe5760400151936001600160601b03851685036102fe57306080524660a05260a0604051610084604082610315565b600481526020810190634875627360e01b8252604051916100a6604084610315565b600183526020830191603160f81b8352519020915190208160c0528060e052604051917f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f8352602083015260408201524660608201523060808201522061010052823b1590811561029b575b5061027e57610e10811090811561028d575b5061027e57610120526101405261016052604051614ad5908161034d82396080518181816105f7015281816119f201528181611e4f015281816125b3015261382a015260a0518181816105d4015281816119cf01528181611e2c015281816125900152613807015260c0518181816106e701528181611a540152818161202e015281816126b001526138b3015260e05181818161070d01528181611a7a01528181612054015281816126d601526138d90152610100518181816105b2015281816119ad01528181611e0a0152818161256e01526137e401526101205181818161016201528181610a6d01528181610e6a01528181611ebd01528181612e3d01528181612e700152818161365a015281816139160152818161410e01526149a50152610140518181816107cc015281816112ac0152818161147a01528181611bda015261331d015261016051818181610d0301526121a30152f35b634762470b60e11b5f5260045ffd5b6301e133809150115f610124565b6040516318160ddd60e01b81529150602090829060049082905afa90811561030a575f916102d4575b5060016001605f1b03105f610112565b90506020813d602011610302575b816102ef60209383610315565b810103126102fe57515f6102c4565b5f80fd5b3d91506102e2565b6040513d5f823e3d90fd5b601f909101601f19168101906001600160401b0382119082101761033857604052565b634e487b7160e01b5f52604160045260245ffdfe60806040526004361015610011575f80fd5b5f5f3560e01c806305d709d0146121c7578063067fb8b11461217f57806306b04ca8146120b55780631243abaf14611da357806328079e4a14611d2d57806328cb1e3814611b4957806333020fd814611ab55780633644e5151461199957806341f625fb1461175e57806342e867091461165057806346ed8e8914611633578063512410dd1461149e5780636a42b8f8146114595780637033b5e71461115057806378246ebb1461112b57806378f1373914610fda57806384b0196e14610eb65780638c8c3c9d14610d5257806396bd06ab14610c0f5780639e6371ba14610b27578063a6c9050114610904578063ac80b5fe14610746578063c05c3cc814610594578063ca3106ae14610523578063cc6d861614610410578063cf861304146101895763fc0c546a14610143575f80fd5b3461018657806003193601126101865760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b80fd5b5034610186576040600319360112610186576101a361226c565b6024359067ffffffffffffffff821161040c573660238301121561040c5781600401359167ffffffffffffffff831161040857366024606085028301011161040857835c6103e0576001845d6001600160a01b038216908185528460205261020e60408620546136ee565b906001600160a01b03825116331415806103c9575b6103a157602082016bffffffffffffffffffffffff81511690875b878110156103645760608102840190602482019161026361025e846123a4565b6140e8565b1561035957876102968a610276866123a4565b610282604486016123ee565b908b610290606488016123ee565b93614406565b92905b159485610310575b6001956102b3575b505050500161023e565b7f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d916103046102f560446102ee6001600160a01b03956123a4565b93016123ee565b95604051938493169683612731565b0390a35f8781806102a9565b915091929350600683101561032c5782151593929189916102a1565b60248c7f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b878b91600392610299565b888686856bffffffffffffffffffffffff86511603610385575b8280805d80f35b61038e90613727565b908252816020526040822055818061037e565b6004867f3d693ada000000000000000000000000000000000000000000000000000000008152fd5b503383141580610223575060408201511515610223565b6004847fb5dfd9e5000000000000000000000000000000000000000000000000000000008152fd5b8380fd5b8280fd5b50346101865760031936016101a0811261051f57610100136101865760a07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffefc36011261018657805c6104f7576001815d6001600160a01b03610470612378565b1681526001602052604081206001600160a01b0361048c61238e565b165f526020526104f16104a260405f2054612765565b6104ab816139e3565b6104c5816104b7612378565b6104bf61238e565b90612ab9565b6104cd612378565b906104d661238e565b906104df6123d3565b9167ffffffffffffffff4216936130a0565b80805d80f35b807fb5dfd9e50000000000000000000000000000000000000000000000000000000060049252fd5b5080fd5b50346101865760206003193601126101865761055b60406060926001600160a01b0361054d61226c565b1681528060205220546136ee565b6001600160a01b038151169060406bffffffffffffffffffffffff60208301511691015115159060405192835260208301526040820152f35b5034610186576105a3366122ce565b839291925c6103e0576001845d7f0000000000000000000000000000000000000000000000000000000000000000467f000000000000000000000000000000000000000000000000000000000000000014307f00000000000000000000000000000000000000000000000000000000000000001416156106b9575b6001600160a01b038316938486528560205261063d60408720546136ee565b9360208501926bffffffffffffffffffffffff84511694885b81811061069a5750505050506bffffffffffffffffffffffff9051160361067e578280805d80f35b61068790613727565b9082528160205260408220555f8061037e565b806106b36106ab600193858961252e565b858b88613deb565b01610656565b5061074160a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f000000000000000000000000000000000000000000000000000000000000000060208201527f000000000000000000000000000000000000000000000000000000000000000060408201524660608201523060808201522090565b61061e565b50346101865760406003193601126101865761076061226c565b610768612282565b90825c6108dc576001600160a01b0316808352826020526001600160a01b0361079460408520546136ee565b511633036108b4577fbc29613715ec2434dd0729122e4ad75f7c1808f99b15014a52333ba967b0ecad60206001600160a01b036107fb7f000000000000000000000000000000000000000000000000000000000000000067ffffffffffffffff421661270f565b9484875260028352604087208282165f52835261089167ffffffffffffffff61082760405f20546136b2565b9716968760408201527fffffffffffffffff00000000000000000000000000000000000000000000000060406bffffffffffffffffffffffff83511677ffffffffffffffffffffffff000000000000000000000000602085015160601b161792015160c01b161790565b85885260028452604088208383165f52845260405f20556040519586521693a380f35b6004837f3d693ada000000000000000000000000000000000000000000000000000000008152fd5b6004837fb5dfd9e5000000000000000000000000000000000000000000000000000000008152fd5b5034610186576003193601610180811261051f57610100136101865760807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffefc36011261018657805c6104f7576001815d6001600160a01b03610964612378565b1681526001602052604081206001600160a01b0361098061238e565b165f5260205261099360405f2054612765565b6109b461099f82613355565b6109a761238e565b60e4359160c435916137db565b610a196109f96bffffffffffffffffffffffff6109dc6109d26123b8565b8286511690612407565b166bffffffffffffffffffffffff6109f26123d3565b169061246d565b91610a02612378565b90610a0b61238e565b610a136123b8565b9261346e565b816101243580610a57575b50610a3682610a3161238e565b613913565b6104f1610a41612378565b610a4961238e565b610a516123d3565b91613604565b610a63610164356135a0565b6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001690610a9661238e565b823b15610b2357856001600160a01b039360e49360ff8397604051998a9889977fd505accf00000000000000000000000000000000000000000000000000000000895216600488015230602488015261010435604488015260648701521660848501526101443560a485015260c48401525af115610a245781610b18916124c3565b61051f57815f610a24565b8580fd5b503461018657602060031936011261018657610b4161226c565b815c610be7576001600160a01b031680825281602052610b6460408320546136ee565b6001600160a01b0381511633036108b457604081018051610bbf57906001610b8c9252613727565b8183528260205260408320557fda9d2e31afb0de4b09fe65662e5e025013186f59dd81d4946248587a2f77c6df8280a280f35b6004847f0e8a9043000000000000000000000000000000000000000000000000000000008152fd5b6004827fb5dfd9e5000000000000000000000000000000000000000000000000000000008152fd5b503461018657606060031936011261018657610c2961226c565b610c31612282565b90610c3a612298565b835c6103e0576001845d6bffffffffffffffffffffffff8116928315610d2a576001600160a01b03811633141580610cf3575b610ccb5791610cc5916104f194936001600160a01b03831687526001602052604087206001600160a01b0382165f52602052610a13610caf60405f2054612765565b926bffffffffffffffffffffffff845116612504565b33613913565b6004857f860b82a9000000000000000000000000000000000000000000000000000000008152fd5b506bffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168410610c6d565b6004857f1f2a2005000000000000000000000000000000000000000000000000000000008152fd5b503461018657604060031936011261018657610d6c61226c565b90610d756122b3565b91815c610be7576001600160a01b03906001835d1680825281602052610d9e60408320546136ee565b906001600160a01b0382511633036108b457602082016bffffffffffffffffffffffff815116926bffffffffffffffffffffffff8616938411610e8e57946bffffffffffffffffffffffff82610e296104f1979883610e2186827f8c01bd6f2152418bd9f8ffa49605c8e2de46ad9142ea2344d2a61e53f6719e6d995116612407565b168352613727565b858952886020526040892055511690610e64604051928392839092916bffffffffffffffffffffffff60209181604085019616845216910152565b0390a2337f0000000000000000000000000000000000000000000000000000000000000000613d91565b6004857f356680b7000000000000000000000000000000000000000000000000000000008152fd5b503461018657806003193601126101865780610f7b915060405190610edc6040836124c3565b600482527f48756273000000000000000000000000000000000000000000000000000000006020830152610f89604051610f176040826124c3565b600181527f310000000000000000000000000000000000000000000000000000000000000060208201526040519485947f0f00000000000000000000000000000000000000000000000000000000000000865260e0602087015260e0860190612335565b908482036040860152612335565b904660608401523060808401528060a084015282820360c084015260206060519283815201916080915b818110610fc1575050500390f35b8251845285945060209384019390920191600101610fb3565b503461018657604060031936011261018657610ff461226c565b90610ffd6122b3565b91815c610be7576001600160a01b03906001835d168082528160205261102660408320546136ee565b906001600160a01b0382511615611103576bffffffffffffffffffffffff84169182156110db576104f193946bffffffffffffffffffffffff8261109760207f48e188a839adb96efd033a36fa37f1c63f3a958cbdf856d139532456f5b6326495019183610e218682865116612504565b8589528860205260408920555116906110d2604051928392839092916bffffffffffffffffffffffff60209181604085019616845216910152565b0390a233613913565b6004847f1f2a2005000000000000000000000000000000000000000000000000000000008152fd5b6004837fddafad98000000000000000000000000000000000000000000000000000000008152fd5b50346101865761113a366122ce565b908392935c6108dc5761114d929361256b565b80f35b50346101865761010060031936011261018657805c6104f7576001600160a01b03611179612378565b1681526001602052604081206001600160a01b0361119561238e565b165f526020526111a860405f2054612765565b6111b1816139e3565b6111b96123d3565b6bffffffffffffffffffffffff825116906bffffffffffffffffffffffff806111ea60208601948286511690612407565b16911611611431576bffffffffffffffffffffffff6112076123d3565b16611394575b611215612378565b9061121e61238e565b926bffffffffffffffffffffffff6112346123d3565b1661138d5760015b60608201928351600381101561136057611338576bffffffffffffffffffffffff80845116915116146113105767ffffffffffffffff7fa2c878fd0cedfc403b411badadac73738e5df81bd4511af0c179e1c2a183b50a936001600160a01b036112e76020956112e283966112d37f000000000000000000000000000000000000000000000000000000000000000088421661270f565b95876040850197168752612759565b6148f8565b96169586895260018552604089208489165f52855260405f20555116946040519586521693a380f35b6004867f69b95dc9000000000000000000000000000000000000000000000000000000008152fd5b6004877f33dd9771000000000000000000000000000000000000000000000000000000008152fd5b6024887f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b600261123c565b61139c6123d3565b604051906113a98261247a565b3382526bffffffffffffffffffffffff60208301911681526001600160a01b036113d1612378565b1685526003602052604085206001600160a01b036113ed61238e565b165f526020527fffffffffffffffffffffffff00000000000000000000000000000000000000006001600160a01b0360405f20935116915160a01b1617905561120d565b6004837f356680b7000000000000000000000000000000000000000000000000000000008152fd5b5034610186578060031936011261018657602060405167ffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b5034610186576080600319360112610186576114b861226c565b6114c06122b3565b90825c6108dc576001835d6001600160a01b038116808452836020526114e960408520546136ee565b916001600160a01b0383511661160b577ffecd65154c2825507e5661068e7d019f5e2db045ac5112ea4e48c830067be5d1855233602052604085206115359160643591604435916137db565b33825261156260208301926bffffffffffffffffffffffff61155a8682875116612504565b168452613727565b8185528460205260408520556040519133827fe574763fe97ad769d0b56646dff10e8143383c6d034c33a4d4d45a3bee35bc148780a36bffffffffffffffffffffffff841692836115b5575b8580805d80f35b90516bffffffffffffffffffffffff94851682529093166020840152611601927f48e188a839adb96efd033a36fa37f1c63f3a958cbdf856d139532456f5b632649080604081016110d2565b5f808080806115ae565b6004857f965f8d94000000000000000000000000000000000000000000000000000000008152fd5b503461018657806003193601126101865760206040516102588152f35b50346101865760406003193601126101865761166a61226c565b90611673612282565b815c610be7576001825d6001600160a01b03831682526001602052604082206001600160a01b0382165f526020526116ae60405f2054612765565b906060820151600381101561173157156117095767ffffffffffffffff60408301511642106116e1576104f19293612f4a565b6004837f085de625000000000000000000000000000000000000000000000000000000008152fd5b6004837f9ca68a46000000000000000000000000000000000000000000000000000000008152fd5b6024847f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b50346101865760606003193601126101865761177861226c565b611780612282565b611788612298565b91835c6103e0576001600160a01b031690818452836020526117ad60408520546136ee565b6001600160a01b038151163303611971578285526002602052604085206001600160a01b0383165f526020526117e660405f20546136b2565b90604082019067ffffffffffffffff8251168015908115611967575b5061193f5760208301906bffffffffffffffffffffffff825116966bffffffffffffffffffffffff81169788116119175793886001600160a01b039489856118a96108919661188460209b6bffffffffffffffffffffffff7f73f28ea3d40032a8d343a0086ba450a2924cb38ea4fa95adc18075459b5d58d39e9b5116612407565b6bffffffffffffffffffffffff6118a18d84019282845116612504565b169052613727565b8b8552848a52604085205552527fffffffffffffffff00000000000000000000000000000000000000000000000060406bffffffffffffffffffffffff83511677ffffffffffffffffffffffff000000000000000000000000602085015160601b161792015160c01b161790565b6004897f356680b7000000000000000000000000000000000000000000000000000000008152fd5b6004877f085de625000000000000000000000000000000000000000000000000000000008152fd5b905042105f611802565b6004857f3d693ada000000000000000000000000000000000000000000000000000000008152fd5b5034610186578060031936011261018657507f0000000000000000000000000000000000000000000000000000000000000000467f000000000000000000000000000000000000000000000000000000000000000014307f0000000000000000000000000000000000000000000000000000000000000000141615611a24575b602090604051908152f35b506020611aae60a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f000000000000000000000000000000000000000000000000000000000000000060208201527f000000000000000000000000000000000000000000000000000000000000000060408201524660608201523060808201522090565b9050611a19565b5034610186576040600319360112610186576001600160a01b036040611ad961226c565b9282611ae3612282565b9416815260026020522091165f526020526060611b0360405f20546136b2565b6bffffffffffffffffffffffff8151169067ffffffffffffffff60406bffffffffffffffffffffffff602084015116920151169060405192835260208301526040820152f35b503461018657602060031936011261018657611b6361226c565b815c610be7576001600160a01b03168082526001602052604082206001600160a01b0333165f52602052611b9a60405f2054612765565b6060810180516003811015611d0057611cd8576bffffffffffffffffffffffff8251166bffffffffffffffffffffffff60208401511614611cb057611c097f000000000000000000000000000000000000000000000000000000000000000067ffffffffffffffff421661270f565b67ffffffffffffffff16604083019081529067ffffffffffffffff926001611c3192526148f8565b8385526001602052604085206001600160a01b0333165f5260205260405f20555116906040519182527fa2c878fd0cedfc403b411badadac73738e5df81bd4511af0c179e1c2a183b50a60203393a380f35b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b6004847f69b95dc9000000000000000000000000000000000000000000000000000000008152fd5b6004847f33dd9771000000000000000000000000000000000000000000000000000000008152fd5b6024857f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b5034610186576040600319360112610186576001600160a01b036040611d5161226c565b9282611d5b612282565b9416815260036020522091165f526020526040805f206020825191611d7f8361247a565b54916001600160a01b0383169283825260a01c918291015282519182526020820152f35b5034611ffc57610100600319360112611ffc575f5c61208d5760015f5d6001600160a01b03611dd0612378565b165f52600160205260405f206001600160a01b03611dec61238e565b165f52602052611dff60405f2054612765565b611e0881613355565b7f0000000000000000000000000000000000000000000000000000000000000000467f000000000000000000000000000000000000000000000000000000000000000014307f0000000000000000000000000000000000000000000000000000000000000000141615612000575b6719010000000000005f52601a52603a526042601820905f603a52611eaf6109f96bffffffffffffffffffffffff6109dc6109d26123b8565b611eba60e4356135a0565b927f000000000000000000000000000000000000000000000000000000000000000091611ee730846135d6565b946001600160a01b03841690611efb61238e565b823b15611ffc575f6001600160a01b03936101249360ff8397604051998a9889977fef55bec60000000000000000000000000000000000000000000000000000000089521660048801523060248801528c604488015285606488015260a435608488015260a48701521660c485015260c43560e48501526101048401525af18015611ff157611fd3575b5090611f95611f9b9230906135d6565b9261246d565b03611fab576104f1610a41612378565b807f6d799c4a0000000000000000000000000000000000000000000000000000000060049252fd5b611f9b929194505f611fe4916124c3565b611f955f94919250611f85565b6040513d5f823e3d90fd5b5f80fd5b5061208860a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f000000000000000000000000000000000000000000000000000000000000000060208201527f000000000000000000000000000000000000000000000000000000000000000060408201524660608201523060808201522090565b611e76565b7fb5dfd9e5000000000000000000000000000000000000000000000000000000005f5260045ffd5b34611ffc576040600319360112611ffc576120ce61226c565b6001600160a01b036120de612282565b91165f5260016020526001600160a01b0360405f2091165f5260205261210760405f2054612765565b6bffffffffffffffffffffffff8151166bffffffffffffffffffffffff60208301511660608301516003811015611c835760809367ffffffffffffffff9161216e57816121545f926132c8565b169260405194855260208501521660408301526060820152f35b8161215481604084015116926132c8565b34611ffc575f600319360112611ffc5760206040516bffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b34611ffc5760c0600319360112611ffc576121e061226c565b60a07fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffdc360112611ffc575f5c61208d576122679060015f5d6001600160a01b0381165f52600160205260405f206001600160a01b0333165f5260205261224960405f2054612765565b6122548133846127f4565b67ffffffffffffffff4216913390612c54565b5f805d005b600435906001600160a01b0382168203611ffc57565b602435906001600160a01b0382168203611ffc57565b604435906bffffffffffffffffffffffff82168203611ffc57565b602435906bffffffffffffffffffffffff82168203611ffc57565b6040600319820112611ffc576004356001600160a01b0381168103611ffc579160243567ffffffffffffffff8111611ffc5760040182601f82011215611ffc5780359267ffffffffffffffff8411611ffc5760208083019260c08602010111611ffc579190565b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f602080948051918291828752018686015e5f8582860101520116010190565b6004356001600160a01b0381168103611ffc5790565b6024356001600160a01b0381168103611ffc5790565b356001600160a01b0381168103611ffc5790565b6044356bffffffffffffffffffffffff81168103611ffc5790565b6064356bffffffffffffffffffffffff81168103611ffc5790565b356bffffffffffffffffffffffff81168103611ffc5790565b906bffffffffffffffffffffffff809116911603906bffffffffffffffffffffffff821161243157565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b90610258820180921161243157565b9190820180921161243157565b6040810190811067ffffffffffffffff82111761249657604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff82111761249657604052565b906bffffffffffffffffffffffff809116911601906bffffffffffffffffffffffff821161243157565b919081101561253e5760c0020190565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b907f0000000000000000000000000000000000000000000000000000000000000000467f000000000000000000000000000000000000000000000000000000000000000014307f0000000000000000000000000000000000000000000000000000000000000000141615612682575b92905f935f925b80841061265357505050506bffffffffffffffffffffffff82161561264f576001600160a01b03612641911691825f525f60205261262260405f20546136ee565b906bffffffffffffffffffffffff6118a1602084019282845116612504565b905f525f60205260405f2055565b5050565b9091929461267860019161267261266b89868961252e565b8689613af5565b90612504565b95019291906125e1565b5061270a60a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f000000000000000000000000000000000000000000000000000000000000000060208201527f000000000000000000000000000000000000000000000000000000000000000060408201524660608201523060808201522090565b6125da565b9067ffffffffffffffff8091169116019067ffffffffffffffff821161243157565b929190926bffffffffffffffffffffffff60408201941681526006821015611c835760200152565b6003821015611c835752565b90604051916080830183811067ffffffffffffffff8211176124965760405260608301905f8252836bffffffffffffffffffffffff821681526bffffffffffffffffffffffff8260601c1660208201526040673fffffffffffffff8360c01c1691015260fe1c6003811015611c83576127dd91612759565b565b3567ffffffffffffffff81168103611ffc5790565b9190916001600160a01b03811691825f525f60205261281660405f20546136ee565b6040810151612a91576064359267ffffffffffffffff841693848103611ffc57612840858561482a565b6bffffffffffffffffffffffff8451169160208501926bffffffffffffffffffffffff84511614612a6957602435976bffffffffffffffffffffffff891695868a03611ffc57516bffffffffffffffffffffffff1686811480159190612a35575b8115612a11575b506129e9576001600160a01b03169750604435946bffffffffffffffffffffffff861696878703611ffc57876129229261293095508b9160a09391604051937f0fc366980a9a11494d106eedaaf23610dfeac2da96ce4eb1a33b668e0b9a4424855260208501526040840152606083015260808201522090565b9060a43591608435916137db565b6129496bffffffffffffffffffffffff82511684612407565b916bffffffffffffffffffffffff8316156129e0577f1a47cec7390da4721285e47b87b3e612841bc1e56940f5ccec2b6d8011a65c1d946129a39252602081016bffffffffffffffffffffffff6118a18582845116612504565b845f525f60205260405f20556129db604051928392839092916bffffffffffffffffffffffff60209181604085019616845216910152565b0390a3565b50505050505050565b7fde4168ba000000000000000000000000000000000000000000000000000000005f5260045ffd5b90506044356bffffffffffffffffffffffff811690818103611ffc5750115f6128a8565b90506044356bffffffffffffffffffffffff811690818103611ffc57506bffffffffffffffffffffffff86511611906128a1565b7f69b95dc9000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f0e8a9043000000000000000000000000000000000000000000000000000000005f5260045ffd5b9190916001600160a01b03811691825f525f602052612adb60405f20546136ee565b6040810151612a9157610144359267ffffffffffffffff841693848103611ffc57612b06858561482a565b6bffffffffffffffffffffffff8451169160208501926bffffffffffffffffffffffff84511614612a695761010435976bffffffffffffffffffffffff891695868a03611ffc57516bffffffffffffffffffffffff1686811480159190612c1f575b8115612bfa575b506129e9576001600160a01b0316975061012435946bffffffffffffffffffffffff861696878703611ffc5787612bea9261293095508b9160a09391604051937f0fc366980a9a11494d106eedaaf23610dfeac2da96ce4eb1a33b668e0b9a4424855260208501526040840152606083015260808201522090565b90610184359161016435916137db565b9050610124356bffffffffffffffffffffffff811690818103611ffc5750115f612b6f565b9050610124356bffffffffffffffffffffffff811690818103611ffc57506bffffffffffffffffffffffff8651161190612b68565b926bffffffffffffffffffffffff83511691612c8460208501936bffffffffffffffffffffffff85511690612407565b93604051612c918161247a565b5f81525f602082015292606082019081516003811015611c8357600214612e9a575b612d7f5f612d77986bffffffffffffffffffffffff612cf0612dac9784809867ffffffffffffffff8c998f879051168552166040840152526148f8565b996001600160a01b038d169a8b85526001602052604085206001600160a01b038816865260205260408520555116897f0647e3589d09c7854fe34ee3934a0d16bdf5390a1ee54a2c90c6fcd438b9e35c6001600160a01b0387169c8d9360405191829187839092916bffffffffffffffffffffffff60209181604085019616845216910152565b0390a3612407565b976bffffffffffffffffffffffff612d9f602088019a828c511690612407565b1680612e69575b50613604565b6bffffffffffffffffffffffff8551168015612e6157612dd6906001600160a01b0384511661496a565b15612e23575060206bffffffffffffffffffffffff6001600160a01b037fd58afff4ce7b204282cdf054b903f150b70ad15373808a02221ab68e239eb929935116955116604051908152a4565b925050506bffffffffffffffffffffffff6127dd925116907f0000000000000000000000000000000000000000000000000000000000000000613d91565b505050505050565b612e9490837f0000000000000000000000000000000000000000000000000000000000000000613d91565b5f612da6565b9350826001600160a01b03881694855f52600360205260405f206001600160a01b0383165f526020528660405f2060405190612ed58261247a565b54906001600160a01b0382168152602081019160a01c8252975f52600360205260405f206001600160a01b0385165f5260205260405f205f905580516bffffffffffffffffffffffff16612f295f8c612407565b612f32916148c9565b6bffffffffffffffffffffffff169052509050612cb3565b91906bffffffffffffffffffffffff82511690612f7b60208401926bffffffffffffffffffffffff84511690612407565b90604051612f888161247a565b5f81525f60208201529160608501948551956003871015611c835785886002612d779914612fe1575b505f612dac946bffffffffffffffffffffffff612cf08396848a9784612d7f9851168352816040840152526148f8565b612d7f919650612dac946bffffffffffffffffffffffff612cf05f96878a97846001600160a01b038398169d8e84526003602052604084206001600160a01b038c16855260205260408420604051906130398261247a565b54906001600160a01b0382168152602081019160a01c82529f85526003602052604085206001600160a01b038d1686526020528460408120558261308a81835116613084888d612407565b906148c9565b1690529850509750509650505094505088612fb1565b93909291926bffffffffffffffffffffffff845116926130d460208601946bffffffffffffffffffffffff86511690612407565b6bffffffffffffffffffffffff81166bffffffffffffffffffffffff8316116132a0576040516131038161247a565b5f81525f602082015293606087019081516003811015611c83576002146131e9575b83612dac94936bffffffffffffffffffffffff613162612d779b5f8a9767ffffffffffffffff612d7f988f879051168552166040840152526148f8565b996001600160a01b038d169a8b5f52600160205260405f206001600160a01b0388165f5260205260405f20555116897f0647e3589d09c7854fe34ee3934a0d16bdf5390a1ee54a2c90c6fcd438b9e35c6001600160a01b0387169c8d9360405191829187839092916bffffffffffffffffffffffff60209181604085019616845216910152565b838592949396506001600160a01b038a1696875f52600360205260405f206001600160a01b0385165f526020528860405f20604051906132288261247a565b54906001600160a01b0382168152602081019160a01c8252995f52600360205260405f206001600160a01b0387165f5260205260405f205f905580516bffffffffffffffffffffffff1661327c8585612407565b613285916148c9565b6bffffffffffffffffffffffff169052509350939150613125565b7f356680b7000000000000000000000000000000000000000000000000000000005f5260045ffd5b604081019067ffffffffffffffff8251161561334f57606001516003811015611c83576133065767ffffffffffffffff61330391511661245e565b90565b67ffffffffffffffff90511667ffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168103908111612431576133039061245e565b50505f90565b608435906001600160a01b038216808314159081611ffc5780151580613461575b6134395760a43591613388838561482a565b604435936bffffffffffffffffffffffff851690818603611ffc57516bffffffffffffffffffffffff168111156129e957600435946001600160a01b03861695868103611ffc575050606435916bffffffffffffffffffffffff831692838103611ffc5750611ffc5760c09550604051947f0a98637248946576e4d7ce153da11d07f10739a0e67d5ca3673f16cbe0d2dc7e8652602086015260408501526060840152608083015260a08201522090565b7ff90f96ed000000000000000000000000000000000000000000000000000000005f5260045ffd5b505f915033811415613376565b6001600160a01b0390939293169182158015613590575b6135685760608401516003811015611c8357613540577f366b2136a1e240d61d0da2cd486dfc8b07c8a74624229692aa4b47e4fa261dbe916129db6001600160a01b03926134fc6134e56bffffffffffffffffffffffff89511683612407565b976bffffffffffffffffffffffff831681526148f8565b865f52600160205260405f208585165f5260205260405f20556040519384931696839092916bffffffffffffffffffffffff60209181604085019616845216910152565b7f33dd9771000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f1c2b0777000000000000000000000000000000000000000000000000000000005f5260045ffd5b5061359a826140e8565b15613485565b90601b8260ff1c0160ff811161243157917f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff1690565b602460106020939284936014526f70a082310000000000000000000000005f525afa601f3d11166020510290565b916bffffffffffffffffffffffff1690811561367e576127dd926040518381527fd58afff4ce7b204282cdf054b903f150b70ad15373808a02221ab68e239eb92960206001600160a01b0380339616941692a4337f0000000000000000000000000000000000000000000000000000000000000000613d91565b505050565b604051906060820182811067ffffffffffffffff821117612496576040525f6040838281528260208201520152565b906136bb613683565b916bffffffffffffffffffffffff811683526bffffffffffffffffffffffff8160601c16602084015260c01c6040830152565b906136f7613683565b916001600160a01b03811683526b7fffffffffffffffffffffff8160a01c16602084015260ff1c15156040830152565b602081016b7fffffffffffffffffffffff6bffffffffffffffffffffffff825116116137b3576040907fffffffffffffffffffffffff00000000000000000000000000000000000000006001600160a01b03845116915160a01b161791015115155f14613303577f80000000000000000000000000000000000000000000000000000000000000001790565b7f06250401000000000000000000000000000000000000000000000000000000005f5260045ffd5b613855939291907f000000000000000000000000000000000000000000000000000000000000000090467f000000000000000000000000000000000000000000000000000000000000000014307f0000000000000000000000000000000000000000000000000000000000000000141615613884576149de565b1561385c57565b7f5cd5d233000000000000000000000000000000000000000000000000000000005f5260045ffd5b905061390d60a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f000000000000000000000000000000000000000000000000000000000000000060208201527f000000000000000000000000000000000000000000000000000000000000000060408201524660608201523060808201522090565b906149de565b907f00000000000000000000000000000000000000000000000000000000000000009061394030836135d6565b9260405190826060523060405260601b602c526f23b872dd000000000000000000000000600c5260205f6064601c82875af18060015f511416156139c5575b5061399692611f95915f60605260405230906135d6565b0361399d57565b7f6d799c4a000000000000000000000000000000000000000000000000000000005f5260045ffd5b3d843b151710156139d6575f61397f565b637939f4245f526004601cfd5b6084356001600160a01b03811690818114159182611ffc5780151580613ae8575b6134395760a435613a15818661482a565b604435916bffffffffffffffffffffffff831695868403611ffc57516bffffffffffffffffffffffff1686036129e957602435946001600160a01b0386168603611ffc57600435936001600160a01b03851694858103611ffc575050606435906bffffffffffffffffffffffff821691828103611ffc5750611ffc576127dd9660c09550604051947fd798ffa3f072ec7773a644a8d91ea615463b17522ed3de56e76974b96bf177438652602086015260408501526060840152608083015260a0820152209060e4359160c435916137db565b505f925033811415613a04565b6001600160a01b039093929316805f52600160205260405f20936001600160a01b03613b20826123a4565b165f5284602052613b3460405f2054612765565b9460208201956bffffffffffffffffffffffff613b50886123ee565b825182169116811115613d8b5750613b67876123ee565b945b60208201976bffffffffffffffffffffffff895116916bffffffffffffffffffffffff881692831115613d2357613c1c90613ba3876123a4565b60a06bffffffffffffffffffffffff613bbb866123ee565b16613bc960408b0135614ac2565b604051917f1b50d627caca378249971ddba7e69b547e89eee1e39186c5854f0bbc506ccb8683528c60208401526040830152606082015260608a013560808201522060a08901359260808a0135926149de565b15613cb757507f1a47cec7390da4721285e47b87b3e612841bc1e56940f5ccec2b6d8011a65c1d936129db93613c736001600160a01b0394613c8e946bffffffffffffffffffffffff808e51168c03169c526148f8565b9084613c7e846123a4565b165f5260205260405f20556123a4565b604080516bffffffffffffffffffffffff808b1682529097166020880152911694918291820190565b9697505050507f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d919250613cfb613cf56001600160a01b03926123a4565b946123ee565b604080516bffffffffffffffffffffffff929092168252600160208301529190941693a35f90565b509697505050507f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d9192506001600160a01b03613d6a613d646040936123a4565b956123ee565b946bffffffffffffffffffffffff8351961686525f60208701521693a35f90565b94613b69565b91906014526034526fa9059cbb0000000000000000000000005f5260205f6044601082855af1908160015f51141615613dcd575b50505f603452565b3b153d171015613dde575f80613dc5565b6390b8ec185f526004601cfd5b929190613dfa61025e846123a4565b1561408a57604083019167ffffffffffffffff613e16846127df565b1615158061406f575b614009576060840135613ec9613e3482614ac2565b9260a06001600160a01b03613e48896123a4565b16602089019767ffffffffffffffff613e776bffffffffffffffffffffffff613e708c6123ee565b16926127df565b1690604051927fcf3ddf0224c711eef09f4497786dd08ac7ce963847cdb5365bbab3a2c8294b178452602084015260408301526060820152856080820152209060a0880135916080890135918a6149de565b15613f9c5790613ef5929181613f60575b5050613ee5846123a4565b613eee846123ee565b9186614140565b929015613f03575b50505050565b7f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d91613f54613f42613f3c6001600160a01b03946123a4565b926123ee565b94836040519485941697169583612731565b0390a35f808080613efd565b6040519081527fad3316e35a317bdcb707e051edfb83d485995a955201ac3a2c836f7269365eae60206001600160a01b03891692a35f80613eda565b505050906001600160a01b03613fdb613fd57f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d936123a4565b936123ee565b604080516bffffffffffffffffffffffff9092168252600160208301529382169490911692819081016129db565b5050507f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d60406001600160a01b038061404d6020614046876123a4565b96016123ee565b946bffffffffffffffffffffffff8451961686526002602087015216941692a3565b5067ffffffffffffffff614082846127df565b164211613e1f565b50507f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d60406001600160a01b03806140c66020614046876123a4565b946bffffffffffffffffffffffff8451961686526003602087015216941692a3565b6001600160a01b0316801515908161410c575b81614104575090565b905030141590565b7f00000000000000000000000000000000000000000000000000000000000000006001600160a01b031681141591506140fb565b9290915f926001600160a01b035f951692835f52600260205260405f20916001600160a01b0384165f528260205260405f205461417c816136b2565b9360208301926bffffffffffffffffffffffff845116945f916bffffffffffffffffffffffff88511691826bffffffffffffffffffffffff8216116142f0575b5050506bffffffffffffffffffffffff169788156142e4575061423a857fffffffffffffffff00000000000000000000000000000000000000000000000060406bffffffffffffffffffffffff83511677ffffffffffffffffffffffff000000000000000000000000602085015160601b161792015160c01b161790565b6001600160a01b0387165f528160205260405f2055614259888761496a565b156142bf57505050506001600160a01b037f5d533d9fb33203a2c4fa5accc5fd59e811f3648a7b0b4044988f0383dc0fe88192826bffffffffffffffffffffffff60208160609651169201511690604051978852602088015260408701521693a3600191565b94929750945094506001600160a01b039150165f5260205260405f2055525f90600590565b99975050505050505050565b829c506bffffffffffffffffffffffff92919350031690602087016bffffffffffffffffffffffff81511691604061432884866148c9565b910151156143e6575f925b8382016bffffffffffffffffffffffff16809e016bffffffffffffffffffffffff168a52036bffffffffffffffffffffffff16905285036bffffffffffffffffffffffff168452808a0361439a575b506004986bffffffffffffffffffffffff5f806141bc565b6bffffffffffffffffffffffff8a6040519203168152877f22f7c91a59b0e8dbb4af26c18fbe6c993a575dea64da36933dd69f466809cfdc60206001600160a01b038a1693a35f614382565b614400886bffffffffffffffffffffffff838703166148c9565b92614333565b93929190925f936001600160a01b035f961693845f52600260205260405f20916001600160a01b0385165f528260205260405f2054614444816136b2565b9360208301926bffffffffffffffffffffffff845116945f916bffffffffffffffffffffffff88511691826bffffffffffffffffffffffff821611614720575b50505060208601966bffffffffffffffffffffffff88511690816bffffffffffffffffffffffff82161180614708575b6146ba575b50506bffffffffffffffffffffffff169889156145de5750614536857fffffffffffffffff00000000000000000000000000000000000000000000000060406bffffffffffffffffffffffff83511677ffffffffffffffffffffffff000000000000000000000000602085015160601b161792015160c01b161790565b6001600160a01b0388165f528160205260405f2055614555898861496a565b156145b857505050507f5d533d9fb33203a2c4fa5accc5fd59e811f3648a7b0b4044988f0383dc0fe881926060926bffffffffffffffffffffffff806001600160a01b0394511691511690604051978852602088015260408701521693a3600191565b9593509550955095506001600160a01b039150165f5260205260405f2055525f90600590565b9a985092505050879493949291926145f8575b5050505050565b6bffffffffffffffffffffffff6020926001600160a01b03926146977f73f28ea3d40032a8d343a0086ba450a2924cb38ea4fa95adc18075459b5d58d3967fffffffffffffffff00000000000000000000000000000000000000000000000060406bffffffffffffffffffffffff83511677ffffffffffffffffffffffff000000000000000000000000602085015160601b161792015160c01b161790565b908489165f52855260405f20555116946040519586521693a35f808080806145f1565b6bffffffffffffffffffffffff929b506146dd83918284818a51169203166148c9565b8092011688525f604088015281855116031683526bffffffffffffffffffffffff600199905f6144b9565b506bffffffffffffffffffffffff86511615156144b4565b829d506bffffffffffffffffffffffff92919350031690602087016bffffffffffffffffffffffff81511691604061475884866148c9565b9101511561480a575f925b8382016bffffffffffffffffffffffff169e8f016bffffffffffffffffffffffff168a52036bffffffffffffffffffffffff16905285036bffffffffffffffffffffffff168452808b036147be575b506004995f8080614484565b6bffffffffffffffffffffffff8b6040519203168152887f22f7c91a59b0e8dbb4af26c18fbe6c993a575dea64da36933dd69f466809cfdc60206001600160a01b038b1693a35f6147b2565b614824886bffffffffffffffffffffffff838703166148c9565b92614763565b8142116148a15761483a4261245e565b821161487957614849906132c8565b101561485157565b7f4fa56df4000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f48f0fae6000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f0819bdcd000000000000000000000000000000000000000000000000000000005f5260045ffd5b906bffffffffffffffffffffffff81166bffffffffffffffffffffffff8316105f146148f3575090565b905090565b60606bffffffffffffffffffffffff82511677ffffffffffffffffffffffff0000000000000000000000006020840151831b16177fffffffffffffffff000000000000000000000000000000000000000000000000604084015160c01b16179101516003811015611c835760fe1b1790565b60445f91602093604051917fa9059cbb00000000000000000000000000000000000000000000000000000000835260048301526024820152827f00000000000000000000000000000000000000000000000000000000000000005af13d806149d0575090565b601f60015f51149111161690565b939190917f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0614a0c826135a0565b905011614ab9576001600160a01b03937f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff92604051947f19010000000000000000000000000000000000000000000000000000000000005f5260025260225260425f205f52601b8260ff1c01602052604052166060526020604060805f60015afa505f6060523d6060185190604052168015159182614aaa57505090565b6001600160a01b031614919050565b50505050505f90565b80614acc57505f90565b5f5260205f209056",
}

// Hubs is an auto generated Go binding around an Ethereum contract.
type Hubs struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Hubs) GetABI() abi.ABI {
	return c.abi
}

// NewHubs creates a new instance of Hubs.
func NewHubs() *Hubs {
	parsed, err := HubsMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Hubs{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Hubs) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address token_, uint64 delay_, uint96 minTopUp_) returns()
func (hubs *Hubs) PackConstructor(token_ common.Address, delay_ uint64, minTopUp_ *big.Int) []byte {
	enc, err := hubs.abi.Pack("", token_, delay_, minTopUp_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackDOMAINSEPARATOR is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3644e515.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function DOMAIN_SEPARATOR() view returns(bytes32)
func (hubs *Hubs) PackDOMAINSEPARATOR() []byte {
	enc, err := hubs.abi.Pack("DOMAIN_SEPARATOR")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDOMAINSEPARATOR is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3644e515.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function DOMAIN_SEPARATOR() view returns(bytes32)
func (hubs *Hubs) TryPackDOMAINSEPARATOR() ([]byte, error) {
	return hubs.abi.Pack("DOMAIN_SEPARATOR")
}

// UnpackDOMAINSEPARATOR is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x3644e515.
//
// Solidity: function DOMAIN_SEPARATOR() view returns(bytes32)
func (hubs *Hubs) UnpackDOMAINSEPARATOR(data []byte) ([32]byte, error) {
	out, err := hubs.abi.Unpack("DOMAIN_SEPARATOR", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackLIFE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x46ed8e89.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function LIFE() view returns(uint64)
func (hubs *Hubs) PackLIFE() []byte {
	enc, err := hubs.abi.Pack("LIFE")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackLIFE is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x46ed8e89.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function LIFE() view returns(uint64)
func (hubs *Hubs) TryPackLIFE() ([]byte, error) {
	return hubs.abi.Pack("LIFE")
}

// UnpackLIFE is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x46ed8e89.
//
// Solidity: function LIFE() view returns(uint64)
func (hubs *Hubs) UnpackLIFE(data []byte) (uint64, error) {
	out, err := hubs.abi.Unpack("LIFE", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackAnnounceCut is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xac80b5fe.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function announceCut(address hub, address payee) returns()
func (hubs *Hubs) PackAnnounceCut(hub common.Address, payee common.Address) []byte {
	enc, err := hubs.abi.Pack("announceCut", hub, payee)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAnnounceCut is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xac80b5fe.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function announceCut(address hub, address payee) returns()
func (hubs *Hubs) TryPackAnnounceCut(hub common.Address, payee common.Address) ([]byte, error) {
	return hubs.abi.Pack("announceCut", hub, payee)
}

// PackCollect is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x78246ebb.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function collect(address hub, (address,uint96,bytes32,bytes32,bytes32,bytes32)[] claims) returns()
func (hubs *Hubs) PackCollect(hub common.Address, claims []IHubsClaim) []byte {
	enc, err := hubs.abi.Pack("collect", hub, claims)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCollect is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x78246ebb.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function collect(address hub, (address,uint96,bytes32,bytes32,bytes32,bytes32)[] claims) returns()
func (hubs *Hubs) TryPackCollect(hub common.Address, claims []IHubsClaim) ([]byte, error) {
	return hubs.abi.Pack("collect", hub, claims)
}

// PackCoopExit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x05d709d0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function coopExit(address hub, (uint96,uint96,uint64,bytes32,bytes32) k) returns()
func (hubs *Hubs) PackCoopExit(hub common.Address, k IHubsClose) []byte {
	enc, err := hubs.abi.Pack("coopExit", hub, k)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCoopExit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x05d709d0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function coopExit(address hub, (uint96,uint96,uint64,bytes32,bytes32) k) returns()
func (hubs *Hubs) TryPackCoopExit(hub common.Address, k IHubsClose) ([]byte, error) {
	return hubs.abi.Pack("coopExit", hub, k)
}

// PackCoopExitFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xcc6d8616.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function coopExitFor((address,address,uint96,uint96,address,uint256,bytes32,bytes32) l, (uint96,uint96,uint64,bytes32,bytes32) k) returns()
func (hubs *Hubs) PackCoopExitFor(l IHubsLeave, k IHubsClose) []byte {
	enc, err := hubs.abi.Pack("coopExitFor", l, k)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCoopExitFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xcc6d8616.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function coopExitFor((address,address,uint96,uint96,address,uint256,bytes32,bytes32) l, (uint96,uint96,uint64,bytes32,bytes32) k) returns()
func (hubs *Hubs) TryPackCoopExitFor(l IHubsLeave, k IHubsClose) ([]byte, error) {
	return hubs.abi.Pack("coopExitFor", l, k)
}

// PackCutReserve is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x41f625fb.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function cutReserve(address hub, address payee, uint96 reserve) returns()
func (hubs *Hubs) PackCutReserve(hub common.Address, payee common.Address, reserve *big.Int) []byte {
	enc, err := hubs.abi.Pack("cutReserve", hub, payee, reserve)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCutReserve is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x41f625fb.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function cutReserve(address hub, address payee, uint96 reserve) returns()
func (hubs *Hubs) TryPackCutReserve(hub common.Address, payee common.Address, reserve *big.Int) ([]byte, error) {
	return hubs.abi.Pack("cutReserve", hub, payee, reserve)
}

// PackDelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6a42b8f8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function delay() view returns(uint64)
func (hubs *Hubs) PackDelay() []byte {
	enc, err := hubs.abi.Pack("delay")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDelay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6a42b8f8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function delay() view returns(uint64)
func (hubs *Hubs) TryPackDelay() ([]byte, error) {
	return hubs.abi.Pack("delay")
}

// UnpackDelay is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x6a42b8f8.
//
// Solidity: function delay() view returns(uint64)
func (hubs *Hubs) UnpackDelay(data []byte) (uint64, error) {
	out, err := hubs.abi.Unpack("delay", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackEip712Domain is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x84b0196e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function eip712Domain() view returns(bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)
func (hubs *Hubs) PackEip712Domain() []byte {
	enc, err := hubs.abi.Pack("eip712Domain")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEip712Domain is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x84b0196e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function eip712Domain() view returns(bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)
func (hubs *Hubs) TryPackEip712Domain() ([]byte, error) {
	return hubs.abi.Pack("eip712Domain")
}

// Eip712DomainOutput serves as a container for the return parameters of contract
// method Eip712Domain.
type Eip712DomainOutput struct {
	Fields            [1]byte
	Name              string
	Version           string
	ChainId           *big.Int
	VerifyingContract common.Address
	Salt              [32]byte
	Extensions        []*big.Int
}

// UnpackEip712Domain is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x84b0196e.
//
// Solidity: function eip712Domain() view returns(bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)
func (hubs *Hubs) UnpackEip712Domain(data []byte) (Eip712DomainOutput, error) {
	out, err := hubs.abi.Unpack("eip712Domain", data)
	outstruct := new(Eip712DomainOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Fields = *abi.ConvertType(out[0], new([1]byte)).(*[1]byte)
	outstruct.Name = *abi.ConvertType(out[1], new(string)).(*string)
	outstruct.Version = *abi.ConvertType(out[2], new(string)).(*string)
	outstruct.ChainId = abi.ConvertType(out[3], new(big.Int)).(*big.Int)
	outstruct.VerifyingContract = *abi.ConvertType(out[4], new(common.Address)).(*common.Address)
	outstruct.Salt = *abi.ConvertType(out[5], new([32]byte)).(*[32]byte)
	outstruct.Extensions = *abi.ConvertType(out[6], new([]*big.Int)).(*[]*big.Int)
	return *outstruct, nil
}

// PackFinalizeExit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x42e86709.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function finalizeExit(address hub, address consumer) returns()
func (hubs *Hubs) PackFinalizeExit(hub common.Address, consumer common.Address) []byte {
	enc, err := hubs.abi.Pack("finalizeExit", hub, consumer)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFinalizeExit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x42e86709.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function finalizeExit(address hub, address consumer) returns()
func (hubs *Hubs) TryPackFinalizeExit(hub common.Address, consumer common.Address) ([]byte, error) {
	return hubs.abi.Pack("finalizeExit", hub, consumer)
}

// PackFund is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x78f13739.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function fund(address hub, uint96 amount) returns()
func (hubs *Hubs) PackFund(hub common.Address, amount *big.Int) []byte {
	enc, err := hubs.abi.Pack("fund", hub, amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFund is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x78f13739.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function fund(address hub, uint96 amount) returns()
func (hubs *Hubs) TryPackFund(hub common.Address, amount *big.Int) ([]byte, error) {
	return hubs.abi.Pack("fund", hub, amount)
}

// PackHubs is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xca3106ae.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function hubs(address hub) view returns(address owner, uint96 free, bool retired)
func (hubs *Hubs) PackHubs(hub common.Address) []byte {
	enc, err := hubs.abi.Pack("hubs", hub)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackHubs is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xca3106ae.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function hubs(address hub) view returns(address owner, uint96 free, bool retired)
func (hubs *Hubs) TryPackHubs(hub common.Address) ([]byte, error) {
	return hubs.abi.Pack("hubs", hub)
}

// HubsOutput serves as a container for the return parameters of contract
// method Hubs.
type HubsOutput struct {
	Owner   common.Address
	Free    *big.Int
	Retired bool
}

// UnpackHubs is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xca3106ae.
//
// Solidity: function hubs(address hub) view returns(address owner, uint96 free, bool retired)
func (hubs *Hubs) UnpackHubs(data []byte) (HubsOutput, error) {
	out, err := hubs.abi.Unpack("hubs", data)
	outstruct := new(HubsOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Owner = *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	outstruct.Free = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	outstruct.Retired = *abi.ConvertType(out[2], new(bool)).(*bool)
	return *outstruct, nil
}

// PackIns is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06b04ca8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function ins(address hub, address consumer) view returns(uint96 deposited, uint96 settled, uint64 exitAt, uint64 notBefore)
func (hubs *Hubs) PackIns(hub common.Address, consumer common.Address) []byte {
	enc, err := hubs.abi.Pack("ins", hub, consumer)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackIns is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06b04ca8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function ins(address hub, address consumer) view returns(uint96 deposited, uint96 settled, uint64 exitAt, uint64 notBefore)
func (hubs *Hubs) TryPackIns(hub common.Address, consumer common.Address) ([]byte, error) {
	return hubs.abi.Pack("ins", hub, consumer)
}

// InsOutput serves as a container for the return parameters of contract
// method Ins.
type InsOutput struct {
	Deposited *big.Int
	Settled   *big.Int
	ExitAt    uint64
	NotBefore uint64
}

// UnpackIns is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x06b04ca8.
//
// Solidity: function ins(address hub, address consumer) view returns(uint96 deposited, uint96 settled, uint64 exitAt, uint64 notBefore)
func (hubs *Hubs) UnpackIns(data []byte) (InsOutput, error) {
	out, err := hubs.abi.Unpack("ins", data)
	outstruct := new(InsOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Deposited = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.Settled = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	outstruct.ExitAt = *abi.ConvertType(out[2], new(uint64)).(*uint64)
	outstruct.NotBefore = *abi.ConvertType(out[3], new(uint64)).(*uint64)
	return *outstruct, nil
}

// PackMinTopUp is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x067fb8b1.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function minTopUp() view returns(uint96)
func (hubs *Hubs) PackMinTopUp() []byte {
	enc, err := hubs.abi.Pack("minTopUp")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMinTopUp is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x067fb8b1.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function minTopUp() view returns(uint96)
func (hubs *Hubs) TryPackMinTopUp() ([]byte, error) {
	return hubs.abi.Pack("minTopUp")
}

// UnpackMinTopUp is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x067fb8b1.
//
// Solidity: function minTopUp() view returns(uint96)
func (hubs *Hubs) UnpackMinTopUp(data []byte) (*big.Int, error) {
	out, err := hubs.abi.Unpack("minTopUp", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackOpenHub is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x512410dd.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function openHub(address hub, uint96 amount, bytes32 r, bytes32 vs) returns()
func (hubs *Hubs) PackOpenHub(hub common.Address, amount *big.Int, r [32]byte, vs [32]byte) []byte {
	enc, err := hubs.abi.Pack("openHub", hub, amount, r, vs)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOpenHub is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x512410dd.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function openHub(address hub, uint96 amount, bytes32 r, bytes32 vs) returns()
func (hubs *Hubs) TryPackOpenHub(hub common.Address, amount *big.Int, r [32]byte, vs [32]byte) ([]byte, error) {
	return hubs.abi.Pack("openHub", hub, amount, r, vs)
}

// PackOuts is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x33020fd8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function outs(address hub, address payee) view returns(uint96 settled, uint96 reserved, uint64 unlockAt)
func (hubs *Hubs) PackOuts(hub common.Address, payee common.Address) []byte {
	enc, err := hubs.abi.Pack("outs", hub, payee)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOuts is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x33020fd8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function outs(address hub, address payee) view returns(uint96 settled, uint96 reserved, uint64 unlockAt)
func (hubs *Hubs) TryPackOuts(hub common.Address, payee common.Address) ([]byte, error) {
	return hubs.abi.Pack("outs", hub, payee)
}

// OutsOutput serves as a container for the return parameters of contract
// method Outs.
type OutsOutput struct {
	Settled  *big.Int
	Reserved *big.Int
	UnlockAt uint64
}

// UnpackOuts is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x33020fd8.
//
// Solidity: function outs(address hub, address payee) view returns(uint96 settled, uint96 reserved, uint64 unlockAt)
func (hubs *Hubs) UnpackOuts(data []byte) (OutsOutput, error) {
	out, err := hubs.abi.Unpack("outs", data)
	outstruct := new(OutsOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Settled = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.Reserved = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	outstruct.UnlockAt = *abi.ConvertType(out[2], new(uint64)).(*uint64)
	return *outstruct, nil
}

// PackOwed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x28079e4a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function owed(address hub, address consumer) view returns(address relayer, uint96 fee)
func (hubs *Hubs) PackOwed(hub common.Address, consumer common.Address) []byte {
	enc, err := hubs.abi.Pack("owed", hub, consumer)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOwed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x28079e4a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function owed(address hub, address consumer) view returns(address relayer, uint96 fee)
func (hubs *Hubs) TryPackOwed(hub common.Address, consumer common.Address) ([]byte, error) {
	return hubs.abi.Pack("owed", hub, consumer)
}

// OwedOutput serves as a container for the return parameters of contract
// method Owed.
type OwedOutput struct {
	Relayer common.Address
	Fee     *big.Int
}

// UnpackOwed is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x28079e4a.
//
// Solidity: function owed(address hub, address consumer) view returns(address relayer, uint96 fee)
func (hubs *Hubs) UnpackOwed(data []byte) (OwedOutput, error) {
	out, err := hubs.abi.Unpack("owed", data)
	outstruct := new(OwedOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Relayer = *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	outstruct.Fee = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	return *outstruct, nil
}

// PackPush is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xcf861304.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function push(address hub, (address,uint96,uint96)[] items) returns()
func (hubs *Hubs) PackPush(hub common.Address, items []IHubsItem) []byte {
	enc, err := hubs.abi.Pack("push", hub, items)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPush is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xcf861304.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function push(address hub, (address,uint96,uint96)[] items) returns()
func (hubs *Hubs) TryPackPush(hub common.Address, items []IHubsItem) ([]byte, error) {
	return hubs.abi.Pack("push", hub, items)
}

// PackRequestExit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x28cb1e38.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function requestExit(address hub) returns()
func (hubs *Hubs) PackRequestExit(hub common.Address) []byte {
	enc, err := hubs.abi.Pack("requestExit", hub)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRequestExit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x28cb1e38.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function requestExit(address hub) returns()
func (hubs *Hubs) TryPackRequestExit(hub common.Address) ([]byte, error) {
	return hubs.abi.Pack("requestExit", hub)
}

// PackRequestExitFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7033b5e7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function requestExitFor((address,address,uint96,uint96,address,uint256,bytes32,bytes32) l) returns()
func (hubs *Hubs) PackRequestExitFor(l IHubsLeave) []byte {
	enc, err := hubs.abi.Pack("requestExitFor", l)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRequestExitFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7033b5e7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function requestExitFor((address,address,uint96,uint96,address,uint256,bytes32,bytes32) l) returns()
func (hubs *Hubs) TryPackRequestExitFor(l IHubsLeave) ([]byte, error) {
	return hubs.abi.Pack("requestExitFor", l)
}

// PackRetire is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9e6371ba.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function retire(address hub) returns()
func (hubs *Hubs) PackRetire(hub common.Address) []byte {
	enc, err := hubs.abi.Pack("retire", hub)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRetire is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9e6371ba.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function retire(address hub) returns()
func (hubs *Hubs) TryPackRetire(hub common.Address) ([]byte, error) {
	return hubs.abi.Pack("retire", hub)
}

// PackSettle is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc05c3cc8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function settle(address hub, (address,uint96,uint64,bytes32,bytes32,bytes32)[] payouts) returns()
func (hubs *Hubs) PackSettle(hub common.Address, payouts []IHubsPayout) []byte {
	enc, err := hubs.abi.Pack("settle", hub, payouts)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSettle is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc05c3cc8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function settle(address hub, (address,uint96,uint64,bytes32,bytes32,bytes32)[] payouts) returns()
func (hubs *Hubs) TryPackSettle(hub common.Address, payouts []IHubsPayout) ([]byte, error) {
	return hubs.abi.Pack("settle", hub, payouts)
}

// PackToken is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfc0c546a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function token() view returns(address)
func (hubs *Hubs) PackToken() []byte {
	enc, err := hubs.abi.Pack("token")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackToken is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfc0c546a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function token() view returns(address)
func (hubs *Hubs) TryPackToken() ([]byte, error) {
	return hubs.abi.Pack("token")
}

// UnpackToken is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xfc0c546a.
//
// Solidity: function token() view returns(address)
func (hubs *Hubs) UnpackToken(data []byte) (common.Address, error) {
	out, err := hubs.abi.Unpack("token", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackTopUp is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x96bd06ab.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function topUp(address hub, address consumer, uint96 amount) returns()
func (hubs *Hubs) PackTopUp(hub common.Address, consumer common.Address, amount *big.Int) []byte {
	enc, err := hubs.abi.Pack("topUp", hub, consumer, amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTopUp is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x96bd06ab.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function topUp(address hub, address consumer, uint96 amount) returns()
func (hubs *Hubs) TryPackTopUp(hub common.Address, consumer common.Address, amount *big.Int) ([]byte, error) {
	return hubs.abi.Pack("topUp", hub, consumer, amount)
}

// PackTopUpAuth is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1243abaf.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function topUpAuth((address,address,uint96,uint96,address,uint256,bytes32,bytes32) t) returns()
func (hubs *Hubs) PackTopUpAuth(t IHubsTopUp) []byte {
	enc, err := hubs.abi.Pack("topUpAuth", t)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTopUpAuth is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x1243abaf.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function topUpAuth((address,address,uint96,uint96,address,uint256,bytes32,bytes32) t) returns()
func (hubs *Hubs) TryPackTopUpAuth(t IHubsTopUp) ([]byte, error) {
	return hubs.abi.Pack("topUpAuth", t)
}

// PackTopUpPermit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa6c90501.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function topUpPermit((address,address,uint96,uint96,address,uint256,bytes32,bytes32) t, (uint256,uint256,bytes32,bytes32) p) returns()
func (hubs *Hubs) PackTopUpPermit(t IHubsTopUp, p IHubsPermit) []byte {
	enc, err := hubs.abi.Pack("topUpPermit", t, p)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTopUpPermit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa6c90501.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function topUpPermit((address,address,uint96,uint96,address,uint256,bytes32,bytes32) t, (uint256,uint256,bytes32,bytes32) p) returns()
func (hubs *Hubs) TryPackTopUpPermit(t IHubsTopUp, p IHubsPermit) ([]byte, error) {
	return hubs.abi.Pack("topUpPermit", t, p)
}

// PackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8c8c3c9d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function withdraw(address hub, uint96 amount) returns()
func (hubs *Hubs) PackWithdraw(hub common.Address, amount *big.Int) []byte {
	enc, err := hubs.abi.Pack("withdraw", hub, amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8c8c3c9d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function withdraw(address hub, uint96 amount) returns()
func (hubs *Hubs) TryPackWithdraw(hub common.Address, amount *big.Int) ([]byte, error) {
	return hubs.abi.Pack("withdraw", hub, amount)
}

// HubsCollected represents a Collected event raised by the Hubs contract.
type HubsCollected struct {
	Hub      common.Address
	Consumer common.Address
	Amount   *big.Int
	Settled  *big.Int
	Raw      *types.Log // Blockchain specific contextual infos
}

const HubsCollectedEventName = "Collected"

// ContractEventName returns the user-defined event name.
func (HubsCollected) ContractEventName() string {
	return HubsCollectedEventName
}

// UnpackCollectedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Collected(address indexed hub, address indexed consumer, uint96 amount, uint96 settled)
func (hubs *Hubs) UnpackCollectedEvent(log *types.Log) (*HubsCollected, error) {
	event := "Collected"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != hubs.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(HubsCollected)
	if len(log.Data) > 0 {
		if err := hubs.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range hubs.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// HubsCutAnnounced represents a CutAnnounced event raised by the Hubs contract.
type HubsCutAnnounced struct {
	Hub      common.Address
	Payee    common.Address
	UnlockAt uint64
	Raw      *types.Log // Blockchain specific contextual infos
}

const HubsCutAnnouncedEventName = "CutAnnounced"

// ContractEventName returns the user-defined event name.
func (HubsCutAnnounced) ContractEventName() string {
	return HubsCutAnnouncedEventName
}

// UnpackCutAnnouncedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event CutAnnounced(address indexed hub, address indexed payee, uint64 unlockAt)
func (hubs *Hubs) UnpackCutAnnouncedEvent(log *types.Log) (*HubsCutAnnounced, error) {
	event := "CutAnnounced"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != hubs.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(HubsCutAnnounced)
	if len(log.Data) > 0 {
		if err := hubs.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range hubs.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// HubsExitRequested represents a ExitRequested event raised by the Hubs contract.
type HubsExitRequested struct {
	Hub      common.Address
	Consumer common.Address
	ExitAt   uint64
	Raw      *types.Log // Blockchain specific contextual infos
}

const HubsExitRequestedEventName = "ExitRequested"

// ContractEventName returns the user-defined event name.
func (HubsExitRequested) ContractEventName() string {
	return HubsExitRequestedEventName
}

// UnpackExitRequestedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ExitRequested(address indexed hub, address indexed consumer, uint64 exitAt)
func (hubs *Hubs) UnpackExitRequestedEvent(log *types.Log) (*HubsExitRequested, error) {
	event := "ExitRequested"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != hubs.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(HubsExitRequested)
	if len(log.Data) > 0 {
		if err := hubs.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range hubs.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// HubsExited represents a Exited event raised by the Hubs contract.
type HubsExited struct {
	Hub      common.Address
	Consumer common.Address
	Amount   *big.Int
	Settled  *big.Int
	Raw      *types.Log // Blockchain specific contextual infos
}

const HubsExitedEventName = "Exited"

// ContractEventName returns the user-defined event name.
func (HubsExited) ContractEventName() string {
	return HubsExitedEventName
}

// UnpackExitedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Exited(address indexed hub, address indexed consumer, uint96 amount, uint96 settled)
func (hubs *Hubs) UnpackExitedEvent(log *types.Log) (*HubsExited, error) {
	event := "Exited"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != hubs.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(HubsExited)
	if len(log.Data) > 0 {
		if err := hubs.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range hubs.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// HubsFeePaid represents a FeePaid event raised by the Hubs contract.
type HubsFeePaid struct {
	Hub      common.Address
	Consumer common.Address
	Relayer  common.Address
	Fee      *big.Int
	Raw      *types.Log // Blockchain specific contextual infos
}

const HubsFeePaidEventName = "FeePaid"

// ContractEventName returns the user-defined event name.
func (HubsFeePaid) ContractEventName() string {
	return HubsFeePaidEventName
}

// UnpackFeePaidEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event FeePaid(address indexed hub, address indexed consumer, address indexed relayer, uint96 fee)
func (hubs *Hubs) UnpackFeePaidEvent(log *types.Log) (*HubsFeePaid, error) {
	event := "FeePaid"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != hubs.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(HubsFeePaid)
	if len(log.Data) > 0 {
		if err := hubs.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range hubs.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// HubsFunded represents a Funded event raised by the Hubs contract.
type HubsFunded struct {
	Hub    common.Address
	Amount *big.Int
	Free   *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const HubsFundedEventName = "Funded"

// ContractEventName returns the user-defined event name.
func (HubsFunded) ContractEventName() string {
	return HubsFundedEventName
}

// UnpackFundedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Funded(address indexed hub, uint96 amount, uint96 free)
func (hubs *Hubs) UnpackFundedEvent(log *types.Log) (*HubsFunded, error) {
	event := "Funded"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != hubs.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(HubsFunded)
	if len(log.Data) > 0 {
		if err := hubs.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range hubs.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// HubsHubOpened represents a HubOpened event raised by the Hubs contract.
type HubsHubOpened struct {
	Hub   common.Address
	Owner common.Address
	Raw   *types.Log // Blockchain specific contextual infos
}

const HubsHubOpenedEventName = "HubOpened"

// ContractEventName returns the user-defined event name.
func (HubsHubOpened) ContractEventName() string {
	return HubsHubOpenedEventName
}

// UnpackHubOpenedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event HubOpened(address indexed hub, address indexed owner)
func (hubs *Hubs) UnpackHubOpenedEvent(log *types.Log) (*HubsHubOpened, error) {
	event := "HubOpened"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != hubs.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(HubsHubOpened)
	if len(log.Data) > 0 {
		if err := hubs.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range hubs.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// HubsReserved represents a Reserved event raised by the Hubs contract.
type HubsReserved struct {
	Hub      common.Address
	Payee    common.Address
	Reserved *big.Int
	Raw      *types.Log // Blockchain specific contextual infos
}

const HubsReservedEventName = "Reserved"

// ContractEventName returns the user-defined event name.
func (HubsReserved) ContractEventName() string {
	return HubsReservedEventName
}

// UnpackReservedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Reserved(address indexed hub, address indexed payee, uint96 reserved)
func (hubs *Hubs) UnpackReservedEvent(log *types.Log) (*HubsReserved, error) {
	event := "Reserved"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != hubs.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(HubsReserved)
	if len(log.Data) > 0 {
		if err := hubs.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range hubs.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// HubsRetired represents a Retired event raised by the Hubs contract.
type HubsRetired struct {
	Hub common.Address
	Raw *types.Log // Blockchain specific contextual infos
}

const HubsRetiredEventName = "Retired"

// ContractEventName returns the user-defined event name.
func (HubsRetired) ContractEventName() string {
	return HubsRetiredEventName
}

// UnpackRetiredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Retired(address indexed hub)
func (hubs *Hubs) UnpackRetiredEvent(log *types.Log) (*HubsRetired, error) {
	event := "Retired"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != hubs.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(HubsRetired)
	if len(log.Data) > 0 {
		if err := hubs.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range hubs.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// HubsRevealed represents a Revealed event raised by the Hubs contract.
type HubsRevealed struct {
	Hub      common.Address
	Hashlock [32]byte
	Preimage [32]byte
	Raw      *types.Log // Blockchain specific contextual infos
}

const HubsRevealedEventName = "Revealed"

// ContractEventName returns the user-defined event name.
func (HubsRevealed) ContractEventName() string {
	return HubsRevealedEventName
}

// UnpackRevealedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Revealed(address indexed hub, bytes32 indexed hashlock, bytes32 preimage)
func (hubs *Hubs) UnpackRevealedEvent(log *types.Log) (*HubsRevealed, error) {
	event := "Revealed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != hubs.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(HubsRevealed)
	if len(log.Data) > 0 {
		if err := hubs.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range hubs.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// HubsSettled represents a Settled event raised by the Hubs contract.
type HubsSettled struct {
	Hub      common.Address
	Payee    common.Address
	Amount   *big.Int
	Settled  *big.Int
	Reserved *big.Int
	Raw      *types.Log // Blockchain specific contextual infos
}

const HubsSettledEventName = "Settled"

// ContractEventName returns the user-defined event name.
func (HubsSettled) ContractEventName() string {
	return HubsSettledEventName
}

// UnpackSettledEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Settled(address indexed hub, address indexed payee, uint96 amount, uint96 settled, uint96 reserved)
func (hubs *Hubs) UnpackSettledEvent(log *types.Log) (*HubsSettled, error) {
	event := "Settled"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != hubs.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(HubsSettled)
	if len(log.Data) > 0 {
		if err := hubs.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range hubs.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// HubsShortfall represents a Shortfall event raised by the Hubs contract.
type HubsShortfall struct {
	Hub     common.Address
	Payee   common.Address
	Missing *big.Int
	Raw     *types.Log // Blockchain specific contextual infos
}

const HubsShortfallEventName = "Shortfall"

// ContractEventName returns the user-defined event name.
func (HubsShortfall) ContractEventName() string {
	return HubsShortfallEventName
}

// UnpackShortfallEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Shortfall(address indexed hub, address indexed payee, uint96 missing)
func (hubs *Hubs) UnpackShortfallEvent(log *types.Log) (*HubsShortfall, error) {
	event := "Shortfall"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != hubs.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(HubsShortfall)
	if len(log.Data) > 0 {
		if err := hubs.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range hubs.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// HubsSkipped represents a Skipped event raised by the Hubs contract.
type HubsSkipped struct {
	Hub     common.Address
	Account common.Address
	Total   *big.Int
	Reason  uint8
	Raw     *types.Log // Blockchain specific contextual infos
}

const HubsSkippedEventName = "Skipped"

// ContractEventName returns the user-defined event name.
func (HubsSkipped) ContractEventName() string {
	return HubsSkippedEventName
}

// UnpackSkippedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Skipped(address indexed hub, address indexed account, uint96 total, uint8 reason)
func (hubs *Hubs) UnpackSkippedEvent(log *types.Log) (*HubsSkipped, error) {
	event := "Skipped"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != hubs.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(HubsSkipped)
	if len(log.Data) > 0 {
		if err := hubs.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range hubs.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// HubsToppedUp represents a ToppedUp event raised by the Hubs contract.
type HubsToppedUp struct {
	Hub       common.Address
	Consumer  common.Address
	Amount    *big.Int
	Deposited *big.Int
	Raw       *types.Log // Blockchain specific contextual infos
}

const HubsToppedUpEventName = "ToppedUp"

// ContractEventName returns the user-defined event name.
func (HubsToppedUp) ContractEventName() string {
	return HubsToppedUpEventName
}

// UnpackToppedUpEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ToppedUp(address indexed hub, address indexed consumer, uint96 amount, uint96 deposited)
func (hubs *Hubs) UnpackToppedUpEvent(log *types.Log) (*HubsToppedUp, error) {
	event := "ToppedUp"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != hubs.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(HubsToppedUp)
	if len(log.Data) > 0 {
		if err := hubs.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range hubs.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// HubsWithdrawn represents a Withdrawn event raised by the Hubs contract.
type HubsWithdrawn struct {
	Hub    common.Address
	Amount *big.Int
	Free   *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const HubsWithdrawnEventName = "Withdrawn"

// ContractEventName returns the user-defined event name.
func (HubsWithdrawn) ContractEventName() string {
	return HubsWithdrawnEventName
}

// UnpackWithdrawnEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Withdrawn(address indexed hub, uint96 amount, uint96 free)
func (hubs *Hubs) UnpackWithdrawnEvent(log *types.Log) (*HubsWithdrawn, error) {
	event := "Withdrawn"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != hubs.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(HubsWithdrawn)
	if len(log.Data) > 0 {
		if err := hubs.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range hubs.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (hubs *Hubs) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], hubs.abi.Errors["AlreadyLeaving"].ID.Bytes()[:4]) {
		return hubs.UnpackAlreadyLeavingError(raw[4:])
	}
	if bytes.Equal(raw[:4], hubs.abi.Errors["AlreadyOpen"].ID.Bytes()[:4]) {
		return hubs.UnpackAlreadyOpenError(raw[4:])
	}
	if bytes.Equal(raw[:4], hubs.abi.Errors["AmountTooLarge"].ID.Bytes()[:4]) {
		return hubs.UnpackAmountTooLargeError(raw[4:])
	}
	if bytes.Equal(raw[:4], hubs.abi.Errors["BadAccount"].ID.Bytes()[:4]) {
		return hubs.UnpackBadAccountError(raw[4:])
	}
	if bytes.Equal(raw[:4], hubs.abi.Errors["BadParameter"].ID.Bytes()[:4]) {
		return hubs.UnpackBadParameterError(raw[4:])
	}
	if bytes.Equal(raw[:4], hubs.abi.Errors["BadSignature"].ID.Bytes()[:4]) {
		return hubs.UnpackBadSignatureError(raw[4:])
	}
	if bytes.Equal(raw[:4], hubs.abi.Errors["BelowMinimum"].ID.Bytes()[:4]) {
		return hubs.UnpackBelowMinimumError(raw[4:])
	}
	if bytes.Equal(raw[:4], hubs.abi.Errors["DeadlineTooFar"].ID.Bytes()[:4]) {
		return hubs.UnpackDeadlineTooFarError(raw[4:])
	}
	if bytes.Equal(raw[:4], hubs.abi.Errors["HubRetired"].ID.Bytes()[:4]) {
		return hubs.UnpackHubRetiredError(raw[4:])
	}
	if bytes.Equal(raw[:4], hubs.abi.Errors["InsufficientFunds"].ID.Bytes()[:4]) {
		return hubs.UnpackInsufficientFundsError(raw[4:])
	}
	if bytes.Equal(raw[:4], hubs.abi.Errors["NotAllowed"].ID.Bytes()[:4]) {
		return hubs.UnpackNotAllowedError(raw[4:])
	}
	if bytes.Equal(raw[:4], hubs.abi.Errors["NotLeaving"].ID.Bytes()[:4]) {
		return hubs.UnpackNotLeavingError(raw[4:])
	}
	if bytes.Equal(raw[:4], hubs.abi.Errors["NotOpen"].ID.Bytes()[:4]) {
		return hubs.UnpackNotOpenError(raw[4:])
	}
	if bytes.Equal(raw[:4], hubs.abi.Errors["NothingDeposited"].ID.Bytes()[:4]) {
		return hubs.UnpackNothingDepositedError(raw[4:])
	}
	if bytes.Equal(raw[:4], hubs.abi.Errors["OtherRelayer"].ID.Bytes()[:4]) {
		return hubs.UnpackOtherRelayerError(raw[4:])
	}
	if bytes.Equal(raw[:4], hubs.abi.Errors["Reentered"].ID.Bytes()[:4]) {
		return hubs.UnpackReenteredError(raw[4:])
	}
	if bytes.Equal(raw[:4], hubs.abi.Errors["SignatureExpired"].ID.Bytes()[:4]) {
		return hubs.UnpackSignatureExpiredError(raw[4:])
	}
	if bytes.Equal(raw[:4], hubs.abi.Errors["SignatureVoid"].ID.Bytes()[:4]) {
		return hubs.UnpackSignatureVoidError(raw[4:])
	}
	if bytes.Equal(raw[:4], hubs.abi.Errors["TooEarly"].ID.Bytes()[:4]) {
		return hubs.UnpackTooEarlyError(raw[4:])
	}
	if bytes.Equal(raw[:4], hubs.abi.Errors["WrongAmountReceived"].ID.Bytes()[:4]) {
		return hubs.UnpackWrongAmountReceivedError(raw[4:])
	}
	if bytes.Equal(raw[:4], hubs.abi.Errors["WrongState"].ID.Bytes()[:4]) {
		return hubs.UnpackWrongStateError(raw[4:])
	}
	if bytes.Equal(raw[:4], hubs.abi.Errors["ZeroAmount"].ID.Bytes()[:4]) {
		return hubs.UnpackZeroAmountError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// HubsAlreadyLeaving represents a AlreadyLeaving error raised by the Hubs contract.
type HubsAlreadyLeaving struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadyLeaving()
func HubsAlreadyLeavingErrorID() common.Hash {
	return common.HexToHash("0x33dd9771a04987f8b2f49f8bbcc151db435d1e17b8367051371cfd069b3fb717")
}

// UnpackAlreadyLeavingError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadyLeaving()
func (hubs *Hubs) UnpackAlreadyLeavingError(raw []byte) (*HubsAlreadyLeaving, error) {
	out := new(HubsAlreadyLeaving)
	if err := hubs.abi.UnpackIntoInterface(out, "AlreadyLeaving", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// HubsAlreadyOpen represents a AlreadyOpen error raised by the Hubs contract.
type HubsAlreadyOpen struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadyOpen()
func HubsAlreadyOpenErrorID() common.Hash {
	return common.HexToHash("0x965f8d9458b8ab0a423272d2f650c37547dab9482f9ccb60ee09da42bed12db9")
}

// UnpackAlreadyOpenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadyOpen()
func (hubs *Hubs) UnpackAlreadyOpenError(raw []byte) (*HubsAlreadyOpen, error) {
	out := new(HubsAlreadyOpen)
	if err := hubs.abi.UnpackIntoInterface(out, "AlreadyOpen", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// HubsAmountTooLarge represents a AmountTooLarge error raised by the Hubs contract.
type HubsAmountTooLarge struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AmountTooLarge()
func HubsAmountTooLargeErrorID() common.Hash {
	return common.HexToHash("0x06250401c072295744520da9e60a3a29ab28ceb9fda5d792222d5242d22e8a44")
}

// UnpackAmountTooLargeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AmountTooLarge()
func (hubs *Hubs) UnpackAmountTooLargeError(raw []byte) (*HubsAmountTooLarge, error) {
	out := new(HubsAmountTooLarge)
	if err := hubs.abi.UnpackIntoInterface(out, "AmountTooLarge", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// HubsBadAccount represents a BadAccount error raised by the Hubs contract.
type HubsBadAccount struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadAccount()
func HubsBadAccountErrorID() common.Hash {
	return common.HexToHash("0x1c2b0777b22e0ef3f377bfcfcfc42e823913ab64f6fd3126c73b14b3f5b2ab6a")
}

// UnpackBadAccountError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadAccount()
func (hubs *Hubs) UnpackBadAccountError(raw []byte) (*HubsBadAccount, error) {
	out := new(HubsBadAccount)
	if err := hubs.abi.UnpackIntoInterface(out, "BadAccount", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// HubsBadParameter represents a BadParameter error raised by the Hubs contract.
type HubsBadParameter struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadParameter()
func HubsBadParameterErrorID() common.Hash {
	return common.HexToHash("0x8ec48e16047a0178c89bdefa13cab01a03913d2353214edd02ae0575f1cd52a7")
}

// UnpackBadParameterError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadParameter()
func (hubs *Hubs) UnpackBadParameterError(raw []byte) (*HubsBadParameter, error) {
	out := new(HubsBadParameter)
	if err := hubs.abi.UnpackIntoInterface(out, "BadParameter", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// HubsBadSignature represents a BadSignature error raised by the Hubs contract.
type HubsBadSignature struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BadSignature()
func HubsBadSignatureErrorID() common.Hash {
	return common.HexToHash("0x5cd5d2335541c4f2ed05fbe44f397e8b79f8e2333157122d2dab06e378ef7685")
}

// UnpackBadSignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BadSignature()
func (hubs *Hubs) UnpackBadSignatureError(raw []byte) (*HubsBadSignature, error) {
	out := new(HubsBadSignature)
	if err := hubs.abi.UnpackIntoInterface(out, "BadSignature", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// HubsBelowMinimum represents a BelowMinimum error raised by the Hubs contract.
type HubsBelowMinimum struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BelowMinimum()
func HubsBelowMinimumErrorID() common.Hash {
	return common.HexToHash("0x860b82a9b917a4320d0df0c1d8d3474911b5732417bdf8b46719c35765185d90")
}

// UnpackBelowMinimumError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BelowMinimum()
func (hubs *Hubs) UnpackBelowMinimumError(raw []byte) (*HubsBelowMinimum, error) {
	out := new(HubsBelowMinimum)
	if err := hubs.abi.UnpackIntoInterface(out, "BelowMinimum", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// HubsDeadlineTooFar represents a DeadlineTooFar error raised by the Hubs contract.
type HubsDeadlineTooFar struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error DeadlineTooFar()
func HubsDeadlineTooFarErrorID() common.Hash {
	return common.HexToHash("0x48f0fae6e5a1da8ef6655c9948766b23dac8d7e7b155c26213345b56b7b0861c")
}

// UnpackDeadlineTooFarError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error DeadlineTooFar()
func (hubs *Hubs) UnpackDeadlineTooFarError(raw []byte) (*HubsDeadlineTooFar, error) {
	out := new(HubsDeadlineTooFar)
	if err := hubs.abi.UnpackIntoInterface(out, "DeadlineTooFar", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// HubsHubRetired represents a HubRetired error raised by the Hubs contract.
type HubsHubRetired struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error HubRetired()
func HubsHubRetiredErrorID() common.Hash {
	return common.HexToHash("0x0e8a90433fcbfb6012b0e6720889b8013e9a09a202f14e86a160f620e44397bd")
}

// UnpackHubRetiredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error HubRetired()
func (hubs *Hubs) UnpackHubRetiredError(raw []byte) (*HubsHubRetired, error) {
	out := new(HubsHubRetired)
	if err := hubs.abi.UnpackIntoInterface(out, "HubRetired", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// HubsInsufficientFunds represents a InsufficientFunds error raised by the Hubs contract.
type HubsInsufficientFunds struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InsufficientFunds()
func HubsInsufficientFundsErrorID() common.Hash {
	return common.HexToHash("0x356680b7a9f05bb37583d674b7e01e0ae48f613276c56b1a670839f3c9f392c9")
}

// UnpackInsufficientFundsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InsufficientFunds()
func (hubs *Hubs) UnpackInsufficientFundsError(raw []byte) (*HubsInsufficientFunds, error) {
	out := new(HubsInsufficientFunds)
	if err := hubs.abi.UnpackIntoInterface(out, "InsufficientFunds", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// HubsNotAllowed represents a NotAllowed error raised by the Hubs contract.
type HubsNotAllowed struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotAllowed()
func HubsNotAllowedErrorID() common.Hash {
	return common.HexToHash("0x3d693ada2b7d6a2edee20ea0cf19d7267a84cc4ae96aafe9d465faf4dde58518")
}

// UnpackNotAllowedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotAllowed()
func (hubs *Hubs) UnpackNotAllowedError(raw []byte) (*HubsNotAllowed, error) {
	out := new(HubsNotAllowed)
	if err := hubs.abi.UnpackIntoInterface(out, "NotAllowed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// HubsNotLeaving represents a NotLeaving error raised by the Hubs contract.
type HubsNotLeaving struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotLeaving()
func HubsNotLeavingErrorID() common.Hash {
	return common.HexToHash("0x9ca68a46b41ebd21f774a612cad69fa352748c19780646527a6abaf854920035")
}

// UnpackNotLeavingError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotLeaving()
func (hubs *Hubs) UnpackNotLeavingError(raw []byte) (*HubsNotLeaving, error) {
	out := new(HubsNotLeaving)
	if err := hubs.abi.UnpackIntoInterface(out, "NotLeaving", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// HubsNotOpen represents a NotOpen error raised by the Hubs contract.
type HubsNotOpen struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotOpen()
func HubsNotOpenErrorID() common.Hash {
	return common.HexToHash("0xddafad98957e3330f4cfa14cb453d4f55c78b759d3c470492e4866db3bf3857e")
}

// UnpackNotOpenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotOpen()
func (hubs *Hubs) UnpackNotOpenError(raw []byte) (*HubsNotOpen, error) {
	out := new(HubsNotOpen)
	if err := hubs.abi.UnpackIntoInterface(out, "NotOpen", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// HubsNothingDeposited represents a NothingDeposited error raised by the Hubs contract.
type HubsNothingDeposited struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NothingDeposited()
func HubsNothingDepositedErrorID() common.Hash {
	return common.HexToHash("0x69b95dc9068b73ded05a3e1e3b394dc555034d0aab99497e4bc8f40d01473ecd")
}

// UnpackNothingDepositedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NothingDeposited()
func (hubs *Hubs) UnpackNothingDepositedError(raw []byte) (*HubsNothingDeposited, error) {
	out := new(HubsNothingDeposited)
	if err := hubs.abi.UnpackIntoInterface(out, "NothingDeposited", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// HubsOtherRelayer represents a OtherRelayer error raised by the Hubs contract.
type HubsOtherRelayer struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OtherRelayer()
func HubsOtherRelayerErrorID() common.Hash {
	return common.HexToHash("0xf90f96ed7d97a78a183919db892984efd00887a0860af0179c2c971ea3780a4b")
}

// UnpackOtherRelayerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OtherRelayer()
func (hubs *Hubs) UnpackOtherRelayerError(raw []byte) (*HubsOtherRelayer, error) {
	out := new(HubsOtherRelayer)
	if err := hubs.abi.UnpackIntoInterface(out, "OtherRelayer", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// HubsReentered represents a Reentered error raised by the Hubs contract.
type HubsReentered struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error Reentered()
func HubsReenteredErrorID() common.Hash {
	return common.HexToHash("0xb5dfd9e53a10d4d747ca3de749b98baf23546e800cbacdb1dbc28233e586d1ee")
}

// UnpackReenteredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error Reentered()
func (hubs *Hubs) UnpackReenteredError(raw []byte) (*HubsReentered, error) {
	out := new(HubsReentered)
	if err := hubs.abi.UnpackIntoInterface(out, "Reentered", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// HubsSignatureExpired represents a SignatureExpired error raised by the Hubs contract.
type HubsSignatureExpired struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SignatureExpired()
func HubsSignatureExpiredErrorID() common.Hash {
	return common.HexToHash("0x0819bdcd8da3b255f8b8bf8497982cf672847d37ad445f8f2edca874c1fcb6a3")
}

// UnpackSignatureExpiredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SignatureExpired()
func (hubs *Hubs) UnpackSignatureExpiredError(raw []byte) (*HubsSignatureExpired, error) {
	out := new(HubsSignatureExpired)
	if err := hubs.abi.UnpackIntoInterface(out, "SignatureExpired", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// HubsSignatureVoid represents a SignatureVoid error raised by the Hubs contract.
type HubsSignatureVoid struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SignatureVoid()
func HubsSignatureVoidErrorID() common.Hash {
	return common.HexToHash("0x4fa56df4c0f635d6c4c4a44fff3c15baed2d4984fbb22a978afb06dcced245e0")
}

// UnpackSignatureVoidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SignatureVoid()
func (hubs *Hubs) UnpackSignatureVoidError(raw []byte) (*HubsSignatureVoid, error) {
	out := new(HubsSignatureVoid)
	if err := hubs.abi.UnpackIntoInterface(out, "SignatureVoid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// HubsTooEarly represents a TooEarly error raised by the Hubs contract.
type HubsTooEarly struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooEarly()
func HubsTooEarlyErrorID() common.Hash {
	return common.HexToHash("0x085de625ed51bbce95c12627fc263453b8d214878d184bd1eaa2cc357a507a30")
}

// UnpackTooEarlyError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooEarly()
func (hubs *Hubs) UnpackTooEarlyError(raw []byte) (*HubsTooEarly, error) {
	out := new(HubsTooEarly)
	if err := hubs.abi.UnpackIntoInterface(out, "TooEarly", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// HubsWrongAmountReceived represents a WrongAmountReceived error raised by the Hubs contract.
type HubsWrongAmountReceived struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongAmountReceived()
func HubsWrongAmountReceivedErrorID() common.Hash {
	return common.HexToHash("0x6d799c4a4dfb5f99c0a461b357c2673528c3d00d8db04d979d4be60ec9b7f414")
}

// UnpackWrongAmountReceivedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongAmountReceived()
func (hubs *Hubs) UnpackWrongAmountReceivedError(raw []byte) (*HubsWrongAmountReceived, error) {
	out := new(HubsWrongAmountReceived)
	if err := hubs.abi.UnpackIntoInterface(out, "WrongAmountReceived", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// HubsWrongState represents a WrongState error raised by the Hubs contract.
type HubsWrongState struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongState()
func HubsWrongStateErrorID() common.Hash {
	return common.HexToHash("0xde4168ba7198f38303be592cc28507102d9b35ab9e6847344eb3979e3a60fa52")
}

// UnpackWrongStateError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongState()
func (hubs *Hubs) UnpackWrongStateError(raw []byte) (*HubsWrongState, error) {
	out := new(HubsWrongState)
	if err := hubs.abi.UnpackIntoInterface(out, "WrongState", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// HubsZeroAmount represents a ZeroAmount error raised by the Hubs contract.
type HubsZeroAmount struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ZeroAmount()
func HubsZeroAmountErrorID() common.Hash {
	return common.HexToHash("0x1f2a2005cb66a8e145327e8814e243a0996aec9bfe1e15a495778b1236dbd485")
}

// UnpackZeroAmountError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ZeroAmount()
func (hubs *Hubs) UnpackZeroAmountError(raw []byte) (*HubsZeroAmount, error) {
	out := new(HubsZeroAmount)
	if err := hubs.abi.UnpackIntoInterface(out, "ZeroAmount", raw); err != nil {
		return nil, err
	}
	return out, nil
}
