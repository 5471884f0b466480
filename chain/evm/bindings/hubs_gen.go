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
	Bin: "0x610180806040523461028e5760608161430a803803809161002082856102a5565b83398101031261028e5780516001600160a01b038116919082810361028e576020820151916001600160401b0383169081840361028e5760400151936001600160601b038516850361028e57306080524660a05260a06040516100846040826102a5565b600481526020810190634875627360e01b8252604051916100a66040846102a5565b600183526020830191603160f81b8352519020915190208160c0528060e052604051917f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f8352602083015260408201524660608201523060808201522061010052823b1590811561022b575b5061020e57610e10811090811561021d575b5061020e5761012052610140526101605260405161402d90816102dd823960805181613e57015260a05181613e7a015260c05181613eca015260e05181613ef00152610100518181816105320152818161162101528181611a08015281816120740152612efe0152610120518181816101580152818161086c01528181610bf201528181611a76015281816127120152818161274501528181612deb01528181612f580152818161375c0152613db001526101405181818161062d01528181610f8301528181611168015281816117d80152612aa0015261016051818181610acd0152611cc70152f35b634762470b60e11b5f5260045ffd5b6301e133809150115f610124565b6040516318160ddd60e01b81529150602090829060049082905afa90811561029a575f91610264575b5060016001605f1b03105f610112565b90506020813d602011610292575b8161027f602093836102a5565b8101031261028e57515f610254565b5f80fd5b3d9150610272565b6040513d5f823e3d90fd5b601f909101601f19168101906001600160401b038211908210176102c857604052565b634e487b7160e01b5f52604160045260245ffdfe60806040526004361015610011575f80fd5b5f5f3560e01c806305d709d014611ceb578063067fb8b114611ca857806306b04ca814611ba15780631243abaf1461199157806328079e4a1461191357806328cb1e38146116fe57806333020fd81461166a5780633644e5151461160d57806341f625fb1461143157806342e867091461132757806346ed8e891461130a578063512410dd1461118c5780636a42b8f8146111485780637033b5e714610e1c57806378246ebb14610df457806378f1373914610cf457806384b0196e14610c255780638c8c3c9d14610b0357806396bd06ab146109b55780639e6371ba14610912578063a6c9050114610720578063ac80b5fe146105df578063c05c3cc81461050d578063ca3106ae146104b6578063cc6d861614610394578063cf8613041461018a5763fc0c546a14610143575f80fd5b346101875780600319360112610187576040517f00000000000000000000000000000000000000000000000000000000000000006001600160a01b03168152602090f35b80fd5b5034610187576040366003190112610187576101a4611db6565b602435906001600160401b0382116103905736602383011215610390578160040135916001600160401b03831161038c57366024606085028301011161038c5760ff845c1661037d57835c60ff1916600117845d61020182612e14565b9060018060a01b038251163314158061035d575b61034e57602082016001600160601b0381511690865b8681101561031d57606081028401602481019061024f61024a83611f55565b613736565b156103145761028061026083611f55565b61026c60448401611f95565b61027860648501611f95565b918a8c613b49565b92905b15806102ee575b9060019493929161029f575b5050500161022b565b6102e36102c560446102be5f51602061400d5f395f51905f5294611f55565b9401611f95565b92604051918291888060a01b0316958d898060a01b0316958361212b565b0390a35f8080610296565b5060068310156103005782151561028a565b634e487b7160e01b8b52602160045260248bfd5b6003918a610283565b878686856001600160601b038651160361033e575b82805c60ff1916815d80f35b61034791612e72565b8180610332565b631eb49d6d60e11b8552600485fd5b50336001600160a01b038416141580610215575060408201511515610215565b63b5dfd9e560e01b8452600484fd5b8380fd5b8280fd5b50346101875736600319016101a081126104b257610100136101875760a0366101031901126101875760ff815c166104a357805c60ff1916600117815d6001600160a01b036103e1611f29565b1681526001602052604081206103f5611f3f565b60018060a01b03165f5260205261049860405f206104566040519161041983611ea3565b546001600160601b03811683526001600160601b038160601c16602084015266ffffffffffffff8160c01c16604084015260f81c60608301611e97565b61045f81613003565b6104798161046b611f29565b610473611f3f565b9061238e565b610481611f29565b9061048a611f3f565b610492611f7f565b9261280c565b805c60ff1916815d80f35b63b5dfd9e560e01b8152600490fd5b5080fd5b50346101875760203660031901126101875760606104da6104d5611db6565b612e14565b60018060a01b038151169060406001600160601b0360208301511691015115159060405192835260208301526040820152f35b50346101875761051c36611e0e565b60ff845c1661037d57835c60ff1916600117845d7f0000000000000000000000000000000000000000000000000000000000000000610559613e55565b6105d1575b61056784612e14565b9260208401916001600160601b0383511693875b8181106105b257505050506001600160601b03905116036105a25782805c60ff1916815d80f35b6105ab91612e72565b5f80610332565b806105cb6105c3600193858861204c565b858a8c61348a565b0161057b565b506105da613ea0565b61055e565b5034610187576040366003190112610187576105f9611db6565b610601611dcc565b60ff835c16610711576001600160a01b0361061b83612e14565b51163303610702576001600160401b037f0000000000000000000000000000000000000000000000000000000000000000166001600160401b03421601916001600160401b0383116106ee576001600160a01b039081168085526002602090815260408087209385165f90815293825290922080546001600160c01b031660c086901b6001600160c01b031916179055917fbc29613715ec2434dd0729122e4ad75f7c1808f99b15014a52333ba967b0ecad91906040516001600160401b039590951685526001600160a01b031693a380f35b634e487b7160e01b84526011600452602484fd5b631eb49d6d60e11b8352600483fd5b63b5dfd9e560e01b8352600483fd5b503461018757366003190161018081126104b25761010013610187576080366101031901126101875760ff815c166104a357805c60ff1916600117815d6001600160a01b0361076d611f29565b168152600160205260408120610781611f3f565b60018060a01b03165f5260205260405f206107a26040519161041983611ea3565b6107c36107ae82612ad8565b6107b6611f3f565b60e4359160c43591612ef5565b61081e6107fe6001600160601b036107e66107dc611f69565b8286511690611fa9565b166001600160601b036107f7611f7f565b1690611fec565b91610807611f29565b90610810611f3f565b610818611f69565b92612bef565b81610124358061085c575b5061083b82610836611f3f565b612f55565b610498610846611f29565b61084e611f3f565b610856611f7f565b91612d96565b61086861016435612d54565b90917f00000000000000000000000000000000000000000000000000000000000000006001600160a01b031661089c611f3f565b813b1561090e578560e492819560ff604051988997889663d505accf60e01b885260018060a01b0316600488015230602488015261010435604488015260648701521660848501526101443560a485015260c48401525af115610829578161090391611f08565b6104b257815f610829565b8580fd5b50346101875760203660031901126101875761092c611db6565b60ff825c166109a65761093e81612e14565b80516001600160a01b031633036107025760408101805161099757906001610967925282612e72565b6001600160a01b03167fda9d2e31afb0de4b09fe65662e5e025013186f59dd81d4946248587a2f77c6df8280a280f35b630e8a904360e01b8452600484fd5b63b5dfd9e560e01b8252600482fd5b5034610187576060366003190112610187576109cf611db6565b6109d7611dcc565b906109e0611de2565b60ff845c1661037d57835c60ff1916600117845d6001600160601b038116928315610af457336001600160a01b038216141580610ac2575b610ab35791610aad91610498949360018060a01b038316875260016020526040872060018060a01b0382165f5260205261081860405f2092610a9d60405194610a6086611ea3565b546001600160601b03811686526001600160601b038160601c16602087015266ffffffffffffff8160c01c16604087015260f81c60608601611e97565b6001600160601b03845116611ff9565b33612f55565b63860b82a960e01b8552600485fd5b506001600160601b037f0000000000000000000000000000000000000000000000000000000000000000168410610a18565b631f2a200560e01b8552600485fd5b503461018757604036600319011261018757610b1d611db6565b90610b26611df8565b60ff825c166109a657815c60ff1916600117825d610b4383612e14565b80519091906001600160a01b0316330361070257602082016001600160601b03815116926001600160601b038316938411610c1657946001600160601b0382610bc2610498979883610bb988827f8c01bd6f2152418bd9f8ffa49605c8e2de46ad9142ea2344d2a61e53f6719e6d995116611fa9565b16835284612e72565b51604080516001600160601b0396871681529290911690941660208201526001600160a01b03919091169290a2337f0000000000000000000000000000000000000000000000000000000000000000613439565b63356680b760e01b8552600485fd5b503461018757806003193601126101875760408051610c96929091610ca390610c4e8185611f08565b60048452634875627360e01b60208501528051610c6b8282611f08565b60018152603160f81b60208201528151958695600f60f81b875260e0602088015260e0870190611e73565b9185830390860152611e73565b904660608401523060808401528060a084015282820360c084015260206060519283815201916080915b818110610cdb575050500390f35b8251845285945060209384019390920191600101610ccd565b503461018757604036600319011261018757610d0e611db6565b90610d17611df8565b60ff825c166109a657815c60ff1916600117825d610d3483612e14565b80519091906001600160a01b031615610de5576001600160601b038116918215610dd65761049893946001600160601b0382610d9d60207f48e188a839adb96efd033a36fa37f1c63f3a958cbdf856d139532456f5b6326495019183610bb98882865116611ff9565b51604080516001600160601b039687168152929091169490941660208201526001600160a01b0390911692819081015b0390a233612f55565b631f2a200560e01b8452600484fd5b631bb5f5b360e31b8352600483fd5b503461018757610e0336611e0e565b9060ff8493945c1661071157610e199293612070565b80f35b5034610187576101003660031901126101875760ff815c166104a3576001600160a01b03610e48611f29565b168152600160205260408120610e5c611f3f565b60018060a01b03165f5260205260405f2060405190610e7a82611ea3565b54906001600160601b038216815260208101906001600160601b038360601c168252604081019066ffffffffffffff8460c01c168252610ec1606082019460f81c85611e97565b610eca81613003565b610ed2611f7f565b6001600160601b0380610eec818551168288511690611fa9565b16911611610c16576001600160601b03610f04611f7f565b166110c7575b610f12611f29565b93610f1b611f3f565b946001600160601b03610f2c611f7f565b166110c05760015b825160038110156110ac5761109d576001600160601b038451166001600160601b038751161461108e57610fef91610fb26001600160601b039266ffffffffffffff610fa96001600160401b037f00000000000000000000000000000000000000000000000000000000000000001642611fec565b16885285611e97565b60018060a01b03169586895260016020526040892060018060a01b0389165f52602052818060405f20965116168219865416178555511683612019565b82519082549051600381101561107a576001600160c01b0390911660c09290921b66ffffffffffffff60c01b169190911760f89190911b6001600160f81b0319161790555160405166ffffffffffffff9190911681526001600160a01b03909216917fa2c878fd0cedfc403b411badadac73738e5df81bd4511af0c179e1c2a183b50a90602090a380f35b634e487b7160e01b88526021600452602488fd5b6369b95dc960e01b8852600488fd5b6333dd977160e01b8852600488fd5b634e487b7160e01b89526021600452602489fd5b6002610f34565b6110cf611f7f565b604051906110dc82611ed2565b3382526001600160601b0316602082019081526001600160a01b036110ff611f29565b168752600360205260408720611113611f3f565b6001600160a01b039081165f90815260209290925260409091209251915160a01b6001600160a01b0319169116179055610f0a565b503461018757806003193601126101875760206040516001600160401b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b5034610187576080366003190112610187576111a6611db6565b6111ae611df8565b9060ff835c1661071157825c60ff1916600117835d6111cc81612e14565b80519091906001600160a01b03166112fb5761123260405160208101907ffecd65154c2825507e5661068e7d019f5e2db045ac5112ea4e48c830067be5d1825233604082015260408152611221606082611f08565b606435916044359151902084612ef5565b33825261125b60208301926001600160601b036112528682875116611ff9565b16845282612e72565b60018060a01b03166040519133827fe574763fe97ad769d0b56646dff10e8143383c6d034c33a4d4d45a3bee35bc148780a36001600160601b03841692836112aa575b85805c60ff1916815d80f35b90516001600160601b03948516825290931660208401526112f1927f48e188a839adb96efd033a36fa37f1c63f3a958cbdf856d139532456f5b63264908060408101610dcd565b5f8080808061129e565b632597e36560e21b8452600484fd5b503461018757806003193601126101875760206040516102588152f35b503461018757604036600319011261018757611341611db6565b9061134a611dcc565b60ff825c166109a657815c60ff1916600117825d60018060a01b038316825260016020526040822060018060a01b0382165f5260205260405f20906040519161139283611ea3565b546001600160601b03811683526001600160601b038160601c166020840152604083019066ffffffffffffff8160c01c1682526113d6606085019160f81c82611e97565b51600381101561141d571561140e575166ffffffffffffff1642106113ff5761049892936124f0565b63085de62560e01b8352600483fd5b634e53452360e11b8452600484fd5b634e487b7160e01b85526021600452602485fd5b50346101875760603660031901126101875761144b611db6565b611453611dcc565b9061145c611de2565b9160ff845c1661037d5761146f82612e14565b80516001600160a01b0316330361034e5760018060a01b0383169283865260026020526040862060018060a01b0384165f5260205260405f2091604051926114b684611eed565b54906001600160601b038216845260208401916001600160601b038160601c16835260c01c9260408501938085528015908115611603575b506115f4576001600160601b03835116976001600160601b0381169889116115e557936115b16001600160601b0385611578602099966001600160401b039661155f7f73f28ea3d40032a8d343a0086ba450a2924cb38ea4fa95adc18075459b5d58d39d9b866115d19c5116611fa9565b856115708e85019282845116611ff9565b169052612e72565b8b81528c84528a8d52600289526040808e206001600160a01b038a165f908152908b522095518654831916908316178655511684612019565b5182546001600160c01b0316911660c01b6001600160c01b031916179055565b6040519485526001600160a01b031693a380f35b63356680b760e01b8a5260048afd5b63085de62560e01b8952600489fd5b905042105f6114ee565b5034610187578060031936011261018757507f0000000000000000000000000000000000000000000000000000000000000000611648613e55565b611658575b602090604051908152f35b506020611663613ea0565b905061164d565b5034610187576040366003190112610187576040611686611db6565b9161168f611dcc565b9260018060a01b031681526002602052209060018060a01b03165f52602052606060405f2060408051916116c283611eed565b546001600160601b038116928381526001600160601b0382861c169182602083015260c01c928391015260405192835260208301526040820152f35b503461018757602036600319011261018757611718611db6565b60ff825c166109a6576001600160a01b0316808252600160209081526040808420335f908152925290819020905192919061175284611ea3565b54926001600160601b038416815260208101906001600160601b038560601c168252604081019166ffffffffffffff8660c01c168352611799606083019660f81c87611e97565b855160038110156118cd57611904576001600160601b038251166001600160601b03825116146118f55766ffffffffffffff6117fe6001600160401b037f00000000000000000000000000000000000000000000000000000000000000001642611fec565b168352600180875284865260209081526040808720335f90815292529020915182546bffffffffffffffffffffffff19166001600160601b03918216178355905161184a911682612019565b8151815495519560038710156118cd576001600160c01b031660c09190911b66ffffffffffffff60c01b161760f89590951b6001600160f81b03191694909417909355915160405166ffffffffffffff919091168152909133917fa2c878fd0cedfc403b411badadac73738e5df81bd4511af0c179e1c2a183b50a90602090a380f35b634e487b7160e01b86526021600452602486fd5b634e487b7160e01b5f52602160045260245ffd5b6369b95dc960e01b8552600485fd5b6333dd977160e01b8552600485fd5b503461018757604036600319011261018757604061192f611db6565b91611938611dcc565b9260018060a01b031681526003602052209060018060a01b03165f526020526040805f20602082519161196a83611ed2565b546001600160a01b03811680845260a09190911c9190920181905282519182526020820152f35b5034611b8057610100366003190112611b805760ff5f5c16611b9257600160ff195f5c16175f5d6001600160a01b036119c8611f29565b165f52600160205260405f206119dc611f3f565b60018060a01b03165f5260205260405f206119fd6040519161041983611ea3565b611a0681612ad8565b7f0000000000000000000000000000000000000000000000000000000000000000611a2f613e55565b611b84575b6719010000000000005f52601a52603a526042601820905f603a52611a686107fe6001600160601b036107e66107dc611f69565b611a7360e435612d54565b907f000000000000000000000000000000000000000000000000000000000000000091611aa03084612d71565b946001600160a01b038416611ab3611f3f565b813b15611b80575f61012492819560ff60405198899788966377aadf6360e11b885260018060a01b031660048801523060248801528c604488015285606488015260a435608488015260a48701521660c485015260c43560e48501526101048401525af18015611b7557611b57575b5090611b32611b38923090612d71565b92611fec565b03611b4857610498610846611f29565b6336bcce2560e11b8152600490fd5b611b38929194505f611b6891611f08565b611b325f94919250611b22565b6040513d5f823e3d90fd5b5f80fd5b50611b8d613ea0565b611a34565b63b5dfd9e560e01b5f5260045ffd5b34611b80576040366003190112611b8057611bba611db6565b611bc2611dcc565b9060018060a01b03165f52600160205260405f209060018060a01b03165f5260205260405f2060405190611bf582611ea3565b546001600160601b038116825260208201906001600160601b038160601c168252604083019266ffffffffffffff8260c01c168452611c3b606082019260f81c83611e97565b6001600160601b038082511693511691519060038210156118e15760809466ffffffffffffff92611c9357506001600160401b03611c795f92612a4f565b169260405194855260208501521660408301526060820152f35b611c79836001600160401b0392511692612a4f565b34611b80575f366003190112611b805760206040516001600160601b037f0000000000000000000000000000000000000000000000000000000000000000168152f35b34611b805760c0366003190112611b8057611d04611db6565b60a0366023190112611b805760ff5f5c16611b9257611dac90600160ff195f5c16175f5d6001600160a01b0381165f9081526001602090815260408083203384529091529081902090519190611d9a90611d5d84611ea3565b546001600160601b03811684526001600160601b038160601c16602085015266ffffffffffffff8160c01c16604085015260f81c60608401611e97565b611da5823383612162565b33906124f0565b60ff195f5c165f5d005b600435906001600160a01b0382168203611b8057565b602435906001600160a01b0382168203611b8057565b604435906001600160601b0382168203611b8057565b602435906001600160601b0382168203611b8057565b6040600319820112611b80576004356001600160a01b0381168103611b8057916024356001600160401b038111611b805760040182601f82011215611b80578035926001600160401b038411611b805760208083019260c08602010111611b80579190565b805180835260209291819084018484015e5f828201840152601f01601f1916010190565b60038210156118e15752565b608081019081106001600160401b03821117611ebe57604052565b634e487b7160e01b5f52604160045260245ffd5b604081019081106001600160401b03821117611ebe57604052565b606081019081106001600160401b03821117611ebe57604052565b90601f801991011681019081106001600160401b03821117611ebe57604052565b6004356001600160a01b0381168103611b805790565b6024356001600160a01b0381168103611b805790565b356001600160a01b0381168103611b805790565b6044356001600160601b0381168103611b805790565b6064356001600160601b0381168103611b805790565b356001600160601b0381168103611b805790565b906001600160601b03809116911603906001600160601b038211611fc957565b634e487b7160e01b5f52601160045260245ffd5b906102588201809211611fc957565b91908201809211611fc957565b906001600160601b03809116911601906001600160601b038211611fc957565b80546bffffffffffffffffffffffff60601b191660609290921b6bffffffffffffffffffffffff60601b16919091179055565b919081101561205c5760c0020190565b634e487b7160e01b5f52603260045260245ffd5b91907f000000000000000000000000000000000000000000000000000000000000000061209b613e55565b61211d575b91905f925f925b8084106120ee57505050506001600160601b038116156120ea57816120ce6120e893612e14565b916001600160601b03611570602085019282845116611ff9565b565b5050565b9091929361211360019161210d61210688868961204c565b868a61312c565b90611ff9565b94019291906120a7565b50612126613ea0565b6120a0565b929190926001600160601b03604082019416815260068210156118e15760200152565b356001600160401b0381168103611b805790565b61216b81612e14565b91604083015161237f57606435916001600160401b03831692838103611b80576121958487613d19565b6001600160601b038651169060208701916001600160601b0383511614612370576024356001600160601b03811697888203611b8057516001600160601b031688811480159190612346575b8115612327575b506123185750604435936001600160601b03851695868603611b805761227492506040519060208201927f0fc366980a9a11494d106eedaaf23610dfeac2da96ce4eb1a33b668e0b9a4424845260018060a01b0316998a6040840152606083015287608083015260a082015260a0815261226360c082611f08565b51902060a435906084359085612ef5565b6122886001600160601b0382511684611fa9565b946001600160601b0386161561230f577f1a47cec7390da4721285e47b87b3e612841bc1e56940f5ccec2b6d8011a65c1d946122e19252602081016001600160601b036122d88882845116611ff9565b16905282612e72565b604080516001600160601b0395861681529290941660208301526001600160a01b031692819081015b0390a3565b50505050505050565b636f20b45d60e11b5f5260045ffd5b90506044356001600160601b03811690818103611b805750115f6121e8565b90506044356001600160601b03811690818103611b8057506001600160601b0385511611906121e1565b6369b95dc960e01b5f5260045ffd5b630e8a904360e01b5f5260045ffd5b61239781612e14565b91604083015161237f5761014435916001600160401b03831692838103611b80576123c28487613d19565b6001600160601b038651169060208701916001600160601b038351161461237057610104356001600160601b03811697888203611b8057516001600160601b0316888114801591906124c5575b81156124a5575b50612318575061012435936001600160601b03851695868603611b805761227492506040519060208201927f0fc366980a9a11494d106eedaaf23610dfeac2da96ce4eb1a33b668e0b9a4424845260018060a01b0316998a6040840152606083015287608083015260a082015260a0815261249260c082611f08565b5190206101843590610164359085612ef5565b9050610124356001600160601b03811690818103611b805750115f612416565b9050610124356001600160601b03811690818103611b8057506001600160601b03855116119061240f565b916001600160601b0381511661251560208301916001600160601b0383511690611fa9565b9260405161252281611ed2565b5f81525f6020820152916060840190815160038110156118e15760021461276f575b6001600160601b038151168552604085019466ffffffffffffff421686525f835260018060a01b03881695865f52600160205260405f2060018060a01b0386165f526020526001600160601b038060405f20935116166001600160601b03198354161782556125bd6001600160601b0384511683612019565b51815493519360038510156118e1576001600160c01b031660c09190911b66ffffffffffffff60c01b161760f89390931b6001600160f81b0319169290921790915551604080516001600160601b0380881682529290921660208301526001600160a01b0383169561268f925f9285926126679285928b918b917f0647e3589d09c7854fe34ee3934a0d16bdf5390a1ee54a2c90c6fcd438b9e35c9190819081015b0390a3611fa9565b976001600160601b03612682602088019a828c511690611fa9565b168061273e575b50612d96565b6001600160601b0385511680156127365782516126b591906001600160a01b0316613d6d565b156126fd575060206001600160601b037fd58afff4ce7b204282cdf054b903f150b70ad15373808a02221ab68e239eb9299260018060a01b03905116955116604051908152a4565b925050506001600160601b036120e8925116907f0000000000000000000000000000000000000000000000000000000000000000613439565b505050505050565b61276990837f0000000000000000000000000000000000000000000000000000000000000000613439565b5f612689565b6001600160a01b038781165f81815260036020908152604080832094881683529390528290209151909550906127a482611ed2565b549060018060a01b0382168152602081019160a01c8252945f52600360205260405f2060018060a01b0385165f526020525f60408120556001600160601b0380825116816127f25f8b611fa9565b168082101561280557505b169052612544565b90506127fd565b929190916001600160601b038251169261283560208401946001600160601b0386511690611fa9565b936001600160601b0385166001600160601b03841611612a405760405161285b81611ed2565b5f81525f6020820152926060850194855160038110156118e1576002146129a3575b6001600160601b038351168152604081019566ffffffffffffff421687525f815260018060a01b03891696875f52600160205260405f2060018060a01b0387165f526020526001600160601b038060405f20945116166001600160601b03198454161783556128f66001600160601b0386511684612019565b5190825490519860038a10156118e1576001600160c01b0390911660c09290921b66ffffffffffffff60c01b169190911760f89890981b6001600160f81b0319169790971790559051604080516001600160601b0388811682529290921660208301526001600160a01b0384169661268f9392859261266792859290918b918b917f0647e3589d09c7854fe34ee3934a0d16bdf5390a1ee54a2c90c6fcd438b9e35c91908190810161265f565b6001600160a01b038881165f81815260036020908152604080832094891683529390528290209151909650906129d882611ed2565b549060018060a01b0382168152602081019160a01c8252955f52600360205260405f2060018060a01b0386165f526020525f60408120556001600160601b038082511681612a26868c611fa9565b1680821015612a3957505b16905261287d565b9050612a31565b63356680b760e01b5f5260045ffd5b604081019066ffffffffffffff82511615612ad2576060015160038110156118e157612a8b5766ffffffffffffff612a88915116611fdd565b90565b66ffffffffffffff9051166001600160401b037f0000000000000000000000000000000000000000000000000000000000000000168103908111611fc957612a8890611fdd565b50505f90565b6084356001600160a01b038116908181141580611b805782151580612be3575b612bd45760a435612b098186613d19565b604435906001600160601b03821695868303611b8057516001600160601b031686111561231857600435916001600160a01b0383168303611b805750606435926001600160601b0384168403611b8057611b80576001600160601b0394612bce9450604051958694602086019860c08a01957f0a98637248946576e4d7ce153da11d07f10739a0e67d5ca3673f16cbe0d2dc7e8b5260018060a01b031660208b015260408a0152166060880152608087015260a086015203601f198101835282611f08565b51902090565b63f90f96ed60e01b5f5260045ffd5b50505f33831415612af8565b91926001600160a01b039092169182158015612d44575b612d35576060840191825160038110156118e157612d2657612c326001600160601b0386511683611fa9565b946001600160601b0383168152845f52600160205260405f2060018060a01b0383165f526020526040805f20916001600160601b0380825116166001600160601b0319845416178355612c926001600160601b0360208301511684612019565b0151815494519460038610156118e1576001600160c01b031660c09190911b66ffffffffffffff60c01b161760f89490941b6001600160f81b03191693909317909255604080516001600160601b0395861681529490911660208501526001600160a01b03909116927f366b2136a1e240d61d0da2cd486dfc8b07c8a74624229692aa4b47e4fa261dbe918190810161230a565b6333dd977160e01b5f5260045ffd5b631c2b077760e01b5f5260045ffd5b50612d4e82613736565b15612c06565b90601b8260ff1c0160ff8111611fc957916001600160ff1b031690565b602460106020939284936014526370a0823160601b5f525afa601f3d11166020510290565b916001600160601b0316908115612e0f576040518281526120e89333926001600160a01b03908116929116907fd58afff4ce7b204282cdf054b903f150b70ad15373808a02221ab68e239eb92990602090a4337f0000000000000000000000000000000000000000000000000000000000000000613439565b505050565b90604051612e2181611eed565b5f808252602080830182815260408085018481526001600160a01b0397881685529284905290922054948516835260a085901c6b7fffffffffffffffffffffff1690915260ff9390931c1515909252565b90602081016001600160601b038151166b7fffffffffffffffffffffff10612ee657815190516040929092015160a09290921b6001600160a01b0319166001600160a01b0391909116179015612edf57600160ff1b915b60018060a01b03165f525f6020521760405f2055565b5f91612ec9565b630625040160e01b5f5260045ffd5b90612f2f9392917f000000000000000000000000000000000000000000000000000000000000000090612f26613e55565b612f4557613f24565b15612f3657565b635cd5d23360e01b5f5260045ffd5b9050612f4f613ea0565b90613f24565b907f000000000000000000000000000000000000000000000000000000000000000090612f823083612d71565b9260405190826060523060405260601b602c526323b872dd60601b600c5260205f6064601c82875af18060015f51141615612fe5575b50612fcf92611b32915f6060526040523090612d71565b03612fd657565b6336bcce2560e11b5f5260045ffd5b3d843b15171015612ff6575f612fb8565b637939f4245f526004601cfd5b6084356001600160a01b038116908181141580611b805782151580613120575b612bd45760a4356130348186613d19565b604435906001600160601b03821695868303611b8057516001600160601b0316860361231857600435916001600160a01b0383168303611b805750606435926001600160601b0384168403611b8057611b80576001600160601b03946130f89450604051958694602086019860c08a01957fd798ffa3f072ec7773a644a8d91ea615463b17522ed3de56e76974b96bf177438b5260018060a01b031660208b015260408a0152166060880152608087015260a086015203601f198101835282611f08565b519020602435906001600160a01b0382168203611b80576120e89160e4359160c43591612ef5565b50505f33831415613023565b6001600160a01b03165f8181526001602052604090209193929161314f83611f55565b60018060a01b03165f5260205260405f206040519061316d82611ea3565b54906001600160601b038216815260208101936001600160601b038360601c1685526040820166ffffffffffffff8460c01c1681526131b3606084019460f81c85611e97565b60208201956001600160601b036131c988611f95565b85518216911681111561343357506131e087611f95565b965b6001600160601b03825116996001600160601b0389169a8b11156133e4576132969061320d83611f95565b61321a6040880135613fe9565b604051906001600160601b0360208301937f1b50d627caca378249971ddba7e69b547e89eee1e39186c5854f0bbc506ccb8685528d60408501521660608301526080820152606088013560a082015260a0815261327860c082611f08565b51902061328487611f55565b9060a088013592608089013592613f24565b1561338157506001600160601b038181806132ef9451168a03169a8152875f52600160205260405f206132c886611f55565b60018060a01b03165f52602052818060405f20975116168219875416178655511684612019565b5191805493519260038410156118e1577f1a47cec7390da4721285e47b87b3e612841bc1e56940f5ccec2b6d8011a65c1d9461230a9460ff60f81b9060f81b169166ffffffffffffff60c01b9060c01b169060018060c01b03161717905561335d60018060a01b0391611f55565b604080516001600160601b03808b1682529097166020880152911694918291820190565b97985050505f51602061400d5f395f51905f529394506133dd92506133b091506133aa90611f55565b94611f95565b604080516001600160601b039092168252600160208301526001600160a01b039095169490918291820190565b0390a35f90565b5097985050505f51602061400d5f395f51905f529394506040925061340d91506133aa90611f55565b81516001600160601b0390911681525f60208201526001600160a01b0390941693a35f90565b966131e2565b919060145260345263a9059cbb60601b5f5260205f6044601082855af1908160015f5114161561346c575b50505f603452565b3b153d17101561347d575f80613464565b6390b8ec185f526004601cfd5b929061349861024a83611f55565b156136ec5760408201926001600160401b036134b38561214e565b161515806136d2575b6136875760608301356135726134d182613fe9565b926134db86611f55565b60208701976001600160401b036134fa6134f48b611f95565b9261214e565b6001600160601b036040519360208501957fcf3ddf0224c711eef09f4497786dd08ac7ce963847cdb5365bbab3a2c8294b17875260018060a01b031660408601521660608401521660808201528560a082015260a0815261355c60c082611f08565b5190209060a0870135916080880135918a613f24565b15613636579061359e9291816135f8575b505061358e83611f55565b61359785611f95565b918661378e565b90156135ab575b50505050565b6135cb6135c55f51602061400d5f395f51905f5293611f55565b93611f95565b6040516001600160a01b0394851695909416939182916135ec91908361212b565b0390a35f8080806135a5565b6040519081526001600160a01b038716907fad3316e35a317bdcb707e051edfb83d485995a955201ac3a2c836f7269365eae90602090a35f80613583565b50505061230a6136566135c55f51602061400d5f395f51905f5293611f55565b604080516001600160601b039092168252600160208301526001600160a01b03948516959094169390918291820190565b505090505f51602061400d5f395f51905f5260406136a960206102be85611f55565b81516001600160601b039091168152600260208201526001600160a01b039384169490931692a3565b506001600160401b036136e48561214e565b1642116134bc565b5090505f51602061400d5f395f51905f52604061370d60206102be85611f55565b81516001600160601b039091168152600360208201526001600160a01b039384169490931692a3565b6001600160a01b0316801515908161375a575b81613752575090565b905030141590565b7f00000000000000000000000000000000000000000000000000000000000000006001600160a01b03168114159150613749565b9293915f945f9460018060a01b031691825f52600260205260405f2060018060a01b0382165f5260205260405f2090604051916137ca83611eed565b54946001600160601b038616938484526001600160601b038760601c16906020850195828752604086019860c01c895260208401906001600160601b03825116925f5f90836001600160601b038416115f14613b3a5750506040959095015194036001600160601b03169315613b2c576001600160601b035f5b16830180851015613b1d57506001600160601b0380855b818082978084105f14613b16578184915b8183169003168d5283031681865116031684521681885116011686525b838310613acd575b8261393f575050508890613936575b6138ac575b5050505050565b61391b6020926001600160401b036001600160601b037f73f28ea3d40032a8d343a0086ba450a2924cb38ea4fa95adc18075459b5d58d396885f526002875260405f2060018060a01b0387165f528752818060405f209551161682198554161784555116976115b18984612019565b6040519485526001600160a01b031693a35f808080806138a5565b600497506138a0565b9250929580979198999a505f52600260205260405f2060018060a01b0387165f5260205260405f20906040519161397583611eed565b54906001600160601b03821683526139fb60208401916001600160601b038460601c168352604085019360c01c84528a5f52600260205260405f2060018060a01b038b165f526020526001600160401b0360405f20916001600160601b03808b5116166001600160601b03198454161783556115b16001600160601b038c511684612019565b613a058a89613d6d565b15613a6d575050505050916060916001600160601b03807f5d533d9fb33203a2c4fa5accc5fd59e811f3648a7b0b4044988f0383dc0fe881955116915116906001600160601b03604051971687526020870152604086015260018060a01b031693a360019190565b91969094506115b193999a506001600160601b039298506001600160401b039550613ac5975f52600260205260405f209060018060a01b03165f52602052818060405f20975116168219875416178655511684612019565b525f90600590565b6040518385036001600160601b031681526001600160a01b0386169089907f22f7c91a59b0e8dbb4af26c18fbe6c993a575dea64da36933dd69f466809cfdc90602090a3613891565b818161386c565b6001600160601b03809161385b565b6001600160601b0382613844565b95509550505099505f99613889565b9394929190945f955f9560018060a01b031692835f52600260205260405f2060018060a01b0382165f5260205260405f209160405192613b8884611eed565b54956001600160601b038716908185526001600160601b038860601c16916020860196838852604087019960c01c8a5260208501916001600160601b03835116935f5f90836001600160601b038416115f14613d0a5750506040969096015195036001600160601b03169415613cfc576001600160601b035f5b16840180861015613ced57506001600160601b0380865b818082988084105f14613ce5578d8285925b818416900316905283031681875116031685521681895116011687525b6001600160601b0388511690816001600160601b0382161180613cd2575b613c8d575b5050838310613acd578261393f575050508890613936576138ac575050505050565b829d506001600160601b038093818085819503169151168082105f14613ccb57505b16809201168852818d511603168b525f885260019a5f80613c6b565b9050613caf565b506001600160601b038351161515613c66565b8d8282613c2b565b6001600160601b038091613c19565b6001600160601b0383613c02565b9650965050509a505f9a613c48565b814211613d5e57613d2942611fdd565b8211613d4f57613d3890612a4f565b1015613d4057565b6313e95b7d60e21b5f5260045ffd5b6324787d7360e11b5f5260045ffd5b630819bdcd60e01b5f5260045ffd5b60405163a9059cbb60e01b602082019081526001600160a01b0390921660248201526044808201939093529182525f91829190613dab606482611f08565b5190827f00000000000000000000000000000000000000000000000000000000000000005af13d15613e4e573d6001600160401b038111611ebe5760405190613dfe601f8201601f191660200183611f08565b81523d5f602083013e5b81613e11575090565b809150518015918215613e2357505090565b602082101592509082613e3557505090565b8192509060209181010312611b80576020015160011490565b6060613e08565b7f000000000000000000000000000000000000000000000000000000000000000030147f00000000000000000000000000000000000000000000000000000000000000004614161590565b60a06040517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f81527f000000000000000000000000000000000000000000000000000000000000000060208201527f000000000000000000000000000000000000000000000000000000000000000060408201524660608201523060808201522090565b93926001600160ff1b0384169290917f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411613fdf57601b9160405190602082019261190160f01b84526022830152604282015260428152613f87606282611f08565b51902093604051945f5260ff1c016020526040526060526020604060805f60015afa505f60609081523d18516040919091526001600160a01b03168015159182613fd057505090565b6001600160a01b031614919050565b5050505050505f90565b80613ff357505f90565b6040516020810191825260208152612bce604082611f0856fe087e8e2da5e46b8c04e97ca9b3e3adf2d761bf17a3476eb849289e43b92eaf2d",
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
