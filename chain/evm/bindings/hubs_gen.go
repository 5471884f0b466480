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

// IHubsDeposit is an auto generated low-level Go binding around an user-defined struct.
type IHubsDeposit struct {
	Hub      common.Address
	Consumer common.Address
	Cap      *big.Int
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

// IHubsTakeBack is an auto generated low-level Go binding around an user-defined struct.
type IHubsTakeBack struct {
	Hub      common.Address
	Consumer common.Address
	Cap      *big.Int
	Amount   *big.Int
	Fee      *big.Int
	Relayer  common.Address
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
	ABI: "[{\"inputs\":[{\"internalType\":\"address\",\"name\":\"token_\",\"type\":\"address\"},{\"internalType\":\"uint64\",\"name\":\"delay_\",\"type\":\"uint64\"},{\"internalType\":\"uint96\",\"name\":\"minTopUp_\",\"type\":\"uint96\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[],\"name\":\"AlreadyLeaving\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"AlreadyOpen\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"AmountTooLarge\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadAccount\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadParameter\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BadSignature\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"BelowMinimum\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"DeadlineTooFar\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"HubRetired\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"InsufficientFunds\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotAllowed\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotLeaving\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NotOpen\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NothingDeposited\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OtherRelayer\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"Reentered\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"SignatureExpired\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"SignatureVoid\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"TooEarly\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"WrongAmountReceived\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"WrongState\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ZeroAmount\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"settled\",\"type\":\"uint96\"}],\"name\":\"Collected\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"payee\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"unlockAt\",\"type\":\"uint64\"}],\"name\":\"CutAnnounced\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"exitAt\",\"type\":\"uint64\"}],\"name\":\"ExitRequested\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"settled\",\"type\":\"uint96\"}],\"name\":\"Exited\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"relayer\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"fee\",\"type\":\"uint96\"}],\"name\":\"FeePaid\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"free\",\"type\":\"uint96\"}],\"name\":\"Funded\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"}],\"name\":\"HubOpened\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"payee\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"reserved\",\"type\":\"uint96\"}],\"name\":\"Reserved\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"}],\"name\":\"Retired\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"hashlock\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"preimage\",\"type\":\"bytes32\"}],\"name\":\"Revealed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"payee\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"settled\",\"type\":\"uint96\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"reserved\",\"type\":\"uint96\"}],\"name\":\"Settled\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"payee\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"missing\",\"type\":\"uint96\"}],\"name\":\"Shortfall\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"total\",\"type\":\"uint96\"},{\"indexed\":false,\"internalType\":\"enumIHubs.Reason\",\"name\":\"reason\",\"type\":\"uint8\"}],\"name\":\"Skipped\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"}],\"name\":\"TakenBack\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"deposited\",\"type\":\"uint96\"}],\"name\":\"ToppedUp\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"},{\"indexed\":false,\"internalType\":\"uint96\",\"name\":\"free\",\"type\":\"uint96\"}],\"name\":\"Withdrawn\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"DOMAIN_SEPARATOR\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"LIFE\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"payee\",\"type\":\"address\"}],\"name\":\"announceCut\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"components\":[{\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"total\",\"type\":\"uint96\"},{\"internalType\":\"bytes32\",\"name\":\"preimage\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"order\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"r\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vs\",\"type\":\"bytes32\"}],\"internalType\":\"structIHubs.Claim[]\",\"name\":\"claims\",\"type\":\"tuple[]\"}],\"name\":\"collect\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"components\":[{\"internalType\":\"uint96\",\"name\":\"deposited\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"settled\",\"type\":\"uint96\"},{\"internalType\":\"uint64\",\"name\":\"expiry\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"r\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vs\",\"type\":\"bytes32\"}],\"internalType\":\"structIHubs.Close\",\"name\":\"k\",\"type\":\"tuple\"}],\"name\":\"coopExit\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"deposited\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"fee\",\"type\":\"uint96\"},{\"internalType\":\"address\",\"name\":\"relayer\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"deadline\",\"type\":\"uint256\"},{\"internalType\":\"bytes32\",\"name\":\"r\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vs\",\"type\":\"bytes32\"}],\"internalType\":\"structIHubs.Leave\",\"name\":\"l\",\"type\":\"tuple\"},{\"components\":[{\"internalType\":\"uint96\",\"name\":\"deposited\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"settled\",\"type\":\"uint96\"},{\"internalType\":\"uint64\",\"name\":\"expiry\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"r\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vs\",\"type\":\"bytes32\"}],\"internalType\":\"structIHubs.Close\",\"name\":\"k\",\"type\":\"tuple\"}],\"name\":\"coopExitFor\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"payee\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"reserve\",\"type\":\"uint96\"}],\"name\":\"cutReserve\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"delay\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"cap\",\"type\":\"uint96\"}],\"name\":\"depositAddress\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"eip712Domain\",\"outputs\":[{\"internalType\":\"bytes1\",\"name\":\"fields\",\"type\":\"bytes1\"},{\"internalType\":\"string\",\"name\":\"name\",\"type\":\"string\"},{\"internalType\":\"string\",\"name\":\"version\",\"type\":\"string\"},{\"internalType\":\"uint256\",\"name\":\"chainId\",\"type\":\"uint256\"},{\"internalType\":\"address\",\"name\":\"verifyingContract\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"salt\",\"type\":\"bytes32\"},{\"internalType\":\"uint256[]\",\"name\":\"extensions\",\"type\":\"uint256[]\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"}],\"name\":\"finalizeExit\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"}],\"name\":\"fund\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"}],\"name\":\"hubs\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"free\",\"type\":\"uint96\"},{\"internalType\":\"bool\",\"name\":\"retired\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"}],\"name\":\"ins\",\"outputs\":[{\"internalType\":\"uint96\",\"name\":\"deposited\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"settled\",\"type\":\"uint96\"},{\"internalType\":\"uint64\",\"name\":\"exitAt\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"notBefore\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"minTopUp\",\"outputs\":[{\"internalType\":\"uint96\",\"name\":\"\",\"type\":\"uint96\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"},{\"internalType\":\"bytes32\",\"name\":\"r\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vs\",\"type\":\"bytes32\"}],\"name\":\"openHub\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"payee\",\"type\":\"address\"}],\"name\":\"outs\",\"outputs\":[{\"internalType\":\"uint96\",\"name\":\"settled\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"reserved\",\"type\":\"uint96\"},{\"internalType\":\"uint64\",\"name\":\"unlockAt\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"}],\"name\":\"owed\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"relayer\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"fee\",\"type\":\"uint96\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"components\":[{\"internalType\":\"address\",\"name\":\"payee\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"total\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"reserve\",\"type\":\"uint96\"}],\"internalType\":\"structIHubs.Item[]\",\"name\":\"items\",\"type\":\"tuple[]\"}],\"name\":\"push\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"}],\"name\":\"requestExit\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"deposited\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"fee\",\"type\":\"uint96\"},{\"internalType\":\"address\",\"name\":\"relayer\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"deadline\",\"type\":\"uint256\"},{\"internalType\":\"bytes32\",\"name\":\"r\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vs\",\"type\":\"bytes32\"}],\"internalType\":\"structIHubs.Leave\",\"name\":\"l\",\"type\":\"tuple\"}],\"name\":\"requestExitFor\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"}],\"name\":\"retire\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"components\":[{\"internalType\":\"address\",\"name\":\"payee\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"total\",\"type\":\"uint96\"},{\"internalType\":\"uint64\",\"name\":\"expiry\",\"type\":\"uint64\"},{\"internalType\":\"bytes32\",\"name\":\"preimage\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"r\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vs\",\"type\":\"bytes32\"}],\"internalType\":\"structIHubs.Payout[]\",\"name\":\"payouts\",\"type\":\"tuple[]\"}],\"name\":\"settle\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint96\",\"name\":\"fee\",\"type\":\"uint96\"},{\"components\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"cap\",\"type\":\"uint96\"}],\"internalType\":\"structIHubs.Deposit[]\",\"name\":\"items\",\"type\":\"tuple[]\"}],\"name\":\"sweep\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"cap\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"}],\"name\":\"takeBack\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"cap\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"fee\",\"type\":\"uint96\"},{\"internalType\":\"address\",\"name\":\"relayer\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"deadline\",\"type\":\"uint256\"},{\"internalType\":\"bytes32\",\"name\":\"r\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vs\",\"type\":\"bytes32\"}],\"internalType\":\"structIHubs.TakeBack\",\"name\":\"t\",\"type\":\"tuple\"}],\"name\":\"takeBackFor\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"token\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"}],\"name\":\"topUp\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"deposited\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"fee\",\"type\":\"uint96\"},{\"internalType\":\"address\",\"name\":\"relayer\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"deadline\",\"type\":\"uint256\"},{\"internalType\":\"bytes32\",\"name\":\"r\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vs\",\"type\":\"bytes32\"}],\"internalType\":\"structIHubs.TopUp\",\"name\":\"t\",\"type\":\"tuple\"}],\"name\":\"topUpAuth\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"consumer\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"deposited\",\"type\":\"uint96\"},{\"internalType\":\"uint96\",\"name\":\"fee\",\"type\":\"uint96\"},{\"internalType\":\"address\",\"name\":\"relayer\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"deadline\",\"type\":\"uint256\"},{\"internalType\":\"bytes32\",\"name\":\"r\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vs\",\"type\":\"bytes32\"}],\"internalType\":\"structIHubs.TopUp\",\"name\":\"t\",\"type\":\"tuple\"},{\"components\":[{\"internalType\":\"uint256\",\"name\":\"value\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"deadline\",\"type\":\"uint256\"},{\"internalType\":\"bytes32\",\"name\":\"r\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"vs\",\"type\":\"bytes32\"}],\"internalType\":\"structIHubs.Permit\",\"name\":\"p\",\"type\":\"tuple\"}],\"name\":\"topUpPermit\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"hub\",\"type\":\"address\"},{\"internalType\":\"uint96\",\"name\":\"amount\",\"type\":\"uint96\"}],\"name\":\"withdraw\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"}]",
	ID:  "Hubs",
	Bin: "0x610180806040523461032857606081615ce18038038091610020828561033f565b8339810103126103285780516001600160a01b0381169190828103610328576020820151916001600160401b038316908184036103285760400151936001600160601b038516850361032857306080524660a05260a060405161008460408261033f565b600481526020810190634875627360e01b8252604051916100a660408461033f565b600183526020830191603160f81b8352519020915190208160c0528060e052604051917f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f8352602083015260408201524660608201523060808201522061010052823b159081156102c5575b506102a857610e1081109081156102b7575b506102a85761012052610140526101605260405161596a9081610377823960805181818161085701528181611f8a015281816123f301528181612f780152614164015260a05181818161083401528181611f67015281816123d001528181612f550152614141015260c05181818161092b01528181611fec015281816125b50152818161307501526141ed015260e05181818161095101528181612012015281816125db0152818161309b015261421301526101005181818161081201528181611f45015281816123ae01528181612f33015261411e01526101205181818161018e0152818161029601528181610c6401528181611060015281816113d80152818161193a0152818161247501528181612d6a015281816138020152818161383501528181613f9101528181614250015281816143a301528181614e2d015261563f015261014051818181610a10015281816116ca01528181611898015281816121720152613cad015261016051818181610ef90152818161272a015261580a0152f35b634762470b60e11b5f5260045ffd5b6301e133809150115f610124565b6040516318160ddd60e01b81529150602090829060049082905afa908115610334575f916102fe575b5060016001605f1b03105f610112565b90506020813d60201161032c575b816103196020938361033f565b8101031261032857515f6102ee565b5f80fd5b3d915061030c565b6040513d5f823e3d90fd5b601f909101601f19168101906001600160401b0382119082101761036257604052565b634e487b7160e01b5f52604160045260245ffdfe60806040526004361015610011575f80fd5b5f5f3560e01c806305d709d01461274e578063067fb8b11461270657806306b04ca81461263c5780631243abaf1461233b57806328079e4a146122c557806328cb1e38146120e157806333020fd81461204d5780633644e51514611f3157806341f625fb14611cf657806342e8670914611be857806346ed8e8914611bcb578063512410dd14611a365780635296c776146118e157806367565a79146118bc5780636a42b8f8146118775780637033b5e7146114d957806376aa39aa1461134657806378246ebb1461132157806378f13739146111d057806384b0196e146110ac5780638c8c3c9d14610f4857806396bd06ab14610dfe5780639e6371ba14610d16578063a6c9050114610b48578063ac80b5fe1461098a578063c05c3cc8146107f4578063ca3106ae14610783578063cc6d8616146105bf578063cf86130414610367578063f870fa01146101b55763fc0c546a1461016f575f80fd5b346101b257806003193601126101b25760206040516001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b80fd5b50346101b25760606003193601126101b2576101cf6127e9565b906101d86127ff565b6101e0612815565b906001600160a01b038416158015610357575b61032f576102549293906080926001600160a01b036bffffffffffffffffffffffff9281604051957f0f324833c6131117f99dffa5de911f65e836d6b806743f392692d0c164d9592887521660208601521660408401521660608201522090565b604051907ffb27a6e300000000000000000000000000000000000000000000000000000000825230600483015260248201526020816044816001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000165afa9081156103245782916102da575b6020826001600160a01b0360405191168152f35b90506020813d60201161031c575b816102f560209383612a14565b8101031261031857516001600160a01b038116810361031857602091505f6102c6565b5080fd5b3d91506102e8565b6040513d84823e3d90fd5b6004837f1c2b0777000000000000000000000000000000000000000000000000000000008152fd5b5061036181614e07565b156101f3565b50346101b25760406003193601126101b2576103816127e9565b60243567ffffffffffffffff81116105bb576103a190369060040161284b565b835c610593576001845d6001600160a01b03831692838552846020526103ca6040862054614025565b926001600160a01b038451163314158061057c575b6105545760208401916bffffffffffffffffffffffff83511693875b81811061043f57505050506bffffffffffffffffffffffff90511603610423575b8280805d80f35b61042c9061405e565b9082528160205260408220555f8061041c565b61044a818386612b2a565b9061045c61045783612968565b614e07565b1561054b578861048e61046e84612968565b61047a602086016129b2565b610486604087016129b2565b918c89615125565b91905b1580610506575b936001946104aa575b505050016103fb565b6001600160a01b03816104fb6104ec60206104e57f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d96612968565b93016129b2565b956040519384931696836130f6565b0390a35f89816104a1565b50509091600a82101561051e57919089811515610498565b60248b7f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b6003898b610491565b6004867f3d693ada000000000000000000000000000000000000000000000000000000008152fd5b5033851415806103df5750604084015115156103df565b6004847fb5dfd9e5000000000000000000000000000000000000000000000000000000008152fd5b8280fd5b50346101b25760031936016101a0811261031857610100136101b25760a07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffefc3601126101b257805c61075b576001815d6001600160a01b0361061f612926565b1681526001602052604081206001600160a01b0361063b61293c565b165f5260205261064e60405f205461312a565b61012435906bffffffffffffffffffffffff82168083036107575760e06107159161075194506001600160a01b03610684612926565b16906bffffffffffffffffffffffff61069b612997565b16906bffffffffffffffffffffffff6106b261297c565b16906001600160a01b036106c4612952565b1692604051947f41f7976698b7a9e66d2ea276f07973d8483992626c579c7d19c4cfe2b86715418652602086015260408501526060840152608083015260a082015260a43560c082015220826147f1565b61072f81610721612926565b61072961293c565b9061347e565b610737612926565b9061074061293c565b9061074961297c565b914293613a65565b80805d80f35b8380fd5b807fb5dfd9e50000000000000000000000000000000000000000000000000000000060049252fd5b50346101b25760206003193601126101b2576107bb60406060926001600160a01b036107ad6127e9565b168152806020522054614025565b6001600160a01b038151169060406bffffffffffffffffffffffff60208301511691015115159060405192835260208301526040820152f35b50346101b2576108033661287c565b839291925c610593576001845d7f0000000000000000000000000000000000000000000000000000000000000000467f000000000000000000000000000000000000000000000000000000000000000014307f00000000000000000000000000000000000000000000000000000000000000001416156108fd575b6001600160a01b038316938486528560205261089d6040872054614025565b9360208501926bffffffffffffffffffffffff84511694885b8181106108de5750505050506bffffffffffffffffffffffff90511603610423578280805d80f35b806108f76108ef6001938589612f20565b858b88614b0a565b016108b6565b5061098560a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f000000000000000000000000000000000000000000000000000000000000000060208201527f000000000000000000000000000000000000000000000000000000000000000060408201524660608201523060808201522090565b61087e565b50346101b25760406003193601126101b2576109a46127e9565b6109ac6127ff565b90825c610b20576001600160a01b0316808352826020526001600160a01b036109d86040852054614025565b51163303610af8577fbc29613715ec2434dd0729122e4ad75f7c1808f99b15014a52333ba967b0ecad60206001600160a01b03610a3f7f000000000000000000000000000000000000000000000000000000000000000067ffffffffffffffff42166130d4565b9484875260028352604087208282165f528352610ad567ffffffffffffffff610a6b60405f2054613fe9565b9716968760408201527fffffffffffffffff00000000000000000000000000000000000000000000000060406bffffffffffffffffffffffff83511677ffffffffffffffffffffffff000000000000000000000000602085015160601b161792015160c01b161790565b85885260028452604088208383165f52845260405f20556040519586521693a380f35b6004837f3d693ada000000000000000000000000000000000000000000000000000000008152fd5b6004837fb5dfd9e5000000000000000000000000000000000000000000000000000000008152fd5b50346101b2576003193601610180811261031857610100136101b25760807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffefc3601126101b257805c61075b576001815d610ba0612926565b610ba861293c565b610bb061297c565b906001600160a01b03831684526001602052604084206001600160a01b0382165f526020526bffffffffffffffffffffffff610c1c610bf260405f205461312a565b610c0c610bfe82613cd9565b60e4359060c4359087614115565b610c14612997565b908487613db1565b1692846101243580610c4d575b5050610c48610751946bffffffffffffffffffffffff8516018361424d565b613f3b565b610c5961016435613ed7565b906001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016803b15610d1257868560e492819560ff6001600160a01b0396604051998a9889977fd505accf00000000000000000000000000000000000000000000000000000000895216600488015230602488015261010435604488015260648701521660848501526101443560a485015260c48401525af115610c295781610d0791612a14565b610d1257845f610c29565b8480fd5b50346101b25760206003193601126101b257610d306127e9565b815c610dd6576001600160a01b031680825281602052610d536040832054614025565b6001600160a01b038151163303610af857604081018051610dae57906001610d7b925261405e565b8183528260205260408320557fda9d2e31afb0de4b09fe65662e5e025013186f59dd81d4946248587a2f77c6df8280a280f35b6004847f0e8a9043000000000000000000000000000000000000000000000000000000008152fd5b6004827fb5dfd9e5000000000000000000000000000000000000000000000000000000008152fd5b50346101b25760606003193601126101b257610e186127e9565b610e206127ff565b90610e29612815565b835c610593576001845d6bffffffffffffffffffffffff8116928315610f20576001600160a01b03811633141580610ee9575b610ec15791610eba9161075194936001600160a01b03831687526001602052604087206001600160a01b0382165f52602052610eb4610e9e60405f205461312a565b926bffffffffffffffffffffffff845116612b00565b92613db1565b503361424d565b6004857f860b82a9000000000000000000000000000000000000000000000000000000008152fd5b506bffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168410610e5c565b6004857f1f2a2005000000000000000000000000000000000000000000000000000000008152fd5b50346101b25760406003193601126101b257610f626127e9565b90610f6b612830565b91815c610dd6576001600160a01b03906001835d1680825281602052610f946040832054614025565b906001600160a01b038251163303610af857602082016bffffffffffffffffffffffff815116926bffffffffffffffffffffffff861693841161108457946bffffffffffffffffffffffff8261101f61075197988361101786827f8c01bd6f2152418bd9f8ffa49605c8e2de46ad9142ea2344d2a61e53f6719e6d995116612ad6565b16835261405e565b85895288602052604089205551169061105a604051928392839092916bffffffffffffffffffffffff60209181604085019616845216910152565b0390a2337f00000000000000000000000000000000000000000000000000000000000000006146df565b6004857f356680b7000000000000000000000000000000000000000000000000000000008152fd5b50346101b257806003193601126101b257806111719150604051906110d2604083612a14565b600482527f4875627300000000000000000000000000000000000000000000000000000000602083015261117f60405161110d604082612a14565b600181527f310000000000000000000000000000000000000000000000000000000000000060208201526040519485947f0f00000000000000000000000000000000000000000000000000000000000000865260e0602087015260e08601906128e3565b9084820360408601526128e3565b904660608401523060808401528060a084015282820360c084015260206060519283815201916080915b8181106111b7575050500390f35b82518452859450602093840193909201916001016111a9565b50346101b25760406003193601126101b2576111ea6127e9565b906111f3612830565b91815c610dd6576001600160a01b03906001835d168082528160205261121c6040832054614025565b906001600160a01b03825116156112f9576bffffffffffffffffffffffff84169182156112d15761075193946bffffffffffffffffffffffff8261128d60207f48e188a839adb96efd033a36fa37f1c63f3a958cbdf856d139532456f5b63264950191836110178682865116612b00565b8589528860205260408920555116906112c8604051928392839092916bffffffffffffffffffffffff60209181604085019616845216910152565b0390a23361424d565b6004847f1f2a2005000000000000000000000000000000000000000000000000000000008152fd5b6004837fddafad98000000000000000000000000000000000000000000000000000000008152fd5b50346101b2576113303661287c565b908392935c610b20576113439293612f30565b80f35b50346101b25760606003193601126101b2576113606127e9565b90611369612830565b91611372612815565b825c610b20576001835d6bffffffffffffffffffffffff811680156112d15783946114519160405190815233907fac2c448ccd6e02b7c3796202facefdfc02a0003e8d21401811dcc8a4c565dc0660206001600160a01b03881692a36001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001693336080926001600160a01b036bffffffffffffffffffffffff9281604051957f0f324833c6131117f99dffa5de911f65e836d6b806743f392692d0c164d9592887521660208601521660408401521660608201522090565b90823b156114d4576040517fe53734d000000000000000000000000000000000000000000000000000000000815260048101929092523360248301526bffffffffffffffffffffffff1660448201529082908290606490829084905af18015610324576114bf575b50805d80f35b816114c991612a14565b6101b257805f6114b9565b505050fd5b50346101b2576101006003193601126101b257805c61075b576001600160a01b03611502612926565b1681526001602052604081206001600160a01b0361151e61293c565b165f5260205261153160405f205461312a565b6115cf60c06001600160a01b03611546612926565b166bffffffffffffffffffffffff61155c612997565b166bffffffffffffffffffffffff61157261297c565b166001600160a01b03611583612952565b1691604051937fd798ffa3f072ec7773a644a8d91ea615463b17522ed3de56e76974b96bf177438552602085015260408401526060830152608082015260a43560a082015220826147f1565b6115d761297c565b6bffffffffffffffffffffffff825116906bffffffffffffffffffffffff8061160860208601948286511690612ad6565b1691161161184f576bffffffffffffffffffffffff61162561297c565b166117b2575b611633612926565b9061163c61293c565b926bffffffffffffffffffffffff61165261297c565b166117ab5760015b60608201928351600381101561177e57611756576bffffffffffffffffffffffff808451169151161461172e5767ffffffffffffffff7fa2c878fd0cedfc403b411badadac73738e5df81bd4511af0c179e1c2a183b50a936001600160a01b0361170560209561170083966116f17f00000000000000000000000000000000000000000000000000000000000000008842166130d4565b9587604085019716875261311e565b615592565b96169586895260018552604089208489165f52855260405f20555116946040519586521693a380f35b6004867f69b95dc9000000000000000000000000000000000000000000000000000000008152fd5b6004877f33dd9771000000000000000000000000000000000000000000000000000000008152fd5b6024887f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b600261165a565b6117ba61297c565b604051906117c7826129cb565b3382526bffffffffffffffffffffffff60208301911681526001600160a01b036117ef612926565b1685526003602052604085206001600160a01b0361180b61293c565b165f526020527fffffffffffffffffffffffff00000000000000000000000000000000000000006001600160a01b0360405f20935116915160a01b1617905561162b565b6004837f356680b7000000000000000000000000000000000000000000000000000000008152fd5b50346101b257806003193601126101b257602060405167ffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b50346101b2576101206003193601126101b257805c61075b576001815d610751612b67565b50346101b25760406003193601126101b2576004356bffffffffffffffffffffffff811681036103185760243567ffffffffffffffff81116105bb5761192b90369060040161284b565b90835c6105935791906001845d7f0000000000000000000000000000000000000000000000000000000000000000926119643085613f0d565b918591869487925b8084106119ef57505050506bffffffffffffffffffffffff61199b6119a4926119953088613f0d565b94612a55565b93168093612a55565b036119c757806119b5578280805d80f35b6119c09133906146df565b5f8061041c565b6004837f6d799c4a000000000000000000000000000000000000000000000000000000008152fd5b9091929593611a2c6bffffffffffffffffffffffff611a26600193611a1e87611a198d898c612b2a565b61431d565b931690612a55565b96612b00565b960192919061196c565b50346101b25760806003193601126101b257611a506127e9565b611a58612830565b90825c610b20576001835d6001600160a01b03811680845283602052611a816040852054614025565b916001600160a01b03835116611ba3577ffecd65154c2825507e5661068e7d019f5e2db045ac5112ea4e48c830067be5d185523360205260408520611acd916064359160443591614115565b338252611afa60208301926bffffffffffffffffffffffff611af28682875116612b00565b16845261405e565b8185528460205260408520556040519133827fe574763fe97ad769d0b56646dff10e8143383c6d034c33a4d4d45a3bee35bc148780a36bffffffffffffffffffffffff84169283611b4d575b8580805d80f35b90516bffffffffffffffffffffffff94851682529093166020840152611b99927f48e188a839adb96efd033a36fa37f1c63f3a958cbdf856d139532456f5b632649080604081016112c8565b5f80808080611b46565b6004857f965f8d94000000000000000000000000000000000000000000000000000000008152fd5b50346101b257806003193601126101b25760206040516102588152f35b50346101b25760406003193601126101b257611c026127e9565b90611c0b6127ff565b815c610dd6576001825d6001600160a01b03831682526001602052604082206001600160a01b0382165f52602052611c4660405f205461312a565b9060608201516003811015611cc95715611ca15767ffffffffffffffff6040830151164210611c7957610751929361390f565b6004837f085de625000000000000000000000000000000000000000000000000000000008152fd5b6004837f9ca68a46000000000000000000000000000000000000000000000000000000008152fd5b6024847f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b50346101b25760606003193601126101b257611d106127e9565b611d186127ff565b611d20612815565b91835c610593576001600160a01b03169081845283602052611d456040852054614025565b6001600160a01b038151163303611f09578285526002602052604085206001600160a01b0383165f52602052611d7e60405f2054613fe9565b90604082019067ffffffffffffffff8251168015908115611eff575b50611ed75760208301906bffffffffffffffffffffffff825116966bffffffffffffffffffffffff8116978811611eaf5793886001600160a01b03948985611e41610ad596611e1c60209b6bffffffffffffffffffffffff7f73f28ea3d40032a8d343a0086ba450a2924cb38ea4fa95adc18075459b5d58d39e9b5116612ad6565b6bffffffffffffffffffffffff611e398d84019282845116612b00565b16905261405e565b8b8552848a52604085205552527fffffffffffffffff00000000000000000000000000000000000000000000000060406bffffffffffffffffffffffff83511677ffffffffffffffffffffffff000000000000000000000000602085015160601b161792015160c01b161790565b6004897f356680b7000000000000000000000000000000000000000000000000000000008152fd5b6004877f085de625000000000000000000000000000000000000000000000000000000008152fd5b905042105f611d9a565b6004857f3d693ada000000000000000000000000000000000000000000000000000000008152fd5b50346101b257806003193601126101b257507f0000000000000000000000000000000000000000000000000000000000000000467f000000000000000000000000000000000000000000000000000000000000000014307f0000000000000000000000000000000000000000000000000000000000000000141615611fbc575b602090604051908152f35b50602061204660a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f000000000000000000000000000000000000000000000000000000000000000060208201527f000000000000000000000000000000000000000000000000000000000000000060408201524660608201523060808201522090565b9050611fb1565b50346101b25760406003193601126101b2576001600160a01b0360406120716127e9565b928261207b6127ff565b9416815260026020522091165f52602052606061209b60405f2054613fe9565b6bffffffffffffffffffffffff8151169067ffffffffffffffff60406bffffffffffffffffffffffff602084015116920151169060405192835260208301526040820152f35b50346101b25760206003193601126101b2576120fb6127e9565b815c610dd6576001600160a01b03168082526001602052604082206001600160a01b0333165f5260205261213260405f205461312a565b606081018051600381101561229857612270576bffffffffffffffffffffffff8251166bffffffffffffffffffffffff60208401511614612248576121a17f000000000000000000000000000000000000000000000000000000000000000067ffffffffffffffff42166130d4565b67ffffffffffffffff16604083019081529067ffffffffffffffff9260016121c99252615592565b8385526001602052604085206001600160a01b0333165f5260205260405f20555116906040519182527fa2c878fd0cedfc403b411badadac73738e5df81bd4511af0c179e1c2a183b50a60203393a380f35b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b6004847f69b95dc9000000000000000000000000000000000000000000000000000000008152fd5b6004847f33dd9771000000000000000000000000000000000000000000000000000000008152fd5b6024857f4e487b710000000000000000000000000000000000000000000000000000000081526021600452fd5b50346101b25760406003193601126101b2576001600160a01b0360406122e96127e9565b92826122f36127ff565b9416815260036020522091165f526020526040805f206020825191612317836129cb565b54916001600160a01b0383169283825260a01c918291015282519182526020820152f35b503461258357610100600319360112612583575f5c6126145760015f5d612360612926565b9061236961293c565b61237161297c565b906001600160a01b0384165f52600160205260405f206001600160a01b0382165f526020526123a360405f205461312a565b6123ac81613cd9565b7f0000000000000000000000000000000000000000000000000000000000000000467f000000000000000000000000000000000000000000000000000000000000000014307f0000000000000000000000000000000000000000000000000000000000000000141615612587575b6719010000000000005f52601a52603a526bffffffffffffffffffffffff6124556042601820925f603a5261244d612997565b908589613db1565b166bffffffffffffffffffffffff84160161247160e435613ed7565b90927f00000000000000000000000000000000000000000000000000000000000000009161249f3084613f0d565b946001600160a01b038416803b1561258357875f61012492819560ff6001600160a01b0396604051998a9889977fef55bec60000000000000000000000000000000000000000000000000000000089521660048801523060248801528c604488015285606488015260a435608488015260a48701521660c485015260c43560e48501526101048401525af180156125785761255a575b509061254561254b923090613f0d565b92612a55565b036119c7576107519293613f3b565b61254b929196505f61256b91612a14565b6125455f96919250612535565b6040513d5f823e3d90fd5b5f80fd5b5061260f60a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f000000000000000000000000000000000000000000000000000000000000000060208201527f000000000000000000000000000000000000000000000000000000000000000060408201524660608201523060808201522090565b61241a565b7fb5dfd9e5000000000000000000000000000000000000000000000000000000005f5260045ffd5b34612583576040600319360112612583576126556127e9565b6001600160a01b036126656127ff565b91165f5260016020526001600160a01b0360405f2091165f5260205261268e60405f205461312a565b6bffffffffffffffffffffffff8151166bffffffffffffffffffffffff6020830151166060830151600381101561221b5760809367ffffffffffffffff916126f557816126db5f92613c65565b169260405194855260208501521660408301526060820152f35b816126db8160408401511692613c65565b34612583575f6003193601126125835760206040516bffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b346125835760c0600319360112612583576127676127e9565b60a07fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffdc360112612583575f5c612614576127e49060015f5d6001600160a01b0381165f52600160205260405f206001600160a01b0333165f526020526127d060405f205461312a565b6127db8133846131b9565b42913390613619565b5f805d005b600435906001600160a01b038216820361258357565b602435906001600160a01b038216820361258357565b604435906bffffffffffffffffffffffff8216820361258357565b602435906bffffffffffffffffffffffff8216820361258357565b9181601f840112156125835782359167ffffffffffffffff8311612583576020808501946060850201011161258357565b6040600319820112612583576004356001600160a01b0381168103612583579160243567ffffffffffffffff81116125835760040182601f820112156125835780359267ffffffffffffffff84116125835760208083019260c08602010111612583579190565b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f602080948051918291828752018686015e5f8582860101520116010190565b6004356001600160a01b03811681036125835790565b6024356001600160a01b03811681036125835790565b6084356001600160a01b03811681036125835790565b356001600160a01b03811681036125835790565b6064356bffffffffffffffffffffffff811681036125835790565b6044356bffffffffffffffffffffffff811681036125835790565b356bffffffffffffffffffffffff811681036125835790565b6040810190811067ffffffffffffffff8211176129e757604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff8211176129e757604052565b91908201809211612a6257565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b6bffffffffffffffffffffffff7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff911601906bffffffffffffffffffffffff8211612a6257565b906bffffffffffffffffffffffff809116911603906bffffffffffffffffffffffff8211612a6257565b906bffffffffffffffffffffffff809116911601906bffffffffffffffffffffffff8211612a6257565b9190811015612b3a576060020190565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b60a4356001600160a01b03811680820361258357612b8482614739565b5f9160c43591612b9383614786565b600435906001600160a01b03821680830361258357604435906bffffffffffffffffffffffff82169182810361258357606435956bffffffffffffffffffffffff87169384880361258357608435986bffffffffffffffffffffffff8a1696878b036125835760e09350604051927fd588cf43cd7a6d031e7a5d62466999feaab07031d262499a93a7c05cfc3d6a9e8452866020850152604084015286606084015287608084015260a083015260c082015220602435916001600160a01b0383169485840361258357855f52600460205260405f20835f5260205260ff60405f205416612ef857612c8b6101043560e4358587614115565b86811115612ed057847fac2c448ccd6e02b7c3796202facefdfc02a0003e8d21401811dcc8a4c565dc0660208893612d5b96855f526004835260405f20905f52825260405f2060017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00825416179055604051908152a38287906080926001600160a01b036bffffffffffffffffffffffff9281604051957f0f324833c6131117f99dffa5de911f65e836d6b806743f392692d0c164d9592887521660208601521660408401521660608201522090565b94612d90886001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001698612ad6565b873b15612583576040517fe53734d0000000000000000000000000000000000000000000000000000000008152600481018890526001600160a01b03841660248201526bffffffffffffffffffffffff9190911660448201525f81606481838c5af1801561257857612ebb575b508415612eb05750506040519283527fd58afff4ce7b204282cdf054b903f150b70ad15373808a02221ab68e239eb92960203394a4813b15610757576040517fe53734d000000000000000000000000000000000000000000000000000000000815260048101919091523360248201526bffffffffffffffffffffffff92909216604483015282908290606490829084905af1801561032457612e9e575050565b612ea9828092612a14565b6101b25750565b505050505050505050565b612ec89199505f90612a14565b5f975f612dfd565b7f356680b7000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f4fa56df4000000000000000000000000000000000000000000000000000000005f5260045ffd5b9190811015612b3a5760c0020190565b907f0000000000000000000000000000000000000000000000000000000000000000467f000000000000000000000000000000000000000000000000000000000000000014307f0000000000000000000000000000000000000000000000000000000000000000141615613047575b92905f935f925b80841061301857505050506bffffffffffffffffffffffff821615613014576001600160a01b03613006911691825f525f602052612fe760405f2054614025565b906bffffffffffffffffffffffff611e39602084019282845116612b00565b905f525f60205260405f2055565b5050565b9091929461303d600191613037613030898689612f20565b868961486e565b90612b00565b9501929190612fa6565b506130cf60a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f000000000000000000000000000000000000000000000000000000000000000060208201527f000000000000000000000000000000000000000000000000000000000000000060408201524660608201523060808201522090565b612f9f565b9067ffffffffffffffff8091169116019067ffffffffffffffff8211612a6257565b929190926bffffffffffffffffffffffff6040820194168152600a82101561221b5760200152565b600382101561221b5752565b90604051916080830183811067ffffffffffffffff8211176129e75760405260608301905f8252836bffffffffffffffffffffffff821681526bffffffffffffffffffffffff8260601c1660208201526040673fffffffffffffff8360c01c1691015260fe1c600381101561221b576131a29161311e565b565b3567ffffffffffffffff811681036125835790565b9190916001600160a01b03811691825f525f6020526131db60405f2054614025565b6040810151613456576064359267ffffffffffffffff841693848103612583576132058585615549565b6bffffffffffffffffffffffff8451169160208501926bffffffffffffffffffffffff8451161461342e57602435976bffffffffffffffffffffffff891695868a0361258357516bffffffffffffffffffffffff16868114801591906133fa575b81156133d6575b506133ae576001600160a01b03169750604435946bffffffffffffffffffffffff86169687870361258357876132e7926132f595508b9160a09391604051937f0fc366980a9a11494d106eedaaf23610dfeac2da96ce4eb1a33b668e0b9a4424855260208501526040840152606083015260808201522090565b9060a4359160843591614115565b61330e6bffffffffffffffffffffffff82511684612ad6565b916bffffffffffffffffffffffff8316156133a5577f1a47cec7390da4721285e47b87b3e612841bc1e56940f5ccec2b6d8011a65c1d946133689252602081016bffffffffffffffffffffffff611e398582845116612b00565b845f525f60205260405f20556133a0604051928392839092916bffffffffffffffffffffffff60209181604085019616845216910152565b0390a3565b50505050505050565b7fde4168ba000000000000000000000000000000000000000000000000000000005f5260045ffd5b90506044356bffffffffffffffffffffffff8116908181036125835750115f61326d565b90506044356bffffffffffffffffffffffff81169081810361258357506bffffffffffffffffffffffff8651161190613266565b7f69b95dc9000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f0e8a9043000000000000000000000000000000000000000000000000000000005f5260045ffd5b9190916001600160a01b03811691825f525f6020526134a060405f2054614025565b604081015161345657610144359267ffffffffffffffff841693848103612583576134cb8585615549565b6bffffffffffffffffffffffff8451169160208501926bffffffffffffffffffffffff8451161461342e5761010435976bffffffffffffffffffffffff891695868a0361258357516bffffffffffffffffffffffff16868114801591906135e4575b81156135bf575b506133ae576001600160a01b0316975061012435946bffffffffffffffffffffffff86169687870361258357876135af926132f595508b9160a09391604051937f0fc366980a9a11494d106eedaaf23610dfeac2da96ce4eb1a33b668e0b9a4424855260208501526040840152606083015260808201522090565b9061018435916101643591614115565b9050610124356bffffffffffffffffffffffff8116908181036125835750115f613534565b9050610124356bffffffffffffffffffffffff81169081810361258357506bffffffffffffffffffffffff865116119061352d565b926bffffffffffffffffffffffff8351169161364960208501936bffffffffffffffffffffffff85511690612ad6565b93604051613656816129cb565b5f81525f60208201529260608201908151600381101561221b5760021461385f575b6137445f61373c986bffffffffffffffffffffffff6136b56137719784809867ffffffffffffffff8c998f87905116855216604084015252615592565b996001600160a01b038d169a8b85526001602052604085206001600160a01b038816865260205260408520555116897f0647e3589d09c7854fe34ee3934a0d16bdf5390a1ee54a2c90c6fcd438b9e35c6001600160a01b0387169c8d9360405191829187839092916bffffffffffffffffffffffff60209181604085019616845216910152565b0390a3612ad6565b976bffffffffffffffffffffffff613764602088019a828c511690612ad6565b168061382e575b50613f3b565b6bffffffffffffffffffffffff85511680156138265761379b906001600160a01b03845116615604565b156137e8575060206bffffffffffffffffffffffff6001600160a01b037fd58afff4ce7b204282cdf054b903f150b70ad15373808a02221ab68e239eb929935116955116604051908152a4565b925050506bffffffffffffffffffffffff6131a2925116907f00000000000000000000000000000000000000000000000000000000000000006146df565b505050505050565b61385990837f00000000000000000000000000000000000000000000000000000000000000006146df565b5f61376b565b9350826001600160a01b03881694855f52600360205260405f206001600160a01b0383165f526020528660405f206040519061389a826129cb565b54906001600160a01b0382168152602081019160a01c8252975f52600360205260405f206001600160a01b0385165f5260205260405f205f905580516bffffffffffffffffffffffff166138ee5f8c612ad6565b6138f791615563565b6bffffffffffffffffffffffff169052509050613678565b91906bffffffffffffffffffffffff8251169061394060208401926bffffffffffffffffffffffff84511690612ad6565b9060405161394d816129cb565b5f81525f6020820152916060850194855195600387101561221b578588600261373c99146139a6575b505f613771946bffffffffffffffffffffffff6136b58396848a9784613744985116835281604084015252615592565b613744919650613771946bffffffffffffffffffffffff6136b55f96878a97846001600160a01b038398169d8e84526003602052604084206001600160a01b038c16855260205260408420604051906139fe826129cb565b54906001600160a01b0382168152602081019160a01c82529f85526003602052604085206001600160a01b038d16865260205284604081205582613a4f81835116613a49888d612ad6565b90615563565b1690529850509750509650505094505088613976565b93909291926bffffffffffffffffffffffff84511692613a9960208601946bffffffffffffffffffffffff86511690612ad6565b6bffffffffffffffffffffffff81166bffffffffffffffffffffffff831611612ed057604051613ac8816129cb565b5f81525f60208201529360608701908151600381101561221b57600214613bae575b8361377194936bffffffffffffffffffffffff613b2761373c9b5f8a9767ffffffffffffffff613744988f87905116855216604084015252615592565b996001600160a01b038d169a8b5f52600160205260405f206001600160a01b0388165f5260205260405f20555116897f0647e3589d09c7854fe34ee3934a0d16bdf5390a1ee54a2c90c6fcd438b9e35c6001600160a01b0387169c8d9360405191829187839092916bffffffffffffffffffffffff60209181604085019616845216910152565b838592949396506001600160a01b038a1696875f52600360205260405f206001600160a01b0385165f526020528860405f2060405190613bed826129cb565b54906001600160a01b0382168152602081019160a01c8252995f52600360205260405f206001600160a01b0387165f5260205260405f205f905580516bffffffffffffffffffffffff16613c418585612ad6565b613c4a91615563565b6bffffffffffffffffffffffff169052509350939150613aea565b604081019067ffffffffffffffff82511615613cd35760600151600381101561221b576102589167ffffffffffffffff91613ca05751160190565b511667ffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001690030190565b50505f90565b6084356001600160a01b03811680820361258357613cf682614739565b60a43590613d048285615549565b604435926bffffffffffffffffffffffff84169485850361258357516bffffffffffffffffffffffff168511156133ae57600435936001600160a01b03851694858103612583575050606435946bffffffffffffffffffffffff8616918287036125835760c0965050604051947f0a98637248946576e4d7ce153da11d07f10739a0e67d5ca3673f16cbe0d2dc7e8652602086015260408501526060840152608083015260a08201522090565b919392916001600160a01b03169081158015613ec7575b613e9f576060850151600381101561221b57613e77576001600160a01b037f366b2136a1e240d61d0da2cd486dfc8b07c8a74624229692aa4b47e4fa261dbe91613e2f613e246bffffffffffffffffffffffff89511687612ad6565b976117008782615678565b845f52600160205260405f208383165f5260205260405f20556133a0604051928392169588839092916bffffffffffffffffffffffff60209181604085019616845216910152565b7f33dd9771000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f1c2b0777000000000000000000000000000000000000000000000000000000005f5260045ffd5b50613ed181614e07565b15613dc8565b90601b8260ff1c0160ff8111612a6257917f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff1690565b602460106020939284936014526f70a082310000000000000000000000005f525afa601f3d11166020510290565b916bffffffffffffffffffffffff16908115613fb5576131a2926040518381527fd58afff4ce7b204282cdf054b903f150b70ad15373808a02221ab68e239eb92960206001600160a01b0380339616941692a4337f00000000000000000000000000000000000000000000000000000000000000006146df565b505050565b604051906060820182811067ffffffffffffffff8211176129e7576040525f6040838281528260208201520152565b90613ff2613fba565b916bffffffffffffffffffffffff811683526bffffffffffffffffffffffff8160601c16602084015260c01c6040830152565b9061402e613fba565b916001600160a01b03811683526b7fffffffffffffffffffffff8160a01c16602084015260ff1c15156040830152565b602081016b7fffffffffffffffffffffff6bffffffffffffffffffffffff825116116140ed576040907fffffffffffffffffffffffff00000000000000000000000000000000000000006001600160a01b03845116915160a01b161791015115155f146140ea577f80000000000000000000000000000000000000000000000000000000000000001790565b90565b7f06250401000000000000000000000000000000000000000000000000000000005f5260045ffd5b61418f939291907f000000000000000000000000000000000000000000000000000000000000000090467f000000000000000000000000000000000000000000000000000000000000000014307f00000000000000000000000000000000000000000000000000000000000000001416156141be576156d8565b1561419657565b7f5cd5d233000000000000000000000000000000000000000000000000000000005f5260045ffd5b905061424760a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f000000000000000000000000000000000000000000000000000000000000000060208201527f000000000000000000000000000000000000000000000000000000000000000060408201524660608201523060808201522090565b906156d8565b907f00000000000000000000000000000000000000000000000000000000000000009061427a3083613f0d565b9260405190826060523060405260601b602c526f23b872dd000000000000000000000000600c5260205f6064601c82875af18060015f511416156142ff575b506142d092612545915f6060526040523090613f0d565b036142d757565b7f6d799c4a000000000000000000000000000000000000000000000000000000005f5260045ffd5b3d843b15171015614310575f6142b9565b637939f4245f526004601cfd5b91909161432981612968565b92604061433860208401612968565b92016143a0614346826129b2565b8487906080926001600160a01b036bffffffffffffffffffffffff9281604051957f0f324833c6131117f99dffa5de911f65e836d6b806743f392692d0c164d9592887521660208601521660408401521660608201522090565b917f0000000000000000000000000000000000000000000000000000000000000000955f9661440c6001600160a01b0360606040517fbbf647d6cd71626d091b5b874e1d9711f03126354432d411801ef3943d7cf6278152306020820152886040820152201682613f0d565b6b7fffffffffffffffffffffff81116140ed5786946001600160a01b03841696875f5260016020526144a460405f20956001600160a01b0389165f528660205260405f20549761445b8961312a565b946bffffffffffffffffffffffff614472826129b2565b166bffffffffffffffffffffffff831610156146cf5750905b846bffffffffffffffffffffffff8397169c8d926157bc565b6bffffffffffffffffffffffff82969296161561467c57506001600160a01b03906144e76144e1876bffffffffffffffffffffffff875116612b00565b85615678565b6144f084615592565b828a165f528760205260405f2055169061450a8486612b00565b823b15612583576040517fe53734d000000000000000000000000000000000000000000000000000000000815260048101929092523060248301526bffffffffffffffffffffffff166044820152905f908290606490829084905af19081614667575b506145c2575050507f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d926040926001600160a01b03928383165f52602052835f20558251958652600560208701521693a38190565b51604080516bffffffffffffffffffffffff85811682529092166020830152929950909796506001600160a01b0394909416938493508592507f366b2136a1e240d61d0da2cd486dfc8b07c8a74624229692aa4b47e4fa261dbe9190a36bffffffffffffffffffffffff8416918261463957505050565b6040519283527fd58afff4ce7b204282cdf054b903f150b70ad15373808a02221ab68e239eb92960203394a4565b614674919b505f90612a14565b5f995f61456d565b9450505050507f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d94959697506001600160a01b039392506146c691506040519384931696836130f6565b0390a35f905f90565b6146d991506129b2565b9061448b565b91906014526034526fa9059cbb0000000000000000000000005f5260205f6044601082855af1908160015f5114161561471b575b50505f603452565b3b153d17101561472c575f80614713565b6390b8ec185f526004601cfd5b6001600160a01b031633811415908161477c575b5061475457565b7ff90f96ed000000000000000000000000000000000000000000000000000000005f5260045ffd5b905015155f61474d565b8042116147c957610258420190814211612a6257116147a157565b7f48f0fae6000000000000000000000000000000000000000000000000000000005f5260045ffd5b7f0819bdcd000000000000000000000000000000000000000000000000000000005f5260045ffd5b6084356001600160a01b03811681036125835761480d90614739565b61481960a43582615549565b6044356bffffffffffffffffffffffff811691828203612583576bffffffffffffffffffffffff91505116036133ae57602435906001600160a01b0382168203612583576131a29160e4359160c43591614115565b6001600160a01b039093929316805f52600160205260405f20936001600160a01b0361489982612968565b165f52846020526148ad60405f205461312a565b9460208201956bffffffffffffffffffffffff6148c9886129b2565b825182169116811115614b0457506148e0876129b2565b945b60208201976bffffffffffffffffffffffff895116916bffffffffffffffffffffffff881692831115614a9c576149959061491c87612968565b60a06bffffffffffffffffffffffff614934866129b2565b1661494260408b0135615957565b604051917f1b50d627caca378249971ddba7e69b547e89eee1e39186c5854f0bbc506ccb8683528c60208401526040830152606082015260608a013560808201522060a08901359260808a0135926156d8565b15614a3057507f1a47cec7390da4721285e47b87b3e612841bc1e56940f5ccec2b6d8011a65c1d936133a0936149ec6001600160a01b0394614a07946bffffffffffffffffffffffff808e51168c03169c52615592565b90846149f784612968565b165f5260205260405f2055612968565b604080516bffffffffffffffffffffffff808b1682529097166020880152911694918291820190565b9697505050507f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d919250614a74614a6e6001600160a01b0392612968565b946129b2565b604080516bffffffffffffffffffffffff929092168252600160208301529190941693a35f90565b509697505050507f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d9192506001600160a01b03614ae3614add604093612968565b956129b2565b946bffffffffffffffffffffffff8351961686525f60208701521693a35f90565b946148e2565b929190614b1961045784612968565b15614da957604083019167ffffffffffffffff614b35846131a4565b16151580614d8e575b614d28576060840135614be8614b5382615957565b9260a06001600160a01b03614b6789612968565b16602089019767ffffffffffffffff614b966bffffffffffffffffffffffff614b8f8c6129b2565b16926131a4565b1690604051927fcf3ddf0224c711eef09f4497786dd08ac7ce963847cdb5365bbab3a2c8294b178452602084015260408301526060820152856080820152209060a0880135916080890135918a6156d8565b15614cbb5790614c14929181614c7f575b5050614c0484612968565b614c0d846129b2565b9186614e5f565b929015614c22575b50505050565b7f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d91614c73614c61614c5b6001600160a01b0394612968565b926129b2565b948360405194859416971695836130f6565b0390a35f808080614c1c565b6040519081527fad3316e35a317bdcb707e051edfb83d485995a955201ac3a2c836f7269365eae60206001600160a01b03891692a35f80614bf9565b505050906001600160a01b03614cfa614cf47f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d93612968565b936129b2565b604080516bffffffffffffffffffffffff9092168252600160208301529382169490911692819081016133a0565b5050507f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d60406001600160a01b0380614d6c6020614d6587612968565b96016129b2565b946bffffffffffffffffffffffff8451961686526002602087015216941692a3565b5067ffffffffffffffff614da1846131a4565b164211614b3e565b50507f087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d60406001600160a01b0380614de56020614d6587612968565b946bffffffffffffffffffffffff8451961686526003602087015216941692a3565b6001600160a01b03168015159081614e2b575b81614e23575090565b905030141590565b7f00000000000000000000000000000000000000000000000000000000000000006001600160a01b03168114159150614e1a565b9290915f926001600160a01b035f951692835f52600260205260405f20916001600160a01b0384165f528260205260405f2054614e9b81613fe9565b9360208301926bffffffffffffffffffffffff845116945f916bffffffffffffffffffffffff88511691826bffffffffffffffffffffffff82161161500f575b5050506bffffffffffffffffffffffff169788156150035750614f59857fffffffffffffffff00000000000000000000000000000000000000000000000060406bffffffffffffffffffffffff83511677ffffffffffffffffffffffff000000000000000000000000602085015160601b161792015160c01b161790565b6001600160a01b0387165f528160205260405f2055614f788887615604565b15614fde57505050506001600160a01b037f5d533d9fb33203a2c4fa5accc5fd59e811f3648a7b0b4044988f0383dc0fe88192826bffffffffffffffffffffffff60208160609651169201511690604051978852602088015260408701521693a3600191565b94929750945094506001600160a01b039150165f5260205260405f2055525f90600590565b99975050505050505050565b829c506bffffffffffffffffffffffff92919350031690602087016bffffffffffffffffffffffff8151169160406150478486615563565b91015115615105575f925b8382016bffffffffffffffffffffffff16809e016bffffffffffffffffffffffff168a52036bffffffffffffffffffffffff16905285036bffffffffffffffffffffffff168452808a036150b9575b506004986bffffffffffffffffffffffff5f80614edb565b6bffffffffffffffffffffffff8a6040519203168152877f22f7c91a59b0e8dbb4af26c18fbe6c993a575dea64da36933dd69f466809cfdc60206001600160a01b038a1693a35f6150a1565b61511f886bffffffffffffffffffffffff83870316615563565b92615052565b93929190925f936001600160a01b035f961693845f52600260205260405f20916001600160a01b0385165f528260205260405f205461516381613fe9565b9360208301926bffffffffffffffffffffffff845116945f916bffffffffffffffffffffffff88511691826bffffffffffffffffffffffff82161161543f575b50505060208601966bffffffffffffffffffffffff88511690816bffffffffffffffffffffffff82161180615427575b6153d9575b50506bffffffffffffffffffffffff169889156152fd5750615255857fffffffffffffffff00000000000000000000000000000000000000000000000060406bffffffffffffffffffffffff83511677ffffffffffffffffffffffff000000000000000000000000602085015160601b161792015160c01b161790565b6001600160a01b0388165f528160205260405f20556152748988615604565b156152d757505050507f5d533d9fb33203a2c4fa5accc5fd59e811f3648a7b0b4044988f0383dc0fe881926060926bffffffffffffffffffffffff806001600160a01b0394511691511690604051978852602088015260408701521693a3600191565b9593509550955095506001600160a01b039150165f5260205260405f2055525f90600590565b9a98509250505087949394929192615317575b5050505050565b6bffffffffffffffffffffffff6020926001600160a01b03926153b67f73f28ea3d40032a8d343a0086ba450a2924cb38ea4fa95adc18075459b5d58d3967fffffffffffffffff00000000000000000000000000000000000000000000000060406bffffffffffffffffffffffff83511677ffffffffffffffffffffffff000000000000000000000000602085015160601b161792015160c01b161790565b908489165f52855260405f20555116946040519586521693a35f80808080615310565b6bffffffffffffffffffffffff929b506153fc83918284818a5116920316615563565b8092011688525f604088015281855116031683526bffffffffffffffffffffffff600199905f6151d8565b506bffffffffffffffffffffffff86511615156151d3565b829d506bffffffffffffffffffffffff92919350031690602087016bffffffffffffffffffffffff8151169160406154778486615563565b91015115615529575f925b8382016bffffffffffffffffffffffff169e8f016bffffffffffffffffffffffff168a52036bffffffffffffffffffffffff16905285036bffffffffffffffffffffffff168452808b036154dd575b506004995f80806151a3565b6bffffffffffffffffffffffff8b6040519203168152887f22f7c91a59b0e8dbb4af26c18fbe6c993a575dea64da36933dd69f466809cfdc60206001600160a01b038b1693a35f6154d1565b615543886bffffffffffffffffffffffff83870316615563565b92615482565b61555b9061555683614786565b613c65565b1015612ef857565b906bffffffffffffffffffffffff81166bffffffffffffffffffffffff8316105f1461558d575090565b905090565b60606bffffffffffffffffffffffff82511677ffffffffffffffffffffffff0000000000000000000000006020840151831b16177fffffffffffffffff000000000000000000000000000000000000000000000000604084015160c01b1617910151600381101561221b5760fe1b1790565b60445f91602093604051917fa9059cbb00000000000000000000000000000000000000000000000000000000835260048301526024820152827f00000000000000000000000000000000000000000000000000000000000000005af13d8061566a575090565b601f60015f51149111161690565b6bffffffffffffffffffffffff6040921681520167ffffffffffffffff815116156156a05750565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff4201428111612a625767ffffffffffffffff169052565b939190917f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a061570682613ed7565b9050116157b3576001600160a01b03937f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff92604051947f19010000000000000000000000000000000000000000000000000000000000005f5260025260225260425f205f52601b8260ff1c01602052604052166060526020604060805f60015afa505f6060523d60601851906040521680151591826157a457505090565b6001600160a01b031614919050565b50505050505f90565b93919492906001600160a01b035f9516908115908115615946575b5061593a576060860151600381101561221b5761592e575f525f6020526040615802815f2054614025565b0151615923577f00000000000000000000000000000000000000000000000000000000000000006bffffffffffffffffffffffff8316906bffffffffffffffffffffffff811682115f1461591e5750825b60016bffffffffffffffffffffffff841611918215926158ef575b50506158e4576bffffffffffffffffffffffff9161588e61589392612a8f565b612ad6565b9351166bffffffffffffffffffffffff036bffffffffffffffffffffffff8111612a62576bffffffffffffffffffffffff166bffffffffffffffffffffffff8416116158db57565b5f925060099150565b505f93506008925050565b6bffffffffffffffffffffffff919250615914908261590d86612a8f565b9416612a55565b9116105f8061586e565b615853565b505f93506007925050565b505f9450600693505050565b505f9450600393505050565b6159509150614e07565b155f6157d7565b8061596157505f90565b5f5260205f209056",
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

