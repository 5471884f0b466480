-- Deposit addresses that somebody has shown, and when each is looked at next.
CREATE TABLE deposits (
    chain    INTEGER NOT NULL,
    contract BLOB    NOT NULL,
    hub      BLOB    NOT NULL,
    consumer BLOB    NOT NULL,
    cap      TEXT    NOT NULL,
    held     TEXT    NOT NULL DEFAULT '0',
    used     INTEGER NOT NULL DEFAULT 0,
    every    INTEGER NOT NULL,
    next     INTEGER NOT NULL,
    PRIMARY KEY (chain, contract, hub, consumer, cap)
) STRICT, WITHOUT ROWID;
CREATE INDEX deposits_next ON deposits (chain, contract, next);

-- Transactions that sweep; items is their list, as the messages have it.
CREATE TABLE sweeps (
    n        INTEGER PRIMARY KEY,
    chain    INTEGER NOT NULL,
    contract BLOB    NOT NULL,
    fee      TEXT    NOT NULL,
    items    BLOB    NOT NULL,
    state    TEXT    NOT NULL,
    tx       TEXT,
    gas      INTEGER NOT NULL DEFAULT 0,
    cost     TEXT    NOT NULL DEFAULT '0',
    earned   TEXT    NOT NULL DEFAULT '0',
    error    TEXT    NOT NULL DEFAULT '',
    made     INTEGER NOT NULL
) STRICT;
CREATE INDEX sweeps_open ON sweeps (chain, contract) WHERE state NOT IN ('final', 'failed');
