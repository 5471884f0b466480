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
	Bin: "0x61018080604052346102fe576060816160d880380380916100208285610315565b8339810103126102fe5780516001600160a01b03811691908281036102fe576020820151916001600160401b038316908184036102fe5760400151936001600160601b03851685036102fe57306080524660a05260a0604051610084604082610315565b600481526020810190634875627360e01b8252604051916100a6604084610315565b600183526020830191603160f81b8352519020915190208160c0528060e052604051917f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f8352602083015260408201524660608201523060808201522061010052823b1590811561029b575b5061027e57610e10811090811561028d575b5061027e57610120526101405261016052604051615d8b908161034d8239608051818181610797015281816121dc01528181612856015281816131f10152614711015260a051818181610774015281816121b901528181612833015281816131ce01526146ee015260c0518181816108870152818161223e01528181612a4f015281816132cd015261479a015260e0518181816108ad0152818161226401528181612a75015281816132f301526147c00152610100518181816107520152818161219701528181612811015281816131ac01526146cb01526101205181818161018d01528181610cab015281816111de015281816128c401528181613b1301528181613b460152818161451f015281816147fd015281816152840152615b92015261014051818181610960015281816116d901528181611a3001528181612490015261402601526101605181818161102f0152612c6a0152f35b634762470b60e11b5f5260045ffd5b6301e133809150115f610124565b6040516318160ddd60e01b81529150602090829060049082905afa90811561030a575f916102d4575b5060016001605f1b03105f610112565b90506020813d602011610302575b816102ef60209383610315565b810103126102fe57515f6102c4565b5f80fd5b3d91506102e2565b6040513d5f823e3d90fd5b601f909101601f19168101906001600160401b0382119082101761033857604052565b634e487b7160e01b5f52604160045260245ffdfe60806040526004361015610011575f80fd5b5f5f3560e01c806305d709d014612c8e578063067fb8b114612c2857806306b04ca814612ad65780631243abaf1461274357806328079e4a1461269557806328cb1e381461236357806333020fd81461229f5780633644e5151461216557806341f625fb14611e6057806342e8670914611ca957806346ed8e8914611c6e578063512410dd14611a545780636a42b8f8146119f15780637033b5e7146114fb57806378246ebb146114d357806378f137391461136857806384b0196e1461122a5780638c8c3c9d1461107e57806396bd06ab14610e805780639e6371ba14610d72578063a6c9050114610ace578063ac80b5fe146108e6578063c05c3cc81461070f578063ca3106ae14610687578063cc6d8616146104b0578063cf861304146101b45763fc0c546a14610143575f80fd5b346101b157807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b157602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b80fd5b50346101b15760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b1576101ec612df9565b6024359067ffffffffffffffff82116104ac57366023830112156104ac5781600401359167ffffffffffffffff83116104a85736602460608502830101116104a85760ff845c166104805760017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00855c1617845d61026982614548565b9073ffffffffffffffffffffffffffffffffffffffff82511633141580610453575b61042b57602082016bffffffffffffffffffffffff81511690865b868110156103d757606081028401908660248301926102cc6102c78561305e565b615251565b156103ce576102fd6102dd8561305e565b6102e9604484016130b5565b6102f5606485016130b5565b918b86615865565b91905b1580610387575b9460019561031a575b50505050016102a6565b7f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d9161037b610369604461036273ffffffffffffffffffffffffffffffffffffffff9561305e565b93016130b5565b9483604051948594169716958361332c565b0390a3865f8080610310565b509150919260068310156103a15792918891811515610307565b60248b7f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b6003908b610300565b878686856bffffffffffffffffffffffff8651160361041b575b827fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00815c16815d80f35b610424916145c2565b81806103f1565b6004857f3d693ada000000000000000000000000000000000000000000000000000000008152fd5b503373ffffffffffffffffffffffffffffffffffffffff841614158061028b57506040820151151561028b565b6004847fb5dfd9e5000000000000000000000000000000000000000000000000000000008152fd5b8380fd5b8280fd5b50346101b1577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36016101a0811261068357610100136101b15760a07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffefc3601126101b15760ff815c1661065b5760017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00825c1617815d73ffffffffffffffffffffffffffffffffffffffff610563613018565b16815260016020526040812073ffffffffffffffffffffffffffffffffffffffff61058c61303b565b165f5260205261063260405f206105f0604051916105a983612f56565b546bffffffffffffffffffffffff811683526bffffffffffffffffffffffff8160601c16602084015266ffffffffffffff8160c01c16604084015260f81c60608301612f4a565b6105f9816148ca565b61061381610605613018565b61060d61303b565b9061363f565b61061b613018565b9061062461303b565b61062c61309a565b92613c4c565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00815c16815d80f35b807fb5dfd9e50000000000000000000000000000000000000000000000000000000060049252fd5b5080fd5b50346101b15760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b15760606106c96106c4612df9565b614548565b73ffffffffffffffffffffffffffffffffffffffff8151169060406bffffffffffffffffffffffff60208301511691015115159060405192835260208301526040820152f35b50346101b15761071e36612e75565b60ff845c166104805760017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00855c1617845d7f0000000000000000000000000000000000000000000000000000000000000000467f000000000000000000000000000000000000000000000000000000000000000014307f0000000000000000000000000000000000000000000000000000000000000000141615610859575b6107c784614548565b9260208401916bffffffffffffffffffffffff83511693875b81811061083a57505050506bffffffffffffffffffffffff9051160361082a57827fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00815c16815d80f35b610833916145c2565b5f806103f1565b8061085361084b600193858861316b565b858a8c614f05565b016107e0565b506108e160a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f000000000000000000000000000000000000000000000000000000000000000060208201527f000000000000000000000000000000000000000000000000000000000000000060408201524660608201523060808201522090565b6107be565b50346101b15760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b15761091e612df9565b610926612e1c565b60ff835c16610aa65773ffffffffffffffffffffffffffffffffffffffff61094d83614548565b51163303610a7e5767ffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001667ffffffffffffffff4216019167ffffffffffffffff8311610a5157602073ffffffffffffffffffffffffffffffffffffffff807fbc29613715ec2434dd0729122e4ad75f7c1808f99b15014a52333ba967b0ecad93169384875260028352604087208282165f528352610a3b8660405f209077ffffffffffffffffffffffffffffffffffffffffffffffff7fffffffffffffffff00000000000000000000000000000000000000000000000083549260c01b169116179055565b67ffffffffffffffff604051961686521693a380f35b6024847f4e487b710000000000000000000000000000000000000000000000000000000081526011600452fd5b6004837f3d693ada000000000000000000000000000000000000000000000000000000008152fd5b6004837fb5dfd9e5000000000000000000000000000000000000000000000000000000008152fd5b50346101b1577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601610180811261068357610100136101b15760807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffefc3601126101b15760ff815c1661065b5760017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00825c1617815d73ffffffffffffffffffffffffffffffffffffffff610b81613018565b16815260016020526040812073ffffffffffffffffffffffffffffffffffffffff610baa61303b565b165f5260205260405f20610bc4604051916105a983612f56565b610be5610bd08261405e565b610bd861303b565b60e4359160c435916146c2565b610c4a610c2a6bffffffffffffffffffffffff610c0d610c0361307f565b82865116906130ce565b166bffffffffffffffffffffffff610c2361309a565b1690613134565b91610c33613018565b90610c3c61303b565b610c4461307f565b926141e8565b816101243580610c88575b50610c6782610c6261303b565b6147fa565b610632610c72613018565b610c7a61303b565b610c8261309a565b916144bc565b610c9461016435614458565b73ffffffffffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690610cd461303b565b823b15610d6e578573ffffffffffffffffffffffffffffffffffffffff9360e49360ff8397604051998a9889977fd505accf00000000000000000000000000000000000000000000000000000000895216600488015230602488015261010435604488015260648701521660848501526101443560a485015260c48401525af115610c555781610d6391612fd7565b61068357815f610c55565b8580fd5b50346101b15760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b157610daa612df9565b60ff825c16610e5857610dbc81614548565b73ffffffffffffffffffffffffffffffffffffffff8151163303610a7e57604081018051610e305773ffffffffffffffffffffffffffffffffffffffff92916001610e089252826145c2565b167fda9d2e31afb0de4b09fe65662e5e025013186f59dd81d4946248587a2f77c6df8280a280f35b6004847f0e8a9043000000000000000000000000000000000000000000000000000000008152fd5b6004827fb5dfd9e5000000000000000000000000000000000000000000000000000000008152fd5b50346101b15760607ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b157610eb8612df9565b610ec0612e1c565b90610ec9612e3f565b60ff845c166104805760017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00855c1617845d6bffffffffffffffffffffffff81169283156110565773ffffffffffffffffffffffffffffffffffffffff81163314158061101f575b610ff75791610ff191610632949373ffffffffffffffffffffffffffffffffffffffff8316875260016020526040872073ffffffffffffffffffffffffffffffffffffffff82165f52602052610c4460405f2092610fdc60405194610f9586612f56565b546bffffffffffffffffffffffff811686526bffffffffffffffffffffffff8160601c16602087015266ffffffffffffff8160c01c16604087015260f81c60608601612f4a565b6bffffffffffffffffffffffff845116613141565b336147fa565b6004857f860b82a9000000000000000000000000000000000000000000000000000000008152fd5b506bffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168410610f31565b6004857f1f2a2005000000000000000000000000000000000000000000000000000000008152fd5b50346101b15760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b1576110b6612df9565b906110bf612e5a565b60ff825c16610e585760017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00835c1617825d6110fa83614548565b9073ffffffffffffffffffffffffffffffffffffffff8251163303610a7e57602082016bffffffffffffffffffffffff815116926bffffffffffffffffffffffff83169384116112025761063294956111d86bffffffffffffffffffffffff846111ab73ffffffffffffffffffffffffffffffffffffffff95836111a28a827f8c01bd6f2152418bd9f8ffa49605c8e2de46ad9142ea2344d2a61e53f6719e6d9b51166130ce565b168352856145c2565b51166040519384931695839092916bffffffffffffffffffffffff60209181604085019616845216910152565b0390a2337f0000000000000000000000000000000000000000000000000000000000000000614eab565b6004857f356680b7000000000000000000000000000000000000000000000000000000008152fd5b50346101b157807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b1576040805161130a929091611317906112718185612fd7565b600484527f4875627300000000000000000000000000000000000000000000000000000000602085015280516112a78282612fd7565b600181527f3100000000000000000000000000000000000000000000000000000000000000602082015281519586957f0f00000000000000000000000000000000000000000000000000000000000000875260e0602088015260e0870190612f07565b9185830390860152612f07565b904660608401523060808401528060a084015282820360c084015260206060519283815201916080915b81811061134f575050500390f35b8251845285945060209384019390920191600101611341565b50346101b15760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b1576113a0612df9565b906113a9612e5a565b60ff825c16610e585760017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00835c1617825d6113e483614548565b9073ffffffffffffffffffffffffffffffffffffffff825116156114ab576bffffffffffffffffffffffff81169182156114835773ffffffffffffffffffffffffffffffffffffffff610632949561147a6bffffffffffffffffffffffff846111ab60207f48e188a839adb96efd033a36fa37f1c63f3a958cbdf856d139532456f5b63264970191836111a28a82865116613141565b0390a2336147fa565b6004847f1f2a2005000000000000000000000000000000000000000000000000000000008152fd5b6004837fddafad98000000000000000000000000000000000000000000000000000000008152fd5b50346101b1576114e236612e75565b9060ff8493945c16610aa6576114f892936131a8565b80f35b50346101b1576101007ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b15760ff815c1661065b5773ffffffffffffffffffffffffffffffffffffffff611552613018565b16815260016020526040812073ffffffffffffffffffffffffffffffffffffffff61157b61303b565b165f5260205260405f206040519061159282612f56565b54906bffffffffffffffffffffffff8216815260208101906bffffffffffffffffffffffff8360601c168252604081019066ffffffffffffff8460c01c1682526115e3606082019460f81c85612f4a565b6115ec816148ca565b6115f461309a565b6bffffffffffffffffffffffff806116138185511682885116906130ce565b16911611611202576bffffffffffffffffffffffff61163061309a565b1661192d575b61163e613018565b9361164761303b565b946bffffffffffffffffffffffff61165d61309a565b166119265760015b825160038110156118f9576118d1576bffffffffffffffffffffffff8451166bffffffffffffffffffffffff875116146118a95773ffffffffffffffffffffffffffffffffffffffff6117af926117086bffffffffffffffffffffffff9366ffffffffffffff6116ff67ffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613134565b16895286612f4a565b169586895260016020526040892073ffffffffffffffffffffffffffffffffffffffff89165f52602052818060405f20965116167fffffffffffffffffffffffffffffffffffffffff000000000000000000000000865416178555511683907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b82519082549051600381101561187c579360209373ffffffffffffffffffffffffffffffffffffffff9366ffffffffffffff9377ffffffffffffffffffffffffffffffffffffffffffffffff7effffffffffffff0000000000000000000000000000000000000000000000007fff000000000000000000000000000000000000000000000000000000000000007fa2c878fd0cedfc403b411badadac73738e5df81bd4511af0c179e1c2a183b50a9a60f81b169360c01b169116171790555116946040519586521693a380f35b6024887f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b6004887f69b95dc9000000000000000000000000000000000000000000000000000000008152fd5b6004887f33dd9771000000000000000000000000000000000000000000000000000000008152fd5b6024897f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b6002611665565b61193561309a565b6040519061194282612f9f565b3382526bffffffffffffffffffffffff602083019116815273ffffffffffffffffffffffffffffffffffffffff611977613018565b16875260036020526040872073ffffffffffffffffffffffffffffffffffffffff6119a061303b565b165f526020527fffffffffffffffffffffffff000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff60405f20935116915160a01b16179055611636565b50346101b157807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b157602060405167ffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346101b15760807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b157611a8c612df9565b611a94612e5a565b9060ff835c16610aa65760017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00845c1617835d611ad081614548565b9073ffffffffffffffffffffffffffffffffffffffff825116611c465773ffffffffffffffffffffffffffffffffffffffff90611b5760405160208101907ffecd65154c2825507e5661068e7d019f5e2db045ac5112ea4e48c830067be5d1825233604082015260408152611b46606082612fd7565b6064359160443591519020846146c2565b338352611b8560208401936bffffffffffffffffffffffff611b7c8782885116613141565b168552826145c2565b166040519133827fe574763fe97ad769d0b56646dff10e8143383c6d034c33a4d4d45a3bee35bc148780a36bffffffffffffffffffffffff84169283611bf0575b857fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00815c16815d80f35b90516bffffffffffffffffffffffff94851682529093166020840152611c3c927f48e188a839adb96efd033a36fa37f1c63f3a958cbdf856d139532456f5b6326490806040810161147a565b5f80808080611bc6565b6004847f965f8d94000000000000000000000000000000000000000000000000000000008152fd5b50346101b157807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b15760206040516102588152f35b50346101b15760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b157611ce1612df9565b90611cea612e1c565b60ff825c16610e585760017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00835c1617825d73ffffffffffffffffffffffffffffffffffffffff8316825260016020526040822073ffffffffffffffffffffffffffffffffffffffff82165f5260205260405f209060405191611d6c83612f56565b546bffffffffffffffffffffffff811683526bffffffffffffffffffffffff8160601c166020840152604083019066ffffffffffffff8160c01c168252611dba606085019160f81c82612f4a565b516003811015611e335715611e0b575166ffffffffffffff164210611de35761063292936137d6565b6004837f085de625000000000000000000000000000000000000000000000000000000008152fd5b6004847f9ca68a46000000000000000000000000000000000000000000000000000000008152fd5b6024857f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b50346101b15760607ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b157611e98612df9565b611ea0612e1c565b90611ea9612e3f565b9160ff845c1661048057611ebc82614548565b73ffffffffffffffffffffffffffffffffffffffff815116330361042b5773ffffffffffffffffffffffffffffffffffffffff83169283865260026020526040862073ffffffffffffffffffffffffffffffffffffffff84165f5260205260405f209160405192611f2c84612fbb565b54906bffffffffffffffffffffffff8216845260208401916bffffffffffffffffffffffff8160601c16835260c01c926040850193808552801590811561215b575b50612133576bffffffffffffffffffffffff835116976bffffffffffffffffffffffff811698891161210b5773ffffffffffffffffffffffffffffffffffffffff946120b66bffffffffffffffffffffffff8660408e8e6120256120ff9a7f73f28ea3d40032a8d343a0086ba450a2924cb38ea4fa95adc18075459b5d58d39f9c9a60209f9b67ffffffffffffffff9b8961200a9251166130ce565b602061201d8a9185019282845116613141565b1690526145c2565b83528086528d815260028c52208989165f528a52818060405f20975116167fffffffffffffffffffffffffffffffffffffffff000000000000000000000000875416178655511684907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b51825477ffffffffffffffffffffffffffffffffffffffffffffffff16911660c01b7fffffffffffffffff00000000000000000000000000000000000000000000000016179055565b6040519586521693a380f35b60048a7f356680b7000000000000000000000000000000000000000000000000000000008152fd5b6004897f085de625000000000000000000000000000000000000000000000000000000008152fd5b905042105f611f6e565b50346101b157807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b157507f0000000000000000000000000000000000000000000000000000000000000000467f000000000000000000000000000000000000000000000000000000000000000014307f000000000000000000000000000000000000000000000000000000000000000014161561220e575b602090604051908152f35b50602061229860a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f000000000000000000000000000000000000000000000000000000000000000060208201527f000000000000000000000000000000000000000000000000000000000000000060408201524660608201523060808201522090565b9050612203565b50346101b15760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b15773ffffffffffffffffffffffffffffffffffffffff60406122ee612df9565b92826122f8612e1c565b9416815260026020522091165f52602052606060405f20604080519161231d83612fbb565b546bffffffffffffffffffffffff8116928381526bffffffffffffffffffffffff82861c169182602083015260c01c928391015260405192835260208301526040820152f35b50346101b15760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b15761239b612df9565b60ff825c16610e585773ffffffffffffffffffffffffffffffffffffffff169081815260016020526040812073ffffffffffffffffffffffffffffffffffffffff33165f5260205260405f2091604051926123f584612f56565b54926bffffffffffffffffffffffff8416815260208101906bffffffffffffffffffffffff8560601c168252604081019166ffffffffffffff8660c01c168352612446606083019660f81c87612f4a565b855160038110156125eb5761266d576bffffffffffffffffffffffff8251166bffffffffffffffffffffffff825116146126455766ffffffffffffff6124b667ffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001642613134565b168352600180875284865260209081526040808720335f908152925290209151825491517fffffffffffffffff0000000000000000000000000000000000000000000000009092166bffffffffffffffffffffffff919091161760609190911b77ffffffffffffffffffffffff000000000000000000000000161781558151815495519560038710156125eb5777ffffffffffffffffffffffffffffffffffffffffffffffff7effffffffffffff0000000000000000000000000000000000000000000000007fff00000000000000000000000000000000000000000000000000000000000000889966ffffffffffffff98995060f81b169360c01b169116171790555116906040519182527fa2c878fd0cedfc403b411badadac73738e5df81bd4511af0c179e1c2a183b50a60203393a380f35b6024867f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b6004857f69b95dc9000000000000000000000000000000000000000000000000000000008152fd5b6004857f33dd9771000000000000000000000000000000000000000000000000000000008152fd5b50346101b15760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101b15773ffffffffffffffffffffffffffffffffffffffff60406126e4612df9565b92826126ee612e1c565b9416815260036020522091165f526020526040805f20602082519161271283612f9f565b549173ffffffffffffffffffffffffffffffffffffffff83169283825260a01c918291015282519182526020820152f35b5034612a1d576101007ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112612a1d5760ff5f5c16612aae5760017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff005f5c16175f5d73ffffffffffffffffffffffffffffffffffffffff6127c3613018565b165f52600160205260405f2073ffffffffffffffffffffffffffffffffffffffff6127ec61303b565b165f5260205260405f20612806604051916105a983612f56565b61280f8161405e565b7f0000000000000000000000000000000000000000000000000000000000000000467f000000000000000000000000000000000000000000000000000000000000000014307f0000000000000000000000000000000000000000000000000000000000000000141615612a21575b6719010000000000005f52601a52603a526042601820905f603a526128b6610c2a6bffffffffffffffffffffffff610c0d610c0361307f565b6128c160e435614458565b927f0000000000000000000000000000000000000000000000000000000000000000916128ee308461448e565b9473ffffffffffffffffffffffffffffffffffffffff84169061290f61303b565b823b15612a1d575f73ffffffffffffffffffffffffffffffffffffffff936101249360ff8397604051998a9889977fef55bec60000000000000000000000000000000000000000000000000000000089521660048801523060248801528c604488015285606488015260a435608488015260a48701521660c485015260c43560e48501526101048401525af18015612a12576129f4575b50906129b66129bc92309061448e565b92613134565b036129cc57610632610c72613018565b807f6d799c4a0000000000000000000000000000000000000000000000000000000060049252fd5b6129bc929194505f612a0591612fd7565b6129b65f949192506129a6565b6040513d5f823e3d90fd5b5f80fd5b50612aa960a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f000000000000000000000000000000000000000000000000000000000000000060208201527f000000000000000000000000000000000000000000000000000000000000000060408201524660608201523060808201522090565b61287d565b7fb5dfd9e5000000000000000000000000000000000000000000000000000000005f5260045ffd5b34612a1d5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112612a1d57612b0d612df9565b73ffffffffffffffffffffffffffffffffffffffff612b2a612e1c565b91165f52600160205273ffffffffffffffffffffffffffffffffffffffff60405f2091165f5260205260405f2060405190612b6482612f56565b546bffffffffffffffffffffffff8116825260208201906bffffffffffffffffffffffff8160601c168252604083019266ffffffffffffff8260c01c168452612bb4606082019260f81c83612f4a565b6bffffffffffffffffffffffff8082511693511691519060038210156126185760809466ffffffffffffff92612c12575067ffffffffffffffff612bf85f92613fd4565b169260405194855260208501521660408301526060820152f35b612bf88367ffffffffffffffff92511692613fd4565b34612a1d575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112612a1d5760206040516bffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b34612a1d5760c07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112612a1d57612cc5612df9565b60a07fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffdc360112612a1d5760ff5f5c16612aae57612dd19060017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff005f5c16175f5d73ffffffffffffffffffffffffffffffffffffffff81165f52600160205260405f2073ffffffffffffffffffffffffffffffffffffffff33165f5260205260405f2090612dbf60405192612d7884612f56565b546bffffffffffffffffffffffff811684526bffffffffffffffffffffffff8160601c16602085015266ffffffffffffff8160c01c16604085015260f81c60608401612f4a565b612dca823383613369565b33906137d6565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff005f5c165f5d005b6004359073ffffffffffffffffffffffffffffffffffffffff82168203612a1d57565b6024359073ffffffffffffffffffffffffffffffffffffffff82168203612a1d57565b604435906bffffffffffffffffffffffff82168203612a1d57565b602435906bffffffffffffffffffffffff82168203612a1d57565b60407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc820112612a1d5760043573ffffffffffffffffffffffffffffffffffffffff81168103612a1d579160243567ffffffffffffffff8111612a1d5760040182601f82011215612a1d5780359267ffffffffffffffff8411612a1d5760208083019260c08602010111612a1d579190565b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f602080948051918291828752018686015e5f8582860101520116010190565b60038210156126185752565b6080810190811067ffffffffffffffff821117612f7257604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b6040810190811067ffffffffffffffff821117612f7257604052565b6060810190811067ffffffffffffffff821117612f7257604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff821117612f7257604052565b60043573ffffffffffffffffffffffffffffffffffffffff81168103612a1d5790565b60243573ffffffffffffffffffffffffffffffffffffffff81168103612a1d5790565b3573ffffffffffffffffffffffffffffffffffffffff81168103612a1d5790565b6044356bffffffffffffffffffffffff81168103612a1d5790565b6064356bffffffffffffffffffffffff81168103612a1d5790565b356bffffffffffffffffffffffff81168103612a1d5790565b906bffffffffffffffffffffffff809116911603906bffffffffffffffffffffffff82116130f857565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b9061025882018092116130f857565b919082018092116130f857565b906bffffffffffffffffffffffff809116911601906bffffffffffffffffffffffff82116130f857565b919081101561317b5760c0020190565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b91907f0000000000000000000000000000000000000000000000000000000000000000467f000000000000000000000000000000000000000000000000000000000000000014307f000000000000000000000000000000000000000000000000000000000000000014161561329f575b91905f925f925b80841061327057505050506bffffffffffffffffffffffff81161561326c578161324b61326a93614548565b916bffffffffffffffffffffffff61201d602085019282845116613141565b565b5050565b9091929361329560019161328f61328888868961316b565b868a614a5a565b90613141565b940192919061321f565b5061332760a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f000000000000000000000000000000000000000000000000000000000000000060208201527f000000000000000000000000000000000000000000000000000000000000000060408201524660608201523060808201522090565b613218565b929190926bffffffffffffffffffffffff604082019416815260068210156126185760200152565b3567ffffffffffffffff81168103612a1d5790565b61337281614548565b6040810151613617576064359167ffffffffffffffff8316808403612a1d5761339b8187615a8e565b6bffffffffffffffffffffffff8651169360208701946bffffffffffffffffffffffff865116146135ef576024356bffffffffffffffffffffffff811697888203612a1d57516bffffffffffffffffffffffff16888114801591906135bb575b8115613597575b5061356f5750604435956bffffffffffffffffffffffff871692838803612a1d576134a192506040519073ffffffffffffffffffffffffffffffffffffffff60208301937f0fc366980a9a11494d106eedaaf23610dfeac2da96ce4eb1a33b668e0b9a4424855216998a6040840152606083015284608083015260a082015260a0815261349060c082612fd7565b51902060a4359060843590856146c2565b6134ba6bffffffffffffffffffffffff855116866130ce565b946bffffffffffffffffffffffff8616156135665761353673ffffffffffffffffffffffffffffffffffffffff94613561937f1a47cec7390da4721285e47b87b3e612841bc1e56940f5ccec2b6d8011a65c1d9752602081016bffffffffffffffffffffffff61352d8a82845116613141565b169052846145c2565b6040519384931695839092916bffffffffffffffffffffffff60209181604085019616845216910152565b0390a3565b50505050505050565b7fde4168ba000000000000000000000000000000000000000000000000000000005f5260045ffd5b90506044356bffffffffffffffffffffffff811690818103612a1d5750115f613402565b90506044356bffffffffffffffffffffffff811690818103612a1d57506bffffffffffffffffffffffff88511611906133fb565b7f69b95dc9000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f0e8a9043000000000000000000000000000000000000000000000000000000005f5260045ffd5b61364881614548565b604081015161361757610144359167ffffffffffffffff8316808403612a1d576136728187615a8e565b6bffffffffffffffffffffffff8651169360208701946bffffffffffffffffffffffff865116146135ef57610104356bffffffffffffffffffffffff811697888203612a1d57516bffffffffffffffffffffffff16888114801591906137a1575b811561377c575b5061356f575061012435956bffffffffffffffffffffffff871692838803612a1d576134a192506040519073ffffffffffffffffffffffffffffffffffffffff60208301937f0fc366980a9a11494d106eedaaf23610dfeac2da96ce4eb1a33b668e0b9a4424855216998a6040840152606083015284608083015260a082015260a0815261376960c082612fd7565b51902061018435906101643590856146c2565b9050610124356bffffffffffffffffffffffff811690818103612a1d5750115f6136da565b9050610124356bffffffffffffffffffffffff811690818103612a1d57506bffffffffffffffffffffffff88511611906136d3565b916bffffffffffffffffffffffff81511661380560208301916bffffffffffffffffffffffff835116906130ce565b9260405161381281612f9f565b5f81525f60208201529160608401908151600381101561261857600214613b70575b6bffffffffffffffffffffffff8151168552604085019466ffffffffffffff421686525f835273ffffffffffffffffffffffffffffffffffffffff881695865f52600160205260405f2073ffffffffffffffffffffffffffffffffffffffff86165f526020526bffffffffffffffffffffffff8060405f20935116167fffffffffffffffffffffffffffffffffffffffff0000000000000000000000008354161782556139346bffffffffffffffffffffffff84511683907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b518154935193600385101561261857613a33986bffffffffffffffffffffffff5f958895613a3b95889577ffffffffffffffffffffffffffffffffffffffffffffffff7effffffffffffff0000000000000000000000000000000000000000000000007fff00000000000000000000000000000000000000000000000000000000000000613a689d60f81b169360c01b169116171790555116897f0647e3589d09c7854fe34ee3934a0d16bdf5390a1ee54a2c90c6fcd438b9e35c73ffffffffffffffffffffffffffffffffffffffff87169c8d9360405191829187839092916bffffffffffffffffffffffff60209181604085019616845216910152565b0390a36130ce565b976bffffffffffffffffffffffff613a5b602088019a828c5116906130ce565b1680613b3f575b506144bc565b6bffffffffffffffffffffffff8551168015613b3757613a9f9073ffffffffffffffffffffffffffffffffffffffff845116615b2d565b15613af9575060206bffffffffffffffffffffffff73ffffffffffffffffffffffffffffffffffffffff7fd58afff4ce7b204282cdf054b903f150b70ad15373808a02221ab68e239eb929935116955116604051908152a4565b925050506bffffffffffffffffffffffff61326a925116907f0000000000000000000000000000000000000000000000000000000000000000614eab565b505050505050565b613b6a90837f0000000000000000000000000000000000000000000000000000000000000000614eab565b5f613a62565b925073ffffffffffffffffffffffffffffffffffffffff861692835f52600360205260405f2073ffffffffffffffffffffffffffffffffffffffff84165f5260205260405f2060405190613bc382612f9f565b549073ffffffffffffffffffffffffffffffffffffffff82168152602081019160a01c8252945f52600360205260405f2073ffffffffffffffffffffffffffffffffffffffff85165f526020525f60408120556bffffffffffffffffffffffff8082511681613c325f8b6130ce565b1680821015613c4557505b169052613834565b9050613c3d565b929190916bffffffffffffffffffffffff82511692613c7f60208401946bffffffffffffffffffffffff865116906130ce565b936bffffffffffffffffffffffff85166bffffffffffffffffffffffff841611613fac57604051613caf81612f9f565b5f81525f60208201529260608501948551600381101561261857600214613ed0575b6bffffffffffffffffffffffff8351168152604081019566ffffffffffffff421687525f815273ffffffffffffffffffffffffffffffffffffffff891696875f52600160205260405f2073ffffffffffffffffffffffffffffffffffffffff87165f526020526bffffffffffffffffffffffff8060405f20945116167fffffffffffffffffffffffffffffffffffffffff000000000000000000000000845416178355613dd16bffffffffffffffffffffffff86511684907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b5190825490519860038a1015612618576bffffffffffffffffffffffff613a68968895613a3b95889577ffffffffffffffffffffffffffffffffffffffffffffffff613a339f7fff000000000000000000000000000000000000000000000000000000000000007effffffffffffff0000000000000000000000000000000000000000000000009160f81b169360c01b169116171790555116897f0647e3589d09c7854fe34ee3934a0d16bdf5390a1ee54a2c90c6fcd438b9e35c73ffffffffffffffffffffffffffffffffffffffff87169c8d9360405191829187839092916bffffffffffffffffffffffff60209181604085019616845216910152565b935073ffffffffffffffffffffffffffffffffffffffff871693845f52600360205260405f2073ffffffffffffffffffffffffffffffffffffffff85165f5260205260405f2060405190613f2382612f9f565b549073ffffffffffffffffffffffffffffffffffffffff82168152602081019160a01c8252955f52600360205260405f2073ffffffffffffffffffffffffffffffffffffffff86165f526020525f60408120556bffffffffffffffffffffffff8082511681613f92868c6130ce565b1680821015613fa557505b169052613cd1565b9050613f9d565b7f356680b7000000000000000000000000000000000000000000000000000000005f5260045ffd5b604081019066ffffffffffffff8251161561405857606001516003811015612618576140105766ffffffffffffff61400d915116613125565b90565b66ffffffffffffff90511667ffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001681039081116130f85761400d90613125565b50505f90565b60843573ffffffffffffffffffffffffffffffffffffffff8116908181141580612a1d57821515806141dc575b6141b45760a43561409c8186615a8e565b604435906bffffffffffffffffffffffff821695868303612a1d57516bffffffffffffffffffffffff1686111561356f576004359173ffffffffffffffffffffffffffffffffffffffff83168303612a1d5750606435926bffffffffffffffffffffffff84168403612a1d57612a1d576bffffffffffffffffffffffff946141ae9450604051958694602086019873ffffffffffffffffffffffffffffffffffffffff60c08b01967f0a98637248946576e4d7ce153da11d07f10739a0e67d5ca3673f16cbe0d2dc7e8c521660208b015260408a0152166060880152608087015260a0860152037fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe08101835282612fd7565b51902090565b7ff90f96ed000000000000000000000000000000000000000000000000000000005f5260045ffd5b50505f3383141561408b565b73ffffffffffffffffffffffffffffffffffffffff9093919293169182158015614448575b61442057606084019081516003811015612618576143f85761423e6bffffffffffffffffffffffff865116846130ce565b946bffffffffffffffffffffffff84168152845f52600160205260405f2073ffffffffffffffffffffffffffffffffffffffff83165f526020526040805f20916bffffffffffffffffffffffff80825116167fffffffffffffffffffffffffffffffffffffffff0000000000000000000000008454161783556143176bffffffffffffffffffffffff60208301511684907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b01519381549351916003831015612618577f366b2136a1e240d61d0da2cd486dfc8b07c8a74624229692aa4b47e4fa261dbe9573ffffffffffffffffffffffffffffffffffffffff9577ffffffffffffffffffffffffffffffffffffffffffffffff7effffffffffffff0000000000000000000000000000000000000000000000007fff000000000000000000000000000000000000000000000000000000000000006135619760f81b169360c01b169116171790556040519384931696839092916bffffffffffffffffffffffff60209181604085019616845216910152565b7f33dd9771000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f1c2b0777000000000000000000000000000000000000000000000000000000005f5260045ffd5b5061445281615251565b1561420d565b90601b8260ff1c0160ff81116130f857917f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff1690565b602460106020939284936014526f70a082310000000000000000000000005f525afa601f3d11166020510290565b916bffffffffffffffffffffffff169081156145435761326a926040518381527fd58afff4ce7b204282cdf054b903f150b70ad15373808a02221ab68e239eb929602073ffffffffffffffffffffffffffffffffffffffff80339616941692a4337f0000000000000000000000000000000000000000000000000000000000000000614eab565b505050565b9060405161455581612fbb565b5f815260208101905f825260408101915f835273ffffffffffffffffffffffffffffffffffffffff8295165f525f60205260405f20549173ffffffffffffffffffffffffffffffffffffffff831690526b7fffffffffffffffffffffff8260a01c16905260ff1c15159052565b90602081016bffffffffffffffffffffffff8151166b7fffffffffffffffffffffff1061469a576040907fffffffffffffffffffffffff000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff845116915160a01b161791015115155f1461467e5773ffffffffffffffffffffffffffffffffffffffff7f8000000000000000000000000000000000000000000000000000000000000000925b165f525f6020521760405f2055565b73ffffffffffffffffffffffffffffffffffffffff5f9261466f565b7f06250401000000000000000000000000000000000000000000000000000000005f5260045ffd5b61473c939291907f000000000000000000000000000000000000000000000000000000000000000090467f000000000000000000000000000000000000000000000000000000000000000014307f000000000000000000000000000000000000000000000000000000000000000014161561476b57615c56565b1561474357565b7f5cd5d233000000000000000000000000000000000000000000000000000000005f5260045ffd5b90506147f460a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f000000000000000000000000000000000000000000000000000000000000000060208201527f000000000000000000000000000000000000000000000000000000000000000060408201524660608201523060808201522090565b90615c56565b907f000000000000000000000000000000000000000000000000000000000000000090614827308361448e565b9260405190826060523060405260601b602c526f23b872dd000000000000000000000000600c5260205f6064601c82875af18060015f511416156148ac575b5061487d926129b6915f606052604052309061448e565b0361488457565b7f6d799c4a000000000000000000000000000000000000000000000000000000005f5260045ffd5b3d843b151710156148bd575f614866565b637939f4245f526004601cfd5b60843573ffffffffffffffffffffffffffffffffffffffff8116908181141580612a1d5782151580614a4e575b6141b45760a4356149088186615a8e565b604435906bffffffffffffffffffffffff821695868303612a1d57516bffffffffffffffffffffffff16860361356f576004359173ffffffffffffffffffffffffffffffffffffffff83168303612a1d5750606435926bffffffffffffffffffffffff84168403612a1d57612a1d576bffffffffffffffffffffffff94614a199450604051958694602086019873ffffffffffffffffffffffffffffffffffffffff60c08b01967fd798ffa3f072ec7773a644a8d91ea615463b17522ed3de56e76974b96bf177438c521660208b015260408a0152166060880152608087015260a0860152037fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe08101835282612fd7565b5190206024359073ffffffffffffffffffffffffffffffffffffffff82168203612a1d5761326a9160e4359160c435916146c2565b50505f338314156148f7565b73ffffffffffffffffffffffffffffffffffffffff909392919316805f52600160205260405f2073ffffffffffffffffffffffffffffffffffffffff614a9f8461305e565b165f5260205260405f2060405190614ab682612f56565b54926bffffffffffffffffffffffff8416825260208201936bffffffffffffffffffffffff8160601c1685526040830166ffffffffffffff8260c01c168152614b06606085019260f81c83612f4a565b60208301956bffffffffffffffffffffffff614b21886130b5565b865182169116811115614ea55750614b38876130b5565b965b6bffffffffffffffffffffffff825116996bffffffffffffffffffffffff89169a8b1115614e2e57614bfd90614b6f836130b5565b614b7c6040890135615d68565b604051906bffffffffffffffffffffffff60208301937f1b50d627caca378249971ddba7e69b547e89eee1e39186c5854f0bbc506ccb8685528d60408501521660608301526080820152606089013560a082015260a08152614bdf60c082612fd7565b519020614beb8861305e565b9060a08901359260808a013592615c56565b15614db357506bffffffffffffffffffffffff818180614ccc9451168a03169a8152875f52600160205260405f2073ffffffffffffffffffffffffffffffffffffffff614c498861305e565b165f52602052818060405f20985116167fffffffffffffffffffffffffffffffffffffffff000000000000000000000000885416178755511685907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b519183549151906003821015612618577f1a47cec7390da4721285e47b87b3e612841bc1e56940f5ccec2b6d8011a65c1d946135619473ffffffffffffffffffffffffffffffffffffffff9477ffffffffffffffffffffffffffffffffffffffffffffffff7effffffffffffff0000000000000000000000000000000000000000000000007fff00000000000000000000000000000000000000000000000000000000000000614d8a9760f81b169360c01b1691161717905561305e565b604080516bffffffffffffffffffffffff808b1682529097166020880152911694918291820190565b9798505050507f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d92935073ffffffffffffffffffffffffffffffffffffffff9150614e00614e069161305e565b946130b5565b604080516bffffffffffffffffffffffff929092168252600160208301529190941693a35f90565b509798505050507f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d92935060409150614e84614e7e73ffffffffffffffffffffffffffffffffffffffff9261305e565b956130b5565b946bffffffffffffffffffffffff8351961686525f60208701521693a35f90565b96614b3a565b91906014526034526fa9059cbb0000000000000000000000005f5260205f6044601082855af1908160015f51141615614ee7575b50505f603452565b3b153d171015614ef8575f80614edf565b6390b8ec185f526004601cfd5b929190614f146102c78461305e565b156151e657604083019167ffffffffffffffff614f3084613354565b161515806151cb575b615158576060840135615003614f4e82615d68565b92614f588761305e565b602088019667ffffffffffffffff614f78614f728a6130b5565b92613354565b6bffffffffffffffffffffffff6040519373ffffffffffffffffffffffffffffffffffffffff60208601967fcf3ddf0224c711eef09f4497786dd08ac7ce963847cdb5365bbab3a2c8294b1788521660408601521660608401521660808201528560a082015260a08152614fed60c082612fd7565b5190209060a0880135916080890135918a615c56565b156150de579061502f929181615095575b505061501f8461305e565b615028846130b5565b91866152c3565b92901561503d575b50505050565b7f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d9161508961036961508373ffffffffffffffffffffffffffffffffffffffff9461305e565b926130b5565b0390a35f808080615037565b6040519081527fad3316e35a317bdcb707e051edfb83d485995a955201ac3a2c836f7269365eae602073ffffffffffffffffffffffffffffffffffffffff891692a35f80615014565b5050509073ffffffffffffffffffffffffffffffffffffffff61512a6151247f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d9361305e565b936130b5565b604080516bffffffffffffffffffffffff909216825260016020830152938216949091169281908101613561565b5050507f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d604073ffffffffffffffffffffffffffffffffffffffff806151a960206151a28761305e565b96016130b5565b946bffffffffffffffffffffffff8451961686526002602087015216941692a3565b5067ffffffffffffffff6151de84613354565b164211614f39565b50507f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d604073ffffffffffffffffffffffffffffffffffffffff8061522f60206151a28761305e565b946bffffffffffffffffffffffff8451961686526003602087015216941692a3565b73ffffffffffffffffffffffffffffffffffffffff168015159081615282575b8161527a575090565b905030141590565b7f000000000000000000000000000000000000000000000000000000000000000073ffffffffffffffffffffffffffffffffffffffff168114159150615271565b929391935f9473ffffffffffffffffffffffffffffffffffffffff5f951691825f52600260205260405f2073ffffffffffffffffffffffffffffffffffffffff83165f5260205260405f206040519061531b82612fbb565b54946bffffffffffffffffffffffff8616928383526bffffffffffffffffffffffff8760601c16906020840194828652604085019860c01c895260208401906bffffffffffffffffffffffff825116925f5f90836bffffffffffffffffffffffff8416115f146158565750506040959095015194036bffffffffffffffffffffffff169315615843576bffffffffffffffffffffffff5f5b1683018085101561582f57506bffffffffffffffffffffffff80855b818082978084105f14615828578184915b8183169003168c5283031681865116031684521681875116011685525b8383106157d0575b8261552457505050889061551b575b615420575b5050505050565b7f73f28ea3d40032a8d343a0086ba450a2924cb38ea4fa95adc18075459b5d58d39261550873ffffffffffffffffffffffffffffffffffffffff9267ffffffffffffffff6bffffffffffffffffffffffff602096895f526002885260405f208787165f528852818060405f20955116167fffffffffffffffffffffffffffffffffffffffff0000000000000000000000008554161784555116986120b68a84907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b6040519586521693a35f80808080615419565b60049750615414565b92509293949580979198999a505f52600260205260405f2073ffffffffffffffffffffffffffffffffffffffff87165f5260205260405f20906040519161556a83612fbb565b54906bffffffffffffffffffffffff8216835261566f60208401916bffffffffffffffffffffffff8460601c168352604085019360c01c84528a5f52600260205260405f2073ffffffffffffffffffffffffffffffffffffffff8b165f5260205267ffffffffffffffff60405f20916bffffffffffffffffffffffff808b5116167fffffffffffffffffffffffffffffffffffffffff0000000000000000000000008454161783556120b66bffffffffffffffffffffffff8c511684907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b6156798a89615b2d565b156156f95750505050507f5d533d9fb33203a2c4fa5accc5fd59e811f3648a7b0b4044988f0383dc0fe881926060926bffffffffffffffffffffffff8073ffffffffffffffffffffffffffffffffffffffff945116915116906bffffffffffffffffffffffff60405198168852602088015260408701521693a360019190565b91969094506120b693999a506bffffffffffffffffffffffff92985067ffffffffffffffff95506157c8975f52600260205273ffffffffffffffffffffffffffffffffffffffff60405f2091165f52602052818060405f20975116167fffffffffffffffffffffffffffffffffffffffff000000000000000000000000875416178655511684907fffffffffffffffff000000000000000000000000ffffffffffffffffffffffff77ffffffffffffffffffffffff00000000000000000000000083549260601b169116179055565b525f90600590565b6040516bffffffffffffffffffffffff848603168152887f22f7c91a59b0e8dbb4af26c18fbe6c993a575dea64da36933dd69f466809cfdc602073ffffffffffffffffffffffffffffffffffffffff8b1693a3615405565b81816153e0565b6bffffffffffffffffffffffff80916153cf565b6bffffffffffffffffffffffff826153b3565b95509550505099505f996153fd565b939492915f9573ffffffffffffffffffffffffffffffffffffffff5f961692835f52600260205260405f2073ffffffffffffffffffffffffffffffffffffffff84165f5260205260405f2090604051916158be83612fbb565b54956bffffffffffffffffffffffff8716908184526bffffffffffffffffffffffff8860601c16916020850195838752604086019960c01c8a5260208501916bffffffffffffffffffffffff835116935f5f90836bffffffffffffffffffffffff8416115f14615a7f5750506040969096015195036bffffffffffffffffffffffff169415615a6c576bffffffffffffffffffffffff5f5b16840180861015615a5857506bffffffffffffffffffffffff80865b818082988084105f14615a51578184915b8183169003168d5283031681875116031685521681885116011686525b6bffffffffffffffffffffffff87511690816bffffffffffffffffffffffff82161180615a39575b6159ef575b50508383106157d0578261552457505050889061551b57615420575050505050565b829d506bffffffffffffffffffffffff8093818085819503169151168082105f14615a3257505b16809201168752818d511603168b525f885260019a5f806159cd565b9050615a16565b506bffffffffffffffffffffffff83511615156159c8565b8181615983565b6bffffffffffffffffffffffff8091615972565b6bffffffffffffffffffffffff83615956565b9650965050509a505f9a6159a0565b814211615b0557615a9e42613125565b8211615add57615aad90613fd4565b1015615ab557565b7f4fa56df4000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f48f0fae6000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f0819bdcd000000000000000000000000000000000000000000000000000000005f5260045ffd5b5f919082916040519073ffffffffffffffffffffffffffffffffffffffff60208301937fa9059cbb000000000000000000000000000000000000000000000000000000008552166024830152604482015260448152615b8d606482612fd7565b5190827f00000000000000000000000000000000000000000000000000000000000000005af13d15615c4f573d67ffffffffffffffff8111612f725760405190615bff601f82017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01660200183612fd7565b81523d5f602083013e5b81615c12575090565b809150518015918215615c2457505090565b602082101592509082615c3657505090565b8192509060209181010312612a1d576020015160011490565b6060615c09565b939190927f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff8316917f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08311615d5e5773ffffffffffffffffffffffffffffffffffffffff94601b916040519060208201927f190100000000000000000000000000000000000000000000000000000000000084526022830152604282015260428152615d03606282612fd7565b51902093604051945f5260ff1c016020526040526060526020604060805f60015afa505f6060523d6060185190604052168015159182615d4257505090565b73ffffffffffffffffffffffffffffffffffffffff1614919050565b5050505050505f90565b80615d7257505f90565b60405160208101918252602081526141ae604082612fd756",
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