// PackDepositAddress is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf870fa01.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function depositAddress(address hub, address consumer, uint96 cap) view returns(address)
func (hubs *Hubs) PackDepositAddress(hub common.Address, consumer common.Address, cap *big.Int) []byte {
	enc, err := hubs.abi.Pack("depositAddress", hub, consumer, cap)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDepositAddress is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf870fa01.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function depositAddress(address hub, address consumer, uint96 cap) view returns(address)
func (hubs *Hubs) TryPackDepositAddress(hub common.Address, consumer common.Address, cap *big.Int) ([]byte, error) {
	return hubs.abi.Pack("depositAddress", hub, consumer, cap)
}

// UnpackDepositAddress is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf870fa01.
//
// Solidity: function depositAddress(address hub, address consumer, uint96 cap) view returns(address)
func (hubs *Hubs) UnpackDepositAddress(data []byte) (common.Address, error) {
	out, err := hubs.abi.Unpack("depositAddress", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
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

// PackSweep is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5296c776.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function sweep(uint96 fee, (address,address,uint96)[] items) returns()
func (hubs *Hubs) PackSweep(fee *big.Int, items []IHubsDeposit) []byte {
	enc, err := hubs.abi.Pack("sweep", fee, items)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSweep is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5296c776.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function sweep(uint96 fee, (address,address,uint96)[] items) returns()
func (hubs *Hubs) TryPackSweep(fee *big.Int, items []IHubsDeposit) ([]byte, error) {
	return hubs.abi.Pack("sweep", fee, items)
}

// PackTakeBack is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x76aa39aa.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function takeBack(address hub, uint96 cap, uint96 amount) returns()
func (hubs *Hubs) PackTakeBack(hub common.Address, cap *big.Int, amount *big.Int) []byte {
	enc, err := hubs.abi.Pack("takeBack", hub, cap, amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTakeBack is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x76aa39aa.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function takeBack(address hub, uint96 cap, uint96 amount) returns()
func (hubs *Hubs) TryPackTakeBack(hub common.Address, cap *big.Int, amount *big.Int) ([]byte, error) {
	return hubs.abi.Pack("takeBack", hub, cap, amount)
}

// PackTakeBackFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x67565a79.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function takeBackFor((address,address,uint96,uint96,uint96,address,uint256,bytes32,bytes32) t) returns()
func (hubs *Hubs) PackTakeBackFor(t IHubsTakeBack) []byte {
	enc, err := hubs.abi.Pack("takeBackFor", t)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTakeBackFor is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x67565a79.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function takeBackFor((address,address,uint96,uint96,uint96,address,uint256,bytes32,bytes32) t) returns()
func (hubs *Hubs) TryPackTakeBackFor(t IHubsTakeBack) ([]byte, error) {
	return hubs.abi.Pack("takeBackFor", t)
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

// HubsTakenBack represents a TakenBack event raised by the Hubs contract.
type HubsTakenBack struct {
	Hub      common.Address
	Consumer common.Address
	Amount   *big.Int
	Raw      *types.Log // Blockchain specific contextual infos
}

const HubsTakenBackEventName = "TakenBack"

// ContractEventName returns the user-defined event name.
func (HubsTakenBack) ContractEventName() string {
	return HubsTakenBackEventName
}

// UnpackTakenBackEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event TakenBack(address indexed hub, address indexed consumer, uint96 amount)
func (hubs *Hubs) UnpackTakenBackEvent(log *types.Log) (*HubsTakenBack, error) {
	event := "TakenBack"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != hubs.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(HubsTakenBack)
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
