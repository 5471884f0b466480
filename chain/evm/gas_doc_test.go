package evm_test

// balanceCheck is what it costs a call that pulls tokens to ask for the
// contract's balance before and after. It was measured by taking the check out.
const balanceCheck = 1_530

// namingTheRelayer is what it costs topUpAuth to name a fee, a relayer and the
// resulting deposit: two words of calldata, a digest and its checks. It was
// measured by taking them out.
const namingTheRelayer = 900

const gasHead = `# Gas

Measured on a go-ethereum chain (Osaka) from the receipts, so transaction and calldata are in it; of batches, per item. Go to
` + "`chain/evm/gas_test.go`" + ` for what exactly is called; ` + "`go test ./chain/evm -run TestGas -update`" + ` writes this file.

The mark is what the design asks for. Measured may be 3 % more. Two things come on top, and are stated here instead of
hidden in the marks:

- **Checking the balance** before and after every pull (so that a token which moves less than it says credits nothing) costs
  1,527. ` + "`openHub`, `fund`" + ` and all forms of ` + "`topUp`" + ` pay it; the mark does not know it.
- **A relayer's fee.** Naming it, the relayer and the resulting deposit, and binding them with the nonce, costs ` + "`topUpAuth`" + ` 900
  even if the fee is zero (measured by taking it out). Paying it is a transfer more; those rows have no mark. Asking to
  leave through a relayer for a fee writes a slot that remembers whom to pay, because the fee waits until the exit ends.

**Plain transfers.** Whoever sends to a deposit address for the first time pays for a new slot, as with any ERC-20. The sweep
leaves one base unit there, so that the next transfer costs 17,100 less; in exchange it does without a refund of 4,800. The
mark of a sweep is for all of it: no contract is made, and its fee, where there is one, is a transfer and an event.

A delayed exit gives the slot of a channel back if nothing was ever settled of it. Coming back then costs a new slot, as
the first time.

Scenarios: the hub's free money, the token's balances of payers and of the contract are not zero before and after. Payees
hold tokens unless it says otherwise. Claims are locked, payouts are not unless it says so.

| call | gas | mark | difference |
|---|--:|--:|--:|
`

const gasFoot = `
` + "`Hubs`" + ` is larger than what the marks were taken from, which had neither the relayed forms nor ` + "`retire`" + ` nor cuts in two steps. It is deployed
once; its optimizer setting favours calls.
`
