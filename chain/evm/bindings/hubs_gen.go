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
	Bin: "0x61018080604052346102fe57606081614ccc80380380916100208285610315565b8339810103126102fe5780516001600160a01b03811691908281036102fe576020820151916001600160401b038316908184036102fe5760400151936001600160601b03851685036102fe57306080524660a05260a0604051610084604082610315565b600481526020810190634875627360e01b8252604051916100a6604084610315565b600183526020830191603160f81b8352519020915190208160c0528060e052604051917f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f8352602083015260408201524660608201523060808201522061010052823b1590811561029b575b5061027e57610e10811090811561028d575b5061027e5761012052610140526101605260405161497f908161034d82396080518181816105ea015281816119e501528181611e420152818161259b01526136d4015260a0518181816105c7015281816119c201528181611e1f0152818161257801526136b1015260c0518181816106da01528181611a470152818161202101528181612698015261375d015260e05181818161070001528181611a6d01528181612047015281816126be01526137830152610100518181816105a5015281816119a001528181611dfd01528181612556015261368e01526101205181818161016201528181610a6001528181610e5d01528181611eb001528181612e2a01528181612e5d01528181613504015281816137c001528181613fb8015261484f0152610140518181816107bf0152818161129f0152818161146d01528181611bcd01526131c7015261016051818181610cf601526121960152f35b634762470b60e11b5f5260045ffd5b6301e133809150115f610124565b6040516318160ddd60e01b81529150602090829060049082905afa90811561030a575f916102d4575b5060016001605f1b03105f610112565b90506020813d602011610302575b816102ef60209383610315565b810103126102fe57515f6102c4565b5f80fd5b3d91506102e2565b6040513d5f823e3d90fd5b601f909101601f19168101906001600160401b0382119082101761033857604052565b634e487b7160e01b5f52604160045260245ffdfe60806040526004361015610011575f80fd5b5f5f3560e01c806305d709d0146121ba578063067fb8b11461217257806306b04ca8146120a85780631243abaf14611d9657806328079e4a14611d2057806328cb1e3814611b3c57806333020fd814611aa85780633644e5151461198c57806341f625fb1461175157806342e867091461164357806346ed8e8914611626578063512410dd146114915780636a42b8f81461144c5780637033b5e71461114357806378246ebb1461111e57806378f1373914610fcd57806384b0196e14610ea95780638c8c3c9d14610d4557806396bd06ab14610c025780639e6371ba14610b1a578063a6c90501146108f7578063ac80b5fe14610739578063c05c3cc814610587578063ca3106ae14610516578063cc6d861614610410578063cf861304146101895763fc0c546a14610143575f80fd5b3461018657806003193601126101865760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b80fd5b5034610186576040600319360112610186576101a3612254565b6024359067ffffffffffffffff821161040c573660238301121561040c5781600401359167ffffffffffffffff831161040857366024606085028301011161040857835c6103e0576001845d6001600160a01b038216908185528460205261020e6040862054613598565b906001600160a01b03825116331415806103c9575b6103a157602082016bffffffffffffffffffffffff81511690875b878110156103645760608102840190602482019161026361025e8461238c565b613f92565b1561035957876102968a6102768661238c565b610282604486016123d6565b908b610290606488016123d6565b936142b0565b92905b159485610310575b6001956102b3575b505050500161023e565b7f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d916103046102f560446102ee6001600160a01b039561238c565b93016123d6565b95604051938493169683612719565b0390a35f8781806102a9565b915091929350600683101561032c5782151593929189916102a1565b60248c7f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b878b91600392610299565b888686856bffffffffffffffffffffffff86511603610385575b8280805d80f35b61038e906135d1565b908252816020526040822055818061037e565b6004867f3d693ada000000000000000000000000000000000000000000000000000000008152fd5b503383141580610223575060408201511515610223565b6004847fb5dfd9e5000000000000000000000000000000000000000000000000000000008152fd5b8380fd5b8280fd5b50346101865760031936016101a0811261051257610100136101865760a07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffefc36011261018657805c6104ea576001815d6001600160a01b03610470612360565b1681526001602052604081206001600160a01b0361048c612376565b165f526020526104e46104a260405f205461274d565b6104ab8161388d565b6104c5816104b7612360565b6104bf612376565b90612aa1565b6104cd612360565b906104d6612376565b6104de6123bb565b92612f46565b80805d80f35b807fb5dfd9e50000000000000000000000000000000000000000000000000000000060049252fd5b5080fd5b50346101865760206003193601126101865761054e60406060926001600160a01b03610540612254565b168152806020522054613598565b6001600160a01b038151169060406bffffffffffffffffffffffff60208301511691015115159060405192835260208301526040820152f35b503461018657610596366122b6565b839291925c6103e0576001845d7f0000000000000000000000000000000000000000000000000000000000000000467f000000000000000000000000000000000000000000000000000000000000000014307f00000000000000000000000000000000000000000000000000000000000000001416156106ac575b6001600160a01b03831693848652856020526106306040872054613598565b9360208501926bffffffffffffffffffffffff84511694885b81811061068d5750505050506bffffffffffffffffffffffff90511603610671578280805d80f35b61067a906135d1565b9082528160205260408220555f8061037e565b806106a661069e6001938589612516565b858b88613c95565b01610649565b5061073460a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f000000000000000000000000000000000000000000000000000000000000000060208201527f000000000000000000000000000000000000000000000000000000000000000060408201524660608201523060808201522090565b610611565b503461018657604060031936011261018657610753612254565b61075b61226a565b90825c6108cf576001600160a01b0316808352826020526001600160a01b036107876040852054613598565b511633036108a7577fbc29613715ec2434dd0729122e4ad75f7c1808f99b15014a52333ba967b0ecad60206001600160a01b036107ee7f000000000000000000000000000000000000000000000000000000000000000067ffffffffffffffff42166126f7565b9484875260028352604087208282165f52835261088467ffffffffffffffff61081a60405f205461355c565b9716968760408201527fffffffffffffffff00000000000000000000000000000000000000000000000060406bffffffffffffffffffffffff83511677ffffffffffffffffffffffff000000000000000000000000602085015160601b161792015160c01b161790565b85885260028452604088208383165f52845260405f20556040519586521693a380f35b6004837f3d693ada000000000000000000000000000000000000000000000000000000008152fd5b6004837fb5dfd9e5000000000000000000000000000000000000000000000000000000008152fd5b5034610186576003193601610180811261051257610100136101865760807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffefc36011261018657805c6104ea576001815d6001600160a01b03610957612360565b1681526001602052604081206001600160a01b03610973612376565b165f5260205261098660405f205461274d565b6109a7610992826131ff565b61099a612376565b60e4359160c43591613685565b610a0c6109ec6bffffffffffffffffffffffff6109cf6109c56123a0565b82865116906123ef565b166bffffffffffffffffffffffff6109e56123bb565b1690612455565b916109f5612360565b906109fe612376565b610a066123a0565b92613318565b816101243580610a4a575b50610a2982610a24612376565b6137bd565b6104e4610a34612360565b610a3c612376565b610a446123bb565b916134ae565b610a566101643561344a565b6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001690610a89612376565b823b15610b1657856001600160a01b039360e49360ff8397604051998a9889977fd505accf00000000000000000000000000000000000000000000000000000000895216600488015230602488015261010435604488015260648701521660848501526101443560a485015260c48401525af115610a175781610b0b916124ab565b61051257815f610a17565b8580fd5b503461018657602060031936011261018657610b34612254565b815c610bda576001600160a01b031680825281602052610b576040832054613598565b6001600160a01b0381511633036108a757604081018051610bb257906001610b7f92526135d1565b8183528260205260408320557fda9d2e31afb0de4b09fe65662e5e025013186f59dd81d4946248587a2f77c6df8280a280f35b6004847f0e8a9043000000000000000000000000000000000000000000000000000000008152fd5b6004827fb5dfd9e5000000000000000000000000000000000000000000000000000000008152fd5b503461018657606060031936011261018657610c1c612254565b610c2461226a565b90610c2d612280565b835c6103e0576001845d6bffffffffffffffffffffffff8116928315610d1d576001600160a01b03811633141580610ce6575b610cbe5791610cb8916104e494936001600160a01b03831687526001602052604087206001600160a01b0382165f52602052610a06610ca260405f205461274d565b926bffffffffffffffffffffffff8451166124ec565b336137bd565b6004857f860b82a9000000000000000000000000000000000000000000000000000000008152fd5b506bffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168410610c60565b6004857f1f2a2005000000000000000000000000000000000000000000000000000000008152fd5b503461018657604060031936011261018657610d5f612254565b90610d6861229b565b91815c610bda576001600160a01b03906001835d1680825281602052610d916040832054613598565b906001600160a01b0382511633036108a757602082016bffffffffffffffffffffffff815116926bffffffffffffffffffffffff8616938411610e8157946bffffffffffffffffffffffff82610e1c6104e4979883610e1486827f8c01bd6f2152418bd9f8ffa49605c8e2de46ad9142ea2344d2a61e53f6719e6d9951166123ef565b1683526135d1565b858952886020526040892055511690610e57604051928392839092916bffffffffffffffffffffffff60209181604085019616845216910152565b0390a2337f0000000000000000000000000000000000000000000000000000000000000000613c3b565b6004857f356680b7000000000000000000000000000000000000000000000000000000008152fd5b503461018657806003193601126101865780610f6e915060405190610ecf6040836124ab565b600482527f48756273000000000000000000000000000000000000000000000000000000006020830152610f7c604051610f0a6040826124ab565b600181527f310000000000000000000000000000000000000000000000000000000000000060208201526040519485947f0f00000000000000000000000000000000000000000000000000000000000000865260e0602087015260e086019061231d565b90848203604086015261231d565b904660608401523060808401528060a084015282820360c084015260206060519283815201916080915b818110610fb4575050500390f35b8251845285945060209384019390920191600101610fa6565b503461018657604060031936011261018657610fe7612254565b90610ff061229b565b91815c610bda576001600160a01b03906001835d16808252816020526110196040832054613598565b906001600160a01b03825116156110f6576bffffffffffffffffffffffff84169182156110ce576104e493946bffffffffffffffffffffffff8261108a60207f48e188a839adb96efd033a36fa37f1c63f3a958cbdf856d139532456f5b6326495019183610e1486828651166124ec565b8589528860205260408920555116906110c5604051928392839092916bffffffffffffffffffffffff60209181604085019616845216910152565b0390a2336137bd565b6004847f1f2a2005000000000000000000000000000000000000000000000000000000008152fd5b6004837fddafad98000000000000000000000000000000000000000000000000000000008152fd5b50346101865761112d366122b6565b908392935c6108cf576111409293612553565b80f35b50346101865761010060031936011261018657805c6104ea576001600160a01b0361116c612360565b1681526001602052604081206001600160a01b03611188612376565b165f5260205261119b60405f205461274d565b6111a48161388d565b6111ac6123bb565b6bffffffffffffffffffffffff825116906bffffffffffffffffffffffff806111dd602086019482865116906123ef565b16911611611424576bffffffffffffffffffffffff6111fa6123bb565b16611387575b611208612360565b90611211612376565b926bffffffffffffffffffffffff6112276123bb565b166113805760015b6060820192835160038110156113535761132b576bffffffffffffffffffffffff80845116915116146113035767ffffffffffffffff7fa2c878fd0cedfc403b411badadac73738e5df81bd4511af0c179e1c2a183b50a936001600160a01b036112da6020956112d583966112c67f00000000000000000000000000000000000000000000000000000000000000008842166126f7565b95876040850197168752612741565b6147a2565b96169586895260018552604089208489165f52855260405f20555116946040519586521693a380f35b6004867f69b95dc9000000000000000000000000000000000000000000000000000000008152fd5b6004877f33dd9771000000000000000000000000000000000000000000000000000000008152fd5b6024887f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b600261122f565b61138f6123bb565b6040519061139c82612462565b3382526bffffffffffffffffffffffff60208301911681526001600160a01b036113c4612360565b1685526003602052604085206001600160a01b036113e0612376565b165f526020527fffffffffffffffffffffffff00000000000000000000000000000000000000006001600160a01b0360405f20935116915160a01b16179055611200565b6004837f356680b7000000000000000000000000000000000000000000000000000000008152fd5b5034610186578060031936011261018657602060405167ffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b5034610186576080600319360112610186576114ab612254565b6114b361229b565b90825c6108cf576001835d6001600160a01b038116808452836020526114dc6040852054613598565b916001600160a01b038351166115fe577ffecd65154c2825507e5661068e7d019f5e2db045ac5112ea4e48c830067be5d185523360205260408520611528916064359160443591613685565b33825261155560208301926bffffffffffffffffffffffff61154d86828751166124ec565b1684526135d1565b8185528460205260408520556040519133827fe574763fe97ad769d0b56646dff10e8143383c6d034c33a4d4d45a3bee35bc148780a36bffffffffffffffffffffffff841692836115a8575b8580805d80f35b90516bffffffffffffffffffffffff948516825290931660208401526115f4927f48e188a839adb96efd033a36fa37f1c63f3a958cbdf856d139532456f5b632649080604081016110c5565b5f808080806115a1565b6004857f965f8d94000000000000000000000000000000000000000000000000000000008152fd5b503461018657806003193601126101865760206040516102588152f35b50346101865760406003193601126101865761165d612254565b9061166661226a565b815c610bda576001825d6001600160a01b03831682526001602052604082206001600160a01b0382165f526020526116a160405f205461274d565b906060820151600381101561172457156116fc5767ffffffffffffffff60408301511642106116d4576104e49293612c3c565b6004837f085de625000000000000000000000000000000000000000000000000000000008152fd5b6004837f9ca68a46000000000000000000000000000000000000000000000000000000008152fd5b6024847f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b50346101865760606003193601126101865761176b612254565b61177361226a565b61177b612280565b91835c6103e0576001600160a01b031690818452836020526117a06040852054613598565b6001600160a01b038151163303611964578285526002602052604085206001600160a01b0383165f526020526117d960405f205461355c565b90604082019067ffffffffffffffff825116801590811561195a575b506119325760208301906bffffffffffffffffffffffff825116966bffffffffffffffffffffffff811697881161190a5793886001600160a01b0394898561189c6108849661187760209b6bffffffffffffffffffffffff7f73f28ea3d40032a8d343a0086ba450a2924cb38ea4fa95adc18075459b5d58d39e9b51166123ef565b6bffffffffffffffffffffffff6118948d840192828451166124ec565b1690526135d1565b8b8552848a52604085205552527fffffffffffffffff00000000000000000000000000000000000000000000000060406bffffffffffffffffffffffff83511677ffffffffffffffffffffffff000000000000000000000000602085015160601b161792015160c01b161790565b6004897f356680b7000000000000000000000000000000000000000000000000000000008152fd5b6004877f085de625000000000000000000000000000000000000000000000000000000008152fd5b905042105f6117f5565b6004857f3d693ada000000000000000000000000000000000000000000000000000000008152fd5b5034610186578060031936011261018657507f0000000000000000000000000000000000000000000000000000000000000000467f000000000000000000000000000000000000000000000000000000000000000014307f0000000000000000000000000000000000000000000000000000000000000000141615611a17575b602090604051908152f35b506020611aa160a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f000000000000000000000000000000000000000000000000000000000000000060208201527f000000000000000000000000000000000000000000000000000000000000000060408201524660608201523060808201522090565b9050611a0c565b5034610186576040600319360112610186576001600160a01b036040611acc612254565b9282611ad661226a565b9416815260026020522091165f526020526060611af660405f205461355c565b6bffffffffffffffffffffffff8151169067ffffffffffffffff60406bffffffffffffffffffffffff602084015116920151169060405192835260208301526040820152f35b503461018657602060031936011261018657611b56612254565b815c610bda576001600160a01b03168082526001602052604082206001600160a01b0333165f52602052611b8d60405f205461274d565b6060810180516003811015611cf357611ccb576bffffffffffffffffffffffff8251166bffffffffffffffffffffffff60208401511614611ca357611bfc7f000000000000000000000000000000000000000000000000000000000000000067ffffffffffffffff42166126f7565b67ffffffffffffffff16604083019081529067ffffffffffffffff926001611c2492526147a2565b8385526001602052604085206001600160a01b0333165f5260205260405f20555116906040519182527fa2c878fd0cedfc403b411badadac73738e5df81bd4511af0c179e1c2a183b50a60203393a380f35b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b6004847f69b95dc9000000000000000000000000000000000000000000000000000000008152fd5b6004847f33dd9771000000000000000000000000000000000000000000000000000000008152fd5b6024857f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b5034610186576040600319360112610186576001600160a01b036040611d44612254565b9282611d4e61226a565b9416815260036020522091165f526020526040805f206020825191611d7283612462565b54916001600160a01b0383169283825260a01c918291015282519182526020820152f35b5034611fef57610100600319360112611fef575f5c6120805760015f5d6001600160a01b03611dc3612360565b165f52600160205260405f206001600160a01b03611ddf612376565b165f52602052611df260405f205461274d565b611dfb816131ff565b7f0000000000000000000000000000000000000000000000000000000000000000467f000000000000000000000000000000000000000000000000000000000000000014307f0000000000000000000000000000000000000000000000000000000000000000141615611ff3575b6719010000000000005f52601a52603a526042601820905f603a52611ea26109ec6bffffffffffffffffffffffff6109cf6109c56123a0565b611ead60e43561344a565b927f000000000000000000000000000000000000000000000000000000000000000091611eda3084613480565b946001600160a01b03841690611eee612376565b823b15611fef575f6001600160a01b03936101249360ff8397604051998a9889977fef55bec60000000000000000000000000000000000000000000000000000000089521660048801523060248801528c604488015285606488015260a435608488015260a48701521660c485015260c43560e48501526101048401525af18015611fe457611fc6575b5090611f88611f8e923090613480565b92612455565b03611f9e576104e4610a34612360565b807f6d799c4a0000000000000000000000000000000000000000000000000000000060049252fd5b611f8e929194505f611fd7916124ab565b611f885f94919250611f78565b6040513d5f823e3d90fd5b5f80fd5b5061207b60a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f000000000000000000000000000000000000000000000000000000000000000060208201527f000000000000000000000000000000000000000000000000000000000000000060408201524660608201523060808201522090565b611e69565b7fb5dfd9e5000000000000000000000000000000000000000000000000000000005f5260045ffd5b34611fef576040600319360112611fef576120c1612254565b6001600160a01b036120d161226a565b91165f5260016020526001600160a01b0360405f2091165f526020526120fa60405f205461274d565b6bffffffffffffffffffffffff8151166bffffffffffffffffffffffff60208301511660608301516003811015611c765760809367ffffffffffffffff9161216157816121475f92613172565b169260405194855260208501521660408301526060820152f35b816121478160408401511692613172565b34611fef575f600319360112611fef5760206040516bffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b34611fef5760c0600319360112611fef576121d3612254565b60a07fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffdc360112611fef575f5c6120805761224f9060015f5d6001600160a01b0381165f52600160205260405f206001600160a01b0333165f5260205261223c60405f205461274d565b906122488233836127dc565b3390612c3c565b5f805d005b600435906001600160a01b0382168203611fef57565b602435906001600160a01b0382168203611fef57565b604435906bffffffffffffffffffffffff82168203611fef57565b602435906bffffffffffffffffffffffff82168203611fef57565b6040600319820112611fef576004356001600160a01b0381168103611fef579160243567ffffffffffffffff8111611fef5760040182601f82011215611fef5780359267ffffffffffffffff8411611fef5760208083019260c08602010111611fef579190565b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f602080948051918291828752018686015e5f8582860101520116010190565b6004356001600160a01b0381168103611fef5790565b6024356001600160a01b0381168103611fef5790565b356001600160a01b0381168103611fef5790565b6044356bffffffffffffffffffffffff81168103611fef5790565b6064356bffffffffffffffffffffffff81168103611fef5790565b356bffffffffffffffffffffffff81168103611fef5790565b906bffffffffffffffffffffffff809116911603906bffffffffffffffffffffffff821161241957565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b90610258820180921161241957565b9190820180921161241957565b6040810190811067ffffffffffffffff82111761247e57604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff82111761247e57604052565b906bffffffffffffffffffffffff809116911601906bffffffffffffffffffffffff821161241957565b91908110156125265760c0020190565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b907f0000000000000000000000000000000000000000000000000000000000000000467f000000000000000000000000000000000000000000000000000000000000000014307f000000000000000000000000000000000000000000000000000000000000000014161561266a575b92905f935f925b80841061263b57505050506bffffffffffffffffffffffff821615612637576001600160a01b03612629911691825f525f60205261260a60405f2054613598565b906bffffffffffffffffffffffff6118946020840192828451166124ec565b905f525f60205260405f2055565b5050565b9091929461266060019161265a612653898689612516565b868961399f565b906124ec565b95019291906125c9565b506126f260a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f000000000000000000000000000000000000000000000000000000000000000060208201527f000000000000000000000000000000000000000000000000000000000000000060408201524660608201523060808201522090565b6125c2565b9067ffffffffffffffff8091169116019067ffffffffffffffff821161241957565b929190926bffffffffffffffffffffffff60408201941681526006821015611c765760200152565b6003821015611c765752565b90604051916080830183811067ffffffffffffffff82111761247e5760405260608301905f8252836bffffffffffffffffffffffff821681526bffffffffffffffffffffffff8260601c1660208201526040673fffffffffffffff8360c01c1691015260fe1c6003811015611c76576127c591612741565b565b3567ffffffffffffffff81168103611fef5790565b9190916001600160a01b03811691825f525f6020526127fe60405f2054613598565b6040810151612a79576064359267ffffffffffffffff841693848103611fef5761282885856146d4565b6bffffffffffffffffffffffff8451169160208501926bffffffffffffffffffffffff84511614612a5157602435976bffffffffffffffffffffffff891695868a03611fef57516bffffffffffffffffffffffff1686811480159190612a1d575b81156129f9575b506129d1576001600160a01b03169750604435946bffffffffffffffffffffffff861696878703611fef578761290a9261291895508b9160a09391604051937f0fc366980a9a11494d106eedaaf23610dfeac2da96ce4eb1a33b668e0b9a4424855260208501526040840152606083015260808201522090565b9060a4359160843591613685565b6129316bffffffffffffffffffffffff825116846123ef565b916bffffffffffffffffffffffff8316156129c8577f1a47cec7390da4721285e47b87b3e612841bc1e56940f5ccec2b6d8011a65c1d9461298b9252602081016bffffffffffffffffffffffff61189485828451166124ec565b845f525f60205260405f20556129c3604051928392839092916bffffffffffffffffffffffff60209181604085019616845216910152565b0390a3565b50505050505050565b7fde4168ba000000000000000000000000000000000000000000000000000000005f5260045ffd5b90506044356bffffffffffffffffffffffff811690818103611fef5750115f612890565b90506044356bffffffffffffffffffffffff811690818103611fef57506bffffffffffffffffffffffff8651161190612889565b7f69b95dc9000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f0e8a9043000000000000000000000000000000000000000000000000000000005f5260045ffd5b9190916001600160a01b03811691825f525f602052612ac360405f2054613598565b6040810151612a7957610144359267ffffffffffffffff841693848103611fef57612aee85856146d4565b6bffffffffffffffffffffffff8451169160208501926bffffffffffffffffffffffff84511614612a515761010435976bffffffffffffffffffffffff891695868a03611fef57516bffffffffffffffffffffffff1686811480159190612c07575b8115612be2575b506129d1576001600160a01b0316975061012435946bffffffffffffffffffffffff861696878703611fef5787612bd29261291895508b9160a09391604051937f0fc366980a9a11494d106eedaaf23610dfeac2da96ce4eb1a33b668e0b9a4424855260208501526040840152606083015260808201522090565b9061018435916101643591613685565b9050610124356bffffffffffffffffffffffff811690818103611fef5750115f612b57565b9050610124356bffffffffffffffffffffffff811690818103611fef57506bffffffffffffffffffffffff8651161190612b50565b91906bffffffffffffffffffffffff82511690612c6d60208401926bffffffffffffffffffffffff845116906123ef565b90604051612c7a81612462565b5f81525f60208201529160608501948551956003871015611c765785886002612d649914612e87575b505f612d99946bffffffffffffffffffffffff612cdd8396848a9784612d6c985116835267ffffffffffffffff42166040840152526147a2565b996001600160a01b038d169a8b85526001602052604085206001600160a01b038816865260205260408520555116897f0647e3589d09c7854fe34ee3934a0d16bdf5390a1ee54a2c90c6fcd438b9e35c6001600160a01b0387169c8d9360405191829187839092916bffffffffffffffffffffffff60209181604085019616845216910152565b0390a36123ef565b976bffffffffffffffffffffffff612d8c602088019a828c5116906123ef565b1680612e56575b506134ae565b6bffffffffffffffffffffffff8551168015612e4e57612dc3906001600160a01b03845116614814565b15612e10575060206bffffffffffffffffffffffff6001600160a01b037fd58afff4ce7b204282cdf054b903f150b70ad15373808a02221ab68e239eb929935116955116604051908152a4565b925050506bffffffffffffffffffffffff6127c5925116907f0000000000000000000000000000000000000000000000000000000000000000613c3b565b505050505050565b612e8190837f0000000000000000000000000000000000000000000000000000000000000000613c3b565b5f612d93565b612d6c919650612d99946bffffffffffffffffffffffff612cdd5f96878a97846001600160a01b038398169d8e84526003602052604084206001600160a01b038c1685526020526040842060405190612edf82612462565b54906001600160a01b0382168152602081019160a01c82529f85526003602052604085206001600160a01b038d16865260205284604081205582612f3081835116612f2a888d6123ef565b90614773565b1690529850509750509650505094505088612ca3565b926bffffffffffffffffffffffff83511691612f7660208501936bffffffffffffffffffffffff855116906123ef565b916bffffffffffffffffffffffff83166bffffffffffffffffffffffff82161161314a57604051612fa681612462565b5f81525f60208201529260608601958651966003881015611c765786896002612d649a14613090575b509380936bffffffffffffffffffffffff61300988955f612d6c9684612d999b5116835267ffffffffffffffff42166040840152526147a2565b996001600160a01b038d169a8b5f52600160205260405f206001600160a01b0388165f5260205260405f20555116897f0647e3589d09c7854fe34ee3934a0d16bdf5390a1ee54a2c90c6fcd438b9e35c6001600160a01b0387169c8d9360405191829187839092916bffffffffffffffffffffffff60209181604085019616845216910152565b859490612d999692985061300988955f612d6c966bffffffffffffffffffffffff6001600160a01b038196169d8e84526003602052604084206001600160a01b038c16855260205260408420604051906130e982612462565b54906001600160a01b0382168152602081019160a01c82529f85526003602052604085206001600160a01b038d1686526020528460408120558261313481835116612f2a8d8d6123ef565b1690529750509650509550505093945089612fcf565b7f356680b7000000000000000000000000000000000000000000000000000000005f5260045ffd5b604081019067ffffffffffffffff825116156131f957606001516003811015611c76576131b05767ffffffffffffffff6131ad915116612446565b90565b67ffffffffffffffff90511667ffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168103908111612419576131ad90612446565b50505f90565b608435906001600160a01b038216808314159081611fef578015158061330b575b6132e35760a4359161323283856146d4565b604435936bffffffffffffffffffffffff851690818603611fef57516bffffffffffffffffffffffff168111156129d157600435946001600160a01b03861695868103611fef575050606435916bffffffffffffffffffffffff831692838103611fef5750611fef5760c09550604051947f0a98637248946576e4d7ce153da11d07f10739a0e67d5ca3673f16cbe0d2dc7e8652602086015260408501526060840152608083015260a08201522090565b7ff90f96ed000000000000000000000000000000000000000000000000000000005f5260045ffd5b505f915033811415613220565b6001600160a01b039093929316918215801561343a575b6134125760608401516003811015611c76576133ea577f366b2136a1e240d61d0da2cd486dfc8b07c8a74624229692aa4b47e4fa261dbe916129c36001600160a01b03926133a661338f6bffffffffffffffffffffffff895116836123ef565b976bffffffffffffffffffffffff831681526147a2565b865f52600160205260405f208585165f5260205260405f20556040519384931696839092916bffffffffffffffffffffffff60209181604085019616845216910152565b7f33dd9771000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f1c2b0777000000000000000000000000000000000000000000000000000000005f5260045ffd5b5061344482613f92565b1561332f565b90601b8260ff1c0160ff811161241957917f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff1690565b602460106020939284936014526f70a082310000000000000000000000005f525afa601f3d11166020510290565b916bffffffffffffffffffffffff16908115613528576127c5926040518381527fd58afff4ce7b204282cdf054b903f150b70ad15373808a02221ab68e239eb92960206001600160a01b0380339616941692a4337f0000000000000000000000000000000000000000000000000000000000000000613c3b565b505050565b604051906060820182811067ffffffffffffffff82111761247e576040525f6040838281528260208201520152565b9061356561352d565b916bffffffffffffffffffffffff811683526bffffffffffffffffffffffff8160601c16602084015260c01c6040830152565b906135a161352d565b916001600160a01b03811683526b7fffffffffffffffffffffff8160a01c16602084015260ff1c15156040830152565b602081016b7fffffffffffffffffffffff6bffffffffffffffffffffffff8251161161365d576040907fffffffffffffffffffffffff00000000000000000000000000000000000000006001600160a01b03845116915160a01b161791015115155f146131ad577f80000000000000000000000000000000000000000000000000000000000000001790565b7f06250401000000000000000000000000000000000000000000000000000000005f5260045ffd5b6136ff939291907f000000000000000000000000000000000000000000000000000000000000000090467f000000000000000000000000000000000000000000000000000000000000000014307f000000000000000000000000000000000000000000000000000000000000000014161561372e57614888565b1561370657565b7f5cd5d233000000000000000000000000000000000000000000000000000000005f5260045ffd5b90506137b760a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f000000000000000000000000000000000000000000000000000000000000000060208201527f000000000000000000000000000000000000000000000000000000000000000060408201524660608201523060808201522090565b90614888565b907f0000000000000000000000000000000000000000000000000000000000000000906137ea3083613480565b9260405190826060523060405260601b602c526f23b872dd000000000000000000000000600c5260205f6064601c82875af18060015f5114161561386f575b5061384092611f88915f6060526040523090613480565b0361384757565b7f6d799c4a000000000000000000000000000000000000000000000000000000005f5260045ffd5b3d843b15171015613880575f613829565b637939f4245f526004601cfd5b6084356001600160a01b03811690818114159182611fef5780151580613992575b6132e35760a4356138bf81866146d4565b604435916bffffffffffffffffffffffff831695868403611fef57516bffffffffffffffffffffffff1686036129d157602435946001600160a01b0386168603611fef57600435936001600160a01b03851694858103611fef575050606435906bffffffffffffffffffffffff821691828103611fef5750611fef576127c59660c09550604051947fd798ffa3f072ec7773a644a8d91ea615463b17522ed3de56e76974b96bf177438652602086015260408501526060840152608083015260a0820152209060e4359160c43591613685565b505f9250338114156138ae565b6001600160a01b039093929316805f52600160205260405f20936001600160a01b036139ca8261238c565b165f52846020526139de60405f205461274d565b9460208201956bffffffffffffffffffffffff6139fa886123d6565b825182169116811115613c355750613a11876123d6565b945b60208201976bffffffffffffffffffffffff895116916bffffffffffffffffffffffff881692831115613bcd57613ac690613a4d8761238c565b60a06bffffffffffffffffffffffff613a65866123d6565b16613a7360408b013561496c565b604051917f1b50d627caca378249971ddba7e69b547e89eee1e39186c5854f0bbc506ccb8683528c60208401526040830152606082015260608a013560808201522060a08901359260808a013592614888565b15613b6157507f1a47cec7390da4721285e47b87b3e612841bc1e56940f5ccec2b6d8011a65c1d936129c393613b1d6001600160a01b0394613b38946bffffffffffffffffffffffff808e51168c03169c526147a2565b9084613b288461238c565b165f5260205260405f205561238c565b604080516bffffffffffffffffffffffff808b1682529097166020880152911694918291820190565b9697505050507f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d919250613ba5613b9f6001600160a01b039261238c565b946123d6565b604080516bffffffffffffffffffffffff929092168252600160208301529190941693a35f90565b509697505050507f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d9192506001600160a01b03613c14613c0e60409361238c565b956123d6565b946bffffffffffffffffffffffff8351961686525f60208701521693a35f90565b94613a13565b91906014526034526fa9059cbb0000000000000000000000005f5260205f6044601082855af1908160015f51141615613c77575b50505f603452565b3b153d171015613c88575f80613c6f565b6390b8ec185f526004601cfd5b929190613ca461025e8461238c565b15613f3457604083019167ffffffffffffffff613cc0846127c7565b16151580613f19575b613eb3576060840135613d73613cde8261496c565b9260a06001600160a01b03613cf28961238c565b16602089019767ffffffffffffffff613d216bffffffffffffffffffffffff613d1a8c6123d6565b16926127c7565b1690604051927fcf3ddf0224c711eef09f4497786dd08ac7ce963847cdb5365bbab3a2c8294b178452602084015260408301526060820152856080820152209060a0880135916080890135918a614888565b15613e465790613d9f929181613e0a575b5050613d8f8461238c565b613d98846123d6565b9186613fea565b929015613dad575b50505050565b7f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d91613dfe613dec613de66001600160a01b039461238c565b926123d6565b94836040519485941697169583612719565b0390a35f808080613da7565b6040519081527fad3316e35a317bdcb707e051edfb83d485995a955201ac3a2c836f7269365eae60206001600160a01b03891692a35f80613d84565b505050906001600160a01b03613e85613e7f7f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d9361238c565b936123d6565b604080516bffffffffffffffffffffffff9092168252600160208301529382169490911692819081016129c3565b5050507f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d60406001600160a01b0380613ef76020613ef08761238c565b96016123d6565b946bffffffffffffffffffffffff8451961686526002602087015216941692a3565b5067ffffffffffffffff613f2c846127c7565b164211613cc9565b50507f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d60406001600160a01b0380613f706020613ef08761238c565b946bffffffffffffffffffffffff8451961686526003602087015216941692a3565b6001600160a01b03168015159081613fb6575b81613fae575090565b905030141590565b7f00000000000000000000000000000000000000000000000000000000000000006001600160a01b03168114159150613fa5565b9290915f926001600160a01b035f951692835f52600260205260405f20916001600160a01b0384165f528260205260405f20546140268161355c565b9360208301926bffffffffffffffffffffffff845116945f916bffffffffffffffffffffffff88511691826bffffffffffffffffffffffff82161161419a575b5050506bffffffffffffffffffffffff1697881561418e57506140e4857fffffffffffffffff00000000000000000000000000000000000000000000000060406bffffffffffffffffffffffff83511677ffffffffffffffffffffffff000000000000000000000000602085015160601b161792015160c01b161790565b6001600160a01b0387165f528160205260405f20556141038887614814565b1561416957505050506001600160a01b037f5d533d9fb33203a2c4fa5accc5fd59e811f3648a7b0b4044988f0383dc0fe88192826bffffffffffffffffffffffff60208160609651169201511690604051978852602088015260408701521693a3600191565b94929750945094506001600160a01b039150165f5260205260405f2055525f90600590565b99975050505050505050565b829c506bffffffffffffffffffffffff92919350031690602087016bffffffffffffffffffffffff8151169160406141d28486614773565b91015115614290575f925b8382016bffffffffffffffffffffffff16809e016bffffffffffffffffffffffff168a52036bffffffffffffffffffffffff16905285036bffffffffffffffffffffffff168452808a03614244575b506004986bffffffffffffffffffffffff5f80614066565b6bffffffffffffffffffffffff8a6040519203168152877f22f7c91a59b0e8dbb4af26c18fbe6c993a575dea64da36933dd69f466809cfdc60206001600160a01b038a1693a35f61422c565b6142aa886bffffffffffffffffffffffff83870316614773565b926141dd565b93929190925f936001600160a01b035f961693845f52600260205260405f20916001600160a01b0385165f528260205260405f20546142ee8161355c565b9360208301926bffffffffffffffffffffffff845116945f916bffffffffffffffffffffffff88511691826bffffffffffffffffffffffff8216116145ca575b50505060208601966bffffffffffffffffffffffff88511690816bffffffffffffffffffffffff821611806145b2575b614564575b50506bffffffffffffffffffffffff1698891561448857506143e0857fffffffffffffffff00000000000000000000000000000000000000000000000060406bffffffffffffffffffffffff83511677ffffffffffffffffffffffff000000000000000000000000602085015160601b161792015160c01b161790565b6001600160a01b0388165f528160205260405f20556143ff8988614814565b1561446257505050507f5d533d9fb33203a2c4fa5accc5fd59e811f3648a7b0b4044988f0383dc0fe881926060926bffffffffffffffffffffffff806001600160a01b0394511691511690604051978852602088015260408701521693a3600191565b9593509550955095506001600160a01b039150165f5260205260405f2055525f90600590565b9a985092505050879493949291926144a2575b5050505050565b6bffffffffffffffffffffffff6020926001600160a01b03926145417f73f28ea3d40032a8d343a0086ba450a2924cb38ea4fa95adc18075459b5d58d3967fffffffffffffffff00000000000000000000000000000000000000000000000060406bffffffffffffffffffffffff83511677ffffffffffffffffffffffff000000000000000000000000602085015160601b161792015160c01b161790565b908489165f52855260405f20555116946040519586521693a35f8080808061449b565b6bffffffffffffffffffffffff929b5061458783918284818a5116920316614773565b8092011688525f604088015281855116031683526bffffffffffffffffffffffff600199905f614363565b506bffffffffffffffffffffffff865116151561435e565b829d506bffffffffffffffffffffffff92919350031690602087016bffffffffffffffffffffffff8151169160406146028486614773565b910151156146b4575f925b8382016bffffffffffffffffffffffff169e8f016bffffffffffffffffffffffff168a52036bffffffffffffffffffffffff16905285036bffffffffffffffffffffffff168452808b03614668575b506004995f808061432e565b6bffffffffffffffffffffffff8b6040519203168152887f22f7c91a59b0e8dbb4af26c18fbe6c993a575dea64da36933dd69f466809cfdc60206001600160a01b038b1693a35f61465c565b6146ce886bffffffffffffffffffffffff83870316614773565b9261460d565b81421161474b576146e442612446565b8211614723576146f390613172565b10156146fb57565b7f4fa56df4000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f48f0fae6000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f0819bdcd000000000000000000000000000000000000000000000000000000005f5260045ffd5b906bffffffffffffffffffffffff81166bffffffffffffffffffffffff8316105f1461479d575090565b905090565b60606bffffffffffffffffffffffff82511677ffffffffffffffffffffffff0000000000000000000000006020840151831b16177fffffffffffffffff000000000000000000000000000000000000000000000000604084015160c01b16179101516003811015611c765760fe1b1790565b60445f91602093604051917fa9059cbb00000000000000000000000000000000000000000000000000000000835260048301526024820152827f00000000000000000000000000000000000000000000000000000000000000005af13d8061487a575090565b601f60015f51149111161690565b939190917f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a06148b68261344a565b905011614963576001600160a01b03937f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff92604051947f19010000000000000000000000000000000000000000000000000000000000005f5260025260225260425f205f52601b8260ff1c01602052604052166060526020604060805f60015afa505f6060523d606018519060405216801515918261495457505090565b6001600160a01b031614919050565b50505050505f90565b8061497657505f90565b5f5260205f209056",
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
