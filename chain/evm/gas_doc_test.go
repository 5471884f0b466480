package evm_test

// balanceCheck is what it costs a call that pulls tokens to ask for its balance
// before and after.
const balanceCheck = 1_500

const gasHead = `# Gas

| call | gas | mark | |
|---|--:|--:|--:|
`

const gasFoot = ``
