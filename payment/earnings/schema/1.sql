-- Amounts are text in tokens with up to 18 decimals, times are unix seconds,
-- addresses, hashes and signatures are their bytes.

-- One file is one payee's book with one hub on one chain.
CREATE TABLE book (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    provider BLOB    NOT NULL,
    payee    BLOB    NOT NULL,
    hub      BLOB    NOT NULL,
    chain    INTEGER NOT NULL,
    contract BLOB    NOT NULL,
    -- the newest unlocked payout
    total    TEXT    NOT NULL DEFAULT '0',
    sig      BLOB,
    -- ticks that are done
    gross    TEXT    NOT NULL DEFAULT '0',
    net      TEXT    NOT NULL DEFAULT '0'
) STRICT;

CREATE TABLE runs (
    epoch BLOB    PRIMARY KEY,
    at    INTEGER NOT NULL
) STRICT;

CREATE TABLE ticks (
    lock   BLOB    PRIMARY KEY,
    epoch  BLOB    NOT NULL,
    number INTEGER NOT NULL,
    state  TEXT    NOT NULL,
    gross  TEXT    NOT NULL,
    net    TEXT    NOT NULL,
    total  TEXT    NOT NULL DEFAULT '0',
    expiry INTEGER NOT NULL DEFAULT 0,
    sig    BLOB,
    at     INTEGER NOT NULL,
    UNIQUE (epoch, number)
) STRICT;

CREATE TABLE batches (
    request BLOB    PRIMARY KEY,
    body    BLOB    NOT NULL,
    lock    BLOB    NOT NULL,
    fee_ppm INTEGER NOT NULL,
    sent    INTEGER NOT NULL,
    open    INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX batches_one_open ON batches (open) WHERE open = 1;

CREATE TABLE bindings (
    seq          INTEGER PRIMARY KEY,
    payee        BLOB    NOT NULL,
    provider_sig BLOB    NOT NULL,
    payee_sig    BLOB    NOT NULL,
    taken        INTEGER NOT NULL
) STRICT;

CREATE TABLE settlements (
    id       INTEGER PRIMARY KEY,
    lock     BLOB,
    total    TEXT    NOT NULL,
    expiry   INTEGER NOT NULL,
    hashlock BLOB    NOT NULL,
    sig      BLOB    NOT NULL,
    state    TEXT    NOT NULL,
    tx       TEXT,
    error    TEXT    NOT NULL DEFAULT '',
    planned  INTEGER NOT NULL,
    changed  INTEGER NOT NULL
) STRICT;
CREATE INDEX settlements_open ON settlements (state) WHERE state NOT IN ('final', 'failed');
